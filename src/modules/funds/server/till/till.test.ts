import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { assetRoutes } from '../assets/asset-routes.ts'
import { bookDesk, type Hand } from '../book-for-tests.ts'
import { voucherRoutes } from '../journal/voucher-routes.ts'
import { identities } from '../journal/identities.ts'
import { balanceOf } from '../purse.ts'
import { formsOn } from '../statements/forms.ts'
import { tillRoutes } from './routes.ts'

const desk = await bookDesk([tillRoutes, assetRoutes, voucherRoutes], '2026-01-01', '2026-03-20')
const { ask, db } = desk
let unitId: number

beforeAll(async () => {
  unitId = desk.book.unitId
  await desk.post('2026-01-05', '102', '402', 1_000_000)
  await desk.post('2026-01-06', '101', '102', 100_000)
})
const count = (pieces: object, more: object = {}, who: Hand = '出纳') =>
  ask(who, 'POST', '/api/funds/till-counts', { unitId, onDate: '2026-03-20', pieces, witness: '赵磊', ...more })
const review = (id: number, who: Hand = '主管') => ask(who, 'POST', `/api/funds/till-counts/${id}/review`, { unitId })
const settle = (id: number, given: object, who: Hand = '主席') =>
  ask(who, 'POST', `/api/funds/till-counts/${id}/settlement`, {
    unitId,
    onDate: '2026-03-20',
    document: '工会委员会会议纪要 3 号',
    ...given,
  })
const page = async () => (await ask('会计', 'GET', `/api/funds/till-counts?unitId=${unitId}`)).body
const lines = async (voucherId: number): Promise<string[]> =>
  (
    await sql<{
      text: string
    }>`select a.code || case when e.debit_fen <> 0 then ' 借 ' || e.debit_fen else ' 贷 ' || e.credit_fen end
      as text from funds.entry e join funds.account a on a.id = e.account_id where e.voucher_id = ${voucherId} order by e.line`.execute(
      db,
    )
  ).rows.map((row) => row.text)
/** A posted voucher taken back in red by the accountant, reviewed by the head. */
async function takeBack(voucherId: number) {
  const red = await ask('会计', 'POST', `/api/funds/vouchers/${voucherId}/reverse`, { onDate: '2026-03-20' })
  if (red.status !== 201) return red
  await ask('主管', 'POST', `/api/funds/vouchers/${red.body.id}/review`)
  return ask('会计', 'POST', '/api/funds/vouchers/post', { ids: [red.body.id] })
}
const holds = async () => (await identities(db, desk.book.id, 2026, 3)).filter((one) => !one.holds && !one.advisory)

test('the cashier counts with a witness; nobody else does, and nothing is booked by counting', async () => {
  expect((await count({ 10000: 9 }, {}, '会计')).status).toBe(403)
  expect((await count({ 10000: 9 }, {}, '外人')).status).toBe(404)
  expect((await count({})).body).toMatchObject({ code: 'pieces-missing', fields: { pieces: '请填写张数' } })
  expect((await count({ 10000: -1 })).body.fields['pieces.10000']).toContain('不能是负数')
  expect((await count({ 300: 1 })).status).toBe(422)
  expect((await count({ 10000: 9 }, { onDate: '2026-03-21' })).body.code).toBe('in-future')
  expect((await count({ 10000: 9 }, { onDate: '2025-12-31' })).body.code).toBe('wrong-period')
  expect((await count({ 10000: 9 }, { witness: '刘洋' })).body).toMatchObject({ code: 'same-hand' })
  // 940 yuan lie in the till, the journal says 1,000.
  const { status, body } = await count({ 10000: 9, 2000: 2 })
  expect(status).toBe(201)
  expect(body).toMatchObject({ bookFen: 100_000, countedFen: 94_000, state: 'counted', voucherId: null })
  expect((await count({ 10000: 10 })).body.code).toBe('count-open')
  expect((await page()).may).toEqual({ count: false, review: true, settle: false })
  expect((await ask('外人', 'GET', `/api/funds/till-counts?unitId=${unitId}`)).status).toBe(404)
})

test('another hand reviews: what is short is booked to 182, and the chair decides who pays it back', async () => {
  const [open] = (await page()).counts
  expect((await review(open.id, '出纳')).status).toBe(403)
  expect((await review(open.id, '外人')).status).toBe(404)
  expect((await settle(open.id, { how: 'expense' })).body.code).toBe('nothing-pending')
  // A movement of the same day after the count: counted anew.
  await desk.post('2026-03-20', '101', '102', 1_000)
  expect((await review(open.id)).body).toMatchObject({ code: 'till-moved' })
  expect((await ask('主管', 'POST', `/api/funds/till-counts/${open.id}/return`, { unitId, words: '' })).status).toBe(
    422,
  )
  expect(
    (await ask('主管', 'POST', `/api/funds/till-counts/${open.id}/return`, { unitId, words: '补记提现后重盘' })).body,
  ).toMatchObject({ state: 'returned', returned: '补记提现后重盘' })
  const { body: again } = await count({ 10000: 9, 5000: 1, 10: 0 }, { reason: '找零有误' })
  const { body: confirmed } = await review(again.id)
  expect(confirmed).toMatchObject({ state: 'confirmed', reviewedName: '赵磊', bookFen: 101_000, countedFen: 95_000 })
  expect(await lines(confirmed.voucherId)).toEqual(['18203 借 6000', '101 贷 6000'])
  expect((await review(again.id)).body.code).toBe('not-counted')
  expect(await holds()).toEqual([])

  expect((await settle(again.id, { how: 'expense' }, '会计')).status).toBe(403)
  expect((await settle(again.id, { how: 'income' })).body).toMatchObject({
    code: 'way-wrong',
    fields: { how: expect.any(String) },
  })
  expect((await settle(again.id, { how: 'person' })).body.code).toBe('party-missing')
  expect((await settle(again.id, { how: 'person', party: '刘洋' })).body.code).toBe('due-missing')
  expect((await settle(again.id, { how: 'expense', onDate: '2026-03-19' })).body.code).toBe('before-count')
  expect((await settle(again.id, { how: 'person', party: '刘洋', dueOn: '2026-04-20' })).status).toBe(204)
  const settled = (await page()).counts[0]
  expect(settled).toMatchObject({ state: 'settled', settledParty: '刘洋', settledName: '王芳' })
  expect(await lines(settled.settledVoucherId)).toEqual(['135 借 6000', '18203 贷 6000'])
  // Who owes it stands among the advances, to be paid back by the day.
  const { advances } = (await ask('会计', 'GET', `/api/funds/advances?unitId=${unitId}&open=true`)).body
  expect(advances).toMatchObject([{ payee: '刘洋', openFen: 6_000, dueOn: '2026-04-20' }])
  const form = (await formsOn(db, desk.book, '2026-03-20'))[0]!
  expect(form.rows.find((row) => row[0] === '100 元')).toEqual(['100 元', '9', 90_000])
  expect(form.rows.at(-1)).toEqual(['溢余（短缺为负）', null, -6_000])
  expect(form.notes.join('')).toContain('由责任人赔偿')
})

test('a red voucher takes the decision back, then the difference itself; out of turn it is refused', async () => {
  const settled = (await page()).counts[0]
  expect((await takeBack(settled.voucherId)).body.code).toBe('till-settled')
  expect((await takeBack(settled.settledVoucherId)).status).toBe(200)
  expect((await page()).counts[0]).toMatchObject({ state: 'confirmed', settledHow: null })
  expect((await ask('会计', 'GET', `/api/funds/advances?unitId=${unitId}&open=true`)).body.advances).toEqual([])
  expect((await takeBack(settled.voucherId)).status).toBe(200)
  expect((await page()).counts[0]).toMatchObject({ state: 'returned', returned: expect.stringContaining('重新盘点') })
  expect(await balanceOf(db, desk.book.id, '101')).toBe(101_000)
  expect(await holds()).toEqual([])
})

test('what is over goes to its owner or to other income; a till that agrees is booked nowhere', async () => {
  const { body: over } = await count({ 10000: 10, 1000: 2 })
  const { body: confirmed } = await review(over.id)
  expect(await lines(confirmed.voucherId)).toEqual(['101 借 1000', '18203 贷 1000'])
  expect((await settle(over.id, { how: 'person', party: '刘洋', dueOn: '2026-04-20' })).body.code).toBe('way-wrong')
  expect((await settle(over.id, { how: 'owed' })).body.code).toBe('party-missing')
  expect((await settle(over.id, { how: 'income' })).status).toBe(204)
  expect(await lines((await page()).counts[0].settledVoucherId)).toEqual(['18203 借 1000', '408 贷 1000'])
  const { body: even } = await count({ 10000: 10, 1000: 2 })
  expect((await review(even.id)).body).toMatchObject({ state: 'confirmed', voucherId: null })
  expect((await settle(even.id, { how: 'income' })).body.code).toBe('nothing-pending')
  expect(await balanceOf(db, desk.book.id, '182')).toBe(0)
})

test('a count of a month that was closed since is not booked into it', async () => {
  const { body: late } = await count({ 10000: 1 }, { onDate: '2026-02-27' })
  await desk.closeMonths(2026, 2)
  expect((await review(late.id)).body).toMatchObject({ code: 'period-closed' })
  expect(
    (await ask('主管', 'POST', `/api/funds/till-counts/${late.id}/return`, { unitId, words: '已结账' })).status,
  ).toBe(200)
})
