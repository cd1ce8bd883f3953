import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Client } from '../testing.ts'
import { openDesk, type Desk } from './desk-for-tests.ts'

let desk: Desk
let security: Client
const accounts: Record<string, number> = {}
beforeAll(async () => {
  desk = await openDesk()
  accounts['安全'] = await desk.hire('安全', 'security-admin', desk.county)
  accounts['王芳'] = await desk.hire('王芳', 'chair', desk.company)
  accounts['李强'] = await desk.hire('李强', 'branch-chair', desk.east)
  accounts['赵敏'] = await desk.hire('赵敏', null, desk.east)
  accounts['周杰'] = await desk.hire('周杰', null, desk.company)
  security = await desk.signIn('安全')
})
beforeEach(() => {
  desk.today = '2026-11-21'
})

const permissions = async (client: Client): Promise<string[]> => (await client.get('/api/me')).body.permissions

test('an appointment gives its rights from its first day on the unit and below, and nowhere else', async () => {
  const chair = await desk.signIn('王芳')
  const clerk = await desk.signIn('周杰')
  expect(await permissions(clerk)).toEqual([])
  const appointed = await chair.post('/api/offices', {
    accountId: accounts['周杰'],
    unitId: desk.east,
    role: 'clerk',
    startsOn: '2026-12-01',
    document: '青纺工〔2026〕8号',
  })
  expect(appointed.status).toBe(201)
  expect(await permissions(clerk)).toEqual([])
  desk.today = '2026-12-01'
  expect(await permissions(clerk)).toContain('care.write')
  expect((await clerk.get('/api/offices')).body.offices.map((office: { unitId: number }) => office.unitId)).toEqual([
    desk.east,
    desk.east,
  ])
  const below = await desk.signIn('李强')
  const refused = await below.post('/api/offices', {
    accountId: accounts['赵敏'],
    unitId: desk.west,
    role: 'clerk',
    startsOn: '2026-11-21',
  })
  expect(refused.status).toBe(404)
})

test('leaving office takes the rights at the next request of the same session', async () => {
  const id = await desk.hire('吴刚', 'clerk', desk.west)
  const client = await desk.signIn('吴刚')
  expect(await permissions(client)).toContain('care.write')
  const { rows } = await sql<{ id: number }>`select id from accounts.office where account_id = ${id}`.execute(
    desk.database.db,
  )
  const chair = await desk.signIn('王芳')
  expect((await chair.post(`/api/offices/${rows[0]!.id}/leave`, { onDay: '2026-11-21', reason: '调离' })).status).toBe(
    200,
  )
  expect(await permissions(client)).toEqual([])
  expect((await client.get('/api/me')).body.offices).toEqual([])
  const past = (await chair.get(`/api/offices?accountId=${id}&past=true`)).body.offices
  expect(past).toMatchObject([{ endedOn: '2026-11-21', leaveReason: '调离', roleTitle: '工会干事（登记员）' }])
})

test('nobody appoints themselves, and an administrator needs the security administrator', async () => {
  const chair = await desk.signIn('王芳')
  const own = await chair.post('/api/offices', {
    accountId: accounts['王芳'],
    unitId: desk.company,
    role: 'accountant',
    startsOn: '2026-11-21',
  })
  expect(own.body.code).toBe('own-appointment')
  const body = { accountId: accounts['赵敏'], unitId: desk.company, role: 'audit-admin', startsOn: '2026-11-21' }
  expect((await chair.post('/api/offices', body)).status).toBe(403)
  expect((await security.post('/api/offices', body)).status).toBe(201)
})

test('system, security and audit are three people, by appointment and by delegation', async () => {
  const id = await desk.hire('郑系', 'system-admin', desk.county)
  const refusal = await security.post('/api/offices', {
    accountId: id,
    unitId: desk.county,
    role: 'audit-admin',
    startsOn: '2026-11-21',
  })
  expect(refusal.body).toMatchObject({ code: 'three-administrators' })
  const { rows } = await sql<{ id: number }>`
    select id from accounts.office where account_id = ${accounts['安全']}`.execute(desk.database.db)
  const delegated = await security.post(`/api/offices/${rows[0]!.id}/delegations`, {
    accountId: id,
    startsOn: '2026-11-21',
    endsOn: '2026-11-25',
    reason: '休假代办',
  })
  expect(delegated.body.code).toBe('three-administrators')
  await expect(
    sql`insert into accounts.office (account_id, unit_id, role, title, starts_on, appointed_by)
      values (${id}, ${desk.county}, 'audit-admin', '审计', '2026-01-01', 0)`.execute(desk.database.db),
  ).rejects.toThrow('office_one_administration')
  const system = await permissions(await desk.signIn('郑系'))
  expect(system).toContain('accounts.system')
  expect(system).not.toContain('accounts.read-audit')
  expect(system.filter((name) => /^(hardship|care|funds)\./.test(name))).toEqual([])
})

test('a delegation acts from its first to its last day, ends with the office and can be taken back', async () => {
  const { db } = desk.database
  const head = await desk.signIn('李强')
  const stand = await desk.hire('何苗', null, desk.east)
  const substitute = await desk.signIn('何苗')
  const officeId = (await head.get('/api/me')).body.currentOffice.officeId
  const delegation = await head.post(`/api/offices/${officeId}/delegations`, {
    accountId: stand,
    startsOn: '2026-11-22',
    endsOn: '2026-11-24',
    reason: '出差',
  })
  expect(delegation.status).toBe(201)
  const seen: Record<string, boolean> = {}
  for (const day of ['2026-11-21', '2026-11-22', '2026-11-24', '2026-11-25']) {
    desk.today = day
    seen[day] = (await permissions(substitute)).includes('care.write')
  }
  expect(seen).toEqual({ '2026-11-21': false, '2026-11-22': true, '2026-11-24': true, '2026-11-25': false })
  desk.today = '2026-11-23'
  expect((await substitute.get('/api/me')).body.offices[0]).toMatchObject({ delegatedUntil: '2026-11-24' })
  expect((await head.delete(`/api/delegations/${delegation.body.id}`)).status).toBe(200)
  expect(await permissions(substitute)).toEqual([])
  const { rows } = await sql<{ summary: string }>`
    select summary from kernel.audit where object_kind = 'delegation' order by id`.execute(db)
  expect(rows.map((row) => row.summary)).toEqual([
    '李强将分会主席授权何苗代行，2026-11-22 至 2026-11-24：出差',
    '收回分会主席的授权',
  ])
  const tooLong = await head.post(`/api/offices/${officeId}/delegations`, {
    accountId: stand,
    startsOn: '2026-11-22',
    endsOn: '2028-11-24',
    reason: '出差',
  })
  expect(tooLong.body.code).toBe('too-long')
})

test('handing an office over moves its open to-dos, not those of other units, and prints the list', async () => {
  const { db } = desk.database
  const old = await desk.hire('孙丽', 'women-officer', desk.west)
  const next = await desk.hire('钱进', null, desk.west)
  await sql`insert into kernel.todo (kind, object_kind, object_id, unit_id, account_id, title, link, due_on, done_at) values
    ('a', 'record', 1, ${desk.west}, ${old}, '补齐体检名单', '/x', '2026-11-30', null),
    ('a', 'record', 2, ${desk.west}, ${old}, '已办完的事', '/x', null, now()),
    ('a', 'record', 3, ${desk.east}, ${old}, '东区的事', '/x', null, null)`.execute(db)
  const chair = await desk.signIn('王芳')
  const officeId = (await chair.get(`/api/offices?accountId=${old}`)).body.offices[0].id
  const body = { toAccountId: next, onDay: '2026-11-21', reason: '换届' }
  const tomorrow = await chair.post(`/api/offices/${officeId}/hand-over`, { ...body, onDay: '2026-11-22' })
  expect(tomorrow.body.code).toBe('handover-in-future')
  const done = await chair.post(`/api/offices/${officeId}/hand-over`, body)
  expect(done.body).toMatchObject({ moved: 1 })
  const { rows } = await sql<{ object_id: number; account_id: number }>`
    select object_id, account_id from kernel.todo where kind = 'a' order by object_id`.execute(db)
  expect(rows.map((row) => row.account_id)).toEqual([next, old, old])
  const sheet = (await chair.get(done.body.sheet)).body as string
  expect(sheet).toContain('补齐体检名单')
  expect(sheet).not.toContain('东区的事')
  expect(await permissions(await desk.signIn('钱进'))).toContain('members.read')
  expect(await permissions(await desk.signIn('孙丽'))).toEqual([])
})

test('an office given twice, an unknown role and a disabled account are refused with a sentence', async () => {
  const chair = await desk.signIn('王芳')
  const body = { accountId: accounts['李强'], unitId: desk.east, role: 'branch-chair', startsOn: '2026-11-21' }
  expect((await chair.post('/api/offices', body)).body.code).toBe('office-held')
  expect((await chair.post('/api/offices', { ...body, role: 'emperor' })).body.fields).toHaveProperty('role')
  // Somebody from outside never gets an office without an end, whatever the request says.
  for (const role of ['outside-auditor', 'bookkeeper'])
    expect((await chair.post('/api/offices', { ...body, role, endsOn: '2099-12-31' })).body.code).toBe('end-missing')
  const id = await desk.hire('冯停', null, desk.east)
  const stopped = await desk.signIn('冯停')
  expect((await chair.post(`/api/accounts/${id}/disable`, { reason: '离职' })).status).toBe(200)
  expect((await stopped.get('/api/me')).status).toBe(401)
  expect((await chair.post('/api/offices', { ...body, accountId: id })).body.code).toBe('account-disabled')
  expect((await chair.post(`/api/accounts/${id}/enable`, { reason: '返聘' })).status).toBe(200)
  expect((await (await desk.signIn('冯停')).get('/api/me')).status).toBe(200)
})
