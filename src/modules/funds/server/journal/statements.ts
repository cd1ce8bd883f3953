import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { amountsOf, type ByCode } from './amounts.ts'
import type { BalanceSheet, Statement, StatementLine } from '../../statement-contract.ts'

export type { BalanceSheet, Statement, StatementLine }

const sumOf = (amounts: ByCode, ...prefixes: string[]): number => {
  let sum = 0
  for (const [code, amount] of amounts) if (prefixes.some((prefix) => code.startsWith(prefix))) sum += amount
  return sum
}

type Row = readonly [label: string, of: (amounts: ByCode) => number, look?: 'total' | 'rare']
const debit =
  (...codes: string[]) =>
  (amounts: ByCode): number =>
    sumOf(amounts, ...codes)
const credit =
  (...codes: string[]) =>
  (amounts: ByCode): number =>
    0 - sumOf(amounts, ...codes)

const ASSETS: readonly Row[] = [
  ['货币资金', debit('101', '102')],
  ['零余额账户用款额度', debit('111'), 'rare'],
  ['财政应返还额度', debit('121'), 'rare'],
  ['应收上级经费', debit('131')],
  ['应收下级经费', debit('132'), 'rare'],
  ['其他应收款', debit('135')],
  ['库存物品', debit('141')],
  ['流动资产合计', debit('101', '102', '111', '121', '131', '132', '135', '141'), 'total'],
  ['投资', debit('151'), 'rare'],
  ['在建工程', debit('161'), 'rare'],
  ['固定资产原值', debit('162')],
  ['减：累计折旧', credit('163')],
  ['固定资产净值', debit('162', '163')],
  ['无形资产原值', debit('171'), 'rare'],
  ['减：累计摊销', credit('172'), 'rare'],
  ['无形资产净值', debit('171', '172'), 'rare'],
  ['长期待摊费用', debit('181'), 'rare'],
  ['待处理财产损溢', debit('182')],
  ['资产总计', debit('1'), 'total'],
]
const FUNDS: readonly Row[] = [
  ['应付职工薪酬', credit('201'), 'rare'],
  ['应付上级经费', credit('211')],
  ['应付下级经费', credit('212'), 'rare'],
  ['其他应付款', credit('215')],
  ['代管经费', credit('221')],
  ['负债合计', credit('2'), 'total'],
  ['资产基金', credit('301')],
  ['专用基金', credit('311'), 'rare'],
  ['工会资金结转', credit('321')],
  ['工会资金结余', credit('322')],
  ['财政拨款结转', credit('331'), 'rare'],
  ['财政拨款结余', credit('332'), 'rare'],
  ['预算稳定调节基金', credit('341'), 'rare'],
  ['净资产合计', credit('3'), 'total'],
  ['负债与净资产总计', credit('2', '3'), 'total'],
]

/**
 * 工会01表 at a month's end; month 12 is the year's. The first column is 1 January, the second the end of the period, as if
 * income and spending were closed.
 */
export async function balanceSheet(db: Db | Tx, bookId: number, year: number, month: number): Promise<BalanceSheet> {
  const columns = await amountsOf(db, bookId, [
    { year, month: 0 },
    { year, month },
  ])
  const lines = (rows: readonly Row[]): StatementLine[] =>
    rows.flatMap(([label, of, look]): StatementLine[] => {
      const amounts = columns.map(of)
      // Lines of county unions and rare ones appear once they hold something.
      if (look === 'rare' && amounts.every((amount) => amount === 0)) return []
      return [{ label, amounts, ...(look === 'total' && { total: true as const }) }]
    })
  const [left, right] = [lines(ASSETS), lines(FUNDS)]
  return {
    title: '资产负债表',
    form: '工会01表',
    columns: ['年初余额', month === 12 ? '年末余额' : '期末余额'],
    left,
    right,
    lines: [...left, ...right],
  }
}

const INCOMES: readonly [label: string, code: string, rare?: 'rare'][] = [
  ['会费收入', '401'],
  ['拨缴经费收入', '402'],
  ['上级补助收入', '403'],
  ['政府补助收入', '404', 'rare'],
  ['行政补助收入', '405'],
  ['附属单位上缴收入', '406', 'rare'],
  ['投资收益', '407', 'rare'],
  ['其他收入', '408'],
  ['动用预算稳定调节基金', '411', 'rare'],
]
const EXPENSES: readonly [label: string, code: string, rare?: 'rare'][] = [
  ['职工活动支出', '501'],
  ['职工活动组织支出', '502', 'rare'],
  ['职工服务支出', '503'],
  ['维权支出', '504'],
  ['业务支出', '505'],
  ['行政支出', '506', 'rare'],
  ['资本性支出', '507'],
  ['补助下级支出', '508', 'rare'],
  ['对附属单位的支出', '509', 'rare'],
  ['其他支出', '510'],
  ['安排预算稳定调节基金', '521', 'rare'],
]

/** Turnover without closing by code, debit positive, over months `from`–`to` of a year. */
export const turnover = async (db: Db | Tx, bookId: number, year: number, from: number, to: number): Promise<ByCode> =>
  (await amountsOf(db, bookId, [{ year, from, to }]))[0]!

/** 工会02表 of a month: 本月数 and 本年累计数. */
export async function monthlyIncome(db: Db | Tx, bookId: number, year: number, month: number): Promise<Statement> {
  const columns = await amountsOf(db, bookId, [
    { year, from: month, to: month },
    { year, from: 1, to: month },
  ])
  return {
    title: '收入支出表',
    form: '工会02表',
    columns: ['本月数', '本年累计数'],
    lines: [...adjustmentLines(columns, false), ...incomeLines(columns)],
  }
}

const carried = (when: '年初' | '年末', number: string, amounts: readonly ByCode[]): StatementLine[] => [
  { label: `${number}、${when}资金结转结余`, total: true, amounts: amounts.map(credit('321', '322', '331', '332')) },
  { label: `${when}资金结转`, indent: true, amounts: amounts.map(credit('321', '331')) },
  { label: `${when}资金结余`, indent: true, amounts: amounts.map(credit('322', '332')) },
]

/** 工会02表 of a year: 本年数 and 上年数, with the sections on what is carried over. */
export async function yearlyIncome(db: Db | Tx, bookId: number, year: number): Promise<Statement> {
  // The year before may still wait to be closed when the new one has begun.
  const [now, before, ...stood] = await amountsOf(db, bookId, [
    { year, from: 1, to: 12 },
    { year: year - 1, from: 1, to: 12 },
    { year, month: 0 },
    { year: year - 1, month: 0 },
    { year, month: 12 },
    { year: year - 1, month: 12 },
  ])
  const columns = [now!, before!]
  const [opening, closing] = [stood.slice(0, 2), stood.slice(2)]
  return {
    title: '收入支出表',
    form: '工会02表',
    columns: ['本年数', '上年数'],
    lines: [
      ...carried('年初', '一', opening),
      ...adjustmentLines(columns, true),
      ...incomeLines(columns),
      ...carried('年末', '六', closing),
    ],
  }
}

/** 二: prior years' corrections and what was handed in; always in the year's form, in a month's once there is some. */
function adjustmentLines(columns: readonly ByCode[], always: boolean): StatementLine[] {
  const amounts = columns.map(credit('32101', '32201', '33101', '33201', '33202'))
  if (!always && amounts.every((amount) => amount === 0)) return []
  return [{ label: '二、资金结转结余调整及变动', total: true, amounts }]
}

function incomeLines(columns: readonly ByCode[]): StatementLine[] {
  const lines = (rows: typeof INCOMES, of: (code: string) => (amounts: ByCode) => number): StatementLine[] =>
    rows.flatMap(([label, code, rare]) => {
      const amounts = columns.map(of(code))
      return rare && amounts.every((amount) => amount === 0) ? [] : [{ label, indent: true as const, amounts }]
    })
  return [
    { label: '三、收入合计', total: true, amounts: columns.map(credit('4')) },
    ...lines(INCOMES, credit),
    { label: '四、支出合计', total: true, amounts: columns.map(debit('5')) },
    ...lines(EXPENSES, debit),
    { label: '五、本期收支差额', total: true, amounts: columns.map(credit('4', '5')) },
  ]
}
