import { sql } from 'kysely'
import { addYears } from '../../../kernel/calendar/days.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { defineJob } from '../../../kernel/jobs/jobs.ts'
import { openTodo } from '../../../kernel/lifecycle/todos.ts'
import { declaredRetentions } from '../../../kernel/module/retention.ts'
import { cardOn } from '../../rules/public.ts'
import { CLEAN_UP, expiredOf } from './clean-up.ts'

/** Puts what is due onto the desks of each union's officers: one to-do a union, cleared by a clean-up. @returns how many unions */
export const remindOfDue = (db: Db, today: string): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const { rows: roots } = await sql<{ id: number }>`
      select descendant_id as id from kernel.closure where valid_to = 'infinity' group by descendant_id having count(*) = 1`.execute(
      tx,
    )
    const due = new Map<number, number>()
    for (const retention of declaredRetentions()) {
      const test = cardOn(retention.cardId, today)?.test
      if (test?.kind !== 'deadline') continue
      for (const root of roots)
        for (const row of await expiredOf(tx, retention, root.id, addYears(today, -test.n)))
          if (!row.held) due.set(row.unitId, (due.get(row.unitId) ?? 0) + 1)
    }
    const { rows: layers } = await sql<{ unitId: number; layerId: number }>`
      select id as "unitId", coalesce(layer_id, id) as "layerId" from kernel.unit_name
      where id = any(${[...due.keys()]}::bigint[])`.execute(tx)
    const byLayer = Map.groupBy(layers, (row) => row.layerId)
    for (const [layerId, units] of byLayer)
      await openTodo(tx, {
        kind: 'privacy.due',
        objectKind: 'clean-up',
        objectId: layerId,
        unitId: layerId,
        permission: CLEAN_UP,
        title: `个人信息到期清理：${units.reduce((sum, row) => sum + due.get(row.unitId)!, 0)} 件待办`,
        link: '/privacy/clean-up',
      })
    return byLayer.size
  })

export const dueReminder = defineJob({
  name: 'privacy.due-reminder',
  title: '个人信息到期提醒',
  schedule: '10 5 1 * *',
  async run({ db, today }) {
    await remindOfDue(db, today())
  },
})
