import { PassThrough } from 'node:stream'
import { columnsOf, type LedgerColumn } from '../../src/kernel/importer/layout.ts'
import { columnSpecs } from '../../src/kernel/importer/ledger-template.ts'
import type { Register } from '../../src/kernel/register/declaration.ts'
import { builtInRegisters } from '../../src/kernel/register/registry.ts'
import { cellText } from '../../src/kernel/xlsx/cell.ts'
import { openWorkbook } from '../../src/kernel/xlsx/read.ts'
import { sheetNameOf, writeWorkbook, type SheetSpec, type Value } from '../../src/kernel/xlsx/write.ts'

/** A row by field id, plus `date`, `endDate` and `title`. Money in fen, percentages in hundredths of a percent. */
export type LedgerRow = Record<string, Value>

/** A union's year as its officer keeps it: rows by register, and the roster by column header where one is needed. */
export interface CaseBook {
  ledger: Record<string, LedgerRow[]>
  roster?: { headers: string[]; rows: Value[][] }
}

const keyOf = (column: LedgerColumn): string | null =>
  column.role === 'field' ? column.field.id : column.role === 'number' ? `${column.field.id}No` : column.role

/** @throws on a register or a field that the registers do not declare, so that a case cannot rot silently */
export function ledgerSheets(ledger: CaseBook['ledger']): SheetSpec[] {
  const registers = new Map(builtInRegisters().map((register) => [register.id, register]))
  const taken = new Set<string>()
  return Object.entries(ledger).map(([id, rows]) => {
    const register = registers.get(id)
    if (!register) throw new Error(`no register ${id}`)
    const name = sheetNameOf(register.title, taken)
    taken.add(name)
    return { name, columns: columnSpecs(register), rows: rows.map((row) => cellsOf(register, row)) }
  })
}

function cellsOf(register: Register, row: LedgerRow): Value[] {
  const columns = columnsOf(register)
  const known = new Set(columns.map(keyOf))
  for (const name of Object.keys(row))
    if (!known.has(name)) throw new Error(`${register.id} has no column ${name}`)
  return columns.map((column) => {
    const value = row[keyOf(column) ?? ''] ?? null
    return typeof value === 'boolean' ? (value ? '是' : '否') : value
  })
}

export const rosterSheets = (roster: NonNullable<CaseBook['roster']>): SheetSpec[] => [
  { name: '会员花名册', columns: roster.headers.map((header) => ({ header })), rows: roster.rows },
]

/** A workbook's cells as text: two workbooks that say the same give the same answer, whenever they were written. */
export async function contentOf(source: string | Buffer): Promise<Record<string, string[][]>> {
  const book = await openWorkbook(source)
  try {
    const sheets: Record<string, string[][]> = {}
    for (const sheet of book.sheets) {
      const rows: string[][] = []
      for await (const row of sheet.rows()) rows.push(Array.from(row.cells, (cell) => cellText(cell)))
      sheets[sheet.name] = rows
    }
    return sheets
  } finally {
    book.close()
  }
}

/** A workbook in memory. */
export async function bytesOf(sheets: readonly SheetSpec[]): Promise<Buffer> {
  const out = new PassThrough()
  const chunks: Buffer[] = []
  out.on('data', (chunk: Buffer) => chunks.push(chunk))
  await writeWorkbook(out, sheets)
  return Buffer.concat(chunks)
}
