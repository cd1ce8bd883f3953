import { sql, type RawBuilder } from 'kysely'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import type { Plan, PlanInput } from '../contract.ts'
import type { Audience } from '../words.ts'

const columns = sql`p.id, p.unit_id as "unitId", u.name as "unitName", p.scheme, p.title, p.organiser, p.kind, p.audience,
  p.starts_on as "startsOn", p.ends_on as "endsOn", p.premium_fen as "premiumFen", p.union_fen as "unionFen",
  p.opens_on as "opensOn", p.closes_on as "closesOn", p.appeal_days as "appealDays", p.waiting_days as "waitingDays",
  p.claim_days as "claimDays", p.causes, p.hospitals, p.papers, p.formula, p.caps, p.document,
  (select count(*)::int from mutual_aid.enrolment e where e.plan_id = p.id) as members,
  (select count(*)::int from mutual_aid.enrolment e where e.plan_id = p.id and e.paid_on is not null) as paid,
  c.paid_fen as "paidFen", c.paid_claims as "paidClaims", c.owed_fen as "owedFen"`
const joins = sql`join kernel.unit_name u on u.id = p.unit_id cross join lateral (
    select coalesce(sum(c.paid_fen), 0)::bigint as paid_fen, count(c.paid_fen)::int as paid_claims,
      coalesce(sum(c.approved_fen) filter (where c.state = 'approved'), 0)::bigint as owed_fen
    from mutual_aid.claim c where c.plan_id = p.id) c`

/** The plans a unit's members can be in: its own and those of the units above, the newest first. */
export async function plansOf(db: Db | Tx, unitId: number): Promise<Plan[]> {
  const { rows } = await sql<Plan>`
    select ${columns} from kernel.closure k join mutual_aid.plan p on p.unit_id = k.ancestor_id ${joins}
    where k.descendant_id = ${unitId} and k.valid_to = 'infinity' order by p.starts_on desc, p.id desc`.execute(db)
  return rows
}

export async function planById(db: Db | Tx, planId: number): Promise<Plan> {
  const { rows } = await sql<Plan>`select ${columns} from mutual_aid.plan p ${joins} where p.id = ${planId}`.execute(db)
  if (!rows[0]) throw notFound('互助计划')
  return rows[0]
}

/** The plan, if it is one the unit's members can be in. @throws Problem 404 */
export async function planFor(db: Db | Tx, planId: number, unitId: number): Promise<Plan> {
  const { rows } = await sql<{ ok: boolean }>`
    select exists (select from mutual_aid.plan p join kernel.closure k on k.ancestor_id = p.unit_id
      where p.id = ${planId} and k.descendant_id = ${unitId} and k.valid_to = 'infinity') as ok`.execute(db)
  if (!rows[0]!.ok) throw notFound('互助计划')
  return planById(db, planId)
}

/** SQL condition on `members.person m`: whom a plan is for. */
export const audienceOf = (audience: Audience): RawBuilder<boolean> => {
  switch (audience) {
    case 'active':
      return sql<boolean>`m.status in ('active', 'retained')`
    case 'women':
      return sql<boolean>`m.status in ('active', 'retained') and m.gender = 'f'`
    case 'retired':
      return sql<boolean>`m.status = 'retired'`
    case 'all':
      return sql<boolean>`m.status in ('active', 'retained', 'retired')`
  }
}

/** Enters a plan's period. It is never rewritten: the next period is another. @throws Problem 403 | 404, 409 `plan-exists` */
export async function addPlan(tx: Tx, actor: Actor, draft: PlanInput): Promise<{ id: number }> {
  await requirePermission(tx, actor, 'mutual-aid.manage', draft.unitId, 'mutual-aid.read')
  const { rows } = await sql<{ id: number }>`
    insert into mutual_aid.plan (unit_id, scheme, title, organiser, kind, audience, starts_on, ends_on, opens_on, closes_on, premium_fen,
      union_fen, waiting_days, claim_days, appeal_days, causes, hospitals, papers, formula, caps, document, created_by)
    values (${draft.unitId}, ${draft.scheme}, ${draft.title}, ${draft.organiser}, ${draft.kind}, ${draft.audience},
      ${draft.startsOn}::date, ${draft.endsOn}::date, ${draft.opensOn}::date, ${draft.closesOn}::date, ${draft.premiumFen},
      ${draft.unionFen}, ${draft.waitingDays}, ${draft.claimDays}, ${draft.appealDays}, ${JSON.stringify(draft.causes)}::jsonb,
      ${JSON.stringify(draft.hospitals)}::jsonb, ${JSON.stringify(draft.papers)}::jsonb, ${JSON.stringify(draft.formula)}::jsonb,
      ${JSON.stringify(draft.caps)}::jsonb, ${draft.document}, ${actor.accountId})
    on conflict (unit_id, scheme, starts_on) do nothing returning id`.execute(tx)
  if (!rows[0]) throw conflict('plan-exists', '这个险种在这一天已经有一期计划。计划不能改写，请核对日期。')
  await audit(tx, actor, {
    action: 'mutual-aid.plan',
    objectKind: 'mutual-aid-plan',
    objectId: rows[0].id,
    unitId: draft.unitId,
    summary: `设立互助计划“${draft.title}”，${draft.startsOn}至${draft.endsOn}`,
  })
  const before = await previousPeriod(tx, { unitId: draft.unitId, scheme: draft.scheme, startsOn: draft.startsOn })
  // The next period is what the reminder of the old one waited for.
  if (before !== null)
    await closeTodo(tx, actor, { objectKind: 'mutual-aid-plan', objectId: before, kind: 'mutual-aid.renew' })
  return rows[0]
}

/** The period of the same scheme that ends the day before this one begins. */
export async function previousPeriod(
  db: Db | Tx,
  plan: { unitId: number; scheme: string; startsOn: string },
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select id from mutual_aid.plan where unit_id = ${plan.unitId} and scheme = ${plan.scheme}
      and ends_on = ${plan.startsOn}::date - 1 order by id desc limit 1`.execute(db)
  return rows[0]?.id ?? null
}

/** The unit on whose roster the actor stands; null for accounts without a person. */
export async function ownUnit(db: Db, actor: Actor): Promise<number | null> {
  const { rows } = await sql<{ unitId: number }>`
    select unit_id as "unitId" from kernel.person_name where id = ${actor.personId}`.execute(db)
  return rows[0]?.unitId ?? null
}

/** Whether somebody may read a plan: whoever may at its unit, and everybody whose unit lies below. */
export const mayReadPlan = async (db: Db, actor: Actor, unitId: number): Promise<boolean> => {
  if (await allows(db, actor, 'mutual-aid.read', unitId)) return true
  const { rows } = await sql<{ own: boolean }>`
    select exists (select from kernel.person_name p join kernel.closure k on k.descendant_id = p.unit_id
      where p.id = ${actor.personId} and k.ancestor_id = ${unitId} and k.valid_to = 'infinity') as own`.execute(db)
  return rows[0]!.own
}
