import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { operator } from '../access/actor.ts'
import { testDatabase } from '../testing/database.ts'
import { openKeys } from './keys.ts'
import { rotateKeys, sealedColumns } from './rotate.ts'

const { db, ownerPool } = await testDatabase()
const dataDir = mkdtempSync(path.join(tmpdir(), 'zhijia-rotate-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

test('rotation finds every sealed column by its name and seals anew in batches, empty ones stay empty', async () => {
  await ownerPool.query(`create table kernel.sample (id bigint primary key, note_sealed bytea, plain bytea);
    grant select, insert, update on kernel.sample to zhijia_app`)
  const keys = openKeys(dataDir)
  const column = 'kernel.sample.note_sealed'
  for (let id = 1; id <= 7; id++)
    await sql`insert into kernel.sample values (${id}, ${id === 4 ? null : keys.seal(`甲${id}`, column)}, '\\x00')`.execute(
      db,
    )
  expect(await sealedColumns(db)).toContainEqual({ schema: 'kernel', table: 'sample', column: 'note_sealed' })

  const done = await rotateKeys(db, dataDir, operator(), { batch: 2 })
  expect(done).toEqual({ version: 2, resealed: 6 })
  const { rows } = await sql<{ id: number; note_sealed: Buffer | null }>`
    select id, note_sealed from kernel.sample order by id`.execute(db)
  expect(rows.map((row) => row.note_sealed && keys.open(row.note_sealed, column))).toEqual([
    '甲1',
    '甲2',
    '甲3',
    null,
    '甲5',
    '甲6',
    '甲7',
  ])
  expect(rows.map((row) => row.note_sealed?.readUInt16BE(0))).toEqual([2, 2, 2, undefined, 2, 2, 2])
  const audited = await sql<{ summary: string }>`select summary from kernel.audit where action = 'keys.rotate'`.execute(
    db,
  )
  expect(audited.rows).toEqual([{ summary: '轮换主密钥为第 2 版，重新加密 6 个值' }])
})
