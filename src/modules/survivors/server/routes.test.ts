import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { todosOf } from '../../../kernel/lifecycle/todos.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import funds from '../../funds/module.ts'
import { balanceNow, openBook, postVoucher } from '../../funds/public.ts'
import { recomputes } from '../../funds/server/journal/facts.ts'
import hardship from '../../hardship/module.ts'
import module from '../module.ts'
import { withSurvivors } from './opening.ts'
import { payOut } from './pay.ts'
import { remindOfAge } from './reminders.ts'
import { survivorRoutes } from './routes.ts'

declarePermissions([...module.permissions, ...funds.permissions, ...hardship.permissions])
declareRegisters(hardship.registers!)
declareRegisters(funds.registers!, funds.metrics)
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-survivors-'))
let today = '2026-01-05'
let world: World
let app: App
let bookId: number
const START = 500_000

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  await db.transaction().execute(async (tx) => {
    bookId = (await openBook(tx, operator(), { unitId: world.unit('east'), openedOn: '2026-01-01' })).id
    await postVoucher(tx, operator(), world.unit('east'), {
      onDate: '2026-01-02',
      summary: '收拨缴经费',
      attachments: 1,
      entries: [
        { account: '102', debitFen: START },
        { account: '402', creditFen: START },
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
// After every deed: facts equal the rows; what the union paid less what came back has left the bank; nobody twice for a month.
afterEach(async () => {
  expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
  const { rows } = await ownerPool.query<{ fen: string; all: string; twice: string }>(`
    select coalesce(sum(l.amount_fen) filter (where y.source = '工会经费'), 0) as fen, coalesce(sum(l.amount_fen), 0) as all,
      count(*) - count(distinct (l.survivor_id, l.for_month)) as twice
    from survivors.pay_line l join survivors.pay y on y.id = l.pay_id where y.state = 'paid' and l.recovery_id is null`)
  expect(START - (await balanceNow(db, bookId, '102'))).toBe(Number(rows[0]!.fen))
  expect(Number(rows[0]!.twice)).toBe(0)
  const [amount, people, times] = await figures(
    'hardship.survivor-pay.amount',
    'hardship.survivor-pay.people',
    'hardship.survivor-pay.times',
  )
  expect(amount).toBe(Number(rows[0]!.all))
  expect(people).toBeLessThanOrEqual(times!)
})

async function ask(who: PersonName, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/survivors${url}`,
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
const survivor = (more: object = {}, deceased: object = {}) => ({
  unitId: world.unit('east'),
  name: '孙桂兰',
  relation: '配偶',
  ground: '年老无收入',
  bornOn: '1951-04-02',
  place: '外地',
  phone: '13900000000',
  address: '河西村 12 号',
  grade: '一档',
  entitledFrom: '2019-06-01',
  paidThrough: '2025-12',
  deceased: { name: '孙大海', bornOn: '1948-03-05', diedOn: '2019-05-20', wageFen: 500_000, ...deceased },
  ...more,
})
const ids: Record<string, number> = {}
const add = async (more: object = {}, deceased: object = {}) => {
  const answer = await ask('李强', 'POST', '', survivor(more, deceased))
  if (answer.status === 201) ids[(more as { name?: string }).name ?? '孙桂兰'] = answer.body.id
  return answer
}
const one = (name: string): string => `/${ids[name]}`
const unitId = () => world.unit('east')

test('who is entitled, since when; what can’t be is refused at its field', async () => {
  expect((await ask('周婷', 'POST', '', survivor())).status).toBe(404)
  expect((await ask('刘洋', 'POST', '', survivor())).status).toBe(404)
  const fields = async (more: object, deceased: object = {}) => (await add(more, deceased)).body.fields
  expect(await fields({}, { diedOn: '1947-01-01' })).toMatchObject({
    'deceased.diedOn': '去世日期早于出生日期，请核对',
  })
  expect(Object.keys(await fields({}, { diedOn: '2019-02-31' }))).toEqual(['deceased.diedOn'])
  expect(await fields({ entitledFrom: '2018-01-01' })).toEqual({ entitledFrom: '供养不能早于职工去世' })
  expect(await fields({ bornOn: '2030-01-01' })).toEqual({ bornOn: '不能晚于今天' })
  expect(await fields({ ground: '未成年', bornOn: '1990-01-01', relation: '子女' })).toEqual({ ground: '已经成年' })
  expect((await add()).status).toBe(201)
  expect((await add()).body.code).toBe('survivor-exists')
  await add({ name: '孙小雨', relation: '子女', ground: '未成年', bornOn: '2008-02-10', place: '市内' })
  await add({ name: '钱秀英', place: '市内', grade: '二档' }, { name: '钱大力', wageFen: 100_000 })
  await add({ name: '周来福', relation: '父母', bornOn: '1940-10-10' }, { name: '周志远' })
  const { rows, counts } = (await ask('李强', 'GET', `?unitId=${unitId()}`)).body
  expect(rows).toHaveLength(4)
  expect(counts).toMatchObject({ active: 4, suspended: 0, ended: 0 })
  expect((await ask('王芳', 'GET', one('孙桂兰'))).body).toMatchObject({ phone: '13900000000', deceasedName: '孙大海' })
  // A child's limit is the coming of age, and it stands on the desk a month before.
  expect((await ask('李强', 'GET', one('孙小雨'))).body.untilOn).toBe('2026-02-10')
  await remindOfAge(db, '2026-01-12')
  expect((await todosOf(db, world.as('李强'), today)).map((todo) => todo.title)).toContain('供养到期待核：孙小雨')
})

test('only the office sees them: in lists, by address, and even where a query forgot to ask', async () => {
  expect((await ask('周婷', 'GET', `?unitId=${unitId()}`)).body.rows).toEqual([])
  expect((await ask('周婷', 'GET', one('孙桂兰'))).status).toBe(404)
  expect((await ask('周婷', 'GET', `/standards?unitId=${unitId()}`)).status).toBe(404)
  expect((await ask('张敏', 'GET', one('孙桂兰'))).status).toBe(404)
  expect((await ask('刘洋', 'GET', `?unitId=${unitId()}`)).body.rows).toEqual([])
  const count = sql<{ n: number }>`select count(*)::int as n from survivors.survivor`
  expect((await count.execute(db)).rows[0]!.n).toBe(0)
  expect((await withSurvivors(db, world.as('周婷'), (tx) => count.execute(tx))).rows[0]!.n).toBe(0)
  expect((await withSurvivors(db, world.as('李强'), (tx) => count.execute(tx))).rows[0]!.n).toBe(4)
  const stored = await ownerPool.query<{ sealed: Buffer }>(
    'select contact_sealed as sealed from survivors.survivor where id = $1',
    [ids['孙桂兰']],
  )
  expect(stored.rows[0]!.sealed.toString('latin1')).not.toContain('13900000000')
})

test('a month’s list: standards by date, one hand each, one voucher, each person and month once', async () => {
  const list = (more: object = {}) =>
    ask('李强', 'POST', '/pay', { unitId: unitId(), month: '2026-01', source: '工会经费', ...more })
  expect((await list()).body.code).toBe('standard-missing')
  for (const [grade, monthlyFen] of [
    ['一档', 60_000],
    ['二档', 90_000],
  ] as const)
    await ask('李强', 'POST', '/standards', {
      unitId: unitId(),
      grade,
      monthlyFen,
      validFrom: '2025-01-01',
      document: '院发〔2025〕3号',
    })
  expect(
    (
      await ask('李强', 'POST', '/standards', {
        unitId: unitId(),
        grade: '一档',
        monthlyFen: 1,
        validFrom: '2025-01-01',
        document: 'x',
      })
    ).body.code,
  ).toBe('standard-exists')
  expect((await list({ month: '2026-02' })).body.code).toBe('in-future')
  expect((await list({ month: '2026-13' })).body.fields).toEqual({ month: '请填写月份，例如 2026-03' })
  const { id } = (await list()).body
  expect((await list()).body.code).toBe('pay-exists')
  const pay = (await ask('李强', 'GET', `/pay/${id}`)).body
  expect(pay).toMatchObject({ people: 4, totalFen: 270_000, state: 'prepared', remarks: [] })
  expect((await ask('李强', 'POST', `/pay/${id}/approval`)).body.code).toBe('same-hand')
  expect((await ask('周婷', 'POST', `/pay/${id}/approval`)).status).toBe(404)
  expect((await ask('李强', 'POST', `/pay/${id}/payment`, { paidOn: today })).body.code).toBe('not-now')
  expect((await ask('王芳', 'POST', `/pay/${id}/approval`)).status).toBe(200)
  expect((await ask('王芳', 'POST', `/pay/${id}/payment`, { paidOn: today })).body.code).toBe('same-hand')
  expect((await ask('李强', 'POST', `/pay/${id}/payment`, { paidOn: '2026-01-06' })).body.code).toBe('in-future')
  // A server that dies before the commit leaves an approved list and a full bank.
  const dying = withSurvivors(db, world.as('李强'), async (tx) => {
    await payOut(tx, world.as('李强'), id, today, today)
    throw new Error('killed')
  })
  await expect(dying).rejects.toThrow('killed')
  expect(await balanceNow(db, bookId, '102')).toBe(START)
  const answers = await Promise.all([1, 2].map(() => ask('李强', 'POST', `/pay/${id}/payment`, { paidOn: today })))
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 422])
  expect((await ask('李强', 'DELETE', `/pay/${id}`)).body.code).toBe('paid-already')
  expect(
    await figures('hardship.survivor-pay.people', 'hardship.survivor-pay.times', 'hardship.survivor-pay.amount'),
  ).toEqual([4, 4, 270_000])
  // Mother and child after one worker are one family.
  expect(await figures('hardship.survivor-pay.households')).toEqual([3])
})

test('the yearly review: letters out of town, calls in town; who doesn’t answer is suspended, not ended', async () => {
  today = '2026-02-01'
  const year = 2026
  expect((await ask('李强', 'POST', '/rounds', { unitId: unitId(), year, dueOn: '2026-01-31' })).body.code).toBe(
    'due-before-today',
  )
  expect((await ask('李强', 'POST', '/rounds', { unitId: unitId(), year, dueOn: '2026-02-30' })).status).toBe(422)
  expect((await ask('李强', 'POST', '/rounds', { unitId: unitId(), year, dueOn: '2026-02-28' })).body).toEqual({
    people: 4,
  })
  expect((await ask('李强', 'POST', '/rounds', { unitId: unitId(), year, dueOn: '2026-02-28' })).body.code).toBe(
    'round-exists',
  )
  const notify = (more: object) =>
    ask('李强', 'POST', '/rounds/notices', { unitId: unitId(), year, noticedOn: today, ...more })
  expect((await notify({ notice: '函告', noticedOn: '2026-02-02' })).body.code).toBe('in-future')
  expect((await notify({ place: '外地', notice: '函告' })).body).toEqual({ people: 2 })
  expect((await notify({ place: '外地', notice: '函告' })).body.code).toBe('nobody')
  expect((await ask('李强', 'POST', `${one('钱秀英')}/reviews/2026`, answer({}))).body.code).toBe('not-noticed')
  expect((await ask('李强', 'POST', '/rounds/close', { unitId: unitId(), year })).body.code).toBe('not-due')
  today = '2026-02-10'
  expect((await notify({ notice: '电话通知', place: '市内' })).body).toEqual({ people: 2 })
  expect((await notify({ notice: '电话通知', survivorIds: [ids['孙桂兰']] })).body).toEqual({ people: 1 })
  expect(
    await figures(
      'hardship.survivor-review.letters',
      'hardship.survivor-review.notices',
      'hardship.survivor-review.pending',
      'hardship.survivor-review.households',
    ),
  ).toEqual([2, 2, 4, 3])

  const back = (name: string, more: object = {}) => ask('李强', 'POST', `${one(name)}/reviews/2026`, answer(more))
  expect((await back('钱秀英', { returnedOn: '2026-02-09' })).body.code).toBe('before-notice')
  expect((await back('钱秀英', { result: '退出供养' })).body.fields).toEqual({
    exitReason: '请选择退出的原因',
    exitOn: '请填写发生的日期',
  })
  expect((await back('钱秀英', { result: '调整标准' })).body.fields).toEqual({ grade: '请选择新的标准档' })
  expect((await back('钱秀英')).status).toBe(201)
  // She goes on at school: a new limit, and the desk is clear of her.
  expect((await back('孙小雨', { untilOn: '2030-06-30', grade: '二档', result: '调整标准' })).status).toBe(201)
  expect((await todosOf(db, world.as('李强'), today)).map((todo) => todo.title)).not.toContain('供养到期待核：孙小雨')
  // He died last year: January was paid in vain.
  const died = await back('周来福', {
    result: '退出供养',
    exitReason: '去世',
    exitOn: '2025-12-30',
    words: '村委会来电',
  })
  expect(died.status).toBe(201)
  expect((await todosOf(db, world.as('李强'), today)).map((todo) => todo.title)).toContain(
    '待追回多发的抚恤金 600.00 元：周来福',
  )

  today = '2026-03-01'
  expect((await ask('张敏', 'POST', '/rounds/close', { unitId: unitId(), year })).status).toBe(404)
  expect((await ask('李强', 'POST', '/rounds/close', { unitId: unitId(), year })).body).toEqual({ suspended: 1 })
  expect((await ask('李强', 'GET', one('孙桂兰'))).body).toMatchObject({ state: 'suspended', endedOn: null })
  expect(
    await figures(
      'hardship.survivor-review.people',
      'hardship.survivor-review.approved',
      'hardship.survivor-review.suspended',
      'hardship.survivor-review.exits',
      'hardship.survivor-review.pending',
    ),
  ).toEqual([4, 2, 1, 1, 0])
  expect((await ask('李强', 'GET', `/rounds?unitId=${unitId()}&year=2026`)).body.round).toMatchObject({
    people: 4,
    returned: 3,
    suspended: 1,
    exits: 1,
  })
  expect((await ask('周婷', 'GET', `/rounds?unitId=${unitId()}&year=2026`)).status).toBe(404)
})
const answer = (more: object) => ({ returnedOn: today, proof: '视频认证', result: '继续供养', ...more })

test('what was paid in vain comes back by a red voucher and leaves the figures', async () => {
  expect((await ask('李强', 'POST', `${one('钱秀英')}/recoveries`, { receivedOn: today })).body.code).toBe(
    'nothing-owed',
  )
  const back = await ask('李强', 'POST', `${one('周来福')}/recoveries`, { receivedOn: today })
  expect(back.body).toMatchObject({ amountFen: 60_000 })
  expect((await ask('李强', 'POST', `${one('周来福')}/recoveries`, { receivedOn: today })).body.code).toBe(
    'nothing-owed',
  )
  expect(await figures('hardship.survivor-pay.people', 'hardship.survivor-pay.amount')).toEqual([3, 210_000])
  expect((await todosOf(db, world.as('李强'), today)).map((todo) => todo.title).join()).not.toContain('待追回')
})

test('a late answer resumes the pay with what was withheld; a list that is no longer true isn’t paid', async () => {
  const list = async (month: string) =>
    (await ask('李强', 'POST', '/pay', { unitId: unitId(), month, source: '行政' })).body.id as number
  const february = await list('2026-02')
  expect(
    (await ask('李强', 'GET', `/pay/${february}`)).body.lines.map((line: { name: string }) => line.name).toSorted(),
  ).toEqual(['孙小雨', '钱秀英'].toSorted())
  await ask('王芳', 'POST', `/pay/${february}/approval`)
  await ask('李强', 'POST', `/pay/${february}/payment`, { paidOn: today })
  expect((await ask('李强', 'POST', `${one('孙桂兰')}/reviews/2026`, answer({ words: '回函延误' }))).status).toBe(201)
  const march = await list('2026-03')
  const pay = (await ask('李强', 'GET', `/pay/${march}`)).body
  expect(pay.lines.find((line: { name: string }) => line.name === '孙桂兰')).toMatchObject({
    months: ['2026-02', '2026-03'],
    amountFen: 120_000,
  })
  await ask('王芳', 'POST', `/pay/${march}/approval`)
  // Between approval and payment somebody marries: the list is drawn up again.
  await ask('李强', 'POST', `${one('孙桂兰')}/exit`, { exitReason: '再婚', exitOn: '2026-02-20' })
  expect((await ask('李强', 'POST', `/pay/${march}/payment`, { paidOn: today })).body).toMatchObject({
    code: 'changed-since',
  })
  expect((await ask('李强', 'DELETE', `/pay/${march}`)).status).toBe(200)
  const again = await list('2026-03')
  const redrawn = (await ask('李强', 'GET', `/pay/${again}`)).body
  expect(redrawn.lines.find((line: { name: string }) => line.name === '孙桂兰').months).toEqual(['2026-02'])
  await ask('王芳', 'POST', `/pay/${again}/approval`)
  expect((await ask('李强', 'POST', `/pay/${again}/payment`, { paidOn: today })).body).toEqual({ voucherNo: null })
  // January has three lines (one came back), March five, as two lists were paid in it: four a month.
  expect(await figures('hardship.survivor-pay.monthly', 'hardship.survivor-pay.times')).toEqual([4, 8])
})

test('two lists at once and money for one: the second hears what is left', async () => {
  today = '2026-04-02'
  await add(
    { name: '吴秀兰', entitledFrom: '2026-04-01', paidThrough: null, grade: '大额' },
    { name: '吴大山', diedOn: '2026-03-30', wageFen: 200_000 },
  )
  await ask(
    '李强',
    'POST',
    '',
    survivor(
      { unitId: world.unit('east-1'), name: '郑小兰', entitledFrom: '2026-04-01', paidThrough: null, grade: '大额' },
      { name: '郑山', diedOn: '2026-03-28' },
    ),
  )
  await ask('李强', 'POST', '/standards', {
    unitId: unitId(),
    grade: '大额',
    monthlyFen: 250_000,
    validFrom: '2026-01-01',
    document: '院发〔2026〕1号',
  })
  const branch = (
    await ask('李强', 'POST', '/pay', { unitId: world.unit('east-1'), month: '2026-04', source: '工会经费' })
  ).body.id
  const company = (await ask('李强', 'POST', '/pay', { unitId: unitId(), month: '2026-04', source: '工会经费' })).body
    .id
  // Whoever stands on the branch's list doesn't stand on the company's.
  expect(
    (await ask('李强', 'GET', `/pay/${company}`)).body.lines.map((line: { name: string }) => line.name),
  ).not.toContain('郑小兰')
  // A family that together receives more than the wage was is said, not refused.
  expect((await ask('李强', 'GET', `/pay/${company}`)).body.remarks).toEqual([
    '吴大山的遗属 2026-04 合计 2,500.00 元，超过本人工资 2,000.00 元，请核对。',
  ])
  for (const id of [branch, company]) await ask('王芳', 'POST', `/pay/${id}/approval`)
  const [first, second] = await Promise.all(
    [branch, company].map((id) => ask('李强', 'POST', `/pay/${id}/payment`, { paidOn: today })),
  )
  const refused = [first!, second!].find((one) => one.status !== 200)!
  expect([first!.status, second!.status].toSorted()).toEqual([200, 409])
  expect(refused.body).toMatchObject({ code: 'overdrawn' })
  expect(refused.body.message).toMatch(/余额 [\d,.]+ 元，不够支付/)
})

test('whatever months are listed in whatever order, nobody is owed or paid a month twice', async () => {
  today = '2026-12-31'
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 5, max: 12 }), { minLength: 1, maxLength: 3 }),
      async (months) => {
        for (const month of months) {
          const made = await ask('李强', 'POST', '/pay', {
            unitId: unitId(),
            month: `2026-${String(month).padStart(2, '0')}`,
            source: '社保',
          })
          if (made.status !== 201) continue
          await ask('王芳', 'POST', `/pay/${made.body.id}/approval`)
          expect((await ask('李强', 'POST', `/pay/${made.body.id}/payment`, { paidOn: today })).status).toBe(200)
        }
        const { rows } = await ownerPool.query<{ twice: string }>(
          'select count(*) - count(distinct (survivor_id, for_month)) as twice from survivors.pay_line where recovery_id is null',
        )
        expect(Number(rows[0]!.twice)).toBe(0)
      },
    ),
    { numRuns: 6 },
  )
})
