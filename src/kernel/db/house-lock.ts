import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

export interface HouseLock {
  release(): Promise<void>
}

/** Short stable name of a folder, for sockets and places outside it. */
export function houseId(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  return createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 12)
}

/**
 * Takes a lock on a data folder, or returns null when another process has it. The kernel drops it with the process,
 * however that dies, so there is nothing stale to clean up.
 * @param purpose locks of different purposes don't meet
 */
export async function tryLockHouse(folder: string, purpose: 'server' | 'database'): Promise<HouseLock | null> {
  const name = `zhijia-${purpose}-${houseId(folder)}`
  if (process.platform === 'linux') return listen(`\0${name}`)
  // No abstract sockets here: a socket file nobody answers on is a dead process's.
  const file = path.join(os.tmpdir(), `${name}.sock`)
  const lock = await listen(file)
  if (lock || (await answers(file))) return lock
  rmSync(file, { force: true })
  return listen(file)
}

/** Waits for the lock. @throws after `seconds` */
export async function lockHouse(folder: string, purpose: 'server' | 'database', seconds = 120): Promise<HouseLock> {
  for (let waited = 0; waited < seconds * 20; waited++) {
    const lock = await tryLockHouse(folder, purpose)
    if (lock) return lock
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`等了 ${seconds} 秒，另一个进程仍在启动或停止 ${folder} 的数据库。请确认没有别的职家进程卡住后再试。`)
}

function listen(address: string): Promise<HouseLock | null> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen(address, () => {
      // The lock must not keep a finished process alive.
      server.unref()
      resolve({ release: () => new Promise((done) => server.close(() => done())) })
    })
  })
}

function answers(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(file)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.unref()
  })
}
