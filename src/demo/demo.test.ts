import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reconcile } from '../kernel/facts/reconcile.ts'
import type { Services } from '../kernel/http/services.ts'
import { catalogue } from '../kernel/register/registry.ts'
import { testDatabase } from '../kernel/testing/database.ts'
import { accountsFile } from './accounts.ts'
import { loadDemo } from './index.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'zhijia-demo-'))
afterAll(() => rmSync(dataDir, { recursive: true }))
const today = '2026-11-21'
const { db } = await testDatabase()
const services = (one: typeof db): Services => ({
  db: one,
  config: { dataDir, publicUrl: '', host: '', port: 0, tls: null, webDir: null },
  today: () => today,
})

beforeAll(async () => {
  await loadDemo(services(db), (line) => console.log(line))
}, 240_000)

test('what the ledgers say and what was counted agree', async () => {
  const { differences } = await reconcile(db, await catalogue(db))
  expect(differences).toEqual([])
}, 120_000)

test('the accounts are for the operator alone', () => {
  expect(statSync(accountsFile(dataDir)).mode & 0o777).toBe(0o600)
})
test('rows', async () => {
  const { rows } =
    await sql`select (select count(*) from kernel.record) r, (select count(*) from kernel.record_line) l, (select count(*) from kernel.fact) f`.execute(
      db,
    )
  console.log(rows)
})
