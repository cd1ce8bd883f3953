import { z } from 'zod'
import { day } from '../../kernel/http/parse.ts'
import { monthInput } from './contract.ts'

/** What can be asked about published accounts, and what is answered. Amounts are integer fen. */
export const PUBLICATION_STATES = {
  draft: '草稿',
  submitted: '待批准',
  returned: '已退回',
  published: '公开中',
  ended: '已撤下',
} as const
export type PublicationState = keyof typeof PUBLICATION_STATES

export const publicationInput = monthInput.extend({ yearly: z.boolean().default(false), fromOn: day, untilOn: day })
export const publicationAct = z.object({
  verb: z.enum(['同意', '退回', '终止', '撤回'], '请选择办理方式'),
  words: z.string().trim().max(500, '不超过 500 个字').optional(),
  expected: z.string().max(20).optional(),
})

/** Accounts of a month or a year on their way to the board. */
export interface PublicationRow {
  id: number
  bookId: number
  unitId: number
  unitName: string
  year: number
  month: number
  yearly: boolean
  title: string
  body: string
  fromOn: string
  untilOn: string
  itemId: number | null
  askedBy: number
  askedName: string
  state: PublicationState
  /** Why it was sent back or taken down. */
  words: string | null
}
