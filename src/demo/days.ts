/** Days as `YYYY-MM-DD`, the way the ledgers keep them. */
export const addDays = (day: string, howMany: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + howMany * 86_400_000).toISOString().slice(0, 10)

export const yearOf = (day: string): number => Number(day.slice(0, 4))
export const monthOf = (day: string): number => Number(day.slice(5, 7))

/** Officers write on working days: a Saturday becomes the Friday before, a Sunday the Monday after. */
export function workday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday === 6 ? addDays(day, -1) : weekday === 0 ? addDays(day, 1) : day
}

/** `7` or `07` → a day of that month, `07-15` → that day. */
export function dayIn(year: number, when: string, dayOfMonth: number): string {
  const [month, day] = when.split('-')
  return `${year}-${month!.padStart(2, '0')}-${day ?? String(Math.min(dayOfMonth, 28)).padStart(2, '0')}`
}
