import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import { ROLLS } from '../members/words.ts'
import { HOWS, SOURCES, type ROUND_STATES } from './words.ts'

const text = (most: number) => z.string().trim().max(most, `不超过 ${most} 个字`)
const some = (what: string, most: number) => text(most).min(1, what)
const oneOf = <Words extends Record<string, string>>(words: Words, sentence: string) =>
  z.enum(Object.keys(words) as [keyof Words & string, ...(keyof Words & string)[]], sentence)

export const roundInput = z
  .object({
    unitId: id,
    kind: z.enum(['festival', 'birthday'], '请选择慰问种类'),
    occasion: some('请选择节日', 20),
    title: some('请填写活动名称', 60),
    roll: oneOf(ROLLS, '请选择发放范围'),
    /** For `listed`: who exactly. */
    personIds: z.array(id).max(2000, '一次最多 2000 人').default([]),
    gift: some('请写明慰问品', 80),
    valueFen: z
      .number('请填写每份金额')
      .int('金额最多到分')
      .min(0, '金额不能是负数')
      .max(10_000_00, '每份不超过一万元，请核对'),
    startOn: day,
    untilOn: day,
    place: some('请写明领取地点', 60),
    source: oneOf(SOURCES, '请选择慰问品来源'),
    supplier: text(100).optional(),
    stockItemId: id.nullish(),
    perPerson: z.number('请填写每人数量').int('请填写整数').min(1, '至少 1 份').max(1000).default(1),
  })
  .refine((round) => round.untilOn >= round.startOn, { path: ['untilOn'], message: '截止日期不能早于开始日期' })
  .refine((round) => round.source !== 'stock' || round.stockItemId, {
    path: ['stockItemId'],
    message: '请选择库存物品',
  })
  .refine((round) => round.source !== 'request' || (round.supplier && round.valueFen > 0), {
    path: ['supplier'],
    message: '从账上采购的，请填写供应商和每份金额',
  })
  .refine((round) => round.roll !== 'listed' || round.personIds.length > 0, {
    path: ['personIds'],
    message: '请至少选择一人',
  })

export const openInput = z.object({ confirmed: z.boolean().default(false), overReason: text(100).optional() })

export const handOutInput = z
  .object({
    nos: z.array(z.number().int().positive()).max(500, '一次最多登记 500 份').default([]),
    /** What the person's phone shows. */
    code: z.string().trim().max(40).optional(),
    how: oneOf(HOWS, '请选择领取方式').default('self'),
    /** Who came instead, or who received the delivery; the person by default. */
    signedBy: text(30).optional(),
    on: day.optional(),
  })
  .refine((one) => one.nos.length > 0 || one.code, { path: ['nos'], message: '请填写领取号或扫描二维码' })
  .refine((one) => one.how !== 'substitute' || one.signedBy, { path: ['signedBy'], message: '请填写代领人' })

export const undoInput = z.object({ no: z.number().int().positive(), reason: some('请写明原因', 100) })
export const cancelInput = z.object({ reason: some('请写明取消的原因', 200) })

export const heatInput = z.object({
  unitId: id,
  onDay: day,
  post: some('请写明慰问岗位（工地）', 60),
  place: z.enum(['生产车间', '建筑工地', '户外岗位', '窗口岗位', '安保值守', '其他'], '请选择岗位类别'),
  ledBy: z.enum(['单位领导', '工会主席', '分会主席', '工会委员'], '请选择带队人'),
  goods: z
    .array(
      z.object({
        kind: z.enum(
          ['食品饮料', '防暑药品', '毛巾洗护', '饮水机', '电风扇', '其他降温设备', '其他'],
          '请选择物品类别',
        ),
        item: some('请填写物品名称', 40),
        quantity: z.number('请填写数量').int('请填写整数').min(1, '数量至少为 1').max(100_000),
        measure: text(10).optional(),
        /** From the union's store; its price then comes from there. */
        stockItemId: id.nullish(),
        costFen: z.number().int().min(0, '金额不能是负数').max(100_000_000).default(0),
      }),
    )
    .min(1, '请至少写一种物品')
    .max(30, '一次最多 30 种'),
})

export type RoundInput = z.output<typeof roundInput>
export type HandOutInput = z.output<typeof handOutInput>
export type HeatInput = z.output<typeof heatInput>

/** A round as the server answers it. */
export interface Round {
  id: number
  unitId: number
  unitName: string
  kind: 'festival' | 'birthday'
  occasion: string
  title: string
  roll: keyof typeof ROLLS
  gift: string
  valueFen: number
  startOn: string
  untilOn: string
  place: string
  source: keyof typeof SOURCES
  supplier: string | null
  stockItemId: number | null
  perPerson: number
  issued: number | null
  issuedFen: number | null
  returned: number | null
  requestId: number | null
  recordId: number | null
  overReason: string | null
  state: keyof typeof ROUND_STATES
  reason: string | null
  people: number
  taken: number
}

/** A line of its roster. */
export interface Entry {
  no: number
  personName: string
  unitName: string
  party: string
  state: 'waiting' | 'taken'
  how: string | null
  takenOn: string | null
  signedBy: string | null
  givenBy: string | null
}
