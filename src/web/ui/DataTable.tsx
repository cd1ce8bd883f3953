import { useState, type ReactElement, type ReactNode } from 'react'
import { usePreference } from '../session.ts'
import { Loading } from './states.tsx'

export interface Column<Row> {
  id: string
  title: string
  /** CSS width; the rest shares what is left. */
  width?: number
  number?: boolean
  /** Long text that is worth more than one line. */
  wrap?: boolean
  /** The heading of the card that a row becomes on a phone. */
  lead?: boolean
  /** Shown unless the reader hides it; `off` columns wait in the column settings. */
  off?: boolean
  render: (row: Row, index: number) => ReactNode
  /** Sum shown in the footer. */
  total?: ReactNode
}

export type Density = 'compact' | 'normal' | 'loose'

/** Which columns and how tight, remembered per list on this machine. */
export function useTableSettings(name: string): {
  density: Density
  setDensity: (density: Density) => void
  shown: (column: { id: string; off?: boolean }) => boolean
  toggle: (column: { id: string; off?: boolean }) => void
} {
  const [density, setDensity] = usePreference<Density>('density', 'normal')
  const [columns, setColumns] = usePreference<Record<string, boolean>>(`columns.${name}`, {})
  const shown = (column: { id: string; off?: boolean }): boolean => columns[column.id] ?? !column.off
  return {
    density,
    setDensity,
    shown,
    toggle: (column) => setColumns({ ...columns, [column.id]: !shown(column) }),
  }
}

/**
 * A real table: sticky header, actions fixed at the right, cards on a phone, prints as it stands.
 * Own code instead of Ant Design's table, which weighs 90 kB and prints badly.
 */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowClass,
  renderActions,
  density = 'normal',
  few,
  empty,
}: {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string | number
  rowClass?: (row: Row) => string | undefined
  /** Nothing (false, null) where nothing may be done with the row. */
  renderActions?: (row: Row) => ReactNode
  density?: Density
  /** Rows shown before somebody asks for the rest, where a list has no pages; paper shows them all. */
  few?: number
  empty: ReactNode
}): ReactElement {
  const [all, setAll] = useState(false)
  if (!rows) return <Loading />
  if (rows.length === 0) return <>{empty}</>
  const totals = columns.some((column) => column.total !== undefined)
  const actions = renderActions && rows.map(renderActions)
  // A column of deeds is there only while somebody may do one.
  const acting = actions?.some(Boolean) ?? false
  // A handful more isn't worth a press.
  const folded = !all && few !== undefined && rows.length > few + 5
  const classOf = (row: Row, index: number): string | undefined =>
    [rowClass?.(row), folded && index >= few && 'rest'].filter(Boolean).join(' ') || undefined
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className={`grid cards ${density}`}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={column.number ? 'number' : undefined}
                style={{ width: column.width }}
              >
                {column.title}
              </th>
            ))}
            {acting && (
              <th scope="col" className="stuck">
                操作
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey(row)} className={classOf(row, index)}>
              {columns.map((column) => {
                const content = column.render(row, index)
                const blank = content === '' || content === null || content === undefined
                return (
                  <td
                    key={column.id}
                    data-label={column.title}
                    className={
                      [column.number && 'number', column.lead && 'lead', blank && 'blank'].filter(Boolean).join(' ') ||
                      undefined
                    }
                  >
                    {column.number ? content : <span className={column.wrap ? 'wrap' : 'clip'}>{content}</span>}
                  </td>
                )
              })}
              {acting && (
                <td className="stuck">
                  <div className="row-actions">{actions![index]}</div>
                </td>
              )}
            </tr>
          ))}
        </tbody>
        {totals && (
          <tfoot>
            <tr>
              {columns.map((column, index) => (
                <td key={column.id} className={column.number ? 'number' : undefined}>
                  {column.total ?? (index === 0 ? '合计' : null)}
                </td>
              ))}
              {acting && <td className="stuck" />}
            </tr>
          </tfoot>
        )}
      </table>
      {folded && (
        <div className="grid-more no-print">
          <button type="button" className="link" onClick={() => setAll(true)}>
            展开其余 {rows.length - few} 行
          </button>
        </div>
      )}
    </div>
  )
}
