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
import members from '../../members/module.ts'
import { recomputes } from '../../members/server/facts.ts'
import module from '../module.ts'
import { retireDue } from './retirements.ts'
import { retireeRoutes } from './routes.ts'

declarePermissions([...module.permissions, ...members.permissions])
declareRegisters(module.registers!)
declareRegisters([], members.metrics)
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db, ownerPool } = await testDatabase()
let today = '2029-11-01'
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    } as never,
    async (cookies) => (cookies['as'] ? world.as(decodeURIComponent(cookies['as']) as PersonName) : null),
    [retireeRoutes],
  )
})
afterAll(() => app.close())
afterEach(async () => {
  const { differences } = await reconcile(db, await catalogue(db))
  // The small world enters its people without facts; only what this module keeps is judged.
  expect(differences.filter((one) => JSON.stringify(one).includes('retirees'))).toEqual([])
})

async function ask(who: PersonName, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/retirees${url}`,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const figures = async (...names: string[]): Promise<number[]> => {
  const scope = { unitId: world.unit('east'), from: '2029-01-01', to: '2033-12-31' }
  const found = await figuresOf(db, await catalogue(db), scope, names)
  return names.map((name) => found.find((figure) => figure.metric === name)?.value ?? 0)
}
const plan = (who: PersonName, person: PersonName, more: object = {}) =>
  ask(who, 'POST', '/retirements', { personId: world.person(person), category: 'm60', ...more })
const unitId = () => world.unit('east')

test('the day of retirement is the law’s, or up to three years beside it with a reason', async () => {
  today = '2030-11-01'
  // 赵磊, born 1 December 1969: 60 on 1 December 2029, put off 15 months to 1 March 2031.
  expect((await ask('李强', 'GET', `/coming?unitId=${unitId()}`)).body.rows).toMatchObject([
    { name: '赵磊', days: [{ category: 'm60', dueOn: '2031-03-01' }] },
  ])
  expect((await ask('周婷', 'GET', `/coming?unitId=${unitId()}`)).status).toBe(404)
  expect((await plan('周婷', '赵磊')).status).toBe(404)
  expect((await plan('李强', '赵磊', { category: 'f50' })).body.code).toBe('wrong-category')
  expect((await plan('李强', '赵磊', { dueOn: '2030-12-01' })).body.code).toBe('too-early')
  expect((await plan('李强', '赵磊', { dueOn: '2029-11-30', basis: '弹性提前' })).body.code).toBe('too-early')
  expect((await plan('李强', '赵磊', { dueOn: '2034-03-02', basis: '弹性延后' })).body.code).toBe('too-late')
  expect((await plan('李强', '赵磊', { dueOn: '2031-02-31' })).status).toBe(422)
  expect((await plan('李强', '赵磊', { dueOn: '2031-01-01', basis: '弹性提前' })).body.dueOn).toBe('2031-01-01')
  expect((await plan('李强', '赵磊')).body.code).toBe('retirement-planned')
})

test('on the day the member’s status turns and a to-do appears; only the farewell clears it', async () => {
  const retire = () => db.transaction().execute((tx) => retireDue(tx, operator(), today))
  today = '2030-12-31'
  expect(await retire()).toBe(0)
  const { id } = (await ask('李强', 'GET', `/retirements?unitId=${unitId()}`)).body.rows[0]
  const farewell = (more: object = {}) =>
    ask('李强', 'POST', `/retirements/${id}/farewell`, {
      heldOn: today,
      party: true,
      flowers: true,
      costFen: 26_000,
      ...more,
    })
  expect((await farewell()).body.code).toBe('not-now')
  today = '2031-01-01'
  expect(await retire()).toBe(1)
  expect(await retire()).toBe(0)
  const person = await ownerPool.query<{ status: string; state: string; tag: string }>(
    `select p.status, m.state, t.tag from members.person p join members.membership m on m.person_id = p.id and m.left_on is null
     join members.tag t on t.person_id = p.id and t.valid_to = 'infinity' where p.id = $1`,
    [world.person('赵磊')],
  )
  expect(person.rows).toEqual([{ status: 'retired', state: 'retained', tag: '退休' }])
  const titles = async () => (await todosOf(db, world.as('李强'), today)).map((todo) => todo.title)
  expect(await titles()).toContain('待退休欢送：赵磊（2031-01-01 退休）')
  expect(await figures('retirees.farewell.due', 'retirees.farewell.people')).toEqual([1, 0])
  expect((await farewell({ heldOn: '2031-01-02' })).body.code).toBe('in-future')
  expect((await ask('张敏', 'POST', `/retirements/${id}/farewell`, { heldOn: today })).status).toBe(404)
  expect((await farewell()).status).toBe(201)
  expect((await farewell()).body.code).toBe('not-now')
  expect(await titles()).not.toContain('待退休欢送：赵磊（2031-01-01 退休）')
  expect(await figures('retirees.farewell.people', 'retirees.farewell.flowers', 'retirees.farewell.cost')).toEqual([
    1, 1, 26_000,
  ])
})

test('groups hold the unit’s own retired, each in one; who is in none is counted', async () => {
  await plan('李强', '李强', { basis: '提前退休（特殊工种、因病）', dueOn: '2031-01-01' })
  await db.transaction().execute((tx) => retireDue(tx, operator(), today))
  const club = async (name: string) => (await ask('李强', 'POST', '/clubs', { unitId: unitId(), name })).body
  const [first, second] = [await club('第一小组'), await club('第二小组')]
  expect((await club('第一小组')).code).toBe('club-exists')
  const join = (id: number, ...people: PersonName[]) =>
    ask('李强', 'POST', `/clubs/${id}/members`, { personIds: people.map((name) => world.person(name)) })
  expect((await join(first.id, '刘洋', '何平')).body.code).toBe('nobody')
  expect((await join(first.id, '赵磊')).body).toEqual({ joined: 1 })
  expect((await join(second.id, '赵磊')).body).toEqual({ joined: 1 })
  expect((await ask('李强', 'GET', `/clubs?unitId=${unitId()}`)).body).toMatchObject({
    without: 1,
    clubs: [
      { name: '第一小组', people: [] },
      { name: '第二小组', people: [{ name: '赵磊' }] },
    ],
  })
  expect((await ask('周婷', 'GET', `/clubs?unitId=${unitId()}`)).status).toBe(404)
})

test('an outing lists everybody who ought to come; invited, came and 人次 are apart; visits count those visited', async () => {
  const add = (more: object) => ask('李强', 'POST', '/events', { unitId: unitId(), onDay: today, ...more })
  expect((await add({ kind: 'activity', title: '重阳参观' })).body.fields).toEqual({ occasion: '请选择活动类别' })
  const outing = await add({
    kind: 'activity',
    title: '重阳参观',
    occasion: '重阳（老年）节活动',
    form: '参观',
    costFen: 120_000,
  })
  expect(outing.body).toMatchObject({ people: 2 })
  expect((await ask('周婷', 'GET', `/events/${outing.body.id}`)).status).toBe(404)
  const mark = (id: number, person: PersonName, more: object) =>
    ask('李强', 'POST', `/events/${id}/marks`, { marks: [{ personId: world.person(person), ...more }] })
  expect((await mark(outing.body.id, '刘洋', { done: true })).body.code).toBe('not-listed')
  await mark(outing.body.id, '李强', { invited: true })
  await mark(outing.body.id, '赵磊', { done: true })
  expect((await ask('李强', 'GET', `/events/${outing.body.id}`)).body).toMatchObject({ due: 2, invited: 2, done: 1 })
  const visit = await add({ kind: 'visit', title: '春节走访', festival: '春节', ledBy: '工会主席' })
  await mark(visit.body.id, '赵磊', { done: true, form: '上门走访', amountFen: 50_000, note: '身体好' })
  const again = await add({ kind: 'activity', title: '新春团拜', occasion: '新春团拜' })
  await mark(again.body.id, '赵磊', { done: true })
  expect(
    await figures(
      'retirees.activity.people',
      'retirees.activity.times',
      'retirees.activity.due',
      'retirees.activity.double-ninth-due',
      'retirees.visit.people',
      'retirees.visit.amount',
    ),
  ).toEqual([1, 2, 2, 2, 1, 50_000])
})
