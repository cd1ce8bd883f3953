import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import { lockBook, moveEntrusted, requireBook, spend, type Book, type Signatures } from '../../funds/public.ts'
import type { CollectInput, HandoverInput, Movement, Plan, ReceiptInput } from '../contract.ts'
import { MOVEMENTS } from '../words.ts'
import { keepRound } from './enrolment.ts'
import { planFor } from './plans.ts'

/** 其他服务支出: the part of a premium that the union pays out of its own money. */
const SERVICE = '50305'

/** The book a plan's money stands in: an internal fund's in that of the union that runs it, otherwise in the members' own. */
export const bookOfPlan = (tx: Db | Tx, plan: Plan, unitId: number): Promise<Book> =>
  requireBook(tx, plan.kind === 'internal' ? plan.unitId : unitId)

/** What a union holds of a plan, fen: everything that came in less everything that went out. */
export async function heldOf(db: Db | Tx, planId: number, bookUnitId: number): Promise<number> {
  const { rows } = await sql<{ held: number }>`
    select coalesce(sum(amount_fen), 0)::bigint as held from mutual_aid.movement
    where plan_id = ${planId} and book_unit_id = ${bookUnitId}`.execute(db)
  return rows[0]!.held
}

export interface Move {
  plan: Plan
  book: Book
  kind: Movement['kind']
  /** fen, above zero; the kind says whether it comes in or goes out */
  amountFen: number
  onDay: string
  people: number
  counterparty: string
  summary: string
  /** path of the thing in the app: one voucher each */
  source: string
  signatures?: Signatures
}

/**
 * Moves other people's money: one voucher between 代管经费 and the bank, and the line that remembers it, in the book's lane. Out
 * goes only what the plan holds.
 * @throws Problem 409 `reserve-short` | `source-posted` | `overdrawn` | `period-closed`
 */
export async function moveHeld(tx: Tx, actor: Actor, move: Move): Promise<{ voucherId: number; voucherNo: string }> {
  const { plan, book, amountFen, source } = move
  const into = move.kind !== 'handover' && move.kind !== 'claim'
  await lockBook(tx, book.id)
  if (!into) {
    const held = await heldOf(tx, plan.id, book.unitId)
    if (held < amountFen)
      throw conflict(
        'reserve-short',
        `“${plan.title}”的代管款只有 ${formatYuan(held)} 元，不够支付 ${formatYuan(amountFen)} 元。请先收缴或等拨款到账。`,
      )
  }
  const posted = await moveEntrusted(tx, actor, book, {
    way: into ? 'in' : 'out',
    whose: plan.title,
    party: move.counterparty,
    amountFen,
    on: move.onDay,
    summary: move.summary,
    source,
    ...(move.signatures && { signatures: move.signatures }),
  })
  await sql`insert into mutual_aid.movement (plan_id, book_unit_id, kind, amount_fen, on_day, people, voucher_id, voucher_no, source)
    values (${plan.id}, ${book.unitId}, ${move.kind}, ${into ? amountFen : -amountFen}, ${move.onDay}::date, ${move.people},
      ${posted.voucherId}, ${posted.number}, ${source})`.execute(tx)
  return { voucherId: posted.voucherId, voucherNo: posted.number }
}

const requireThePast = (onDay: string, today: string, name: string): void => {
  if (onDay > today) throw refused('in-future', '日期不能晚于今天。', { [name]: '不能晚于今天' })
}
/** A place of its own for each deed on a plan's money, known before the voucher is written. */
async function sourceOf(tx: Tx, plan: Plan, unitId: number): Promise<string> {
  const { rows } = await sql<{ no: number }>`
    select nextval(pg_get_serial_sequence('mutual_aid.movement', 'id'))::bigint as no`.execute(tx)
  return `mutual-aid/plans/${plan.id}/${unitId}/money/${rows[0]!.no}`
}

/**
 * Books the premiums of those who are enrolled and haven't paid: into 代管经费, since the money isn't the union's. What the
 * union adds to an internal fund is spending of its own and passes the budget.
 * @returns how many paid and how much, fen
 * @throws Problem 403 | 404, 422 `nobody-due` | `nothing-to-collect` | `book-missing` | `in-future`, 409 as `spend`
 */
export async function collectPremiums(
  tx: Tx,
  actor: Actor,
  planId: number,
  draft: CollectInput,
  today: string,
): Promise<{ people: number; amountFen: number; voucherNo: string }> {
  await requirePermission(tx, actor, 'mutual-aid.write', draft.unitId, 'mutual-aid.read')
  const plan = await planFor(tx, planId, draft.unitId)
  requireThePast(draft.receivedOn, today, 'receivedOn')
  const ownFen = plan.premiumFen - plan.unionFen
  if (ownFen === 0) throw refused('nothing-to-collect', '这个计划由工会全额承担，不向个人收缴。')
  const book = await bookOfPlan(tx, plan, draft.unitId)
  await lockBook(tx, book.id)
  const wanted = draft.personIds ? sql`and e.person_id = any(${draft.personIds}::bigint[])` : sql``
  const { rows } = await sql`
    update mutual_aid.enrolment e set paid_on = ${draft.receivedOn}::date, paid_through = 'account'
    from kernel.closure k
    where e.plan_id = ${planId} and e.paid_on is null and k.descendant_id = e.unit_id and k.ancestor_id = ${draft.unitId}
      and k.valid_to = 'infinity' ${wanted} returning e.id`.execute(tx)
  const people = rows.length
  if (!people) throw refused('nobody-due', '没有已参加而未缴费的人，不用收缴。')
  const source = await sourceOf(tx, plan, draft.unitId)
  const added = plan.kind === 'internal' ? people * plan.unionFen : 0
  if (added > 0) {
    await requirePermission(tx, actor, 'mutual-aid.approve', draft.unitId, 'mutual-aid.read')
    await payShare(tx, actor, plan, draft.unitId, added, draft.receivedOn, `${source}/union`)
  }
  const amountFen = people * ownFen + added
  const { voucherNo } = await moveHeld(tx, actor, {
    plan,
    book,
    kind: 'premium',
    amountFen,
    onDay: draft.receivedOn,
    people,
    counterparty: `${people} 名职工`,
    summary: `${MOVEMENTS.premium}：${plan.title}，${people} 人`,
    source,
  })
  await audit(tx, actor, {
    action: 'mutual-aid.collect',
    objectKind: 'mutual-aid-plan',
    objectId: planId,
    unitId: draft.unitId,
    summary: `收缴“${plan.title}” ${people} 人，${formatYuan(amountFen)} 元`,
  })
  await keepRound(tx, actor, plan, draft.unitId, today)
  return { people, amountFen, voucherNo }
}

const payShare = (tx: Tx, actor: Actor, plan: Plan, unitId: number, amountFen: number, on: string, source: string) =>
  spend(tx, actor, {
    unitId: plan.kind === 'internal' ? plan.unitId : unitId,
    on,
    amountFen,
    expenseAccount: SERVICE,
    economicClass: '30299',
    payee: plan.organiser,
    summary: `工会承担互助保障费用：${plan.title}`.slice(0, 200),
    source,
  })

/** Books what the organisation sent for claims, before it goes on to the members. @throws Problem 403 | 404, 422 `no-receipts` */
export async function receiveForClaims(
  tx: Tx,
  actor: Actor,
  planId: number,
  draft: ReceiptInput,
  today: string,
): Promise<{ voucherNo: string }> {
  await requirePermission(tx, actor, 'mutual-aid.write', draft.unitId, 'mutual-aid.read')
  const plan = await planFor(tx, planId, draft.unitId)
  requireThePast(draft.receivedOn, today, 'receivedOn')
  if (plan.kind === 'internal') throw refused('no-receipts', '内部互助金没有承办机构拨款，缴费请在“收缴”里登记。')
  const { voucherNo } = await moveHeld(tx, actor, {
    plan,
    book: await bookOfPlan(tx, plan, draft.unitId),
    kind: 'receipt',
    amountFen: draft.amountFen,
    onDay: draft.receivedOn,
    people: 0,
    counterparty: plan.organiser,
    summary: `${MOVEMENTS.receipt}：${plan.title}（${draft.reference}）`,
    source: await sourceOf(tx, plan, draft.unitId),
  })
  await audit(tx, actor, {
    action: 'mutual-aid.receive',
    objectKind: 'mutual-aid-plan',
    objectId: planId,
    unitId: draft.unitId,
    summary: `收到“${plan.title}”理赔拨款 ${formatYuan(draft.amountFen)} 元（${draft.reference}）`,
  })
  return { voucherNo }
}

/**
 * Hands a list over to the organisation or insurer: everybody who paid and wasn't on a list yet, with the money that was
 * collected for it; the union's part is its own spending and passes the budget.
 * @throws Problem 403 | 404, 422 `stays-here` | `nobody-due` | `in-future`, 409 `reserve-short` | as `spend`
 */
export async function handOver(
  tx: Tx,
  actor: Actor,
  planId: number,
  draft: HandoverInput,
  today: string,
): Promise<{ id: number; people: number; amountFen: number }> {
  await requirePermission(tx, actor, 'mutual-aid.approve', draft.unitId, 'mutual-aid.read')
  const plan = await planFor(tx, planId, draft.unitId)
  requireThePast(draft.handedOn, today, 'handedOn')
  if (plan.kind === 'internal') throw refused('stays-here', '内部互助金由本级工会管理，不用上交。')
  const ownFen = plan.premiumFen - plan.unionFen
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mutual-aid-plan:${planId}`}, 0))`.execute(tx)
  const { rows } = await sql<{ id: number; account: boolean; direct: boolean }>`
    select e.id, coalesce(e.paid_through = 'account', false) as account, coalesce(e.paid_through = 'direct', false) as direct
    from mutual_aid.enrolment e join kernel.closure k on k.descendant_id = e.unit_id and k.ancestor_id = ${draft.unitId}
      and k.valid_to = 'infinity'
    where e.plan_id = ${planId} and e.handover_id is null ${ownFen === 0 ? sql`` : sql`and e.paid_on is not null`}
    for update of e`.execute(tx)
  if (!rows.length) throw refused('nobody-due', '没有已缴费而未上交的人，不用上交。')
  const heldFen = rows.filter((row) => row.account).length * ownFen
  const shareFen = rows.filter((row) => !row.direct).length * plan.unionFen
  const amountFen = heldFen + shareFen
  const made = await sql<{ id: number }>`
    insert into mutual_aid.handover (plan_id, unit_id, handed_on, people, amount_fen, created_by, created_name)
    values (${planId}, ${draft.unitId}, ${draft.handedOn}::date, ${rows.length}, ${amountFen}, ${actor.accountId}, ${actor.name})
    returning id`.execute(tx)
  const { id } = made.rows[0]!
  await sql`update mutual_aid.enrolment set handover_id = ${id}, paid_on = coalesce(paid_on, ${draft.handedOn}::date),
      paid_through = coalesce(paid_through, 'none') where id = any(${rows.map((row) => row.id)}::bigint[])`.execute(tx)
  if (heldFen > 0)
    await moveHeld(tx, actor, {
      plan,
      book: await bookOfPlan(tx, plan, draft.unitId),
      kind: 'handover',
      amountFen: heldFen,
      onDay: draft.handedOn,
      people: rows.length,
      counterparty: plan.organiser,
      summary: `${MOVEMENTS.handover}：${plan.title}，${rows.length} 人`,
      source: `mutual-aid/plans/${planId}/${draft.unitId}/list/${id}`,
    })
  if (shareFen > 0)
    await payShare(
      tx,
      actor,
      plan,
      draft.unitId,
      shareFen,
      draft.handedOn,
      `mutual-aid/plans/${planId}/${draft.unitId}/list/${id}/union`,
    )
  await audit(tx, actor, {
    action: 'mutual-aid.hand-over',
    objectKind: 'mutual-aid-plan',
    objectId: planId,
    unitId: draft.unitId,
    summary: `上交“${plan.title}”名单 ${rows.length} 人，${formatYuan(amountFen)} 元`,
  })
  await keepRound(tx, actor, plan, draft.unitId, today)
  return { id, people: rows.length, amountFen }
}
