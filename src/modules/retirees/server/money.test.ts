import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator, type Actor } from '../../../kernel/access/actor.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import fundsModule from '../../funds/module.ts'
import { openBook, postVoucher } from '../../funds/public.ts'
import funds from '../../funds/serve.ts'
import module from '../module.ts'
import { retireeRoutes } from './routes.ts'

declarePermissions([
  ...module.permissions,
  ...fundsModule.permissions,
  { name: 'organisation.read', title: '查看组织' },
])
declareRegisters([...module.registers!, ...fundsModule.registers!], fundsModule.metrics)
for (const [measure, recompute] of Object.entries(funds.recomputes ?? {})) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()
const today = '2026-10-19'
let world: World
let app: App

const OFFICES: Partial<Record<PersonName, { at: 'east' | 'south'; may: readonly string[] }>> = {
  张敏: { at: 'east', may: ['retirees.read', 'retirees.write', 'funds.apply', 'organisation.read'] },
  刘洋: { at: 'east', may: ['retirees.read', 'retirees.write'] },
  杨帆: {
    at: 'east',
    may: ['funds.read', 'funds.review', 'funds.prepare', 'funds.void', 'funds.post', 'organisation.read'],
  },
  李强: { at: 'east', may: ['funds.read', 'funds.sign', 'funds.approve', 'funds.review', 'funds.post'] },
  陈静: { at: 'east', may: ['funds.read', 'funds.pay'] },
  周婷: { at: 'south', may: ['retirees.read', 'retirees.write', 'funds.apply'] },
}
const as = (name: PersonName): Actor => ({
  ...world.as(name, []),
  grants: (OFFICES[name]?.may ?? []).map((permission) => ({
    permission,
    unitId: world.unit(OFFICES[name]!.at),
    scope: 'below',
  })),
})

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  await ownerPool.query(`update members.person set status = 'retired' where id = any($1)`, [
    [world.person('赵磊'), world.person('陈静')],
  ])
  await db.transaction().execute(async (tx) => {
    await openBook(tx, operator(), { unitId: world.unit('east'), openedOn: '2026-01-01' })
    await postVoucher(tx, operator(), world.unit('east'), {
      onDate: '2026-01-05',
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
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies['as'] ? as(decodeURIComponent(cookies['as']) as PersonName) : null),
    [retireeRoutes, ...(funds.routes ?? [])],
  )
})
afterAll(() => app.close())
afterEach(async () => {
  expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
  // The activity's cost is what the journal spent for it, before, after and in between.
  const [cost, spent] = await figures('retirees.activity.cost', 'funds.expense')
  expect(cost).toBe(spent)
})

async function ask(who: PersonName, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api${url}`,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const figures = async (...names: string[]): Promise<number[]> => {
  const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
  const found = await figuresOf(db, await catalogue(db), scope, names)
  return names.map((name) => found.find((figure) => figure.metric === name)?.value ?? 0)
}
const outing = (more: object = {}) =>
  ask('张敏', 'POST', '/retirees/events', {
    unitId: world.unit('east'),
    kind: 'activity',
    title: '重阳参观',
    onDay: '2026-10-18',
    occasion: '重阳（老年）节活动',
    form: '参观',
    ...more,
  })
const money = (id: number, more: object = {}, who: PersonName = '张敏') =>
  ask(who, 'POST', `/retirees/events/${id}/money`, { amountFen: 30_000, payee: '客运公司', confirmed: true, ...more })
const act = (who: PersonName, requestId: number, verb: string, words?: string) =>
  ask(who, 'POST', `/funds/spending/${requestId}/acts`, { verb, ...(words && { words }) })
const eventOf = async (id: number) => (await ask('张敏', 'GET', `/retirees/events/${id}`)).body
const pay = (requestId: number) => ask('陈静', 'POST', `/funds/spending/${requestId}/payment`, { paidOn: today })
let id: number
let requestId: number

test('where a book is kept the cost is asked for, not typed; each refusal says where', async () => {
  expect((await outing({ costFen: 30_000 })).body).toMatchObject({
    code: 'through-book',
    fields: { costFen: '请留空，登记后申请经费' },
  })
  // Before the book began nothing else is known than what was typed.
  expect((await outing({ costFen: 0, onDay: '2025-10-18', title: '去年重阳' })).status).toBe(201)
  const made = await outing()
  id = made.body.id
  expect((await money(id, {}, '刘洋')).status).toBe(403)
  expect((await money(id, {}, '周婷')).status).toBe(404)
  expect((await money(id, { confirmed: false })).body.fields).toEqual({ confirmed: '请勾选确认' })
  expect((await money(id, { amountFen: 0, payee: '' })).body.fields).toEqual({
    amountFen: '金额要大于 0',
    payee: '请填写收款人',
  })
  const visit = await ask('张敏', 'POST', '/retirees/events', {
    unitId: world.unit('east'),
    kind: 'visit',
    title: '重阳走访',
    onDay: today,
    festival: '重阳',
    ledBy: '工会主席',
  })
  expect((await money(visit.body.id)).body.code).toBe('not-activity')
  expect((await eventOf(id)).money).toBeNull()
})

test('turned down it may be asked for anew; asked for twice it isn’t', async () => {
  const first = (await money(id)).body.requestId
  expect((await money(id)).body.code).toBe('asked-already')
  expect((await act('杨帆', first, '否决', '先列入年度计划')).status).toBe(200)
  expect((await eventOf(id)).money).toMatchObject({ requestId: first, state: 'refused' })
  const again = await money(id)
  expect(again.status).toBe(201)
  requestId = again.body.requestId
  expect(requestId).not.toBe(first)
})

test('paid it is the activity’s cost and opens the voucher; reversed in red it is none, and may be paid anew', async () => {
  expect((await act('杨帆', requestId, '同意')).status).toBe(200)
  expect((await act('李强', requestId, '同意')).status).toBe(200)
  expect(await figures('retirees.activity.cost')).toEqual([0])
  const paid = await pay(requestId)
  expect(paid.status).toBe(201)
  expect(await eventOf(id)).toMatchObject({
    costFen: 30_000,
    money: { state: 'paid', paidOn: today, voucherId: paid.body.voucherId, voucherNumber: paid.body.voucherNumber },
  })
  expect(await figures('retirees.activity.cost', 'funds.expense')).toEqual([30_000, 30_000])

  const red = await ask('杨帆', 'POST', `/funds/vouchers/${paid.body.voucherId}/reverse`, { onDate: today })
  expect(red.body).toMatchObject({ id: expect.any(Number) })
  expect((await ask('李强', 'POST', `/funds/vouchers/${red.body.id}/review`)).status).toBe(200)
  expect(await figures('retirees.activity.cost')).toEqual([30_000])
  expect((await ask('李强', 'POST', '/funds/vouchers/post', { ids: [red.body.id] })).status).toBe(200)
  expect(await eventOf(id)).toMatchObject({ costFen: 0, money: { state: 'approved', voucherId: null } })
  expect(await figures('retirees.activity.cost', 'funds.expense')).toEqual([0, 0])
  expect((await pay(requestId)).status).toBe(201)
  expect(await figures('retirees.activity.cost', 'funds.expense')).toEqual([30_000, 30_000])
})
