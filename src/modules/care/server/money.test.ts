import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator, type Actor } from '../../../kernel/access/actor.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { insertRecords } from '../../../kernel/register/store.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import fundsModule from '../../funds/module.ts'
import funds from '../../funds/serve.ts'
import { openBook, postVoucher } from '../../funds/public.ts'
import module from '../module.ts'
import { standards } from '../registers/rules.ts'
import { visits } from '../registers/visits.ts'
import { careRoutes } from './routes.ts'

declarePermissions([
  ...module.permissions,
  ...fundsModule.permissions,
  { name: 'organisation.read', title: '查看组织' },
])
declareRegisters([...module.registers!, ...fundsModule.registers!], fundsModule.metrics)
for (const [measure, recompute] of Object.entries(funds.recomputes ?? {})) declareRecompute(measure, recompute)
const { db, ownerPool, appUrl } = await testDatabase()
let today = '2026-06-26'
let world: World
let app: App

/** One person an office, as the accounting law wants it: whoever asks neither checks, nor grants, nor pays. */
const OFFICES: Partial<Record<PersonName, readonly string[]>> = {
  张敏: ['care.read', 'care.write', 'funds.apply'],
  刘洋: ['care.read', 'care.write'],
  杨帆: ['funds.read', 'funds.review'],
  李强: ['care.read', 'funds.read', 'funds.sign', 'funds.approve'],
  陈静: ['funds.read', 'funds.pay', 'funds.apply'],
  周婷: ['care.read', 'care.write', 'funds.read', 'funds.apply', 'funds.pay'],
}
const as = (name: PersonName): Actor => ({
  ...world.as(name, []),
  grants: (OFFICES[name] ?? []).map((permission) => ({
    permission,
    unitId: world.unit(name === '周婷' ? 'south' : name === '张敏' || name === '刘洋' ? 'east-1' : 'east'),
    scope: 'below',
  })),
})

/** Pays in a transaction that never ends. */
const PAY_AND_WAIT = `
  const { connect } = await import('./src/kernel/db/database.ts')
  const { declarePermissions } = await import('./src/kernel/access/access.ts')
  const { default: funds } = await import('./src/modules/funds/module.ts')
  const { paySpending } = await import('./src/modules/funds/public.ts')
  declarePermissions(funds.permissions)
  const { appUrl, actor, requestId, pay, today } = JSON.parse(process.env.JOB)
  await connect(appUrl, { max: 1 }).db.transaction().execute(async (tx) => {
    const paid = await paySpending(tx, actor, requestId, pay, today)
    process.stdout.write('written ' + paid.voucherNumber)
    await new Promise(() => setInterval(() => {}, 1000))
  })`

beforeAll(async () => {
  world = await smallWorld(ownerPool)
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
    await insertRecords(
      tx,
      operator(),
      standards,
      [
        {
          unitId: world.unit('east'),
          happenedOn: '2026-01-01',
          title: '慰问办法',
          fields: { occasion: '住院', status: '在职', relation: '本人', amount: 80_000 },
        },
      ],
      'import',
    )
  })
  app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies['as'] ? as(decodeURIComponent(cookies['as']) as PersonName) : null),
    [careRoutes, ...(funds.routes ?? [])],
  )
})
afterAll(() => app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

async function ask(who: PersonName, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
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
const report = async (person: PersonName, happenedOn = '2026-06-25'): Promise<number> => {
  const { status, body } = await ask('张敏', 'POST', '/api/care/events', {
    personId: world.person(person),
    occasion: '住院',
    happenedOn,
  })
  expect(status).toBe(201)
  return body.id
}
const visit = { visitedOn: '2026-06-26', amountFen: 80_000, ledBy: '分会主席', visitors: '张敏', confirmed: true }
const visited = (id: number, more: object = {}, who: PersonName = '张敏') =>
  ask(who, 'POST', `/api/care/events/${id}/visit`, { ...visit, ...more })
const act = (who: PersonName, requestId: number, verb: string, words?: string) =>
  ask(who, 'POST', `/api/funds/spending/${requestId}/acts`, { verb, ...(words && { words }) })
const eventOf = async (who: PersonName, id: number) => (await ask(who, 'GET', `/api/care/events/${id}`)).body
const vouchers = async (): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from funds.voucher where source is not null`.execute(db)).rows[0]!
    .n

let eventId: number
let requestId: number

test('the visit’s money is asked for in the visit’s own deed: neither without the other', async () => {
  eventId = await report('陈静')
  // Who may not ask for money may not spend it by visiting; the visit is not half done.
  expect((await visited(eventId, {}, '刘洋')).status).toBe(403)
  expect((await visited(eventId, { confirmed: false })).body).toMatchObject({
    code: 'unconfirmed',
    fields: { confirmed: '请勾选确认' },
  })
  expect((await eventOf('张敏', eventId)).state).toBe('open')
  expect(await figures('care.visit.times')).toEqual([0])

  const done = await visited(eventId, { signedBy: '陈静' })
  expect(done.status).toBe(201)
  requestId = done.body.requestId
  expect(await eventOf('张敏', eventId)).toMatchObject({
    state: 'visited',
    signedBy: '陈静',
    signedOn: '2026-06-26',
    money: { requestId, state: 'submitted', amountFen: 80_000, voucherId: null, mayRefund: false },
  })
  expect(await figures('care.visit.times', 'care.visit.amount', 'funds.expense')).toEqual([1, 80_000, 0])
})

test('above the standard a reason is asked for, and it stands in what the chair reads', async () => {
  const id = await report('刘洋')
  const over = await visited(id, { amountFen: 100_000 })
  expect(over.body).toMatchObject({ code: 'above-standard', fields: { overReason: '请写明超标准的原因' } })
  expect(over.body.message).toContain('超出 200 元')
  const { body } = await visited(id, { amountFen: 100_000, overReason: '重大疾病，委员会研究同意' })
  expect(body.warnings[0].sentence).toContain('依据《慰问办法》')
  expect((await ask('李强', 'GET', `/api/funds/spending/${body.requestId}`)).body.purpose).toBe(
    '慰问刘洋住院；超标准原因：重大疾病，委员会研究同意',
  )
  // Turned down: the money was never given, so the visit is put right and asked for again.
  expect((await visited(id, {})).body.code).toBe('settled')
  expect((await act('杨帆', body.requestId, '否决', '超出标准')).status).toBe(200)
  const again = await visited(id, { amountFen: 80_000 })
  expect(again.status).toBe(201)
  expect(again.body.requestId).not.toBe(body.requestId)
  expect(await figures('care.visit.times', 'care.visit.amount')).toEqual([2, 160_000])
})

test('killed between approval and payment nothing is half paid; then it is paid once, and figure and voucher agree', async () => {
  expect((await act('杨帆', requestId, '同意')).status).toBe(200)
  expect((await act('李强', requestId, '同意')).status).toBe(200)
  const pay = { paidOn: '2026-06-26' }
  // A server of its own writes everything, and is killed before it commits.
  const dying = spawn(process.execPath, ['--input-type=module', '-e', PAY_AND_WAIT], {
    env: { ...process.env, JOB: JSON.stringify({ appUrl, actor: as('陈静'), requestId, pay, today }) },
    cwd: process.cwd(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(dying.stdout, 'data')) as [Buffer]
  expect(line.toString()).toContain('written 记-06-001')
  dying.kill('SIGKILL')
  await once(dying, 'exit')
  expect(await vouchers()).toBe(0)
  expect((await eventOf('张敏', eventId)).money).toMatchObject({ state: 'approved', voucherId: null })

  expect((await ask('周婷', 'POST', `/api/funds/spending/${requestId}/payment`, pay)).status).toBe(404)
  const paid = await ask('陈静', 'POST', `/api/funds/spending/${requestId}/payment`, pay)
  expect(paid.status).toBe(201)
  expect((await ask('陈静', 'POST', `/api/funds/spending/${requestId}/payment`, pay)).status).toBe(422)
  expect(await vouchers()).toBe(1)
  // From the visit to the voucher, and from the voucher back to the visit, also for who keeps the books only.
  expect((await eventOf('杨帆', eventId)).money).toMatchObject({ state: 'paid', voucherNumber: '记-06-001' })
  const request = await ask('杨帆', 'GET', `/api/funds/spending/${requestId}`)
  expect(request.body.source).toBe(`care/events/${eventId}`)
  expect((await ask('周婷', 'GET', `/api/care/events/${eventId}`)).status).toBe(404)
  expect(await figures('funds.expense')).toEqual([80_000])
})

test('what comes back is red in the journal and less in the visit; not more than was given, by nobody but the cashier', async () => {
  const back = { on: '2026-06-28', amountFen: 30_000, reason: '本人只收一部分' }
  today = '2026-06-28'
  const refund = (who: PersonName, more: object = {}) =>
    ask(who, 'POST', `/api/care/events/${eventId}/refunds`, { ...back, ...more })
  expect((await refund('张敏')).status).toBe(404)
  expect((await refund('杨帆')).status).toBe(403)
  expect((await refund('陈静', { amountFen: 80_001 })).body.code).toBe('too-much')
  expect((await refund('陈静', { on: '2026-06-25' })).body.code).toBe('before-paid')
  expect((await refund('陈静', { on: '2026-02-31' })).body.fields).toHaveProperty('on')
  expect((await refund('陈静')).status).toBe(201)
  expect((await refund('陈静', { amountFen: 50_001 })).body.code).toBe('too-much')
  expect((await refund('陈静', { amountFen: 50_000, reason: '全部谢绝' })).status).toBe(201)
  expect(await figures('funds.expense', 'care.visit.times', 'care.visit.amount')).toEqual([0, 2, 80_000])
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from kernel.record where register = ${visits.id} and kept_by = ${`care/events/${eventId}`}`.execute(
    db,
  )
  expect(rows[0]!.n).toBe(1)
})

test('what comes back in a later year puts the surplus right; the year of the visit keeps its figures', async () => {
  today = '2026-12-28'
  const id = await report('陈静', '2026-12-27')
  const asked = await visited(id, { visitedOn: '2026-12-28' })
  await act('杨帆', asked.body.requestId, '同意')
  await act('李强', asked.body.requestId, '同意')
  const pay = { paidOn: '2026-12-28' }
  expect((await ask('陈静', 'POST', `/api/funds/spending/${asked.body.requestId}/payment`, pay)).status).toBe(201)
  const before = await figures('funds.expense', 'care.visit.times', 'care.visit.amount')
  const refund = (more: object = {}, who: PersonName = '陈静') =>
    ask(who, 'POST', `/api/care/events/${id}/refunds`, { on: '2026-12-29', amountFen: 10_000, reason: '谢绝', ...more })
  // In the same year spending and visit fall together, in the next one neither does.
  today = '2026-12-29'
  expect((await refund()).status).toBe(201)
  const [expense, times, amount] = before
  expect(await figures('funds.expense', 'care.visit.times', 'care.visit.amount')).toEqual([
    expense! - 10_000,
    times,
    amount! - 10_000,
  ])
  today = '2027-01-08'
  expect((await refund({ on: '2027-01-08', amountFen: 70_001 })).body.code).toBe('too-much')
  expect((await refund({ on: '2027-01-08', amountFen: 70_000 }, '张敏')).status).toBe(404)
  expect((await refund({ on: '2027-01-08', amountFen: 70_000 })).status).toBe(201)
  expect(await figures('funds.expense', 'care.visit.times', 'care.visit.amount')).toEqual([
    expense! - 10_000,
    times,
    amount! - 10_000,
  ])
  const nextYear = { unitId: world.unit('east'), from: '2027-01-01', to: '2027-12-31' }
  const later = await figuresOf(db, await catalogue(db), nextYear, ['funds.expense', 'care.visit.amount'])
  expect(later.filter((figure) => figure.value)).toEqual([])
  const { rows } = await sql<{ code: string; fen: number }>`
    select a.code, e.credit_fen as fen from funds.voucher v join funds.entry e on e.voucher_id = v.id
      join funds.account a on a.id = e.account_id
    where v.source like ${`care/events/${id}?back-%`} and v.year = 2027 and e.credit_fen > 0`.execute(db)
  expect(rows).toEqual([{ code: '32201', fen: 70_000 }])
  expect((await eventOf('李强', id)).money).toMatchObject({ refundedFen: 80_000 })
  expect((await refund({ on: '2027-01-08', amountFen: 1 })).body.code).toBe('too-much')
  today = '2026-06-28'
})

test('a receipt is signed on a day that exists, after the visit, by somebody who records visits', async () => {
  const receipt = (who: PersonName, on: string) =>
    ask(who, 'POST', `/api/care/events/${eventId}/receipt`, { signedBy: '陈静母亲', on })
  expect((await receipt('张敏', '2026-02-31')).body.fields).toHaveProperty('on')
  expect((await receipt('张敏', '2026-06-20')).body.code).toBe('before-visit')
  expect((await receipt('李强', '2026-06-27')).status).toBe(403)
  expect((await receipt('周婷', '2026-06-27')).status).toBe(404)
  expect((await receipt('张敏', '2026-06-27')).status).toBe(200)
  expect((await eventOf('李强', eventId)).signedBy).toBe('陈静母亲')
})
