import { addDays } from '../../kernel/calendar/days.ts'
import { payout, type Caps, type Costs, type Formula, type Payout } from './payout.ts'

/** What the machine holds a claim against before a person looks: every reason has its number, and all are said at once. */
export interface PlanRules {
  startsOn: string
  endsOn: string
  /** Days of illness after joining that aren't covered; none after an unbroken renewal, none for an accident. */
  waitingDays: number
  /** Days after the event within which a claim must be filed. */
  claimDays: number
  /** Causes the plan covers. */
  causes: readonly string[]
  /** Grades of hospital it accepts; empty: any. */
  hospitals: readonly string[]
  formula: Formula
  caps: Caps
}

export interface Enrolment {
  enrolledOn: string
  /** Continues the period before without a gap. */
  unbroken: boolean
  paidOn: string | null
}

export interface ClaimFacts {
  cause: string
  eventOn: string
  filedOn: string
  hospital: string
  excluded: boolean
  /** The same invoice stands on another claim. */
  invoiceUsed: boolean
  /** The same photo hangs on another claim. */
  pictureUsed: boolean
  /** Papers the plan asks for that are not attached. */
  missingPapers: readonly string[]
}

export interface Finding {
  no: number
  title: string
  holds: boolean
  text: string
}
export interface Checked {
  findings: Finding[]
  payout: Payout
  /** Everything holds, and there is something to pay. */
  passes: boolean
}

/** The machine's findings, in the order an examiner asks. A person decides; the machine never pays and never refuses for good. */
export function check(plan: PlanRules, enrolment: Enrolment | null, claim: ClaimFacts, costs: Costs): Checked {
  const findings: Finding[] = []
  const ask = (title: string, holds: boolean, no: string, yes = '符合'): void =>
    void findings.push({ no: findings.length + 1, title, holds, text: holds ? yes : no })
  const accident = claim.cause === '意外伤害'
  const covered = enrolment ? addDays(enrolment.enrolledOn, plan.waitingDays) : ''
  ask('参加并已缴费', Boolean(enrolment?.paidOn), enrolment ? '参加了但还没有缴费' : '这一期没有参加')
  ask(
    '在保障期内',
    claim.eventOn >= plan.startsOn && claim.eventOn <= plan.endsOn,
    `事情发生在 ${claim.eventOn}，不在 ${plan.startsOn} 至 ${plan.endsOn} 之内`,
  )
  ask(
    '过了等待期',
    accident || enrolment?.unbroken === true || (enrolment !== null && claim.eventOn >= covered),
    `首次参加有 ${plan.waitingDays} 天等待期，${covered || '参加后'}起的事情才能申请`,
    accident ? '意外伤害没有等待期' : '符合',
  )
  ask('属于保障范围', plan.causes.includes(claim.cause), `本计划不保障“${claim.cause}”`)
  ask('没有除外情形', !claim.excluded, '有自伤、犯罪、酒后驾驶等除外情形')
  ask(
    '医院符合要求',
    plan.hospitals.length === 0 || plan.hospitals.includes(claim.hospital),
    `要求${plan.hospitals.join('、')}，实际${claim.hospital || '未填写'}`,
  )
  ask(
    '在申请期限内',
    claim.filedOn <= addDays(claim.eventOn, plan.claimDays),
    `应在 ${addDays(claim.eventOn, plan.claimDays)} 前申请`,
  )
  ask(
    '票据没有用过',
    !claim.invoiceUsed && !claim.pictureUsed,
    claim.invoiceUsed ? '同一张票据已经用于另一件申请' : '上传的照片已经用于另一件申请',
  )
  ask('材料齐全', claim.missingPapers.length === 0, `还缺：${claim.missingPapers.join('、')}`)
  const paid = payout(plan.formula, plan.caps, costs)
  ask('有可补助的金额', paid.fen > 0, paid.steps.at(-1)?.text ?? '计算结果为 0')
  return { findings, payout: paid, passes: findings.every((finding) => finding.holds) }
}
