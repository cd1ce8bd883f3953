import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Tx } from '../../../../kernel/db/database.ts'

/** A request that another room made, when its money goes out or the payment is taken back. Amounts are fen. */
export interface Settled {
  requestId: number
  /** what the room gave as `source` when it asked */
  source: string
  amountFen: number
}

/** What else changes in the room that asked: its figure in yuan is that of the journal, in the same transaction. */
export interface Settlement {
  paid(tx: Tx, actor: Actor, settled: Settled & { paidOn: string; voucherId: number }): Promise<void>
  /** The payment's voucher was reversed in red; it may be paid anew. */
  undone(tx: Tx, actor: Actor, settled: Settled): Promise<void>
}

const bySource = new Map<string, Settlement>()

/** How a room hears of its requests' payments, by the first part of their source. */
export const declareSettlement = (source: string, settlement: Settlement): void => void bySource.set(source, settlement)

async function settlementOf(tx: Tx, requestId: number): Promise<[Settlement, Settled] | null> {
  const { rows } = await sql<Settled & { source: string | null }>`
    select id as "requestId", source, amount_fen as "amountFen" from funds.request where id = ${requestId}`.execute(tx)
  const settled = rows[0]
  if (!settled?.source) return null
  for (const [prefix, settlement] of bySource)
    if (settled.source.startsWith(prefix)) return [settlement, settled as Settled]
  return null
}

/** Tells the room whose request was paid. */
export async function tellPaid(
  tx: Tx,
  actor: Actor,
  requestId: number,
  payment: { paidOn: string; voucherId: number },
): Promise<void> {
  const found = await settlementOf(tx, requestId)
  if (found) await found[0].paid(tx, actor, { ...found[1], ...payment })
}

/** Tells the room whose request's payment was taken back. */
export async function tellUndone(tx: Tx, actor: Actor, requestId: number): Promise<void> {
  const found = await settlementOf(tx, requestId)
  if (found) await found[0].undone(tx, actor, found[1])
}
