import { refused } from '../../../../kernel/contract/problem.ts'
import { openWorkbook } from '../../../../kernel/xlsx/read.ts'
import type { Row } from '../../../../kernel/xlsx/cell.ts'

const MOST_ROWS = 20_000

/** Separator by which the first lines fall into the most columns. */
function separatorOf(text: string): string {
  const lines = text.split(/\r?\n/).slice(0, 30)
  const columns = (sign: string): number => Math.max(...lines.map((line) => line.split(sign).length))
  return [',', '\t', ';', '|'].toSorted((one, other) => columns(other) - columns(one))[0]!
}

/** Rows of a CSV: quotes, doubled quotes and line breaks inside them as in RFC 4180; rows numbered as they stand. */
export function csvRows(text: string): Row[] {
  const separator = separatorOf(text)
  const rows: Row[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  const endCell = (): void => {
    cells.push(cell)
    cell = ''
  }
  const endRow = (): void => {
    endCell()
    // Banks protect long numbers from spreadsheets by a tab or an equals sign: ="6222…".
    const texts = cells.map((one) => one.trim().replace(/^="?(.*?)"?$/, '$1'))
    rows.push({ rowNo: rows.length + 1, cells: texts.map((one) => (one ? { kind: 'text', text: one } : undefined)) })
    cells = []
  }
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (sign === '"' && cell.trim() === '') {
      quoted = true
      cell = ''
    } else if (sign === separator) endCell()
    else if (sign === '\n') endRow()
    else if (sign !== '\r') cell += sign
    if (rows.length > MOST_ROWS)
      throw refused('statement-too-long', `对账单超过 ${MOST_ROWS} 行，请按月导出后分次导入。`)
  }
  if (cell || cells.length) endRow()
  return rows.filter((row) => row.cells.some(Boolean))
}

/** Text as banks write it: UTF-8, with or without a mark, or the older GB18030. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/**
 * The cells of a bank's file: the sheet with the most rows of an .xlsx, or a CSV.
 * @throws Problem 422 `workbook-*`, `statement-too-long`, `statement-empty`
 */
export async function statementGrid(bytes: Buffer): Promise<Row[]> {
  let rows: Row[]
  if (bytes.subarray(0, 2).toString('latin1') === 'PK' || bytes.readUInt32BE?.(0) === 0xd0cf11e0) {
    const book = await openWorkbook(bytes, { maxRows: MOST_ROWS })
    try {
      const sheets: Row[][] = []
      for (const sheet of book.sheets.filter((one) => !one.hidden)) {
        const read: Row[] = []
        for await (const row of sheet.rows()) read.push(row)
        sheets.push(read)
      }
      rows = sheets.toSorted((one, other) => other.length - one.length)[0] ?? []
    } finally {
      book.close()
    }
  } else rows = csvRows(textOf(bytes))
  if (!rows.length) throw refused('statement-empty', '文件里没有内容。请检查是否选错了文件。')
  return rows
}
