import { sql } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { SheetSpec } from '../../../../kernel/xlsx/write.ts'
import type { Form } from '../../forms-contract.ts'
import { PIECES, pieceWords, TILL_WAYS, type TillWay } from '../../till-contract.ts'
import type { Book } from '../journal/books.ts'
import { voucherNumber } from '../journal/post.ts'
import { heldOn } from '../purse.ts'

interface Counted {
  pieces: Record<string, number>
  bookFen: number
  countedFen: number
  countedName: string
  witness: string
  reason: string
  month: number | null
  no: number | null
  settledMonth: number | null
  settledNo: number | null
  how: TillWay | null
  document: string | null
}

/** 库存现金盘点表 (T14): the count of the day, or the book's balance with pieces to be counted by hand. */
async function cashForm(db: Db | Tx, book: Book, on: string): Promise<Form> {
  const fen = await heldOn(db, book.id, '101', on)
  const { rows } = await sql<Counted>`
    select t.pieces, t.book_fen as "bookFen", t.counted_fen as "countedFen", t.counted_name as "countedName", t.witness, t.reason,
      v.month::int as month, v.no, s.month::int as "settledMonth", s.no as "settledNo", t.settled_how as how, t.document
    from funds.till_count t left join funds.voucher v on v.id = t.voucher_id left join funds.voucher s on s.id = t.settled_voucher_id
    where t.book_id = ${book.id} and t.on_date = ${on}::date and t.state <> 'returned' order by t.id desc limit 1`.execute(
    db,
  )
  const count = rows[0]
  return {
    id: 'cash',
    title: '库存现金盘点表',
    lead: `盘点日期：${on}`,
    columns: [{ title: '面额' }, { title: '张（枚）数' }, { title: '金额', money: true }],
    rows: [
      ...PIECES.map((piece) => {
        const number = count ? (count.pieces[piece] ?? 0) : null
        return [pieceWords(piece), number === null ? null : String(number), number === null ? null : number * piece]
      }),
      ['实点金额合计', null, count?.countedFen ?? null],
      ['账面余额（库存现金日记账）', null, count?.bookFen ?? fen],
      ['溢余（短缺为负）', null, count ? count.countedFen - count.bookFen : null],
    ],
    notes: count
      ? [
          `盘点：${count.countedName}，监盘：${count.witness}${count.reason ? `。说明：${count.reason}` : ''}`,
          ...(count.no ? [`差额已转待处理财产损溢，${voucherNumber(count.month!, count.no)}。`] : []),
          ...(count.how
            ? [
                `处理：${TILL_WAYS[count.how]}，${voucherNumber(count.settledMonth!, count.settledNo!)}，依据${count.document}。`,
              ]
            : []),
        ]
      : ['在“现金盘点”中填写实点张数，复核后差额自动记账；也可以打印后手工填写。'],
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
