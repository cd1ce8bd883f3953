import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { postFacts, reverseFacts, type FactDraft } from '../../../kernel/facts/post.ts'
import { UNKNOWN_SINCE } from '../../organisation/public.ts'
import { FINAL_LEAVE_KINDS, type Gender, type JoinKind, type LeaveKind } from '../words.ts'

export interface MembershipRow {
  id: number
  personId: number
  unitId: number
  joinedOn: string
  retainedOn: string | null
  leftOn: string | null
  joinKind: JoinKind
  leaveKind: LeaveKind | null
  gender: Gender | null
}

/**
 * The facts a membership stands for: one more from the day of joining, one less from the day of leaving, and a change of
 * state in between. Joining and leaving for good are counted by themselves.
 */
export function membershipFacts(row: MembershipRow): FactDraft[] {
  const base = { unitId: row.unitId, personId: row.personId, refKind: 'membership', refId: row.id }
  const gender: Record<string, string> = row.gender ? { gender: row.gender } : {}
  const roster = (onDate: string, quantity: number, state: string): FactDraft => ({
    ...base,
    measure: 'members.roster',
    onDate,
    quantity,
    dims: { ...gender, state },
  })
  const facts: FactDraft[] = []
  if (row.retainedOn === row.joinedOn) facts.push(roster(row.joinedOn, 1, 'retained'))
  else {
    facts.push(roster(row.joinedOn, 1, 'normal'))
    if (row.retainedOn) facts.push(roster(row.retainedOn, -1, 'normal'), roster(row.retainedOn, 1, 'retained'))
  }
  if (row.leftOn) facts.push(roster(row.leftOn, -1, row.retainedOn ? 'retained' : 'normal'))
  if (row.joinKind === 'join' && row.joinedOn > UNKNOWN_SINCE)
    facts.push({ ...base, measure: 'members.joined', onDate: row.joinedOn, quantity: 1, dims: gender })
  if (row.leftOn && (FINAL_LEAVE_KINDS as readonly string[]).includes(row.leaveKind!))
    facts.push({
      ...base,
      measure: 'members.left',
      onDate: row.leftOn,
      quantity: 1,
      dims: { ...gender, kind: row.leaveKind! },
    })
  return facts
}

export interface TagRow {
  id: number
  personId: number
  unitId: number
  tag: string
  validFrom: string
  /** null: still so */
  validTo: string | null
}

export function tagFacts(row: TagRow): FactDraft[] {
  const base = {
    measure: 'members.tagged',
    unitId: row.unitId,
    personId: row.personId,
    dims: { tag: row.tag },
    refKind: 'tag',
    refId: row.id,
  }
  const facts: FactDraft[] = [{ ...base, onDate: row.validFrom, quantity: 1 }]
  if (row.validTo) facts.push({ ...base, onDate: row.validTo, quantity: -1 })
  return facts
}

/** Takes back what some people's memberships and tags had posted, and posts what the rows say now. */
export async function repostPeople(tx: Tx, actor: Actor, personIds: readonly number[], reason: string): Promise<void> {
  const memberships = (
    await sql<MembershipRow & { merged: boolean }>`
      select m.id, m.person_id as "personId", m.unit_id as "unitId", m.joined_on as "joinedOn", m.retained_on as "retainedOn",
        m.left_on as "leftOn", m.join_kind as "joinKind", m.leave_kind as "leaveKind", p.gender,
        p.merged_into is not null as merged
      from members.membership m join members.person p on p.id = m.person_id
      where m.person_id = any(${personIds}::bigint[]) order by m.id`.execute(tx)
  ).rows
  const tags = (
    await sql<TagRow & { merged: boolean }>`
      select t.id, t.person_id as "personId", t.unit_id as "unitId", t.tag, t.valid_from as "validFrom",
        case when t.valid_to < 'infinity' then t.valid_to end as "validTo", p.merged_into is not null as merged
      from members.tag t join members.person p on p.id = t.person_id
      where t.person_id = any(${personIds}::bigint[]) order by t.id`.execute(tx)
  ).rows
  const posted = (
    await sql<{ refKind: string; refId: number }>`
      select distinct ref_kind as "refKind", ref_id as "refId" from kernel.fact
      where person_id = any(${personIds}::bigint[]) and measure = any('{members.roster,members.joined,members.left,members.tagged}')
        and reversal_of is null and reversed_by is null`.execute(tx)
  ).rows
  for (const kind of ['membership', 'tag'])
    await reverseFacts(
      tx,
      actor,
      kind,
      posted.filter((row) => row.refKind === kind).map((row) => row.refId),
      reason,
    )
  await postFacts(tx, actor, [
    ...memberships.filter((row) => !row.merged).flatMap(membershipFacts),
    ...tags.filter((row) => !row.merged).flatMap(tagFacts),
  ])
}

const recount = (rows: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select unit_id, on_date, quantity::bigint as quantity, person_id, null::bigint as household_id, jsonb_strip_nulls(dims) as dims
    from (${rows}) own`
const memberships = sql`members.membership m join members.person p on p.id = m.person_id and p.merged_into is null`

/** What each measure's facts must add up to, recomputed from this module's own tables (for `declareRecompute`). */
export const recomputes: Record<string, () => RawBuilder<unknown>> = {
  'members.roster': () =>
    recount(sql`
    select m.unit_id, m.person_id, step.on_date, step.quantity, jsonb_build_object('gender', p.gender, 'state', step.state) as dims
    from ${memberships}
    cross join lateral (values
      (m.joined_on, 1, case when m.retained_on = m.joined_on then 'retained' else 'normal' end, true),
      (m.retained_on, -1, 'normal', m.retained_on > m.joined_on),
      (m.retained_on, 1, 'retained', m.retained_on > m.joined_on),
      (m.left_on, -1, m.state, m.left_on is not null)) step (on_date, quantity, state, holds)
    where step.holds`),
  'members.joined': () =>
    recount(sql`
    select m.unit_id, m.person_id, m.joined_on as on_date, 1 as quantity, jsonb_build_object('gender', p.gender) as dims
    from ${memberships} where m.join_kind = 'join' and m.joined_on > ${UNKNOWN_SINCE}::date`),
  'members.left': () =>
    recount(sql`
    select m.unit_id, m.person_id, m.left_on as on_date, 1 as quantity,
      jsonb_build_object('gender', p.gender, 'kind', m.leave_kind) as dims
    from ${memberships} where m.leave_kind in ('leave', 'retire', 'death', 'expelled')`),
  'members.tagged': () =>
    recount(sql`
    select t.unit_id, t.person_id, step.on_date, step.quantity, jsonb_build_object('tag', t.tag) as dims
    from members.tag t join members.person p on p.id = t.person_id and p.merged_into is null
    cross join lateral (values (t.valid_from, 1), (t.valid_to, -1)) step (on_date, quantity)
    where step.on_date < 'infinity'`),
}
