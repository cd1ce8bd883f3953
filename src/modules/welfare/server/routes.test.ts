import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import module from '../module.ts'
import { checkUpRoutes } from './routes.ts'

declarePermissions(module.permissions)
declareRegisters(module.registers!)
const { db, ownerPool } = await testDatabase()
let today = '2026-05-06'
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
    [checkUpRoutes],
  )
})
afterAll(() => app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

async function ask(who: PersonName, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/welfare/${url}`,
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
const counted = () =>
  figures('welfare.check-up.due', 'welfare.check-up.people', 'welfare.check-up.follow-up', 'welfare.check-up.cost')
const draft = () => ({
  unitId: world.unit('east'),
  title: '职工体检',
  scope: '全员体检',
  hospital: '中心医院',
  roll: 'all',
  startOn: '2026-05-10',
  untilOn: '2026-05-20',
  costFen: 42_000,
  slots: [
    { onDay: '2026-05-10', part: '上午', places: 1 },
    { onDay: '2026-05-11', part: '上午', places: 5 },
  ],
})
let id: number
const slots = async () => (await ask('李强', 'GET', `check-ups/${id}`)).body.slots as { id: number; taken: number }[]
const entries = async (who: PersonName, more = '') =>
  (await ask(who, 'GET', `check-ups/${id}/entries?${more}`)).body.rows

test('a check-up has a place for everybody who is due, on days that exist', async () => {
  const plan = (who: PersonName, more: object = {}) => ask(who, 'POST', 'check-ups', { ...draft(), ...more })
  expect((await plan('周婷')).status).toBe(404)
  expect((await plan('刘洋')).status).toBe(404)
  expect((await plan('李强', { untilOn: '2026-02-31' })).body.fields).toHaveProperty('untilOn')
  expect((await plan('李强', { slots: [{ onDay: '2026-05-21', part: '上午', places: 9 }] })).body.fields.slots).toBe(
    '时段要在体检日期之内',
  )
  const slot = { onDay: '2026-05-10', part: '上午', places: 9 }
  expect((await plan('李强', { slots: [slot, slot] })).body.fields.slots).toContain('请合并人数')
  expect((await plan('李强', { slots: [{ ...slot, places: 5 }] })).body).toMatchObject({
    code: 'too-few-places',
    fields: { slots: '还差 1 个名额' },
  })
  const planned = await plan('李强')
  expect(planned.body.people).toBe(6)
  id = planned.body.id
  expect((await ask('刘洋', 'GET', 'my-check-ups')).body.checkUps).toEqual([])
  expect((await ask('张敏', 'POST', `check-ups/${id}/open`)).status).toBe(403)
  expect((await ask('李强', 'POST', `check-ups/${id}/open`)).status).toBe(200)
})

test('a member books, moves and gives up on the phone; the last place goes to one of two', async () => {
  const [early, late] = (await slots()) as unknown as [{ id: number }, { id: number }]
  const book = (who: PersonName, slotId: number | null, no?: number) =>
    ask(who, 'POST', `check-ups/${id}/bookings`, { slotId, ...(no && { no }) })
  expect((await book('孙丽', early.id)).status).toBe(404)
  const both = await Promise.all([book('刘洋', early.id), book('陈静', early.id)])
  expect(both.map((answer) => answer.status).toSorted()).toEqual([200, 409])
  const full = both.find((answer) => answer.status === 409)!
  expect(full.body.message).toContain('已经约满')
  const [winner, loser]: [PersonName, PersonName] = both[0]!.status === 200 ? ['刘洋', '陈静'] : ['陈静', '刘洋']
  expect((await book(loser, late.id)).status).toBe(200)
  // Two swap at once, and neither waits for ever.
  await Promise.all([book(winner, late.id), book(loser, null)])
  expect((await slots()).map((slot) => slot.taken)).toEqual([0, 1])
  expect((await ask(winner, 'GET', 'my-check-ups')).body.checkUps[0]).toMatchObject({ slot: '2026-05-11 上午' })
  // An officer books for somebody without a phone, within the own branch only.
  const no = (await entries('李强')).find((entry: { personName: string }) => entry.personName === '杨帆').no
  expect((await book('张敏', late.id, no)).status).toBe(404)
  expect((await book('李强', late.id, no)).status).toBe(200)
  today = '2026-05-12'
  expect((await book(loser, late.id)).body.code).toBe('slot-past')
  expect(await counted()).toEqual([6, 0, 0, 0])
})

test('who came counts; a second look is a yes without a reason, shown to those who run it and to the person', async () => {
  const all = await entries('李强')
  const no = (name: string) => all.find((entry: { personName: string }) => entry.personName === name).no as number
  const attend = (who: PersonName, more: object) =>
    ask(who, 'POST', `check-ups/${id}/attendance`, { nos: [no('刘洋')], on: '2026-05-11', ...more })
  expect((await attend('张敏', { nos: [no('杨帆')] })).status).toBe(404)
  expect((await attend('张敏', { on: '2026-05-13' })).body.code).toBe('in-future')
  expect((await attend('张敏', { on: '2026-05-09' })).body.code).toBe('before-start')
  expect((await attend('张敏', {})).status).toBe(201)
  // Whatever else is sent with it is not kept.
  expect((await attend('张敏', { nos: [no('陈静')], followUp: true, result: '高血压' })).status).toBe(201)
  expect(await counted()).toEqual([6, 2, 1, 84_000])
  const { rows } = await sql<{ text: string }>`
    select string_agg(to_jsonb(e)::text, '') || (select string_agg(fields::text, '') from kernel.record_line) as text
    from welfare.check_up_entry e`.execute(db)
  expect(rows[0]!.text).not.toContain('高血压')

  expect((await entries('张敏', 'step=follow-up')).map((entry: { personName: string }) => entry.personName)).toEqual([
    '陈静',
  ])
  expect((await ask('陈静', 'GET', 'my-check-ups')).body.checkUps[0]).toMatchObject({
    followUp: true,
    attendedOn: '2026-05-11',
  })
  expect((await ask('刘洋', 'GET', `check-ups/${id}/entries`)).status).toBe(404)
  const remind = (who: PersonName, name: string) =>
    ask(who, 'POST', `check-ups/${id}/reminders`, { no: no(name), on: '2026-05-12' })
  expect((await remind('张敏', '刘洋')).body.code).toBe('no-follow-up')
  expect((await remind('周婷', '陈静')).status).toBe(404)
  // Without the person's own yes nobody is reminded.
  expect((await remind('张敏', '陈静')).body.code).toBe('no-consent')
  await sql`insert into privacy.consent (person_id, use, given, said_by) values (${world.person('陈静')}, 'reminder', true, 1)`.execute(
    db,
  )
  expect((await remind('张敏', '陈静')).status).toBe(200)
  // A mistake is put right: the same line says so, and nothing counts twice.
  expect((await attend('张敏', { nos: [no('陈静')], followUp: false })).status).toBe(201)
  expect(await counted()).toEqual([6, 2, 0, 84_000])
})

test('it can’t be called off once somebody has been; who stayed away remains among those due', async () => {
  expect((await ask('李强', 'POST', `check-ups/${id}/cancel`, { reason: '改期' })).body.code).toBe('attended')
  expect((await ask('李强', 'POST', `check-ups/${id}/close`)).body).toEqual({ missed: 4 })
  expect(await counted()).toEqual([6, 2, 0, 84_000])
  const second = (await ask('李强', 'POST', 'check-ups', draft())).body.id
  await ask('李强', 'POST', `check-ups/${second}/open`)
  expect(await figures('welfare.check-up.batches')).toEqual([2])
  expect((await ask('李强', 'POST', `check-ups/${second}/cancel`, { reason: '改期' })).status).toBe(200)
  expect(await figures('welfare.check-up.batches')).toEqual([1])
})
