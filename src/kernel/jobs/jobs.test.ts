import { sql } from 'kysely'
import { afterEach, expect, test, vi } from 'vitest'
import type { Services } from '../http/services.ts'
import { testDatabase } from '../testing/database.ts'
import { defineJob, enqueue, prepareQueues, startWorkers, type Workers } from './jobs.ts'

const { db } = await testDatabase()
const services = { db, today: () => '2026-11-21' } as Services
let workers: Workers | undefined
afterEach(async () => {
  await workers?.stop()
  workers = undefined
})

const names: string[] = []
const greet = defineJob<{ name: string }>({
  name: 'sample.greet',
  title: '问好',
  run: async (_services, { name }) => {
    names.push(name)
  },
})
const once = defineJob<{ unit: number }>({ name: 'sample.once', title: '只一次', exclusive: true, run: async () => {} })
let attempts = 0
const failing = defineJob({
  name: 'sample.failing',
  title: '会失败',
  retries: 1,
  run: async () => {
    attempts++
    throw new Error('打翻了')
  },
})

test('the server’s role, which owns nothing, opens queues, asks for work and does it', async () => {
  await prepareQueues(db, [greet])
  await db.transaction().execute((tx) => enqueue(tx, greet, { name: '甲' }))
  await expect(
    db.transaction().execute(async (tx) => {
      await enqueue(tx, greet, { name: '乙' })
      throw new Error('回滚')
    }),
  ).rejects.toThrow('回滚')
  workers = await startWorkers(services, [greet], { pollSeconds: 0.5 })
  await vi.waitFor(() => expect(names).toEqual(['甲']), 10_000)
  await enqueue(db, greet, { name: '丙' })
  await vi.waitFor(() => expect(names).toEqual(['甲', '丙']), 10_000)
})

test('an exclusive job waits once per key', async () => {
  await prepareQueues(db, [once])
  expect(await enqueue(db, once, { unit: 1 }, { key: 'unit-1' })).toMatch(/-/)
  expect(await enqueue(db, once, { unit: 1 }, { key: 'unit-1' })).toBeNull()
  expect(await enqueue(db, once, { unit: 2 }, { key: 'unit-2' })).toMatch(/-/)
})

test('a failure is reported with the job’s title and tried again later', async () => {
  const lines: string[] = []
  workers = await startWorkers(services, [failing], { pollSeconds: 0.5, report: (line) => lines.push(line) })
  const id = await enqueue(db, failing, {})
  await vi.waitFor(() => expect(lines[0]).toContain('作业“会失败”'), 10_000)
  await vi.waitFor(async () => {
    const { rows } = await sql<{ state: string; later: boolean }>`
      select state::text as state, start_after > now() as later from pgboss.job where id = ${id}::uuid`.execute(db)
    expect(rows).toEqual([{ state: 'retry', later: true }])
  }, 10_000)
  expect(attempts).toBe(1)
})

test('a schedule is kept in Shanghai’s time and dropped with the declaration', async () => {
  const nightly = { ...greet, name: 'sample.nightly', schedule: '30 2 * * *' }
  const schedules = async () =>
    (await sql`select name, cron, timezone from pgboss.schedule where name = 'sample.nightly'`.execute(db)).rows
  await prepareQueues(db, [nightly])
  expect(await schedules()).toEqual([{ name: 'sample.nightly', cron: '30 2 * * *', timezone: 'Asia/Shanghai' }])
  await prepareQueues(db, [{ ...greet, name: 'sample.nightly' }])
  expect(await schedules()).toEqual([])
})
