import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { operator } from '../../../../kernel/access/actor.ts'
import { postVoucher } from '../../public.ts'
import { bookDesk, type Hand } from '../book-for-tests.ts'
import { identities } from '../journal/identities.ts'
import { voucherRoutes } from '../journal/voucher-routes.ts'
import { formsOn } from '../statements/forms.ts'
import { assetRoutes } from './asset-routes.ts'

const desk = await bookDesk([assetRoutes, voucherRoutes], '2026-01-01', '2026-06-30')
const { ask, db } = desk
let unitId: number

beforeAll(async () => {
  unitId = desk.book.unitId
  // 80,000 yuan of accumulated surplus come over from the year before.
  await desk.post('2026-01-02', '102', '32205', 8_000_000)
})
const entrusted = (given: object, who: Hand = '会计') =>
  ask(who, 'POST', '/api/funds/entrusted', {
    unitId,
    way: 'in',
    onDate: '2026-03-02',
    whose: '职工足球协会',
    amountFen: 50_000,
    purpose: '会员交纳活动费',
    ...given,
  })
const buy = (given: object = {}, who: Hand = '会计') =>
  ask(who, 'POST', '/api/funds/investments', {
    unitId,
    name: '2026 年第一期储蓄国债',
    kind: 'bond',
    costFen: 3_000_000,
    onDate: '2026-03-10',
    maturesOn: '2029-03-10',
    document: '工会委员会会议纪要 5 号',
    ...given,
  })
const move = (id: number, given: object, who: Hand = '会计') =>
  ask(who, 'POST', `/api/funds/investments/${id}/moves`, { unitId, onDate: '2026-06-10', ...given })
const lines = async (voucherId: number): Promise<string[]> =>
  (
    await sql<{
      text: string
    }>`select a.code || case when e.debit_fen <> 0 then ' 借 ' || e.debit_fen else ' 贷 ' || e.credit_fen end
      as text from funds.entry e join funds.account a on a.id = e.account_id where e.voucher_id = ${voucherId} order by e.line`.execute(
      db,
    )
  ).rows.map((row) => row.text)
async function takeBack(voucherId: number, onDate: string) {
  const red = await ask('会计', 'POST', `/api/funds/vouchers/${voucherId}/reverse`, { onDate })
  if (red.status !== 201) return red
  await ask('主管', 'POST', `/api/funds/vouchers/${red.body.id}/review`)
  return ask('会计', 'POST', '/api/funds/vouchers/post', { ids: [red.body.id] })
}
const faults = async (month: number) =>
  (await identities(db, desk.book.id, 2026, month)).filter((one) => !one.holds && !one.advisory)

test('money of others comes in and goes out by whose it is, never more than is held for them', async () => {
  expect((await entrusted({}, '出纳')).status).toBe(403)
  expect((await entrusted({}, '外人')).status).toBe(404)
  expect((await entrusted({ whose: '', amountFen: 0 })).body.fields).toMatchObject({
    whose: '请填写是谁的钱',
    amountFen: '金额应大于零',
  })
  const { status, body } = await entrusted({})
  expect(status).toBe(201)
  expect(await lines(body.voucherId)).toEqual(['102 借 50000', '221 贷 50000'])
  await entrusted({ whose: '职工互助会', amountFen: 90_000 })
  // What lies there for another is not theirs to spend.
  const short = await entrusted({ way: 'out', amountFen: 60_000, purpose: '购球衣', party: '体育用品店' })
  expect(short).toMatchObject({
    status: 409,
    body: { code: 'entrusted-short', fields: { amountFen: '结存 500.00 元' } },
  })
  const out = await entrusted({ way: 'out', amountFen: 50_000, purpose: '购球衣', party: '体育用品店' })
  expect(await lines(out.body.voucherId)).toEqual(['221 借 50000', '102 贷 50000'])
  expect((await entrusted({ way: 'out', amountFen: 1, purpose: '再付' })).body.code).toBe('entrusted-short')
  const { body: held } = await ask('会计', 'GET', `/api/funds/purpose-money?unitId=${unitId}`)
  expect(held.entrusted).toEqual([
    { counterparty: '职工互助会', receivedFen: 90_000, paidFen: 0, balanceFen: 90_000, elsewhere: false },
    { counterparty: '职工足球协会', receivedFen: 50_000, paidFen: 50_000, balanceFen: 0, elsewhere: false },
  ])
  expect(await faults(3)).toEqual([])
})

test('what another room holds is paid out there', async () => {
  const drive = { whose: '困难职工募捐', way: 'out', amountFen: 1_000, purpose: '资助' }
  await db.transaction().execute((tx) =>
    postVoucher(tx, operator(), unitId, {
      onDate: '2026-03-03',
      summary: '收到捐款',
      attachments: 1,
      source: 'charity/drives/1',
      entries: [
        { account: '102', debitFen: 5_000 },
        { account: '221', creditFen: 5_000, counterparty: drive.whose },
      ],
    }),
  )
  expect(await entrusted(drive)).toMatchObject({ status: 409, body: { code: 'entrusted-elsewhere' } })
})

test('two payments at once can’t pay out the same entrusted money', async () => {
  await entrusted({ whose: '书画社', amountFen: 10_000 })
  const both = await Promise.all([1, 2].map(() => entrusted({ whose: '书画社', way: 'out', amountFen: 8_000 })))
  expect(both.map((one) => one.status).toSorted()).toEqual([201, 409])
})

test('an investment is bought from the surplus only, with the decision behind it', async () => {
  expect((await buy({}, '出纳')).status).toBe(403)
  expect((await buy({}, '外人')).status).toBe(404)
  expect((await buy({ document: '' })).body.fields.document).toContain('会议纪要')
  expect((await buy({ maturesOn: '2026-01-01' })).body.code).toBe('days-wrong')
  expect((await buy({ costFen: 8_000_001 })).body).toMatchObject({
    code: 'surplus-short',
    fields: { costFen: '累计结余 80,000.00 元' },
  })
  const { status, body } = await buy()
  expect(status).toBe(201)
  expect(body).toMatchObject({ openFen: 3_000_000, earnedFen: 0 })
  expect(await lines(body.voucherId)).toEqual([
    '151 借 3000000',
    '30102 贷 3000000',
    '32205 借 3000000',
    '102 贷 3000000',
  ])
  expect(await faults(3)).toEqual([])
})

test('it earns, comes back in parts, with a loss too; never more than it cost', async () => {
  const [bond] = (await ask('会计', 'GET', `/api/funds/investments?unitId=${unitId}`)).body.investments
  expect((await move(bond.id, { earnedFen: 1 }, '外人')).status).toBe(404)
  expect((await move(999, { earnedFen: 1 })).status).toBe(404)
  expect((await move(bond.id, {})).body.code).toBe('nothing')
  expect((await move(bond.id, { earnedFen: 1, onDate: '2026-03-09' })).body.code).toBe('before-bought')
  expect((await move(bond.id, { returnedFen: 3_000_001 })).body).toMatchObject({ code: 'investment-over' })
  expect((await move(bond.id, { earnedFen: -1 })).body.code).toBe('lost-too-much')
  const earned = await move(bond.id, { earnedFen: 42_000 })
  expect(await lines(earned.body.moves[0].voucherId)).toEqual(['102 借 42000', '407 贷 42000'])
  const part = await move(bond.id, { returnedFen: 1_000_000, earnedFen: -5_000 })
  expect(await lines(part.body.moves[1].voucherId)).toEqual([
    '30102 借 1000000',
    '151 贷 1000000',
    '102 借 995000',
    '407 借 5000',
    '32205 贷 1000000',
  ])
  expect(part.body).toMatchObject({ openFen: 2_000_000, earnedFen: 37_000 })
  expect(await faults(6)).toEqual([])
  const form = (await formsOn(db, desk.book, '2026-06-30'))[2]!
  expect(form.notes[0]).toContain('与资产基金（投资）一致')

  // Taken back in turn: what came back first, then the purchase.
  expect((await takeBack(bond.voucherId, '2026-06-30')).body.code).toBe('investment-moved')
  for (const { voucherId } of part.body.moves) expect((await takeBack(voucherId, '2026-06-30')).status).toBe(200)
  expect((await takeBack(bond.voucherId, '2026-06-30')).status).toBe(200)
  expect((await ask('会计', 'GET', `/api/funds/investments?unitId=${unitId}`)).body.investments[0]).toMatchObject({
    openFen: 0,
    earnedFen: 0,
  })
  expect(await faults(6)).toEqual([])
})
