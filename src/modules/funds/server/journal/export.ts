import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { csvCell } from '../../../../kernel/exporter/csv.ts'
import type { AccountClass, VoucherKind } from '../../contract.ts'
import { CLASS_WORDS, KIND_WORDS } from '../../words.ts'
import type { Book } from './books.ts'
import { voucherNumber } from './post.ts'

/** A year of a book as plain text that other programs read: hledger's journal, or CSV for anybody. */

interface Line {
  voucherId: number
  onDate: string
  month: number
  no: number
  kind: VoucherKind
  summary: string
  attachments: number
  hash: string
  line: number
  code: string
  name: string
  class: AccountClass
  debitFen: number
  creditFen: number
  project: string | null
  counterparty: string | null
  lineSummary: string
}

const TYPES: Readonly<Record<AccountClass, string>> = {
  asset: 'A',
  liability: 'L',
  net: 'E',
  income: 'R',
  expense: 'X',
}
const decimal = (fen: number): string => {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
const grouped = (fen: number): string => decimal(fen).replaceAll(/\B(?=(?:\d{3})+\.)/g, ',')

/**
 * Text as hledger takes it for what it is: `;` would begin a comment, two spaces would end an account's name, a line break
 * the line, `|` would part payee from note; in a tag's value a comma ends the value and a colon begins another tag.
 */
export const hledgerText = (text: string): string =>
  text
    .replaceAll(/[\s\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ')
    .replaceAll(';', '；')
    .replaceAll('|', '｜')
    .trim()
const tagText = (text: string): string => hledgerText(text).replaceAll(',', '，').replaceAll(':', '：')

const accountOf = (one: { code: string; name: string; class: AccountClass }): string =>
  `${CLASS_WORDS[one.class]}:${one.code} ${hledgerText(one.name).replaceAll(':', '：')}`

/** Lines of a year by day, then in the order of posting; some thousand vouchers at a time, whatever the year's size. */
async function* linesOf(db: Db | Tx, bookId: number, year: number): AsyncGenerator<Line> {
  let after = { onDate: `${year}-01-01`, seq: 0 }
  for (;;) {
    const { rows } = await sql<Line & { seq: number }>`
      select v.seq, v.id as "voucherId", v.on_date as "onDate", v.month, v.no, v.kind, v.summary, v.attachments,
        encode(v.hash, 'hex') as hash, e.line, a.code, coalesce(p.name || '—', '') || a.name as name, a.class,
        e.debit_fen as "debitFen", e.credit_fen as "creditFen", pr.code as project, e.counterparty, e.summary as "lineSummary"
      from (select * from funds.voucher where book_id = ${bookId} and state = 'posted'
          and on_date between ${after.onDate}::date and ${`${year}-12-31`}::date
          and (on_date, seq) > (${after.onDate}::date, ${after.seq}::bigint) order by on_date, seq limit 2000) v
        join funds.entry e on e.voucher_id = v.id join funds.account a on a.id = e.account_id
        left join funds.account p on p.id = a.parent_id left join funds.project pr on pr.id = e.project_id
      order by v.on_date, v.seq, e.line`.execute(db)
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last
  }
}

interface Opened {
  code: string
  name: string
  class: AccountClass
  openingFen: number
  debitFen: number
  creditFen: number
  closingFen: number
}

/** Accounts of a year with what they held on 1 January and what came in with an opening in its middle. */
async function accountsOf(db: Db | Tx, bookId: number, year: number): Promise<Opened[]> {
  const { rows } = await sql<Opened>`
    select a.code, coalesce(p.name || '—', '') || a.name as name, a.class,
      coalesce(sum(s.debit_fen - s.credit_fen) filter (where s.year < ${year} or s.month = 0), 0)::bigint as "openingFen",
      0::bigint as "debitFen", 0::bigint as "creditFen", 0::bigint as "closingFen"
    from funds.month_sum s join funds.account a on a.id = s.account_id left join funds.account p on p.id = a.parent_id
    where s.book_id = ${bookId} and s.year <= ${year} group by a.id, p.name order by a.code`.execute(db)
  const { rows: brought } = await sql<{ code: string; debitFen: number; creditFen: number; closingFen: number }>`
    select a.code, sum(o.debit_fen)::bigint as "debitFen", sum(o.credit_fen)::bigint as "creditFen",
      sum(o.closing_fen)::bigint as "closingFen"
    from funds.opening o join funds.account a on a.id = o.account_id join funds.book b on b.id = o.book_id
    where o.book_id = ${bookId} and extract(year from b.opened_on) = ${year} group by a.code`.execute(db)
  const found = new Map(brought.map((row) => [row.code, row]))
  return rows.map((row) => ({ ...row, ...found.get(row.code) }))
}

const posting = (account: Opened | Line, fen: number, side: 'd' | 'c', more = ''): string =>
  `    ${accountOf(account)}  CNY ${grouped(fen)}  ; side:${side}${more}\n`

/** The year as an hledger journal, line by line. `hledger check -s ordereddates` passes; tags say kind, side, project. */
export async function* hledgerJournal(db: Db | Tx, book: Book, year: number): AsyncGenerator<string> {
  const accounts = await accountsOf(db, book.id, year)
  yield `; ${hledgerText(book.unitName)} ${year} 年账簿，工会会计制度（财会〔2021〕7号）\ndecimal-mark .\ncommodity CNY 1,000.00\n`
  for (const account of accounts) yield `account ${accountOf(account)}  ; type: ${TYPES[account.class]}\n`
  const opened = accounts.filter((account) => account.openingFen !== 0)
  if (opened.length) {
    yield `\n${year}-01-01 * (年初) 年初余额  ; kind:年初\n`
    for (const account of opened) yield `    ${accountOf(account)}  CNY ${grouped(account.openingFen)}\n`
  }
  const brought = accounts.filter((account) => account.debitFen !== 0 || account.creditFen !== 0)
  const closed = accounts.filter((account) => account.closingFen !== 0)
  const lastDay = new Date(Date.parse(`${book.openedOn}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  if (brought.length) {
    yield `\n${lastDay} * (建账) 建账前累计发生额  ; kind:建账\n`
    for (const account of brought) {
      if (account.debitFen !== 0) yield posting(account, account.debitFen, 'd')
      if (account.creditFen !== 0) yield posting(account, -account.creditFen, 'c')
    }
  }
  if (closed.length) {
    yield `\n${lastDay} * (建账) 建账前期末结转  ; kind:期末结转\n`
    for (const account of closed) yield posting(account, account.closingFen, account.closingFen > 0 ? 'd' : 'c')
  }
  for await (const voucher of vouchersOf(linesOf(db, book.id, year))) {
    const [first] = voucher
    yield `\n${first!.onDate} * (${voucherNumber(first!.month, first!.no)}) ${hledgerText(first!.summary)}  ; kind:${
      KIND_WORDS[first!.kind]
    }, att:${first!.attachments}, hash:${first!.hash.slice(0, 16)}\n`
    for (const line of voucher) {
      const project = line.project ? `, project:${tagText(line.project)}` : ''
      const payee = line.counterparty ? `, payee:${tagText(line.counterparty)}` : ''
      const note = line.lineSummary ? `, note:${tagText(line.lineSummary)}` : ''
      yield posting(line, line.debitFen - line.creditFen, line.debitFen !== 0 ? 'd' : 'c', project + payee + note)
    }
  }
}

async function* vouchersOf(lines: AsyncGenerator<Line>): AsyncGenerator<Line[]> {
  let voucher: Line[] = []
  for await (const line of lines) {
    if (voucher[0] && voucher[0].voucherId !== line.voucherId) {
      yield voucher
      voucher = []
    }
    voucher.push(line)
  }
  if (voucher.length) yield voucher
}

/** The year's lines as CSV with a header, amounts in yuan; UTF-8 with a mark, so that Excel reads the Chinese. */
export async function* csvJournal(db: Db | Tx, book: Book, year: number): AsyncGenerator<string> {
  yield '\ufeff日期,凭证号,类别,摘要,附件张数,行,科目编码,科目名称,借方金额,贷方金额,项目,往来,行摘要,校验值\r\n'
  for await (const line of linesOf(db, book.id, year))
    yield `${[
      csvCell(line.onDate),
      csvCell(voucherNumber(line.month, line.no)),
      csvCell(KIND_WORDS[line.kind]),
      csvCell(line.summary),
      csvCell(line.attachments),
      csvCell(line.line),
      csvCell(line.code),
      csvCell(line.name),
      csvCell(line.debitFen || null, 'money'),
      csvCell(line.creditFen || null, 'money'),
      csvCell(line.project),
      csvCell(line.counterparty),
      csvCell(line.lineSummary),
      csvCell(line.hash),
    ].join(',')}\r\n`
}
