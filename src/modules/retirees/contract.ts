import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import type { REQUEST_WORDS } from '../funds/words.ts'
import { CATEGORIES, type Category } from './retirement-age.ts'

const text = (most: number) => z.string().trim().max(most, `不超过 ${most} 个字`)
const some = (what: string, most: number) => text(most).min(1, what)
const fen = z.number('请填写金额').int().min(0, '金额不能是负数').max(100_000_000, '金额太大，请核对')

export const BASES = ['法定', '弹性提前', '弹性延后', '提前退休（特殊工种、因病）'] as const
export const ACTIVITY_KINDS = [
  '教师节返校',
  '重阳（老年）节活动',
  '“七一”座谈会',
  '春秋游',
  '新春团拜',
  '其他',
] as const
export const ACTIVITY_FORMS = ['参观', '座谈', '聚餐', '报告会', '红色旅游', '联欢', '其他'] as const
export const FESTIVALS = ['元旦', '春节', '七一', '中秋', '国庆', '重阳', '日常'] as const
export const LEADERS = ['单位领导', '工会主席', '退管干部', '工会小组长'] as const
export const VISIT_FORMS = ['上门走访', '集中慰问', '电话问候'] as const
export const GIFT_KINDS = ['门票', '节日物品', '生日礼品', '书报', '其他'] as const
export const EVENT_KINDS = { activity: '活动', visit: '走访慰问', gift: '福利发放' } as const
export type EventKind = keyof typeof EVENT_KINDS

export const retirementInput = z.object({
  personId: z.number('请选择职工').int().positive(),
  category: z.enum(Object.keys(CATEGORIES) as [Category, ...Category[]], '请选择类别'),
  /** Left out: the day the law says. */
  dueOn: day.optional(),
  basis: z.enum(BASES).default('法定'),
})
export const farewellInput = z.object({
  heldOn: day,
  party: z.boolean().default(false),
  flowers: z.boolean().default(false),
  escorted: z.boolean().default(false),
  screen: z.boolean().default(false),
  gift: text(40).optional(),
  costFen: fen.default(0),
})
export const clubInput = z.object({
  unitId: id,
  name: some('请填写小组名称', 30),
  leaderId: z.number().int().positive().nullable().default(null),
})
export const clubMembersInput = z.object({
  personIds: z.array(z.number().int().positive()).min(1, '请选择人员').max(500),
})
const common = { unitId: id, title: some('请填写名称', 60), onDay: day, clubId: z.number().int().positive().optional() }
export const eventInput = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('activity'),
    occasion: z.enum(ACTIVITY_KINDS, '请选择活动类别'),
    form: z.enum(ACTIVITY_FORMS).optional(),
    place: text(40).optional(),
    costFen: fen.default(0),
  }),
  z.object({
    ...common,
    kind: z.literal('visit'),
    festival: z.enum(FESTIVALS, '请选择时节'),
    ledBy: z.enum(LEADERS, '请选择带队人'),
  }),
  z.object({
    ...common,
    kind: z.literal('gift'),
    giftKind: z.enum(GIFT_KINDS, '请选择类别'),
    valueFen: fen.default(0),
  }),
])
export const moneyInput = z.object({
  amountFen: z.number('请填写金额').int('金额最多到分').min(1, '金额要大于 0').max(100_000_000, '金额太大，请核对'),
  payee: some('请填写收款人', 100),
  method: z.enum(['transfer', 'cash'], '请选择付款方式').default('transfer'),
  /** None of the eight forbidden uses. */
  confirmed: z.boolean().default(false),
})
export const marksInput = z.object({
  marks: z
    .array(
      z.object({
        personId: z.number().int().positive(),
        invited: z.boolean().optional(),
        done: z.boolean().optional(),
        form: z.enum(VISIT_FORMS).optional(),
        amountFen: fen.optional(),
        note: text(200).optional(),
      }),
    )
    .min(1)
    .max(2000),
})

export interface Coming {
  personId: number
  name: string
  unitName: string
  bornOn: string
  gender: 'm' | 'f'
  /** The law's day for each category that can apply. */
  days: { category: Category; dueOn: string }[]
}
export interface RetirementRow {
  id: number
  personId: number
  name: string
  unitName: string
  category: Category
  dueOn: string
  basis: string
  state: 'planned' | 'retired'
  farewellOn: string | null
}
export interface ClubRow {
  id: number
  name: string
  leaderName: string | null
  people: { personId: number; name: string }[]
}
export interface EventRow {
  id: number
  kind: EventKind
  title: string
  onDay: string
  unitName: string
  due: number
  invited: number
  done: number
}
export interface Attendance {
  personId: number
  name: string
  unitName: string
  status: '退休' | '离休'
  invited: boolean
  done: boolean
  form: string | null
  amountFen: number
  note: string | null
}
/** Where the money of an activity stands in the union's funds. */
export interface EventMoney {
  requestId: number
  state: keyof typeof REQUEST_WORDS
  amountFen: number
  paidOn: string | null
  voucherId: number | null
  voucherNumber: string | null
}
export interface EventDetail extends EventRow {
  unitId: number
  details: Record<string, unknown>
  /** What counts as its cost: paid through the book, or typed where the union keeps none. */
  costFen: number
  money: EventMoney | null
  rows: Attendance[]
}

export type RetirementInput = z.output<typeof retirementInput>
export type FarewellInput = z.output<typeof farewellInput>
export type ClubInput = z.output<typeof clubInput>
export type EventInput = z.output<typeof eventInput>
export type MoneyInput = z.output<typeof moneyInput>
export type MarksInput = z.output<typeof marksInput>
