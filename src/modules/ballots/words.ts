import type { Kind, Rule } from './verdict/rule.ts'

export const KINDS: Readonly<Record<Kind, string>> = {
  election: '选举',
  motion: '表决',
  appraisal: '民主评议',
  satisfaction: '满意度测评',
}

export type Mode = 'hands' | 'paper' | 'named' | 'secret'
export const MODES: Readonly<Record<Mode, string>> = {
  hands: '举手表决',
  paper: '无记名投票（纸质票）',
  named: '记名表决',
  secret: '无记名电子投票',
}

export type VoteState = 'draft' | 'issuing' | 'closed' | 'void'
export const STATES: Readonly<Record<VoteState, string>> = {
  draft: '待发票',
  issuing: '投票、计票中',
  closed: '已有结果',
  void: '作废',
}

export const MARKS = { yes: '赞成', no: '不赞成', abstain: '弃权' } as const

export const OUTCOMES = {
  passed: '通过',
  failed: '未通过',
  elected: '选举成功',
  tied: '得票相等，须再次投票',
  short: '当选人不足',
  reported: '已统计',
  hidden: '票数过少，不公布',
  void: '无效',
} as const

export const ITEM_OUTCOMES = {
  elected: '当选',
  'not-elected': '未当选',
  tied: '票数相等',
  barred: '不得当选',
  passed: '通过',
  failed: '未通过',
  reported: '已统计',
  hidden: '不公布',
} as const

/** Channels a union uses; anything else is shown as it was named. */
const CHANNELS: Readonly<Record<string, string>> = {
  main: '会场',
  box: '流动票箱',
  booth: '电子投票',
  kiosk: '投票站电子票',
}
export const channelTitle = (channel: string): string => CHANNELS[channel] ?? channel

/** What a row of the sheet is marked with. */
export const marksOf = (rule: Pick<Rule, 'kind' | 'grades'>): readonly string[] =>
  rule.kind === 'election' || rule.kind === 'motion' ? Object.values(MARKS) : (rule.grades ?? [])
