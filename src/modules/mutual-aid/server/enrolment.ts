import { sql, type RawBuilder } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import type { EnrolInput, Plan, RenewInput } from '../contract.ts'
import { enrolments } from '../registers/insurance.ts'
import { keepContributions } from './contributions.ts'
import { audienceOf, planFor, previousPeriod } from './plans.ts'

/** The roster a plan asks: people of a unit and below whom the plan is for, as `p` and `m`. */
export const rosterOf = (plan: Plan, unitId: number): RawBuilder<unknown> => sql`
  kernel.person_name p join members.person m on m.id = p.id join kernel.closure k on k.descendant_id = p.unit_id
  where k.ancestor_id = ${unitId} and k.valid_to = 'infinity' and p.kind = 'member' and p.merged_into is null
    and ${audienceOf(plan.audience)}`

/** @throws Problem 422 `window-closed` outside the days on which one may join */
function refuseOutsideWindow(plan: Plan, today: string): void {
  if (plan.opensOn && today < plan.opensOn)
    throw refused('window-closed', `“${plan.title}”从 ${plan.opensOn} 起办理参加，请到时再办。`)
  const last = plan.closesOn ?? plan.endsOn
  if (today > last) throw refused('window-closed', `“${plan.title}”的参加办理已于 ${last} 截止，请参加下一期。`)
}

/** Who was in the period before and paid, without a gap to this one. */
const unbroken = (plan: Plan): RawBuilder<boolean> => sql<boolean>`exists (
  select from mutual_aid.enrolment e join mutual_aid.plan before on before.id = e.plan_id
  where e.person_id = p.id and e.paid_on is not null and before.scheme = ${plan.scheme}
    and before.ends_on = ${plan.startsOn}::date - 1)`

/**
 * Enrols people of a unit's roster, in one statement; those who are in already only get their day of payment. Who was in the
 * period that ended the day before is renewed without a gap. The round is kept in 互助保障参保.
 * @returns how many were new and how many paid
 * @throws Problem 403 | 404, 422 `nobody` | `window-closed` | `through-book`
 */
export async function enrolMembers(
  tx: Tx,
  actor: Actor,
  planId: number,
  draft: EnrolInput,
  today: string,
): Promise<{ enrolled: number; paid: number }> {
  await requirePermission(tx, actor, 'mutual-aid.write', draft.unitId, 'mutual-aid.read')
  const plan = await planFor(tx, planId, draft.unitId)
  refuseOutsideWindow(plan, today)
  if (draft.paidOn && plan.kind === 'internal')
    throw refused('through-book', '互助金由工会自己管理，要入账。请先办理参加，再在“收缴”里登记缴费。', {
      paidOn: '请在“收缴”里登记',
    })
  if (draft.paidOn && draft.paidOn > today)
    throw refused('in-future', '缴费日期不能晚于今天。', { paidOn: '不能晚于今天' })
  const wanted = draft.personIds ? sql`and p.id = any(${draft.personIds}::bigint[])` : sql``
  const through = draft.paidOn ? 'direct' : null
  const { rows } = await sql<{ fresh: boolean }>`
    insert into mutual_aid.enrolment (plan_id, unit_id, person_id, enrolled_on, unbroken, paid_on, paid_through, created_by)
    select ${planId}, p.unit_id, p.id, greatest(${today}::date, ${plan.startsOn}::date), ${unbroken(plan)},
      ${draft.paidOn}::date, ${through}, ${actor.accountId}
    from ${rosterOf(plan, draft.unitId)} ${wanted}
    on conflict (plan_id, person_id) do update set paid_on = coalesce(mutual_aid.enrolment.paid_on, excluded.paid_on),
      paid_through = coalesce(mutual_aid.enrolment.paid_through, excluded.paid_through)
    returning (xmax = 0) as fresh`.execute(tx)
  if (!rows.length) throw refused('nobody', '名单里没有本单位的、这个计划面向的会员，请核对后再办理。')
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

/**
 * Takes those of the period before into this one, as far as they are still on the roster.
 * @returns how many, and the names of those who have left it (at most 100)
 * @throws Problem 403 | 404, 422 `no-period-before` | `nobody` | `window-closed`
 */
export async function renewMembers(
  tx: Tx,
  actor: Actor,
  planId: number,
  draft: RenewInput,
  today: string,
): Promise<{ renewed: number; gone: string[] }> {
  await requirePermission(tx, actor, 'mutual-aid.write', draft.unitId, 'mutual-aid.read')
  const plan = await planFor(tx, planId, draft.unitId)
  const before = await previousPeriod(tx, plan)
  if (before === null) throw refused('no-period-before', '没有紧接着的上一期，不能续保。请按花名册办理参加。')
  const { rows } = await sql<{ personId: number; personName: string; here: boolean; inside: boolean }>`
    select e.person_id as "personId", n.name as "personName", m.id is not null as here, now_in.id is not null as inside
    from mutual_aid.enrolment e join kernel.person_name n on n.id = e.person_id
    join kernel.closure k on k.descendant_id = e.unit_id and k.ancestor_id = ${draft.unitId} and k.valid_to = 'infinity'
    left join (select p.id from ${rosterOf(plan, draft.unitId)}) m on m.id = e.person_id
    left join mutual_aid.enrolment now_in on now_in.plan_id = ${planId} and now_in.person_id = e.person_id
    where e.plan_id = ${before} and e.paid_on is not null order by e.person_id`.execute(tx)
  const wanted = rows.filter((row) => row.here && !row.inside).map((row) => row.personId)
  const gone = rows.filter((row) => !row.here).map((row) => row.personName)
  if (!wanted.length) throw refused('nobody', '上一期的人都已经续保，或已不在花名册上。')
  await enrolMembers(tx, actor, planId, { unitId: draft.unitId, paidOn: null, personIds: wanted }, today)
  return { renewed: wanted.length, gone: gone.slice(0, 100) }
}

/** Takes somebody out again who hasn't paid. @throws Problem 403 | 404, 422 `paid-already` */
export async function unenrol(tx: Tx, actor: Actor, planId: number, personId: number, today: string): Promise<void> {
  const { rows } = await sql<{ unitId: number; paid: boolean }>`
    select unit_id as "unitId", paid_on is not null as paid from mutual_aid.enrolment
    where plan_id = ${planId} and person_id = ${personId} for update`.execute(tx)
  const [row] = rows
  if (!row) throw notFound('参加记录')
  await requirePermission(tx, actor, 'mutual-aid.write', row.unitId, 'mutual-aid.read')
  if (row.paid) throw refused('paid-already', '已经缴费的不能移出名单。')
  await sql`delete from mutual_aid.enrolment where plan_id = ${planId} and person_id = ${personId}`.execute(tx)
  const plan = await planFor(tx, planId, row.unitId)
  await audit(tx, actor, {
    action: 'mutual-aid.unenrol',
    objectKind: 'mutual-aid-plan',
    objectId: planId,
    unitId: row.unitId,
    summary: `移出“${plan.title}”未缴费的 1 人`,
  })
  await keepRound(tx, actor, plan, row.unitId, today)
}

/**
 * The round as it counts: one record a unit, so that nobody stands in two of them; everybody of its roster the plan is for, with
 * a yes for those who are in and have paid.
 */
export async function keepRound(tx: Tx, actor: Actor, plan: Plan, unitId: number, today: string): Promise<void> {
  const { rows } = await sql<{ unitId: number; personId: number; done: boolean; unbroken: boolean; retired: boolean }>`
    select r.unit_id as "unitId", r.id as "personId", coalesce(e.paid_on is not null, false) as done,
      coalesce(e.unbroken, false) as unbroken, r.retired
    from (select p.id, p.unit_id, m.status = 'retired' as retired from ${rosterOf(plan, unitId)}) r
    left join mutual_aid.enrolment e on e.person_id = r.id and e.plan_id = ${plan.id} order by r.unit_id, r.id`.execute(
    tx,
  )
  const happenedOn = today < plan.startsOn ? plan.startsOn : today > plan.endsOn ? plan.endsOn : today
  const payer = plan.unionFen === 0 ? '个人自愿' : plan.unionFen === plan.premiumFen ? '工会出资' : '共同负担'
  await keepRecords(
    tx,
    actor,
    enrolments,
    [...Map.groupBy(rows, (row) => row.unitId)].map(([unit, people]) => ({
      keptBy: `mutual-aid/plans/${plan.id}/${unit}`,
      draft: {
        unitId: unit,
        happenedOn,
        endedOn: plan.endsOn,
        title: plan.title,
        fields: { scheme: plan.scheme, payer, insurer: plan.organiser },
        lines: people.map((row) => ({
          personId: row.personId,
          fields: {
            group: row.retired ? '退休职工' : plan.audience === 'women' ? '女职工' : '在职职工',
            kind: row.unbroken ? '续保' : '新保',
            done: row.done,
            // Of a fund of the union's own the money stands in 大病互助金收取 alone.
            ...(row.done && plan.premiumFen > 0 && plan.kind !== 'internal' && { premium: plan.premiumFen }),
          },
        })),
      },
    })),
  )
  if (plan.kind === 'internal') await keepContributions(tx, actor, plan, unitId, happenedOn)
}
