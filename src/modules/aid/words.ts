/**
 * Kinds of programme. `need` is what it is given for: two programmes of one need are not both given in a year.
 * `account` is where its spending is booked (工会会计制度: 50405 送温暖, 50404 困难职工帮扶, 50105 会员活动).
 */
export const KINDS = {
  warmth: { title: '送温暖', need: 'warmth', account: '50405', ledger: 'warmth', festival: '日常' },
  spring: { title: '春节慰问', need: 'festival', account: '50405', ledger: 'warmth', festival: '春节' },
  festival: { title: '节日慰问', need: 'festival', account: '50105', ledger: 'warmth', festival: '日常' },
  heat: { title: '高温慰问', need: 'heat', account: '50405', ledger: 'warmth', festival: '日常' },
  living: { title: '生活救助', need: 'living', account: '50404', ledger: 'relief', programme: '日常救助' },
  medical: { title: '医疗救助', need: 'medical', account: '50404', ledger: 'relief', programme: '大病救助' },
  school: { title: '金秋助学', need: 'school', account: '50405', ledger: 'relief', programme: '金秋助学' },
  charity: { title: '爱心捐助', need: 'living', account: '50404', ledger: 'relief', programme: '定向募捐拨付' },
  internal: { title: '内部救济', need: 'living', account: '50404', ledger: 'relief', programme: '困难补助' },
} as const
export type Kind = keyof typeof KINDS
/** Names of those accounts. */
export const ACCOUNTS: Readonly<Record<string, string>> = {
  50105: '会员活动支出',
  50404: '困难职工帮扶支出',
  50405: '送温暖支出',
}
export const kindNames = Object.keys(KINDS) as [Kind, ...Kind[]]

/** Who is looked at: families on file, all members, or those who applied. */
export const POOLS = { files: '在档困难职工', members: '全体会员', applications: '提出申请的人' } as const
export type Pool = keyof typeof POOLS

/** 资金来源, as the ledgers of aid have it. */
export const SOURCES = [
  '财政帮扶资金',
  '上级工会补助',
  '本级工会经费',
  '行政拨付',
  '社会捐助',
  '困难补助基金',
  '职工捐款',
] as const

export const CATEGORIES = ['深度困难', '相对困难', '意外致困'] as const
export const STAGES = ['小学', '初中', '高中', '中职', '大学'] as const

export const STATES = {
  draft: '待拟定',
  decided: '已拟定名单',
  published: '公示中',
  approved: '已批准待发放',
  paid: '已发放',
  ended: '已终止',
} as const
export type CycleState = keyof typeof STATES

export const ENTITLEMENT_STATES = {
  proposed: '拟发放',
  withheld: '公示后移出',
  approved: '待发放',
  paid: '已发放',
  refunded: '已退回',
  ended: '批次终止',
} as const
export type EntitlementState = keyof typeof ENTITLEMENT_STATES

export const VERDICTS = { eligible: '符合', missing: '缺资料', duplicate: '重复', refused: '不符合' } as const
export type Verdict = keyof typeof VERDICTS

export const APPLICATION_STATES = {
  draft: '草稿',
  submitted: '已提交',
  returned: '已退回补正',
  withdrawn: '已撤回',
} as const
export const APPEAL_STATES = { open: '待答复', upheld: '申诉成立', dismissed: '维持原决定' } as const

/** How somebody who applied fared, as the ledger of applications says it. */
export const OUTCOMES = {
  eligible: '列入名单',
  withheld: '公示后移出',
  missing: '缺资料',
  returned: '退回后没有补齐',
  duplicate: '与同类救助重复',
  refused: '不符合条件',
} as const
