import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { backup } from '../../../kernel/backup/backup.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import type { Choice } from '../format/ballot.ts'
import { toText } from '../format/bytes.ts'
import { readOpening } from '../format/opening.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { fileNames } from '../format/publication.ts'
import { scalarOf } from '../format/seal.ts'
import { drawn, drawRequest, fill, keysOf, receiptHolds } from '../format/voter.ts'
import module from '../module.ts'
import { voteRoutes } from '../server/routes.ts'
import { processesOf, stopProcesses } from './processes.ts'
import { recountFolder } from './recount.ts'
import { publicationRoutes } from './publication-routes.ts'
import { secretRoutes } from './routes.ts'

declarePermissions([...module.permissions])
const { db, ownerPool, ownerUrl } = await testDatabase()
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-secret-'))
chmodSync(dataDir, 0o700)
const config = { dataDir, publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null }
const voters = ['王芳', '李强', '张敏', '刘洋', '陈静', '杨帆', '赵磊', '周婷', '吴刚', '孙丽', '郑浩', '何平'] as const
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    { db, today: () => '2026-06-30', config },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [voteRoutes, secretRoutes, publicationRoutes],
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

/** Opens a vote of everybody; sealed to 李强 and 周婷 and 吴刚 when it is an election. */
async function opened(kind: 'motion' | 'election') {
  const { body: made } = await ask('王芳', 'POST', '/api/secret-votes', {
    unitId: world.unit('county'),
    title: kind === 'motion' ? '关于年度预算的决议' : '选举委员',
    heldOn: '2026-06-30',
    kind,
    venue: 'remote',
    document: '清工发〔2026〕21号',
    items: kind === 'motion' ? ['同意年度预算'] : ['甲某', '乙某', '丙某'],
    ...(kind === 'election' && { seats: 2 }),
    roll: voters.map((name) => world.person(name)),
    tellers: (['李强', '周婷', '吴刚'] as const).map((name) => ({ personId: world.person(name), duty: '监票人' })),
  })
  const id = made.id as number
  const secrets = new Map<PersonName, string>()
  if (kind === 'election')
    for (const name of ['李强', '周婷', '吴刚'] as const) {
      const scalar = scalarOf(nodePrimitives.random(48))
      secrets.set(name, toText(scalar))
      const publicKey = toText(nodePrimitives.publicOf(scalar))
      expect((await ask(name, 'PUT', `/api/votes/${id}/secret/key`, { publicKey })).status).toBe(204)
    }
  const plan = kind === 'motion' ? {} : { profile: 'days', threshold: 2, writeIns: { most: 1 } }
  return { id, plan, secrets }
}

/** What a phone does. */
async function phone(who: PersonName, id: number, seed = nodePrimitives.random(16)) {
  const { body: mine } = await ask(who, 'GET', `/api/votes/${id}/paper`)
  const paper = mine.papers[0]
  const vote = readOpening(nodePrimitives, paper.opening)!
  const keys = keysOf(nodePrimitives, vote, seed)
  const request = { papers: [{ eid: paper.eid, blinded: drawRequest(nodePrimitives, vote, keys)[0]! }] }
  const draw = () => ask(who, 'POST', `/api/votes/${id}/draw`, request)
  const put = async (answer: string, choice: Choice, headers: Record<string, string> = {}) => {
    const tokens = drawn(nodePrimitives, vote, keys, [answer])!
    const { line } = fill(nodePrimitives, vote, keys, tokens, choice)
    const response = await fetch(`${await processesOf(config).url(config)}/cast`, {
      method: 'POST',
      body: JSON.stringify({ eid: paper.eid, line }),
      headers,
    })
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, string>,
    }
  }
  return { mine, paper, vote, draw, put }
}

async function drawAndCast(who: PersonName, id: number, choice: Choice) {
  const one = await phone(who, id)
  const { body } = await one.draw()
  const cast = await one.put(body.papers[0].answer, choice)
  return { ...one, answer: body.papers[0].answer as string, cast }
}

test(
  'a motion: drawn, cast, closed, published, recounted; whoever may not is refused',
  { timeout: 120_000 },
  async () => {
    const { id, plan } = await opened('motion')
    expect((await ask('李强', 'POST', `/api/votes/${id}/secret/open`, plan)).status).toBe(403)
    expect((await ask('郑浩', 'POST', `/api/votes/${id}/secret/open`, plan)).status).toBe(404)
    expect((await ask('王芳', 'POST', `/api/votes/${id}/secret/open`, plan)).status).toBe(200)
    expect((await ask('王芳', 'POST', `/api/votes/${id}/secret/open`, plan)).body.code).toBe('secret-open')

    const first = await drawAndCast('刘洋', id, { marks: 'a', names: [] })
    expect(first.cast.status).toBe(200)
    const receipt = { eid: first.paper.eid, id: first.cast.body['id']!, receipt: first.cast.body['receipt']! }
    expect(receiptHolds(nodePrimitives, first.vote.boxKey, receipt)).toBe(true)

    // The same again is the same; another choice, another device, somebody signed in are not.
    expect(await first.draw()).toMatchObject({ status: 200, body: { papers: [{ answer: first.answer }] } })
    expect(await first.put(first.answer, { marks: 'a', names: [] })).toMatchObject({
      status: 200,
      body: { id: receipt.id },
    })
    expect(await first.put(first.answer, { marks: 'o', names: [] })).toMatchObject({
      status: 409,
      body: { code: 'already-cast' },
    })
    expect(await (await phone('刘洋', id)).draw()).toMatchObject({ status: 409, body: { code: 'paper-drawn' } })
    const second = await phone('陈静', id)
    const { body: answers } = await second.draw()
    for (const headers of [{ cookie: 'as=x' }, { authorization: 'Bearer x' }] as Record<string, string>[])
      expect(await second.put(answers.papers[0].answer, { marks: 'a', names: [] }, headers)).toMatchObject({
        status: 400,
        body: { code: 'identified' },
      })
    expect(
      await second.put(answers.papers[0].answer, { marks: 'a', names: [] }, { origin: 'http://evil.example' }),
    ).toMatchObject({
      status: 403,
    })
    const done = await second.put(answers.papers[0].answer, { marks: 'o', names: [] })
    expect(done.status).toBe(200)
    expect([...done.headers.keys()]).not.toContain('set-cookie')
    expect([...done.headers.keys()]).not.toContain('date')

    await expect(backup({ ownerUrl, dataDir, out: path.join(dataDir, 'copy.zip') })).rejects.toMatchObject({
      code: 'backup-forbidden',
    })

    // Killed in the middle: it comes back by itself with every ballot that has a receipt.
    process.kill(processesOf(config).boxPid!, 'SIGKILL')
    const again = () =>
      first.put(first.answer, { marks: 'a', names: [] }).then(
        ({ body }) => body['id'],
        () => '',
      )
    await expect.poll(again, { timeout: 20_000 }).toBe(receipt.id)
    expect((await first.put(first.answer, { marks: 'o', names: [] })).body['code']).toBe('already-cast')
    for (const name of voters) {
      if (name === '刘洋' || name === '陈静' || name === '何平') continue
      expect((await drawAndCast(name, id, { marks: name === '赵磊' ? 'n' : 'a', names: [] })).cast.status).toBe(200)
    }
    expect((await sql`select 1 from ballots.sealed_ballot`.execute(db)).rows).toEqual([])
    expect((await ask('李强', 'POST', `/api/votes/${id}/secret/close`)).status).toBe(403)
    expect((await ask('王芳', 'POST', `/api/votes/${id}/secret/publish`)).body.code).toBe('secret-not-closed')
    expect((await ask('王芳', 'POST', `/api/votes/${id}/secret/close`)).body).toEqual({ ballots: 11 })
    expect(readdirSync(path.join(dataDir, 'ballots/open'))).toEqual([])
    expect(await (await phone('何平', id)).draw()).toMatchObject({ status: 409, body: { code: 'issuing-over' } })
    const { body: published } = await ask('王芳', 'POST', `/api/votes/${id}/secret/publish`)
    expect(published.counts[0]).toMatchObject({
      papers: { online: 11, none: 1 },
      valid: 11,
      items: [{ votes: { a: 9, o: 1, n: 1 } }],
    })

    const folder = await download('何平', id, first.paper.eid)
    writeFileSync(path.join(folder, 'receipt.json'), JSON.stringify(receipt))
    expect(recountFolder(folder, { receipts: [path.join(folder, 'receipt.json')] })).toMatchObject({ accepted: true })
    const script = path.resolve(import.meta.dirname, '../../../../verify/verify_ballots.py')
    expect(spawnSync('python3', [script, folder]).status).toBe(0)
    await backup({ ownerUrl, dataDir, out: path.join(dataDir, 'copy.zip') })
    expect(existsSync(path.join(dataDir, 'copy.zip'))).toBe(true)
  },
)

async function download(who: PersonName, id: number, eid: string): Promise<string> {
  const folder = path.join(dataDir, `published-${id}`)
  mkdirSync(folder)
  for (const name of fileNames) {
    const { status, body } = await ask(who, 'GET', `/api/votes/${id}/publication/${eid}/${name}`)
    expect(status, name).toBe(200)
    writeFileSync(path.join(folder, name), typeof body === 'string' ? body : JSON.stringify(body))
  }
  return folder
}

test('an election: sealed until two of three scrutineers open it', { timeout: 120_000 }, async () => {
  const { id, plan, secrets } = await opened('election')
  expect((await ask('王芳', 'POST', `/api/votes/${id}/secret/open`, { ...plan, threshold: 0 })).body.code).toBe(
    'must-be-sealed',
  )
  const { body } = await ask('王芳', 'POST', `/api/votes/${id}/secret/open`, plan)
  const publicKey = toText(nodePrimitives.publicOf(scalarOf(nodePrimitives.random(48))))
  expect((await ask('李强', 'PUT', `/api/votes/${id}/secret/key`, { publicKey })).body.code).toBe('secret-open')
  expect((await ask('孙丽', 'PUT', `/api/votes/${id}/secret/key`, { publicKey })).status).toBe(404)
  const marks = ['aao', 'aoo', 'oaa', 'aaa', 'nnn', 'aon', 'aao', 'aao', 'aao', 'aao', 'aao']
  for (const [at, choice] of marks.entries()) {
    const names = choice === 'aoo' ? ['丁某'] : []
    expect((await drawAndCast(voters[at]!, id, { marks: choice, names })).cast.status).toBe(200)
  }
  expect((await ask('李强', 'POST', `/api/votes/${id}/secret/key`, { secret: secrets.get('李强')! })).body.code).toBe(
    'secret-not-closed',
  )
  await ask('王芳', 'POST', `/api/votes/${id}/secret/close`)
  expect((await ask('王芳', 'POST', `/api/votes/${id}/secret/publish`)).body.code).toBe('scrutineers-missing')
  expect((await ask('周婷', 'POST', `/api/votes/${id}/secret/key`, { secret: secrets.get('李强')! })).body.code).toBe(
    'not-your-key',
  )
  for (const name of ['李强', '吴刚'] as const)
    expect((await ask(name, 'POST', `/api/votes/${id}/secret/key`, { secret: secrets.get(name)! })).status).toBe(204)
  const { body: published } = await ask('王芳', 'POST', `/api/votes/${id}/secret/publish`)
  expect(published.counts[0]).toMatchObject({
    valid: 10,
    invalid: { limit: 1 },
    items: [{ votes: { a: 8 } }, { votes: { a: 7 } }, { votes: { a: 1 } }],
    names: [{ name: '丁某', votes: 1 }],
  })
  expect(recountFolder(await download('王芳', id, body.eids[0])).accepted).toBe(true)
  const { rows } = await sql<{ sheet: object }>`select sheet from ballots.count_sheet where vote_id = ${id}`.execute(db)
  expect(rows[0]!.sheet).toMatchObject({ issued: 11, returned: 11, valid: 10, invalid: 1 })
})

test('twelve requests at once draw one paper; a draw that races the close leaves no paper uncounted', async () => {
  const { id, plan } = await opened('motion')
  await ask('王芳', 'POST', `/api/votes/${id}/secret/open`, plan)
  const devices = await Promise.all(Array.from({ length: 12 }, () => phone('孙丽', id)))
  const answers = await Promise.all(devices.map((device) => device.draw()))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(11)
  const others = await Promise.all((['吴刚', '郑浩', '何平', '赵磊'] as const).map((name) => phone(name, id)))
  const [closing, ...draws] = await Promise.all([
    ask('王芳', 'POST', `/api/votes/${id}/secret/close`),
    ...others.map((one) => one.draw()),
  ])
  expect(closing.status).toBe(200)
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ballots.roll_line where vote_id = ${id} and drawn_by = 'booth'`.execute(db)
  expect(rows[0]!.n).toBe(1 + draws.filter(({ status }) => status === 200).length)
  expect((await ask('王芳', 'POST', `/api/votes/${id}/secret/publish`)).body.code).toBe('too-few-ballots')
})

test('without encryption, or without an address of its own for the box, nothing is opened but on this machine', async () => {
  const { id } = await opened('motion')
  const tried = async (publicUrl: string, boxUrl?: string): Promise<string> => {
    const place = { ...config, publicUrl, ...(boxUrl && { box: { url: boxUrl, port: 0 } }) }
    const app = await buildApp({ db, today: () => '2026-06-30', config: place }, async () => world.as('王芳'), [
      secretRoutes,
    ])
    const answer = await app.inject({ method: 'POST', url: `/api/votes/${id}/secret/open`, payload: {} })
    await app.close()
    return answer.json().code
  }
  expect(await tried('http://gonghui.example.cn')).toBe('secret-needs-tls')
  expect(await tried('https://gonghui.example.cn', 'http://gonghui.example.cn:8443')).toBe('secret-needs-tls')
  expect(await tried('https://gonghui.example.cn')).toBe('secret-needs-own-box')
  expect(await tried('https://gonghui.example.cn', 'https://gonghui.example.cn')).toBe('secret-needs-own-box')
  expect((await sql`select 1 from ballots.secret_vote where vote_id = ${id}`.execute(db)).rows).toEqual([])
})
