import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { operator } from '../access/actor.ts'
import { figuresOf } from '../facts/figures.ts'
import { reconcile } from '../facts/reconcile.ts'
import { testDatabase } from '../testing/database.ts'
import { smallWorld } from '../testing/world.ts'
import { field, register } from './declaration.ts'
import { dropKept, keepRecords } from './kept.ts'
import { catalogue, declareRegisters } from './registry.ts'
import { updateRecord, voidRecord } from './store.ts'

const motions = register({
  id: 'test.motion',
  title: '试提案',
  domain: 'DM',
  mechanisms: [],
  help: '',
  sample: {},
  clauses: [],
  titleLabel: '案由',
  fields: [field.integer('seconders', '附议人数')],
  metrics: [
    { id: 'test.motion.count', label: '提案', unit: '件', aggregate: { sum: 'record' } },
    { id: 'test.motion.seconders', label: '附议', unit: '人次', aggregate: { sum: 'seconders' } },
  ],
})
declareRegisters([motions])
const { db, ownerPool } = await testDatabase()
const world = await smallWorld(ownerPool)
const actor = operator()
const draft = (seconders: number) => ({
  unitId: world.unit('east'),
  happenedOn: '2026-03-05',
  title: '食堂',
  fields: { seconders },
})
const figures = async () => {
  const known = await catalogue(db)
  const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
  const found = await figuresOf(db, known, scope, ['test.motion.count', 'test.motion.seconders'])
  expect((await reconcile(db, known)).differences).toEqual([])
  return ['test.motion.count', 'test.motion.seconders'].map(
    (id) => found.find((figure) => figure.metric === id)?.value ?? 0,
  )
}

test('a process files its record once, brings it up to date, and is the only one who may', async () => {
  const keep = (seconders: number) =>
    db
      .transaction()
      .execute((tx) => keepRecords(tx, actor, motions, [{ keptBy: 'motions/7', draft: draft(seconders) }]))
  const [id] = await keep(3)
  expect(await keep(5)).toEqual([id])
  expect(await figures()).toEqual([1, 5])

  const { rows } = await sql<{ version: number }>`select version from kernel.record where id = ${id}`.execute(db)
  await expect(updateRecord(db, actor, motions, id!, rows[0]!.version, draft(9), 'recorded')).rejects.toMatchObject({
    code: 'kept',
  })
  await expect(voidRecord(db, actor, motions, id!, rows[0]!.version, '重复')).rejects.toMatchObject({ code: 'kept' })
  expect(await figures()).toEqual([1, 5])

  await db.transaction().execute((tx) => dropKept(tx, actor, motions, ['motions/7'], '撤回'))
  expect(await figures()).toEqual([0, 0])
  // What was taken back may be filed again, as another record.
  expect(await keep(2)).not.toEqual([id])
  expect(await figures()).toEqual([1, 2])
})
