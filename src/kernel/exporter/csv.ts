import { createWriteStream } from 'node:fs'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ColumnSpec, Value } from '../xlsx/write.ts'

/**
 * One cell of a CSV file. Text that a spreadsheet would take for a formula gets an apostrophe in front, as they do
 * themselves.
 * @param value money in fen, percent in hundredths of a percent, as the column's kind says
 */
export function csvCell(value: Value, kind?: ColumnSpec['kind']): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number')
    return kind === 'money' || kind === 'percent'
      ? `${value < 0 ? '-' : ''}${hundredths(Math.abs(value))}`
      : String(value)
  const text = String(value)
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const hundredths = (value: number): string => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`

/** Writes rows as UTF-8 with the mark that makes Excel read them as such; memory doesn't grow with the rows. */
export async function writeCsv(
  out: string | Writable,
  columns: readonly ColumnSpec[],
  rows: AsyncIterable<readonly Value[]>,
  footer: () => readonly string[],
): Promise<void> {
  const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`
  async function* text(): AsyncGenerator<string> {
    yield `\uFEFF${line(columns.map((column) => csvCell(column.header)))}`
    for await (const row of rows) yield line(row.map((value, index) => csvCell(value, columns[index]?.kind)))
    for (const note of footer()) yield line([csvCell(note)])
  }
  await pipeline(Readable.from(text()), typeof out === 'string' ? createWriteStream(out) : out)
}
