import { beforeAll, expect, test } from 'vitest'
import { cellText } from '../../../../kernel/xlsx/cell.ts'
import { allRows, openWorkbook } from '../../../../kernel/xlsx/read.ts'
import { operator } from '../../../../kernel/access/actor.ts'
import { addProject } from '../journal/projects.ts'
import { postInBook } from '../journal/post.ts'
import { bookDesk } from '../book-for-tests.ts'
import { docxText } from '../docx-for-tests.ts'
import { statementRoutes } from '../statements/statement-routes.ts'
import { notesRoutes } from './routes.ts'

const desk = await bookDesk([notesRoutes, statementRoutes], '2024-01-01', '2026-01-20')
const { ask } = desk
let books: string
let notes: { section: string; lines: string[]; words: string; table: { rows: unknown[][] } | null }[]

beforeAll(async () => {
  books = `/api/funds/books/${desk.book.id}`
  await desk.post('2024-03-01', '102', '402', 1_000_000)
  await desk.post('2024-04-01', '50105', '102', 100_000)
  await desk.closeMonths(2024, 12)
  await desk.post('2025-03-01', '102', '402', 1_050_000)
  await desk.post('2025-04-01', '50105', '102', 250_000)
  await desk.post('2025-05-01', '102', '221', 60_000, { counterparty: '职工篮球社' })
  await desk.post('2025-06-01', '221', '102', 25_000)
  await desk.post('2025-07-01', '102', '32201', 3_000)
  await desk.db.transaction().execute(async (tx) => {
    await addProject(tx, operator(), desk.book, {
      code: 'JZ',
      name: '助学捐赠',
      fundKind: 'tied',
      donor: '清河机械厂',
      openedOn: '2025-01-01',
    })
    for (const [debit, credit, fen] of [
      ['102', '408', 80_000],
      ['50405', '102', 30_000],
    ] as const)
      await postInBook(tx, operator(), desk.book, {
        onDate: '2025-08-01',
        summary: '助学',
        attachments: 1,
        entries: [
          { account: debit, debitFen: fen, project: debit.startsWith('5') ? 'JZ' : null },
          { account: credit, creditFen: fen, project: credit === '408' ? 'JZ' : null },
        ],
      })
  })
  await desk.closeMonths(2025, 12)
})
const section = (name: string) => notes.find((one) => one.section === name)!

test('the notes tell the books: balances, changes, gifts by purpose, money held for others, adjustments', async () => {
  const { body } = await ask('会计', 'GET', `${books}/notes?year=2025`)
  notes = body.notes
  expect(body.mayWrite).toBe(true)
  expect(section('situation').lines[1]).toContain('支出 2,800.00 元，没有生效的预算')
  expect(section('changes').lines).toEqual(['职工活动支出本年 2,500.00 元，比上年增加 1,500.00 元（150.00%）。'])
  expect(section('changes').table!.rows).toContainEqual(['拨缴经费收入', 1_050_000, 1_000_000, 50_000])
  // name, donor, opening, in, out, other, closing
  expect(section('projects').table!.rows).toEqual([['助学捐赠', '清河机械厂', 0, 80_000, 30_000, 0, 50_000]])
  expect(section('entrusted').lines[0]).toContain('350.00 元')
  expect(section('entrusted').table!.rows).toEqual([
    ['未注明', 0, 0, 25_000, -25_000],
    ['职工篮球社', 0, 60_000, 0, 60_000],
  ])
  expect(section('adjustments').table!.rows).toEqual([['2025-07-01', '记-7-1', '收支', 3_000]])
  // Nobody's dues were worked out, so that nobody is said to owe nothing.
  expect(section('dues').lines[0]).toBe('本年没有登记会费缴费基数，应交会费未作测算；账上会费收入 0.00 元。')
  expect(section('dues').table).toBeNull()
  expect(section('nominal').lines).toEqual(['年末没有以名义金额计量的资产。'])
  const { body: earlier } = await ask('会计', 'GET', `${books}/notes?year=2024`)
  expect(earlier.notes.find((one: { section: string }) => one.section === 'projects').lines).toEqual([
    '本年度没有专项资金和指定用途的捐赠。',
  ])
})

test('who closes the books writes the words; figures stay the books’ own; others are refused', async () => {
  const write = (who: Parameters<typeof ask>[0], words: string) =>
    ask(who, 'PUT', `${books}/notes/changes`, { year: 2025, words })
  expect((await write('出纳', '改')).status).toBe(403)
  expect((await write('经审', '改')).status).toBe(403)
  expect((await write('外人', '改')).status).toBe(404)
  expect((await ask('外人', 'GET', `${books}/notes?year=2025`)).status).toBe(404)
  expect((await ask('会计', 'PUT', `${books}/notes/unknown`, { year: 2025, words: '改' })).status).toBe(422)
  expect((await write('会计', '春节慰问品发放范围扩大。')).status).toBe(204)
  const { body } = await ask('经审', 'GET', `${books}/notes?year=2025`)
  notes = body.notes
  expect(body.mayWrite).toBe(false)
  expect(section('changes')).toMatchObject({ words: '春节慰问品发放范围扩大。', editedName: '李强' })
  expect(section('changes').lines).toHaveLength(1)
})

test('the year’s workbook holds budget against result and the notes; the final accounts hold the document beside it', async () => {
  const { bytes } = await ask('会计', 'GET', `${books}/statements.xlsx?year=2025&month=12&yearly=true`)
  const workbook = await openWorkbook(bytes)
  expect(workbook.sheets.map((sheet) => sheet.name)).toEqual([
    '资产负债表',
    '收入支出表',
    '科目余额表',
    '收支决算表',
    '附注',
  ])
  const cells = async (at: number) => (await allRows(workbook.sheets[at]!)).map((row) => row.cells.map(cellText))
  expect((await cells(3)).find((row) => row[2] === '支出合计')!.slice(3, 6)).toEqual(['0.00', '2800.00', '2800.00'])
  const noted = await cells(4)
  expect(noted.flat()).toContain('春节慰问品发放范围扩大。')
  // Amounts are numbers of the books, in their columns.
  expect(noted.find((row) => row[0] === '拨缴经费收入')!.slice(1, 4)).toEqual(['10500.00', '10000.00', '500.00'])
  expect(noted.find((row) => row[0] === '职工篮球社')!.slice(1, 5)).toEqual(['0.00', '600.00', '0.00', '600.00'])
  expect(noted.every((row) => [...row[0]!].length <= 68)).toBe(true)
  workbook.close()
  const final = await ask('会计', 'GET', `${books}/final-accounts.zip?year=2025`)
  const names = final.bytes.toString('utf8')
  expect(names).toContain('2025年度决算报表.xlsx')
  expect(names).toContain('2025年度财务报表附注.docx')
  expect(await docxText((await ask('会计', 'GET', `${books}/notes.docx?year=2025`)).bytes)).toContain(
    '职工活动支出本年 2,500.00 元，比上年增加 1,500.00 元',
  )
  expect((await ask('出纳', 'GET', `${books}/final-accounts.zip?year=2025`)).status).toBe(403)
  expect((await ask('外人', 'GET', `${books}/final-accounts.zip?year=2025`)).status).toBe(404)
})
