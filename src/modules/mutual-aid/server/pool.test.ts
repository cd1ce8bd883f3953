import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { addDays } from '../../../kernel/calendar/days.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { linkFile } from '../../../kernel/files/files.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { todosOf } from '../../../kernel/lifecycle/todos.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import { cellText } from '../../../kernel/xlsx/cell.ts'
import { openWorkbook } from '../../../kernel/xlsx/read.ts'
import funds from '../../funds/module.ts'
import { balanceNow, openBook, postVoucher, verifyBook } from '../../funds/public.ts'
import { recomputes } from '../../funds/server/journal/facts.ts'
import module from '../module.ts'
import { collectPremiums } from './pool.ts'
import { payClaim } from './pay.ts'
import { remindOfRenewals } from './renewal-reminder.ts'
import { mutualAidRoutes } from './routes.ts'

declarePermissions([...module.permissions, ...funds.permissions])
declareRegisters(module.registers ?? [])
declareRegisters(funds.registers!, funds.metrics)
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()
let today = '2026-01-10'
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
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    } as never,
    async (cookies) => (cookies['as'] ? world.as(decodeURIComponent(cookies['as']) as PersonName) : null),
    [mutualAidRoutes],
  )
})
afterAll(() => app.close())
// After every deed: facts equal the rows, the money held is 代管经费 in the journal, claims paid are the register's sum.
afterEach(async () => {
  expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
  expect((await verifyBook(db, bookId)).faults).toEqual([])
  const { rows } = await sql<{ held: number; claims: number }>`
    select coalesce(sum(amount_fen), 0)::bigint as held,
      coalesce(-sum(amount_fen) filter (where kind in ('claim', 'returned')), 0)::bigint as claims from mutual_aid.movement`.execute(
    db,
  )
  expect(await held221()).toBe(rows[0]!.held)
  const direct = await sql<{ fen: number }>`
    select coalesce(sum(paid_fen), 0)::bigint as fen from mutual_aid.claim where paid_through = 'direct'`.execute(db)
  expect((await figures('mutual-aid.claim.amount'))[0]).toBe(rows[0]!.claims + direct.rows[0]!.fen)
})

const held221 = async (): Promise<number> => 0 - (await balanceNow(db, bookId, '221'))
async function ask(who: PersonName, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/mutual-aid${url}`,
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
const plan = (more: object = {}) => ({
  unitId: world.unit('east'),
  scheme: '会员大病互助',
  title: '2026 年大病互助金',
  organiser: '东风机械公司工会',
  kind: 'internal',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  premiumFen: 10_000,
  waitingDays: 30,
  claimDays: 300,
  causes: ['大病'],
  papers: [],
  formula: { kind: 'lump', amounts: { 一类: 30_000, 二类: 10_000 }, lessPaid: false },
  caps: {},
  document: '公司工会〔2025〕18号',
  ...more,
})
const file = (who: PersonName, planId: number, more: object = {}) =>
  ask(who, 'POST', '/claims', {
    planId,
    personId: world.person(who),
    cause: '大病',
    category: '一类',
    eventOn: addDays(today, -5),
    hospital: '三级',
    totalFen: 900_000,
    ownFen: 400_000,
    invoiceNo: `F${Math.random()}`,
    claimedFen: 30_000,
    ...more,
  })
const move = (who: PersonName, id: number, verb: string, more: object = {}) =>
  ask(who, 'POST', `/claims/${id}/moves`, { verb, ...more })
const pay = (who: PersonName, id: number, more: object = {}) =>
  ask(who, 'POST', `/claims/${id}/payment`, { paidOn: today, ...more })
const sampled = async (id: number, yes: boolean): Promise<void> =>
  void (await sql`update mutual_aid.claim set sampled = ${yes} where id = ${id}`.execute(db))

const CONTRIBUTION = ['due', 'people', 'amount'].map((name) => `mutual-aid.contribution.${name}`)

let fund: number

test('an internal fund: premiums go into 代管经费 by a voucher, each person once', async () => {
  fund = (await ask('李强', 'POST', '/plans', plan())).body.id
  const unitId = world.unit('east')
  expect((await ask('李强', 'POST', `/plans/${fund}/enrolments`, { unitId, paidOn: today })).body.code).toBe(
    'through-book',
  )
  expect((await ask('李强', 'POST', `/plans/${fund}/enrolments`, { unitId })).body).toEqual({ enrolled: 6, paid: 0 })
  expect((await ask('周婷', 'POST', `/plans/${fund}/collections`, { unitId, receivedOn: today })).status).toBe(404)
  expect((await ask('张敏', 'POST', `/plans/${fund}/collections`, { unitId, receivedOn: today })).status).toBe(404)
  const some = ['刘洋', '陈静', '张敏', '赵磊'].map((name) => world.person(name as PersonName))
  const collect = (more: object) =>
    ask('李强', 'POST', `/plans/${fund}/collections`, { unitId, receivedOn: today, ...more })
  expect((await collect({ receivedOn: '2026-02-30' })).status).toBe(422)
  expect((await collect({ receivedOn: '2026-01-11' })).body.code).toBe('in-future')
  expect((await collect({ personIds: some })).body).toEqual({ people: 4, amountFen: 40_000, voucherNo: '记-01-002' })
  expect((await collect({ personIds: some })).body.code).toBe('nobody-due')
  expect(await held221()).toBe(40_000)
  // Premiums are nobody's income; enrolled counts once paid. The money stands in one ledger, the fund's.
  expect(await figures(...CONTRIBUTION, 'mutual-aid.enrolment.premium')).toEqual([6, 4, 40_000, 0])
  expect(await figures('mutual-aid.enrolment.people', 'mutual-aid.enrolment.due', 'funds.income')).toEqual([
    4, 6, 1_000_000,
  ])
  expect((await ask('李强', 'DELETE', `/plans/${fund}/enrolments/${world.person('刘洋')}`)).body.code).toBe(
    'paid-already',
  )
  expect((await ask('李强', 'DELETE', `/plans/${fund}/enrolments/${world.person('杨帆')}`)).status).toBe(200)
  const desk = (await ask('李强', 'GET', `/plans/${fund}/desk?unitId=${unitId}`)).body
  expect(desk).toMatchObject({ heldFen: 40_000, unpaid: 1, due: 6, hasBook: true })
  expect(desk.movements).toMatchObject([{ kind: 'premium', amountFen: 40_000, people: 4 }])
  expect((await ask('刘洋', 'GET', `/plans/${fund}/desk?unitId=${unitId}`)).status).toBe(404)
})

test('a claim is paid out of the fund by a voucher; figure, voucher and claim are one sum', async () => {
  today = '2026-03-20'
  const { id } = (await file('刘洋', fund)).body
  await sampled(id, false)
  await move('张敏', id, '同意')
  expect((await move('李强', id, '同意')).body).toEqual({ state: 'approved' })
  expect((await pay('李强', id)).body.code).toBe('same-hand')
  expect((await pay('张敏', id, { through: 'direct' })).body.code).toBe('through-book')
  expect((await pay('张敏', id, { paidOn: '2026-03-19' })).body.code).toBe('before-claim')
  expect((await pay('张敏', id, { paidOn: '2026-02-31' })).status).toBe(422)
  const paid = await pay('张敏', id)
  expect(paid.body).toEqual({ voucherNo: '记-03-001' })
  expect((await pay('张敏', id)).body.code).toBe('not-now')
  expect((await ask('刘洋', 'GET', `/claims/${id}`)).body).toMatchObject({
    claimedFen: 30_000,
    computedFen: 30_000,
    examinedFen: 30_000,
    approvedFen: 30_000,
    paidFen: 30_000,
    voucherNo: '记-03-001',
  })
  const { rows } = await sql<{ summary: string }>`
    select summary from funds.voucher where source = ${`mutual-aid/claims/${id}`}`.execute(db)
  // Who keeps the books learns the number of the claim, not what somebody fell ill of.
  expect(rows).toEqual([{ summary: `支付互助补助：2026 年大病互助金，理赔 ${id} 号` }])
  expect(await held221()).toBe(10_000)
})

test('what the fund doesn’t hold can’t be paid, and a killed payment leaves nothing behind', async () => {
  const { id } = (await file('陈静', fund)).body
  await sampled(id, false)
  await move('张敏', id, '同意')
  await move('李强', id, '同意')
  const short = await pay('张敏', id)
  expect(short).toMatchObject({ status: 409, body: { code: 'reserve-short' } })
  expect(short.body.message).toContain('只有 100.00 元，不够支付 300.00 元')
  const unitId = world.unit('east')
  await ask('李强', 'POST', `/plans/${fund}/enrolments`, { unitId, personIds: [world.person('杨帆')] })
  await ask('李强', 'POST', `/plans/${fund}/collections`, { unitId, receivedOn: today })
  expect(await held221()).toBe(30_000)
  // What was collected stands under the day it came; nobody is left who ought to pay and hasn't.
  expect(await figures(...CONTRIBUTION)).toEqual([6, 6, 60_000])
  const collected = await sql<{ on: string; people: number }>`
    select r.happened_on as on, count(*)::int as people from kernel.record r join kernel.record_line l on l.record_id = r.id
    where r.register = 'mutual-aid.contribution' and r.state = 'recorded' group by 1 order by 1`.execute(db)
  expect(collected.rows).toEqual([
    { on: '2026-01-10', people: 4 },
    { on: '2026-03-20', people: 2 },
  ])

  // The server dies after everything was written and before it was committed: the database takes all of it back.
  const dying = db.transaction().execute(async (tx) => {
    await payClaim(tx, world.as('张敏'), id, { paidOn: today }, today)
    throw new Error('killed')
  })
  await expect(dying).rejects.toThrow('killed')
  expect(await held221()).toBe(30_000)
  expect((await ask('陈静', 'GET', `/claims/${id}`)).body).toMatchObject({
    state: 'approved',
    paidFen: null,
    voucherNo: null,
  })
  expect(await figures('mutual-aid.claim.times')).toEqual([1])

  // Two officers at once: one pays, the other hears so; one voucher.
  const answers = await Promise.all([pay('张敏', id), pay('王芳', id)])
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 422])
  expect(await figures('mutual-aid.claim.times', 'mutual-aid.claim.amount')).toEqual([2, 60_000])
})

test('what the bank sent back is held again, nobody counts as paid, and another voucher pays it', async () => {
  today = '2026-03-25'
  const unitId = world.unit('east')
  const second = plan({ scheme: '第二互助金', title: '第二互助金', waitingDays: 0 })
  const other = (await ask('李强', 'POST', '/plans', second)).body.id
  await ask('李强', 'POST', `/plans/${other}/enrolments`, { unitId })
  await ask('李强', 'POST', `/plans/${other}/collections`, { unitId, receivedOn: today })
  const sick = { category: '二类', claimedFen: 10_000, eventOn: today }
  const { id } = (await file('陈静', other, sick)).body
  await sampled(id, false)
  const back = (who: PersonName, more: object = {}) =>
    ask(who, 'POST', `/claims/${id}/payment/return`, { returnedOn: today, reason: '收款账号已销户', ...more })
  expect((await back('张敏')).body.code).toBe('not-now')
  await move('张敏', id, '同意')
  await move('李强', id, '同意')
  const held = await held221()
  const before = await figures('mutual-aid.claim.times', 'mutual-aid.claim.amount', 'funds.expense', 'funds.income')
  const first = (await pay('张敏', id)).body.voucherNo
  expect(await held221()).toBe(held - 10_000)

  expect((await back('周婷')).status).toBe(404)
  expect((await back('赵磊')).status).toBe(404)
  expect((await back('陈静')).status).toBe(403)
  expect((await back('张敏', { reason: ' ' })).body.fields).toEqual({ reason: '请写明退汇的原因' })
  expect((await back('张敏', { returnedOn: '2026-03-24' })).body.code).toBe('before-paid')
  expect((await back('张敏', { returnedOn: '2026-03-26' })).body.code).toBe('in-future')
  expect((await back('张敏', { returnedOn: '2026-02-31' })).status).toBe(422)
  // The same form sent twice books once.
  const answers = await Promise.all([back('张敏'), back('张敏')])
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 422])
  expect(await held221()).toBe(held)
  expect(await figures('mutual-aid.claim.times', 'mutual-aid.claim.amount', 'funds.expense', 'funds.income')).toEqual(
    before,
  )
  const shown = (await ask('陈静', 'GET', `/claims/${id}`)).body
  expect(shown).toMatchObject({ state: 'approved', approvedFen: 10_000, paidFen: null, voucherNo: null })
  expect(shown.returns).toMatchObject([
    { amountFen: 10_000, paidOn: today, paidVoucherNo: first, returnedOn: today, reason: '收款账号已销户' },
  ])
  expect(shown.acts.at(-1)).toMatchObject({ verb: '退汇' })
  expect((await todosOf(db, world.as('张敏'), today)).map((todo) => todo.title)).toContain('待支付：陈静的互助补助')
  expect((await back('张敏')).body.code).toBe('not-now')

  today = '2026-03-27'
  expect((await pay('张敏', id, { paidOn: '2026-03-24' })).body.code).toBe('before-claim')
  await sql`update mutual_aid.claim set filed_on = '2026-03-20' where id = ${id}`.execute(db)
  expect((await pay('张敏', id, { paidOn: '2026-03-24' })).body.code).toBe('before-return')
  expect((await pay('李强', id)).body.code).toBe('same-hand')
  const again = await pay('张敏', id)
  expect(again.status).toBe(200)
  expect(again.body.voucherNo).not.toBe(first)
  expect(await held221()).toBe(held - 10_000)
  const [times, amount, ...rest] = before
  expect(await figures('mutual-aid.claim.times', 'mutual-aid.claim.amount', 'funds.expense', 'funds.income')).toEqual([
    times! + 1,
    amount! + 10_000,
    ...rest,
  ])
  const { rows } = await sql<{ source: string }>`
    select source from funds.voucher where source like ${`mutual-aid/claims/${id}%`} order by id`.execute(db)
  expect(rows.map((row) => row.source.replace(/\/returns\/\d+$/, '/returns/n'))).toEqual([
    `mutual-aid/claims/${id}`,
    `mutual-aid/claims/${id}/returns/n`,
    `mutual-aid/claims/${id}/payments/2`,
  ])
  // What happened is never edited.
  await expect(sql`delete from mutual_aid.payment_return`.execute(db)).rejects.toThrow('never changed')
})

test('one claim in ten is looked at a second time by a third person before it is paid', async () => {
  const { id } = (await file('陈静', fund, { category: '二类', claimedFen: 10_000 })).body
  await sampled(id, true)
  expect((await ask('王芳', 'POST', `/claims/${id}/sample`, { outcome: 'sound', words: '看过原件' })).body.code).toBe(
    'not-now',
  )
  await move('张敏', id, '同意')
  await move('李强', id, '同意')
  expect((await pay('张敏', id)).body.code).toBe('sample-open')
  expect((await todosOf(db, world.as('王芳'), today)).map((todo) => todo.title)).toContain('待抽查复核：陈静的互助申请')
  expect((await ask('张敏', 'POST', `/claims/${id}/sample`, { outcome: 'sound', words: '看过' })).body.code).toBe(
    'same-person',
  )
  expect((await ask('陈静', 'POST', `/claims/${id}/sample`, { outcome: 'sound', words: '看过' })).body.code).toBe(
    'forbidden',
  )
  await ask('王芳', 'POST', `/claims/${id}/sample`, { outcome: 'fault', words: '诊断证明不是本人的' })
  expect((await ask('王芳', 'GET', `/claims/${id}`)).body).toMatchObject({ state: 'examined', approvedFen: null })
  expect((await move('李强', id, '否决', { words: '材料不实' })).body).toEqual({ state: 'refused' })
})

test('a refusal is appealed against once, in time, and somebody else decides', async () => {
  const { id } = (await file('陈静', fund, { category: '二类', claimedFen: 10_000 })).body
  await sampled(id, false)
  expect((await ask('陈静', 'POST', `/claims/${id}/appeal`, { grounds: '…' })).body.code).toBe('not-now')
  await move('张敏', id, '否决', { words: '材料看不清' })
  expect((await ask('刘洋', 'POST', `/claims/${id}/appeal`, { grounds: '替同事问' })).status).toBe(404)
  expect((await ask('陈静', 'POST', `/claims/${id}/appeal`, { grounds: ' ' })).body.fields).toEqual({
    grounds: '请写明申诉的理由',
  })
  await sql`update mutual_aid.plan set appeal_days = 365 where id = ${fund}`.execute(db)
  today = '2028-01-01'
  expect((await ask('陈静', 'POST', `/claims/${id}/appeal`, { grounds: '材料看得清' })).body.code).toBe('appeal-late')
  today = '2026-03-20'
  expect((await ask('陈静', 'POST', `/claims/${id}/appeal`, { grounds: '诊断证明看得清' })).status).toBe(201)
  expect((await move('张敏', id, '同意')).body.code).toBe('same-person')
  expect((await move('李强', id, '同意')).body).toEqual({ state: 'examined' })
  expect((await move('李强', id, '同意')).body.code).toBe('same-person')
  expect((await move('王芳', id, '同意')).body).toEqual({ state: 'approved' })
  expect((await ask('陈静', 'GET', `/claims/${id}`)).body.appeal).toMatchObject({ outcome: 'granted' })
})

test('one invoice is one invoice however it is typed, and one photo is one photo', async () => {
  const first = (await file('杨帆', fund, { invoiceNo: 'Ｂ-2026 001' })).body
  const second = (await file('李强', fund, { invoiceNo: 'b2026001' })).body
  const held = (found: { checked: { findings: { no: number; holds: boolean }[] } }): number[] =>
    found.checked.findings.filter((one) => !one.holds).map((one) => one.no)
  expect([held(first), held(second)]).toEqual([[3], [8]])
  // Another number with the same photo.
  const third = (await file('杨帆', fund, { invoiceNo: 'B9' })).body
  await db.transaction().execute(async (tx) => {
    for (const objectId of [first.id, third.id])
      await linkFile(
        tx,
        operator(),
        {
          sha256: createHash('sha256').update('发票').digest('hex'),
          bytes: 6,
          media: { type: 'image/jpeg' } as never,
          name: `${objectId}.jpg`,
          objectKind: 'mutual-aid-claim',
          objectId,
        },
        { unitId: world.unit('east'), title: '互助申请' },
      )
  })
  const shown = (await ask('杨帆', 'GET', `/claims/${third.id}`)).body
  expect(shown.checked.findings[7]).toMatchObject({ holds: false, text: '上传的照片已经用于另一件申请' })
})

test('bought insurance: the union pays by its budget’s door, the list is frozen, renewal finds those still here', async () => {
  today = '2026-04-01'
  const unitId = world.unit('east-1')
  const bought = plan({
    scheme: '安康保险',
    title: '2025 年安康保险',
    organiser: '某保险公司',
    kind: 'bought',
    unionFen: 10_000,
    startsOn: '2025-05-01',
    endsOn: '2026-04-30',
  })
  expect((await ask('李强', 'POST', '/plans', { ...bought, unionFen: 20_000 })).body.fields).toEqual({
    unionFen: '不能超过每人缴费',
  })
  const old = (await ask('李强', 'POST', '/plans', bought)).body.id
  await ask('张敏', 'POST', `/plans/${old}/enrolments`, { unitId })
  expect((await ask('张敏', 'POST', `/plans/${old}/collections`, { unitId, receivedOn: today })).body.code).toBe(
    'nothing-to-collect',
  )
  const before = await held221()
  const handed = await ask('张敏', 'POST', `/plans/${old}/handovers`, { unitId, handedOn: today })
  expect(handed.body).toMatchObject({ people: 3, amountFen: 30_000 })
  expect((await ask('张敏', 'POST', `/plans/${old}/handovers`, { unitId, handedOn: today })).body.code).toBe(
    'nobody-due',
  )
  expect([await held221(), ...(await figures('funds.expense'))]).toEqual([before, 30_000])
  const list = await app.inject({
    url: `/api/mutual-aid/handovers/${handed.body.id}/list`,
    headers: { cookie: `as=${encodeURIComponent('张敏')}` },
  })
  const [sheet] = (await openWorkbook(list.rawPayload)).sheets
  const cells: string[] = []
  for await (const row of sheet!.rows()) for (const cell of row.cells) if (cell) cells.push(cellText(cell))
  expect(cells).toEqual(expect.arrayContaining(['刘洋', '陈静', '张敏', '100.00']))
  expect((await ask('周婷', 'GET', `/handovers/${handed.body.id}/list`)).status).toBe(404)

  // The period runs out: somebody is told, until the next one is entered.
  await remindOfRenewals(db, today)
  const titles = async () => (await todosOf(db, world.as('李强'), today)).map((todo) => todo.title)
  expect(await titles()).toContain('待续期：2025 年安康保险将于 2026-04-30 到期')
  const next = (
    await ask('李强', 'POST', '/plans', {
      ...bought,
      title: '2026 年安康保险',
      startsOn: '2026-05-01',
      endsOn: '2027-04-30',
      closesOn: '2026-04-20',
    })
  ).body.id
  expect((await titles()).join()).not.toContain('待续期')
  await sql`update members.person set status = 'left' where id = ${world.person('陈静')}`.execute(db)
  expect((await ask('张敏', 'POST', `/plans/${next}/renewals`, { unitId })).body).toEqual({
    renewed: 2,
    gone: ['陈静'],
  })
  expect((await ask('张敏', 'GET', `/plans/${next}/desk?unitId=${unitId}`)).body).toMatchObject({
    renewable: 1,
    enrolled: [{ unbroken: true }, { unbroken: true }],
  })
  today = '2026-04-21'
  expect((await ask('张敏', 'POST', `/plans/${next}/renewals`, { unitId })).body.code).toBe('nobody')
  expect((await ask('张敏', 'POST', `/plans/${next}/enrolments`, { unitId })).body.code).toBe('window-closed')
  await sql`update members.person set status = 'active' where id = ${world.person('陈静')}`.execute(db)
})

test('collected, handed over, received, paid on: the organisation’s money passes through and never goes below nothing', async () => {
  today = '2026-05-10'
  const unitId = world.unit('east')
  const mutual = (
    await ask(
      '李强',
      'POST',
      '/plans',
      plan({
        scheme: '职工医疗互助',
        title: '医疗互助',
        kind: 'organisation',
        unionFen: 4_000,
        organiser: '市互助中心',
      }),
    )
  ).body.id
  await ask('李强', 'POST', `/plans/${mutual}/enrolments`, { unitId })
  const before = await held221()
  expect(
    (await ask('李强', 'POST', `/plans/${mutual}/collections`, { unitId, receivedOn: today })).body.amountFen,
  ).toBe(36_000)
  expect((await ask('李强', 'POST', `/plans/${mutual}/handovers`, { unitId, handedOn: today })).body).toMatchObject({
    people: 6,
    amountFen: 60_000,
  })
  expect(await held221()).toBe(before)
  const { id } = (await file('刘洋', mutual, { eventOn: '2026-05-09', category: '二类', claimedFen: 10_000 })).body
  await sampled(id, false)
  // He joined today: the waiting period runs, and only words carry the claim further.
  expect((await move('张敏', id, '同意')).body.code).toBe('reasons-open')
  await move('张敏', id, '同意', { words: '承办机构同意按续保对待' })
  await move('李强', id, '同意', { words: '同上' })
  expect((await pay('张敏', id, { through: 'account' })).body.code).toBe('reserve-short')
  expect(
    (
      await ask('张敏', 'POST', `/plans/${mutual}/receipts`, {
        unitId: world.unit('east-1'),
        receivedOn: today,
        amountFen: 10_000,
        reference: '拨 12',
      })
    ).status,
  ).toBe(201)
  expect((await pay('张敏', id, { through: 'account' })).status).toBe(200)
  expect(await held221()).toBe(before)
})

test('whatever is collected and paid in whatever order, what is held is never below nothing and stands in the journal', async () => {
  today = '2026-06-01'
  const unitId = world.unit('east')
  const names: PersonName[] = ['刘洋', '陈静', '张敏', '赵磊', '杨帆', '李强']
  let round = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 6 }), async (payers) => {
      const { id: planId } = (
        await ask(
          '王芳',
          'POST',
          '/plans',
          plan({ unitId, scheme: `互助金${++round}`, title: `互助金${round}`, premiumFen: 2_500 }),
        )
      ).body
      await ask('王芳', 'POST', `/plans/${planId}/enrolments`, { unitId })
      const distinct = [...new Set(payers)]
      const collected = await db
        .transaction()
        .execute((tx) =>
          collectPremiums(
            tx,
            world.as('王芳'),
            planId,
            { unitId, receivedOn: today, personIds: distinct.map((at) => world.person(names[at]!)) },
            today,
          ),
        )
      expect(collected.amountFen).toBe(distinct.length * 2_500)
      const { body } = await ask('王芳', 'GET', `/plans/${planId}/desk?unitId=${unitId}`)
      expect(body.heldFen).toBe(collected.amountFen)
      expect(body.movements.reduce((sum: number, one: { amountFen: number }) => sum + one.amountFen, 0)).toBe(
        body.heldFen,
      )
    }),
    { numRuns: 8 },
  )
})
