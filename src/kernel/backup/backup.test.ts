import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { openKeys } from '../crypto/keys.ts'
import { testDatabase } from '../testing/database.ts'
import { smallWorld } from '../testing/world.ts'
import { backup } from './backup.ts'
import { restore } from './restore.ts'
import { dataTables, quoted } from './tables.ts'

// Whole databases are restored here, beside two other test files.
vi.setConfig({ testTimeout: 120_000 })

const home = mkdtempSync(path.join(os.tmpdir(), 'zj-backup-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const source = await testDatabase()
const world = await smallWorld(source.ownerPool)
const dataDir = path.join(home, 'data')
mkdirSync(path.join(dataDir, 'files/ab'), { recursive: true })
writeFileSync(path.join(dataDir, 'files/ab/abcd'), Buffer.alloc(200_000, '照片'))
openKeys(dataDir)

// What a year leaves behind: a fact and its reversal, a record with text that COPY must escape, a trace in the audit.
const record = await source.ownerPool.query(
  `insert into kernel.record (register, unit_id, happened_on, title, fields, created_by, updated_by)
   values ('care.visit', $1, '2026-01-20', E'慰问\\t两户\\n\\\\N', '{"note": "a\\\\b"}', 1, 1) returning id`,
  [world.unit('east-1')],
)
await source.ownerPool.query(
  `with posted as (
     insert into kernel.fact (measure, unit_id, on_date, quantity, ref_id, posted_by)
     values ('care.visit', $1, '2026-01-20', 2, $2, 1) returning id),
   taken_back as (
     insert into kernel.fact (measure, unit_id, on_date, quantity, ref_id, posted_by, reversal_of, reason)
     select 'care.visit', $1, '2026-01-20', -2, $2, 1, id, '重复登记' from posted returning id, reversal_of)
   select from taken_back`,
  [world.unit('east-1'), record.rows[0].id],
)
await source.ownerPool.query(
  `update kernel.fact f set reversed_by = r.id from kernel.fact r where r.reversal_of = f.id`,
)
await source.ownerPool.query(
  `insert into kernel.audit (actor_id, actor_name, office, action, object_kind, summary)
   values (1, '王芳', '主席', 'register.create', 'record', '登记慰问')`,
)

/** Every row of every table, as text. */
async function contents(pool: pg.Pool): Promise<Record<string, string[]>> {
  const client = new pg.Client(pool.options.connectionString as string)
  await client.connect()
  try {
    const all: Record<string, string[]> = {}
    for (const table of await dataTables(client)) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${quoted(table)} t order by 1`)
      all[quoted(table)] = rows.map((each) => each.row)
    }
    return all
  } finally {
    await client.end()
  }
}

const made = await backup({ ownerUrl: source.ownerUrl, dataDir, out: path.join(home, 'kept/') })

test('a backup restored into an empty installation has the same rows, files, rights and next ids', async () => {
  const target = await testDatabase({ unmigrated: true })
  const restoredDir = path.join(home, 'restored')
  const result = await restore({ file: made.file, ownerUrl: target.ownerUrl, dataDir: restoredDir })

  expect(await contents(target.ownerPool)).toEqual(await contents(source.ownerPool))
  expect(result).toMatchObject({ tables: made.tables, rows: made.rows, files: 1, applied: [] })
  expect(readFileSync(path.join(restoredDir, 'files/ab/abcd'))).toEqual(
    readFileSync(path.join(dataDir, 'files/ab/abcd')),
  )
  const after = await target.ownerPool.query(
    `insert into members.person (name, unit_id) values ('新人', $1) returning id`,
    [world.unit('county')],
  )
  expect(after.rows[0].id).toBeGreaterThan(world.person('何平'))
  // Foreign keys and the triggers that guard history are back.
  await expect(target.ownerPool.query('delete from kernel.fact')).rejects.toThrow('append-only')
  await expect(
    target.ownerPool.query(`insert into members.person (name, unit_id) values ('无处', 999)`),
  ).rejects.toThrow('foreign key')
})

test('the master key is not in the backup, and the restore says that it is missing', async () => {
  const bytes = readFileSync(made.file)
  expect(bytes.includes('master-key')).toBe(false)
  expect(statSync(made.file).mode & 0o777).toBe(0o600)
  const target = await testDatabase({ unmigrated: true })
  const without = await restore({ file: made.file, ownerUrl: target.ownerUrl, dataDir: path.join(home, 'keyless') })
  expect(without.keyFits).toBe(false)
  const second = await testDatabase({ unmigrated: true })
  const withKey = await restore({ file: made.file, ownerUrl: second.ownerUrl, dataDir })
  expect(withKey.keyFits).toBe(true)
})

test('a damaged, cut or foreign file is refused before anything is touched', async () => {
  const target = await testDatabase({ unmigrated: true })
  const whole = readFileSync(made.file)
  const tried = (bytes: Buffer): Promise<unknown> => {
    const file = path.join(home, 'tried.zip')
    writeFileSync(file, bytes)
    return restore({ file, ownerUrl: target.ownerUrl, dataDir: path.join(home, 'damaged') })
  }
  const flipped = Buffer.from(whole)
  // Wider than any entry's header: a stray bit in a header's clock would be no damage.
  const third = Math.floor(whole.length / 3)
  for (let at = third; at < third + 256; at++) flipped[at]! ^= 0xff
  await expect(tried(flipped)).rejects.toMatchObject({ code: 'backup-damaged' })
  await expect(tried(whole.subarray(0, whole.length - 400))).rejects.toMatchObject({ code: 'backup-damaged' })
  await expect(tried(Buffer.from('not a zip at all'))).rejects.toMatchObject({ code: 'backup-damaged' })
  const untouched = await target.ownerPool.query(`select to_regclass('kernel.record') as there`)
  expect(untouched.rows[0].there).toBeNull()
})

test('a database with content is not overwritten', async () => {
  await expect(restore({ file: made.file, ownerUrl: source.ownerUrl, dataDir })).rejects.toMatchObject({
    code: 'not-empty',
  })
})

test('rows written while the backup runs are not in it in part', async () => {
  let writing = true
  let pairs = 0
  const writer = (async () => {
    while (writing) {
      // Two rows that belong together, in tables that are read at different moments.
      await source.ownerPool.query(
        `with one as (insert into kernel.setting (key, value) values ($1, '1') returning key)
         insert into kernel.audit (actor_id, actor_name, office, action, object_kind, summary)
         select 1, '王芳', '主席', 'pair', 'pair', key from one`,
        [`pair-${++pairs}`],
      )
    }
  })()
  const during = await backup({ ownerUrl: source.ownerUrl, dataDir, out: path.join(home, 'during.zip') })
  writing = false
  await writer
  const target = await testDatabase({ unmigrated: true })
  await restore({ file: during.file, ownerUrl: target.ownerUrl, dataDir: path.join(home, 'during') })
  const { rows } = await target.ownerPool.query(
    `select (select count(*)::int from kernel.setting where key like 'pair-%') as settings,
       (select count(*)::int from kernel.audit where action = 'pair') as traces`,
  )
  expect(rows[0].settings).toBe(rows[0].traces)
  expect(pairs).toBeGreaterThan(rows[0].settings)
})

test('rows hidden by row security make the backup fail instead of missing, and no file stays behind', async () => {
  const folder = path.join(home, 'failing')
  await source.ownerPool.query('alter table kernel.todo enable row level security')
  try {
    // The server's role stands for an owner that may not bypass row security.
    await expect(backup({ ownerUrl: source.appUrl, dataDir, out: `${folder}/` })).rejects.toThrow('row-level security')
  } finally {
    await source.ownerPool.query('alter table kernel.todo disable row level security')
  }
  expect(readdirSync(folder)).toEqual([])
})
