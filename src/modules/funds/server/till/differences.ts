import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { closeTodo } from '../../../../kernel/lifecycle/todos.ts'
import { TILL_WAYS, type tillSettlement } from '../../till-contract.ts'
import { openAdvance } from '../assets/advances.ts'
import { TILL_PENDING } from '../assets/pending.ts'
import { requireDeed } from '../journal/access.ts'
import type { Book } from '../journal/books.ts'
import { postInBook } from '../journal/post.ts'
import { lockBook } from '../journal/spend.ts'
import { differenceWords } from './counts.ts'

interface Waiting {
  countId: number
  onDate: string
  fen: number
  state: string
  countedBy: number
  reviewedBy: number
  reviewedName: string
}

/**
 * The chair decides where a difference of the till goes: what is short to whoever pays it back (135, asked for by a day like an
 * advance) or to 其他支出, what is over to whom it belongs (215) or to 其他收入. One voucher.
 * @throws Problem 403 | 404; 422 `nothing-pending` | `way-wrong` | `party-missing` | `due-missing` | `before-count` | `same-hand`
 */
export async function settleDifference(
  tx: Tx,
  actor: Actor,
  book: Book,
  countId: number,
  input: z.output<typeof tillSettlement>,
): Promise<void> {
  await requireDeed(tx, actor, 'funds.approve', book.unitId)
  await lockBook(tx, book.id)
  const { rows } = await sql<Waiting>`
    select id as "countId", on_date as "onDate", counted_fen - book_fen as fen, state, counted_by as "countedBy",
      reviewed_by as "reviewedBy", reviewed_name as "reviewedName"
    from funds.till_count where id = ${countId} and book_id = ${book.id} for update`.execute(tx)
  const count = rows[0]
  if (!count) throw notFound('现金盘点')
  if (count.state !== 'confirmed' || count.fen === 0)
    throw refused('nothing-pending', '这次盘点没有待处理的溢余或短缺，或还没有复核。')
  if (count.countedBy === actor.accountId)
    throw refused('same-hand', '盘点现金的人不能批准差额的处理，请由另一人办理。')
  const short = count.fen < 0
  if (short !== (input.how === 'person' || input.how === 'expense'))
    throw refused(
      'way-wrong',
      short ? '短缺只能由责任人赔偿，或经批准列其他支出。' : '溢余只能列应付给他人，或列其他收入。',
      { how: '请另选处理办法' },
    )
  if ((input.how === 'person' || input.how === 'owed') && !input.party)
    throw refused('party-missing', short ? '请填写由谁赔偿。' : '请填写应付给谁。', { party: '请填写姓名或单位' })
  if (input.how === 'person' && !input.dueOn) throw refused('due-missing', '请填写赔偿期限。', { dueOn: '请填写日期' })
  if (input.onDate < count.onDate)
    throw refused('before-count', `处理日期不能早于盘点日期 ${count.onDate}。`, { onDate: '早于盘点日期' })
  const amountFen = Math.abs(count.fen)
  const pending = { account: TILL_PENDING, [short ? 'creditFen' : 'debitFen']: amountFen }
  const there = {
    account: { person: '135', expense: '510', owed: '215', income: '408' }[input.how],
    [short ? 'debitFen' : 'creditFen']: amountFen,
    ...(input.party && { counterparty: input.party }),
    ...(input.how === 'expense' && { spendingKind: 'basic' as const }),
  }
  const posted = await postInBook(
    tx,
    actor,
    book,
    {
      onDate: input.onDate,
      summary: `${count.onDate} 盘点${differenceWords(count.fen)}：${TILL_WAYS[input.how]}`,
      attachments: 1,
      entries: short ? [there, pending] : [pending, there],
    },
    {
      reviewed: { accountId: count.reviewedBy, name: count.reviewedName },
      approved: { accountId: actor.accountId, name: actor.name },
    },
  )
  await sql`update funds.till_count set state = 'settled', settled_how = ${input.how}, settled_party = nullif(${input.party}, ''),
      settled_on = ${input.onDate}::date, settled_by = ${actor.accountId}, settled_name = ${actor.name},
      document = ${input.document}, settled_voucher_id = ${posted.voucherId} where id = ${countId}`.execute(tx)
  if (input.how === 'person')
    await openAdvance(tx, actor, book, {
      payee: input.party,
      amountFen,
      purpose: '现金短缺赔偿',
      onDate: input.onDate,
      dueOn: input.dueOn!,
      voucherId: posted.voucherId,
    })
  await closeTodo(tx, actor, { objectKind: 'till-count', objectId: countId })
  await audit(tx, actor, {
    action: 'funds.settle-till',
    objectKind: 'till-count',
    objectId: countId,
    unitId: book.unitId,
    summary: `现金盘点${differenceWords(count.fen)}：${TILL_WAYS[input.how]}，依据${input.document}`,
  })
}
