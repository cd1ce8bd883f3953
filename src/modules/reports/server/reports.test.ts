import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { operator } from '../../../kernel/access/actor.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { insertRecords, voidRecord } from '../../../kernel/register/store.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { textOf, type Body } from '../body.ts'
import {
  bodyOf,
  compareBodies,
  createReport,
  freezeReport,
  regenerateReport,
  reportById,
  saveReport,
} from './reports.ts'
import { reportDocx } from './output.ts'
import { rowsBehind } from '../../../kernel/facts/drill.ts'

const visit = register({
  id: 'trial.visit',
  title: '试走访',
  domain: 'WW',
  mechanisms: [],
  help: '',
  sample: {},
  fields: [
    field.person('person', '被慰问人'),
    field.choice('occasion', '事由', ['住院', '生育']),
    field.money('amount', '慰问金（元）'),
  ],
  metrics: [
    { id: 'trial.visit.times', label: '走访人次', unit: '人次', aggregate: { sum: 'record' } },
    { id: 'trial.visit.persons', label: '走访人数', unit: '人', aggregate: { distinct: 'person', of: 'record' } },
    {
      id: 'trial.visit.hospital',
      label: '住院慰问',
      unit: '人次',
      aggregate: { sum: 'record', where: { occasion: '住院' } },
    },
    {
      id: 'trial.visit.birth',
      label: '生育慰问',
      unit: '人次',
      aggregate: { sum: 'record', where: { occasion: '生育' } },
    },
    { id: 'trial.visit.amount', label: '慰问金', unit: '元', aggregate: { sum: 'amount' } },
  ],
  clauses: [
    {
      text: '{period}走访慰问职工{trial.visit.times}（{trial.visit.persons}）[，其中住院{trial.visit.hospital}][，发放慰问金{trial.visit.amount}]。',
    },
  ],
})
const meeting = register({
  id: 'trial.meeting',
  title: '试会议',
  domain: 'DM',
  mechanisms: [],
  help: '',
  sample: {},
  titleLabel: '名称',
  fields: [field.integer('term', '届'), field.integer('session', '次')],
  lines: { title: '代表', fields: [field.person('person', '姓名')] },
  metrics: [
    { id: 'trial.meeting.term', label: '职代会届', unit: '届', aggregate: { stated: 'term' } },
    { id: 'trial.meeting.session', label: '职代会次', unit: '次', aggregate: { stated: 'session' } },
    { id: 'trial.meeting.delegates', label: '到会代表', unit: '人', aggregate: { distinct: 'person', of: 'line' } },
  ],
  clauses: [
    {
      text: '{date}召开第{trial.meeting.term#}届第{trial.meeting.session#}次职工代表大会[，到会代表{trial.meeting.delegates}]。',
      each: { max: 3 },
    },
  ],
})

const actor = operator()
const { db } = await testDatabase()
let unit = 0
let people: number[] = []
let ids: number[] = []
const today = '2026-01-10'

beforeAll(async () => {
  declareRegisters([visit, meeting])
  unit = (
    await sql<{
      id: number
    }>`insert into organisation.unit (code, name, type) values ('U', '甲公司工会', 'union') returning id`.execute(db)
  ).rows[0]!.id
  await sql`insert into kernel.closure (ancestor_id, descendant_id, depth) values (${unit}, ${unit}, 0)`.execute(db)
  people = (
    await sql<{
      id: number
    }>`insert into members.person (name, unit_id) select '人' || i, ${unit} from generate_series(1, 5) i returning id`.execute(
      db,
    )
  ).rows.map((row) => row.id)
  ids = await db.transaction().execute((tx) =>
    insertRecords(
      tx,
      actor,
      visit,
      [
        { unitId: unit, happenedOn: '2025-01-05', personId: people[0]!, fields: { occasion: '住院', amount: 80_000 } },
        { unitId: unit, happenedOn: '2025-03-05', personId: people[0]!, fields: { occasion: '住院', amount: 50_000 } },
        { unitId: unit, happenedOn: '2025-06-05', personId: people[1]!, fields: { amount: 50_000 } },
      ],
      'desk',
    ),
  )
  await db.transaction().execute((tx) =>
    insertRecords(
      tx,
      actor,
      meeting,
      [
        {
          unitId: unit,
          happenedOn: '2025-01-20',
          title: '一次会',
          fields: { term: 10, session: 1 },
          lines: people.map((personId) => ({ personId, fields: {} })),
        },
        { unitId: unit, happenedOn: '2025-12-20', title: '二次会', fields: { term: 10, session: 2 }, lines: [] },
      ],
      'desk',
    ),
  )
})

const lines = (body: Body): string[] =>
  body.blocks.filter((block) => block.section !== 'appendix').map((block) => textOf(block.runs, body.figures))

describe('a report', () => {
  let reportId = 0
  it('tells the year from the ledger, each clause in its own period', async () => {
    const report = await createReport(db, actor, unit, 2025, 'annual', today)
    reportId = report.id
    const body = await bodyOf(db, reportId, 1)
    expect(lines(body)).toEqual([
      '2025年，甲公司工会开展了各项工作。现将一年来的主要工作总结如下：',
      '一、健全民主管理，保障职工的知情权、参与权和监督权',
      '1月20日召开第10届第1次职工代表大会，到会代表5人。',
      '12月20日召开第10届第2次职工代表大会。',
      '二、做好帮扶慰问，把组织的关怀送到职工身边',
      '上半年走访慰问职工3人次（2人），其中住院2人次，发放慰问金1800元。',
    ])
    expect(Object.values(body.figures).find((figure) => figure.metric === 'trial.visit.times')).toMatchObject({
      value: 3,
      periodFrom: '2025-01-01',
      periodTo: '2025-06-30',
      facts: 3,
      unitCode: 'U',
    })
  })

  it('warns when the parts do not add up to the whole', async () => {
    const { lintReport } = await import('./lint.ts')
    const remarks = await lintReport(
      db,
      await catalogue(db),
      { unitId: unit, from: '2025-01-01', to: '2025-12-31' },
      await bodyOf(db, reportId, 1),
    )
    expect(remarks.filter((remark) => remark.code === 'parts')).toHaveLength(1)
    expect(remarks[0]!.sentence).toContain('差 1')
  })

  it('keeps an edited sentence over a regeneration, counts its chips anew and says what changed', async () => {
    const body = await bodyOf(db, reportId, 1)
    const at = body.blocks.findIndex((block) => block.id.startsWith('trial.visit'))
    const key = body.blocks[at]!.runs.find((run) => 'figure' in run)!
    const blocks = body.blocks.with(at, {
      ...body.blocks[at]!,
      runs: [{ text: '上半年看望了' }, key, { text: '职工。' }],
    })
    expect(await saveReport(db, actor, reportId, 1, { title: body.title, blocks })).toBe(2)
    await expect(saveReport(db, actor, reportId, 1, { title: body.title, blocks })).rejects.toMatchObject({
      code: 'stale',
    })
    await db
      .transaction()
      .execute((tx) =>
        insertRecords(
          tx,
          actor,
          visit,
          [{ unitId: unit, happenedOn: '2025-06-06', personId: people[2]!, fields: {} }],
          'desk',
        ),
      )
    const { changes } = await regenerateReport(db, actor, reportId, 2, today)
    expect(changes.filter((change) => change.blockId !== 'appendix')).toEqual([
      {
        blockId: 'trial.visit#0',
        kind: 'changed',
        before: '上半年看望了3人次职工。',
        after: '上半年看望了4人次职工。',
      },
    ])
    expect((await bodyOf(db, reportId, 3)).blocks[at]).toMatchObject({ manual: true })
  })

  it('refuses a figure that was typed in', async () => {
    const body = await bodyOf(db, reportId, 3)
    const blocks = [...body.blocks, { id: 'own-1', kind: 'paragraph' as const, runs: [{ figure: 'made|up' }] }]
    await expect(saveReport(db, actor, reportId, 3, { title: body.title, blocks })).rejects.toMatchObject({
      code: 'unknown-figure',
    })
  })

  it('freezes only what the ledger still says, and a frozen figure opens to its rows after later corrections', async () => {
    await voidRecord(db, actor, visit, ids[0]!, 1, '重复登记')
    await expect(freezeReport(db, actor, reportId, 3, today)).rejects.toMatchObject({ code: 'figures-changed' })
    await regenerateReport(db, actor, reportId, 3, today)
    await freezeReport(db, actor, reportId, 4, today)
    const { watermark } = await reportById(db, reportId)
    await voidRecord(db, actor, visit, ids[1]!, 1, '记错')
    const scope = { unitId: unit, from: '2025-01-01', to: '2025-06-30' }
    const known = await catalogue(db)
    expect((await rowsBehind(db, known, 'trial.visit.times', scope, { limit: 50 })).rows).toHaveLength(2)
    expect(
      (await rowsBehind(db, known, 'trial.visit.times', { ...scope, watermark: watermark! }, { limit: 50 })).rows,
    ).toHaveLength(3)
    await expect(saveReport(db, actor, reportId, 4, await bodyOf(db, reportId, 4))).rejects.toMatchObject({
      code: 'frozen',
    })
  })

  it('says plainly which blocks differ between versions, and comes out as a Word document', async () => {
    expect(compareBodies(await bodyOf(db, reportId, 1), await bodyOf(db, reportId, 1))).toEqual([])
    const docx = await reportDocx(await bodyOf(db, reportId, 4))
    expect(docx.subarray(0, 2).toString()).toBe('PK')
  })

  it('keeps a sentence of the hand whose period has grown, and shows how the ledger words it now', async () => {
    const visited = (happenedOn: string): Promise<number[]> =>
      db
        .transaction()
        .execute((tx) =>
          insertRecords(tx, actor, visit, [{ unitId: unit, happenedOn, personId: people[0]!, fields: {} }], 'desk'),
        )
    await visited('2024-02-02')
    const { id } = await createReport(db, actor, unit, 2024, 'annual', today)
    const body = await bodyOf(db, id, 1)
    const at = body.blocks.findIndex((block) => block.id.startsWith('trial.visit'))
    const key = body.blocks[at]!.runs.find((run) => 'figure' in run)!
    const blocks = body.blocks.with(at, { ...body.blocks[at]!, runs: [{ text: '年初看望了' }, key, { text: '。' }] })
    await saveReport(db, actor, id, 1, { title: body.title, blocks })
    await visited('2024-11-11')
    const { changes } = await regenerateReport(db, actor, id, 2, today)
    const kept = changes.find((change) => change.kind === 'kept')!
    expect(kept.before).toMatch(/^年初看望了1人次。$/)
    expect(kept.after).toContain('2人次')
  })
})
