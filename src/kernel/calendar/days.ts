/** Dates as `YYYY-MM-DD` strings in Asia/Shanghai. A day has no clock, so the arithmetic runs in UTC and never slips. */

export type Day = string

const MS = 86_400_000
const pad = (n: number): string => String(n).padStart(2, '0')

export const dayOf = (year: number, month: number, dayOfMonth: number): Day =>
  `${String(year).padStart(4, '0')}-${pad(month)}-${pad(dayOfMonth)}`

/** Days in a month. @param month 1 to 12 */
export const monthLength = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** True for a day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month)
}

/** @throws RangeError when the text is no day */
export function parts(day: Day): { year: number; month: number; day: number } {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`)
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) }
}

const toNumber = (day: Day): number => {
  const { year, month, day: dayOfMonth } = parts(day)
  return Date.UTC(year, month - 1, dayOfMonth) / MS
}
const fromNumber = (n: number): Day => new Date(n * MS).toISOString().slice(0, 10)

/** The day `n` days later (earlier when negative). The first day is not counted: 1 March + 15 is 16 March. */
export const addDays = (day: Day, n: number): Day => fromNumber(toNumber(day) + n)

/** Days from `from` to `to`: 0 for the same day. */
export const daysBetween = (from: Day, to: Day): number => toNumber(to) - toNumber(from)

/** 1 Monday … 7 Sunday. */
export const weekday = (day: Day): number => ((toNumber(day) + 3) % 7) + 1

/** The corresponding day `n` months later, or the month's last day where it has none (民法典 第202条). */
export function addMonths(day: Day, n: number): Day {
  const { year, month, day: dayOfMonth } = parts(day)
  const months = year * 12 + (month - 1) + n
  const [toYear, toMonth] = [Math.floor(months / 12), (months % 12) + 1]
  return dayOf(toYear, toMonth, Math.min(dayOfMonth, monthLength(toYear, toMonth)))
}

/** The corresponding day `n` years later; from 29 February the 28th, where there is no 29th. */
export const addYears = (day: Day, n: number): Day => addMonths(day, n * 12)

/**
 * The last day on which something that must lie `n` whole days ahead may be done: the event's day is not counted
 * (提前 n 日 → sent on or before event − n).
 */
export const daysBefore = (event: Day, n: number): Day => addDays(event, -n)

/** Whole years between two days: a person's age, years of service. 29 February counts up on 28 February. */
export function wholeYears(from: Day, to: Day): number {
  const years = parts(to).year - parts(from).year
  return addYears(from, years) > to ? years - 1 : years
}

/** 2026-03-05 → 2026年3月5日 */
export function chineseDay(day: Day): string {
  const { year, month, day: dayOfMonth } = parts(day)
  return `${year}年${month}月${dayOfMonth}日`
}
