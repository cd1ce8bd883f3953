import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { writeErrorWorkbook } from '../../../kernel/importer/error-workbook.ts'
import type { ImportKind } from '../../../kernel/importer/kind.ts'
import { checkUpload, commitRun, rowsOf } from '../../../kernel/importer/run.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { cellText } from '../../../kernel/xlsx/cell.ts'
import { forgeWorkbook, sheetPart, workbookPart } from '../../../kernel/xlsx/forge.ts'
import { openWorkbook } from '../../../kernel/xlsx/read.ts'
import organisation from '../../organisation/module.ts'
import { addUnit } from '../../organisation/public.ts'
import { checkDigit } from '../id-number.ts'
import members from '../module.ts'
import { recomputes } from './facts.ts'
import { rosterImport } from './roster-import.ts'
import { wrongTallies } from './tally.ts'

/**
 * A large roster as offices send them, 3 % of it wrong in every way seen. `ROSTER_ROWS=100000 npx vitest run …` walks
 * the full size; a multiple of 400, so that every kind of row comes equally often.
 */
const people = Number(process.env['ROSTER_ROWS'] ?? 6_000)
const BATCH = 4000

declarePermissions([...organisation.permissions, ...members.permissions])
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db } = await testDatabase()
const actor = operator()
const today = '2026-06-30'
const folder = mkdtempSync(path.join(os.tmpdir(), 'zhijia-scale-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The roster's import, remembering the largest number of rows it ever held on to. */
let largest = 0
const held = (rows: readonly unknown[]): void => void (largest = Math.max(largest, rows.length))
const roster = rosterImport(openKeys(folder))
const kind: ImportKind = {
  ...roster,
  check: (context) =>
    roster.check({
      ...context,
      stage(rows) {
        held(rows)
        return context.stage(rows)
      },
    }),
  commit: (context) =>
    roster.commit({
      ...context,
      async *rows(statuses, size) {
        for await (const batch of context.rows(statuses, size)) {
          held(batch)
          yield batch
        }
      },
    }),
}

let east = 0
let south = 0
beforeAll(async () => {
  const unit = (code: string, name: string) =>
    db.transaction().execute((tx) => addUnit(tx, actor, { code, name, type: 'union', parentCode: null }))
  east = (await unit('east', '东风机械公司工会')).id
  south = (await unit('south', '南湖纺织公司工会')).id
})

const two = (number: number): string => String(number).padStart(2, '0')
/** A valid number of the person at this place; 13,440 birthdays, then the next serial. */
function idNumber(place: number): string {
  const day = `${1960 + (place % 40)}${two(1 + (Math.floor(place / 40) % 12))}${two(1 + (Math.floor(place / 480) % 28))}`
  const first = `110101${day}${String(1 + Math.floor(place / 13_440)).padStart(3, '0')}`
  return first + checkDigit(first)
}
const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'
const given = '安邦诚达恩方刚海嘉康朗明宁平庆荣善涛伟新学雅远泽志忠卓梅兰菊莉芬琴敏静洁雪云霞芳'
/** 32,000 names, so that the roster has no more namesakes than a real one. */
const nameOf = (place: number): string =>
  surnames[place % 20]! + given[Math.floor(place / 20) % 40]! + given[Math.floor(place / 800) % 40]!
const fullWidth = (text: string): string =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0))

type Flaw = 'checksum' | 'twice' | 'elsewhere' | 'broken-formula' | 'no-date' | 'merged' | 'scientific'
const reasons: Record<Flaw, RegExp> = {
  checksum: /^【证件号码】.*校验码/,
  twice: /^【证件号码】证件号码与花名册 第 \d+ 行重复/,
  elsewhere: /^【证件号码】此人已是其他单位的会员/,
  'broken-formula': /^【手机号】单元格显示 #REF!/,
  'no-date': /^【入会日期】“三月初”不是日期/,
  merged: /^【姓名】请填写姓名/,
  scientific: /^【银行卡号】卡号被改成了科学计数/,
}
/** Six rows of every 200 are wrong. */
function flawOf(place: number): Flaw | null {
  switch (place % 200) {
    case 10:
      return 'checksum'
    case 40:
      return 'twice'
    case 70:
      return 'elsewhere'
    case 100:
      return place % 400 === 100 ? 'broken-formula' : 'no-date'
    case 130:
      return 'merged'
    case 160:
      return 'scientific'
    default:
      return null
  }
}
const isKnown = (place: number): boolean => place % 200 === 30

const headers = ['姓名', '证件号码', '手机号', '入会日期', '银行卡号']
const text = (value: string): string => (value ? `<c t="inlineStr"><is><t>${value}</t></is></c>` : '<c/>')
const number = (value: string): string => `<c><v>${value}</v></c>`

/** One person as a row's cells: odd but right for some, wrong for others. */
function cellsOf(place: number): string[] {
  const flaw = flawOf(place)
  const odd = place % 200
  let idNo = idNumber(flaw === 'twice' ? place - 1 : place)
  if (flaw === 'checksum') idNo = idNo.slice(0, 17) + (idNo[17] === '1' ? '2' : '1')
  const phone = `139${String(place).padStart(8, '0')}`
  return [
    flaw === 'merged' ? '' : text(nameOf(place)),
    text(odd === 20 ? fullWidth(idNo) : idNo),
    flaw === 'broken-formula'
      ? '<c t="e"><f>VLOOKUP(A2,#REF!,2)</f><v>#REF!</v></c>'
      : odd === 80
        ? `<c t="str"><f>TEXT(1,"0")</f><v>${phone}</v></c>`
        : odd === 110
          ? number(phone)
          : text(phone),
    text(flaw === 'no-date' ? '三月初' : odd === 50 ? '２０２０年３月５日' : '2020-03-05'),
    flaw === 'scientific' ? number('6.2220200001234568E+19') : text(`62220200${String(place).padStart(11, '0')}`),
  ]
}

/** The first column of a row that carries no name is merged with the cell above it. */
async function workbook(places: readonly number[]): Promise<string> {
  const merges = places.flatMap((place, at) =>
    flawOf(place) === 'merged' ? [`<mergeCell ref="A${at + 1}:A${at + 2}"/>`] : [],
  )
  const row = (cells: readonly string[], rowNo: number): string =>
    `<row r="${rowNo}">${cells.map((cell, at) => cell.replace('<c', `<c r="${'ABCDE'[at]}${rowNo}"`)).join('')}</row>`
  const rows = [row(headers.map(text), 1), ...places.map((place, at) => row(cellsOf(place), at + 2))]
  const file = path.join(folder, `${crypto.randomUUID()}.xlsx`)
  writeFileSync(
    file,
    await forgeWorkbook({
      'xl/workbook.xml': workbookPart(
        '<sheet name="花名册" sheetId="1" r:id="rId1"/><sheet name="旧名单" sheetId="2" state="hidden" r:id="rId2"/>',
      ),
      'xl/worksheets/sheet1.xml': sheetPart(
        rows.join(''),
        merges.length ? `<mergeCells>${merges.join('')}</mergeCells>` : '',
      ),
      'xl/worksheets/sheet2.xml': sheetPart([row(headers.map(text), 1), row(cellsOf(1), 2)].join('')),
    }),
  )
  return file
}
const check = async (places: readonly number[], unitId: number) =>
  checkUpload(
    db,
    actor,
    kind,
    { unitId, year: null, fileName: '花名册.xlsx', sha256: '', file: await workbook(places) },
    today,
  )

const all = Array.from({ length: people }, (_, place) => place)
const flawed = all.filter((place) => flawOf(place))
const rowNo = (place: number): number => place + 2

test(`${people} rows, 3 % wrong: each bad row found for its own reason, all others imported, the error workbook has just the bad ones`, async () => {
  const import_ = async (places: readonly number[], unitId: number) =>
    commitRun(db, actor, kind, (await check(places, unitId)).id, 'all', today)
  await import_(all.filter(isKnown), east)
  await import_(
    all.filter((place) => flawOf(place) === 'elsewhere'),
    south,
  )
  expect(flawed.length).toBe(people * 0.03)
  largest = 0

  const preview = await check(all, east)
  const known = all.filter(isKnown).length
  expect(preview.counts).toEqual({ new: people - flawed.length - known, update: 0, same: known, error: flawed.length })
  expect(preview.notices).toEqual([
    '工作表“花名册”有合并单元格，只有左上角一格有内容；被合并的其余行请逐行填写。',
    `工作表“花名册”有 ${people / 200 + people / 400} 行含公式，按表格上次算出的值导入。`,
    '工作表“旧名单”是隐藏的，未导入；如需导入请先取消隐藏。',
  ])

  const errors = path.join(folder, 'errors.xlsx')
  await writeErrorWorkbook(db, preview.id, errors)
  const found: Partial<Record<Flaw, number>> = {}
  const rowNos: number[] = []
  const book = await openWorkbook(errors)
  expect(book.sheets.map((sheet) => sheet.name)).toEqual(['花名册'])
  for await (const row of book.sheets[0]!.rows()) {
    const cells = Array.from(row.cells, cellText)
    if (row.rowNo === 1) {
      expect(cells).toEqual([...headers, '原行号', '错误原因'])
      continue
    }
    const place = Number(cells[5]) - 2
    const flaw = flawOf(place)!
    expect(cells[6]).toMatch(reasons[flaw])
    rowNos.push(Number(cells[5]))
    found[flaw] = (found[flaw] ?? 0) + 1
  }
  book.close()
  expect(rowNos).toEqual(flawed.map(rowNo))
  const every200 = people / 200
  expect(found).toEqual({
    checksum: every200,
    twice: every200,
    elsewhere: every200,
    'broken-formula': every200 / 2,
    'no-date': every200 / 2,
    merged: every200,
    scientific: every200,
  })

  const { outcome } = await commitRun(db, actor, kind, preview.id, 'good', today)
  expect(outcome).toMatchObject({ created: people - flawed.length - known, updated: 0 })
  // However long the roster, no more than a batch of it is in memory at once.
  expect(largest).toBeLessThanOrEqual(BATCH)
  const inEast = await sql<{ n: number; dated: number }>`
    select count(*)::int as n, count(*) filter (where joined_on = '2020-03-05')::int as dated from members.membership
    where unit_id = ${east} and left_on is null`.execute(db)
  expect(inEast.rows).toEqual([{ n: people - flawed.length, dated: people - flawed.length }])
  const left = await rowsOf(db, preview.id, { limit: 1 })
  expect(left.rows.map((row) => row.status)).toEqual(['error'])
  const { differences } = await reconcile(db, await catalogue(db))
  expect(differences.filter(({ measure }) => measure.startsWith('members.'))).toEqual([])
  expect((await wrongTallies.execute(db)).rows).toEqual([])
}, 600_000)
