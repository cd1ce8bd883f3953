import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { reconcile } from '../kernel/facts/reconcile.ts'
import type { Services } from '../kernel/http/services.ts'
import { catalogue } from '../kernel/register/registry.ts'
import { testDatabase } from '../kernel/testing/database.ts'
import { loadDemo } from './index.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'zhijia-any-day-'))
afterAll(() => rmSync(dataDir, { recursive: true }))
const { db } = await testDatabase()

// The story is told from the day of the first start: early in a year, in another year than it was written in.
test('the county can be founded on a leap day', async () => {
  const config = { dataDir, publicUrl: '', host: '', port: 0, tls: null, webDir: null }
  const services: Services = { db, config, today: () => '2028-02-29' }
  await loadDemo(services, () => {})
  const { rows } = await sql<{ years: number }>`
    select count(distinct extract(year from happened_on))::int as years
    from kernel.record where state = 'recorded'`.execute(db)
  expect(rows[0]!.years).toBeGreaterThan(1)
  expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
}, 480_000)
