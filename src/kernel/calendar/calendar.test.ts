import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  chineseDay,
  daysBefore,
  daysBetween,
  isDay,
  weekday,
  wholeYears,
} from './days.ts'
import { festivalOf, festivalsOf } from './festivals.ts'
import { lunarDays } from './holidays.ts'
import { lastYears, parsePeriod, periodInReport, periodOf, periodTitle, readPeriod } from './period.ts'
import { WorkCalendar } from './working-days.ts'

describe('days', () => {
  it('exist or not', () => {
    for (const day of ['2024-02-29', '2026-12-31']) expect(isDay(day)).toBe(true)
    for (const day of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', ''])
      expect(isDay(day)).toBe(false)
  })

  it.each([
    ['2026-03-01', 15, '2026-03-16'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-03-01', -1, '2026-02-28'],
  ])('%s and %d days is %s: the first day is not counted', (day, n, to) => expect(addDays(day, n)).toBe(to))

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-05-15', 8, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
  ])('%s and %d months is %s: the corresponding day or the month’s end', (day, n, to) =>
    expect(addMonths(day, n)).toBe(to),
  )

  it('ends a term that began on 29 February on 28 February', () => {
    expect(addYears('2024-02-29', 3)).toBe('2027-02-28')
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
    expect(addYears('2024-02-29', 5)).toBe('2029-02-28')
  })

  it('puts whole days between a notice and its meeting', () => {
    expect(daysBefore('2026-03-20', 7)).toBe('2026-03-13')
    expect(daysBetween('2026-03-13', '2026-03-20')).toBe(7)
  })

  it('counts whole years', () => {
    expect(wholeYears('1986-03-05', '2026-03-04')).toBe(39)
    expect(wholeYears('1986-03-05', '2026-03-05')).toBe(40)
    expect(wholeYears('2004-02-29', '2026-02-28')).toBe(22)
  })

  it('knows weekdays and names', () => {
    expect(weekday('2026-11-21')).toBe(6)
    expect(weekday('2026-11-22')).toBe(7)
    expect(weekday('1969-12-29')).toBe(1)
    expect(chineseDay('2026-03-05')).toBe('2026年3月5日')
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError)
  })

  const anyDay = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays('1949-10-01', n))
  it('adds and counts back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
        expect(daysBetween(day, addDays(day, n))).toBe(n)
      }),
    )
  })
})

describe('periods', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31', '2026年', '全年'],
    ['2026-H1', '2026-01-01', '2026-06-30', '2026年上半年', '上半年'],
    ['2026-H2', '2026-07-01', '2026-12-31', '2026年下半年', '下半年'],
    ['2026-Q3', '2026-07-01', '2026-09-30', '2026年第三季度', '第三季度'],
    ['2024-02', '2024-02-01', '2024-02-29', '2024年2月', '2月份'],
    ['2026-03-05', '2026-03-05', '2026-03-05', '2026年3月5日', '3月5日'],
    ['2026-01-01..2026-11-30', '2026-01-01', '2026-11-30', '2026年1至11月', '1至11月'],
    ['2026-01-12..2026-02-03', '2026-01-12', '2026-02-03', '2026年1月12日至2月3日', '1月12日至2月3日'],
    ['2026-06-01..2026-06-23', '2026-06-01', '2026-06-23', '2026年6月1日至6月23日', '6月1日至23日'],
    ['2025-12-01..2026-02-28', '2025-12-01', '2026-02-28', '2025年12月至2026年2月', '2025年12月至2026年2月'],
    [
      '2025-12-20..2026-01-05',
      '2025-12-20',
      '2026-01-05',
      '2025年12月20日至2026年1月5日',
      '2025年12月20日至2026年1月5日',
    ],
  ])('%s', (name, from, to, title, inReport) => {
    const period = parsePeriod(name)
    expect([period.from, period.to]).toEqual([from, to])
    expect(periodTitle(period)).toBe(title)
    expect(periodInReport(period, 2026)).toBe(from.startsWith('2026') && to.startsWith('2026') ? inReport : title)
    expect(periodOf(from, to).name).toBe(name)
  })

  it.each(['2026-H3', '2026-Q5', '2026-13', '26', '2026-02-30', '2026-03-02..2026-03-01', '2026..2027', 'a'])(
    '%s is none',
    (name) => {
      expect(readPeriod(name)).toBeNull()
      expect(() => parsePeriod(name)).toThrow(expect.objectContaining({ code: 'no-period' }))
    },
  )

  it('steps a year back, whole months staying whole', () => {
    expect(lastYears(parsePeriod('2024-02')).name).toBe('2023-02')
    expect(lastYears(parsePeriod('2025-02')).name).toBe('2024-02')
    expect(lastYears(parsePeriod('2026-H1')).name).toBe('2025-H1')
    expect(lastYears(parsePeriod('2026-01-12..2026-02-03')).name).toBe('2025-01-12..2025-02-03')
  })
})

describe('working days', () => {
  const calendar = new WorkCalendar()

  it.each([
    ['2026-02-14', true],
    ['2026-02-15', false],
    ['2026-02-23', false],
    ['2026-02-24', true],
    ['2026-02-28', true],
    ['2026-01-02', false],
    ['2026-01-04', true],
    ['2026-09-20', true],
    ['2026-10-08', true],
    ['2026-10-10', true],
    ['2026-10-11', false],
    ['2025-10-08', false],
    ['2025-10-11', true],
    ['2025-01-26', true],
    ['2025-01-02', true],
    ['2024-04-07', true],
    ['2024-02-09', true],
    ['2026-11-21', false],
    ['2026-11-23', true],
  ])('%s worked: %s', (day, worked) => expect(calendar.isWorkingDay(day)).toBe(worked))

  it.each([
    // 5 working days of notice across National Day 2026: 29 Sept, 30 Sept, 8, 9 and 10 Oct are worked.
    ['2026-10-12', -5, '2026-09-29'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 0, '2026-11-21'],
  ])('%s and %d working days is %s', (day, n, to) => expect(calendar.addWorkingDays(day, n)).toBe(to))

  it('moves a last day off to the next working day', () => {
    expect(calendar.workingDayFrom('2026-10-01')).toBe('2026-10-08')
    expect(calendar.workingDayFrom('2026-10-10')).toBe('2026-10-10')
  })

  it('counts what it adds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: -60, max: 60 }).filter((n) => n !== 0),
        (start, n) => {
          const from = addDays('2024-03-01', start)
          expect(calendar.workingDaysBetween(from, calendar.addWorkingDays(from, n))).toBe(n)
        },
      ),
    )
  })

  it('falls back on statutory holidays for a year without notice, and says so', () => {
    expect(calendar.covers(2026)).toBe(true)
    expect(calendar.covers(2027)).toBe(false)
    expect(calendar.isWorkingDay('2027-10-01')).toBe(false)
    expect(calendar.isWorkingDay('2027-02-08')).toBe(false)
    expect(calendar.about('2027-02-08')?.name).toBe('春节')
    expect(calendar.isWorkingDay('2027-10-04')).toBe(true)
  })

  it('lets the installation correct it', () => {
    const own = new WorkCalendar([
      { day: '2026-11-23', kind: 'rest', name: '本地放假', source: '测试', verification: 'text' },
      { day: '2027-09-26', kind: 'work', name: '国庆节', source: '测试', verification: 'text' },
    ])
    expect(own.isWorkingDay('2026-11-23')).toBe(false)
    expect(own.isWorkingDay('2027-09-26')).toBe(true)
    expect(own.covers(2027)).toBe(true)
    // One exchanged weekend entered does not turn National Day into a working day.
    expect(own.isWorkingDay('2027-10-01')).toBe(false)
  })
})

describe('festivals', () => {
  it('has the movable ones where the Chinese calendar has them', () => {
    const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' })
    const lunar = (day: string): string => chinese.format(new Date(`${day}T00:00:00Z`))
    for (let year = 2019; year <= 2032; year++) {
      const days = lunarDays(year)!
      expect([
        year,
        lunar(days.spring),
        lunar(days.dragonBoat),
        lunar(days.midAutumn),
        lunar(days.doubleNinth),
      ]).toEqual([year, '1/1', '5/5', '8/15', '9/9'])
      expect(['04-04', '04-05']).toContain(days.qingming.slice(5))
    }
    expect(lunarDays(2018)).toBeNull()
  })

  it.each([
    ['2026-01-25', 'spring'],
    ['2026-02-27', 'spring'],
    ['2026-03-03', 'women'],
    ['2026-03-06', 'women'],
    ['2026-03-12', null],
    ['2026-05-02', 'labour'],
    ['2026-06-18', 'dragon-boat'],
    ['2026-06-25', 'party'],
    ['2026-09-10', 'teachers'],
    ['2026-09-20', 'mid-autumn'],
    ['2026-09-28', 'national'],
    ['2026-10-16', 'double-ninth'],
    ['2025-12-30', 'new-year'],
    ['2019-12-30', 'new-year'],
    ['2020-01-06', 'spring'],
    ['2026-08-01', 'army'],
    ['2026-11-21', null],
    ['2026-06-01', 'children'],
  ])('%s falls in %s', (day, id) => expect(festivalOf(day)?.id ?? null).toBe(id))

  it('lists a year in order', () => {
    const festivals = festivalsOf(2026)
    expect(festivals).toHaveLength(12)
    expect(festivals.map((festival) => festival.day)).toEqual(festivals.map((festival) => festival.day).toSorted())
    expect(festivalsOf(2040)).toHaveLength(8)
  })
})
