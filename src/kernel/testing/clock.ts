/** A clock that stands still until told otherwise. Tests pass `clock.today` where the server passes the real day. */
export interface FixedClock {
  /** `YYYY-MM-DD`, Asia/Shanghai */
  today: () => string
  now: () => Date
  /** Moves to another day, or a day and time: '2026-03-05' or '2026-03-05T16:30' (Shanghai time). */
  set(at: string): void
}

/** The small world's day is 5 March 2026, 9 o'clock in Shanghai. */
export function fixedClock(at = '2026-03-05'): FixedClock {
  let instant = read(at)
  return {
    today: () => new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10),
    now: () => new Date(instant),
    set: (next) => {
      instant = read(next)
    },
  }
}

function read(at: string): Date {
  const instant = new Date(`${at.includes('T') ? at : `${at}T09:00`}+08:00`)
  if (Number.isNaN(instant.getTime())) throw new RangeError(`not a day or time: ${at}`)
  return instant
}
