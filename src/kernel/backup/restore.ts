import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { conflict, Problem } from '../contract/problem.ts'
import { allMigrations, migrate, migrationHash, pendingMigrations } from '../db/migrate.ts'
import { openArchive, type Archive } from './archive.ts'
import { keyCheck, paced } from './backup.ts'
import type { Manifest } from './manifest.ts'
import { dataTables, quoted, quoteIdent } from './tables.ts'

export interface RestoreOptions {
  file: string
  /** An empty database, or one this command may migrate from nothing. */
  ownerUrl: string
  dataDir: string
  say?: (line: string) => void
}

export interface RestoreResult {
  madeAt: string
  tables: number
  rows: number
  files: number
  /** Migrations applied on top, when the backup is of an older version. */
  applied: string[]
  /** False: the sealed fields need the master key of the time, which is not the one here. */
  keyFits: boolean
}

/**
 * Puts a backup into an empty installation: checks every hash, migrates to the schema of the backup, loads all tables
 * in one transaction, compares row counts, puts the keys and foreign keys back over the data, then migrates on.
 * @throws Problem `backup-damaged` | `backup-newer` | 409 `not-empty`; the database is then as it was
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const say = options.say ?? (() => {})
  say('正在检查备份文件 …')
  const archive = await openArchive(options.file)
  const client = new pg.Client(options.ownerUrl)
  try {
    const { manifest } = archive
    await refuseNewer(manifest)
    await client.connect()
    await client.query(`set statement_timeout = 0; set timezone = 'UTC'; set datestyle = 'ISO'`)
    await refuseUsed(client)
    await migrate(
      client,
      manifest.migrations.map((each) => each.name),
    )
    await client.query('begin')
    try {
      await loadTables(client, archive, say)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    }
    await loadFiles(options.dataDir, archive, say)
    const applied = await migrate(client)
    await client.query('analyze')
    return {
      madeAt: manifest.madeAt,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      files: manifest.files.length,
      applied,
      keyFits: manifest.keyCheck === null || manifest.keyCheck === keyCheck(options.dataDir),
    }
  } finally {
    archive.close()
    await client.end().catch(() => {})
  }
}

/** A backup of a newer version has tables this one doesn't know. */
async function refuseNewer(manifest: Manifest): Promise<void> {
  const known = await allMigrations()
  for (const { name, sha256 } of manifest.migrations)
    if (!known.includes(name) || (await migrationHash(name)) !== sha256)
      throw new Problem(
        422,
        'backup-newer',
        `这份备份来自更新的或不同的版本（${name}），本版本不能恢复。请先升级程序。`,
      )
}

/** Nothing may be overwritten: whoever wants the old state back restores beside it and switches over. */
async function refuseUsed(client: pg.Client): Promise<void> {
  const pending = await pendingMigrations(client)
  if (pending.length === (await allMigrations()).length) return
  const { rows } = await client.query<{ used: boolean }>(
    `select exists (select from kernel.audit) or exists (select from kernel.record) or exists (select from kernel.fact) as used`,
  )
  if (rows[0]!.used)
    throw conflict(
      'not-empty',
      '数据库里已经有内容，不能在上面恢复。请用 DATA_DIR 指定一个新的空文件夹（或用 DATABASE_URL 指定空数据库），恢复后再从那里启动。',
    )
}

interface Kept {
  table: string
  name: string
  definition: string
}

async function loadTables(client: pg.Client, archive: Archive, say: (line: string) => void): Promise<void> {
  const present = await dataTables(client)
  const names = present.map(quoted)
  // Foreign keys would ask for an order of tables that cycles don't have; put back, they check everything at once.
  const { rows: foreignKeys } = await client.query<Kept>(
    `select conrelid::regclass::text as "table", quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conparentid = 0
       and conrelid = any (select unnest($1::text[])::regclass)`,
    [names],
  )
  for (const key of foreignKeys) await client.query(`alter table ${key.table} drop constraint ${key.name}`)
  // The business triggers refuse what history legitimately holds (a reversed fact). They come back with the commit.
  for (const table of names) await client.query(`alter table ${table} disable trigger user`)
  // What migrations put in is in the backup too, as it was by then.
  await client.query(`truncate ${names.join(', ')}`)

  const tell = paced(say)
  let done = 0
  for (const part of archive.manifest.tables) {
    const table = present.find((each) => each.schema === part.schema && each.name === part.name)
    if (!table) throw new Error(`备份中的表 ${part.schema}.${part.name} 不在本版本的数据库里。`)
    const columns = part.columns.map(quoteIdent).join(', ')
    const sink = client.query(copyFrom(`copy ${quoted(table)} (${columns}) from stdin`))
    await pipeline(await archive.read(part.entry), sink)
    if (sink.rowCount !== part.rows)
      throw new Problem(
        422,
        'backup-damaged',
        `${part.schema}.${part.name} 应有 ${part.rows} 行，读到 ${sink.rowCount} 行，没有恢复任何内容。`,
      )
    tell(`正在恢复：已写完 ${++done} 张表 …`)
  }

  for (const sequence of archive.manifest.sequences)
    if (sequence.last !== null) await client.query('select setval($1::regclass, $2)', [quoted(sequence), sequence.last])
  for (const table of names) await client.query(`alter table ${table} enable trigger user`)
  say('正在核对各表之间的联系 …')
  for (const key of foreignKeys)
    await client.query(`alter table ${key.table} add constraint ${key.name} ${key.definition}`)
}

async function loadFiles(dataDir: string, archive: Archive, say: (line: string) => void): Promise<void> {
  const folder = path.join(dataDir, 'files')
  const tell = paced(say)
  for (const [index, part] of archive.manifest.files.entries()) {
    const place = path.resolve(dataDir, part.entry)
    if (!place.startsWith(folder + path.sep))
      throw new Problem(422, 'backup-damaged', `备份中的附件位置不对：${part.entry}`)
    mkdirSync(path.dirname(place), { recursive: true, mode: 0o700 })
    await pipeline(await archive.read(part.entry), createWriteStream(place, { mode: 0o600 }))
    tell(`正在恢复：已写完 ${index + 1} 个附件 …`)
  }
}
