import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { bookOf, requireBook, type Book } from './journal/books.ts'

/**
 * The book a unit's money is kept in, for somebody who holds the permission at that book.
 * @throws Problem 404 for a unit whose money one may not see, 403 without the permission, 422 `book-missing`
 */
export async function openedBook(db: Db | Tx, actor: Actor, unitId: number, permission: string): Promise<Book> {
  const book = await bookOf(db, unitId)
  const at = book?.unitId ?? unitId
  if (!(await allows(db, actor, 'funds.read', at))) throw notFound('单位的账')
  await requirePermission(db, actor, permission, at)
  return book ?? requireBook(db, unitId)
}
