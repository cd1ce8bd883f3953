import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { recordFiles } from '../../../kernel/files/record-files.ts'
import { fileRoutes } from '../../../kernel/files/routes.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { declareRegisters } from '../../../kernel/register/registry.ts'
import { insertRecords } from '../../../kernel/register/store.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import care from '../../care/module.ts'
import { injuries, visits } from '../../care/registers/visits.ts'
import hardship from '../../hardship/module.ts'
import { privacyRoutes } from './routes.ts'

declarePermissions([...care.permissions, ...hardship.permissions])
declareRegisters(care.registers!)
const dataDir = mkdtempSync(path.join(tmpdir(), 'openings-'))
const { db, ownerPool } = await testDatabase()
let world: World
let app: App
const scan = Buffer.from('%PDF-1.7 a diagnosis')
let shut = 0
let open = 0

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => '2026-06-26',
      config: { dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async ({ as }) => (as ? world.as(decodeURIComponent(as) as PersonName) : null),
    [fileRoutes([recordFiles]), privacyRoutes],
  )
  shut = await withFile(injuries, { stage: '结案' })
  open = await withFile(visits, { status: '在职', occasion: '住院', relation: '本人' })
})
afterAll(async () => {
  await app.close()
  rmSync(dataDir, { recursive: true })
})

/** A record about 刘洋 with one paper. @returns the file's id */
async function withFile(register: typeof visits, fields: Record<string, string>): Promise<number> {
  await db
    .transaction()
    .execute((tx) =>
      insertRecords(
        tx,
        operator(),
        register,
        [{ unitId: world.unit('east-1'), personId: world.person('刘洋'), happenedOn: '2026-03-01', fields }],
        'import',
      ),
    )
  const { rows } = await sql<{ id: number }>`select max(id) as id from kernel.record`.execute(db)
  const form = new FormData()
  form.set('objectKind', 'record')
  form.set('objectId', String(rows[0]!.id))
  form.set('file', new Blob([scan]), '诊断书.pdf')
  const request = new Request('http://test', { method: 'POST', body: form })
  const answer = await app.inject({
    method: 'POST',
    url: '/api/files',
    payload: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type')!, cookie: `as=${encodeURIComponent('张敏')}` },
  })
  return answer.json().id
}
const ask = (who: PersonName, method: 'GET' | 'POST', url: string, payload?: object, headers = {}) =>
  app.inject({
    method,
    url: `/api/${url}`,
    headers: { cookie: `as=${encodeURIComponent(who)}`, ...headers },
    ...(payload && { payload }),
  })
const looks = async () => (await ask('刘洋', 'GET', 'privacy/mine')).json().looks

test('a paper of a closed ledger opens for whoever said why, and the person sees who and why', async () => {
  const bytes = await ask('李强', 'GET', `files/${shut}`)
  expect([bytes.statusCode, bytes.json().code]).toEqual([403, 'opening-needed'])
  const silent = await ask('李强', 'POST', `files/${shut}/openings`, { reason: '看' })
  expect([silent.statusCode, silent.json().code]).toEqual([422, 'reason-missing'])
  expect(await looks()).toEqual([])

  expect((await ask('李强', 'POST', `files/${shut}/openings`, { reason: '核对伤残等级' })).statusCode).toBe(201)
  const opened = await ask('李强', 'GET', `files/${shut}`)
  expect(opened.rawPayload.equals(scan)).toBe(true)
  // A shared machine keeps nothing of it.
  expect(opened.headers['cache-control']).toBe('no-store')
  expect(await looks()).toMatchObject([{ who: '李强', what: '打开《工伤慰问跟踪》记录的材料', why: '核对伤残等级' }])
})

test('one’s word opens for oneself, for a quarter of an hour', async () => {
  expect((await ask('张敏', 'GET', `files/${shut}`)).statusCode).toBe(403)
  await ownerPool.query(`alter table kernel.audit disable trigger user`)
  await ownerPool.query(`update kernel.audit set at = at - interval '16 minutes' where action = 'files.open'`)
  await ownerPool.query(`alter table kernel.audit enable trigger user`)
  const late = await ask('李强', 'GET', `files/${shut}`)
  expect([late.statusCode, late.json().code]).toEqual([403, 'opening-needed'])
  // Nor does knowing the hash of the bytes help.
  const etag = `"${(await sql<{ hash: string }>`select encode(sha256, 'hex') as hash from kernel.file where id = ${shut}`.execute(db)).rows[0]!.hash}"`
  expect((await ask('李强', 'GET', `files/${shut}`, undefined, { 'if-none-match': etag })).statusCode).toBe(403)
})

test('one’s own papers and those of open ledgers ask nothing; who may not see the record hears that there is nothing', async () => {
  expect((await ask('李强', 'GET', `files/${open}`)).statusCode).toBe(200)
  expect((await ask('刘洋', 'GET', `files/${shut}`)).statusCode).toBe(200)
  for (const [method, url] of [
    ['POST', `files/${shut}/openings`],
    ['GET', `files/${shut}`],
  ] as const)
    expect((await ask('周婷', method, url, method === 'POST' ? { reason: '想看一看' } : undefined)).statusCode).toBe(
      404,
    )
  expect((await looks()).map((one: { who: string }) => one.who)).toEqual(['李强'])
})
