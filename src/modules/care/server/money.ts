import { sql } from 'kysely'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { forbidden, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import {
  bookOf,
  progressOf,
  refund,
  refundEarlier,
  requestSpending,
  SPENDING_KINDS,
  type Progress,
  type SpendingKindId,
} from '../../funds/public.ts'
import { EIGHT_FORBIDDEN } from '../../rules/public.ts'
import type { RefundInput, VisitInput } from '../contract.ts'
import type { OCCASIONS } from '../words.ts'
import { type CareEvent, ownEvent } from './events.ts'
import { fileVisit } from './filing.ts'

/** Which kind of spending answers which event; accounts and limits follow from it. */
const KINDS: Readonly<Record<(typeof OCCASIONS)[number], SpendingKindId>> = {
  住院: 'illness',
  生病: 'illness',
  结婚: 'marriage',
  生育: 'birth',
  直系亲属去世: 'bereavement',
  职工去世: 'death',
  退休: 'retirement',
  孤寡独居: 'warmth',
  长期卧床: 'warmth',
  家庭变故: 'warmth',
  看望老专家老领导: 'service',
  其他: 'service',
}

/** What a visit costs the union: the money, and the gift where it was bought for it and not taken from stock. Fen. */
export const costOf = (visit: VisitInput): number => visit.amountFen + (visit.giftBought ? visit.giftValueFen : 0)

/**
 * Asks for the visit's money in the visit's own transaction, where the union keeps a book; without one the visit counts
 * and the money stays a matter of paper.
 * @returns the request, or null where nothing is to be paid from a book
 * @throws Problem 403 without `funds.apply`, 422 `unconfirmed`, those of `requestSpending`
 */
export async function askForMoney(
  tx: Tx,
  actor: Actor,
  event: CareEvent,
  visit: VisitInput,
  today: string,
): Promise<number | null> {
  const amountFen = costOf(visit)
  if (amountFen === 0 || !(await bookOf(tx, event.unitId))) return null
  if (!(await allows(tx, actor, 'funds.apply', event.unitId))) throw forbidden('提出支出申请')
  if (!visit.confirmed)
    throw refused('unconfirmed', '这笔慰问金要从工会账上支出，请先确认不属于“八不准”的情形。', {
      confirmed: '请勾选确认',
    })
  const { rows } = await sql<{ asked: number }>`
    update care.event set asked = asked + 1 where id = ${event.id} returning asked`.execute(tx)
  const { asked } = rows[0]!
  const kin = event.relation === '本人' ? '' : `（${event.relation}）`
  const { id } = await requestSpending(
    tx,
    actor,
    {
      unitId: event.unitId,
      kind: KINDS[event.occasion as keyof typeof KINDS],
      purpose:
        `慰问${event.personName}${kin}${event.occasion}${visit.overReason ? `；超标准原因：${visit.overReason}` : ''}`.slice(
          0,
          200,
        ),
      amountFen,
      payee: visit.payee ?? event.personName,
      personId: event.personId,
      people: 1,
      form: visit.amountFen > 0 ? 'money' : 'goods',
      method: visit.method,
      confirmed: EIGHT_FORBIDDEN.map((card) => card.id),
      source: asked === 1 ? `care/events/${event.id}` : `care/events/${event.id}?${asked}`,
    },
    today,
  )
  await sql`update care.event set request_id = ${id} where id = ${event.id}`.execute(tx)
  return id
}

export interface EventMoney extends Progress {
  refundedFen: number
  /** The reader may take returned money in. */
  mayRefund: boolean
}

/** Where the money of an event stands; null when none was asked for. */
export async function moneyOf(db: Db | Tx, actor: Actor, event: CareEvent): Promise<EventMoney | null> {
  if (event.requestId === null) return null
  const progress = (await progressOf(db, [event.requestId])).get(event.requestId)
  if (!progress) return null
  const book = await bookOf(db, event.unitId)
  return {
    ...progress,
    refundedFen: event.refundedFen,
    mayRefund: progress.state === 'paid' && book !== null && (await allows(db, actor, 'funds.pay', book.unitId)),
  }
}

/** The request was turned down, so the visit's money was never given: it may be put right and asked for again. */
export async function wasTurnedDown(tx: Tx, event: CareEvent): Promise<boolean> {
  if (event.state !== 'visited' || event.requestId === null) return false
  const state = (await progressOf(tx, [event.requestId])).get(event.requestId)?.state
  return state === 'refused' || state === 'cancelled'
}

/**
 * Money that came back from a visit, in one transaction: red spending in the journal and less in the visit's record. In a later
 * year than the payment's the surplus is put right (年初余额调整) and the record stays.
 * @throws Problem 403 | 404, 422 `not-paid` | `too-much` | `before-paid` | those of `refund` and `refundEarlier`
 */
export async function takeBack(
  tx: Tx,
  actor: Actor,
  eventId: number,
  back: RefundInput,
  today: string,
): Promise<{ voucherId: number }> {
  const event = await ownEvent(tx, eventId, today)
  const book = await bookOf(tx, event.unitId)
  if (!book) throw notFound('事项')
  await requirePermission(tx, actor, 'funds.pay', book.unitId, 'funds.read')
  const money = await moneyOf(tx, actor, event)
  if (money?.state !== 'paid' || !event.visit) throw refused('not-paid', '这笔慰问金还没有付出，不能登记退回。')
  const left = money.amountFen - event.refundedFen
  if (back.amountFen > left)
    throw refused('too-much', `最多还能退回 ${formatYuan(left)} 元。`, { amountFen: `最多 ${formatYuan(left)} 元` })
  if (back.on > today) throw refused('in-future', '退回日期不能晚于今天。', { on: '不能晚于今天' })
  if (back.on < money.paidOn!)
    throw refused('before-paid', `退回日期不能早于付款的 ${money.paidOn}。`, { on: '不能早于付款日期' })
  const paidIn = money.paidOn!.slice(0, 4)
  const later = back.on.slice(0, 4) !== paidIn
  const laterFen = later ? back.amountFen : 0
  const { rows } = await sql<{ n: number }>`
    update care.event set refunded_fen = refunded_fen + ${back.amountFen}, refunded_later_fen = refunded_later_fen + ${laterFen}
    where id = ${eventId} returning (select count(*)::int from kernel.act where object_kind = 'care-event' and object_id = ${eventId}) as n`.execute(
    tx,
  )
  const returned = {
    unitId: event.unitId,
    on: back.on,
    amountFen: back.amountFen,
    payInto: back.payInto ?? (event.visit.method === 'cash' ? '101' : '102'),
    payer: event.visit.payee ?? event.personName,
    summary: `退回${later ? `${paidIn} 年` : ''}慰问金：${event.personName}${event.occasion}（原付款 ${money.voucherNumber}）`,
    source: `care/events/${eventId}?back-${rows[0]!.n}`,
    signatures: { cashier: { accountId: actor.accountId, name: actor.name } },
  }
  const expenseAccount = SPENDING_KINDS[KINDS[event.occasion as keyof typeof KINDS]].account
  const posted = later
    ? await refundEarlier(tx, actor, returned)
    : await refund(tx, actor, { ...returned, expenseAccount })
  const words = `退回${later ? ` ${paidIn} 年付出的` : ''} ${formatYuan(back.amountFen)} 元：${back.reason}（${posted.number}）`
  await writeAct(tx, actor, {
    objectKind: 'care-event',
    objectId: eventId,
    verb: '退款',
    from: 'visited',
    to: 'visited',
    words,
  })
  await audit(tx, actor, {
    action: 'care.refund',
    objectKind: 'care-event',
    objectId: eventId,
    unitId: event.unitId,
    summary: `登记${event.personName}慰问金${words}`,
  })
  if (!later) await fileVisit(tx, actor, { ...event, refundedFen: event.refundedFen + back.amountFen }, event.visit)
  return { voucherId: posted.voucherId }
}
