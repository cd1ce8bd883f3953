import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { declareHoldings } from '../../../kernel/module/holdings.ts'
import { declareRegisters } from '../../../kernel/register/registry.ts'
import { insertRecords } from '../../../kernel/register/store.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import care from '../../care/module.ts'
import { injuries, visits } from '../../care/registers/visits.ts'
import hardship from '../../hardship/module.ts'
import module from '../module.ts'
import { privacyRoutes } from './routes.ts'

declarePermissions([...care.permissions, ...hardship.permissions])
declareRegisters(care.registers!)
declareHoldings([care, module])
const { db, ownerPool } = await testDatabase()
let world: World
let app: App
beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => '2026-06-26',
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies['as'] ? world.as(decodeURIComponent(cookies['as']) as PersonName) : null),
    [privacyRoutes],
  )
})
afterAll(() => app.close())
async function ask(who: PersonName, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/privacy/${url}`,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}

test('a person sees the own lines by ledger, closed ones as a number, and what is kept for how long', async () => {
  const personId = world.person('刘洋')
  await db.transaction().execute(async (tx) => {
    const draft = { unitId: world.unit('east-1'), personId }
    await insertRecords(
      tx,
      operator(),
      visits,
      [
        { ...draft, happenedOn: '2026-02-01', fields: { status: '在职', occasion: '住院', relation: '本人' } },
        { ...draft, happenedOn: '2026-05-01', fields: { status: '在职', occasion: '生育', relation: '配偶' } },
      ],
      'import',
    )
    await insertRecords(
      tx,
      operator(),
      injuries,
      [{ ...draft, happenedOn: '2026-03-01', fields: { stage: '结案' } }],
      'import',
    )
  })
  const { body } = await ask('刘洋', 'GET', 'mine')
  expect(body).toMatchObject({
    person: { name: '刘洋', unitName: '铸造车间分工会', idLast4: null },
    ledgers: [{ title: '走访慰问登记簿', lines: 2, first: '2026-02-01', last: '2026-05-01' }],
    closedLines: 1,
    looks: [],
  })
  expect(JSON.stringify(body.ledgers)).not.toContain('工伤')
  expect(body.holds.map((one: { module: string }) => one.module)).toContain('走访慰问')
  // Nobody opens another's page: there is no address for it, and a chair sees the own.
  expect((await ask('李强', 'GET', 'mine')).body).toMatchObject({ person: { name: '李强' }, ledgers: [] })
  expect((await ask('李强', 'GET', `mine?personId=${personId}`)).body.person.name).toBe('李强')
})

test('who looked is named with the reason; one’s own look isn’t', async () => {
  const reveal = (who: PersonName, reason: string) =>
    db.transaction().execute((tx) =>
      audit(tx, world.as(who), {
        action: 'members.reveal',
        objectKind: 'person',
        objectId: world.person('刘洋'),
        summary: `查看刘洋的手机号：${reason}`,
      }),
    )
  await reveal('李强', '通知领取慰问品')
  await reveal('刘洋', '核对')
  expect((await ask('刘洋', 'GET', 'mine')).body.looks).toMatchObject([
    { who: '李强', what: '查看刘洋的手机号', why: '通知领取慰问品' },
  ])
  expect((await ask('陈静', 'GET', 'mine')).body.looks).toEqual([])
})

test('each use asks for a yes of its own; silence is no, the newest word counts and none is lost', async () => {
  const said = async () =>
    (await ask('刘洋', 'GET', 'mine')).body.consents
      .filter((one: { given: boolean }) => one.given)
      .map((one: { use: string }) => one.use)
  expect(await said()).toEqual([])
  expect((await ask('刘洋', 'POST', 'consents', { use: 'everything', given: true })).body.fields).toHaveProperty('use')
  await ask('刘洋', 'POST', 'consents', { use: 'photo', given: true })
  await ask('刘洋', 'POST', 'consents', { use: 'reminder', given: true })
  await ask('刘洋', 'POST', 'consents', { use: 'photo', given: false })
  expect(await said()).toEqual(['reminder'])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from privacy.consent`.execute(db)
  expect(rows[0]!.n).toBe(3)
})
