import { addDays, dayOf, daysBetween, parts, type Day } from './days.ts'
import { lunarDays } from './holidays.ts'

export interface Festival {
  id:
    | 'new-year'
    | 'spring'
    | 'women'
    | 'labour'
    | 'children'
    | 'dragon-boat'
    | 'party'
    | 'army'
    | 'teachers'
    | 'mid-autumn'
    | 'national'
    | 'double-ninth'
  /** As a sentence names it: 春节, “三八”国际妇女节. */
  name: string
  day: Day
  /** The days on which a visit or an activity is said to be «during» the festival. */
  from: Day
  to: Day
}

/** Days before and after: unions visit well before 春节 and until 元宵, but only around the day for the others. */
const FIXED: readonly [Festival['id'], string, month: number, day: number, before: number, after: number][] = [
  ['new-year', '元旦', 1, 1, 7, 3],
  ['women', '“三八”国际妇女节', 3, 8, 7, 3],
  ['labour', '“五一”国际劳动节', 5, 1, 7, 4],
  ['children', '“六一”国际儿童节', 6, 1, 7, 2],
  ['party', '“七一”', 7, 1, 10, 3],
  ['army', '“八一”建军节', 8, 1, 7, 3],
  ['teachers', '教师节', 9, 10, 7, 3],
  ['national', '国庆节', 10, 1, 7, 7],
]
const MOVABLE: readonly [
  Festival['id'],
  string,
  'spring' | 'dragonBoat' | 'midAutumn' | 'doubleNinth',
  number,
  number,
][] = [
  ['spring', '春节', 'spring', 30, 15],
  ['dragon-boat', '端午节', 'dragonBoat', 7, 2],
  ['mid-autumn', '中秋节', 'midAutumn', 14, 2],
  ['double-ninth', '重阳节', 'doubleNinth', 7, 3],
]

/** The year's festivals by date. Movable ones are known for 2019–2032. */
export function festivalsOf(year: number): Festival[] {
  const at = (id: Festival['id'], name: string, day: Day, before: number, after: number): Festival => ({
    id,
    name,
    day,
    from: addDays(day, -before),
    to: addDays(day, after),
  })
  const lunar = lunarDays(year)
  return [
    ...FIXED.map(([id, name, month, day, before, after]) => at(id, name, dayOf(year, month, day), before, after)),
    ...(lunar ? MOVABLE.map(([id, name, key, before, after]) => at(id, name, lunar[key], before, after)) : []),
  ].toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

/** The festival whose window holds the day; of two, the one whose day is nearer, and on a tie the one still to come. */
export function festivalOf(day: Day): Festival | null {
  const { year } = parts(day)
  const holding = [...festivalsOf(year), ...festivalsOf(year + 1)].filter(
    (festival) => festival.from <= day && day <= festival.to,
  )
  const distance = (festival: Festival): number => {
    const days = daysBetween(day, festival.day)
    return days >= 0 ? 2 * days : 1 - 2 * days
  }
  return holding.toSorted((a, b) => distance(a) - distance(b))[0] ?? null
}
