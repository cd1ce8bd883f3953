import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { testDatabase, type TestDatabase } from '../../src/kernel/testing/database.ts'

export interface House extends TestDatabase {
  /** Where the browser goes: `http://127.0.0.1:PORT`. */
  url: string
  /** Holds the keys; a test that seals something itself needs it. */
  dataDir: string
  /** The one-time link that the first start printed, or null when somebody has an account already. */
  setupLink: string | null
}

const root = path.resolve(import.meta.dirname, '../..')

/**
 * The real server, as `npm start` runs it, on a database and a data folder of its own. Call it at the top of the file;
 * it ends with the file.
 * @param arrange fills the empty database before the server starts
 */
export async function openHouse(arrange?: (database: TestDatabase, dataDir: string) => Promise<void>): Promise<House> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-e2e-'))
  const database = await testDatabase()
  await arrange?.(database, dataDir)
  const port = await freePort()
  const { server, printed } = start({
    PORT: String(port),
    BOX_PORT: String(await freePort()),
    DATA_DIR: dataDir,
    DEMO: '0',
    DATABASE_URL: database.ownerUrl,
    APP_DATABASE_URL: database.appUrl,
  })
  // Hooks run newest first: the server leaves before its database is dropped.
  afterAll(async () => {
    await stop(server)
    rmSync(dataDir, { recursive: true, force: true })
  })
  const url = `http://127.0.0.1:${port}`
  await serving(server, url, printed)
  return { ...database, url, dataDir, setupLink: /http\S+\/setup#\S+/.exec(printed())?.[0] ?? null }
}

function start(settings: Record<string, string>): { server: ChildProcess; printed: () => string } {
  const server = spawn(process.execPath, ['src/server.ts'], {
    cwd: root,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [server.stdout!, server.stderr!])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { server, printed: () => text }
}

/** The server says its welcome after it listens: by then the link is among its words. */
async function serving(server: ChildProcess, url: string, printed: () => string): Promise<void> {
  for (let waited = 0; waited < 2400; waited++) {
    if (server.exitCode !== null) throw new Error(`the server ended:\n${printed()}`)
    if (printed().includes('职家已启动') && (await fetch(`${url}/healthz`).catch(() => null))?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the server was not ready within two minutes:\n${printed()}`)
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
}

async function freePort(): Promise<number> {
  const probe = net.createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as net.AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
