// Writes the case workbooks from their data files: `node test/cases/build.ts`. A workbook that says the same stays as it is.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import '../../src/modules.ts'
import { isDeepStrictEqual } from 'node:util'
import { writeWorkbook, type SheetSpec } from '../../src/kernel/xlsx/write.ts'
import { bytesOf, contentOf, ledgerSheets, rosterSheets, type CaseBook } from './workbook.ts'

const folder = import.meta.dirname

/** The workbooks of a case by file name. */
export async function workbooksOf(id: string): Promise<Record<string, SheetSpec[]>> {
  const { default: build } = (await import(path.join(folder, id, 'build.ts'))) as { default: () => CaseBook }
  const book = build()
  return { 'ledger.xlsx': ledgerSheets(book.ledger), ...(book.roster && { 'roster.xlsx': rosterSheets(book.roster) }) }
}

export const caseIds = (): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()

/** Whether the committed workbook says what its data file says. */
export async function isCurrent(id: string, name: string, sheets: readonly SheetSpec[]): Promise<boolean> {
  const file = path.join(folder, id, name)
  return (
    existsSync(file) && isDeepStrictEqual(await contentOf(readFileSync(file)), await contentOf(await bytesOf(sheets)))
  )
}

if (import.meta.main)
  for (const id of caseIds())
    for (const [name, sheets] of Object.entries(await workbooksOf(id))) {
      if (await isCurrent(id, name, sheets)) continue
      await writeWorkbook(path.join(folder, id, name), sheets)
      process.stdout.write(`${id}/${name} written\n`)
    }
