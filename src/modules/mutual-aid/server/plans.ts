import { sql } from 'kysely'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import type { PlanRules } from '../check.ts'
import type { EnrolInput, PlanInput } from '../contract.ts'
import { enrolments } from '../registers/insurance.ts'

export interface Plan extends PlanRules {
  id: number
  unitId: number
  unitName: string
  scheme: string
  title: string
  organiser: string
  premiumFen: number
  papers: string[]
  document: string
  members: number
  paid: number
  /** Approved and paid so far, fen; and the claims behind it. */
  paidFen: number
  paidClaims: number
}

const columns = sql`p.id, p.unit_id as "unitId", u.name as "unitName", p.scheme, p.title, p.organiser, p.starts_on as "startsOn",
  p.ends_on as "endsOn", p.premium_fen as "premiumFen", p.waiting_days as "waitingDays", p.claim_days as "claimDays",
  p.causes, p.hospitals, p.papers, p.formula, p.caps, p.document,
  (select count(*)::int from mutual_aid.enrolment e where e.plan_id = p.id) as members,
  (select count(*)::int from mutual_aid.enrolment e where e.plan_id = p.id and e.paid_on is not null) as paid,
  (select coalesce(sum(c.paid_fen), 0)::bigint from mutual_aid.claim c where c.plan_id = p.id) as "paidFen",
  (select count(c.paid_fen)::int from mutual_aid.claim c where c.plan_id = p.id) as "paidClaims"`

/** The plans a unit's members can be in: its own and those of the units above, the newest first. */
export async function plansOf(db: Db | Tx, unitId: number): Promise<Plan[]> {
  const { rows } = await sql<Plan>`
    select ${columns} from kernel.closure k join mutual_aid.plan p on p.unit_id = k.ancestor_id
    join kernel.unit_name u on u.id = p.unit_id
    where k.descendant_id = ${unitId} and k.valid_to = 'infinity' order by p.starts_on desc, p.id desc`.execute(db)
  return rows
}

export async function planById(db: Db | Tx, planId: number): Promise<Plan> {
  const { rows } = await sql<Plan>`
    select ${columns} from mutual_aid.plan p join kernel.unit_name u on u.id = p.unit_id where p.id = ${planId}`.execute(
    db,
  )
  if (!rows[0]) throw notFound('互助计划')
  return rows[0]
}

/** Enters a plan's period. It is never rewritten: the next period is another. @throws Problem 403 | 404, 409 `plan-exists` */
export async function addPlan(tx: Tx, actor: Actor, draft: PlanInput): Promise<{ id: number }> {
  await requirePermission(tx, actor, 'mutual-aid.manage', draft.unitId, 'mutual-aid.read')
  const { rows } = await sql<{ id: number }>`
    insert into mutual_aid.plan (unit_id, scheme, title, organiser, starts_on, ends_on, premium_fen, waiting_days, claim_days, causes,
      hospitals, papers, formula, caps, document, created_by)
    values (${draft.unitId}, ${draft.scheme}, ${draft.title}, ${draft.organiser}, ${draft.startsOn}::date, ${draft.endsOn}::date,
      ${draft.premiumFen}, ${draft.waitingDays}, ${draft.claimDays}, ${JSON.stringify(draft.causes)}::jsonb,
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
  return rows[0]
}

/**
 * Enrols people of a unit's roster, in one statement; those who are in already only get their day of payment. Who was in the
 * period that ended the day before is renewed without a gap. The round is kept in 互助保障参保.
 * @returns how many were new and how many paid
 * @throws Problem 403 | 404, 422 `nobody`
 */
export async function enrolMembers(
  tx: Tx,
  actor: Actor,
  planId: number,
  draft: EnrolInput,
  today: string,
): Promise<{ enrolled: number; paid: number }> {
  const plan = await planById(tx, planId)
  await requirePermission(tx, actor, 'mutual-aid.write', draft.unitId, 'mutual-aid.read')
  if (!(await plansOf(tx, draft.unitId)).some((one) => one.id === planId)) throw notFound('互助计划')
  const wanted = draft.personIds ? sql`and p.id = any(${draft.personIds}::bigint[])` : sql``
  const { rows } = await sql<{ fresh: boolean }>`
    insert into mutual_aid.enrolment (plan_id, unit_id, person_id, enrolled_on, unbroken, paid_on, created_by)
    select ${planId}, p.unit_id, p.id, greatest(${today}::date, ${plan.startsOn}::date), exists (
        select from mutual_aid.enrolment e join mutual_aid.plan before on before.id = e.plan_id
        where e.person_id = p.id and e.paid_on is not null and before.scheme = ${plan.scheme}
          and before.ends_on = ${plan.startsOn}::date - 1),
      ${draft.paidOn}::date, ${actor.accountId}
    from kernel.person_name p join kernel.closure k on k.descendant_id = p.unit_id
    where k.ancestor_id = ${draft.unitId} and k.valid_to = 'infinity' and p.kind = 'member' and p.merged_into is null ${wanted}
    on conflict (plan_id, person_id) do update set paid_on = coalesce(mutual_aid.enrolment.paid_on, excluded.paid_on)
    returning (xmax = 0) as fresh`.execute(tx)
  if (!rows.length) throw refused('nobody', '名单里没有本单位的会员，请核对后再办理。')
  await audit(tx, actor, {
    action: 'mutual-aid.enrol',
    objectKind: 'mutual-aid-plan',
    objectId: planId,
    unitId: draft.unitId,
    summary: `办理参加“${plan.title}” ${rows.length} 人${draft.paidOn ? `，${draft.paidOn} 缴费` : ''}`,
  })
  await keepRound(tx, actor, plan, draft.unitId, today)
  return { enrolled: rows.filter((row) => row.fresh).length, paid: draft.paidOn ? rows.length : 0 }
}

/** The round of one unit: everybody on the roster, with a yes for those who are in and have paid. */
async function keepRound(tx: Tx, actor: Actor, plan: Plan, unitId: number, today: string): Promise<void> {
  const { rows } = await sql<{ personId: number; done: boolean; unbroken: boolean }>`
    select p.id as "personId", coalesce(e.paid_on is not null, false) as done, coalesce(e.unbroken, false) as unbroken
    from kernel.person_name p join kernel.closure k on k.descendant_id = p.unit_id
    left join mutual_aid.enrolment e on e.person_id = p.id and e.plan_id = ${plan.id}
    where k.ancestor_id = ${unitId} and k.valid_to = 'infinity' and p.kind = 'member' and p.merged_into is null order by p.id`.execute(
    tx,
  )
  const happenedOn = today < plan.startsOn ? plan.startsOn : today > plan.endsOn ? plan.endsOn : today
  await keepRecords(tx, actor, enrolments, [
    {
      keptBy: `mutual-aid/plans/${plan.id}/${unitId}`,
      draft: {
        unitId,
        happenedOn,
        endedOn: plan.endsOn,
        title: plan.title,
        fields: { scheme: plan.scheme, payer: '共同负担', insurer: plan.organiser },
        lines: rows.map(({ personId, done, unbroken }) => ({
          personId,
          fields: {
            group: '在职职工',
            kind: unbroken ? '续保' : '新保',
            done,
            ...(done && plan.premiumFen > 0 && { premium: plan.premiumFen }),
          },
        })),
      },
    },
  ])
}

/** Whether somebody may read a plan: whoever may at its unit, and everybody whose unit lies below. */
export const mayReadPlan = async (db: Db, actor: Actor, unitId: number): Promise<boolean> => {
  if (await allows(db, actor, 'mutual-aid.read', unitId)) return true
  const { rows } = await sql<{ own: boolean }>`
    select exists (select from kernel.person_name p join kernel.closure k on k.descendant_id = p.unit_id
      where p.id = ${actor.personId} and k.ancestor_id = ${unitId} and k.valid_to = 'infinity') as own`.execute(db)
  return rows[0]!.own
}
