import { addDays, parts, weekday, type Day } from './days.ts'
import { NOTICED_YEARS, SHIPPED_DAYS, statutoryRestDays, type CalendarDay } from './holidays.ts'

/** Which days are worked. Built from the shipped notices and what the installation's officers added or corrected. */
export class WorkCalendar {
  readonly #days = new Map<Day, CalendarDay>()
  readonly #years: Set<number>

  /** @param own the installation's own days; they win over the shipped ones */
  constructor(own: readonly CalendarDay[] = []) {
    for (const known of SHIPPED_DAYS) this.#days.set(known.day, known)
    for (const known of own) this.#days.set(known.day, known)
    this.#years = new Set([
      ...NOTICED_YEARS,
      ...own.filter((known) => known.kind === 'work').map((known) => parts(known.day).year),
    ])
  }

  /**
   * True when the year's notice is in the table. A year without one is computed from weekends and statutory
   * holidays alone; say so beside a deadline.
   */
  covers(year: number): boolean {
    return this.#years.has(year)
  }

  /** What the table says about the day; in years whose notice doesn't ship, else the statutory holiday. */
  about(day: Day): CalendarDay | null {
    const { year } = parts(day)
    return (
      this.#days.get(day) ??
      (NOTICED_YEARS.includes(year) ? null : (statutoryRestDays(year).find((known) => known.day === day) ?? null))
    )
  }

  isWorkingDay(day: Day): boolean {
    const known = this.about(day)
    return known ? known.kind === 'work' : weekday(day) <= 5
  }

  /** The day itself when worked, else the next one that is: a deadline's last day (民法典 第203条). */
  workingDayFrom(day: Day): Day {
    let at = day
    while (!this.isWorkingDay(at)) at = addDays(at, 1)
    return at
  }

  /** The n-th working day after (or, negative, before) the day, which itself is not counted. */
  addWorkingDays(day: Day, n: number): Day {
    let at = day
    for (let left = Math.abs(n); left > 0;) {
      at = addDays(at, Math.sign(n))
      if (this.isWorkingDay(at)) left--
    }
    return at
  }

  /** Working days after `from` up to and including `to`; negative when `to` is earlier. */
  workingDaysBetween(from: Day, to: Day): number {
    const step = from <= to ? 1 : -1
    let count = 0
    for (let at = from; at !== to;) {
      at = addDays(at, step)
      if (this.isWorkingDay(at)) count++
    }
    return step * count || 0
  }
}
