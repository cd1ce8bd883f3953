import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { StockItem, stockInInput, stockOutInput } from '../../asset-contract.ts'
import type { Book } from '../journal/books.ts'
import { postInBook, type PostedVoucher } from '../journal/post.ts'

export async function stockOf(db: Db | Tx, book: Book): Promise<StockItem[]> {
  const { rows } = await sql<StockItem>`
    select i.id, i.name, i.measure, coalesce(sum(m.quantity), 0)::int as quantity, coalesce(sum(m.amount_fen), 0)::bigint as "amountFen",
      coalesce(json_agg(json_build_object('onDate', m.on_date, 'quantity', m.quantity, 'amountFen', m.amount_fen, 'purpose', m.purpose,
        'voucherId', m.voucher_id) order by m.on_date, m.id) filter (where m.id is not null), '[]') as moves
    from funds.stock_item i left join funds.stock_move m on m.item_id = i.id
    where i.book_id = ${book.id} group by i.id order by i.name`.execute(db)
  return rows
}

const move = (
  tx: Tx,
  actor: Actor,
  itemId: number,
  onDate: string,
  quantity: number,
  amountFen: number,
  purpose: string,
  voucherId: number,
) =>
  sql`insert into funds.stock_move (item_id, on_date, quantity, amount_fen, purpose, voucher_id, made_by)
    values (${itemId}, ${onDate}::date, ${quantity}, ${amountFen}, ${purpose}, ${voucherId}, ${actor.accountId})`.execute(
    tx,
  )

/** Goods bought into store: spending and its payment, and beside them 库存物品 against 资产基金, in one voucher. */
export async function stockIn(
  tx: Tx,
  actor: Actor,
  book: Book,
  input: z.output<typeof stockInInput>,
): Promise<PostedVoucher> {
  const { rows } = await sql<{ id: number; measure: string }>`
    insert into funds.stock_item (book_id, name, measure) values (${book.id}, ${input.name}, ${input.measure})
    on conflict (book_id, name) do update set name = excluded.name returning id, measure`.execute(tx)
  const item = rows[0]!
  if (item.measure !== input.measure)
    throw refused('measure-differs', `“${input.name}”一直按“${item.measure}”计量，请用同一单位，或换一个名称。`, {
      measure: `请用“${item.measure}”`,
    })
  const posted = await postInBook(tx, actor, book, {
    onDate: input.onDate,
    summary: `购入${input.name} ${input.quantity} ${input.measure}：${input.purpose}`,
    attachments: input.attachments,
    entries: [
      {
        account: input.spendingAccount,
        debitFen: input.amountFen,
        project: input.project,
        spendingKind: input.project ? 'project' : 'basic',
      },
      { account: input.payFrom, creditFen: input.amountFen },
      { account: '141', debitFen: input.amountFen },
      { account: '30101', creditFen: input.amountFen },
    ],
  })
  await move(tx, actor, item.id, input.onDate, input.quantity, input.amountFen, input.purpose, posted.voucherId)
  return posted
}

/**
 * Goods given out, at the mean price of what is there; the last piece takes what rounding left.
 * @throws Problem 422 `not-enough`
 */
export async function stockOut(
  tx: Tx,
  actor: Actor,
  book: Book,
  itemId: number,
  input: z.output<typeof stockOutInput>,
): Promise<PostedVoucher> {
  await sql`select 1 from funds.stock_item where id = ${itemId} for update`.execute(tx)
  const item = (await stockOf(tx, book)).find((one) => one.id === itemId)
  if (!item) throw notFound('库存物品')
  if (input.quantity > item.quantity)
    throw refused(
      'not-enough',
      `“${item.name}”只剩 ${item.quantity} ${item.measure}，不够领用 ${input.quantity} ${item.measure}。`,
      {
        quantity: `只剩 ${item.quantity} ${item.measure}`,
      },
    )
  const all = input.quantity === item.quantity
  const amountFen = all
    ? item.amountFen
    : Number(
        (2n * BigInt(item.amountFen) * BigInt(input.quantity) + BigInt(item.quantity)) / (2n * BigInt(item.quantity)),
      )
  if (amountFen === 0) throw refused('not-enough', `“${item.name}”的账面金额已经领完。`)
  const posted = await postInBook(tx, actor, book, {
    onDate: input.onDate,
    summary: `领用${item.name} ${input.quantity} ${item.measure}：${input.purpose}`,
    attachments: input.attachments,
    entries: [
      { account: '30101', debitFen: amountFen },
      { account: '141', creditFen: amountFen },
    ],
  })
  await move(tx, actor, itemId, input.onDate, -input.quantity, -amountFen, input.purpose, posted.voucherId)
  return posted
}

/**
 * Goods that were given out and came back unused: the issue in red for what they were worth when they left.
 * @param back.amountFen their book value of the issue, fen
 */
export async function stockBack(
  tx: Tx,
  actor: Actor,
  book: Book,
  itemId: number,
  back: { onDate: string; quantity: number; amountFen: number; purpose: string },
): Promise<PostedVoucher> {
  await sql`select 1 from funds.stock_item where id = ${itemId} for update`.execute(tx)
  const item = (await stockOf(tx, book)).find((one) => one.id === itemId)
  if (!item) throw notFound('库存物品')
  const posted = await postInBook(tx, actor, book, {
    onDate: back.onDate,
    kind: 'correction',
    summary: `退回${item.name} ${back.quantity} ${item.measure}：${back.purpose}`,
    attachments: 1,
    entries: [
      { account: '30101', debitFen: -back.amountFen },
      { account: '141', creditFen: -back.amountFen },
    ],
  })
  await move(tx, actor, itemId, back.onDate, back.quantity, back.amountFen, back.purpose, posted.voucherId)
  return posted
}
