import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator } from '../../../../kernel/access/actor.ts'
import { buildApp, type App } from '../../../../kernel/http/app.ts'
import { declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../../kernel/testing/world.ts'
import module from '../../module.ts'
import { balanceNow, openBook, postVoucher } from '../../public.ts'
import { bankRoutes } from '../bank/bank-routes.ts'
import { assetRoutes } from './asset-routes.ts'

declarePermissions([...module.permissions])
declareRegisters(module.registers!, module.metrics)
const { db, ownerPool } = await testDatabase()
let world: World
let app: App
let bookId: number
const east = (): number => world.unit('east')

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  await db.transaction().execute(async (tx) => {
    bookId = (await openBook(tx, operator(), { unitId: east(), openedOn: '2026-01-01' })).id
    const entries = [
      { account: '102', debitFen: 10_000_000 },
      { account: '405', creditFen: 10_000_000 },
    ]
    await postVoucher(tx, operator(), east(), { onDate: '2026-01-04', summary: '行政补助', attachments: 1, entries })
  })
  app = await buildApp(
    {
      db,
      today: () => '2026-06-30',
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [assetRoutes, bankRoutes],
  )
})
afterAll(() => app.close())

async function ask(who: PersonName, method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.body ? answer.json() : null }
}
const lines = async (voucherId: number): Promise<string[]> =>
  (
    await sql<{
      text: string
    }>`select a.code || case when e.debit_fen <> 0 then ' 借 ' || e.debit_fen else ' 贷 ' || e.credit_fen end as text
      from funds.entry e join funds.account a on a.id = e.account_id where e.voucher_id = ${voucherId} order by e.line`.execute(
      db,
    )
  ).rows.map((row) => row.text)

test('an asset from purchase to sale: two pairs, depreciation through 资产基金, the rest leaves the books', async () => {
  const draft = {
    unitId: east(),
    code: 'GD-001',
    name: '投影仪',
    kind: 'office',
    costFen: 720_000,
    years: 6,
    acquiredOn: '2026-01-15',
    origin: 'bought',
    place: '会议室',
    keeper: '刘洋',
  }
  expect((await ask('张敏', 'POST', '/api/funds/assets', draft)).status).toBe(404)
  expect((await ask('李强', 'POST', '/api/funds/assets', { ...draft, costFen: 99_900 })).body.code).toBe('not-fixed')
  const { status, body: card } = await ask('李强', 'POST', '/api/funds/assets', draft)
  expect(status).toBe(201)
  expect(await lines(card.voucherId)).toEqual(['50702 借 720000', '102 贷 720000', '162 借 720000', '30104 贷 720000'])
  expect((await ask('李强', 'POST', '/api/funds/assets', draft)).body.code).toBe('code-taken')

  const month = { unitId: east(), month: '2026-02' }
  expect((await ask('李强', 'GET', `/api/funds/depreciation?unitId=${east()}&month=2026-02`)).body.lines).toMatchObject(
    [{ code: 'GD-001', beforeFen: 0, amountFen: 20_000 }],
  )
  const booked = await ask('李强', 'POST', '/api/funds/depreciation', month)
  expect(await lines(booked.body.voucherId)).toEqual(['30104 借 20000', '163 贷 20000'])
  expect((await ask('李强', 'POST', '/api/funds/depreciation', month)).body.code).toBe('nothing-due')

  const sale = {
    unitId: east(),
    how: 'sale',
    onDate: '2026-04-10',
    reason: '更新换代',
    proceedsFen: 500_000,
    expensesFen: 10_000,
  }
  expect((await ask('李强', 'POST', `/api/funds/assets/${card.id}/disposal`, sale)).body.code).toBe('depreciate-first')
  await ask('李强', 'POST', '/api/funds/depreciation', { ...month, month: '2026-03' })
  const { body: sold } = await ask('李强', 'POST', `/api/funds/assets/${card.id}/disposal`, sale)
  expect(sold).toMatchObject({ state: 'left', leftOn: '2026-04-10', lostFen: 30_000 })
  expect(await balanceNow(db, bookId, '162')).toBe(0)
  expect(await balanceNow(db, bookId, '30104')).toBe(0)
  const { body } = await ask('李强', 'GET', `/api/funds/assets?unitId=${east()}`)
  expect(body.cards).toEqual(body.ledger)
})

test('scrap waits in 182 until it is approved; a loss becomes spending', async () => {
  const { body: card } = await ask('李强', 'POST', '/api/funds/assets', {
    unitId: east(),
    code: 'GD-002',
    name: '旧音响',
    kind: 'culture',
    costFen: 300_000,
    years: 5,
    acquiredOn: '2026-05-01',
    origin: 'given',
  })
  await ask('李强', 'POST', '/api/funds/depreciation', { unitId: east(), month: '2026-05' })
  const scrap = { unitId: east(), how: 'scrap', onDate: '2026-06-02', reason: '损坏无法修复' }
  expect((await ask('李强', 'POST', `/api/funds/assets/${card.id}/disposal`, scrap)).body.state).toBe('pending')
  expect(await balanceNow(db, bookId, '18201')).toBe(295_000)
  const settled = await ask('李强', 'POST', `/api/funds/assets/${card.id}/settlement`, {
    unitId: east(),
    onDate: '2026-06-20',
    document: '东工委〔2026〕9号',
    proceedsFen: 1000,
    expensesFen: 3000,
  })
  expect(settled.body.state).toBe('left')
  expect([
    await balanceNow(db, bookId, '18201'),
    await balanceNow(db, bookId, '18202'),
    await balanceNow(db, bookId, '510'),
  ]).toEqual([0, 0, 12_000])
  expect(
    (await ask('李强', 'POST', `/api/funds/assets/${card.id}/settlement`, { unitId: east(), onDate: '2026-06-21' }))
      .status,
  ).toBe(404)
})

test('goods go in at cost and out at the mean; nobody takes more than there is', async () => {
  const into = {
    unitId: east(),
    onDate: '2026-06-01',
    name: '毛巾被',
    measure: '条',
    quantity: 3,
    amountFen: 10_000,
    purpose: '夏送清凉',
    spendingAccount: '50405',
  }
  const { body: posted } = await ask('李强', 'POST', '/api/funds/stock', into)
  expect(await lines(posted.voucherId)).toEqual(['50405 借 10000', '102 贷 10000', '141 借 10000', '30101 贷 10000'])
  expect((await ask('李强', 'POST', '/api/funds/stock', { ...into, measure: '箱' })).body.code).toBe('measure-differs')
  const { body } = await ask('李强', 'GET', `/api/funds/stock?unitId=${east()}`)
  const issue = (quantity: number) =>
    ask('李强', 'POST', `/api/funds/stock/${body.items[0].id}/issue`, {
      unitId: east(),
      onDate: '2026-06-10',
      quantity,
      purpose: '发放',
    })
  expect(await lines((await issue(1)).body.voucherId)).toEqual(['30101 借 3333', '141 贷 3333'])
  expect((await issue(3)).body.code).toBe('not-enough')
  expect(await lines((await issue(2)).body.voucherId)).toEqual(['30101 借 6667', '141 贷 6667'])
  expect(await balanceNow(db, bookId, '141')).toBe(0)
})

test('an advance waits for its settlement; what was overspent is paid out', async () => {
  const { body: paid } = await ask('李强', 'POST', '/api/funds/advances', {
    unitId: east(),
    onDate: '2026-06-03',
    payee: '杨帆',
    amountFen: 200_000,
    purpose: '职工篮球赛',
    dueOn: '2026-06-25',
  })
  const waiting = async () =>
    (
      await sql<{
        n: number
      }>`select count(*)::int as n from kernel.todo where kind = 'funds.advance-due' and done_at is null`.execute(db)
    ).rows[0]!.n
  expect(await waiting()).toBe(1)
  const settle = (input: object) =>
    ask('李强', 'POST', `/api/funds/advances/${paid.id}/settlement`, { unitId: east(), onDate: '2026-06-20', ...input })
  expect((await settle({ spentFen: 100 })).body.fields).toHaveProperty('spendingAccount')
  expect((await settle({ spentFen: 50_000, spendingAccount: '50102' })).body).toMatchObject({ openFen: 150_000 })
  expect((await settle({ spentFen: 100_000, returnedFen: 60_000, spendingAccount: '50102' })).body.code).toBe(
    'returned-too-much',
  )
  expect((await settle({ spentFen: 160_000, spendingAccount: '50102' })).body).toMatchObject({ openFen: 0 })
  expect([await balanceNow(db, bookId, '135'), await balanceNow(db, bookId, '50102'), await waiting()]).toEqual([
    0, 210_000, 0,
  ])
  expect((await settle({ returnedFen: 100 })).body.code).toBe('advance-settled')
})

test('a count closes only when everything was counted', async () => {
  await ask('李强', 'POST', '/api/funds/assets', {
    unitId: east(),
    code: 'GD-003',
    name: '桌椅',
    kind: 'furniture',
    quantity: 40,
    bulk: true,
    costFen: 800_000,
    years: 15,
    acquiredOn: '2026-06-05',
    origin: 'bought',
  })
  const { body: count } = await ask('李强', 'POST', '/api/funds/counts', {
    unitId: east(),
    onDate: '2026-06-30',
    counters: '刘洋、陈静',
  })
  expect(count.lines).toMatchObject([{ code: 'GD-003', expected: 40, found: null }])
  expect(
    (await ask('李强', 'POST', '/api/funds/counts', { unitId: east(), onDate: '2026-06-30', counters: '刘洋' })).body
      .code,
  ).toBe('count-open')
  const fill = (found: number | null, close: boolean) =>
    ask('李强', 'PUT', `/api/funds/counts/${count.id}`, {
      unitId: east(),
      lines: [{ assetId: count.lines[0].assetId, found, remark: '' }],
      close,
    })
  expect((await fill(null, true)).body.code).toBe('count-incomplete')
  expect((await fill(38, true)).body).toMatchObject({ closed: true })
  expect((await fill(40, false)).body.code).toBe('count-closed')
})

test('a union without a book hears where to open one; another union’s stays unknown', async () => {
  expect((await ask('周婷', 'GET', `/api/funds/assets?unitId=${world.unit('south')}`)).body.code).toBe('book-missing')
  for (const path of ['assets', 'stock', 'advances', 'counts', 'purpose-money', 'bank/accounts'])
    expect((await ask('周婷', 'GET', `/api/funds/${path}?unitId=${east()}`)).status).toBe(404)
})
