import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { operator } from '../access/actor.ts'
import { figuresOf } from '../facts/figures.ts'
import { reconcile } from '../facts/reconcile.ts'
import { testDatabase } from '../testing/database.ts'
import { smallWorld } from '../testing/world.ts'
import { counting } from './counting.ts'
import { field, register } from './declaration.ts'
import { dropKept, keepRecords } from './kept.ts'
import { addLines, changeLines, dropLines } from './kept-lines.ts'
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
const round = counting('test.round', 'line')
const rounds = register({
  id: 'test.round',
  title: '试发放',
  domain: 'WW',
  mechanisms: [],
  help: '',
  sample: {},
  clauses: [],
  fields: [field.choice('festival', '节日', ['春节', '中秋'])],
  lines: {
    title: '名单',
    fields: [field.person('person', '姓名'), field.yesno('done', '已领'), field.money('value', '折价（元）')],
  },
  metrics: [
    round.records('count', '轮次', '次'),
    round.lines('times', '人次', '人次', { done: '是' }),
    round.money('value', '折价', 'value'),
  ],
})
declareRegisters([motions, rounds])
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

test('a roster’s record grows and changes line by line, and the others stay', async () => {
  const counted = async () => {
    const known = await catalogue(db)
    const names = ['test.round.count', 'test.round.times', 'test.round.value']
    const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
    const found = await figuresOf(db, known, scope, names)
    expect((await reconcile(db, known)).differences).toEqual([])
    return names.map((id) => found.find((figure) => figure.metric === id)?.value ?? 0)
  }
  const line = (lineNo: number, done: boolean) => ({
    lineNo,
    personId: world.person(lineNo === 1 ? '刘洋' : '陈静'),
    fields: { done, value: 20_000 },
  })
  const recordId = await db.transaction().execute(async (tx) => {
    const round = { unitId: world.unit('east'), happenedOn: '2026-02-10', fields: { festival: '春节' } }
    const [id] = await keepRecords(tx, actor, rounds, [{ keptBy: 'rounds/1', draft: round }])
    await addLines(tx, actor, rounds, id!, [line(1, true), line(2, false)])
    return id!
  })
  expect(await counted()).toEqual([1, 1, 40_000])
  await db.transaction().execute((tx) => changeLines(tx, actor, rounds, recordId, [line(2, true)], '已领'))
  expect(await counted()).toEqual([1, 2, 40_000])
  await db.transaction().execute((tx) => dropLines(tx, actor, recordId, [1], '登记错误'))
  expect(await counted()).toEqual([1, 1, 20_000])
  // A line of no record, or of one kept by hand, is a mistake of the program.
  await expect(
    db.transaction().execute((tx) => addLines(tx, actor, motions, recordId, [line(3, true)])),
  ).rejects.toThrow('no kept record')
})
