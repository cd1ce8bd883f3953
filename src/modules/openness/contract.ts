import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import { KINDS, type ItemState, type Rhythm, SYSTEMS, type System } from './words.ts'

/** What can be asked of disclosure over HTTP. */
const line = (label: string, most: number) =>
  z.string(`请填写${label}`).trim().min(1, `请填写${label}`).max(most, `${label}不超过 ${most} 个字`)
export const kind = z.enum(KINDS, '请选择公开种类')
const rhythm = z.enum(['anytime', 'event', 'month', 'quarter', 'half', 'year'] satisfies Rhythm[], '请选择公开节奏')

export const unitQuery = z.object({ unitId: id.optional() })

export const itemInput = z.object({
  unitId: id,
  dutyId: id.nullish(),
  period: z.string().max(10).nullish(),
  kind,
  category: line('内容类别', 60),
  title: line('公开内容', 200),
  body: line('正文', 20_000),
  channel: line('公开渠道', 60),
  audience: z.enum(['layer', 'below']).default('layer'),
  fromOn: day,
  untilOn: day,
  publicity: z.boolean().default(false),
})
export type ItemInput = z.output<typeof itemInput>
export const editInput = itemInput.extend({ version: z.int() })

export const itemsQuery = z.object({
  unitId: id.optional(),
  state: z.enum(['draft', 'submitted', 'returned', 'published', 'ended', 'dropped'] satisfies ItemState[]).optional(),
  before: id.optional(),
  q: z.string().trim().max(60).optional(),
})

export const actInput = z.object({
  verb: z.enum(['提交', '撤回', '同意', '退回', '否决', '终止', '催办']),
  words: z.string().trim().max(500, '不超过 500 个字').optional(),
  expected: z.string().max(20).optional(),
})

export const questionInput = z.object({
  kind: z.enum(['question', 'objection']),
  words: line('意见', 2000),
  /** false: nothing of the asker is kept. */
  named: z.boolean(),
})
export const answerInput = z.object({
  answer: line('答复', 4000),
  outcome: z.enum(['explained', 'upheld', 'rejected'], '请选择办理结果'),
  shown: z.boolean(),
})

export const adoptInput = z.object({
  unitId: id,
  entries: z.array(z.string().max(60)).min(1, '请至少勾选一项').max(100),
  startsOn: day,
})
export const dutyInput = z.object({
  unitId: id,
  kind,
  category: line('内容类别', 60),
  title: line('公开内容', 200),
  rhythm,
  withinDays: z.int('请填写天数').min(0).max(366),
  displayDays: z.int('请填写天数').min(1, '至少 1 天').max(366),
  basis: line('依据', 200),
  startsOn: day,
})
export type DutyInput = z.output<typeof dutyInput>
export const endDutyInput = z.object({ endedOn: day })

export const inspectionInput = z.object({
  unitId: id,
  targetId: id,
  kind: z.enum(['定期检查', '不定期抽查'], '请选择检查方式'),
  title: line('检查名称', 120),
  onDate: day,
  leaderId: id.nullish(),
  findings: z
    .array(z.object({ finding: line('问题', 1000), itemId: id.nullish(), dueOn: day }))
    .max(100)
    .default([]),
})
export type InspectionInput = z.output<typeof inspectionInput>
export const fixInput = z.object({ words: line('整改情况', 1000), fixedOn: day })

const system = z.enum(SYSTEMS, '请选择制度')
export const coverageQuery = z.object({ unitId: id, kind: system.optional() })
export const coverageInput = z.object({
  unitId: id,
  kind: system,
  target: z.int('请填写百分比').min(0).max(10_000, '不能大于 100%').nullish(),
})

/** A union that owes a system, and whether it has it. */
export interface CoverageRow {
  unitId: number
  name: string
  kind: System
  /** Disclosure: duties that stand, and items published within the last twelve months. */
  duties: number
  published: number
  /** Congress: the running term with its last day, and when it last met. */
  term: number | null
  dueOn: string | null
  heldOn: string | null
  done: boolean
  /** What is wanting, in words; null when the system exists. */
  wanting: string | null
}
