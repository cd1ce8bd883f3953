import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { parse } from '../../../kernel/http/parse.ts'
import type { z } from 'zod'
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

/** What a route is asked: who, and the places a request says something in. */
export interface Asked {
  actor: Actor
  body: unknown
}

/**
 * Deeds at the book of the body's unit, each in one transaction, by who keeps what stands behind the books or holds
 * another permission there.
 */
export const deedsAt =
  (db: Db) =>
  <Input extends z.ZodType<{ unitId: number }>, Done>(
    request: Asked,
    shape: Input,
    work: (tx: Tx, book: Book, input: z.output<Input>) => Promise<Done>,
    permission = 'funds.post',
  ): Promise<Done> => {
    const input = parse(shape, request.body)
    return db
      .transaction()
      .execute(async (tx) => work(tx, await openedBook(tx, request.actor, input.unitId, permission), input))
  }
