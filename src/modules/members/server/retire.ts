import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { changingPeople } from './memberships.ts'

/**
 * Turns members into retired ones, many at once: the membership is kept without vote and dues (保留会籍), the person is 退休, with the
 * tag that goes with it. The caller has checked permissions. People who have left meanwhile are passed over.
 * @returns those who were turned
 */
export async function retireMembers(
  tx: Tx,
  actor: Actor,
  people: readonly { personId: number; onDate: string }[],
): Promise<number[]> {
  if (!people.length) return []
  const given = sql`unnest(${people.map((one) => one.personId)}::bigint[], ${people.map((one) => one.onDate)}::date[]) as g (person_id, on_date)`
  const { rows } = await sql<{ personId: number; unitId: number }>`
    select p.id as "personId", p.unit_id as "unitId" from ${given} join members.person p on p.id = g.person_id
    join members.membership m on m.person_id = p.id and m.left_on is null and m.joined_on <= g.on_date
    where p.status in ('active', 'retained') and p.merged_into is null for update of p, m`.execute(tx)
  const ids = rows.map((row) => row.personId)
  await changingPeople(tx, actor, ids, '退休', async () => {
    await sql`update members.membership m set state = 'retained', retained_on = g.on_date from ${given}
      where m.person_id = g.person_id and m.person_id = any(${ids}::bigint[]) and m.left_on is null and m.state = 'normal'`.execute(
      tx,
    )
    await sql`update members.person p set status = 'retired', employment = '退休', version = version + 1
      where id = any(${ids}::bigint[])`.execute(tx)
    await sql`insert into members.tag (person_id, unit_id, tag, since, valid_from, evidence)
      select p.id, p.unit_id, '退休', g.on_date, g.on_date, '到龄退休' from ${given} join members.person p on p.id = g.person_id
      where p.id = any(${ids}::bigint[]) and not exists (
        select from members.tag t where t.person_id = p.id and t.tag = '退休' and t.valid_to = 'infinity')`.execute(tx)
  })
  for (const { personId, unitId } of rows)
    await audit(tx, actor, {
      action: 'members.retire',
      objectKind: 'person',
      objectId: personId,
      unitId,
      summary: '办理退休，保留会籍',
    })
  return ids
}
