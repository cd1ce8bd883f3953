export const CAUSES = ['住院', '大病', '意外伤害', '身故', '女性特疾', '其他'] as const
export const HOSPITALS = ['一级', '二级', '三级', '未定级'] as const
export const PAPERS = [
  '申请表',
  '身份证复印件',
  '出院小结',
  '诊断证明',
  '费用发票或医保结算单',
  '银行卡复印件',
  '单位事故证明',
  '死亡证明',
] as const

export const STATES = {
  filed: '待初审',
  examined: '待审批',
  approved: '待支付',
  paid: '已支付',
  returned: '退回补正',
  refused: '不予补助',
  appealed: '申诉中',
  withdrawn: '已撤回',
} as const
export type ClaimState = keyof typeof STATES

/** Who holds the pool. */
export const KINDS = {
  organisation: '职工互助保障（交承办机构）',
  internal: '内部互助金（本级工会管理）',
  bought: '购买的保险（如安康保险）',
} as const
export type PlanKind = keyof typeof KINDS

/** Whom a plan is for. */
export const AUDIENCES = { active: '在职职工', women: '女职工', retired: '退休职工', all: '在职和退休职工' } as const
export type Audience = keyof typeof AUDIENCES

export const MOVEMENTS = {
  premium: '收缴互助金',
  receipt: '收到理赔拨款',
  handover: '上交互助金',
  claim: '支付补助',
  returned: '银行退汇',
} as const
