import { sql } from 'kysely'
import { loadCalendar } from '../../../../kernel/calendar/calendar-days.ts'
import { Problem } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { RuleCard } from '../../../../kernel/rules/card.ts'
import { confirmedNumbers } from '../../../../kernel/rules/confirmations.ts'
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
  /** found over (short below nothing) when it was counted: neither taken in nor paid */
  countedFen: number
}

/** Days on which cash moved, the newest first; red vouchers, which take back, count on their own day with their sign. */
export async function cashDays(db: Db | Tx, bookId: number, from: string, to: string): Promise<CashDay[]> {
  const { rows } = await sql<CashDay>`
    with till as (
      select e.voucher_id, e.on_date, sum(e.debit_fen - e.credit_fen) as cash,
        -- what takes an error back counts with its sign where the error counted
        (sum(e.debit_fen - e.credit_fen) < 0) <> (min(v.kind) = 'red') as out
      from funds.entry e join funds.voucher v on v.id = e.voucher_id
      where e.book_id = ${bookId} and v.state = 'posted' and e.on_date between ${from}::date and ${to}::date
        and e.account_id in (select id from funds.account where starts_with(code, '101') and (book_id is null or book_id = ${bookId}))
      group by 1, 2),
    told as (
      select t.*, exists (select from funds.entry b join funds.account a on a.id = b.account_id
        where b.voucher_id = t.voucher_id and starts_with(a.code, '102')) as bank,
      exists (select from funds.entry b join funds.account a on a.id = b.account_id
        where b.voucher_id = t.voucher_id and starts_with(a.code, '182')) as counted from till t)
    select on_date as on,
      ((select coalesce(sum(s.debit_fen - s.credit_fen), 0) from funds.month_sum s join funds.account a on a.id = s.account_id
          where s.book_id = ${bookId} and starts_with(a.code, '101')
            and (s.year, s.month) < (extract(year from t.on_date), extract(month from t.on_date)))
        + (select coalesce(sum(s.debit_fen - s.credit_fen), 0) from funds.day_sum s join funds.account a on a.id = s.account_id
          where s.book_id = ${bookId} and starts_with(a.code, '101') and s.on_date >= date_trunc('month', t.on_date)
            and s.on_date < t.on_date))::bigint as "openingFen",
      coalesce(sum(cash) filter (where bank and not counted and not out), 0)::bigint as "drawnFen",
      coalesce(sum(cash) filter (where not bank and not counted and not out), 0)::bigint as "takenFen",
      coalesce(-sum(cash) filter (where bank and not counted and out), 0)::bigint as "depositedFen",
      coalesce(-sum(cash) filter (where not bank and not counted and out), 0)::bigint as "paidFen",
      coalesce(sum(cash) filter (where counted), 0)::bigint as "countedFen"
    from told t group by on_date order by on_date desc`.execute(db)
  return rows
}

/**
 * 坐支: cash is paid from what the till held in the morning and what was fetched from the bank, not from what came in, unless
 * the bank has allowed some of it (第十一条).
 */
export function judgeTakings(
  day: CashDay,
  limits: readonly CashLimitRow[],
  circumstances: Circumstances,
  card: RuleCard | null | undefined = cardOn('FS-NO-TAKINGS', day.on),
): SpendingVerdict | null {
  if (!card) return null
  const allowed = limitOfDay(limits, day.on)
  const allowedFen = allowed?.takingsFen ?? 0
  const held = day.openingFen + day.drawnFen
  const short = Math.min(day.paidFen - held, day.takenFen)
  return told(
    card,
    short <= allowedFen,
    [
      `${day.on} 初库存现金 ${formatYuan(day.openingFen)} 元，当日从银行提取 ${formatYuan(day.drawnFen)} 元，可用于支付 ${formatYuan(held)} 元。`,
      `当日现金支付 ${formatYuan(day.paidFen)} 元${short > 0 ? `，其中 ${formatYuan(short)} 元动用了当日收入的现金，属于坐支` : '，没有动用当日收入的现金'}。`,
      ...(allowedFen ? [`开户银行核准坐支 ${formatYuan(allowedFen)} 元（${allowed!.document}）。`] : []),
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
    select id, amount_fen as "amountFen", takings_fen as "takingsFen", document, valid_from as "validFrom", valid_to as "validTo"
    from funds.cash_limit where book_id = ${bookId} order by valid_from desc, id desc`.execute(db)
  return rows
}

const verdictsOf = (
  day: CashDay,
  limits: readonly CashLimitRow[],
  circumstances: Circumstances,
): (SpendingVerdict | null)[] => {
  const closing = day.openingFen + day.drawnFen + day.takenFen + day.countedFen - day.depositedFen - day.paidFen
  return [judgeTakings(day, limits, circumstances), judgeTill(day.on, closing, limits, circumstances)]
}

/**
 * What the rules of cash say to vouchers that were just posted, whoever drew them up: a payment, a settlement, a voucher
 * written by hand. What takes an error back is not judged.
 * @returns what doesn't hold but only warns, one sentence each
 * @throws Problem 422 `rule-blocks` with the verdict where a card that stands by its text is broken: nothing is posted
 */
export async function judgePosted(tx: Tx, bookId: number, voucherIds: readonly number[]): Promise<string[]> {
  const { rows: days } = await sql<{ on: string; pays: boolean }>`
    select t.on_date as on, bool_or(t.cash < 0 and not t.bank) as pays from (
      select e.on_date, sum(e.debit_fen - e.credit_fen) filter (where starts_with(a.code, '101')) as cash,
        bool_or(starts_with(a.code, '102')) as bank
      from funds.voucher v join funds.entry e on e.voucher_id = v.id join funds.account a on a.id = e.account_id
      where v.id = any(${voucherIds}::bigint[]) and v.kind = 'business' group by v.id, e.on_date) t
    where t.cash <> 0 group by t.on_date order by 1`.execute(tx)
  if (!days.length) return []
  const circumstances = { confirmed: await confirmedNumbers(tx), calendar: await loadCalendar(tx) }
  const limits = await cashLimitsOf(tx, bookId)
  const remarks: string[] = []
  for (const { on, pays } of days) {
    const [day] = await cashDays(tx, bookId, on, on)
    for (const verdict of day ? verdictsOf(day, limits, circumstances) : []) {
      if (verdict?.holds !== false) continue
      const words = `${verdict.title}：${verdict.steps.map((step) => step.replace(/^\d+\. /, '')).join('')}`
      if (!verdict.blocks) remarks.push(words)
      else if (pays) {
        const field = '当日收到的现金要送存银行，不能直接支付'
        throw new Problem(
          422,
          'rule-blocks',
          `${words}请先从银行提取现金，或改为转账付款；开户银行核准坐支的，请在“经费设置”中登记核准的金额。`,
          { onDate: field, paidOn: field },
          { verdicts: [verdict] },
        )
      }
    }
  }
  return remarks
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
    for (const verdict of verdictsOf(day, limits, circumstances))
      if (verdict?.holds === false) findings.push({ ...verdict, on: day.on })
  }
  return { findings, limitFen: limitOfDay(limits, to)?.amountFen ?? null }
}
