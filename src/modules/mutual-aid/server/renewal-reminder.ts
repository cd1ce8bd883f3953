import { sql } from 'kysely'
import { addDays } from '../../../kernel/calendar/days.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { defineJob } from '../../../kernel/jobs/jobs.ts'
import { openTodo } from '../../../kernel/lifecycle/todos.ts'

/** How long before a period ends its renewal comes onto the desk: the organisations' windows close before the year does. */
const DAYS_AHEAD = 60

/** Opens a to-do for every plan whose period ends soon and that has no next one. Entering the next period clears it. */
export async function remindOfRenewals(db: Db, today: string): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number; unitId: number; title: string; endsOn: string }>`
      select p.id, p.unit_id as "unitId", p.title, p.ends_on as "endsOn" from mutual_aid.plan p
      where p.ends_on between ${today}::date and ${addDays(today, DAYS_AHEAD)}::date
        and not exists (select from mutual_aid.plan n where n.unit_id = p.unit_id and n.scheme = p.scheme and n.starts_on > p.starts_on)`.execute(
      tx,
    )
    for (const plan of rows)
      await openTodo(tx, {
        kind: 'mutual-aid.renew',
        objectKind: 'mutual-aid-plan',
        objectId: plan.id,
        unitId: plan.unitId,
        permission: 'mutual-aid.manage',
        title: `待续期：${plan.title}将于 ${plan.endsOn} 到期`,
        link: '/mutual-aid/plans',
        dueOn: plan.endsOn,
      })
    return rows.length
  })
}

export const renewalReminder = defineJob({
  name: 'mutual-aid.renewal-reminder',
  title: '互助计划到期提醒',
  schedule: '20 5 * * *',
  async run({ db, today }) {
    await remindOfRenewals(db, today())
  },
})
