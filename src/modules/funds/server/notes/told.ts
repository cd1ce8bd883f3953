import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { NoteTable } from '../../notes-contract.ts'
import type { BalanceSheet, Statement } from '../../statement-contract.ts'
import type { Book } from '../journal/books.ts'

/** What the books say about one section of the notes. */
export interface Told {
  lines: string[]
  table?: NoteTable
  /** What usually is written, until somebody writes something else. */
  words?: string
}
/** The year's two statements, read once for all sections. */
export interface Year {
  year: number
  /** `2026-11`: the last month of it that has begun */
  lastMonth: string
  sheet: BalanceSheet
  income: Statement
}
export type Tell = (db: Db | Tx, book: Book, year: Year) => Promise<Told>

/** A line of a statement by its label. @param column 0 is the first */
export const lineOf = (statement: Statement, label: string, column: 0 | 1): number =>
  statement.lines.find((line) => line.label === label)?.amounts[column] ?? 0

export const yuan = (fen: number): string => `${formatYuan(fen)} 元`
export const money = (title: string) => ({ title, money: true as const })
