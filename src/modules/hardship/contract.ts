import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import { EXCLUSIONS, GROUNDS, KIN } from './words.ts'

const text = (most: number) => z.string().trim().max(most, `不超过 ${most} 个字`)
const some = (what: string, most: number) => text(most).min(1, what)
const fen = (what: string) =>
  z.number(what).int(what).min(0, '金额不能是负数').max(1_000_000_000_00, '金额太大，请核对')

export const parameterInput = z.object({
  unitId: id,
  lineFen: fen('请填写当地低保标准').min(1, '低保标准要大于 0'),
  deepInclusive: z.boolean().default(true),
  relativeHundredths: z.number('请填写倍数').int().min(100, '不小于 1 倍').max(1000, '不大于 10 倍').default(200),
  lossShare: z.number('请填写比例').int().min(1).max(10_000, '不超过 100%').default(8_000),
  ceilingFen: fen('请填写金额').min(1).nullable().default(null),
  document: some('请写明文件名称和文号', 120),
  from: day,
})

const relative = z.object({
  name: some('请填写家属姓名', 30),
  relation: z.enum(KIN, '请选择与职工的关系'),
  /** fen a month */
  incomeFen: fen('请填写月收入').default(0),
  note: text(60).optional(),
})

/** The family as somebody found it. The person is one of the family and isn't repeated among the relatives. */
export const householdInput = z.object({
  onDay: day,
  ground: z.enum(GROUNDS, '请选择主要致困原因'),
  relatives: z.array(relative).max(20, '共同生活的家属不超过 20 人').default([]),
  incomeFen: fen('请填写家庭年收入'),
  rigidFen: fen('请填写因困支出').default(0),
  lossFen: fen('请填写损失').default(0),
  accident: z.boolean().default(false),
  exclusions: z.array(z.enum(EXCLUSIONS)).default([]),
  /** Sealed; asked for only where the ground is an illness. */
  diagnosis: text(200).optional(),
})

export const applicationInput = householdInput.extend({ personId: z.number('请选择职工').int().positive() })
export const checkInput = householdInput.extend({ visitors: some('请填写入户核查人（两人以上）', 60) })
/** The decision on a review's finding, by somebody who did not make it. */
export const reviewInput = z.object({
  decision: z.enum(['keep', 'lift'], '请选择复核结论'),
  words: text(200).optional(),
})
export const transferInput = z.object({ words: some('请写明转移原因', 200) })
export const moveInput = z.object({
  verb: z.enum(['提交', '撤回', '同意', '公示', '退回', '否决']),
  words: text(300).optional(),
})

export type ParameterInput = z.output<typeof parameterInput>
export type HouseholdInput = z.output<typeof householdInput>
export type ApplicationInput = z.output<typeof applicationInput>
export type CheckInput = z.output<typeof checkInput>
export type ReviewInput = z.output<typeof reviewInput>
export type MoveInput = z.output<typeof moveInput>
