import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createSetupLink } from '../public.ts'
import { visitor, type Client } from '../testing.ts'
import { openDesk, PASSWORD, type Desk } from './desk-for-tests.ts'
import type { Slip } from './slips.ts'

let desk: Desk
let chair: Client
beforeAll(async () => {
  desk = await openDesk()
  await desk.hire('王芳', 'chair', desk.company)
  await desk.hire('刘副', 'vice-chair', desk.company)
  await desk.person('李强', desk.east, { staffNo: 'E001' })
  await desk.person('赵敏', desk.east)
  await desk.person('陈西', desk.west, { staffNo: 'W001' })
  chair = await desk.signIn('王芳')
})

const strong = 'Ziji-xiang-de-2026'

test('slips are printed for the people of a unit; one slip activates one account once', async () => {
  const { slips } = (await chair.post('/api/accounts/slips', { unitId: desk.east })).body as { slips: Slip[] }
  expect(slips.map((slip) => slip.name)).toEqual(['李强', '赵敏'])
  expect(slips[0]).toMatchObject({ login: 'E001', unitName: '东区分会' })
  const { rows } = await sql<{ text: string }>`select s::text as text from accounts.activation_slip s`.execute(
    desk.database.db,
  )
  for (const row of rows) expect(row.text).not.toContain(slips[0]!.code)

  const person = visitor(desk.app, '10.1.0.1')
  expect((await person.post('/api/activate/look', { code: slips[0]!.code })).body).toEqual({
    name: '李强',
    login: 'E001',
  })
  const weak = await person.post('/api/activate', { code: slips[0]!.code, password: 'liqiang123456' })
  expect(weak.body.code).toBe('weak-password')
  const lower = slips[0]!.code.replaceAll('-', ' ').toLowerCase()
  const done = await person.post('/api/activate', { code: lower, login: '李强', password: strong })
  expect(done.body.step).toBe('full')
  expect((await person.get('/api/me')).body).toMatchObject({ login: '李强', permissions: [] })
  expect((await visitor(desk.app).post('/api/activate', { code: lower, password: strong })).body.code).toBe(
    'wrong-code',
  )
  expect((await visitor(desk.app).post('/api/sign-in', { name: 'E001', password: strong })).status).toBe(200)
})

test('printing again voids the earlier slip and leaves the activated out; a foreign unit is refused', async () => {
  const first = (await chair.post('/api/accounts/slips', { unitId: desk.west })).body.slips[0].code as string
  const sheet = await chair.post('/api/accounts/slips?format=html', { unitId: desk.west })
  expect(sheet.body).toContain('<svg')
  expect(sheet.body).toContain('W001')
  expect((await visitor(desk.app).post('/api/activate/look', { code: first })).body.code).toBe('wrong-code')
  const csv = await chair.post('/api/accounts/slips?format=csv', { unitId: desk.company })
  expect(csv.body).not.toContain('李强')
  expect(csv.body).toContain('陈西')
  expect((await chair.post('/api/accounts/slips', { unitId: desk.county })).status).toBe(404)
})

test('an account beside the roster gets its slip with the unit or alone, and only from who manages that unit', async () => {
  const made = await chair.post('/api/accounts', { login: '外聘', name: '郑外聘', unitId: desk.company })
  expect(made.status).toBe(201)
  const alone = await chair.post('/api/accounts/slips', { accountIds: [made.body.id] })
  expect(alone.body.slips).toMatchObject([{ name: '郑外聘', login: '外聘', staffNo: null }])
  const all = (await chair.post('/api/accounts/slips', { unitId: desk.company })).body.slips as Slip[]
  const { code } = all.find((slip) => slip.name === '郑外聘')!
  expect((await visitor(desk.app).post('/api/activate', { code, password: strong })).body.step).toBe('full')
  expect((await chair.post('/api/accounts/slips', { accountIds: [made.body.id] })).body.code).toBe('nobody-left')
  const foreign = await desk.hire('县外', 'clerk', desk.county)
  await sql`update accounts.account set state = 'invited', password_hash = null where id = ${foreign}`.execute(
    desk.database.db,
  )
  expect((await chair.post('/api/accounts/slips', { accountIds: [foreign] })).status).toBe(404)
})

test('an expired code is refused, and guessing codes is stopped by address', async () => {
  const { db } = desk.database
  const code = (await chair.post('/api/accounts/slips', { unitId: desk.west })).body.slips[0].code as string
  await sql`update accounts.activation_slip set expires_at = now() - interval '1 minute' where withdrawn_at is null and used_at is null`.execute(
    db,
  )
  const guesser = visitor(desk.app, '10.1.0.9')
  expect((await guesser.post('/api/activate', { code, password: strong })).body.code).toBe('wrong-code')
  await sql`insert into accounts.sign_in_failure (ip) select '10.1.0.9' from generate_series(1, 29)`.execute(db)
  expect((await guesser.post('/api/activate', { code, password: strong })).body.code).toBe('address-locked')
})

test('a reset takes two officers; the old password and factor are gone, the slip gives a new start', async () => {
  const { db } = desk.database
  const id = await desk.hire('钱会', 'accountant', desk.company)
  const holder = await desk.signIn('钱会')
  const asked = await chair.post('/api/resets', { accountId: id, reason: '手机遗失' })
  expect(asked.status).toBe(201)
  expect((await chair.post('/api/resets', { accountId: id, reason: '手机遗失' })).body.code).toBe('reset-open')
  expect((await chair.post(`/api/resets/${asked.body.id}/approve`)).body.code).toBe('second-officer')
  const vice = await desk.signIn('刘副')
  expect((await vice.get('/api/resets')).body.resets).toMatchObject([
    { name: '钱会', requestedBy: '王芳', ownRequest: false },
  ])
  const todos = () => sql<{ title: string }>`select title from kernel.todo where done_at is null`.execute(db)
  expect((await todos()).rows).toEqual([{ title: '钱会申请重置密码，等待第二人同意' }])
  // Whoever had got in may have linked an identity of their own.
  await sql`insert into accounts.oidc_identity (issuer, subject, account_id) values ('https://sso.example', 'intruder', ${id})`.execute(
    db,
  )
  const { slip } = (await vice.post(`/api/resets/${asked.body.id}/approve`)).body
  expect((await sql`select from accounts.oidc_identity where account_id = ${id}`.execute(db)).rows).toEqual([])
  expect((await todos()).rows).toEqual([])
  expect((await holder.get('/api/me')).status).toBe(401)
  expect((await visitor(desk.app).post('/api/sign-in', { name: '钱会', password: PASSWORD })).status).toBe(401)
  const again = visitor(desk.app)
  expect((await again.post('/api/activate', { code: slip.code, password: strong })).body.step).toBe('enrol')
})

test('a branch can’t reset the chair, and nobody resets themselves', async () => {
  const { rows } = await sql<{ id: number }>`select id from accounts.account where login = '王芳'`.execute(
    desk.database.db,
  )
  await desk.hire('分主', 'branch-chair', desk.east)
  const branch = await desk.signIn('分主')
  expect((await branch.post('/api/resets', { accountId: rows[0]!.id, reason: '试试' })).status).toBe(404)
  expect((await chair.post('/api/resets', { accountId: rows[0]!.id, reason: '试试' })).body.code).toBe('own-account')
})

test('the first start’s link makes the first system administrator once', async () => {
  const { services } = desk
  const stale = (await createSetupLink(services))!.split('#')[1]
  const token = (await createSetupLink(services))!.split('#')[1]
  const body = { token, name: '林系', login: 'lin', password: strong }
  const client = visitor(desk.app, '10.1.0.7')
  expect((await client.post('/api/setup', { ...body, token: stale })).body.code).toBe('setup-link')
  expect((await client.post('/api/setup/look', { token })).body).toEqual({ needsUnit: false })
  expect((await client.post('/api/setup', { ...body, password: 'lin12345' })).body.code).toBe('weak-password')
  expect((await client.post('/api/setup', body)).body.step).toBe('enrol')
  expect((await client.get('/api/me')).body.currentOffice).toMatchObject({ role: 'system-admin', unitId: desk.county })
  expect((await client.post('/api/setup', { ...body, login: 'lin2' })).body.code).toBe('setup-link')
  expect(await createSetupLink(services)).toBeNull()
})
