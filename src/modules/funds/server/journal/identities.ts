import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { amountsOf, type ByCode } from './amounts.ts'
import { balanceSheet, monthlyIncome, yearlyIncome, type Statement } from './statements.ts'
import type { Identity } from '../../statement-contract.ts'

export type { Identity }

const equal = (id: string, label: string, leftFen: number, rightFen: number, note?: string): Identity => ({
  id,
  label,
  leftFen,
  rightFen,
  holds: leftFen === rightFen,
  ...(note && { note }),
})

const lineOf = (statement: Statement, label: string, column: number): number =>
  statement.lines.find((line) => line.label === label)?.amounts[column] ?? 0

/**
 * The identities of a month's end (month 12: also of the year). All must hold at every moment, whether closed or not.
 * The bank's own (7, ledger against statement) belongs to reconciliation; here stands that money held for others is there.
 */
export async function identities(db: Db | Tx, bookId: number, year: number, month: number): Promise<Identity[]> {
  const found: Identity[] = []
  const { rows: sums } = await sql<{ debit: number; credit: number; unbalanced: number }>`
    select coalesce(sum(debit_fen) filter (where year = ${year} and month > 0), 0)::bigint as debit,
      coalesce(sum(credit_fen) filter (where year = ${year} and month > 0), 0)::bigint as credit,
      (select count(*)::int from (select from funds.voucher v join funds.entry e on e.voucher_id = v.id
        where v.book_id = ${bookId} and v.year = ${year} and v.month = ${month} and v.state = 'posted'
        group by v.id having sum(e.debit_fen) <> sum(e.credit_fen)) off) as unbalanced
    from funds.month_sum where book_id = ${bookId} and (year < ${year} or (year = ${year} and month <= ${month}))`.execute(
    db,
  )
  const { debit, credit, unbalanced } = sums[0]!
  found.push(equal('1', '本年借方发生额＝贷方发生额', debit, credit))
  found.push(equal('1a', '借贷不平衡的凭证张数为零', unbalanced, 0))

  const sheet = await balanceSheet(db, bookId, year, month)
  for (const column of [0, 1])
    found.push(
      equal(
        column ? '2' : '2a',
        `资产总计＝负债与净资产总计（${sheet.columns[column]}）`,
        lineOf(sheet, '资产总计', column),
        lineOf(sheet, '负债与净资产总计', column),
      ),
    )

  const [held, ...months] = (await amountsOf(db, bookId, [
    { year, month },
    ...Array.from({ length: month }, (_, at) => ({ year, from: at + 1, to: at + 1 })),
  ])) as [ByCode, ...ByCode[]]
  const of = (...codes: string[]): number =>
    [...held].reduce((sum, [code, fen]) => (codes.some((one) => code.startsWith(one)) ? sum + fen : sum), 0)
  // What is pending stands for assets; anything else on 182 is money short, over, or received for them.
  const pending = of('18201')
  found.push(
    equal(
      '3',
      '资产基金＝对应的非货币资产',
      0 - of('301'),
      of('141', '151', '161', '162', '163', '171', '172', '181') + pending,
    ),
  )
  // What was pending may have been written off against any of the parts.
  if (!held.has('18201'))
    found.push(
      equal('3a', '资产基金—库存物品＝库存物品', 0 - of('30101'), of('141')),
      equal('3b', '资产基金—投资＝投资', 0 - of('30102'), of('151')),
      equal('3c', '资产基金—在建工程＝在建工程', 0 - of('30103'), of('161')),
      equal('3d', '资产基金—无形资产＝无形资产净值', 0 - of('30105'), of('171', '172')),
      equal('3e', '资产基金—长期待摊费用＝长期待摊费用', 0 - of('30106'), of('181')),
    )
  found.push(
    equal(
      '4',
      '货币性资产－负债＝结转结余',
      of('101', '102', '111', '121', '131', '132', '135', '182') - pending + of('2'),
      0 - of('311', '321', '322', '331', '332', '341'),
    ),
  )

  const direct = await movedDirectly(db, bookId, year)
  const yearly = await yearlyIncome(db, bookId, year)
  found.push(
    equal(
      '5',
      '年初结转结余＋调整＋收支差额＋直接变动＝期末结转结余',
      lineOf(yearly, '一、年初资金结转结余', 0) +
        lineOf(yearly, '二、资金结转结余调整及变动', 0) +
        lineOf(yearly, '五、本期收支差额', 0) +
        direct,
      lineOf(yearly, '六、年末资金结转结余', 0),
      direct ? '买入或收回投资直接增减累计结余，单列为“直接变动”' : undefined,
    ),
  )

  const monthly = await monthlyIncome(db, bookId, year, month)
  let accumulated = 0
  for (const moved of months) for (const [code, fen] of moved) if (/^[45]/.test(code)) accumulated -= fen
  found.push(equal('6', '本年累计收支差额＝各月之和', lineOf(monthly, '五、本期收支差额', 1), accumulated))

  const entrusted = await entrustedCash(db, bookId, year, month)
  if (entrusted.kept)
    found.push({
      ...equal(
        '7',
        '代管货币资金＝代管经费',
        entrusted.cashFen,
        0 - of('221'),
        '代管的钱应在单独账户，请核对收付是否走错账户',
      ),
      advisory: true,
    })
  return found
}

/** What business vouchers moved on 321/322 past 年初余额调整: investments (T17) and nothing else; 内部调剂 cancels out. */
async function movedDirectly(db: Db | Tx, bookId: number, year: number): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(s.credit_fen - s.debit_fen), 0)::bigint as fen
    from funds.month_sum s join funds.account a on a.id = s.account_id
    where s.book_id = ${bookId} and s.year = ${year} and s.month > 0 and s.closing = 0
      and a.code ~ '^3[23][1-2]' and a.code !~ '^(32101|32201|33101|33201|33202)'`.execute(db)
  return rows[0]!.fen
}

/** Cash and bank accounts kept for others' money, by their name. */
async function entrustedCash(
  db: Db | Tx,
  bookId: number,
  year: number,
  month: number,
): Promise<{ kept: boolean; cashFen: number }> {
  const { rows } = await sql<{ n: number; fen: number }>`
    select count(distinct a.id)::int as n, coalesce(sum(s.debit_fen - s.credit_fen) filter (where s.year < ${year}
      or (s.year = ${year} and s.month <= ${month})), 0)::bigint as fen
    from funds.account a left join funds.month_sum s on s.account_id = a.id and s.book_id = a.book_id
    where a.book_id = ${bookId} and a.code ~ '^10[12]' and a.name like '%代管%'`.execute(db)
  return { kept: rows[0]!.n > 0, cashFen: rows[0]!.fen }
}
