import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import {
  AGREEMENTS,
  CATEGORIES,
  DISPOSITIONS,
  DUTIES,
  FORMS,
  KINDS,
  OPINION_OUTCOMES,
  PANELS,
  PAPER_KINDS,
  PROJECT_KINDS,
  RIGHTS,
  STAGES,
} from './words.ts'

/** What can be asked of a congress over HTTP. */
const keysOf = <Key extends string>(of: Readonly<Record<Key, unknown>>): [Key, ...Key[]] =>
  Object.keys(of) as [Key, ...Key[]]
const name = (what: string, most = 120) =>
  z.string(`请填写${what}`).trim().min(1, `请填写${what}`).max(most, `${what}不超过 ${most} 个字`)
const line = z.string().trim().max(200, '不超过 200 个字').nullish()
const text = z.string().trim().max(20_000, '不超过 20000 个字').nullish()
const count = (what: string, least = 0) => z.int(`请填写${what}`).min(least, `${what}至少为 ${least}`).max(10_000_000)

export const idParam = z.object({ id })
export const termsQuery = z.object({ unitId: id.optional() })
export const sessionsQuery = z.object({ unitId: id.optional(), year: z.coerce.number().int().optional() })

export const termInput = z.object({
  unitId: id,
  kind: z.enum(keysOf(KINDS), '请选择大会种类'),
  ordinal: count('第几届', 1).max(99, '届数不超过 99'),
  startsOn: day,
  dueOn: day,
  people: count('职工（会员）人数', 2),
  women: count('女职工（女会员）人数'),
  seats: count('代表名额', 2),
  document: line,
})
export type TermInput = z.output<typeof termInput>

export const constituenciesInput = z.object({
  constituencies: z
    .array(
      z.object({
        name: name('选举单位名称', 60),
        unitId: id.nullish(),
        people: count('人数', 1),
        seats: count('名额').nullish(),
      }),
    )
    .min(1, '请至少填写一个选举单位')
    .max(500, '选举单位不超过 500 个'),
})

const delegate = z.object({
  personId: id,
  constituencyId: id,
  category: z.enum(keysOf(CATEGORIES), '请选择人员类别'),
  dispatched: z.boolean().default(false),
  elected: z.boolean().default(true),
  votes: count('得票数').nullish(),
})
export const delegatesInput = z.object({
  electedOn: day,
  delegates: z.array(delegate).min(1, '请至少选一人').max(5000),
})
export const endDelegateInput = z.object({ toOn: day, reason: name('原因', 200) })
export const replaceInput = endDelegateInput.extend({ successor: delegate.omit({ constituencyId: true }) })

export const panelInput = z.object({
  kind: z.enum(keysOf(PANELS), '请选择种类'),
  name: name('名称', 60),
  delegateIds: z.array(id).max(5000),
  headId: id.nullish(),
})

export const sessionInput = z.object({
  termId: id,
  form: z.enum(keysOf(FORMS)).default('session'),
  number: z.int().min(1).max(99).nullish(),
  preparesId: id.nullish(),
  startsOn: day,
  endsOn: day,
  place: line,
  host: line,
  recorder: line,
  occasion: line,
})
export const editSessionInput = sessionInput
  .pick({ startsOn: true, endsOn: true, place: true, host: true, recorder: true, occasion: true })
  .extend({ version: z.int() })
export const noticeInput = z.object({ sentOn: day })
export const reasonInput = z.object({ reason: name('原因', 200) })

export const itemInput = z.object({
  title: name('议题', 200),
  duty: z.enum(keysOf(DUTIES), '请选择大会职权'),
  category: z.enum(PAPER_KINDS, '请选择类别').default('其他'),
  important: z.boolean().default(false),
  agreement: z.enum(keysOf(AGREEMENTS)).nullish(),
  reporter: line,
  seats: z.int().min(1, '应选人数至少 1 人').max(1000).nullish(),
  candidateIds: z.array(id).max(500).default([]),
  confirmsId: id.nullish(),
  /** The election or appraisal of the same union in which this is decided: `elections/12`. */
  heldAt: z.string().trim().max(80).nullish(),
  position: z.int().min(1).max(500).nullish(),
})
export type ItemInput = z.output<typeof itemInput>
export const concludeInput = z.object({ words: text, changeWords: line })
export const nowInput = z.object({ itemId: id.nullish(), words: line })

export const passageInput = z.union([
  z.object({
    direction: z.enum(['in', 'out']).default('in'),
    text: z.string().trim().min(1, '请报号或扫描会员卡').max(300),
  }),
  z.object({ direction: z.enum(['in', 'out']).default('in'), personIds: z.array(id).min(1, '请先选人').max(5000) }),
])
export const leaveInput = z.object({ personId: id, reason: name('请假原因', 200) })
export const ownLeaveInput = z.object({ reason: name('请假原因', 200) })
export const hallInput = z.object({
  code: z.string('请填写会场签到码').trim().max(20),
  direction: z.enum(['in', 'out']).default('in'),
})

export const voteInput = z.object({
  mode: z.enum(['hands', 'paper', 'named', 'secret'], '请选择表决方式'),
  tellerIds: z.array(id).max(50).default([]),
})

export const paperInput = z.object({
  title: name('文件名称', 200),
  itemId: id.nullish(),
  text: z.string('请填写正文').trim().min(1, '请填写正文').max(200_000),
})
export const versionInput = z.object({
  after: z.int(),
  note: name('修改说明', 400),
  clauses: z
    .array(z.object({ key: z.string().max(20).nullish(), text: z.string().trim().min(1, '条款不能为空').max(20_000) }))
    .min(1, '请填写正文')
    .max(2000),
})
export const remarkInput = z.object({
  versionNo: z.int().min(1),
  clause: z.string().max(20).nullish(),
  words: name('意见', 2000),
})
export const answerInput = z.object({
  disposition: z.enum(keysOf(DISPOSITIONS), '请选择处理结果'),
  answer: name('答复', 2000),
  becameNo: z.int().min(1).nullish(),
})

export const resolutionInput = z.object({
  title: name('决议名称', 200),
  words: name('决议内容', 20_000),
  effectiveOn: day,
})
export const agreementInput = z.object({
  signedOn: day.nullish(),
  expiresOn: day.nullish(),
  filedOn: day.nullish(),
  receivedOn: day.nullish(),
  receipt: line,
  objectedOn: day.nullish(),
  objection: line,
})

export const projectInput = z.object({
  unitId: id,
  kind: z.enum(PROJECT_KINDS, '请选择参与种类'),
  title: name('项目或议题', 120),
  right: z.enum(RIGHTS, '请选择民主权利').nullish(),
  stage: z.enum(STAGES, '请选择参与环节').nullish(),
  startedOn: day,
  representativeId: id,
  personIds: z.array(id).max(60, '代表不超过 60 人').default([]),
})
export type ProjectInput = z.output<typeof projectInput>
export const opinionInput = z.object({ personId: id, words: name('意见', 1000), saidOn: day })
export const decideInput = z.object({
  outcome: z.enum(OPINION_OUTCOMES, '请选择处理结果'),
  answer: name('答复和改动', 1000),
  decidedOn: day,
})
export const closeProjectInput = z.object({
  closedOn: day,
  written: z.boolean().default(false),
  conclusion: name('结论', 1000),
})
/** A project in which delegates take part, with everything said in it. */
export interface ProjectShape {
  id: number
  unitId: number
  unitName: string
  kind: (typeof PROJECT_KINDS)[number]
  title: string
  right: string | null
  stage: string | null
  startedOn: string
  representativeId: number
  closedOn: string | null
  written: boolean
  conclusion: string | null
  panel: { personId: number; name: string }[]
  opinions: {
    id: number
    personId: number
    name: string
    words: string
    saidOn: string
    outcome: (typeof OPINION_OUTCOMES)[number] | null
    answer: string | null
    decidedOn: string | null
  }[]
}
