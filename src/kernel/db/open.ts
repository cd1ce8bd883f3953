import pg from 'pg'
import type { Installation } from '../config.ts'
import { startEmbedded } from './embedded.ts'
import { allMigrations, migrate, pendingMigrations } from './migrate.ts'
import { appRole, appUrlFor, roleFaults } from './roles.ts'

export interface OpenedDatabase {
  /** May change the schema: migrations, backup, doctor. */
  ownerUrl: string
  /** Owns nothing: what the server and every command that acts for the operator use. */
  appUrl: string
  /** Files of migrations applied just now. */
  applied: string[]
  stop(): Promise<void>
}

type BeforeMigrating = (ownerUrl: string) => Promise<void>

/** Oldest PostgreSQL our SQL is written for, as server_version_num. */
const oldest = 150_000

/**
 * Starts or joins the installation's database, brings it to the newest schema and finds the server role's way in.
 * @param say hears one Chinese line for whatever takes more than a moment
 * @param beforeMigrating runs when a database with data is about to be changed: the automatic backup. 'as-is' changes
 *   nothing: doctor looks, restore starts from nothing
 */
export async function openDatabase(
  installation: Installation,
  say: (line: string) => void,
  beforeMigrating: BeforeMigrating | 'as-is',
): Promise<OpenedDatabase> {
  const { databaseUrl, appDatabaseUrl, dataDir } = installation
  const embedded = databaseUrl ? null : await startEmbedded({ dataDir, say })
  const ownerUrl = embedded?.ownerUrl ?? databaseUrl!
  const owner = new pg.Client(ownerUrl)
  owner.on('error', () => {})
  try {
    await owner.connect().catch((error: Error) => {
      throw new Error(`连接不上数据库（${error.message}）。请检查 DATABASE_URL 和数据库是否在运行。`, { cause: error })
    })
    await refuseUnfit(owner)
    const applied = beforeMigrating === 'as-is' ? [] : await bringUpToDate(owner, ownerUrl, say, beforeMigrating)
    const there = await owner.query(`select from pg_roles where rolname = $1`, [appRole])
    const appUrl =
      embedded?.appUrl ?? appDatabaseUrl ?? (there.rows.length ? await appUrlFor(owner, ownerUrl, dataDir) : ownerUrl)
    if (beforeMigrating !== 'as-is') await refuseMighty(appUrl)
    return { ownerUrl, appUrl, applied, stop: async () => embedded?.stop() }
  } catch (error) {
    await embedded?.stop()
    throw error
  } finally {
    await owner.end().catch(() => {})
  }
}

async function refuseUnfit(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ version: number; encoding: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
  )
  if (rows[0]!.version < oldest) throw new Error('数据库版本太旧：需要 PostgreSQL 15 或更高版本。')
  if (rows[0]!.encoding !== 'UTF8') throw new Error('数据库的编码不是 UTF8，请用 UTF8 编码重新建立数据库。')
}

async function bringUpToDate(
  owner: pg.Client,
  ownerUrl: string,
  say: (line: string) => void,
  beforeMigrating: BeforeMigrating,
): Promise<string[]> {
  const pending = await pendingMigrations(owner)
  const fresh = pending.length === (await allMigrations()).length
  if (pending.length) {
    if (!fresh) await beforeMigrating(ownerUrl)
    say(fresh ? '正在建立数据表 …' : `正在升级数据库（${pending.length} 步）…`)
  }
  return migrate(owner)
}

/** A server that could bypass row security would make every promise about who sees what worthless. */
async function refuseMighty(appUrl: string): Promise<void> {
  const app = new pg.Client(appUrl)
  app.on('error', () => {})
  await app.connect().catch((error: Error) => {
    throw new Error(`服务账户登录不了数据库（${error.message}）。请检查 APP_DATABASE_URL。`, { cause: error })
  })
  try {
    const faults = await roleFaults(app)
    if (faults.length) throw new Error(faults.join('\n'))
  } finally {
    await app.end()
  }
}
