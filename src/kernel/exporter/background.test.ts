import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { declarePermissions } from '../access/access.ts'
import type { Services } from '../http/services.ts'
import { prepareQueues, startWorkers } from '../jobs/jobs.ts'
import { noticesOf } from '../notices/notices.ts'
import { field, register } from '../register/declaration.ts'
import { insertRecords } from '../register/store.ts'
import { declareRegisters } from '../register/registry.ts'
import { testDatabase } from '../testing/database.ts'
import { smallWorld } from '../testing/world.ts'
import { exportedFile, forgetExports, orderExport, writeExport } from './background.ts'

const gifts = register({
  id: 'test.gift',
  title: '试发放',
  domain: 'FL',
  mechanisms: [],
  help: '',
  sample: {},
  clauses: [],
  titleLabel: '名称',
  fields: [field.money('amount', '金额（元）')],
  metrics: [],
})
declarePermissions(['read', 'write', 'export', 'import', 'void'].map((verb) => ({ name: `test.${verb}`, title: verb })))
declareRegisters([gifts])
const { db, ownerPool } = await testDatabase()
const world = await smallWorld(ownerPool)
const dataDir = mkdtempSync(path.join(tmpdir(), 'zhijia-exports-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const services = { db, config: { dataDir }, today: () => '2026-11-21' } as Services
const officer = world.as('张敏')

test('a large export is written by a worker and is fetched by whoever asked for it, and nobody else', async () => {
  await db.transaction().execute((tx) =>
    insertRecords(
      tx,
      officer,
      gifts,
      (['east-1', 'east-2'] as const).map((code) => ({
        unitId: world.unit(code),
        happenedOn: '2026-05-01',
        title: code,
        fields: { amount: 1250 },
      })),
      'desk',
    ),
  )
  await prepareQueues(db, [writeExport, forgetExports])
  const id = await orderExport(db, officer, {
    register: gifts.id,
    title: gifts.title,
    unitId: world.unit('east-1'),
    filter: { unitId: world.unit('east-1') },
    note: { reason: '核对', unmasked: false, at: '2026-11-21', format: 'csv' },
  })
  await expect(exportedFile(services, officer, id)).rejects.toMatchObject({ code: 'export-waiting' })
  const workers = await startWorkers(services, [writeExport, forgetExports], { pollSeconds: 0.5 })
  await vi.waitFor(() => exportedFile(services, officer, id), { timeout: 15_000, interval: 100 })
  await workers.stop()

  const found = await exportedFile(services, officer, id)
  expect(found.name).toBe('试发放-2026-11-21.csv')
  const text = (await buffer(createReadStream(found.file))).toString()
  expect(text).toContain('12.50')
  // The officer's own branch only, as in the list.
  expect(text).toContain('east-1')
  expect(text).not.toContain('east-2')
  expect((await noticesOf(db, officer)).map((notice) => notice.link)).toEqual([`/api/exports/${id}/file`])
  await expect(exportedFile(services, world.as('李强'), id)).rejects.toMatchObject({ status: 404 })

  await sql`update kernel.export set created_at = created_at - interval '8 days'`.execute(db)
  await forgetExports.run(services, {}, new AbortController().signal)
  await expect(exportedFile(services, officer, id)).rejects.toMatchObject({ status: 404 })
  expect(existsSync(found.file)).toBe(false)
})
