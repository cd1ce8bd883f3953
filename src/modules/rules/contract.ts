import { z } from 'zod'
import { day, year } from '../../kernel/http/parse.ts'

export const rulesQuery = z.object({
  /** Cards in force on that day; today when left out. */
  on: day.optional(),
  subject: z.string().max(40).optional(),
})
export const ruleId = z.object({ id: z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,39}$/, '没有这条规则') })
export const deadlineQuery = z.object({ start: day })
export const confirmInput = z.object({
  documentNumber: z
    .string()
    .trim()
    .min(1, '请填写核对所依据的文件名称和文号')
    .max(120, '文号太长，请只写文件名称和文号'),
  words: z.string().trim().max(400, '请控制在 400 字以内').optional(),
})
export const withdrawInput = z.object({
  words: z.string().trim().min(1, '请写明撤回的原因').max(400, '请控制在 400 字以内'),
})

export const calendarQuery = z.object({ year })
export const calendarInput = z.object({
  days: z
    .array(
      z.object({
        day,
        kind: z.enum(['rest', 'work'], '请选择“放假”或“上班”'),
        name: z.string().trim().min(1, '请填写节日名称').max(20),
        source: z.string().trim().min(1, '请填写放假通知的文号').max(60),
        verification: z.enum(['text', 'quotation', 'memory']).default('quotation'),
      }),
    )
    .min(1, '请至少填写一天')
    .max(120, '一次最多 120 天'),
})
export const calendarDayParam = z.object({ day })
