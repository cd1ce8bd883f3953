import { addDays, addMonths, parts, type Day } from '../../kernel/calendar/days.ts'
import type { WorkCalendar } from '../../kernel/calendar/working-days.ts'
import type { Rhythm } from './words.ts'

/** One period of a duty and the last day on which it may be published. */
export interface Due {
  /** 2026-09, 2026-Q3, 2026-H1, 2026 */
  period: string
  from: Day
  to: Day
  dueOn: Day
}

const LENGTH = { month: 1, quarter: 3, half: 6, year: 12 } as const

/** Name of the period that begins on a day. */
function nameOf(rhythm: keyof typeof LENGTH, from: Day): string {
  const { year, month } = parts(from)
  if (rhythm === 'month') return from.slice(0, 7)
  if (rhythm === 'quarter') return `${year}-Q${(month - 1) / 3 + 1}`
  if (rhythm === 'half') return `${year}-H${month > 6 ? 2 : 1}`
  return `${year}`
}

/** True for duties that the calendar asks for; the others follow an event. */
export const recurs = (rhythm: Rhythm): rhythm is keyof typeof LENGTH => rhythm in LENGTH

/**
 * Every period of a duty that ended while the duty stood and is due by a day. A due day that isn't worked moves on to
 * the next one that is (民法典 第203条).
 * @param by last day to look at, inclusive
 */
export function duesOf(
  duty: { rhythm: Rhythm; withinDays: number; startsOn: Day; endedOn: Day | null },
  since: Day,
  by: Day,
  calendar: WorkCalendar,
): Due[] {
  if (!recurs(duty.rhythm)) return []
  const length = LENGTH[duty.rhythm]
  const dues: Due[] = []
  const { year } = parts(since > duty.startsOn ? since : duty.startsOn)
  for (let from: Day = `${year - 1}-01-01`; from <= by; from = addMonths(from, length)) {
    const to = addDays(addMonths(from, length), -1)
    if (to < duty.startsOn || (duty.endedOn && to > duty.endedOn)) continue
    const dueOn = calendar.workingDayFrom(addDays(to, duty.withinDays))
    if (dueOn >= since && dueOn <= by) dues.push({ period: nameOf(duty.rhythm, from), from, to, dueOn })
  }
  return dues
}
