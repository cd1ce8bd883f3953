import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { requireBook } from './books.ts'
import { postInBook, type PostedVoucher } from './post.ts'
import type { Refund } from './spend.ts'

/** Money that comes back from a payment of an earlier year; its spending has been closed into the surplus. */
export type EarlierRefund = Omit<Refund, 'expenseAccount' | 'economicClass' | 'invoices'>

/**
 * Books money that came back from spending of an earlier year: to 年初余额调整 of the surplus (32201), or of the tied project
 * it was paid from (32101). Neither year's spending changes (工会会计制度 321, 322).
 * @throws Problem 422 `amount-not-positive` | `project-unknown` | `book-missing`, 409 `period-closed`
 */
export async function refundEarlier(tx: Tx, actor: Actor, back: EarlierRefund): Promise<PostedVoucher> {
  if (!Number.isSafeInteger(back.amountFen) || back.amountFen <= 0)
    throw refused('amount-not-positive', '退款金额应大于零，最多到分。', { amount: '请填写大于零的金额。' })
  const book = await requireBook(tx, back.unitId)
  const { rows } = await sql<{ code: string; tied: boolean }>`
    select code, fund_kind = 'tied' as tied from funds.project where id = ${back.projectId ?? null} and book_id = ${book.id}`.execute(
    tx,
  )
  const project = rows[0]
  if (back.projectId && !project)
    throw refused('project-unknown', '没有这个项目。请重新选择。', { projectId: '请重新选择项目。' })
  return postInBook(
    tx,
    actor,
    book,
    {
      onDate: back.on,
      kind: 'correction',
      summary: back.summary,
      attachments: back.attachments ?? 1,
      source: back.source,
      entries: [
        { account: back.payInto ?? '102', debitFen: back.amountFen, counterparty: back.payer },
        {
          account: project?.tied ? '32101' : '32201',
          creditFen: back.amountFen,
          project: project?.tied ? project.code : null,
          counterparty: back.payer,
        },
      ],
    },
    back.signatures,
  )
}
