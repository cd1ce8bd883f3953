import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { declareRecompute, reconcile } from '../../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../../kernel/testing/world.ts'
import module from '../../module.ts'
import { recomputes } from './facts.ts'
import { bookRoutes } from './routes.ts'
import { voucherRoutes } from './voucher-routes.ts'

declarePermissions([...module.permissions])
declareRegisters(module.registers!, module.metrics)
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()

const see = ['funds.read', 'organisation.read']
/** Who plays which office at 东风机械公司工会; 周婷 is of another union. */
const cast: Record<string, { person: PersonName; permissions: string[] }> = {
  会计: {
    person: '李强',
    permissions: [...see, 'funds.prepare', 'funds.review', 'funds.post', 'funds.close', 'funds.export'],
  },
  主管: { person: '王芳', permissions: [...see, 'funds.review'] },
  出纳: { person: '王芳', permissions: [...see, 'funds.prepare', 'funds.pay', 'funds.review'] },
  经审: { person: '王芳', permissions: [...see, 'funds.export', 'funds.audit', 'funds.post'] },
  主席: { person: '王芳', permissions: [...see, 'funds.approve'] },
  外人: { person: '周婷', permissions: [...see, 'funds.prepare', 'funds.review', 'funds.post', 'funds.close'] },
}
let world: World
let app: App
let book: number

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => '2025-06-30',
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => {
      const role = cast[decodeURIComponent(cookies.as ?? '')]
      return role ? world.as(role.person, role.permissions) : null
    },
    [bookRoutes, voucherRoutes],
  )
  const opened = await ask('会计', 'POST', '/api/funds/books', { unitId: world.unit('east'), openedOn: '2025-01-01' })
  expect(opened.status).toBe(201)
  book = opened.body.id
})
afterAll(() => app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

async function ask(who: string, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  const json = answer.headers['content-type']?.toString().includes('json')
  return { status: answer.statusCode, body: json ? answer.json() : answer.body }
}
const dues = (change: object = {}) => ({
  onDate: '2025-03-31',
  summary: '收一季度会员会费',
  attachments: 2,
  entries: [
    { account: '102', debitFen: 735_600 },
    { account: '401', creditFen: 735_600 },
  ],
  ...change,
})
async function posted(change: object = {}): Promise<number> {
  const drawn = await ask('会计', 'POST', `/api/funds/books/${book}/vouchers`, dues(change))
  expect(drawn.status).toBe(201)
  expect((await ask('主管', 'POST', `/api/funds/vouchers/${drawn.body.id}/review`)).status).toBe(200)
  expect((await ask('会计', 'POST', '/api/funds/vouchers/post', { ids: [drawn.body.id] })).status).toBe(200)
  return drawn.body.id
}

test('the trial balance of the book before comes in, and not once vouchers are posted', async () => {
  const rows = [
    { account: '102', balanceFen: 6_900_000 },
    { account: '162', balanceFen: 2_160_000 },
    { account: '163', balanceFen: -720_000 },
    { account: '30104', balanceFen: -1_440_000 },
    { account: '32205', balanceFen: -6_900_000 },
  ]
  const url = `/api/funds/books/${book}/opening`
  expect(await ask('会计', 'PUT', url, { rows: rows.slice(1) })).toMatchObject({
    status: 409,
    body: { code: 'opening-unbalanced' },
  })
  expect(await ask('会计', 'PUT', url, { rows: [{ account: '322', balanceFen: 1 }] })).toMatchObject({
    status: 422,
    body: { code: 'opening-wrong', fields: { 'rows.0.account': expect.stringContaining('明细') } },
  })
  expect((await ask('会计', 'PUT', url, { rows })).body.rows).toHaveLength(5)
  await posted()
  expect(await ask('会计', 'PUT', url, { rows })).toMatchObject({ status: 409, body: { code: 'book-in-use' } })
})

test('a voucher goes from hand to hand: prepared, reviewed by another, posted; then it stays', async () => {
  const drawn = await ask('会计', 'POST', `/api/funds/books/${book}/vouchers`, dues({ onDate: '2025-04-30' }))
  const url = `/api/funds/vouchers/${drawn.body.id}`
  expect(drawn.body).toMatchObject({ state: 'draft', no: null, totalFen: 735_600 })
  expect(await ask('会计', 'POST', `${url}/review`)).toMatchObject({ status: 422, body: { code: 'same-hand' } })
  expect(await ask('出纳', 'POST', `${url}/review`)).toMatchObject({ status: 403, body: { code: 'cashier-no-review' } })
  expect(await ask('主席', 'POST', `${url}/review`)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  expect(await ask('会计', 'POST', '/api/funds/vouchers/post', { ids: [drawn.body.id] })).toMatchObject({
    status: 409,
    body: { code: 'voucher-not-reviewed' },
  })
  expect((await ask('主管', 'POST', `${url}/return`, { words: '附件不全' })).body).toMatchObject({
    returned: '附件不全',
  })
  const edited = await ask('会计', 'PUT', url, { ...dues({ onDate: '2025-04-30', attachments: 3 }), version: 2 })
  expect(edited.body).toMatchObject({ attachments: 3, returned: null })
  expect(await ask('会计', 'PUT', url, { ...dues(), version: 2 })).toMatchObject({
    status: 409,
    body: { code: 'edited-meanwhile' },
  })
  expect((await ask('主管', 'POST', `${url}/review`)).body.state).toBe('reviewed')
  expect(await ask('会计', 'DELETE', url)).toMatchObject({ status: 409, body: { code: 'already-reviewed' } })
  expect(await ask('经审', 'POST', '/api/funds/vouchers/post', { ids: [drawn.body.id] })).toMatchObject({
    status: 403,
    body: { code: 'auditor-no-finance' },
  })
  expect((await ask('会计', 'POST', '/api/funds/vouchers/post', { ids: [drawn.body.id] })).body.posted).toMatchObject([
    { number: '记-04-001' },
  ])
  for (const [method, path, payload] of [
    ['PUT', '', { ...dues(), version: 5 }],
    ['DELETE', '', undefined],
    ['POST', '/return', { words: '改一下' }],
  ] as const)
    expect(await ask(method === 'POST' ? '主管' : '会计', method, `${url}${path}`, payload)).toMatchObject({
      status: 409,
      body: { code: 'voucher-posted' },
    })
  expect((await ask('经审', 'GET', url)).body).toMatchObject({
    state: 'posted',
    reviewedName: '王芳',
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})

test('an error is taken back in red and put right, with the prescribed summaries', async () => {
  const wrong = await posted({
    onDate: '2025-05-15',
    summary: '质量月宣传品',
    attachments: 1,
    invoices: [{ number: 'INV-1' }],
    entries: [
      { account: '50102', debitFen: 50_000 },
      { account: '102', creditFen: 50_000 },
    ],
  })
  const url = `/api/funds/vouchers/${wrong}`
  expect(await ask('会计', 'POST', `${url}/reverse`, { onDate: '2026-01-05' })).toMatchObject({
    status: 422,
    body: { code: 'prior-year' },
  })
  expect(await ask('会计', 'POST', `${url}/reverse`, { onDate: '2025-05-01' })).toMatchObject({
    body: { code: 'before-original' },
  })
  const red = await ask('会计', 'POST', `${url}/reverse`, { onDate: '2025-05-18' })
  expect(red.body).toMatchObject({ kind: 'red', summary: '注销5月15日记-05-001号凭证', totalFen: -50_000 })
  expect(await ask('会计', 'POST', `${url}/reverse`, { onDate: '2025-05-18' })).toMatchObject({
    status: 409,
    body: { code: 'already-reversed' },
  })
  const right = await ask('会计', 'POST', `${url}/correct`, {
    ...dues({ onDate: '2025-05-18', summary: '质量月宣传品', attachments: 0 }),
    entries: [
      { account: '50103', debitFen: 50_000 },
      { account: '102', creditFen: 50_000 },
    ],
  })
  expect(right.body).toMatchObject({ kind: 'correction', summary: '订正5月15日记-05-001号凭证：质量月宣传品' })
  for (const { id } of [red.body, right.body]) await ask('主管', 'POST', `/api/funds/vouchers/${id}/review`)
  await ask('会计', 'POST', '/api/funds/vouchers/post', { ids: [red.body.id, right.body.id] })
  const trial = await ask('经审', 'GET', `/api/funds/books/${book}/trial-balance?on=2025-05-31`)
  const of = (code: string) => trial.body.rows.find((row: { code: string }) => row.code === code)
  expect(of('50102')).toBeUndefined()
  expect(of('50103')).toMatchObject({ debitFen: 50_000, balanceFen: 50_000 })
  // The invoice is free again.
  expect(
    (
      await ask(
        '会计',
        'POST',
        `/api/funds/books/${book}/vouchers`,
        dues({ invoices: [{ number: 'INV-1' }], onDate: '2025-06-30' }),
      )
    ).status,
  ).toBe(201)
})

test('a ledger is read page by page with running balances', async () => {
  const url = `/api/funds/books/${book}/ledger/102`
  const whole = await ask('经审', 'GET', `${url}?from=2025-01-01`)
  expect(whole.body.openingFen).toBe(6_900_000)
  expect(whole.body.next).toBeNull()
  const pages = []
  let after = ''
  for (;;) {
    const { body } = await ask('经审', 'GET', `${url}?limit=2${after && `&after=${after}`}`)
    expect(body.openingFen).toBe(pages.at(-1)?.balanceFen ?? 6_900_000)
    pages.push(...body.rows)
    if (!body.next) break
    after = body.next
  }
  expect(pages).toEqual(whole.body.rows)
  expect(pages.at(-1).balanceFen).toBe(6_900_000 + 2 * 735_600 - 50_000)
  const middle = await ask('经审', 'GET', `${url}?from=2025-05-16&to=2025-05-31`)
  expect(middle.body).toMatchObject({ openingFen: 6_900_000 + 2 * 735_600 - 50_000, rows: { length: 2 } })
})

test('a month closes in its turn and refuses from then on; closing twice changes nothing', async () => {
  const close = (month: number) => ask('会计', 'POST', `/api/funds/books/${book}/close`, { year: 2025, month })
  expect(await ask('主管', 'POST', `/api/funds/books/${book}/close`, { year: 2025, month: 1 })).toMatchObject({
    status: 403,
  })
  expect(await close(2)).toMatchObject({ status: 409, body: { code: 'earlier-open' } })
  expect((await close(1)).body).toEqual({ vouchers: [], already: false })
  await close(2)
  const draft = await ask('会计', 'POST', `/api/funds/books/${book}/vouchers`, dues())
  expect(await close(3)).toMatchObject({ status: 409, body: { code: 'vouchers-unposted' } })
  await ask('会计', 'DELETE', `/api/funds/vouchers/${draft.body.id}`)
  expect((await close(3)).body.vouchers).toMatchObject([{ number: '记-03-002' }])
  expect((await close(3)).body).toEqual({ vouchers: [], already: true })
  const late = (onDate: string) => ask('会计', 'POST', `/api/funds/books/${book}/vouchers`, { ...dues(), onDate })
  expect(await late('2025-03-31')).toMatchObject({
    status: 409,
    body: { code: 'period-closed', fields: { onDate: expect.stringContaining('已经结账') } },
  })
  expect(await late('2062-06-01')).toMatchObject({
    status: 422,
    body: { code: 'wrong-period', fields: { onDate: expect.stringContaining('还没有到') } },
  })
  expect(await late('2025-06-31')).toMatchObject({ status: 422, body: { fields: { onDate: expect.any(String) } } })
  const { body } = await ask('经审', 'GET', `/api/funds/books/${book}/statements?year=2025&month=5`)
  expect(body.identities.filter((one: { holds: boolean }) => !one.holds)).toEqual([])
  expect(body.balanceSheet.left.find((line: { label: string }) => line.label === '资产总计').amounts).toEqual([
    8_340_000,
    8_340_000 + 2 * 735_600 - 50_000,
  ])
  expect((await ask('经审', 'GET', `/api/funds/books/${book}/verify`)).body).toMatchObject({ sound: true, faults: [] })
  const periods = await ask('经审', 'GET', `/api/funds/books/${book}/periods`)
  expect(periods.body.periods.map((one: { state: string }) => one.state)).toEqual([
    'closed',
    'closed',
    'closed',
    'open',
    'open',
    'open',
  ])
})

test('vouchers are listed newest first, by keyset, by what is asked', async () => {
  const url = `/api/funds/books/${book}/vouchers`
  const all = (await ask('会计', 'GET', url)).body.vouchers
  const first = (await ask('会计', 'GET', `${url}?limit=2`)).body
  const second = (await ask('会计', 'GET', `${url}?limit=200&after=${first.next}`)).body
  expect([...first.vouchers, ...second.vouchers]).toEqual(all)
  const ask1 = async (query: string) => (await ask('会计', 'GET', `${url}?${query}`)).body.vouchers.length
  expect(await ask1('state=posted&month=5')).toBe(3)
  expect(await ask1('kind=red')).toBe(1)
  expect(await ask1('account=50103')).toBe(1)
  expect(await ask1(`q=${encodeURIComponent('质量月')}`)).toBe(2)
  expect((await ask('会计', 'GET', `${url}?after=x`)).status).toBe(422)
})

test('in a small union the chair reviews; the cashier never', async () => {
  const patched = await ask('会计', 'PATCH', `/api/funds/books/${book}`, { profile: 'small' })
  expect(patched.body.profile).toBe('small')
  const drawn = await ask('会计', 'POST', `/api/funds/books/${book}/vouchers`, dues({ onDate: '2025-06-30' }))
  const url = `/api/funds/vouchers/${drawn.body.id}/review`
  expect(await ask('出纳', 'POST', url)).toMatchObject({ status: 403, body: { code: 'cashier-no-review' } })
  expect((await ask('主席', 'POST', url)).body).toMatchObject({ state: 'reviewed', reviewedName: '王芳' })
  // A month has closed this year: how it closes is settled until the next.
  expect(await ask('会计', 'PATCH', `/api/funds/books/${book}`, { closing: 'yearly' })).toMatchObject({
    status: 409,
    body: { code: 'closing-fixed' },
  })
  expect(await ask('主席', 'PATCH', `/api/funds/books/${book}`, { profile: 'normal' })).toMatchObject({ status: 403 })
})
