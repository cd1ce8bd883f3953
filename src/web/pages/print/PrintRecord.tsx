import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { Field } from '../../../kernel/register/declaration.ts'
import { get } from '../../api.ts'
import { useRegisters } from '../../session.ts'
import type { RecordDetail, RegisterShape } from '../../shapes.ts'
import { Loaded, Refused } from '../../ui/states.tsx'
import { fieldText, fieldValue, isNumeric } from '../../ui/values.tsx'
import { SheetPage, SignPlaces } from './SheetPage.tsx'

/** One record as the form one signs: a grid, the lines, the places to sign. */
export function PrintRecord(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const registers = useRegisters()
  const record = useQuery({
    queryKey: ['record', Number(id), 'shown'],
    queryFn: () => get<RecordDetail>(`/api/records/${id}`),
  })
  return (
    <Loaded query={record}>
      {(row) => (
        <Loaded query={registers}>
          {(all) => {
            const register = all.find((one) => one.id === row.register)
            return register ? <Sheet register={register} record={row} /> : <Refused />
          }}
        </Loaded>
      )}
    </Loaded>
  )
}

interface Cell {
  label: string
  text: string
  whole: boolean
}

/** Two cells to a line; long texts take a line of their own. */
export function paired(cells: readonly Cell[]): Cell[][] {
  const rows: Cell[][] = []
  let waiting: Cell | null = null
  for (const cell of cells)
    if (cell.whole) {
      if (waiting) rows.push([waiting])
      waiting = null
      rows.push([cell])
    } else if (waiting) {
      rows.push([waiting, cell])
      waiting = null
    } else waiting = cell
  if (waiting) rows.push([waiting])
  return rows
}

function Sheet({ register, record }: { register: RegisterShape; record: RecordDetail }): ReactElement {
  const cell = (field: Field): Cell => ({
    label: field.label,
    text: fieldText(field, fieldValue(field, record)),
    whole: field.kind === 'longtext',
  })
  const rows = paired([
    { label: register.dateLabel ?? '日期', text: record.happenedOn, whole: false },
    ...(register.endDateLabel ? [{ label: register.endDateLabel, text: record.endedOn ?? '', whole: false }] : []),
    ...(register.titleLabel ? [{ label: register.titleLabel, text: record.title ?? '', whole: true }] : []),
    ...register.fields.map(cell),
  ])
  return (
    <SheetPage title={register.title}>
      <h1>{register.title}</h1>
      <div className="meta">
        <span>单位：{record.unitName}</span>
        <span>编号：{record.id}</span>
      </div>
      <table className="paper-table">
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]?.label}>
              {row.map((one) => [
                <th key={`${one.label}-h`} scope="row" style={{ width: '16%' }}>
                  {one.label}
                </th>,
                <td
                  key={one.label}
                  colSpan={row.length === 1 ? 3 : 1}
                  style={{ width: row.length === 1 ? '84%' : '34%', whiteSpace: 'pre-line' }}
                >
                  {one.text}
                </td>,
              ])}
            </tr>
          ))}
        </tbody>
      </table>
      {register.lines && record.lines.length > 0 && (
        <table className="paper-table" style={{ marginTop: '4mm' }}>
          <thead>
            <tr>
              <th scope="col">序号</th>
              {register.lines.fields.map((field) => (
                <th key={field.id} scope="col">
                  {field.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {record.lines.map((line) => (
              <tr key={line.lineNo}>
                <td>{line.lineNo}</td>
                {register.lines?.fields.map((field) => (
                  <td key={field.id} className={isNumeric(field) ? 'number' : undefined}>
                    {fieldText(field, fieldValue(field, line))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <SignPlaces places={register.signatures ?? ['经办人', '审批人']} />
    </SheetPage>
  )
}
