import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import type { Checked, PlanRules } from './check.ts'
import { AUDIENCES, CAUSES, HOSPITALS, KINDS, PAPERS, type Audience, type ClaimState, type PlanKind } from './words.ts'

const text = (most: number) => z.string().trim().max(most, `不超过 ${most} 个字`)
const some = (what: string, most: number) => text(most).min(1, what)
const fen = (what: string) => z.number(what).int(what).min(0, '金额不能是负数').max(100_000_000_00, '金额太大，请核对')
const rate = z.number('请填写比例').int().min(0).max(10_000, '比例不超过 100%')

const tiers = z
  .array(z.object({ lowFen: fen('请填写下限'), highFen: fen('请填写上限').nullable(), rate }))
  .min(1, '至少要有一档')
  .max(12)
  .refine((all) => all.every((one) => one.highFen === null || one.highFen > one.lowFen), '每档的上限要大于下限')
  .refine(
    (all) => all.every((one, at) => at === 0 || all[at - 1]!.highFen === one.lowFen),
    '各档要首尾相接，不能重叠或空缺',
  )
const byName = z.record(text(20), fen('请填写金额')).refine((all) => Object.keys(all).length > 0, '至少要有一项')

export const formula = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tiers'), thresholdFen: fen('请填写起付线'), inclusive: z.boolean(), tiers }),
  z.object({ kind: z.literal('deductible'), deductibleFen: fen('请填写免赔额'), tiers }),
  z.object({ kind: z.literal('band'), thresholdFen: fen('请填写起付线'), bands: tiers }),
  z.object({ kind: z.literal('lump'), amounts: byName, lessPaid: z.boolean() }),
  z.object({
    kind: z.literal('daily'),
    fenPerDay: fen('请填写每天金额'),
    fromDay: z.number().int().min(1).max(60),
    mostDays: z.number().int().min(1).max(365),
  }),
  z.object({ kind: z.literal('disability'), sumFen: fen('请填写保额'), rates: z.record(text(20), rate) }),
])

export const planInput = z
  .object({
    unitId: id,
    scheme: some('请选择险种', 40),
    title: some('请填写计划名称', 60),
    organiser: some('请填写承办机构', 60),
    startsOn: day,
    endsOn: day,
    kind: z.enum(Object.keys(KINDS) as [PlanKind, ...PlanKind[]]).default('organisation'),
    audience: z.enum(Object.keys(AUDIENCES) as [Audience, ...Audience[]]).default('active'),
    premiumFen: fen('请填写每人缴费'),
    /** The part of the premium that the union pays. */
    unionFen: fen('请填写工会承担部分').default(0),
    opensOn: day.nullable().default(null),
    closesOn: day.nullable().default(null),
    appealDays: z.number('请填写申诉期限').int().min(1).max(365).default(15),
    waitingDays: z.number('请填写等待期').int().min(0).max(365),
    claimDays: z.number('请填写申请期限').int().min(1).max(1095),
    causes: z.array(z.enum(CAUSES)).min(1, '请至少选一种保障范围'),
    hospitals: z.array(z.enum(HOSPITALS)).default([]),
    papers: z.array(z.enum(PAPERS)).default([]),
    formula,
    caps: z.object({
      claimFen: fen('请填写金额').optional(),
      periodFen: fen('请填写金额').optional(),
      claims: z.number().int().min(1).max(100).optional(),
    }),
    document: some('请写明文件名称和文号', 120),
  })
  .refine((plan) => plan.endsOn > plan.startsOn, { path: ['endsOn'], message: '截止日期要晚于开始日期' })
  .refine((plan) => plan.unionFen <= plan.premiumFen, { path: ['unionFen'], message: '不能超过每人缴费' })
  .refine((plan) => !plan.opensOn || !plan.closesOn || plan.closesOn >= plan.opensOn, {
    path: ['closesOn'],
    message: '报名截止不能早于报名开始',
  })

const people = z.array(z.number().int().positive()).min(1, '请选择人员').max(5000).optional()
export const enrolInput = z.object({
  unitId: id,
  /** Paid straight to whoever holds the pool; what goes through the union's account is collected. */
  paidOn: day.nullable().default(null),
  /** Left out: everybody on the roster of the unit and below who isn't in yet. */
  personIds: people,
})
export const renewInput = z.object({ unitId: id })
export const collectInput = z.object({ unitId: id, receivedOn: day, personIds: people })
export const receiptInput = z.object({
  unitId: id,
  receivedOn: day,
  amountFen: fen('请填写到账金额').min(1, '金额要大于 0'),
  reference: some('请填写拨付单号或说明', 60),
})
export const handoverInput = z.object({ unitId: id, handedOn: day })

export const claimInput = z
  .object({
    planId: z.number('请选择计划').int().positive(),
    personId: z.number('请选择职工').int().positive(),
    cause: z.enum(CAUSES, '请选择申请原因'),
    category: text(20).optional(),
    eventOn: day,
    hospital: z.enum(HOSPITALS, '请选择医院等级'),
    days: z.number('请填写住院天数').int().min(0, '不能是负数').max(1000).default(0),
    totalFen: fen('请填写总费用'),
    ownFen: fen('请填写个人自付'),
    excluded: z.boolean().default(false),
    invoiceNo: some('请填写票据号码', 40),
    papers: z.array(z.enum(PAPERS)).default([]),
    claimedFen: fen('请填写申请金额'),
    previousId: z.number().int().positive().optional(),
  })
  .refine((claim) => claim.ownFen <= claim.totalFen, { path: ['ownFen'], message: '个人自付不能超过总费用' })

export const claimMove = z.object({
  verb: z.enum(['同意', '退回', '否决', '撤回']),
  words: text(300).optional(),
  /** 初审 and 审批: another sum than the one before needs words. */
  amountFen: fen('请填写金额').optional(),
})

export const paymentInput = z.object({
  paidOn: day,
  /** By default as the plan's kind has it: an internal fund pays from the account, the others directly. */
  through: z.enum(['account', 'direct']).optional(),
})
export const bankReturnInput = z.object({
  returnedOn: day,
  reason: some('请写明退汇的原因', 100),
})
export const sampleInput = z.object({
  outcome: z.enum(['sound', 'fault'], '请选择复查结论'),
  words: some('请写明复查了什么', 300),
})
export const appealInput = z.object({ grounds: some('请写明申诉的理由', 500) })

export interface Plan extends PlanRules {
  id: number
  unitId: number
  unitName: string
  scheme: string
  title: string
  organiser: string
  kind: PlanKind
  audience: Audience
  premiumFen: number
  unionFen: number
  opensOn: string | null
  closesOn: string | null
  appealDays: number
  papers: string[]
  document: string
  members: number
  paid: number
  /** Claims paid so far, fen and number; and what is approved and not yet paid. */
  paidFen: number
  paidClaims: number
  owedFen: number
}

export interface Movement {
  id: number
  kind: 'premium' | 'receipt' | 'handover' | 'claim' | 'returned'
  /** In above zero, out below. */
  amountFen: number
  onDay: string
  people: number
  voucherId: number
  voucherNo: string
}
export interface Handover {
  id: number
  handedOn: string
  people: number
  amountFen: number
  by: string
}
export interface Enrolled {
  personId: number
  personName: string
  unitName: string
  enrolledOn: string
  unbroken: boolean
  paidOn: string | null
  paidThrough: 'account' | 'direct' | 'none' | null
  handedOn: string | null
}
/** What a union holds of a plan and what has to be done in it. */
export interface PlanDesk {
  plan: Plan
  /** Of the unit asked for and below. */
  enrolled: Enrolled[]
  /** Left over when the list was cut. */
  more: number
  due: number
  unpaid: number
  toHandOver: number
  /** Those of the period before who are not in yet. */
  renewable: number
  hasBook: boolean
  heldFen: number
  movements: Movement[]
  handovers: Handover[]
}

export interface ClaimRow {
  id: number
  planId: number
  planTitle: string
  planKind: PlanKind
  unitId: number
  unitName: string
  personId: number
  personName: string
  cause: string
  category: string | null
  eventOn: string
  filedOn: string
  hospital: string
  days: number
  totalFen: number
  ownFen: number
  excluded: boolean
  invoiceNo: string
  papers: string[]
  /** Claimed, computed by the machine, examined, approved, paid: each sum is kept. */
  claimedFen: number
  computedFen: number | null
  examinedFen: number | null
  approvedFen: number | null
  /** The day it was approved or refused. */
  decidedOn: string | null
  paidFen: number | null
  paidOn: string | null
  paidThrough: 'account' | 'direct' | null
  voucherId: number | null
  voucherNo: string | null
  adjustment: string | null
  sampled: boolean
  state: ClaimState
  previousId: number | null
}
export interface SampleReview {
  outcome: 'sound' | 'fault'
  words: string
  by: string
  on: string
}
/** A payment that the bank sent back, with both vouchers. */
export interface PaymentReturn {
  id: number
  paidOn: string
  amountFen: number
  paidVoucherId: number
  paidVoucherNo: string
  returnedOn: string
  reason: string
  voucherId: number
  voucherNo: string
  by: string
}
export interface Appeal {
  grounds: string
  appealedOn: string
  outcome: 'granted' | 'dismissed' | null
  decidedOn: string | null
}
export interface ClaimDetail extends ClaimRow {
  checked: Checked
  own: boolean
  /** The last day an appeal is heard; null when there is nothing to appeal. */
  appealBy: string | null
  appeal: Appeal | null
  reviews: SampleReview[]
  returns: PaymentReturn[]
  nextId: number | null
}

export type PlanInput = z.output<typeof planInput>
export type EnrolInput = z.output<typeof enrolInput>
export type RenewInput = z.output<typeof renewInput>
export type CollectInput = z.output<typeof collectInput>
export type ReceiptInput = z.output<typeof receiptInput>
export type HandoverInput = z.output<typeof handoverInput>
export type PaymentInput = z.output<typeof paymentInput>
export type BankReturnInput = z.output<typeof bankReturnInput>
export type SampleInput = z.output<typeof sampleInput>
export type ClaimInput = z.output<typeof claimInput>
export type ClaimMove = z.output<typeof claimMove>
