import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { conflict } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../../kernel/lifecycle/todos.ts'
import type { Reversal, Reversed } from '../journal/reversal.ts'

interface Hanging {
  /** The voucher disposed of a card or settled its proceeds. */
  disposal: boolean
  /** A card whose purchase this is has been depreciated, counted out or disposed of since. */
  cardUsed: string | null
  /** It is one of several vouchers of the same month's depreciation of one card. */
  merged: boolean
  /** Goods of it were given out since. */
  stockUsed: string | null
  /** Something was settled against the advance it paid. */
  advanceSettled: string | null
  /** It booked a difference of the till that has been decided since. */
  tillSettled: boolean
  /** It bought what has earned or come back since. */
  investmentMoved: string | null
}

async function hanging(tx: Tx, voucherId: number): Promise<Hanging> {
  const { rows } = await sql<Hanging>`select
    exists (select from funds.asset_disposal where ${voucherId} in (voucher_id, settled_voucher_id)) as disposal,
    (select a.name from funds.asset a where a.voucher_id = ${voucherId} and (a.state <> 'in-use'
      or exists (select from funds.asset_depreciation d where d.asset_id = a.id)) limit 1) as "cardUsed",
    (select v.source like 'funds/depreciation/%' and v.total_fen <> coalesce((select sum(d.amount_fen) from funds.asset_depreciation d
      where d.voucher_id = v.id), 0) and not exists (select from funds.voucher r where r.reverses_id = v.id and r.state = 'posted')
      from funds.voucher v where v.id = ${voucherId}) is true as merged,
    (select i.name from funds.stock_move m join funds.stock_item i on i.id = m.item_id
      where m.voucher_id = ${voucherId} and m.quantity > 0
        and (select sum(x.quantity) from funds.stock_move x where x.item_id = i.id) < m.quantity limit 1) as "stockUsed",
    (select a.payee from funds.advance a where a.voucher_id = ${voucherId}
      and (select coalesce(sum(s.spent_fen + s.returned_fen), 0) from funds.advance_settlement s where s.advance_id = a.id) > 0
      limit 1) as "advanceSettled",
    exists (select from funds.till_count where voucher_id = ${voucherId} and state = 'settled') as "tillSettled",
    (select i.name from funds.investment i where i.voucher_id = ${voucherId} and exists (select from funds.investment_move m
      where m.investment_id = i.id having sum(m.returned_fen) <> 0 or sum(m.earned_fen) <> 0)) as "investmentMoved"`.execute(
    tx,
  )
  return rows[0]!
}

/** Goods, cards, depreciation, advances, counts of the till and investments that hang on a voucher. What was used since stands in the way. */
export const assetReversal: Reversal = {
  async check(tx, { voucherId }) {
    const found = await hanging(tx, voucherId)
    if (found.disposal)
      throw conflict('disposal-final', '资产处置的凭证不能冲销。处置有误的，请填制更正凭证并说明原因。')
    if (found.cardUsed)
      throw conflict(
        'card-used',
        `固定资产“${found.cardUsed}”已计提折旧或已处置，购置凭证不能冲销。请先冲销折旧凭证，或办理资产处置。`,
      )
    if (found.merged)
      throw conflict('depreciation-merged', '这个月的折旧分几次计提，不能只冲销其中一次。请填制更正凭证。')
    if (found.stockUsed)
      throw conflict('stock-used', `库存物品“${found.stockUsed}”已经领用，入库凭证不能冲销。请先冲销领用凭证。`)
    if (found.advanceSettled)
      throw conflict('advance-settled', `${found.advanceSettled}的借支已经报账，借支凭证不能冲销。请先冲销报账凭证。`)
    if (found.tillSettled)
      throw conflict('till-settled', '这次现金盘点的差额已经处理，入账凭证不能冲销。请先冲销处理凭证。')
    if (found.investmentMoved)
      throw conflict(
        'investment-moved',
        `“${found.investmentMoved}”已有收益或收回，买入凭证不能冲销。请先冲销收益、收回的凭证。`,
      )
  },
  async undo(tx, actor, reversed, red) {
    await undoStockAndCards(tx, actor, reversed, red)
    await undoAdvances(tx, actor, reversed, red)
    await undoTill(tx, reversed)
    await undoInvestments(tx, actor, reversed, red)
  },
}

async function undoStockAndCards(
  tx: Tx,
  actor: Actor,
  { voucherId }: Reversed,
  red: { voucherId: number; onDate: string },
): Promise<void> {
  await sql`insert into funds.stock_move (item_id, on_date, quantity, amount_fen, purpose, voucher_id, made_by)
    select item_id, ${red.onDate}::date, -quantity, -amount_fen, '冲销：' || purpose, ${red.voucherId}, ${actor.accountId}
    from funds.stock_move where voucher_id = ${voucherId}`.execute(tx)
  await sql`update funds.asset set state = 'left', left_on = greatest(acquired_on, ${red.onDate}::date), version = version + 1,
      note = concat_ws('；', nullif(note, ''), '购置凭证已红字冲销') where voucher_id = ${voucherId} and state = 'in-use'`.execute(
    tx,
  )
  await sql`delete from funds.asset_depreciation where voucher_id = ${voucherId}`.execute(tx)
}

async function undoAdvances(
  tx: Tx,
  actor: Actor,
  { voucherId, book }: Reversed,
  red: { voucherId: number; onDate: string },
): Promise<void> {
  // An advance that was never paid owes nothing: its red voucher settles it.
  const { rows: ended } = await sql<{ id: number }>`
    insert into funds.advance_settlement (advance_id, on_date, returned_fen, voucher_id, made_by)
    select id, ${red.onDate}::date, amount_fen, ${red.voucherId}, ${actor.accountId} from funds.advance
    where voucher_id = ${voucherId} returning advance_id as id`.execute(tx)
  for (const { id } of ended) await closeTodo(tx, actor, { objectKind: 'advance', objectId: id })
  const { rows: again } = await sql<{ id: number; payee: string; purpose: string; dueOn: string }>`
    with back as (
      insert into funds.advance_settlement (advance_id, on_date, spent_fen, returned_fen, voucher_id, made_by)
      select advance_id, ${red.onDate}::date, -spent_fen, -returned_fen, ${red.voucherId}, ${actor.accountId}
      from funds.advance_settlement where voucher_id = ${voucherId} returning advance_id)
    select a.id, a.payee, a.purpose, a.due_on as "dueOn" from back join funds.advance a on a.id = back.advance_id`.execute(
    tx,
  )
  for (const advance of again)
    await openTodo(tx, {
      kind: 'funds.advance-due',
      objectKind: 'advance',
      objectId: advance.id,
      unitId: book.unitId,
      permission: 'funds.post',
      title: `${advance.payee}借支待报账（原报账已冲销）：${advance.purpose}`,
      link: '/funds/advances',
      dueOn: advance.dueOn,
    })
}

/** The difference waits for a decision again; a count whose booking is taken back is counted anew. */
async function undoTill(tx: Tx, { voucherId, book }: Reversed): Promise<void> {
  const { rows } = await sql<{ id: number; onDate: string }>`
    update funds.till_count set state = 'confirmed', settled_how = null, settled_party = null, settled_on = null,
      settled_by = null, settled_name = null, document = null, settled_voucher_id = null
    where settled_voucher_id = ${voucherId} returning id, on_date as "onDate"`.execute(tx)
  for (const { id, onDate } of rows)
    await openTodo(tx, {
      kind: 'funds.till-count',
      objectKind: 'till-count',
      objectId: id,
      unitId: book.unitId,
      permission: 'funds.approve',
      title: `现金盘点的差额待处理（${onDate} 盘点，原处理已冲销）`,
      link: '/funds/till',
    })
  await sql`update funds.till_count set state = 'returned', returned = '入账凭证已红字冲销，请重新盘点'
    where voucher_id = ${voucherId} and state = 'confirmed'`.execute(tx)
}

/** A purchase that is taken back leaves nothing invested; what was earned or returned is invested again. */
async function undoInvestments(
  tx: Tx,
  actor: Actor,
  { voucherId }: Reversed,
  red: { voucherId: number; onDate: string },
): Promise<void> {
  await sql`insert into funds.investment_move (investment_id, on_date, returned_fen, earned_fen, voucher_id, made_by)
    select id, ${red.onDate}::date, cost_fen, 0, ${red.voucherId}::bigint, ${actor.accountId}::bigint
    from funds.investment where voucher_id = ${voucherId}
    union all select investment_id, ${red.onDate}::date, -returned_fen, -earned_fen, ${red.voucherId}, ${actor.accountId}
    from funds.investment_move where voucher_id = ${voucherId}`.execute(tx)
}
