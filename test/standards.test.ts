import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '../src/kernel/access/actor.ts'
import { buildApp, type App } from '../src/kernel/http/app.ts'
import { checkUpload, commitRun } from '../src/kernel/importer/run.ts'
import { offStandardIn } from '../src/kernel/register/standard.ts'
import { catalogue } from '../src/kernel/register/registry.ts'
import { testDatabase } from '../src/kernel/testing/database.ts'
import { smallWorld, type UnitCode, type World } from '../src/kernel/testing/world.ts'
import { writeWorkbook } from '../src/kernel/xlsx/write.ts'
import { importKinds } from '../src/imports.ts'
import { manifests } from '../src/modules.ts'
import { routes } from '../src/routes.ts'

/** Visits against the dated table of standards: never blocked, always said, by the standard of the visit's own day. */
const { db, ownerPool } = await testDatabase()
const folder = mkdtempSync(path.join(os.tmpdir(), 'zhijia-standards-'))
const today = '2026-12-31'
let app: App
let world: World
let actor: Actor

beforeAll(async () => {
  expect(manifests.length).toBeGreaterThan(0)
  world = await smallWorld(ownerPool)
  const config = { dataDir: folder, publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null }
  app = await buildApp({ db, config, today: () => today }, async () => actor, routes)
  actor = world.as('王芳')
  standardOf.county = await standard('county', '2024-01-01', 50_000)
  standardOf.east = await standard('east', '2026-01-01', 80_000)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const send = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
  const answer = await app.inject({ method, url, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.json() }
}
const standardOf = { county: 0, east: 0 }

async function standard(unit: UnitCode, happenedOn: string, amount: number): Promise<number> {
  const { status, body } = await send('POST', '/api/registers/care.standard/records', {
    unitId: world.unit(unit),
    happenedOn,
    title: unit === 'east' ? '职工慰问管理办法' : '《全县慰问规定》',
    fields: { occasion: '住院', status: '在职', relation: '本人', amount },
  })
  expect(status).toBe(201)
  return body.id
}

const visit = (happenedOn: string, amount: number | undefined, more: object = {}, unit: UnitCode = 'east-1') => ({
  unitId: world.unit(unit),
  happenedOn,
  fields: {
    person: { id: world.person('刘洋'), name: '刘洋' },
    occasion: '住院',
    status: '在职',
    relation: '本人',
    ...(amount !== undefined && { amount }),
    ...more,
  },
})
const record = (form: object) => send('POST', '/api/registers/care.visit/records', form)

it('is recorded all the same, with the arithmetic, the source and the standard', async () => {
  const { status, body } = await record(visit('2026-03-05', 100_000))
  expect(status).toBe(201)
  const warning = {
    code: 'off-standard',
    over: true,
    sentence: '住院慰问标准（在职、本人）800 元，本次 1000 元，超出 200 元；依据《职工慰问管理办法》。',
    standardRecordId: standardOf.east,
  }
  expect(body.warnings).toEqual([warning])
  expect((await send('GET', `/api/records/${body.id}`)).body.warnings).toEqual([warning])

  const lower = await send('PUT', `/api/records/${body.id}`, { ...visit('2026-03-05', 60_050), version: 1 })
  expect(lower.body.warnings[0].sentence).toContain('本次 600.5 元，低于标准 199.5 元')
  const mended = await send('PUT', `/api/records/${body.id}`, { ...visit('2026-03-05', 80_000), version: 2 })
  expect(mended.body).toEqual({ version: 3, warnings: [] })
  expect((await send('GET', `/api/records/${body.id}`)).body.warnings).toEqual([])
})

it('goes by the day: before the unit had a standard of its own, the one above holds, and before that none', async () => {
  const county = await record(visit('2025-03-05', 80_000))
  expect(county.body.warnings).toEqual([
    {
      code: 'off-standard',
      over: true,
      sentence: '住院慰问标准（在职、本人）500 元，本次 800 元，超出 300 元；依据《全县慰问规定》。',
      standardRecordId: standardOf.county,
    },
  ])
  expect((await record(visit('2023-03-05', 80_000))).body.warnings).toEqual([])
})

it('another union’s standard, an ended one, another tier and a visit without money say nothing', async () => {
  const south = await record(visit('2026-03-05', 50_000, {}, 'south-1'))
  expect(south.body.warnings).toEqual([])
  expect((await record(visit('2026-03-06', 10_000, { relation: '配偶' }))).body.warnings).toEqual([])
  expect((await record(visit('2026-03-06', undefined, { gift: '鲜花' }))).body.warnings).toEqual([])
  const { body } = await send('GET', `/api/records/${standardOf.east}`)
  await send('PUT', `/api/records/${standardOf.east}`, {
    unitId: body.unitId,
    happenedOn: body.happenedOn,
    endedOn: '2026-06-30',
    title: body.title,
    fields: body.fields,
    version: body.version,
  })
  const july = await record(visit('2026-07-01', 80_000))
  expect(july.body.warnings).toMatchObject([{ standardRecordId: standardOf.county }])
  expect((await record(visit('2026-06-30', 80_000))).body.warnings).toEqual([])
})

it('an import says which rows are off before and how many after, and imports them', async () => {
  const file = path.join(folder, 'visits.xlsx')
  const row = (day: string, amount: string) => [day, '陈静', '在职', '住院', '本人', amount]
  await writeWorkbook(file, [
    {
      name: '走访慰问登记簿',
      columns: ['慰问日期', '职工姓名', '职工状况', '慰问事由', '当事人与职工关系', '慰问金（元）'].map((header) => ({
        header,
      })),
      rows: [row('2026-02-01', '800'), row('2026-02-02', '900'), row('2026-02-03', '1')],
    },
  ])
  const kind = importKinds(folder).find((one) => one.kind === 'ledger')!
  const upload = { unitId: world.unit('east'), year: 2026, fileName: 'visits.xlsx', sha256: '', file }
  const preview = await checkUpload(db, actor, kind, upload, today)
  expect(preview.counts).toEqual({ new: 3, update: 0, same: 0, error: 0 })
  expect(preview.notices).toEqual([
    '工作表“走访慰问登记簿”有 2 行与标准不一致，不影响导入，请核对：' +
      '第 3 行，住院慰问标准（在职、本人）800 元，本次 900 元，超出 100 元；依据《职工慰问管理办法》。' +
      '第 4 行，住院慰问标准（在职、本人）800 元，本次 1 元，低于标准 799 元；依据《职工慰问管理办法》。',
  ])
  const { sentence } = await commitRun(db, actor, kind, preview.id, 'all', today)
  expect(sentence).toContain('新增 3 条')
  expect(sentence).toContain('其中 2 条金额与标准不一致')
})

it('the year’s off-standard records are found by the unit’s scope', async () => {
  const found = async (unit: UnitCode, year: number) =>
    (
      await offStandardIn(db, await catalogue(db), {
        unitId: world.unit(unit),
        from: `${year}-01-01`,
        to: `${year}-12-31`,
      })
    ).map(({ register, records }) => [register.id, records.size])
  // July's, and the two imported ones; the imported rows stand at the union, not at a branch.
  expect(await found('east', 2026)).toEqual([['care.visit', 3]])
  expect(await found('east-1', 2026)).toEqual([['care.visit', 1]])
  expect(await found('county', 2025)).toEqual([['care.visit', 1]])
  expect(await found('south', 2026)).toEqual([])
})

it('the report’s lint names them', async () => {
  const made = await send('POST', '/api/reports', { unitId: world.unit('east'), year: 2026, genre: 'annual' })
  expect(made.status).toBe(201)
  const { body } = await send('GET', `/api/reports/${made.body.id}/remarks`)
  const { remarks }: { remarks: { code: string; sentence: string }[] } = body
  expect(remarks.filter((remark) => remark.code === 'off-standard').map((remark) => remark.sentence)).toEqual([
    expect.stringMatching(
      /^《走访慰问登记簿》有 3 条金额与标准不一致，请核对或写明原因，如：住院慰问标准（在职、本人）/,
    ),
  ])
})

it('a report states the standard in force, though it was recorded years before, and opens onto it', async () => {
  const made = await send('POST', '/api/reports', { unitId: world.unit('county'), year: 2025, genre: 'annual' })
  const { body } = await send('GET', `/api/reports/${made.body.id}`)
  const figures = Object.values<{ metric: string; text: string; recordId: number; facts: number }>(body.body.figures)
  const stated = figures.find((figure) => figure.metric === 'care.standard.hospital-own')
  expect(stated).toMatchObject({ text: '500元', recordId: standardOf.county, facts: 1 })
})
