import type { Writable } from 'node:stream'
import type { Db } from '../db/database.ts'
import { writeWorkbook, type OutputRow } from '../xlsx/write.ts'
import { previewOf, rowsOf } from './run.ts'

/** The bad rows in the layout they came in, with their row number and the reason: to be mended and uploaded again. */
export async function writeErrorWorkbook(db: Db, importId: number, out: string | Writable): Promise<void> {
  const run = await previewOf(db, importId)
  async function* bad(sheet: string, width: number): AsyncGenerator<OutputRow> {
    for (let after = 0; ;) {
      const { rows, next } = await rowsOf(db, importId, {
        status: 'error',
        sheet,
        limit: 2000,
        ...(after && { after }),
      })
      for (const row of rows) {
        const cells = Array.from({ length: width }, (_, place) => row.original?.[place] ?? '')
        const reasons = row.errors.map(({ column, message }) => (column ? `【${column}】${message}` : message))
        yield [...cells, String(row.rowNo), reasons.join('\n')]
      }
      if (next === null) return
      after = next
    }
  }
  await writeWorkbook(
    out,
    run.sheets.map((sheet) => ({
      name: sheet.name,
      columns: [
        ...sheet.headers.map((header, place) => ({
          header: header || `（第 ${place + 1} 列）`,
          kind: 'text' as const,
          width: 16,
        })),
        { header: '原行号', kind: 'text' as const, width: 8 },
        { header: '错误原因', kind: 'longtext' as const, width: 60 },
      ],
      rows: bad(sheet.name, sheet.headers.length),
    })),
  )
}
