import { sql } from 'kysely'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, forbidden, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import {
  bookOf,
  declareSettlement,
  progressOf,
  requestSpending,
  type Settled,
  type SpendingKindId,
} from '../../funds/public.ts'
import { EIGHT_FORBIDDEN } from '../../rules/public.ts'
import type { EventMoney, MoneyInput } from '../contract.ts'
import { eventById, keepEvent } from './events.ts'

const SOURCE = 'retirees/events/'

/** A trip is judged by the outings' cap a head, everything else is an activity. */
const kindOf = (details: Record<string, unknown>): SpendingKindId =>
  details['occasion'] === '春秋游' || details['form'] === '参观' || details['form'] === '红色旅游'
    ? 'outing'
    : 'activity'

/** Where a request of an event stands; null when none was made. The caller has decided who may see the event. */
export async function moneyOf(db: Db | Tx, requestId: number | null): Promise<EventMoney | null> {
  if (requestId === null) return null
  return (await progressOf(db, [requestId])).get(requestId) ?? null
}

/**
 * In a union that keeps a book an activity's cost is what the journal paid, not what somebody typed.
 * @throws Problem 422 `through-book`
 */
export async function refuseTyped(tx: Tx, unitId: number, onDay: string, costFen: number): Promise<void> {
  if (costFen === 0) return
  const book = await bookOf(tx, unitId)
  if (book && onDay >= book.openedOn)
    throw refused('through-book', '本级工会已经建账，活动支出请登记后在活动页“申请经费”，付款后自动计入。', {
      costFen: '请留空，登记后申请经费',
    })
}

/**
 * Asks the union's funds for an activity's money: it goes through check, signature and payment there, and counts here once it
 * is paid.
 * @returns the request; it opens at `/funds/spending/ID`
 * @throws Problem 403 | 404, 409 `asked-already`, 422 `not-activity` | `no-book` | `unconfirmed` | those of `requestSpending`
 */
export async function askForMoney(
  tx: Tx,
  actor: Actor,
  eventId: number,
  draft: MoneyInput,
  today: string,
): Promise<{ requestId: number }> {
  await sql`select from retirees.event where id = ${eventId} for update`.execute(tx)
  const event = await eventById(tx, actor, eventId)
  await requirePermission(tx, actor, 'retirees.write', event.unitId, 'retirees.read')
  if (!(await allows(tx, actor, 'funds.apply', event.unitId))) throw forbidden('提出支出申请')
  if (event.kind !== 'activity')
    throw refused('not-activity', '走访和福利的支出请在“经费”里按慰问品或慰问金申请，这里只办活动经费。')
  if (!(await bookOf(tx, event.unitId)))
    throw refused('no-book', '本级工会还没有建账，不能申请经费；支出可以在登记活动时填写。')
  const { money } = event
  if (money && money.state !== 'refused' && money.state !== 'cancelled')
    throw conflict('asked-already', `这次活动已经申请 ${formatYuan(money.amountFen)} 元，请在支出申请里继续办理。`)
  if (!draft.confirmed)
    throw refused('unconfirmed', '活动经费要从工会账上支出，请先确认不属于“八不准”的情形。', {
      confirmed: '请勾选确认',
    })
  const { rows } = await sql<{ asked: number }>`
    update retirees.event set asked = asked + 1 where id = ${eventId} returning asked`.execute(tx)
  const { asked } = rows[0]!
  const people = event.done || event.invited || event.due
  const { id } = await requestSpending(
    tx,
    actor,
    {
      unitId: event.unitId,
      kind: kindOf(event.details),
      purpose: `离退休人员活动：${event.title}（${event.onDay}，${people} 人）`.slice(0, 200),
      amountFen: draft.amountFen,
      payee: draft.payee,
      people,
      form: 'service',
      method: draft.method,
      confirmed: EIGHT_FORBIDDEN.map((card) => card.id),
      source: asked === 1 ? `${SOURCE}${eventId}` : `${SOURCE}${eventId}?${asked}`,
    },
    today,
  )
  await sql`update retirees.event set request_id = ${id} where id = ${eventId}`.execute(tx)
  await audit(tx, actor, {
    action: 'retirees.ask-money',
    objectKind: 'retirees-event',
    objectId: eventId,
    unitId: event.unitId,
    summary: `为“${event.title}”申请经费 ${formatYuan(draft.amountFen)} 元`,
  })
  return { requestId: id }
}

async function settle(tx: Tx, actor: Actor, { requestId }: Settled, paidFen: number): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    update retirees.event set paid_fen = ${paidFen} where request_id = ${requestId} returning id`.execute(tx)
  if (rows[0]) await keepEvent(tx, actor, rows[0].id)
}

/** The activity's figure in yuan is what was paid, and nothing again when the payment is reversed. */
declareSettlement(SOURCE, {
  paid: (tx, actor, settled) => settle(tx, actor, settled, settled.amountFen),
  undone: (tx, actor, settled) => settle(tx, actor, settled, 0),
})
