import type { Value } from './write.ts'

/** A spreadsheet reads a leading = + - @ (or tab, return) as a formula; an apostrophe before it makes it text. */
const formulaSign = /^[=+\-@\t\r]/

/** One CSV line with its line end (RFC 4180). Numbers are written as they are; text can't become a formula. */
export function csvLine(values: readonly Value[]): string {
  return `${values.map(csvField).join(',')}\r\n`
}

function csvField(value: Value): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  const text = formulaSign.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

/** Excel takes a file for UTF-8 only behind this mark. */
export const csvMark = '\uFEFF'
