import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { fileNames } from '../format/publication.ts'
import module from '../module.ts'
import { voteRoutes } from '../server/routes.ts'
import { phoneFor, type PaperGiven } from './phone.ts'
import { stopProcesses } from './processes.ts'
import { recountFolder } from './recount.ts'
import { publicationRoutes } from './publication-routes.ts'
import { secretRoutes } from './routes.ts'
import { stationRoutes } from './station-routes.ts'

declarePermissions([...module.permissions])
const { db, ownerPool } = await testDatabase()
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-station-'))
chmodSync(dataDir, 0o700)
const config = { dataDir, publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null }
const everybody = [
  '王芳',
  '李强',
  '张敏',
  '刘洋',
  '陈静',
  '杨帆',
  '赵磊',
  '周婷',
  '吴刚',
  '孙丽',
  '郑浩',
  '何平',
] as const
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    { db, today: () => '2026-06-30', config },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [voteRoutes, secretRoutes, stationRoutes, publicationRoutes],
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

const ballot = (extra: object) => ({
  unitId: world.unit('county'),
  title: '关于食堂改造的决议',
  heldOn: '2026-06-30',
  kind: 'motion',
  items: ['同意食堂改造方案'],
  roll: everybody.map((name) => world.person(name)),
  tellers: (['周婷', '吴刚'] as const).map((name) => ({ personId: world.person(name), duty: '监票人' })),
  ...extra,
})

/** A motion in the hall, with paper beside it. */
async function inHall(): Promise<number> {
  const { body } = await ask('王芳', 'POST', '/api/secret-votes', ballot({}))
  await sql`update ballots.vote set channels = '{booth,main}' where id = ${body.id}`.execute(db)
  expect((await ask('王芳', 'POST', `/api/votes/${body.id}/secret/open`)).status).toBe(200)
  return body.id
}
const code = async (id: number): Promise<string> => (await ask('周婷', 'GET', `/api/votes/${id}/hall`)).body.code
async function draw(who: PersonName, id: number, digits?: string) {
  const phone = phoneFor((await ask(who, 'GET', `/api/votes/${id}/paper`)).body as PaperGiven)
  const asked = () =>
    ask(who, 'POST', `/api/votes/${id}/draw`, { papers: phone.request, ...(digits && { code: digits }) })
  return { phone, asked, answer: await asked() }
}
const mark = (who: PersonName, id: number, whom: PersonName, channel: string) =>
  ask(who, 'POST', `/api/votes/${id}/station/marks`, { personId: world.person(whom), channel })

test('a remote secret vote needs a named officer and the number of a document; the hall is the default', async () => {
  expect(await ask('王芳', 'POST', '/api/secret-votes', ballot({ venue: 'remote' }))).toMatchObject({
    status: 422,
    body: { code: 'remote-needs-document', fields: { document: expect.any(String) } },
  })
  const { body } = await ask(
    '王芳',
    'POST',
    '/api/secret-votes',
    ballot({ venue: 'remote', document: '清工发〔2026〕30号' }),
  )
  const shown = (await ask('王芳', 'GET', `/api/votes/${body.id}`)).body.vote
  expect(shown.rule.secret).toEqual({
    venue: 'remote',
    profile: 'days',
    threshold: 0,
    writeIns: 0,
    allowed: { document: '清工发〔2026〕30号', name: '王芳', office: '清河县总工会·主席' },
  })
  const { body: hall } = await ask('王芳', 'POST', '/api/secret-votes', ballot({}))
  expect((await ask('王芳', 'GET', `/api/votes/${hall.id}`)).body.vote.rule.secret).toMatchObject({ venue: 'hall' })
})

test('in the hall only the code on its screen draws a paper, and an answer lost on the way is asked for again', async () => {
  const id = await inHall()
  expect((await ask('刘洋', 'GET', `/api/votes/${id}/hall`)).status).toBe(404)
  const shown = (await ask('周婷', 'GET', `/api/votes/${id}/hall`)).body
  expect(shown).toMatchObject({ state: 'open', expected: 12, drawn: 0, code: expect.stringMatching(/^\d{6}$/) })
  expect(shown.secondsLeft).toBeGreaterThan(0)
  expect((await draw('刘洋', id)).answer).toMatchObject({ status: 422, body: { code: 'hall-code' } })
  const other = String((Number(shown.code) + 1) % 1_000_000).padStart(6, '0')
  expect((await draw('刘洋', id, other)).answer).toMatchObject({ status: 422, body: { code: 'hall-code' } })
  const { phone, asked, answer } = await draw('刘洋', id, await code(id))
  expect(answer.status).toBe(200)
  // The code has moved on meanwhile; the paper is this phone's already.
  const again = await ask('刘洋', 'POST', `/api/votes/${id}/draw`, { papers: phone.request })
  expect(again.body).toEqual(answer.body)
  expect((await asked()).body).toEqual(answer.body)
  // Guessing ends soon, and the right code doesn't help a guesser then.
  for (let attempt = 0; attempt < 10; attempt++)
    expect((await draw('郑浩', id, other)).answer.body.code).toBe('hall-code')
  expect((await draw('郑浩', id, await code(id))).answer).toMatchObject({
    status: 429,
    body: { code: 'too-many-codes' },
  })
})

test('one paper a person, in whichever order: paper, phone, kiosk', async () => {
  const id = await inHall()
  const digits = await code(id)
  // A voter is no clerk; a teller is, also without any office.
  expect((await mark('刘洋', id, '陈静', 'main')).status).toBe(404)
  expect((await mark('李强', id, '陈静', 'main')).status).toBe(404)
  expect((await mark('周婷', id, '陈静', 'nowhere')).status).toBe(404)
  expect((await mark('周婷', id, '陈静', 'main')).status).toBe(204)
  expect((await draw('陈静', id, digits)).answer).toMatchObject({ status: 409, body: { code: 'paper-elsewhere' } })
  expect((await mark('吴刚', id, '陈静', 'kiosk')).body.code).toBe('paper-drawn')
  expect((await draw('刘洋', id, digits)).answer.status).toBe(200)
  for (const channel of ['main', 'kiosk'])
    expect(await mark('周婷', id, '刘洋', channel)).toMatchObject({ status: 409, body: { code: 'paper-drawn' } })
  expect((await mark('周婷', id, '杨帆', 'kiosk')).status).toBe(204)
  expect((await draw('杨帆', id, digits)).answer).toMatchObject({ status: 409, body: { code: 'paper-elsewhere' } })
  expect((await mark('周婷', id, '杨帆', 'main')).body.code).toBe('paper-drawn')
  // Both at the same moment: one of them.
  const phone = phoneFor((await ask('赵磊', 'GET', `/api/votes/${id}/paper`)).body as PaperGiven)
  const both = await Promise.all([
    ask('赵磊', 'POST', `/api/votes/${id}/draw`, { papers: phone.request, code: digits }),
    mark('周婷', id, '赵磊', 'main'),
    mark('吴刚', id, '赵磊', 'kiosk'),
  ])
  expect(both.filter(({ status }) => status < 300)).toHaveLength(1)
  expect((await ask('周婷', 'GET', `/api/votes/${id}/station/roll?q=陈静`)).body.lines).toMatchObject([
    { name: '陈静', drawn: 'main' },
  ])
})

test('the kiosk takes a slip of the box, never more slips than people marked, and adds up with phones and paper', async () => {
  const id = await inHall()
  const station = (slip: string, request: object) =>
    ask('周婷', 'POST', `/api/votes/${id}/station/draw`, { code: slip, papers: request })
  expect((await ask('周婷', 'POST', `/api/votes/${id}/station/slips`, { count: 4 })).status).toBe(403)
  const { body: printed } = await ask('王芳', 'POST', `/api/votes/${id}/station/slips`, { count: 4 })
  expect(printed.codes).toHaveLength(4)
  const [first, second, third] = printed.codes as string[]
  expect((await ask('王芳', 'POST', `/api/votes/${id}/station/slips`, { count: 200 })).body.code).toBe('too-many-slips')
  const paper = (await ask('周婷', 'GET', `/api/votes/${id}/station/paper`)).body as PaperGiven
  expect((await ask('刘洋', 'GET', `/api/votes/${id}/station/paper`)).status).toBe(404)
  const one = phoneFor(paper)
  expect((await station(first!, one.request)).body.code).toBe('nobody-marked')
  for (const name of ['杨帆', '赵磊'] as const) await mark('周婷', id, name, 'kiosk')
  expect((await station('00000-00000', one.request)).body.code).toBe('slip-unknown')
  const answer = await station(first!, one.request)
  expect(answer.status).toBe(200)
  // The line broke: the same slip and question again, also typed in small letters.
  expect((await station(first!.toLowerCase(), one.request)).body).toEqual(answer.body)
  expect((await one.cast(answer.body.papers[0].answer, { marks: 'a', names: [] })).status).toBe(200)
  expect((await station(first!, phoneFor(paper).request)).body.code).toBe('slip-used')
  const two = phoneFor(paper)
  const racing = phoneFor(paper)
  const race = await Promise.all([station(second!, two.request), station(third!, racing.request)])
  expect(race.filter(({ status }) => status === 200)).toHaveLength(1)
  const won = race[0]!.status === 200 ? two : racing
  await won.cast(race.find(({ status }) => status === 200)!.body.papers[0].answer, { marks: 'o', names: [] })

  const digits = await code(id)
  for (const name of ['王芳', '李强', '张敏', '刘洋', '陈静', '周婷', '吴刚', '孙丽'] as const) {
    const { phone, answer: given } = await draw(name, id, digits)
    expect((await phone.cast(given.body.papers[0].answer, { marks: 'a', names: [] })).status).toBe(200)
  }
  for (const name of ['郑浩', '何平'] as const) expect((await mark('吴刚', id, name, 'main')).status).toBe(204)

  const sheet = (issued: number) => ({
    issued,
    returned: 2,
    valid: 2,
    invalid: 0,
    items: [{ key: 'i1', yes: 1, no: 0, abstain: 1 }],
    writeIns: [],
  })
  const counted = (who: PersonName, issued: number) => ask(who, 'PUT', `/api/votes/${id}/counts/main`, sheet(issued))
  expect((await counted('周婷', 2)).body.code).toBe('still-voting')
  expect((await ask('王芳', 'GET', `/api/votes/${id}/secret`)).body).toMatchObject({
    state: 'open',
    drawn: [
      { channel: 'booth', papers: 8 },
      { channel: 'kiosk', papers: 2 },
      { channel: 'main', papers: 2 },
    ],
    notDrawn: 0,
  })
  await ask('王芳', 'POST', `/api/votes/${id}/secret/close`)
  expect((await mark('周婷', id, '郑浩', 'main')).body.code).toBe('issuing-over')
  expect((await station('00000-00000', two.request)).body.code).toBe('issuing-over')
  expect((await ask('王芳', 'POST', `/api/votes/${id}/secret/publish`)).body.code).toBe('count-missing')
  expect((await counted('周婷', 3)).body).toMatchObject({ code: 'count-wrong', fields: { issued: expect.any(String) } })
  for (const who of ['周婷', '吴刚'] as const) expect((await counted(who, 2)).status).toBe(200)
  const { body: published } = await ask('王芳', 'POST', `/api/votes/${id}/secret/publish`)
  expect(published.counts[0]).toMatchObject({
    papers: { online: 8, kiosk: 2, paper: 2, none: 0 },
    returned: { box: 10, paper: 2 },
    valid: 12,
    items: [{ votes: { a: 10, o: 1, n: 1 } }],
  })
  // The verdict adds the channels up to the same whole.
  const { result } = (await ask('王芳', 'GET', `/api/votes/${id}`)).body
  expect(result.count).toMatchObject({ expected: 12, present: 12, issued: 12, returned: 12, valid: 12 })
  expect(result.verdict).toMatchObject({ outcome: 'passed', items: [{ yes: 10, no: 1, abstain: 1 }] })

  const folder = path.join(dataDir, 'published')
  mkdirSync(folder)
  for (const name of fileNames) {
    const { body } = await ask('何平', 'GET', `/api/votes/${id}/publication/${one.eid}/${name}`)
    writeFileSync(path.join(folder, name), body as string)
  }
  expect(recountFolder(folder)).toMatchObject({ accepted: true, reasons: [] })
  const script = path.resolve(import.meta.dirname, '../../../../verify/verify_ballots.py')
  expect(spawnSync('python3', [script, folder]).status).toBe(0)
})

test('what a scrutineer has to do stands in a list of one’s own; the roll too small votes on paper', async () => {
  const election = ballot({ kind: 'election', seats: 1, items: ['甲某', '乙某'] })
  const { body } = await ask('王芳', 'POST', '/api/secret-votes', election)
  const publicKey = Buffer.from(nodePrimitives.publicOf(new Uint8Array(32).fill(7))).toString('base64url')
  await ask('周婷', 'PUT', `/api/votes/${body.id}/secret/key`, { publicKey })
  const { duties } = (await ask('周婷', 'GET', '/api/scrutiny')).body
  expect(duties.find((one: { voteId: number }) => one.voteId === body.id)).toMatchObject({
    state: 'waiting',
    threshold: 2,
    made: true,
    opened: false,
    keys: 1,
  })
  expect((await ask('刘洋', 'GET', '/api/scrutiny')).body.duties).toEqual([])
  expect((await ask('王芳', 'POST', `/api/votes/${body.id}/secret/open`)).body.code).toBe('scrutineers-missing')
  const { body: small } = await ask('王芳', 'POST', '/api/secret-votes', {
    ...ballot({}),
    roll: everybody.slice(0, 9).map((name) => world.person(name)),
  })
  expect((await ask('王芳', 'POST', `/api/votes/${small.id}/secret/open`)).body).toMatchObject({
    code: 'roll-too-small-for-secret',
    message: expect.stringContaining('请改用纸质票'),
  })
})
