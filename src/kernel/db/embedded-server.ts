import { spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { postgresBinaries, type ServerUser } from './embedded-binaries.ts'

export interface Cluster {
  /** PGDATA */
  folder: string
  logFile: string
  socketFolder: string
  user: ServerUser
  ownerRole: string
  /** TCP port on 127.0.0.1, or null for the socket alone. */
  port: number | null
  fast: boolean
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Makes sure the server answers. Returns true when it already ran. Call under the house's database lock. */
export async function bringUp(here: Cluster, say: (line: string) => void): Promise<boolean> {
  const running = runningServer(here)
  if (running) {
    if (here.port && running.port !== here.port)
      throw new Error(
        `这个数据文件夹的数据库已在运行，但没有开放端口 ${here.port}。请先停止正在使用它的程序，再执行此命令。`,
      )
    await untilReady(here, running.port, () => runningServer(here) !== null, say)
    return true
  }
  const binaries = postgresBinaries(here.user, say)
  if (existsSync(path.join(here.folder, 'PG_VERSION'))) refuseOtherMajor(here.folder, binaries)
  else await initialise(here, binaries, say)
  // A crash leaves its pid file; the pid may belong to anybody by now, and PostgreSQL would believe it.
  rmSync(path.join(here.folder, 'postmaster.pid'), { force: true })
  for (let attempt = 1; ; attempt++) {
    const child = launch(here, binaries)
    let ended = false
    child.once('exit', () => (ended = true))
    try {
      await untilReady(here, here.port ?? 5432, () => !ended, say)
      return false
    } catch (error) {
      // After a kill -9 of the server its orphans hold the shared memory for a moment more.
      if (attempt >= 20 || !lastWords(here.logFile).includes('shared memory block')) throw error
      await pause(250)
    }
  }
}

/** The live server of this cluster by its pid file, or null. Another process under a reused pid doesn't count. */
export function runningServer(here: Cluster): { pid: number; port: number } | null {
  let lines: string[]
  try {
    lines = readFileSync(path.join(here.folder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  if (!(pid > 1) || !isPostgres(pid, here.folder)) return null
  return { pid, port: Number(lines[3]) || here.port || 5432 }
}

/** Whether that process lives and is a PostgreSQL server (of this folder). */
function isPostgres(pid: number, folder?: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  if (process.platform !== 'linux') return true
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return words[0]!.endsWith('postgres') && (folder === undefined || words.includes(folder))
  } catch {
    return false
  }
}

/** Stops the server in order: sessions are cut, everything is on disk. */
export async function takeDown(here: Cluster): Promise<void> {
  const running = runningServer(here)
  if (!running) return
  for (const [signal, seconds] of [
    ['SIGINT', 60],
    ['SIGQUIT', 10],
  ] as const) {
    process.kill(running.pid, signal)
    for (let waited = 0; waited < seconds * 40; waited++) {
      if (!existsSync(path.join(here.folder, 'postmaster.pid')) && !isPostgres(running.pid)) return
      await pause(25)
    }
  }
  throw new Error(`数据库（进程 ${running.pid}）没有停下来。请稍候再试，或用 kill ${running.pid} 结束它。`)
}

function refuseOtherMajor(folder: string, binaries: string): void {
  const cluster = readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim()
  const { stdout } = spawnSync(path.join(binaries, 'bin/postgres'), ['--version'], { encoding: 'utf8' })
  const program = /\) (\d+)/.exec(stdout)?.[1]
  if (program && program !== cluster)
    throw new Error(
      `${folder} 是 PostgreSQL ${cluster} 的数据，而本版本自带 ${program}。请先用旧版本执行 zhijia backup，换一个空的 DATA_DIR，再用本版本执行 zhijia restore。`,
    )
}

/** Makes an empty cluster beside its final place and renames it, so that a half-made one is never mistaken for data. */
async function initialise(here: Cluster, binaries: string, say: (line: string) => void): Promise<void> {
  say('第一次启动：正在建立数据库 …')
  const parent = path.dirname(here.folder)
  const stem = `${path.basename(here.folder)}.new-`
  for (const left of readdirSync(parent))
    if (left.startsWith(stem)) rmSync(path.join(parent, left), { recursive: true })
  const half = path.join(parent, `${stem}${process.pid}`)
  if (process.getuid?.() === 0) {
    // The account may not write into the parent, so we make the folder and hand it over.
    spawnSync('mkdir', ['-m', '700', half])
    chownSync(half, here.user.uid, here.user.gid)
  }
  const result = spawnSync(
    path.join(binaries, 'bin/initdb'),
    [
      '-D',
      half,
      '-U',
      here.ownerRole,
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      '--auth-local=trust',
      '--auth-host=scram-sha-256',
      '--no-instructions',
      ...(here.fast ? ['--no-sync'] : []),
    ],
    { ...asUser(here.user), encoding: 'utf8', env: plainEnvironment() },
  )
  if (result.status !== 0)
    throw new Error(`建立数据库失败：${result.error?.message ?? (result.stderr || result.stdout).trim()}`)
  renameSync(half, here.folder)
}

const asUser = (user: ServerUser): { uid?: number; gid?: number; cwd: string } =>
  process.getuid?.() === 0 ? { uid: user.uid, gid: user.gid, cwd: '/' } : { cwd: '/' }

/** PG* variables of the caller's shell must not steer our server. */
const plainEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  LANG: 'C',
  LC_ALL: 'C',
  TZ: 'Asia/Shanghai',
})

function launch(here: Cluster, binaries: string) {
  const memoryMb = os.totalmem() / 2 ** 20
  const sharedMb = here.fast ? 128 : Math.round(Math.min(1024, Math.max(64, memoryMb / 16)))
  const settings: Record<string, string | number> = {
    listen_addresses: here.port ? '127.0.0.1' : '',
    port: here.port ?? 5432,
    unix_socket_directories: here.socketFolder,
    unix_socket_permissions: '0700',
    max_connections: 100,
    shared_buffers: `${sharedMb}MB`,
    effective_cache_size: `${Math.round(memoryMb / 2)}MB`,
    // A whole city's year sorts half a million people and sums up a hundred thousand kinds of facts.
    work_mem: `${Math.round(Math.min(48, Math.max(16, memoryMb / 256)))}MB`,
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    log_checkpoints: 'off',
    // Statements carry people's data; the log must not.
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: 0,
    ...(here.fast && {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      wal_level: 'minimal',
      max_wal_senders: 0,
      autovacuum: 'off',
    }),
  }
  if (existsSync(here.logFile) && statSync(here.logFile).size > 20 * 2 ** 20) truncateSync(here.logFile)
  appendFileSync(here.logFile, '', { mode: 0o600 })
  const log = openSync(here.logFile, 'a')
  const child = spawn(
    path.join(binaries, 'bin/postgres'),
    ['-D', here.folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // In a session of its own: Ctrl-C in the terminal is for us, who then stop the server in order.
    { ...asUser(here.user), env: plainEnvironment(), detached: true, stdio: ['ignore', log, log] },
  )
  child.on('error', (error) => appendFileSync(here.logFile, `${error.message}\n`))
  child.unref()
  closeSync(log)
  return child
}

/** Waits until the server lets us in, however long recovery takes, as long as it lives. */
async function untilReady(
  here: Cluster,
  port: number,
  alive: () => boolean,
  say: (line: string) => void,
): Promise<void> {
  const started = performance.now()
  let told = 2000
  for (let wait = 10; ; wait = Math.min(wait * 1.5, 250)) {
    const client = new pg.Client({
      host: here.socketFolder,
      port,
      user: here.ownerRole,
      database: 'postgres',
      connectionTimeoutMillis: 5000,
    })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (!alive())
        throw new Error(
          `数据库没有启动成功（${(error as Error).message}）。日志 ${here.logFile}：\n${lastWords(here.logFile)}`,
          { cause: error },
        )
    }
    if (performance.now() - started > told) {
      say('数据库正在恢复上次的内容，请稍候 …')
      told += 10_000
    }
    await pause(wait)
  }
}

/** The server's last words, for an error message. */
function lastWords(logFile: string, lines = 8): string {
  if (!existsSync(logFile)) return ''
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
}
