import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import { LEADERS, OCCASIONS, RELATIONS, STATUSES } from './words.ts'

const text = (most: number) => z.string().trim().max(most, `不超过 ${most} 个字`)
const some = (what: string, most: number) => text(most).min(1, what)
const fen = z.number('请填写金额').int().min(0, '金额不能是负数').max(100_000_000_00, '金额太大，请核对')

export const obligationInput = z.object({
  unitId: id,
  system: some('请写明制度名称，如 六必访', 20),
  occasion: z.enum(OCCASIONS, '请选择事由'),
  days: z.number('请填写天数').int().min(1, '至少 1 个工作日').max(90, '不超过 90 个工作日'),
  visitor: some('请写明由谁去', 40),
  document: text(80).optional(),
  from: day,
})

export const eventInput = z
  .object({
    personId: z.number('请选择职工').int().positive(),
    status: z.enum(STATUSES, '请选择职工状况').default('在职'),
    occasion: z.enum(OCCASIONS, '请选择事由'),
    relation: z.enum(RELATIONS, '请选择当事人与职工的关系').default('本人'),
    happenedOn: day,
    knownOn: day.optional(),
    place: text(80).optional(),
    note: text(500).optional(),
  })
  .refine((event) => !event.knownOn || event.knownOn >= event.happenedOn, {
    path: ['knownOn'],
    message: '得知日期不能早于发生日期',
  })

export const visitInput = z.object({
  visitedOn: day,
  amountFen: fen.default(0),
  gift: text(80).optional(),
  giftValueFen: fen.default(0),
  ledBy: z.enum(LEADERS, '请选择带队人'),
  visitors: some('请填写走访人', 100),
  followUp: text(500).optional(),
  /** The gift was bought for this visit, so its price is paid with the money; otherwise it came from stock. */
  giftBought: z.boolean().default(false),
  payee: some('请填写收款人', 60).optional(),
  method: z.enum(['transfer', 'cash'], '请选择付款方式').default('transfer'),
  /** None of the eight forbidden uses, confirmed by whoever records the visit. */
  confirmed: z.boolean().default(false),
  overReason: text(100).optional(),
  signedBy: some('请填写签收人', 30).optional(),
})

export const refundInput = z.object({
  on: day,
  amountFen: fen.min(1, '金额应大于零'),
  reason: some('请写明退回的原因', 100),
  payInto: z
    .string()
    .regex(/^10[12][0-9]*$/, '请选择现金或银行账户')
    .optional(),
})
export const receiptInput = z.object({ signedBy: some('请填写签收人', 30), on: day })

export const waiveInput = z.object({ reason: some('请写明不再走访的原因', 200) })

export const eventQuery = z.object({
  unitId: id,
  state: z.enum(['open', 'late', 'visited', 'waived']).optional(),
  cursor: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d_\d+$/)
    .optional(),
})

export type ObligationInput = z.output<typeof obligationInput>
export type EventInput = z.output<typeof eventInput>
export type RefundInput = z.output<typeof refundInput>
export type VisitInput = z.output<typeof visitInput>
