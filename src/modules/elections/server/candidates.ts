import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { barredBy, inStrokeOrder, postOf, type Post, type Relation } from '../posts.ts'
import { raceToWork, type Election } from './election.ts'
import { votersAt } from './sittings.ts'

export interface Candidate {
  raceId: number
  post: Post
  personId: number
  name: string
  gender: 'm' | 'f' | null
  bornOn: string | null
  unitName: string
  relation: Relation | null
  relationNote: string | null
  declaredOn: string | null
  resume: string | null
  /** 党组织职务; a deputy elected chair is counted as such. */
  partyPost: string | null
  place: number | null
  /** How many groups recommended the person. */
  nominations: number
  /** Card that bars the person from this post, by what was declared. */
  barredBy: string | null
}
export interface Nominee {
  raceId: number
  personId: number
  name: string
  units: string[]
}

/** Candidates of an election, each race in stroke order. */
export async function candidatesOf(db: Db | Tx, election: Pick<Election, 'id' | 'enterprise'>): Promise<Candidate[]> {
  const { rows } = await sql<Omit<Candidate, 'barredBy'>>`
    select c.race_id as "raceId", r.post, c.person_id as "personId", p.name, p.gender, p.born_on as "bornOn", u.name as "unitName", c.relation,
      c.relation_note as "relationNote", c.declared_on as "declaredOn", c.resume, c.party_post as "partyPost", c.place,
      (select count(*) from elections.nomination n where n.race_id = c.race_id and n.person_id = c.person_id) as nominations
    from elections.candidate c join elections.race r on r.id = c.race_id join members.person p on p.id = c.person_id
    join organisation.unit u on u.id = p.unit_id where r.election_id = ${election.id} order by r.position, c.person_id`.execute(
    db,
  )
  const races = [...new Set(rows.map((row) => row.raceId))]
  return races
    .flatMap((raceId) => inStrokeOrder(rows.filter((row) => row.raceId === raceId)))
    .map((row) => ({ ...row, barredBy: barredBy(row.post, row.relation, election.enterprise) }))
}

/** Recommendations counted by person, the most units first. */
export async function nomineesOf(db: Db | Tx, electionId: number): Promise<Nominee[]> {
  const { rows } = await sql<Nominee>`
    select n.race_id as "raceId", n.person_id as "personId", p.name, array_agg(u.name order by u.sort_key, u.id) as units
    from elections.nomination n join elections.race r on r.id = n.race_id join members.person p on p.id = n.person_id
    join organisation.unit u on u.id = n.unit_id where r.election_id = ${electionId}
    group by n.race_id, n.person_id, p.name order by count(*) desc, n.person_id`.execute(db)
  return rows
}

/** One group's recommendation for a post; a later one of the same group replaces it. @throws Problem 422 `not-eligible` */
export async function nominate(
  tx: Tx,
  actor: Actor,
  raceId: number,
  unitId: number,
  personIds: readonly number[],
): Promise<void> {
  const { election, race } = await raceToWork(tx, actor, raceId, ['preparing'])
  await requireEligible(tx, election, personIds)
  const { rows } =
    await sql`select 1 from kernel.closure where ancestor_id = ${election.unitId} and descendant_id = ${unitId}
    and valid_from <= current_date and valid_to > current_date`.execute(tx)
  if (!rows.length) throw notFound('推荐单位')
  await sql`delete from elections.nomination where race_id = ${raceId} and unit_id = ${unitId}`.execute(tx)
  await sql`insert into elections.nomination (race_id, unit_id, person_id)
    select ${raceId}, ${unitId}, unnest(${[...new Set(personIds)]}::bigint[])`.execute(tx)
  await audit(tx, actor, {
    action: 'elections.nominate',
    objectKind: 'election',
    objectId: election.id,
    unitId: election.unitId,
    summary: `登记推荐：${postOf(race.post).title} ${personIds.length} 人`,
    detail: { groupUnitId: unitId },
  })
}

/** Members with a vote may stand; an upper union may recommend others, who join first. */
async function requireEligible(tx: Tx, election: Election, personIds: readonly number[]): Promise<void> {
  const electors = new Set(await votersAt(tx, election, election.unitId))
  if (personIds.some((id) => !electors.has(id)))
    throw refused('not-eligible', '被推荐的人应在本单位有选举权和被选举权（会员选举中保留会籍的没有），请核对。', {
      personId: '没有被选举权',
    })
}

/** Puts somebody on the list of candidates. @throws Problem 422 `not-eligible` | `candidate-is-teller` */
export async function list(tx: Tx, actor: Actor, raceId: number, personId: number): Promise<void> {
  // The chair's candidates are known only when the committee is elected, in the meeting itself.
  const { election, race, sitting } = await raceToWork(tx, actor, raceId, ['preparing', 'meeting'])
  if (election.state === 'meeting' && sitting.kind === 'assembly')
    throw refused('list-closed', '大会选举的候选人名单已经公示，不能再增加。')
  await requireEligible(tx, election, [personId])
  const { rows } =
    await sql`select 1 from elections.sitting_teller where sitting_id = ${sitting.id} and person_id = ${personId}`.execute(
      tx,
    )
  if (rows.length)
    throw refused('candidate-is-teller', '这个人已确定为监票人或计票人，不能作候选人；请先更换监票人、计票人。')
  await sql`insert into elections.candidate (race_id, person_id) values (${raceId}, ${personId}) on conflict do nothing`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'elections.list',
    objectKind: 'election',
    objectId: election.id,
    unitId: election.unitId,
    summary: `列为${postOf(race.post).title}候选人`,
    detail: { raceId, personId },
  })
}

/** Takes somebody off the list before it is publicised. */
export async function unlist(tx: Tx, actor: Actor, raceId: number, personId: number): Promise<void> {
  const { election, sitting } = await raceToWork(tx, actor, raceId, ['preparing', 'meeting'])
  if (election.state === 'meeting' && sitting.kind === 'assembly')
    throw refused('list-closed', '大会选举的候选人名单已经公示，不能再改。')
  const { rows } = await sql<{
    id: number
  }>`delete from elections.candidate where race_id = ${raceId} and person_id = ${personId} returning person_id as id`.execute(
    tx,
  )
  if (!rows.length) throw notFound('候选人')
  await audit(tx, actor, {
    action: 'elections.unlist',
    objectKind: 'election',
    objectId: election.id,
    unitId: election.unitId,
    summary: '从候选人名单中撤下一人',
    detail: { raceId, personId },
  })
}

/** What the candidate declared and how he is introduced; what is left out stays. */
export async function describe(
  tx: Tx,
  actor: Actor,
  raceId: number,
  personId: number,
  change: {
    relation?: Relation | null | undefined
    relationNote?: string | null | undefined
    resume?: string | null | undefined
    partyPost?: string | null | undefined
    place?: number | null | undefined
  },
  today: string,
): Promise<void> {
  const { election } = await raceToWork(tx, actor, raceId, ['preparing', 'publicity', 'meeting'])
  const set = [
    ...(change.relation !== undefined
      ? [sql`relation = ${change.relation}, declared_on = ${change.relation === null ? null : today}::date`]
      : []),
    ...(change.relationNote !== undefined ? [sql`relation_note = ${change.relationNote}`] : []),
    ...(change.resume !== undefined ? [sql`resume = ${change.resume}`] : []),
    ...(change.partyPost !== undefined ? [sql`party_post = ${change.partyPost}`] : []),
    ...(change.place !== undefined ? [sql`place = ${change.place}`] : []),
  ]
  if (!set.length) return
  const { rows } = await sql<{ id: number }>`update elections.candidate set ${sql.join(set)}
    where race_id = ${raceId} and person_id = ${personId} returning person_id as id`.execute(tx)
  if (!rows.length) throw notFound('候选人')
  await audit(tx, actor, {
    action: 'elections.describe',
    objectKind: 'election',
    objectId: election.id,
    unitId: election.unitId,
    summary: `登记候选人情况${change.relation ? '（回避情况声明）' : ''}${change.place ? '（更正笔画顺序）' : ''}`,
    detail: { raceId, personId },
  })
}
