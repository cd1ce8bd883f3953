import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import module from '../module.ts'
import { postUnitFacts, recomputes } from './facts.ts'
import { organisationRoutes } from './routes.ts'
import { termRoutes } from './term-routes.ts'
import { warnOfTerms } from './terms.ts'

declarePermissions([...module.permissions])
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()
const today = '2026-06-30'
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  const units = (await sql<{ id: number }>`select id from organisation.unit`.execute(db)).rows.map((row) => row.id)
  await db.transaction().execute((tx) => postUnitFacts(tx, operator(), units, ''))
  app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [organisationRoutes, termRoutes],
  )
})
afterAll(() => app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

async function ask(
  who: PersonName,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
) {
  const answer = await app.inject({
    method,
    url,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.body ? answer.json() : null }
}
const codes = (body: { units: { code: string }[] }): string[] => body.units.map((unit) => unit.code)

test('the tree opens level by level, from the top of what one may see', async () => {
  expect(codes((await ask('王芳', 'GET', '/api/units')).body)).toEqual(['county'])
  expect(codes((await ask('王芳', 'GET', `/api/units?parentId=${world.unit('county')}`)).body)).toEqual([
    'east',
    'south',
  ])
  expect(codes((await ask('李强', 'GET', '/api/units')).body)).toEqual(['east'])
  expect(codes((await ask('李强', 'GET', `/api/units?parentId=${world.unit('south')}`)).body)).toEqual([])
  expect((await ask('李强', 'GET', `/api/units/${world.unit('south')}`)).status).toBe(404)
})

test.each([
  ['铸造', ['east-1']],
  ['east-', ['east-2', 'east-1']],
  ['zpcj', ['east-2']],
  ['%', []],
])('units are found by “%s”', async (text, expected) => {
  await sql`update organisation.unit set initials = 'zpcjfgh' where code = 'east-2'`.execute(db)
  const { body } = await ask('王芳', 'GET', `/api/units?q=${encodeURIComponent(text)}`)
  expect(codes(body).toSorted()).toEqual([...expected].toSorted())
})

test('a year without a profile speaks with the last one; two officers don’t overwrite each other', async () => {
  const url = (year: number) => `/api/units/${world.unit('east')}/profile/${year}`
  const first = await ask('李强', 'PUT', url(2024), { kind: 'factory', motto: '团结奋进', upperUnion: '清河县总工会' })
  expect(first.body).toMatchObject({ year: 2024, version: 1 })
  expect((await ask('李强', 'GET', url(2026))).body.profile).toMatchObject({ year: 2024, motto: '团结奋进' })
  expect((await ask('李强', 'PUT', url(2026), { guiding: '围绕中心、服务大局' })).body).toMatchObject({
    year: 2026,
    motto: '团结奋进',
    guiding: '围绕中心、服务大局',
  })
  expect((await ask('李强', 'GET', url(2025))).body.profile).toMatchObject({ year: 2024, guiding: null })
  expect((await ask('李强', 'PUT', url(2024), { version: 1, motto: '甲' })).body.motto).toBe('甲')
  expect(await ask('李强', 'PUT', url(2024), { version: 1, motto: '乙' })).toMatchObject({
    status: 409,
    body: { code: 'edited-meanwhile' },
  })
  expect((await ask('张敏', 'PUT', url(2024), { motto: '丙' })).status).toBe(404)
})

test('headcounts are levels: a count in between, and one taken back, leave the right level on every day', async () => {
  const url = `/api/units/${world.unit('east')}/headcounts`
  const level = async (day: string, kind: string) =>
    (
      await sql<{
        n: number
      }>`select coalesce(sum(quantity), 0)::int as n from kernel.fact where measure = 'organisation.staff'
      and dims ->> 'kind' = ${kind} and on_date <= ${day}::date and reversal_of is null and reversed_by is null`.execute(
        db,
      )
    ).rows[0]!.n
  const put = (countedOn: string, staff: number, women?: number) => ask('李强', 'PUT', url, { countedOn, staff, women })
  await put('2025-01-01', 500, 200)
  await put('2026-01-01', 560)
  expect((await put('2025-07-01', 520, 230)).body.headcounts).toHaveLength(3)
  expect([await level('2025-06-30', 'staff'), await level('2025-12-31', 'staff'), await level(today, 'staff')]).toEqual(
    [500, 520, 560],
  )
  // Women were not counted in 2026: the last count of them still holds.
  expect([await level('2025-06-30', 'women'), await level(today, 'women')]).toEqual([200, 230])
  expect(await put('2026-02-01', 10, 11)).toMatchObject({ status: 422, body: { code: 'women-above-staff' } })
  const { body } = await ask('李强', 'GET', url)
  await ask('李强', 'DELETE', `/api/headcounts/${body.headcounts[1].id}`)
  expect([await level('2025-12-31', 'staff'), await level(today, 'staff')]).toEqual([500, 560])
})

test('a new term ends the one before, its officers and its warning', async () => {
  const url = `/api/units/${world.unit('east')}/terms`
  const officers = [
    { personId: world.person('李强'), name: '李强', post: '主席' },
    { name: '赵磊', post: '委员' },
  ]
  const draft = { body: 'committee', ordinal: 5, startsOn: '2021-08-01', dueOn: '2026-08-01', officers }
  expect((await ask('张敏', 'POST', url, draft)).status).toBe(404)
  const { body: fifth } = await ask('李强', 'POST', url, draft)
  expect(await ask('李强', 'POST', url, draft)).toMatchObject({ status: 409, body: { code: 'term-known' } })
  expect(
    await ask('李强', 'POST', `/api/terms/${fifth.id}/officers`, { name: '杨帆', post: '主席', fromOn: '2026-01-01' }),
  ).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('李强') },
  })
  expect((await ask('王芳', 'GET', '/api/units/terms')).body.terms).toMatchObject([{ ordinal: 5, dueOn: '2026-08-01' }])
  await db.transaction().execute((tx) => warnOfTerms(tx, today))
  await db.transaction().execute((tx) => warnOfTerms(tx, today))
  const waiting = async () =>
    (await sql<{ title: string }>`select title from kernel.todo where done_at is null`.execute(db)).rows
  expect(await waiting()).toEqual([{ title: '东风机械公司工会工会委员会第 5 届将于 2026-08-01 届满，请筹备换届' }])
  const { body: sixth } = await ask('李强', 'POST', url, {
    ...draft,
    ordinal: 6,
    startsOn: '2026-06-20',
    dueOn: '2031-06-20',
  })
  expect(sixth.endedOn).toBeNull()
  expect(await waiting()).toEqual([])
  const { body } = await ask('李强', 'GET', url)
  expect(body.terms.map((term: { ordinal: number; endedOn: string | null }) => [term.ordinal, term.endedOn])).toEqual([
    [6, null],
    [5, '2026-06-20'],
  ])
  expect(body.terms[1].officers.every((officer: { toOn: string }) => officer.toOn === '2026-06-20')).toBe(true)
  const { body: fourth } = await ask('李强', 'POST', url, {
    ...draft,
    ordinal: 4,
    startsOn: '2016-08-01',
    dueOn: '2021-08-01',
  })
  expect(fourth.endedOn).toBe('2021-08-01')
})

test('six committees and eight must-haves are shown from what exists, with the rows', async () => {
  const url = `/api/units/${world.unit('east')}/standing`
  const before = (await ask('李强', 'GET', url)).body
  expect(
    before.committees.filter((one: { present: boolean }) => one.present).map((one: { body: string }) => one.body),
  ).toEqual(['committee'])
  const record = (register: string, day: string, fields: object) =>
    sql`
    insert into kernel.record (register, unit_id, happened_on, title, state, fields, created_by, updated_by)
    values (${register}, ${world.unit('east-1')}, ${day}::date, '某项', 'draft', ${JSON.stringify(fields)}::jsonb, 1, 1) returning id`.execute(
      db,
    )
  await record('venues.place', '2020-01-01', {})
  await record('activities.event', '2025-05-01', {})
  // Drafts prove nothing; recorded, the place does, and last year's activity still doesn't.
  const has = async () =>
    (await ask('李强', 'GET', url)).body.mustHaves
      .filter((one: { present: boolean }) => one.present)
      .map((one: { name: string }) => one.name)
  expect(await has()).toEqual(['组织机构'])
  await sql`update kernel.record set state = 'recorded'`.execute(db)
  expect(await has()).toEqual(['组织机构', '阵地'])
  await sql`update kernel.record set state = 'draft'`.execute(db)
})

test('a unit is added under one’s own, and not elsewhere', async () => {
  const draft = {
    code: 'east-3',
    name: '动力车间分工会',
    type: 'branch',
    parentId: world.unit('east'),
    foundedOn: '2026-03-01',
  }
  expect((await ask('周婷', 'POST', '/api/units', draft)).status).toBe(404)
  const { body } = await ask('李强', 'POST', '/api/units', draft)
  const detail = (await ask('李强', 'GET', `/api/units/${body.id}`)).body
  expect(detail).toMatchObject({
    layerName: '东风机械公司工会',
    history: [{ reason: '建立', validFrom: '2026-03-01' }],
  })
  expect(detail.path.map((step: { code: string }) => step.code)).toEqual(['county', 'east', 'east-3'])
  expect(await ask('李强', 'POST', '/api/units', { ...draft, code: 'x y' })).toMatchObject({
    status: 422,
    body: { fields: { code: expect.any(String) } },
  })
})
