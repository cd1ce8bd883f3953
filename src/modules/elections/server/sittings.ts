import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { runningTerm, seatedOn } from '../../congress/public.ts'
import { SITTINGS, type ElectionState } from '../posts.ts'
import { electionToWork, electorate, racesOf, sittingsOf, type Election, type Sitting } from './election.ts'

export interface SittingMember {
  personId: number
  name: string
  unitName: string
  present: boolean
}
export interface SittingTeller {
  personId: number
  name: string
  duty: '总监票人' | '监票人' | '计票人'
}

const PREPARING: readonly ElectionState[] = ['preparing', 'publicity', 'meeting']

/** The sitting with its election, checked and held. @throws Problem as `electionToWork` */
export async function sittingToWork(
  tx: Tx,
  actor: Actor,
  sittingId: number,
  states: readonly ElectionState[] = PREPARING,
): Promise<{ election: Election; sitting: Sitting }> {
  const { rows } = await sql<{
    electionId: number
  }>`select election_id as "electionId" from elections.sitting where id = ${sittingId}`.execute(tx)
  if (!rows[0]) throw notFound('会议')
  const election = await electionToWork(tx, actor, rows[0].electionId, states)
  return { election, sitting: (await sittingsOf(tx, election.id)).find((one) => one.id === sittingId)! }
}

/** Who is expected, unit by unit, with their signing in. */
export async function membersOf(db: Db | Tx, sittingId: number): Promise<SittingMember[]> {
  const { rows } = await sql<SittingMember>`
    select m.person_id as "personId", p.name, u.name as "unitName", m.present from elections.sitting_member m
    join members.person p on p.id = m.person_id join organisation.unit u on u.id = p.unit_id
    where m.sitting_id = ${sittingId} order by u.sort_key, u.id, p.id`.execute(db)
  return rows
}

export async function tellersOf(db: Db | Tx, electionId: number): Promise<(SittingTeller & { sittingId: number })[]> {
  const { rows } = await sql<SittingTeller & { sittingId: number }>`
    select t.sitting_id as "sittingId", t.person_id as "personId", p.name, t.duty from elections.sitting_teller t
    join members.person p on p.id = t.person_id join elections.sitting s on s.id = t.sitting_id
    where s.election_id = ${electionId} order by array_position(array['总监票人', '监票人', '计票人'], t.duty), p.id`.execute(
    db,
  )
  return rows
}

/**
 * Members with the right to vote on a day: an open membership at the unit or below. 保留会籍 has no vote (选举工作条例 第四条).
 */
export async function electorsOf(db: Db | Tx, unitId: number, day: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select m.person_id as id from members.membership m join members.person p on p.id = m.person_id and p.merged_into is null
    where m.joined_on <= ${day}::date and (m.left_on is null or m.left_on > ${day}::date) 
      and (m.retained_on is null or m.retained_on > ${day}::date) and m.unit_id in (select descendant_id from kernel.closure where ancestor_id = ${unitId}
        and valid_from <= ${day}::date and valid_to > ${day}::date)
    order by m.person_id`.execute(db)
  return rows.map((row) => row.id)
}

/** The whole staff of a unit and below, as the roster knows it: members and others, without those who retired or left. */
async function staffOf(db: Db | Tx, unitId: number, day: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select p.id from members.person p where p.status = 'active' and p.kind = 'member' and p.merged_into is null
      and p.unit_id in (select descendant_id from kernel.closure where ancestor_id = ${unitId}
        and valid_from <= ${day}::date and valid_to > ${day}::date)
    order by p.id`.execute(db)
  return rows.map((row) => row.id)
}

/** Who votes and may be elected at a unit in an election of this kind. */
export const votersAt = async (db: Db | Tx, election: Election, unitId: number): Promise<number[]> =>
  electorate(await racesOf(db, election.id)) === 'staff'
    ? staffOf(db, unitId, election.heldOn)
    : electorsOf(db, unitId, election.heldOn)

/**
 * The members' delegates in office: as the congress keeps them, or where no members' congress is kept here, those last elected
 * at the union whose membership still stands.
 */
async function delegatesOf(tx: Tx, election: Election): Promise<number[]> {
  const term = await runningTerm(tx, election.unitId, 'members')
  const seated = term ? await seatedOn(tx, term.id, election.heldOn) : []
  if (seated.length) {
    const electors = new Set(await electorsOf(tx, election.unitId, election.heldOn))
    return seated.map((one) => one.personId).filter((id) => electors.has(id))
  }
  const { rows } = await sql<{ id: number }>`
    select d.person_id as id from elections.elected d join elections.race r on r.id = d.race_id and r.post = 'delegate'
    join members.membership m on m.person_id = d.person_id and m.left_on is null and m.state = 'normal'
    where r.election_id = (select e.id from elections.election e where e.unit_id = ${election.unitId} and e.kind = 'delegates'
      and exists (select from kernel.act a where a.object_kind = 'election' and a.object_id = e.id and a.to_state = 'announced')
      and not exists (select from kernel.act a where a.object_kind = 'election' and a.object_id = e.id and a.to_state in ('refused', 'invalid'))
      order by e.held_on desc, e.id desc limit 1)`.execute(tx)
  return rows.map((row) => row.id)
}

/** Those in office for a body of the union: they elect its chair when no new committee is being elected. */
async function inOffice(tx: Tx, unitId: number, body: 'committee' | 'audit' | 'women'): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct o.person_id as id from organisation.officer o join organisation.term t on t.id = o.term_id
    where t.unit_id = ${unitId} and t.body = ${body} and t.ended_on is null and o.to_on is null and o.person_id is not null`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

async function newlyElected(tx: Tx, electionId: number, post: 'member' | 'audit' | 'women'): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select d.person_id as id from elections.elected d join elections.race r on r.id = d.race_id
    where r.election_id = ${electionId} and r.post = ${post}`.execute(tx)
  return rows.map((row) => row.id)
}

/**
 * Freezes who is expected at a sitting: all members with a vote, the delegates, or the committee just elected.
 * @param named the persons themselves, where the roll comes from elsewhere (a congress of delegates kept on paper)
 * @throws Problem 409 `issued-already`, 422 `nobody-elected` | `roll-too-small`
 */
export async function freezeRoll(tx: Tx, actor: Actor, sittingId: number, named?: readonly number[]): Promise<Sitting> {
  const { election, sitting } = await sittingToWork(tx, actor, sittingId)
  await refuseAfterIssue(tx, sitting)
  const members = named?.length ? await voters(tx, election, named) : await rollFor(tx, election, sitting)
  if (members.length < 2)
    throw refused(
      sitting.kind === 'assembly' || sitting.kind === 'unit' ? 'roll-too-small' : 'nobody-elected',
      sitting.kind === 'assembly' || sitting.kind === 'unit'
        ? `有选举权的只有 ${members.length} 人，不能选举。请核对花名册，或先选出会员代表。`
        : `${SITTINGS[sitting.kind]}还没有成员：请先完成委员选举并宣布计票结果。`,
    )
  await sql`delete from elections.sitting_member where sitting_id = ${sittingId} and not (person_id = any(${members}::bigint[]))`.execute(
    tx,
  )
  await sql`insert into elections.sitting_member (sitting_id, person_id) select ${sittingId}, unnest(${members}::bigint[]) on conflict do nothing`.execute(
    tx,
  )
  await sql`update elections.sitting set frozen_at = now() where id = ${sittingId}`.execute(tx)
  await audit(tx, actor, {
    action: 'elections.freeze-roll',
    objectKind: 'election',
    objectId: election.id,
    unitId: election.unitId,
    summary: `确定${election.title}${SITTINGS[sitting.kind]}名册：应到会 ${members.length} 人`,
  })
  return (await sittingsOf(tx, election.id)).find((one) => one.id === sittingId)!
}

async function rollFor(tx: Tx, election: Election, sitting: Sitting): Promise<number[]> {
  if (sitting.kind === 'unit') return votersAt(tx, election, sitting.unitId)
  if (sitting.kind === 'assembly')
    return election.form === 'delegates' ? delegatesOf(tx, election) : electorsOf(tx, election.unitId, election.heldOn)
  const elects = (await racesOf(tx, election.id)).some(
    (race) => race.post === (sitting.kind === 'committee' ? 'member' : sitting.kind),
  )
  const renewed = election.kind === 'first' || election.kind === 'term'
  const fresh = elects
    ? await newlyElected(tx, election.id, sitting.kind === 'committee' ? 'member' : sitting.kind)
    : []
  if (renewed && elects) return fresh
  return [...new Set([...(await inOffice(tx, election.unitId, sitting.kind)), ...fresh])]
}

/** Of persons named by hand those who are members with a vote. */
async function voters(tx: Tx, election: Election, named: readonly number[]): Promise<number[]> {
  const electors = new Set(await votersAt(tx, election, election.unitId))
  const without = named.filter((id) => !electors.has(id))
  if (without.length)
    throw refused(
      'no-vote',
      `有 ${without.length} 人在本单位没有选举权（会员选举中保留会籍的没有选举权），请核对后重选。`,
    )
  return [...new Set(named)]
}

async function refuseAfterIssue(tx: Tx, sitting: Sitting): Promise<void> {
  const { rows } = await sql`select 1 from elections.race_vote v join elections.race r on r.id = v.race_id
    where r.sitting_id = ${sitting.id} limit 1`.execute(tx)
  if (rows.length)
    throw conflict('issued-already', '选票已经准备好，名册不能重新生成；个别差错由两名监票人在选票名册上更正。')
}

/** Signs people in or out. @throws Problem 409 `roll-missing`, 422 `not-on-roll` */
export async function signIn(
  tx: Tx,
  actor: Actor,
  sittingId: number,
  personIds: readonly number[],
  present: boolean,
): Promise<Sitting> {
  const { election, sitting } = await sittingToWork(tx, actor, sittingId, ['publicity', 'meeting'])
  if (!sitting.frozen) throw conflict('roll-missing', '请先确定应到会名册，再签到。')
  const { rows } = await sql<{ id: number }>`update elections.sitting_member set present = ${present}
    where sitting_id = ${sittingId} and person_id = any(${[...personIds]}::bigint[]) returning person_id as id`.execute(
    tx,
  )
  if (rows.length !== new Set(personIds).size) throw refused('not-on-roll', '有人不在应到会名册上，请核对。')
  return (await sittingsOf(tx, election.id)).find((one) => one.id === sittingId)!
}

/** Names tellers. A candidate of the sitting is refused at the ballot and warned of by its gate. @throws Problem 409, 422 `teller-is-candidate` */
export async function nameTellers(
  tx: Tx,
  actor: Actor,
  sittingId: number,
  tellers: readonly { personId: number; duty: SittingTeller['duty'] }[],
): Promise<void> {
  const { election, sitting } = await sittingToWork(tx, actor, sittingId)
  const { rows } = await sql<{
    name: string
  }>`select distinct p.name from elections.candidate c join elections.race r on r.id = c.race_id
    join members.person p on p.id = c.person_id where r.sitting_id = ${sittingId} and c.person_id = any(${tellers.map((one) => one.personId)}::bigint[])`.execute(
    tx,
  )
  if (rows.length)
    throw refused(
      'teller-is-candidate',
      `${rows.map((row) => row.name).join('、')}是候选人，不能担任监票、计票工作，请另选他人。`,
    )
  await sql`delete from elections.sitting_teller where sitting_id = ${sittingId}`.execute(tx)
  await sql`insert into elections.sitting_teller (sitting_id, person_id, duty)
    select ${sittingId}, t.* from unnest(${tellers.map((one) => one.personId)}::bigint[], ${tellers.map((one) => one.duty)}::text[]) t on conflict do nothing`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'elections.tellers',
    objectKind: 'election',
    objectId: election.id,
    unitId: election.unitId,
    summary: `确定${election.title}${SITTINGS[sitting.kind]}监票人、计票人 ${tellers.length} 人`,
  })
}
