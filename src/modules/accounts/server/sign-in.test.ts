import { sql } from 'kysely'
import { generate } from 'otplib'
import { beforeAll, expect, test } from 'vitest'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import { visitor } from '../testing.ts'
import { openDesk, PASSWORD, type Desk } from './desk-for-tests.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await desk.hire('王芳', 'chair', desk.company)
})

test('王芳 signs in, sees her office, signs out, and the cookie is worth nothing afterwards', async () => {
  const client = visitor(desk.app)
  expect((await client.get('/api/me')).body.code).toBe('signed-out')
  const answer = await client.post('/api/sign-in', { name: '王芳', password: PASSWORD })
  expect(answer.body).toEqual({ step: 'full', methods: [] })
  expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax/)
  const me = (await client.get('/api/me')).body
  expect(me.currentOffice).toMatchObject({ title: '工会主席', unitName: '青禾纺织公司工会' })
  expect(me.permissions).toContain('care.write')
  expect(me.permissions).not.toContain('hardship.read-confidential')
  const cookie = client.cookie()
  await client.post('/api/sign-out')
  const again = await desk.app.inject({ url: '/api/me', headers: { cookie } })
  expect(again.statusCode).toBe(401)
})

test('a wrong password, an unknown name and an account without password get the same answer', async () => {
  await desk.database.db
    .transaction()
    .execute((tx) =>
      sql`insert into accounts.account (login, name, unit_id, created_by) values ('未激活', '未激活', ${desk.company}, 0)`.execute(
        tx,
      ),
    )
  const client = visitor(desk.app, '10.0.0.1')
  const answers = []
  for (const name of ['王芳', '没有这个人', '未激活'])
    answers.push(await client.post('/api/sign-in', { name, password: 'wrong-password-1' }))
  expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401])
  expect(new Set(answers.map((answer) => answer.body.message)).size).toBe(1)
})

test('staff number and phone name an account as well, unless two persons share them', async () => {
  const { db } = desk.database
  const first = await desk.person('李强', desk.east, { staffNo: 'A100' })
  const phone = openKeys(desk.services.config.dataDir).keyedHash('13812345678', 'phone')
  await sql`update members.person set phone_hash = ${phone} where id = ${first}`.execute(db)
  await desk.hire('李强', null, desk.east, first)
  const client = visitor(desk.app, '10.0.0.2')
  expect((await client.post('/api/sign-in', { name: 'A100', password: PASSWORD })).status).toBe(200)
  expect((await client.post('/api/sign-in', { name: '138 1234 5678', password: PASSWORD })).status).toBe(200)
  const second = await desk.person('赵敏', desk.west, { staffNo: 'A100' })
  await desk.hire('赵敏', null, desk.west, second)
  expect((await client.post('/api/sign-in', { name: 'A100', password: PASSWORD })).status).toBe(401)
})

test('five wrong passwords lock the account, also for the right one, even when sent at once', async () => {
  await desk.hire('周杰', 'clerk', desk.company)
  const client = visitor(desk.app, '10.0.0.3')
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => client.post('/api/sign-in', { name: '周杰', password: 'wrong-password-1' })),
  )
  expect(answers.filter((answer) => answer.body.code === 'wrong-credentials')).toHaveLength(5)
  expect((await client.post('/api/sign-in', { name: '周杰', password: PASSWORD })).body.code).toBe('locked')
  const { db } = desk.database
  await sql`update accounts.account set failed_since = failed_since - interval '11 minutes',
    locked_until = locked_until - interval '11 minutes' where login = '周杰'`.execute(db)
  expect((await client.post('/api/sign-in', { name: '周杰', password: PASSWORD })).status).toBe(200)
})

test('an address that guessed thirty times is refused for all names', async () => {
  const { db } = desk.database
  await sql`insert into accounts.sign_in_failure (ip) select '10.0.0.4' from generate_series(1, 30)`.execute(db)
  const answer = await visitor(desk.app, '10.0.0.4').post('/api/sign-in', { name: '王芳', password: PASSWORD })
  expect(answer.body.code).toBe('address-locked')
  // The same failures from a company's address on a busy morning, where more people get in.
  await sql`insert into accounts.sign_in_failure (ip) select '10.0.0.6' from generate_series(1, 30)`.execute(db)
  await sql`insert into accounts.account (login, name, unit_id, created_by)
    select '同事' || n, '同事', ${desk.company}, 0 from generate_series(1, 40) n`.execute(db)
  await sql`insert into accounts.session (token_hash, account_id, method, awaits_factor, idle_seconds, expires_at, ip, user_agent)
    select sha256(id::text::bytea), id, 'password', false, 600, now(), '10.0.0.6', '' from accounts.account where name = '同事'`.execute(
    db,
  )
  expect((await visitor(desk.app, '10.0.0.6').post('/api/sign-in', { name: '王芳', password: PASSWORD })).status).toBe(
    200,
  )
  expect((await visitor(desk.app, '10.0.0.5').post('/api/sign-in', { name: '王芳', password: PASSWORD })).status).toBe(
    200,
  )
})

test('a session ends when idle too long, after its absolute limit, or when revoked from another device', async () => {
  const { db } = desk.database
  const idle = await desk.signIn('王芳')
  await sql`update accounts.session set last_seen_at = now() - interval '121 minutes' where ended_at is null`.execute(
    db,
  )
  expect((await idle.get('/api/me')).status).toBe(401)

  const old = await desk.signIn('王芳')
  await sql`update accounts.session set expires_at = now() - interval '1 second' where ended_at is null`.execute(db)
  expect((await old.get('/api/me')).status).toBe(401)

  const phone = await desk.signIn('王芳')
  const desktop = await desk.signIn('王芳')
  const sessions = (await desktop.get('/api/sessions')).body.sessions as { id: number; current: boolean }[]
  expect(sessions).toHaveLength(2)
  await desktop.delete(`/api/sessions/${sessions.find((session) => !session.current)!.id}`)
  expect((await phone.get('/api/me')).status).toBe(401)
  expect((await desktop.get('/api/me')).status).toBe(200)
})

test('a shared phone gets a cookie that dies with the browser and a session that idles out after five minutes', async () => {
  const client = visitor(desk.app)
  const answer = await client.post('/api/sign-in', { name: '王芳', password: PASSWORD, shared: true })
  expect(String(answer.headers['set-cookie'])).not.toMatch(/Max-Age|Expires/)
  await sql`update accounts.session set last_seen_at = now() - interval '6 minutes' where shared`.execute(
    desk.database.db,
  )
  expect((await client.get('/api/me')).status).toBe(401)
})

test('an accountant without a second factor may only set one up; then the code is asked for at every sign-in, once', async () => {
  await desk.hire('钱会', null, desk.company)
  const { db } = desk.database
  await sql`insert into accounts.office (account_id, unit_id, role, title, starts_on, appointed_by)
    select id, ${desk.company}, 'accountant', '会计', '2026-01-01', 0 from accounts.account where login = '钱会'`.execute(
    db,
  )
  const client = visitor(desk.app)
  expect((await client.post('/api/sign-in', { name: '钱会', password: PASSWORD })).body.step).toBe('enrol')
  expect((await client.get('/api/me')).body).toMatchObject({ stage: 'enrol', permissions: [] })
  expect((await client.get('/api/offices')).body.code).toBe('second-factor-required')
  const { secret, qr } = (await client.post('/api/second-factor/totp')).body
  expect(qr).toContain('<svg')
  expect((await client.post('/api/second-factor/totp/confirm', { code: '000000' })).body.code).toBe('wrong-code')
  const code = await generate({ secret })
  expect((await client.post('/api/second-factor/totp/confirm', { code })).status).toBe(200)
  expect((await client.get('/api/me')).body.permissions).toContain('funds.write')

  const next = visitor(desk.app)
  expect((await next.post('/api/sign-in', { name: '钱会', password: PASSWORD })).body).toEqual({
    step: 'factor',
    methods: ['totp'],
  })
  expect((await next.get('/api/me')).status).toBe(401)
  expect((await next.post('/api/sign-in/totp', { code })).body.code).toBe('wrong-code')
  await sql`update accounts.account set totp_used_step = 0 where login = '钱会'`.execute(db)
  expect((await next.post('/api/sign-in/totp', { code: await generate({ secret }) })).status).toBe(200)
  expect((await next.get('/api/me')).body.stage).toBe('full')
  const stored = await sql<{
    text: string
  }>`select encode(totp_sealed, 'escape') as text from accounts.account where login = '钱会'`.execute(db)
  expect(stored.rows[0]!.text).not.toContain(secret)
})

test('one changes one’s password with the old one, and other sessions end', async () => {
  await desk.hire('孙丽', 'clerk', desk.company)
  const elsewhere = await desk.signIn('孙丽')
  const client = await desk.signIn('孙丽')
  const refusals = [
    [{ current: 'not-the-old-one', password: 'Houtian-2027-hao' }, 'wrong-password'],
    [{ current: PASSWORD, password: 'sunli2026' }, 'weak-password'],
    [{ current: PASSWORD, password: 'Sunli@2026' }, 'weak-password'],
    [{ current: PASSWORD, password: 'Gonghui@123' }, 'weak-password'],
    [{ current: PASSWORD, password: '123456789012' }, 'weak-password'],
  ] as const
  for (const [body, code] of refusals) expect((await client.put('/api/me/password', body)).body.code).toBe(code)
  await sql`update accounts.account set failed_count = 0 where login = '孙丽'`.execute(desk.database.db)
  expect((await client.put('/api/me/password', { current: PASSWORD, password: 'Houtian-2027-hao' })).status).toBe(200)
  expect((await client.get('/api/me')).status).toBe(200)
  expect((await elsewhere.get('/api/me')).status).toBe(401)
})

test('whoever left the union loses the session and signs in no more; a merged double acts as the person kept', async () => {
  const { db } = desk.database
  const gone = await desk.person('宋离', desk.east)
  await desk.hire('宋离', 'clerk', desk.east, gone)
  const client = await desk.signIn('宋离')
  await sql`update members.person set status = 'left' where id = ${gone}`.execute(db)
  expect((await client.get('/api/me')).status).toBe(401)
  const again = await visitor(desk.app, '10.0.0.8').post('/api/sign-in', { name: '宋离', password: PASSWORD })
  expect(again.body.code).toBe('wrong-credentials')
  const kept = await desk.person('宋离', desk.east)
  await sql`update members.person set merged_into = ${kept} where id = ${gone}`.execute(db)
  expect((await (await desk.signIn('宋离')).get('/api/me')).body.personId).toBe(kept)
})
