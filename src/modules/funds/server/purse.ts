import { sql } from 'kysely'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { requireBook, type Book } from './journal/books.ts'

/** The book for somebody who holds the permission at the unit itself: a branch asks, its union pays. */
export async function bookAsked(db: Db | Tx, actor: Actor, permission: string, unitId: number): Promise<Book> {
  if (!(await allows(db, actor, permission, unitId))) {
    if (!(await allows(db, actor, 'organisation.read', unitId))) throw notFound('单位')
    await requirePermission(db, actor, permission, unitId)
  }
  return requireBook(db, unitId)
}

/** Balance of accounts whose code begins so, debit positive, in fen: everything posted. */
export async function balanceOf(db: Db | Tx, bookId: number, code: string): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(s.debit_fen - s.credit_fen), 0)::bigint as fen
    from funds.month_sum s join funds.account a on a.id = s.account_id
    where s.book_id = ${bookId} and starts_with(a.code, ${code})`.execute(db)
  return rows[0]!.fen
}

/** What stands on accounts that begin so at the end of a day, debit positive, without closing: they never are closed. */
export async function heldOn(db: Db | Tx, bookId: number, code: string, on: string): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select (coalesce((select sum(s.debit_fen - s.credit_fen) from funds.month_sum s join funds.account a on a.id = s.account_id
        where s.book_id = ${bookId} and starts_with(a.code, ${code})
          and (s.year, s.month) < (extract(year from ${on}::date), extract(month from ${on}::date))), 0)
      + coalesce((select sum(s.debit_fen - s.credit_fen) from funds.day_sum s join funds.account a on a.id = s.account_id
        where s.book_id = ${bookId} and starts_with(a.code, ${code})
          and s.on_date between date_trunc('month', ${on}::date) and ${on}::date), 0))::bigint as fen`.execute(db)
  return rows[0]!.fen
}

/** Id of a project by its code in a book; null for none. @throws Problem 422 `project-unknown` */
export async function projectOf(
  db: Db | Tx,
  book: Book,
  code: string | null | undefined,
): Promise<{ id: number; tied: boolean } | null> {
  if (!code) return null
  const { rows } = await sql<{ id: number; tied: boolean }>`
    select id, fund_kind = 'tied' as tied from funds.project where book_id = ${book.id} and code = ${code}`.execute(db)
  if (!rows[0])
    throw refused('project-unknown', `账上没有编码为“${code}”的项目，请先建立项目。`, { project: '没有这个项目' })
  return rows[0]
}
