import { sql, type RawBuilder } from 'kysely'
import type { Book } from './books.ts'

/** Measures of the journal: fen per line of income and spending, without closing. */
export const INCOME = 'funds.income'
export const EXPENSE = 'funds.expense'

/**
 * Facts of vouchers, one a line of income or spending; the same lines the recompute reads. Amounts that are taken back are
 * negative.
 * @param vouchers what a FROM takes under the name «x» with the vouchers' ids
 */
export const voucherFacts = (book: Book, vouchers: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select case a.class when 'income' then ${INCOME}::text else ${EXPENSE}::text end as measure, ${book.unitId}::bigint as "unitId",
    v.on_date as "onDate", case a.class when 'income' then e.credit_fen - e.debit_fen else e.debit_fen - e.credit_fen end as quantity,
    null::bigint as "personId", null::bigint as "householdId",
    jsonb_build_object('main', left(a.code, 3), 'account', left(a.code, 5)) as dims,
    'voucher' as "refKind", v.id as "refId", e.line::int as "refLine"
  from ${vouchers} join funds.voucher v on v.id = x.id join funds.entry e on e.voucher_id = v.id
    join funds.account a on a.id = e.account_id
  where v.kind not in ('close', 'year-close') and a.class in ('income', 'expense')`

const recompute = (accountClass: 'income' | 'expense') => (): RawBuilder<unknown> =>
  sql`
  select b.unit_id, v.on_date,
    (e.credit_fen - e.debit_fen) * (case ${accountClass} when 'income' then 1 else -1 end) as quantity,
    null::bigint as person_id, null::bigint as household_id,
    jsonb_build_object('main', left(a.code, 3), 'account', left(a.code, 5)) as dims
  from funds.entry e join funds.account a on a.id = e.account_id and a.class = ${accountClass}
    join funds.voucher v on v.id = e.voucher_id and v.state = 'posted' and v.kind not in ('close', 'year-close')
    join funds.book b on b.id = v.book_id`

export const recomputes: Readonly<Record<string, () => RawBuilder<unknown>>> = {
  [INCOME]: recompute('income'),
  [EXPENSE]: recompute('expense'),
}
