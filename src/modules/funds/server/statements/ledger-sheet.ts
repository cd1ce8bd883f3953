import { sql } from 'kysely'
import { notFound } from '../../../../kernel/contract/problem.ts'
import type { Db } from '../../../../kernel/db/database.ts'
import type { OutputRow, SheetSpec } from '../../../../kernel/xlsx/write.ts'
import { ledgerPage } from '../journal/browse.ts'
import type { Book } from '../journal/books.ts'
import { voucherNumber } from '../journal/post.ts'

const TITLES: Readonly<Record<string, string>> = { '101': '库存现金日记账', '102': '银行存款日记账' }
const side = (fen: number): string => (fen > 0 ? '借' : fen < 0 ? '贷' : '平')

/**
 * An account's book of one year in the three columns of the paper form, with 本月合计 and 本年累计 under each month
 * (会计基础工作规范 第六十二条); 101 and 102 are the journals of cash and bank. Read page by page: memory doesn't grow.
 * @param code account with every detail below it
 * @throws Problem 404
 */
export async function ledgerSheet(db: Db, book: Book, code: string, year: number): Promise<SheetSpec> {
  const { rows } = await sql<{ name: string }>`
    select coalesce(p.name || '—', '') || a.name as name from funds.account a left join funds.account p on p.id = a.parent_id
    where a.code = ${code} and (a.book_id is null or a.book_id = ${book.id}) order by a.book_id nulls last limit 1`.execute(
    db,
  )
  if (!rows[0]) throw notFound('科目')
  const title = TITLES[code.slice(0, 3)] ?? '明细账'
  return {
    name: title,
    title,
    lead: [`单位：${book.unitName}　　　　${year}年度　　　　科目：${code} ${rows[0].name}　　　　单位：元`],
    columns: [
      { header: '日期', width: 12 },
      { header: '凭证号', width: 12 },
      { header: '摘要', width: 44 },
      { header: '对方 / 项目', width: 24 },
      { header: '借方', kind: 'money', width: 17 },
      { header: '贷方', kind: 'money', width: 17 },
      { header: '方向', width: 6 },
      { header: '余额', kind: 'money', width: 17 },
    ],
    ruled: true,
    rows: linesOf(db, book, code, year),
    footer: ['会计机构负责人：　　　　　　　复核：　　　　　　　记账：'],
  }
}

async function* linesOf(db: Db, book: Book, code: string, year: number): AsyncGenerator<OutputRow> {
  const sums = { month: 0, debit: 0, credit: 0, yearDebit: 0, yearCredit: 0 }
  const totals = (balance: number): OutputRow[] =>
    sums.month === 0
      ? []
      : [
          ['', '', `${sums.month} 月合计`, '', sums.debit, sums.credit, side(balance), Math.abs(balance)],
          ['', '', '本年累计', '', sums.yearDebit, sums.yearCredit, side(balance), Math.abs(balance)],
        ].map((row) => row.map((strong) => ({ strong })))
  let after: string | undefined
  let balance: number | undefined
  do {
    const page = await ledgerPage(db, book, code, { from: `${year}-01-01`, to: `${year}-12-31`, after, limit: 500 })
    if (balance === undefined) {
      balance = page.openingFen
      yield ['', '', '上年结转', '', null, null, side(balance), Math.abs(balance)]
    }
    for (const row of page.rows) {
      if (row.month !== sums.month) {
        yield* totals(balance)
        Object.assign(sums, { month: row.month, debit: 0, credit: 0 })
      }
      sums.debit += row.debitFen
      sums.credit += row.creditFen
      sums.yearDebit += row.debitFen
      sums.yearCredit += row.creditFen
      balance = row.balanceFen
      yield [
        row.onDate,
        voucherNumber(row.month, row.no),
        row.summary,
        [row.counterparty, row.project].filter(Boolean).join(' / '),
        row.debitFen || null,
        row.creditFen || null,
        side(balance),
        Math.abs(balance),
      ]
    }
    after = page.next ?? undefined
  } while (after)
  yield* totals(balance ?? 0)
}
