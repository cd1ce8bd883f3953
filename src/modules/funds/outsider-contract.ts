import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'

/** People from outside: what can be asked and what is answered. */
export const OUTSIDER_KINDS = { audit: '外部审计', bookkeeping: '代理记账' } as const
export type OutsiderKind = keyof typeof OUTSIDER_KINDS

const words = (label: string, most: number) =>
  z.string(`请填写${label}`).trim().min(1, `请填写${label}`).max(most, `${label}不超过 ${most} 个字`)

export const outsiderInput = z
  .object({
    unitId: id,
    kind: z.enum(Object.keys(OUTSIDER_KINDS) as [OutsiderKind, ...OutsiderKind[]], '请选择种类'),
    /** The audit whose notice names the person. */
    auditId: id.nullish(),
    person: words('姓名', 40),
    firm: words('机构名称', 100),
    document: z.string().trim().max(200).default(''),
    /** Name to sign in with; an account of this person that exists already is used again. */
    login: words('登录名', 40),
    opensOn: day,
    closesOn: day,
  })
  .refine((input) => input.opensOn <= input.closesOn, { path: ['closesOn'], message: '不能早于开始日期' })
  .refine((input) => input.kind !== 'audit' || input.auditId, { path: ['auditId'], message: '请选择对应的审查' })
export const endInput = z.object({ words: words('收回的理由', 200) })

export const visitVouchersQuery = z.object({
  q: z.string().trim().max(60).default(''),
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
  after: z.string().max(40).optional(),
})
export const visitMonthQuery = z.object({ month: z.string('请选择月份').regex(/^\d{4}-\d{2}$/, '请选择月份') })

export interface Outsider {
  id: number
  bookId: number
  unitId: number
  unitName: string
  accountId: number
  kind: OutsiderKind
  auditId: number | null
  auditTitle: string | null
  person: string
  firm: string
  document: string
  booksFrom: string
  booksTo: string
  opensOn: string
  closesOn: string
  endedOn: string | null
  endedWords: string | null
  givenName: string
}
