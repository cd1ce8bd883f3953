import type { ActRow } from '../../../web/shapes.ts'
import type { Cycle, Left, Programme, Rule, Tally, Terms } from '../contract.ts'
import { POOLS, STATES, type CycleState, type EntitlementState } from '../words.ts'

export interface ProgrammeDetail extends Programme {
  rules: Rule[]
  left: Left
}
export interface CycleDetail extends Cycle {
  terms: Terms
  left: Left
  publicity: {
    untilOn: string
    state: string
    objections: number
    unanswered: number
    upheld: number
    passed: boolean
  } | null
  acts: ActRow[]
}

type Tone = 'good' | 'warn' | 'bad' | 'info' | ''
const cycleTones: Record<CycleState, Tone> = {
  draft: 'warn',
  decided: 'info',
  published: 'info',
  approved: 'warn',
  paid: 'good',
  ended: '',
}
export const standing = (state: CycleState): { text: string; tone: Tone } => ({
  text: STATES[state],
  tone: cycleTones[state],
})
export const shareTones: Record<EntitlementState, Tone> = {
  proposed: 'info',
  withheld: 'bad',
  approved: 'warn',
  paid: 'good',
  refunded: 'bad',
  ended: '',
}

const wan = (fen: number): string =>
  fen >= 1_000_000_00
    ? `${(Math.floor(fen / 1_000_00) / 10).toLocaleString('zh-CN', { minimumFractionDigits: 1 })} 万元`
    : `${(fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })} 元`

/** 符合 214 人，缺资料 31，重复 3；需 42.8 万元，余额 40.0 万元 */
export const summary = (tally: Tally, left: Left): string =>
  `符合 ${tally.eligible} 人（${tally.families} 户），缺资料 ${tally.missing}，重复 ${tally.duplicate}，不符合 ${tally.refused}；需 ${wan(tally.needFen)}，余额 ${left.bankFen === null ? '未建账' : wan(left.leftFen)}`

const yuan = (fen: number): string => `${(fen / 100).toLocaleString('zh-CN')} 元`

/** A rule in sentences, for whoever reads it. */
export function termsInWords(terms: Terms): string[] {
  const amounts = [
    ...(terms.baseFen ? [`每${terms.byFamily ? '户' : '人'} ${yuan(terms.baseFen)}`] : []),
    ...Object.entries(terms.byCategory).map(([category, fen]) => `${category}另加 ${yuan(fen)}`),
    ...(terms.perHeadFen ? [`家庭每口人另加 ${yuan(terms.perHeadFen)}`] : []),
  ]
  return [
    `对象：${POOLS[terms.pool]}${terms.byFamily ? '，每户一份，由一人领取' : ''}`,
    ...(terms.memberMonths ? [`入会满 ${terms.memberMonths} 个月`] : []),
    ...(terms.categories.length ? [`困难类别：${terms.categories.join('、')}`] : []),
    ...(terms.incomeHundredths === null
      ? []
      : [`人均收入减刚性支出不超过当地低保标准的 ${terms.incomeHundredths / 100} 倍`]),
    ...(terms.tags.length ? [`身份：${terms.tags.join('、')}之一`] : []),
    ...(terms.freshMonths && (terms.pool === 'files' || terms.categories.length || terms.incomeHundredths !== null)
      ? [`家庭情况在 ${terms.freshMonths} 个月内核查过`]
      : []),
    ...(terms.apartMonths ? [`${terms.apartMonths} 个月内没有享受过本项目`] : []),
    ...(terms.oneANeed ? ['本人和家庭今年没有列入同类项目'] : []),
    ...(terms.papers.length ? [`材料：${terms.papers.join('、')}`] : []),
    `标准：${amounts.join('，')}`,
    ...(terms.perTimeFen === null ? [] : [`每次不超过 ${yuan(terms.perTimeFen)}`]),
    ...(terms.perYearFen === null ? [] : [`同类救助全年不超过 ${yuan(terms.perYearFen)}`]),
    `公示 ${terms.publicityDays} 个工作日`,
  ]
}
