import { sql } from 'kysely'
import type { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound, Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import { refund, refundEarlier } from '../../funds/public.ts'
import type { refundInput } from '../contract.ts'
import { cycleById, lockCycle } from './cycles.ts'
import { filePaid, fileRefund } from './filing.ts'
import { openAid } from './opening.ts'
import { lockEntitlement, withSource } from './pay.ts'

/** The cycle one person's share belongs to. @throws Problem 404 */
export async function cycleOfShare(db: Db | Tx, actor: Actor, entitlementId: number): Promise<{ cycleId: number }> {
  const { rows } = await sql<{ cycleId: number }>`
    select cycle_id as "cycleId" from aid.share where id = ${entitlementId}`.execute(db)
  if (!rows[0]) throw notFound('发放名单')
  const { id } = await cycleById(db, actor, rows[0].cycleId)
  return { cycleId: id }
}

/**
 * Money that came back, all of it or a part. In the year of the payment the spending is reduced in the journal and the
 * figures with it; in a later one the surplus is put right and the figures of the first year stay. Who has something left
 * still counts as helped.
 * @throws Problem 403 | 404, 409 `refunded-meanwhile` | `period-closed`, 422 `not-now` | `dates-wrong` | `too-much`
 */
export async function refundOne(
  tx: Tx,
  actor: Actor,
  entitlementId: number,
  back: z.input<typeof refundInput>,
  today: string,
): Promise<{ voucherId: number; voucherNumber: string; leftFen: number }> {
  await openAid(tx, actor)
  // The cycle before its entitlement, as in the payment: two deeds wait for each other in one order.
  const { cycleId } = await cycleOfShare(tx, actor, entitlementId)
  const cycle = await withSource(tx, await lockCycle(tx, actor, cycleId))
  const held = await lockEntitlement(tx, entitlementId)
  await requirePermission(tx, actor, 'aid.pay', cycle.unitId, 'aid.read')
  if (held.state !== 'paid')
    throw refused(
      'not-now',
      held.state === 'refunded' ? '这笔款项已经全部退回。' : '只有已发放的款项可以登记退回。',
      held.state === 'refunded' ? { amountFen: '已经全部退回' } : {},
    )
  const paidLeft = held.amountFen - held.refundedFen
  if (held.refundedFen !== (back.seenFen ?? 0))
    throw new Problem(
      409,
      'refunded-meanwhile',
      `这笔款项已登记退回 ${formatYuan(held.refundedFen)} 元，还剩 ${formatYuan(paidLeft)} 元。请核对后再登记。`,
      { amountFen: `已退回 ${formatYuan(held.refundedFen)} 元，请核对` },
    )
  const amountFen = back.amountFen ?? paidLeft
  if (amountFen > paidLeft)
    throw refused('too-much', `最多还能退回 ${formatYuan(paidLeft)} 元。`, {
      amountFen: `最多 ${formatYuan(paidLeft)} 元`,
    })
  if (back.refundedOn < held.paidOn! || back.refundedOn > today)
    throw refused('dates-wrong', `退回日期应在 ${held.paidOn} 至 ${today} 之间。`, { refundedOn: '请核对退回日期' })
  const laterYear = back.refundedOn.slice(0, 4) !== held.paidOn!.slice(0, 4)
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('aid.refund', 'id'))::bigint as id`.execute(tx)
  const { id } = rows[0]!
  const approver = { accountId: cycle.approvedBy!, name: cycle.approvedName! }
  const whole = amountFen === held.amountFen
  const money = {
    unitId: cycle.unitId,
    on: back.refundedOn,
    amountFen,
    projectId: cycle.purse.projectId,
    payer: held.personName,
    summary: `${held.personName}退回${laterYear ? `${held.paidOn!.slice(0, 4)} 年` : ''}${cycle.programme}${whole ? '' : '部分款项'}`,
    source: `aid/entitlements/${entitlementId}/refunds/${id}`,
    signatures: { reviewed: approver, approved: approver, cashier: { accountId: actor.accountId, name: actor.name } },
  }
  const posted = laterYear
    ? await refundEarlier(tx, actor, money)
    : await refund(tx, actor, { ...money, expenseAccount: cycle.purse.accountCode })
  await sql`insert into aid.refund (id, entitlement_id, cycle_id, amount_fen, refunded_on, later_year, reason, voucher_id, voucher_number,
      booked_by, booked_name)
    overriding system value values (${id}, ${entitlementId}, ${cycle.id}, ${amountFen}, ${back.refundedOn}::date, ${laterYear}, ${back.reason},
      ${posted.voucherId}, ${posted.number}, ${actor.accountId}, ${actor.name})`.execute(tx)
  const leftFen = paidLeft - amountFen
  if (leftFen === 0)
    await sql`update aid.entitlement set state = 'refunded', refunded_fen = amount_fen, refunded_on = ${back.refundedOn}::date,
      reason = ${back.reason} where id = ${entitlementId}`.execute(tx)
  else
    await sql`update aid.entitlement set refunded_fen = refunded_fen + ${amountFen} where id = ${entitlementId}`.execute(
      tx,
    )
  await writeAct(tx, actor, {
    objectKind: 'aid-cycle',
    objectId: cycle.id,
    verb: '退回款项',
    from: 'paid',
    to: 'paid',
    words: `${held.personName} ${formatYuan(amountFen)} 元（${posted.number}）${leftFen ? `，还剩 ${formatYuan(leftFen)} 元` : ''}：${back.reason}`,
  })
  if (!laterYear) await filePaid(tx, actor, cycle, [held.unitId])
  await fileRefund(tx, actor, cycle, id)
  return { voucherId: posted.voucherId, voucherNumber: posted.number, leftFen }
}
