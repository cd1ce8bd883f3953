import { z } from 'zod'
import { day, id, year } from '../../kernel/http/parse.ts'

/** What can be asked of the journal, shared by both halves. Amounts are integer fen. */

/** Kinds of voucher. red and correction mend; close and year-close are made by closing alone. */
export const VOUCHER_KINDS = ['business', 'red', 'correction', 'depreciation', 'close', 'year-close'] as const
export type VoucherKind = (typeof VOUCHER_KINDS)[number]
export type VoucherState = 'draft' | 'reviewed' | 'posted'
export type AccountClass = 'asset' | 'liability' | 'net' | 'income' | 'expense'
export type Profile = 'normal' | 'small'
export type ClosingMode = 'monthly' | 'yearly'

const fen = z.number('请填写金额').int('金额最多到分').safe('金额过大')
const text = (max: number) => z.string().trim().max(max, `不能超过 ${max} 个字`)

export const entryInput = z.object({
  /** code of the account, 50105 */
  account: z.string().trim().min(3, '请选择科目').max(12),
  debitFen: fen.default(0),
  creditFen: fen.default(0),
  /** code of the project */
  project: text(40).nullish(),
  economicClass: z
    .string()
    .regex(/^[0-9]{3,7}$/, '经济分类请填写款级编码，例如 30299')
    .nullish(),
  spendingKind: z.enum(['basic', 'project']).nullish(),
  counterparty: text(100).nullish(),
  summary: text(200).default(''),
})

export const invoiceInput = z.object({
  number: text(60).min(1, '请填写发票号码'),
  amountFen: fen.positive('发票金额应大于零').nullish(),
  issuedOn: day.nullish(),
  seller: text(100).nullish(),
})

export const voucherInput = z.object({
  onDate: day,
  kind: z.enum(['business', 'correction', 'depreciation']).default('business'),
  summary: text(200).min(1, '请填写摘要'),
  attachments: z.number().int().min(0).max(9999).default(0),
  entries: z.array(entryInput).min(1, '请填写分录').max(999),
  invoices: z.array(invoiceInput).max(200).default([]),
  /** the total in Chinese capitals, as on the paper: refused when it says something else */
  capitals: text(60).nullish(),
  /** the posted voucher that this one puts right */
  correctsId: id.nullish(),
})

export const bookInput = z.object({
  unitId: id,
  openedOn: day,
  profile: z.enum(['normal', 'small']).default('normal'),
  closing: z.enum(['monthly', 'yearly']).default('monthly'),
  wideChart: z.boolean().default(false),
})
export const bookEdit = bookInput.pick({ profile: true, closing: true, wideChart: true }).partial()

export const openingInput = z.object({
  rows: z
    .array(
      z.object({
        account: z.string().trim().min(3).max(12),
        project: text(40).nullish(),
        /** on 1 January, debit positive */
        balanceFen: fen.default(0),
        /** turnover from 1 January until the book opens, without closing */
        debitFen: fen.default(0),
        creditFen: fen.default(0),
        /** what the old book's closing moved, debit positive */
        closingFen: fen.default(0),
      }),
    )
    .max(5000),
})

export const accountInput = z.object({
  parent: z.string().trim().min(3),
  code: z.string().regex(/^[1-5][0-9]{2,11}$/, '科目编码是 3 到 12 位数字'),
  name: text(60).min(1, '请填写科目名称'),
  /** stands beside its parent, which may still be used */
  beside: z.boolean().default(false),
})

export const projectInput = z.object({
  code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, '项目编码用字母和数字'),
  name: text(100).min(1, '请填写项目名称'),
  fundKind: z.enum(['tied', 'free']),
  purpose: text(500).nullish(),
  donor: text(100).nullish(),
  document: text(200).nullish(),
  openedOn: day,
})

export const voucherQuery = z.object({
  year: year.optional(),
  month: z.coerce.number().int().min(1).max(12).optional(),
  state: z.enum(['draft', 'reviewed', 'posted']).optional(),
  kind: z.enum(VOUCHER_KINDS).optional(),
  account: z.string().max(12).optional(),
  project: z.string().max(40).optional(),
  q: z.string().trim().max(60).optional(),
  /** keyset: the last row's `key` */
  after: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const ledgerQuery = z.object({
  from: day.optional(),
  to: day.optional(),
  project: z.string().max(40).optional(),
  after: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export const accountQuery = z.object({ q: z.string().trim().max(40).default(''), all: z.stringbool().default(false) })
export const monthInput = z.object({ year, month: z.coerce.number().int().min(1).max(12) })
export const asOfQuery = z.object({
  on: day,
  /** leave out 期末结转 and 年末结转 of the year */
  closings: z.enum(['all', 'without']).default('all'),
})
/** A month's statements, or with month 12 and `yearly` the year's. */
export const statementQuery = monthInput.extend({ yearly: z.stringbool().default(false) })
export const exportQuery = z.object({ year, format: z.enum(['hledger', 'csv']).default('csv') })

/** What the treasurer looks at first; amounts are fen. */
export interface Overview {
  cashFen: number
  bankFen: number
  /** 应付上级经费 */
  dueUpFen: number
  advancesFen: number
  entrustedFen: number
  drafts: number
  reviewed: number
  /** first day of the last closed month */
  closedUpTo: string | null
  budget: { incomeFen: number; expenseFen: number } | null
  months: { month: number; incomeFen: number; expenseFen: number }[]
  kinds: { code: string; name: string; side: 'income' | 'expense'; nowFen: number; beforeFen: number }[]
  /** what the rules of cash find in the year, the newest first */
  cash: { limitFen: number | null; findings: { on: string; cardId: string; title: string; steps: readonly string[] }[] }
}
