import { createHash } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import { allows, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, forbidden, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { act, actsOf, writeAct, type Act } from '../../../kernel/lifecycle/act.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import { check, type Checked } from '../check.ts'
import type { ClaimInput, ClaimMove } from '../contract.ts'
import { claims } from '../registers/insurance.ts'
import type { ClaimState } from '../words.ts'
import { claimLife } from './machine.ts'
import { planById, plansOf, type Plan } from './plans.ts'

export interface ClaimRow {
  id: number
  planId: number
  planTitle: string
  unitId: number
  unitName: string
  personId: number
  personName: string
  cause: string
  category: string | null
  eventOn: string
  filedOn: string
  hospital: string
  days: number
  totalFen: number
  ownFen: number
  excluded: boolean
  invoiceNo: string
  papers: string[]
  claimedFen: number
  computedFen: number | null
  approvedFen: number | null
  paidFen: number | null
  paidOn: string | null
  adjustment: string | null
  sampled: boolean
  state: ClaimState
  previousId: number | null
}

const columns = sql`c.id, c.plan_id as "planId", p.title as "planTitle", c.unit_id as "unitId", u.name as "unitName",
  c.person_id as "personId", n.name as "personName", c.cause, c.category, c.event_on as "eventOn", c.filed_on as "filedOn",
  c.hospital, c.days, c.total_fen as "totalFen", c.own_fen as "ownFen", c.excluded, c.invoice_no as "invoiceNo", c.papers,
  c.claimed_fen as "claimedFen", c.computed_fen as "computedFen", c.approved_fen as "approvedFen", c.paid_fen as "paidFen",
  c.paid_on as "paidOn", c.adjustment, c.sampled, c.state, c.previous_id as "previousId"`
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

async function lockClaim(tx: Tx, actor: Actor, claimId: number): Promise<ClaimRow> {
  const { rows } = await sql<ClaimRow>`
    select ${columns} from ${joins} where c.id = ${claimId} and ${visible(actor)} for update of c`.execute(tx)
  if (!rows[0]) throw notFound('申请')
  return rows[0]
}

/** The machine's findings on a claim as it stands, with what this member was paid in the period before it. */
async function checked(db: Db | Tx, plan: Plan, claim: ClaimRow): Promise<Checked> {
  const { rows } = await sql<{
    enrolledOn: string | null
    unbroken: boolean | null
    paidOn: string | null
    paidFen: number
    paidClaims: number
    invoiceUsed: boolean
  }>`
    select e.enrolled_on as "enrolledOn", e.unbroken, e.paid_on as "paidOn", coalesce(sum(o.paid_fen), 0)::bigint as "paidFen",
      count(o.paid_fen)::int as "paidClaims",
      exists (select from mutual_aid.claim i where i.invoice_no = ${claim.invoiceNo} and i.id <> ${claim.id}
        and i.state not in ('refused', 'withdrawn', 'returned')) as "invoiceUsed"
    from (select 1) one left join mutual_aid.enrolment e on e.plan_id = ${plan.id} and e.person_id = ${claim.personId}
    left join mutual_aid.claim o on o.plan_id = ${plan.id} and o.person_id = ${claim.personId} and o.id <> ${claim.id}
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

export async function claimById(
  db: Db,
  actor: Actor,
  claimId: number,
): Promise<ClaimRow & { checked: Checked; acts: Act[]; own: boolean }> {
  const { rows } =
    await sql<ClaimRow>`select ${columns} from ${joins} where c.id = ${claimId} and ${visible(actor)}`.execute(db)
  const [claim] = rows
  if (!claim) throw notFound('申请')
  return {
    ...claim,
    checked: await checked(db, await planById(db, claim.planId), claim),
    acts: await actsOf(db, 'mutual-aid-claim', claimId),
    own: claim.personId === actor.personId,
  }
}

const subjectOf = (claim: { id: number; unitId: number; personName: string }) => ({
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
  const plan = (await plansOf(tx, person.unitId)).find((one) => one.id === draft.planId)
  if (!plan) throw refused('plan-unknown', '这位会员不在这个计划的范围内。', { planId: '请另选计划' })
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
  const found = await checked(tx, plan, kept.rows[0]!)
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

/**
 * 初审 and 审批. The one who examined doesn't approve, nobody decides on the own claim, and a claim the machine doesn't pass is
 * agreed to only with words.
 * @throws Problem as `act`, 422 `own-claim` | `same-person` | `reasons-open` | `words-missing` | `above-claimed`
 */
export async function moveClaim(
  tx: Tx,
  actor: Actor,
  claimId: number,
  move: ClaimMove,
  today: string,
): Promise<{ state: string }> {
  const claim = await lockClaim(tx, actor, claimId)
  const withdrawing = move.verb === '撤回'
  if (actor.personId === claim.personId && !withdrawing)
    throw refused('own-claim', '不能办理本人的申请，请由其他人办理。')
  if (withdrawing) return withdraw(tx, actor, claim)
  const found = await checked(tx, await planById(tx, claim.planId), claim)
  let approved = claim.approvedFen
  if (move.verb === '同意') {
    if (!found.passes && !move.words?.trim()) {
      const open = found.findings
        .filter((finding) => !finding.holds)
        .map((finding) => `${finding.no}. ${finding.title}：${finding.text}`)
      throw refused('reasons-open', `机器核对还有不符合的地方：${open.join('；')}。确要同意，请写明理由。`, {
        words: '请写明同意的理由',
      })
    }
    if (claim.state === 'examined') {
      const examiner = (await actsOf(tx, 'mutual-aid-claim', claimId)).findLast((done) => done.toState === 'examined')
      if (examiner?.actorId === actor.accountId) throw refused('same-person', '初审和审批须由两个人办理。')
      approved = move.amountFen ?? found.payout.fen
      if (approved !== found.payout.fen && !move.words?.trim())
        throw refused('words-missing', '批准的金额与计算结果不同，请写明理由。', { words: '请写明调整的理由' })
      if (approved > claim.ownFen && claim.ownFen > 0)
        throw refused('above-claimed', '批准的金额不能超过个人自付的金额。', { amountFen: '超过个人自付' })
    }
  }
  const { to } = await act(tx, actor, claimLife, subjectOf(claim), move.verb, {
    today,
    ...(move.words && { words: move.words }),
  })
  await sql`update mutual_aid.claim set state = ${to}, computed_fen = ${found.payout.fen}, approved_fen = ${to === 'approved' ? approved : null},
    adjustment = ${to === 'approved' && approved !== found.payout.fen ? move.words! : null} where id = ${claimId}`.execute(
    tx,
  )
  if (to === 'approved')
    await openTodo(tx, {
      kind: 'mutual-aid.pay',
      objectKind: 'mutual-aid-claim',
      objectId: claimId,
      unitId: claim.unitId,
      permission: 'mutual-aid.write',
      title: `待支付：${claim.personName}的互助补助`,
      link: `/mutual-aid/claims/${claimId}`,
    })
  return { state: to }
}

async function withdraw(tx: Tx, actor: Actor, claim: ClaimRow): Promise<{ state: string }> {
  if (actor.personId !== claim.personId) await requirePermission(tx, actor, 'mutual-aid.write', claim.unitId)
  if (claim.state !== 'filed') throw refused('not-now', '已经初审的申请不能撤回，请联系工会。')
  await sql`update mutual_aid.claim set state = 'withdrawn' where id = ${claim.id}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'mutual-aid-claim', objectId: claim.id })
  await writeAct(tx, actor, {
    objectKind: 'mutual-aid-claim',
    objectId: claim.id,
    verb: '撤回',
    from: 'filed',
    to: 'withdrawn',
  })
  await audit(tx, actor, {
    action: 'mutual-aid.withdraw',
    objectKind: 'mutual-aid-claim',
    objectId: claim.id,
    unitId: claim.unitId,
    summary: `撤回互助申请（编号 ${claim.id}）`,
  })
  return { state: 'withdrawn' }
}

/**
 * Notes that the approved sum reached the member; once. It is kept in 互助保障理赔, where the year counts it.
 * @throws Problem 403 | 404, 422 `not-now` | `in-future`
 */
export async function payClaim(tx: Tx, actor: Actor, claimId: number, paidOn: string, today: string): Promise<void> {
  const claim = await lockClaim(tx, actor, claimId)
  await requirePermission(tx, actor, 'mutual-aid.write', claim.unitId)
  if (claim.state !== 'approved') throw refused('not-now', '只有批准后、未支付的申请可以登记支付。')
  if (paidOn > today) throw refused('in-future', '支付日期不能晚于今天。', { paidOn: '不能晚于今天' })
  if (actor.personId === claim.personId) throw refused('own-claim', '不能办理本人的申请，请由其他人办理。')
  const plan = await planById(tx, claim.planId)
  await sql`update mutual_aid.claim set state = 'paid', paid_fen = approved_fen, paid_on = ${paidOn}::date where id = ${claimId}`.execute(
    tx,
  )
  await closeTodo(tx, actor, { objectKind: 'mutual-aid-claim', objectId: claimId })
  await writeAct(tx, actor, {
    objectKind: 'mutual-aid-claim',
    objectId: claimId,
    verb: '支付',
    from: 'approved',
    to: 'paid',
  })
  await audit(tx, actor, {
    action: 'mutual-aid.pay',
    objectKind: 'mutual-aid-claim',
    objectId: claimId,
    unitId: claim.unitId,
    summary: `支付互助补助 ${claim.approvedFen! / 100} 元（编号 ${claimId}）`,
  })
  await keepRecords(tx, actor, claims, [
    {
      keptBy: `mutual-aid/claims/${claimId}`,
      draft: {
        unitId: claim.unitId,
        happenedOn: paidOn,
        personId: claim.personId,
        fields: {
          scheme: plan.scheme,
          appliedOn: claim.filedOn,
          cause: claim.cause,
          enrolled: true,
          amount: claim.approvedFen!,
        },
      },
    },
  ])
}
