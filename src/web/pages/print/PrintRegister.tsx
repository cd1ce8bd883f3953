import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { Field } from '../../../kernel/register/declaration.ts'
import { get } from '../../api.ts'
import { useAddress, useRegisters, useScope } from '../../session.ts'
import type { RecordPage, RecordRow, RegisterShape } from '../../shapes.ts'
import { Loaded, Loading, Notice, Refused } from '../../ui/states.tsx'
import { fieldText, fieldValue, isNumeric, numberText } from '../../ui/values.tsx'
import { listQuery } from '../registers/list-query.ts'
import { SheetPage, SignPlaces } from './SheetPage.tsx'

/** More rows than anyone prints; the export is for the rest. */
const most = 1000

/** The ledger as filtered, on A4 across, with its title, unit, period and totals. */
export function PrintRegister(): ReactElement {
  const { register: id } = useParams({ strict: false }) as { register: string }
  const registers = useRegisters()
  return (
    <Loaded query={registers}>
      {(all) => {
        const register = all.find((one) => one.id === id)
        return register ? <Ledger register={register} /> : <Refused />
      }}
    </Loaded>
  )
}

/** Names, dates and yes or no are read at a glance only in one piece. */
const whole = (field: Field): boolean => ['person', 'household', 'date', 'yesno'].includes(field.kind)

function Ledger({ register }: { register: RegisterShape }): ReactElement {
  const [address] = useAddress()
  const scope = useScope()
  const query = listQuery(register, address, scope)
  const unit = useQuery({
    queryKey: ['unit-name', scope.unitId],
    queryFn: () => get<{ name: string }>(`/api/units/${scope.unitId}`),
  })
  const all = useQuery({
    queryKey: ['print', register.id, query],
    queryFn: async () => {
      const rows: RecordRow[] = []
      let cursor: string | null = null
      let total: number
      do {
        const page: RecordPage = await get<RecordPage>(`/api/registers/${register.id}/records`, {
          ...query,
          limit: 200,
          cursor,
        })
        rows.push(...page.rows)
        cursor = page.next
        total = page.total
      } while (cursor && rows.length < most)
      return { rows, total }
    },
  })
  if (!all.data) return all.error ? <Loaded query={all}>{() => null}</Loaded> : <Loading />
  // Long texts make a ledger unreadable; they are on the record's own form.
  const { rows, total } = all.data
  // Nor does a column that nobody filled in this list deserve a part of the paper's width.
  const fields = register.fields.filter(
    (field) => field.kind !== 'longtext' && rows.some((row) => fieldText(field, fieldValue(field, row)) !== ''),
  )
  const sum = (fieldId: string): number =>
    rows.reduce((added, row) => added + (row.state === 'recorded' ? Number(row.fields[fieldId] ?? 0) : 0), 0)
  return (
    <SheetPage title={`${register.title}台账`} wide>
      {total > rows.length && (
        <div className="no-print">
          <Notice tone="warn">
            共 {numberText(total)} 条，只打印前 {numberText(rows.length)} 条。请缩小范围，或用“导出”。
          </Notice>
        </div>
      )}
      <h1>{register.title}台账</h1>
      <div className="meta">
        <span>单位：{unit.data?.name ?? scope.unitName}</span>
        <span>
          {address['from'] || address['to'] ? `${address['from'] ?? ''} 至 ${address['to'] ?? ''}` : `${scope.year} 年`}
        </span>
        <span>共 {numberText(total)} 条</span>
      </div>
      <table className="paper-table">
        <thead>
          <tr>
            <th scope="col">序号</th>
            <th scope="col">{register.dateLabel ?? '日期'}</th>
            {register.titleLabel && <th scope="col">{register.titleLabel}</th>}
            {fields.map((field) => (
              <th key={field.id} scope="col">
                {field.label}
              </th>
            ))}
            {register.lines && <th scope="col">{register.lines.title}</th>}
            <th scope="col">单位</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id}>
              <td>{index + 1}</td>
              <td className="nowrap">{row.happenedOn}</td>
              {register.titleLabel && <td>{row.title}</td>}
              {fields.map((field) => (
                <td key={field.id} className={isNumeric(field) ? 'number' : whole(field) ? 'nowrap' : undefined}>
                  {fieldText(field, fieldValue(field, row))}
                </td>
              ))}
              {register.lines && <td className="number">{numberText(row.lineCount)}</td>}
              <td>{row.unitName}</td>
            </tr>
          ))}
          {fields.some((field) => field.kind === 'money' || field.kind === 'integer') && (
            <tr>
              <td colSpan={register.titleLabel ? 3 : 2}>合计</td>
              {fields.map((field) => (
                <td key={field.id} className="number">
                  {field.kind === 'money' || field.kind === 'integer' ? fieldText(field, sum(field.id)) : ''}
                </td>
              ))}
              {register.lines && (
                <td className="number">{numberText(rows.reduce((added, row) => added + row.lineCount, 0))}</td>
              )}
              <td />
            </tr>
          )}
        </tbody>
      </table>
      <SignPlaces places={register.signatures ?? ['制表人', '审核人']} />
    </SheetPage>
  )
}
