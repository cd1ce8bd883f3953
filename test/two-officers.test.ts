import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recount } from '../src/kernel/facts/drill.ts'
import { reconcile } from '../src/kernel/facts/reconcile.ts'
import { buildApp, type App } from '../src/kernel/http/app.ts'
import { catalogue } from '../src/kernel/register/registry.ts'
import { testDatabase } from '../src/kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../src/kernel/testing/world.ts'
import '../src/modules.ts'
import { routes } from '../src/routes.ts'

/** Two officers with the same record open: one saves, the other is told, nobody's work is overwritten unseen. */
const { db, ownerPool } = await testDatabase()
const folder = mkdtempSync(path.join(os.tmpdir(), 'zhijia-two-'))
let app: App
let world: World

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  const config = { dataDir: folder, publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null }
  app = await buildApp(
    { db, config, today: () => '2026-12-31' },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    routes,
  )
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask = async (who: PersonName, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
  const headers = { cookie: `as=${encodeURIComponent(who)}` }
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.json() }
}
const form = (amount: number, more: object = {}) => ({
  unitId: world.unit('east-1'),
  happenedOn: '2026-03-05',
  fields: {
    person: { id: world.person('刘洋'), name: '刘洋' },
    occasion: '结婚',
    status: '在职',
    relation: '本人',
    amount,
  },
  ...more,
})
const given = async (): Promise<number> =>
  recount(db, await catalogue(db), 'care.visit.amount', {
    unitId: world.unit('east'),
    from: '2026-01-01',
    to: '2026-12-31',
  })
const sound = async () =>
  (await reconcile(db, await catalogue(db))).differences.filter(({ measure }) => measure.startsWith('care.'))

it('of two who save at once one is kept whole and the other is told to look again', async () => {
  const { body } = await ask('李强', 'POST', '/api/registers/care.visit/records', form(10_000))
  const url = `/api/records/${body.id}`
  const [chair, branch] = await Promise.all([
    ask('李强', 'PUT', url, form(20_000, { version: 1 })),
    ask('张敏', 'PUT', url, form(30_000, { version: 1 })),
  ])
  const answers = [chair!, branch!]
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409])
  const told = answers.find((answer) => answer.status === 409)!
  expect(told.body).toMatchObject({ code: 'stale', message: expect.stringContaining('刚被别人修改过') })
  const kept = chair!.status === 200 ? 20_000 : 30_000
  const now = await ask('王芳', 'GET', url)
  expect([now.body.version, now.body.fields.amount]).toEqual([2, kept])
  expect(await given()).toBe(kept)

  // Having looked, the second officer saves over the version seen.
  expect((await ask('张敏', 'PUT', url, form(40_000, { version: 2 }))).status).toBe(200)
  expect(await given()).toBe(40_000)
  expect((await ask('王芳', 'GET', url)).body.acts.map((act: { verb: string }) => act.verb)).toEqual([
    '提交',
    '修改',
    '修改',
  ])
  expect(await sound()).toEqual([])
})

it('of one who voids and one who edits at once only the first is done', async () => {
  const before = await given()
  const { body } = await ask('李强', 'POST', '/api/registers/care.visit/records', form(5_000))
  const url = `/api/records/${body.id}`
  const [voided, edited] = await Promise.all([
    ask('李强', 'POST', `${url}/void`, { version: 1, reason: '重复登记' }),
    ask('张敏', 'PUT', url, form(6_000, { version: 1 })),
  ])
  const after = await given()
  if (voided!.status === 200) {
    expect(['stale', 'void']).toContain(edited!.body.code)
    expect(after).toBe(before)
  } else {
    expect([voided!.body.code, edited!.status]).toEqual(['stale', 200])
    expect(after).toBe(before + 6_000)
  }
  expect(await sound()).toEqual([])
})

it('a stale page is refused however much later it is saved, and nothing of it is kept', async () => {
  const { body } = await ask('李强', 'POST', '/api/registers/care.visit/records', form(1_000))
  const url = `/api/records/${body.id}`
  await ask('张敏', 'PUT', url, form(2_000, { version: 1 }))
  await ask('张敏', 'PUT', url, form(1_000, { version: 2 }))
  const before = await given()
  // The content is what it was when the page was opened; the version is not.
  expect((await ask('李强', 'PUT', url, form(9_000, { version: 1 }))).body.code).toBe('stale')
  expect([(await ask('李强', 'GET', url)).body.version, await given()]).toEqual([3, before])
})
