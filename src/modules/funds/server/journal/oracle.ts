import { readFileSync } from 'node:fs'
import path from 'node:path'
import { operator, type Actor } from '../../../../kernel/access/actor.ts'
import { Problem } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { parseYuan } from '../../../../kernel/money/money.ts'
import { addUnit } from '../../../organisation/public.ts'
import type { ClosingMode, VoucherKind } from '../../contract.ts'
import { KIND_WORDS } from '../../words.ts'
import { balances, type Closings } from './balances.ts'
import { openBook, type Book } from './books.ts'
import { addAccount } from './chart.ts'
import { closeMonth } from './closing.ts'
import { identities } from './identities.ts'
import { saveOpening } from './opening.ts'
import { postInBook } from './post.ts'
import { addProject, finishProject } from './projects.ts'
import { balanceSheet, monthlyIncome, yearlyIncome, type Statement } from './statements.ts'
import { verifyBook } from './verify.ts'

/** A year prepared elsewhere: `vouchers.json` and, in `expected/`, what every sensible bookkeeping makes of it. */
interface OracleYear {
  fiscal_year: number
  accounts: { code: string; name: string }[]
  opening: Record<string, string>
  special_projects: Record<string, string>
  vouchers: {
    date: string
    summary: string
    kind: string
    attachments: number
    lines: { account: string; debit: string; credit: string; project: string | null }[]
  }[]
}

export interface OracleResult {
  passed: number
  /** `file: what — expected, found` */
  failures: string[]
}

const fen = (text: string): number => {
  const amount = parseYuan(text)
  if (amount === null) throw new Problem(422, 'oracle-amount', `“${text}”不是金额。`)
  return amount
}
const KINDS = new Map(Object.entries(KIND_WORDS).map(([kind, words]) => [words, kind as VoucherKind]))
const CLOSING_KINDS = ['期末结转', '年末结转']

const six = (one?: { openingFen: number; debitFen: number; creditFen: number; balanceFen: number }): number[] =>
  one
    ? [
        Math.max(one.openingFen, 0),
        Math.max(-one.openingFen, 0),
        one.debitFen,
        one.creditFen,
        Math.max(one.balanceFen, 0),
        Math.max(-one.balanceFen, 0),
      ]
    : [0, 0, 0, 0, 0, 0]

/**
 * Posts the year twice, closed every month and once in December, and compares every number with what is expected, to the
 * fen. Everything happens in the caller's transaction, which is meant to be rolled back.
 */
export async function runOracle(tx: Tx, folder: string): Promise<OracleResult> {
  const year = JSON.parse(readFileSync(path.join(folder, 'vouchers.json'), 'utf8')) as OracleYear
  const expected = (name: string): string[][] =>
    readFileSync(path.join(folder, 'expected', name), 'utf8')
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','))
  const result: OracleResult = { passed: 0, failures: [] }
  const compare = (where: string, wanted: number, found: number): void => {
    if (wanted === found) result.passed++
    else result.failures.push(`${where}：应为 ${wanted} 分，实为 ${found} 分`)
  }
  const actor = operator()
  const y = year.fiscal_year
  const ofStatement = (file: string, statement: Statement, columns: number): void => {
    const rows = expected(file).slice(1)
    const lines = new Map(statement.lines.map((line) => [line.label, line.amounts]))
    for (const [label, ...amounts] of rows)
      for (const [index, amount] of amounts.slice(0, columns).entries())
        compare(`${file} ${label!.trim()}`, fen(amount), lines.get(label!.trim())?.[index] ?? 0)
    // A line of ours that nobody expects must be empty.
    for (const line of statement.lines)
      if (!rows.some(([label]) => label!.trim() === line.label))
        for (const amount of line.amounts.slice(0, columns)) compare(`${file} ${line.label}`, 0, amount)
  }
  const ofTrial = async (file: string, book: Book, closings: Closings): Promise<void> => {
    const found = new Map((await balances(tx, book.id, `${y}-12-31`, closings)).map((one) => [one.code, one]))
    const total = [0, 0, 0, 0, 0, 0]
    for (const one of found.values()) for (const [index, amount] of six(one).entries()) total[index]! += amount
    const rows = expected(file).slice(1)
    for (const [code, name, ...amounts] of rows) {
      const ours = code ? six(found.get(code)) : total
      for (const [index, amount] of amounts.entries())
        compare(`${file} ${code} ${name} 第${index + 1}栏`, fen(amount), ours[index]!)
      found.delete(code!)
    }
    for (const code of found.keys()) result.failures.push(`${file}：多出科目 ${code}`)
  }

  const yearly = await postYear(tx, actor, year, 'yearly', async () => {})
  await ofTrial('trial_balance_postclose.csv', yearly, 'all')
  await ofTrial('trial_balance_preclose.csv', yearly, 'without')
  ofStatement(`balance_sheet_${y}.csv`, await balanceSheet(tx, yearly.id, y, 12), 2)
  ofStatement(`income_expenditure_${y}.csv`, await yearlyIncome(tx, yearly.id, y), 1)

  const monthly = await postYear(tx, actor, year, 'monthly', async (book, month) => {
    for (const one of await identities(tx, book.id, y, month))
      compare(`${month} 月 ${one.label}`, one.leftFen, one.rightFen)
  })
  // Closed or as if closed, the sheet of a month is the same.
  for (const book of [yearly, monthly]) {
    ofStatement(`balance_sheet_${y}-06.csv`, await balanceSheet(tx, book.id, y, 6), 2)
    ofStatement(`income_expenditure_${y}-06.csv`, await monthlyIncome(tx, book.id, y, 6), 2)
  }
  const atEnd = async (book: Book): Promise<Map<string, number>> =>
    new Map((await balances(tx, book.id, `${y}-12-31`)).map((one) => [one.code, one.balanceFen]))
  const [once, everyMonth] = [await atEnd(yearly), await atEnd(monthly)]
  for (const code of new Set([...once.keys(), ...everyMonth.keys()]))
    compare(`按月结转与年末一次结转 ${code}`, once.get(code) ?? 0, everyMonth.get(code) ?? 0)
  for (const book of [yearly, monthly])
    for (const fault of (await verifyBook(tx, book.id)).faults) result.failures.push(fault)
  return result
}

/** Opens a book of its own, posts the year month by month through the ordinary posting and closes each month. */
async function postYear(
  tx: Tx,
  actor: Actor,
  year: OracleYear,
  closing: ClosingMode,
  closed: (book: Book, month: number) => Promise<void>,
): Promise<Book> {
  const unit = await addUnit(tx, actor, {
    code: `oracle-${closing}-${Date.now()}`,
    name: `核对用工会（${closing === 'monthly' ? '按月结转' : '年末结转'}）`,
    type: 'union',
  })
  const book = await openBook(tx, actor, { unitId: unit.id, openedOn: `${year.fiscal_year}-01-01`, closing })
  for (const { code, name } of year.accounts)
    if (code.length === 5 && /^(1|2)/.test(code) && !/^(131|121|212)/.test(code))
      await addAccount(tx, actor, book, {
        parent: code.slice(0, 3),
        code,
        name: name.split('—').at(-1)!,
        beside: code.startsWith('10'),
      })
  const projects = new Map<string, number>()
  for (const [code, name] of Object.entries(year.special_projects))
    projects.set(
      code,
      await addProject(tx, actor, book, { code, name, fundKind: 'tied', openedOn: `${year.fiscal_year}-01-01` }),
    )
  // The balance of 321 belongs to the project that was carried over.
  const carried = Object.entries(year.special_projects).find(([, name]) => name.includes('结转'))?.[0]
  await saveOpening(
    tx,
    actor,
    book,
    Object.entries(year.opening).map(([account, amount]) => ({
      account,
      balanceFen: fen(amount),
      ...(account.startsWith('321') && { project: carried }),
    })),
  )
  const finishes = year.vouchers.some(
    (voucher) =>
      voucher.kind === '年末结转' && voucher.lines.some((line) => line.account === '32204' && fen(line.credit)),
  )
  for (let month = 1; month <= 12; month++) {
    for (const voucher of year.vouchers)
      if (Number(voucher.date.slice(5, 7)) === month && !CLOSING_KINDS.includes(voucher.kind))
        await postInBook(tx, actor, book, {
          onDate: voucher.date,
          kind: KINDS.get(voucher.kind)!,
          summary: voucher.summary,
          attachments: voucher.attachments,
          entries: voucher.lines.map((line) => ({
            account: line.account,
            debitFen: fen(line.debit),
            creditFen: fen(line.credit),
            project: line.project,
          })),
        })
    if (month === 12 && finishes && carried)
      await finishProject(tx, actor, book, projects.get(carried)!, `${year.fiscal_year}-12-31`)
    await closeMonth(tx, actor, book, year.fiscal_year, month)
    await closed(book, month)
  }
  return book
}
