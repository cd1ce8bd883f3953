import type { AccountClass } from './contract.ts'

/** What the server answers about balances and statements. Amounts are fen. */

export interface Balance {
  accountId: number
  code: string
  name: string
  class: AccountClass
  side: 'debit' | 'credit'
  /** on 1 January of the year asked about (or the opening of the book), debit positive */
  openingFen: number
  /** turnover of the year up to the day */
  debitFen: number
  creditFen: number
  /** at the end of the day, debit positive */
  balanceFen: number
}

/** A line of a statement: label as printed, amounts in fen by column. `total` lines are set off. */
export interface StatementLine {
  label: string
  indent?: true
  total?: true
  amounts: number[]
}

export interface Statement {
  /** 工会01表 资产负债表 */
  title: string
  form: string
  columns: string[]
  lines: StatementLine[]
}

export interface BalanceSheet extends Statement {
  /** assets; `lines` holds them and the other side one after the other */
  left: StatementLine[]
  right: StatementLine[]
}

/** An equation of the accounting rules, both sides in fen. */
export interface Identity {
  /** 1 to 7, with a letter for the parts */
  id: string
  label: string
  leftFen: number
  rightFen: number
  holds: boolean
  /** may differ without the books being wrong: shown, not counted as a fault */
  advisory?: true
  /** why they may differ, when the rules allow it */
  note?: string
}

/** A month's or a year's statements with the identities beside them. */
export interface Statements {
  unitName: string
  year: number
  month: number
  balanceSheet: BalanceSheet
  income: Statement
  identities: Identity[]
}
