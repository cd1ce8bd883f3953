import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator } from '../../../../kernel/access/actor.ts'
import { buildApp, type App } from '../../../../kernel/http/app.ts'
import { declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../../kernel/testing/world.ts'
import { cellText } from '../../../../kernel/xlsx/cell.ts'
import { allRows, openWorkbook } from '../../../../kernel/xlsx/read.ts'
import module from '../../module.ts'
import { openBook, postVoucher } from '../../public.ts'
import { bookRoutes } from '../journal/routes.ts'
import { statementRoutes } from './statement-routes.ts'

declarePermissions([...module.permissions])
declareRegisters(module.registers!, module.metrics)
const { db, ownerPool } = await testDatabase()
let world: World
let app: App
let bookId: number

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  await db.transaction().execute(async (tx) => {
    bookId = (await openBook(tx, operator(), { unitId: world.unit('east'), openedOn: '2026-01-01' })).id
    const post = (onDate: string, debit: string, credit: string, fen: number) =>
      postVoucher(tx, operator(), world.unit('east'), {
        onDate,
        summary: '收支',
        attachments: 1,
        entries: [
          { account: debit, debitFen: fen },
          { account: credit, creditFen: fen },
        ],
      })
    await post('2026-01-05', '102', '405', 500_000)
    await post('2026-02-06', '50105', '102', 80_000)
    await post('2026-02-07', '101', '102', 10_000)
  })
  app = await buildApp(
    {
      db,
      today: () => '2026-06-30',
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [statementRoutes, bookRoutes],
  )
})
afterAll(() => app.close())

const ask = (who: PersonName, path: string) =>
  app.inject({ url: `/api/funds/books/${bookId}/${path}`, headers: { cookie: `as=${encodeURIComponent(who)}` } })

test('the overview adds up what was posted, month by month and by kind', async () => {
  expect((await ask('李强', 'overview?year=2026')).json()).toMatchObject({
    cashFen: 10_000,
    bankFen: 410_000,
    budget: null,
    months: [
      { month: 1, incomeFen: 500_000, expenseFen: 0 },
      { month: 2, incomeFen: 0, expenseFen: 80_000 },
    ],
    kinds: [
      { code: '405', side: 'income', nowFen: 500_000, beforeFen: 0 },
      { code: '501', side: 'expense', nowFen: 80_000, beforeFen: 0 },
    ],
  })
})

test('the workbook holds both statements in their form, both totals on the last line', async () => {
  const { rawPayload } = await ask('李强', 'statements.xlsx?year=2026&month=2')
  const book = await openWorkbook(rawPayload)
  expect(book.sheets.map((sheet) => sheet.name)).toEqual(['资产负债表', '收入支出表', '科目余额表'])
  const text = (await allRows(book.sheets[0]!)).map((row) => row.cells.map(cellText))
  book.close()
  expect(text[0]![0]).toBe('资产负债表')
  expect(text[1]![0]).toContain('工会01表')
  const total = text.find((row) => row[0] === '资产总计')!
  expect([total[2], total[3], total[5]]).toEqual(['4200.00', '负债与净资产总计', '4200.00'])
  expect(text.at(-1)![0]).toContain('单位负责人')
})

/** The cells of a workbook, a sheet after another, as they are shown. */
async function sheetsOf(path: string): Promise<string[][][]> {
  const book = await openWorkbook((await ask('李强', path)).rawPayload)
  const sheets: string[][][] = []
  for (const sheet of book.sheets)
    sheets.push((await allRows(sheet)).map((row) => Array.from(row.cells, (cell) => cellText(cell))))
  book.close()
  return sheets
}

test('trial balance and income statement of the workbook say what the books say', async () => {
  const [, income, trial] = await sheetsOf('statements.xlsx?year=2026&month=2')
  expect(income!.find((row) => row[0]!.trim() === '行政补助收入')!.slice(1, 3)).toEqual(['', '5000.00'])
  expect(income!.find((row) => row[0] === '五、本期收支差额')!.slice(1, 3)).toEqual(['-800.00', '4200.00'])
  const { rows } = (await ask('李强', 'trial-balance?on=2026-02-28')).json() as {
    rows: { code: string; debitFen: number; creditFen: number }[]
  }
  for (const { code, debitFen, creditFen } of rows)
    expect(
      trial!
        .find((row) => row[0] === code)!
        .slice(4, 6)
        .map((cell) => Math.round(Number(cell) * 100)),
    ).toEqual([debitFen, creditFen])
  expect(rows.map((row) => row.code)).toContain('102')
})

test('an account’s book of the year: what was brought over, every line with its balance, month and year added up', async () => {
  const [bank] = await sheetsOf('ledger.xlsx?account=102&year=2026')
  expect(bank![0]![0]).toBe('银行存款日记账')
  expect(bank![1]![0]).toContain('科目：102 银行存款')
  expect(bank!.slice(3, -1).map((row) => [row[0], row[2], ...row.slice(4)])).toEqual([
    ['', '上年结转', '', '', '平', '0.00'],
    ['2026-01-05', '收支', '5000.00', '', '借', '5000.00'],
    ['', '1 月合计', '5000.00', '0.00', '借', '5000.00'],
    ['', '本年累计', '5000.00', '0.00', '借', '5000.00'],
    ['2026-02-06', '收支', '', '800.00', '借', '4200.00'],
    ['2026-02-07', '收支', '', '100.00', '借', '4100.00'],
    ['', '2 月合计', '0.00', '900.00', '借', '4100.00'],
    ['', '本年累计', '5000.00', '900.00', '借', '4100.00'],
  ])
  expect((await sheetsOf('ledger.xlsx?account=50105&year=2026'))[0]![0]![0]).toBe('明细账')
  expect((await ask('李强', 'ledger.xlsx?account=59999&year=2026')).statusCode).toBe(404)
  expect((await ask('李强', 'ledger.xlsx?account=1;2&year=2026')).statusCode).toBe(422)
})

test('the archive lists every part with its hash and how long it is kept', async () => {
  const { rawPayload, headers } = await ask('李强', 'archive.zip?year=2026')
  expect(headers['content-type']).toBe('application/zip')
  const names = rawPayload.toString('utf8')
  for (const part of [
    '00-移交清单.csv',
    '2026年记账凭证和分录.csv',
    '2026年账簿.hledger',
    '2026年01月报表.xlsx',
    '2026年02月报表.xlsx',
  ])
    expect(names).toContain(part)
  expect(names).not.toContain('2026年度报表.xlsx')
})

test.each([
  'overview?year=2026',
  'statements.xlsx?year=2026&month=2',
  'ledger.xlsx?account=102&year=2026',
  'archive.zip?year=2026',
])('%s of another union’s book is not to be found', async (path) => {
  expect((await ask('周婷', path)).statusCode).toBe(404)
  expect((await ask('张敏', path)).statusCode).toBe(404)
})

test('forms of a day: the till to be counted, money held for others by whose it is, investments with their fund', async () => {
  await db.transaction().execute(async (tx) => {
    const post = (
      onDate: string,
      entries: { account: string; debitFen?: number; creditFen?: number; counterparty?: string }[],
    ) => postVoucher(tx, operator(), world.unit('east'), { onDate, summary: '往来', attachments: 1, entries })
    await post('2026-03-02', [
      { account: '102', debitFen: 30_000 },
      { account: '221', creditFen: 30_000, counterparty: '足球社' },
    ])
    await post('2026-03-09', [
      { account: '151', debitFen: 100_000 },
      { account: '30102', creditFen: 100_000 },
      { account: '32205', debitFen: 100_000 },
      { account: '102', creditFen: 100_000 },
    ])
    await post('2026-04-09', [
      { account: '102', debitFen: 1_500 },
      { account: '407', creditFen: 1_500 },
    ])
  })
  const on = async (day: string) =>
    (await ask('李强', `forms?on=${day}`)).json().forms as { id: string; rows: unknown[][]; notes: string[] }[]
  const [cash, entrusted, investments] = await on('2026-03-31')
  expect(cash!.rows).toContainEqual(['账面余额（库存现金日记账）', null, 10_000])
  expect(entrusted!.rows).toEqual([
    ['足球社', 0, 30_000, 0, 30_000],
    ['合计', null, null, null, 30_000],
  ])
  expect(investments!.rows.at(-1)).toEqual(['账面投资', '', '', 100_000, null, null])
  expect(investments!.notes[0]).toContain('与资产基金（投资）一致')
  expect((await on('2026-04-30'))[2]!.rows).toContainEqual(['2026-04-09', '记-04-001', '往来', 0, 0, 1_500])
  expect((await on('2026-02-06'))[0]!.rows).toContainEqual(['账面余额（库存现金日记账）', null, 0])
  const workbook = await openWorkbook((await ask('李强', 'forms.xlsx?on=2026-03-31')).rawPayload)
  expect(workbook.sheets.map((sheet) => sheet.name)).toEqual(['库存现金盘点表', '代管经费明细表', '投资备查表'])
  workbook.close()
  const [till, held, invested] = await sheetsOf('forms.xlsx?on=2026-03-31')
  expect(till!.find((row) => row[0]!.startsWith('账面余额'))![2]).toBe('100.00')
  expect(held!.find((row) => row[0] === '足球社')!.slice(1)).toEqual(['0.00', '300.00', '0.00', '300.00'])
  expect(invested!.find((row) => row[0] === '账面投资')![3]).toBe('1000.00')
  for (const path of ['forms?on=2026-03-31', 'forms.xlsx?on=2026-03-31'])
    expect((await ask('周婷', path)).statusCode).toBe(404)
})
