import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { operator } from '../src/kernel/access/actor.ts'
import { openKeys } from '../src/kernel/crypto/keys.ts'
import { reconcile } from '../src/kernel/facts/reconcile.ts'
import { catalogue } from '../src/kernel/register/registry.ts'
import { testDatabase } from '../src/kernel/testing/database.ts'
import { writeWorkbook } from '../src/kernel/xlsx/write.ts'
import '../src/modules.ts'
import { appoint, createAccount } from '../src/modules/accounts/public.ts'
import { addMember } from '../src/modules/members/public.ts'
import { addUnit } from '../src/modules/organisation/public.ts'

/**
 * kill -9 of the real processes in the middle of their work. «The middle» is no matter of luck: the test holds a table
 * that the work must write, waits until the process has written everything before it and stands in the queue, and kills
 * it there.
 */
const root = path.resolve(import.meta.dirname, '..')
const home = mkdtempSync(path.join(os.tmpdir(), 'zhijia-kill-'))
const { db, ownerPool, ownerUrl, appUrl } = await testDatabase()
const actor = operator('测试')
const password = 'Dongfeng-gonghui-2026'
const year = 2025
const people = 600
const started: ChildProcess[] = []
let unitId = 0

beforeAll(async () => {
  await db.transaction().execute(async (tx) => {
    unitId = (await addUnit(tx, actor, { code: 'east', name: '东风机械公司工会', type: 'union', parentCode: null })).id
    const chair = { name: '李强', gender: 'm' as const, unitId, joinedOn: '2020-01-01' }
    const personId = await addMember(tx, actor, openKeys(home), chair, '2025-12-31')
    const accountId = await createAccount(tx, actor, { login: '李强', personId, password })
    await appoint(tx, actor, { accountId, unitId, role: 'chair', startsOn: '2024-01-01' })
  })
  await writeWorkbook(path.join(home, 'members.xlsx'), [
    {
      name: '花名册',
      columns: ['姓名', '工号', '入会日期'].map((header) => ({ header })),
      rows: Array.from({ length: people }, (_, at) => ['赵平安', `E${at + 1000}`, '2021-05-01']),
    },
  ])
  await writeWorkbook(path.join(home, 'ledger.xlsx'), [
    {
      name: '走访慰问登记簿',
      columns: ['慰问日期', '职工姓名', '职工状况', '慰问事由', '当事人与职工关系', '慰问金（元）'].map((header) => ({
        header,
      })),
      rows: Array.from({ length: people }, (_, at) => [
        `${year}-03-0${1 + (at % 9)}`,
        '李强',
        '在职',
        '生病',
        '本人',
        `${at + 1}`,
      ]),
    },
  ])
})
afterEach(async () => {
  for (const child of started.splice(0)) await kill(child)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

function run(script: string, words: string[] = [], more: NodeJS.ProcessEnv = {}) {
  const settings = { DATA_DIR: home, DATABASE_URL: ownerUrl, APP_DATABASE_URL: appUrl, DEMO: '0' }
  const child = spawn(process.execPath, [path.join(root, script), ...words], {
    cwd: root,
    env: { ...process.env, ...settings, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  return { child, output: () => output, ended }
}
const zhijia = async (...words: string[]): Promise<{ code: number | null; output: string }> => {
  const command = run('src/cli.ts', words)
  return { code: await command.ended, output: command.output() }
}
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

const count = async (what: string): Promise<number> =>
  (await ownerPool.query<{ n: number }>(`select count(*)::int as n from ${what}`)).rows[0]!.n
const waiting = { timeout: 60_000, interval: 50 }

/**
 * Starts the work, kills it while it waits to write `table`, and lets the database notice.
 * @param written a table it must have written by then, in a transaction that nobody else sees yet
 */
async function killedAt(table: string, written: string | null, work: () => ChildProcess): Promise<void> {
  const holder = await ownerPool.connect()
  try {
    await holder.query(`begin; lock table ${table} in access exclusive mode`)
    const child = work()
    const locks = (condition: string) =>
      count(
        `pg_locks where database = (select oid from pg_database where datname = current_database()) and ${condition}`,
      )
    await vi.waitFor(async () => {
      if (child.exitCode !== null) throw new Error('the process ended before it could be killed')
      expect(await locks(`relation = '${table}'::regclass and not granted`)).toBe(1)
    }, waiting)
    const writing = `relation = '${written}'::regclass and granted and mode = 'RowExclusiveLock'`
    if (written) expect(await locks(writing)).toBeGreaterThan(0)
    await kill(child)
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  // Its last statement runs to its end; then the server finds nobody there and takes everything back.
  await vi.waitFor(
    async () =>
      expect(
        await count(
          `pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`,
        ),
      ).toBe(0),
    waiting,
  )
}

test.each([
  ['while it checks the rows', 'members', 'kernel.import_row', null],
  ['while it writes people', 'members', 'members.tally', 'members.person'],
  ['while it writes records', 'ledger', 'kernel.fact', 'kernel.record'],
])(
  'an import killed %s leaves nothing half-done, and the next one is whole',
  async (_, kind, table, written) => {
    const of = kind === 'members' ? `members.person where staff_no like 'E%'` : 'kernel.record'
    const facts =
      kind === 'members'
        ? `kernel.fact where measure = 'members.joined' and on_date = '2021-05-01'`
        : `kernel.fact where measure like 'care.visit/%'`
    const committed = `kernel.import_run where kind = '${kind}' and status = 'committed'`
    const before = [await count(of), await count(facts), await count('kernel.audit'), await count(committed)]
    const words = [
      'import',
      kind,
      path.join(home, `${kind}.xlsx`),
      '--unit',
      'east',
      ...(kind === 'ledger' ? ['--year', `${year}`] : []),
    ]

    await killedAt(table, written, () => run('src/cli.ts', words).child)
    expect([await count(of), await count(facts), await count('kernel.audit'), await count(committed)]).toEqual(before)

    // The next one is killed too, and only the third is let alone.
    if (table === 'kernel.import_row') return
    const again = await zhijia(...words)
    expect([again.code, again.output]).toEqual([0, expect.stringContaining(`新增 ${people} `)])
    expect(await count(of)).toBe(people)
    expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
  },
  180_000,
)

test('a report killed at the command line leaves no file and no trace, and is written the second time', async () => {
  const out = path.join(home, 'report.docx')
  const words = ['report', '--unit', 'east', '--year', `${year}`, '--genre', 'annual', '--out', out]
  const audited = `kernel.audit where action = 'reports.print'`
  await killedAt('kernel.audit', null, () => run('src/cli.ts', words).child)
  expect([existsSync(out), await count(audited)]).toEqual([false, 0])
  expect((await zhijia(...words)).code).toBe(0)
  expect([readFileSync(out).subarray(0, 2).toString(), await count(audited)]).toEqual(['PK', 1])
}, 180_000)

test('a server killed while it makes a report starts again without it, and makes it when asked again', async () => {
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const serve = async (): Promise<ChildProcess> => {
    const server = run('src/server.ts', [], { PORT: port, PUBLIC_URL: url })
    await vi.waitFor(async () => {
      if (server.child.exitCode !== null) throw new Error(server.output())
      expect((await fetch(`${url}/healthz`)).status).toBe(200)
    }, waiting)
    return server.child
  }
  const send = async (address: string, body: object, cookie = ''): Promise<Response> =>
    fetch(`${url}${address}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    })
  const signIn = async (): Promise<string> => {
    const answer = await send('/api/sign-in', { name: '李强', password })
    expect(answer.status).toBe(200)
    return answer.headers.getSetCookie()[0]!.split(';')[0]!
  }
  const order = { unitId, year, genre: 'annual' }

  const server = await serve()
  const cookie = await signIn()
  await killedAt('reports.version', 'reports.report', () => {
    // Its answer never comes.
    void send('/api/reports', order, cookie).catch(() => null)
    return server
  })
  expect([await count('reports.report'), await count(`kernel.audit where action = 'reports.create'`)]).toEqual([0, 0])

  await serve()
  // The session was acknowledged before the kill and holds after it.
  const made = await send('/api/reports', order, cookie)
  expect(made.status).toBe(201)
  expect([await count('reports.report'), await count('reports.version')]).toEqual([1, 1])
}, 180_000)

async function freePort(): Promise<number> {
  const probe = net.createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as net.AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
