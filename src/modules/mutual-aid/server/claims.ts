import { createHash } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import { allows, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { addDays } from '../../../kernel/calendar/days.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, forbidden, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { actsOf, writeAct, type Act } from '../../../kernel/lifecycle/act.ts'
import { openTodo } from '../../../kernel/lifecycle/todos.ts'
import { check, type Checked } from '../check.ts'
import type { Appeal, ClaimDetail, ClaimInput, ClaimRow, PaymentReturn, Plan, SampleReview } from '../contract.ts'
import { claimLife } from './machine.ts'
import { planById, planFor } from './plans.ts'

const columns = sql`c.id, c.plan_id as "planId", p.title as "planTitle", c.unit_id as "unitId", u.name as "unitName",
  p.kind as "planKind", c.person_id as "personId", n.name as "personName", c.cause, c.category, c.event_on as "eventOn", c.filed_on as "filedOn",
  c.hospital, c.days, c.total_fen as "totalFen", c.own_fen as "ownFen", c.excluded, c.invoice_no as "invoiceNo", c.papers,
  c.claimed_fen as "claimedFen", c.computed_fen as "computedFen", c.examined_fen as "examinedFen", c.approved_fen as "approvedFen", c.paid_fen as "paidFen", c.decided_on as "decidedOn",
  c.paid_on as "paidOn", c.paid_through as "paidThrough", c.voucher_id as "voucherId", c.voucher_no as "voucherNo", c.adjustment, c.sampled, c.state, c.previous_id as "previousId"`
const joins = sql`mutual_aid.claim c join mutual_aid.plan p on p.id = c.plan_id join kernel.unit_name u on u.id = c.unit_id
  join kernel.person_name n on n.id = c.person_id`

/** Confidential: by the office of aid, or one's own. */
const visible = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(${visibleTo(actor, 'mutual-aid.read-confidential', 'c.unit_id')} or c.person_id = ${actor.personId})`

export async function listClaims(
  db: Db,
  actor: Actor,
  filter: { unitId?: number; state?: string; cursor?: number },
): Promise<{ rows: ClaimRow[]; next: number | null }> {
  const size = 30
  const { rows } = await sql<ClaimRow>`
    select ${columns} from ${joins} where ${visible(actor)}
      ${filter.unitId ? sql`and exists (select from kernel.closure k where k.ancestor_id = ${filter.unitId} and k.descendant_id = c.unit_id and k.valid_to = 'infinity')` : sql``}
      ${filter.state ? sql`and c.state = ${filter.state}` : sql``} ${filter.cursor ? sql`and c.id < ${filter.cursor}` : sql``}
    order by c.id desc limit ${size + 1}`.execute(db)
  const more = rows.length > size
  if (more) rows.pop()
  return { rows, next: more ? rows.at(-1)!.id : null }
}

export async function lockClaim(tx: Tx, actor: Actor, claimId: number): Promise<ClaimRow> {
  const { rows } = await sql<ClaimRow>`
    select ${columns} from ${joins} where c.id = ${claimId} and ${visible(actor)} for update of c`.execute(tx)
  if (!rows[0]) throw notFound('申请')
  return rows[0]
}

const standing = sql`o.state not in ('refused', 'withdrawn', 'returned')`
/** The same invoice, however it is typed and photographed, stands on another claim: of whomever, in whichever plan. */
const invoiceUsed = (claimId: number): RawBuilder<boolean> => sql<boolean>`exists (
  select from mutual_aid.claim c join mutual_aid.claim o on o.invoice_key = c.invoice_key and o.id <> c.id
  where c.id = ${claimId} and ${standing})`
/** The same photo hangs on another claim, with whatever number. What was filed again keeps its photos. */
const pictureUsed = (claimId: number): RawBuilder<boolean> => sql<boolean>`exists (
  select from kernel.file_link l join kernel.file f on f.id = l.file_id
  join kernel.file g on g.sha256 = f.sha256 join kernel.file_link m on m.file_id = g.id
  join mutual_aid.claim o on o.id = m.object_id
  where l.object_kind = 'mutual-aid-claim' and l.object_id = ${claimId} and l.removed_at is null
    and m.object_kind = 'mutual-aid-claim' and m.object_id <> ${claimId} and m.removed_at is null and ${standing})`

/** The machine's findings on a claim as it stands, with what this member was granted in the period before it. */
export async function checkClaim(db: Db | Tx, plan: Plan, claim: ClaimRow): Promise<Checked> {
  const { rows } = await sql<{
    enrolledOn: string | null
    unbroken: boolean | null
    paidOn: string | null
    paidFen: number
    paidClaims: number
    invoiceUsed: boolean
    pictureUsed: boolean
  }>`
    select e.enrolled_on as "enrolledOn", e.unbroken, e.paid_on as "paidOn",
      coalesce(sum(coalesce(o.paid_fen, o.approved_fen)), 0)::bigint as "paidFen", count(o.approved_fen)::int as "paidClaims",
      ${invoiceUsed(claim.id)} as "invoiceUsed", ${pictureUsed(claim.id)} as "pictureUsed"
    from (select 1) one left join mutual_aid.enrolment e on e.plan_id = ${plan.id} and e.person_id = ${claim.personId}
    left join mutual_aid.claim o on o.plan_id = ${plan.id} and o.person_id = ${claim.personId} and o.id <> ${claim.id}
      and o.state in ('approved', 'paid')
    group by e.id`.execute(db)
  const known = rows[0]!
  return check(
    plan,
    known.enrolledOn ? { enrolledOn: known.enrolledOn, unbroken: known.unbroken!, paidOn: known.paidOn } : null,
    {
      cause: claim.cause,
      eventOn: claim.eventOn,
      filedOn: claim.filedOn,
      hospital: claim.hospital,
      excluded: claim.excluded,
      invoiceUsed: known.invoiceUsed,
      pictureUsed: known.pictureUsed,
      missingPapers: plan.papers.filter((paper) => !claim.papers.includes(paper)),
    },
    {
      ownFen: claim.ownFen,
      totalFen: claim.totalFen,
      days: claim.days,
      category: claim.category ?? '',
      paidFen: known.paidFen,
      paidClaims: known.paidClaims,
    },
  )
}

export async function claimById(db: Db, actor: Actor, claimId: number): Promise<ClaimDetail & { acts: Act[] }> {
  const { rows } =
    await sql<ClaimRow>`select ${columns} from ${joins} where c.id = ${claimId} and ${visible(actor)}`.execute(db)
  const [claim] = rows
  if (!claim) throw notFound('申请')
  const plan = await planById(db, claim.planId)
  const [found, acts, returns, more] = await Promise.all([
    checkClaim(db, plan, claim),
    actsOf(db, 'mutual-aid-claim', claimId),
    returnsOf(db, claimId),
    sql<{ appeal: Appeal | null; reviews: SampleReview[]; nextId: number | null }>`
      select (select json_build_object('grounds', a.grounds, 'appealedOn', a.appealed_on, 'outcome', a.outcome,
          'decidedOn', a.decided_on) from mutual_aid.appeal a where a.claim_id = ${claimId}) as appeal,
        coalesce((select json_agg(json_build_object('outcome', r.outcome, 'words', r.words, 'by', r.created_name,
          'on', (r.created_at at time zone 'Asia/Shanghai')::date) order by r.id)
          from mutual_aid.sample_review r where r.claim_id = ${claimId}), '[]') as reviews,
        (select n.id from mutual_aid.claim n where n.previous_id = ${claimId}) as "nextId"`.execute(db),
  ])
  const { appeal, reviews, nextId } = more.rows[0]!
  return {
    ...claim,
    checked: found,
    acts,
    own: claim.personId === actor.personId,
    appealBy: !appeal && nextId === null ? appealBy(plan, claim) : null,
    appeal,
    reviews,
    returns,
    nextId,
  }
}

/** Payments of a claim that the bank sent back, the first one first. */
export async function returnsOf(db: Db | Tx, claimId: number): Promise<PaymentReturn[]> {
  const { rows } = await sql<PaymentReturn>`
    select id, paid_on as "paidOn", amount_fen as "amountFen", paid_voucher_id as "paidVoucherId", paid_voucher_no as "paidVoucherNo",
      returned_on as "returnedOn", reason, voucher_id as "voucherId", voucher_no as "voucherNo", booked_name as "by"
    from mutual_aid.payment_return where claim_id = ${claimId} order by id`.execute(db)
  return rows
}

/** The last day an appeal is heard: so many days after the refusal. */
export const appealBy = (plan: Plan, claim: ClaimRow): string | null =>
  claim.state === 'refused' && claim.decidedOn ? addDays(claim.decidedOn, plan.appealDays) : null

export const subjectOf = (claim: { id: number; unitId: number; personName: string }) => ({
  id: claim.id,
  unitId: claim.unitId,
  title: `${claim.personName}的互助申请`,
  link: `/mutual-aid/claims/${claim.id}`,
})

/** One claim in ten is looked at a second time; which ones follows from the number and can't be chosen. */
const isSampled = (claimId: number): boolean => createHash('sha256').update(`claim ${claimId}`).digest()[0]! < 26

/**
 * Files a claim: for oneself from a phone, or an officer for a member. The machine checks at once and says every reason; a claim
 * that fails is kept all the same, since a person decides.
 * @throws Problem 403, 409 `resubmitted`, 422 `person-unknown` | `in-future` | `plan-unknown` | `not-refused`
 */
export async function fileClaim(
  tx: Tx,
  actor: Actor,
  draft: ClaimInput,
  today: string,
): Promise<{ id: number; checked: Checked }> {
  if (draft.eventOn > today) throw refused('in-future', '发生日期不能晚于今天。', { eventOn: '不能晚于今天' })
  const { rows } = await sql<{ unitId: number; name: string }>`
    select unit_id as "unitId", name from kernel.person_name
    where id = ${draft.personId} and merged_into is null and kind = 'member'`.execute(tx)
  const [person] = rows
  const own = actor.personId === draft.personId
  if (!person || (!own && !(await allows(tx, actor, 'mutual-aid.read', person.unitId))))
    throw refused('person-unknown', '会员名册里没有这个人，请从名册中选择。', { personId: '请从名册中选择' })
  if (!own && !(await allows(tx, actor, 'mutual-aid.write', person.unitId))) throw forbidden('登记互助保障')
  const plan = await planFor(tx, draft.planId, person.unitId).catch(() => {
    throw refused('plan-unknown', '这位会员不在这个计划的范围内。', { planId: '请另选计划' })
  })
  if (draft.previousId) await requireResubmittable(tx, draft.previousId, draft.personId)
  const made = await sql<{ id: number }>`
    insert into mutual_aid.claim (plan_id, unit_id, person_id, cause, category, event_on, filed_on, hospital, days, total_fen, own_fen,
      excluded, invoice_no, papers, claimed_fen, previous_id, created_by)
    values (${plan.id}, ${person.unitId}, ${draft.personId}, ${draft.cause}, ${draft.category ?? null}, ${draft.eventOn}::date,
      ${today}::date, ${draft.hospital}, ${draft.days}, ${draft.totalFen}, ${draft.ownFen}, ${draft.excluded}, ${draft.invoiceNo},
      ${JSON.stringify(draft.papers)}::jsonb, ${draft.claimedFen}, ${draft.previousId ?? null}, ${actor.accountId}) returning id`.execute(
    tx,
  )
  const claimId = made.rows[0]!.id
  const kept = await sql<ClaimRow>`select ${columns} from ${joins} where c.id = ${claimId}`.execute(tx)
  const found = await checkClaim(tx, plan, kept.rows[0]!)
  await sql`update mutual_aid.claim set computed_fen = ${found.payout.fen}, sampled = ${isSampled(claimId)} where id = ${claimId}`.execute(
    tx,
  )
  const subject = subjectOf(kept.rows[0]!)
  await writeAct(tx, actor, {
    objectKind: 'mutual-aid-claim',
    objectId: claimId,
    verb: '提交',
    from: null,
    to: 'filed',
  })
  await openTodo(tx, {
    kind: claimLife.id,
    objectKind: 'mutual-aid-claim',
    objectId: claimId,
    unitId: person.unitId,
    permission: 'mutual-aid.write',
    title: `待初审：${subject.title}`,
    link: subject.link,
  })
  await audit(tx, actor, {
    action: 'mutual-aid.file',
    objectKind: 'mutual-aid-claim',
    objectId: claimId,
    unitId: person.unitId,
    summary: `提交互助申请（编号 ${claimId}）`,
  })
  return { id: claimId, checked: found }
}

async function requireResubmittable(tx: Tx, previousId: number, personId: number): Promise<void> {
  const { rows } = await sql<{ state: string; again: boolean }>`
    select state, exists (select from mutual_aid.claim n where n.previous_id = c.id) as again
    from mutual_aid.claim c where c.id = ${previousId} and c.person_id = ${personId}`.execute(tx)
  if (!rows[0]) throw notFound('原申请')
  if (rows[0].again) throw conflict('resubmitted', '这件申请已经重新提交过，请在新的申请里办理。')
  if (rows[0].state !== 'refused' && rows[0].state !== 'returned')
    throw refused('not-refused', '只有退回或不予补助的申请可以重新提交。')
}
