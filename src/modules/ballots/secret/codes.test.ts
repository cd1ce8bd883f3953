import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import module from '../module.ts'
import { voteRoutes } from '../server/routes.ts'
import { codeRoutes } from './code-routes.ts'
import { phoneFor, type PaperGiven } from './phone.ts'
import { stopProcesses } from './processes.ts'
import { secretRoutes } from './routes.ts'
import { stationRoutes } from './station-routes.ts'

declarePermissions([...module.permissions])
const { db, ownerPool } = await testDatabase()
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-codes-'))
chmodSync(dataDir, 0o700)
const config = { dataDir, publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null }
const everybody = ['王芳', '李强', '张敏', '刘洋', '陈静', '杨帆', '赵磊', '周婷', '吴刚', '孙丽', '郑浩'] as const
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    { db, today: () => '2026-06-30', config },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [voteRoutes, secretRoutes, stationRoutes, codeRoutes],
  )
})
afterAll(async () => {
  await app.close()
  await stopProcesses(config)
  rmSync(dataDir, { recursive: true, force: true })
})

async function ask(who: PersonName | null, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
    ...(who && { headers: { cookie: `as=${encodeURIComponent(who)}` } }),
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}

interface Slip {
  personId: number
  name: string
  code: string
}

async function opened(venue: object): Promise<number> {
  const { body } = await ask('王芳', 'POST', '/api/secret-votes', {
    unitId: world.unit('county'),
    title: '关于食堂改造的决议',
    heldOn: '2026-06-30',
    kind: 'motion',
    items: ['同意食堂改造方案'],
    roll: everybody.map((name) => world.person(name)),
    tellers: (['李强', '周婷'] as const).map((name) => ({ personId: world.person(name), duty: '监票人' })),
    ...venue,
  })
  return body.id
}
const remote = { venue: 'remote', document: '清工发〔2026〕30号' }
const open = (id: number) => ask('王芳', 'POST', `/api/votes/${id}/secret/open`, {})
const print = async (id: number, personIds?: number[]): Promise<Slip[]> =>
  (await ask('王芳', 'POST', `/api/votes/${id}/voter-codes`, personIds && { personIds })).body.slips
const slipOf = (slips: readonly Slip[], name: PersonName): Slip =>
  slips.find((slip) => slip.personId === world.person(name))!

test('a voter without an account draws with a code of their own; it opens one paper and nobody else’s', async () => {
  const id = await opened(remote)
  expect(await ask('王芳', 'POST', `/api/votes/${id}/voter-codes`)).toMatchObject({
    status: 409,
    body: { code: 'issuing-over' },
  })
  expect((await open(id)).status).toBe(200)
  expect((await ask('刘洋', 'POST', `/api/votes/${id}/voter-codes`)).status).toBe(404)
  expect((await ask('李强', 'POST', `/api/votes/${id}/voter-codes`)).status).toBe(403)
  expect((await ask(null, 'POST', `/api/votes/${id}/voter-codes`)).status).toBe(401)
  const slips = await print(id)
  expect(slips).toHaveLength(11)
  expect(new Set(slips.map(({ code }) => code)).size).toBe(11)
  // What is kept leads to no code, and says no hour.
  const { rows } = await sql<{ hash: Buffer }>`select * from ballots.voter_code where vote_id = ${id}`.execute(db)
  expect(Object.keys(rows[0]!).toSorted()).toEqual(['hash', 'person_id', 'vote_id'])

  const mine = slipOf(slips, '刘洋')
  const typed = mine.code.toLowerCase().replace('-', ' ')
  const look = await ask(null, 'POST', `/api/votes/${id}/code/paper`, { code: typed })
  expect(look).toMatchObject({ status: 200, body: { name: '刘洋', drawn: null, venue: 'remote' } })
  const phone = phoneFor(look.body as PaperGiven)
  const draw = (code: string) => ask(null, 'POST', `/api/votes/${id}/code/draw`, { code, papers: phone.request })
  expect(await draw('AAAAA-AAAAA')).toMatchObject({ status: 422, body: { code: 'code-unknown' } })
  const answer = await draw(mine.code)
  expect(answer.status).toBe(200)
  // Asked again it is the same; on another device it isn't another paper; signed in it isn't one either.
  expect((await draw(mine.code)).body).toEqual(answer.body)
  const other = phoneFor(look.body as PaperGiven)
  expect(
    (await ask(null, 'POST', `/api/votes/${id}/code/draw`, { code: mine.code, papers: other.request })).body.code,
  ).toBe('paper-drawn')
  expect((await ask('刘洋', 'POST', `/api/votes/${id}/draw`, { papers: other.request })).body.code).toBe('paper-drawn')
  expect((await phone.cast(answer.body.papers[0].answer, { marks: 'a', names: [] })).status).toBe(200)

  // Another vote's code is nobody's here; a new slip voids the old one; who has a paper gets no slip.
  const second = await opened(remote)
  await open(second)
  expect((await ask(null, 'POST', `/api/votes/${second}/code/paper`, { code: mine.code })).body.code).toBe(
    'code-unknown',
  )
  const again = await print(id, [world.person('陈静'), world.person('刘洋')])
  expect(again.map(({ name }) => name)).toEqual(['陈静'])
  const paper = (code: string) => ask(null, 'POST', `/api/votes/${id}/code/paper`, { code })
  expect((await paper(slipOf(slips, '陈静').code)).body.code).toBe('code-unknown')
  expect((await paper(again[0]!.code)).body.name).toBe('陈静')
})

test('in the hall a code draws only with the number on the screen', async () => {
  const id = await opened({})
  await open(id)
  const slip = slipOf(await print(id), '赵磊')
  const look = await ask(null, 'POST', `/api/votes/${id}/code/paper`, { code: slip.code })
  const phone = phoneFor(look.body as PaperGiven)
  const draw = (hall?: string) =>
    ask(null, 'POST', `/api/votes/${id}/code/draw`, {
      code: slip.code,
      papers: phone.request,
      ...(hall && { hall }),
    })
  expect(await draw()).toMatchObject({ status: 422, body: { code: 'hall-code' } })
  const { body } = await ask('王芳', 'GET', `/api/votes/${id}/hall`)
  expect((await draw(body.code)).status).toBe(200)
})
