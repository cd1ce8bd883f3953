import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import {
  EXIT_REASONS,
  GROUNDS,
  NOTICES,
  PLACES,
  PROOFS,
  RELATIONS,
  RESULTS,
  SOURCES,
  type HeldKind,
  type PayState,
  type Place,
  type Result,
  type Source,
  type SurvivorState,
} from './words.ts'

const text = (most: number) => z.string().trim().max(most, `不超过 ${most} 个字`)
const some = (what: string, most: number) => text(most).min(1, what)
const sum = (what: string, most: number) =>
  z.number(what).int(what).min(1, '金额要大于 0').max(most, '金额太大，请核对')
const fen = (what: string) => sum(what, 10_000_000_00)
const month = z.string('请选择月份').regex(/^\d{4}-(0[1-9]|1[0-2])$/, '请填写月份，例如 2026-03')

export const standardInput = z.object({
  unitId: id,
  grade: some('请填写标准档', 20),
  monthlyFen: fen('请填写每月标准'),
  validFrom: day,
  document: some('请写明文件名称和文号', 120),
})

export const survivorInput = z
  .object({
    unitId: id,
    name: some('请填写遗属姓名', 30),
    relation: z.enum(RELATIONS, '请选择与亡故职工的关系'),
    ground: z.enum(GROUNDS, '请选择供养的理由'),
    bornOn: day,
    place: z.enum(PLACES, '请选择居住地'),
    phone: text(30).optional(),
    address: text(120).optional(),
    grade: some('请选择标准档', 20),
    entitledFrom: day,
    untilOn: day.nullable().default(null),
    /** `2026-03`: the last month paid elsewhere, before the list was kept here. */
    paidThrough: month.nullable().default(null),
    deceased: z.object({
      /** The worker, where the roster still knows the person. */
      personId: z.number().int().positive().optional(),
      name: some('请填写亡故职工姓名', 30),
      bornOn: day.nullable().default(null),
      diedOn: day,
      wageFen: fen('请填写工资').nullable().default(null),
    }),
  })
  .refine((one) => !one.deceased.bornOn || one.deceased.diedOn >= one.deceased.bornOn, {
    path: ['deceased.diedOn'],
    message: '去世日期早于出生日期，请核对',
  })
  .refine((one) => one.entitledFrom >= one.deceased.diedOn, {
    path: ['entitledFrom'],
    message: '供养不能早于职工去世',
  })
  .refine((one) => one.untilOn === null || one.untilOn > one.entitledFrom, {
    path: ['untilOn'],
    message: '到期日期要晚于供养起始日期',
  })

export const roundInput = z.object({
  unitId: id,
  year: z.number('请填写年度').int().min(1990).max(2100),
  dueOn: day,
})
export const noticeInput = z.object({
  unitId: id,
  year: z.number().int(),
  /** Left out with `survivorIds`: everybody of the place who hasn't been told yet. */
  place: z.enum(PLACES).optional(),
  survivorIds: z.array(z.number().int().positive()).max(2000).optional(),
  notice: z.enum(NOTICES, '请选择通知方式'),
  noticedOn: day,
})
export const returnInput = z
  .object({
    returnedOn: day,
    proof: z.enum(PROOFS, '请选择认证方式'),
    result: z.enum(RESULTS, '请选择复核结果'),
    grade: text(20).optional(),
    /** A new limit, where school goes on. */
    untilOn: day.nullable().optional(),
    exitReason: z.enum(EXIT_REASONS).optional(),
    exitOn: day.optional(),
    words: text(200).optional(),
  })
  .refine((one) => one.result !== '退出供养' || one.exitReason !== undefined, {
    path: ['exitReason'],
    message: '请选择退出的原因',
  })
  .refine((one) => one.result !== '退出供养' || one.exitOn !== undefined, {
    path: ['exitOn'],
    message: '请填写发生的日期',
  })
  .refine((one) => one.result !== '调整标准' || Boolean(one.grade), { path: ['grade'], message: '请选择新的标准档' })
  .refine((one) => one.result !== '暂停' || Boolean(one.words), { path: ['words'], message: '请写明暂停的理由' })
export const exitInput = z.object({
  exitReason: z.enum(EXIT_REASONS, '请选择退出的原因'),
  exitOn: day,
  words: text(200).optional(),
})
export const closeRoundInput = z.object({ unitId: id, year: z.number().int() })
export const payInput = z.object({ unitId: id, month, source: z.enum(SOURCES, '请选择资金来源') })
export const paymentInput = z.object({ paidOn: day })
export const recoveryInput = z.object({ receivedOn: day })

/** What the employer handed over for its survivors, and what goes back to it. Amounts in fen. */
export const heldReceiptInput = z.object({
  unitId: id,
  amountFen: sum('请填写金额', 1_000_000_000_00),
  receivedOn: day,
  payer: some('请填写拨款单位', 60),
  reference: some('请填写拨款单或银行回单的编号', 60),
})
export const heldReturnInput = z.object({
  unitId: id,
  amountFen: sum('请填写金额', 1_000_000_000_00),
  returnedOn: day,
  payee: some('请填写收款单位', 60),
  reason: some('请写明退还的原因', 60),
})
export type HeldReceiptInput = z.output<typeof heldReceiptInput>
export type HeldReturnInput = z.output<typeof heldReturnInput>
export interface HeldMove {
  id: number
  kind: HeldKind
  /** above zero came in, below went out */
  amountFen: number
  onDay: string
  party: string
  reference: string | null
  payId: number | null
  voucherId: number
  voucherNo: string
  bookedName: string
}
export interface Held {
  heldFen: number
  /** approved lists that aren't paid yet */
  reservedFen: number
  rows: HeldMove[]
}

export interface Standard {
  id: number
  unitName: string
  grade: string
  monthlyFen: number
  validFrom: string
  document: string
}
export interface SurvivorRow {
  id: number
  unitId: number
  unitName: string
  personId: number
  name: string
  relation: string
  ground: string
  bornOn: string
  place: Place
  grade: string
  entitledFrom: string
  untilOn: string | null
  paidThrough: string | null
  state: SurvivorState
  endedOn: string | null
  endReason: string | null
  deceasedId: number
  deceasedName: string
  diedOn: string
  /** The last month paid, by these lists or before them. */
  lastPaid: string | null
  /** The age limit has been reached and nobody has looked. */
  overAge: boolean
}
export interface ReviewRow {
  id: number
  survivorId: number
  name: string
  deceasedName: string
  relation: string
  place: Place
  unitName: string
  year: number
  dueOn: string
  notice: string | null
  noticedOn: string | null
  remindedOn: string | null
  returnedOn: string | null
  proof: string | null
  result: Result
  words: string | null
  decidedBy: string | null
}
export interface Round {
  year: number
  dueOn: string
  closedOn: string | null
  people: number
  noticed: number
  returned: number
  suspended: number
  exits: number
  rows: ReviewRow[]
}
export interface PayLine {
  survivorId: number
  name: string
  deceasedName: string
  relation: string
  grade: string
  /** `2026-01` … each month paid by this line. */
  months: string[]
  amountFen: number
  recovered: boolean
}
export interface PayRow {
  id: number
  unitId: number
  unitName: string
  month: string
  source: Source
  state: PayState
  people: number
  totalFen: number
  paidOn: string | null
  voucherId: number | null
  voucherNo: string | null
  preparedBy: number
  preparedName: string
  approvedName: string | null
}
export interface PayDetail extends PayRow {
  lines: PayLine[]
  mine: boolean
  remarks: string[]
}
export interface SurvivorDetail extends SurvivorRow {
  deceasedBornOn: string | null
  wageFen: number | null
  phone: string | null
  address: string | null
  reviews: ReviewRow[]
  paid: { month: string; payId: number; paidOn: string | null; amountFen: number; recovered: boolean }[]
  /** Paid for months after the end, fen, and not come back yet. */
  overpaidFen: number
}

export type StandardInput = z.output<typeof standardInput>
export type SurvivorInput = z.output<typeof survivorInput>
export type RoundInput = z.output<typeof roundInput>
export type NoticeInput = z.output<typeof noticeInput>
export type ReturnInput = z.output<typeof returnInput>
export type ExitInput = z.output<typeof exitInput>
export type PayInput = z.output<typeof payInput>
