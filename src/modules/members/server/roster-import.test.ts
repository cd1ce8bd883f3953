import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import type { CommitOutcome, ImportRun, StagedRow, StoredRow } from '../../../kernel/importer/kind.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { writeWorkbook } from '../../../kernel/xlsx/write.ts'
import organisation from '../../organisation/module.ts'
import { addUnit } from '../../organisation/public.ts'
import { checkDigit } from '../id-number.ts'
import members from '../module.ts'
import { recomputes } from './facts.ts'
import { rosterImport } from './roster-import.ts'
import { wrongTallies } from './tally.ts'

declarePermissions([...organisation.permissions, ...members.permissions])
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db } = await testDatabase()
const actor = operator()
const today = '2026-06-30'
const folder = await mkdtemp(path.join(tmpdir(), 'zhijia-roster-'))
const keys = openKeys(folder)
const kind = rosterImport(keys)
afterAll(() => rm(folder, { recursive: true }))

let unitIds: Record<string, number> = {}
beforeAll(async () => {
  for (const [code, name, type, parentCode] of [
    ['east', '东风机械公司工会', 'union', null],
    ['east-1', '铸造车间分工会', 'branch', 'east'],
    ['east-2', '装配车间分工会', 'branch', 'east'],
    ['south', '南湖纺织公司工会', 'union', null],
  ] as const)
    unitIds = {
      ...unitIds,
      [code]: (await db.transaction().execute((tx) => addUnit(tx, actor, { code, name, type, parentCode }))).id,
    }
})

const numbered = (first17: string): string => first17 + checkDigit(first17)
const idOf = { 王芳: numbered('11010119750412001') + '', 李强: numbered('11010119780903001') }

/** Runs check and commit as the importer does, each in a transaction, with the rows passing through JSON. */
async function importRoster(headers: string[], cells: (string | null)[][], unit = 'east') {
  const file = path.join(folder, 'roster.xlsx')
  await writeWorkbook(file, [
    { name: '花名册', columns: headers.map((header) => ({ header })), rows: cells },
    { name: '说明', columns: [{ header: '填表说明' }], rows: [['请逐行填写']] },
  ])
  const run: ImportRun = {
    id: 1,
    kind: 'members',
    unitId: unitIds[unit]!,
    year: null,
    fileName: 'roster.xlsx',
    status: 'uploaded',
  }
  const staged: StagedRow[] = []
  const report = await db.transaction().execute((tx) =>
    kind.check({
      tx,
      actor,
      run,
      file,
      today,
      stage: async (rows) => void staged.push(...(JSON.parse(JSON.stringify(rows)) as StagedRow[])),
    }),
  )
  const commit = (): Promise<CommitOutcome> =>
    db.transaction().execute((tx) =>
      kind.commit({
        tx,
        actor,
        run,
        today,
        async *rows(statuses) {
          const chosen = staged.filter((row) => statuses.includes(row.status))
          if (chosen.length) yield chosen.map((row, id): StoredRow => ({ ...row, id }))
        },
      }),
    )
  return { report, staged, commit, statuses: staged.map((row) => row.status) }
}

const peopleIn = async (unit: string): Promise<string[]> =>
  (
    await sql<{ name: string }>`
    select p.name from members.person p join members.membership m on m.person_id = p.id and m.left_on is null
    where m.unit_id = ${unitIds[unit]} order by p.id`.execute(db)
  ).rows.map((row) => row.name)

async function expectSound(): Promise<void> {
  expect(
    (await reconcile(db, await catalogue(db))).differences.filter((row) => row.measure.startsWith('members.')),
  ).toEqual([])
  expect((await wrongTallies.execute(db)).rows).toEqual([])
}

test('a roster with renamed columns becomes members, tags, families and facts', async () => {
  const { report, statuses, commit } = await importRoster(
    ['序号', '姓名', '身份证号', '所属分会', '手机', '入会时间', '会籍', '标签', '人员状态', '家庭成员', '银行卡'],
    [
      [
        '1',
        '王芳',
        idOf.王芳,
        '铸造车间分工会',
        '13812345678',
        '2026-03-01',
        '',
        '劳模、党员',
        '在职',
        '陈亮/配偶、陈小雨/女儿',
        '6222020000000000123',
      ],
      ['2', '李强', idOf.李强, 'east-2', '', '2008年7月', '保留会籍', '', '退休', '', ''],
      ['3', '杨帆', '', '', '', '', '', '', '', '', ''],
    ],
  )
  expect(statuses).toEqual(['new', 'new', 'new'])
  expect(report.notices).toEqual([expect.stringContaining('序号'), expect.stringContaining('“说明”')])
  expect(await commit()).toEqual({ created: 3, updated: 0, same: 0 })
  const { rows } = await sql<Record<string, unknown>>`
    select name, initials, gender, born_on, status, id_last4, phone_last4, bank_last4, id_no_sealed from members.person
    where kind = 'member' order by id`.execute(db)
  expect(rows[0]).toMatchObject({
    name: '王芳',
    initials: 'wf',
    gender: 'm',
    born_on: '1975-04-12',
    id_last4: idOf.王芳.slice(-4),
    phone_last4: '5678',
    bank_last4: '0123',
  })
  expect(keys.open(rows[0]!.id_no_sealed as Buffer, 'members.person.id_no_sealed')).toBe(idOf.王芳)
  expect(rows[1]).toMatchObject({ name: '李强', status: 'retired' })
  const facts = await sql<{ measure: string; day: string; quantity: number; dims: unknown }>`
    select measure, on_date::text as day, quantity, dims from kernel.fact where measure in ('members.joined', 'members.tagged')
    order by id`.execute(db)
  expect(facts.rows).toEqual([
    { measure: 'members.joined', day: '2026-03-01', quantity: 1, dims: { gender: 'm' } },
    { measure: 'members.joined', day: '2008-07-01', quantity: 1, dims: { gender: 'm' } },
    { measure: 'members.tagged', day: '2026-03-01', quantity: 1, dims: { tag: '劳模' } },
    { measure: 'members.tagged', day: '2026-03-01', quantity: 1, dims: { tag: '党员' } },
    { measure: 'members.tagged', day: '2008-07-01', quantity: 1, dims: { tag: '退休' } },
  ])
  const kin = await sql<{ name: string; relation: string; kind: string }>`
    select p.name, k.relation, p.kind from members.kin k join members.person p on p.id = k.person_id order by p.id`.execute(
    db,
  )
  expect(kin.rows).toEqual([
    { name: '陈亮', relation: '配偶', kind: 'contact' },
    { name: '陈小雨', relation: '女儿', kind: 'contact' },
  ])
  await expectSound()
})

test('the same roster again changes nothing; a mended one updates, and a moved member keeps the past', async () => {
  const headers = ['姓名', '证件号码', '单位', '身份标签']
  const again = await importRoster(headers, [['王芳', idOf.王芳, '铸造车间分工会', '劳模']])
  expect(again.statuses).toEqual(['same'])
  const mended = await importRoster(headers, [
    ['王芳', idOf.王芳, 'east-2', '一线'],
    ['李强', idOf.李强, 'east-2', ''],
  ])
  expect(mended.statuses).toEqual(['update', 'same'])
  expect(await mended.commit()).toEqual({ created: 0, updated: 1, same: 0 })
  expect(await peopleIn('east-1')).toEqual([])
  expect(await peopleIn('east-2')).toEqual(['王芳', '李强'])
  const onRoster = async (unit: string, day: string): Promise<number> =>
    (
      await sql<{ n: number }>`
      select coalesce(sum(quantity), 0)::int as n from kernel.fact where measure = 'members.roster' and unit_id = ${unitIds[unit]}
        and on_date <= ${day}::date and reversal_of is null and reversed_by is null`.execute(db)
    ).rows[0]!.n
  expect([
    await onRoster('east-1', '2026-06-29'),
    await onRoster('east-1', today),
    await onRoster('east-2', today),
  ]).toEqual([1, 0, 2])
  await expectSound()
})

test.each([
  [
    'the same number twice in the sheet',
    [
      ['刘洋', numbered('11010119900715001'), ''],
      ['刘阳', numbered('11010119900715001'), ''],
    ],
    1,
    '花名册 第 2 行',
  ],
  [
    'two of one name without anything to tell them apart',
    [
      ['陈静', '', ''],
      ['陈静', '', ''],
    ],
    1,
    '工号或证件号码',
  ],
  ['a wrong check digit', [['刘洋', '110101199007150010', '']], 0, '校验码'],
  ['an unknown unit', [['刘洋', '', '焊接车间']], 0, '没有“焊接车间”'],
  ['a unit outside the import’s unit', [['刘洋', '', '南湖纺织公司工会']], 0, '没有“南湖纺织公司工会”'],
])('refused: %s', async (_what, cells, place, sentence) => {
  const { staged } = await importRoster(['姓名', '证件号码', '单位'], cells)
  expect(staged[place]).toMatchObject({ status: 'error', original: cells[place] })
  expect(staged[place]!.errors![0]!.message).toContain(sentence)
  expect(staged.filter((row) => row.status === 'error')).toHaveLength(1)
})

test('§15.3 a member of another union is not taken over, and whoever joined between check and commit is not doubled', async () => {
  const elsewhere = await importRoster(['姓名', '证件号码'], [['王芳', idOf.王芳]], 'south')
  expect(elsewhere.staged[0]!.errors![0]!.message).toContain('会员转移')
  const number = numbered('11010119921108002')
  const first = await importRoster(['姓名', '证件号码', '工号'], [['陈静', number, 'E103']])
  const second = await importRoster(['姓名', '证件号码', '工号'], [['陈静', number, 'E103']])
  expect(await first.commit()).toMatchObject({ created: 1 })
  expect(await second.commit()).toEqual({ created: 0, updated: 0, same: 1 })
  expect((await peopleIn('east')).filter((name) => name === '陈静')).toHaveLength(1)
  await expectSound()
})

test('somebody who left comes back as the same person with a second membership', async () => {
  await sql`update members.membership set left_on = '2026-06-01', leave_kind = 'leave'
    where person_id = (select id from members.person where name = '陈静')`.execute(db)
  await sql`update members.person set status = 'left' where name = '陈静'`.execute(db)
  await sql`update members.tally set people = people - 1 where key in ('all', 'women') and unit_id = ${unitIds.east}`.execute(
    db,
  )
  const back = await importRoster(
    ['姓名', '证件号码', '入会日期'],
    [['陈静', numbered('11010119921108002'), '2026-06-15']],
  )
  expect(back.statuses).toEqual(['update'])
  await back.commit()
  const { rows } = await sql<{ joined_on: string; left_on: string | null }>`
    select joined_on, left_on from members.membership m join members.person p on p.id = m.person_id where p.name = '陈静' order by m.id`.execute(
    db,
  )
  expect(rows).toEqual([
    { joined_on: '1900-01-01', left_on: '2026-06-01' },
    { joined_on: '2026-06-15', left_on: null },
  ])
  await expectSound()
})

test('a workbook without a roster says so', async () => {
  await expect(importRoster(['部门', '人数'], [['铸造', '12']])).rejects.toMatchObject({ code: 'roster-no-sheet' })
})
