import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { buildApp } from '../../../kernel/http/app.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { createSetupLink } from '../public.ts'
import { visitor } from '../testing.ts'
import { routes } from './routes.ts'
import { createAuthenticate } from './sessions.ts'

const { db } = await testDatabase()

test('on an empty installation the link also makes the first union; without it nothing is made', async () => {
  const config = {
    dataDir: mkdtempSync(path.join(tmpdir(), 'zhijia-setup-')),
    publicUrl: 'https://union.example',
    host: '',
    port: 0,
    tls: null,
    webDir: null,
  }
  const services = { db, config, today: () => '2026-11-21' }
  const app = await buildApp(services, createAuthenticate(services), routes)
  const token = (await createSetupLink(services))!.split('#')[1]
  const client = visitor(app)
  expect((await client.post('/api/setup/look', { token })).body).toEqual({ needsUnit: true })
  const body = { token, name: '林系', login: 'lin', password: 'Ziji-xiang-de-2026' }
  expect((await client.post('/api/setup', body)).body.code).toBe('unit-missing')
  const unit = { code: 'qinghe', name: '青禾县总工会', type: 'federation' }
  expect((await client.post('/api/setup', { ...body, unit: { ...unit, type: 'kingdom' } })).body.code).toBe('unit-type')
  expect((await sql`select from accounts.account`.execute(db)).rows).toHaveLength(0)
  const done = await client.post('/api/setup', { ...body, unit })
  expect(done.body.step).toBe('enrol')
  expect(String(done.headers['set-cookie'])).toMatch(/Secure/)
  expect((await client.get('/api/me')).body.currentUnit.name).toBe('青禾县总工会')
  await app.close()
})
