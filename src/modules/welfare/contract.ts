import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import { CHECK_UP_ROLLS, PARTS, SCOPES } from './words.ts'

const text = (most: number) => z.string().trim().max(most, `不超过 ${most} 个字`)
const some = (what: string, most: number) => text(most).min(1, what)

export const checkUpInput = z
  .object({
    unitId: id,
    title: some('请填写体检名称', 60),
    scope: z.enum(SCOPES, '请选择体检范围'),
    hospital: some('请填写体检机构', 60),
    roll: z.enum(CHECK_UP_ROLLS, '请选择应检人员'),
    personIds: z.array(id).max(2000, '一次最多 2000 人').default([]),
    startOn: day,
    untilOn: day,
    costFen: z
      .number('请填写每人费用')
      .int('金额最多到分')
      .min(0, '金额不能是负数')
      .max(100_000_00, '金额太大，请核对')
      .default(0),
    note: text(200).optional(),
    slots: z
      .array(
        z.object({
          onDay: day,
          part: z.enum(PARTS, '请选择上午或下午'),
          places: z.number('请填写人数').int('请填写整数').min(1, '至少 1 人').max(10_000, '人数太多，请核对'),
        }),
      )
      .min(1, '请至少安排一个时段')
      .max(120, '时段太多'),
  })
  .refine((one) => one.untilOn >= one.startOn, { path: ['untilOn'], message: '结束日期不能早于开始日期' })
  .refine((one) => one.slots.every((slot) => slot.onDay >= one.startOn && slot.onDay <= one.untilOn), {
    path: ['slots'],
    message: '时段要在体检日期之内',
  })
  .refine((one) => new Set(one.slots.map((slot) => slot.onDay + slot.part)).size === one.slots.length, {
    path: ['slots'],
    message: '同一天的上午或下午只写一次，请合并人数',
  })
  .refine((one) => one.roll !== 'listed' || one.personIds.length > 0, {
    path: ['personIds'],
    message: '请至少选择一人',
  })

/** Without a number it is the person's own booking; without a slot it is given up. */
export const bookingInput = z.object({ slotId: id.nullable(), no: z.number().int().positive().optional() })
export const attendanceInput = z.object({
  nos: z.array(z.number().int().positive()).min(1, '请选择已到的人').max(500, '一次最多登记 500 人'),
  on: day,
  /** The clinic advised a second look. There is no field for why, and none may be added. */
  followUp: z.boolean().default(false),
})
export const reminderInput = z.object({ no: z.number().int().positive(), on: day })
export const reasonInput = z.object({ reason: some('请写明原因', 200) })

export type CheckUpInput = z.output<typeof checkUpInput>

export interface Slot {
  id: number
  onDay: string
  part: (typeof PARTS)[number]
  places: number
  taken: number
}
export interface CheckUpRow {
  id: number
  unitId: number
  unitName: string
  title: string
  scope: string
  hospital: string
  startOn: string
  untilOn: string
  costFen: number
  note: string | null
  state: 'draft' | 'open' | 'closed' | 'cancelled'
  reason: string | null
  people: number
  booked: number
  attended: number
}
export interface CheckUpDetail extends CheckUpRow {
  slots: Slot[]
  mayRun: boolean
}
export interface CheckUpEntry {
  no: number
  personName: string
  unitName: string
  status: string
  slotId: number | null
  slot: string | null
  attendedOn: string | null
  followUp: boolean | null
  remindedOn: string | null
}
export interface OwnCheckUp {
  id: number
  title: string
  hospital: string
  startOn: string
  untilOn: string
  note: string | null
  state: 'open' | 'closed'
  slotId: number | null
  slot: string | null
  attendedOn: string | null
  /** Told to the person alone. */
  followUp: boolean | null
  slots: Slot[]
}
