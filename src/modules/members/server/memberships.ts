import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { LEAVE_KINDS, type LeaveKind, type MembershipState } from '../words.ts'
import { repostPeople } from './facts.ts'
import { tallying } from './tally.ts'

export interface OpenMembership {
  id: number
  personId: number
  name: string
  unitId: number
  joinedOn: string
  state: MembershipState
}

/** The person's open membership, locked for the change. @throws Problem 404 for strangers and for those who left */
export async function openMembership(tx: Tx, personId: number): Promise<OpenMembership> {
  const { rows } = await sql<OpenMembership>`
    select m.id, m.person_id as "personId", p.name, m.unit_id as "unitId", m.joined_on as "joinedOn", m.state
    from members.membership m join members.person p on p.id = m.person_id and p.merged_into is null
    where m.person_id = ${personId} and m.left_on is null for update of m`.execute(tx)
  if (!rows[0]) throw notFound('会员')
  return rows[0]
}

/** Wraps a change of people's memberships, tags or gender: tallies and facts follow. */
export function changingPeople<Result>(
  tx: Tx,
  actor: Actor,
  personIds: readonly number[],
  reason: string,
  change: () => Promise<Result>,
): Promise<Result> {
  return tallying(tx, personIds, async () => {
    const result = await change()
    await repostPeople(tx, actor, personIds, reason)
    return result
  })
}

const refuseEarlier = (member: OpenMembership, onDate: string): void => {
  if (onDate < member.joinedOn)
    throw refused('before-joining', `日期不能早于入会日期 ${member.joinedOn}。`, { onDate: '早于入会日期' })
}

/**
 * Ends a membership: leaving, death, exclusion, retiring out. Identity tags end with it; the person and all that was
 * recorded of the person stay.
 */
export async function leave(
  tx: Tx,
  actor: Actor,
  personId: number,
  kind: Exclude<LeaveKind, 'transfer' | 'merge'>,
  onDate: string,
  words: string,
): Promise<void> {
  const member = await openMembership(tx, personId)
  await requirePermission(tx, actor, 'members.approve', member.unitId, 'members.read')
  refuseEarlier(member, onDate)
  await changingPeople(tx, actor, [personId], LEAVE_KINDS[kind], async () => {
    await sql`update members.membership set left_on = ${onDate}::date, leave_kind = ${kind} where id = ${member.id}`.execute(
      tx,
    )
    await sql`delete from members.tag where person_id = ${personId} and valid_to = 'infinity' and valid_from >= ${onDate}::date`.execute(
      tx,
    )
    await sql`update members.tag set valid_to = ${onDate}::date where person_id = ${personId} and valid_to = 'infinity'`.execute(
      tx,
    )
    await sql`
      update members.person set status = ${kind === 'death' ? 'deceased' : kind === 'retire' ? 'retired' : 'left'}, version = version + 1
      where id = ${personId}`.execute(tx)
  })
  await audit(tx, actor, {
    action: 'members.leave',
    objectKind: 'person',
    objectId: personId,
    unitId: member.unitId,
    summary: `${member.name}${LEAVE_KINDS[kind]}（${onDate}）`,
    detail: { kind, onDate, words },
  })
}

/**
 * 保留会籍: for people who retired or lost their work. They stay members without vote and dues; the count of members
 * with a vote falls on that day.
 */
export async function retain(tx: Tx, actor: Actor, personId: number, onDate: string, words: string): Promise<void> {
  const member = await openMembership(tx, personId)
  await requirePermission(tx, actor, 'members.approve', member.unitId, 'members.read')
  refuseEarlier(member, onDate)
  if (member.state === 'retained') throw conflict('already-retained', `${member.name}的会籍已经是保留会籍。`)
  await changingPeople(tx, actor, [personId], '保留会籍', async () => {
    await sql`update members.membership set state = 'retained', retained_on = ${onDate}::date where id = ${member.id}`.execute(
      tx,
    )
    await sql`update members.person set status = 'retained', version = version + 1 where id = ${personId} and status = 'active'`.execute(
      tx,
    )
  })
  await audit(tx, actor, {
    action: 'members.retain',
    objectKind: 'person',
    objectId: personId,
    unitId: member.unitId,
    summary: `${member.name}保留会籍（${onDate}）`,
    detail: { onDate, words },
  })
}

/** Back from 保留会籍 to normal: the old row ends and a new one opens, so both times stay readable. */
export async function restore(tx: Tx, actor: Actor, personId: number, onDate: string, words: string): Promise<void> {
  const member = await openMembership(tx, personId)
  await requirePermission(tx, actor, 'members.approve', member.unitId, 'members.read')
  refuseEarlier(member, onDate)
  if (member.state === 'normal') throw conflict('not-retained', `${member.name}的会籍是正常的，无需恢复。`)
  await changingPeople(tx, actor, [personId], '恢复会籍', async () => {
    await sql`update members.membership set left_on = ${onDate}::date, leave_kind = 'transfer' where id = ${member.id}`.execute(
      tx,
    )
    await sql`
      insert into members.membership (person_id, unit_id, joined_on, join_kind)
      values (${personId}, ${member.unitId}, ${onDate}::date, 'transfer')`.execute(tx)
    await sql`update members.person set status = 'active', version = version + 1 where id = ${personId}`.execute(tx)
  })
  await audit(tx, actor, {
    action: 'members.restore',
    objectKind: 'person',
    objectId: personId,
    unitId: member.unitId,
    summary: `${member.name}恢复会籍（${onDate}）`,
    detail: { onDate, words },
  })
}

export interface Move {
  personId: number
  toUnitId: number
}

/**
 * Moves open memberships to other units from one day on, tags and households with them; what was counted before stays.
 * The caller has checked permissions and writes the audit, and wraps the call in `changingPeople`.
 * @param kind `transfer` for people, `merge` when their unit went up in another
 */
export async function moveMembers(
  tx: Tx,
  moves: readonly Move[],
  onDate: string,
  kind: 'transfer' | 'merge',
): Promise<void> {
  if (!moves.length) return
  const moving = sql`unnest(${moves.map((move) => move.personId)}::bigint[], ${moves.map((move) => move.toUnitId)}::bigint[])
    as moving (person_id, to_unit_id)`
  const early = (
    await sql<{ name: string; joinedOn: string }>`
      select p.name, m.joined_on as "joinedOn" from members.membership m join members.person p on p.id = m.person_id
      join ${moving} on moving.person_id = m.person_id where m.left_on is null and m.joined_on > ${onDate}::date limit 1`.execute(
      tx,
    )
  ).rows[0]
  if (early)
    throw refused('before-joining', `${early.name}的入会日期 ${early.joinedOn} 晚于转移生效日期 ${onDate}，请核对。`)
  await sql`
    with closed as (
      update members.membership m set left_on = ${onDate}::date, leave_kind = ${kind}
      from ${moving} where m.person_id = moving.person_id and m.left_on is null
      returning m.person_id, m.state, moving.to_unit_id
    ) select 1 from closed`.execute(tx)
  await sql`
    insert into members.membership (person_id, unit_id, joined_on, join_kind, state, retained_on)
    select last.person_id, moving.to_unit_id, ${onDate}::date, ${kind}, last.state,
      case when last.state = 'retained' then ${onDate}::date end
    from ${moving}
    cross join lateral (select * from members.membership m where m.person_id = moving.person_id order by m.id desc limit 1) last
    where last.left_on = ${onDate}::date and last.leave_kind = ${kind}`.execute(tx)
  // A tag that began on that very day simply moves; an older one ends here and goes on there.
  await sql`
    update members.tag t set unit_id = moving.to_unit_id from ${moving}
    where t.person_id = moving.person_id and t.valid_to = 'infinity' and t.valid_from >= ${onDate}::date`.execute(tx)
  const { rows: ended } = await sql<{ id: number; toUnitId: number }>`
    update members.tag t set valid_to = ${onDate}::date from ${moving}
    where t.person_id = moving.person_id and t.valid_to = 'infinity' and t.valid_from < ${onDate}::date
    returning t.id, moving.to_unit_id as "toUnitId"`.execute(tx)
  await sql`
    insert into members.tag (person_id, unit_id, tag, since, valid_from, evidence)
    select t.person_id, e.to_unit_id, t.tag, t.since, ${onDate}::date, t.evidence
    from unnest(${ended.map((row) => row.id)}::bigint[], ${ended.map((row) => row.toUnitId)}::bigint[]) e (id, to_unit_id)
    join members.tag t on t.id = e.id`.execute(tx)
  await sql`
    update members.person p set unit_id = moving.to_unit_id, version = version + 1 from ${moving} where p.id = moving.person_id`.execute(
    tx,
  )
  await sql`
    update members.household h set unit_id = moving.to_unit_id from ${moving} where h.head_id = moving.person_id`.execute(
    tx,
  )
}
