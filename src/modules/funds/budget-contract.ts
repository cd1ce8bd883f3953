import { z } from 'zod'
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
