import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { postFacts, type FactDraft } from '../../../../kernel/facts/post.ts'
import type { Book } from './books.ts'
import type { CheckedDraft } from './draft.ts'

/** Measures of the journal: fen per line of income and spending, without closing. */
export const INCOME = 'funds.income'
export const EXPENSE = 'funds.expense'

/** Facts of posted vouchers, one a line; the same lines the recompute reads. Amounts that are taken back are negative. */
export async function postVoucherFacts(tx: Tx, actor: Actor, book: Book, voucherIds: readonly number[]): Promise<void> {
  const { rows } = await sql<FactDraft>`
    select case a.class when 'income' then ${INCOME} else ${EXPENSE} end as measure, ${book.unitId}::bigint as "unitId",
      v.on_date as "onDate", case a.class when 'income' then e.credit_fen - e.debit_fen else e.debit_fen - e.credit_fen end as quantity,
      jsonb_build_object('main', left(a.code, 3), 'account', left(a.code, 5)) as dims,
      'voucher' as "refKind", v.id as "refId", e.line::int as "refLine"
    from funds.voucher v join funds.entry e on e.voucher_id = v.id join funds.account a on a.id = e.account_id
    where v.id = any(${voucherIds}::bigint[]) and v.kind not in ('close', 'year-close') and a.class in ('income', 'expense')
    order by v.seq, e.line`.execute(tx)
  await postFacts(tx, actor, rows)
}

/** The same from a draft that was just posted, without reading it again. */
export function factsOf(book: Book, voucherId: number, draft: CheckedDraft): FactDraft[] {
  if (draft.kind === 'close' || draft.kind === 'year-close') return []
  return draft.lines.flatMap((line, index): FactDraft[] => {
    if (line.class !== 'income' && line.class !== 'expense') return []
    const debitFen = line.debitFen - line.creditFen
    return [
      {
        measure: line.class === 'income' ? INCOME : EXPENSE,
        unitId: book.unitId,
        onDate: draft.onDate,
        quantity: line.class === 'income' ? 0 - debitFen : debitFen,
        dims: { main: line.account.slice(0, 3), account: line.account.slice(0, 5) },
        refKind: 'voucher',
        refId: voucherId,
        refLine: index + 1,
      },
    ]
  })
}

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
