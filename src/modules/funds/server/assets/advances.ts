import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { closeTodo, openTodo } from '../../../../kernel/lifecycle/todos.ts'
import type { Advance, advanceInput, advanceSettleInput } from '../../asset-contract.ts'
import type { Book } from '../journal/books.ts'
import { postInBook } from '../journal/post.ts'

export async function advancesOf(db: Db | Tx, book: Book, onlyOpen: boolean): Promise<Advance[]> {
  const { rows } = await sql<Advance>`
    select * from (
      select a.id, a.payee, a.purpose, a.amount_fen as "amountFen", least(a.amount_fen, coalesce(s.sum, 0))::bigint as "settledFen",
        greatest(0, a.amount_fen - coalesce(s.sum, 0))::bigint as "openFen", a.paid_on as "paidOn", a.due_on as "dueOn", a.voucher_id as "voucherId"
      from funds.advance a left join lateral (
        select sum(spent_fen + returned_fen) as sum from funds.advance_settlement where advance_id = a.id) s on true
      where a.book_id = ${book.id}) t
    where not ${onlyOpen} or "openFen" > 0 order by "openFen" = 0, "dueOn", id limit 500`.execute(db)
  return rows
}

/** Pays an advance (借 其他应收款 贷 现金/银行) and asks for its settlement by the day. */
export async function payAdvance(
  tx: Tx,
  actor: Actor,
  book: Book,
  input: z.output<typeof advanceInput>,
): Promise<{ id: number; voucherId: number; number: string }> {
  if (input.dueOn < input.onDate) throw refused('due-before', '报账期限不能早于借款日期。', { dueOn: '早于借款日期' })
  const posted = await postInBook(tx, actor, book, {
    onDate: input.onDate,
    summary: `${input.payee}借支：${input.purpose}`,
    attachments: input.attachments,
    entries: [
      { account: '135', debitFen: input.amountFen, counterparty: input.payee },
      { account: input.payFrom, creditFen: input.amountFen, counterparty: input.payee },
    ],
  })
  const id = await openAdvance(tx, actor, book, { ...input, ...posted })
  await audit(tx, actor, {
    action: 'funds.pay-advance',
    objectKind: 'advance',
    objectId: id,
    unitId: book.unitId,
    summary: `${input.payee}借支 ${formatYuan(input.amountFen)} 元`,
  })
  return { id, ...posted }
}

/** What somebody owes the union (135), its settlement asked for by the day. @returns its id */
export async function openAdvance(
  tx: Tx,
  actor: Actor,
  book: Book,
  owed: {
    payee: string
    personId?: number | null | undefined
    amountFen: number
    purpose: string
    onDate: string
    dueOn: string
    voucherId: number
  },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into funds.advance (book_id, payee, person_id, amount_fen, purpose, paid_on, due_on, voucher_id, made_by)
    values (${book.id}, ${owed.payee}, ${owed.personId ?? null}, ${owed.amountFen}, ${owed.purpose}, ${owed.onDate}::date,
      ${owed.dueOn}::date, ${owed.voucherId}, ${actor.accountId}) returning id`.execute(tx)
  const { id } = rows[0]!
  await openTodo(tx, {
    kind: 'funds.advance-due',
    objectKind: 'advance',
    objectId: id,
    unitId: book.unitId,
    permission: 'funds.post',
    title: `${owed.payee}借支 ${formatYuan(owed.amountFen)} 元待报账：${owed.purpose}`,
    link: '/funds/advances',
    dueOn: owed.dueOn,
  })
  return id
}

/**
 * Settles an advance, whole or in part: what was spent becomes spending, what comes back goes to cash or bank; what was
 * spent beyond the advance is paid out.
 * @throws Problem 404, 422 `advance-settled` | `returned-too-much`
 */
export async function settleAdvance(
  tx: Tx,
  actor: Actor,
  book: Book,
  advanceId: number,
  input: z.output<typeof advanceSettleInput>,
): Promise<Advance> {
  await sql`select 1 from funds.advance where id = ${advanceId} for update`.execute(tx)
  const find = async (): Promise<Advance> => {
    const found = (await advancesOf(tx, book, false)).find((one) => one.id === advanceId)
    if (!found) throw notFound('借支')
    return found
  }
  const advance = await find()
  if (!advance.openFen) throw refused('advance-settled', '这笔借支已经结清。')
  if (!input.spentFen && !input.returnedFen)
    throw refused('nothing', '请填写报销金额或交回金额。', { spentFen: '请填写金额' })
  if (input.spentFen && !input.spendingAccount)
    throw refused('account-missing', '请选择支出科目。', { spendingAccount: '请选择支出科目' })
  const extra = Math.max(0, input.spentFen + input.returnedFen - advance.openFen)
  if (extra && input.returnedFen)
    throw refused('returned-too-much', `报销与交回合计超过借支余额 ${formatYuan(advance.openFen)} 元，请核对。`, {
      returnedFen: '超过借支余额',
    })
  const posted = await postInBook(tx, actor, book, {
    onDate: input.onDate,
    summary: `${advance.payee}报账：${advance.purpose}`,
    attachments: input.attachments,
    entries: [
      {
        account: input.spendingAccount ?? '',
        debitFen: input.spentFen,
        project: input.project,
        spendingKind: input.project ? ('project' as const) : ('basic' as const),
        counterparty: advance.payee,
      },
      { account: input.account, debitFen: input.returnedFen, counterparty: advance.payee },
      { account: '135', creditFen: input.spentFen + input.returnedFen - extra, counterparty: advance.payee },
      { account: input.account, creditFen: extra, counterparty: advance.payee },
    ].filter((entry) => (entry.debitFen ?? 0) !== 0 || (entry.creditFen ?? 0) !== 0),
  })
  await sql`insert into funds.advance_settlement (advance_id, on_date, spent_fen, returned_fen, voucher_id, made_by)
    values (${advanceId}, ${input.onDate}::date, ${input.spentFen}, ${input.returnedFen}, ${posted.voucherId}, ${actor.accountId})`.execute(
    tx,
  )
  const after = await find()
  if (!after.openFen) await closeTodo(tx, actor, { objectKind: 'advance', objectId: advanceId })
  await audit(tx, actor, {
    action: 'funds.settle-advance',
    objectKind: 'advance',
    objectId: advanceId,
    unitId: book.unitId,
    summary: `${advance.payee}报账 ${formatYuan(input.spentFen)} 元，交回 ${formatYuan(input.returnedFen)} 元`,
  })
  return after
}
