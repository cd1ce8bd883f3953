import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../../../kernel/access/actor.ts'
import type { ImportKind } from '../../../../kernel/importer/kind.ts'
import { checkUpload, commitRun } from '../../../../kernel/importer/run.ts'
import { writeWorkbook } from '../../../../kernel/xlsx/write.ts'
import { createAuthenticate } from '../../../accounts/public.ts'
import { sessionOf } from '../../../accounts/testing.ts'
import { bookDesk } from '../book-for-tests.ts'
import { visitRoutes } from '../visits/routes.ts'
import { balances } from './balances.ts'
import { openingImport } from './import-opening.ts'
import { vouchersImport } from './import-vouchers.ts'
import { bookRoutes } from './routes.ts'
import { verifyBook } from './verify.ts'
import { voucherRoutes } from './voucher-routes.ts'

// A union of twenty that comes from another system in April: a cashier, a bookkeeper from outside, the chair. No more.
const desk = await bookDesk([bookRoutes, voucherRoutes, visitRoutes], '2026-04-01', '2026-05-10')
const { ask } = desk
const folder = await mkdtemp(path.join(tmpdir(), 'zhijia-moving-'))
afterAll(() => rm(folder, { recursive: true }))
let books: string
let bookkeeper: { token: string }
let hand: Actor

beforeAll(async () => {
  books = `/api/funds/books/${desk.book.id}`
  await desk.ownerPool.query("update funds.book set profile = 'small' where id = $1", [desk.book.id])
  const made = await ask('主席', 'POST', '/api/funds/outsiders', {
    unitId: desk.book.unitId,
    kind: 'bookkeeping',
    person: '孙会计',
    firm: '清河代理记账公司',
    document: '委托合同 2026-1',
    login: 'sunkuaiji',
    opensOn: '2026-04-01',
    closesOn: '2026-12-31',
  })
  expect(made.status).toBe(201)
  bookkeeper = { token: await sessionOf(desk.ownerPool, made.body.accountId) }
  hand = (await createAuthenticate({ db: desk.db, today: () => desk.today })(
    { zhijia: bookkeeper.token },
    { ip: '127.0.0.1', userAgent: 'test' },
  ))!
})

type Cells = (string | number | null)[]
async function upload(kind: ImportKind, headers: readonly string[], rows: readonly Cells[], who: Actor = hand) {
  const file = path.join(folder, 'list.xlsx')
  await writeWorkbook(file, [{ name: '表', columns: headers.map((header) => ({ header })), rows }])
  const from = { unitId: desk.book.unitId, year: null, fileName: '旧系统.xlsx', sha256: '0', file }
  return checkUpload(desk.db, who, kind, from, desk.today)
}
const faults = async (run: number): Promise<string[]> =>
  (
    await sql<{ text: string }>`
      select row_no || ' ' || coalesce(errors -> 0 ->> 'column', '') || '：' || (errors -> 0 ->> 'message') as text
      from kernel.import_row where import_id = ${run} and status = 'error' order by id`.execute(desk.db)
  ).rows.map((row) => row.text)

const TRIAL = ['科目编码', '科目名称', '年初借方', '年初贷方', '本年累计借方', '本年累计贷方', '期末借方', '期末贷方']
const trial: Cells[] = [
  ['102', '银行存款', 69_000, null, 3_000, 800, 71_200, null],
  ['401', '会费收入', null, null, null, 3_000, null, 3_000],
  ['501', '职工活动支出', null, null, 800, null, 800, null],
  ['50105', '会员活动支出', null, null, 800, null, 800, null],
  ['32205', '累计结余', null, 69_000, null, null, null, 69_000],
  ['408', '其他收入', null, null, null, null, null, null],
]

test('the trial balance of the old system comes in as one table; what doesn’t follow is named', async () => {
  const bad = await upload(openingImport, TRIAL, [
    ...trial,
    ['999', '没有的科目', 1, null, null, null, null, null],
    ['141', '库存物品', null, null, 500, null, null, null],
    ['102', '银行存款', 1, null, null, null, null, null],
    ['162', '固定资产', 20_000, null, null, null, 2_000, null],
  ])
  expect(await faults(bad.id)).toEqual([
    expect.stringContaining('8 科目编码：没有科目“999”'),
    expect.stringContaining('10 科目编码：科目 102 在前面填过'),
    expect.stringContaining('11 期末借方：期末应为 20,000.00，表里是 2,000.00'),
  ])
  expect(bad.notices.join()).toContain('借贷不平，不能导入')
  await expect(commitRun(desk.db, hand, openingImport, bad.id, 'good', desk.today)).rejects.toMatchObject({
    code: expect.stringMatching(/opening-(wrong|unbalanced)/),
  })
  await expect(upload(openingImport, TRIAL, trial, desk.actor('出纳'))).rejects.toMatchObject({ status: 403 })
  await expect(upload(openingImport, TRIAL, trial, desk.actor('外人'))).rejects.toMatchObject({ status: 404 })

  const good = await upload(openingImport, TRIAL, trial)
  expect(good.counts).toEqual({ new: 4, update: 0, same: 2, error: 0 })
  await commitRun(desk.db, hand, openingImport, good.id, 'all', desk.today)
  const held = new Map((await balances(desk.db, desk.book.id, '2026-04-01')).map((row) => [row.code, row]))
  expect(held.get('102')).toMatchObject({ openingFen: 6_900_000, debitFen: 300_000, balanceFen: 7_120_000 })
  expect(held.get('401')).toMatchObject({ creditFen: 300_000 })
  // The same table again changes nothing and loses nothing.
  const again = await upload(openingImport, TRIAL, trial)
  expect(again.counts).toEqual({ new: 0, update: 0, same: 6, error: 0 })
})

const VOUCHERS = ['日期', '凭证号', '摘要', '科目编码', '借方', '贷方', '附件张数']
test('vouchers of the old system come in as drafts, once; a bad one is named before anything is written', async () => {
  const rows: Cells[] = [
    ['2026-04-06', '记-1', '收会费', '102', 1_000, null, 2],
    [null, null, null, '401', null, 1_000, null],
    ['2026-04-08', '记-2', '付活动费', '50105', 300, null, null],
    [null, null, null, '102', null, 300, null],
  ]
  const bad = await upload(vouchersImport, VOUCHERS, [
    ...rows,
    ['2026-04-09', '记-3', '不平', '50105', 300, null, 1],
    [null, null, null, '102', null, 299, null],
    ['2026-03-09', '记-9', '太早', '50105', 1, null, 1],
    [null, null, null, '102', null, 1, null],
    ['2026-04-10', '记-4', '单行', '501', 1, 1, 1],
  ])
  expect(bad.counts.new).toBe(4)
  expect(await faults(bad.id)).toEqual([
    expect.stringContaining('6 凭证号：这张凭证借方合计 300.00、贷方合计 299.00'),
    expect.stringContaining('7 凭证号：同一张凭证的其他行有错'),
    expect.stringContaining('8 日期：账套从 2026-04-01 起记账'),
    expect.stringContaining('9 日期：'),
    expect.stringContaining('10 科目编码：科目 501 已设明细'),
  ])
  const good = await upload(vouchersImport, VOUCHERS, rows)
  const done = await commitRun(desk.db, hand, vouchersImport, good.id, 'all', desk.today)
  expect(done.outcome).toMatchObject({ created: 4 })
  const { body } = await ask(bookkeeper, 'GET', `${books}/vouchers?year=2026`)
  expect(body.vouchers).toMatchObject([
    { state: 'draft', summary: '付活动费（原凭证 记-2）', preparedName: '孙会计', attachments: 1 },
    { state: 'draft', summary: '收会费（原凭证 记-1）', totalFen: 100_000, attachments: 2 },
  ])
  expect((await upload(vouchersImport, VOUCHERS, rows)).counts).toEqual({ new: 0, update: 0, same: 4, error: 0 })
})

test('three hands are enough: the bookkeeper prepares and posts, the chair reviews, the cashier does neither', async () => {
  const { body } = await ask(bookkeeper, 'GET', `${books}/vouchers?year=2026&state=draft`)
  const ids: number[] = body.vouchers.map((one: { id: number }) => one.id)
  expect((await ask(bookkeeper, 'POST', `/api/funds/vouchers/${ids[0]}/review`)).status).toBe(403)
  expect((await ask('出纳', 'POST', `/api/funds/vouchers/${ids[0]}/review`)).status).toBe(403)
  expect((await ask(bookkeeper, 'POST', '/api/funds/vouchers/post', { ids })).body.code).toBe('voucher-not-reviewed')
  for (const id of ids) expect((await ask('主席', 'POST', `/api/funds/vouchers/${id}/review`)).status).toBe(200)
  expect((await ask('主席', 'POST', '/api/funds/vouchers/post', { ids })).status).toBe(403)
  expect((await ask('出纳', 'POST', '/api/funds/vouchers/post', { ids })).status).toBe(403)
  expect((await ask(bookkeeper, 'POST', '/api/funds/vouchers/post', { ids: ids.toReversed() })).status).toBe(200)
  expect((await ask('出纳', 'POST', `${books}/close`, { year: 2026, month: 4 })).status).toBe(403)
  expect((await ask(bookkeeper, 'POST', `${books}/close`, { year: 2026, month: 4 })).status).toBe(200)

  // The year is complete from January on, whatever system kept it.
  const { body: found } = await ask('主席', 'GET', `${books}/statements?year=2026&month=4`)
  expect(found.income.lines.find((line: { label: string }) => line.label === '会费收入').amounts).toEqual([
    100_000, 400_000,
  ])
  expect(found.identities.filter((one: { holds: boolean }) => !one.holds)).toEqual([])
  expect((await verifyBook(desk.db, desk.book.id)).faults).toEqual([])
})

test('the bookkeeper’s office ends on its day by itself, and never reaches money, approval or other unions', async () => {
  const spending = { onDate: '2026-05-06', summary: '试', attachments: 1, entries: [] }
  expect(
    (
      await ask(bookkeeper, 'POST', '/api/funds/outsiders', {
        unitId: desk.book.unitId,
        kind: 'bookkeeping',
        person: '另一人',
        firm: '别的公司',
        login: 'another',
        opensOn: '2026-05-01',
        closesOn: '2026-06-01',
      })
    ).status,
  ).toBe(403)
  expect((await ask(bookkeeper, 'GET', `/api/funds/book?unitId=${desk.world.unit('south')}`)).status).toBe(403)
  expect((await ask(bookkeeper, 'GET', '/api/funds/visits')).body).toEqual({ visits: [] })
  desk.today = '2026-12-31'
  expect((await ask(bookkeeper, 'GET', `${books}/vouchers`)).status).toBe(200)
  desk.today = '2027-01-01'
  expect((await ask(bookkeeper, 'GET', `${books}/vouchers`)).status).toBe(404)
  expect((await ask(bookkeeper, 'POST', `${books}/vouchers`, spending)).status).not.toBe(201)
  expect((await ask(bookkeeper, 'POST', `${books}/close`, { year: 2026, month: 5 })).status).toBe(404)
})
