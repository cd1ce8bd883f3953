import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, expect, test, vi } from 'vitest'

/** The server and the command line as processes, on a data folder of their own. */
const root = path.resolve(import.meta.dirname, '..')
const home = mkdtempSync(path.join(os.tmpdir(), 'zj-house-'))
chmodSync(home, 0o711)
const dataDir = path.join(home, 'data')
const port = await freePort()
const started: ChildProcess[] = []

interface Run {
  child: ChildProcess
  output: () => string
  ended: Promise<number | null>
}

function run(script: string, words: string[] = [], more: NodeJS.ProcessEnv = {}): Run {
  const env = { ...process.env, DATA_DIR: dataDir, PORT: String(port), DEMO: '0', ...more }
  const child = spawn(process.execPath, [path.join(root, script), ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  return { child, output: () => output, ended }
}

async function serve(): Promise<Run> {
  const server = run('src/server.ts')
  await vi.waitFor(
    async () => {
      if (server.child.exitCode !== null) throw new Error(server.output())
      expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    },
    { timeout: 60_000, interval: 100 },
  )
  return server
}

const zhijia = async (
  words: string[],
  more: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; output: string }> => {
  const command = run('src/cli.ts', words, more)
  const code = await command.ended
  return { code, output: command.output() }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as net.AddressInfo
      server.close(() => resolve(free))
    })
  })
}

const databasePid = (): string | null => {
  const file = path.join(dataDir, 'postgres/postmaster.pid')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0]! : null
}

async function asOwner<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  const client = new pg.Client({ host: path.join(dataDir, 'socket'), user: 'zhijia_owner', database: 'zhijia' })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

test('the first start makes everything, prints a one-time link and no password; SIGTERM stops it all', async () => {
  const server = await serve()
  await vi.waitFor(() => expect(server.output()).toMatch(/http:\/\/127\.0\.0\.1:\d+\/setup#[\w-]{20,}/))
  expect(server.output()).not.toMatch(/密码/)

  const second = run('src/server.ts', [], { PORT: String(await freePort()) })
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(`职家已经在使用数据文件夹 ${dataDir} 运行`)

  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  expect(databasePid()).toBeNull()
})

test('killed outright, it starts again over the database that went on, with everything that was acknowledged', async () => {
  const server = await serve()
  await asOwner(`insert into kernel.setting (key, value) values ('before-the-kill', '1')`)
  const pid = databasePid()
  server.child.kill('SIGKILL')
  await server.ended
  expect(databasePid()).toBe(pid)
  await serve()
  expect(databasePid()).toBe(pid)
  expect(await asOwner(`select key from kernel.setting where key = 'before-the-kill'`)).toHaveLength(1)
})

test('a command joins the running server, backs it up, and a restore elsewhere holds the same', async () => {
  await serve()
  const folder = path.join(home, 'kept')
  const backup = await zhijia(['backup', '--out', folder])
  expect(backup).toMatchObject({ code: 0 })
  const file = /已备份：(.+\.zip)/.exec(backup.output)![1]!
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)

  const refused = await zhijia(['restore', file])
  expect(refused.code).toBe(1)
  expect(refused.output).toContain('请先停止它')

  const elsewhere = { DATA_DIR: path.join(home, 'elsewhere') }
  const restored = await zhijia(['restore', file], elsewhere)
  expect(restored.output).toContain('已恢复')
  expect(restored.code).toBe(0)
  const again = await zhijia(['restore', file], elsewhere)
  expect(again.code).toBe(1)
  expect(again.output).toContain('已经有内容')
  const healthy = await zhijia(['doctor'], elsewhere)
  expect(healthy.output).toContain('✓ 服务账户不拥有任何表')
  expect(healthy.code).toBe(0)
})

test('a command called wrongly says how it is called, and settings that are wrong are named', async () => {
  const unknown = await zhijia(['fly'])
  expect(unknown.code).toBe(2)
  expect(unknown.output).toContain('没有“fly”这个命令')
  const missing = await zhijia(['db', 'start'])
  expect(missing.code).toBe(2)
  expect(missing.output).toContain('--port')
  const help = await zhijia(['backup', '--help'])
  expect(help.code).toBe(0)
  expect(help.output).toContain('--out')
  const badPort = await zhijia(['doctor'], { PORT: '80a' })
  expect(badPort.code).toBe(1)
  expect(badPort.output).toContain('PORT 应为')
})

test('with DATABASE_URL the server logs in as the role that owns nothing, and refuses the owner', async () => {
  const free = await freePort()
  const folder = path.join(home, 'server')
  const database = run('src/cli.ts', ['db', 'start', '--port', String(free), '--dir', folder])
  await vi.waitFor(() => expect(database.output()).toContain('DATABASE_URL='), { timeout: 30_000 })
  const url = /DATABASE_URL=(\S+)/.exec(database.output())![1]!
  const there = { DATABASE_URL: url, DATA_DIR: path.join(home, 'given') }
  expect(await zhijia(['upgrade'], there)).toMatchObject({ code: 0 })
  const healthy = await zhijia(['doctor'], there)
  expect(healthy.output).toContain('✓ 服务账户不拥有任何表')
  const asOwnerRole = await zhijia(['doctor'], { ...there, APP_DATABASE_URL: url })
  expect(asOwnerRole.code).toBe(1)
  expect(asOwnerRole.output).toContain('✗ 服务账户 zhijia_owner')
  const server = run('src/server.ts', [], { ...there, APP_DATABASE_URL: url })
  expect(await server.ended).toBe(1)
  expect(server.output()).toContain('能绕过行级权限')
})
