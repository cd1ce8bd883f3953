import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { stateSql } from '../spending/machine.ts'
import type { Line, Move } from './execution.ts'

/** The budget in force: the approved version with the latest first day. */
export interface InForce {
  id: number
  version: number
  lines: Line[]
}

/** @param on `YYYY-MM-DD` */
export async function budgetInForce(db: Db | Tx, bookId: number, on: string): Promise<InForce | null> {
  const { rows } = await sql<{ id: number; version: number }>`
    select id, version from funds.budget
    where book_id = ${bookId} and year = extract(year from ${on}::date) and effective_on is not null and effective_on <= ${on}::date
    order by version desc limit 1`.execute(db)
  return rows[0] ? { ...rows[0], lines: await linesOf(db, rows[0].id) } : null
}

export async function linesOf(db: Db | Tx, budgetId: number): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select id, direction, account_code as "accountCode", project_id as "projectId", amount_fen as "amountFen"
    from funds.budget_line where budget_id = ${budgetId} order by direction, account_code, id`.execute(db)
  return rows
}

/** What was posted on income or spending accounts of a year, closing left out. */
export async function movedIn(
  db: Db | Tx,
  bookId: number,
  year: number,
  direction: 'income' | 'spending',
): Promise<Move[]> {
  const sign = direction === 'income' ? sql`s.credit_fen - s.debit_fen` : sql`s.debit_fen - s.credit_fen`
  const { rows } = await sql<Move>`
    select a.code as "accountCode", nullif(s.project_id, 0) as "projectId", sum(${sign})::bigint as fen
    from funds.month_sum s join funds.account a on a.id = s.account_id
      and a.class = ${direction === 'income' ? 'income' : 'expense'}
    where s.book_id = ${bookId} and s.year = ${year} and s.closing = 0 and s.month > 0
    group by 1, 2 having sum(${sign}) <> 0`.execute(db)
  return rows
}

/** What something has granted and not yet paid. */
export interface Granted extends Move {
  /** path in the app of what will pay it: the source of its voucher begins so */
  path: string
  /** whose budget holds it */
  year: number
  /** out of the bank, or the till */
  method: 'transfer' | 'cash'
}

/** What another room has granted out of a book, whichever year. */
export type GrantedElsewhere = (db: Db | Tx, bookId: number) => Promise<Granted[]>
const elsewhere: GrantedElsewhere[] = []

/** How a room that grants before it pays says so: nobody else is granted the same money. Said when the room is served. */
export const declareGranted = (granted: GrantedElsewhere): void => void elsewhere.push(granted)

/** What is granted and not yet paid out of a book, requests and other rooms alike. Ask it in the lane before granting more. */
export async function grantedIn(db: Db | Tx, bookId: number): Promise<Granted[]> {
  const { rows } = await sql<Granted>`
    select 'funds/spending/' || r.id as path, r.account_code as "accountCode", r.project_id as "projectId", r.amount_fen as fen,
      extract(year from r.requested_on)::int as year, r.method
    from funds.request r where r.book_id = ${bookId} and ${stateSql('r.id')} = 'approved'`.execute(db)
  for (const ask of elsewhere) rows.push(...(await ask(db, bookId)))
  return rows
}

/**
 * What a year's budget must keep for what is granted. What is handed to the upper union (211) is no spending.
 * @param exceptSource of a payment: what it pays for doesn't stand against itself
 */
export async function reservedIn(
  db: Db | Tx,
  bookId: number,
  year: number,
  exceptSource: string | null = null,
): Promise<Move[]> {
  const own = ({ path }: Granted): boolean => exceptSource === path || !!exceptSource?.startsWith(`${path}/`)
  return (await grantedIn(db, bookId)).filter(
    (one) => one.year === year && !one.accountCode.startsWith('211') && !own(one),
  )
}
