import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { requireDeed } from './access.ts'
import type { Book } from './books.ts'
import { asProblem } from './post.ts'

export interface OpeningRow {
  account: string
  project?: string | null | undefined
  /** on 1 January, debit positive, fen */
  balanceFen?: number
  /** turnover from 1 January until the book opens, without closing */
  debitFen?: number
  creditFen?: number
  /** what the old book's closing moved, debit positive */
  closingFen?: number
}

/**
 * Brings in the trial balance of the book before, also in the middle of a year: balances of 1 January and the turnover
 * until the book opens, so that 本年累计 is complete. May be repeated until the first voucher is posted.
 * @throws Problem 422 at the row | 409 book-in-use | opening-unbalanced
 */
export async function saveOpening(tx: Tx, actor: Actor, book: Book, rows: readonly OpeningRow[]): Promise<void> {
  await requireDeed(tx, actor, 'funds.close', book.unitId)
  const { rows: found } = await sql<{
    index: number
    accountId: number | null
    direct: boolean
    projectId: number | null
    class: string
  }>`
    select r.index, a.id as "accountId", coalesce(a.direct, false) as direct, p.id as "projectId", a.class
    from json_to_recordset(${JSON.stringify(rows.map((row, index) => ({ index, account: row.account, project: row.project })))}::json)
        as r (index int, account text, project text)
      left join funds.account a on a.code = r.account and (a.book_id is null or a.book_id = ${book.id})
      left join funds.project p on p.code = r.project and p.book_id = ${book.id}
    order by r.index`.execute(tx)
  const fields: Record<string, string> = {}
  const seen = new Set<string>()
  for (const [index, row] of rows.entries()) {
    const known = found[index]!
    const at = (name: string): string => `rows.${index}.${name}`
    if (!known.accountId) fields[at('account')] = `没有科目 ${row.account}。`
    else if (!known.direct) fields[at('account')] = `科目 ${row.account} 已设明细，请填明细科目的余额。`
    else if ((known.class === 'income' || known.class === 'expense') && row.balanceFen)
      fields[at('balanceFen')] = '收入、支出科目没有年初余额，请填累计发生额。'
    if (row.project && !known.projectId) fields[at('project')] = `没有项目 ${row.project}。`
    const key = `${row.account}/${row.project ?? ''}`
    if (seen.has(key)) fields[at('account')] ??= `科目 ${row.account} 填了两行。`
    seen.add(key)
  }
  // Assets that are not money stand in 资产基金; else they would count as money to spend.
  const assetFunds = rows.reduce(
    (sum, row) =>
      /^(141|151|161|162|163|171|172|181|18201|301)/.test(row.account)
        ? sum + (row.balanceFen ?? 0) + (row.debitFen ?? 0) - (row.creditFen ?? 0)
        : sum,
    0,
  )
  if (assetFunds !== 0) fields['rows'] ??= '库存物品、固定资产等非货币资产的净值应等于“资产基金”，请核对期初余额。'
  const [first] = Object.values(fields)
  if (first) throw refused('opening-wrong', first, fields)
  await sql`delete from funds.opening where book_id = ${book.id}`.execute(tx)
  await sql`
    insert into funds.opening (book_id, account_id, project_id, balance_fen, debit_fen, credit_fen, closing_fen)
    select ${book.id}, "accountId", "projectId", coalesce(balance, 0), coalesce(debit, 0), coalesce(credit, 0), coalesce(closing, 0)
    from json_to_recordset(${JSON.stringify(
      rows.map((row, index) => ({
        ...found[index],
        balance: row.balanceFen,
        debit: row.debitFen,
        credit: row.creditFen,
        closing: row.closingFen,
      })),
    )}::json) as r ("accountId" bigint, "projectId" bigint, balance bigint, debit bigint, credit bigint, closing bigint)`.execute(
    tx,
  )
  try {
    await sql`select funds.open_sums(${book.id})`.execute(tx)
  } catch (error) {
    throw asProblem(error)
  }
  await audit(tx, actor, {
    action: 'funds.opening',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `录入${book.unitName}期初余额 ${rows.length} 行`,
  })
}

export async function openingOf(db: Db | Tx, bookId: number): Promise<(Required<OpeningRow> & { name: string })[]> {
  const { rows } = await sql<Required<OpeningRow> & { name: string }>`
    select a.code as account, a.name, p.code as project, o.balance_fen as "balanceFen", o.debit_fen as "debitFen",
      o.credit_fen as "creditFen", o.closing_fen as "closingFen"
    from funds.opening o join funds.account a on a.id = o.account_id left join funds.project p on p.id = o.project_id
    where o.book_id = ${bookId} order by a.code, p.code nulls first`.execute(db)
  return rows
}
