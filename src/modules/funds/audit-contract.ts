import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'

/** What can be asked about audits. Amounts are integer fen. */
const words = (most: number) => z.string().trim().max(most, `不能超过 ${most} 个字`)
const fen = z.number('请填写金额').int('金额最多到分').min(0, '不能是负数').max(100_000_000_000_00, '金额过大')

export const AUDIT_KINDS = { yearly: '年度审查', half: '半年审查', special: '专项审查', leaving: '离任审查' } as const
export const AUDIT_STATES = {
  planned: '计划',
  noticed: '已通知',
  fieldwork: '审查中',
  mending: '整改中',
  closed: '已结束',
  dropped: '已取消',
} as const
export const CONCLUSIONS = ['合规', '基本合规', '需整改'] as const
export const FINDING_STATES = { open: '待整改', answered: '已回复，待认定', accepted: '已整改' } as const
export type AuditKind = keyof typeof AUDIT_KINDS
export type AuditState = keyof typeof AUDIT_STATES
export type FindingState = keyof typeof FINDING_STATES

export const auditInput = z
  .object({
    unitId: id,
    title: words(120).min(1, '请填写审查名称'),
    kind: z.enum(Object.keys(AUDIT_KINDS) as [AuditKind, ...AuditKind[]], '请选择审查种类'),
    /** The days whose books are looked at. */
    fromOn: day,
    toOn: day,
    scope: words(500).default(''),
    startsOn: day,
    endsOn: day,
    lead: words(40).min(1, '请填写组长'),
    members: words(200).default(''),
    /** The committee of the union above audits. */
    fromAbove: z.boolean().default(false),
  })
  .refine((audit) => audit.fromOn <= audit.toOn, { path: ['toOn'], message: '不能早于开始日期' })
  .refine((audit) => audit.startsOn <= audit.endsOn, { path: ['endsOn'], message: '不能早于进场日期' })

export const onDay = z.object({ on: day })
export const paperInput = z.object({
  subject: words(120).min(1, '请填写审查事项'),
  observation: words(2000).min(1, '请写明审查情况'),
  basis: words(300).default(''),
  amountFen: fen.nullish(),
  voucherIds: z.array(id).max(200).default([]),
})
export const findingInput = z.object({
  paperId: id.nullish(),
  title: words(120).min(1, '请填写问题'),
  basis: words(300).default(''),
  amountFen: fen.nullish(),
  demand: words(1000).min(1, '请写明整改要求'),
  /** Working days from the opinion's day. */
  workingDays: z.int('请填写整改期限').min(1).max(250).default(30),
})
export const opinionInput = z.object({
  on: day,
  conclusion: z.enum(CONCLUSIONS, '请选择结论'),
  opinion: words(4000).min(1, '请填写审查意见'),
  /** What the audited union said to the draft. */
  reply: words(2000).default(''),
})
export const answerInput = z.object({ on: day, answer: words(2000).min(1, '请写明整改情况') })
export const judgeInput = z
  .object({ on: day, accepted: z.boolean(), words: words(500).default('') })
  .refine((input) => input.accepted || input.words, { path: ['words'], message: '请写明退回的理由' })
export const reportInput = z.object({ on: day, to: words(100).min(1, '请填写向哪次大会报告') })

// What the server answers. Amounts are fen, days `YYYY-MM-DD`.

export interface Audit {
  id: number
  bookId: number
  unitId: number
  unitName: string
  byUnitId: number
  byUnitName: string
  title: string
  kind: AuditKind
  fromOn: string
  toOn: string
  scope: string
  state: AuditState
  lead: string
  members: string
  noticedOn: string | null
  startsOn: string
  endsOn: string
  conclusion: '合规' | '基本合规' | '需整改' | null
  opinion: string | null
  opinedOn: string | null
  reply: string | null
  reportedOn: string | null
  reportedTo: string | null
  closedOn: string | null
}

export interface Paper {
  id: number
  no: number
  subject: string
  observation: string
  basis: string
  amountFen: number | null
  madeName: string
  madeAt: string
  vouchers: { id: number; month: number; no: number; onDate: string; summary: string; totalFen: number }[]
}

export interface Finding {
  id: number
  paperId: number | null
  no: number
  title: string
  basis: string
  amountFen: number | null
  demand: string
  dueOn: string
  state: FindingState
  answer: string | null
  answeredOn: string | null
  answeredBy: string | null
  returned: string | null
  acceptedOn: string | null
  acceptedBy: string | null
}

export interface AuditRow extends Audit {
  findings: number
  openFindings: number
}

/** An audit with its papers and findings. */
export interface AuditDetail {
  audit: Audit
  papers: Paper[]
  findings: Finding[]
  may: { audit: boolean; mend: boolean }
}
