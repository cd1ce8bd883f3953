import { sql } from 'kysely'
import { allows, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { SecretTerms } from '../../ballots/public.ts'
import { unitById } from '../../organisation/public.ts'
import type { ElectionInput } from '../contract.ts'
import {
  ELECTION_KINDS,
  POSTS_OF,
  postOf,
  type ElectionKind,
  type ElectionState,
  type Post,
  type SittingKind,
} from '../posts.ts'
import { electionMachine } from './machine.ts'

export interface Election {
  id: number
  unitId: number
  unitName: string
  upperId: number | null
  upperName: string | null
  kind: ElectionKind
  form: 'members' | 'delegates'
  title: string
  ordinal: number | null
  termYears: number | null
  heldOn: string
  /** When the term before ran out. */
  dueOn: string | null
  chairBy: 'committee' | 'assembly'
  enterprise: boolean
  reason: string | null
  petitioners: number | null
  publicisedOn: string | null
  flaw: string | null
  announcedOn: string | null
  reportedOn: string | null
  planDocument: string | null
  document: string | null
  decidedOn: string | null
  version: number
  state: ElectionState
}

export interface Sitting {
  id: number
  kind: SittingKind
  unitId: number
  unitName: string
  frozen: boolean
  expected: number
  present: number
  /** Terms of a secret online vote; null on paper. */
  secret: SecretTerms | null
}

export interface Race {
  id: number
  sittingId: number
  post: Post
  seats: number
  reducedTo: number | null
  consented: number | null
}

const columns = sql`e.id, e.unit_id as "unitId", u.name as "unitName", e.upper_id as "upperId", up.name as "upperName", e.kind, e.form,
  e.title, e.ordinal, e.term_years as "termYears", e.held_on as "heldOn", e.due_on as "dueOn", e.chair_by as "chairBy", e.enterprise,
  e.reason, e.petitioners, e.publicised_on as "publicisedOn", e.flaw, e.announced_on as "announcedOn", e.reported_on as "reportedOn",
  e.plan_document as "planDocument", e.document, e.decided_on as "decidedOn", e.version,
  coalesce((select a.to_state from kernel.act a where a.object_kind = 'election' and a.object_id = e.id and a.to_state is not null
    order by a.id desc limit 1), 'plan') as state
  from elections.election e join organisation.unit u on u.id = e.unit_id left join organisation.unit up on up.id = e.upper_id`

/** Elections the actor may see, the newest first. */
export async function electionsOf(db: Db, actor: Actor, unitId?: number): Promise<Election[]> {
  const { rows } = await sql<Election>`select ${columns} where ${visibleTo(actor, 'elections.read', 'e.unit_id')}
    and (${unitId ?? null}::bigint is null or e.unit_id in (select descendant_id from kernel.closure where ancestor_id = ${unitId ?? null}
      and valid_from <= current_date and valid_to > current_date))
    order by e.held_on desc, e.id desc limit 300`.execute(db)
  return rows
}

/** An election without asking who sees it, for what follows a check; null where there is none. */
export async function electionById(db: Db | Tx, id: number): Promise<Election | null> {
  const { rows } = await sql<Election>`select ${columns} where e.id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** Elections of one union itself that are under way or done, as the actor may see them; the newest first. */
export async function electionsAt(db: Db | Tx, actor: Actor, unitId: number): Promise<Election[]> {
  const { rows } =
    await sql<Election>`select ${columns} where e.unit_id = ${unitId} and ${visibleTo(actor, 'elections.read', 'e.unit_id')}
    order by e.held_on desc, e.id desc limit 40`.execute(db)
  return rows.filter((election) => !['refused', 'invalid', 'cancelled'].includes(election.state))
}

/** @throws Problem 404, also for who may not see it */
export async function electionFor(db: Db | Tx, actor: Actor, id: number): Promise<Election> {
  const { rows } = await sql<Election>`select ${columns} where e.id = ${id}`.execute(db)
  if (!rows[0] || !(await allows(db, actor, 'elections.read', rows[0].unitId))) throw notFound('选举')
  return rows[0]
}

/**
 * The election for a deed: held until the transaction ends, in one of the states the deed belongs to.
 * @throws Problem 403, 404, 409 `wrong-state`
 */
export async function electionToWork(
  tx: Tx,
  actor: Actor,
  id: number,
  states: readonly ElectionState[],
): Promise<Election> {
  await sql`select 1 from elections.election where id = ${id} for update`.execute(tx)
  const election = await electionFor(tx, actor, id)
  await requirePermission(tx, actor, 'elections.write', election.unitId, 'elections.read')
  if (!states.includes(election.state))
    throw conflict(
      'wrong-state',
      `这次选举现在是“${electionMachine.states[election.state]!.title}”，不能办理这一步。请刷新页面查看。`,
    )
  return election
}

export async function sittingsOf(db: Db | Tx, electionId: number): Promise<Sitting[]> {
  const { rows } = await sql<Sitting>`
    select s.id, s.kind, s.unit_id as "unitId", u.name as "unitName", s.frozen_at is not null as frozen, s.secret,
      count(m.person_id) as expected, count(m.person_id) filter (where m.present) as present
    from elections.sitting s join organisation.unit u on u.id = s.unit_id
    left join elections.sitting_member m on m.sitting_id = s.id
    where s.election_id = ${electionId} group by s.id, u.name
    order by array_position(array['unit', 'assembly', 'committee', 'audit', 'women'], s.kind), s.id`.execute(db)
  return rows
}

/** Who votes and may stand: the members, or in an election of staff delegates the whole staff. */
export const electorate = (races: readonly Pick<Race, 'post'>[]): 'members' | 'staff' =>
  races.some((race) => race.post === 'staff-delegate') ? 'staff' : 'members'

export async function racesOf(db: Db | Tx, electionId: number): Promise<Race[]> {
  const { rows } = await sql<Race>`
    select r.id, r.sitting_id as "sittingId", r.post, r.seats, r.reduced_to as "reducedTo", r.consented
    from elections.race r where r.election_id = ${electionId} order by r.position, r.id`.execute(db)
  return rows
}

/** The race with its election, checked and held. @throws Problem as `electionToWork` */
export async function raceToWork(
  tx: Tx,
  actor: Actor,
  raceId: number,
  states: readonly ElectionState[],
): Promise<{ election: Election; race: Race; sitting: Sitting }> {
  const { rows } = await sql<{
    electionId: number
  }>`select election_id as "electionId" from elections.race where id = ${raceId}`.execute(tx)
  if (!rows[0]) throw notFound('选举项目')
  const election = await electionToWork(tx, actor, rows[0].electionId, states)
  const race = (await racesOf(tx, election.id)).find((one) => one.id === raceId)!
  const sitting = (await sittingsOf(tx, election.id)).find((one) => one.id === race.sittingId)!
  return { election, race, sitting }
}

/**
 * Draws up the plan. @throws Problem 403, 404, 422 `plan-wrong` (fields)
 */
export async function drawUp(tx: Tx, actor: Actor, input: ElectionInput): Promise<Election> {
  await requirePermission(tx, actor, 'elections.write', input.unitId, 'elections.read')
  checkPlan(input)
  const unit = (await unitById(tx, input.unitId))!
  const upper = unit.layerId === unit.id ? unit.parentId : unit.layerId
  const upperId = upper === null ? null : ((await unitById(tx, upper))?.layerId ?? null)
  const { rows } = await sql<{ id: number }>`
    insert into elections.election (unit_id, upper_id, kind, form, title, ordinal, term_years, held_on, due_on, chair_by, enterprise,
      reason, petitioners, created_by)
    values (${input.unitId}, ${upperId}, ${input.kind}, ${input.form}, ${titleOf(input, unit.name)}, ${input.ordinal ?? null},
      ${input.termYears ?? null}, ${input.heldOn}::date, (select due_on from organisation.term where unit_id = ${input.unitId}
        and body = 'committee' and ended_on is null), ${input.chairBy}, ${input.enterprise}, ${input.reason ?? null},
      ${input.petitioners ?? null}, ${actor.accountId}) returning id`.execute(tx)
  const id = rows[0]!.id
  await layOut(tx, id, input)
  await audit(tx, actor, {
    action: 'elections.draw-up',
    objectKind: 'election',
    objectId: id,
    unitId: input.unitId,
    summary: `起草${titleOf(input, unit.name)}方案`,
  })
  return electionFor(tx, actor, id)
}

/** Changes a plan that isn't submitted. @throws Problem 409 `wrong-state` | `edited-meanwhile` */
export async function redraw(
  tx: Tx,
  actor: Actor,
  id: number,
  edit: Omit<ElectionInput, 'unitId' | 'kind'> & { version: number },
): Promise<Election> {
  const election = await electionToWork(tx, actor, id, ['plan'])
  if (election.version !== edit.version) throw conflict('edited-meanwhile', '方案已被其他人修改，请刷新后再改。')
  const input = { ...edit, unitId: election.unitId, kind: election.kind }
  checkPlan(input)
  await sql`delete from elections.nomination where race_id in (select id from elections.race where election_id = ${id})`.execute(
    tx,
  )
  await sql`delete from elections.candidate where race_id in (select id from elections.race where election_id = ${id})`.execute(
    tx,
  )
  await sql`delete from elections.race where election_id = ${id}`.execute(tx)
  await sql`delete from elections.sitting_teller where sitting_id in (select id from elections.sitting where election_id = ${id})`.execute(
    tx,
  )
  await sql`delete from elections.sitting_member where sitting_id in (select id from elections.sitting where election_id = ${id})`.execute(
    tx,
  )
  await sql`delete from elections.sitting where election_id = ${id}`.execute(tx)
  await sql`update elections.election set form = ${edit.form}, title = ${titleOf(input, election.unitName)}, ordinal = ${edit.ordinal ?? null},
    term_years = ${edit.termYears ?? null}, held_on = ${edit.heldOn}::date, chair_by = ${edit.chairBy}, enterprise = ${edit.enterprise},
    reason = ${edit.reason ?? null}, petitioners = ${edit.petitioners ?? null}, version = version + 1 where id = ${id}`.execute(
    tx,
  )
  await layOut(tx, id, input)
  await audit(tx, actor, {
    action: 'elections.redraw',
    objectKind: 'election',
    objectId: id,
    unitId: election.unitId,
    summary: `修改${election.title}方案`,
  })
  return electionFor(tx, actor, id)
}

const titleOf = (input: Pick<ElectionInput, 'title' | 'ordinal' | 'kind' | 'races'>, unitName: string): string =>
  input.title ||
  `${unitName}${input.ordinal ? `第${input.ordinal}届` : ''}${input.kind === 'delegates' ? `${postOf(input.races[0]!.post).title}选举` : ELECTION_KINDS[input.kind]}`

function checkPlan(input: ElectionInput): void {
  const fields: Record<string, string> = {}
  const wholeTerm = input.kind === 'first' || input.kind === 'term'
  if (wholeTerm && !input.ordinal) fields['ordinal'] = '请填写第几届'
  if (wholeTerm && !input.termYears) fields['termYears'] = '请选择任期'
  if ((input.kind === 'fill' || input.kind === 'recall') && !input.reason) fields['reason'] = '请写明原因'
  const seen = new Set<string>()
  for (const [index, race] of input.races.entries()) {
    if (!POSTS_OF[input.kind].includes(race.post))
      fields[`races.${index}.post`] = `${ELECTION_KINDS[input.kind]}不选${postOf(race.post).title}`
    if (postOf(race.post).sitting === 'unit' && !race.unitId) fields[`races.${index}.unitId`] = '请选择选举单位'
    const key = `${race.post}:${race.unitId ?? ''}`
    if (seen.has(key)) fields[`races.${index}.post`] = `${postOf(race.post).title}填了两次，请合并名额`
    seen.add(key)
  }
  // Staff and members are two bodies with their own rolls, also where the same people sit in both.
  if (new Set(input.races.map((race) => race.post)).size > 1 && input.kind === 'delegates')
    fields['races'] = '会员代表由会员选举，职工代表由全体职工选举，请分成两次选举'
  if (Object.keys(fields).length) throw refused('plan-wrong', '选举方案还有内容需要补正，请按提示修改。', fields)
}

/** The meetings and contests of a plan, in its order. */
async function layOut(tx: Tx, electionId: number, input: ElectionInput): Promise<void> {
  const rows = input.races.map((race) => {
    const kind = postOf(race.post).sitting
    // A direct election moves chair and vice to the assembly.
    const direct =
      (race.post === 'chair' || race.post === 'vice') && (input.chairBy === 'assembly' || input.kind === 'direct')
    return { ...race, kind: direct ? 'assembly' : kind, unitId: kind === 'unit' ? race.unitId! : input.unitId }
  })
  const sittings = [...new Map(rows.map((row) => [`${row.kind}:${row.unitId}`, row])).values()]
  await sql`insert into elections.sitting (election_id, kind, unit_id)
    select ${electionId}, s.* from unnest(${sittings.map((row) => row.kind)}::text[], ${sittings.map((row) => row.unitId)}::bigint[]) s`.execute(
    tx,
  )
  await sql`insert into elections.race (election_id, sitting_id, post, seats, position)
    select ${electionId}, s.id, r.post, r.seats, r.n
    from unnest(${rows.map((row) => row.post)}::text[], ${rows.map((row) => row.seats)}::int[], ${rows.map((row) => row.kind)}::text[],
      ${rows.map((row) => row.unitId)}::bigint[]) with ordinality r (post, seats, kind, unit_id, n)
    join elections.sitting s on s.election_id = ${electionId} and s.kind = r.kind and s.unit_id = r.unit_id`.execute(tx)
}
