import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator, type Actor } from '../../../../kernel/access/actor.ts'
import type { ImportKind } from '../../../../kernel/importer/kind.ts'
import { checkUpload, commitRun } from '../../../../kernel/importer/run.ts'
import { declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld } from '../../../../kernel/testing/world.ts'
import { writeWorkbook } from '../../../../kernel/xlsx/write.ts'
import module from '../../module.ts'
import { balanceNow, openBook } from '../../public.ts'
import { duesBaseImport } from './import-bases.ts'
import { duesImport } from './import-dues.ts'

// Workbooks of dues: what wages they are counted from, and what came in. Each fault is said at its cell, nothing is lost.
declarePermissions([...module.permissions, { name: 'organisation.read', title: '查看组织' }])
declareRegisters(module.registers!, module.metrics)
const { db, ownerPool } = await testDatabase()
const world = await smallWorld(ownerPool)
const folder = await mkdtemp(path.join(tmpdir(), 'zhijia-dues-'))
afterAll(() => rm(folder, { recursive: true }))
const today = '2026-04-20'
let bookId: number
beforeAll(async () => {
  bookId = (
    await db
      .transaction()
      .execute((tx) => openBook(tx, operator(), { unitId: world.unit('east'), openedOn: '2026-01-01' }))
  ).id
})

type Cells = (string | number | null)[]
async function upload(
  kind: ImportKind,
  headers: string[],
  rows: Cells[],
  who: Actor = operator(),
  unit: 'east' | 'east-1' = 'east',
) {
  const file = path.join(folder, 'list.xlsx')
  await writeWorkbook(file, [{ name: '名单', columns: headers.map((header) => ({ header })), rows }])
  const from = { unitId: world.unit(unit), year: null, fileName: '四月工资表.xlsx', sha256: '0', file }
  return checkUpload(db, who, kind, from, today)
}
const bases = (rows: Cells[], headers = ['工号', '姓名', '起算月份', '缴费基数', '固定数额']) =>
  upload(duesBaseImport, headers, rows)
const DUES = ['工号', '姓名', '会费月份', '金额', '收款日期', '收款方式', '交款人']
const dues = (rows: Cells[], headers = DUES) => upload(duesImport, headers, rows)
const faults = async (run: number): Promise<string[]> =>
  (
    await sql<{ text: string }>`
      select row_no || ' ' || coalesce(errors -> 0 ->> 'column', '') || '：' || (errors -> 0 ->> 'message') as text
      from kernel.import_row where import_id = ${run} and status = 'error' order by id`.execute(db)
  ).rows.map((row) => row.text)

test('bases come in by month; each bad cell is named, the good rows wait', async () => {
  const preview = await bases([
    ['E102', '刘洋', '2026-01', '4386.50', null],
    [null, '陈静', '2026年1月', 5009.99, null],
    ['E201', '杨帆', '2026-01', null, 5],
    ['E202', '刘洋', '2026-01', 4000, null],
    [null, '无名氏', '2026-01', 4000, null],
    ['E202', '赵磊', '一月', 4000, null],
    ['E202', '赵磊', '2026-01', 4000.123, null],
    ['E202', '赵磊', '2026-01', -1, null],
    ['E202', '赵磊', '2026-01', null, null],
    ['E102', null, '2026-01', 4000, null],
    ['E202', '3,500.00', '2026-01', 4000, null],
  ])
  expect(preview.counts).toEqual({ new: 3, update: 0, same: 0, error: 8 })
  expect(await faults(preview.id)).toEqual([
    expect.stringContaining('5 工号：工号与姓名不是同一人'),
    expect.stringContaining('6 姓名：花名册里没有“无名氏”'),
    expect.stringContaining('7 起算月份：“一月”不是月份'),
    expect.stringContaining('8 缴费基数：金额“4000.123”超过两位小数'),
    expect.stringContaining('9 缴费基数：缴费基数不能是负数'),
    expect.stringContaining('10 缴费基数：缴费基数和固定数额填一项'),
    expect.stringContaining('11 姓名：刘洋 2026-01 在前面填过'),
    expect.stringContaining('12 姓名：“3,500.00”不是姓名'),
  ])
  await expect(commitRun(db, operator(), duesBaseImport, preview.id, 'all', today)).rejects.toMatchObject({
    code: 'rows-with-errors',
  })
  await commitRun(db, operator(), duesBaseImport, preview.id, 'good', today)
  // The same list again changes nothing, a raise of wages does.
  const again = await bases([
    ['E102', '刘洋', '2026-01', 4386.5, null],
    ['E103', '陈静', '2026-01', 6000, null],
  ])
  expect(again.counts).toEqual({ new: 0, update: 1, same: 1, error: 0 })
  await commitRun(db, operator(), duesBaseImport, again.id, 'all', today)
  const { rows } = await sql<{ n: number; source: string }>`
    select count(*)::int as n, max(source) as source from funds.dues_base where book_id = ${bookId}`.execute(db)
  expect(rows).toEqual([{ n: 3, source: '四月工资表.xlsx' }])
})

test('dues deducted from wages: a receipt and a voucher a day and way, what is too much is said at the cell', async () => {
  const preview = await dues([
    ['E102', '刘洋', '2026-03', 21.9, '2026-04-15', '代扣', '公司财务部代扣'],
    ['E103', '陈静', '2026-03', 30, '2026-04-15', null, '公司财务部代扣'],
    ['E201', '杨帆', '2026-03', 5, '2026-04-16', '现金', null],
    ['E102', '刘洋', '2026-04', 22, '2026-04-15', null, null],
    ['E202', '赵磊', '2026-03', 20, '2026-04-15', null, null],
    ['E102', '刘洋', '2026-03', 1, '2026-04-15', null, null],
    ['E103', '陈静', '2026-04', 0, '2026-04-15', null, null],
    ['E103', '陈静', '2026-04', 30, '2026-04-21', null, null],
    ['E103', '陈静', '2026-04', 30, '4月15日', null, null],
    ['E103', '陈静', '2026-04', 30, '2026-04-15', '支票', null],
    ['E103', '陈静', '2019-12', 30, '2026-04-15', null, null],
  ])
  expect(await faults(preview.id)).toEqual([
    expect.stringContaining('5 金额：刘洋 2026-04 应交 21.90 元、已交 0.00 元，这里写了 22.00 元，多收了'),
    expect.stringContaining('6 金额：赵磊 2026-03 没有应交的会费：还没有登记缴费基数'),
    expect.stringContaining('7 姓名：刘洋 2026-03 在前面填过'),
    expect.stringContaining('8 金额：金额应大于零'),
    expect.stringContaining('9 收款日期：收款日期在今天之后'),
    expect.stringContaining('10 收款日期：“4月15日”不是日期'),
    expect.stringContaining('11 收款方式：“支票”请改为“银行转账”或“现金”'),
    expect.stringContaining('12 会费月份：2019-12 离今天太远'),
  ])
  expect(preview.counts).toEqual({ new: 3, update: 0, same: 0, error: 8 })
  const { sentence } = await commitRun(db, operator(), duesImport, preview.id, 'good', today)
  expect(sentence).toContain('开出 2 张收据，凭证 记-04-001、记-04-002')
  expect(await balanceNow(db, bookId, '102')).toBe(5_190)
  expect(await balanceNow(db, bookId, '101')).toBe(500)
  const again = await dues([['E102', '刘洋', '2026-03', 21.9, '2026-04-15', '代扣', '公司财务部代扣']])
  expect(again.counts).toMatchObject({ same: 1, new: 0 })
})

test('what was paid between check and commit is not taken twice', async () => {
  const row: Cells[] = [['E102', '刘洋', '2026-02', 21.9, '2026-04-15', null, null]]
  const [first, second] = [await dues(row), await dues(row)]
  await commitRun(db, operator(), duesImport, first.id, 'all', today)
  await expect(commitRun(db, operator(), duesImport, second.id, 'all', today)).rejects.toMatchObject({
    code: 'dues-too-much',
  })
  expect(await balanceNow(db, bookId, '102')).toBe(7_380)
})

test('columns one over are refused as a whole, headings that aren’t there named', async () => {
  await expect(
    dues(
      [
        ['1', 'E102', '刘洋', '2026-03', '21.90', null, null],
        ['2', 'E103', '陈静', '2026-03', '30.00', null, null],
      ].map(([, ...cells]) => [...cells.slice(1), null, null] as Cells),
    ),
  ).rejects.toMatchObject({ code: 'columns-shifted', message: expect.stringContaining('整列错位') })
  await expect(bases([['刘洋', '4386.50', '2026-01', null, null]])).rejects.toMatchObject({ code: 'columns-shifted' })
  await expect(dues([['刘洋', 21.9]], ['谁', '多少'])).rejects.toMatchObject({
    code: 'no-sheet',
    message: expect.stringContaining('“姓名”“金额”'),
  })
  expect(await balanceNow(db, bookId, '102')).toBe(7_380)
})

test('only the cashier takes money in, only who prepares sets bases; a branch’s list knows its own', async () => {
  const as = (permissions: string[]): Actor => world.as('李强', permissions)
  const sheet = [['E102', '刘洋', '2026-01', 21.9, '2026-04-15', null, null]] as Cells[]
  await expect(upload(duesImport, DUES, sheet, as(['funds.read', 'funds.prepare']))).rejects.toMatchObject({
    status: 403,
  })
  await expect(upload(duesImport, DUES, sheet, world.as('周婷', ['funds.read', 'funds.pay']))).rejects.toMatchObject({
    status: 404,
  })
  await expect(
    upload(duesBaseImport, ['姓名', '起算月份', '缴费基数'], [['刘洋', '2026-05', 1]], as(['funds.read', 'funds.pay'])),
  ).rejects.toMatchObject({ status: 403 })
  const branch = await upload(
    duesImport,
    DUES,
    [...sheet, ['E201', '杨帆', '2026-01', 5, '2026-04-15', null, null]],
    operator(),
    'east-1',
  )
  expect(branch.counts).toEqual({ new: 1, update: 0, same: 0, error: 1 })
})
