import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { SheetSpec } from '../../../../kernel/xlsx/write.ts'
import type { Form } from '../../forms-contract.ts'
import type { Book } from '../journal/books.ts'
import { voucherNumber } from '../journal/post.ts'

/** Notes and coins of the Renminbi, in fen. */
const PIECES = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10]

/** What stands on accounts that begin so at the end of a day, debit positive, without closing: they never are closed. */
async function heldOn(db: Db | Tx, bookId: number, code: string, on: string): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select (coalesce((select sum(s.debit_fen - s.credit_fen) from funds.month_sum s join funds.account a on a.id = s.account_id
        where s.book_id = ${bookId} and starts_with(a.code, ${code})
          and (s.year, s.month) < (extract(year from ${on}::date), extract(month from ${on}::date))), 0)
      + coalesce((select sum(s.debit_fen - s.credit_fen) from funds.day_sum s join funds.account a on a.id = s.account_id
        where s.book_id = ${bookId} and starts_with(a.code, ${code})
          and s.on_date between date_trunc('month', ${on}::date) and ${on}::date), 0))::bigint as fen`.execute(db)
  return rows[0]!.fen
}

/** 库存现金盘点表 (T14): the book's balance of the day, pieces to be counted, and how a difference is booked. */
async function cashForm(db: Db | Tx, book: Book, on: string): Promise<Form> {
  const fen = await heldOn(db, book.id, '101', on)
  return {
    id: 'cash',
    title: '库存现金盘点表',
    lead: `盘点日期：${on}`,
    columns: [{ title: '面额' }, { title: '张（枚）数' }, { title: '金额', money: true }],
    rows: [
      ...PIECES.map((piece) => [`${piece / 100} 元`, null, null]),
      ['实点金额合计', null, null],
      ['账面余额（库存现金日记账）', null, fen],
      ['溢余（短缺为负）', null, null],
    ],
    notes: [
      '短缺：借 182 待处理财产损溢，贷 101 库存现金；查明后由责任人赔偿的转入 135，经批准的转入 510。',
      '溢余：借 101 库存现金，贷 182 待处理财产损溢；查明后应付给他人的转入 215，无法查明的转入 408。',
    ],
    signatures: ['出纳', '会计', '监盘人', '工会主席'],
  }
}

/** 代管经费明细表 (T16): whose it is, what came and went this year, what is held, against the money kept for it. */
async function entrustedForm(db: Db | Tx, book: Book, on: string): Promise<Form> {
  const { rows } = await sql<{ whose: string; opening: number; received: number; paid: number }>`
    select coalesce(p.name, nullif(e.counterparty, ''), '未注明') as whose,
      coalesce(sum(e.credit_fen - e.debit_fen) filter (where v.on_date < date_trunc('year', ${on}::date)), 0)::bigint as opening,
      coalesce(sum(e.credit_fen) filter (where v.on_date >= date_trunc('year', ${on}::date)), 0)::bigint as received,
      coalesce(sum(e.debit_fen) filter (where v.on_date >= date_trunc('year', ${on}::date)), 0)::bigint as paid
    from funds.entry e join funds.voucher v on v.id = e.voucher_id join funds.account a on a.id = e.account_id
      left join funds.project p on p.id = e.project_id
    where v.book_id = ${book.id} and v.state = 'posted' and v.on_date <= ${on}::date and a.code like '221%'
    group by 1 order by 1`.execute(db)
  const held = 0 - (await heldOn(db, book.id, '221', on))
  const told = rows.reduce((sum, row) => sum + row.opening + row.received - row.paid, 0)
  return {
    id: 'entrusted',
    title: '代管经费明细表',
    lead: `截至 ${on}`,
    columns: [
      { title: '委托单位（项目）' },
      { title: '年初余额', money: true },
      { title: '本年收到', money: true },
      { title: '本年付出', money: true },
      { title: '余额', money: true },
    ],
    rows: [
      ...rows.map((row) => [row.whose, row.opening, row.received, row.paid, row.opening + row.received - row.paid]),
      // What came with the opening has no voucher that says whose it is.
      ...(held === told ? [] : [['建账前转入', held - told, 0, 0, held - told]]),
      ['合计', null, null, null, held],
    ],
    notes: ['代管经费不是工会收入，收到时借 102（代管经费），贷 221；支付时作相反分录。'],
    signatures: ['出纳', '会计', '工会主席'],
  }
}

/** 投资备查表 (T17): bought, redeemed and earned, voucher by voucher, and whether 资产基金 stands beside it. */
async function investmentForm(db: Db | Tx, book: Book, on: string): Promise<Form> {
  const { rows } = await sql<{
    on: string
    month: number
    no: number
    summary: string
    bought: number
    redeemed: number
    earned: number
  }>`
    select v.on_date as on, v.month::int as month, v.no, v.summary,
      coalesce(sum(e.debit_fen) filter (where a.code like '151%'), 0)::bigint as bought,
      coalesce(sum(e.credit_fen) filter (where a.code like '151%'), 0)::bigint as redeemed,
      coalesce(sum(e.credit_fen - e.debit_fen) filter (where a.code like '407%'), 0)::bigint as earned
    from funds.voucher v join funds.entry e on e.voucher_id = v.id join funds.account a on a.id = e.account_id
    where v.book_id = ${book.id} and v.state = 'posted' and v.on_date <= ${on}::date and a.code ~ '^(151|407)'
      and v.kind not in ('close', 'year-close')
    group by v.id order by v.seq`.execute(db)
  const [held, fund] = [await heldOn(db, book.id, '151', on), 0 - (await heldOn(db, book.id, '30102', on))]
  return {
    id: 'investments',
    title: '投资备查表',
    lead: `截至 ${on}`,
    columns: [
      { title: '日期' },
      { title: '凭证' },
      { title: '摘要' },
      { title: '买入', money: true },
      { title: '收回', money: true },
      { title: '收益', money: true },
    ],
    rows: [
      ...rows.map((row) => [
        row.on,
        voucherNumber(row.month, row.no),
        row.summary,
        row.bought,
        row.redeemed,
        row.earned,
      ]),
      ['账面投资', '', '', held, null, null],
    ],
    notes: [
      held === fund
        ? `投资 ${formatYuan(held)} 元，与资产基金（投资）一致。`
        : `投资 ${formatYuan(held)} 元，资产基金（投资）${formatYuan(fund)} 元，两者应一致，请核对分录。`,
      '买入：借 151 投资，贷 30102；同时借 32205，贷 102。利息：借 102，贷 407。收回：借 30102，贷 151；同时借 102，贷 32205，差额记 407。',
    ],
    signatures: ['出纳', '会计', '工会主席'],
  }
}

/** The three forms on a day. */
export const formsOn = async (db: Db | Tx, book: Book, on: string): Promise<Form[]> => [
  await cashForm(db, book, on),
  await entrustedForm(db, book, on),
  await investmentForm(db, book, on),
]

/** A sheet a form, to be filled in or signed. */
export const formSheets = (book: Book, forms: readonly Form[]): SheetSpec[] =>
  forms.map((form) => ({
    name: form.title,
    title: form.title,
    lead: [`单位：${book.unitName}　　　　${form.lead}　　　　金额单位：元`],
    columns: form.columns.map((column, at) => ({
      header: column.title,
      ...(column.money && { kind: 'money' as const }),
      width: at === 0 ? 30 : 18,
    })),
    rows: form.rows,
    footer: [...form.notes, `${form.signatures.join('：　　　　　　　')}：`],
  }))
