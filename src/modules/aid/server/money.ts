import { sql } from 'kysely'
import { Problem } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import {
  balanceNow,
  bookOf,
  grantedIn,
  lockBook,
  projectBalances,
  requireBook,
  roomFor,
  type Granted,
} from '../../funds/public.ts'
import type { Left } from '../contract.ts'

/** Whose money a programme takes. */
export interface Purse {
  unitId: number
  accountCode: string
  projectId: number | null
}

/** What cycles of a book have granted and not yet paid, as the books ask every room. */
export async function grantedByCycles(db: Db | Tx, bookId: number): Promise<Granted[]> {
  const { rows } = await sql<Granted>`
    select 'aid/cycles/' || c.id as path, p.account_code as "accountCode", p.project_id as "projectId", e.approved_fen as fen,
      extract(year from c.approved_on)::int as year, 'transfer' as method
    from aid.cycle c join aid.programme p on p.id = c.programme_id
      -- the sum of these cycles, not of all there ever were
      cross join lateral (select x.approved_fen from aid.cycle_sum x where x.cycle_id = c.id) e
    where c.book_id = ${bookId} and c.state = 'approved'`.execute(db)
  return rows
}

/** What is left for a programme on a day: the least of the bank, the donation and the budget's line, less what is granted to anybody. */
export async function leftFor(db: Db | Tx, purse: Purse, today: string): Promise<Left> {
  const book = await bookOf(db, purse.unitId)
  if (!book) return { bankFen: null, projectFen: null, budgetFen: null, reservedFen: 0, leftFen: 0 }
  const granted = await grantedIn(db, book.id)
  const sum = (of: (one: Granted) => boolean): number => granted.reduce((fen, one) => fen + (of(one) ? one.fen : 0), 0)
  const reservedFen = sum((one) => one.method === 'transfer')
  const bankFen = (await balanceNow(db, book.id, '102')) - reservedFen
  const project = purse.projectId
    ? (await projectBalances(db, book.id)).find((one) => one.projectId === purse.projectId)
    : undefined
  const projectFen =
    project?.fundKind === 'tied' ? project.balanceFen - sum((one) => one.projectId === purse.projectId) : null
  const room = await roomFor(db, book.id, { on: today, accountCode: purse.accountCode, projectId: purse.projectId })
  const budgetFen = room.budgetId === null ? null : room.leftFen
  const leftFen = Math.min(bankFen, ...[projectFen, budgetFen].filter((fen) => fen !== null))
  return { bankFen, projectFen, budgetFen, reservedFen, leftFen }
}

/**
 * Takes the book's lane and refuses what isn't left in it: of two who grant the same money at once, the second hears no.
 * The lane is held until the transaction ends.
 * @returns the book
 * @throws Problem 409 `not-enough`, 422 `book-missing`
 */
export async function reserve(tx: Tx, purse: Purse, needFen: number, today: string): Promise<{ bookId: number }> {
  const book = await requireBook(tx, purse.unitId)
  await lockBook(tx, book.id)
  const left = await leftFor(tx, purse, today)
  if (left.leftFen < needFen)
    throw new Problem(
      409,
      'not-enough',
      `需 ${formatYuan(needFen)} 元，可用只有 ${formatYuan(left.leftFen)} 元（${shortOf(left)}${left.reservedFen ? `，已扣除批准未付的 ${formatYuan(left.reservedFen)} 元` : ''}）。请先补足资金、调整预算，或移出部分人员、调整标准后另开批次。`,
    )
  return { bookId: book.id }
}

/** Which purse is the narrowest. */
function shortOf(left: Left): string {
  if (left.leftFen === left.projectFen) return '受专项资金余额所限'
  if (left.leftFen === left.budgetFen) return '受本年预算所限'
  return '受银行存款余额所限'
}
