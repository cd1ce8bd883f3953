import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { Problem, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { projectBalances } from './balances.ts'
import { requireBook, type Book } from './books.ts'
import type { VoucherDraft } from './draft.ts'
import { postInBook, type PostedVoucher, type Signatures } from './post.ts'

/** A payment that another module has approved. */
export interface Spending {
  /** any unit of the union: its layer's book pays */
  unitId: number
  /** `YYYY-MM-DD` of the payment */
  on: string
  /** fen, above zero */
  amountFen: number
  /** code of the spending account, 50105 (or 221, 211 for money that isn't ours) */
  expenseAccount: string
  /** money with a purpose (专项): its balance can't go below nothing */
  projectId?: number | null
  /** code of the cash or bank account, 102 by default */
  payFrom?: string
  payee: string
  /** whose the money is that is held for others (221); the payee by default */
  heldFor?: string
  summary: string
  /** path in the app of the record it pays for, `care/visits/3`: carbon, and a retry can't pay twice */
  source: string
  /** originals behind it; the record itself is one */
  attachments?: number
  /** invoices behind it: a number is booked once */
  invoices?: VoucherDraft['invoices']
  /** line of the approved budget that pays; `budgetGuard` says what is left of it */
  budgetLineId?: number | null
  economicClass?: string | null
  signatures?: Signatures
}

/**
 * What the budget says to a payment, asked inside the lane so that two payments can't use the same remainder. Set by the
 * budget's half of the room; none means no budget is kept.
 */
export type BudgetGuard = (tx: Tx, actor: Actor, book: Book, spending: Spending) => Promise<void>
let budgetGuard: BudgetGuard | null = null
export const setBudgetGuard = (guard: BudgetGuard | null): void => void (budgetGuard = guard)

/** Takes the book's lane: until the transaction ends nobody else posts in it. */
export async function lockBook(tx: Tx, bookId: number): Promise<void> {
  await sql`select funds.lane(${bookId})`.execute(tx)
}

/**
 * Pays: one voucher, spending against cash or bank, in the caller's transaction. Balances and the budget are checked in
 * the book's lane, so that two payments at once can't overspend.
 * @throws Problem 409 `overdrawn` | `project-overspent` | `source-posted` | what the budget says; 422 as `postVoucher`
 */
export async function spend(tx: Tx, actor: Actor, spending: Spending): Promise<PostedVoucher> {
  if (!Number.isSafeInteger(spending.amountFen) || spending.amountFen <= 0)
    throw refused('amount-not-positive', '付款金额应大于零，最多到分。', { amount: '请填写大于零的金额。' })
  const book = await requireBook(tx, spending.unitId)
  await lockBook(tx, book.id)
  await budgetGuard?.(tx, actor, book, spending)
  const project = await projectCode(tx, book.id, spending.projectId)
  const payFrom = await moneyAccount(tx, book.id, spending.payFrom ?? '102')
  await refuseOverdrawn(tx, book.id, payFrom, spending.amountFen)
  if (spending.projectId) await refuseOverspent(tx, book, spending.projectId, spending.amountFen)
  return postInBook(
    tx,
    actor,
    book,
    {
      onDate: spending.on,
      summary: spending.summary,
      attachments: spending.attachments ?? 1,
      source: spending.source,
      ...(spending.invoices && { invoices: spending.invoices }),
      entries: [
        {
          account: spending.expenseAccount,
          debitFen: spending.amountFen,
          project,
          economicClass: spending.economicClass,
          counterparty: spending.heldFor ?? spending.payee,
        },
        { account: payFrom, creditFen: spending.amountFen, counterparty: spending.payee },
      ],
    },
    spending.signatures,
  )
}

/** Money that comes back from a payment of the same year: its spending is reduced, the money received. */
export interface Refund extends Omit<Spending, 'payFrom' | 'payee' | 'heldFor' | 'budgetLineId'> {
  /** code of the cash or bank account that receives, 102 by default */
  payInto?: string
  payer: string
}

/**
 * Books money that came back from spending of the same year as red spending (借方红字). What was paid in an earlier year
 * comes back by `refundEarlier`.
 */
export async function refund(tx: Tx, actor: Actor, back: Refund): Promise<PostedVoucher> {
  if (!Number.isSafeInteger(back.amountFen) || back.amountFen <= 0)
    throw refused('amount-not-positive', '退款金额应大于零，最多到分。', { amount: '请填写大于零的金额。' })
  const book = await requireBook(tx, back.unitId)
  const project = await projectCode(tx, book.id, back.projectId)
  const payInto = await moneyAccount(tx, book.id, back.payInto ?? '102')
  const entries = [
    { account: back.expenseAccount, debitFen: -back.amountFen, project, counterparty: back.payer },
    { account: payInto, debitFen: back.amountFen, counterparty: back.payer },
  ]
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
      entries,
    },
    back.signatures,
  )
}

async function projectCode(db: Db | Tx, bookId: number, projectId: number | null | undefined): Promise<string | null> {
  if (!projectId) return null
  const { rows } = await sql<{ code: string }>`
    select code from funds.project where id = ${projectId} and book_id = ${bookId}`.execute(db)
  if (!rows[0]) throw refused('project-unknown', '没有这个项目。请重新选择。', { projectId: '请重新选择项目。' })
  return rows[0].code
}

/** @throws Problem 422 `not-money` when the code is no cash or bank account */
async function moneyAccount(db: Db | Tx, bookId: number, code: string): Promise<string> {
  if (!/^10[12]/.test(code))
    throw refused('not-money', '付款和收款只能用库存现金或银行存款科目。', { payFrom: '请选择现金或银行账户。' })
  const { rows } = await sql<{ code: string }>`
    select code from funds.account where code = ${code} and (book_id is null or book_id = ${bookId})`.execute(db)
  if (!rows[0]) throw refused('account-unknown', `没有科目 ${code}。`, { payFrom: '请选择现金或银行账户。' })
  return code
}

async function refuseOverdrawn(tx: Tx, bookId: number, code: string, amountFen: number): Promise<void> {
  const { rows } = await sql<{ balance: number; name: string }>`
    select coalesce(sum(s.debit_fen - s.credit_fen), 0)::bigint as balance, a.name
    from funds.account a left join funds.month_sum s on s.account_id = a.id and s.book_id = ${bookId}
    where a.code = ${code} and (a.book_id is null or a.book_id = ${bookId}) group by a.id`.execute(tx)
  const { balance, name } = rows[0]!
  if (balance < amountFen)
    throw new Problem(
      409,
      'overdrawn',
      `${name}余额 ${formatYuan(balance)} 元，不够支付 ${formatYuan(amountFen)} 元。请先补足资金或换一个账户付款。`,
      { amount: `余额 ${formatYuan(balance)} 元。` },
    )
}

async function refuseOverspent(tx: Tx, book: Book, projectId: number, amountFen: number): Promise<void> {
  const project = (await projectBalances(tx, book.id)).find((one) => one.projectId === projectId)
  if (project?.fundKind !== 'tied' || project.balanceFen >= amountFen) return
  throw new Problem(
    409,
    'project-overspent',
    `项目“${project.name}”余额 ${formatYuan(project.balanceFen)} 元，不够支付 ${formatYuan(amountFen)} 元。专款专用，不能超支。`,
    { amount: `项目余额 ${formatYuan(project.balanceFen)} 元。` },
  )
}
