import { z } from 'zod'
import { day, id, year } from '../../kernel/http/parse.ts'
import type { Act } from '../../kernel/lifecycle/act.ts'
import { FORMS, METHODS, SPENDING_KIND_IDS, type Form, type Method, type SpendingKindId } from './spending-kinds.ts'

/** What can be asked about money that goes out. Amounts are fen. */

const fen = z.number('请填写金额').int('金额最多到分').max(100_000_000_000_00, '金额过大')
const words = (most: number) => z.string().trim().max(most, `不能超过 ${most} 个字`)
const count = z.number('请填写人数').int('请填写整数').min(0).max(1_000_000)
const kind = z.enum(SPENDING_KIND_IDS, '请选择支出种类')

export const invoiceInput = z.object({
  number: words(60)
    .min(4, '请填写完整的发票号码')
    .regex(/^[0-9A-Za-z-]+$/, '发票号码只有数字和字母'),
  amountFen: fen.positive('发票金额应大于零'),
  issuedOn: day.nullish(),
  seller: words(100).nullish(),
})

export const requestInput = z.object({
  /** Who asks: a branch or the union itself. */
  unitId: id,
  kind,
  purpose: words(200).min(2, '请写明用途'),
  amountFen: fen.positive('金额应大于零'),
  payee: words(100).min(1, '请填写收款人'),
  /** code of the project */
  project: words(40).nullish(),
  personId: id.nullish(),
  people: count.nullish(),
  participants: count.nullish(),
  holiday: words(30).nullish(),
  form: z.enum(Object.keys(FORMS) as [keyof typeof FORMS], '请选择发放形式'),
  method: z.enum(Object.keys(METHODS) as [keyof typeof METHODS], '请选择付款方式'),
  confirmed: z.array(z.string().max(40)).max(20).default([]),
  minutes: words(100).nullish(),
  minutesOn: day.nullish(),
  invoices: z.array(invoiceInput).max(100).default([]),
})
export type RequestInput = z.output<typeof requestInput>
export const requestEdit = requestInput.omit({ unitId: true }).extend({ version: z.number().int().positive() })

export const actInput = z.object({
  verb: z.enum(['提交', '撤回', '同意', '退回', '否决', '转办', '加签', '会签', '催办', '终止']),
  words: words(500).optional(),
  toAccountId: id.optional(),
  /** The state the person saw. */
  expected: z.string().max(30).optional(),
})

export const paymentInput = z.object({
  paidOn: day,
  /** code of the cash or bank account */
  payFrom: z
    .string()
    .regex(/^10[12][0-9]*$/, '请选择现金或银行账户')
    .optional(),
  reference: words(100).nullish(),
  expected: z.string().max(30).optional(),
})

/** Somebody a request may be handed to. */
export interface Hand {
  accountId: number
  name: string
  /** the office, 工会副主席 */
  title: string
}
export const handsQuery = z.object({ verb: z.enum(['转办', '加签']) })

export const requestQuery = z.object({
  unitId: id,
  year,
  state: z.string().max(30).optional(),
  mine: z.stringbool().default(false),
  before: id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const ownQuery = requestQuery.pick({ year: true, before: true, limit: true })

export const limitInput = z.object({
  unitId: id,
  kind,
  amountFen: fen.positive('标准应大于零'),
  per: z.enum(['person', 'person-year']),
  strength: z.enum(['block', 'warn']).default('block'),
  source: words(200).min(2, '请填写文件名称'),
  number: words(100).nullish(),
  page: words(20).min(1, '请填写页码'),
  validFrom: day,
})

export const cashLimitInput = z.object({
  unitId: id,
  amountFen: fen.min(0, '限额不能是负数'),
  /** of a day's takings, as the bank allows (现金管理暂行条例 第十一条) */
  takingsFen: fen.min(0, '限额不能是负数').default(0),
  document: words(200).min(2, '请填写开户银行核定限额的文件'),
  validFrom: day,
})

export const routeInput = z
  .object({
    unitId: id,
    kind: kind.nullish(),
    deputyUpToFen: fen.min(0),
    chairUpToFen: fen.min(0),
    document: words(200).min(2, '请填写规定审批权限的文件'),
    validFrom: day,
  })
  .refine((row) => row.chairUpToFen >= row.deputyUpToFen, {
    message: '主席的审批限额不能小于分管副主席的',
    path: ['chairUpToFen'],
  })

/** A request as lists show it. */
export interface RequestRow {
  id: number
  unitId: number
  unitName: string
  kind: SpendingKindId
  kindTitle: string
  purpose: string
  amountFen: number
  payee: string
  requestedOn: string
  createdName: string
  state: string
  stateTitle: string
}
/** One's own, with the last word said about it. */
export interface OwnRequest extends RequestRow {
  words: string | null
}

/** What a rule says about a request, with its arithmetic. */
export interface SpendingVerdict {
  cardId: string
  title: string
  holds: boolean | null
  strength: 'block' | 'warn' | 'info' | 'deadline'
  blocks: boolean
  steps: readonly string[]
  notes: readonly string[]
}

/** A request as its page and its printed form show it. `At` is a moment: a Date on the server, its text on the screen. */
export interface RequestDetail<At = Date> extends RequestRow {
  bookUnitName: string
  accountCode: string
  account: string | null
  projectId: number | null
  project: string | null
  projectCode: string | null
  personId: number | null
  person: string | null
  people: number | null
  participants: number | null
  holiday: string | null
  form: Form
  method: Method
  confirmed: string[]
  minutes: string | null
  minutesOn: string | null
  source: string | null
  version: number
  capitals: string
  invoices: { number: string; amountFen: number; issuedOn: string | null; seller: string | null }[]
  payment: {
    paidOn: string
    reference: string | null
    paidName: string
    voucherId: number
    voucherNumber: string
  } | null
  verdicts: SpendingVerdict[]
  required: { signer: 'deputy' | 'chair'; collective: boolean; sentence: string }
  /** null also for a member, who reads their own request and not the budget */
  room: { budgetId: number | null; lineId: number | null; lineFen: number; leftFen: number } | null
  officer: boolean
  handedTo: Hand | null
  cosigners: Hand[]
  acts: (Omit<Act, 'at'> & { at: At })[]
  moves: string[]
  editable: boolean
}

/** An amount per person from a local document, and who signs up to what amount: dated data of a union, in fen. */
export interface StandardRow {
  id: number
  kind: SpendingKindId
  amountFen: number
  per: 'person' | 'person-year'
  strength: 'block' | 'warn'
  source: string
  number: string | null
  page: string
  validFrom: string
  validTo: string | null
}
export interface RouteRow {
  id: number
  kind: SpendingKindId | null
  deputyUpToFen: number
  chairUpToFen: number
  document: string
  validFrom: string
  validTo: string | null
}

/** How much cash may stay overnight, and how much of a day's takings may be paid out, from the bank's document. */
export interface CashLimitRow {
  id: number
  amountFen: number
  takingsFen: number
  document: string
  validFrom: string
  validTo: string | null
}

/** What the form of a request needs to know. */
export interface SpendingFrame {
  unitName: string
  bookUnitId: number
  profile: 'normal' | 'small'
  /** asks as a member, for money they paid themselves */
  member: boolean
  forbidden: readonly { id: string; title: string; text: string }[]
  holidays: readonly string[]
  projects: { code: string; name: string }[]
  standards: StandardRow[]
  routes: RouteRow[]
  cashLimits: CashLimitRow[]
  defaultRoute: Omit<RouteRow, 'id' | 'document'>
}
