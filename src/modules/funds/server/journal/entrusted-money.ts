import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import type { Book } from './books.ts'
import { postInBook, type PostedVoucher, type Signatures } from './post.ts'

/** 代管经费: money that passes through the union's account and isn't its own (工会会计制度 221). */
const HELD = '221'
const BANK = '102'

/** Other people's money that another room holds for somebody. */
export interface EntrustedMove {
  /** comes in, or goes out */
  way: 'in' | 'out'
  /** whose it is, as 代管经费 lists it: the same words each time */
  whose: string
  /** who paid it in or received it */
  party: string
  /** fen, above zero */
  amountFen: number
  /** `YYYY-MM-DD` */
  on: string
  summary: string
  /** path of the thing in the app: one voucher each */
  source: string
  signatures?: Signatures
}

/**
 * Books money that is held for others: between 代管经费 and the bank, no income and no spending. The room knows how much it
 * holds for whom and has looked in the book's lane (`lockBook`) that no more goes out.
 * @throws Problem 409 `source-posted` | `overdrawn` | `period-closed`
 */
export function moveEntrusted(tx: Tx, actor: Actor, book: Book, move: EntrustedMove): Promise<PostedVoucher> {
  const { amountFen } = move
  const bank = { account: BANK, counterparty: move.party }
  const held = { account: HELD, counterparty: move.whose }
  return postInBook(
    tx,
    actor,
    book,
    {
      onDate: move.on,
      summary: move.summary.slice(0, 200),
      attachments: 1,
      source: move.source,
      entries:
        move.way === 'in'
          ? [
              { ...bank, debitFen: amountFen },
              { ...held, creditFen: amountFen },
            ]
          : [
              { ...held, debitFen: amountFen },
              { ...bank, creditFen: amountFen },
            ],
    },
    move.signatures,
  )
}
