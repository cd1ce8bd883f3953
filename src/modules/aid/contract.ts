import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import type { CycleState, EntitlementState, Kind, Verdict } from './words.ts'
import { CATEGORIES, kindNames, SOURCES, STAGES } from './words.ts'

const text = (most: number) => z.string().trim().max(most, `不超过 ${most} 个字`)
const some = (what: string, most: number) => text(most).min(1, what)
const fen = z
  .number('请填写金额')
  .int('金额最多到分')
  .min(0, '金额不能是负数')
  .max(1_000_000_00, '单笔金额过大，请核对')
const months = (what: string) => z.number(what).int().min(0, '不能是负数').max(600, '月数过大').default(0)

/** Who qualifies and for how much. Amounts in fen. */
export const termsInput = z
  .object({
    pool: z.enum(['files', 'members', 'applications'], '请选择对象范围'),
    /** One payment a family, received by one named person of it. */
    byFamily: z.boolean().default(false),
    /** A member in good standing for at least so many whole months. */
    memberMonths: months('请填写月数'),
    /** On file in one of these kinds of hardship; empty: no file needed. */
    categories: z.array(z.enum(CATEGORIES)).default([]),
    /** (income − rigid spending) a head at most so many hundredths of the dated local line; null: not asked. */
    incomeHundredths: z.number().int().min(1).max(1000, '不超过 10 倍').nullable().default(null),
    /** Any of these identity tags; empty: not asked. */
    tags: z.array(some('请填写标签', 20)).max(20).default([]),
    /** The family was looked at within so many months; 0: not asked. */
    freshMonths: months('请填写月数'),
    /** Not received from this programme within so many months; 0: not asked. */
    apartMonths: months('请填写月数'),
    /** Nobody who had another programme's money for the same need this year, by person or by family. */
    oneANeed: z.boolean().default(true),
    /** Papers an application must come with. */
    papers: z.array(some('请填写材料名称', 30)).max(12).default([]),
    baseFen: fen.default(0),
    byCategory: z.partialRecord(z.enum(CATEGORIES), fen).default({}),
    perHeadFen: fen.default(0),
    /** Ceiling each time (送温暖 in principle 3,000 yuan). */
    perTimeFen: fen.min(1, '上限要大于 0').nullable().default(null),
    /** Ceiling a year over all programmes of the same need (送温暖 in principle 6,000 yuan). */
    perYearFen: fen.min(1, '上限要大于 0').nullable().default(null),
    /** Working days the list hangs, five at least. */
    publicityDays: z.number().int().min(5, '公示不少于 5 个工作日').max(60).default(5),
  })
  .refine(
    (terms) => terms.baseFen + terms.perHeadFen + Object.values(terms.byCategory).reduce((a, b) => a + b, 0) > 0,
    { path: ['baseFen'], message: '请填写发放标准' },
  )
  .refine((terms) => terms.pool !== 'members' || !terms.papers.length, {
    path: ['papers'],
    message: '面向全体会员的项目没有申请，不能要求材料',
  })
  .refine((terms) => terms.perTimeFen === null || terms.perYearFen === null || terms.perTimeFen <= terms.perYearFen, {
    path: ['perYearFen'],
    message: '全年上限不能低于每次上限',
  })
export type Terms = z.output<typeof termsInput>

export const programmeInput = z.object({
  unitId: id,
  kind: z.enum(kindNames, '请选择项目种类'),
  title: some('请填写项目名称', 60),
  source: z.enum(SOURCES, '请选择资金来源'),
  /** Project of a donation bound to a purpose; none: the budget's line of the account pays. */
  projectId: id.nullable().default(null),
  startsOn: day,
  endsOn: day.nullable().default(null),
  document: some('请写明依据文件的名称和文号', 120),
  terms: termsInput,
})
export const ruleInput = z.object({
  terms: termsInput,
  document: some('请写明依据文件的名称和文号', 120),
  reason: some('请写明修改的原因', 200),
})
export const cycleInput = z.object({
  title: some('请填写批次名称', 60),
  opensOn: day,
  closesOn: day,
  /** A cycle for those whose appeal against that one was right. */
  supplementsId: id.nullable().default(null),
})
export const moveInput = z.object({
  verb: z.enum(['提交', '公示', '同意', '终止']),
  words: text(300).optional(),
  /** 会议纪要: what the committee decided, above the chair's own limit. */
  minutes: text(120).optional(),
})
export const payInput = z.object({ paidOn: day })
export const reasonInput = z.object({ reason: some('请写明原因', 200) })
export const refundInput = z.object({
  reason: some('请写明退回的原因', 200),
  refundedOn: day,
  /** fen; all that is left when left out */
  amountFen: fen.min(1, '退回金额要大于 0').optional(),
  /** What had come back when the form was opened: a second click, or a colleague's entry, isn't booked twice. */
  seenFen: z.number().int().min(0).default(0),
})
export type RefundInput = z.input<typeof refundInput>
export const receiptInput = z.object({ how: z.enum(['hand', 'paper'], '请选择签收方式') })

export const applicationInput = z.object({
  words: text(500).default(''),
  askedFen: fen.min(1, '申请金额要大于 0').nullable().default(null),
  papers: z.array(text(30)).max(12).default([]),
  student: text(30).nullable().default(null),
  stage: z.enum(STAGES).nullable().default(null),
  school: text(60).nullable().default(null),
  /** 学籍号 or 准考证号; kept as a keyed hash only. */
  studentNo: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z]{6,30}$/, '请填写 6 到 30 位的学籍号或准考证号')
    .nullable()
    .default(null),
})
export const appealInput = z.object({ words: some('请写明申诉的理由', 500) })
export const answerInput = z.object({
  outcome: z.enum(['upheld', 'dismissed'], '请选择结论'),
  answer: some('请写明答复的理由', 500),
})
export type ApplicationInput = z.output<typeof applicationInput>

/** What both halves know of a programme, a cycle and its rows. */
export interface Rule {
  id: number
  no: number
  terms: Terms
  document: string
  reason: string | null
  by: string
  on: string
}
export interface Programme {
  id: number
  unitId: number
  unitName: string
  kind: Kind
  need: string
  title: string
  accountCode: string
  projectId: number | null
  source: string
  startsOn: string
  endsOn: string | null
  rule: Rule
}
export interface Cycle {
  id: number
  programmeId: number
  programme: string
  kind: Kind
  unitId: number
  unitName: string
  title: string
  ruleId: number
  ruleNo: number
  /** The programme's newest rule: a cycle keeps the one it began with. */
  newestRuleNo: number
  opensOn: string
  closesOn: string
  supplementsId: number | null
  state: CycleState
  frozenOn: string | null
  decidedName: string | null
  approvedOn: string | null
  approvedName: string | null
  minutes: string | null
  paidOn: string | null
  people: number
  families: number
  amountFen: number
  /** What came back of it, in whichever year. */
  refundedFen: number
}
/** What is left for a programme's money on a day, in fen. */
export interface Left {
  /** null: the union keeps no book yet */
  bankFen: number | null
  projectFen: number | null
  /** null: no budget of the year is in force */
  budgetFen: number | null
  /** granted out of the bank to anybody and not yet paid; taken off already */
  reservedFen: number
  leftFen: number
}
export interface Tally {
  eligible: number
  missing: number
  duplicate: number
  refused: number
  /** families among those eligible */
  families: number
  needFen: number
}
export interface JudgedRow {
  personId: number
  personName: string
  unitName: string
  category: string | null
  familySize: number | null
  verdict: Verdict
  amountFen: number
  /** Sentences, with the numbers they stand on. */
  reasons: string[]
}
export interface Preview extends Tally {
  left: Left
  rows: JudgedRow[]
  next: number | null
}
export interface Entitlement {
  id: number
  cycleId: number
  personId: number
  personName: string
  unitName: string
  byFamily: boolean
  amountFen: number
  state: EntitlementState
  reason: string | null
  paidOn: string | null
  voucherNumber: string | null
  receivedOn: string | null
  receivedHow: 'hand' | 'paper' | null
  /** When all of it had come back. */
  refundedOn: string | null
  refundedFen: number
  /** Each time something came back, with its voucher. */
  refunds: { on: string; amountFen: number; reason: string; voucherId: number; voucherNumber: string }[]
}
export interface Simulation {
  before: Tally
  after: Tally
  /** Who would be let in or left out, or receive another amount: the first hundred. */
  changed: {
    personName: string
    unitName: string
    from: Verdict
    to: Verdict
    fromFen: number
    toFen: number
    reasons: string[]
  }[]
}
