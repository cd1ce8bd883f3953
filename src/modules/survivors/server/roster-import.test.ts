import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import { buildApp } from '../../../kernel/http/app.ts'
import { importRoutes } from '../../../kernel/importer/routes.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName } from '../../../kernel/testing/world.ts'
import { writeWorkbook } from '../../../kernel/xlsx/write.ts'
import module from '../module.ts'
import { survivorsImport } from './roster-import.ts'
import { survivorRoutes } from './routes.ts'

declarePermissions([...module.permissions, { name: 'organisation.read', title: '查看组织' }])
const { db, ownerPool } = await testDatabase()
const world = await smallWorld(ownerPool)
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-survivors-import-'))
const app = await buildApp(
  {
    db,
    today: () => '2026-03-01',
    config: { dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
  },
  async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
  [importRoutes([survivorsImport(openKeys(dataDir))]), survivorRoutes],
)
afterAll(async () => {
  await app.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const headers = [
  '遗属姓名',
  '与亡故职工关系',
  '出生日期',
  '居住地',
  '供养理由',
  '亡故职工',
  '亡故日期',
  '供养标准档',
  '供养起始日期',
  '已发至月份',
]
const row = (name: string, more: Record<string, string> = {}): string[] => {
  const cells: Record<string, string> = {
    遗属姓名: name,
    与亡故职工关系: '配偶',
    出生日期: '1951.4.2',
    居住地: '外地',
    供养理由: '年老无收入',
    亡故职工: '孙大海',
    亡故日期: '2019-05-20',
    供养标准档: '一档',
    供养起始日期: '2019-06-01',
    已发至月份: '2026-02',
    ...more,
  }
  return headers.map((header) => cells[header]!)
}
async function workbook(rows: readonly string[][]): Promise<Buffer> {
  const file = path.join(dataDir, `${crypto.randomUUID()}.xlsx`)
  await writeWorkbook(file, [{ name: '遗属名册', columns: headers.map((header) => ({ header })), rows }])
  return readFileSync(file)
}
const boundary = 'zhijia-test'
const form = (file: Buffer): Buffer =>
  Buffer.concat([
    ...Object.entries({ kind: 'survivors', unitId: world.unit('east') }).map(([name, value]) =>
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
    ),
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="survivors.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
async function send(who: PersonName, url: string, payload: object | Buffer) {
  const upload = payload instanceof Buffer
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: {
      cookie: `as=${encodeURIComponent(who)}`,
      ...(upload && { 'content-type': `multipart/form-data; boundary=${boundary}` }),
    },
    payload,
  })
  return { status: answer.statusCode, body: answer.json() }
}

test('a roster comes in by workbook: bad rows say why, known ones stay, and what was exported is known', async () => {
  const file = await workbook([
    row('孙桂兰'),
    row('孙桂兰'),
    row('孙小雨', { 与亡故职工关系: '外甥' }),
    row('孙老太', { 与亡故职工关系: '父母', 亡故日期: '2019-02-31' }),
    row('孙大山', { 供养起始日期: '2018-01-01' }),
  ])
  expect((await send('周婷', '/api/imports', form(file))).status).toBe(404)
  const preview = (await send('李强', '/api/imports', form(file))).body
  expect(preview.counts).toEqual({ new: 1, update: 0, same: 0, error: 4 })
  const answer = await app.inject({
    url: `/api/imports/${preview.id}/rows?status=error`,
    headers: { cookie: `as=${encodeURIComponent('李强')}` },
  })
  const said = answer.json().rows.map((one: { errors: { column?: string }[] }) => one.errors[0]!.column ?? '整行')
  expect(said).toEqual(['整行', '与亡故职工关系', '亡故日期', '供养起始日期'])
  expect((await send('李强', `/api/imports/${preview.id}/commit`, { mode: 'good' })).status).toBe(200)

  const exported = await app.inject({
    url: `/api/survivors/roster.xlsx?unitId=${world.unit('east')}`,
    headers: { cookie: `as=${encodeURIComponent('李强')}` },
  })
  expect((await send('李强', '/api/imports', form(exported.rawPayload))).body.counts).toEqual({
    new: 0,
    update: 0,
    same: 1,
    error: 0,
  })
})
