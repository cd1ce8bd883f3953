// A throw-away server from the PostgreSQL that Debian installs, for testing on the oldest version we support.
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const base = '/usr/lib/postgresql'

/** @returns {string | null} the folder with initdb and postgres of the oldest version from 15 on */
export function findPostgres() {
  if (!existsSync(base)) return null
  const versions = readdirSync(base)
    .map(Number)
    .filter((version) => version >= 15)
    .toSorted((a, b) => a - b)
  return (
    versions
      .map((version) => path.join(base, String(version), 'bin'))
      .find((bin) => existsSync(path.join(bin, 'initdb'))) ?? null
  )
}

/** Starts an empty server on a private socket. */
export async function startPostgres(bin) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zhijia-pg-'))
  const user = account()
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid)
  const run = (program, ...words) => {
    const result = spawnSync(path.join(bin, program), words, { ...user, cwd: '/', encoding: 'utf8' })
    if (result.status !== 0) throw new Error(`${program}: ${result.stderr || result.error?.message}`)
  }
  const cluster = path.join(folder, 'data')
  run('initdb', '-D', cluster, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync')
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    fsync: 'off',
    full_page_writes: 'off',
    timezone: 'Asia/Shanghai',
  }
  const words = Object.entries(settings)
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(' ')
  run('pg_ctl', '-D', cluster, '-w', '-s', '-l', path.join(folder, 'log'), '-o', words, 'start')
  return {
    url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
    stop: () => {
      run('pg_ctl', '-D', cluster, '-w', '-s', '-m', 'immediate', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root. */
function account() {
  if (process.getuid?.() !== 0) return {}
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const [, , uid, gid] = ['postgres', 'nobody']
    .map((name) => accounts.find((fields) => fields[0] === name))
    .find(Boolean)
  return { uid: Number(uid), gid: Number(gid) }
}
