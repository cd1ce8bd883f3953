import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { bookOf } from '../../funds/public.ts'
import type { Enrolled, Handover, Movement, PlanDesk } from '../contract.ts'
import { rosterOf } from './enrolment.ts'
import { planFor, previousPeriod } from './plans.ts'
import { heldOf } from './pool.ts'

const MOST = 500

/**
 * What an officer has before him of one plan: who of the unit and below is in and has paid, what waits, and the money the union
 * holds for it.
 * @throws Problem 403 | 404
 */
export async function planDesk(db: Db, actor: Actor, planId: number, unitId: number): Promise<PlanDesk> {
  await requirePermission(db, actor, 'mutual-aid.write', unitId, 'mutual-aid.read')
  const plan = await planFor(db, planId, unitId)
  const book = await bookOf(db, plan.kind === 'internal' ? plan.unitId : unitId)
  const before = await previousPeriod(db, plan)
  const below = sql`exists (select from kernel.closure k where k.ancestor_id = ${unitId} and k.descendant_id = e.unit_id
    and k.valid_to = 'infinity')`
  const [enrolled, counts, movements, handovers] = await Promise.all([
    sql<Enrolled>`
      select e.person_id as "personId", n.name as "personName", u.name as "unitName", e.enrolled_on as "enrolledOn", e.unbroken,
        e.paid_on as "paidOn", e.paid_through as "paidThrough", h.handed_on as "handedOn"
      from mutual_aid.enrolment e join kernel.person_name n on n.id = e.person_id join kernel.unit_name u on u.id = e.unit_id
      left join mutual_aid.handover h on h.id = e.handover_id
      where e.plan_id = ${planId} and ${below} order by e.paid_on is not null, e.unit_id, e.person_id limit ${MOST + 1}`.execute(
      db,
    ),
    sql<{ due: number; all: number; unpaid: number; toHandOver: number; renewable: number }>`
      select (select count(*)::int from (select p.id from ${rosterOf(plan, unitId)}) r) as due,
        count(*)::int as all, count(*) filter (where e.paid_on is null)::int as unpaid,
        count(*) filter (where e.handover_id is null and (e.paid_on is not null or ${plan.premiumFen === plan.unionFen}::boolean))::int
          as "toHandOver",
        (select count(*)::int from mutual_aid.enrolment e where e.plan_id = ${before} and e.paid_on is not null and ${below}
          and not exists (select from mutual_aid.enrolment o where o.plan_id = ${planId} and o.person_id = e.person_id)) as renewable
      from mutual_aid.enrolment e where e.plan_id = ${planId} and ${below}`.execute(db),
    sql<Movement>`
      select id, kind, amount_fen as "amountFen", on_day as "onDay", people, voucher_id as "voucherId", voucher_no as "voucherNo"
      from mutual_aid.movement where plan_id = ${planId} and book_unit_id = ${book?.unitId ?? null}
      order by on_day desc, id desc limit 100`.execute(db),
    sql<Handover>`
      select e.id, e.handed_on as "handedOn", e.people, e.amount_fen as "amountFen", e.created_name as by
      from mutual_aid.handover e where e.plan_id = ${planId} and ${below} order by e.id desc limit 100`.execute(db),
  ])
  const { all, ...rest } = counts.rows[0]!
  return {
    plan,
    ...rest,
    enrolled: enrolled.rows.slice(0, MOST),
    more: Math.max(0, all - MOST),
    hasBook: book !== null,
    heldFen: book ? await heldOf(db, planId, book.unitId) : 0,
    movements: movements.rows,
    handovers: handovers.rows,
  }
}
