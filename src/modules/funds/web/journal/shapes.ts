import type { AccountClass, ClosingMode, Profile, VoucherKind, VoucherState } from '../../contract.ts'

/** What the server answers about books and vouchers. */
export interface Book {
  id: number
  unitId: number
  unitName: string
  openedOn: string
  profile: Profile
  closing: ClosingMode
}
export interface Account {
  code: string
  name: string
  fullName: string
  class: AccountClass
  side: 'debit' | 'credit'
  usable: boolean
  balanceFen: number
}
export interface Project {
  projectId: number
  code: string
  name: string
  fundKind: 'tied' | 'free'
  finishedOn: string | null
  balanceFen: number
}
export interface VoucherRow {
  id: number
  onDate: string
  year: number
  month: number
  no: number | null
  kind: VoucherKind
  state: VoucherState
  summary: string
  totalFen: number
  attachments: number
  source: string | null
  preparedName: string
  reviewedName: string | null
  postedName: string | null
  returned: string | null
  key: string
}
export interface Entry {
  line: number
  account: string
  accountName: string
  debitFen: number
  creditFen: number
  project: string | null
  projectName: string | null
  economicClass: string | null
  spendingKind: 'basic' | 'project' | null
  counterparty: string | null
  summary: string
}
export interface Voucher extends Omit<VoucherRow, 'key'> {
  bookId: number
  unitId: number
  unitName: string
  version: number
  reversesId: number | null
  correctsId: number | null
  reversedById: number | null
  preparedBy: number
  preparedAt: string
  reviewedAt: string | null
  approvedName: string | null
  cashierName: string | null
  postedAt: string | null
  seq: number | null
  hash: string | null
  entries: Entry[]
  invoices: {
    number: string
    amountFen: number | null
    issuedOn: string | null
    seller: string | null
    released: boolean
  }[]
}
