import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { requireDeed } from './access.ts'
import { projectBalances } from './balances.ts'
import type { Book } from './books.ts'
import type { EntryDraft } from './draft.ts'
import { asProblem, postInBook, type PostedVoucher } from './post.ts'
import { lockBook } from './spend.ts'
import type { Period } from '../../voucher-contract.ts'

export type { Period }

/** Every month from the book's opening to the later of today's and the last one used. */
export async function periodsOf(db: Db | Tx, book: Book, today: string): Promise<Period[]> {
  const { rows } = await sql<Period>`
    with last as (select greatest(${today}::date, max(on_date)) as day from funds.voucher where book_id = ${book.id}),
    months as (
      select extract(year from m)::int as year, extract(month from m)::int as month
      from last, generate_series(${book.openedOn}::date, coalesce(last.day, ${today}::date), interval '1 month') m)
    select m.year, m.month, coalesce(p.state, 'open') as state, coalesce(p.last_no, 0) as posted,
      (select count(*)::int from funds.voucher v where v.book_id = ${book.id} and v.year = m.year and v.month = m.month
        and v.state <> 'posted') as unposted,
      p.closed_at as "closedAt"
    from months m left join funds.period p on p.book_id = ${book.id} and p.year = m.year and p.month = m.month
    order by 1, 2`.execute(db)
  return rows
}

export interface Closed {
  /** the vouchers that closing made; none when the month was closed before */
  vouchers: PostedVoucher[]
  already: boolean
}

/** A month's last day, `YYYY-MM-DD`. */
export const monthEnd = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)

/**
 * Closes a month: 期末结转 (every month, or once in December), in December also 年末结转, then the period refuses for ever.
 * Closing twice changes nothing. All in one transaction and in the book's lane.
 * @throws Problem 409 vouchers-unposted | earlier-open | number-gap
 */
export async function closeMonth(tx: Tx, actor: Actor, book: Book, year: number, month: number): Promise<Closed> {
  await requireDeed(tx, actor, 'funds.close', book.unitId)
  await lockBook(tx, book.id)
  const { rows } = await sql<{ state: string; unposted: number }>`
    select coalesce((select state from funds.period where book_id = ${book.id} and year = ${year} and month = ${month}), 'open') as state,
      (select count(*)::int from funds.voucher where book_id = ${book.id} and year = ${year} and month = ${month}
        and state <> 'posted') as unposted`.execute(tx)
  if (rows[0]!.state === 'closed') return { vouchers: [], already: true }
  if (rows[0]!.unposted) throw asProblem({ code: 'ZJ003', message: 'vouchers-unposted' })
  const vouchers: PostedVoucher[] = []
  const post = async (kind: 'close' | 'year-close', summary: string, entries: EntryDraft[]): Promise<void> => {
    if (entries.length)
      vouchers.push(await postInBook(tx, actor, book, { onDate: monthEnd(year, month), kind, summary, entries }))
  }
  if (book.closing === 'monthly' || month === 12)
    for (const [summary, entries] of await periodEndEntries(tx, book.id, year, month))
      await post('close', summary, entries)
  if (month === 12) for (const step of yearEndSteps) await post('year-close', ...(await step(tx, book.id, year)))
  try {
    await sql`select funds.close_period(${book.id}, ${year}, ${month}, ${actor.accountId})`.execute(tx)
  } catch (error) {
    throw asProblem(error)
  }
  await audit(tx, actor, {
    action: 'funds.close',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `${book.unitName} ${year} 年 ${month} 月结账${month === 12 ? '并年末结转' : ''}`,
    detail: { year, month, vouchers: vouchers.map((voucher) => voucher.voucherId) },
  })
  return { vouchers, already: false }
}

interface Unclosed {
  code: string
  class: 'income' | 'expense'
  project: string | null
  tied: boolean
  /** debit positive */
  balanceFen: number
}

/** What income and spending still hold up to a month's end, by account and project. */
async function unclosed(db: Db | Tx, bookId: number, year: number, month: number): Promise<Unclosed[]> {
  const { rows } = await sql<Unclosed>`
    select a.code, a.class, p.code as project,
      coalesce(p.fund_kind = 'tied', false) and a.code !~ '^(401|411|521)' as tied,
      sum(s.debit_fen - s.credit_fen)::bigint as "balanceFen"
    from funds.month_sum s join funds.account a on a.id = s.account_id and a.class in ('income', 'expense')
      left join funds.project p on p.id = s.project_id
    where s.book_id = ${bookId} and (s.year < ${year} or (s.year = ${year} and s.month <= ${month}))
    group by a.code, a.class, p.code, p.fund_kind having sum(s.debit_fen - s.credit_fen) <> 0
    order by a.code, p.code nulls first`.execute(db)
  return rows
}

const side = (account: string, amountFen: number, asDebit: boolean, project?: string | null): EntryDraft =>
  asDebit ? { account, project, debitFen: amountFen } : { account, project, creditFen: amountFen }

/** 期末结转: tied money to 321, everything else to 322, each through 本年收支结转 (工会会计制度 321/322). */
async function periodEndEntries(
  tx: Tx,
  bookId: number,
  year: number,
  month: number,
): Promise<[summary: string, entries: EntryDraft[]][]> {
  const open = await unclosed(tx, bookId, year, month)
  const group = (tied: boolean, kind: Unclosed['class']): EntryDraft[] => {
    const lines = open.filter((one) => one.tied === tied && one.class === kind)
    const target = tied ? '32103' : '32203'
    const sign = kind === 'income' ? -1 : 1
    const total = lines.reduce((sum, line) => sum + sign * line.balanceFen, 0)
    const entries = lines.map((line) => side(line.code, sign * line.balanceFen, kind === 'income', line.project))
    // Lines that cancel each other out need no line of the fund.
    return total === 0 ? entries : [...entries, side(target, total, kind === 'expense')]
  }
  return [
    ['期末结转：专项收入转入工会资金结转', group(true, 'income')],
    ['期末结转：专项支出转入工会资金结转', group(true, 'expense')],
    ['期末结转：非专项收入转入工会资金结余', group(false, 'income')],
    ['期末结转：非专项支出转入工会资金结余', group(false, 'expense')],
  ]
}

type Step = (tx: Tx, bookId: number, year: number) => Promise<[summary: string, entries: EntryDraft[]]>

/** Details emptied into the one that carries over. */
const gather =
  (from: readonly string[], into: string, summary: string): Step =>
  async (tx, bookId) => {
    const { rows } = await sql<{ code: string; project: string | null; balanceFen: number }>`
      select a.code, p.code as project, sum(s.debit_fen - s.credit_fen)::bigint as "balanceFen"
      from funds.month_sum s join funds.account a on a.id = s.account_id left join funds.project p on p.id = s.project_id
      where s.book_id = ${bookId} and a.code = any(${from}::text[]) group by 1, 2 having sum(s.debit_fen - s.credit_fen) <> 0
      order by 1, 2`.execute(tx)
    return [
      summary,
      rows.flatMap(({ code, project, balanceFen }): EntryDraft[] =>
        balanceFen > 0
          ? [
              { account: into, project, debitFen: balanceFen },
              { account: code, project, creditFen: balanceFen },
            ]
          : [
              { account: code, project, debitFen: -balanceFen },
              { account: into, project, creditFen: -balanceFen },
            ],
      ),
    ]
  }

/** 年末结转 in its order: 321 gathered, finished projects handed over, 322 gathered. */
const yearEndSteps: readonly Step[] = [
  gather(['32101', '32102', '32103'], '32104', '年末冲销工会资金结转明细，转入累计结转'),
  async (tx, bookId, year) => {
    const finished = (await projectBalances(tx, bookId)).filter(
      (project) =>
        project.fundKind === 'tied' &&
        project.finishedOn !== null &&
        project.finishedOn <= `${year}-12-31` &&
        project.balanceFen > 0,
    )
    return [
      '已完工项目结转资金转入工会资金结余',
      finished.flatMap((project): EntryDraft[] => [
        { account: '32104', project: project.code, debitFen: project.balanceFen, summary: `${project.name}完工` },
        { account: '32204', creditFen: project.balanceFen, summary: `${project.name}完工` },
      ]),
    ]
  },
  gather(['32201', '32202', '32203', '32204'], '32205', '年末冲销工会资金结余明细，转入累计结余'),
]
