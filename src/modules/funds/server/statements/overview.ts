import { sql } from 'kysely'
import type { Db } from '../../../../kernel/db/database.ts'
import { loadCalendar } from '../../../../kernel/calendar/calendar-days.ts'
import { confirmedNumbers } from '../../../../kernel/rules/confirmations.ts'
import type { Overview } from '../../contract.ts'
import type { Book } from '../journal/books.ts'
import { cashFindings } from '../spending/cash.ts'

/** What the treasurer looks at first: balances at the end of a year (or now), the year by month and by kind, in fen. */
export async function overviewOf(db: Db, book: Book, year: number): Promise<Overview> {
  const { rows: balances } = await sql<Omit<Overview, 'budget' | 'months' | 'kinds' | 'cash'>>`
    with b as (
      select a.code, sum(s.debit_fen - s.credit_fen) as fen from funds.month_sum s join funds.account a on a.id = s.account_id
      where s.book_id = ${book.id} and s.year <= ${year} and a.code ~ '^(10[12]|135|211|221)' group by a.code)
    select coalesce(sum(fen) filter (where code like '101%'), 0)::bigint as "cashFen",
      coalesce(sum(fen) filter (where code like '102%'), 0)::bigint as "bankFen",
      coalesce(-sum(fen) filter (where code like '211%'), 0)::bigint as "dueUpFen",
      coalesce(sum(fen) filter (where code like '135%'), 0)::bigint as "advancesFen",
      coalesce(-sum(fen) filter (where code like '221%'), 0)::bigint as "entrustedFen",
      (select count(*)::int from funds.voucher where book_id = ${book.id} and year = ${year} and state = 'draft') as drafts,
      (select count(*)::int from funds.voucher where book_id = ${book.id} and year = ${year} and state = 'reviewed') as reviewed,
      (select max(make_date(p.year, p.month, 1))::text from funds.period p where p.book_id = ${book.id} and p.state = 'closed') as "closedUpTo"
    from b`.execute(db)
  const { rows: months } = await sql<Overview['months'][number]>`
    select s.month::int as month, coalesce(sum(s.credit_fen - s.debit_fen) filter (where a.class = 'income'), 0)::bigint as "incomeFen",
      coalesce(sum(s.debit_fen - s.credit_fen) filter (where a.class = 'expense'), 0)::bigint as "expenseFen"
    from funds.month_sum s join funds.account a on a.id = s.account_id
    where s.book_id = ${book.id} and s.year = ${year} and s.month > 0 and s.closing = 0 and a.class in ('income', 'expense')
    group by s.month order by s.month`.execute(db)
  const { rows: kinds } = await sql<Overview['kinds'][number]>`
    select m.code, m.name, m.class as side,
      coalesce(sum(t.fen) filter (where t.year = ${year}), 0)::bigint as "nowFen",
      coalesce(sum(t.fen) filter (where t.year = ${year - 1}), 0)::bigint as "beforeFen"
    from (select left(a.code, 3) as main, s.year,
        sum(case a.class when 'income' then s.credit_fen - s.debit_fen else s.debit_fen - s.credit_fen end) as fen
      from funds.month_sum s join funds.account a on a.id = s.account_id
      where s.book_id = ${book.id} and s.year in (${year}, ${year - 1}) and s.month > 0 and s.closing = 0 and a.class in ('income', 'expense')
      group by 1, 2) t join funds.account m on m.code = t.main and m.book_id is null
    group by m.code, m.name, m.class order by m.code`.execute(db)
  const circumstances = { confirmed: await confirmedNumbers(db), calendar: await loadCalendar(db) }
  const cash = await cashFindings(db, book.id, `${year}-01-01`, `${year}-12-31`, circumstances)
  return { ...balances[0]!, budget: await budgetOf(db, book, year), months, kinds, cash }
}

/** The budget in force last: income and spending, or null while none was approved. */
async function budgetOf(db: Db, book: Book, year: number): Promise<Overview['budget']> {
  const { rows } = await sql<{ incomeFen: number; expenseFen: number }>`
    select coalesce(sum(l.amount_fen) filter (where l.direction = 'income'), 0)::bigint as "incomeFen",
      coalesce(sum(l.amount_fen) filter (where l.direction = 'spending'), 0)::bigint as "expenseFen"
    from funds.budget_line l where l.budget_id = (
      select id from funds.budget where book_id = ${book.id} and year = ${year} and effective_on is not null
      order by version desc limit 1) having count(*) > 0`.execute(db)
  return rows[0] ?? null
}
