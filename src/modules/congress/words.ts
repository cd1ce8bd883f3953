import { chineseOrdinal } from '../../kernel/documents/model.ts'
import { OUTCOMES } from '../ballots/words.ts'

/** Staff congress and members' congress: two bodies with their own terms, delegates, votes and records. */
export type Body = 'staff' | 'members'
export const BODIES: Readonly<Record<Body, string>> = { staff: '职工代表大会', members: '会员代表大会' }

export type Kind = 'staff-congress' | 'teachers-congress' | 'staff-assembly' | 'members-congress' | 'members-assembly'
export const KINDS: Readonly<Record<Kind, string>> = {
  'staff-congress': '职工代表大会',
  'teachers-congress': '教职工代表大会',
  'staff-assembly': '职工大会',
  'members-congress': '会员代表大会',
  'members-assembly': '会员大会',
}
export const bodyOf = (kind: Kind): Body => (kind.startsWith('members') ? 'members' : 'staff')

export type Category = 'front-line' | 'technical' | 'manager' | 'leader'
export const CATEGORIES: Readonly<Record<Category, string>> = {
  'front-line': '一线职工',
  technical: '技术和一般管理人员',
  manager: '中层管理人员',
  leader: '领导人员',
}

export type PanelKind = 'delegation' | 'committee' | 'presidium'
export const PANELS: Readonly<Record<PanelKind, string>> = {
  delegation: '代表团（组）',
  committee: '专门小组',
  presidium: '主席团',
}

export type Form = 'session' | 'preparatory' | 'joint'
export const FORMS: Readonly<Record<Form, string>> = {
  session: '正式会议',
  preparatory: '预备会议',
  joint: '团（组）长联席会议',
}

export type SessionState = 'preparing' | 'open' | 'closed' | 'cancelled'
export const SESSION_STATES: Readonly<Record<SessionState, string>> = {
  preparing: '筹备中',
  open: '会议中',
  closed: '已闭会',
  cancelled: '已取消',
}

/** What the congress does with an item: only 审议通过 and 民主选举 decide, and only by a vote. */
export type Duty = 'hear' | 'advise' | 'pass' | 'supervise' | 'elect' | 'appraise'
export const DUTIES: Readonly<Record<Duty, string>> = {
  hear: '听取报告',
  advise: '审议建议',
  pass: '审议通过',
  supervise: '审查监督',
  elect: '民主选举',
  appraise: '民主评议',
}

/** As the register of heard and passed documents names them. */
export const PAPER_KINDS = [
  '行政工作报告',
  '财务报告',
  '业务招待费使用情况报告',
  '工会工作报告',
  '提案处理情况报告',
  '工资与绩效办法',
  '岗位聘任办法',
  '职工安置方案',
  '规章制度',
  '改革与重组方案',
  '集体合同草案',
  '发展规划与年度计划',
  '其他',
] as const

export type ItemOutcome = 'heard' | 'discussed' | 'passed' | 'failed' | 'elected' | 'reported'
export const ITEM_OUTCOMES: Readonly<Record<ItemOutcome, string>> = {
  heard: '已听取',
  discussed: '已审议',
  passed: OUTCOMES.passed,
  failed: OUTCOMES.failed,
  elected: '选举完成',
  reported: '评议完成',
}

export type AgreementKind = 'collective' | 'wage' | 'women' | 'safety'
export const AGREEMENTS: Readonly<Record<AgreementKind, string>> = {
  collective: '集体合同',
  wage: '工资专项集体合同',
  women: '女职工权益保护专项集体合同',
  safety: '劳动安全卫生专项集体合同',
}

export type How = 'number' | 'card' | 'desk' | 'phone'
export const HOWS: Readonly<Record<How, string>> = {
  number: '报号',
  card: '会员卡',
  desk: '签到台',
  phone: '手机',
}

export type Disposition = 'adopted' | 'partly' | 'declined'
export const DISPOSITIONS: Readonly<Record<Disposition, string>> = {
  adopted: '采纳',
  partly: '部分采纳',
  declined: '未采纳',
}

/** 十届一次职工代表大会 */
export const sessionTitle = (kind: Kind, ordinal: number, number: number): string =>
  `${chineseOrdinal(ordinal)}届${chineseOrdinal(number)}次${KINDS[kind]}`

/** 源头参与和民主监督, as its register names them. */
export const PROJECT_KINDS = ['采购与招标监督', '绩效工资监督', '人事制度改革', '涉及职工利益的领导机构'] as const
export const RIGHTS = ['知情权', '参与权', '表达权', '监督权'] as const
export const STAGES = ['源头参与', '过程监督', '争议调解'] as const
export const OPINION_OUTCOMES = ['采纳', '部分采纳', '未采纳'] as const
