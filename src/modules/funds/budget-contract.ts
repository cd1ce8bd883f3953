import { z } from 'zod'
import type { Act } from '../../kernel/lifecycle/act.ts'
import { day, id, year } from '../../kernel/http/parse.ts'

/** What can be asked about the year's budget. Amounts are fen. */

const words = (most: number) => z.string().trim().max(most, `不能超过 ${most} 个字`)

export const proposeInput = z.object({ unitId: id, year })
export const adjustInput = z.object({ unitId: id, year, reason: words(500).min(4, '请写明调整的理由') })
export const linesInput = z.object({
  lines: z
    .array(
      z.object({
        direction: z.enum(['income', 'spending']),
        account: z
          .string()
          .trim()
          .regex(/^[45][0-9]{2,11}$/, '请选择收入或支出科目'),
        /** code of the project */
        project: words(40).nullish(),
        amountFen: z.number('请填写金额').int('金额最多到分').min(0, '金额不能是负数').max(100_000_000_000_00),
        note: words(200).nullish(),
      }),
    )
    .max(500),
})
export const budgetActInput = z.object({
  verb: z.enum(['提交', '撤回', '同意', '退回', '终止']),
  words: words(500).optional(),
  /** with the committee's 同意 */
  minutes: words(100).optional(),
  minutesOn: day.optional(),
  expected: z.string().max(30).optional(),
})
export const budgetQuery = z.object({ unitId: id, year })

/** A line with what it is called and what became of it. */
export interface BudgetLine {
  id: number
  accountCode: string
  accountName: string
  projectName: string | null
  projectCode: string | null
  amountFen: number
  /** last year's, or before the adjustment */
  beforeFen: number
  executedFen: number
  reservedFen: number
  leftFen: number
  note: string | null
}
interface BudgetStanding {
  income: BudgetLine[]
  spending: BudgetLine[]
  incomeOutsideFen: number
  spendingOutsideFen: number
}
export type BudgetState = 'draft' | 'committee' | 'audit' | 'approved' | 'dropped'
export interface BudgetVersion {
  id: number
  version: number
  /** of an adjustment */
  reason: string | null
  effectiveOn: string | null
  minutes: string | null
  minutesOn: string | null
  state: BudgetState
}
type Titled = BudgetVersion & { stateTitle: string }

/** The year's budget as its page shows it; an instant is a Date here and text once it has travelled. */
export interface BudgetYear<At = Date> {
  unitName: string
  accounts: { code: string; name: string; direction: 'income' | 'spending' }[]
  versions: Titled[]
  /** what the year began with and may be spent beside its income */
  carriedFen: number
  inForce: (BudgetStanding & { id: number; version: number }) | null
  open: (BudgetStanding & Titled & { acts: (Omit<Act, 'at'> & { at: At })[]; moves: string[] }) | null
  mayPrepare: boolean
}
