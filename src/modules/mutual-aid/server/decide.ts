import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { act, actsOf, writeAct } from '../../../kernel/lifecycle/act.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import type { ClaimMove, ClaimRow, SampleInput } from '../contract.ts'
import { appealBy, checkClaim, lockClaim, subjectOf } from './claims.ts'
import { claimLife } from './machine.ts'
import { planById } from './plans.ts'

const KIND = 'mutual-aid-claim'

/**
 * 初审 and 审批. The one who examined doesn't approve, nobody decides on the own claim, and a claim the machine doesn't pass is
 * agreed to only with words. An appeal that is granted goes to approval again; who decided before doesn't decide on it.
 * @throws Problem as `act`, 422 `own-claim` | `same-person` | `reasons-open` | `words-missing` | `above-claimed` | `nothing-to-pay`
 */
export async function moveClaim(
  tx: Tx,
  actor: Actor,
  claimId: number,
  move: ClaimMove,
  today: string,
): Promise<{ state: string }> {
  const claim = await lockClaim(tx, actor, claimId)
  const withdrawing = move.verb === '撤回'
  if (actor.personId === claim.personId && !withdrawing)
    throw refused('own-claim', '不能办理本人的申请，请由其他人办理。')
  if (withdrawing) return withdraw(tx, actor, claim)
  // Two claims of one member can't both use what is left of the period's cap.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mutual-aid:${claim.planId}:${claim.personId}`}, 0))`.execute(
    tx,
  )
  const acts = await actsOf(tx, KIND, claimId)
  const found = await checkClaim(tx, await planById(tx, claim.planId), claim)
  let { examinedFen, approvedFen } = claim
  if (move.verb === '同意') {
    const words = move.words?.trim()
    if (!found.passes && !words) {
      const open = found.findings
        .filter((finding) => !finding.holds)
        .map((finding) => `${finding.no}. ${finding.title}：${finding.text}`)
      throw refused('reasons-open', `机器核对还有不符合的地方：${open.join('；')}。确要同意，请写明理由。`, {
        words: '请写明同意的理由',
      })
    }
    const before = claim.state === 'examined' ? (claim.examinedFen ?? found.payout.fen) : found.payout.fen
    const sum = move.amountFen ?? before
    if (sum !== before && !words)
      throw refused('words-missing', '金额与上一步的不同，请写明理由。', { words: '请写明调整的理由' })
    if (sum > claim.ownFen && claim.ownFen > 0)
      throw refused('above-claimed', '批准的金额不能超过个人自付的金额。', { amountFen: '超过个人自付' })
    if (claim.state === 'filed') examinedFen = sum
    if (claim.state === 'examined') {
      const examiner = acts.findLast((done) => done.toState === 'examined')
      if (examiner?.actorId === actor.accountId) throw refused('same-person', '初审和审批须由两个人办理。')
      if (sum === 0)
        throw refused('nothing-to-pay', '批准的金额是 0 元。不补助的，请选“否决”并写明理由。', {
          amountFen: '请填写金额',
        })
      approvedFen = sum
    }
  }
  if (claim.state === 'appealed') {
    const decided = acts.filter((done) => done.toState === 'examined' || done.toState === 'refused')
    if (decided.some((done) => done.actorId === actor.accountId))
      throw refused('same-person', '原来办理这件申请的人不能决定申诉，请由另一个人办理。')
  }
  const { to } = await act(tx, actor, claimLife, subjectOf(claim), move.verb, {
    today,
    ...(move.words && { words: move.words }),
  })
  const adjusted = to === 'approved' && approvedFen !== found.payout.fen
  await sql`update mutual_aid.claim set state = ${to}, computed_fen = ${found.payout.fen}, examined_fen = ${examinedFen},
    approved_fen = ${to === 'approved' ? approvedFen : null},
    decided_on = ${to === 'approved' || to === 'refused' ? today : null}::date,
    adjustment = ${adjusted ? (move.words?.trim() ?? claim.adjustment) : claim.adjustment} where id = ${claimId}`.execute(
    tx,
  )
  if (to === 'examined' && examinedFen !== found.payout.fen && claim.state === 'filed')
    await sql`update mutual_aid.claim set adjustment = ${move.words!} where id = ${claimId}`.execute(tx)
  if (claim.state === 'appealed')
    await sql`update mutual_aid.appeal set outcome = ${to === 'examined' ? 'granted' : 'dismissed'}, decided_on = ${today}::date
      where claim_id = ${claimId}`.execute(tx)
  if (to === 'approved') await awaitPayment(tx, claim)
  return { state: to }
}

/** What an approved claim waits for: the second look, where its number was picked, and the money. */
async function awaitPayment(tx: Tx, claim: ClaimRow): Promise<void> {
  if (claim.sampled)
    await openTodo(tx, {
      ...todoOf(claim),
      kind: 'mutual-aid.sample',
      title: `待抽查复核：${claim.personName}的互助申请`,
    })
  await awaitMoney(tx, claim)
}

/** A claim that is granted and not paid stands on the desk. */
export const awaitMoney = (tx: Tx, claim: ClaimRow): Promise<unknown> =>
  openTodo(tx, { ...todoOf(claim), kind: 'mutual-aid.pay', title: `待支付：${claim.personName}的互助补助` })

const todoOf = (claim: ClaimRow) => ({
  objectKind: KIND,
  objectId: claim.id,
  unitId: claim.unitId,
  permission: 'mutual-aid.write',
  link: `/mutual-aid/claims/${claim.id}`,
})

async function withdraw(tx: Tx, actor: Actor, claim: ClaimRow): Promise<{ state: string }> {
  if (actor.personId !== claim.personId) await requirePermission(tx, actor, 'mutual-aid.write', claim.unitId)
  if (claim.state !== 'filed') throw refused('not-now', '已经初审的申请不能撤回，请联系工会。')
  await sql`update mutual_aid.claim set state = 'withdrawn' where id = ${claim.id}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: KIND, objectId: claim.id })
  await writeAct(tx, actor, {
    objectKind: KIND,
    objectId: claim.id,
    verb: '撤回',
    from: 'filed',
    to: 'withdrawn',
  })
  await audit(tx, actor, {
    action: 'mutual-aid.withdraw',
    objectKind: KIND,
    objectId: claim.id,
    unitId: claim.unitId,
    summary: `撤回互助申请（编号 ${claim.id}）`,
  })
  return { state: 'withdrawn' }
}

/**
 * Appeals against a refusal, once, within the days the plan gives.
 * @throws Problem 403 | 404, 422 `not-now` | `appeal-late`, 409 `appealed-already` | `resubmitted`
 */
export async function appeal(tx: Tx, actor: Actor, claimId: number, grounds: string, today: string): Promise<void> {
  const claim = await lockClaim(tx, actor, claimId)
  if (actor.personId !== claim.personId) await requirePermission(tx, actor, 'mutual-aid.write', claim.unitId)
  if (claim.state !== 'refused') throw refused('not-now', '只有不予补助的申请可以申诉。')
  const { rows } = await sql<{ appealed: boolean; again: boolean }>`
    select exists (select from mutual_aid.appeal where claim_id = ${claimId}) as appealed,
      exists (select from mutual_aid.claim where previous_id = ${claimId}) as again`.execute(tx)
  if (rows[0]!.appealed) throw conflict('appealed-already', '这件申请已经申诉过，一件申请申诉一次。')
  if (rows[0]!.again) throw conflict('resubmitted', '这件申请已经重新提交过，请在新的申请里办理。')
  const until = appealBy(await planById(tx, claim.planId), claim)
  if (until !== null && today > until)
    throw refused('appeal-late', `申诉应在 ${until} 前提出，现在已经过了期限。有新的材料，可以重新提交申请。`)
  await sql`insert into mutual_aid.appeal (claim_id, grounds, appealed_on, created_by)
    values (${claimId}, ${grounds}, ${today}::date, ${actor.accountId})`.execute(tx)
  await sql`update mutual_aid.claim set state = 'appealed' where id = ${claimId}`.execute(tx)
  await writeAct(tx, actor, {
    objectKind: KIND,
    objectId: claimId,
    verb: '申诉',
    from: 'refused',
    to: 'appealed',
    words: grounds,
  })
  const subject = subjectOf(claim)
  await openTodo(tx, {
    kind: claimLife.id,
    objectKind: KIND,
    objectId: claimId,
    unitId: claim.unitId,
    permission: 'mutual-aid.approve',
    title: `待决定申诉：${subject.title}`,
    link: subject.link,
  })
  await audit(tx, actor, {
    action: 'mutual-aid.appeal',
    objectKind: KIND,
    objectId: claimId,
    unitId: claim.unitId,
    summary: `对互助申请（编号 ${claimId}）提出申诉`,
  })
}

/**
 * The second look at a claim that was picked: sound, and it may be paid; a fault, and it goes back to approval.
 * @throws Problem 403 | 404, 422 `not-now` | `not-sampled` | `same-person` | `own-claim`
 */
export async function reviewSample(tx: Tx, actor: Actor, claimId: number, found: SampleInput): Promise<void> {
  const claim = await lockClaim(tx, actor, claimId)
  await requirePermission(tx, actor, 'mutual-aid.write', claim.unitId)
  if (!claim.sampled) throw refused('not-sampled', '这件申请没有被抽中复查。')
  if (claim.state !== 'approved') throw refused('not-now', '抽查在批准以后、支付以前进行。')
  if (actor.personId === claim.personId) throw refused('own-claim', '不能复查本人的申请，请由其他人办理。')
  const acts = await actsOf(tx, KIND, claimId)
  if (
    acts.some(
      (done) => done.actorId === actor.accountId && (done.toState === 'examined' || done.toState === 'approved'),
    )
  )
    throw refused('same-person', '初审、审批这件申请的人不能复查，请由另一个人办理。')
  await sql`insert into mutual_aid.sample_review (claim_id, outcome, words, created_by, created_name)
    values (${claimId}, ${found.outcome}, ${found.words}, ${actor.accountId}, ${actor.name})`.execute(tx)
  await closeTodo(tx, actor, { objectKind: KIND, objectId: claimId, kind: 'mutual-aid.sample' })
  const fault = found.outcome === 'fault'
  await writeAct(tx, actor, {
    objectKind: KIND,
    objectId: claimId,
    verb: '抽查',
    from: 'approved',
    to: fault ? 'examined' : 'approved',
    words: found.words,
  })
  if (fault) {
    await sql`update mutual_aid.claim set state = 'examined', approved_fen = null where id = ${claimId}`.execute(tx)
    await closeTodo(tx, actor, { objectKind: KIND, objectId: claimId })
    const subject = subjectOf(claim)
    await openTodo(tx, {
      kind: claimLife.id,
      objectKind: KIND,
      objectId: claimId,
      unitId: claim.unitId,
      permission: 'mutual-aid.approve',
      title: `抽查发现问题，待重新审批：${subject.title}`,
      link: subject.link,
    })
  }
  await audit(tx, actor, {
    action: 'mutual-aid.sample',
    objectKind: KIND,
    objectId: claimId,
    unitId: claim.unitId,
    summary: `抽查互助申请（编号 ${claimId}）：${fault ? '有问题' : '属实'}`,
  })
}
