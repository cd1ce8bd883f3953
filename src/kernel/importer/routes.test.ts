import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { declarePermissions } from '../access/access.ts'
import { buildApp } from '../http/app.ts'
import { field, register } from '../register/declaration.ts'
import { declareRegisters } from '../register/registry.ts'
import { testDatabase } from '../testing/database.ts'
import { smallWorld, type PersonName } from '../testing/world.ts'
import { cellText } from '../xlsx/cell.ts'
import { forgeOle, forgeWorkbook, sheetPart, workbookPart } from '../xlsx/forge.ts'
import { allRows, openWorkbook } from '../xlsx/read.ts'
import { writeWorkbook, type SheetSpec } from '../xlsx/write.ts'
import { ledgerImport } from './ledger.ts'
import { forgetStagedRows } from './forget.ts'
import { importRoutes } from './routes.ts'

const gift = register({
  id: 'door.gift',
  title: '慰问登记',
  domain: 'WW',
  mechanisms: [],
  help: '',
  clauses: [],
  fields: [field.person('person', '姓名', { required: true }), field.money('amount', '金额', { required: true })],
  metrics: [{ id: 'door.gift.times', label: '慰问', unit: '人次', aggregate: { sum: 'record' } }],
  sample: { date: '2026-03-05', person: '王芳', amount: '800' },
})
declarePermissions(['door.import', 'door.read', 'organisation.read'].map((name) => ({ name, title: name })))
declareRegisters([gift])

const { db, ownerPool } = await testDatabase()
const world = await smallWorld(ownerPool)
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'zhijia-imports-'))
const kind = ledgerImport({
  unitFinder: async (_, rootId) => (text) => (text === null ? rootId : `没有“${text}”。`),
  addContacts: async () => [],
  householdsOf: async () => new Map(),
})
// What a server killed an hour ago left, and what another one is reading now.
await mkdir(path.join(dataDir, 'tmp'))
for (const [name, age] of [
  ['left.xlsx', 7200],
  ['read-now.xlsx', 0],
] as const) {
  await writeFile(path.join(dataDir, 'tmp', name), 'x')
  await utimes(path.join(dataDir, 'tmp', name), new Date(), new Date(Date.now() - age * 1000))
}
const app = await buildApp(
  {
    db,
    today: () => '2026-06-30',
    config: { dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
  },
  async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
  [importRoutes([kind])],
)
afterAll(async () => {
  await app.close()
  await rm(dataDir, { recursive: true })
})

const boundary = 'zhijia-test'
/** What a browser posts for the upload form. */
const form = (file: Buffer, unitId: number): Buffer =>
  Buffer.concat([
    ...Object.entries({ kind: 'ledger', unitId, year: 2026 }).map(([name, value]) =>
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
    ),
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="ledger.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])

async function send(who: PersonName, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object | Buffer) {
  const answer = await app.inject({
    method,
    url,
    headers: {
      cookie: `as=${encodeURIComponent(who)}`,
      ...(payload instanceof Buffer && { 'content-type': `multipart/form-data; boundary=${boundary}` }),
    },
    ...(payload && { payload }),
  })
  return {
    status: answer.statusCode,
    raw: answer.rawPayload,
    body: answer.headers['content-type']?.includes('json') ? answer.json() : null,
  }
}
const upload = (who: PersonName, file: Buffer, unit: 'county' | 'east' | 'east-1' = 'east') =>
  send(who, 'POST', '/api/imports', form(file, world.unit(unit)))
const leftBehind = (): Promise<string[]> => readdir(path.join(dataDir, 'tmp'))

async function workbook(sheets: SheetSpec[]): Promise<Buffer> {
  const file = path.join(dataDir, `${crypto.randomUUID()}.xlsx`)
  await writeWorkbook(file, sheets)
  return readFile(file)
}
const sheet = (rows: string[][], rest: Partial<SheetSpec> = {}): SheetSpec => ({
  name: '慰问登记',
  columns: ['日期', '姓名', '姓名工号', '金额'].map((header) => ({ header })),
  rows,
  ...rest,
})

test.each<[string, string, () => Promise<Buffer>]>([
  ['an encrypted workbook', 'workbook-encrypted', async () => forgeOle('EncryptedPackage')],
  ['a renamed .xls', 'workbook-old-format', async () => forgeOle('Workbook')],
  [
    'a zip bomb',
    'workbook-too-big',
    () => forgeWorkbook({ 'xl/worksheets/sheet1.xml': sheetPart(' '.repeat(31 * 1024 * 1024)) }),
  ],
  ['a workbook cut in the middle', 'workbook-truncated', async () => (await workbook([sheet([])])).subarray(0, 900)],
  ['a text file', 'workbook-not-xlsx', async () => Buffer.from('日期,姓名\n')],
  ['an empty file', 'workbook-empty', async () => Buffer.alloc(0)],
])('%s is refused with what to do, and nothing of it stays', async (_, code, forge) => {
  const answer = await upload('李强', await forge())
  expect(answer).toMatchObject({ status: 422, body: { code, message: expect.stringMatching(/请.+。$/) } })
  const { body } = await send('李强', 'GET', '/api/imports')
  expect(body.rows[0]).toMatchObject({ status: 'failed', outcome: { sentence: answer.body.message } })
  expect(await leftBehind()).toEqual(['read-now.xlsx'])
})

test('an upload whose connection breaks leaves no run and no file', async () => {
  const before = (await send('李强', 'GET', '/api/imports')).body.rows.length
  const whole = form(await workbook([sheet([['2026-03-05', '杨帆', '', '800']])]), world.unit('east'))
  const answer = await send('李强', 'POST', '/api/imports', whole.subarray(0, whole.length - 2000))
  expect(answer).toMatchObject({ status: 400, body: { code: 'upload-broken' } })
  expect((await send('李强', 'GET', '/api/imports')).body.rows.length).toBe(before)
  expect(await leftBehind()).toEqual(['read-now.xlsx'])
})

test('bad rows come back with their reasons, the good ones are written once', async () => {
  const { status, body } = await upload(
    '李强',
    await workbook([
      sheet([
        ['2026年3月5日', '杨帆', '', '８００'],
        ['20260306', '赵磊', '6.22E+18', '500'],
        ['2026-03-07', '赵磊', '', '1.234'],
      ]),
      sheet([['x', 'y', 'z', 'w']], { name: '私账', hidden: true }),
    ]),
  )
  expect([status, body.counts]).toEqual([201, { new: 1, update: 0, same: 0, error: 2 }])
  expect(body.notices).toEqual(['工作表“私账”是隐藏的，未导入；如需导入请先取消隐藏。'])
  const run = `/api/imports/${body.id}`
  const { rows } = (await send('李强', 'GET', `${run}/rows?status=error`)).body
  expect(
    rows.map((row: { rowNo: number; errors: { column: string; message: string }[] }) => [
      row.rowNo,
      row.errors[0]!.column,
      row.errors[0]!.message,
    ]),
  ).toEqual([
    [3, '姓名工号', expect.stringContaining('文本')],
    [4, '金额', expect.stringContaining('两位小数')],
  ])
  expect(await send('李强', 'POST', `${run}/commit`, { mode: 'all' })).toMatchObject({
    status: 422,
    body: { code: 'rows-with-errors' },
  })
  expect((await send('李强', 'POST', `${run}/commit`, { mode: 'good' })).body.sentence).toContain(
    '新增 1 条，更新 0 条，相同跳过 0 条，错误 2 行未导入',
  )
  expect(await send('李强', 'POST', `${run}/commit`, { mode: 'good' })).toMatchObject({
    status: 422,
    body: { code: 'import-done' },
  })
  const kept = await sql<{
    n: number
  }>`select count(*)::int as n from kernel.record where register = 'door.gift'`.execute(db)
  expect(kept.rows).toEqual([{ n: 1 }])

  const errors = await openWorkbook((await send('李强', 'GET', `${run}/errors.xlsx`)).raw)
  const back = (await allRows(errors.sheets[0]!)).map((row) => Array.from(row.cells, cellText))
  errors.close()
  expect(back.map((row) => row.slice(0, 5))).toEqual([
    ['日期', '姓名', '姓名工号', '金额', '原行号'],
    ['20260306', '赵磊', '6.22E+18', '500', '3'],
    ['2026-03-07', '赵磊', '', '1.234', '4'],
  ])
})

test('formulas count with their last value, merged cells must be filled in, and both are said', async () => {
  const text = (reference: string, value: string): string =>
    `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`
  const { body } = await upload(
    '李强',
    await forgeWorkbook({
      'xl/workbook.xml': workbookPart('<sheet name="慰问登记" sheetId="1" r:id="rId1"/>'),
      'xl/worksheets/sheet1.xml': sheetPart(
        `<row r="1">${text('A1', '2026 年慰问登记')}</row><row r="2">${['日期', '姓名', '金额'].map((header, at) => text(`${'ABC'[at]}2`, header)).join('')}</row>` +
          `<row r="3">${text('A3', '2026/4/1')}${text('B3', '杨帆')}<c r="C3"><f>400*2</f><v>800</v></c></row>` +
          `<row r="4">${text('B4', '赵磊')}<c r="C4"><v>800</v></c></row>`,
        '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="A3:A4"/></mergeCells>',
      ),
    }),
  )
  expect(body.counts).toEqual({ new: 1, update: 0, same: 0, error: 1 })
  expect(body.notices).toEqual([expect.stringContaining('1 行含公式'), expect.stringContaining('合并单元格')])
  await send('李强', 'DELETE', `/api/imports/${body.id}`)
  expect(await send('李强', 'POST', `/api/imports/${body.id}/commit`, { mode: 'good' })).toMatchObject({
    status: 422,
    body: { code: 'import-done' },
  })
})

test('an office imports into its own units only and opens no one else’s run', async () => {
  const file = await workbook([sheet([['2026-05-01', '刘洋', '', '100']])])
  const own = await upload('张敏', file, 'east-1')
  expect([own.status, own.body.counts.new]).toEqual([201, 1])
  expect((await upload('张敏', file, 'east')).status).toBe(403)
  expect((await upload('刘洋', file, 'east-1')).status).toBe(403)
  expect((await send('周婷', 'GET', `/api/imports/${own.body.id}`)).status).toBe(403)
  expect((await send('周婷', 'GET', '/api/imports')).body.rows).toEqual([])
})

test('a check that a killed server cut off can be given up', async () => {
  const { rows } = await sql<{ id: number }>`
    insert into kernel.import_run (kind, unit_id, year, file_name, sha256, created_by, author)
    values ('ledger', ${world.unit('east')}, 2026, '台账.xlsx', '', 0, '') returning id`.execute(db)
  const run = `/api/imports/${rows[0]!.id}`
  expect(await send('李强', 'POST', `${run}/commit`, { mode: 'good' })).toMatchObject({
    status: 422,
    body: { code: 'import-done' },
  })
  expect((await send('李强', 'DELETE', run)).status).toBe(200)
  expect((await send('李强', 'GET', run)).body.status).toBe('discarded')
})

test('the rows of an import are gone after a month, committed or not; younger ones wait', async () => {
  const file = await workbook([
    sheet([
      ['2026-06-01', '刘洋', '', '100'],
      ['2026-06-02', '赵磊', '', '1.234'],
    ]),
  ])
  const [old, young] = [(await upload('李强', file)).body, (await upload('李强', file)).body]
  await ownerPool.query("update kernel.import_run set created_at = now() - interval '31 days' where id = $1", [old.id])
  await forgetStagedRows(db)
  const rowsOf = async (run: { id: number }) => (await send('李强', 'GET', `/api/imports/${run.id}/rows`)).body.rows
  expect([await rowsOf(old), (await rowsOf(young)).length]).toEqual([[], 2])
  expect((await send('李强', 'POST', `/api/imports/${old.id}/commit`, { mode: 'good' })).body.code).toBe('import-done')
})
