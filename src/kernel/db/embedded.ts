import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { canEnter, serverUser, systemFolder, type ServerUser } from './embedded-binaries.ts'
import { bringUp, runningServer, takeDown, type Cluster } from './embedded-server.ts'
import { houseId, lockHouse } from './house-lock.ts'
import { appRole, quoteLiteral, secret } from './roles.ts'

/** The superuser of the embedded server: owns the schema, migrates. Reached over the private socket only. */
const ownerRole = 'zhijia_owner'
const databaseName = 'zhijia'
/** Every process that uses the server holds one idle connection of this name; the last one to leave stops the server. */
const presenceName = 'zhijia-presence'

export interface EmbeddedOptions {
  /** The installation's data folder; the cluster lies in `postgres` below it. */
  dataDir: string
  /** Also listen on 127.0.0.1:port, with passwords. Unix socket only when absent. */
  port?: number
  /** No fsync: a power cut loses everything. For tests only. */
  fast?: boolean
  /** Hears one Chinese line for whatever an operator should know or wait for. */
  say?: (line: string) => void
}

export interface Embedded {
  /** Superuser, for migrations, backup and doctor. */
  ownerUrl: string
  /** The server's own role: owns nothing, can't bypass row security. */
  appUrl: string
  /** Where the cluster really lies. */
  dataDir: string
  /** True when a running server was joined instead of started. */
  adopted: boolean
  /** Leaves; stops the server unless another process still uses it. */
  stop(): Promise<void>
}

/**
 * Starts the embedded PostgreSQL, or joins the one that already serves this data folder (another command's, or one
 * that outlived a killed process), and keeps it running: if it dies, it is started again.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const say = options.say ?? (() => {})
  const here = placeCluster(options, say)
  let presence: pg.Client | null = null
  let stopping = false
  let adopted = true

  const arrive = async (): Promise<void> => {
    const lock = await lockHouse(options.dataDir, 'database')
    try {
      adopted = await bringUp(here, say)
      presence = await join(here)
      presence.once('end', () => {
        presence = null
        if (!stopping) void comeBack()
      })
    } finally {
      await lock.release()
    }
  }
  /** The server went away under us: bring it back, with growing pauses while it fails. */
  const comeBack = async (): Promise<void> => {
    say('数据库意外停止，正在重新启动 …')
    for (let wait = 100; !stopping; wait = Math.min(wait * 2, 10_000)) {
      try {
        await arrive()
        return say('数据库已恢复。')
      } catch (error) {
        say(`数据库未能启动，稍后再试：${(error as Error).message}`)
        await pause(wait)
      }
    }
  }

  await arrive()
  const urls = await prepare(here, options)
  return {
    ...urls,
    dataDir: here.folder,
    adopted,
    stop: async () => {
      if (stopping) return
      stopping = true
      const lock = await lockHouse(options.dataDir, 'database')
      try {
        if (!presence) return
        // A process killed a moment ago is still counted until the server notices: ask twice before leaving it on.
        const alone = (await others(presence)) === 0 || (await pause(150), (await others(presence)) === 0)
        await presence.end()
        if (alone) await takeDown(here)
      } finally {
        await lock.release()
      }
    },
  }
}

/** Decides where cluster and socket lie and who runs them. */
function placeCluster(options: EmbeddedOptions, say: (line: string) => void): Cluster {
  const house = houseId(options.dataDir)
  const near = path.resolve(options.dataDir)
  const far = path.join(systemFolder, house)
  const hasCluster = (folder: string): boolean => existsSync(path.join(folder, 'postgres/PG_VERSION'))
  const asRoot = process.getuid?.() === 0
  let root = near
  let user: ServerUser
  if (hasCluster(near) || (asRoot && hasCluster(far))) {
    root = hasCluster(near) ? near : far
    // Whoever made the data keeps it: `sudo npm start` after `npm start` must not lock the first user out.
    user = serverUser(statSync(path.join(root, 'postgres')).uid)
    if (user.uid === 0 || !canEnter(user, root))
      throw new Error(
        `账户 ${user.name} 进不了数据文件夹 ${root}。请用 chmod 允许它进入该文件夹及其各级上级文件夹，或换一个 DATA_DIR。`,
      )
    if (!asRoot && statSync(path.join(root, 'postgres')).uid !== user.uid)
      throw new Error(`${root} 里的数据属于另一个账户。请用原来的账户启动，或用 root 启动。`)
  } else {
    user = serverUser()
    if (!canEnter(user, near)) {
      root = far
      mkdirSync(root, { recursive: true, mode: 0o711 })
      chmodSync(systemFolder, 0o711)
    }
  }
  if (root === far) {
    say(`数据库账户 ${user.name} 进不了 ${near}，数据库放在 ${far}。`)
    writeFileSync(path.join(near, '数据库位置.txt'), `数据库放在 ${path.join(far, 'postgres')}\n`)
  }
  let socketFolder = path.join(root, 'socket')
  // The kernel allows 107 bytes for a socket's path.
  if (Buffer.byteLength(socketFolder) > 85)
    socketFolder = path.join(asRoot ? '/run' : (process.env.XDG_RUNTIME_DIR ?? os.tmpdir()), `zhijia-${house}`)
  privateFolder(socketFolder, user)
  return {
    folder: path.join(root, 'postgres'),
    logFile: path.join(root, 'postgres.log'),
    socketFolder,
    user,
    ownerRole,
    port: options.port ?? null,
    fast: options.fast ?? false,
  }
}

/** A 0700 folder of the server's account. @throws when somebody else put something there */
function privateFolder(folder: string, user: ServerUser): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (process.getuid?.() === 0) chownSync(folder, user.uid, user.gid)
  if (statSync(folder).uid !== user.uid) throw new Error(`${folder} 属于另一个账户，请删除它后重新启动。`)
  chmodSync(folder, 0o700)
}

/** Opens the idle connection that tells others we are here. */
async function join(here: Cluster): Promise<pg.Client> {
  const client = new pg.Client({
    host: here.socketFolder,
    port: runningServer(here)?.port ?? here.port ?? 5432,
    user: ownerRole,
    database: 'postgres',
    application_name: presenceName,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** How many other processes use the server. */
async function others(presence: pg.Client): Promise<number> {
  const { rows } = await presence.query<{ others: number }>(
    'select count(*)::int as others from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
    [presenceName],
  )
  return rows[0]!.others
}

/** Database, roles and their ways in. Runs at each start: whatever is missing is made. */
async function prepare(here: Cluster, options: EmbeddedOptions): Promise<{ ownerUrl: string; appUrl: string }> {
  const running = runningServer(here)
  const port = running?.port ?? here.port ?? 5432
  const client = new pg.Client({ host: here.socketFolder, port, user: ownerRole, database: 'postgres' })
  await client.connect()
  try {
    const { rows } = await client.query('select from pg_database where datname = $1', [databaseName])
    if (!rows.length) await client.query(`create database ${databaseName}`)
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${appRole}') then create role ${appRole}; end if; end $$;
      alter role ${appRole} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication`)
    if (!options.port) {
      const url = (role: string): string =>
        `postgres://${role}@localhost:${port}/${databaseName}?host=${encodeURIComponent(here.socketFolder)}`
      return { ownerUrl: url(ownerRole), appUrl: url(appRole) }
    }
    const url = async (role: string): Promise<string> => {
      const password = secret(options.dataDir, `database-${role}`, () => randomBytes(24).toString('hex'))
      const { rows: has } = await client.query('select from pg_authid where rolname = $1 and rolpassword is not null', [
        role,
      ])
      // An installation that uses this server by DATABASE_URL gave its role a password of its own.
      if (role === ownerRole || !has.length) await client.query(`alter role ${role} password ${quoteLiteral(password)}`)
      return `postgres://${role}:${password}@127.0.0.1:${port}/${databaseName}`
    }
    return { ownerUrl: await url(ownerRole), appUrl: await url(appRole) }
  } finally {
    await client.end()
  }
}
