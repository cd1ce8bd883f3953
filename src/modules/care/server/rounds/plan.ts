import { sql, type RawBuilder } from 'kysely'
import { requirePermission } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import type { RoundInput } from '../../rounds-contract.ts'

/** Who a roster takes in, as a condition on `members.person p` with the open membership `m`. */
function chosen(round: RoundInput): RawBuilder<unknown> {
  const retired = sql`exists (select from members.tag t where t.person_id = p.id and t.tag in ('退休', '离休')
    and t.valid_from <= ${round.startOn}::date and t.valid_to > ${round.startOn}::date)`
  switch (round.roll) {
    case 'women':
      return sql`m.state = 'normal' and p.gender = 'f' and not ${retired}`
    case 'retired':
      return retired
    case 'birthday':
      return sql`m.state = 'normal' and extract(month from p.born_on) = extract(month from ${round.startOn}::date)`
    case 'listed':
      return sql`p.id = any(${round.personIds}::bigint[])`
    case 'all':
      return sql`m.state = 'normal'`
  }
}

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
    with roster as (
      select p.id, m.unit_id, p.gender, p.name, u.sort_key,
        exists (select from members.tag t where t.person_id = p.id and t.tag in ('退休', '离休')
          and t.valid_from <= ${round.startOn}::date and t.valid_to > ${round.startOn}::date) as retired,
        exists (select from care.round_entry e join care.round r on r.id = e.round_id
          where e.person_id = p.id and r.id <> ${id} and r.kind = ${round.kind} and r.occasion = ${round.occasion}
            and r.state in ('draft', 'open', 'closed') and extract(year from r.start_on) = extract(year from ${round.startOn}::date)
            and (r.kind <> 'birthday' or extract(month from r.start_on) = extract(month from ${round.startOn}::date))) as elsewhere
      from kernel.closure c
      join members.membership m on m.unit_id = c.descendant_id and m.joined_on <= ${round.startOn}::date
        and (m.left_on is null or m.left_on > ${round.startOn}::date)
      join members.person p on p.id = m.person_id and p.merged_into is null
      join organisation.unit u on u.id = m.unit_id
      where c.ancestor_id = ${round.unitId} and c.valid_from <= ${round.startOn}::date and c.valid_to > ${round.startOn}::date
        and ${chosen(round)}
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
