import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { AccountClass } from '../../contract.ts'

/** Amounts by account code, debit positive, in fen. */
export type ByCode = ReadonlyMap<string, number>

/** Where the books stood at a month's end (month 0: on 1 January), or what moved in the months `from`–`to` of a year. */
export type Asked = { year: number; month: number } | { year: number; from: number; to: number }

/**
 * What a statement is made of, all its columns in one statement of SQL, in the order asked.
 * Where the books stood is told as if income and spending were closed on that day: a month's sheet has no line for what is
 * not. What moved leaves closing out.
 */
export async function amountsOf(db: Db | Tx, bookId: number, asked: readonly Asked[]): Promise<ByCode[]> {
  const spans = asked.map((one) =>
    'month' in one
      ? { year: one.year, first: 0, last: one.month }
      : { year: one.year, first: Math.max(one.from, 1), last: one.to },
  )
  const { rows } = await sql<{ at: number; code: string; class: AccountClass; tied: boolean; fen: number }>`
    select t.at::int as at, a.code, a.class, coalesce(p.fund_kind = 'tied', false) and a.code !~ '^(401|411|521)' as tied,
      sum(s.debit_fen - s.credit_fen)::bigint as fen
    from unnest(${spans.map((one) => one.year)}::int[], ${spans.map((one) => one.first)}::int[],
        ${spans.map((one) => one.last)}::int[]) with ordinality as t (year, first, last, at)
      join funds.month_sum s on s.book_id = ${bookId} and case when t.first = 0
        then s.year < t.year or (s.year = t.year and s.month <= t.last)
        else s.year = t.year and s.month between t.first and t.last and s.closing = 0 end
      join funds.account a on a.id = s.account_id
      left join funds.project p on p.id = s.project_id
    group by 1, 2, 3, 4`.execute(db)
  const amounts = asked.map(() => new Map<string, number>())
  for (const { at, code, class: kind, tied, fen } of rows) {
    const found = amounts[at - 1]!
    const open = spans[at - 1]!.first === 0 && (kind === 'income' || kind === 'expense')
    const into = open ? (tied ? '32103' : '32203') : code
    if (open) found.set(code, 0)
    found.set(into, (found.get(into) ?? 0) + fen)
  }
  return amounts
}
