import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { todosOf } from '../../../kernel/lifecycle/todos.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { registerRoutes } from '../../../kernel/register/routes.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import funds from '../../funds/module.ts'
import module from '../module.ts'
import { careRoutes } from './routes.ts'

declarePermissions([...module.permissions, ...funds.permissions])
declareRegisters(module.registers ?? [])
const { db, ownerPool } = await testDatabase()
// A Friday: the weekend isn't counted.
let today = '2026-06-26'
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies['as'] ? world.as(decodeURIComponent(cookies['as']) as PersonName) : null),
    [registerRoutes, careRoutes],
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
  return { status: answer.statusCode, body: answer.json() }
}
const figures = async (unit: 'east' | 'east-1', ...names: string[]): Promise<number[]> => {
  const scope = { unitId: world.unit(unit), from: '2026-01-01', to: '2026-12-31' }
  const found = await figuresOf(db, await catalogue(db), scope, names)
  return names.map((name) => found.find((figure) => figure.metric === name)?.value ?? 0)
}
const event = (person: PersonName, more: object = {}) => ({
  personId: world.person(person),
  occasion: '住院',
  happenedOn: '2026-06-25',
  ...more,
})
const visit = { visitedOn: '2026-06-29', amountFen: 80_000, ledBy: '分会主席', visitors: '张敏' }

test('a checklist is the unit’s own, its lines end and begin, and only its officers write it', async () => {
  const line = {
    unitId: world.unit('east'),
    system: '六必访',
    occasion: '住院',
    days: 2,
    visitor: '分会主席',
    from: '2026-01-01',
  }
  expect((await ask('刘洋', 'POST', '/api/care/obligations', line)).status).toBe(404)
  expect((await ask('周婷', 'POST', '/api/care/obligations', line)).status).toBe(404)
  expect((await ask('李强', 'POST', '/api/care/obligations', { ...line, days: 0 })).body).toMatchObject({
    code: 'invalid-input',
    fields: { days: '至少 1 个工作日' },
  })
  expect((await ask('李强', 'POST', '/api/care/obligations', line)).status).toBe(201)
  expect((await ask('李强', 'POST', '/api/care/obligations', line)).body.code).toBe('obligation-exists')
  const own = { ...line, unitId: world.unit('east-1'), days: 5, system: '五必访' }
  const { body } = await ask('张敏', 'POST', '/api/care/obligations', own)
  const shown = await ask('张敏', 'GET', `/api/care/obligations?unitId=${world.unit('east-1')}`)
  expect(shown.body.obligations).toMatchObject([{ system: '五必访', days: 5 }])
  today = '2026-06-27'
  expect((await ask('张敏', 'POST', `/api/care/obligations/${body.id}/end`, { on: '2025-01-01' })).body.code).toBe(
    'end-before-start',
  )
  expect((await ask('张敏', 'POST', `/api/care/obligations/${body.id}/end`, { on: '2026-06-20' })).status).toBe(200)
  today = '2026-06-26'
  expect(
    (await ask('张敏', 'GET', `/api/care/obligations?unitId=${world.unit('east-1')}`)).body.obligations,
  ).toMatchObject([{ system: '六必访', days: 2 }])
})

test('a colleague reports an event, the visit clears the to-do and nothing else does', async () => {
  // 刘洋 holds no office; 陈静 works in the same branch, 杨帆 doesn't.
  expect((await ask('刘洋', 'POST', '/api/care/events', event('杨帆'))).body.code).toBe('person-unknown')
  const deadBeforeBorn = event('陈静', { occasion: '职工去世', happenedOn: '1990-01-01' })
  expect((await ask('刘洋', 'POST', '/api/care/events', deadBeforeBorn)).body).toMatchObject({
    code: 'before-birth',
    fields: { happenedOn: '早于出生日期' },
  })
  const reported = await ask('刘洋', 'POST', '/api/care/events', event('陈静', { note: '阑尾炎手术' }))
  expect(reported.status).toBe(201)
  expect(reported.body).toMatchObject({ dueOn: '2026-06-30', state: 'open', system: '六必访', late: false })
  const { id } = reported.body
  expect((await ask('张敏', 'POST', '/api/care/events', event('陈静'))).body.code).toBe('event-known')
  expect((await todosOf(db, world.as('张敏'), today)).map((todo) => [todo.title, todo.dueOn])).toEqual([
    ['待走访：陈静住院', '2026-06-30'],
  ])
  expect(await todosOf(db, world.as('吴刚'), today)).toEqual([])
  expect(await figures('east', 'care.due-visit.due', 'care.due-visit.done')).toEqual([1, 0])

  today = '2026-06-29'
  expect((await ask('刘洋', 'POST', `/api/care/events/${id}/visit`, visit)).status).not.toBe(201)
  expect((await ask('周婷', 'POST', `/api/care/events/${id}/visit`, visit)).status).toBe(404)
  expect(
    (await ask('张敏', 'POST', `/api/care/events/${id}/visit`, { ...visit, visitedOn: '2026-06-24' })).body.code,
  ).toBe('before-event')
  expect(
    (await ask('张敏', 'POST', `/api/care/events/${id}/visit`, { ...visit, visitedOn: '2026-07-01' })).body.code,
  ).toBe('in-future')
  const visited = await ask('张敏', 'POST', `/api/care/events/${id}/visit`, visit)
  expect(visited.status).toBe(201)
  expect(await todosOf(db, world.as('张敏'), today)).toEqual([])
  expect(
    await figures('east', 'care.due-visit.done', 'care.visit.times', 'care.visit.amount', 'care.visit.prompt'),
  ).toEqual([1, 1, 80_000, 1])
  expect((await ask('张敏', 'POST', `/api/care/events/${id}/visit`, visit)).body.code).toBe('settled')

  // What the process filed is corrected there and nowhere else.
  const record = await ask('张敏', 'GET', `/api/records/${visited.body.recordId}`)
  expect(record.body.keptBy).toBe(`care/events/${id}`)
  expect(
    (
      await ask('张敏', 'POST', `/api/records/${visited.body.recordId}/void`, {
        version: record.body.version,
        reason: '重复',
      })
    ).body.code,
  ).toBe('kept')
})

test('an event past its day is late, and is named to those who may see it', async () => {
  today = '2026-06-26'
  await ask('张敏', 'POST', '/api/care/events', event('刘洋', { occasion: '住院' }))
  today = '2026-07-06'
  const list = (who: PersonName, state: string) =>
    ask(who, 'GET', `/api/care/events?unitId=${world.unit('east')}&state=${state}`)
  expect((await list('李强', 'late')).body.rows.map((row: { personName: string }) => row.personName)).toEqual(['刘洋'])
  expect((await list('周婷', 'late')).body.rows).toEqual([])
  const coverage = await ask('李强', 'GET', `/api/care/coverage?unitId=${world.unit('east')}&year=2026`)
  expect(coverage.body).toMatchObject({ due: 2, visited: 1, inTime: 1, late: 1, missed: [{ personName: '刘洋' }] })
  expect((await ask('周婷', 'GET', `/api/care/coverage?unitId=${world.unit('east')}&year=2026`)).status).toBe(404)
})

test('whoever says that there will be no visit says why, and it stays among those that were due', async () => {
  const [late] = (await ask('张敏', 'GET', `/api/care/events?unitId=${world.unit('east-1')}&state=late`)).body.rows
  expect((await ask('张敏', 'POST', `/api/care/events/${late.id}/waive`, { reason: ' ' })).body.fields).toHaveProperty(
    'reason',
  )
  expect((await ask('张敏', 'POST', `/api/care/events/${late.id}/waive`, { reason: '本人谢绝探望' })).status).toBe(200)
  expect(await todosOf(db, world.as('张敏'), today)).toEqual([])
  expect(await figures('east', 'care.due-visit.due', 'care.due-visit.done')).toEqual([2, 1])
  expect((await ask('张敏', 'GET', `/api/care/events/${late.id}`)).body.acts.at(-1)).toMatchObject({
    verb: '终止',
    words: '本人谢绝探望',
  })
})

test('what nobody promised to visit still can be, and counts as a visit only', async () => {
  const reported = await ask(
    '张敏',
    'POST',
    '/api/care/events',
    event('陈静', { occasion: '结婚', happenedOn: '2026-07-01' }),
  )
  expect(reported.body).toMatchObject({ dueOn: null, system: null })
  await ask('张敏', 'POST', `/api/care/events/${reported.body.id}/visit`, {
    ...visit,
    visitedOn: '2026-07-02',
    amountFen: 0,
    gift: '鲜花',
  })
  expect(await figures('east', 'care.due-visit.due', 'care.visit.wedding')).toEqual([2, 1])
})
