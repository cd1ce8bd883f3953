import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  fsyncSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import pg from 'pg'
import { to as copyTo, type CopyToStreamQuery } from 'pg-copy-streams'
import yazl from 'yazl'
import { conflict } from '../contract/problem.ts'
import { keyFilePath, openKeys } from '../crypto/keys.ts'
import { forbiddenFolder } from './forbidden.ts'
import { hashing, type Manifest } from './manifest.ts'
import { dataTables, quoted, quoteIdent, sequencePositions } from './tables.ts'

export interface BackupOptions {
  ownerUrl: string
  /** Attachments lie in `files` below it. */
  dataDir: string
  /** A folder (the file gets a name with the time) or the file to write. */
  out: string
  say?: (line: string) => void
}

export interface BackupResult {
  file: string
  bytes: number
  tables: number
  rows: number
  files: number
}

/**
 * Writes everything but the master key into one zip file while the installation goes on working: the tables as one
 * moment saw them (one REPEATABLE READ snapshot, `COPY` per table), then the attachments, then a manifest with counts
 * and hashes. The file appears under its name only when it is complete and on disk.
 */
export async function backup(options: BackupOptions): Promise<BackupResult> {
  refuseWhileForbidden(options.dataDir)
  const file = target(options.out)
  const part = `${file}.part`
  const client = new pg.Client(options.ownerUrl)
  await client.connect()
  try {
    // A table whose rows the owner may not see in full must fail loudly, not be saved in part.
    await client.query(`set row_security = off; set statement_timeout = 0; set timezone = 'UTC'`)
    await client.query('begin transaction isolation level repeatable read, read only')
    const zip = new yazl.ZipFile()
    const written = pipeline(zip.outputStream as unknown as Readable, createWriteStream(part, { mode: 0o600 }))
    const filled = fill(zip, client, options)
    const fail = (error: Error): void => void (zip.outputStream as unknown as Readable).destroy(error)
    filled.catch(fail)
    zip.on('error', fail)
    const [manifest] = await Promise.all([filled, written])
    await client.query('commit')
    toDisk(part)
    renameSync(part, file)
    toDisk(path.dirname(file))
    return {
      file,
      bytes: statSync(file).size,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      files: manifest.files.length,
    }
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  } finally {
    await client.end()
  }
}

function refuseWhileForbidden(dataDir: string): void {
  const folder = forbiddenFolder(dataDir)
  const first = existsSync(folder) ? readdirSync(folder)[0] : undefined
  if (first) throw conflict('backup-forbidden', readFileSync(path.join(folder, first), 'utf8'))
}

/** Adds one entry after the other, so that only one is ever open. */
async function fill(zip: yazl.ZipFile, client: pg.Client, options: BackupOptions): Promise<Manifest> {
  const add = async (entry: string, source: Readable): Promise<{ bytes: number; sha256: string }> => {
    const { stream, result } = hashing()
    source.once('error', (error) => stream.destroy(error))
    // Level 1: half the size of the text for a tenth of the time of level 9.
    zip.addReadStream(source.pipe(stream), entry, { compressionLevel: 1, mode: 0o100600 })
    await once(stream, 'end')
    return result()
  }
  const manifest: Manifest = {
    format: 'zhijia-backup-1',
    madeAt: new Date().toISOString(),
    migrations: (
      await client.query<{ name: string; sha256: string }>(
        `select name, sha256 from kernel_migration.applied where name like '%-%' order by name`,
      )
    ).rows,
    tables: [],
    sequences: [],
    files: [],
    keyCheck: keyCheck(options.dataDir),
  }
  const tell = paced(options.say)
  for (const table of await dataTables(client)) {
    const entry = `tables/${table.schema}.${table.name}`
    const columns = table.columns.map(quoteIdent).join(', ')
    const rows: CopyToStreamQuery = client.query(copyTo(`copy (select ${columns} from ${quoted(table)}) to stdout`))
    const { sha256 } = await add(entry, rows)
    manifest.tables.push({ entry, ...table, rows: rows.rowCount, sha256 })
    tell(`正在备份：已写完 ${manifest.tables.length} 张表 …`)
  }
  // Read after the tables: a sequence runs outside transactions, so it is at least as far as any id in the snapshot.
  manifest.sequences = await sequencePositions(client)
  const folder = path.join(options.dataDir, 'files')
  for (const name of filesBelow(folder)) {
    const entry = `files/${name}`
    manifest.files.push({ entry, ...(await add(entry, createReadStream(path.join(folder, name)))) })
    tell(`正在备份：已写完 ${manifest.files.length} 个附件 …`)
  }
  zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 1)), 'manifest.json', { mode: 0o100600 })
  zip.end()
  return manifest
}

/** Same for every version of the installation's key ring. Null when there is no key yet. */
export function keyCheck(dataDir: string): string | null {
  if (!existsSync(keyFilePath(dataDir)) && !process.env['ZHIJIA_MASTER_KEY']) return null
  return openKeys(dataDir).keyedHash('zhijia-backup', 'backup').toString('hex')
}

function target(out: string): string {
  const isFolder = /[/\\]$/.test(out) || (existsSync(out) && statSync(out).isDirectory()) || !path.extname(out)
  const stamp = new Date(Date.now() + 8 * 3_600_000)
    .toISOString()
    .slice(0, 19)
    .replaceAll(/[-:]/g, '')
    .replace('T', '-')
  const file = path.resolve(isFolder ? path.join(out, `zhijia-${stamp}.zip`) : out)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  return file
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .toSorted()
}

function toDisk(place: string): void {
  const descriptor = openSync(place, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

/** Says a line at most every two seconds. */
export function paced(say: (line: string) => void = () => {}): (line: string) => void {
  let next = performance.now() + 2000
  return (line) => {
    if (performance.now() < next) return
    next = performance.now() + 2000
    say(line)
  }
}
