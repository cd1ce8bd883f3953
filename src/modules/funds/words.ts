export { METHODS, type Method } from './spending-kinds.ts'
import type { AccountClass, ClosingMode, Profile, VoucherKind, VoucherState } from './contract.ts'

/** Chinese for what the journal calls by English names; screens, prints and refusals share it. */
export const KIND_WORDS: Readonly<Record<VoucherKind, string>> = {
  business: '业务',
  red: '红字冲销',
  correction: '更正',
  depreciation: '折旧',
  close: '期末结转',
  'year-close': '年末结转',
}
export const STATE_WORDS: Readonly<Record<VoucherState, string>> = {
  draft: '草稿',
  reviewed: '已审核',
  posted: '已记账',
}
export const CLASS_WORDS: Readonly<Record<AccountClass, string>> = {
  asset: '资产',
  liability: '负债',
  net: '净资产',
  income: '收入',
  expense: '支出',
}
export const FUND_WORDS = { tied: '专项', free: '非专项' } as const
export const PROFILE_WORDS: Readonly<Record<Profile, string>> = { normal: '一般工会', small: '小型工会' }
export const CLOSING_WORDS: Readonly<Record<ClosingMode, string>> = { monthly: '按月结转', yearly: '年末一次结转' }

/** Where a request for money stands, for its own screens and those of rooms that asked. */
export const REQUEST_WORDS = {
  draft: '待提交',
  submitted: '待审核',
  returned: '已退回修改',
  checked: '待审批',
  approved: '待付款',
  paid: '已付款',
  refused: '已否决',
  cancelled: '已终止',
} as const
