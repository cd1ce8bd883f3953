import { sql } from 'kysely'
import { conflict } from '../../../../kernel/contract/problem.ts'
import { dropKept } from '../../../../kernel/register/kept.ts'
import { receipts } from '../../registers/funds.ts'
import type { Reversal } from '../journal/reversal.ts'

/**
 * Money taken in by mistake: the months it had paid for are open again (red rows beside the first), the receipt's row of
 * the ledger is void. The receipt keeps its number and stands as cancelled (收据 作废联).
 */
export const incomeReversal: Reversal = {
  async check(tx, { voucherId }) {
    // Part of 拨缴 may have gone up since: then the debt to the union above would turn into a claim.
    const { rows } = await sql<{ fen: number }>`
      select coalesce((select sum(s.credit_fen - s.debit_fen) from funds.month_sum s join funds.account a on a.id = s.account_id
          where s.book_id = v.book_id and starts_with(a.code, '211')), 0)
        - coalesce((select sum(a.upper_fen) from funds.allocation a join funds.income i on i.id = a.income_id
          where i.voucher_id = v.id and a.upper_fen > 0), 0)
        + case when exists (select from funds.voucher r where r.reverses_id = v.id and r.state = 'posted')
          then coalesce((select sum(a.upper_fen) from funds.allocation a join funds.income i on i.id = a.income_id
            where i.voucher_id = v.id and a.upper_fen > 0), 0) else 0 end as fen
      from funds.voucher v where v.id = ${voucherId}`.execute(tx)
    if (rows[0]!.fen < 0)
      throw conflict('share-sent-up', '这笔拨缴经费的上缴部分已经上解，不能冲销。请先与上级工会核对，再填制更正凭证。')
  },
  async undo(tx, actor, { voucherId }) {
    const { rows } = await sql<{ id: number }>`select id from funds.income where voucher_id = ${voucherId}`.execute(tx)
    const ids = rows.map((row) => row.id)
    await sql`insert into funds.dues_payment (income_id, book_id, person_id, month, amount_fen)
      select income_id, book_id, person_id, month, -amount_fen from funds.dues_payment
      where income_id = any(${ids}::bigint[])`.execute(tx)
    await sql`insert into funds.allocation (income_id, book_id, month, way, total_fen, own_fen, upper_fen)
      select income_id, book_id, month, way, -total_fen, -own_fen, -upper_fen from funds.allocation
      where income_id = any(${ids}::bigint[])`.execute(tx)
    await dropKept(
      tx,
      actor,
      receipts,
      ids.map((id) => `funds/income/${id}`),
      '收款凭证红字冲销',
    )
  },
}
