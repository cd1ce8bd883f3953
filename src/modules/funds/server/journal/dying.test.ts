import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connect, type Tx } from '../../../../kernel/db/database.ts'
import type { Book } from './books.ts'
import { closeMonth } from './closing.ts'
import { actor, freshBook, ledgerWorld, perform } from './deeds-for-tests.ts'
import { postInBook } from './post.ts'
import { spend } from './spend.ts'
import { verifyBook } from './verify.ts'

const { db, ownerPool, appUrl } = await ledgerWorld()

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
  const own = await freshBook(db)
  const { book } = own
  await perform(db, own, { month: 1 }, { kind: 'income', account: '401', tied: false, fen: 5_000, month: 1 })
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
