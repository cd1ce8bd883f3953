import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { Problem } from '../../../../kernel/contract/problem.ts'
import { reconcile } from '../../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../../kernel/register/registry.ts'
import { balances, projectBalances } from './balances.ts'
import { closeMonth } from './closing.ts'
import { actor, freshBook, ledgerWorld, perform, type Deed } from './deeds-for-tests.ts'
import { verifyBook } from './verify.ts'

const { db } = await ledgerWorld()

const fen = fc.integer({ min: 1, max: 60_000 })
const month = fc.integer({ min: 1, max: 12 })
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constant('income' as const),
    account: fc.constantFrom('401', '402', '40301', '40302', '405', '408'),
    tied: fc.boolean(),
    fen,
    month,
  }),
  fc.record({
    kind: fc.constant('spend' as const),
    account: fc.constantFrom('50105', '50404', '50504', '510'),
    from: fc.constantFrom('101', '102'),
    tied: fc.boolean(),
    fen,
    month,
  }),
  fc.record({ kind: fc.constant('refund' as const), fen, month }),
  fc.record({ kind: fc.constant('asset' as const), fen, month }),
  fc.record({
    kind: fc.constant('free' as const),
    debit: fc.constantFrom(
      '102',
      '135',
      '141',
      '162',
      '182',
      '211',
      '30104',
      '32101',
      '32103',
      '32205',
      '401',
      '50105',
    ),
    credit: fc.constantFrom('101', '102', '135', '141', '163', '182', '215', '221', '30101', '32102', '32201', '32204'),
    fen,
    month,
  }),
  fc.record({ kind: fc.constant('reverse' as const), nth: fc.nat(10) }),
  fc.constant({ kind: 'close' as const }),
)
/** A refusal is a sentence; anything else is a bug. */
async function allowed(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

test(
  'whatever is done, the books balance, the chain holds and every identity stands',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 14 }), async (deeds) => {
        const own = await freshBook(db)
        const { book } = own
        const closed = { month: 1 }
        for (const one of deeds) await allowed(perform(db, own, closed, one))
        expect((await verifyBook(db, book.id)).faults).toEqual([])
      }),
      { numRuns: 25 },
    )
    const { differences } = await reconcile(db, await catalogue(db))
    expect(differences.filter((one) => one.measure.startsWith('funds.'))).toEqual([])
  },
)

test(
  'payments at the same moment never take a cash, bank or project balance below nothing',
  { timeout: 120_000 },
  async () => {
    const payment = fc.record({
      kind: fc.constant('spend' as const),
      account: fc.constant('50404'),
      from: fc.constantFrom('101', '102'),
      tied: fc.boolean(),
      fen: fc.integer({ min: 5_000, max: 60_000 }),
      month: fc.constant(3),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(payment, { minLength: 2, maxLength: 6 }), async (payments) => {
        const own = await freshBook(db)
        const { book } = own
        const outcomes = await Promise.all(payments.map((one) => allowed(perform(db, own, { month: 1 }, one))))
        const held = await balances(db, book.id, '2025-12-31')
        for (const code of ['101', '102'])
          expect(held.find((row) => row.code === code)?.balanceFen ?? 0).toBeGreaterThanOrEqual(0)
        expect((await projectBalances(db, book.id))[0]!.balanceFen).toBeGreaterThanOrEqual(0)
        // What was refused would have overspent; what was paid is on the books, once.
        const spent = payments.reduce((sum, one, index) => sum + (outcomes[index] ? one.fen : 0), 0)
        expect(held.find((row) => row.code === '50404')?.balanceFen ?? 0).toBe(spent)
        expect((await verifyBook(db, book.id)).faults).toEqual([])
      }),
      { numRuns: 12 },
    )
  },
)

test('closing twice changes nothing', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 8 }), async (deeds) => {
      const own = await freshBook(db)
      const { book } = own
      for (const one of deeds) if (one.kind !== 'close') await allowed(perform(db, own, { month: 1 }, one))
      const close = (number: number) => db.transaction().execute((tx) => closeMonth(tx, actor, book, 2025, number))
      for (let number = 1; number <= 12; number++) await close(number)
      const before = await sql`select id, seq, hash from funds.voucher where book_id = ${book.id} order by seq`.execute(
        db,
      )
      for (let number = 1; number <= 12; number++) expect(await close(number)).toEqual({ vouchers: [], already: true })
      const after = await sql`select id, seq, hash from funds.voucher where book_id = ${book.id} order by seq`.execute(
        db,
      )
      expect(after.rows).toEqual(before.rows)
      for (const row of await balances(db, book.id, '2025-12-31'))
        if (row.class === 'income' || row.class === 'expense' || /^32[12]0[1-3]|^32204/.test(row.code))
          expect([row.code, row.balanceFen]).toEqual([row.code, 0])
    }),
    { numRuns: 8 },
  )
})
