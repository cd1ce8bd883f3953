import type { Db } from '../../../../kernel/db/database.ts'
import type { OutputCell, OutputRow, SheetSpec } from '../../../../kernel/xlsx/write.ts'
import { balances, type Balance } from '../journal/balances.ts'
import type { Book } from '../journal/books.ts'
import { monthEnd } from '../journal/closing.ts'
import { balanceSheet, monthlyIncome, yearlyIncome, type StatementLine } from '../journal/statements.ts'

/** What a set of statements is of. */
export interface StatementPeriod {
  year: number
  /** 12 for the year's */
  month: number
  yearly: boolean
}

const SIGNATURES = '单位负责人（法定代表人）：　　　　　　　会计机构负责人：　　　　　　　复核：　　　　　　　制表：'

/** A line's label and amounts: totals in bold, nothing where nothing is, as on the printed form. */
function cellsOf(line: StatementLine | undefined, columns: number): OutputCell[] {
  if (!line) return Array.from<OutputCell>({ length: columns + 1 }).fill(null)
  const cells = [`${line.indent ? '　　' : ''}${line.label}`, ...line.amounts.map((fen) => fen || null)]
  return line.total ? cells.map((strong) => ({ strong })) : cells
}

/** 工会01表, 工会02表 and the trial balance behind them, a sheet each, laid out as the regulation prints them. */
export async function statementSheets(
  db: Db,
  book: Book,
  { year, month, yearly }: StatementPeriod,
): Promise<SheetSpec[]> {
  const end = monthEnd(year, month)
  const sheet = await balanceSheet(db, book.id, year, month)
  const income = yearly ? await yearlyIncome(db, book.id, year) : await monthlyIncome(db, book.id, year, month)
  const trial = await balances(db, book.id, end, 'without')
  const lead = (when: string, form: string): string[] => [
    `编制单位：${book.unitName}　　　　${when}　　　　${form}　　　　单位：元`,
  ]
  const [first = '', second = ''] = sheet.columns
  const of = yearly ? `${year}年度` : `${year}年${month}月`
  return [
    {
      name: '资产负债表',
      title: sheet.title,
      lead: lead(`${end.slice(0, 4)}年${month}月${Number(end.slice(8))}日`, sheet.form),
      columns: [
        { header: '资产', width: 30 },
        { header: first, kind: 'money', width: 18 },
        { header: second, kind: 'money', width: 18 },
        { header: '负债与净资产', width: 30 },
        { header: first, kind: 'money', width: 18 },
        { header: second, kind: 'money', width: 18 },
      ],
      rows: alignTotals(sheet.left, sheet.right),
      ruled: true,
      footer: [SIGNATURES],
    },
    {
      name: '收入支出表',
      title: income.title,
      lead: lead(of, income.form),
      columns: [
        { header: '项目', width: 40 },
        ...income.columns.map((header) => ({ header, kind: 'money' as const, width: 20 })),
      ],
      rows: income.lines.map((line) => cellsOf(line, income.columns.length)),
      ruled: true,
      footer: [SIGNATURES],
    },
    {
      name: '科目余额表',
      title: '科目余额表',
      lead: lead(`截至${end}`, '（不含期末结转）'),
      columns: [
        { header: '科目编码', width: 12 },
        { header: '科目名称', width: 34 },
        { header: '年初借方', kind: 'money', width: 17 },
        { header: '年初贷方', kind: 'money', width: 17 },
        { header: '本年借方发生额', kind: 'money', width: 17 },
        { header: '本年贷方发生额', kind: 'money', width: 17 },
        { header: '期末借方', kind: 'money', width: 17 },
        { header: '期末贷方', kind: 'money', width: 17 },
      ],
      ruled: true,
      rows: [
        ...trial.map((row) => [row.code, row.name, ...sidesOf(row).map((fen) => fen || null)]),
        [
          { strong: '合计' },
          { strong: null },
          ...[0, 1, 2, 3, 4, 5].map((at) => ({ strong: trial.reduce((sum, row) => sum + sidesOf(row)[at]!, 0) })),
        ],
      ],
    },
  ]
}

/** Opening, turnover and balance of an account, debit and credit beside each other. */
const sidesOf = (row: Balance): number[] => [
  Math.max(row.openingFen, 0),
  Math.max(-row.openingFen, 0),
  row.debitFen,
  row.creditFen,
  Math.max(row.balanceFen, 0),
  Math.max(-row.balanceFen, 0),
]

/** Both sides end on the same line; the shorter one is filled before its last. */
export function alignTotals(left: readonly StatementLine[], right: readonly StatementLine[]): OutputRow[] {
  const length = Math.max(left.length, right.length)
  const filled = (side: readonly StatementLine[]): (StatementLine | undefined)[] => [
    ...side.slice(0, -1),
    ...Array.from<undefined>({ length: length - side.length }),
    side.at(-1),
  ]
  const [one, other] = [filled(left), filled(right)]
  return one.map((line, at) => [...cellsOf(line, 2), ...cellsOf(other[at], 2)])
}
