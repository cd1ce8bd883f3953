import { conflict, notFound, Problem } from '../../../../kernel/contract/problem.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { sql } from 'kysely'
import { assetReversal } from '../assets/reversal.ts'
import { incomeReversal } from '../income/reversal.ts'
import { paymentReversal } from '../spending/reversal.ts'
import { bookById, type Book } from './books.ts'

/** A posted voucher that is to be, or was, taken back. */
export interface Reversed {
  voucherId: number
  book: Book
  onDate: string
  /** path of what it comes from; null for one that somebody drew up by hand */
  source: string | null
}

/** What else changes when a voucher is reversed in red. */
export interface Reversal {
  /** Refuses where it can't be taken back. Asked when the red voucher is drawn up, and again when it is posted. */
  check(tx: Tx, reversed: Reversed): Promise<void>
  /** Brings the thing to where it stood before, in the transaction that posts the red voucher. */
  undo(tx: Tx, actor: Actor, reversed: Reversed, red: { voucherId: number; onDate: string }): Promise<void>
}

/** By the first parts of a source; rooms beside this one say theirs when they are served. */
const bySource = new Map<string, Reversal>([
  ['funds/spending/', paymentReversal],
  ['funds/income/', incomeReversal],
])

/** How vouchers that come from another room are taken back. Without it they can't be: the room would believe they stand. */
export const declareReversal = (source: string, reversal: Reversal): void => void bySource.set(source, reversal)

/** Vouchers of a room that can't be taken back in red, with the sentence that says what to do there instead. */
export const refuseReversal = (source: string, sentence: string): void => {
  const no = (): Promise<never> => Promise.reject(conflict('source-elsewhere', sentence))
  declareReversal(source, { check: no, undo: no })
}

const OWN: Reversal = { check: async () => {}, undo: async () => {} }

function reversalsOf({ source }: Reversed): Reversal[] {
  // Advances, stock, cards and depreciation hang on the voucher itself.
  if (source === null || source.startsWith('funds/depreciation/') || source.startsWith('funds/assets/'))
    return [assetReversal]
  for (const [prefix, reversal] of bySource) if (source.startsWith(prefix)) return [reversal, OWN]
  throw new Problem(
    409,
    'source-elsewhere',
    '这张凭证是由其他业务办理后自动记账的，不能在这里冲销。请打开“来源”，在原业务里办理退回；金额有误的，填制更正凭证。',
  )
}

/** @throws Problem 409 with what stands in the way */
export async function checkReversal(tx: Tx, voucherId: number): Promise<void> {
  const reversed = await reversedOf(tx, voucherId)
  for (const reversal of reversalsOf(reversed)) await reversal.check(tx, reversed)
}

/** After red vouchers were posted: what the reversed ones had done is undone. */
export async function undoReversed(tx: Tx, actor: Actor, postedIds: readonly number[]): Promise<void> {
  const { rows } = await sql<{ voucherId: number; onDate: string; reversesId: number }>`
    select id as "voucherId", on_date as "onDate", reverses_id as "reversesId" from funds.voucher
    where id = any(${postedIds}::bigint[]) and reverses_id is not null order by seq`.execute(tx)
  for (const { reversesId, ...red } of rows) {
    const reversed = await reversedOf(tx, reversesId)
    for (const reversal of reversalsOf(reversed)) {
      await reversal.check(tx, reversed)
      await reversal.undo(tx, actor, reversed, red)
    }
  }
}

async function reversedOf(tx: Tx, voucherId: number): Promise<Reversed> {
  const { rows } = await sql<{ bookId: number; onDate: string; source: string | null }>`
    select book_id as "bookId", on_date as "onDate", source from funds.voucher where id = ${voucherId}`.execute(tx)
  if (!rows[0]) throw notFound('凭证')
  return { voucherId, book: await bookById(tx, rows[0].bookId), onDate: rows[0].onDate, source: rows[0].source }
}
