import { sql } from 'kysely'
import type { Db } from '../../../../kernel/db/database.ts'
import { officialDocx } from '../../../../kernel/documents/official.ts'
import { csvCell } from '../../../../kernel/exporter/csv.ts'
import { findingsOf, papersOf, type Audit } from '../audit/audits.ts'
import { auditNotice, auditReport } from '../audit/report.ts'
import { auditedFigures, auditsOfBook } from '../audit/archived.ts'
import { AUDIT_STATES, FINDING_STATES } from '../../audit-contract.ts'
import { bankAccounts } from '../bank/bank-accounts.ts'
import { reconciliationOn } from '../bank/matches.ts'
import type { Book } from '../journal/books.ts'
import { monthEnd } from '../journal/closing.ts'
import { voucherNumber } from '../journal/post.ts'

/** How long a kind of paper is kept, counted from the day after the year's end: 会计档案管理办法 附表1. */
export const KEPT = {
  vouchers: '30年',
  books: '30年',
  monthly: '10年',
  yearly: '永久',
  bank: '10年',
  cards: '固定资产处置后5年',
  /** 经审: the house keeps it as long as what it speaks of. */
  audit: '30年',
} as const

/** One file of the package: made here, or lying in the store under its hash. */
export type Part = { name: string; kept: string; what: string } & ({ bytes: Buffer } | { sha256: string; size: number })

export const csv = (head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): Buffer =>
  Buffer.from(
    `\ufeff${[head, ...rows].map((row) => row.map((cell) => csvCell(cell === null ? '' : String(cell))).join(',')).join('\r\n')}\r\n`,
  )
const yuan = (fen: number | null): string => (fen === null ? '' : (fen / 100).toFixed(2))
/** A name as part of a path inside the package. */
const safe = (name: string): string => name.replaceAll(/[\\/:*?"<>|\p{C}]/gu, '_').slice(0, 80)

/**
 * What each hash of the year's vouchers covers, a line a voucher: anyone can work them out again with SHA-256 and nothing
 * of ours: hash = SHA-256(previous hash ‖ content).
 */
export async function chainPart(db: Db, book: Book, year: number): Promise<Part> {
  const { rows } = await sql<{
    seq: number
    month: number
    no: number
    previous: string
    hash: string
    content: string
  }>`
    with of_year as (select array_agg(id) as ids from funds.voucher where book_id = ${book.id} and year = ${year} and state = 'posted')
    select v.seq, v.month, v.no, encode(v.prev_hash, 'hex') as previous, encode(v.hash, 'hex') as hash,
      funds.heading(v.book_id, v.seq, v.year, v.month, v.no, v.on_date, v.kind, v.summary, v.attachments, v.source,
        v.reverses_id, v.corrects_id, v.prepared_by, v.prepared_name, v.reviewed_by, v.reviewed_name, v.approved_by,
        v.approved_name, v.cashier_by, v.cashier_name, v.posted_by, v.posted_name, v.file_hashes)
        || coalesce(l.content, '') || coalesce(i.content, '') as content
    from of_year y join funds.voucher v on v.id = any(y.ids)
      left join funds.lines_of(y.ids) l on l.voucher_id = v.id left join funds.invoices_of(y.ids) i on i.voucher_id = v.id
    order by v.seq`.execute(db)
  const lines = rows.map((row) =>
    JSON.stringify({
      seq: row.seq,
      number: voucherNumber(row.month, row.no),
      previous: row.previous,
      hash: row.hash,
      content: row.content,
    }),
  )
  return {
    name: `01-记账凭证/${year}年凭证校验链.ndjson`,
    bytes: Buffer.from(lines.length ? `${lines.join('\n')}\n` : ''),
    kept: KEPT.vouchers,
    what: '每张凭证的校验内容和校验码',
  }
}

/** The originals behind the year's vouchers: their own files and those of the request each paid. */
export async function attachmentParts(db: Db, book: Book, year: number): Promise<Part[]> {
  const { rows } = await sql<{ month: number; no: number; name: string; sha256: string; size: number; at: number }>`
    select v.month::int as month, v.no, f.name, encode(f.sha256, 'hex') as sha256, f.bytes as size,
      row_number() over (partition by v.id order by l.object_kind, l.id)::int as at
    from funds.voucher v join kernel.file_link l on l.removed_at is null and (
        (l.object_kind = 'voucher' and l.object_id = v.id)
        or (l.object_kind = 'funds-request' and v.source ~ '^funds/spending/[0-9]+' and l.object_id = substring(v.source from '^funds/spending/([0-9]+)')::bigint))
      join kernel.file f on f.id = l.file_id
    where v.book_id = ${book.id} and v.year = ${year} and v.state = 'posted' order by v.seq, at`.execute(db)
  return rows.map((row) => ({
    name: `01-记账凭证/附件/${voucherNumber(row.month, row.no)}/${row.at}-${safe(row.name)}`,
    sha256: row.sha256,
    size: row.size,
    kept: KEPT.vouchers,
    what: '原始凭证',
  }))
}

/** The bank's lines, and a reconciliation of each account for every month in which it has any. */
export async function bankParts(db: Db, book: Book, year: number): Promise<Part[]> {
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
  const parts: Part[] = [
    {
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
    },
  ]
  for (const account of await bankAccounts(db, book)) {
    const months = new Set(rows.filter((row) => row.account === account.code).map((row) => Number(row.on.slice(5, 7))))
    const tables: (string | number | null)[][] = []
    for (const month of months) {
      const table = await reconciliationOn(db, book, account, monthEnd(year, month))
      const on = table.on
      tables.push([on, '账面余额', '', '', yuan(table.bookFen)])
      for (const [side, items] of [
        ['加：银行已收，工会未收', table.bankReceived],
        ['减：银行已付，工会未付', table.bankPaid],
      ] as const)
        for (const item of items) tables.push([on, side, item.on, item.text, yuan(item.amountFen)])
      tables.push([on, '调节后账面余额', '', '', yuan(table.adjustedBookFen)])
      tables.push([on, '对账单余额', '', '', yuan(table.bankFen)])
      for (const [side, items] of [
        ['加：工会已收，银行未收', table.bookReceived],
        ['减：工会已付，银行未付', table.bookPaid],
      ] as const)
        for (const item of items) tables.push([on, side, item.on, item.text, yuan(item.amountFen)])
      tables.push([on, '调节后对账单余额', '', '', yuan(table.adjustedBankFen)])
      tables.push([on, '差额', '', '', yuan(table.differenceFen)])
    }
    if (tables.length)
      parts.push({
        name: `04-其他/${year}年余额调节表-${account.code}.csv`,
        bytes: csv(['截至', '项目', '日期', '摘要', '金额'], tables),
        kept: KEPT.bank,
        what: `银行存款余额调节表（${account.code} ${account.name}）`,
      })
  }
  return parts
}

export async function assetPart(db: Db, book: Book): Promise<Part> {
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
      rows.map((row) => [row.code, row.name, yuan(row.cost), row.on, row.left, row.place, row.keeper]),
    ),
    kept: KEPT.cards,
    what: '固定资产卡片',
  }
}

/** 经审 of the year's books: notice and report as they were sent, working papers with their vouchers, findings. */
export async function auditParts(db: Db, book: Book, year: number): Promise<Part[]> {
  const parts: Part[] = []
  for (const audit of await auditsOfBook(db, book.id, year)) parts.push(...(await auditPapers(db, audit)))
  return parts
}

async function auditPapers(db: Db, audit: Audit): Promise<Part[]> {
  const [papers, findings] = [await papersOf(db, audit.id), await findingsOf(db, audit.id)]
  const folder = `05-经费审查/${audit.id}-${safe(audit.title)}`
  const part = (name: string, what: string, bytes: Buffer): Part => ({
    name: `${folder}/${name}`,
    bytes,
    kept: KEPT.audit,
    what: `${what}（${AUDIT_STATES[audit.state]}）`,
  })
  return [
    part('审计通知书.docx', '审计通知书', Buffer.from(await officialDocx(auditNotice(audit)))),
    part(
      '工作底稿.csv',
      '审计工作底稿',
      csv(
        ['序号', '事项', '情况', '依据', '金额', '编写人', '凭证'],
        papers.map((paper) => [
          paper.no,
          paper.subject,
          paper.observation,
          paper.basis,
          yuan(paper.amountFen),
          paper.madeName,
          paper.vouchers.map((one) => `${one.onDate} ${voucherNumber(one.month, one.no)}`).join('；'),
        ]),
      ),
    ),
    part(
      '问题和整改.csv',
      '审查发现的问题和整改',
      csv(
        ['序号', '问题', '依据', '金额', '要求', '期限', '状态', '整改情况', '认定'],
        findings.map((one) => [
          one.no,
          one.title,
          one.basis,
          yuan(one.amountFen),
          one.demand,
          one.dueOn,
          FINDING_STATES[one.state],
          one.answer,
          one.acceptedOn && `${one.acceptedOn} ${one.acceptedBy}`,
        ]),
      ),
    ),
    ...(audit.opinedOn
      ? [
          part(
            '经费审查报告.docx',
            '经费审查报告',
            Buffer.from(await officialDocx(auditReport(audit, findings, await auditedFigures(db, audit)))),
          ),
        ]
      : []),
  ]
}
