import { fork, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld } from '../../../kernel/testing/world.ts'
import { fileNames } from '../format/publication.ts'
import type { Receipt } from '../format/voter.ts'
import type { HouseGiven } from './house-for-tests.ts'
import { phoneFor, type PaperGiven } from './phone.ts'
import { recountFolder } from './recount.ts'

const { db, ownerPool, appUrl } = await testDatabase()
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-killed-'))
chmodSync(dataDir, 0o700)
let house: ChildProcess | null = null
afterAll(() => {
  house?.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })

function start(given: HouseGiven): Promise<void> {
  house = fork(new URL('./house-for-tests.ts', import.meta.url), [], {
    execArgv: [],
    env: { ...process.env, HOUSE: JSON.stringify(given) },
  })
  return new Promise((ready, failed) => {
    house!.once('message', () => ready())
    house!.once('exit', () => failed(new Error('the server did not start')))
  })
}

/** The children of the server: its box and its registrar. */
const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const text = readFileSync(`/proc/${name}/stat`, 'utf8')
        return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) === pid
      } catch {
        return false
      }
    })
    .map(Number)

/** No word of warning to anybody: server, box and registrar at once. */
async function killAll(): Promise<void> {
  const server = house!
  const gone = new Promise((done) => server.once('exit', done))
  for (const pid of [...childrenOf(server.pid!), server.pid!]) process.kill(pid, 'SIGKILL')
  await gone
}

test(
  'server and box killed three times while people vote: none lost, none doubled, every receipt honoured',
  { timeout: 180_000 },
  async () => {
    const world = await smallWorld(ownerPool)
    const unitId = world.unit('county')
    const { rows: people } = await ownerPool.query<{ id: string }>(
      `insert into members.person (name, gender, born_on, staff_no, unit_id)
       select '会员' || n, 'f', '1985-01-01', 'K' || n, $1 from generate_series(1, 60) n returning id`,
      [unitId],
    )
    const voters = people.map(({ id }) => Number(id))
    const given = { appUrl, dataDir, port: await freePort(), boxPort: await freePort() }
    await start(given)
    const base = `http://127.0.0.1:${given.port}`
    const ask = async (cookie: string, method: string, url: string, body?: unknown) => {
      const response = await fetch(base + url, {
        method,
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, text, json: <Answer>() => JSON.parse(text) as Answer }
    }
    const chair = (method: string, url: string, body?: unknown) => ask(`chair=${unitId}`, method, url, body)
    /** Like a phone on a bad line: the same question again until it is answered. */
    const patient = async <Answer>(work: () => Promise<Answer | null>): Promise<Answer> => {
      for (let attempt = 0; attempt < 900; attempt++) {
        const answer = await work().catch(() => null)
        if (answer !== null) return answer
        await new Promise((done) => setTimeout(done, 50))
      }
      throw new Error('no answer')
    }

    const made = await chair('POST', '/api/secret-votes', {
      unitId,
      title: '关于年度预算的决议',
      heldOn: '2026-06-30',
      kind: 'motion',
      venue: 'remote',
      document: '清工发〔2026〕30号',
      items: ['同意年度预算'],
      roll: voters,
    })
    const { id } = made.json<{ id: number }>()
    expect((await chair('POST', `/api/votes/${id}/secret/open`, {})).status).toBe(200)

    const receipts: Receipt[] = []
    const waiting = [...voters.entries()]
    const vote = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [at, personId] = next
        const cookie = `as=${personId}`
        const paper = await patient(async () => {
          const answer = await ask(cookie, 'GET', `/api/votes/${id}/paper`)
          return answer.status === 200 ? answer.json<PaperGiven>() : null
        })
        const phone = phoneFor(paper)
        const drawn = await patient(async () => {
          const answer = await ask(cookie, 'POST', `/api/votes/${id}/draw`, { papers: phone.request })
          if (answer.status >= 400 && answer.status < 500) throw new Error(answer.text)
          return answer.status === 200 ? answer.json<{ papers: { answer: string }[] }>() : null
        })
        const choice = { marks: 'aon'[at % 3]!, names: [] }
        const cast = await patient(async () => {
          const answer = await phone.cast(drawn.papers[0]!.answer, choice)
          return answer.status === 200 ? answer.body : null
        })
        receipts.push({ eid: phone.eid, id: cast['id']!, receipt: cast['receipt']! })
      }
    }
    const voting = Promise.all(Array.from({ length: 6 }, vote))
    for (const many of [8, 25, 45]) {
      await expect.poll(() => receipts.length, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(many)
      await killAll()
      await start(given)
    }
    await voting
    expect(new Set(receipts.map((receipt) => receipt.id)).size).toBe(60)

    expect((await chair('POST', `/api/votes/${id}/secret/close`)).json()).toEqual({ ballots: 60 })
    const { rows: marked } = await sql<{ n: number }>`
      select count(*)::int as n from ballots.roll_line where vote_id = ${id} and drawn_by = 'booth'`.execute(db)
    expect(marked[0]!.n).toBe(60)
    const published = await chair('POST', `/api/votes/${id}/secret/publish`)
    expect(published.json()).toMatchObject({
      counts: [{ papers: { online: 60, none: 0 }, valid: 60, items: [{ votes: { a: 20, o: 20, n: 20 } }] }],
    })
    const folder = path.join(dataDir, 'published')
    mkdirSync(folder)
    for (const name of fileNames)
      writeFileSync(
        path.join(folder, name),
        (await chair('GET', `/api/votes/${id}/publication/${receipts[0]!.eid}/${name}`)).text,
      )
    const files = receipts.map((receipt, at) => {
      const file = path.join(folder, `receipt-${at}.json`)
      writeFileSync(file, JSON.stringify({ eid: receipt.eid, id: receipt.id, receipt: receipt.receipt }))
      return file
    })
    expect(recountFolder(folder, { receipts: files })).toMatchObject({ accepted: true, ballots: 60, reasons: [] })
  },
)
