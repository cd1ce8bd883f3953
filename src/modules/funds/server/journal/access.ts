import { allows, requirePermission } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { notFound, Problem } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { bookById, type Book } from './books.ts'

/** What somebody may do with a book beyond reading it. */
export type FundsDeed = 'funds.prepare' | 'funds.review' | 'funds.approve' | 'funds.post' | 'funds.pay' | 'funds.close'

/** The book, if the actor may see it. @throws Problem 404 alike for a missing and a stranger's book */
export async function readBook(db: Db | Tx, actor: Actor, bookId: number): Promise<Book> {
  const book = await bookById(db, bookId)
  if (!(await allows(db, actor, 'funds.read', book.unitId))) throw notFound('账套')
  return book
}

/**
 * Refuses unless the actor may do this with the union's money. Members of the audit committee are no finance people of
 * the same union: whoever audits it may do nothing else with its books (中国工会审计条例).
 * @throws Problem 404 | 403 forbidden | 403 auditor-no-finance
 */
export async function requireDeed(db: Db | Tx, actor: Actor, deed: FundsDeed, unitId: number): Promise<void> {
  if (!(await allows(db, actor, 'funds.read', unitId))) throw notFound('账套')
  await requirePermission(db, actor, deed, unitId, 'funds.read')
  await refuseAuditor(db, actor, unitId)
}

/** @throws Problem 403 auditor-no-finance */
export async function refuseAuditor(db: Db | Tx, actor: Actor, unitId: number): Promise<void> {
  if (actor.kind === 'person' && (await allows(db, actor, 'funds.audit', unitId)))
    throw new Problem(
      403,
      'auditor-no-finance',
      '经费审查委员不能办理本级工会的会计业务。请由会计、出纳办理，或先调整职务。',
    )
}

/**
 * Who reviews neither prepared the voucher nor handles the money (会计法 §25). In a small union the chair may review.
 * @throws Problem 403 | 422 same-hand | 403 cashier-no-review
 */
export async function requireReviewer(db: Db | Tx, actor: Actor, book: Book, preparedBy: number): Promise<void> {
  const asChair = book.profile === 'small' && (await allows(db, actor, 'funds.approve', book.unitId))
  await requireDeed(db, actor, asChair ? 'funds.approve' : 'funds.review', book.unitId)
  if (actor.kind !== 'person') return
  if (await allows(db, actor, 'funds.pay', book.unitId))
    throw new Problem(403, 'cashier-no-review', '出纳不能审核记账凭证。请由会计主管或主席审核。')
  if (preparedBy === actor.accountId)
    throw new Problem(422, 'same-hand', '制单人和审核人不能是同一人。请由另一人审核。')
}
