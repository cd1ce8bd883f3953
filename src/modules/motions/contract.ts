import { z } from 'zod'
import { day } from '../../kernel/http/parse.ts'
import { GRADES, JUDGE_ROLES, MOTION_AWARDS, OUTCOMES, UNIT_AWARD } from './words.ts'

/** What can be asked of motions and suggestions, shared by both halves. */
const id = z.number().int().positive()
const line = (what: string, most = 100) =>
  z.string(`请填写${what}`).trim().min(1, `请填写${what}`).max(most, `${what}不超过 ${most} 个字`)
const words = (what: string, least = 1) =>
  z
    .string(`请填写${what}`)
    .trim()
    .min(least, least > 1 ? `${what}至少 ${least} 个字，请写清楚` : `请填写${what}`)
    .max(4000, `${what}不超过 4000 个字`)

export const motionInput = z.object({
  kind: z.enum(['motion', 'bill', 'opinion']),
  title: line('题目', 60),
  body: words('情况和理由', 5),
  remedy: z.string().trim().max(4000).nullish(),
  category: z.string().trim().max(60).nullish(),
  /** The drive it answers; none: between sessions. */
  callId: id.nullish(),
  /** Only an officer who writes down somebody else's words. */
  unitId: id.optional(),
  moverId: id.nullish(),
  source: z.enum(['phone', 'desk', 'paper', 'meeting', 'box']).default('desk'),
  receivedOn: day.optional(),
  seconderIds: z.array(id).max(30).default([]),
  /** Submits at once: an officer's paper, an opinion. */
  submit: z.boolean().default(false),
})
export type MotionInput = z.output<typeof motionInput>

export const motionChange = motionInput
  .pick({ title: true, body: true, remedy: true, category: true, callId: true, kind: true })
  .extend({
    version: z.number().int(),
  })
export const secondersInput = z.object({ personIds: z.array(id).min(1, '请选择附议人').max(30) })
export const secondInput = z.object({ agreed: z.boolean() })
export const wordsInput = z.object({
  words: z.string().trim().max(1000).optional(),
  version: z.number().int().optional(),
})
export const fileInput = z.object({
  category: line('内容类别', 60),
  kind: z.enum(['motion', 'bill']).default('motion'),
  words: z.string().trim().max(1000).optional(),
})
export const mergeInput = z.object({ intoId: id, words: z.string().trim().max(1000).optional() })
export const transferInput = z.object({
  leader: line('分管领导', 30),
  leadId: z.number('请选择主办部门').int().positive('请选择主办部门'),
  jointIds: z.array(id).max(10).default([]),
  dueOn: day.optional(),
  words: z.string().trim().max(1000).optional(),
})
export const planInput = z.object({ plan: words('办理计划', 5) })
export const progressInput = z.object({ words: words('进展', 2) })
export const replyInput = z.object({
  reply: words('答复内容', 10),
  outcome: z.enum(OUTCOMES, '请选择落实情况'),
})
export const handOnInput = z.object({ toDepartmentId: id, words: words('转办理由', 2) })
export const verdictInput = z
  .object({
    verdict: z.enum(['satisfied', 'basically', 'dissatisfied'], '请选择满意、基本满意或不满意'),
    words: z.string().trim().max(1000).optional(),
  })
  .refine((given) => given.verdict !== 'dissatisfied' || (given.words ?? '').length >= 5, {
    path: ['words'],
    message: '请写明不满意的原因，承办部门据此重新办理',
  })
export const outcomeInput = z.object({ outcome: z.enum(OUTCOMES), words: words('落实情况说明', 2) })

export const departmentInput = z.object({
  unitId: id,
  name: line('部门名称', 40),
  linkedUnitId: id.nullish(),
  headId: id.nullish(),
})
export const callInput = z
  .object({
    unitId: id,
    kind: z.enum(['motion', 'suggestion']).default('motion'),
    /** The session of the congress it prepares; its name and first day are the session's. */
    sessionId: id.nullish(),
    /** Where no session is kept here: 届次, or the activity's name. */
    session: z.string().trim().max(40, '届次或活动名称不超过 40 个字').default(''),
    opensOn: day,
    closesOn: day,
    meetsOn: day.nullish(),
    minSeconders: z.number().int().min(0).max(20).default(2),
    replyDays: z.number().int().min(1).max(250).default(30),
  })
  .refine((call) => call.sessionId || call.session, { path: ['session'], message: '请选择会议，或填写届次、活动名称' })
  .refine((call) => call.closesOn >= call.opensOn, { path: ['closesOn'], message: '截止日期不能早于开始日期' })
export const boxInput = z.object({ unitId: id, place: line('意见箱位置', 40) })
export const slipInput = z.object({
  title: line('一句话说明', 60),
  body: words('意见内容', 5),
  category: z.string().trim().max(60).nullish(),
})

export const suggestionInput = z.object({
  kind: z.enum(['suggestion', 'idea']),
  title: line('建议题目', 60),
  body: words('现状和问题', 5),
  remedy: z.string().trim().max(4000).nullish(),
  category: z.string().trim().max(60).nullish(),
  callId: id.nullish(),
  unitId: id.optional(),
  proposerId: id.nullish(),
})
export const decideInput = z.object({
  adopted: z.boolean(),
  grade: z.enum(GRADES).nullish(),
  rewardFen: z.number().int().min(0).max(100_000_000).nullish(),
  words: z.string().trim().max(1000).optional(),
})
export const changedInput = z.object({
  changed: words('改变了什么', 5),
  changedOn: day,
  benefitFen: z.number().int().min(0).max(1_000_000_000_000).nullish(),
})

const judges = z.array(z.object({ personId: id, department: line('所在部门', 40), role: z.enum(JUDGE_ROLES) })).max(30)
const panel = z.object({
  unitId: id,
  purpose: z.enum(['suggestion', 'motion']),
  title: line('小组名称', 60),
  documentNo: z.string().trim().max(60).nullish(),
  formedOn: day,
})
/** Chosen by a panel's points, or by the delegates of a session on a ballot. */
export const panelInput = z.discriminatedUnion('method', [
  panel.extend({ method: z.literal('points'), judges: judges.min(3, '评审小组至少 3 人') }),
  panel.extend({
    method: z.literal('ballot'),
    purpose: z.literal('motion', '只有提案评优可以由代表投票'),
    sessionId: z.number('请选择会议').int().positive('请选择会议'),
  }),
])
export const panelBallotInput = z.object({
  award: z.enum([...MOTION_AWARDS, UNIT_AWARD], '请选择评什么'),
  seats: z.int('请填写评几项').min(1, '至少评 1 项').max(200),
  tellerIds: z.array(id).min(2, '请选择至少两名监票人、计票人').max(50),
  /** On paper, or by phone in the hall: sealed, so that three scrutineers make keys first. */
  mode: z.enum(['paper', 'secret']).default('paper'),
})
export const voidBallotInput = z.object({ reason: words('作废的原因', 2) })
export const entriesInput = z.object({
  motionIds: z.array(id).max(500).default([]),
  suggestionIds: z.array(id).max(500).default([]),
  unitIds: z.array(id).max(200).default([]),
})
export const scoreInput = z.object({
  points: z.number('请打分').int('请打整数分').min(0, '0 到 100 分').max(100, '0 到 100 分'),
  words: z.string().trim().max(500).optional(),
})
export const awardInput = z.object({
  awards: z
    .array(
      z.object({
        entryId: id,
        award: z.enum([...MOTION_AWARDS, UNIT_AWARD, ...GRADES]).nullable(),
        adopted: z.boolean().optional(),
        rewardFen: z.number().int().min(0).max(100_000_000).nullish(),
      }),
    )
    .min(1)
    .max(700),
})
