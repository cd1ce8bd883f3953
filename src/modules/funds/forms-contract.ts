import { z } from 'zod'
import { day } from '../../kernel/http/parse.ts'

/** Forms beside the statements that auditors ask for: 现金盘点, 代管经费, 投资 (工会会计制度 第三部分 101, 221, 151). */
export const formsQuery = z.object({ on: day })

/** A form as it is printed and written to a workbook; money columns hold integer fen, null stays to be filled by hand. */
export interface Form {
  id: 'cash' | 'entrusted' | 'investments'
  title: string
  lead: string
  columns: { title: string; money?: true }[]
  rows: (string | number | null)[][]
  /** Sentences below the table. */
  notes: string[]
  signatures: string[]
}
