import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { operator } from '../src/kernel/access/actor.ts'
import { writeAct } from '../src/kernel/lifecycle/act.ts'
import { openKeys } from '../src/kernel/crypto/keys.ts'
import { reconcile } from '../src/kernel/facts/reconcile.ts'
import { catalogue } from '../src/kernel/register/registry.ts'
import { testDatabase } from '../src/kernel/testing/database.ts'
import { writeWorkbook } from '../src/kernel/xlsx/write.ts'
import '../src/modules.ts'
import { appoint, createAccount } from '../src/modules/accounts/public.ts'
import { sessionOf } from '../src/modules/accounts/testing.ts'
import { openBook, postVoucher, requestSpending, verifyBook } from '../src/modules/funds/public.ts'
import { EIGHT_FORBIDDEN } from '../src/modules/rules/public.ts'
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
  const { url, serve } = await servers()
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

test('a server killed while it approves, posts or closes: the journal balances, numbers have no gap, the chain holds', async () => {
  const { url, serve } = await servers()
  const cookies = new Map<string, string>()
  const self = operator('测试')
  const { bookId, requestId, voucherId } = await db.transaction().execute(async (tx) => {
    for (const [name, role] of [
      ['赵主席', 'chair'],
      ['钱会计', 'accountant'],
    ] as const) {
      const accountId = await createAccount(tx, self, { login: name, name, unitId })
      await appoint(tx, self, { accountId, unitId, role, startsOn: '2024-01-01' })
      cookies.set(role, String(accountId))
    }
    const book = await openBook(tx, self, { unitId, openedOn: `${year}-01-01` })
    const entries = [
      { account: '102', debitFen: 500_000 },
      { account: '405', creditFen: 500_000 },
    ]
    await postVoucher(tx, self, unitId, { onDate: `${year}-01-05`, summary: '行政补助', attachments: 1, entries })
    const { rows } = await sql<{ id: number }>`
      insert into funds.voucher (book_id, year, month, on_date, summary, attachments, total_fen, state, prepared_by, prepared_name,
        reviewed_by, reviewed_name, reviewed_at)
      select ${book.id}, year, month, on_date, '买文具', 1, 100, 'reviewed', 1, '甲', 2, '乙', now() from funds.voucher limit 1
      returning id`.execute(tx)
    await sql`insert into funds.entry (voucher_id, book_id, on_date, line, account_id, debit_fen, credit_fen, spending_kind)
      select ${rows[0]!.id}, ${book.id}, ${`${year}-01-05`}::date, line, a.id, debit, credit, kind
      from (values (1, '50504', 100, 0, 'basic'), (2, '102', 0, 100, null)) t (line, code, debit, credit, kind)
        join funds.account a on a.code = t.code and a.book_id is null`.execute(tx)
    const asked = await requestSpending(
      tx,
      self,
      {
        unitId,
        kind: 'illness',
        purpose: '看望住院会员',
        amountFen: 80_000,
        payee: '王静',
        people: 1,
        form: 'money',
        method: 'transfer',
        confirmed: EIGHT_FORBIDDEN.map((one) => one.id),
        invoices: [],
        source: 'test/kill',
      },
      `${year}-02-01`,
    )
    await writeAct(tx, self, {
      objectKind: 'funds-request',
      objectId: asked.id,
      verb: '同意',
      from: 'submitted',
      to: 'checked',
    })
    return { bookId: book.id, requestId: asked.id, voucherId: rows[0]!.id }
  })
  for (const [role, accountId] of cookies) cookies.set(role, `zhijia=${await sessionOf(ownerPool, Number(accountId))}`)
  const send = (role: 'chair' | 'accountant', address: string, body: object): Promise<Response> =>
    fetch(`${url}/api/funds/${address}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: cookies.get(role)! },
      body: JSON.stringify(body),
    })
  const standing = async () =>
    (
      await sql`select (select json_agg(v order by id) from funds.voucher v) as vouchers,
        (select json_agg(p) from funds.period p) as periods, (select count(*)::int from kernel.act) as acts,
        (select json_agg(s order by account_id, month, closing) from funds.month_sum s) as sums`.execute(db)
    ).rows
  let server = await serve()
  for (const [role, table, written, address, body] of [
    ['chair', 'kernel.audit', 'kernel.act', `spending/${requestId}/acts`, { verb: '同意' }],
    // In the middle of posting: the voucher is final, the sums aren't written.
    ['accountant', 'funds.day_sum', 'funds.voucher', 'vouchers/post', { ids: [voucherId] }],
    ['accountant', 'kernel.audit', 'funds.voucher', `books/${bookId}/close`, { year, month: 1 }],
  ] as const) {
    const before = await standing()
    const killed = server
    await killedAt(table, written, () => {
      void send(role, address, body).catch(() => null)
      return killed
    })
    expect(await standing()).toEqual(before)
    expect((await verifyBook(db, bookId)).faults).toEqual([])
    server = await serve()
    expect([address, (await send(role, address, body)).status]).toEqual([address, 200])
    expect((await verifyBook(db, bookId)).faults).toEqual([])
  }
  const { rows: numbers } = await sql<{
    no: number
  }>`select no from funds.voucher where state = 'posted' order by no`.execute(db)
  expect(numbers.map((row) => row.no)).toEqual(numbers.map((_, at) => at + 1))
}, 300_000)

/** A server at an address of its own, as often as it is killed. */
async function servers(): Promise<{ url: string; serve: () => Promise<ChildProcess> }> {
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    serve: async () => {
      const server = run('src/server.ts', [], { PORT: port, PUBLIC_URL: url })
      await vi.waitFor(async () => {
        if (server.child.exitCode !== null) throw new Error(server.output())
        expect((await fetch(`${url}/healthz`)).status).toBe(200)
      }, waiting)
      return server.child
    },
  }
}

async function freePort(): Promise<number> {
  const probe = net.createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as net.AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
