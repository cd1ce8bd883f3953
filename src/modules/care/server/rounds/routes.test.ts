import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator } from '../../../../kernel/access/actor.ts'
import { figuresOf } from '../../../../kernel/facts/figures.ts'
import { declareRecompute, reconcile } from '../../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type UnitCode, type World } from '../../../../kernel/testing/world.ts'
import fundsModule from '../../../funds/module.ts'
import { openBook, postVoucher, type Book } from '../../../funds/public.ts'
import funds from '../../../funds/serve.ts'
import { stockIn } from '../../../funds/server/assets/stock.ts'
import welfare from '../../../welfare/module.ts'
import module from '../../module.ts'
import { roundRoutes } from './routes.ts'

declarePermissions([
  ...module.permissions,
  ...fundsModule.permissions,
  ...welfare.permissions,
  { name: 'organisation.read', title: '查看组织' },
])
declareRegisters([...module.registers!, ...fundsModule.registers!, ...welfare.registers!], fundsModule.metrics)
for (const [measure, recompute] of Object.entries(funds.recomputes ?? {})) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()
let today = '2026-02-12'
let world: World
let app: App
let book: Book
let rice: number

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  book = await db.transaction().execute(async (tx) => {
    const opened = await openBook(tx, operator(), { unitId: world.unit('east'), openedOn: '2026-01-01' })
    await postVoucher(tx, operator(), world.unit('east'), {
      onDate: '2026-01-05',
      summary: '收拨缴经费',
      attachments: 1,
      entries: [
        { account: '102', debitFen: 10_000_000 },
        { account: '402', creditFen: 10_000_000 },
      ],
    })
    await stockIn(tx, operator(), opened, {
      unitId: world.unit('east'),
      onDate: '2026-01-20',
      name: '大米',
      measure: '袋',
      quantity: 7,
      amountFen: 70_001,
      purpose: '春节慰问',
      spendingAccount: '50105',
      payFrom: '102',
      project: null,
      attachments: 1,
    })
    return opened
  })
  rice = (await sql<{ id: number }>`select id from funds.stock_item`.execute(db)).rows[0]!.id
  app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies['as'] ? world.as(decodeURIComponent(cookies['as']) as PersonName) : null),
    [roundRoutes, ...(funds.routes ?? [])],
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
const plan = (unit: UnitCode, more: object = {}) => ({
  unitId: world.unit(unit),
  kind: 'festival',
  occasion: '春节',
  title: '春节慰问',
  roll: 'all',
  gift: '大米一袋',
  valueFen: 10_000,
  startOn: '2026-02-10',
  untilOn: '2026-02-28',
  place: '职工之家',
  source: 'stock',
  stockItemId: rice,
  ...more,
})
const inStore = async (): Promise<number[]> =>
  (
    await sql<{ n: number; fen: number }>`
      select coalesce(sum(quantity), 0)::int as n, coalesce(sum(amount_fen), 0)::bigint as fen from funds.stock_move where item_id = ${rice}`.execute(
      db,
    )
  ).rows.flatMap((row) => [row.n, row.fen])
const roster = async (who: PersonName, id: number, more = '') =>
  (await ask(who, 'GET', `/api/care/rounds/${id}/entries?${more}`)).body.rows as { no: number; personName: string }[]

let roundId: number

test('a round’s roster is written from the members of the day; the store gives the goods when it opens', async () => {
  expect((await ask('刘洋', 'POST', '/api/care/rounds', plan('east'))).status).toBe(404)
  expect((await ask('周婷', 'POST', '/api/care/rounds', plan('east'))).status).toBe(404)
  expect(
    (await ask('李强', 'POST', '/api/care/rounds', plan('east', { untilOn: '2026-02-31' }))).body.fields,
  ).toHaveProperty('untilOn')
  expect((await ask('李强', 'POST', '/api/care/rounds', plan('east', { untilOn: '2026-02-01' }))).body.fields).toEqual({
    untilOn: '截止日期不能早于开始日期',
  })
  const planned = await ask('李强', 'POST', '/api/care/rounds', plan('east'))
  expect(planned.body).toMatchObject({ people: 6, leftOut: 0 })
  roundId = planned.body.id
  // Nothing counts and nobody may fetch before it opens.
  expect((await ask('张敏', 'POST', `/api/care/rounds/${roundId}/hand-outs`, { nos: [1] })).body.code).toBe('not-open')
  expect((await ask('张敏', 'POST', `/api/care/rounds/${roundId}/open`, {})).status).toBe(403)
  expect((await ask('李强', 'POST', `/api/care/rounds/${roundId}/open`, {})).status).toBe(200)
  expect((await ask('李强', 'POST', `/api/care/rounds/${roundId}/open`, {})).body.code).toBe('not-draft')
  expect(await inStore()).toEqual([1, 10_000])
  expect(await figures('care.festival.rounds', 'care.festival.people')).toEqual([1, 0])
})

test('a branch hands out to its own; each once; somebody may fetch for another, and a mistake is taken back', async () => {
  const mine = await roster('张敏', roundId)
  expect(mine.map((entry) => entry.personName).toSorted()).toEqual(['刘洋', '张敏', '陈静'].toSorted())
  expect(await roster('周婷', roundId).catch(() => 'none')).toBeUndefined()
  const all = await roster('李强', roundId)
  const no = (name: string) => all.find((entry) => entry.personName === name)!.no
  const out = (who: PersonName, more: object) => ask(who, 'POST', `/api/care/rounds/${roundId}/hand-outs`, more)
  // 杨帆 is of another branch: to 张敏 there is no such number.
  expect((await out('张敏', { nos: [no('杨帆')] })).status).toBe(404)
  expect((await out('张敏', { nos: [no('刘洋')], on: '2026-02-13' })).body.code).toBe('in-future')
  expect((await out('张敏', { nos: [no('刘洋')], on: '2026-02-09' })).body.code).toBe('before-start')
  expect((await out('张敏', { nos: [no('刘洋')], how: 'substitute' })).body.fields).toEqual({
    signedBy: '请填写代领人',
  })
  expect(
    (await out('张敏', { nos: [no('刘洋'), no('陈静')], how: 'substitute', signedBy: '班组长' })).body.handed,
  ).toHaveLength(2)
  // One of a batch has it already: none is given.
  const again = await out('张敏', { nos: [no('张敏'), no('陈静')] })
  expect(again.body).toMatchObject({ code: 'taken' })
  expect(again.body.message).toContain('陈静已在 2026-02-12 领取，签收人班组长')
  expect(await figures('care.festival.people', 'care.festival.times', 'care.festival.gift-value')).toEqual([
    2, 2, 20_000,
  ])

  // The phone shows a code; the desk scans it, once.
  const own = (await ask('杨帆', 'GET', '/api/care/my-rounds')).body.rounds
  expect(own).toMatchObject([{ title: '春节慰问', no: no('杨帆'), state: 'waiting' }])
  expect((await out('李强', { code: own[0].code })).status).toBe(201)
  expect((await out('李强', { code: own[0].code })).body.code).toBe('taken')
  expect((await out('李强', { code: 'ABCDEF' })).status).toBe(404)
  expect((await ask('杨帆', 'GET', '/api/care/my-rounds')).body.rounds[0]).toMatchObject({ code: null, state: 'taken' })

  expect(
    (await ask('张敏', 'POST', `/api/care/rounds/${roundId}/undo`, { no: no('杨帆'), reason: '登错' })).status,
  ).toBe(404)
  expect(
    (await ask('李强', 'POST', `/api/care/rounds/${roundId}/undo`, { no: no('杨帆'), reason: '登错' })).status,
  ).toBe(200)
  expect(
    (await ask('李强', 'POST', `/api/care/rounds/${roundId}/undo`, { no: no('杨帆'), reason: '登错' })).body.code,
  ).toBe('not-taken')
  expect(await figures('care.festival.people', 'care.festival.times')).toEqual([2, 2])
  expect((await out('李强', { nos: [no('杨帆')], how: 'delivery', signedBy: '杨帆' })).status).toBe(201)
})

test('two desks at once give one thing once', async () => {
  const all = await roster('李强', roundId, 'state=waiting')
  const { no } = all[0]!
  const both = await Promise.all(
    [1, 2].map(() => ask('李强', 'POST', `/api/care/rounds/${roundId}/hand-outs`, { nos: [no] })),
  )
  expect(both.map((answer) => answer.status).toSorted()).toEqual([201, 409])
  expect(await figures('care.festival.people', 'care.festival.times')).toEqual([4, 4])
})

test('the leftover goes back into the store at what it was worth; a second round leaves out who had it', async () => {
  // The branch plans its own: everybody stands on the union's roster already.
  expect((await ask('张敏', 'POST', '/api/care/rounds', plan('east-1', { source: 'bought' }))).body).toMatchObject({
    code: 'nobody',
    fields: { roll: '没有可以列入的人' },
  })
  expect((await ask('李强', 'POST', `/api/care/rounds/${roundId}/cancel`, { reason: '不发了' })).body.code).toBe(
    'handed-out',
  )
  expect((await ask('李强', 'POST', `/api/care/rounds/${roundId}/close`)).body).toEqual({ left: 2 })
  expect(await inStore()).toEqual([3, 30_000])
  expect((await ask('李强', 'POST', `/api/care/rounds/${roundId}/hand-outs`, { nos: [1] })).status).not.toBe(201)
  expect(await figures('care.festival.rounds', 'care.festival.people')).toEqual([1, 4])
})

test('more than is in store is refused, and the round stays as it was', async () => {
  const { body } = await ask('李强', 'POST', '/api/care/rounds', plan('east', { occasion: '端午', title: '端午慰问' }))
  expect((await ask('李强', 'POST', `/api/care/rounds/${body.id}/open`, {})).body).toMatchObject({ code: 'not-enough' })
  expect((await ask('李强', 'GET', `/api/care/rounds/${body.id}`)).body.state).toBe('draft')
  expect((await ask('李强', 'POST', `/api/care/rounds/${body.id}/cancel`, { reason: '库存不足' })).status).toBe(200)
  // Called off, so its people are free for another.
  expect(
    (await ask('李强', 'POST', '/api/care/rounds', plan('east', { occasion: '端午', source: 'bought' }))).body.people,
  ).toBe(6)
})

test('over the union’s own amount a reason is asked for, and a festival that is none warns with its card', async () => {
  await sql`insert into funds.limit_standard (book_id, kind, amount_fen, per, strength, source, page, valid_from, created_by)
    values (${book.id}, 'festival', 15000, 'person-year', 'warn', '经费实施细则', '3', '2026-01-01', 1)`.execute(db)
  today = '2026-09-20'
  const other = plan('east', { occasion: '教师节', title: '教师节慰问', startOn: '2026-09-10', untilOn: '2026-09-30' })
  const teachers = (await ask('李强', 'POST', '/api/care/rounds', other)).body.id
  const {
    remarks: [festival],
  } = (await ask('李强', 'GET', `/api/care/rounds/${teachers}`)).body
  expect(festival).toMatchObject({ blocks: true })
  expect((await ask('李强', 'POST', `/api/care/rounds/${teachers}/open`, { overReason: '惯例' })).body.code).toBe(
    'above-standard',
  )
  const draft = plan('east', {
    occasion: '中秋',
    title: '中秋慰问',
    startOn: '2026-09-11',
    untilOn: '2026-09-30',
    source: 'request',
    supplier: '便民超市',
  })
  const { body } = await ask('李强', 'POST', '/api/care/rounds', draft)
  const { remarks } = (await ask('李强', 'GET', `/api/care/rounds/${body.id}`)).body
  expect(remarks).toHaveLength(1)
  expect(remarks[0].steps).toEqual([
    '标准：每人每年 150.00 元。',
    '本次每人 100.00 元，今年最多的一人已领 100.00 元，4 人超过标准。',
    '依据：《经费实施细则》第3页。',
  ])
  const open = (more: object) => ask('李强', 'POST', `/api/care/rounds/${body.id}/open`, more)
  expect((await open({ confirmed: true })).body).toMatchObject({ code: 'above-standard' })
  expect((await open({ overReason: '上级批准' })).body.code).toBe('unconfirmed')
  expect((await open({ overReason: '上级批准', confirmed: true })).status).toBe(200)
  const detail = (await ask('李强', 'GET', `/api/care/rounds/${body.id}`)).body
  expect(detail.money).toMatchObject({ state: 'submitted', amountFen: 60_000 })
  expect((await ask('李强', 'POST', `/api/care/rounds/${body.id}/close`)).body).toEqual({ left: 6 })
  // Nobody came: no round counts.
  expect(await figures('care.festival.rounds')).toEqual([1])
})

test('a month’s birthdays: everybody due is listed, and becomes done one by one', async () => {
  today = '2026-07-15'
  const { body } = await ask('李强', 'POST', '/api/care/rounds', {
    ...plan('east'),
    kind: 'birthday',
    occasion: '蛋糕券',
    title: '七月生日',
    roll: 'birthday',
    source: 'bought',
    startOn: '2026-07-01',
    untilOn: '2026-07-31',
  })
  expect(body.people).toBe(1)
  await ask('李强', 'POST', `/api/care/rounds/${body.id}/open`, {})
  expect(await figures('welfare.birthday.due', 'welfare.birthday.people')).toEqual([1, 0])
  expect(
    (await ask('李强', 'POST', `/api/care/rounds/${body.id}/hand-outs`, { nos: [1], how: 'delivery' })).body.handed,
  ).toEqual([{ no: 1, personName: '刘洋' }])
  expect(await figures('welfare.birthday.due', 'welfare.birthday.people', 'welfare.birthday.cost')).toEqual([
    1, 1, 10_000,
  ])
})

test('heat relief out of the store: goods leave it and the delivery counts, or neither', async () => {
  const delivery = {
    unitId: world.unit('east-1'),
    onDay: '2026-07-14',
    post: '铸造一线',
    place: '生产车间',
    ledBy: '工会主席',
    goods: [
      { kind: '食品饮料', item: '大米', quantity: 2, measure: '袋', stockItemId: rice },
      { kind: '电风扇', item: '落地扇', quantity: 3, measure: '台', costFen: 60_000 },
    ],
  }
  const send = (who: PersonName, more: object = {}) =>
    ask(who, 'POST', '/api/care/heat-relief', { ...delivery, ...more })
  expect((await send('刘洋')).status).toBe(404)
  expect((await send('张敏', { onDay: '2026-07-16' })).body.code).toBe('in-future')
  expect((await send('张敏', { goods: [{ ...delivery.goods[0], quantity: 9 }] })).body.code).toBe('not-enough')
  expect(await figures('care.heat-relief.visits')).toEqual([0])
  expect((await send('张敏')).status).toBe(201)
  expect(await inStore()).toEqual([1, 10_000])
  expect(await figures('care.heat-relief.visits', 'care.heat-relief.cost', 'care.heat-relief.fans')).toEqual([
    1, 80_000, 3,
  ])
})

test('however desks give, fetch and take back, persons ≤ 人次 ≤ the roster, and the figure is the roster’s', async () => {
  today = '2026-10-05'
  const { body } = await ask('李强', 'POST', '/api/care/rounds', {
    ...plan('east', {
      occasion: '国庆',
      title: '国庆',
      source: 'bought',
      valueFen: 0,
      startOn: '2026-10-01',
      untilOn: '2026-10-10',
    }),
  })
  await ask('李强', 'POST', `/api/care/rounds/${body.id}/open`, { overReason: '测试' })
  const [people, times] = (await figures('care.festival.people', 'care.festival.times')) as [number, number]
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ no: fc.integer({ min: 1, max: 7 }), back: fc.boolean() }), { minLength: 1, maxLength: 8 }),
      async (deeds) => {
        for (const { no, back } of deeds)
          await (back
            ? ask('李强', 'POST', `/api/care/rounds/${body.id}/undo`, { no, reason: '改' })
            : ask('李强', 'POST', `/api/care/rounds/${body.id}/hand-outs`, { nos: [no] }))
        const { taken } = (await ask('李强', 'GET', `/api/care/rounds/${body.id}`)).body
        const [persons, occasions] = (await figures('care.festival.people', 'care.festival.times')) as [number, number]
        expect(occasions).toBe(times + taken)
        expect(persons).toBeLessThanOrEqual(occasions)
        expect(persons).toBeGreaterThanOrEqual(people)
        expect(taken).toBeLessThanOrEqual(6)
      },
    ),
    { numRuns: 6 },
  )
})
