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
  withdrawn: '已撤回',
} as const
export type ClaimState = keyof typeof STATES
