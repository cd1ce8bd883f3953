import { addDays, dayOf, type Day } from './days.ts'

/** text: we read the notice; quotation: read as quoted by the press; memory: nobody has checked it yet. */
export type Verification = 'text' | 'quotation' | 'memory'

export interface CalendarDay {
  day: Day
  /** rest: a day off, whatever weekday; work: a weekend day worked in exchange. */
  kind: 'rest' | 'work'
  name: string
  source: string
  verification: Verification
}

type Arrangement = readonly [name: string, from: string, days: number, worked: readonly string[]]
interface YearNotice {
  source: string
  verification: Verification
  arrangements: readonly Arrangement[]
}

/** The State Council's yearly notices on holidays: name, first day off, days off in a row, weekend days worked. */
const NOTICES: Readonly<Record<number, YearNotice>> = {
  2024: {
    source: '国办发明电〔2023〕7号',
    verification: 'memory',
    arrangements: [
      ['元旦', '01-01', 1, []],
      ['春节', '02-10', 8, ['02-04', '02-18']],
      ['清明节', '04-04', 3, ['04-07']],
      ['劳动节', '05-01', 5, ['04-28', '05-11']],
      ['端午节', '06-10', 1, []],
      ['中秋节', '09-15', 3, ['09-14']],
      ['国庆节', '10-01', 7, ['09-29', '10-12']],
    ],
  },
  2025: {
    source: '国办发明电〔2024〕12号',
    verification: 'quotation',
    arrangements: [
      ['元旦', '01-01', 1, []],
      ['春节', '01-28', 8, ['01-26', '02-08']],
      ['清明节', '04-04', 3, []],
      ['劳动节', '05-01', 5, ['04-27']],
      ['端午节', '05-31', 3, []],
      ['国庆节、中秋节', '10-01', 8, ['09-28', '10-11']],
    ],
  },
  2026: {
    source: '国务院办公厅2025年11月4日通知',
    verification: 'quotation',
    arrangements: [
      ['元旦', '01-01', 3, ['01-04']],
      ['春节', '02-15', 9, ['02-14', '02-28']],
      ['清明节', '04-04', 3, []],
      ['劳动节', '05-01', 5, ['05-09']],
      ['端午节', '06-19', 3, []],
      ['中秋节', '09-25', 3, []],
      ['国庆节', '10-01', 7, ['09-20', '10-10']],
    ],
  },
}

export const NOTICED_YEARS: readonly number[] = Object.keys(NOTICES).map(Number)

/** Every day of the shipped notices that differs from its weekday's habit, and the holidays that fall on weekends. */
export const SHIPPED_DAYS: readonly CalendarDay[] = Object.entries(NOTICES).flatMap(([year, notice]) =>
  notice.arrangements.flatMap(([name, from, days, worked]) => {
    const about = { name, source: notice.source, verification: notice.verification }
    return [
      ...Array.from({ length: days }, (_, n): CalendarDay => ({
        day: addDays(`${year}-${from}`, n),
        kind: 'rest',
        ...about,
      })),
      ...worked.map((monthDay): CalendarDay => ({ day: `${year}-${monthDay}`, kind: 'work', ...about })),
    ]
  }),
)

/** Spring Festival, Qingming, Dragon Boat, Mid-Autumn, Double Ninth. Checked against ICU's Chinese calendar by a test. */
const LUNAR: Readonly<Record<number, readonly [string, string, string, string, string]>> = {
  2019: ['02-05', '04-05', '06-07', '09-13', '10-07'],
  2020: ['01-25', '04-04', '06-25', '10-01', '10-25'],
  2021: ['02-12', '04-04', '06-14', '09-21', '10-14'],
  2022: ['02-01', '04-05', '06-03', '09-10', '10-04'],
  2023: ['01-22', '04-05', '06-22', '09-29', '10-23'],
  2024: ['02-10', '04-04', '06-10', '09-17', '10-11'],
  2025: ['01-29', '04-04', '05-31', '10-06', '10-29'],
  2026: ['02-17', '04-05', '06-19', '09-25', '10-18'],
  2027: ['02-07', '04-05', '06-09', '09-15', '10-08'],
  2028: ['01-26', '04-04', '05-28', '10-03', '10-26'],
  2029: ['02-13', '04-04', '06-16', '09-22', '10-16'],
  2030: ['02-02', '04-05', '06-05', '09-12', '10-05'],
  2031: ['01-23', '04-05', '06-24', '10-01', '10-24'],
  2032: ['02-11', '04-04', '06-12', '09-19', '10-12'],
}

export interface LunarDays {
  spring: Day
  qingming: Day
  dragonBoat: Day
  midAutumn: Day
  doubleNinth: Day
}

/** Days of a year's movable festivals; null outside 2019–2032. */
export function lunarDays(year: number): LunarDays | null {
  const days = LUNAR[year]?.map((monthDay) => `${year}-${monthDay}`)
  if (!days) return null
  const [spring, qingming, dragonBoat, midAutumn, doubleNinth] = days as [Day, Day, Day, Day, Day]
  return { spring, qingming, dragonBoat, midAutumn, doubleNinth }
}

/**
 * Days off by 全国年节及纪念日放假办法 alone (2024 revision from 2025 on), for years whose notice isn't in the table yet.
 * Exchanged weekends can't be foreseen, so working days near a festival may be off by a few.
 */
export function statutoryRestDays(year: number): readonly CalendarDay[] {
  const lunar = lunarDays(year)
  const revised = year >= 2025
  const days: [string, Day][] = [
    ['元旦', dayOf(year, 1, 1)],
    ['劳动节', dayOf(year, 5, 1)],
    ...(revised ? [['劳动节', dayOf(year, 5, 2)] as [string, Day]] : []),
    ...[1, 2, 3].map((n): [string, Day] => ['国庆节', dayOf(year, 10, n)]),
  ]
  if (lunar) {
    for (const n of revised ? [-1, 0, 1, 2] : [0, 1, 2]) days.push(['春节', addDays(lunar.spring, n)])
    days.push(['清明节', lunar.qingming], ['端午节', lunar.dragonBoat], ['中秋节', lunar.midAutumn])
  }
  return days.map(([name, day]) => ({
    day,
    kind: 'rest',
    name,
    source: '全国年节及纪念日放假办法',
    verification: 'memory',
  }))
}
