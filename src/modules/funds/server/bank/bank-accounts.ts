import { sql } from 'kysely'
import { notFound } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { Book } from '../journal/books.ts'
import type { BankAccount } from '../../bank-contract.ts'

export type { BankAccount }

/** Entries of posted vouchers on the bank account that no line of the bank has been found for. */
export const openEntries = (bookId: number, accountId: number, upTo: string | null) => sql`
  select e.voucher_id, e.line, v.on_date, v.no, v.month, e.debit_fen - e.credit_fen as amount_fen,
    coalesce(nullif(e.summary, ''), v.summary) as summary, coalesce(e.counterparty, '') as party
  from funds.entry e join funds.voucher v on v.id = e.voucher_id
  where v.book_id = ${bookId} and e.account_id = ${accountId} and v.state = 'posted'
    and (${upTo}::date is null or v.on_date <= ${upTo}::date)
    -- what was booked before the first statement was brought in counts as settled by its opening balance
    and v.on_date >= (select min(from_on) from funds.bank_statement where book_id = ${bookId} and account_id = ${accountId})
    and not exists (select from funds.bank_match_entry m where m.voucher_id = e.voucher_id and m.line = e.line and not m.undone)
    -- an error and its red counter-entry never reach the bank
    and v.reverses_id is null
    and not exists (select from funds.voucher r where r.reverses_id = v.id and r.state = 'posted'
      and (${upTo}::date is null or r.on_date <= ${upTo}::date))`

/** Bank accounts of a book: 102, or its details where it has some. */
export async function bankAccounts(db: Db | Tx, book: Book): Promise<BankAccount[]> {
  const { rows } = await sql<BankAccount>`
    with leaf as (
      select a.id, a.code, a.name from funds.account a
      where (a.book_id is null or a.book_id = ${book.id}) and a.code ~ '^102'
        and (a.beside or not exists (select from funds.account d
          where d.parent_id = a.id and (d.book_id is null or d.book_id = ${book.id}) and not d.beside)))
    select leaf.id, leaf.code, leaf.name,
      coalesce((select sum(s.debit_fen - s.credit_fen)::bigint from funds.month_sum s
        where s.book_id = ${book.id} and s.account_id = leaf.id), 0) as "bookFen",
      last.to_on as "statedTo", last.closing_fen as "statedFen",
      (select count(*)::int from funds.bank_line l where l.book_id = ${book.id} and l.account_id = leaf.id
        and not exists (select from funds.bank_match_line m where m.bank_line_id = l.id and not m.undone)) as "openLines",
      0 as "openEntries"
    from leaf left join lateral (
      select to_on, closing_fen from funds.bank_statement s where s.book_id = ${book.id} and s.account_id = leaf.id
      order by to_on desc, id desc limit 1) last on true
    order by leaf.code`.execute(db)
  for (const account of rows) {
    const counted = await sql<{ n: number }>`
      select count(*)::int as n from (${openEntries(book.id, account.id, account.statedTo)}) open`.execute(db)
    account.openEntries = account.statedTo ? counted.rows[0]!.n : 0
  }
  return rows
}

/** @throws Problem 404 when the book has no such bank account */
export async function bankAccount(db: Db | Tx, book: Book, code: string): Promise<BankAccount> {
  const found = (await bankAccounts(db, book)).find((account) => account.code === code)
  if (!found) throw notFound('银行账户')
  return found
}
