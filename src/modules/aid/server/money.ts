import { sql } from 'kysely'
import { Problem } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import { balanceNow, bookOf, lockBook, projectBalances, requireBook, roomFor } from '../../funds/public.ts'
import type { Left } from '../contract.ts'

/** Whose money a programme takes. */
export interface Purse {
  unitId: number
  accountCode: string
  projectId: number | null
}

/** What cycles of a book have granted and not yet paid, in fen: all of it, and from the same line or project. */
async function reservedIn(db: Db | Tx, bookId: number, purse: Purse): Promise<{ allFen: number; sameFen: number }> {
  const { rows } = await sql<{ allFen: number; sameFen: number }>`
    select coalesce(sum(e.approved_fen), 0)::bigint as "allFen",
      coalesce(sum(e.approved_fen) filter (where p.project_id is not distinct from ${purse.projectId}::bigint
        and (p.project_id is not null or p.account_code = ${purse.accountCode})), 0)::bigint as "sameFen"
    from aid.cycle c join aid.programme p on p.id = c.programme_id
      cross join lateral (select x.approved_fen from aid.cycle_sum x where x.cycle_id = c.id) e
    where c.book_id = ${bookId} and c.state = 'approved'`.execute(db)
  return rows[0]!
}

/** What is left for a programme on a day: the least of the bank, the donation and the budget's line, less what is granted. */
export async function leftFor(db: Db | Tx, purse: Purse, today: string): Promise<Left> {
  const book = await bookOf(db, purse.unitId)
  if (!book) return { bankFen: null, projectFen: null, budgetFen: null, reservedFen: 0, leftFen: 0 }
  const { allFen, sameFen } = await reservedIn(db, book.id, purse)
  const bankFen = (await balanceNow(db, book.id, '102')) - allFen
  const project = purse.projectId
    ? (await projectBalances(db, book.id)).find((one) => one.projectId === purse.projectId)
    : undefined
  const projectFen = project?.fundKind === 'tied' ? project.balanceFen - sameFen : null
  const room = await roomFor(db, book.id, {
    on: today,
    accountCode: purse.accountCode,
    projectId: purse.projectId,
  })
  const budgetFen = room.budgetId === null ? null : room.leftFen - sameFen
  const leftFen = Math.min(bankFen, ...[projectFen, budgetFen].filter((fen) => fen !== null))
  return { bankFen, projectFen, budgetFen, reservedFen: allFen, leftFen }
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
