import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { conflict, Problem, refused } from '../../../../kernel/contract/problem.ts'
import { plannedOnce, type Db, type Tx } from '../../../../kernel/db/database.ts'
import type { ClosingMode, Profile } from '../../contract.ts'
import type { Book } from '../../voucher-contract.ts'

export type { Book }

const columns = sql`b.id, b.unit_id as "unitId", u.name as "unitName", u.code as "unitCode", b.opened_on as "openedOn",
  b.profile, b.closing, b.wide_chart as "wideChart", b.last_seq as "lastSeq"`

/** The row of the book that a unit's money is kept in: its layer's. */
export const bookRow = (unitId: number): RawBuilder<Book> => sql<Book>`
  select ${columns} from organisation.unit x join funds.book b on b.unit_id = coalesce(x.layer_id, x.id)
    join organisation.unit u on u.id = b.unit_id
  where x.id = ${unitId}`

/** Null when none is open. */
export async function bookOf(db: Db | Tx, unitId: number): Promise<Book | null> {
  return (await sql<Book>`${plannedOnce}${bookRow(unitId)}`.execute(db)).rows[0] ?? null
}

/** @throws Problem 422 `book-missing` when the union keeps no book yet */
export function opened<B extends Book>(book: B | null | undefined): B {
  if (!book) throw refused('book-missing', '本级工会还没有建账。请会计先在“经费 → 账套”中建账并录入期初余额。')
  return book
}

/** @throws Problem 422 `book-missing` */
export const requireBook = async (db: Db | Tx, unitId: number): Promise<Book> => opened(await bookOf(db, unitId))

/** @throws Problem 404 */
export async function bookById(db: Db | Tx, bookId: number): Promise<Book> {
  const { rows } = await sql<Book>`
    select ${columns} from funds.book b join organisation.unit u on u.id = b.unit_id where b.id = ${bookId}`.execute(db)
  if (!rows[0]) throw new Problem(404, 'not-found', '没有找到这个账套，或您没有查看它的权限。')
  return rows[0]
}

/**
 * Opens a book. Branches keep none: their money is their union's.
 * @param book.openedOn first day of a month
 * @throws Problem 409 `book-open` | 422 `not-a-layer` | `not-month-start`
 */
export async function openBook(
  tx: Tx,
  actor: Actor,
  book: { unitId: number; openedOn: string; profile?: Profile; closing?: ClosingMode; wideChart?: boolean },
): Promise<Book> {
  if (!book.openedOn.endsWith('-01'))
    throw refused('not-month-start', '账套从某月 1 日起记账。', { openedOn: '请选择某月 1 日。' })
  const { rows: units } = await sql<{ layer: boolean; name: string }>`
    select coalesce(layer_id, id) = id as layer, name from organisation.unit where id = ${book.unitId}`.execute(tx)
  if (!units[0]?.layer) throw refused('not-a-layer', '分会没有独立账户，经费记在上级工会账上，不单独建账。')
  const { rows } = await sql<{ id: number }>`
    insert into funds.book (unit_id, opened_on, profile, closing, wide_chart, created_by)
    values (${book.unitId}, ${book.openedOn}, ${book.profile ?? 'normal'}, ${book.closing ?? 'monthly'},
      ${book.wideChart ?? false}, ${actor.accountId}) on conflict (unit_id) do nothing returning id`.execute(tx)
  if (!rows[0]) throw conflict('book-open', '本级工会已经建账。')
  await audit(tx, actor, {
    action: 'funds.open-book',
    objectKind: 'funds-book',
    objectId: rows[0].id,
    unitId: book.unitId,
    summary: `为${units[0].name}建账，自 ${book.openedOn} 起`,
  })
  return bookById(tx, rows[0].id)
}

export async function editBook(
  tx: Tx,
  actor: Actor,
  book: Book,
  edit: { profile?: Profile | undefined; closing?: ClosingMode | undefined; wideChart?: boolean | undefined },
): Promise<Book> {
  if (edit.closing && edit.closing !== book.closing) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from funds.period
      where book_id = ${book.id} and state = 'closed' and month < 12 and year = (select max(year) from funds.period
        where book_id = ${book.id} and state = 'closed')`.execute(tx)
    if (rows[0]!.n) throw conflict('closing-fixed', '本年已有月份结账，结转方式到下一年度才能更改。')
  }
  await sql`update funds.book set profile = ${edit.profile ?? book.profile}, closing = ${edit.closing ?? book.closing},
    wide_chart = ${edit.wideChart ?? book.wideChart} where id = ${book.id}`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.edit-book',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `修改${book.unitName}的账套设置`,
    detail: { ...edit },
  })
  return bookById(tx, book.id)
}
