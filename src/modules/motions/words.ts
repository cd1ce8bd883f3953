/** Chinese words of motions and suggestions. The register's own choices (content categories) stay in the register. */

export const KINDS = { motion: '提案', bill: '议案', opinion: '意见' } as const
export type Kind = keyof typeof KINDS

export const CHANNELS = { before: '会前征集', during: '大会期间', between: '闭会期间' } as const
export type Channel = keyof typeof CHANNELS

export const SOURCES = {
  phone: '手机提交',
  desk: '电脑提交',
  paper: '书面提交',
  meeting: '座谈会',
  box: '意见箱',
} as const
export type Source = keyof typeof SOURCES

/** Tone of the tag follows whose turn it is: amber waits for the union, blue for others, green is done. */
export const MOTION_STATES = {
  draft: { title: '草稿', tone: '' },
  returned: { title: '退回修改', tone: 'warn' },
  received: { title: '待审查立案', tone: 'warn' },
  filed: { title: '已立案待交办', tone: 'warn' },
  handling: { title: '承办中', tone: 'info' },
  replied: { title: '待提案人评价', tone: 'info' },
  closed: { title: '已办结', tone: 'good' },
  rejected: { title: '不立案', tone: '' },
  settled: { title: '转作意见或并案', tone: '' },
  dropped: { title: '已放弃', tone: '' },
} as const
export type MotionState = keyof typeof MOTION_STATES

/** The bar of steps over a motion, in order. */
export const STEPS: readonly { title: string; states: readonly MotionState[] }[] = [
  { title: '撰写附议', states: ['draft', 'returned'] },
  { title: '审查立案', states: ['received', 'rejected', 'settled', 'dropped'] },
  { title: '交办', states: ['filed'] },
  { title: '承办答复', states: ['handling'] },
  { title: '提案人评价', states: ['replied'] },
  { title: '办结', states: ['closed'] },
]

export const VERDICTS = { satisfied: '满意', basically: '基本满意', dissatisfied: '不满意' } as const
export type Verdict = keyof typeof VERDICTS

export const OUTCOMES = ['已落实', '正在落实', '列入计划', '暂不具备条件'] as const
export const PARTS = { lead: '主办', joint: '协办' } as const
export const RUNGS = ['人工督办', '到期提醒', '逾期催办', '提请领导督办'] as const

export const SUGGESTION_KINDS = { suggestion: '合理化建议', idea: '金点子' } as const
export type SuggestionKind = keyof typeof SUGGESTION_KINDS
export const SUGGESTION_STATES = {
  received: { title: '待评审', tone: 'warn' },
  reviewing: { title: '评审中', tone: 'info' },
  adopted: { title: '已采纳待实施', tone: 'info' },
  implemented: { title: '已实施', tone: 'good' },
  declined: { title: '未采纳', tone: '' },
  withdrawn: { title: '已撤回', tone: '' },
} as const
export type SuggestionState = keyof typeof SUGGESTION_STATES

export const GRADES = ['一等奖', '二等奖', '三等奖', '优秀奖', '未获奖'] as const
export const MOTION_AWARDS = ['最佳提案', '优秀提案'] as const
export const UNIT_AWARD = '提案优秀组织单位'
export const JUDGE_ROLES = ['组长', '副组长', '成员'] as const

/** 六届三次第012号; between sessions 2026年闭会期间第003号. */
export const numberText = (series: string | null, number: number | null): string =>
  number === null ? '' : `${series}第${String(number).padStart(3, '0')}号`

export const stateTitle = (state: MotionState, mergedInto: number | null): string =>
  state === 'settled' ? (mergedInto ? '已并案' : '转作意见') : MOTION_STATES[state].title
