/** Chinese labels of disclosure, shared by server and screens. */
export const KINDS = ['厂务公开', '院务公开', '校务公开', '政务公开', '站务公开'] as const
export type Kind = (typeof KINDS)[number]
/** What a union may owe to have: a congress of the staff, and disclosure. */
export const SYSTEMS = ['职代会', ...KINDS] as const
export type System = (typeof SYSTEMS)[number]

export const RHYTHMS = {
  anytime: '随时',
  event: '事后',
  month: '每月',
  quarter: '每季度',
  half: '每半年',
  year: '每年',
} as const
export type Rhythm = keyof typeof RHYTHMS

export const VERIFICATIONS = {
  text: '已对照原文',
  quotation: '见引文，原文待核',
  memory: '依据待核，仅作提醒',
  own: '本单位自定',
} as const
export type DutyVerification = keyof typeof VERIFICATIONS

export const STATES = {
  draft: ['草稿', ''],
  submitted: ['待审批', 'warn'],
  returned: ['已退回', 'bad'],
  published: ['公开中', 'good'],
  ended: ['已撤下', 'info'],
  dropped: ['已作废', ''],
} as const
export type ItemState = keyof typeof STATES

export const AUDIENCES = { layer: '本级工会职工', below: '本级及下级工会职工' } as const
export type Audience = keyof typeof AUDIENCES

export const QUESTION_KINDS = { question: '询问', objection: '异议' } as const
export type QuestionKind = keyof typeof QUESTION_KINDS

export const OUTCOMES = { explained: '已说明', upheld: '属实，已采纳或更正', rejected: '不成立' } as const
export type Outcome = keyof typeof OUTCOMES

export const CHANNELS = ['公开栏', '职代会', '职工大会', '网站与内网', '文件', '电子屏'] as const

/** Working days in which a question and an objection are answered: the house's own limit, inside every local one we know. */
export const ANSWER_WORKING_DAYS = { question: 15, objection: 5 } as const
/** A publicity period lasts at least so many working days. */
export const PUBLICITY_WORKING_DAYS = 5

/** A period as people say it: 2026-Q3 → 2026年第三季度. Words that are no period stay as they are. */
export function periodText(period: string): string {
  const [, year, part] = /^(\d{4})(?:-(H[12]|Q[1-4]|\d{2}))?$/.exec(period) ?? []
  if (!year) return period
  if (!part) return `${year}年`
  if (part.startsWith('H')) return `${year}年${part === 'H1' ? '上' : '下'}半年`
  if (part.startsWith('Q')) return `${year}年第${'一二三四'[Number(part[1]) - 1]}季度`
  return `${year}年${Number(part)}月`
}
