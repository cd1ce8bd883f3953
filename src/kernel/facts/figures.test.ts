import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { operator } from '../access/actor.ts'
import { field, register } from '../register/declaration.ts'
import { catalogue, declareRegisters } from '../register/registry.ts'
import { insertRecords, updateRecord, voidRecord } from '../register/store.ts'
import { testDatabase } from '../testing/database.ts'
import { count, type Counted } from './count.ts'
import { recount, rowsBehind } from './drill.ts'
import { figuresOf, shareOf, wantedOf } from './figures.ts'
import { reconcile } from './reconcile.ts'
import { figureText } from './text.ts'

const visit = register({
  id: 'test.visit',
  title: '试走访',
  domain: 'WW',
  mechanisms: [],
  help: '',
  sample: {},
  clauses: [],
  fields: [
    field.person('person', '被慰问人', { required: true }),
    field.choice('occasion', '事由', ['住院', '生育']),
    field.money('amount', '慰问金（元）'),
    field.integer('session', '届'),
  ],
  metrics: [
    { id: 'test.visit.times', label: '走访人次', unit: '人次', aggregate: { sum: 'record' } },
    { id: 'test.visit.persons', label: '走访人数', unit: '人', aggregate: { distinct: 'person', of: 'record' } },
    {
      id: 'test.visit.hospital',
      label: '住院慰问',
      unit: '人次',
      aggregate: { sum: 'record', where: { occasion: '住院' } },
    },
    { id: 'test.visit.amount', label: '慰问金', unit: '元', aggregate: { sum: 'amount' } },
    {
      id: 'test.visit.share',
      label: '住院占比',
      unit: '%',
      aggregate: { ratio: { numerator: 'test.visit.hospital', denominator: 'test.visit.times' } },
    },
    { id: 'test.visit.session', label: '届', unit: '届', aggregate: { stated: 'session' } },
    { id: 'test.visit.monthly', label: '每月', unit: '次/月', aggregate: { frequency: 'record', per: 'month' } },
  ],
})
const outing = register({
  id: 'test.outing',
  title: '试活动',
  domain: 'WT',
  mechanisms: [],
  help: '',
  sample: {},
  clauses: [],
  titleLabel: '活动名称',
  fields: [],
  lines: {
    title: '参加人员',
    fields: [field.person('person', '姓名', { required: true }), field.yesno('done', '是否参加')],
  },
  metrics: [
    { id: 'test.outing.count', label: '活动', unit: '次', aggregate: { sum: 'record' } },
    { id: 'test.outing.times', label: '人次', unit: '人次', aggregate: { sum: 'line' } },
    { id: 'test.outing.persons', label: '人数', unit: '人', aggregate: { distinct: 'person', of: 'line' } },
    {
      id: 'test.outing.done',
      label: '参加人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { done: '是' } },
    },
    {
      id: 'test.outing.coverage',
      label: '覆盖率',
      unit: '%',
      aggregate: { ratio: { numerator: 'test.outing.done', denominator: 'test.outing.persons' } },
    },
  ],
})

const rule = register({
  id: 'test.rule',
  title: '试标准',
  domain: 'WW',
  mechanisms: [],
  help: '',
  sample: {},
  clauses: [],
  fields: [field.choice('occasion', '事由', ['住院', '生育']), field.money('amount', '标准（元）')],
  metrics: [
    {
      id: 'test.rule.hospital',
      label: '住院标准',
      unit: '元',
      aggregate: { stated: 'amount', where: { occasion: '住院' }, standing: true },
    },
  ],
})

const actor = operator()
const { db, ownerPool } = await testDatabase()
let unit = 0
let branch = 0
let people: number[] = []

beforeAll(async () => {
  declareRegisters([visit, outing, rule])
  const { rows } = await sql<{
    id: number
  }>`insert into organisation.unit (code, name, type) values ('U', '甲公司工会', 'union'), ('B', '一车间分会', 'branch') returning id`.execute(
    db,
  )
  ;[unit, branch] = rows.map((row) => row.id) as [number, number]
  await sql`insert into kernel.closure (ancestor_id, descendant_id, depth) values (${unit}, ${unit}, 0), (${branch}, ${branch}, 0), (${unit}, ${branch}, 1)`.execute(
    db,
  )
  people = (
    await sql<{
      id: number
    }>`insert into members.person (name, unit_id) select '人' || i, ${branch} from generate_series(1, 5) i returning id`.execute(
      db,
    )
  ).rows.map((row) => row.id)
})

const year = () => ({ unitId: unit, from: '2025-01-01', to: '2025-12-31' })
const valuesOf = async (scope = year()): Promise<Record<string, number>> =>
  Object.fromEntries((await figuresOf(db, await catalogue(db), scope)).map((figure) => [figure.metric, figure.value]))

describe('figures', () => {
  let ids: number[] = []
  it('counts records, distinct persons, money, shares, stated numbers and rhythm from facts', async () => {
    ids = await db.transaction().execute((tx) =>
      insertRecords(
        tx,
        actor,
        visit,
        [
          {
            unitId: branch,
            happenedOn: '2025-01-05',
            personId: people[0]!,
            fields: { occasion: '住院', amount: 80_000, session: 3 },
          },
          {
            unitId: branch,
            happenedOn: '2025-02-05',
            personId: people[0]!,
            fields: { occasion: '生育', amount: 50_000 },
          },
          {
            unitId: unit,
            happenedOn: '2025-03-05',
            personId: people[1]!,
            fields: { occasion: '住院', amount: 80_000, session: 4 },
          },
          { unitId: unit, happenedOn: '2024-03-05', personId: people[1]!, fields: { occasion: '住院' } },
        ],
        'desk',
      ),
    )
    expect(await valuesOf()).toMatchObject({
      'test.visit.times': 3,
      'test.visit.persons': 2,
      'test.visit.hospital': 2,
      'test.visit.amount': 210_000,
      'test.visit.share': 6667,
      'test.visit.session': 4,
      'test.visit.monthly': 1,
    })
    expect(await valuesOf({ ...year(), unitId: branch })).toMatchObject({
      'test.visit.times': 2,
      'test.visit.session': 3,
    })
  })

  it('counts lines by person, and a coverage never rounds up to 100 %', async () => {
    await db.transaction().execute((tx) =>
      insertRecords(
        tx,
        actor,
        outing,
        [
          {
            unitId: unit,
            happenedOn: '2025-05-04',
            title: '登山',
            fields: {},
            lines: people.map((personId, at) => ({ personId, fields: { done: at > 0 } })),
          },
          {
            unitId: unit,
            happenedOn: '2025-06-04',
            title: '游园',
            fields: {},
            lines: people.slice(0, 2).map((personId) => ({ personId, fields: { done: true } })),
          },
        ],
        'desk',
      ),
    )
    expect(await valuesOf()).toMatchObject({
      'test.outing.count': 2,
      'test.outing.times': 7,
      'test.outing.persons': 5,
      'test.outing.done': 5,
      'test.outing.coverage': 10_000,
    })
    expect(shareOf(99_999, 100_000)).toBe(9_999)
    expect(shareOf(41, 50)).toBe(8_200)
  })

  it('opens onto the rows, which recount to the figure', async () => {
    const known = await catalogue(db)
    for (const figure of await figuresOf(db, known, year()))
      if (figure.kind === 'count' || figure.kind === 'amount')
        expect([figure.metric, await recount(db, known, figure.metric, year())]).toEqual([figure.metric, figure.value])
    const { rows } = await rowsBehind(db, known, 'test.visit.session', year(), { limit: 10 })
    expect(rows.map((row) => row.refId)).toEqual([ids[2]])
  })

  it('a standing number holds from its day until it ends or another follows, however old', async () => {
    const tier = (happenedOn: string, amount: number, endedOn: string | null = null) => ({
      unitId: unit,
      happenedOn,
      endedOn,
      fields: { occasion: '住院', amount },
    })
    const [first] = await db
      .transaction()
      .execute((tx) =>
        insertRecords(
          tx,
          actor,
          rule,
          [tier('2022-01-01', 50_000), tier('2024-01-01', 90_000, '2024-12-31'), tier('2025-07-01', 80_000)],
          'desk',
        ),
      )
    const known = await catalogue(db)
    const inYear = async (year: number) => {
      const scope = { unitId: unit, from: `${year}-01-01`, to: `${year}-12-31` }
      const [figure] = await figuresOf(db, known, scope, ['test.rule.hospital'])
      return figure && [figure.value, figure.firstOn, figure.lastOn, await recount(db, known, figure.metric, scope)]
    }
    expect(await inYear(2021)).toBeUndefined()
    expect(await inYear(2023)).toEqual([50_000, '2023-01-01', '2023-12-31', 50_000])
    expect(await inYear(2024)).toEqual([90_000, '2024-01-01', '2024-12-31', 90_000])
    expect(await inYear(2025)).toEqual([80_000, '2025-07-01', '2025-12-31', 80_000])
    const half = { unitId: unit, from: '2025-01-01', to: '2025-06-30' }
    const { rows } = await rowsBehind(db, known, 'test.rule.hospital', half, { limit: 10 })
    expect(rows.map((row) => [row.refId, row.onDate])).toEqual([[first, '2022-01-01']])
  })

  it('a change reverses and posts anew; a watermark still sees the old rows; a voided record counts nowhere', async () => {
    const watermark = (await sql<{ max: number }>`select max(id) as max from kernel.fact`.execute(db)).rows[0]!.max
    await updateRecord(
      db,
      actor,
      visit,
      ids[0]!,
      1,
      { unitId: branch, happenedOn: '2025-01-05', personId: people[2]!, fields: { occasion: '生育', amount: 60_000 } },
      'recorded',
    )
    expect(await valuesOf()).toMatchObject({
      'test.visit.persons': 3,
      'test.visit.hospital': 1,
      'test.visit.amount': 190_000,
    })
    await voidRecord(db, actor, visit, ids[1]!, 1, '重复登记')
    expect(await valuesOf()).toMatchObject({ 'test.visit.times': 2, 'test.visit.amount': 140_000 })
    const frozen = await figuresOf(db, await catalogue(db), { ...year(), watermark }, [
      'test.visit.times',
      'test.visit.amount',
    ])
    expect(frozen.map((figure) => figure.value)).toEqual([3, 210_000])
    await expect(
      updateRecord(db, actor, visit, ids[0]!, 1, { unitId: branch, happenedOn: '2025-01-05', fields: {} }, 'recorded'),
    ).rejects.toMatchObject({ code: 'stale' })
  })

  it('two rows found to be one person count as one', async () => {
    await ownerPool.query('update members.person set merged_into = $1 where id = $2', [people[1], people[2]])
    expect(await valuesOf()).toMatchObject({ 'test.visit.persons': 1 })
    expect(await recount(db, await catalogue(db), 'test.visit.persons', year())).toBe(1)
    await ownerPool.query('update members.person set merged_into = null')
  })

  it('a branch that moved takes its stock along and leaves what happened behind', async () => {
    declareRegisters(
      [],
      [
        {
          id: 'test.stock',
          label: '存量',
          unit: '人',
          domain: 'ZZ',
          provider: 'test',
          source: { kind: 'balance', measure: 'test.stock' },
        },
        {
          id: 'test.flow',
          label: '流量',
          unit: '人',
          domain: 'ZZ',
          provider: 'test',
          source: { kind: 'flow', measure: 'test.stock' },
        },
      ],
    )
    const { rows } = await sql<{
      id: number
    }>`insert into organisation.unit (code, name, type) values ('V', '乙公司工会', 'union'), ('M', '迁走的分会', 'branch') returning id`.execute(
      db,
    )
    const [other, moved] = rows.map((row) => row.id) as [number, number]
    await sql`insert into kernel.closure (ancestor_id, descendant_id, depth, valid_from, valid_to) values (${other}, ${other}, 0, '-infinity', 'infinity'),
      (${moved}, ${moved}, 0, '-infinity', 'infinity'), (${unit}, ${moved}, 1, '-infinity', '2025-07-01'), (${other}, ${moved}, 1, '2025-07-01', 'infinity')`.execute(
      db,
    )
    await sql`insert into kernel.fact (measure, unit_id, on_date, quantity, ref_id, ref_kind, posted_by) values ('test.stock', ${moved}, '2025-02-01', 7, 1, 'stock', 0)`.execute(
      db,
    )
    const of = async (unitId: number, to: string) =>
      Object.fromEntries(
        (await figuresOf(db, await catalogue(db), { unitId, from: '2025-01-01', to }, ['test.stock', 'test.flow'])).map(
          (figure) => [figure.metric, figure.value],
        ),
      )
    expect([await of(unit, '2025-06-30'), await of(unit, '2025-12-31')]).toEqual([
      { 'test.stock': 7, 'test.flow': 7 },
      { 'test.flow': 7 },
    ])
    expect(await of(other, '2025-12-31')).toEqual({ 'test.stock': 7 })
  })

  it('counts a large scope as a whole exactly as it counts unit by unit, also what moved', async () => {
    const known = await catalogue(db)
    const hasLines = (id: string): boolean => Boolean(known.registers.get(id)?.lines)
    const wanted = [...known.metrics.values()].map((metric) => wantedOf(metric, hasLines)).filter((one) => one !== null)
    const byMetric = (rows: readonly Counted[]) => rows.toSorted((one, other) => (one.metric < other.metric ? -1 : 1))
    for (const to of ['2025-06-30', '2025-12-31']) {
      const scope = { unitId: unit, from: '2025-01-01', to }
      const byUnit = byMetric(await count(db, scope, wanted))
      const asWhole = byMetric(await count(db, scope, wanted, 0))
      expect(asWhole).toEqual(byUnit)
      expect(asWhole.map((row) => row.metric)).toContain('test.flow')
      expect(asWhole.some((row) => row.subjects > 0) && asWhole.some((row) => row.periods > 0)).toBe(true)
    }
  })

  it('reconciles with the registers\u2019 own tables, and finds a fact that was tampered with', async () => {
    const known = await catalogue(db)
    // test.stock was posted by hand, without a provider.
    const own = async () => (await reconcile(db, known)).differences.filter((one) => one.measure !== 'test.stock')
    expect(await own()).toEqual([])
    await sql`insert into kernel.fact (measure, unit_id, on_date, quantity, ref_id, posted_by) values ('test.visit/record', ${unit}, '2025-01-01', 1, 1, 0)`.execute(
      db,
    )
    expect(await own()).toMatchObject([{ measure: 'test.visit/record', posted: 1, recomputed: 0 }])
  })

  it('refuses to edit or delete a fact, even in SQL', async () => {
    await expect(sql`update kernel.fact set quantity = 9`.execute(db)).rejects.toThrow(/permission denied/)
    await expect(sql`delete from kernel.fact`.execute(db)).rejects.toThrow(/permission denied/)
  })
})

it('writes figures as a careful secretary does', () => {
  const text = (value: number, unit: string) => figureText({ value, unit, kind: unit === '%' ? 'rate' : 'count' }).text
  expect([
    text(1_464_000, '元'),
    text(10_000_000, '元'),
    text(10_012_300, '元'),
    text(8_250, '%'),
    text(10_000, '%'),
    text(278, '人次'),
    text(288_050, '元'),
  ]).toEqual(['14640元', '10万元', '10万余元', '82.5%', '100%', '278人次', '2880.5元'])
})
