import { sql } from 'kysely'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator } from '../../../../kernel/access/actor.ts'
import { declareRecompute, reconcile } from '../../../../kernel/facts/reconcile.ts'
import { catalogue, declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld, type World } from '../../../../kernel/testing/world.ts'
import module from '../../module.ts'
import { balanceNow, openBook, postVoucher, spend, type VoucherDraft } from '../../public.ts'
import { recomputes } from './facts.ts'

declarePermissions([...module.permissions])
declareRegisters(module.registers!, module.metrics)
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()
let world: World
let bookId: number

const business = (draft: Partial<VoucherDraft> = {}): VoucherDraft => ({
  onDate: '2025-03-31',
  summary: '收一季度会员会费',
  attachments: 1,
  entries: [
    { account: '102', debitFen: 735_600 },
    { account: '401', creditFen: 735_600 },
  ],
  ...draft,
})
const post = (draft: VoucherDraft) =>
  db.transaction().execute((tx) => postVoucher(tx, operator(), world.unit('east-1'), draft))

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  await expect(post(business())).rejects.toMatchObject({ code: 'book-missing' })
  bookId = (
    await db
      .transaction()
      .execute((tx) => openBook(tx, operator(), { unitId: world.unit('east'), openedOn: '2025-01-01' }))
  ).id
})
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

test('a voucher is numbered within its month, chained and counted', async () => {
  expect(await post(business())).toMatchObject({ number: '记-03-001' })
  expect(await post(business({ onDate: '2025-04-02' }))).toMatchObject({ number: '记-04-001' })
  expect(await post(business({ onDate: '2025-03-01' }))).toMatchObject({ number: '记-03-002' })
  const { rows } = await sql<{ seq: number; ok: boolean }>`
    select seq, not exists (select from funds.walk(${bookId}, seq, seq, prev_hash)) and octet_length(hash) = 32
      and prev_hash = lag(hash, 1, '\\x') over (order by seq) as ok
    from funds.voucher v where book_id = ${bookId} order by seq`.execute(db)
  expect(rows).toEqual([1, 2, 3].map((seq) => ({ seq, ok: true })))
  expect(await balanceNow(db, bookId, '102')).toBe(3 * 735_600)
})

test.each<[string, string, string, Partial<VoucherDraft>]>([
  [
    'unbalanced',
    'unbalanced',
    'entries',
    {
      entries: [
        { account: '102', debitFen: 100 },
        { account: '401', creditFen: 99 },
      ],
    },
  ],
  [
    'zero',
    'zero-amount',
    'entries.0.debitFen',
    {
      entries: [
        { account: '102', debitFen: 0 },
        { account: '401', creditFen: 0 },
      ],
    },
  ],
  [
    'negative',
    'negative-amount',
    'entries.0.debitFen',
    {
      entries: [
        { account: '50102', debitFen: -1 },
        { account: '102', creditFen: -1 },
      ],
    },
  ],
  [
    'half a fen',
    'over-precise',
    'entries.0.debitFen',
    {
      entries: [
        { account: '102', debitFen: 0.5 },
        { account: '401', creditFen: 0.5 },
      ],
    },
  ],
  ['before the book', 'wrong-period', 'onDate', { onDate: '2024-12-31' }],
  [
    'an account nobody knows',
    'account-unknown',
    'entries.1.account',
    {
      entries: [
        { account: '102', debitFen: 1 },
        { account: '499', creditFen: 1 },
      ],
    },
  ],
  [
    'an account of county unions',
    'account-class',
    'entries.1.account',
    {
      entries: [
        { account: '102', debitFen: 1 },
        { account: '406', creditFen: 1 },
      ],
    },
  ],
  [
    'a parent with prescribed details',
    'account-has-details',
    'entries.0.account',
    {
      entries: [
        { account: '501', debitFen: 1 },
        { account: '102', creditFen: 1 },
      ],
    },
  ],
  [
    'tied money without a project',
    'project-missing',
    'entries.1.project',
    {
      entries: [
        { account: '102', debitFen: 1 },
        { account: '40302', creditFen: 1 },
      ],
    },
  ],
  [
    'an asset without its fund',
    'asset-pair',
    'entries',
    {
      entries: [
        { account: '162', debitFen: 100 },
        { account: '102', creditFen: 100 },
      ],
    },
  ],
  [
    'what only closing moves',
    'account-class',
    'entries.1.account',
    {
      entries: [
        { account: '102', debitFen: 100 },
        { account: '32203', creditFen: 100 },
      ],
    },
  ],
  ['capitals that say something else', 'capitals-differ', 'capitals', { capitals: '柒仟叁佰伍拾元整' }],
  [
    'an account that has details of one’s own',
    'account-has-details',
    'entries.0.account',
    {
      entries: [
        { account: '403', debitFen: 1 },
        { account: '102', creditFen: 1 },
      ],
    },
  ],
  [
    'both sides on one line',
    'two-sides',
    'entries.0.creditFen',
    {
      entries: [
        { account: '102', debitFen: 5, creditFen: 5 },
        { account: '401', creditFen: 5, debitFen: 5 },
      ],
    },
  ],
  ['one line alone', 'lines-missing', 'entries', { entries: [{ account: '102', debitFen: 1 }] }],
  ['no summary', 'summary-missing', 'summary', { summary: '  ' }],
  [
    'a project nobody opened',
    'project-unknown',
    'entries.1.project',
    {
      entries: [
        { account: '102', debitFen: 1 },
        { account: '40302', creditFen: 1, project: 'P-99' },
      ],
    },
  ],
  [
    'an invoice twice on one voucher',
    'invoice-twice',
    'invoices.1.number',
    { invoices: [{ number: '25117000000099' }, { number: '25117000000099' }] },
  ],
  [
    'more than can be counted',
    'over-precise',
    'entries.0.debitFen',
    {
      entries: [
        { account: '102', debitFen: 2 ** 60 },
        { account: '401', creditFen: 2 ** 60 },
      ],
    },
  ],
  ['no attachment', 'attachments-missing', 'attachments', { attachments: 0 }],
])('%s is refused in a sentence at the field', async (_, code, field, draft) => {
  await expect(post(business(draft))).rejects.toMatchObject({
    status: 422,
    code,
    // A sentence in Chinese that says what is wrong, at the place where it is.
    fields: { [field]: expect.stringMatching(/^.*\p{Script=Han}{4}.*。$/u) },
    message: expect.stringMatching(/\p{Script=Han}{4}.*。$/u),
  })
})

test('capitals that agree, an invoice once, a source once', async () => {
  await post(business({ capitals: '人民币柒仟叁佰伍拾陆元正', invoices: [{ number: '25117000000012345678' }] }))
  await expect(post(business({ invoices: [{ number: '25117000000012345678' }] }))).rejects.toMatchObject({
    status: 409,
    code: 'invoice-duplicate',
  })
  await post(business({ source: 'dues/1' }))
  await expect(post(business({ source: 'dues/1' }))).rejects.toMatchObject({ code: 'source-posted' })
})

test('a payment is spending against the bank and never more than there is', async () => {
  const before = await balanceNow(db, bookId, '102')
  const payment = {
    unitId: world.unit('east-2'),
    on: '2025-04-10',
    amountFen: 80_000,
    expenseAccount: '50105',
    payee: '刘洋',
    summary: '住院慰问',
    source: 'care/visits/3',
  }
  const pay = (change: Partial<typeof payment> = {}) =>
    db.transaction().execute((tx) => spend(tx, operator(), { ...payment, ...change }))
  await pay()
  expect(await balanceNow(db, bookId, '102')).toBe(before - 80_000)
  await expect(pay()).rejects.toMatchObject({ code: 'source-posted' })
  await expect(pay({ amountFen: before, source: 'care/visits/4' })).rejects.toMatchObject({ code: 'overdrawn' })
  await expect(pay({ amountFen: 0, source: 'care/visits/5' })).rejects.toMatchObject({ code: 'amount-not-positive' })
  const both = await Promise.allSettled([
    pay({ amountFen: before - 80_000, source: 'care/visits/6' }),
    pay({ amountFen: before - 80_000, source: 'care/visits/7' }),
  ])
  expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await balanceNow(db, bookId, '102')).toBe(0)
})

const refusedBy = async (statement: string): Promise<string> => {
  const failure = await sql
    .raw(statement)
    .execute(db)
    .then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  return failure
}

test('the server’s role can’t change, delete, insert into or forge what is posted', async () => {
  const posted = `(select min(id) from funds.voucher where state = 'posted')`
  expect(await refusedBy(`update funds.voucher set summary = '改' where id = ${posted}`)).toBe('ZJ002')
  expect(await refusedBy(`delete from funds.voucher where id = ${posted}`)).toBe('ZJ002')
  expect(await refusedBy(`update funds.entry set debit_fen = 1, credit_fen = 0 where voucher_id = ${posted}`)).toBe(
    'ZJ002',
  )
  expect(await refusedBy(`delete from funds.entry where voucher_id = ${posted}`)).toBe('ZJ002')
  expect(
    await refusedBy(
      `insert into funds.entry (voucher_id, line, account_id, debit_fen, book_id, on_date) select ${posted}, 99, min(id), 5, ${bookId}, current_date from funds.account`,
    ),
  ).toBe('ZJ002')
  expect(
    await refusedBy(`insert into funds.voucher (book_id, year, month, on_date, summary, state, no, seq, hash, prev_hash, prepared_by,
      prepared_name, reviewed_by, reviewed_name, posted_at) values (${bookId}, 2025, 5, '2025-05-01', '伪', 'posted', 1, 99, '', '', 1, '甲', 2, '乙', now())`),
  ).toBe('ZJ002')
  expect(await refusedBy(`update funds.period set state = 'open', closed_at = null`)).toBe('42501')
  expect(await refusedBy(`update funds.month_sum set debit_fen = 0`)).toBe('42501')
  expect(await refusedBy(`update funds.book set last_seq = 0`)).toBe('42501')
  expect(await refusedBy(`update funds.account set code = '103' where code = '101'`)).toBe('ZJ002')
})
