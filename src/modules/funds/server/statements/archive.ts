import { createHash } from 'node:crypto'
import { PassThrough, type Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { ZipFile } from 'yazl'
import type { Db } from '../../../../kernel/db/database.ts'
import { csvCell } from '../../../../kernel/exporter/csv.ts'
import type { Book } from '../journal/books.ts'
import { csvJournal, hledgerJournal } from '../journal/export.ts'
import { verifyBook } from '../journal/verify.ts'
import { writeStatements } from './workbook.ts'

/** How long a kind of paper is kept, counted from the day after the year's end: 会计档案管理办法 附表1. */
const KEPT = {
  vouchers: '30年',
  books: '30年',
  monthly: '10年',
  yearly: '永久',
  bank: '10年',
  cards: '固定资产处置后5年',
} as const

interface Part {
  name: string
  bytes: Buffer
  kept: string
  what: string
}

const text = async (lines: AsyncIterable<string> | Iterable<string>): Promise<Buffer> => {
  const parts: string[] = []
  for await (const line of lines) parts.push(line)
  return Buffer.from(parts.join(''))
}

const csv = (head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): Buffer =>
  Buffer.from(
    `\ufeff${[head, ...rows].map((row) => row.map((cell) => csvCell(cell === null ? '' : String(cell))).join(',')).join('\r\n')}\r\n`,
  )

/**
 * A year of a book for the archive: vouchers, journal, statements, bank and asset lists, and a list of what is in it with
 * hashes and how long each part is kept. What is kept for ever also needs a paper copy, and the list says so.
 */
export async function archiveOf(db: Db, book: Book, year: number): Promise<Readable> {
  const parts: Part[] = [
    {
      name: `01-记账凭证/${year}年记账凭证和分录.csv`,
      bytes: await text(csvJournal(db, book, year)),
      kept: KEPT.vouchers,
      what: '记账凭证',
    },
    {
      name: `02-会计账簿/${year}年账簿.hledger`,
      bytes: await text(hledgerJournal(db, book, year)),
      kept: KEPT.books,
      what: '总账、明细账、日记账（可用 hledger 打开核对）',
    },
  ]
  const workbook = async (month: number, yearly: boolean): Promise<Buffer> => {
    const out = new PassThrough()
    const bytes = buffer(out)
    await writeStatements(db, book, { year, month, yearly }, out)
    return bytes
  }
  const { rows: months } = await sql<{ month: number }>`
    select distinct month from funds.voucher where book_id = ${book.id} and year = ${year} and state = 'posted' order by month`.execute(
    db,
  )
  for (const { month } of months)
    parts.push({
      name: `03-财务报表/${year}年${String(month).padStart(2, '0')}月报表.xlsx`,
      bytes: await workbook(month, false),
      kept: KEPT.monthly,
      what: '月度财务报表',
    })
  if (months.at(-1)?.month === 12)
    parts.push({
      name: `03-财务报表/${year}年度报表.xlsx`,
      bytes: await workbook(12, true),
      kept: KEPT.yearly,
      what: '年度财务报表（另存纸质件）',
    })
  parts.push(await bankPart(db, book, year), await assetPart(db, book))
  const sound = await verifyBook(db, book.id)
  const zip = new ZipFile()
  for (const part of parts) zip.addBuffer(part.bytes, part.name)
  zip.addBuffer(
    csv(
      ['文件', '内容', '保管期限', '保管期限自', '字节', 'SHA-256'],
      parts.map((part) => [
        part.name,
        part.what,
        part.kept,
        `${year + 1}-01-01`,
        part.bytes.length,
        createHash('sha256').update(part.bytes).digest('hex'),
      ]),
    ),
    '00-移交清单.csv',
  )
  zip.addBuffer(
    Buffer.from(
      `${book.unitName} ${year} 年会计档案\n凭证链校验：${sound.faults.length ? `发现 ${sound.faults.length} 处问题` : `全部 ${sound.vouchers} 张凭证连续、完整`}\n` +
        `最后一张凭证的校验码见凭证文件。年度财务报表永久保管，须另存纸质件或其他合法形式。\n`,
    ),
    '00-说明.txt',
  )
  zip.end()
  return zip.outputStream as Readable
}

async function bankPart(db: Db, book: Book, year: number): Promise<Part> {
  const { rows } = await sql<{
    account: string
    on: string
    amount: number
    balance: number | null
    party: string
    summary: string
    reference: string
  }>`
    select a.code as account, l.on_date as on, l.amount_fen as amount, l.balance_fen as balance, l.party, l.summary, l.reference
    from funds.bank_line l join funds.account a on a.id = l.account_id
    where l.book_id = ${book.id} and extract(year from l.on_date) = ${year} order by a.code, l.on_date, l.id`.execute(
    db,
  )
  const yuan = (fen: number | null): string => (fen === null ? '' : (fen / 100).toFixed(2))
  return {
    name: `04-其他/${year}年银行对账单.csv`,
    bytes: csv(
      ['账户', '日期', '收入为正支出为负', '余额', '对方', '摘要', '流水号'],
      rows.map((row) => [
        row.account,
        row.on,
        yuan(row.amount),
        yuan(row.balance),
        row.party,
        row.summary,
        row.reference,
      ]),
    ),
    kept: KEPT.bank,
    what: '银行对账单',
  }
}

async function assetPart(db: Db, book: Book): Promise<Part> {
  const { rows } = await sql<{
    code: string
    name: string
    cost: number
    on: string
    left: string | null
    place: string
    keeper: string
  }>`
    select code, name, cost_fen as cost, acquired_on as on, left_on as left, place, keeper from funds.asset
    where book_id = ${book.id} order by code`.execute(db)
  return {
    name: '04-其他/固定资产卡片.csv',
    bytes: csv(
      ['编号', '名称', '原值', '取得日期', '处置日期', '地点', '保管人'],
      rows.map((row) => [row.code, row.name, (row.cost / 100).toFixed(2), row.on, row.left, row.place, row.keeper]),
    ),
    kept: KEPT.cards,
    what: '固定资产卡片',
  }
}
