import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { balanceNow, balances, bookOf } from '../../funds/public.ts'
import { AFTER, openDesk } from './desk-for-tests.ts'

const desk = await openDesk()
const { ask, world, db } = desk
const book = (await bookOf(db, world.unit('east')))!
const figures = async (year: number, ...names: string[]): Promise<number[]> => {
  const scope = { unitId: world.unit('east'), from: `${year}-01-01`, to: `${year}-12-31` }
  const found = await figuresOf(db, await catalogue(db), scope, names)
  return names.map((name) => found.find((figure) => figure.metric === name)?.value ?? 0)
}
/** What the journal says was spent by this room in a year, red spending taken off. */
const spent = async (year: number): Promise<number> =>
  (
    await sql<{ fen: number }>`
      select coalesce(sum(e.debit_fen - e.credit_fen), 0)::bigint as fen from funds.voucher v
        join funds.entry e on e.voucher_id = v.id join funds.account a on a.id = e.account_id
      where v.source like 'aid/%' and a.class = 'expense' and v.year = ${year}`.execute(db)
  ).rows[0]!.fen
// In every year the amount granted is what the journal spent, whatever came back when.
afterEach(async () => {
  expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
  for (const year of [2026, 2027]) {
    const [amount, people, times] = await figures(year, 'aid.grant.amount', 'aid.grant.people', 'aid.grant.times')
    expect(amount).toBe(await spent(year))
    expect(people).toBeLessThanOrEqual(times!)
  }
  const { rows } = await desk.behind(sql<{ left: number }>`
    select coalesce(sum(amount_fen - refunded_fen), 0)::bigint as left from aid.entitlement where payment_id is not null`)
  expect(await balanceNow(db, book.id, '102')).toBe(10_000_000 - rows[0]!.left)
})

await desk.onFile('刘洋')
await desk.onFile('陈静')
const programmeId = await desk.programme({ baseFen: 150_000 })
const cycleId = await desk.published(programmeId)
desk.day(AFTER)
await ask('李强', 'POST', `/aid/cycles/${cycleId}/moves`, { verb: '同意' })
await ask('张敏', 'POST', `/aid/cycles/${cycleId}/pay`, { paidOn: AFTER })
const shares = async () => (await ask('张敏', 'GET', `/aid/cycles/${cycleId}/entitlements`)).body.rows
const shareOf = async (name: string) => (await shares()).find((one: { personName: string }) => one.personName === name)
const { id: first } = await shareOf('刘洋')
const { id: second } = await shareOf('陈静')
const back = (id: number, more: object, who: '张敏' | '杨帆' | '周婷' = '张敏') =>
  ask(who, 'POST', `/aid/entitlements/${id}/refund`, { reason: '多发，退回差额', refundedOn: AFTER, ...more })

test('a part comes back: the rest stays paid, the person stays helped, the figures are those of the journal', async () => {
  expect((await back(first, { amountFen: 20_000 }, '杨帆')).status).toBe(403)
  expect((await back(first, { amountFen: 20_000 }, '周婷')).status).toBe(404)
  expect((await back(first, { amountFen: 0 })).body.fields).toEqual({ amountFen: '退回金额要大于 0' })
  expect((await back(first, { amountFen: 150_001 })).body).toMatchObject({
    code: 'too-much',
    fields: { amountFen: '最多 1,500.00 元' },
  })
  const done = await back(first, { amountFen: 20_000 })
  expect(done).toMatchObject({ status: 200, body: { leftFen: 130_000 } })
  expect(await shareOf('刘洋')).toMatchObject({
    state: 'paid',
    amountFen: 150_000,
    refundedFen: 20_000,
    refundedOn: null,
    refunds: [{ on: AFTER, amountFen: 20_000, reason: '多发，退回差额', voucherNumber: done.body.voucherNumber }],
  })
  expect(
    await figures(2026, 'aid.grant.people', 'aid.grant.amount', 'funds.expense', 'hardship.relief.daily-amount'),
  ).toEqual([2, 280_000, 280_000, 280_000])
  expect(await figures(2026, 'aid.refund.people', 'aid.refund.times', 'aid.refund.amount')).toEqual([1, 1, 20_000])
  expect((await ask('张敏', 'GET', `/aid/cycles/${cycleId}`)).body).toMatchObject({
    amountFen: 300_000,
    refundedFen: 20_000,
  })
  // What came back leaves room under the year's ceiling again: 2,000 less the 1,300 and the 1,500 they have.
  const terms = { pool: 'files', baseFen: 150_000, perYearFen: 200_000 }
  const { rows } = (await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/preview`, { terms })).body
  expect(rows.map((row: { personName: string; amountFen: number }) => [row.personName, row.amountFen])).toEqual([
    ['刘洋', 70_000],
    ['陈静', 50_000],
  ])
  // The member reads what was paid, what came back and why.
  expect((await ask('刘洋', 'GET', '/aid/mine')).body.entitlements[0]).toMatchObject({
    amountFen: 150_000,
    refundedFen: 20_000,
    state: 'paid',
  })
})

test('the same click twice books once; the rest and no more comes back later', async () => {
  expect((await back(first, { amountFen: 20_000 })).body).toMatchObject({
    code: 'refunded-meanwhile',
    fields: { amountFen: '已退回 200.00 元，请核对' },
  })
  expect((await back(first, { amountFen: 130_001, seenFen: 20_000 })).body.code).toBe('too-much')
  // Two cashiers at one moment: one books, the other hears what has come back.
  const both = await Promise.all([1, 2].map(() => back(first, { amountFen: 30_000, seenFen: 20_000 })))
  expect(both.map((one) => one.status).toSorted()).toEqual([200, 409])
  expect((await back(first, { seenFen: 50_000 })).body).toMatchObject({ leftFen: 0 })
  expect((await back(first, { amountFen: 1, seenFen: 150_000 })).body).toMatchObject({
    code: 'not-now',
    fields: { amountFen: '已经全部退回' },
  })
  expect(await shareOf('刘洋')).toMatchObject({ state: 'refunded', refundedFen: 150_000, refundedOn: AFTER })
  expect(await figures(2026, 'aid.grant.people', 'aid.grant.amount', 'hardship.relief.daily-people')).toEqual([
    1, 150_000, 1,
  ])
  expect(await figures(2026, 'aid.refund.people', 'aid.refund.households', 'aid.refund.times')).toEqual([1, 1, 3])
})

test('what comes back in a later year puts the surplus right; the first year’s figures stay', async () => {
  desk.day('2027-02-10')
  const done = await back(second, { amountFen: 40_000, refundedOn: '2027-02-08', reason: '重复享受，退回一部分' })
  expect(done.status).toBe(200)
  expect(await figures(2026, 'aid.grant.people', 'aid.grant.amount', 'aid.refund.amount')).toEqual([
    1, 150_000, 150_000,
  ])
  expect(
    await figures(
      2027,
      'aid.grant.amount',
      'aid.refund.amount',
      'aid.refund.earlier-amount',
      'aid.refund.earlier-people',
    ),
  ).toEqual([0, 40_000, 40_000, 1])
  expect((await balances(db, book.id, '2027-12-31')).find((one) => one.code === '32201')).toMatchObject({
    creditFen: 40_000,
  })
  expect(await shareOf('陈静')).toMatchObject({ state: 'paid', refundedFen: 40_000 })
  const rest = await back(second, { refundedOn: '2027-02-10', seenFen: 40_000 })
  expect(rest.body.leftFen).toBe(0)
  expect(await figures(2026, 'aid.grant.people', 'aid.grant.amount')).toEqual([1, 150_000])
  expect(await figures(2027, 'aid.refund.amount', 'aid.refund.people')).toEqual([150_000, 1])
})

test('a record or a voucher of one share leads back to its cycle, for who may see it', async () => {
  expect((await ask('张敏', 'GET', `/aid/entitlements/${first}`)).body).toEqual({ cycleId })
  expect((await ask('周婷', 'GET', `/aid/entitlements/${first}`)).status).toBe(404)
  expect((await ask('张敏', 'GET', '/aid/entitlements/999999')).status).toBe(404)
  // Posted refunds are never touched again, whoever asks the database.
  await expect(desk.ownerPool.query('update aid.refund set amount_fen = 1')).rejects.toThrow('aid-frozen')
})

test('a voucher of this room isn’t reversed in the books: it says where the thing is undone', async () => {
  const { rows } = await sql<{ id: number; source: string }>`
    select id, source from funds.voucher where source like 'aid/%' order by id limit 2`.execute(db)
  const reverse = (id: number) => ask('王芳', 'POST', `/funds/vouchers/${id}/reverse`, { onDate: '2026-03-20' })
  expect(rows.map((row) => row.source.split('/')[1])).toEqual(['cycles', 'entitlements'])
  expect((await reverse(rows[0]!.id)).body).toMatchObject({
    code: 'source-elsewhere',
    message: expect.stringContaining('发放名单里，对退回的人登记“退回”'),
  })
  expect((await reverse(rows[1]!.id)).body.message).toContain('帮扶款退回的凭证，不能冲销')
})
