import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { declarePermissions } from '../access/access.ts'
import { operator } from '../access/actor.ts'
import { figuresOf } from '../facts/figures.ts'
import { reconcile } from '../facts/reconcile.ts'
import { field, register } from '../register/declaration.ts'
import { catalogue, declareRegisters } from '../register/registry.ts'
import { testDatabase } from '../testing/database.ts'
import { openWorkbook } from '../xlsx/read.ts'
import { writeWorkbook, type OutputRow } from '../xlsx/write.ts'
import { writeErrorWorkbook } from './error-workbook.ts'
import { ledgerImport } from './ledger.ts'
import { writeLedgerTemplate } from './ledger-template.ts'
import type { PeoplePort } from './people.ts'
import { checkUpload, commitRun, rowsOf } from './run.ts'

const visit = register({
  id: 'sheet.visit',
  title: '走访登记',
  domain: 'WW',
  mechanisms: [],
  help: '',
  clauses: [],
  dateLabel: '慰问日期',
  fields: [
    field.person('person', '被慰问人', { required: true }),
    field.choice('occasion', '事由', ['住院', '生育'], { required: true }),
    field.money('amount', '慰问金（元）'),
    field.household('family', '困难家庭'),
  ],
  metrics: [
    { id: 'sheet.visit.times', label: '走访人次', unit: '人次', aggregate: { sum: 'record' } },
    { id: 'sheet.visit.families', label: '户数', unit: '户', aggregate: { distinct: 'household', of: 'record' } },
    { id: 'sheet.visit.amount', label: '慰问金', unit: '元', aggregate: { sum: 'amount' } },
  ],
  sample: { date: '2025-03-05', person: '王芳', occasion: '住院', amount: '800' },
})
const outing = register({
  id: 'sheet.outing',
  title: '活动登记',
  domain: 'WT',
  mechanisms: [],
  help: '',
  clauses: [],
  titleLabel: '活动名称',
  fields: [field.text('place', '地点'), field.integer('due', '应到'), field.integer('came', '实到', { atMost: 'due' })],
  lines: {
    title: '参加人员',
    fields: [field.person('person', '姓名', { required: true }), field.yesno('done', '是否参加')],
  },
  metrics: [
    { id: 'sheet.outing.count', label: '活动', unit: '次', aggregate: { sum: 'record' } },
    { id: 'sheet.outing.persons', label: '人数', unit: '人', aggregate: { distinct: 'person', of: 'line' } },
  ],
  sample: { date: '2025-05-01', title: '登山', person: '王芳', done: '是' },
})

const { db } = await testDatabase()
const actor = operator()
const folder = mkdtempSync(path.join(os.tmpdir(), 'zhijia-ledger-'))
let unit = 0
const port: PeoplePort = {
  unitFinder: async () => (text) => (text === null || text === '甲' ? unit : `本单位及下级中没有“${text}”。`),
  addContacts: async (tx, people) =>
    (
      await sql<{
        id: number
      }>`insert into members.person (name, kind, status, unit_id) select n, 'contact', 'contact', ${unit} from unnest(${people.map((one) => one.name)}::text[]) with ordinality t (n, o) order by o returning id`.execute(
        tx,
      )
    ).rows.map((row) => row.id),
  householdsOf: async (tx, heads) => {
    await sql`insert into members.household (unit_id, head_id) select ${unit}, h from unnest(${heads.map((head) => head.personId)}::bigint[]) h on conflict do nothing`.execute(
      tx,
    )
    return new Map(
      (await sql<{ id: number; head: number }>`select id, head_id as head from members.household`.execute(tx)).rows.map(
        (row) => [row.head, row.id],
      ),
    )
  },
}
const kind = ledgerImport(port)
let written = 0
/** Uploads sheets as given and returns the preview. */
async function upload(
  sheets: Record<string, { headers: string[]; rows: OutputRow[]; hidden?: boolean; title?: string }>,
) {
  const file = path.join(folder, `${(written += 1)}.xlsx`)
  await writeWorkbook(
    file,
    Object.entries(sheets).map(([name, sheet]) => ({
      name,
      columns: sheet.headers.map((header) => ({ header })),
      rows: sheet.rows,
      ...(sheet.hidden && { hidden: true }),
      ...(sheet.title && { title: sheet.title }),
    })),
  )
  return checkUpload(
    db,
    actor,
    kind,
    { unitId: unit, year: 2025, fileName: '台账.xlsx', sha256: '', file },
    '2026-01-01',
  )
}
const values = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await figuresOf(db, await catalogue(db), { unitId: unit, from: '2025-01-01', to: '2025-12-31' })).map((figure) => [
      figure.metric,
      figure.value,
    ]),
  )

beforeAll(async () => {
  declarePermissions(['sheet.import', 'sheet.read', 'organisation.read'].map((name) => ({ name, title: name })))
  declareRegisters([visit, outing])
  unit = (
    await sql<{
      id: number
    }>`insert into organisation.unit (code, name, type) values ('U', '甲', 'union') returning id`.execute(db)
  ).rows[0]!.id
  await sql`insert into kernel.closure (ancestor_id, descendant_id, depth) values (${unit}, ${unit}, 0)`.execute(db)
  await sql`insert into members.person (name, staff_no, unit_id) values ('王芳', '001', ${unit}), ('李强', '002', ${unit}), ('李强', '003', ${unit})`.execute(
    db,
  )
})

describe('a ledger workbook', () => {
  it('is judged row by row: renamed and reordered columns, namesakes, foreign years, full-width digits, unknown sheets', async () => {
    const preview = await upload({
      走访登记: {
        title: '2025 年走访登记表',
        headers: ['慰问金', '慰问时间', '事由', '被慰问人', '被慰问人工号', '困难家庭', '备考'],
        rows: [
          ['８００', '2025年3月5日', '住院', '王芳', '', '赵大山', ''],
          ['1,000.50', '20250406', '生育', '李强', '002', '赵大山', 'x'],
          ['500', '2025-04-07', '住院', '李强', '', '', ''],
          ['500', '2024-12-31', '住院', '王芳', '', '', ''],
          ['500.123', '2025-02-30', '感冒', '外单位刘某', '', '', ''],
        ],
      },
      随手记: { headers: ['什么', '多少'], rows: [['a', 'b']] },
      藏起来: { headers: ['姓名'], rows: [['x']], hidden: true },
    })
    expect(preview.counts).toEqual({ new: 2, update: 0, same: 0, error: 3 })
    expect(preview.notices.join('')).toMatch(/随手记.*不是任何登记簿/)
    expect(preview.notices.join('')).toMatch(/不认识的列未导入：备考/)
    expect(preview.notices.join('')).toMatch(/藏起来.*隐藏/)
    const { rows } = await rowsOf(db, preview.id, { status: 'error', limit: 10 })
    expect(
      rows.map((row) => [row.rowNo, row.errors.map((error) => `${error.column}:${error.message}`).join('|')]),
    ).toEqual([
      [5, '被慰问人:名册中有 2 人叫“李强”，请在工号列填写工号以区分。'],
      [6, expect.stringContaining('不在 2025 年内')],
      [7, expect.stringMatching(/慰问金.*超过两位小数.*没有“2025-02-30”这一天.*感冒.*不在可选范围内/)],
    ])
    await expect(commitRun(db, actor, kind, preview.id, 'all', '2026-01-01')).rejects.toMatchObject({
      code: 'rows-with-errors',
    })
    const { sentence } = await commitRun(db, actor, kind, preview.id, 'good', '2026-01-01')
    expect(sentence).toBe(
      '台账“台账.xlsx”已导入：新增 2 条，更新 0 条，相同跳过 0 条，错误 3 行未导入。名册中没有的 1 人记为非会员联系人。',
    )
    await expect(commitRun(db, actor, kind, preview.id, 'good', '2026-01-01')).rejects.toMatchObject({
      code: 'import-done',
    })
    expect(await values()).toMatchObject({
      'sheet.visit.times': 2,
      'sheet.visit.families': 1,
      'sheet.visit.amount': 180_050,
    })

    const mended = path.join(folder, 'errors.xlsx')
    await writeErrorWorkbook(db, preview.id, mended)
    const book = await openWorkbook(mended)
    const back = await Array.fromAsync(book.sheets[0]!.rows())
    book.close()
    expect(back[1]!.cells.map((cell) => (cell?.kind === 'text' ? cell.text : null)).slice(-2)).toEqual([
      '5',
      expect.stringContaining('【被慰问人】'),
    ])
    const again = await checkUpload(
      db,
      actor,
      kind,
      { unitId: unit, year: 2025, fileName: '错误.xlsx', sha256: '', file: mended },
      '2026-01-01',
    )
    expect(again.counts.error).toBe(3)
  })

  it('skips what is already there and says so', async () => {
    const preview = await upload({
      走访登记: {
        headers: ['慰问日期', '被慰问人', '事由', '慰问金（元）', '困难家庭'],
        rows: [
          ['2025-03-05', '王芳', '住院', '800', '赵大山'],
          ['2025-03-05', '王芳', '住院', '900', '赵大山'],
        ],
      },
    })
    expect(preview.counts).toEqual({ new: 1, update: 0, same: 1, error: 0 })
  })

  it('groups rows into one record, updates it when more people are listed, and keeps facts reconciled', async () => {
    const headers = ['日期', '活动名称', '地点', '姓名', '工号', '是否参加']
    const first = await upload({
      活动登记: {
        headers,
        rows: [
          ['2025-05-01', '登山', '东山', '王芳', '', '是'],
          ['2025-05-01', '登山', '', '李强', '002', '√'],
          ['2025-06-01', '座谈', '', '', '', ''],
        ],
      },
    })
    expect(first.counts).toEqual({ new: 3, update: 0, same: 0, error: 0 })
    expect((await commitRun(db, actor, kind, first.id, 'all', '2026-01-01')).outcome).toMatchObject({ created: 2 })
    expect(await values()).toMatchObject({ 'sheet.outing.count': 2, 'sheet.outing.persons': 2 })
    const second = await upload({
      活动登记: {
        headers,
        rows: [
          ['2025-05-01', '登山', '东山', '王芳', '', '是'],
          ['2025-05-01', '登山', '', '李强', '002', '是'],
          ['2025-05-01', '登山', '', '李强', '003', '否'],
          ['2025-06-01', '座谈', '', '', '', ''],
        ],
      },
    })
    expect(second.counts).toEqual({ new: 0, update: 3, same: 1, error: 0 })
    await commitRun(db, actor, kind, second.id, 'all', '2026-01-01')
    expect(await values()).toMatchObject({ 'sheet.outing.count': 2, 'sheet.outing.persons': 3 })
    expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
  })

  it('refuses contradictions inside a record and brings its other rows back with it', async () => {
    const preview = await upload({
      活动登记: {
        headers: ['日期', '活动名称', '地点', '姓名'],
        rows: [
          ['2025-07-01', '参观', '东山', '王芳'],
          ['2025-07-01', '参观', '西山', '外人甲'],
        ],
      },
    })
    expect(preview.counts).toEqual({ new: 0, update: 0, same: 0, error: 2 })
    const { rows } = await rowsOf(db, preview.id, { limit: 10 })
    expect(rows[0]!.errors[0]!.message).toContain('第 3 行有错误')
    expect(rows[1]!.errors[0]!.message).toContain('不一致')
  })

  it('does not double what another officer imported between check and commit', async () => {
    const headers = ['慰问日期', '被慰问人', '事由', '慰问金（元）']
    const sheet = {
      走访登记: {
        headers,
        rows: [
          ['2025-08-01', '外单位周某', '住院', '300'],
          ['2025-08-02', '王芳', '生育', ''],
        ],
      },
    }
    const [one, other] = [await upload(sheet), await upload(sheet)]
    expect([one.counts.new, other.counts.new]).toEqual([2, 2])
    const people = async (): Promise<unknown> =>
      (await sql`select count(*)::int as n from members.person where name = '外单位周某'`.execute(db)).rows[0]
    expect((await commitRun(db, actor, kind, one.id, 'all', '2026-01-01')).outcome).toMatchObject({
      created: 2,
      same: 0,
    })
    expect((await commitRun(db, actor, kind, other.id, 'all', '2026-01-01')).sentence).toBe(
      '台账“台账.xlsx”已导入：新增 0 条，更新 0 条，相同跳过 2 条，错误 0 行。',
    )
    expect(await people()).toEqual({ n: 1 })
  })

  it('updates only what still stands: a record voided since the check is written anew', async () => {
    const headers = ['日期', '活动名称', '姓名']
    const first = await upload({ 活动登记: { headers, rows: [['2025-10-01', '晚会', '王芳']] } })
    await commitRun(db, actor, kind, first.id, 'all', '2026-01-01')
    const second = await upload({
      活动登记: {
        headers,
        rows: [
          ['2025-10-01', '晚会', '王芳'],
          ['2025-10-01', '晚会', '外人乙'],
        ],
      },
    })
    expect(second.counts.update).toBe(2)
    await sql`update kernel.record set state = 'void', void_reason = '重复' where title = '晚会'`.execute(db)
    expect((await commitRun(db, actor, kind, second.id, 'all', '2026-01-01')).outcome).toMatchObject({
      created: 1,
      updated: 0,
    })
    expect((await sql`select state from kernel.record where title = '晚会' order by id`.execute(db)).rows).toEqual([
      { state: 'void' },
      { state: 'recorded' },
    ])
  })

  it('leaves nothing behind when the commit dies in the middle', async () => {
    const preview = await upload({
      走访登记: { headers: ['慰问日期', '被慰问人', '事由'], rows: [['2025-09-05', '新来的人', '住院']] },
    })
    const before = await sql<{
      n: number
    }>`select (select count(*) from kernel.record)::int + (select count(*) from members.person)::int as n`.execute(db)
    const dying = {
      ...kind,
      commit: async (context: Parameters<typeof kind.commit>[0]) => {
        await kind.commit(context)
        throw new Error('killed')
      },
    }
    await expect(commitRun(db, actor, dying, preview.id, 'all', '2026-01-01')).rejects.toThrow('killed')
    expect(
      (
        await sql<{
          n: number
        }>`select (select count(*) from kernel.record)::int + (select count(*) from members.person)::int as n`.execute(
          db,
        )
      ).rows,
    ).toEqual(before.rows)
    expect((await commitRun(db, actor, kind, preview.id, 'all', '2026-01-01')).outcome.created).toBe(1)
  })

  it('reads its own template, whose sample rows are not imported', async () => {
    const file = path.join(folder, 'template.xlsx')
    await writeLedgerTemplate(file, [visit, outing])
    const preview = await checkUpload(
      db,
      actor,
      kind,
      { unitId: unit, year: 2025, fileName: '模板.xlsx', sha256: '', file },
      '2026-01-01',
    )
    expect(preview.counts).toEqual({ new: 0, update: 0, same: 0, error: 0 })
    expect(preview.sheets.map((sheet) => sheet.name)).toEqual(['走访登记', '活动登记'])
    expect(preview.notices).toEqual([])
  })

  it('refuses a part larger than its whole at its column', async () => {
    const headers = ['日期', '活动名称', '应到', '实到', '姓名']
    const preview = await upload({
      活动登记: {
        headers,
        rows: [
          ['2025-09-01', '讲座', '20', '21', '王芳'],
          ['2025-09-02', '讲座', '20', '20', '王芳'],
        ],
      },
    })
    expect(preview.counts).toMatchObject({ new: 1, error: 1 })
    const { rows } = await rowsOf(db, preview.id, { status: 'error', limit: 5 })
    expect(rows[0]).toMatchObject({
      rowNo: 2,
      errors: [{ column: '实到', message: '“实到”填了 21，大于“应到”的 20，请核对。' }],
    })
  })
})
