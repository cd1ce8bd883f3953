import type { Field, Register } from '../register/declaration.ts'
import { cellText, type Row } from '../xlsx/cell.ts'

export type Level = 'record' | 'line'
export type Role =
  | { role: 'unit' | 'date' | 'endDate' | 'title' }
  | { role: 'field'; field: Field; level: Level }
  /** the staff number beside a person's (household head's) name */
  | { role: 'number'; field: Field; level: Level }
export type LedgerColumn = Role & { header: string; required: boolean; aliases: readonly string[] }

/** The columns of a register's sheet, in the template's order. */
export function columnsOf(register: Register): LedgerColumn[] {
  const columns: LedgerColumn[] = [
    {
      role: 'unit',
      header: '单位',
      required: false,
      aliases: ['所在单位', '单位编号', '单位名称', '部门', '分会', '所属单位'],
    },
    { role: 'date', header: register.dateLabel ?? '日期', required: true, aliases: ['日期', '时间', '发生日期'] },
  ]
  if (register.endDateLabel)
    columns.push({ role: 'endDate', header: register.endDateLabel, required: false, aliases: ['结束日期', '截止日期'] })
  if (register.titleLabel)
    columns.push({
      role: 'title',
      header: register.titleLabel,
      required: true,
      aliases: [...(register.titleAliases ?? []), '名称', '事项'],
    })
  const add = (field: Field, level: Level): void => {
    columns.push({
      role: 'field',
      field,
      level,
      header: field.label,
      required: field.required ?? false,
      aliases: field.aliases ?? [],
    })
    if (field.kind === 'person' || field.kind === 'household')
      columns.push({
        role: 'number',
        field,
        level,
        header: `${field.label}工号`,
        required: false,
        aliases: field.kind === 'person' && field.label === '姓名' ? ['工号', '职工号'] : [`${field.label}编号`],
      })
  }
  for (const field of register.fields) add(field, 'record')
  for (const field of register.lines?.fields ?? []) add(field, 'line')
  return columns
}

/** A header without what only decorates it: width, spaces, stars, and what stands in brackets. */
const bare = (header: string): string => header.normalize('NFKC').replaceAll(/[\s*＊:]/g, '')
const core = (header: string): string => bare(header).replaceAll(/[([【].*?[)\]】]/g, '')

export interface SheetLayout {
  register: Register
  headers: string[]
  /** by place in the row */
  columns: Map<number, LedgerColumn>
  unknown: string[]
  /** columns read under another name than the template's */
  renamed: { header: string; as: string }[]
  missing: string[]
}

/** Columns of the error workbook that come back with it; nobody needs to hear of them. */
const returned = new Set(['原行号', '错误原因'])

/**
 * Matches a header row with a register: exact names, then aliases, then names that contain one another when only one
 * candidate is left on each side. Null when it isn't a header row of this register.
 */
export function matchHeader(register: Register, row: Row): SheetLayout | null {
  const headers = Array.from(row.cells, (cell) => cellText(cell).trim())
  const open = new Map(
    headers.map((header, place) => [place, header] as const).filter(([, header]) => header && !returned.has(header)),
  )
  const wanted = new Set(columnsOf(register))
  const columns = new Map<number, LedgerColumn>()
  const renamed: SheetLayout['renamed'] = []
  const take = (place: number, column: LedgerColumn): void => {
    columns.set(place, column)
    if (core(headers[place]!) !== core(column.header)) renamed.push({ header: headers[place]!, as: column.header })
    open.delete(place)
    wanted.delete(column)
  }
  const round = (fits: (header: string, column: LedgerColumn) => boolean): void => {
    for (const column of [...wanted]) {
      const places = [...open].filter(([, header]) => fits(header, column)).map(([place]) => place)
      if (places.length >= 1) take(places[0]!, column)
    }
  }
  round((header, column) => bare(header) === bare(column.header))
  round((header, column) => core(header) === core(column.header))
  round((header, column) => column.aliases.some((alias) => core(header) === core(alias)))
  for (const column of [...wanted]) {
    const near = (header: string): boolean => {
      const [one, other] = [core(header), core(column.header)]
      if (column.role === 'number') return false
      if (column.role === 'date' && /日期|时间/.test(one)) return true
      return one.length >= 2 && other.length >= 2 && (one.includes(other) || other.includes(one))
    }
    const places = [...open].filter(([, header]) => near(header))
    const rivals =
      places.length === 1
        ? [...wanted].filter((rival) => rival !== column && core(places[0]![1]).includes(core(rival.header)))
        : []
    if (places.length === 1 && !rivals.length) take(places[0]![0], column)
  }
  const found = [...columns.values()]
  if (!found.some((column) => column.role === 'date') || found.length < 2) return null
  return {
    register,
    headers,
    columns,
    renamed,
    unknown: [...open.values()],
    missing: [...wanted].filter((column) => column.required).map((column) => column.header),
  }
}

/** How well a layout fits: for choosing the register of a sheet that was renamed. */
export const fitOf = (layout: SheetLayout): number =>
  layout.missing.length
    ? 0
    : (layout.columns.size - layout.renamed.length / 2) / (layout.columns.size + layout.unknown.length)
