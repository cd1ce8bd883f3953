import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import funds from '../../funds/module.ts'
import { balanceNow, openBook, postVoucher } from '../../funds/public.ts'
import { recomputes } from '../../funds/server/journal/facts.ts'
import hardship from '../../hardship/module.ts'
import module from '../module.ts'
import { survivorRoutes } from './routes.ts'

/** The employer's money that the union holds and pays on: what it says it holds is what 代管经费 says, at every moment. */
declarePermissions([...module.permissions, ...funds.permissions, ...hardship.permissions])
declareRegisters(hardship.registers!)
declareRegisters(funds.registers!, funds.metrics)
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-held-'))
let today = '2026-03-20'
let world: World
let app: App
let bookId: number

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  await db.transaction().execute(async (tx) => {
    bookId = (await openBook(tx, operator(), { unitId: world.unit('east'), openedOn: '2026-01-01' })).id
    await postVoucher(tx, operator(), world.unit('east'), {
      onDate: '2026-01-02',
      summary: '收拨缴经费',
      attachments: 1,
      entries: [
        { account: '102', debitFen: 1_000_000 },
        { account: '402', creditFen: 1_000_000 },
      ],
    })
  })
  app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    } as never,
    async (cookies) => (cookies['as'] ? world.as(decodeURIComponent(cookies['as']) as PersonName) : null),
    [survivorRoutes],
  )
})
afterAll(async () => {
  await app.close()
  rmSync(dataDir, { recursive: true, force: true })
})
afterEach(async () => {
  expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
  const { rows } = await ownerPool.query<{ held: string; lowest: string }>(`
    select coalesce(sum(amount_fen), 0) as held, coalesce(min(running), 0) as lowest
    from (select amount_fen, sum(amount_fen) over (order by id) as running from survivors.held) h`)
  expect(0 - (await balanceNow(db, bookId, '221'))).toBe(Number(rows[0]!.held))
  expect(Number(rows[0]!.lowest)).toBeGreaterThanOrEqual(0)
})

async function ask(who: PersonName, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/survivors${url}`,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const unitId = () => world.unit('east')
const figures = async (year: number, ...names: string[]): Promise<number[]> => {
  const scope = { unitId: unitId(), from: `${year}-01-01`, to: `${year}-12-31` }
  const found = await figuresOf(db, await catalogue(db), scope, names)
  return names.map((name) => found.find((figure) => figure.metric === name)?.value ?? 0)
}
const receive = (more: object = {}, who: PersonName = '李强') =>
  ask(who, 'POST', '/held', {
    unitId: unitId(),
    amountFen: 150_000,
    receivedOn: today,
    payer: '东方机械厂',
    reference: '拨款单 2026-03',
    ...more,
  })
const held = async () => (await ask('李强', 'GET', `/held?unitId=${unitId()}`)).body
const survivor = (name: string, worker: string) => ({
  unitId: unitId(),
  name,
  relation: '配偶',
  ground: '年老无收入',
  bornOn: '1951-04-02',
  place: '市内',
  grade: '一档',
  entitledFrom: '2019-06-01',
  paidThrough: '2026-01',
  deceased: { name: worker, bornOn: '1948-03-05', diedOn: '2019-05-20', wageFen: 500_000 },
})
let first: number
const list = async (month: string, source = '代管经费') =>
  (await ask('李强', 'POST', '/pay', { unitId: unitId(), month, source })).body.id as number
const approve = (id: number) => ask('王芳', 'POST', `/pay/${id}/approval`)
const payOut = (id: number) => ask('李强', 'POST', `/pay/${id}/payment`, { paidOn: today })

test('what the employer hands over is held, no income; the same paper is taken in once', async () => {
  await ask('李强', 'POST', '/standards', {
    unitId: unitId(),
    grade: '一档',
    monthlyFen: 60_000,
    validFrom: '2025-01-01',
    document: '厂发〔2025〕3号',
  })
  first = (await ask('李强', 'POST', '', survivor('孙桂兰', '孙大海'))).body.id
  await ask('李强', 'POST', '', survivor('钱秀英', '钱大力'))
  expect((await receive({}, '周婷')).status).toBe(404)
  expect((await receive({}, '张敏')).status).toBe(404)
  expect((await receive({ amountFen: 0 })).body.fields).toEqual({ amountFen: '金额要大于 0' })
  expect((await receive({ receivedOn: '2026-03-21' })).body.fields).toEqual({ receivedOn: '不能晚于今天' })
  expect((await receive({ reference: '' })).body.fields).toEqual({ reference: '请填写拨款单或银行回单的编号' })
  expect((await receive()).status).toBe(201)
  expect((await receive()).body).toMatchObject({ code: 'receipt-twice', fields: { reference: '已经登记过' } })
  expect(await held()).toMatchObject({
    heldFen: 150_000,
    reservedFen: 0,
    rows: [{ kind: 'receipt', amountFen: 150_000, party: '东方机械厂' }],
  })
  expect(await figures(2026, 'funds.income', 'funds.expense')).toEqual([1_000_000, 0])
  expect((await ask('周婷', 'GET', `/held?unitId=${unitId()}`)).status).toBe(404)
})

test('a list is signed and paid from what is held besides other signed lists, and counts as the employer’s', async () => {
  const february = await list('2026-02')
  expect((await approve(february)).status).toBe(200)
  const march = await list('2026-03')
  // 1,500 came, 1,200 is signed for: the next 1,200 isn't there, however full the union's own account is.
  expect((await approve(march)).body).toMatchObject({ code: 'held-short', fields: { source: '可用 300.00 元' } })
  const back = (amountFen: number, who: PersonName = '王芳') =>
    ask(who, 'POST', '/held/return', {
      unitId: unitId(),
      amountFen,
      returnedOn: today,
      payee: '东方机械厂',
      reason: '多拨',
    })
  expect((await back(1, '周婷')).status).toBe(404)
  expect((await back(30_001)).body).toMatchObject({ code: 'held-short', fields: { amountFen: '可用 300.00 元' } })
  const paid = await payOut(february)
  expect(paid).toMatchObject({ status: 200, body: { voucherNo: expect.stringMatching(/^记-03-/) } })
  expect(await balanceNow(db, bookId, '102')).toBe(1_000_000 + 150_000 - 120_000)
  expect(await figures(2026, 'hardship.survivor-pay.amount', 'funds.expense')).toEqual([120_000, 0])
  expect((await approve(march)).body.code).toBe('held-short')
  expect((await receive({ reference: '拨款单 2026-04', amountFen: 100_000 })).status).toBe(201)
  expect((await approve(march)).status).toBe(200)
  const both = await Promise.all([payOut(march), payOut(march)])
  expect(both.map((one) => one.status).toSorted()).toEqual([200, 422])
  expect((await back(10_000)).status).toBe(201)
  expect((await back(1)).body.code).toBe('held-short')
  expect(await held()).toMatchObject({ heldFen: 0, reservedFen: 0 })
})

test('what was paid in vain is held again; the union’s own of an earlier year leaves that year’s figures', async () => {
  // April by the union itself; then the word comes that she died in February.
  today = '2026-04-10'
  const april = await list('2026-04', '工会经费')
  await approve(april)
  expect((await payOut(april)).status).toBe(200)
  expect(await figures(2026, 'hardship.survivor-pay.amount', 'funds.expense')).toEqual([360_000, 120_000])
  today = '2027-02-03'
  const exit = await ask('李强', 'POST', `/${first}/exit`, { exitReason: '去世', exitOn: '2026-02-20' })
  expect(exit.body).toEqual({ overpaidFen: 120_000 })
  const back = (receivedOn: string) => ask('李强', 'POST', `/${first}/recoveries`, { receivedOn })
  expect((await back('2026-04-09')).body.fields).toEqual({ receivedOn: '早于发放日期' })
  const done = await back(today)
  expect(done.body.amountFen).toBe(120_000)
  expect(done.body.voucherNo.split('、')).toHaveLength(2)
  // March's 600 is the employer's and held again; April's was the union's: the surplus takes it, 2026 stays.
  expect((await held()).heldFen).toBe(60_000)
  expect(-(await balanceNow(db, bookId, '32201'))).toBe(60_000)
  expect(await figures(2026, 'hardship.survivor-pay.amount', 'funds.expense')).toEqual([300_000, 120_000])
  expect(await figures(2027, 'funds.expense')).toEqual([0])
})
