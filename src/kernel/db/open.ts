import pg from 'pg'
import type { Installation } from '../config.ts'
import { startEmbedded } from './embedded.ts'
import { allMigrations, migrate, pendingMigrations } from './migrate.ts'
import { appUrlFor } from './roles.ts'

export interface OpenedDatabase {
  /** May change the schema: migrations, backup, doctor. */
  ownerUrl: string
  /** Owns nothing: what the server and every command that acts for the operator use. */
  appUrl: string
  /** Files of migrations applied just now. */
  applied: string[]
  stop(): Promise<void>
}

/** Oldest PostgreSQL our SQL is written for, as server_version_num. */
const oldest = 150_000

/**
 * Starts or joins the installation's database, brings it to the newest schema and finds the server role's way in.
 * @param say hears one Chinese line for whatever takes more than a moment
 * @param beforeMigrating runs when a database with data is about to be changed: the automatic backup
 */
export async function openDatabase(
  installation: Installation,
  say: (line: string) => void,
  beforeMigrating: (ownerUrl: string, pending: string[]) => Promise<void> = async () => {},
): Promise<OpenedDatabase> {
  const embedded = installation.databaseUrl ? null : await startEmbedded({ dataDir: installation.dataDir, say })
  const ownerUrl = embedded?.ownerUrl ?? installation.databaseUrl!
  const owner = new pg.Client(ownerUrl)
  owner.on('error', () => {})
  try {
    await owner.connect().catch((error: Error) => {
      throw new Error(`连接不上数据库（${error.message}）。请检查 DATABASE_URL 和数据库是否在运行。`, { cause: error })
    })
    const { rows } = await owner.query<{ version: number; encoding: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
    )
    if (rows[0]!.version < oldest) throw new Error('数据库版本太旧：需要 PostgreSQL 15 或更高版本。')
    if (rows[0]!.encoding !== 'UTF8') throw new Error('数据库的编码不是 UTF8，请用 UTF8 编码重新建立数据库。')
    const pending = await pendingMigrations(owner)
    if (pending.length) {
      const fresh = pending.length === (await allMigrations()).length
      say(fresh ? '正在建立数据表 …' : `正在升级数据库（${pending.length} 步）…`)
      if (!fresh) await beforeMigrating(ownerUrl, pending)
    }
    const applied = await migrate(owner)
    const appUrl =
      embedded?.appUrl ?? installation.appDatabaseUrl ?? (await appUrlFor(owner, ownerUrl, installation.dataDir))
    return { ownerUrl, appUrl, applied, stop: async () => embedded?.stop() }
  } catch (error) {
    await embedded?.stop()
    throw error
  } finally {
    await owner.end().catch(() => {})
  }
}
