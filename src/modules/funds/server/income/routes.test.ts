import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator } from '../../../../kernel/access/actor.ts'
import { declareRecompute, reconcile } from '../../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../../kernel/testing/world.ts'
import module from '../../module.ts'
import { balanceNow, openBook } from '../../public.ts'
import { recomputes } from '../journal/facts.ts'
import { duesOf } from './dues-rule.ts'
import { incomeRoutes } from './routes.ts'

declarePermissions([...module.permissions, { name: 'organisation.read', title: '查看组织' }])
declareRegisters(module.registers!, module.metrics)
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()
let world: World
let app: App
let bookId: number

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => '2026-04-20',
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [incomeRoutes],
  )
})
afterAll(() => app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

async function ask(who: PersonName, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.body ? answer.json() : null }
}
const east = () => world.unit('east')
const members = async (month: string, more = '') =>
  (await ask('李强', 'GET', `/api/funds/dues/members?unitId=${east()}&month=${month}${more}`)).body.rows as {
    personId: number
    name: string
    dueFen: number
    paidFen: number
    reason: string
  }[]

test('without a book nothing can be taken in; a foreign union isn’t there', async () => {
  expect(await ask('李强', 'GET', `/api/funds/dues?unitId=${east()}&year=2026`)).toMatchObject({
    status: 422,
    body: { code: 'book-missing' },
  })
  bookId = (
    await db.transaction().execute((tx) => openBook(tx, operator(), { unitId: east(), openedOn: '2026-01-01' }))
  ).id
  expect((await ask('周婷', 'GET', `/api/funds/dues?unitId=${east()}&year=2026`)).status).toBe(404)
})

test('dues follow the base of the month, its part below ten yuan dropped; exemptions owe nothing', async () => {
  const rows = [
    { personId: world.person('刘洋'), baseFen: 438_650 },
    { personId: world.person('陈静'), baseFen: 500_999 },
    { personId: world.person('杨帆'), fixedFen: 500 },
  ]
  expect((await ask('李强', 'PUT', '/api/funds/dues/bases', { unitId: east(), from: '2026-01', rows })).body).toEqual({
    saved: 3,
  })
  await ask('李强', 'PUT', '/api/funds/dues/bases', {
    unitId: east(),
    from: '2026-03',
    rows: [{ personId: world.person('陈静'), baseFen: 600_000 }],
  })
  const exempt = await ask('李强', 'POST', '/api/funds/dues/exemptions', {
    unitId: east(),
    personId: world.person('刘洋'),
    kind: 'hardship',
    fromMonth: '2026-04',
    reason: '本人重病',
  })
  expect(exempt.status).toBe(201)
  const due = async (month: string) => Object.fromEntries((await members(month)).map((row) => [row.name, row.dueFen]))
  expect(await due('2026-01')).toMatchObject({ 刘洋: 2190, 陈静: 2500, 杨帆: 500, 赵磊: 0 })
  expect(await due('2026-03')).toMatchObject({ 刘洋: 2190, 陈静: 3000 })
  expect(await due('2026-04')).toMatchObject({ 刘洋: 0 })
  expect((await members('2026-04')).find((row) => row.name === '刘洋')!.reason).toBe('免交：特别困难减免')
  expect((await due('2025-12'))['刘洋']).toBe(0)

  // The statement and the rule agree whatever the base.
  const bases = Array.from({ length: 300 }, (_, index) => index * 7919 + (index % 3))
  const { rows: stated } = await sql<{ base: number; due: number }>`
    select base, base / 1000 * 5 as due from unnest(${bases}::bigint[]) as base`.execute(db)
  expect(stated.map((row) => row.due)).toEqual(stated.map((row) => duesOf(row.base)))
})

test('wrong bases and exemptions are refused', async () => {
  const put = (row: object) =>
    ask('李强', 'PUT', '/api/funds/dues/bases', { unitId: east(), from: '2026-01', rows: [row] })
  expect((await put({ personId: world.person('刘洋'), baseFen: 1.5 })).status).toBe(422)
  expect((await put({ personId: world.person('刘洋'), baseFen: -1 })).status).toBe(422)
  expect((await put({ personId: world.person('刘洋') })).status).toBe(422)
  expect(await put({ personId: world.person('孙丽'), baseFen: 1000 })).toMatchObject({ body: { code: 'not-members' } })
  expect(
    (
      await ask('刘洋', 'PUT', '/api/funds/dues/bases', {
        unitId: east(),
        from: '2026-01',
        rows: [{ personId: world.person('刘洋'), baseFen: 0 }],
      })
    ).status,
  ).toBeGreaterThanOrEqual(403)
})

test('a pasted list is read line by line; dues are collected once, in one voucher', async () => {
  const list = await ask('李强', 'POST', '/api/funds/dues/read-list', {
    unitId: east(),
    month: '2026-01',
    text: '工号\t姓名\t金额\nE102\t刘洋\t21.90\n陈静\t25\n无名氏\t3\nE201\t陈静\t5\n刘洋\t1',
  })
  expect(list.body.rows.map((row: { name: string; error: string }) => [row.name, row.error])).toEqual([
    ['刘洋', null],
    ['陈静', null],
    [null, '花名册里没有“无名氏”'],
    [null, '工号与姓名不是同一人：E201 陈静'],
    ['刘洋', '刘洋在名单里出现了两次'],
  ])
  const collect = (rows: object[]) =>
    ask('李强', 'POST', '/api/funds/dues/collections', {
      unitId: east(),
      receivedOn: '2026-01-25',
      method: 'transfer',
      payer: '东风机械公司财务部',
      rows,
    })
  const rows = [
    { personId: world.person('刘洋'), month: '2026-01', amountFen: 2190 },
    { personId: world.person('陈静'), month: '2026-01', amountFen: 2000 },
  ]
  const first = await collect(rows)
  expect(first).toMatchObject({ status: 201, body: { receiptNo: 1, voucherNumber: '记-01-001' } })
  expect(await balanceNow(db, bookId, '102')).toBe(4190)
  expect(-(await balanceNow(db, bookId, '401'))).toBe(4190)
  const again = await collect(rows)
  expect(again).toMatchObject({ status: 422, body: { code: 'dues-too-much' } })
  expect(Object.keys(again.body.fields)).toEqual(['rows.0', 'rows.1'])
  expect(await balanceNow(db, bookId, '102')).toBe(4190)
  // The rest of January can still come.
  expect((await collect([{ personId: world.person('陈静'), month: '2026-01', amountFen: 500 }])).body.receiptNo).toBe(2)
  expect((await members('2026-01', '&owing=true')).map((row) => row.name)).toEqual(['杨帆'])

  const { body } = await ask('李强', 'GET', `/api/funds/dues?unitId=${world.unit('east-1')}&year=2026`)
  expect(
    body.rows.filter(
      (row: { month: string; unitId: number }) => row.month === '2026-01' && row.unitId === world.unit('east-1'),
    ),
  ).toMatchObject([{ members: 3, dueFen: 4690, paidFen: 4690, owing: 0, withoutBase: 1 }])
  expect(body.rows.at(-1).month).toBe('2026-04')

  const sheet = await ask('李强', 'GET', `/api/funds/receipts/${first.body.id}`)
  expect(sheet.body).toMatchObject({
    receiptNo: '2026-0001',
    capitals: '肆拾壹元玖角整',
    months: [{ month: '2026-01', people: 2 }],
  })
  expect((await ask('周婷', 'GET', `/api/funds/receipts/${first.body.id}`)).status).toBe(404)
})

test('two collections of the same list at once: one of them is refused', async () => {
  const rows = [{ personId: world.person('陈静'), month: '2026-02', amountFen: 2500 }]
  const collect = () =>
    ask('李强', 'POST', '/api/funds/dues/collections', {
      unitId: east(),
      receivedOn: '2026-02-25',
      method: 'cash',
      payer: '陈静',
      rows,
    })
  const answers = await Promise.all([collect(), collect(), collect()])
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 422, 422])
  expect(await balanceNow(db, bookId, '101')).toBe(2500)
})

test('the two per cent is divided by dated shares that add up; what wasn’t paid stays a memo', async () => {
  const receiveTwo = (way: 'direct' | 'passed-on', months: object[], receivedOn = '2026-03-10') =>
    ask('李强', 'POST', '/api/funds/allocation', { unitId: east(), receivedOn, way, payer: '东风机械公司', months })
  expect(await receiveTwo('direct', [{ month: '2026-01', totalFen: 101 }])).toMatchObject({
    status: 422,
    body: { code: 'shares-missing' },
  })
  const share = (given: object) =>
    ask('李强', 'POST', '/api/funds/shares', {
      unitId: east(),
      name: '清河县总工会',
      share: 4000,
      validFrom: '2026-01-01',
      document: '清工发〔2025〕8号',
      ...given,
    })
  expect((await share({})).status).toBe(201)
  expect(await share({ validFrom: '2025-06-01' })).toMatchObject({ body: { code: 'share-later' } })
  expect(await share({ name: '省总工会', share: 6001 })).toMatchObject({ body: { code: 'share-too-much' } })
  expect((await share({ document: '' })).status).toBe(422)

  for (const [month, payrollFen] of [
    ['2026-01', 50_000_050],
    ['2026-02', 50_000_000],
  ] as const)
    await ask('李强', 'PUT', '/api/funds/allocation/payroll', {
      unitId: east(),
      month,
      payrollFen,
      declaredOn: '2026-03-01',
    })
  const bankBefore = await balanceNow(db, bookId, '102')
  expect((await receiveTwo('direct', [{ month: '2026-01', totalFen: 1_000_001 }])).body).toMatchObject({
    ownFen: 600_001,
    upperFen: 400_000,
  })
  await receiveTwo('passed-on', [{ month: '2026-02', totalFen: 300_000 }])
  expect(await balanceNow(db, bookId, '102')).toBe(bankBefore + 1_300_001)
  expect(await balanceNow(db, bookId, '211')).toBe(-400_000)
  expect(
    await receiveTwo('direct', [
      { month: '2026-01', totalFen: 1 },
      { month: '2026-01', totalFen: 1 },
    ]),
  ).toMatchObject({ body: { code: 'months-twice' } })
  const { body } = await ask('李强', 'GET', `/api/funds/allocation?unitId=${east()}&year=2026`)
  expect(body.upperOwedFen).toBe(400_000)
  expect(body.rows.slice(0, 3)).toMatchObject([
    { month: '2026-01', dueFen: 1_000_001, receivedFen: 1_000_001, openFen: 0 },
    { month: '2026-02', dueFen: 600_000, receivedFen: 300_000, openFen: 300_000 },
    { month: '2026-03', dueFen: null, openFen: null },
  ])
  // No asset anywhere: the employer's debt is nobody's account.
  expect(await balanceNow(db, bookId, '131')).toBe(0)
})

test('subsidies, interest and gifts come in on their accounts; tied money names its project', async () => {
  const receive = (given: object) =>
    ask('李强', 'POST', '/api/funds/receipts', {
      unitId: east(),
      kind: 'interest',
      receivedOn: '2026-03-21',
      amountFen: 1234,
      payer: '开户银行',
      summary: '一季度结息',
      ...given,
    })
  expect((await receive({})).status).toBe(201)
  expect((await receive({ kind: 'employer', amountFen: 500_000, payer: '公司', summary: '竞赛补助' })).status).toBe(201)
  expect(await receive({ kind: 'tied-subsidy' })).toMatchObject({ body: { code: 'project-missing' } })
  expect(await receive({ kind: 'tied-subsidy', project: 'none' })).toMatchObject({ body: { code: 'project-unknown' } })
  expect((await receive({ amountFen: 0 })).status).toBe(422)
  expect((await receive({ kind: 'dues' })).status).toBe(422)
  expect(-(await balanceNow(db, bookId, '408'))).toBe(1234)
  expect(-(await balanceNow(db, bookId, '405'))).toBe(500_000)
  const { body } = await ask('李强', 'GET', `/api/funds/receipts?unitId=${east()}&year=2026&kind=employer`)
  expect(body.rows).toMatchObject([{ kindTitle: '行政补助', amountFen: 500_000 }])
})

test('receipts and members who owe are read page by page: nobody twice, nobody left out', async () => {
  const pages = async <Row>(url: string, key: string): Promise<Row[][]> => {
    const found: Row[][] = []
    for (let next: number | null | undefined; next !== null;) {
      const { body } = await ask('李强', 'GET', `${url}&limit=2${next ? `&${key}=${next}` : ''}`)
      found.push(body.rows)
      next = body.next
    }
    return found
  }
  const { body: whole } = await ask('李强', 'GET', `/api/funds/receipts?unitId=${east()}&year=2026&limit=200`)
  const receipts = await pages(`/api/funds/receipts?unitId=${east()}&year=2026`, 'before')
  expect(receipts.length).toBeGreaterThan(2)
  expect(receipts.flat()).toEqual(whole.rows)
  expect(whole.next).toBeNull()
  const everybody = await members('2026-03')
  expect(everybody.length).toBeGreaterThan(2)
  expect((await pages(`/api/funds/dues/members?unitId=${east()}&month=2026-03`, 'after')).flat()).toEqual(everybody)
})
