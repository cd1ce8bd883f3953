import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import { notify } from '../../../kernel/notices/notices.ts'
import { dropKept } from '../../../kernel/register/kept.ts'
import type { BankReturnInput } from '../contract.ts'
import { claims } from '../registers/insurance.ts'
import { MOVEMENTS } from '../words.ts'
import { lockClaim } from './claims.ts'
import { awaitMoney } from './decide.ts'
import { planById } from './plans.ts'
import { bookOfPlan, moveHeld } from './pool.ts'

const KIND = 'mutual-aid-claim'

/**
 * Undoes a payment that the bank sent back (退汇: a closed account, a wrong number): the money stands in 代管经费 again by a voucher of
 * its own, the record of the payment is void, since nobody received it, and the claim waits to be paid. Nothing that was decided
 * changes; the first payment stays to be seen.
 * @throws Problem 403 | 404, 409 as `postVoucher`, 422 `not-now` | `own-claim` | `not-through-account` | `in-future` | `before-paid`
 */
export async function takeBackPayment(
  tx: Tx,
  actor: Actor,
  claimId: number,
  back: BankReturnInput,
  today: string,
): Promise<{ voucherNo: string }> {
  const claim = await lockClaim(tx, actor, claimId)
  await requirePermission(tx, actor, 'mutual-aid.write', claim.unitId)
  if (claim.state !== 'paid') throw refused('not-now', '只有已支付的申请可以登记退汇。')
  if (actor.personId === claim.personId) throw refused('own-claim', '不能办理本人的申请，请由其他人办理。')
  if (claim.paidThrough !== 'account')
    throw refused(
      'not-through-account',
      '这笔补助由承办机构直接支付，没有经过工会账户。退汇请与承办机构联系，由其重新支付。',
    )
  if (back.returnedOn > today) throw refused('in-future', '退汇日期不能晚于今天。', { returnedOn: '不能晚于今天' })
  if (back.returnedOn < claim.paidOn!)
    throw refused('before-paid', `退汇日期不能早于支付的 ${claim.paidOn}。`, { returnedOn: '早于支付日期' })
  const plan = await planById(tx, claim.planId)
  const amountFen = claim.paidFen!
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('mutual_aid.payment_return', 'id'))::bigint as id`.execute(tx)
  const { id } = rows[0]!
  const posted = await moveHeld(tx, actor, {
    plan,
    book: await bookOfPlan(tx, plan, claim.unitId),
    kind: 'returned',
    amountFen,
    onDay: back.returnedOn,
    people: 1,
    counterparty: claim.personName,
    summary: `${MOVEMENTS.returned}：${plan.title}，理赔 ${claimId} 号（原付款 ${claim.voucherNo}）`,
    source: `mutual-aid/claims/${claimId}/returns/${id}`,
    signatures: { cashier: { accountId: actor.accountId, name: actor.name } },
  })
  await sql`insert into mutual_aid.payment_return (id, claim_id, paid_on, amount_fen, paid_voucher_id, paid_voucher_no, returned_on, reason,
      voucher_id, voucher_no, booked_by, booked_name)
    overriding system value values (${id}, ${claimId}, ${claim.paidOn}::date, ${amountFen}, ${claim.voucherId}, ${claim.voucherNo},
      ${back.returnedOn}::date, ${back.reason}, ${posted.voucherId}, ${posted.voucherNo}, ${actor.accountId}, ${actor.name})`.execute(
    tx,
  )
  await sql`update mutual_aid.claim set state = 'approved', paid_fen = null, paid_on = null, paid_through = null, voucher_id = null,
      voucher_no = null where id = ${claimId}`.execute(tx)
  await dropKept(tx, actor, claims, [`mutual-aid/claims/${claimId}`], '银行退汇')
  await awaitMoney(tx, claim)
  await writeAct(tx, actor, {
    objectKind: KIND,
    objectId: claimId,
    verb: '退汇',
    from: 'paid',
    to: 'approved',
    words: `${back.reason}（凭证 ${posted.voucherNo}）`,
  })
  await audit(tx, actor, {
    action: 'mutual-aid.bank-return',
    objectKind: KIND,
    objectId: claimId,
    unitId: claim.unitId,
    summary: `登记互助补助退汇 ${formatYuan(amountFen)} 元（编号 ${claimId}）：${back.reason}`,
  })
  const { rows: accounts } = await sql<{ id: number }>`
    select id from accounts.account where person_id = ${claim.personId}`.execute(tx)
  await notify(tx, {
    accountIds: accounts.map((account) => account.id),
    title: '您的互助补助被银行退回，请与工会核对收款账号',
    link: `/mutual-aid/claims/${claimId}`,
  })
  return { voucherNo: posted.voucherNo }
}
