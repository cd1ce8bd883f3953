import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { allows } from '../../../kernel/access/access.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import { expand, ROLES, roleOf } from '../roles.ts'
import { openDesk, type Desk } from './desk-for-tests.ts'
import { actorOf, findSession } from './sessions.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await desk.hire('王芳', 'chair', desk.company)
  await desk.hire('李强', 'branch-chair', desk.east)
  await desk.hire('周生', 'welfare-officer', desk.company)
  await desk.hire('审计', 'audit-admin', desk.county)
})

test('«who can see this and why» names exactly those whom the check lets through', async () => {
  const chair = await desk.signIn('王芳')
  const { db } = desk.database
  for (const [permission, unitId] of [
    ['care.read', desk.east],
    ['care.read', desk.west],
    ['hardship.read-confidential', desk.east],
    ['members.reveal', desk.company],
  ] as const) {
    const answer = (await chair.get(`/api/access/who?unitId=${unitId}&permission=${permission}`)).body
    const named = answer.holders.map((holder: { name: string }) => holder.name).toSorted()
    const allowed: string[] = []
    for (const name of ['王芳', '李强', '周生', '审计']) {
      const token = (await desk.signIn(name)).cookie().split('=')[1]
      const session = await findSession(db, token, desk.today)
      if (await allows(db, actorOf(session!), permission, unitId)) allowed.push(name)
    }
    expect([permission, unitId, named]).toEqual([permission, unitId, allowed.toSorted()])
  }
  const why = (await chair.get(`/api/access/who?unitId=${desk.east}&permission=care.read`)).body.holders
  expect(why.find((holder: { name: string }) => holder.name === '王芳').because).toBe(
    '在上级“青禾纺织公司工会”担任工会主席（工会主席），自 2026-01-01 起任职；该职务含“查看慰问”，及于本单位和下级',
  )
  expect(
    (await (await desk.signIn('李强')).get(`/api/access/who?unitId=${desk.west}&permission=care.read`)).status,
  ).toBe(404)
})

test('the matrix says what roles give and prints; a star never gives a confidential permission', async () => {
  const chair = await desk.signIn('王芳')
  const matrix = (await chair.get('/api/access/matrix')).body
  const holders = matrix.roles.filter((role: { gives: string[] }) => role.gives.includes('hardship.read-confidential'))
  expect(holders.map((role: { id: string }) => role.id)).toEqual(['welfare-officer'])
  expect((await chair.get('/api/access/matrix?format=html')).body).toContain('职务权限对照表')
})

test.each(ROLES.filter((role) => role.administration).map((role) => role.id))(
  '%s reads no ledger, no aid file',
  (id) => {
    const gives = expand(roleOf(id)!.permissions, [
      'hardship.read',
      'hardship.read-confidential',
      'care.read',
      'funds.read',
      'members.reveal',
      'accounts.read-audit',
      'accounts.system',
      'accounts.appoint',
    ])
    expect(gives).toEqual(
      {
        'system-admin': ['accounts.system'],
        'security-admin': ['accounts.appoint'],
        'audit-admin': ['accounts.read-audit'],
      }[id as string],
    )
  },
)

test('patterns: later lines give back or take, stars stop at confidential', () => {
  const declared = ['funds.read', 'funds.write', 'care.read', 'hardship.read-confidential']
  expect(expand(['*.read', '*.write', '!funds.*', 'funds.read'], declared).toSorted()).toEqual([
    'care.read',
    'funds.read',
  ])
  expect(expand(['hardship.*', '*.*'], declared)).not.toContain('hardship.read-confidential')
  expect(expand(['hardship.read-confidential'], declared)).toEqual(['hardship.read-confidential'])
})

test('a sealed number is revealed one by one, with a reason, to the right office, and the look is on record', async () => {
  const { db } = desk.database
  const personId = await desk.person('困难', desk.east)
  const sealed = openKeys(desk.services.config.dataDir).seal('310101199001011234', 'members.person.id_no_sealed')
  await sql`update members.person set id_no_sealed = ${sealed} where id = ${personId}`.execute(db)
  const officer = await desk.signIn('周生')
  const body = { personId, field: 'idNo', reason: '核对救助申请' }
  expect((await officer.post('/api/reveal', { ...body, reason: '' })).status).toBe(422)
  expect((await officer.post('/api/reveal', body)).body).toEqual({ value: '310101199001011234' })
  expect((await (await desk.signIn('李强')).post('/api/reveal', body)).body.code).toBe('forbidden')
  const { rows } = await sql<{ actor_name: string; summary: string }>`
    select actor_name, summary from kernel.audit where action = 'members.reveal'`.execute(db)
  expect(rows).toEqual([{ actor_name: '周生', summary: '查看困难的身份证号：核对救助申请' }])
})

test('the audit administrator pages through the log by key; nobody else opens it', async () => {
  const auditor = await desk.signIn('审计')
  const first = (await auditor.get('/api/audit?limit=3')).body
  expect(first.entries).toHaveLength(3)
  const second = (await auditor.get(`/api/audit?limit=3&before=${first.next}`)).body
  expect(second.entries[0].id).toBeLessThan(first.entries[2].id)
  const appointed = (await auditor.get('/api/audit?action=accounts.appoint&limit=200')).body.entries
  expect(appointed.length).toBeGreaterThan(3)
  expect(new Set(appointed.map((entry: { action: string }) => entry.action))).toEqual(new Set(['accounts.appoint']))
  expect((await (await desk.signIn('王芳')).get('/api/audit')).status).toBe(403)
})

test('accounts below are listed, others not', async () => {
  const names = (await (await desk.signIn('李强')).get('/api/accounts')).body.accounts.map(
    (row: { name: string }) => row.name,
  )
  expect(names).toEqual(['李强'])
})
