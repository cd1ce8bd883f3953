import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'

const folder = path.resolve(import.meta.dirname, '../../../db')

/**
 * Brings the database to the newest schema: forward only, plain SQL, one transaction a file, under an advisory lock,
 * then (re)grants the server's role. Returns the names of the files applied.
 * @param client a connection of the owner
 * @throws when a file that was applied has been edited since
 */
export async function migrate(client: pg.Client | pg.PoolClient): Promise<string[]> {
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
    const known = new Map(
      (
        await client.query<{ name: string; sha256: string }>('select name, sha256 from kernel_migration.applied')
      ).rows.map((row) => [row.name, row.sha256]),
    )
    const applied: string[] = []
    for (const name of (await readdir(path.join(folder, 'migrations')))
      .filter((file) => file.endsWith('.sql'))
      .sort()) {
      const text = await readFile(path.join(folder, 'migrations', name), 'utf8')
      const sha256 = createHash('sha256').update(text).digest('hex')
      const before = known.get(name)
      if (before === sha256) continue
      if (before) throw new Error(`migration ${name} was edited after it was applied; add a new file instead`)
      await client.query('begin')
      try {
        await client.query(text)
        await client.query('insert into kernel_migration.applied (name, sha256) values ($1, $2)', [name, sha256])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error })
      }
      applied.push(name)
    }
    await client.query(await readFile(path.join(folder, 'grants.sql'), 'utf8'))
    return applied
  } finally {
    await client.query('select pg_advisory_unlock(5170001)')
  }
}
