import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { Circumstances } from '../../../../kernel/rules/evaluate.ts'
import { cardOn } from '../../../rules/public.ts'
import type { CashLimitRow, SpendingVerdict } from '../../spending-contract.ts'
import { told } from './judge.ts'

/** A day of the till. Amounts are fen. */
export interface CashDay {
  /** `YYYY-MM-DD` */
  on: string
  /** at its beginning */
  openingFen: number
  /** fetched from the bank */
  drawnFen: number
  /** received from others */
  takenFen: number
  /** brought to the bank */
  depositedFen: number
  /** paid out */
  paidFen: number
}

/** Days on which cash moved, the newest first; red vouchers, which take back, count on their own day with their sign. */
export async function cashDays(db: Db | Tx, bookId: number, from: string, to: string): Promise<CashDay[]> {
  const { rows } = await sql<CashDay>`
    with till as (
      select e.voucher_id, e.on_date, sum(e.debit_fen - e.credit_fen) as cash
      from funds.entry e join funds.voucher v on v.id = e.voucher_id
      where e.book_id = ${bookId} and v.state = 'posted' and e.on_date between ${from}::date and ${to}::date
        and e.account_id in (select id from funds.account where starts_with(code, '101') and (book_id is null or book_id = ${bookId}))
      group by 1, 2),
    told as (
      select t.*, exists (select from funds.entry b join funds.account a on a.id = b.account_id
        where b.voucher_id = t.voucher_id and starts_with(a.code, '102')) as bank from till t)
    select on_date as on,
      ((select coalesce(sum(s.debit_fen - s.credit_fen), 0) from funds.month_sum s join funds.account a on a.id = s.account_id
          where s.book_id = ${bookId} and starts_with(a.code, '101')
            and (s.year, s.month) < (extract(year from t.on_date), extract(month from t.on_date)))
        + (select coalesce(sum(s.debit_fen - s.credit_fen), 0) from funds.day_sum s join funds.account a on a.id = s.account_id
          where s.book_id = ${bookId} and starts_with(a.code, '101') and s.on_date >= date_trunc('month', t.on_date)
            and s.on_date < t.on_date))::bigint as "openingFen",
      coalesce(sum(cash) filter (where bank and cash > 0), 0)::bigint as "drawnFen",
      coalesce(sum(cash) filter (where not bank and cash > 0), 0)::bigint as "takenFen",
      coalesce(-sum(cash) filter (where bank and cash < 0), 0)::bigint as "depositedFen",
      coalesce(-sum(cash) filter (where not bank and cash < 0), 0)::bigint as "paidFen"
    from told t group by on_date order by on_date desc`.execute(db)
  return rows
}

/**
 * 坐支: cash is paid from what the till held in the morning and what was fetched from the bank, not from what came in.
 * @param payFen what is about to be paid beside the day's own payments; 0 judges the day as it stands
 */
export function judgeTakings(day: CashDay, payFen: number, circumstances: Circumstances): SpendingVerdict | null {
  const card = cardOn('FS-NO-TAKINGS', day.on)
  if (!card) return null
  const paid = day.paidFen + payFen
  const held = day.openingFen + day.drawnFen
  const short = Math.min(paid - held, day.takenFen)
  return told(
    card,
    short <= 0,
    [
      `${day.on} 初库存现金 ${formatYuan(day.openingFen)} 元，当日从银行提取 ${formatYuan(day.drawnFen)} 元，可用于支付 ${formatYuan(held)} 元。`,
      `当日现金支付 ${formatYuan(paid)} 元${short > 0 ? `，其中 ${formatYuan(short)} 元动用了当日收入的现金，属于坐支` : '，没有动用当日收入的现金'}。`,
    ],
    circumstances,
  )
}

/** The limit of a day; null while none is registered. */
export const limitOfDay = (limits: readonly CashLimitRow[], on: string): CashLimitRow | null =>
  limits
    .filter((one) => one.validFrom <= on && (!one.validTo || on <= one.validTo))
    .toSorted((one, other) => other.validFrom.localeCompare(one.validFrom))[0] ?? null

/** Cash overnight against the limit of the bank. */
export function judgeTill(
  on: string,
  closingFen: number,
  limits: readonly CashLimitRow[],
  circumstances: Circumstances,
): SpendingVerdict | null {
  const card = cardOn('FS-TILL-LIMIT', on)
  const limit = limitOfDay(limits, on)
  if (!card || !limit) return null
  const over = closingFen - limit.amountFen
  return told(
    card,
    over <= 0,
    [
      `${on} 日终库存现金 ${formatYuan(closingFen)} 元，核定限额 ${formatYuan(limit.amountFen)} 元（${limit.document}）。`,
      over > 0 ? `超过 ${formatYuan(over)} 元，请当日送存银行。` : '没有超过限额。',
    ],
    circumstances,
  )
}

export async function cashLimitsOf(db: Db | Tx, bookId: number): Promise<CashLimitRow[]> {
  const { rows } = await sql<CashLimitRow>`
    select id, amount_fen as "amountFen", document, valid_from as "validFrom", valid_to as "validTo"
    from funds.cash_limit where book_id = ${bookId} order by valid_from desc, id desc`.execute(db)
  return rows
}

/**
 * What the rules of cash find in a stretch of days: days that paid from takings, nights over the limit. The newest first.
 * @returns only what doesn't hold, and whether a limit is known at all
 */
export async function cashFindings(
  db: Db | Tx,
  bookId: number,
  from: string,
  to: string,
  circumstances: Circumstances,
): Promise<{ findings: (SpendingVerdict & { on: string })[]; limitFen: number | null }> {
  const limits = await cashLimitsOf(db, bookId)
  const findings: (SpendingVerdict & { on: string })[] = []
  for (const day of await cashDays(db, bookId, from, to)) {
    const closing = day.openingFen + day.drawnFen + day.takenFen - day.depositedFen - day.paidFen
    for (const verdict of [judgeTakings(day, 0, circumstances), judgeTill(day.on, closing, limits, circumstances)])
      if (verdict?.holds === false) findings.push({ ...verdict, on: day.on })
  }
  return { findings, limitFen: limitOfDay(limits, to)?.amountFen ?? null }
}
