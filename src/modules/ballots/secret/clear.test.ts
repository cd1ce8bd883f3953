import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import { toText } from '../format/bytes.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { fileNames } from '../format/publication.ts'
import { scalarOf } from '../format/seal.ts'
import module from '../module.ts'
import { voteRoutes } from '../server/routes.ts'
import { clearDue } from './clear.ts'
import { clearRoutes } from './clear-routes.ts'
import { codeRoutes } from './code-routes.ts'
import { phoneFor, type PaperGiven } from './phone.ts'
import { stopProcesses } from './processes.ts'
import { publicationRoutes } from './publication-routes.ts'
import { recountFolder } from './recount.ts'
import { secretRoutes } from './routes.ts'

declarePermissions([...module.permissions])
const { db, ownerPool } = await testDatabase()
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-clear-'))
chmodSync(dataDir, 0o700)
const config = { dataDir, publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null }
const voters = ['王芳', '李强', '张敏', '刘洋', '陈静', '杨帆', '赵磊', '周婷', '吴刚', '孙丽'] as const
const scrutineers = ['李强', '周婷', '吴刚'] as const
let day = '2026-06-30'
const today = () => day
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    { db, today, config },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [voteRoutes, secretRoutes, publicationRoutes, codeRoutes, clearRoutes],
  )
})
afterAll(async () => {
  await app.close()
  await stopProcesses(config)
  rmSync(dataDir, { recursive: true, force: true })
})

async function ask(who: PersonName, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  const json = answer.headers['content-type']?.toString().startsWith('application/json')
  return { status: answer.statusCode, body: json ? answer.json() : answer.body }
}

/** A sealed election of ten, published on the last day of June. */
async function published() {
  const { body } = await ask('王芳', 'POST', '/api/secret-votes', {
    unitId: world.unit('county'),
    title: '选举委员',
    heldOn: '2026-06-30',
    kind: 'election',
    seats: 1,
    items: ['甲某', '乙某'],
    roll: voters.map((name) => world.person(name)),
    tellers: scrutineers.map((name) => ({ personId: world.person(name), duty: '监票人' })),
    venue: 'remote',
    document: '清工发〔2026〕30号',
  })
  const id = body.id as number
  const secrets = scrutineers.map((name) => [name, scalarOf(nodePrimitives.random(48))] as const)
  for (const [name, secret] of secrets)
    await ask(name, 'PUT', `/api/votes/${id}/secret/key`, { publicKey: toText(nodePrimitives.publicOf(secret)) })
  const { body: opened } = await ask('王芳', 'POST', `/api/votes/${id}/secret/open`, {})
  await ask('王芳', 'POST', `/api/votes/${id}/voter-codes`)
  for (const [at, name] of voters.entries()) {
    const phone = phoneFor((await ask(name, 'GET', `/api/votes/${id}/paper`)).body as PaperGiven)
    const drawn = await ask(name, 'POST', `/api/votes/${id}/draw`, { papers: phone.request })
    const cast = await phone.cast(drawn.body.papers[0].answer, { marks: at % 3 ? 'ao' : 'oa', names: [] })
    expect(cast.status).toBe(200)
  }
  expect((await ask('王芳', 'GET', `/api/votes/${id}/complaints`)).status).toBe(404)
  await ask('王芳', 'POST', `/api/votes/${id}/secret/close`)
  for (const [name, secret] of secrets.slice(0, 2))
    await ask(name, 'POST', `/api/votes/${id}/secret/key`, { secret: toText(secret) })
  expect((await ask('王芳', 'POST', `/api/votes/${id}/secret/publish`)).status).toBe(200)
  // Published today by the wall's calendar; the test's calendar is its own.
  await sql`update ballots.complaint_period set ends_on = '2026-07-07' where vote_id = ${id}`.execute(db)
  return { id, eid: opened.eids[0] as string }
}

async function filesOf(id: number, eid: string): Promise<string[]> {
  const texts: string[] = []
  for (const name of fileNames) {
    const { status, body } = await ask('何平', 'GET', `/api/votes/${id}/publication/${eid}/${name}`)
    const seen = status === 200 ? body : (await ask('王芳', 'GET', `/api/votes/${id}/publication/${eid}/${name}`)).body
    texts.push(typeof seen === 'string' ? seen : JSON.stringify(seen))
  }
  return texts
}

const left = async (id: number): Promise<Record<string, number>> => {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*)::int from ballots.secret_roll r join ballots.secret_vote s using (eid) where s.vote_id = ${id}) as roll,
      (select count(*)::int from ballots.scrutineer_key where vote_id = ${id}) as keys,
      (select count(*)::int from ballots.voter_code where vote_id = ${id}) as codes`.execute(db)
  return rows[0]!
}

test(
  'after the complaints what served the vote is destroyed, and what was published stays and recounts',
  { timeout: 120_000 },
  async () => {
    const { id, eid } = await published()
    expect(await left(id)).toEqual({ roll: 10, keys: 3, codes: 10 })
    const before = await filesOf(id, eid)
    const clear = (who: PersonName) => ask(who, 'POST', `/api/votes/${id}/secret/clear`)

    // Too early, for the deed and for the night’s job; and not by anybody.
    day = '2026-07-07'
    expect(await clear('王芳')).toMatchObject({ status: 409, body: { code: 'complaints-open' } })
    expect((await clear('李强')).status).toBe(403)
    expect((await clear('孙丽')).status).toBe(404)
    expect(await clearDue({ db, config, today })).toBe(0)

    // A complaint is under way: longer, never shorter, with its reason.
    const extend = (endsOn: string) =>
      ask('王芳', 'PUT', `/api/votes/${id}/complaints`, { endsOn, reason: '一人持回执来核对' })
    expect((await extend('2026-07-01')).body.code).toBe('period-shorter')
    expect((await extend('2026-07-20')).body).toEqual({
      endsOn: '2026-07-20',
      reason: '一人持回执来核对',
      clearedOn: null,
    })
    day = '2026-07-10'
    expect((await clear('王芳')).body.code).toBe('complaints-open')
    expect(await left(id)).toEqual({ roll: 10, keys: 3, codes: 10 })

    day = '2026-07-21'
    expect(await clearDue({ db, config, today })).toBe(1)
    expect(await left(id)).toEqual({ roll: 0, keys: 0, codes: 0 })
    expect(readdirSync(path.join(dataDir, 'ballots/open'))).toEqual([])
    expect((await ask('王芳', 'GET', `/api/votes/${id}/complaints`)).body.clearedOn).toBe('2026-07-21')
    expect((await clear('王芳')).body.code).toBe('vote-cleared')
    expect((await extend('2026-08-01')).body.code).toBe('vote-cleared')
    expect(await clearDue({ db, config, today })).toBe(0)
    const { rows } = await sql<{ summary: string; detail: object }>`
    select summary, detail from kernel.audit where action = 'ballots.clear-secret' and object_id = ${id}`.execute(db)
    expect(rows).toEqual([
      { summary: expect.stringContaining('销毁'), detail: { drawRecords: 10, scrutineerKeys: 3, codes: 10 } },
    ])

    const after = await filesOf(id, eid)
    expect(after).toEqual(before)
    const folder = path.join(dataDir, 'after')
    mkdirSync(folder)
    for (const [at, name] of fileNames.entries()) writeFileSync(path.join(folder, name), after[at]!)
    expect(recountFolder(folder, { eid })).toMatchObject({ accepted: true, ballots: 10 })
  },
)

test('a vote that was called off keeps nothing', async () => {
  const { body } = await ask('王芳', 'POST', '/api/secret-votes', {
    unitId: world.unit('county'),
    title: '关于食堂的决议',
    heldOn: '2026-07-21',
    kind: 'motion',
    items: ['同意'],
    roll: voters.map((name) => world.person(name)),
  })
  await ask('王芳', 'POST', `/api/votes/${body.id}/secret/open`, {})
  expect((await left(body.id))['roll']).toBe(10)
  await sql`update ballots.vote set state = 'void', void_reason = '名册有误' where id = ${body.id}`.execute(db)
  await sql`update ballots.secret_vote set state = 'void' where vote_id = ${body.id}`.execute(db)
  expect(await clearDue({ db, config, today })).toBe(0)
  expect((await left(body.id))['roll']).toBe(0)
})
