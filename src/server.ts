import { existsSync } from 'node:fs'
import path from 'node:path'
import { upgrading } from './kernel/backup/upgrading.ts'
import { readConfig } from './kernel/config.ts'
import { connect } from './kernel/db/database.ts'
import { tryLockHouse, type HouseLock } from './kernel/db/house-lock.ts'
import { openDatabase } from './kernel/db/open.ts'
import type { Services } from './kernel/http/services.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

/** What must be undone on the way out, newest first. */
const closing: (() => Promise<void>)[] = []
let leaving = false

async function leave(code: number): Promise<void> {
  if (leaving) return
  leaving = true
  // A request that never ends must not keep us from stopping the database in order.
  setTimeout(() => process.exit(code || 1), 30_000).unref()
  for (const close of closing.toReversed()) await close().catch((error: Error) => say(error.message))
  process.exit(code)
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (!leaving) say('正在停止 …')
    void leave(0)
  })
// The process that started us (npm start) is gone: go too, instead of holding the port unseen.
process.on('disconnect', () => void leave(0))

async function lockData(dataDir: string): Promise<HouseLock> {
  const lock = await tryLockHouse(dataDir, 'server')
  if (!lock) throw new Error(`职家已经在使用数据文件夹 ${dataDir} 运行。请先停止它，或用 DATA_DIR 指定另一个文件夹。`)
  return lock
}

async function main(): Promise<void> {
  const installation = readConfig()
  const web = path.resolve(import.meta.dirname, '../dist')
  const config = { ...installation, webDir: existsSync(path.join(web, 'index.html')) ? web : null }
  const lock = await lockData(config.dataDir)
  closing.push(() => lock.release())
  const opening = openDatabase(installation, say, upgrading(installation, say))
  // Registered before it is there: a signal during the start must not leave the database running behind us.
  closing.push(async () => (await opening.catch(() => null))?.stop())
  // All rooms are loaded while the database starts in a process of its own.
  const [database, rooms] = await Promise.all([opening, import('./rooms.ts')])
  const { buildApp, createAuthenticate, firstStart, jobs, routes, served, startWorkers } = rooms
  const connection = connect(database.appUrl, { max: 20 })
  closing.push(() => connection.close())
  const services: Services = { db: connection.db, config, today }

  const welcome = await firstStart(services, installation, say)
  const app = await buildApp(services, createAuthenticate(services), routes)
  closing.push(() => app.close())
  const workers = await startWorkers(services, jobs)
  closing.push(() => workers.stop())
  for (const { start } of served) if (start) closing.push(await start(services, say))
  await app.listen({ host: config.host, port: config.port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new Error(`端口 ${config.port} 已被别的程序占用。请停止那个程序，或用 PORT 指定另一个端口。`)
  })
  say(`职家已启动：${config.publicUrl}`)
  for (const line of welcome) say(line)
}

await main().catch(async (error: Error) => {
  // What was under way when the stop came fails, and that is all right.
  if (leaving) return
  process.stderr.write(`${error.message}\n`)
  if (process.env['DEBUG']) process.stderr.write(`${error.stack}\n`)
  await leave(1)
})
