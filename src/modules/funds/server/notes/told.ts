import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { NoteTable } from '../../notes-contract.ts'
import type { Book } from '../journal/books.ts'

/** What the books say about one section of the notes. */
export interface Told {
  lines: string[]
  table?: NoteTable
  /** What usually is written, until somebody writes something else. */
  words?: string
}
export type Tell = (db: Db | Tx, book: Book, year: number) => Promise<Told>

export const yuan = (fen: number): string => `${formatYuan(fen)} 元`
export const money = (title: string) => ({ title, money: true as const })
