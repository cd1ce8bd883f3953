import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../audit/audit.ts'
import { refused } from '../contract/problem.ts'
import type { Db, Tx } from '../db/database.ts'
import { chineseDay, isDay } from './days.ts'
import type { CalendarDay } from './holidays.ts'
import { WorkCalendar } from './working-days.ts'

/** Days the installation's officers entered: later years' notices, local arrangements, corrections. */
export async function ownCalendarDays(db: Db | Tx): Promise<CalendarDay[]> {
  const { rows } = await sql<CalendarDay>`
    select day, kind, name, source, verification from kernel.calendar_day order by day`.execute(db)
  return rows
}

/** The installation's working-day calendar. */
export const loadCalendar = async (db: Db | Tx): Promise<WorkCalendar> => new WorkCalendar(await ownCalendarDays(db))

/**
 * Enters or corrects days; a day already entered takes the new meaning. Callers check the permission first.
 * @throws Problem 422 `bad-calendar-day`
 */
export async function setCalendarDays(tx: Tx, actor: Actor, days: readonly CalendarDay[]): Promise<void> {
  for (const [index, known] of days.entries()) {
    if (!isDay(known.day))
      throw refused('bad-calendar-day', `第 ${index + 1} 行的日期“${known.day}”不存在，请按 2026-03-05 的样式填写。`)
    if (!known.source.trim())
      throw refused('bad-calendar-day', `${chineseDay(known.day)}缺少依据，请填写放假通知的文号。`)
  }
  await sql`
    insert into kernel.calendar_day (day, kind, name, source, verification, updated_by)
    select day, kind, name, source, verification, ${actor.accountId}
    from jsonb_to_recordset(${JSON.stringify(days)}::jsonb)
      as d (day date, kind text, name text, source text, verification text)
    on conflict (day) do update set kind = excluded.kind, name = excluded.name, source = excluded.source,
      verification = excluded.verification, updated_by = excluded.updated_by, updated_at = now()`.execute(tx)
  await audit(tx, actor, {
    action: 'calendar.set',
    objectKind: 'calendar',
    summary: `更新了 ${days.length} 天的放假调休安排`,
    detail: { days },
  })
}

/** Takes back an entered day, so that the shipped notice or the weekday decides again. */
export async function forgetCalendarDay(tx: Tx, actor: Actor, day: string): Promise<void> {
  await sql`delete from kernel.calendar_day where day = ${day}::date`.execute(tx)
  await audit(tx, actor, {
    action: 'calendar.forget',
    objectKind: 'calendar',
    summary: `删除了${chineseDay(day)}的放假调休安排`,
  })
}
