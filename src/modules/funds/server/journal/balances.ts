import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { ProjectBalance } from '../../asset-contract.ts'
import type { Balance } from '../../statement-contract.ts'

export type { Balance }

/** Which vouchers count in the turnover and the balance. */
export type Closings = 'all' | 'without' | 'only-month-end'

/**
 * Every account that moved or holds something: opening of the year, turnover from 1 January to the day and balance at its
 * end. Reads the sums by month and, in the month it falls in, by day.
 * @param on `YYYY-MM-DD`
 * @param closings 'without' leaves out 期末结转 and 年末结转 of that year
 */
export async function balances(
  db: Db | Tx,
  bookId: number,
  on: string,
  closings: Closings = 'all',
): Promise<Balance[]> {
  const year = Number(on.slice(0, 4))
  const month = Number(on.slice(5, 7))
  // A month that has ended by that day is in the sums as a whole.
  const ended = new Date(Date.UTC(year, month, 0)).getUTCDate() === Number(on.slice(8, 10))
  const kept = closings === 'all' ? 2 : closings === 'only-month-end' ? 1 : 0
  const { rows } = await sql<Balance>`
    with moved as (
      select account_id, year < ${year} or month = 0 as before, closing, sum(debit_fen) as debit, sum(credit_fen) as credit
      from funds.month_sum where book_id = ${bookId} and (year < ${year} or (year = ${year} and month < ${month + Number(ended)}))
      group by 1, 2, 3
      union all
      select account_id, false, closing, sum(debit_fen), sum(credit_fen) from funds.day_sum
      where ${!ended} and book_id = ${bookId} and on_date between date_trunc('month', ${on}::date) and ${on}::date group by 1, 2, 3),
    summed as (
      select account_id, coalesce(sum(debit - credit) filter (where before), 0) as opening,
        coalesce(sum(debit) filter (where not before and closing <= ${kept}), 0) as debit,
        coalesce(sum(credit) filter (where not before and closing <= ${kept}), 0) as credit
      from moved group by account_id)
    select a.id as "accountId", a.code, coalesce(p.name || '—', '') || a.name as name, a.class, a.side,
      s.opening::bigint as "openingFen", s.debit::bigint as "debitFen", s.credit::bigint as "creditFen",
      (s.opening + s.debit - s.credit)::bigint as "balanceFen"
    from summed s join funds.account a on a.id = s.account_id left join funds.account p on p.id = a.parent_id
    where s.opening <> 0 or s.debit <> 0 or s.credit <> 0
    order by a.code`.execute(db)
  return rows
}

/** What stands on one account now, debit positive, in fen; its details are accounts of their own. */
export async function balanceNow(db: Db | Tx, bookId: number, code: string): Promise<number> {
  const { rows } = await sql<{ balance: number }>`
    select coalesce(sum(s.debit_fen - s.credit_fen), 0)::bigint as balance
    from funds.month_sum s join funds.account a on a.id = s.account_id
    where s.book_id = ${bookId} and a.code = ${code}`.execute(db)
  return rows[0]!.balance
}

/**
 * What is left of each project: what its opening held in 321, its income less its spending (closing left out, which only
 * moves the same money), and what moved within 321.
 */
export async function projectBalances(db: Db | Tx, bookId: number): Promise<ProjectBalance[]> {
  const { rows } = await sql<ProjectBalance>`
    select p.id as "projectId", p.code, p.name, p.fund_kind as "fundKind", p.finished_on as "finishedOn",
      coalesce(sum(s.credit_fen - s.debit_fen) filter (where a.class = 'income' and s.closing = 0), 0)::bigint as "incomeFen",
      coalesce(sum(s.debit_fen - s.credit_fen) filter (where a.class = 'expense' and s.closing = 0), 0)::bigint as "expenseFen",
      coalesce(sum(s.credit_fen - s.debit_fen) filter (where s.closing <> 1 and
        ((a.class in ('income', 'expense') and s.closing = 0) or a.code like '321%')), 0)::bigint as "balanceFen"
    from funds.project p left join funds.month_sum s on s.book_id = p.book_id and s.project_id = p.id
      left join funds.account a on a.id = s.account_id
    where p.book_id = ${bookId} group by p.id order by p.code`.execute(db)
  return rows
}
