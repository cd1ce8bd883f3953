import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'

/** Counting the till, money held for others, investments: what can be asked and what is answered. Amounts are integer fen. */
const fen = z.number('请填写金额').int('金额最多到分').max(100_000_000_000_00, '金额过大')
const paid = fen.positive('金额应大于零')
const words = (most: number) => z.string().trim().max(most, `不能超过 ${most} 个字`)
const money = (start: RegExp, sentence: string) => z.string(sentence).trim().regex(start, sentence)
const bank = money(/^10[12]\d{0,9}$/, '请选择现金或银行账户')
const attachments = z.int('请填写附件张数').min(1, '请附原始凭证并填写附件张数').max(9999).default(1)

/** Notes and coins of the Renminbi, in fen. */
export const PIECES = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10] as const

/** 100 元, 5 角 */
export const pieceWords = (fen: number): string => (fen < 100 ? `${fen / 10} 角` : `${fen / 100} 元`)

export const tillInput = z.object({
  unitId: id,
  account: money(/^101\d{0,9}$/, '请选择库存现金科目').default('101'),
  onDate: day,
  pieces: z
    .partialRecord(
      z.enum(PIECES.map(String)),
      z.int('张数应为整数').min(0, '张数不能是负数').max(1_000_000, '张数过大'),
    )
    .default({}),
  witness: words(40).min(1, '请填写监盘人'),
  reason: words(200).default(''),
})
export const tillReview = z.object({ unitId: id })
export const tillReturn = tillReview.extend({ words: words(200).min(1, '请写明退回原因') })

/** Where a difference goes in the end; shortages first, then what was over. */
export const TILL_WAYS = {
  person: '由责任人赔偿',
  expense: '经批准列其他支出',
  owed: '应付给他人',
  income: '无法查明，列其他收入',
} as const
export type TillWay = keyof typeof TILL_WAYS
export const tillSettlement = z.object({
  unitId: id,
  how: z.enum(Object.keys(TILL_WAYS) as TillWay[], '请选择处理办法'),
  onDate: day,
  /** who pays it back, or to whom it is owed */
  party: words(60).default(''),
  /** by when it is paid back */
  dueOn: day.nullish(),
  document: words(200).min(1, '请填写批准的依据'),
})

/** 实点 against 账面, and what became of the difference. */
export interface TillCount {
  id: number
  account: string
  onDate: string
  bookFen: number
  countedFen: number
  /** how many of each piece, by its value in fen */
  pieces: Record<string, number>
  witness: string
  reason: string
  state: 'counted' | 'returned' | 'confirmed' | 'settled'
  countedName: string
  countedBy: number
  reviewedName: string | null
  reviewedOn: string | null
  returned: string | null
  voucherId: number | null
  settledHow: TillWay | null
  settledParty: string | null
  settledOn: string | null
  settledName: string | null
  document: string | null
  settledVoucherId: number | null
}
export interface TillPage {
  /** in each till by the journal, at the end of the day asked for */
  tills: { code: string; name: string; bookFen: number }[]
  counts: TillCount[]
  may: { count: boolean; review: boolean; settle: boolean }
}

export const entrustedInput = z.object({
  unitId: id,
  way: z.enum(['in', 'out'], '请选择收到或付出'),
  onDate: day,
  /** whose money it is */
  whose: words(60).min(1, '请填写是谁的钱'),
  /** who paid it in or gets it; whose it is when left out */
  party: words(60).default(''),
  amountFen: paid,
  account: bank.default('102'),
  purpose: words(150).min(1, '请填写事由'),
  attachments,
})

export const INVESTMENT_KINDS = { bond: '国债', deposit: '大额存单', other: '其他' } as const
export type InvestmentKind = keyof typeof INVESTMENT_KINDS
export const investmentInput = z.object({
  unitId: id,
  name: words(100).min(1, '请填写投资名称'),
  kind: z.enum(Object.keys(INVESTMENT_KINDS) as InvestmentKind[], '请选择投资种类'),
  costFen: paid,
  onDate: day,
  maturesOn: day.nullish(),
  document: words(200).min(1, '请填写集体研究决定的会议纪要'),
  account: bank.default('102'),
  attachments,
})
export const investmentMove = z.object({
  unitId: id,
  onDate: day,
  /** 收回的本金 */
  returnedFen: fen.min(0, '不能是负数').default(0),
  /** 收益; below nothing: a loss */
  earnedFen: fen.default(0),
  account: bank.default('102'),
  attachments,
})
export interface Investment {
  id: number
  name: string
  kind: InvestmentKind
  costFen: number
  boughtOn: string
  maturesOn: string | null
  document: string
  returnedFen: number
  earnedFen: number
  /** what is still invested; 0: returned, or taken back in red */
  openFen: number
  voucherId: number
  moves: { onDate: string; returnedFen: number; earnedFen: number; voucherId: number }[]
}
