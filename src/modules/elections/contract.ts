import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import { CATEGORIES, type Body, type Category, type Kind } from '../congress/words.ts'
import { electionKinds, posts, relations } from './posts.ts'

/** What can be asked of an election over HTTP. */
const line = z.string().trim().max(200, '不超过 200 个字').nullish()

export const electionInput = z.object({
  unitId: id,
  kind: z.enum(electionKinds, '请选择选举种类'),
  form: z.enum(['members', 'delegates'], '请选择会员大会或会员代表大会').default('members'),
  title: line,
  ordinal: z.int('请填写第几届').min(1, '请填写第几届').max(200).nullish(),
  termYears: z.int('任期为 3 年或 5 年').min(1).max(10).nullish(),
  heldOn: day,
  chairBy: z.enum(['committee', 'assembly']).default('committee'),
  enterprise: z.boolean().default(true),
  reason: line,
  petitioners: z.int().min(0).nullish(),
  races: z
    .array(
      z.object({
        post: z.enum(posts, '请选择职务'),
        seats: z.int('请填写名额').min(1, '至少一名').max(400),
        /** Electoral unit of delegates. */
        unitId: id.nullish(),
      }),
    )
    .min(1, '请至少设一项选举')
    .max(200),
})
export type ElectionInput = z.output<typeof electionInput>
export const editElectionInput = electionInput.omit({ unitId: true, kind: true }).extend({ version: z.int() })

export const listQuery = z.object({ unitId: id.optional() })
export const termsQuery = z.object({ unitId: id })
export const byId = z.object({ id })
export const approvalInput = z.object({
  verb: z.enum(['同意', '退回', '否决']),
  /** 批复文号; needed where the union itself enters what its upper union answered on paper. */
  document: line,
  on: day.nullish(),
  words: z.string().trim().max(400).nullish(),
})
export const submitInput = z.object({ words: z.string().trim().max(400).nullish() })
export const cancelInput = z.object({ words: z.string('请写明理由').trim().min(1, '请写明理由').max(400) })
/** An approved election found invalid: the reason, and the paper that says so with its day. */
export const annulmentInput = z.object({
  words: z.string('请写明理由').trim().min(1, '请写明理由').max(400),
  document: z.string('请填写文号').trim().min(1, '请填写文号').max(120),
  on: day,
})
export type AnnulmentInput = z.output<typeof annulmentInput>
export const annulmentAnswer = z.object({ confirm: z.boolean(), words: z.string().trim().max(400).nullish() })
export interface AnnulmentShape {
  reason: string
  document: string
  decidedOn: string
  state: 'proposed' | 'confirmed' | 'dropped'
  proposedName: string
  answeredName: string | null
  answeredOn: string | null
  /** Proposed by whoever looks. */
  mine: boolean
}
export const waiverInput = z.object({
  gate: z.string().min(1).max(80),
  reason: z.string('请写明理由').trim().min(1, '请写明理由').max(400),
})
export const nominationInput = z.object({ unitId: id, personIds: z.array(id).max(100) })
export const candidateInput = z.object({ personId: id })
export const candidateParam = z.object({ id, personId: id })
export const candidateEdit = z.object({
  relation: z.enum(relations, '请选择').nullish(),
  relationNote: line,
  resume: z.string().trim().max(1000, '不超过 1000 个字').nullish(),
  /** 党组织职务, where a deputy of the party organisation stands for chair. */
  partyPost: line,
  place: z.int().min(1).max(400).nullish(),
})
export const publicityInput = z.object({ on: day })
export const rollInput = z.object({ personIds: z.array(id).max(20_000).optional() })
export const presentInput = z.object({ personIds: z.array(id).min(1).max(20_000), present: z.boolean() })
export const tellersInput = z.object({
  tellers: z.array(z.object({ personId: id, duty: z.enum(['总监票人', '监票人', '计票人']) })).max(60),
})
const instant = z.iso.datetime({ offset: true, error: '请填写日期和时间' }).optional()
export const issueInput = z.object({
  despite: z.string().trim().max(400).nullish(),
  /** Secret online vote: the hours in which the box takes ballots. */
  castFrom: instant,
  castTo: instant,
})
/** How a sitting votes. In the hall is the default; a remote secret vote names the document that allows it. */
export const ballotModeInput = z.object({
  mode: z.enum(['paper', 'secret'], '请选择投票方式'),
  venue: z.enum(['hall', 'remote'], '请选择投票地点').default('hall'),
  document: z.string().trim().max(120).nullish(),
})
export const closeInput = z.object({
  barred: z
    .array(z.object({ key: z.string().max(60), reason: z.string().trim().min(1, '请写明不得当选的原因').max(200) }))
    .max(100)
    .default([]),
})
export const reduceInput = z.object({ yes: z.int('请填写同意人数').min(0) })
export const extensionInput = z.object({
  termId: id,
  until: day,
  approvedOn: day,
  document: z.string('请填写批复文号').trim().min(1, '请填写批复文号').max(120),
  reason: z.string('请写明原因').trim().min(1, '请写明原因').max(400),
})

/** What the ballot can't know of an elected delegate. */
export const seatsInput = z.object({
  seats: z
    .array(
      z.object({
        personId: id,
        category: z.enum(Object.keys(CATEGORIES) as [Category, ...Category[]], '请选择人员类别').nullish(),
        constituencyId: id.nullish(),
        dispatched: z.boolean().default(false),
        /** The vacant seat this one fills. */
        replacesId: id.nullish(),
      }),
    )
    .max(5000)
    .default([]),
})
export type SeatsInput = z.output<typeof seatsInput>

/** Who was elected as a delegate and which seats wait. */
export interface SeatingShape {
  term: { id: number; body: Body; kind: Kind; ordinal: number } | null
  body: Body
  constituencies: { id: number; name: string; seats: number; seated: number }[]
  vacated: { id: number; constituencyId: number; name: string; toOn: string; reason: string }[]
  /** Seats this election gave. */
  seats: {
    personId: number
    name: string
    constituency: string
    replacesName: string | null
    annulledFor: string | null
  }[]
  waiting: {
    personId: number
    name: string
    votes: number
    unitId: number
    unitName: string
    constituencyId: number | null
    category: Category | null
  }[]
  may: boolean
}
