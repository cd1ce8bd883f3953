import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { operator } from '../../../kernel/access/actor.ts'
import { field, register, type Register } from '../../../kernel/register/declaration.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { insertRecords } from '../../../kernel/register/store.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { textOf, type Body } from '../body.ts'
import { generateReport } from './generate.ts'
import { lintReport } from './lint.ts'

const plain = { mechanisms: [], help: '', sample: {}, fields: [] } as const
const counted = (id: string, label: string, rest: Partial<Register> = {}): Register =>
  register({
    ...plain,
    id,
    title: label,
    domain: 'SZ',
    metrics: [{ id: `${id}.count`, label, unit: '次', aggregate: { sum: 'record' } }],
    clauses: [{ text: `{period}办理${label}{${id}.count}。` }],
    ...rest,
  })
const courses = counted('trial.course', '培训班')
const relief = counted('trial.relief', '困难救助', { domain: 'BF' })
const petitions = counted('trial.secret', '个案', { confidential: true })
const checkUp = register({
  ...plain,
  id: 'trial.check-up',
  title: '体检',
  domain: 'FL',
  titleLabel: '批次',
  fields: [field.choice('place', '地点', ['医院', '单位', '其他'])],
  lines: {
    title: '人员',
    fields: [
      field.yesno('done', '已体检'),
      field.yesno('praised', '点赞'),
      field.choice('branch', '分会', ['甲', '乙', '其他', '无']),
    ],
  },
  metrics: [
    { id: 'trial.check-up.due', label: '应检', unit: '人次', aggregate: { sum: 'line' } },
    { id: 'trial.check-up.done', label: '实检', unit: '人次', aggregate: { sum: 'line', where: { done: '是' } } },
    { id: 'trial.check-up.praised', label: '点赞', unit: '人次', aggregate: { sum: 'line', where: { praised: '是' } } },
    {
      id: 'trial.check-up.coverage',
      label: '体检覆盖率',
      unit: '%',
      aggregate: { ratio: { numerator: 'trial.check-up.done', denominator: 'trial.check-up.due' } },
    },
    {
      id: 'trial.check-up.praise',
      label: '点赞率',
      unit: '%',
      aggregate: { ratio: { numerator: 'trial.check-up.praised', denominator: 'trial.check-up.due' } },
    },
    { id: 'trial.check-up.count', label: '批次', unit: '批', aggregate: { sum: 'record' } },
    // Two of the three overlap: together they are no split of the whole.
    ...[['医院'], ['医院', '单位'], ['其他']].map((place, at) => ({
      id: `trial.check-up.place-${at}`,
      label: place.join('或'),
      unit: '批',
      aggregate: { sum: 'record' as const, where: { place } },
    })),
  ],
  clauses: [{ text: '{title}体检{trial.check-up.done}[，涉及{list:branch}]。', each: { max: 3 } }],
})

const actor = operator()
const { db } = await testDatabase()
let unitId = 0
let body: Body

beforeAll(async () => {
  declareRegisters([courses, relief, petitions, checkUp])
  const { rows } = await sql<{ id: number }>`
    insert into organisation.unit (code, name, type) values ('U', '甲公司工会', 'union') returning id`.execute(db)
  unitId = rows[0]!.id
  await sql`insert into kernel.closure (ancestor_id, descendant_id, depth) values (${unitId}, ${unitId}, 0)`.execute(db)
  await db.transaction().execute(async (tx) => {
    for (const one of [courses, relief, petitions]) {
      const on = (year: number, count: number) =>
        Array.from({ length: count }, (_, at) => ({ unitId, happenedOn: `${year}-0${at + 1}-10`, fields: {} }))
      await insertRecords(tx, actor, one, [...on(2024, 8), ...on(2025, 2)], 'desk')
    }
    const line = (branch: string, done: boolean) => ({ fields: { branch, done, praised: false } })
    await insertRecords(
      tx,
      actor,
      checkUp,
      [
        {
          unitId,
          happenedOn: '2025-04-10',
          title: '春季',
          fields: { place: '医院' },
          lines: [line('乙', true), line('甲', true), line('乙', true), line('其他', false)],
        },
        { unitId, happenedOn: '2025-09-10', title: '秋季', fields: { place: '医院' }, lines: [line('无', true)] },
      ],
      'desk',
    )
  })
  const unit = { id: unitId, code: 'U', name: '甲公司工会', profile: null }
  const order = {
    unit,
    year: 2025,
    genre: 'annual',
    from: '2025-01-01',
    to: '2025-12-31',
    today: '2026-01-10',
  } as const
  body = await generateReport(db, await catalogue(db), order)
})

const told = (section: string): string[] =>
  body.blocks
    .filter((block) => block.section === section && block.kind === 'paragraph')
    .map((block) => textOf(block.runs, body.figures))

describe('shortcomings', () => {
  it('are reach that is not full and work that halved; fewer people in need or confidential matters are none', () => {
    expect(told('shortcomings')).toEqual([
      '一是体检覆盖率为80%（5中的4），还没有做到全覆盖；',
      '二是培训班由上年的8次减少到2次。',
    ])
  })
})

describe('a sentence about one record', () => {
  it("lists that record's own lines", () => {
    expect(told('FL')).toEqual(['春季体检3人次，涉及乙、甲等。', '秋季体检1人次。'])
  })
})

describe('the lint', () => {
  it('adds up only parts that do not overlap', async () => {
    const remarks = await lintReport(db, await catalogue(db), { unitId, from: '2025-01-01', to: '2025-12-31' }, body)
    expect(remarks.filter((remark) => remark.code === 'parts')).toEqual([])
  })
})
