import { sql } from 'kysely'
import { addDays } from '../../../kernel/calendar/days.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { defineJob } from '../../../kernel/jobs/jobs.ts'
import { openTodo } from '../../../kernel/lifecycle/todos.ts'
import { CONFIDENTIAL, withEverySurvivor } from './opening.ts'
import { KIND } from './survivors.ts'

/** How long before somebody comes of age it stands on the desk: a school certificate takes its time. */
const DAYS_AHEAD = 30

/** Opens a to-do for everybody whose age limit is near and who is still provided for. Ending or a new limit clears it. */
export async function remindOfAge(db: Db, today: string): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await withEverySurvivor(tx, () =>
      sql<{ id: number; unitId: number; name: string; untilOn: string }>`
      select s.id, s.unit_id as "unitId", n.name, s.until_on as "untilOn"
      from survivors.survivor s join kernel.person_name n on n.id = s.person_id
      where s.state <> 'ended' and s.until_on <= ${addDays(today, DAYS_AHEAD)}::date`.execute(tx),
    )
    for (const one of rows)
      await openTodo(tx, {
        kind: 'survivors.age',
        objectKind: KIND,
        objectId: one.id,
        unitId: one.unitId,
        permission: CONFIDENTIAL,
        title: `供养到期待核：${one.name}`,
        link: `/survivors/${one.id}`,
        dueOn: one.untilOn,
      })
    return rows.length
  })
}

export const ageReminder = defineJob({
  name: 'survivors.age-reminder',
  title: '遗属供养到期提醒',
  schedule: '25 5 * * *',
  async run({ db, today }) {
    await remindOfAge(db, today())
  },
})
