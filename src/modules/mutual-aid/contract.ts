import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import { CAUSES, HOSPITALS, PAPERS } from './words.ts'

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
    premiumFen: fen('请填写每人缴费'),
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

export const enrolInput = z.object({
  unitId: id,
  paidOn: day.nullable().default(null),
  /** Left out: everybody on the roster of the unit and below who isn't in yet. */
  personIds: z.array(z.number().int().positive()).max(5000).optional(),
})

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
  /** 审批: another sum than the machine's needs words. */
  amountFen: fen('请填写金额').optional(),
})

export type PlanInput = z.output<typeof planInput>
export type EnrolInput = z.output<typeof enrolInput>
export type ClaimInput = z.output<typeof claimInput>
export type ClaimMove = z.output<typeof claimMove>
