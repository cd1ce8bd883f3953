import { cellText, type Cell } from '../xlsx/cell.ts'
import { openWorkbook } from '../xlsx/read.ts'
import { refused } from '../contract/problem.ts'
import { cleanText, type Read } from './cells.ts'
import type { CheckContext, CheckReport, RowError, SheetLayout, StagedRow } from './kind.ts'

/** Headings a column is known by, the template's first. */
export type Headings<Column extends string> = Readonly<Record<Column, readonly string[]>>

/** A row of a plain list: one thing a row, columns found by their headings. */
export interface PlainRow<Column extends string> {
  rowNo: number
  cell(column: Column): Cell | undefined
  text(column: Column): string
  /** What a cell says, or null after its fault was noted; an empty cell that must be filled is one. */
  value(column: Column, read: Read, required?: boolean): unknown
  /** Notes a fault at the cell. */
  wrong(column: Column, message: string): null
  errors: readonly RowError[]
}

export type Judged = Omit<StagedRow, 'sheet' | 'rowNo' | 'errors' | 'original'>

/**
 * Reads the sheets of a workbook that have the needed headings, judges every row and stages it; the others are named.
 * Empty rows and the template's sample are passed over.
 * @param judge what a row means; a row with faults is staged as an error with its cells, whatever this answers
 * @throws Problem 422 `no-sheet` when no sheet has the headings
 */
export async function readPlainSheets<Column extends string>(
  { file, stage }: Pick<CheckContext, 'file' | 'stage'>,
  headings: Headings<Column>,
  needed: readonly NoInfer<Column>[],
  judge: (row: PlainRow<Column>) => Judged,
): Promise<CheckReport> {
  const workbook = await openWorkbook(file)
  const sheets: SheetLayout[] = []
  const notices: string[] = []
  const wanted = needed.map((column) => `“${headings[column][0]}”`).join('')
  try {
    for (const sheet of workbook.sheets) {
      let places: ReadonlyMap<Column, number> | null = null
      let headers: string[] = []
      const staged: StagedRow[] = []
      for await (const row of sheet.rows()) {
        if (!places) {
          places = placesOf(row.cells, headings, needed)
          headers = Array.from(row.cells, (cell) => cellText(cell))
          continue
        }
        const original = headers.map((_, index) => cellText(row.cells[index]))
        if (!original.some((text) => text.trim()) || original.some((text) => text.startsWith('（示例）'))) continue
        const { errors, ...read } = plainRow(row, places, headers)
        const judged = judge({ ...read, errors })
        const at = { sheet: sheet.name, rowNo: row.rowNo }
        staged.push(errors.length ? { ...at, status: 'error', errors, original } : { ...at, ...judged })
      }
      if (!places) notices.push(`工作表“${sheet.name}”没有${wanted}表头，未导入。`)
      else {
        sheets.push({ name: sheet.name, headers })
        await stage(staged)
      }
    }
  } finally {
    workbook.close()
  }
  if (!sheets.length) throw refused('no-sheet', `没有找到要导入的表：表头须有${wanted}。请使用模板。`)
  return { sheets, notices }
}

/** Where the columns stand, when this row is the heading. */
function placesOf<Column extends string>(
  cells: readonly (Cell | undefined)[],
  headings: Headings<Column>,
  needed: readonly NoInfer<Column>[],
): ReadonlyMap<Column, number> | null {
  const places = new Map<Column, number>()
  const columns = Object.keys(headings) as Column[]
  Array.from(cells).forEach((cell, index) => {
    const header = cleanText(cell).replaceAll(/[*\s]|[(（].*$/g, '')
    const column = columns.find((name) => headings[name].includes(header))
    if (column && !places.has(column)) places.set(column, index)
  })
  return needed.every((column) => places.has(column)) ? places : null
}

function plainRow<Column extends string>(
  row: { rowNo: number; cells: readonly (Cell | undefined)[] },
  places: ReadonlyMap<Column, number>,
  headers: readonly string[],
): PlainRow<Column> & { errors: RowError[] } {
  const errors: RowError[] = []
  const cell = (column: Column): Cell | undefined => (places.has(column) ? row.cells[places.get(column)!] : undefined)
  const wrong = (column: Column, message: string): null => {
    errors.push({ ...(places.has(column) && { column: headers[places.get(column)!]! }), message })
    return null
  }
  return {
    rowNo: row.rowNo,
    cell,
    text: (column) => cleanText(cell(column)),
    wrong,
    value: (column, read, required) => {
      if ('error' in read) return wrong(column, read.error)
      return read.value === null && required ? wrong(column, '请填写。') : read.value
    },
    errors,
  }
}
