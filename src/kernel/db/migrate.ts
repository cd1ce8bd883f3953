import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { installQueue } from '../jobs/install.ts'

const folder = path.resolve(import.meta.dirname, '../../../db')
const grants = 'grants.sql'

type Client = pg.Client | pg.PoolClient

/** Names of the migrations of this version, in order. */
export async function allMigrations(): Promise<string[]> {
  return (await readdir(path.join(folder, 'migrations'))).filter((file) => file.endsWith('.sql')).toSorted()
}

/**
 * Migrations this version has and the database has not.
 * @throws when the database was written by a newer version, which this one would damage
 */
export async function pendingMigrations(client: Client): Promise<string[]> {
  const { rows: exists } = await client.query<{ there: boolean }>(
    `select to_regclass('kernel_migration.applied') is not null as there`,
  )
  const all = await allMigrations()
  if (!exists[0]!.there) return all
  const applied = new Set((await appliedMigrations(client)).keys())
  const unknown = [...applied].filter((name) => !all.includes(name))
  if (unknown.length) throw new Error(`数据库由更新的版本写成（${unknown.at(-1)}），本版本不能使用。请先升级程序。`)
  return all.filter((name) => !applied.has(name))
}

async function appliedMigrations(client: Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from kernel_migration.applied where name <> $1',
    [grants],
  )
  return new Map(rows.map((row) => [row.name, row.sha256]))
}

/**
 * Brings the database to the newest schema: forward only, plain SQL, one transaction a file, under an advisory lock,
 * then grants the server's role what it may do. Returns the names of the files applied.
 * @param client a connection of the owner
 * @param only apply these names and no others: how a restore reaches the schema a backup was made with
 * @throws when a file that was applied has been edited since
 */
export async function migrate(client: Client, only?: readonly string[]): Promise<string[]> {
  await client.query('select pg_advisory_lock(5170001)')
  try {
    await client.query(`
      create schema if not exists kernel_migration;
      create table if not exists kernel_migration.applied (
        name text primary key, sha256 text not null, applied_at timestamptz not null default now());
      do $$ begin
        if not exists (select from pg_roles where rolname = 'zhijia_app') then
          create role zhijia_app nologin;
        end if;
      end $$;`)
    const known = await appliedMigrations(client)
    const applied: string[] = []
    for (const name of await allMigrations()) {
      if (only && !only.includes(name)) continue
      const { text, sha256 } = await readSql(path.join('migrations', name))
      const before = known.get(name)
      if (before === sha256) continue
      if (before) throw new Error(`migration ${name} was edited after it was applied; add a new file instead`)
      await inTransaction(client, name, text, sha256)
      applied.push(name)
    }
    const { text, sha256 } = await readSql(grants)
    const { rows } = await client.query('select from kernel_migration.applied where name = $1 and sha256 = $2', [
      grants,
      sha256,
    ])
    const queueChanged = await installQueue(client)
    // New tables need their rights; otherwise nothing changed, and every command would take the locks for nothing.
    if (applied.length || queueChanged || !rows.length) await inTransaction(client, grants, text, sha256)
    return applied
  } finally {
    await client.query('select pg_advisory_unlock(5170001)')
  }
}

async function readSql(name: string): Promise<{ text: string; sha256: string }> {
  const text = await readFile(path.join(folder, name), 'utf8')
  return { text, sha256: createHash('sha256').update(text).digest('hex') }
}

/** SHA-256 of a migration as this version has it. */
export const migrationHash = async (name: string): Promise<string> =>
  (await readSql(path.join('migrations', name))).sha256

async function inTransaction(client: Client, name: string, text: string, sha256: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query(
      `insert into kernel_migration.applied (name, sha256) values ($1, $2)
       on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()`,
      [name, sha256],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}
