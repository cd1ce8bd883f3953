import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { columnName, dateToSerial } from './cell.ts'
import {
  contentTypes,
  escapeXml,
  packageRelationsXml,
  sheetHead,
  style,
  type StyleName,
  stylesXml,
  validationsXml,
  workbookRelations,
  workbookXml,
} from './parts.ts'

/** How a column's values are given and shown. money: integer fen. percent: integer hundredths of a percent. date: `YYYY-MM-DD`. */
export type ColumnKind = 'text' | 'longtext' | 'integer' | 'money' | 'percent' | 'date'

export interface ColumnSpec {
  header: string
  kind?: ColumnKind
  /** In characters of the default font; a Chinese character takes two. */
  width?: number
  /** Shown in red; mark the header with * yourself when the sheet is a form. */
  required?: boolean
  choices?: readonly string[]
  /** The list suggests, other values pass with a warning. */
  openChoices?: boolean
  /** Shown when a cell of the column is entered. */
  prompt?: string
}

export type Value = string | number | boolean | null | undefined
/** A value in bold letters, for totals on a ruled sheet. */
export interface Strong {
  strong: Value
}
export type OutputCell = Value | Strong
/** A row of values, or one that is styled as a whole. */
export type OutputRow = readonly OutputCell[] | { style: 'sample' | 'note'; cells: readonly Value[] }

export interface SheetSpec {
  /** At most 31 characters, none of : \ / ? * [ ]. */
  name: string
  columns: readonly ColumnSpec[]
  rows: Iterable<OutputRow> | AsyncIterable<OutputRow>
  /** Merged over all columns, above the header. */
  title?: string
  /** Lines under the title, above the header, merged over all columns. */
  lead?: readonly string[]
  /** Lines after the last row: who exported, when, why. Asked when the rows have ended. */
  footer?: readonly string[] | (() => readonly string[])
  hidden?: boolean
  /** Lines around every cell, as a printed form has them. */
  ruled?: true
  /** A filter on the header. */
  filter?: boolean
}

/**
 * Writes a workbook row by row; memory doesn't grow with the rows. Text is always written as text, so nothing in it can
 * become a formula. A file that could not be finished is removed.
 * @param out path of the file, or a stream (which is ended)
 */
export async function writeWorkbook(out: string | Writable, sheets: readonly SheetSpec[]): Promise<void> {
  const choices = longChoices(sheets)
  const all = choices.sheet ? [...sheets, choices.sheet] : sheets
  checkNames(all)
  const zip = new ZipFile()
  const add = (name: string, text: string): void => zip.addBuffer(Buffer.from(text), name, { compressionLevel: 1 })
  add('[Content_Types].xml', contentTypes(all.length))
  add('_rels/.rels', packageRelationsXml)
  add('xl/workbook.xml', workbookXml(all, all.map(headerRowOf)))
  add('xl/_rels/workbook.xml.rels', workbookRelations(all.length))
  add('xl/styles.xml', stylesXml)
  all.forEach((sheet, index) => {
    zip.addReadStreamLazy(`xl/worksheets/sheet${index + 1}.xml`, { compressionLevel: 1 }, (done) => {
      const source = Readable.from(sheetXml(sheet, index === 0, choices.ranges), {
        objectMode: false,
        highWaterMark: 64 * 1024,
      })
      // yazl pipes without listening: an error of the rows must reach the caller, not stall the zip.
      source.once('error', (error) => (zip.outputStream as Readable).destroy(error))
      done(null, source)
    })
  })
  zip.end()
  const target = typeof out === 'string' ? createWriteStream(out) : out
  try {
    await pipeline(zip.outputStream as Readable, target)
  } catch (error) {
    if (typeof out === 'string') await rm(out, { force: true })
    throw error
  }
}

/** `sheetName` made fit for Excel: forbidden characters replaced, cut to 31, and unlike all in `taken`. */
export function sheetNameOf(title: string, taken: ReadonlySet<string> = new Set()): string {
  const clean =
    title
      .replace(/[:\\/?*[\]]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || '工作表'
  let name = clean.slice(0, 31)
  for (let number = 2; taken.has(name); number++) name = `${clean.slice(0, 31 - String(number).length)}${number}`
  return name
}

function checkNames(sheets: readonly SheetSpec[]): void {
  const names = new Set<string>()
  for (const { name } of sheets) {
    if (sheetNameOf(name, names) !== name) throw new Error(`sheet name not usable: ${name}`)
    names.add(name)
  }
}

const headerRowOf = (sheet: SheetSpec): number => 1 + (sheet.title ? 1 : 0) + (sheet.lead?.length ?? 0)

/** Name of the hidden sheet for lists too long to stand in a validation (255 characters). Importers skip it. */
export const choicesSheetName = '选项'

function longChoices(sheets: readonly SheetSpec[]): { sheet: SheetSpec | null; ranges: Map<ColumnSpec, string> } {
  const ranges = new Map<ColumnSpec, string>()
  const lists: (readonly string[])[] = []
  for (const column of sheets.flatMap((sheet) => sheet.columns)) {
    if (!column.choices?.length) continue
    const joined = column.choices.join(',')
    if (joined.length <= 240 && !column.choices.some((choice) => /[,"]/.test(choice))) continue
    lists.push(column.choices)
    const letter = columnName(lists.length - 1)
    ranges.set(column, `'${choicesSheetName}'!$${letter}$2:$${letter}$${column.choices.length + 1}`)
  }
  if (!lists.length) return { sheet: null, ranges }
  const rows = Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, row) =>
    lists.map((list) => list[row]),
  )
  return {
    sheet: {
      name: choicesSheetName,
      hidden: true,
      columns: lists.map((_, index) => ({ header: `列表${index + 1}` })),
      rows,
    },
    ranges,
  }
}

const styleOf: Record<ColumnKind, StyleName> = {
  text: 'text',
  longtext: 'wrap',
  integer: 'integer',
  money: 'money',
  percent: 'percent',
  date: 'date',
}

const isStrong = (value: OutputCell | undefined): value is Strong => typeof value === 'object' && value !== null

/** On a ruled sheet every cell has its lines; a total is bold. */
const ruledStyle = (kind: ColumnKind, strong: boolean): number =>
  style[kind === 'money' ? (strong ? 'strongMoney' : 'ruledMoney') : strong ? 'strongText' : 'ruledText']

/** An integer with its last digits as decimals, exactly: 123456 → 1234.56. */
function shifted(value: number, digits: number): string {
  const text = String(Math.abs(value)).padStart(digits + 1, '0')
  return `${value < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

const spaced = /^\s|\s$|\n/

const textCell = (text: string, styleIndex: number): string =>
  `<c s="${styleIndex}" t="inlineStr"><is><t${spaced.test(text) ? ' xml:space="preserve"' : ''}>${escapeXml(text.length > 32_767 ? text.slice(0, 32_767) : text)}</t></is></c>`

function cellXml(value: Value, kind: ColumnKind, styleIndex: number): string {
  if (value === null || value === undefined || value === '') return styleIndex ? `<c s="${styleIndex}"/>` : '<c/>'
  if (typeof value === 'boolean') return textCell(value ? '是' : '否', styleIndex)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return '<c/>'
    if (kind === 'money') return `<c s="${styleIndex}"><v>${shifted(value, 2)}</v></c>`
    if (kind === 'percent') return `<c s="${styleIndex}"><v>${shifted(value, 4)}</v></c>`
    // A long number in a text column (an account, a number) must not be rounded by Excel.
    if (kind === 'text' || kind === 'longtext') return textCell(String(value), styleIndex)
    return `<c s="${styleIndex}"><v>${value}</v></c>`
  }
  if (kind === 'date') {
    const serial = dateToSerial(value)
    if (serial !== null) return `<c s="${styleIndex}"><v>${serial}</v></c>`
  }
  return textCell(value, styleIndex)
}

async function* sheetXml(
  sheet: SheetSpec,
  active: boolean,
  ranges: ReadonlyMap<ColumnSpec, string>,
): AsyncGenerator<Buffer> {
  const { columns } = sheet
  const headerRow = headerRowOf(sheet)
  const last = columnName(Math.max(0, columns.length - 1))
  const kinds = columns.map((column) => column.kind ?? 'text')
  const styles = kinds.map((kind) => style[styleOf[kind]])
  const merges: string[] = []
  let rowNo = 0
  const wide = (text: string, styleIndex: number, height?: number): string => {
    rowNo++
    if (columns.length > 1) merges.push(`A${rowNo}:${last}${rowNo}`)
    return `<row r="${rowNo}"${height ? ` ht="${height}" customHeight="1"` : ''}>${textCell(text, styleIndex)}</row>`
  }

  let text = `${sheetHead}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView${active ? ' tabSelected="1"' : ''} workbookViewId="0"><pane ySplit="${headerRow}" topLeftCell="A${headerRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/>`
  if (columns.length)
    text += `<cols>${columns.map((column, index) => `<col min="${index + 1}" max="${index + 1}" width="${column.width ?? widthOf(column)}" style="${styles[index]}" customWidth="1"/>`).join('')}</cols>`
  text += '<sheetData>'
  if (sheet.title) text += wide(sheet.title, style.title, 32)
  for (const line of sheet.lead ?? []) text += wide(line, style.note, 18 * Math.max(1, line.split('\n').length))
  rowNo++
  text += `<row r="${rowNo}" ht="32" customHeight="1">${columns.map((column) => textCell(column.header, column.required ? style.requiredHeader : style.header)).join('')}</row>`

  for await (const row of sheet.rows) {
    rowNo++
    if (rowNo > 1_048_000) throw new Error(`sheet ${sheet.name} outgrew Excel's rows`)
    const styled = 'cells' in row
    const cells: readonly OutputCell[] = styled ? row.cells : row
    text += `<row r="${rowNo}">`
    for (let index = 0; index < (sheet.ruled ? columns.length : cells.length); index++) {
      const cell = cells[index]
      const value = isStrong(cell) ? cell.strong : cell
      const kind = kinds[index] ?? 'text'
      if (styled) text += cellXml(value, 'text', style[row.style])
      else text += cellXml(value, kind, sheet.ruled ? ruledStyle(kind, isStrong(cell)) : (styles[index] ?? style.text))
    }
    text += '</row>'
    if (text.length > 64 * 1024) {
      yield Buffer.from(text)
      text = ''
    }
  }
  const lastRow = rowNo
  for (const line of typeof sheet.footer === 'function' ? sheet.footer() : (sheet.footer ?? []))
    text += wide(line, style.note)
  text += '</sheetData>'
  if (sheet.filter && columns.length) text += `<autoFilter ref="A${headerRow}:${last}${Math.max(headerRow, lastRow)}"/>`
  if (merges.length)
    text += `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
  text += validationsXml(columns, headerRow + 1, ranges)
  text +=
    '<printOptions horizontalCentered="1"/><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页　共 &amp;N 页</oddFooter></headerFooter></worksheet>'
  yield Buffer.from(text)
}

/** Wide enough for the header and the usual value. */
function widthOf(column: ColumnSpec): number {
  const header = [...column.header].reduce((sum, character) => sum + (character.charCodeAt(0) > 255 ? 2 : 1), 2)
  const value = { text: 14, longtext: 36, integer: 9, money: 13, percent: 10, date: 12 }[column.kind ?? 'text']
  return Math.min(40, Math.max(header, value))
}
