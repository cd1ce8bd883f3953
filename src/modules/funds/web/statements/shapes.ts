/** What the server answers about balances and statements. */
export interface Balance {
  accountId: number
  code: string
  name: string
  class: 'asset' | 'liability' | 'net' | 'income' | 'expense'
  openingFen: number
  debitFen: number
  creditFen: number
  balanceFen: number
}
export interface StatementLine {
  label: string
  indent?: true
  total?: true
  amounts: number[]
}
export interface Statement {
  title: string
  form: string
  columns: string[]
  lines: StatementLine[]
}
export interface Statements {
  unitName: string
  year: number
  month: number
  balanceSheet: Statement & { left: StatementLine[]; right: StatementLine[] }
  income: Statement
  identities: { id: string; label: string; leftFen: number; rightFen: number; holds: boolean; note?: string }[]
}
export interface LedgerRow {
  voucherId: number
  line: number
  onDate: string
  month: number
  no: number
  kind: string
  summary: string
  account: string
  counterparty: string | null
  project: string | null
  debitFen: number
  creditFen: number
  balanceFen: number
  key: string
}
export interface Period {
  year: number
  month: number
  state: 'open' | 'closed'
  posted: number
  unposted: number
  closedAt: string | null
}
