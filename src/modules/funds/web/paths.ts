import { withQuery } from '../../../web/path.ts'

/** Addresses of the room, spelled once. */
export const fundsPath = {
  treasury: '/funds/overview',
  vouchers: '/funds/vouchers',
  newVoucher: '/funds/vouchers/new',
  voucher: (id: number) => `/funds/vouchers/${id}`,
  editVoucher: (id: number) => `/funds/vouchers/${id}/edit`,
  printVoucher: (id: number) => `/print/funds/vouchers/${id}`,
  ledgers: '/funds/ledgers',
  statements: '/funds/statements',
  printStatements: '/print/funds/statements',
  opening: '/funds/opening',
  forms: '/funds/forms',
  printForms: '/print/funds/forms',
  notes: '/funds/notes',
  printNotes: '/print/funds/notes',
  publication: (id: number) => `/funds/publications/${id}`,
  closing: '/funds/closing',
  bank: '/funds/bank',
  printReconciliation: (unit: number, account: string, on: string) =>
    withQuery('/print/funds/reconciliation', { unit, account, on }),
  till: '/funds/till',
  assets: '/funds/assets',
  advances: '/funds/advances',
  audits: '/funds/audits',
  audit: (id: number) => `/funds/audits/${id}`,
  outsiders: '/funds/outsiders',
  visits: '/funds/visits',
  visit: (id: number) => `/funds/visits/${id}`,
  visitedVoucher: (id: number, voucherId: number) => `/funds/visits/${id}/vouchers/${voucherId}`,
} as const

/** Where the record behind a voucher is shown; cards and depreciation stand in a list, without a page of their own. */
export const sourcePath = (source: string): string =>
  /^funds\/(assets|depreciation)\//.test(source) ? fundsPath.assets : `/${source}`

/** 记-03-001 */
export const numberText = (month: number, no: number | null): string =>
  no === null ? '未记账' : `记-${String(month).padStart(2, '0')}-${String(no).padStart(3, '0')}`
