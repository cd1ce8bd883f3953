import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { declareRegisters } from '../../../kernel/register/registry.ts'
import { buildApp } from '../../../kernel/http/app.ts'
import { registerRoutes } from '../../../kernel/register/routes.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName } from '../../../kernel/testing/world.ts'
import organisation from '../../organisation/module.ts'
import members from '../module.ts'
import { pickerRoutes } from './picker.ts'

/** Naming somebody outside the roster from a record's form. */
declarePermissions([
  ...organisation.permissions,
  ...members.permissions,
  ...['read', 'write'].map((verb) => ({ name: `desk.${verb}`, title: verb })),
])
declareRegisters([
  register({
    id: 'desk.guest',
    title: '来访',
    domain: 'WW',
    mechanisms: [],
    help: '',
    fields: [field.person('guest', '来访人'), field.person('host', '接待会员', { memberOnly: true })],
    metrics: [],
    clauses: [],
    sample: {},
  }),
])
const { db, ownerPool } = await testDatabase()
const world = await smallWorld(ownerPool)
let permissions: readonly string[] | undefined
const app = await buildApp(
  { db, today: () => '2026-06-30', config: { dataDir: '', publicUrl: '', host: '', port: 0, tls: null, webDir: null } },
  async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName, permissions) : null),
  [pickerRoutes, registerRoutes],
)
const ask = async (who: PersonName, method: 'GET' | 'POST', url: string, payload?: object) => {
  const answer = await app.inject({
    method,
    url,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const contactsNamed = async (name: string): Promise<number> =>
  (
    await sql<{
      n: number
    }>`select count(*)::int as n from members.person where kind = 'contact' and name = ${name}`.execute(db)
  ).rows[0]!.n
let east1 = 0
beforeAll(() => void (east1 = world.unit('east-1')))

test('a guest is named once, found by the picker afterwards, and audited', async () => {
  const made = await ask('张敏', 'POST', '/api/contacts', { name: ' 马 建国 ', unitId: east1 })
  expect(made).toEqual({ status: 201, body: { id: expect.any(Number), name: '马建国' } })
  expect(await ask('张敏', 'POST', '/api/contacts', { name: '马建国', unitId: east1 })).toEqual({
    status: 200,
    body: made.body,
  })
  // The union's chairman names the same man at the union: the branch's contact is in his sight.
  expect((await ask('李强', 'POST', '/api/contacts', { name: '马建国', unitId: world.unit('east') })).body).toEqual(
    made.body,
  )
  expect(await contactsNamed('马建国')).toBe(1)
  const picked = await ask('张敏', 'GET', `/api/persons?q=mjg&unitId=${east1}`)
  expect(picked.body.rows).toMatchObject([{ id: made.body.id, name: '马建国', masked: '非会员' }])
  const { rows } =
    await sql`select actor_name, unit_id, summary from kernel.audit where action = 'members.contact'`.execute(db)
  expect(rows).toEqual([{ actor_name: '张敏', unit_id: east1, summary: '登记非会员联系人：马建国' }])
})

test('two officers at once mean one contact; another union has its own', async () => {
  const name = '田小禾'
  const both = await Promise.all(
    ['李强', '张敏'].map((who) => ask(who as PersonName, 'POST', '/api/contacts', { name, unitId: east1 })),
  )
  expect(new Set(both.map((answer) => answer.body.id)).size).toBe(1)
  await ask('周婷', 'POST', '/api/contacts', { name, unitId: world.unit('south') })
  expect(await contactsNamed(name)).toBe(2)
})

test('refused: no name, somebody else’s unit, a plain member, an office that keeps no ledger', async () => {
  const name = '石磊'
  const bad = await ask('张敏', 'POST', '/api/contacts', { name: '客人3', unitId: east1 })
  expect([bad.status, bad.body.fields]).toEqual([422, { name: '姓名中不能有数字' }])
  expect((await ask('张敏', 'POST', '/api/contacts', { name, unitId: world.unit('east-2') })).status).toBe(404)
  expect([403, 404]).toContain((await ask('刘洋', 'POST', '/api/contacts', { name, unitId: east1 })).status)
  permissions = ['members.read', 'organisation.read']
  expect((await ask('张敏', 'POST', '/api/contacts', { name, unitId: east1 })).status).toBe(403)
  permissions = undefined
  expect(await contactsNamed(name)).toBe(0)
})

test('the named guest stands in the record, but not where only a member may', async () => {
  const { body: guest } = await ask('张敏', 'POST', '/api/contacts', { name: '马建国', unitId: east1 })
  const form = (host: object) => ({ unitId: east1, happenedOn: '2026-06-01', fields: { guest, host } })
  const url = '/api/registers/desk.guest/records'
  expect(await ask('张敏', 'POST', url, form(guest))).toMatchObject({
    status: 422,
    body: { code: 'members-only', fields: { 'fields.host': '这里只能填写花名册中的会员。' } },
  })
  const kept = await ask('张敏', 'POST', url, form({ id: world.person('刘洋'), name: '刘洋' }))
  expect(kept.status).toBe(201)
  expect((await ask('张敏', 'GET', `/api/records/${kept.body.id}`)).body.fields).toMatchObject({ guest })
})
