import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { actsOf, writeAct } from '../../../kernel/lifecycle/act.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import type { ClaimRow, PaymentInput, Plan } from '../contract.ts'
import { claims } from '../registers/insurance.ts'
import { lockClaim, returnsOf } from './claims.ts'
import { planById } from './plans.ts'
import { bookOfPlan, moveHeld } from './pool.ts'

const KIND = 'mutual-aid-claim'

/**
 * Pays an approved claim, once: out of the money the union holds for the plan, with its voucher; or notes that the organisation
 * paid the member directly. In one transaction with 互助保障理赔, where the year counts it.
 * @returns the voucher's number, if there is one
 * @throws Problem 403 | 404, 409 `reserve-short` | as `postVoucher`, 422 `not-now` | `in-future` | `before-claim` | `before-return` | `own-claim` |
 *   `same-hand` | `sample-open` | `through-book` | `no-pool` | `book-missing`
 */
export async function payClaim(
  tx: Tx,
  actor: Actor,
  claimId: number,
  draft: PaymentInput,
  today: string,
): Promise<{ voucherNo: string | null }> {
  const claim = await lockClaim(tx, actor, claimId)
  await requirePermission(tx, actor, 'mutual-aid.write', claim.unitId)
  if (claim.state !== 'approved') throw refused('not-now', '只有批准后、未支付的申请可以登记支付。')
  if (draft.paidOn > today) throw refused('in-future', '支付日期不能晚于今天。', { paidOn: '不能晚于今天' })
  if (draft.paidOn < claim.filedOn)
    throw refused('before-claim', `支付日期不能早于申请日期 ${claim.filedOn}。`, { paidOn: '早于申请日期' })
  const back = (await returnsOf(tx, claimId)).at(-1)
  if (back && draft.paidOn < back.returnedOn)
    throw refused('before-return', `上一笔款在 ${back.returnedOn} 被银行退回，再次支付不能早于这一天。`, {
      paidOn: '早于退汇日期',
    })
  if (actor.personId === claim.personId) throw refused('own-claim', '不能办理本人的申请，请由其他人办理。')
  const approver = (await actsOf(tx, KIND, claimId)).findLast(
    (done) => done.verb === '同意' && done.toState === 'approved',
  )
  if (approver?.actorId === actor.accountId) throw refused('same-hand', '审批的人不能支付，请由另一个人办理。')
  await requireSampled(tx, claim)
  const plan = await planById(tx, claim.planId)
  const through = draft.through ?? (plan.kind === 'internal' ? 'account' : 'direct')
  if (through === 'direct' && plan.kind === 'internal')
    throw refused('through-book', '内部互助金从工会账户支付，不能登记为承办机构直接支付。', {
      through: '请选择经工会账户',
    })
  if (through === 'account' && plan.kind === 'bought')
    throw refused('no-pool', '购买的保险由保险机构直接赔付，工会账户没有这笔钱。', { through: '请选择直接支付' })
  const voucher = through === 'account' ? await fromPool(tx, actor, claim, plan, draft.paidOn, approver!) : null
  await sql`update mutual_aid.claim set state = 'paid', paid_fen = approved_fen, paid_on = ${draft.paidOn}::date,
      paid_through = ${through}, voucher_id = ${voucher?.voucherId ?? null}, voucher_no = ${voucher?.voucherNo ?? null}
    where id = ${claimId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: KIND, objectId: claimId })
  await writeAct(tx, actor, {
    objectKind: KIND,
    objectId: claimId,
    verb: '支付',
    from: 'approved',
    to: 'paid',
    words: voucher ? `凭证 ${voucher.voucherNo}` : null,
  })
  await audit(tx, actor, {
    action: 'mutual-aid.pay',
    objectKind: KIND,
    objectId: claimId,
    unitId: claim.unitId,
    summary: `支付互助补助 ${formatYuan(claim.approvedFen!)} 元（编号 ${claimId}）`,
  })
  await keepPaid(tx, actor, claim, plan, draft.paidOn)
  return { voucherNo: voucher?.voucherNo ?? null }
}

/** @throws Problem 422 `sample-open` while a claim that was picked hasn't been looked at since it was approved */
async function requireSampled(tx: Tx, claim: ClaimRow): Promise<void> {
  if (!claim.sampled) return
  const { rows } = await sql<{ outcome: string }>`
    select outcome from mutual_aid.sample_review where claim_id = ${claim.id} order by id desc limit 1`.execute(tx)
  if (rows[0]?.outcome !== 'sound') throw refused('sample-open', '这件申请被抽中复查，复查属实以后才能支付。')
}

/** The voucher names the claim by its number: books are read by people who needn't know what somebody fell ill of. */
async function fromPool(
  tx: Tx,
  actor: Actor,
  claim: ClaimRow,
  plan: Plan,
  paidOn: string,
  approver: { actorId: number; actorName: string },
): Promise<{ voucherId: number; voucherNo: string }> {
  const back = await returnsOf(tx, claim.id)
  const hand = { accountId: approver.actorId, name: approver.actorName }
  return moveHeld(tx, actor, {
    plan,
    book: await bookOfPlan(tx, plan, claim.unitId),
    kind: 'claim',
    amountFen: claim.approvedFen!,
    onDay: paidOn,
    people: 1,
    counterparty: claim.personName,
    summary: `支付互助补助：${plan.title}，理赔 ${claim.id} 号`,
    // After a payment that the bank sent back, another voucher.
    source: back.length ? `mutual-aid/claims/${claim.id}/payments/${back.length + 1}` : `mutual-aid/claims/${claim.id}`,
    signatures: { reviewed: hand, approved: hand, cashier: { accountId: actor.accountId, name: actor.name } },
  })
}

const keepPaid = (tx: Tx, actor: Actor, claim: ClaimRow, plan: Plan, paidOn: string): Promise<number[]> =>
  keepRecords(tx, actor, claims, [
    {
      keptBy: `mutual-aid/claims/${claim.id}`,
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
