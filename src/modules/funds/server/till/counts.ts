import { sql } from 'kysely'
import type { z } from 'zod'
import { allows } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../../kernel/lifecycle/todos.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { TillCount, TillPage, tillInput } from '../../till-contract.ts'
import { requireDeed, requireReviewer } from '../journal/access.ts'
import type { Book } from '../journal/books.ts'
import { postInBook } from '../journal/post.ts'
import { lockBook } from '../journal/spend.ts'
import { pendingAccounts, TILL_PENDING } from '../assets/pending.ts'
import { heldOn } from '../purse.ts'

const columns = sql`id, account, on_date as "onDate", book_fen as "bookFen", counted_fen as "countedFen", pieces, witness, reason,
  state, counted_by as "countedBy", counted_name as "countedName", reviewed_name as "reviewedName", reviewed_on as "reviewedOn",
  returned, voucher_id as "voucherId", settled_how as "settledHow", settled_party as "settledParty", settled_on as "settledOn",
  settled_name as "settledName", document, settled_voucher_id as "settledVoucherId"`

/** 溢余 above nothing, 短缺 below, in fen. */
export const differenceOf = (count: Pick<TillCount, 'countedFen' | 'bookFen'>): number =>
  count.countedFen - count.bookFen
export const differenceWords = (fen: number): string =>
  fen === 0 ? '账实相符' : `${fen > 0 ? '溢余' : '短缺'} ${formatYuan(Math.abs(fen))} 元`

/** A book's counts, the newest first, and what lies in each till by the journal on a day. */
export async function tillPage(db: Db | Tx, actor: Actor, book: Book, onDate: string): Promise<TillPage> {
  const { rows: tills } = await sql<{ code: string; name: string }>`
    select a.code, a.name from funds.account a where starts_with(a.code, '101') and (a.book_id is null or a.book_id = ${book.id})
      and a.direct and a.valid_to = 'infinity' and not exists (select from funds.account d where d.parent_id = a.id
        and d.book_id = ${book.id} and not d.beside and d.valid_to = 'infinity') order by a.code`.execute(db)
  const { rows: counts } = await sql<TillCount>`
    select ${columns} from funds.till_count where book_id = ${book.id} order by on_date desc, id desc limit 200`.execute(
    db,
  )
  const may = (permission: string) => allows(db, actor, permission, book.unitId)
  const [pays, reviews, approves, audits] = [
    await may('funds.pay'),
    await may('funds.review'),
    await may('funds.approve'),
    await may('funds.audit'),
  ]
  return {
    tills: await Promise.all(
      tills.map(async (till) => ({ ...till, bookFen: await heldOn(db, book.id, till.code, onDate) })),
    ),
    counts,
    may: {
      count: pays && !audits,
      review: !pays && !audits && (reviews || (book.profile === 'small' && approves)),
      settle: approves && !audits,
    },
  }
}

async function countById(tx: Tx, book: Book, countId: number): Promise<TillCount> {
  const { rows } = await sql<TillCount>`
    select ${columns} from funds.till_count where id = ${countId} and book_id = ${book.id} for update`.execute(tx)
  if (!rows[0]) throw notFound('现金盘点')
  return rows[0]
}

/** What a reviewer or the chair has to look at. */
const todo = (book: Book, countId: number, title: string, permission: string) => ({
  kind: 'funds.till-count',
  objectKind: 'till-count',
  objectId: countId,
  unitId: book.unitId,
  permission,
  title,
  link: '/funds/till',
})

/**
 * Writes what the cashier counted with a witness (现金管理暂行条例 第十二条). Nothing is booked yet: another hand looks at it.
 * @throws Problem 409 `count-open`, 422 `in-future` | `wrong-period` | `pieces-missing` | `same-hand`
 */
export async function countTill(
  tx: Tx,
  actor: Actor,
  book: Book,
  input: z.output<typeof tillInput>,
  today: string,
): Promise<TillCount> {
  await requireDeed(tx, actor, 'funds.pay', book.unitId)
  await lockBook(tx, book.id)
  if (input.onDate > today) throw refused('in-future', '盘点日期不能晚于今天。', { onDate: '不能晚于今天' })
  if (input.onDate < book.openedOn)
    throw refused('wrong-period', `本账套从 ${book.openedOn} 起记账，请核对盘点日期。`, { onDate: '早于建账日期' })
  const counted = Object.entries(input.pieces) as [string, number][]
  if (!counted.length)
    throw refused('pieces-missing', '请填写各面额的张数；库里没有现金的，在任一面额填 0。', { pieces: '请填写张数' })
  if (input.witness === actor.name)
    throw refused('same-hand', '监盘人不能是盘点的出纳本人，请由另一人监盘。', { witness: '请由另一人监盘' })
  const countedFen = counted.reduce((sum, [piece, number]) => sum + Number(piece) * number, 0)
  const bookFen = await heldOn(tx, book.id, input.account, input.onDate)
  const { rows } = await sql<{ id: number }>`
    insert into funds.till_count (book_id, account, on_date, book_fen, counted_fen, pieces, witness, reason, counted_by, counted_name)
    values (${book.id}, ${input.account}, ${input.onDate}::date, ${bookFen}, ${countedFen}, ${JSON.stringify(input.pieces)}::jsonb,
      ${input.witness}, ${input.reason}, ${actor.accountId}, ${actor.name})
    on conflict (book_id) where state = 'counted' do nothing returning id`.execute(tx)
  const countId = rows[0]?.id
  if (!countId) throw conflict('count-open', '上一次现金盘点还没有复核。请先由会计复核或退回。')
  const words = differenceWords(countedFen - bookFen)
  const permission = book.profile === 'small' ? 'funds.approve' : 'funds.review'
  await openTodo(tx, todo(book, countId, `复核现金盘点（${input.onDate}）：${words}`, permission))
  await audit(tx, actor, {
    action: 'funds.count-till',
    objectKind: 'till-count',
    objectId: countId,
    unitId: book.unitId,
    summary: `盘点库存现金（${input.onDate}）：实点 ${formatYuan(countedFen)} 元，${words}`,
  })
  return countById(tx, book, countId)
}

/**
 * 复核 by another hand than the cashier's: a difference is booked to 待处理财产损溢 on the day of the count.
 * @throws Problem 403 | 409 `not-counted` | `till-moved` | `period-closed`; 422 `same-hand`
 */
export async function reviewCount(
  tx: Tx,
  actor: Actor,
  book: Book,
  countId: number,
  today: string,
): Promise<TillCount> {
  await lockBook(tx, book.id)
  const count = await countById(tx, book, countId)
  await requireReviewer(tx, actor, book, count.countedBy)
  if (count.state !== 'counted') throw conflict('not-counted', '这次盘点已经复核或退回。请刷新后再看。')
  if ((await heldOn(tx, book.id, count.account, count.onDate)) !== count.bookFen)
    throw conflict('till-moved', `盘点之后，${count.onDate} 的现金账又有变动。请退回，由出纳重新盘点。`)
  const fen = differenceOf(count)
  let voucherId: number | null = null
  if (fen !== 0) {
    await pendingAccounts(tx, book)
    const over = [
      { account: count.account, debitFen: fen },
      { account: TILL_PENDING, creditFen: fen },
    ]
    const short = [
      { account: TILL_PENDING, debitFen: -fen },
      { account: count.account, creditFen: -fen },
    ]
    const cashier = { accountId: count.countedBy, name: count.countedName }
    const posted = await postInBook(
      tx,
      actor,
      book,
      {
        onDate: count.onDate,
        summary: `现金盘点${differenceWords(fen)}，转待处理`,
        attachments: 1,
        entries: fen > 0 ? over : short,
      },
      { prepared: cashier, cashier },
    )
    voucherId = posted.voucherId
  }
  await sql`update funds.till_count set state = 'confirmed', reviewed_by = ${actor.accountId}, reviewed_name = ${actor.name},
    reviewed_on = ${today}::date, voucher_id = ${voucherId} where id = ${countId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'till-count', objectId: countId })
  if (fen !== 0)
    await openTodo(
      tx,
      todo(book, countId, `现金${differenceWords(fen)}待处理（${count.onDate} 盘点）`, 'funds.approve'),
    )
  await audit(tx, actor, {
    action: 'funds.review-till',
    objectKind: 'till-count',
    objectId: countId,
    unitId: book.unitId,
    summary: `复核现金盘点（${count.onDate}）：${differenceWords(fen)}`,
  })
  return countById(tx, book, countId)
}

/** Sends a count back: it is counted anew. @throws Problem as `reviewCount` */
export async function returnCount(
  tx: Tx,
  actor: Actor,
  book: Book,
  countId: number,
  words: string,
  today: string,
): Promise<TillCount> {
  const count = await countById(tx, book, countId)
  await requireReviewer(tx, actor, book, count.countedBy)
  if (count.state !== 'counted') throw conflict('not-counted', '这次盘点已经复核或退回。请刷新后再看。')
  await sql`update funds.till_count set state = 'returned', returned = ${words}, reviewed_by = ${actor.accountId},
    reviewed_name = ${actor.name}, reviewed_on = ${today}::date where id = ${countId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'till-count', objectId: countId })
  await audit(tx, actor, {
    action: 'funds.return-till',
    objectKind: 'till-count',
    objectId: countId,
    unitId: book.unitId,
    summary: `退回现金盘点（${count.onDate}）：${words}`,
  })
  return countById(tx, book, countId)
}
