import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator, type Actor } from '../../../../kernel/access/actor.ts'
import { Problem } from '../../../../kernel/contract/problem.ts'
import { connect, type Tx } from '../../../../kernel/db/database.ts'
import { declareRecompute, reconcile } from '../../../../kernel/facts/reconcile.ts'
import { catalogue, declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld } from '../../../../kernel/testing/world.ts'
import { addUnit } from '../../../organisation/public.ts'
import module from '../../module.ts'
import { balances, projectBalances } from './balances.ts'
import { openBook, type Book } from './books.ts'
import { closeMonth } from './closing.ts'
import { recomputes } from './facts.ts'
import { saveOpening } from './opening.ts'
import { postInBook } from './post.ts'
import { addProject } from './projects.ts'
import { refund, spend } from './spend.ts'
import { verifyBook } from './verify.ts'
import { declareReversal } from './reversal.ts'
import { postVouchers, reverseVoucher, reviewVoucher } from './vouchers.ts'

declarePermissions([...module.permissions, { name: 'organisation.restructure', title: '' }])
declareRegisters(module.registers!, module.metrics)
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db, ownerPool, appUrl } = await testDatabase()
const actor: Actor = operator()
// Payments of an imaginary room that keeps nothing of its own.
declareReversal('test/', { check: async () => {}, undo: async () => {} })
beforeAll(async () => {
  await smallWorld(ownerPool)
})

let unions = 0
async function freshBook(): Promise<{ book: Book; tied: number }> {
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

type Deed =
  | { kind: 'income'; account: string; tied: boolean; fen: number; month: number }
  | { kind: 'spend'; account: string; from: string; tied: boolean; fen: number; month: number }
  | { kind: 'refund'; fen: number; month: number }
  | { kind: 'asset'; fen: number; month: number }
  | { kind: 'free'; debit: string; credit: string; fen: number; month: number }
  | { kind: 'reverse'; nth: number }
  | { kind: 'close' }
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
const dayIn = (number: number): string => `2025-${String(number).padStart(2, '0')}-15`

let sources = 0
function perform(book: Book, tied: number, closed: { month: number }, one: Deed): Promise<unknown> {
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
        const { book, tied } = await freshBook()
        const closed = { month: 1 }
        for (const one of deeds) await allowed(perform(book, tied, closed, one))
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
        const { book, tied } = await freshBook()
        const outcomes = await Promise.all(payments.map((one) => allowed(perform(book, tied, { month: 1 }, one))))
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
      const { book, tied } = await freshBook()
      for (const one of deeds) if (one.kind !== 'close') await allowed(perform(book, tied, { month: 1 }, one))
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

test.each<[string, (tx: Tx, book: Book) => Promise<unknown>]>([
  ['closing', (tx, book) => closeMonth(tx, actor, book, 2025, 1)],
  [
    'posting',
    (tx, book) =>
      postInBook(tx, actor, book, {
        onDate: '2025-01-20',
        summary: '收款',
        attachments: 1,
        entries: [
          { account: '102', debitFen: 700 },
          { account: '401', creditFen: 700 },
        ],
      }),
  ],
  [
    'paying',
    (tx, book) =>
      spend(tx, actor, {
        unitId: book.unitId,
        on: '2025-01-21',
        amountFen: 100,
        expenseAccount: '50504',
        payee: '文具店',
        summary: '办公用品',
        source: `test/dying-${book.id}`,
      }),
  ],
])('a session that dies in the middle of %s leaves nothing half-done', async (what, work) => {
  const { book, tied } = await freshBook()
  await perform(book, tied, { month: 1 }, { kind: 'income', account: '401', tied: false, fen: 5_000, month: 1 })
  const standing = () =>
    sql`select (select count(*)::int from funds.voucher where book_id = ${book.id}) as vouchers,
        (select json_agg(p order by year, month) from funds.period p where book_id = ${book.id}) as periods,
        (select json_agg(s order by account_id, month, closing) from funds.month_sum s where book_id = ${book.id}) as sums,
        (select last_seq from funds.book where id = ${book.id}) as last`.execute(db)
  const before = (await standing()).rows
  const dying = connect(appUrl, { max: 1 })
  dying.pool.on('connect', (client) => client.on('error', () => {}))
  await expect(
    dying.db.transaction().execute(async (tx) => {
      await work(tx, book)
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await ownerPool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
      await sql`select 1`.execute(tx)
    }),
    what,
  ).rejects.toThrow()
  await dying.close()
  expect((await standing()).rows).toEqual(before)
  expect((await verifyBook(db, book.id)).faults).toEqual([])
  // The same again goes through, and the next number follows without a gap.
  await db.transaction().execute((tx) => work(tx, book))
  expect((await verifyBook(db, book.id)).faults).toEqual([])
})
