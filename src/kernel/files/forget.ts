import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import { defineJob } from '../jobs/jobs.ts'
import { openStore, type Store } from './store.ts'

/** Uploads and removals of the same bytes wait for each other until the transaction ends. */
export const lockBytes = (tx: Tx, sha256: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(5170023, hashtext(${sha256}))`.execute(tx)

/**
 * Deletes the attachments of objects, links that were taken away included; a file that belongs to something else too stays.
 * Bytes that nothing names any more are noted to go: rows first, bytes after the commit. @returns how many files
 */
export async function forgetFiles(tx: Tx, objectKind: string, objectIds: readonly number[]): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with unlinked as (
      delete from kernel.file_link where object_kind = ${objectKind} and object_id = any(${objectIds}::bigint[]) returning file_id)
    select distinct file_id as id from unlinked`.execute(tx)
  const ids = rows.map((row) => row.id)
  const gone = await sql<{ sha256: Buffer }>`
    delete from kernel.file f where f.id = any(${ids}::bigint[])
      and not exists (select from kernel.file_link l where l.file_id = f.id) returning f.sha256`.execute(tx)
  await sql`insert into kernel.file_gone (sha256)
    select distinct sha from unnest(${gone.rows.map((row) => row.sha256)}::bytea[]) as sha
    where not exists (select from kernel.file f where f.sha256 = sha) on conflict do nothing`.execute(tx)
  return gone.rows.length
}

/**
 * Takes away the bytes that nothing names. May stop anywhere: the note goes last. @returns how many contents were removed
 */
export async function sweepGone(db: Db, store: Store): Promise<number> {
  const { rows } = await sql<{
    sha: string
  }>`select encode(sha256, 'hex') as sha from kernel.file_gone order by gone_at`.execute(db)
  let removed = 0
  for (const { sha } of rows)
    removed += await db.transaction().execute(async (tx) => {
      await lockBytes(tx, sha)
      const hash = Buffer.from(sha, 'hex')
      const named = await sql`select from kernel.file where sha256 = ${hash} limit 1`.execute(tx)
      if (!named.rows.length) await store.remove(sha)
      await sql`delete from kernel.file_gone where sha256 = ${hash}`.execute(tx)
      return named.rows.length ? 0 : 1
    })
  return removed
}

/** What a crash between the rows and the bytes left behind. */
export const sweepStrays = defineJob({
  name: 'files.sweep-strays',
  title: '清除已删除的附件',
  schedule: '40 3 * * *',
  exclusive: true,
  async run({ db, config }) {
    await sweepGone(db, openStore(config.dataDir))
  },
})
