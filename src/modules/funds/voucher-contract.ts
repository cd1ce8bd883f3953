import type { AccountClass, ClosingMode, Profile, VoucherKind, VoucherState } from './contract.ts'

/** What the server answers about books and vouchers; amounts are fen. */
/** The book of one union with an account of its own. */
export interface Book {
  id: number
  unitId: number
  unitName: string
  unitCode: string
  /** first day of the first month kept here */
  openedOn: string
  profile: Profile
  closing: ClosingMode
  wideChart: boolean
  /** how many vouchers are posted */
  lastSeq: number
}

export interface Account {
  id: number
  code: string
  name: string
  /** with its parent's: 职工活动支出—会员活动支出 */
  fullName: string
  parentCode: string | null
  class: AccountClass
  side: 'debit' | 'credit'
  /** may be written on a voucher */
  usable: boolean
  /** in the table of grassroots unions */
  mainTable: boolean
  /** a detail of this book's own */
  own: boolean
  validTo: string | null
  /** debit positive, fen */
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
  /** keyset of the next page */
  key: string
}

export interface LedgerRow {
  voucherId: number
  line: number
  onDate: string
  month: number
  no: number
  kind: VoucherKind
  summary: string
  account: string
  counterparty: string | null
  project: string | null
  debitFen: number
  creditFen: number
  /** what stands on the account after this line, debit positive */
  balanceFen: number
  key: string
}

export interface LedgerPage {
  /** before the page's first line, debit positive */
  openingFen: number
  rows: LedgerRow[]
  /** null on the last page */
  next: string | null
}

export interface PostedVoucher {
  voucherId: number
  /** `记-05-002` */
  number: string
}

export interface Period {
  year: number
  month: number
  state: 'open' | 'closed'
  posted: number
  unposted: number
  closedAt: string | null
}

/** A line of a voucher. */
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
/** One voucher with its lines, invoices and the vouchers it belongs to. */
export interface Voucher<Instant = string> extends Omit<VoucherRow, 'key'> {
  bookId: number
  unitId: number
  unitName: string
  version: number
  reversesId: number | null
  correctsId: number | null
  reversedById: number | null
  preparedBy: number
  preparedAt: Instant
  reviewedAt: Instant | null
  approvedName: string | null
  cashierName: string | null
  postedAt: Instant | null
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

/** What was posted, and what the rules of cash remark about it. */
export interface Posted {
  posted: PostedVoucher[]
  remarks: string[]
}
