import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { keepRecords } from '../../../../kernel/register/kept.ts'
import type { receiptInput } from '../../income-contract.ts'
import { INCOME_KINDS, type IncomeKindId } from '../../income-words.ts'
import { receipts } from '../../registers/funds.ts'
import type { Book } from '../journal/books.ts'
import type { EntryDraft } from '../journal/draft.ts'
import { postInBook } from '../journal/post.ts'
import { lockBook } from '../journal/spend.ts'
import { openedBook } from '../opened-book.ts'
import { projectOf } from '../purse.ts'

export interface Receipt {
  id: number
  receiptNo: number
  voucherId: number
  voucherNumber: string
}

export interface IncomeDraft {
  unitId: number
  kind: IncomeKindId
  receivedOn: string
  amountFen: number
  payer: string
  summary: string
  method: 'transfer' | 'cash'
  project?: string | null | undefined
  document?: string | null | undefined
  /** Credit side, where it isn't the kind's one account. */
  credits?: readonly EntryDraft[]
  /** What counts as this union's income; the whole by default. */
  ownFen?: number
}

export const accountOfMethod = (method: 'transfer' | 'cash'): string => (method === 'cash' ? '101' : '102')

/**
 * Whoever takes money in also writes the paper; the second pair of eyes is the rule that made the voucher, named on it
 * (会计软件基本功能和服务规范 §21: automatic review is named and traceable).
 */
const BY_RULE = { accountId: 0, name: '系统（按收款规则）' }

/**
 * Takes in money: a numbered receipt, its voucher, its row of the ledger, in the caller's transaction. The caller has
 * checked the permission and holds the lane.
 * @throws Problem as posting does
 */
export async function takeIn(tx: Tx, actor: Actor, book: Book, draft: IncomeDraft): Promise<Receipt> {
  const project = await projectOf(tx, book, draft.project)
  const { rows } = await sql<{ id: number; receiptNo: number }>`
    insert into funds.income (book_id, unit_id, kind, received_on, amount_fen, payer, summary, method, project_id, document,
      receipt_year, receipt_no, created_by, created_name)
    values (${book.id}, ${draft.unitId}, ${draft.kind}, ${draft.receivedOn}::date, ${draft.amountFen}, ${draft.payer},
      ${draft.summary}, ${draft.method}, ${project?.id ?? null}, ${draft.document ?? null},
      extract(year from ${draft.receivedOn}::date),
      (select coalesce(max(receipt_no), 0) + 1 from funds.income
        where book_id = ${book.id} and receipt_year = extract(year from ${draft.receivedOn}::date)),
      ${actor.accountId}, ${actor.name}) returning id, receipt_no as "receiptNo"`.execute(tx)
  const { id, receiptNo } = rows[0]!
  const posted = await postInBook(
    tx,
    actor,
    book,
    {
      onDate: draft.receivedOn,
      summary: draft.summary,
      attachments: 1,
      source: `funds/income/${id}`,
      entries: [
        { account: accountOfMethod(draft.method), debitFen: draft.amountFen, counterparty: draft.payer },
        ...(draft.credits ?? [
          {
            account: INCOME_KINDS[draft.kind].account,
            creditFen: draft.amountFen,
            project: draft.project,
            counterparty: draft.payer,
          },
        ]),
      ],
    },
    { prepared: { accountId: actor.accountId, name: actor.name }, reviewed: BY_RULE },
  )
  await sql`update funds.income set voucher_id = ${posted.voucherId} where id = ${id}`.execute(tx)
  const ownFen = draft.ownFen ?? draft.amountFen
  if (ownFen > 0)
    await keepRecords(tx, actor, receipts, [
      {
        keptBy: `funds/income/${id}`,
        draft: {
          unitId: book.unitId,
          happenedOn: draft.receivedOn,
          title: draft.summary,
          fields: { kind: INCOME_KINDS[draft.kind].ledger, amount: ownFen, payer: draft.payer },
        },
      },
    ])
  await audit(tx, actor, {
    action: 'funds.receive',
    objectKind: 'funds-income',
    objectId: id,
    unitId: book.unitId,
    summary: `收到${INCOME_KINDS[draft.kind].title} ${formatYuan(draft.amountFen)} 元，${posted.number}`,
    detail: { kind: draft.kind, amountFen: draft.amountFen, voucherId: posted.voucherId },
  })
  return { id, receiptNo, voucherId: posted.voucherId, voucherNumber: posted.number }
}

/** Receives a subsidy, interest, a donation. @throws Problem 422 `project-missing` for tied money without its project */
export async function receive(tx: Tx, actor: Actor, input: z.output<typeof receiptInput>): Promise<Receipt> {
  const book = await openedBook(tx, actor, input.unitId, 'funds.pay')
  if (INCOME_KINDS[input.kind].tied && !input.project)
    throw refused('project-missing', '专项补助要专款专用，请选择项目。', { project: '请选择项目' })
  await lockBook(tx, book.id)
  return takeIn(tx, actor, book, { ...input, unitId: book.unitId })
}
