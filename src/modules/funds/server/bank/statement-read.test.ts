import { expect, test } from 'vitest'
import { Problem } from '../../../../kernel/contract/problem.ts'
import { csvRows, statementGrid } from './statement-grid.ts'
import { readStatement, type Statement } from './statement-read.ts'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { writeWorkbook } from '../../../../kernel/xlsx/write.ts'

const read = (text: string): Statement => readStatement(csvRows(text))
const refusal = (text: string): Problem => {
  try {
    read(text)
  } catch (error) {
    if (error instanceof Problem) return error
  }
  throw new Error('not refused')
}

const icbc = `云砺机械有限公司工会 账户明细
账号,1102021009000012345,币种,人民币
交易日期,凭证号,借方发生额(支取),贷方发生额(存入),余额,对方户名,摘要
2026-03-02,00012,,"86,000.00","186,000.00",云砺机械有限公司,拨缴经费
2026-03-05,00013,"1,200.50",,"184,799.50",岚溪印刷厂,印刷费
2026-03-05,00014,0.00,35.20,"184,834.70",,结息
合计,,1200.50,86035.20,,,
`

test('debit and credit columns: the bank’s debit is what we spent', () => {
  const statement = read(icbc)
  expect(statement).toMatchObject({ openingFen: 10_000_000, closingFen: 18_483_470 })
  expect(statement.lines.map((line) => [line.rowNo, line.on, line.amountFen, line.reference])).toEqual([
    [4, '2026-03-02', 8_600_000, '00012'],
    [5, '2026-03-05', -120_050, '00013'],
    [6, '2026-03-05', 3520, '00014'],
  ])
  expect(statement.columns.map((column) => column.as)).toContain('对方户名')
})

test('newest first, one amount with a mark, a tab between, GB18030', async () => {
  const rows = await statementGrid(
    // 日期 金额 借贷标志 余额 摘要 in GBK
    Buffer.from(
      'c8d5c6da09bdf0b6ee09bde8b4fbb1ead6be09d3e0b6ee09d5aad2aa0a323032363033303609' +
        '31302e303009bde8093930' +
        '2e303009b7d10a323032363033303509' +
        '3130302e303009b4fb09' +
        '3130302e303009cad50a',
      'hex',
    ),
  )
  expect(readStatement(rows).lines.map((line) => [line.on, line.amountFen, line.summary])).toEqual([
    ['2026-03-05', 10_000, '收'],
    ['2026-03-06', -1000, '费'],
  ])
})

test('a workbook reads like a CSV', async () => {
  const out = new PassThrough()
  const bytes = buffer(out)
  await writeWorkbook(out, [
    {
      name: '明细',
      title: '账户交易明细',
      columns: [
        { header: '交易时间' },
        { header: '收入金额', kind: 'money' },
        { header: '支出金额', kind: 'money' },
        { header: '账户余额', kind: 'money' },
      ],
      rows: [
        ['2026-03-02 10:20:31', 500, null, 1500],
        ['2026-03-03 09:00:00', null, 700, 800],
      ],
    },
  ])
  expect(readStatement(await statementGrid(await bytes))).toMatchObject({ openingFen: 1000, closingFen: 800 })
})

test.each([
  [
    'columns swapped',
    icbc.replace('借方发生额(支取),贷方发生额(存入)', '贷方发生额(存入),借方发生额(支取)'),
    '余额与上一行',
  ],
  ['a row pushed to the right', icbc.replace('2026-03-05,00013,', '2026-03-05,00013,,'), ''],
  ['a name where an amount stands', icbc.replace('"1,200.50",', '岚溪印刷厂,'), '不是金额'],
  ['a day that does not exist', icbc.replace('2026-03-05,00013', '2026-02-30,00013'), '没有“2026-02-30”这一天'],
  ['a row is missing', icbc.replace(/2026-03-05,00013.*\n/, ''), '余额与上一行'],
  ['three decimals', icbc.replace('"1,200.50"', '"1,200.505"'), '两位小数'],
])('%s: refused, naming the row, nothing read', (_, text, words) => {
  const problem = refusal(text)
  expect(problem).toMatchObject({ status: 422, code: 'statement-shifted' })
  expect(Object.keys(problem.fields)[0]).toMatch(/^第 [4-6] 行$/)
  expect(Object.values(problem.fields).join()).toContain(words)
})

test('no heads, and heads without a movement, each have a sentence', () => {
  expect(refusal('甲,乙\n1,2\n').code).toBe('statement-no-head')
  expect(refusal('日期,收入,支出,余额\n合计,0,0,\n').code).toBe('statement-empty')
})
