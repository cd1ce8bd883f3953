import { z } from 'zod'
import { day, id, year } from '../../kernel/http/parse.ts'
import { PLAIN_INCOME, type Exemption, type IncomeKindId } from './income-words.ts'
import type { Method } from './spending-kinds.ts'

/** What can be asked about money that comes in. Amounts are fen, months `2026-03`. */

export const month = z.string().regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/, '请按 2026-03 的样式填写月份')
const fen = z.number('请填写金额').int('金额最多到分').max(100_000_000_000_00, '金额过大')
const paid = fen.positive('金额应大于零')
const words = (most: number) => z.string().trim().max(most, `不能超过 ${most} 个字`)
const method = z.enum(['transfer', 'cash'], '请选择收款方式')

export const yearQuery = z.object({ unitId: id, year })
export const receiptQuery = yearQuery.extend({
  kind: z.string().max(20).optional(),
  /** keyset: the last row's id */
  before: id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const monthQuery = z.object({
  unitId: id,
  month,
  /** Only those who still owe something. */
  owing: z.stringbool().default(false),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

export const baseInput = z.object({
  unitId: id,
  /** From the first day of this month. */
  from: month,
  source: words(200).nullish(),
  rows: z
    .array(
      z
        .object({
          personId: id,
          baseFen: fen.min(0, '缴费基数不能是负数').nullish(),
          fixedFen: fen.min(0, '固定数额不能是负数').nullish(),
        })
        .refine((row) => (row.baseFen ?? null) !== null || (row.fixedFen ?? null) !== null, '请填写缴费基数'),
    )
    .min(1, '请填写至少一名会员')
    .max(20_000),
})

export const exemptionInput = z
  .object({
    unitId: id,
    personId: id,
    kind: z.enum(['retired', 'retained', 'hardship', 'other']),
    fromMonth: month,
    toMonth: month.nullish(),
    reason: words(200).min(2, '请写明减免的理由'),
  })
  .refine((row) => !row.toMonth || row.toMonth >= row.fromMonth, {
    message: '结束月份不能早于开始月份',
    path: ['toMonth'],
  })

export const collectionInput = z.object({
  unitId: id,
  receivedOn: day,
  method,
  payer: words(100).min(1, '请填写交款人或单位'),
  rows: z
    .array(z.object({ personId: id, month, amountFen: paid }))
    .min(1, '请选择交费的会员')
    .max(50_000),
})

/** A list as it stands in a workbook: 工号 or 姓名, a tab or comma, 金额. */
export const listInput = z.object({ unitId: id, month, text: z.string().min(1, '请粘贴名单').max(2_000_000) })

export const shareInput = z.object({
  unitId: id,
  name: words(60).min(2, '请填写上级工会名称'),
  /** hundredths of a percent of what is received */
  share: z.number('请填写比例').int().min(1, '比例应大于零').max(10_000, '比例不能超过 100%'),
  validFrom: day,
  document: words(200).min(2, '请填写规定比例的文件和文号'),
})

export const payrollInput = z.object({
  unitId: id,
  month,
  payrollFen: fen.min(0, '工资总额不能是负数'),
  declaredOn: day,
  source: words(200).nullish(),
})

export const allocationInput = z.object({
  unitId: id,
  receivedOn: day,
  way: z.enum(['direct', 'passed-on']),
  payer: words(100).min(1, '请填写拨缴单位'),
  months: z
    .array(z.object({ month, totalFen: paid }))
    .min(1, '请填写拨缴的月份和金额')
    .max(60),
})

export const receiptInput = z.object({
  unitId: id,
  kind: z.enum(PLAIN_INCOME),
  receivedOn: day,
  amountFen: paid,
  payer: words(100).min(1, '请填写缴款单位或个人'),
  summary: words(200).min(2, '请填写摘要'),
  method: method.default('transfer'),
  /** code of the project, for tied money */
  project: words(40).nullish(),
  document: words(200).nullish(),
})

/** What one member owes for one month. */
export interface MemberMonth {
  personId: number
  name: string
  staffNo: string | null
  unitId: number
  unitName: string
  month: string
  baseFen: number | null
  fixedFen: number | null
  exemption: Exemption | null
  dueFen: number
  paidFen: number
}
/** With the sentence that explains the amount. */
export type MemberDues = MemberMonth & { reason: string }
export interface UnitMonth {
  unitId: number
  unitName: string
  month: string
  members: number
  dueFen: number
  paidFen: number
  /** members who still owe */
  owing: number
  withoutBase: number
}
/** A line of a pasted list, as it was understood. */
export interface ListedDues {
  line: number
  who: string
  personId: number | null
  name: string | null
  amountFen: number | null
  dueFen: number | null
  openFen: number | null
  error: string | null
}

export interface ShareRow {
  id: number
  name: string
  /** hundredths of a percent */
  share: number
  validFrom: string
  validTo: string | null
  document: string
}
export interface MemoRow {
  month: string
  payrollFen: number | null
  declaredOn: string | null
  dueFen: number | null
  receivedFen: number
  ownFen: number
  upperFen: number
  /** What should still be paid in; null while no payroll is declared. Never an asset (工会会计制度: receipts basis). */
  openFen: number | null
}

export interface IncomeRow {
  id: number
  kind: IncomeKindId
  kindTitle: string
  receivedOn: string
  amountFen: number
  payer: string
  summary: string
  method: Method
  receiptNo: string
  voucherId: number
  voucherNumber: string
  /** The red voucher, where the money was booked by mistake: the receipt is cancelled. */
  reversedById: number | null
}
/** A receipt as it is printed. */
export interface ReceiptPaper extends IncomeRow {
  unitName: string
  createdName: string
  document: string | null
  capitals: string
  months: { month: string; people: number; amountFen: number }[]
  parts: { month: string; totalFen: number; ownFen: number; upperFen: number }[]
}
