import { sql } from 'kysely'
import { requirePermission } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { rosterOn } from '../../../members/public.ts'
import type { RoundInput } from '../../rounds-contract.ts'

/**
 * Plans a round and writes its roster in one statement. Whoever is on another round of the same occasion and year is left
 * out, so that a branch and its union don't give twice.
 * @returns how many are on the roster, and how many were left out
 * @throws Problem 403 | 404, 422 `festival-missing` | `nobody`
 */
export async function planRound(
  tx: Tx,
  actor: Actor,
  round: RoundInput,
): Promise<{ id: number; people: number; leftOut: number }> {
  await requirePermission(tx, actor, 'care.write', round.unitId, 'care.read')
  if ((round.kind === 'birthday') !== (round.roll === 'birthday') && round.roll !== 'listed')
    throw refused('roll-mismatch', '生日慰问请选“当月过生日的会员”或逐个选择；节日慰问请选其他范围。', {
      roll: '范围与种类不符',
    })
  const { rows } = await sql<{ id: number }>`
    insert into care.round (unit_id, kind, occasion, title, roll, gift, value_fen, start_on, until_on, place, source, supplier,
      stock_item_id, per_person, created_by)
    values (${round.unitId}, ${round.kind}, ${round.occasion}, ${round.title}, ${round.roll}, ${round.gift}, ${round.valueFen},
      ${round.startOn}::date, ${round.untilOn}::date, ${round.place}, ${round.source}, ${round.supplier ?? null},
      ${round.stockItemId ?? null}, ${round.perPerson}, ${actor.accountId}) returning id`.execute(tx)
  const id = rows[0]!.id
  const { rows: counted } = await sql<{ people: number; leftOut: number }>`
    with member as (${rosterOn(round.unitId, round.startOn, round.roll, round.personIds)}), roster as (
      select m.*, exists (select from care.round_entry e join care.round r on r.id = e.round_id
          where e.person_id = m.id and r.id <> ${id} and r.kind = ${round.kind} and r.occasion = ${round.occasion}
            and r.state in ('draft', 'open', 'closed') and extract(year from r.start_on) = extract(year from ${round.startOn}::date)
            and (r.kind <> 'birthday' or extract(month from r.start_on) = extract(month from ${round.startOn}::date))) as elsewhere
      from member m
    ), placed as (
      insert into care.round_entry (round_id, no, person_id, unit_id, party, status, code)
      select ${id}, row_number() over (order by sort_key, unit_id, name, id), id, unit_id,
        case when retired then '退休老职工' when ${round.roll} = 'women' then '女职工' else '职工' end,
        case when retired then '退休' else '在职' end,
        upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 10))
      from roster where not elsewhere returning 1
    )
    select (select count(*)::int from placed) as people, count(*) filter (where elsewhere)::int as "leftOut" from roster`.execute(
    tx,
  )
  const { people, leftOut } = counted[0]!
  if (people === 0)
    throw refused(
      'nobody',
      leftOut
        ? `范围内的 ${leftOut} 人都已列入同一节日的另一次慰问，没有人需要再发。`
        : '所选范围内没有会员。请核对范围和日期。',
      { roll: '没有可以列入的人' },
    )
  await sql`update care.round set people = ${people} where id = ${id}`.execute(tx)
  await audit(tx, actor, {
    action: 'care.plan-round',
    objectKind: 'care-round',
    objectId: id,
    unitId: round.unitId,
    summary: `拟定“${round.title}”，名单 ${people} 人${leftOut ? `，另有 ${leftOut} 人已列入别的慰问` : ''}`,
  })
  return { id, people, leftOut }
}
