import { sql } from 'kysely'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator, type Actor } from '../../../../kernel/access/actor.ts'
import type { Db } from '../../../../kernel/db/database.ts'
import { declareRecompute } from '../../../../kernel/facts/reconcile.ts'
import { declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase, type TestDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld } from '../../../../kernel/testing/world.ts'
import { addUnit } from '../../../organisation/public.ts'
import module from '../../module.ts'
import { openBook, type Book } from './books.ts'
import { closeMonth } from './closing.ts'
import { recomputes } from './facts.ts'
import { saveOpening } from './opening.ts'
import { postInBook } from './post.ts'
import { addProject } from './projects.ts'
import { declareReversal } from './reversal.ts'
import { refund, spend } from './spend.ts'
import { postVouchers, reverseVoucher, reviewVoucher } from './vouchers.ts'

export const actor: Actor = operator()

/** A database of its own in which books can be opened; payments of `test/…` belong to an imaginary room that keeps nothing. */
export async function ledgerWorld(): Promise<TestDatabase> {
  declarePermissions([...module.permissions, { name: 'organisation.restructure', title: '' }])
  declareRegisters(module.registers!, module.metrics)
  for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
  declareReversal('test/', { check: async () => {}, undo: async () => {} })
  const database = await testDatabase()
  await smallWorld(database.ownerPool)
  return database
}

let unions = 0
/** A new union with its book: 100,00 in cash, 900,00 in the bank, 200,00 of it tied to one project. */
export async function freshBook(db: Db): Promise<{ book: Book; tied: number }> {
  const code = `p-${++unions}`
  return db.transaction().execute(async (tx) => {
    const unit = await addUnit(tx, actor, { code, name: `试验工会${unions}`, type: 'union' })
    const book = await openBook(tx, actor, { unitId: unit.id, openedOn: '2025-01-01' })
    const tied = await addProject(tx, actor, book, {
      code: 'ZX',
      name: '送温暖专项',
      fundKind: 'tied',
      openedOn: '2025-01-01',
    })
    await saveOpening(tx, actor, book, [
      { account: '101', balanceFen: 10_000 },
      { account: '102', balanceFen: 90_000 },
      { account: '32104', balanceFen: -20_000, project: 'ZX' },
      { account: '32205', balanceFen: -80_000 },
    ])
    return { book, tied }
  })
}

/** Something that may be done to a book, allowed or not. */
export type Deed =
  | { kind: 'income'; account: string; tied: boolean; fen: number; month: number }
  | { kind: 'spend'; account: string; from: string; tied: boolean; fen: number; month: number }
  | { kind: 'refund'; fen: number; month: number }
  | { kind: 'asset'; fen: number; month: number }
  | { kind: 'free'; debit: string; credit: string; fen: number; month: number }
  | { kind: 'reverse'; nth: number }
  | { kind: 'close' }
const dayIn = (number: number): string => `2025-${String(number).padStart(2, '0')}-15`

let sources = 0
/** Does it in a transaction of its own. @param closed the next month to close; closing moves it on */
export function perform(
  db: Db,
  { book, tied }: { book: Book; tied: number },
  closed: { month: number },
  one: Deed,
): Promise<unknown> {
  const source = `test/${++sources}`
  return db.transaction().execute(async (tx) => {
    switch (one.kind) {
      case 'income':
        return postInBook(tx, actor, book, {
          onDate: dayIn(one.month),
          summary: '收款',
          attachments: 1,
          entries: [
            { account: '102', debitFen: one.fen },
            { account: one.account, creditFen: one.fen, project: one.tied ? 'ZX' : null },
          ],
        })
      case 'spend':
        return spend(tx, actor, {
          unitId: book.unitId,
          on: dayIn(one.month),
          amountFen: one.fen,
          expenseAccount: one.account,
          payFrom: one.from,
          projectId: one.tied ? tied : null,
          payee: '某商店',
          summary: '付款',
          source,
        })
      case 'refund':
        return refund(tx, actor, {
          unitId: book.unitId,
          on: dayIn(one.month),
          amountFen: one.fen,
          expenseAccount: '50105',
          payer: '某商店',
          summary: '退款',
          source,
        })
      case 'asset':
        return postInBook(tx, actor, book, {
          onDate: dayIn(one.month),
          summary: '购置设备',
          attachments: 1,
          entries: [
            { account: '50702', debitFen: one.fen },
            { account: '102', creditFen: one.fen },
            { account: '162', debitFen: one.fen },
            { account: '30104', creditFen: one.fen },
          ],
        })
      case 'free':
        return postInBook(tx, actor, book, {
          onDate: dayIn(one.month),
          summary: '随手一笔',
          attachments: 1,
          entries: [
            { account: one.debit, debitFen: one.fen },
            { account: one.credit, creditFen: one.fen },
          ],
        })
      case 'reverse': {
        const { rows } = await sql<{ id: number; onDate: string }>`
          select id, on_date as "onDate" from funds.voucher where book_id = ${book.id} order by id offset ${one.nth} limit 1`.execute(
          tx,
        )
        if (!rows[0]) return null
        const red = await reverseVoucher(tx, actor, rows[0].id, rows[0].onDate)
        await reviewVoucher(tx, { ...actor, accountId: 7, name: '审核人' }, red)
        return postVouchers(tx, actor, [red])
      }
      default:
        await closeMonth(tx, actor, book, 2025, closed.month)
        return closed.month < 12 ? closed.month++ : null
    }
  })
}
