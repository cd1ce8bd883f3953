import { refused } from '../contract/problem.ts'
import { addDays, addMonths, chineseDay, dayOf, isDay, monthLength, parts, type Day } from './days.ts'

/**
 * A period by name: `2026`, `2026-H1`, `2026-Q3`, `2026-03`, `2026-03-05`, or a range of days
 * `2026-01-12..2026-02-03`. Both ends belong to it.
 */
export interface Period {
  name: string
  from: Day
  to: Day
  kind: 'year' | 'half' | 'quarter' | 'month' | 'day' | 'range'
}

const months = (name: string, kind: Period['kind'], year: number, first: number, last: number): Period => ({
  name,
  kind,
  from: dayOf(year, first, 1),
  to: dayOf(year, last, monthLength(year, last)),
})

/** @returns null when the name means no period */
export function readPeriod(name: string): Period | null {
  const match = /^([0-9]{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(name)
  if (match) {
    const year = Number(match[1])
    if (match[2]) return months(name, 'half', year, match[2] === '1' ? 1 : 7, match[2] === '1' ? 6 : 12)
    if (match[3]) return months(name, 'quarter', year, Number(match[3]) * 3 - 2, Number(match[3]) * 3)
    if (match[4]) return months(name, 'month', year, Number(match[4]), Number(match[4]))
    return months(name, 'year', year, 1, 12)
  }
  if (isDay(name)) return { name, kind: 'day', from: name, to: name }
  const [from, to, ...rest] = name.split('..')
  if (rest.length || !from || !to || !isDay(from) || !isDay(to) || from > to) return null
  return { name, kind: 'range', from, to }
}

/** @throws Problem 422 `no-period` */
export function parsePeriod(name: string): Period {
  const period = readPeriod(name)
  if (!period)
    throw refused('no-period', `“${name}”不是期间。请写成 2026、2026-H1、2026-Q1、2026-03 或 2026-01-12..2026-02-03。`)
  return period
}

/** Any two days as a period under its shortest name: whole months, quarters, halves and years are recognised. */
export function periodOf(from: Day, to: Day): Period {
  const { year, month } = parts(from)
  const names = [
    `${year}`,
    `${year}-H${month <= 6 ? 1 : 2}`,
    `${year}-Q${Math.ceil(month / 3)}`,
    from.slice(0, 7),
    from,
    `${from}..${to}`,
  ]
  const found = names.map(readPeriod).find((period) => period?.from === from && period.to === to)
  if (!found) throw new RangeError(`no period from ${from} to ${to}`)
  return found
}

const HALVES = ['上半年', '下半年']
const QUARTERS = ['第一季度', '第二季度', '第三季度', '第四季度']

/** 2026年, 2026年上半年, 2026年第一季度, 2026年3月, 2026年1月12日至2月3日: names the period anywhere. */
export function periodTitle(period: Period): string {
  const from = parts(period.from)
  const to = parts(period.to)
  switch (period.kind) {
    case 'year':
      return `${from.year}年`
    case 'half':
      return `${from.year}年${HALVES[from.month > 6 ? 1 : 0]}`
    case 'quarter':
      return `${from.year}年${QUARTERS[(from.month - 1) / 3]}`
    case 'month':
      return `${from.year}年${from.month}月`
    case 'day':
      return chineseDay(period.from)
    case 'range':
      return wholeMonths(period) ? monthsTitle(from, to) : `${chineseDay(period.from)}至${sameYearDay(from, to)}`
  }
}

/** How the period is called inside a report of `year`: 全年, 上半年, 第一季度, 3月份, 1至11月, 1月12日至2月3日. */
export function periodInReport(period: Period, year: number): string {
  const from = parts(period.from)
  const to = parts(period.to)
  if (from.year !== year || to.year !== year) return periodTitle(period)
  switch (period.kind) {
    case 'year':
      return '全年'
    case 'half':
      return HALVES[from.month > 6 ? 1 : 0]!
    case 'quarter':
      return QUARTERS[(from.month - 1) / 3]!
    case 'month':
      return `${from.month}月份`
    case 'day':
      return `${from.month}月${from.day}日`
    case 'range':
      return wholeMonths(period)
        ? `${from.month}至${to.month}月`
        : from.month === to.month
          ? `${from.month}月${from.day}日至${to.day}日`
          : `${from.month}月${from.day}日至${to.month}月${to.day}日`
  }
}

const wholeMonths = (period: Period): boolean => period.from.endsWith('-01') && addDays(period.to, 1).endsWith('-01')

type Parts = ReturnType<typeof parts>
const monthsTitle = (from: Parts, to: Parts): string =>
  from.year === to.year
    ? `${from.year}年${from.month}至${to.month}月`
    : `${from.year}年${from.month}月至${to.year}年${to.month}月`
const sameYearDay = (from: Parts, to: Parts): string =>
  `${from.year === to.year ? '' : `${to.year}年`}${to.month}月${to.day}日`

/** The same stretch one year earlier, for comparisons; a range that ends on a month's last day still does. */
export function lastYears(period: Period): Period {
  const endsMonth = addDays(period.to, 1).endsWith('-01')
  const to = endsMonth ? addDays(addMonths(addDays(period.to, 1), -12), -1) : addMonths(period.to, -12)
  return periodOf(addMonths(period.from, -12), to)
}
