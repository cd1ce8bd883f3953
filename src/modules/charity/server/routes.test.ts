import fc from 'fast-check'
import { sql } from 'kysely'
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
import { balanceNow, openBook, type Book } from '../../funds/public.ts'
import funds from '../../funds/serve.ts'
import hardship from '../../hardship/module.ts'
import openness from '../../openness/module.ts'
import module from '../module.ts'
import { charityRoutes } from './routes.ts'

declarePermissions([
  ...module.permissions,
  ...fundsModule.permissions,
  ...hardship.permissions,
  ...openness.permissions,
  { name: 'organisation.read', title: '查看组织' },
])
declareRegisters(
  [...module.registers!, ...fundsModule.registers!, ...hardship.registers!, ...openness.registers!],
  fundsModule.metrics,
)
for (const [measure, recompute] of Object.entries(funds.recomputes ?? {})) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()
const today = '2026-06-26'
let world: World
let app: App
let book: Book
/** Whoever asks, grants and pays are three people. */
const OFFICES: Partial<Record<PersonName, readonly string[]>> = {
  张敏: ['charity.read', 'charity.write'],
  李强: ['charity.read', 'charity.write', 'funds.read', 'funds.sign', 'funds.pay'],
  陈静: ['funds.read', 'funds.pay'],
  周婷: ['charity.read', 'charity.write', 'funds.read', 'funds.sign', 'funds.pay'],
}
const as = (name: PersonName): Actor => ({
  ...world.as(name, []),
  grants: (OFFICES[name] ?? []).map((permission) => ({
    permission,
    unitId: world.unit(name === '周婷' ? 'south' : 'east'),
    scope: 'below',
  })),
})
beforeAll(async () => {
  world = await smallWorld(ownerPool)
  book = await db
    .transaction()
    .execute((tx) => openBook(tx, operator(), { unitId: world.unit('east'), openedOn: '2026-01-01' }))
  app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies['as'] ? as(decodeURIComponent(cookies['as']) as PersonName) : null),
    [charityRoutes],
  )
})
afterAll(() => app.close())
// After every deed: facts equal the ledgers, and what is held in the books is what was taken in less what was paid out.
afterEach(async () => {
  expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
  const { rows } = await sql<{ held: number }>`
    select coalesce((select sum(deposited_fen) from charity.drive), 0)::bigint
      - coalesce((select sum(amount_fen) from charity.drive_use where state = 'paid'), 0)::bigint as held`.execute(db)
  expect(0 - (await balanceNow(db, book.id, '221'))).toBe(rows[0]!.held)
})

async function ask(who: PersonName, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/charity/${url}`,
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
const drive = (more: object = {}) => ({
  unitId: world.unit('east'),
  cause: 'illness',
  title: '为工友捐款',
  purpose: '造血干细胞移植治疗',
  beneficiary: '赵磊',
  targetFen: 500_000,
  startOn: '2026-06-01',
  untilOn: '2026-06-30',
  ...more,
})
let id: number
const give = (gifts: object[], who: PersonName = '张敏', on = '2026-06-20') =>
  ask(who, 'POST', `drives/${id}/gifts`, { on, gifts })
const counted = () =>
  figures(
    'hardship.fundraising.due',
    'hardship.fundraising.donors',
    'hardship.fundraising.amount',
    'hardship.fundraising.drives',
  )

test('everybody asked is listed; who gave counts once, n of m', async () => {
  expect((await ask('周婷', 'POST', 'drives', drive())).status).toBe(404)
  expect((await ask('刘洋', 'POST', 'drives', drive())).status).toBe(404)
  expect((await ask('张敏', 'POST', 'drives', drive({ untilOn: '2026-02-31' }))).body.fields).toHaveProperty('untilOn')
  expect((await ask('张敏', 'POST', 'drives', drive({ cause: 'society' }))).body.fields).toHaveProperty('purpose')
  const made = await ask('张敏', 'POST', 'drives', drive())
  expect(made.body.people).toBe(6)
  id = made.body.id
  expect((await give([{ no: 1, amountFen: 10_000 }], '周婷')).status).toBe(404)
  expect((await give([{ no: 99, amountFen: 10_000 }])).status).toBe(404)
  expect(
    (
      await give([
        { no: 1, amountFen: 1 },
        { no: 1, amountFen: 2 },
      ])
    ).body.code,
  ).toBe('named-twice')
  expect((await give([{ no: 1, amountFen: 1 }], '张敏', '2026-06-27')).body.code).toBe('in-future')
  expect(
    (
      await give([
        { no: 1, amountFen: 10_000 },
        { no: 2, amountFen: 20_000 },
      ])
    ).status,
  ).toBe(201)
  // The same again, or more from the same person, is one donor still.
  expect((await give([{ no: 1, amountFen: 15_000 }])).status).toBe(201)
  expect(await counted()).toEqual([6, 2, 35_000, 1])
  // Who gave what is for those who run the drive.
  expect((await ask('陈静', 'GET', `drives/${id}/entries`)).status).toBe(403)
  expect((await ask('刘洋', 'GET', `drives/${id}`)).status).toBe(404)
  expect((await ask('张敏', 'GET', `drives/${id}/entries?given=true`)).body.rows).toHaveLength(2)
})

test('money is taken in as held for its purpose and leaves for nothing else, through three hands', async () => {
  const use = (amountFen: number) =>
    ask('张敏', 'POST', `drives/${id}/uses`, { what: '手术押金', payee: '赵磊', amountFen })
  expect((await use(10_000)).body.code).toBe('bound-overspent')
  expect((await ask('张敏', 'POST', `drives/${id}/deposits`, { on: '2026-06-21' })).status).toBe(403)
  expect((await ask('陈静', 'POST', `drives/${id}/deposits`, { on: '2026-06-21' })).body.amountFen).toBe(35_000)
  expect((await ask('陈静', 'POST', `drives/${id}/deposits`, { on: '2026-06-21' })).body.code).toBe('nothing')
  // What the books have can't be made less at the desk.
  expect((await give([{ no: 1, amountFen: 0 }])).body.code).toBe('deposited')
  const { useId } = (await use(30_000)).body
  expect((await use(5_001)).body).toMatchObject({ code: 'bound-overspent', fields: { amountFen: '还可使用 50.00 元' } })
  const pay = (who: PersonName) => ask(who, 'POST', `uses/${useId}/payment`, { on: '2026-06-22' })
  const decide = (who: PersonName, granted: boolean) => ask(who, 'POST', `uses/${useId}/decision`, { granted })
  expect((await pay('陈静')).body.code).toBe('not-now')
  expect((await decide('张敏', true)).status).toBe(403)
  expect((await decide('周婷', true)).status).toBe(404)
  expect((await decide('李强', false)).body.fields).toEqual({ words: '请写明不批准的理由' })
  expect((await decide('李强', true)).status).toBe(200)
  expect((await pay('李强')).body.code).toBe('same-hand')
  expect((await pay('陈静')).status).toBe(201)
  expect((await pay('陈静')).body.code).toBe('not-now')
  // Held for others, so neither income nor spending of the union.
  expect(await figures('funds.income', 'funds.expense')).toEqual([0, 0])
  expect((await ask('张敏', 'GET', `drives/${id}`)).body).toMatchObject({
    donors: 2,
    people: 6,
    givenFen: 35_000,
    depositedFen: 35_000,
    usedFen: 30_000,
    uses: [{ state: 'paid', decidedName: '李强' }],
  })
})

test('two uses at once don’t share one remainder', async () => {
  const both = await Promise.all(
    [1, 2].map(() => ask('张敏', 'POST', `drives/${id}/uses`, { what: '药费', payee: '赵磊', amountFen: 5_000 })),
  )
  expect(both.map((answer) => answer.status).toSorted()).toEqual([201, 409])
})

test('thanks name nobody who did not say so, and of few givers no sum', async () => {
  const { no } = (await ask('张敏', 'GET', `drives/${id}/entries?given=true`)).body.rows[0]
  const giver = (await ask('张敏', 'GET', `drives/${id}/entries`)).body.rows.find(
    (row: { no: number }) => row.no === no,
  ).personName as PersonName
  expect((await ask('何平', 'POST', `drives/${id}/named`, { named: true })).status).toBe(404)
  expect((await ask(giver, 'POST', `drives/${id}/named`, { named: true })).status).toBe(200)
  expect((await ask(giver, 'GET', 'my-drives')).body.drives).toMatchObject([{ named: true }])
  const { body } = (await ask('张敏', 'POST', `drives/${id}/thanks`)).body
  expect(body).toContain(`同意公布姓名的捐款人：${giver}。`)
  expect(body).not.toMatch(/350|2 人|赵磊/)
  expect((await ask('张敏', 'POST', `drives/${id}/thanks`)).body.code).toBe('thanked')
  expect((await ask('张敏', 'POST', `drives/${id}/close`)).status).toBe(200)
  expect((await give([{ no: 3, amountFen: 100 }])).body.code).toBe('closed')
})

test('giving to society lists only those who gave; giving for a colleague is not counted there', async () => {
  const { body } = await ask(
    '张敏',
    'POST',
    'drives',
    drive({ cause: 'society', title: '绿色林', purpose: '植树绿化' }),
  )
  id = body.id
  await give([
    { no: 1, amountFen: 5_000 },
    { no: 2, amountFen: 5_000 },
    { no: 3, amountFen: 0 },
  ])
  expect(await figures('charity.donation.people', 'charity.donation.amount')).toEqual([2, 10_000])
  await give([{ no: 2, amountFen: 0 }])
  expect(await figures('charity.donation.people', 'charity.donation.amount')).toEqual([1, 5_000])
  expect((await counted()).slice(0, 3)).toEqual([6, 2, 35_000])
  expect((await ask('张敏', 'POST', `drives/${id}/close`)).body.code).toBe('not-deposited')
})

test('however gifts are entered, donors ≤ asked and the ledger’s sum is the desk’s', async () => {
  const { body } = await ask('张敏', 'POST', 'drives', drive({ cause: 'love', title: '献爱心' }))
  id = body.id
  const before = (await figures('hardship.fundraising.amount'))[0]!
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        fc.record({ no: fc.integer({ min: 1, max: 6 }), amountFen: fc.integer({ min: 0, max: 90_000 }) }),
        {
          minLength: 1,
          selector: (gift) => gift.no,
        },
      ),
      async (gifts) => {
        expect((await give(gifts)).status).toBe(201)
        const shown = (await ask('张敏', 'GET', `drives/${id}`)).body
        expect((await figures('hardship.fundraising.amount'))[0]).toBe(before + shown.givenFen)
        expect((await figures('hardship.fundraising.love-donors'))[0]).toBe(shown.donors)
        expect(shown.donors).toBeLessThanOrEqual(shown.people)
      },
    ),
    { numRuns: 6 },
  )
})

test('a pair needs the other side’s consent; a pupil’s aid and a family’s visit count in their ledgers', async () => {
  const pupil = {
    unitId: world.unit('east'),
    kind: 'pupil',
    helperId: world.person('刘洋'),
    pupil: '林小北',
    consentOn: '2026-03-01',
    startOn: '2026-03-02',
  }
  const pair = (more: object = {}, who: PersonName = '张敏') => ask(who, 'POST', 'pairs', { ...pupil, ...more })
  expect((await pair({}, '周婷')).status).toBe(404)
  expect((await pair({ consentOn: '2026-03-03' })).body.fields).toHaveProperty('consentOn')
  expect((await pair({ consentOn: '2026-02-31' })).body.fields).toHaveProperty('consentOn')
  const made = await pair()
  const aid = (pairId: number, more: object = {}) =>
    ask('张敏', 'POST', `pairs/${pairId}/aids`, { on: '2026-04-01', item: '学费', amountFen: 60_000, ...more })
  expect((await aid(made.body.id, { on: '2026-03-01' })).body.code).toBe('before-start')
  expect((await aid(made.body.id, { item: '床垫' })).body.code).toBe('item-mismatch')
  expect((await aid(made.body.id)).status).toBe(201)
  expect((await aid(made.body.id, { item: '书籍', amountFen: 0 })).status).toBe(201)
  expect(
    await figures('hardship.pupil-pairing.pairs', 'hardship.pupil-pairing.times', 'hardship.pupil-pairing.amount'),
  ).toEqual([1, 2, 60_000])

  const family = { kind: 'family', pupil: undefined, familyId: world.person('杨帆'), place: '柳沟村' }
  expect((await pair({ ...family, familyId: world.person('刘洋') })).body.code).toBe('own-family')
  const home = await pair(family)
  expect((await pair(family)).body.code).toBe('paired')
  await aid(home.body.id, { item: '床垫', amountFen: 40_000 })
  await aid(home.body.id, { item: '现金', amountFen: 10_000, on: '2026-05-01' })
  // One family, visited twice.
  expect(
    await figures(
      'charity.village-pairing.visits',
      'charity.village-pairing.households',
      'charity.village-pairing.amount',
    ),
  ).toEqual([2, 1, 50_000])
  expect((await ask('张敏', 'POST', `pairs/${home.body.id}/end`, { on: '2026-06-01', reason: '已脱贫' })).status).toBe(
    200,
  )
  expect((await aid(home.body.id)).body.code).toBe('ended')
  expect((await ask('周婷', 'GET', `pairs?unitId=${world.unit('east')}`)).body.pairs).toEqual([])
})
