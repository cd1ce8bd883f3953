import { sql } from 'kysely'
import { shareOf } from '../../../../kernel/facts/figures.ts'
import type { NoteSection } from '../../notes-contract.ts'
import { budgetInForce } from '../budget/standing.ts'
import { allocationMemo } from '../income/allocation.ts'
import { duesByUnit } from '../income/members-due.ts'
import { assets, disposals, nominal } from './asset-sections.ts'
import { lineOf, money, yuan, type Tell } from './told.ts'

const percent = (part: number, whole: number): string => `${(shareOf(Math.max(part, 0), whole) / 100).toFixed(2)}%`

/** A change of so many hundredths is worth an explanation. */
const BIG_CHANGE = 3000

const situation: Tell = async (db, book, { year, sheet, income: statement }) => {
  const held = (label: string, column: 0 | 1 = 1): number => lineOf(sheet, label, column)
  const [income, expense] = [lineOf(statement, '三、收入合计', 0), lineOf(statement, '四、支出合计', 0)]
  const budget = await budgetInForce(db, book.id, `${year}-12-31`)
  const planned = (direction: 'income' | 'spending'): number =>
    (budget?.lines ?? []).reduce((total, line) => (line.direction === direction ? total + line.amountFen : total), 0)
  const execution = (what: string, done: number, of: number): string =>
    of > 0
      ? `${what}预算 ${yuan(of)}，执行 ${yuan(done)}，执行率 ${percent(done, of)}`
      : `${what} ${yuan(done)}，没有生效的预算`
  return {
    lines: [
      `年末资产总计 ${yuan(held('资产总计'))}（年初 ${yuan(held('资产总计', 0))}），其中货币资金 ${yuan(held('货币资金'))}、固定资产净值 ${yuan(held('固定资产净值'))}；负债合计 ${yuan(held('负债合计'))}；净资产合计 ${yuan(held('净资产合计'))}，其中工会资金结转 ${yuan(held('工会资金结转'))}、工会资金结余 ${yuan(held('工会资金结余'))}。`,
      `本年${execution('收入', income, planned('income'))}；${execution('支出', expense, planned('spending'))}。本年收支差额 ${yuan(income - expense)}。`,
    ],
  }
}

const changes: Tell = async (_db, _book, { income: statement }) => {
  const rows = statement.lines.filter((line) => line.indent && line.amounts.some((fen) => fen !== 0))
  const kinds = rows.filter((line) => /收入|支出|收益/.test(line.label))
  const big = kinds.filter(
    ({ amounts: [now = 0, before = 0] }) =>
      before !== 0 && Math.abs(now - before) * 10_000 >= Math.abs(before) * BIG_CHANGE,
  )
  return {
    lines: big.map(({ label, amounts: [now = 0, before = 0] }) => {
      const more = now - before
      return `${label}本年 ${yuan(now)}，比上年${more > 0 ? '增加' : '减少'} ${yuan(Math.abs(more))}（${percent(Math.abs(more), Math.abs(before))}）。`
    }),
    table: {
      columns: [{ title: '项目' }, money('本年数'), money('上年数'), money('增减')],
      rows: kinds.map(({ label, amounts: [now = 0, before = 0] }) => [label, now, before, now - before]),
    },
    words: big.length ? '（请说明上述项目增减较大的原因。）' : '各项收支与上年相比没有增减超过百分之三十的项目。',
  }
}

const projects: Tell = async (db, book, { year }) => {
  const { rows } = await sql<{
    name: string
    donor: string | null
    opening: number
    income: number
    expense: number
    closing: number
  }>`
    select p.name, p.donor,
      coalesce(sum(s.credit_fen - s.debit_fen) filter (where s.closing <> 1 and (s.year < ${year} or s.month = 0) and counts), 0)::bigint as opening,
      coalesce(sum(s.credit_fen - s.debit_fen) filter (where a.class = 'income' and s.closing = 0 and s.year = ${year} and s.month > 0), 0)::bigint as income,
      coalesce(sum(s.debit_fen - s.credit_fen) filter (where a.class = 'expense' and s.closing = 0 and s.year = ${year} and s.month > 0), 0)::bigint as expense,
      coalesce(sum(s.credit_fen - s.debit_fen) filter (where s.closing <> 1 and counts), 0)::bigint as closing
    from funds.project p join funds.month_sum s on s.book_id = p.book_id and s.project_id = p.id
      join funds.account a on a.id = s.account_id
      cross join lateral (select (a.class in ('income', 'expense') and s.closing = 0) or a.code like '321%' as counts) c
    where p.book_id = ${book.id} and p.fund_kind = 'tied' and s.year <= ${year} group by p.id order by p.code`.execute(
    db,
  )
  if (!rows.length) return { lines: ['本年度没有专项资金和指定用途的捐赠。'] }
  const given = rows.filter((row) => row.donor)
  return {
    lines: [
      `年末专项资金 ${rows.length} 项，结存 ${yuan(rows.reduce((sum, row) => sum + row.closing, 0))}${given.length ? `，其中捐赠 ${given.length} 项，结存 ${yuan(given.reduce((sum, row) => sum + row.closing, 0))}` : ''}。`,
    ],
    table: {
      columns: [
        { title: '项目（用途）' },
        { title: '捐赠人' },
        money('年初结存'),
        money('本年收入'),
        money('本年支出'),
        money('其他变动'),
        money('年末结存'),
      ],
      rows: rows.map((row) => [
        row.name,
        row.donor ?? '',
        row.opening,
        row.income,
        row.expense,
        row.closing - row.opening - row.income + row.expense,
        row.closing,
      ]),
    },
  }
}

const entrusted: Tell = async (db, book, { year }) => {
  const { rows } = await sql<{ whose: string; opening: number; received: number; paid: number }>`
    select coalesce(p.name, nullif(e.counterparty, ''), '未注明') as whose,
      coalesce(sum(e.credit_fen - e.debit_fen) filter (where v.year < ${year}), 0)::bigint as opening,
      coalesce(sum(e.credit_fen) filter (where v.year = ${year}), 0)::bigint as received,
      coalesce(sum(e.debit_fen) filter (where v.year = ${year}), 0)::bigint as paid
    from funds.entry e join funds.voucher v on v.id = e.voucher_id join funds.account a on a.id = e.account_id
      left join funds.project p on p.id = e.project_id
    where v.book_id = ${book.id} and v.state = 'posted' and v.year <= ${year} and a.code like '221%'
    group by 1 order by 1`.execute(db)
  const { rows: brought } = await sql<{ fen: number }>`
    select coalesce(sum(s.credit_fen - s.debit_fen), 0)::bigint as fen from funds.month_sum s join funds.account a on a.id = s.account_id
    where s.book_id = ${book.id} and a.code like '221%' and s.year <= ${year}
      and (s.month = 0 or (s.year = ${Number(book.openedOn.slice(0, 4))} and s.month < ${Number(book.openedOn.slice(5, 7))}))`.execute(
    db,
  )
  if (brought[0]!.fen) rows.unshift({ whose: '建账前转入', opening: brought[0]!.fen, received: 0, paid: 0 })
  if (!rows.length) return { lines: ['年末没有代管经费。'] }
  const left = rows.reduce((sum, row) => sum + row.opening + row.received - row.paid, 0)
  return {
    lines: [`年末代管经费 ${yuan(left)}。代管经费不是工会的收入，单独核算。`],
    table: {
      columns: [
        { title: '委托单位（项目）' },
        money('年初余额'),
        money('本年收到'),
        money('本年付出'),
        money('年末余额'),
      ],
      rows: rows.map((row) => [row.whose, row.opening, row.received, row.paid, row.opening + row.received - row.paid]),
    },
  }
}

const dues: Tell = async (db, book, { year, lastMonth, income }) => {
  const months = await duesByUnit(db, book, year, lastMonth)
  const { rows: branches } = await sql<{ unitId: number; name: string }>`
    select c.descendant_id as "unitId", u.name from organisation.unit u
      join kernel.closure c on c.ancestor_id = u.id and c.valid_from <= current_date and c.valid_to > current_date
    where u.parent_id = ${book.unitId}`.execute(db)
  const branchOf = new Map(branches.map((row) => [row.unitId, row.name]))
  const units = new Map<string, { due: number; paid: number; owing: number }>()
  for (const row of months) {
    const name = branchOf.get(row.unitId) ?? row.unitName
    const sum = units.get(name) ?? { due: 0, paid: 0, owing: 0 }
    units.set(name, {
      due: sum.due + row.dueFen,
      paid: sum.paid + row.paidFen,
      owing: sum.owing + (row.month === lastMonth ? row.owing : 0),
    })
  }
  const [due, paid] = [...units.values()].reduce(([a, b], row) => [a + row.due, b + row.paid], [0, 0])
  const memo = (await allocationMemo(db, book, year)).rows
  const [owed, got, open] = memo.reduce(
    ([a, b, c], row) => [a + (row.dueFen ?? 0), b + row.receivedFen, c + (row.openFen ?? 0)],
    [0, 0, 0],
  )
  return {
    lines: [
      due || paid
        ? `本年应交会费 ${yuan(due)}，实交 ${yuan(paid)}，未交 ${yuan(due - paid)}。`
        : `本年没有登记会费缴费基数，应交会费未作测算；账上会费收入 ${yuan(lineOf(income, '会费收入', 0))}。`,
      owed
        ? `按申报的工资总额，应拨缴工会经费 ${yuan(owed)}，收到 ${yuan(got)}，尚未拨缴 ${yuan(open)}。未拨缴的经费在备查簿登记，不作为资产。`
        : '本年没有登记工资总额，应拨缴的工会经费未作测算。',
    ],
    ...((due || paid) && {
      table: {
        columns: [
          { title: '单位' },
          money('应交会费'),
          money('实交会费'),
          money('未交会费'),
          { title: `${Number(lastMonth.slice(5))} 月未交人数` },
        ],
        rows: [...units].map(([unit, row]) => [unit, row.due, row.paid, row.due - row.paid, `${row.owing} 人`]),
      },
    }),
  }
}

const adjustments: Tell = async (db, book, { year }) => {
  const { rows } = await sql<{ on: string; no: string; summary: string; fen: number }>`
    select v.on_date as on, v.month || '-' || v.no as no, coalesce(nullif(e.summary, ''), v.summary) as summary,
      (e.credit_fen - e.debit_fen)::bigint as fen
    from funds.entry e join funds.voucher v on v.id = e.voucher_id join funds.account a on a.id = e.account_id
    where v.book_id = ${book.id} and v.year = ${year} and v.state = 'posted' and v.kind not in ('close', 'year-close')
      and a.code ~ '^(32101|32201)' order by v.seq, e.line`.execute(db)
  if (!rows.length) return { lines: ['本年度没有调整以前年度的资金结转结余。'] }
  return {
    lines: [
      `本年度调整以前年度结转结余 ${rows.length} 笔，净额 ${yuan(rows.reduce((sum, row) => sum + row.fen, 0))}。`,
    ],
    table: {
      columns: [{ title: '日期' }, { title: '凭证' }, { title: '事由' }, money('调增（减为负）')],
      rows: rows.map((row) => [row.on, `记-${row.no}`, row.summary, row.fen]),
    },
  }
}

const words =
  (usual: string): Tell =>
  async () => ({ lines: [], words: usual })

/** Every section in the order of the regulation (工会会计制度 第四部分 附注). */
export const TELLS: Readonly<Record<NoteSection, Tell>> = {
  basis: words(
    '本工会编制的财务报表符合《工会会计制度》（财会〔2021〕7号）的要求，真实、完整地反映了本工会的财务状况和收支情况。会计年度自公历 1 月 1 日起至 12 月 31 日止，以人民币为记账本位币，采用借贷记账法；会计核算一般采用收付实现制，应付上级经费等按制度规定采用权责发生制。固定资产折旧采用年限平均法，不考虑净残值，通过资产基金核算，不计入支出。',
  ),
  situation,
  changes,
  policies: words('本年度没有会计政策、会计估计的变更。'),
  assets,
  disposals,
  nominal,
  projects,
  entrusted,
  dues,
  adjustments,
  other: words('无。'),
}
