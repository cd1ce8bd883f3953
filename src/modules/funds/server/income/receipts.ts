import { sql } from 'kysely'
import { allows } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { notFound } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { capitalYuan } from '../../../../kernel/money/money.ts'
import type { IncomeRow, ReceiptPaper } from '../../income-contract.ts'
import { INCOME_KINDS } from '../../income-words.ts'
import type { Book } from '../journal/books.ts'
import { voucherNumber } from '../journal/post.ts'

type Raw = Omit<IncomeRow, 'kindTitle' | 'receiptNo' | 'voucherNumber'> & {
  receiptYear: number
  no: number
  voucherMonth: number
  voucherNo: number
}

const columns = sql`i.id, i.kind, i.received_on as "receivedOn", i.amount_fen as "amountFen", i.payer, i.summary, i.method,
  i.receipt_year as "receiptYear", i.receipt_no as no, i.voucher_id as "voucherId", v.month as "voucherMonth",
  v.no as "voucherNo", (select r.id from funds.voucher r where r.reverses_id = v.id and r.state = 'posted') as "reversedById"`

const shown = ({ receiptYear, no, voucherMonth, voucherNo, ...row }: Raw): IncomeRow => ({
  ...row,
  kindTitle: INCOME_KINDS[row.kind].title,
  receiptNo: `${receiptYear}-${String(no).padStart(4, '0')}`,
  voucherNumber: voucherNumber(voucherMonth, voucherNo),
})

/** A page of a year's receipts, newest first; `next` is what the next page is asked with. */
export async function receiptsOf(
  db: Db | Tx,
  book: Book,
  query: { year: number; kind?: string | undefined; before?: number | undefined; limit: number },
): Promise<{ rows: IncomeRow[]; next: number | null }> {
  const { rows } = await sql<Raw>`
    select ${columns} from funds.income i join funds.voucher v on v.id = i.voucher_id
    where i.book_id = ${book.id} and i.receipt_year = ${query.year}
      ${query.kind ? sql`and i.kind = ${query.kind}` : sql``}
      ${query.before ? sql`and i.id < ${query.before}` : sql``}
    order by i.id desc limit ${query.limit + 1}`.execute(db)
  const page = rows.slice(0, query.limit).map(shown)
  return { rows: page, next: rows.length > query.limit ? page.at(-1)!.id : null }
}

/** One receipt as it is printed. @throws Problem 404 */
export async function receiptSheet(db: Db | Tx, actor: Actor, incomeId: number): Promise<ReceiptPaper> {
  const { rows } = await sql<Raw & { unitId: number; unitName: string; createdName: string; document: string | null }>`
    select ${columns}, b.unit_id as "unitId", u.name as "unitName", i.created_name as "createdName", i.document
    from funds.income i join funds.voucher v on v.id = i.voucher_id join funds.book b on b.id = i.book_id
      join organisation.unit u on u.id = b.unit_id where i.id = ${incomeId}`.execute(db)
  const row = rows[0]
  if (!row || !(await allows(db, actor, 'funds.read', row.unitId))) throw notFound('收据')
  const { unitName, createdName, document, ...rest } = row
  const { rows: months } = await sql<{ month: string; people: number; amountFen: number }>`
    select to_char(month, 'YYYY-MM') as month, count(*) as people, sum(amount_fen)::bigint as "amountFen"
    from funds.dues_payment where income_id = ${incomeId} and amount_fen > 0 group by 1 order by 1`.execute(db)
  const { rows: parts } = await sql<{ month: string; totalFen: number; ownFen: number; upperFen: number }>`
    select to_char(month, 'YYYY-MM') as month, total_fen as "totalFen", own_fen as "ownFen", upper_fen as "upperFen"
    from funds.allocation where income_id = ${incomeId} and total_fen > 0 order by 1`.execute(db)
  return { ...shown(rest), unitName, createdName, document, capitals: capitalYuan(row.amountFen), months, parts }
}
