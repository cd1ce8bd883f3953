import { sql } from 'kysely'
import { allows, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { RoundInput } from '../contract.ts'
import type { Channel, Grade, RoundKind, RoundState, Scale } from '../words.ts'

export interface Subject {
  id: number
  personId: number | null
  name: string
  post: string | null
  report: string | null
  /** 任教班级 */
  classes: string[]
  returned: number | null
  valid: number | null
  /** 民主推荐: names a form may bear; null where the subject is graded. */
  seats: number | null
  nominees: { name: string; post: string | null; personId: number | null }[]
}
export interface RaterGroup {
  id: number
  name: string
  /** Percent. */
  weight: number
  planned: number
  issued: number
  returned: number | null
  /** 班级; null: rates everybody. */
  class: string | null
  channel: Channel
}
export interface Round {
  id: number
  unitId: number
  unitName: string
  resultsUnitId: number
  kind: RoundKind
  title: string
  year: number
  heldOn: string
  closesOn: string
  grades: Grade[]
  goodGrades: number
  criteria: string[]
  /** By criterion: answers of its own, null for the round's. Shorter than the criteria where the last have none. */
  scales: (Scale | null)[]
  least: number
  remarks: boolean
  whole: 'overall' | 'complete'
  topMost: number | null
  formYears: number | null
  /** 民主推荐: names beside the list may be written. */
  writeIns: boolean
  state: RoundState
  closedOn: string | null
  /** Why it was given up. */
  abandonedFor: string | null
  reportedTo: string | null
  reportedOn: string | null
  version: number
  subjects: Subject[]
  groups: RaterGroup[]
}

/** 三年级1班家长 */
export const groupTitle = (group: Pick<RaterGroup, 'name' | 'class'>): string => `${group.class ?? ''}${group.name}`

export const rounds = sql`
  select r.id, r.unit_id as "unitId", u.name as "unitName", r.results_unit_id as "resultsUnitId", r.kind, r.title, r.year,
    r.held_on as "heldOn", r.closes_on as "closesOn", r.grades, r.good_grades as "goodGrades", r.criteria, r.scales, r.least, r.remarks,
    r.whole, r.top_most as "topMost", r.form_years as "formYears", r.write_ins as "writeIns", r.state, r.closed_on as "closedOn", r.abandoned_for as "abandonedFor",
    r.reported_to as "reportedTo", r.reported_on as "reportedOn", r.version,
    coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'personId', s.person_id, 'name', s.name, 'post', s.post,
      'report', s.report, 'classes', s.classes, 'returned', s.returned, 'valid', s.valid,
      'seats', s.seats, 'nominees', s.nominees) order by s.position)
      from appraisal.subject s where s.round_id = r.id), '[]') as subjects,
    coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'weight', g.weight, 'planned', g.planned,
      'issued', g.issued, 'returned', g.returned, 'class', g.class,
      'channel', case when g.by_account then 'account' else g.channel end) order by g.position)
      from appraisal.rater_group g where g.round_id = r.id), '[]') as groups
  from appraisal.round r join organisation.unit u on u.id = r.unit_id`

/** A round the actor may see. @throws Problem 404 */
export async function roundFor(db: Db | Tx, actor: Actor, id: number): Promise<Round> {
  const { rows } =
    await sql<Round>`${rounds} where r.id = ${id} and ${visibleTo(actor, 'appraisal.read', 'r.unit_id')}`.execute(db)
  if (!rows[0]) throw notFound('评议')
  return rows[0]
}

/** The round, locked until the transaction ends. @throws Problem 403 | 404 */
export async function roundToRun(tx: Tx, actor: Actor, id: number, permission: string): Promise<Round> {
  const round = await roundFor(tx, actor, id)
  await requirePermission(tx, actor, permission, round.unitId, 'appraisal.read')
  await sql`select from appraisal.round where id = ${id} for update`.execute(tx)
  return (await sql<Round>`${rounds} where r.id = ${id}`.execute(tx)).rows[0]!
}

/** Rounds the actor may see, without the reports, the newest first. */
export async function listRounds(
  db: Db,
  actor: Actor,
  filter: { unitId?: number | undefined; year?: number | undefined },
): Promise<Round[]> {
  const { rows } = await sql<Round>`${rounds}
    where ${visibleTo(actor, 'appraisal.read', 'r.unit_id')}
      ${
        filter.unitId
          ? sql`and r.unit_id in (select descendant_id from kernel.closure where ancestor_id = ${filter.unitId}
              and valid_from <= current_date and valid_to > current_date)`
          : sql``
      }
      ${filter.year ? sql`and r.year = ${filter.year}` : sql``}
    order by r.state = 'closed', r.held_on desc, r.id desc limit 200`.execute(db)
  return rows.map((round) => ({ ...round, subjects: round.subjects.map((subject) => ({ ...subject, report: null })) }))
}

/** Whose office sees the result: the unit's own, or the one of the unit above it (评议结果上报任免机关). */
async function resultsUnit(tx: Tx, input: RoundInput): Promise<number> {
  if (input.resultsAt === 'unit') return input.unitId
  const { rows } = await sql<{ id: number | null }>`
    select parent_id as id from organisation.unit where id = ${input.unitId}`.execute(tx)
  if (!rows[0]?.id)
    throw refused('nothing-above', '本单位上面没有上级工会，结果只能由本单位查看。', { resultsAt: '没有上级' })
  return rows[0].id
}

/** Draws a round up, or draws it up anew while nothing was printed. @returns its id */
export async function saveRound(
  tx: Tx,
  actor: Actor,
  input: RoundInput,
  known?: { id: number; version: number },
): Promise<number> {
  await requirePermission(tx, actor, 'appraisal.write', input.unitId, 'appraisal.read')
  const resultsUnitId = await resultsUnit(tx, input)
  const values = sql`${input.unitId}, ${resultsUnitId}, ${input.kind}, ${input.title}, ${input.year}, ${input.heldOn}::date,
    ${input.closesOn}::date, ${JSON.stringify(input.grades)}::jsonb, ${input.goodGrades}, ${JSON.stringify(input.criteria)}::jsonb,
    ${JSON.stringify(input.scales)}::jsonb, ${input.least}, ${input.remarks}, ${input.whole}, ${input.topMost ?? null}, ${input.formYears ?? null}, ${input.writeIns ?? true}`
  const columns = sql`unit_id, results_unit_id, kind, title, year, held_on, closes_on, grades, good_grades, criteria, scales, least,
    remarks, whole, top_most, form_years, write_ins`
  let id = known?.id
  if (known) {
    const round = await roundToRun(tx, actor, known.id, 'appraisal.write')
    if (round.state !== 'setup') throw conflict('round-frozen', '评议已经开始，方案不能再改。')
    if (round.version !== known.version) throw conflict('edited-meanwhile', '这次评议刚被别人修改过，请刷新后再改。')
    await sql`update appraisal.round set (${columns}) = row (${values}), version = version + 1 where id = ${known.id}`.execute(
      tx,
    )
    await sql`delete from appraisal.subject where round_id = ${known.id}`.execute(tx)
    await sql`delete from appraisal.rater_group where round_id = ${known.id}`.execute(tx)
  } else {
    const { rows } = await sql<{ id: number }>`insert into appraisal.round (${columns}, created_by)
      values (${values}, ${actor.accountId}) returning id`.execute(tx)
    id = rows[0]!.id
  }
  await sql`insert into appraisal.subject (round_id, position, person_id, name, post, report, classes, seats, nominees)
    select ${id!}, s.ordinality, (s.value ->> 'personId')::bigint, s.value ->> 'name', nullif(s.value ->> 'post', ''),
      nullif(s.value ->> 'report', ''), array(select jsonb_array_elements_text(s.value -> 'classes')),
      (s.value ->> 'seats')::int, coalesce(s.value -> 'nominees', '[]')
    from jsonb_array_elements(${JSON.stringify(input.subjects)}::jsonb) with ordinality s`.execute(tx)
  await sql`insert into appraisal.rater_group (round_id, position, name, weight, planned, class, channel, by_account)
    select ${id!}, g.ordinality, g.value ->> 'name', (g.value ->> 'weight')::int, (g.value ->> 'planned')::int,
      nullif(g.value ->> 'class', ''), replace(g.value ->> 'channel', 'account', 'slip'), g.value ->> 'channel' = 'account'
    from jsonb_array_elements(${JSON.stringify(input.groups)}::jsonb) with ordinality g`.execute(tx)
  await audit(tx, actor, {
    action: known ? 'appraisal.edit' : 'appraisal.draw-up',
    objectKind: 'appraisal-round',
    objectId: id!,
    unitId: input.unitId,
    summary: `${known ? '修改' : '拟定'}评议方案“${input.title}”`,
  })
  return id!
}

/** True if the actor's office is one the result is meant for. */
export const maySeeResults = (db: Db | Tx, actor: Actor, round: Round): Promise<boolean> =>
  allows(db, actor, 'appraisal.read-confidential', round.resultsUnitId)
