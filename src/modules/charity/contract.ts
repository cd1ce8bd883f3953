import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import { type Cause, CAUSES, FAMILY_AID, PUPIL_AID, SOCIETY_PURPOSES, USE_STATES } from './words.ts'

const text = (most: number) => z.string().trim().max(most, `不超过 ${most} 个字`)
const some = (what: string, most: number) => text(most).min(1, what)
const fen = z.number('请填写金额').int('金额最多到分').min(0, '金额不能是负数').max(100_000_000_00, '金额太大，请核对')

export const driveInput = z
  .object({
    unitId: id,
    cause: z.enum(Object.keys(CAUSES) as [Cause, ...Cause[]], '请选择募捐类别'),
    title: some('请填写募捐名称', 60),
    purpose: some('请写明款项用途', 100),
    beneficiary: text(60).optional(),
    targetFen: fen.min(1, '目标应大于零').nullish(),
    startOn: day,
    untilOn: day,
  })
  .refine((drive) => drive.untilOn >= drive.startOn, { path: ['untilOn'], message: '截止日期不能早于开始日期' })
  .refine((drive) => drive.cause !== 'society' || (SOCIETY_PURPOSES as readonly string[]).includes(drive.purpose), {
    path: ['purpose'],
    message: '面向社会的捐款，请从用途中选择',
  })

/** What each has given so far in the whole drive; 0 takes an entry back. */
export const giftsInput = z.object({
  on: day,
  gifts: z
    .array(z.object({ no: z.number().int().positive(), amountFen: fen }))
    .min(1, '请填写捐款')
    .max(500, '一次最多登记 500 人'),
})
export const depositInput = z.object({
  on: day,
  payInto: z
    .string()
    .regex(/^10[12][0-9]*$/, '请选择现金或银行账户')
    .default('102'),
})
export const useInput = z.object({
  what: some('请写明用于什么', 100),
  payee: some('请填写收款人', 60),
  amountFen: fen.min(1, '金额应大于零'),
})
export const useDecision = z
  .object({ granted: z.boolean(), words: text(200).optional() })
  .refine((one) => one.granted || one.words, { path: ['words'], message: '请写明不批准的理由' })
export const payInput = z.object({
  on: day,
  payFrom: z
    .string()
    .regex(/^10[12][0-9]*$/)
    .default('102'),
})
export const namedInput = z.object({ named: z.boolean() })

export const pairInput = z
  .object({
    unitId: id,
    kind: z.enum(['family', 'pupil'], '请选择结对类别'),
    helperId: z.number('请选择结对职工').int().positive(),
    familyId: id.nullish(),
    pupil: text(30).optional(),
    classroom: text(40).optional(),
    place: text(60).optional(),
    /** The paired family's agreement on paper. */
    consentOn: day,
    startOn: day,
  })
  .refine((pair) => pair.kind !== 'family' || pair.familyId, { path: ['familyId'], message: '请选择结对家庭（户主）' })
  .refine((pair) => pair.kind !== 'pupil' || pair.pupil, { path: ['pupil'], message: '请填写受助学生' })
  .refine((pair) => pair.consentOn <= pair.startOn, {
    path: ['consentOn'],
    message: '要先取得对方同意，同意日期不能晚于结对日期',
  })
export const pairAidInput = z.object({
  on: day,
  item: z.enum([...new Set([...FAMILY_AID, ...PUPIL_AID])], '请选择资助内容'),
  amountFen: fen.default(0),
})
export const endPairInput = z.object({ on: day, reason: some('请写明结束的原因', 100) })

export type DriveInput = z.output<typeof driveInput>
export type PairInput = z.output<typeof pairInput>

export interface DriveUse {
  id: number
  what: string
  payee: string
  amountFen: number
  state: keyof typeof USE_STATES
  askedName: string
  decidedName: string | null
  words: string | null
  paidOn: string | null
  voucherId: number | null
}
export interface DriveRow {
  id: number
  unitId: number
  unitName: string
  cause: Cause
  title: string
  purpose: string
  targetFen: number | null
  startOn: string
  untilOn: string
  state: 'open' | 'closed'
  /** on the roster, asked */
  people: number
  /** of them, who gave: n of m */
  donors: number
  givenFen: number
  depositedFen: number
  usedFen: number
  thankedOn: string | null
}
export interface DriveDetail extends DriveRow {
  beneficiary: string | null
  uses: DriveUse[]
  mayRun: boolean
  mayGrant: boolean
  mayPay: boolean
}
export interface DriveEntry {
  no: number
  personName: string
  unitName: string
  amountFen: number
  givenOn: string | null
}
export interface OwnDrive {
  id: number
  title: string
  purpose: string
  untilOn: string
  state: 'open' | 'closed'
  amountFen: number
  named: boolean | null
}
export interface PairRow {
  id: number
  unitName: string
  kind: 'family' | 'pupil'
  helperName: string
  partner: string
  startOn: string
  endOn: string | null
  endReason: string | null
  consentOn: string
  aids: { on: string; item: string; amountFen: number }[]
}
