import { sql } from 'kysely'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { subtreeIds, type Follower } from '../../organisation/public.ts'
import { changingPeople, moveMembers } from './memberships.ts'

/** Members go where their unit goes; nobody is left in a unit that ended. */
export const memberFollower: Follower = {
  name: 'members',
  async preview(tx, unitId) {
    const units = await subtreeIds(tx, unitId)
    return [
      { label: '会员（含下级）', count: await membersIn(tx, units) },
      { label: '会员（本级直属）', count: await membersIn(tx, [unitId]) },
    ]
  },
  async apply(tx, actor, plan) {
    for (const { fromUnitId, toUnitId, personIds } of plan.moves) {
      const { rows } = await sql<{ personId: number }>`
        select person_id as "personId" from members.membership where unit_id = ${fromUnitId} and left_on is null
          and (${personIds ?? null}::bigint[] is null or person_id = any(${personIds ?? null}::bigint[])) order by person_id`.execute(
        tx,
      )
      if (personIds && rows.length !== new Set(personIds).size)
        throw refused('not-in-unit', '有人员不是该单位的在册会员，请重新选择。')
      const ids = rows.map((row) => row.personId)
      for (let start = 0; start < ids.length; start += 5000) {
        const part = ids.slice(start, start + 5000)
        await changingPeople(tx, actor, part, '单位变更', () =>
          moveMembers(
            tx,
            part.map((personId) => ({ personId, toUnitId })),
            plan.effectiveOn,
            plan.kind === 'merge' ? 'merge' : 'transfer',
          ),
        )
      }
    }
    const left = await membersIn(tx, plan.ending)
    if (left) throw refused('members-left', `该单位还有 ${left} 名会员，请先办理转移，再撤销单位。`)
  },
}

async function membersIn(tx: Tx, unitIds: readonly number[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from members.membership m join members.person p on p.id = m.person_id and p.merged_into is null
    where m.left_on is null and m.unit_id = any(${unitIds}::bigint[])`.execute(tx)
  return rows[0]!.n
}
