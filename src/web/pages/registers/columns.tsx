import { Link } from '@tanstack/react-router'
import type { Field } from '../../../kernel/register/declaration.ts'
import { path } from '../../path.ts'
import type { RecordRow, RegisterShape } from '../../shapes.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { fieldText, fieldValue, isNumeric, numberText, StateTag } from '../../ui/values.tsx'

/** A register's table from its declaration: date, title, the fields most worth seeing; the rest can be switched on. */
export function columnsOf(register: RegisterShape): Column<RecordRow>[] {
  const columns: Column<RecordRow>[] = [
    { id: '_number', title: '编号', width: 70, off: true, render: (row) => row.id },
    {
      id: '_date',
      title: register.dateLabel ?? '日期',
      width: 110,
      render: (row) => <span className="nowrap">{row.happenedOn}</span>,
    },
  ]
  if (register.endDateLabel)
    columns.push({
      id: '_end',
      title: register.endDateLabel,
      width: 110,
      off: true,
      render: (row) => row.endedOn ?? '',
    })
  if (register.titleLabel)
    columns.push({
      id: '_title',
      title: register.titleLabel,
      lead: true,
      render: (row) => <Link to={path.record(row.id) as never}>{row.title || '（未填）'}</Link>,
    })
  let shown = 0
  // How much was paid is what a list is opened for, however far down the form it stands.
  const money = register.fields.find((field) => field.kind === 'money')
  const most = register.fields.indexOf(money!) >= 4 ? 3 : 4
  for (const field of register.fields) {
    const minor = field !== money && (field.kind === 'longtext' || shown >= most)
    if (!minor) shown++
    columns.push(columnOf(field, minor, !register.titleLabel && field === leadField(register)))
  }
  if (register.lines)
    columns.push({
      id: '_lines',
      title: register.lines.title,
      number: true,
      width: 90,
      render: (row) => numberText(row.lineCount),
    })
  columns.push(
    { id: '_unit', title: '单位', render: (row) => row.unitName },
    { id: '_state', title: '状态', width: 90, render: (row) => <StateTag state={row.state} /> },
  )
  return columns
}

const leadField = (register: RegisterShape): Field | undefined =>
  register.fields.find((field) => field.kind === 'person') ??
  register.fields.find((field) => field.kind === 'text') ??
  register.fields[0]

const columnOf = (field: Field, off: boolean, lead: boolean): Column<RecordRow> => ({
  id: field.id,
  title: field.label,
  number: isNumeric(field),
  ...(off && { off }),
  ...(lead && { lead }),
  render: (row) => {
    const text = fieldText(field, fieldValue(field, row))
    return lead ? <Link to={path.record(row.id) as never}>{text || '（未填）'}</Link> : text
  },
})

/** Money and integers of the rows shown, summed per column for the footer. */
export function withTotals(
  columns: Column<RecordRow>[],
  register: RegisterShape,
  totals: Readonly<Record<string, number>>,
): Column<RecordRow>[] {
  return columns.map((column) => {
    const field = register.fields.find((one) => one.id === column.id)
    if (!field || (field.kind !== 'money' && field.kind !== 'integer')) return column
    return { ...column, total: fieldText(field, totals[field.id] ?? 0) }
  })
}
