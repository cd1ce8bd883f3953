/** What a union receives, as an officer says it; accounts follow 工会会计制度 附录1. */
export interface IncomeKind {
  title: string
  account: string
  /** 收入种类 of the ledger `funds.receipt`. */
  ledger: '拨缴经费' | '会费' | '上级补助' | '行政补助' | '捐赠' | '其他'
  /** Money with a purpose: asks for the project. */
  tied?: true
}

const kinds = {
  dues: { title: '会费', account: '401', ledger: '会费' },
  allocation: { title: '拨缴经费', account: '402', ledger: '拨缴经费' },
  subsidy: { title: '上级补助（一般）', account: '40301', ledger: '上级补助' },
  'tied-subsidy': { title: '上级补助（专项）', account: '40302', ledger: '上级补助', tied: true },
  employer: { title: '行政补助', account: '405', ledger: '行政补助' },
  interest: { title: '利息', account: '408', ledger: '其他' },
  donation: { title: '捐赠', account: '408', ledger: '捐赠' },
  other: { title: '其他收入', account: '408', ledger: '其他' },
} as const satisfies Record<string, IncomeKind>

export type IncomeKindId = keyof typeof kinds
export const INCOME_KINDS: Readonly<Record<IncomeKindId, IncomeKind>> = kinds
/** Received one by one; dues and the allocation have papers of their own. */
export const PLAIN_INCOME = ['subsidy', 'tied-subsidy', 'employer', 'interest', 'donation', 'other'] as const

export const ALLOCATION_WAYS = {
  direct: '单位直接拨缴（全额到账）',
  'passed-on': '税务代收转拨（只到本级部分）',
} as const
/** Why a member owes nothing in a month; the state of membership and the file of exemptions say so. */
export const EXEMPTIONS = {
  hardship: '特别困难减免',
  retired: '离退休',
  retained: '保留会籍',
  other: '其他减免',
} as const
export type Exemption = keyof typeof EXEMPTIONS
