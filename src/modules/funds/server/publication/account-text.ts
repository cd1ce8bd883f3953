import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { shareOf } from '../../../../kernel/facts/figures.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { duesByUnit } from '../income/members-due.ts'
import type { Book } from '../journal/books.ts'
import { amountsOf, type ByCode } from '../journal/amounts.ts'
import { balanceSheet } from '../journal/statements.ts'
import type { StatementPeriod } from '../statements/workbook.ts'

const yuan = (fen: number): string => `${formatYuan(fen)} 元`

/** 2026 年 3 月 / 2026 年度 */
export const periodWords = ({ year, month, yearly }: StatementPeriod): string =>
  yearly ? `${year} 年度` : `${year} 年 ${month} 月`

/**
 * What members read about the money: income and spending by kind, dues, budget, what is left. It says no name: not who
 * paid, was helped or gave (公开 with masking, domain rules 2.4).
 */
export async function accountText(db: Db | Tx, book: Book, period: StatementPeriod): Promise<string> {
  const { year, month, yearly } = period
  const [now, all] = (await amountsOf(db, book.id, [
    { year, from: yearly ? 1 : month, to: month },
    { year, from: 1, to: month },
  ])) as [ByCode, ByCode]
  const names = await namesOf(db, book.id, [...all.keys()])
  const total = (of: ReadonlyMap<string, number>, side: '4' | '5'): number => {
    let sum = 0
    for (const [code, fen] of of) if (code.startsWith(side)) sum += side === '4' ? -fen : fen
    return sum
  }
  /** 会费收入 24.00 元、… by account of the wanted depth, the greatest first. */
  const kinds = (of: ReadonlyMap<string, number>, side: '4' | '5', digits: number): string => {
    const sums = new Map<string, number>()
    for (const [code, fen] of of)
      if (code.startsWith(side))
        sums.set(code.slice(0, digits), (sums.get(code.slice(0, digits)) ?? 0) + (side === '4' ? -fen : fen))
    return [...sums]
      .filter(([, fen]) => fen !== 0)
      .toSorted((one, other) => other[1] - one[1])
      .map(([code, fen]) => `${names.get(code) ?? code} ${yuan(fen)}`)
      .join('、')
  }
  const span = yearly ? '本年' : '本月'
  const sentence = (what: '收入' | '支出', side: '4' | '5', digits: number): string => {
    const [amount, sum] = [total(now, side), total(all, side)]
    const detail = kinds(now, side, digits)
    return `${span}${what} ${yuan(amount)}${detail ? `，其中${detail}` : ''}。${yearly ? '' : `本年累计${what} ${yuan(sum)}。`}`
  }
  const sheet = await balanceSheet(db, book.id, year, month)
  const held = (label: string): number => sheet.lines.find((line) => line.label === label)?.amounts[1] ?? 0
  return [
    `${book.unitName}${periodWords(period)}工会经费收支情况，根据已结账的账簿公布如下。`,
    `一、收入\n${sentence('收入', '4', 3)}`,
    `二、会费\n${await duesSentence(db, book, period)}`,
    `三、支出\n${sentence('支出', '5', 5)}`,
    `四、预算执行\n${await budgetSentence(db, book, period, total(all, '5'))}`,
    `五、结余\n期末货币资金 ${yuan(held('货币资金'))}，应付上级经费 ${yuan(held('应付上级经费'))}，代管经费 ${yuan(held('代管经费'))}；工会资金结转 ${yuan(held('工会资金结转'))}，工会资金结余 ${yuan(held('工会资金结余'))}。`,
    '对以上账目有疑问的，可在本页提出询问，由会计答复；也可向经费审查委员会反映。',
  ].join('\n\n')
}

async function duesSentence(db: Db | Tx, book: Book, { year, month, yearly }: StatementPeriod): Promise<string> {
  const last = `${year}-${String(month).padStart(2, '0')}`
  const rows = (await duesByUnit(db, book, year, last)).filter((row) => yearly || row.month === last)
  if (!rows.length) return '本期没有应交会费的会员。'
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((all, row) => all + of(row), 0)
  const [due, paid] = [sum((row) => row.dueFen), sum((row) => row.paidFen)]
  const months = new Set(rows.map((row) => row.month)).size
  const people = rows.filter((row) => row.month === last).reduce((all, row) => all + row.members, 0)
  return `期末会员 ${people} 人，${months > 1 ? `${months} 个月` : ''}应交会费 ${yuan(due)}，已交 ${yuan(paid)}${due > paid ? `，未交 ${yuan(due - paid)}` : ''}。`
}

async function budgetSentence(
  db: Db | Tx,
  book: Book,
  { year, month }: StatementPeriod,
  spentFen: number,
): Promise<string> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(l.amount_fen) filter (where l.direction = 'spending'), 0)::bigint as fen
    from funds.budget_line l where l.budget_id = (
      select id from funds.budget where book_id = ${book.id} and year = ${year} and effective_on is not null
        and effective_on <= (make_date(${year}, ${month}, 1) + interval '1 month')::date
      order by version desc limit 1)`.execute(db)
  const planned = rows[0]!.fen
  if (planned <= 0) return '本年度预算尚未生效。'
  return `全年支出预算 ${yuan(planned)}，累计支出 ${yuan(spentFen)}，执行率 ${(shareOf(Math.max(spentFen, 0), planned) / 100).toFixed(2)}%。`
}

async function namesOf(db: Db | Tx, bookId: number, codes: readonly string[]): Promise<Map<string, string>> {
  const wanted = codes.flatMap((code) => [code.slice(0, 3), code.slice(0, 5)])
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from funds.account where code = any(${wanted}::text[]) and (book_id is null or book_id = ${bookId})`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.code, row.name]))
}
