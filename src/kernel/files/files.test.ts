import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import yazl from 'yazl'
import { declarePermissions } from '../access/access.ts'
import { buildApp, type App } from '../http/app.ts'
import type { Services } from '../http/services.ts'
import { registerPermissions } from '../module/manifest.ts'
import { field, register } from '../register/declaration.ts'
import { declareRegisters } from '../register/registry.ts'
import { testDatabase } from '../testing/database.ts'
import { smallWorld, type PersonName, type World } from '../testing/world.ts'
import { recordFiles } from './record-files.ts'
import { fileRoutes } from './routes.ts'
import { sweepUploads } from './store.ts'

const { db, ownerPool } = await testDatabase()
const dataDir = mkdtempSync(path.join(tmpdir(), 'zhijia-files-'))
let world: World
let app: App
const records: Record<string, number> = {}

beforeAll(async () => {
  declarePermissions(registerPermissions('sample', '样本'))
  declareRegisters([
    register({
      id: 'sample.visit',
      title: '走访',
      domain: 'WW',
      mechanisms: [],
      help: '',
      fields: [field.text('note', '备注')],
      metrics: [],
      clauses: [],
      sample: {},
    }),
  ])
  world = await smallWorld(ownerPool)
  for (const unit of ['east-1', 'south-1'] as const) {
    const { rows } = await sql<{ id: number }>`
      insert into kernel.record (register, unit_id, happened_on, title, created_by, updated_by)
      values ('sample.visit', ${world.unit(unit)}, '2026-03-05', '看望', 1, 1) returning id`.execute(db)
    records[unit] = rows[0]!.id
  }
  const config = { dataDir, publicUrl: 'http://localhost', host: '', port: 0, tls: null, webDir: null }
  const services: Services = { db, config, today: () => '2026-11-21' }
  app = await buildApp(services, async ({ who }) => (who ? world.as(decodeURIComponent(who) as PersonName) : null), [
    fileRoutes([recordFiles]),
  ])
})
afterAll(async () => {
  await app.close()
  rmSync(dataDir, { recursive: true })
})

const asked = (who: PersonName, method: 'GET' | 'DELETE', url: string, headers = {}) =>
  app.inject({ method, url, headers: { cookie: `who=${encodeURIComponent(who)}`, ...headers } })

function upload(who: PersonName, unit: string, name: string, bytes: Uint8Array) {
  const form = new FormData()
  form.set('objectKind', 'record')
  form.set('objectId', String(records[unit]))
  form.set('file', new Blob([bytes]), name)
  return sent(who, form)
}
async function sent(who: PersonName, form: FormData) {
  const request = new Request('http://localhost', { method: 'POST', body: form })
  return app.inject({
    method: 'POST',
    url: '/api/files',
    payload: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type')!, cookie: `who=${encodeURIComponent(who)}` },
  })
}

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(5000, 7)])
async function zip(names: readonly string[]): Promise<Buffer> {
  const made = new yazl.ZipFile()
  for (const name of names) made.addBuffer(Buffer.from('<xml/>'), name)
  made.end()
  const chunks: Buffer[] = []
  for await (const chunk of made.outputStream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
const stored = (): string[] =>
  existsSync(path.join(dataDir, 'files'))
    ? readdirSync(path.join(dataDir, 'files'), { recursive: true })
        .map(String)
        .filter((name) => name.includes('/'))
    : []

test('张敏 adds a picture to her branch’s record; whoever reads the record reads it, others hear «not found»', async () => {
  const added = await upload('张敏', 'east-1', '../../看望\u202e.jpg', png)
  expect(added.statusCode).toBe(201)
  expect(added.json()).toMatchObject({ name: '看望.jpg.png', mediaType: 'image/png', size: png.length })
  const url = `/api/files/${added.json().id}`
  const list = await asked('李强', 'GET', `/api/files?objectKind=record&objectId=${records['east-1']}`)
  expect(list.json().files).toMatchObject([{ name: '看望.jpg.png', size: png.length }])
  const opened = await asked('王芳', 'GET', url)
  expect(opened.rawPayload.equals(png)).toBe(true)
  expect(opened.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
  expect(opened.headers['content-security-policy']).toContain('sandbox')
  expect((await asked('王芳', 'GET', url, { 'if-none-match': opened.headers.etag })).statusCode).toBe(304)
  expect((await asked('周婷', 'GET', url)).statusCode).toBe(404)
  expect((await asked('周婷', 'DELETE', url)).statusCode).toBe(404)
  expect((await asked('周婷', 'GET', `/api/files?objectKind=record&objectId=${records['east-1']}`)).statusCode).toBe(
    404,
  )
  expect((await upload('周婷', 'east-1', 'a.png', png)).statusCode).toBe(404)
  const audited = await sql<{ summary: string }>`select summary from kernel.audit where action = 'files.add'`.execute(
    db,
  )
  expect(audited.rows).toEqual([{ summary: '给“看望”添加附件“看望.jpg.png”' }])
})

test('the same bytes lie on the disk once, and a file taken away can no longer be opened', async () => {
  const before = stored().length
  const one = (await upload('张敏', 'east-1', '甲.png', png)).json().id
  const two = (await upload('吴刚', 'south-1', '乙.png', png)).json().id
  expect(two).not.toBe(one)
  expect(stored()).toHaveLength(before)
  const hash = createHash('sha256').update(png).digest('hex')
  expect(stored()).toContain(`${hash.slice(0, 2)}/${hash}`)
  expect((await asked('张敏', 'DELETE', `/api/files/${one}`)).statusCode).toBe(200)
  expect((await asked('张敏', 'GET', `/api/files/${one}`)).statusCode).toBe(404)
  expect((await asked('吴刚', 'GET', `/api/files/${two}`)).statusCode).toBe(200)
  expect(readdirSync(path.join(dataDir, 'uploads'))).toEqual([])
})

test('what a file is, its bytes say: Word and Excel pass, macros, old formats, programs and rubbish don’t', async () => {
  const docx = await zip(['[Content_Types].xml', 'word/document.xml'])
  const answers: Record<string, string> = {}
  for (const [name, bytes] of Object.entries({
    '总结.docx': docx,
    '名册.xlsx': await zip(['[Content_Types].xml', 'xl/workbook.xml']),
    '宏.docx': await zip(['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin']),
    '压缩包.docx': await zip(['a.txt']),
    '断.docx': docx.subarray(0, docx.length - 30),
    '旧.doc': Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on', 'latin1'),
    '网页.png': Buffer.from('<html><script>alert(1)</script>'),
    '空.pdf': Buffer.alloc(0),
    '图.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  })) {
    const answer = await upload('张敏', 'east-1', name, bytes)
    answers[name] = answer.statusCode === 201 ? 'kept' : answer.json().code
  }
  expect(answers).toEqual({
    '总结.docx': 'kept',
    '名册.xlsx': 'kept',
    '宏.docx': 'file-macros',
    '压缩包.docx': 'file-type',
    '断.docx': 'file-damaged',
    '旧.doc': 'file-old-office',
    '网页.png': 'file-type',
    '空.pdf': 'file-empty',
    '图.svg': 'file-type',
  })
  expect(readdirSync(path.join(dataDir, 'uploads'))).toEqual([])
})

test('more than 50 MB, no file, no object, an unknown kind and a void record are refused and leave nothing', async () => {
  const large = await upload('张敏', 'east-1', '大.png', Buffer.concat([png, Buffer.alloc(50 * 1024 * 1024)]))
  expect([large.statusCode, large.json().code]).toEqual([413, 'too-large'])
  const form = new FormData()
  form.set('objectKind', 'record')
  form.set('objectId', String(records['east-1']))
  expect((await sent('张敏', form)).json().code).toBe('file-missing')
  const homeless = new FormData()
  homeless.set('file', new Blob([png]), 'a.png')
  expect((await sent('张敏', homeless)).json().code).toBe('invalid-input')
  expect((await asked('张敏', 'GET', '/api/files?objectKind=castle&objectId=1')).statusCode).toBe(404)
  await sql`update kernel.record set state = 'void', void_reason = '重复' where id = ${records['south-1']}`.execute(db)
  expect((await upload('吴刚', 'south-1', 'a.png', png)).json().code).toBe('record-void')
  expect(readdirSync(path.join(dataDir, 'uploads'))).toEqual([])
})

test('half-received uploads of yesterday are swept at start, those of now are not', async () => {
  const folder = path.join(dataDir, 'uploads')
  writeFileSync(path.join(folder, 'old'), 'x')
  writeFileSync(path.join(folder, 'new'), 'x')
  utimesSync(path.join(folder, 'old'), new Date(0), new Date(0))
  await sweepUploads(folder)
  expect(readdirSync(folder)).toEqual(['new'])
})
