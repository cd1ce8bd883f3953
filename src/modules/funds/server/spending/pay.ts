import { sql } from 'kysely'
import type { z } from 'zod'
import { requirePermission } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { act, actsOf } from '../../../../kernel/lifecycle/act.ts'
import { keepRecords } from '../../../../kernel/register/kept.ts'
import { payments } from '../../registers/funds.ts'
import type { paymentInput } from '../../spending-contract.ts'
import { SPENDING_KINDS } from '../../spending-kinds.ts'
import { bookById } from '../journal/books.ts'
import { lockBook, spend } from '../journal/spend.ts'
import { subjectOf } from './decide.ts'
import { requestMachine } from './machine.ts'
import { requestById } from './requests.ts'
import { tellPaid } from './settlement.ts'

export interface Paid {
  requestId: number
  voucherId: number
  voucherNumber: string
}

/**
 * Pays a granted request: the voucher with all signatures, the payment, the row of the ledger, the end of the request,
 * in one transaction.
 * @param today deadlines run from it
 * @throws Problem 403 | 404 | 409 `moved-on` | `overdrawn` | `budget-overspent`; 422 `not-now` | `same-hand` | `rule-blocks`
 */
export async function paySpending(
  tx: Tx,
  actor: Actor,
  requestId: number,
  input: z.output<typeof paymentInput>,
  today: string,
): Promise<Paid> {
  const seen = await requestById(tx, actor, requestId)
  const book = await bookById(tx, seen.bookId)
  await requirePermission(tx, actor, 'funds.pay', book.unitId)
  await lockBook(tx, book.id)
  const request = await requestById(tx, actor, requestId)
  if (request.state !== 'approved') throw refused('not-now', '申请还没有批准，或已经付款，不能付款。')
  if (input.paidOn < request.requestedOn)
    throw refused('paid-before-asked', `付款日期不能早于申请日期 ${request.requestedOn}。`, {
      paidOn: '付款日期早于申请日期',
    })
  const acts = await actsOf(tx, 'funds-request', requestId)
  const hand = (state: string) => {
    const done = acts.findLast((one) => one.toState === state)
    return done ? { accountId: done.actorId, name: done.actorName } : undefined
  }
  const [checked, approved] = [hand('checked'), hand('approved')]
  if (approved?.accountId === actor.accountId || checked?.accountId === actor.accountId)
    throw refused('same-hand', '出纳不能审核、审批自己付出的款项，请由另一人付款。')
  if (request.createdBy === actor.accountId && book.profile === 'normal')
    throw refused('same-hand', '自己经办的支出不能由自己付款，请由另一名出纳办理。')
  const { rows: invoices } = await sql<{
    number: string
    amountFen: number
    issuedOn: string | null
    seller: string | null
  }>`
    select number, amount_fen as "amountFen", issued_on as "issuedOn", seller from funds.request_invoice
    where request_id = ${requestId} order by id`.execute(tx)
  const { rows: files } = await sql<{ n: number }>`
    select (select count(*) from kernel.file_link where object_kind = 'funds-request' and object_id = ${requestId}
        and removed_at is null) as n`.execute(tx)
  const payFrom = input.payFrom ?? (request.method === 'cash' ? '101' : '102')
  const kind = SPENDING_KINDS[request.kind]
  const posted = await spend(tx, actor, {
    unitId: request.unitId,
    on: input.paidOn,
    amountFen: request.amountFen,
    expenseAccount: request.accountCode,
    projectId: request.projectId,
    payFrom,
    payee: request.payee,
    summary: `付${kind.title}：${request.purpose}`.slice(0, 200),
    source: await sourceOf(tx, book.id, requestId),
    // The request itself is an original: it carries the approval.
    attachments: 1 + invoices.length + files[0]!.n,
    invoices,
    economicClass: kind.economicClass ?? null,
    signatures: {
      ...(checked && { reviewed: checked }),
      ...(approved && { approved }),
      cashier: { accountId: actor.accountId, name: actor.name },
    },
  })
  await sql`insert into funds.payment (request_id, book_id, paid_on, amount_fen, method, reference, voucher_id, paid_by, paid_name)
    values (${requestId}, ${book.id}, ${input.paidOn}::date, ${request.amountFen}, ${request.method},
      ${input.reference ?? null}, ${posted.voucherId}, ${actor.accountId}, ${actor.name})`.execute(tx)
  await act(tx, actor, requestMachine, subjectOf(request, book, '同意'), '同意', {
    today,
    words: `已付款，${posted.number}`,
    ...(input.expected && { expected: input.expected }),
  })
  await keepRecords(tx, actor, payments, [
    {
      keptBy: `funds/spending/${requestId}`,
      draft: {
        unitId: book.unitId,
        happenedOn: input.paidOn,
        title: request.purpose,
        fields: { kind: kind.ledger, amount: request.amountFen, complete: true },
      },
    },
  ])
  await tellPaid(tx, actor, requestId, { paidOn: input.paidOn, voucherId: posted.voucherId })
  return { requestId, voucherId: posted.voucherId, voucherNumber: posted.number }
}

/** The request's path; paid anew after its voucher was reversed, the path goes on with a number. */
async function sourceOf(tx: Tx, bookId: number, requestId: number): Promise<string> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from funds.voucher v where v.book_id = ${bookId}
      and (v.source = ${`funds/spending/${requestId}`} or starts_with(v.source, ${`funds/spending/${requestId}/`}))
      and exists (select from funds.voucher r where r.reverses_id = v.id and r.state = 'posted')`.execute(tx)
  return `funds/spending/${requestId}${rows[0]!.n ? `/${rows[0]!.n + 1}` : ''}`
}
