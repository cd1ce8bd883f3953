/** What the server answers about bank accounts. */
export interface BankAccount {
  id: number
  code: string
  name: string
  bookFen: number
  statedTo: string | null
  statedFen: number | null
  openLines: number
  openEntries: number
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
export interface Suggestion {
  statement: number[]
  entries: string[]
  confidence: 'sure' | 'likely' | 'check'
  reason: string
}
export interface Matching {
  lines: OpenLine[]
  entries: OpenEntry[]
  suggestions: Suggestion[]
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
export interface Preview {
  lines: {
    rowNo: number
    on: string
    amountFen: number
    balanceFen: number | null
    summary: string
    party: string
    reference: string
  }[]
  openingFen: number | null
  closingFen: number | null
  columns: { header: string; as: string }[]
  known: number
  gap: string | null
}
interface OpenItem {
  on: string
  text: string
  amountFen: number
}
export interface Reconciliation {
  on: string
  unitName: string
  account: { code: string; name: string }
  stated: boolean
  bookFen: number
  bankFen: number
  bankReceived: OpenItem[]
  bankPaid: OpenItem[]
  bookReceived: OpenItem[]
  bookPaid: OpenItem[]
  adjustedBookFen: number
  adjustedBankFen: number
  differenceFen: number
}
