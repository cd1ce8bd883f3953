import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { bookById, type Book } from './books.ts'
import { identities } from './identities.ts'
import { voucherNumber } from './post.ts'

/** What a walk through one book found. */
export interface BookFindings {
  book: Book
  vouchers: number
  /** sentences, each naming the voucher, the month or the account */
  faults: string[]
}

/** So many faults say enough. */
const MOST_FAULTS = 50

interface Walked {
  id: number
  year: number
  month: number
  no: number
  content: boolean
  linked: boolean
  balanced: boolean
  files: boolean
}

/**
 * Walks a book: every hash from its content, every link of the chain, numbers without gap, lines balanced, attached files
 * as they were, sums as the lines say, and the identities of every month.
 */
export async function verifyBook(db: Db | Tx, bookId: number): Promise<BookFindings> {
  const book = await bookById(db, bookId)
  const faults: string[] = []
  const rows = await walkChain(db, bookId)
  for (const one of rows) {
    const name = `${one.year} 年 ${voucherNumber(one.month, one.no)} 号凭证（编号 ${one.id}）`
    if (!one.content) faults.push(`${name}的内容与记账时不一致，被改动过。`)
    if (!one.linked) faults.push(`${name}与前一张凭证的链断开，前面有凭证被删除、插入或换序。`)
    if (!one.balanced) faults.push(`${name}借贷不平衡或与合计不符。`)
    if (!one.files) faults.push(`${name}的附件与记账时不一致。`)
  }
  const { rows: head } = await sql<{ vouchers: number; agrees: boolean }>`
    select count(*)::int as vouchers, coalesce(max(v.seq), 0) = b.last_seq
      and coalesce((array_agg(v.hash order by v.seq desc))[1], '\\x'::bytea) = b.last_hash as agrees
    from funds.book b left join funds.voucher v on v.book_id = b.id and v.state = 'posted'
    where b.id = ${bookId} group by b.id`.execute(db)
  if (!head[0]!.agrees) faults.push('链的末端与账套记载不符，最后的凭证被删除过。')
  const { rows: gaps } = await sql<{ year: number; month: number }>`
    select p.year, p.month from funds.period p
      left join funds.voucher v on v.book_id = p.book_id and v.year = p.year and v.month = p.month and v.state = 'posted'
    where p.book_id = ${bookId} group by p.year, p.month, p.last_no
    having count(v.id) <> p.last_no or coalesce(max(v.no), 0) <> p.last_no order by 1, 2`.execute(db)
  for (const { year, month } of gaps) faults.push(`${year} 年 ${month} 月的凭证号不连续。`)
  faults.push(...(await wrongSums(db, book)))
  const { rows: months } = await sql<{ year: number; month: number }>`
    select distinct year, month from funds.period where book_id = ${bookId} order by 1, 2`.execute(db)
  for (const { year, month } of months)
    for (const one of await identities(db, bookId, year, month))
      if (!one.holds && !one.advisory)
        faults.push(
          `${year} 年 ${month} 月：${one.label}不成立，${formatYuan(one.leftFen)} 对 ${formatYuan(one.rightFen)}。`,
        )
  return { book, vouchers: head[0]!.vouchers, faults }
}

/** Vouchers walked in one statement: enough for a set, few enough for the memory of a small machine. */
const STRETCH = 20_000

/** The first vouchers at fault, walked from the chain's beginning in stretches. */
async function walkChain(db: Db | Tx, bookId: number): Promise<Walked[]> {
  const { rows: ends } = await sql<{ last: number }>`
    select coalesce(max(seq), 0)::bigint as last from funds.voucher where book_id = ${bookId} and state = 'posted'`.execute(
    db,
  )
  const found: Walked[] = []
  for (let from = 1; from <= ends[0]!.last && found.length < MOST_FAULTS; from += STRETCH) {
    const { rows } = await sql<Walked>`
      select w.* from funds.walk(${bookId}, ${from}, ${from + STRETCH - 1},
        coalesce((select hash from funds.voucher where book_id = ${bookId} and seq < ${from}::bigint order by seq desc limit 1),
          '\\x'::bytea)) w`.execute(db)
    found.push(...rows)
  }
  return found.slice(0, MOST_FAULTS)
}

/** The kept sums, by month and by day, against the lines and the opening. */
async function wrongSums(db: Db | Tx, book: Book): Promise<string[]> {
  const { rows } = await sql<{ code: string; year: number; month: number }>`
    with lines as materialized (
      select e.account_id, v.on_date, coalesce(e.project_id, 0) as project_id,
        case v.kind when 'close' then 1 when 'year-close' then 2 else 0 end as closing,
        sum(e.debit_fen) as debit, sum(e.credit_fen) as credit
      from funds.voucher v join funds.entry e on e.voucher_id = v.id
      where v.book_id = ${book.id} and v.state = 'posted' group by 1, 2, 3, 4),
    own as (
      select account_id, extract(year from on_date) as year, extract(month from on_date) as month, project_id, closing, debit, credit
      from lines
      union all
      select account_id, extract(year from b.opened_on), 0, coalesce(project_id, 0), 0, greatest(balance_fen, 0), greatest(-balance_fen, 0)
      from funds.opening o join funds.book b on b.id = o.book_id where o.book_id = ${book.id} and balance_fen <> 0
      union all
      select account_id, extract(year from b.opened_on), extract(month from b.opened_on) - 1, coalesce(project_id, 0), 0, debit_fen, credit_fen
      from funds.opening o join funds.book b on b.id = o.book_id where o.book_id = ${book.id} and (debit_fen, credit_fen) <> (0, 0)
      union all
      select account_id, extract(year from b.opened_on), extract(month from b.opened_on) - 1, coalesce(project_id, 0), 1,
        greatest(closing_fen, 0), greatest(-closing_fen, 0)
      from funds.opening o join funds.book b on b.id = o.book_id where o.book_id = ${book.id} and closing_fen <> 0)
    select a.code, t.year, t.month from (
      select account_id, year, month, project_id, closing, debit, credit from own
      union all
      select account_id, year, month, project_id, closing, -debit_fen, -credit_fen from funds.month_sum where book_id = ${book.id}) t
      join funds.account a on a.id = t.account_id
    group by a.code, t.year, t.month, t.project_id, t.closing having sum(debit) <> 0 or sum(credit) <> 0
    union
    select a.code, extract(year from t.on_date), extract(month from t.on_date) from (
      select account_id, on_date, project_id, closing, debit, credit from lines
      union all
      select account_id, on_date, project_id, closing, -debit_fen, -credit_fen from funds.day_sum where book_id = ${book.id}) t
      join funds.account a on a.id = t.account_id
    group by a.code, t.on_date, t.project_id, t.closing having sum(debit) <> 0 or sum(credit) <> 0
    order by 2, 3, 1 limit 20`.execute(db)
  return rows.map((row) => `${row.year} 年 ${row.month} 月科目 ${row.code} 的汇总与分录不符。`)
}

/** Every book of the house. */
export async function verifyAll(db: Db | Tx): Promise<BookFindings[]> {
  const { rows } = await sql<{ id: number }>`select id from funds.book order by id`.execute(db)
  const findings: BookFindings[] = []
  for (const { id } of rows) findings.push(await verifyBook(db, id))
  return findings
}
