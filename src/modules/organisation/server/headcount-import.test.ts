import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { checkUpload, commitRun } from '../../../kernel/importer/run.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld } from '../../../kernel/testing/world.ts'
import { writeWorkbook } from '../../../kernel/xlsx/write.ts'
import module from '../module.ts'
import { headcountImport } from './headcount-import.ts'

declarePermissions([...module.permissions])
const { db, ownerPool } = await testDatabase()
const world = await smallWorld(ownerPool)
const folder = await mkdtemp(path.join(tmpdir(), 'zhijia-headcounts-'))
afterAll(() => rm(folder, { recursive: true }))
const actor = operator()
const today = '2026-06-30'

async function upload(rows: (string | number | null)[][]) {
  const file = path.join(folder, 'counts.xlsx')
  const headers = ['单位', '统计日期', '职工总数', '其中女职工', '备注']
  await writeWorkbook(file, [{ name: '人数', columns: headers.map((header) => ({ header })), rows }])
  return checkUpload(
    db,
    actor,
    headcountImport,
    { unitId: world.unit('east'), year: null, fileName: 'counts.xlsx', sha256: '0', file },
    today,
  )
}
const commit = (id: number) => commitRun(db, actor, headcountImport, id, 'good', today)
const level = async (onDate: string): Promise<number> =>
  (
    await sql<{
      n: number
    }>`select coalesce(sum(quantity), 0)::int as n from kernel.fact where measure = 'organisation.staff'
    and dims ->> 'kind' = 'staff' and on_date <= ${onDate}::date and reversal_of is null and reversed_by is null`.execute(
      db,
    )
  ).rows[0]!.n

test('counts come in by unit and day, the bad rows stay out with their reason', async () => {
  const preview = await upload([
    ['铸造分会', '2025-12-31', 120, 40, '月报'],
    ['east-2', '2025.12.31', 80, null, ''],
    ['装配分会', '2026-06-30', 90, 91, ''],
    ['纺纱分会', '2026-06-30', 10, null, ''],
    ['铸造分会', '2025年12月31日', 121, null, ''],
    ['铸造分会', '2026-07-01', 10, null, ''],
  ])
  expect(preview.counts).toEqual({ new: 2, update: 0, same: 0, error: 4 })
  const errors = await sql<{
    message: string
  }>`select errors -> 0 ->> 'message' as message from kernel.import_row where status = 'error' order by id`.execute(db)
  expect(errors.rows.map((row) => row.message)).toEqual([
    expect.stringContaining('多于职工人数'),
    expect.stringContaining('没有“纺纱分会”'),
    expect.stringContaining('已在前面填过'),
    expect.stringContaining('今天之后'),
  ])
  await commit(preview.id)
  expect([await level('2025-12-30'), await level(today)]).toEqual([0, 200])
})

test('the same sheet again changes nothing, a mended one replaces the day', async () => {
  expect((await upload([['铸造分会', '2025-12-31', 120, 40, '月报']])).counts).toMatchObject({ same: 1 })
  const mended = await upload([['铸造分会', '2025-12-31', 125, 40, '月报']])
  expect(mended.counts).toMatchObject({ update: 1 })
  await commit(mended.id)
  expect(await level(today)).toBe(205)
})
