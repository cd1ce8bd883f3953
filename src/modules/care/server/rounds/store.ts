import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { requireBook, stockOf, stockOut } from '../../../funds/public.ts'

/**
 * Takes goods out of the store of the union that keeps the unit's book.
 * @returns what they were worth there, fen
 * @throws Problem 404, 422 `book-missing` | `not-enough`
 */
export async function takeFromStore(
  tx: Tx,
  actor: Actor,
  unitId: number,
  itemId: number,
  out: { onDate: string; quantity: number; purpose: string },
): Promise<number> {
  const book = await requireBook(tx, unitId)
  const worth = async (): Promise<number> =>
    (await stockOf(tx, book)).find((item) => item.id === itemId)?.amountFen ?? 0
  const before = await worth()
  await stockOut(tx, actor, book, itemId, { ...out, attachments: 1 })
  return before - (await worth())
}
