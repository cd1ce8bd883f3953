/** What the server answers about bank accounts, their statements and what agrees with the journal. Amounts are fen. */

export interface BankAccount {
  id: number
  code: string
  name: string
  bookFen: number
  /** Last day the bank's statements reach to, and what stood there. */
  statedTo: string | null
  statedFen: number | null
  openLines: number
  openEntries: number
}

/** One line of the bank's statement, from the account holder's side. */
export interface StatementLine {
  /** Row in the file, 1-based, as the officer sees it. */
  rowNo: number
  on: string
  /** What came in is positive, what went out negative; fen. */
  amountFen: number
  /** What the bank says stands on the account afterwards; null where its statement has no such column. */
  balanceFen: number | null
  summary: string
  party: string
  /** 流水号 or 凭证号. */
  reference: string
}

export interface Statement {
  lines: StatementLine[]
  /** Before the first and after the last line; null without a balance column. */
  openingFen: number | null
  closingFen: number | null
  /** Which column was read as what, for the preview. */
  columns: { header: string; as: string }[]
}

export interface Preview extends Statement {
  /** Lines the house has already, from an earlier import of overlapping days. */
  known: number
  /** What the last import ended with and this one doesn't begin with: a gap between the two. */
  gap: string | null
}

export interface Suggestion {
  statement: number[]
  journal: number[]
  /** sure: amount and number or amount and day, nothing else fits; likely: amount within days; check: somebody must look. */
  confidence: 'sure' | 'likely' | 'check'
  /** Said beside the suggestion. */
  reason: string
}

export interface OpenLine {
  id: number
  onDate: string
  amountFen: number
  summary: string
  party: string
  reference: string
}

export interface OpenEntry {
  /** voucher and line, as one word: 71.2 */
  key: string
  voucherId: number
  line: number
  no: number
  month: number
  onDate: string
  amountFen: number
  summary: string
  party: string
}

/** A suggestion as a screen knows its lines: by the key of each. */
export type Suggested = Omit<Suggestion, 'journal'> & { entries: string[] }
export interface Matching {
  lines: OpenLine[]
  entries: OpenEntry[]
  suggestions: Suggested[]
}

export interface Match {
  id: number
  reason: string
  madeName: string
  madeAt: string
  amountFen: number
  onDate: string
  summary: string | null
  vouchers: { id: number; month: number; no: number }[]
}

/** 银行存款余额调节表 as numbers: what each side lacks, and whether both then agree. */
export interface OpenItem {
  on: string
  text: string
  /** Positive came in, negative went out; fen. */
  amountFen: number
}

export interface Reconciliation {
  bookFen: number
  bankFen: number
  /** 银行已收，工会未收: raises the book's side. */
  bankReceived: OpenItem[]
  /** 银行已付，工会未付 */
  bankPaid: OpenItem[]
  /** 工会已收，银行未收: raises the bank's side. */
  bookReceived: OpenItem[]
  /** 工会已付，银行未付 */
  bookPaid: OpenItem[]
  adjustedBookFen: number
  adjustedBankFen: number
  /** 0 when they agree. */
  differenceFen: number
}

export interface ReconciliationTable extends Reconciliation {
  on: string
  account: { code: string; name: string }
  unitName: string
  /** The bank's balance on the day is known from its statement. */
  stated: boolean
}
