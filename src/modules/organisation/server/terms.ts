import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { BODIES, UNIT_TYPES, type Body } from '../types.ts'
import { unitById } from './units.ts'

export interface Term {
  id: number
  unitId: number
  unitName: string
  body: Body
  /** 第几届 */
  ordinal: number
  startsOn: string
  /** When it runs out. */
  dueOn: string
  endedOn: string | null
  document: string | null
  officers: Officer[]
}

export interface Officer {
  id: number
  personId: number | null
  name: string
  post: string
  fromOn: string
  toOn: string | null
  reason: string | null
}

const terms = sql`
  select t.id, t.unit_id as "unitId", u.name as "unitName", t.body, t.ordinal, t.starts_on as "startsOn", t.due_on as "dueOn",
    t.ended_on as "endedOn", t.document,
    coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'personId', o.person_id, 'name', o.name, 'post', o.post,
      'fromOn', o.from_on, 'toOn', o.to_on, 'reason', o.reason) order by o.to_on nulls first, o.id)
      from organisation.officer o where o.term_id = t.id), '[]') as officers
  from organisation.term t join organisation.unit u on u.id = t.unit_id`

/** A unit's terms, the newest first. */
export async function termsOf(db: Db | Tx, unitId: number): Promise<Term[]> {
  return (
    await sql<Term>`${terms} where t.unit_id = ${unitId} order by t.ended_on is null desc, t.starts_on desc, t.id`.execute(
      db,
    )
  ).rows
}

/** Open terms the actor may see that run out by a day, the most overdue first. */
export async function termsDue(db: Db, actor: Actor, by: string): Promise<Term[]> {
  const { rows } = await sql<Term>`${terms} where t.ended_on is null and t.due_on <= ${by}::date
    and ${visibleTo(actor, 'organisation.read', 't.unit_id')} order by t.due_on, t.id limit 500`.execute(db)
  return rows
}

async function termById(tx: Tx, id: number): Promise<Term> {
  const { rows } = await sql<Term>`${terms} where t.id = ${id}`.execute(tx)
  if (!rows[0]) throw notFound('届期')
  return rows[0]
}

export interface NewTerm {
  unitId: number
  body: Body
  ordinal: number
  startsOn: string
  dueOn: string
  document?: string | null
  /** Officers from the first day. */
  officers?: readonly { personId?: number | null; name: string; post: string }[]
}

/** Opens a term. The one before ends on the same day, its officers with it, and its warning is done. */
export async function openTerm(tx: Tx, actor: Actor, draft: NewTerm): Promise<Term> {
  await requirePermission(tx, actor, 'organisation.write', draft.unitId, 'organisation.read')
  const unit = (await unitById(tx, draft.unitId))!
  if (!UNIT_TYPES[unit.type].layer && !['branch', 'subbranch'].includes(unit.type))
    throw refused('no-committee', `${UNIT_TYPES[unit.type].title}不设委员会，不必登记届期。`)
  if (draft.dueOn <= draft.startsOn)
    throw refused('term-dates', '届满日期应晚于开始日期。', { dueOn: '应晚于开始日期' })
  const known = (await termsOf(tx, unit.id)).filter((term) => term.body === draft.body)
  if (known.some((term) => term.ordinal === draft.ordinal))
    throw conflict('term-known', `${BODIES[draft.body]}第 ${draft.ordinal} 届已经登记过。`)
  const before = known.find((term) => !term.endedOn)
  if (before && draft.startsOn < before.startsOn) {
    // An older term entered late is history: it ended when the next one began.
    const { rows } = await sql<{ id: number }>`
      insert into organisation.term (unit_id, body, ordinal, starts_on, due_on, ended_on, document)
      select ${unit.id}, ${draft.body}, ${draft.ordinal}, ${draft.startsOn}::date, ${draft.dueOn}::date, min(starts_on), ${draft.document ?? null}
      from organisation.term where unit_id = ${unit.id} and body = ${draft.body} and starts_on > ${draft.startsOn}::date returning id`.execute(
      tx,
    )
    return addOfficers(tx, actor, rows[0]!.id, draft)
  }
  if (before) await endTerm(tx, actor, before, draft.startsOn)
  const { rows } = await sql<{ id: number }>`
    insert into organisation.term (unit_id, body, ordinal, starts_on, due_on, document)
    values (${unit.id}, ${draft.body}, ${draft.ordinal}, ${draft.startsOn}::date, ${draft.dueOn}::date, ${draft.document ?? null}) returning id`.execute(
    tx,
  )
  return addOfficers(tx, actor, rows[0]!.id, draft)
}

async function addOfficers(tx: Tx, actor: Actor, termId: number, draft: NewTerm): Promise<Term> {
  const term = await termById(tx, termId)
  const officers = draft.officers ?? []
  await sql`
    insert into organisation.officer (term_id, person_id, name, post, from_on, to_on)
    select ${termId}, o.*, ${term.startsOn}::date, ${term.endedOn}::date
    from unnest(${officers.map((one) => one.personId ?? null)}::bigint[], ${officers.map((one) => one.name)}::text[],
      ${officers.map((one) => one.post)}::text[]) o`.execute(tx)
  await audit(tx, actor, {
    action: 'organisation.open-term',
    objectKind: 'term',
    objectId: termId,
    unitId: term.unitId,
    summary: `登记${term.unitName}${BODIES[term.body]}第 ${term.ordinal} 届（${term.startsOn} 至 ${term.dueOn}）`,
    detail: { officers: officers.length },
  })
  return termById(tx, termId)
}

async function endTerm(tx: Tx, actor: Actor, term: Term, endedOn: string): Promise<void> {
  await sql`update organisation.term set ended_on = ${endedOn}::date where id = ${term.id}`.execute(tx)
  await sql`update organisation.officer set to_on = ${endedOn}::date, reason = '届满' where term_id = ${term.id} and to_on is null`.execute(
    tx,
  )
  await closeTodo(tx, actor, { objectKind: 'term', objectId: term.id })
}

/** Appoints somebody within a term: by-elections and additions (增补). A single post must be free. */
export async function appoint(
  tx: Tx,
  actor: Actor,
  termId: number,
  draft: { personId?: number | null; name: string; post: string; fromOn: string },
): Promise<Term> {
  const term = await openTermOf(tx, actor, termId)
  if (draft.fromOn < term.startsOn)
    throw refused('before-term', `任职日期不能早于本届开始日期 ${term.startsOn}。`, { fromOn: '早于本届开始' })
  const holder = term.officers.find(
    (one) => !one.toOn && one.post === draft.post && ['主席', '主任'].includes(one.post),
  )
  if (holder) throw conflict('post-held', `${draft.post}现由${holder.name}担任，请先登记其离任。`)
  await sql`
    insert into organisation.officer (term_id, person_id, name, post, from_on)
    values (${termId}, ${draft.personId ?? null}, ${draft.name}, ${draft.post}, ${draft.fromOn}::date)`.execute(tx)
  await audit(tx, actor, {
    action: 'organisation.appoint',
    objectKind: 'term',
    objectId: termId,
    unitId: term.unitId,
    summary: `${draft.name}任${term.unitName}${BODIES[term.body]}${draft.post}（${draft.fromOn}）`,
  })
  return termById(tx, termId)
}

/** Ends one person's post before the term does. */
export async function dismiss(
  tx: Tx,
  actor: Actor,
  termId: number,
  officerId: number,
  toOn: string,
  reason: string,
): Promise<Term> {
  const term = await openTermOf(tx, actor, termId)
  const officer = term.officers.find((one) => one.id === officerId && !one.toOn)
  if (!officer) throw notFound('任职')
  if (toOn < officer.fromOn)
    throw refused('before-term', `离任日期不能早于任职日期 ${officer.fromOn}。`, { toOn: '早于任职日期' })
  await sql`update organisation.officer set to_on = ${toOn}::date, reason = ${reason} where id = ${officerId}`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'organisation.dismiss',
    objectKind: 'term',
    objectId: termId,
    unitId: term.unitId,
    summary: `${officer.name}不再担任${term.unitName}${BODIES[term.body]}${officer.post}（${toOn}）：${reason}`,
  })
  return termById(tx, termId)
}

async function openTermOf(tx: Tx, actor: Actor, termId: number): Promise<Term> {
  const term = await termById(tx, termId)
  await requirePermission(tx, actor, 'organisation.write', term.unitId, 'organisation.read')
  if (term.endedOn) throw conflict('term-ended', `这一届已于 ${term.endedOn} 结束，不能再改。`)
  return term
}

/** Lets an open term run on by the upper union's leave; its warning counts from the new end. @throws Problem 409 `term-ended`, 422 `term-dates` */
export async function extendTerm(tx: Tx, actor: Actor, termId: number, until: string, document: string): Promise<Term> {
  const term = await openTermOf(tx, actor, termId)
  if (until <= term.dueOn)
    throw refused('term-dates', `延期后的届满日期应晚于原定的 ${term.dueOn}。`, { until: '应晚于原届满日期' })
  await sql`update organisation.term set due_on = ${until}::date where id = ${termId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'term', objectId: termId })
  await audit(tx, actor, {
    action: 'organisation.extend-term',
    objectKind: 'term',
    objectId: termId,
    unitId: term.unitId,
    summary: `${term.unitName}${BODIES[term.body]}第 ${term.ordinal} 届延期至 ${until}（${document}）`,
  })
  return termById(tx, termId)
}

const WARN_DAYS = 90

/**
 * Puts terms that run out within 90 days (or have run out) on the desks of those who keep the union's papers. Only a new
 * term clears them. Run by a nightly job. @returns how many terms wait
 */
export async function warnOfTerms(tx: Tx, today: string): Promise<number> {
  const { rows } = await sql<Term>`${terms} where t.ended_on is null and t.due_on <= ${today}::date + ${WARN_DAYS}::int
    and u.dissolved_on is null order by t.id`.execute(tx)
  for (const term of rows)
    await openTodo(tx, {
      kind: 'organisation.term-due',
      objectKind: 'term',
      objectId: term.id,
      unitId: term.unitId,
      permission: 'organisation.write',
      title: `${term.unitName}${BODIES[term.body]}第 ${term.ordinal} 届${term.dueOn < today ? '已于' : '将于'} ${term.dueOn} 届满，请筹备换届`,
      link: `/units/${term.unitId}?tab=terms`,
      dueOn: term.dueOn,
    })
  return rows.length
}
