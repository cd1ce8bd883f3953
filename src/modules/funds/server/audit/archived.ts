import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { balances } from '../journal/balances.ts'
import { auditColumns, auditTables, type Audit } from './audits.ts'
import type { AuditedFigures } from './report.ts'

/** Audits that looked at days of this year, whoever made them; the caller may read the book. Dropped ones are none. */
export async function auditsOfBook(db: Db | Tx, bookId: number, year: number): Promise<Audit[]> {
  const { rows } = await sql<Audit>`select ${auditColumns} from ${auditTables}
    where a.book_id = ${bookId} and a.state not in ('planned', 'dropped')
      and a.from_on <= make_date(${year}, 12, 31) and a.to_on >= make_date(${year}, 1, 1) order by a.id`.execute(db)
  return rows
}

/** What the audited days came to, in fen, for the report. */
export async function auditedFigures(db: Db | Tx, audit: Audit): Promise<AuditedFigures> {
  const money = (await balances(db, audit.bookId, audit.toOn)).filter((row) => /^10[12]/.test(row.code))
  const { rows } = await sql<Omit<AuditedFigures, 'moneyFen'>>`
    select coalesce(sum(e.credit_fen - e.debit_fen) filter (where a.class = 'income'), 0)::bigint as "incomeFen",
      coalesce(sum(e.debit_fen - e.credit_fen) filter (where a.class = 'expense'), 0)::bigint as "expenseFen",
      count(distinct v.id)::int as vouchers
    from funds.voucher v join funds.entry e on e.voucher_id = v.id join funds.account a on a.id = e.account_id
    where v.book_id = ${audit.bookId} and v.state = 'posted' and v.kind not in ('close', 'year-close')
      and v.on_date between ${audit.fromOn}::date and ${audit.toOn}::date`.execute(db)
  return { ...rows[0]!, moneyFen: money.reduce((sum, row) => sum + row.balanceFen, 0) }
}
