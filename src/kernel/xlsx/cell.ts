/** A cell as the workbook holds it. `formula`: computed by the workbook; the value is what was last computed there. */
export type Cell =
  | { kind: 'text'; text: string; formula?: true }
  /** `text` is the number as written in the file, so that 20 digits can be told from 19 rounded ones. */
  | { kind: 'number'; value: number; text: string; percent?: true; formula?: true }
  /** `date` is `YYYY-MM-DD`; `time` is `HH:MM:SS` when the cell has one. */
  | { kind: 'date'; date: string; time?: string; formula?: true }
  | { kind: 'boolean'; value: boolean; formula?: true }
  /** `code` as shown: #N/A, #REF! … */
  | { kind: 'error'; code: string; formula?: true }

export interface Row {
  /** 1-based, as the officer sees it. */
  rowNo: number
  /** By column, 0-based; a hole is an empty cell. */
  cells: (Cell | undefined)[]
}

/** Rows and columns 0-based and inclusive. */
export interface MergedRange {
  fromRow: number
  fromColumn: number
  toRow: number
  toColumn: number
}

const dayMs = 86_400_000

/**
 * The day an Excel serial number means, or null outside 1900–9999.
 * The 1900 system counts a 29 February 1900 that never was, so serials below 61 are off by one.
 */
export function serialToDate(serial: number, from1904 = false): { date: string; time?: string } | null {
  if (!Number.isFinite(serial) || serial < 0) return null
  let days = Math.floor(serial)
  let seconds = Math.round((serial - days) * 86_400)
  if (seconds === 86_400) [days, seconds] = [days + 1, 0]
  if (!from1904 && days === 60) return null
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30)
  const instant = new Date(epoch + days * dayMs + seconds * 1000)
  if (Number.isNaN(instant.getTime()) || instant.getUTCFullYear() > 9999) return null
  const text = instant.toISOString()
  return seconds ? { date: text.slice(0, 10), time: text.slice(11, 19) } : { date: text.slice(0, 10) }
}

const serials = new Map<string, number | null>()

/** The Excel serial of a day in the 1900 system, or null when the text is no day from 1 March 1900 on. */
export function dateToSerial(date: string): number | null {
  let serial = serials.get(date)
  if (serial === undefined) {
    serial = computeSerial(date)
    // A year's ledger has few distinct days; a hostile one must not fill the memory.
    if (serials.size < 50_000) serials.set(date, serial)
  }
  return serial
}

function computeSerial(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null
  const instant = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== date) return null
  const serial = Math.round((instant - Date.UTC(1899, 11, 30)) / dayMs)
  return serial >= 61 ? serial : null
}

/** 0 → A, 25 → Z, 26 → AA. */
export function columnName(index: number): string {
  let name = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  return name
}

/** What the officer reads in the cell, near enough to find it again; '' for an empty one. */
export function cellText(cell: Cell | undefined): string {
  if (!cell) return ''
  if (cell.kind === 'text') return cell.text
  if (cell.kind === 'number') return cell.percent ? `${Number((cell.value * 100).toFixed(6))}%` : cell.text
  if (cell.kind === 'date') return cell.time ? `${cell.date} ${cell.time}` : cell.date
  if (cell.kind === 'boolean') return cell.value ? 'TRUE' : 'FALSE'
  return cell.code
}
