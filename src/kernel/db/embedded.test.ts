import { spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startEmbedded, type Embedded } from './embedded.ts'

// Whole database servers are started here, beside two other test files.
vi.setConfig({ testTimeout: 120_000 })

const asRoot = process.getuid?.() === 0
let home: string
let dataDir: string
const running: Embedded[] = []
const children: ChildProcess[] = []

beforeEach(() => {
  home = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'zj-db-')))
  chmodSync(home, 0o711)
  dataDir = path.join(home, 'data')
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const embedded of running.splice(0)) await embedded.stop()
  rmSync(home, { recursive: true, force: true })
})

const start = async (more: { port?: number; fast?: boolean; say?: (line: string) => void } = {}): Promise<Embedded> => {
  const embedded = await startEmbedded({ dataDir, fast: true, ...more })
  running.push(embedded)
  return embedded
}

/** Another process that starts or joins the server and stays. */
async function otherProcess(): Promise<ChildProcess> {
  const module = new URL('./embedded.ts', import.meta.url).href
  const code = `import { startEmbedded } from '${module}'
    await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, fast: true }); console.log('ready'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', () => reject(new Error('the other process ended early')))
  })
  return child
}

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

const serverPid = (embedded: Embedded): number =>
  Number(readFileSync(path.join(embedded.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('data outlives a stop, checksums are on, and the server role is nobody special', async () => {
  const first = await start()
  await ask(
    first.ownerUrl,
    'create table kept (n int); insert into kept values (7); grant select on kept to zhijia_app',
  )
  await first.stop()
  expect(existsSync(path.join(first.dataDir, 'postmaster.pid'))).toBe(false)
  const again = await start()
  expect(again.adopted).toBe(false)
  expect(await ask(again.appUrl, 'select n from kept')).toEqual([{ n: 7 }])
  expect(
    await ask(
      again.appUrl,
      `select current_user as name, rolsuper as super, rolbypassrls as bypass,
      current_setting('data_checksums') as checksums, current_setting('listen_addresses') as tcp
      from pg_roles where rolname = current_user`,
    ),
  ).toEqual([{ name: 'zhijia_app', super: false, bypass: false, checksums: 'on', tcp: '' }])
})

test('a server whose application was killed is joined with all it acknowledged', async () => {
  const child = await otherProcess()
  const seen = await start()
  await ask(seen.ownerUrl, 'create table kept (n int); insert into kept values (1)')
  const pid = serverPid(seen)
  await seen.stop()
  // The other process still uses the server: leaving must not stop it.
  expect(alive(pid)).toBe(true)
  child.kill('SIGKILL')
  const adopted = await start()
  expect(adopted.adopted).toBe(true)
  expect(serverPid(adopted)).toBe(pid)
  expect(await ask(adopted.ownerUrl, 'select n from kept')).toEqual([{ n: 1 }])
  await adopted.stop()
  // Ended; whoever inherited the process may take a moment to bury it.
  await vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: 5000 })
})

test('after a crash, a pid file naming some other living process does not stand in the way', async () => {
  const first = await start()
  const pid = serverPid(first)
  const file = path.join(first.dataDir, 'postmaster.pid')
  const left = readFileSync(file, 'utf8')
  await first.stop()
  writeFileSync(file, left.replace(String(pid), String(process.pid)))
  const again = await start()
  expect(again.adopted).toBe(false)
  expect(await ask(again.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a database server that dies is started again while we run', async () => {
  const embedded = await start({ fast: false })
  await ask(embedded.ownerUrl, 'create table kept (n int); insert into kept values (3)')
  const pid = serverPid(embedded)
  process.kill(pid, 'SIGKILL')
  const rows = await vi.waitFor(() => ask(embedded.ownerUrl, 'select n from kept'), { timeout: 20_000, interval: 100 })
  expect(rows).toEqual([{ n: 3 }])
  expect(serverPid(embedded)).not.toBe(pid)
})

test('an initdb cut short is begun anew', async () => {
  mkdirSync(path.join(dataDir, 'postgres.new-1'), { recursive: true })
  writeFileSync(path.join(dataDir, 'postgres.new-1/PG_VERSION'), '18\n')
  chmodSync(dataDir, 0o711)
  const embedded = await start()
  expect(await ask(embedded.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(existsSync(path.join(dataDir, 'postgres.new-1'))).toBe(false)
})

test('on a port it asks for the password it gave', async () => {
  const embedded = await start({ port: 20_000 + (process.pid % 20_000) })
  const url = new URL(embedded.ownerUrl)
  expect(url.hostname).toBe('127.0.0.1')
  expect(await ask(embedded.appUrl, 'select current_user as name')).toEqual([{ name: 'zhijia_app' }])
  expect(statSync(path.join(dataDir, 'secrets/database-zhijia_owner')).mode & 0o777).toBe(0o600)
  url.password = 'wrong'
  await expect(ask(url.href, 'select 1')).rejects.toThrow('password authentication failed')
})

if (asRoot)
  test('under a home nobody may enter, the data goes to /var/lib/zhijia and the start says so', async () => {
    chmodSync(home, 0o700)
    const lines: string[] = []
    const embedded = await start({ say: (line) => lines.push(line) })
    try {
      expect(embedded.dataDir).toMatch(/^\/var\/lib\/zhijia\//)
      expect(lines.join()).toContain(path.dirname(embedded.dataDir))
      expect(await ask(embedded.appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
      await embedded.stop()
      const again = await start()
      expect(again.dataDir).toBe(embedded.dataDir)
    } finally {
      for (const each of running.splice(0)) await each.stop()
      rmSync(path.dirname(embedded.dataDir), { recursive: true, force: true })
    }
  })
