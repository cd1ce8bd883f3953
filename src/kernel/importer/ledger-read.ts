import { cellText, type Row } from '../xlsx/cell.ts'
import { cleanText, readCell, readDate, readNumber } from './cells.ts'
import type { RowError } from './kind.ts'
import type { Level, SheetLayout } from './layout.ts'

/** A row as the sheet says it, checked as far as one row can be. Names are still names. */
export interface LedgerRow {
  rowNo: number
  unit: string | null
  date: string | null
  endDate: string | null
  title: string | null
  values: Record<Level, Record<string, unknown>>
  /** staff numbers by field id */
  numbers: Record<string, string>
  errors: RowError[]
  original: string[]
}

/** @param year every date must lie in it */
export function readLedgerRow(row: Row, layout: SheetLayout, year: number): LedgerRow {
  const errors: RowError[] = []
  const read: LedgerRow = {
    rowNo: row.rowNo,
    unit: null,
    date: null,
    endDate: null,
    title: null,
    values: { record: {}, line: {} },
    numbers: {},
    errors,
    original: layout.headers.map((_, place) => cellText(row.cells[place])),
  }
  for (const [place, column] of [...layout.columns].toSorted(([one], [other]) => one - other)) {
    const cell = row.cells[place]
    const wrong = (message: string): void => void errors.push({ column: layout.headers[place]!, message })
    if (cell?.kind === 'error') {
      wrong(`单元格显示 ${cell.code}，请改为实际内容。`)
      continue
    }
    switch (column.role) {
      case 'unit':
        read.unit = cleanText(cell) || null
        break
      case 'title':
        read.title = cleanText(cell) || null
        if (read.title && read.title.length > 200) wrong(`${column.header}不超过 200 个字。`)
        break
      case 'number': {
        const number = readNumber(cell)
        if ('error' in number) wrong(number.error)
        else if (number.value) read.numbers[column.field.id] = number.value as string
        break
      }
      case 'date':
      case 'endDate': {
        const date = readDate(cell)
        if ('error' in date) wrong(date.error)
        else if (column.role === 'endDate') read.endDate = date.value as string | null
        else if (!date.value) wrong(`请填写${column.header}。`)
        else {
          read.date = date.value as string
          if (Number(read.date.slice(0, 4)) !== year)
            wrong(`${read.date} 不在 ${year} 年内；本次导入的是 ${year} 年的台账，请核对日期或另行导入。`)
        }
        break
      }
      case 'field': {
        const value = readCell(cell, column.field)
        if ('error' in value) wrong(value.error)
        else if (value.value !== null) read.values[column.level][column.field.id] = value.value
      }
    }
  }
  if (read.date && read.endDate && read.endDate < read.date) errors.push({ message: '结束日期早于开始日期，请核对。' })
  return read
}

/** Required cells of a row; a group's record cells are asked only of its first row. */
export function requiredMissing(
  row: LedgerRow,
  layout: SheetLayout,
  level: Level,
  values: Readonly<Record<string, unknown>>,
): void {
  for (const [place, column] of layout.columns)
    if (
      column.role === 'field' &&
      column.level === level &&
      column.required &&
      values[column.field.id] === undefined &&
      !row.errors.some((error) => error.column === layout.headers[place])
    )
      row.errors.push({ column: layout.headers[place]!, message: `请填写${column.field.label}。` })
  if (level === 'record' && layout.register.titleLabel && !row.title)
    row.errors.push({ column: layout.register.titleLabel, message: `请填写${layout.register.titleLabel}。` })
}

/** The rows that make one record, in the order of the sheet. */
export interface Group {
  rows: LedgerRow[]
  record: Record<string, unknown>
  recordNumbers: Record<string, string>
}

/**
 * Rows of a register with lines that share unit, date, end, title and key fields are one record; without lines each row
 * is one. On later rows record cells may be left blank or repeated; a contradiction is that row's error.
 */
export function groupRows(layout: SheetLayout, rows: readonly LedgerRow[]): Group[] {
  const { register } = layout
  if (!register.lines)
    return rows.map((row) => ({ rows: [row], record: row.values.record, recordNumbers: row.numbers }))
  const keyFields = register.fields.filter((field) => field.key)
  const labels = new Map(register.fields.map((field) => [field.id, field.label]))
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const key = JSON.stringify([
      row.unit,
      row.date,
      row.title,
      ...keyFields.map((field) => row.values.record[field.id] ?? null),
    ])
    const group = groups.get(key)
    if (!group) {
      groups.set(key, { rows: [row], record: { ...row.values.record }, recordNumbers: { ...row.numbers } })
      continue
    }
    group.rows.push(row)
    for (const [id, value] of Object.entries(row.values.record)) {
      if (group.record[id] === undefined) group.record[id] = value
      else if (group.record[id] !== value)
        row.errors.push({
          column: labels.get(id)!,
          message: `与同一条记录第 ${group.rows[0]!.rowNo} 行的“${labels.get(id)}”不一致；同一条记录各行应相同，或只填第一行。`,
        })
    }
    if (row.endDate && group.rows[0]!.endDate && row.endDate !== group.rows[0]!.endDate)
      row.errors.push({ message: `结束日期与同一条记录第 ${group.rows[0]!.rowNo} 行不一致。` })
  }
  return [...groups.values()]
}
