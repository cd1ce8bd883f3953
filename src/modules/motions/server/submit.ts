import { sql } from 'kysely'
import type { z } from 'zod'
import { mayAnywhere, requirePermission } from '../../../kernel/access/access.ts'
import { byPart, type Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { forbidden, notFound, Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import type { motionChange, MotionInput, slipInput } from '../contract.ts'
import { callOf, practiceOf } from './calls.ts'
import { linkOf, lockMotion, step, tellMover, unchanged, type Motion } from './load.ts'
import { accountOf, homeOf } from './seeing.ts'

/** What acts for a slip in a box without sign-in: nobody. */
const box: Actor = { accountId: 0, personId: null, name: '意见箱', office: '匿名投递', grants: [], kind: 'system' }

/**
 * Writes down a motion or an opinion: one's own, or, for the motions group, somebody else's paper, words of a meeting or
 * a slip from the box (which may have no name). A draft unless it is to be submitted at once.
 * @throws Problem 403, 404, 422 `mover-missing` | `no-such-person` and those of `submit`
 */
export async function createMotion(tx: Tx, actor: Actor, draft: MotionInput, today: string): Promise<number> {
  const where = await placeOf(tx, actor, draft)
  const call = await callOf(tx, where.unitId, draft.callId ?? null)
  const { rows } = await sql<{ id: number }>`
    insert into motions.motion (unit_id, call_id, session, source, kind, category, title, body, remedy, mover_id, mover_unit_id,
      delegation, received_on, created_by)
    values (${where.unitId}, ${call?.id ?? null}, ${call?.session ?? null}, ${draft.source}, ${draft.kind}, ${draft.category || null},
      ${draft.title}, ${draft.body}, ${draft.remedy || null}, ${where.moverId}, ${where.moverUnitId}, ${where.delegation},
      ${where.onBehalf ? (draft.receivedOn ?? today) : null}, ${actor.accountId}) returning id`.execute(tx)
  const { id } = rows[0]!
  await audit(tx, actor, {
    action: 'motions.create',
    objectKind: 'motion',
    objectId: id,
    unitId: where.unitId,
    summary: `撰写${draft.kind === 'opinion' ? '意见' : '提案'}“${draft.title}”`,
  })
  const seconders = draft.seconderIds.filter((personId) => personId !== where.moverId)
  if (seconders.length) await askSeconders(tx, actor, id, seconders, where.onBehalf ? today : null)
  // An opinion needs nobody beside it and goes at once; so does what an officer copies from paper.
  if (draft.submit || draft.kind === 'opinion') await submitMotion(tx, actor, id, today)
  return id
}

interface Place {
  unitId: number
  moverId: number | null
  moverUnitId: number | null
  delegation: string | null
  onBehalf: boolean
}

async function placeOf(tx: Tx, actor: Actor, draft: MotionInput): Promise<Place> {
  const onBehalf = draft.moverId !== undefined || draft.unitId !== undefined
  if (!onBehalf) {
    if (!mayAnywhere(actor, 'motions.submit')) throw forbidden('提交提案、意见和合理化建议')
    const home = actor.personId === null ? null : await homeOf(tx, actor.personId)
    if (!home || actor.personId === null)
      throw refused('mover-missing', '您的账号没有对应的会员，不能以本人名义提交。请选择单位并填写提案人。')
    return {
      unitId: home.unitId,
      moverId: actor.personId,
      moverUnitId: home.personUnitId,
      delegation: home.name,
      onBehalf: false,
    }
  }
  const mover = draft.moverId ? await homeOf(tx, draft.moverId) : null
  const unitId = draft.unitId ?? mover?.unitId
  if (!unitId) throw notFound('单位')
  await requirePermission(tx, actor, 'motions.sort', unitId, 'motions.read')
  if (draft.moverId && mover?.unitId !== unitId)
    throw refused('no-such-person', '提案人不在本单位花名册里，请重新选择。', { moverId: '请从本单位花名册选择' })
  if (!draft.moverId && draft.kind !== 'opinion')
    throw refused('mover-missing', '提案要有提案人；没有署名的请登记为“意见”。', {
      moverId: '请选择提案人，或把种类改为意见',
    })
  return {
    unitId,
    moverId: draft.moverId ?? null,
    moverUnitId: mover?.personUnitId ?? null,
    delegation: mover?.name ?? null,
    onBehalf: true,
  }
}

/** A slip dropped through a box's code, without sign-in. @throws Problem 404, 429 `box-full` */
export async function dropSlip(tx: Tx, code: string, slip: z.output<typeof slipInput>, today: string): Promise<void> {
  const { rows } = await sql<{ unitId: number }>`
    select unit_id as "unitId" from motions.box where code = ${code} and closed_on is null for update`.execute(tx)
  if (!rows[0]) throw notFound('意见箱')
  const { unitId } = rows[0]
  // One box can't be stuffed by a script in an afternoon; a real one holds less.
  const { rows: fill } = await sql<{ n: number }>`
    select count(*)::int as n from motions.motion where unit_id = ${unitId} and source = 'box' and received_on = ${today}::date`.execute(
    tx,
  )
  if (fill[0]!.n >= 200) throw new Problem(429, 'box-full', '今天的意见箱已经满了，请明天再投，或交给工会干部。')
  const { rows: made } = await sql<{ id: number }>`
    insert into motions.motion (unit_id, source, kind, category, title, body, received_on, created_by)
    values (${unitId}, 'box', 'opinion', ${slip.category || null}, ${slip.title}, ${slip.body}, ${today}, 0) returning id`.execute(
    tx,
  )
  const motion = await lockMotion(tx, box, made[0]!.id)
  await step(tx, box, motion, '提交', { today }, { receivedOn: today })
}

/** The motion of which the actor is the mover, or which the actor wrote down for somebody. @throws Problem 403, 404 */
async function ownMotion(tx: Tx, actor: Actor, id: number): Promise<Motion> {
  const motion = await lockMotion(tx, actor, id)
  const mine = motion.moverId !== null && motion.moverId === actor.personId
  if (!mine && motion.createdBy !== actor.accountId && actor.kind === 'person')
    throw new Problem(403, 'not-yours', '只有提案人本人可以这样做。')
  return motion
}

const open = (motion: Motion): boolean => motion.state === 'draft' || motion.state === 'returned'

/** Changes a draft, or one that was sent back. Seconders who agreed to other words are asked again. */
export async function changeMotion(
  tx: Tx,
  actor: Actor,
  id: number,
  change: z.output<typeof motionChange>,
): Promise<void> {
  const motion = await ownMotion(tx, actor, id)
  unchanged(motion, change.version)
  if (!open(motion)) throw refused('not-now', '提案已经提交，不能再修改。需要修改的请先撤回。')
  const call = await callOf(tx, motion.unitId, change.callId ?? null)
  await sql`update motions.motion set title = ${change.title}, body = ${change.body}, remedy = ${change.remedy || null},
      category = ${change.category || null}, kind = ${change.kind}, call_id = ${call?.id ?? null}, session = ${call?.session ?? null},
      version = version + 1 where id = ${id}`.execute(tx)
  const reworded =
    change.title !== motion.title || change.body !== motion.body || (change.remedy || null) !== motion.remedy
  if (reworded) {
    const { rows } = await sql<{ personId: number }>`
      update motions.seconder set agreed = null, answered_on = null where motion_id = ${id} and agreed
      returning person_id as "personId"`.execute(tx)
    for (const { personId } of rows) await askToSecond(tx, { ...motion, title: change.title }, personId)
  }
}

/** Asks people of the union to second a draft. @throws Problem 422 `no-such-person` */
export async function inviteSeconders(tx: Tx, actor: Actor, id: number, personIds: readonly number[]): Promise<void> {
  const motion = await ownMotion(tx, actor, id)
  if (!open(motion)) throw refused('not-now', '提案已经提交，不能再邀请附议人。')
  if (personIds.includes(motion.moverId ?? 0))
    throw refused('seconder-is-mover', '提案人不能附议自己的提案。', { personIds: '请选择其他职工' })
  await askSeconders(tx, actor, id, personIds, null)
}

/** @param agreedOn set when their signatures stand on the paper already */
async function askSeconders(
  tx: Tx,
  actor: Actor,
  id: number,
  personIds: readonly number[],
  agreedOn: string | null,
): Promise<void> {
  const { rows: near } = await sql<{ n: number }>`
    select count(*)::int as n from members.person p join organisation.unit u on u.id = p.unit_id
      join motions.motion m on m.id = ${id} where p.id = any(${personIds}::bigint[]) and p.kind = 'member' and coalesce(u.layer_id, u.id) = m.unit_id`.execute(
    tx,
  )
  if (near[0]!.n !== new Set(personIds).size)
    throw refused('no-such-person', '附议人里有人不在本单位花名册里，请重新选择。', {
      personIds: '请从本单位花名册选择',
    })
  const { rows } = await sql<{ personId: number }>`
    insert into motions.seconder (motion_id, person_id, agreed, answered_on)
    select ${id}, person_id, ${agreedOn === null ? null : true}::boolean, ${agreedOn}::date from unnest(${personIds}::bigint[]) as person_id
    on conflict do nothing returning person_id as "personId"`.execute(tx)
  if (agreedOn) return
  const motion = await lockMotion(tx, actor, id)
  for (const { personId } of rows) await askToSecond(tx, motion, personId)
}

async function askToSecond(tx: Tx, motion: Motion, personId: number): Promise<void> {
  const accountId = await accountOf(tx, personId)
  if (accountId === null) return
  await openTodo(tx, {
    kind: `motions.second:${personId}`,
    objectKind: 'motion',
    objectId: motion.id,
    unitId: motion.unitId,
    accountId,
    title: `请附议：${motion.title}`,
    link: linkOf(motion.id),
  })
}

/** Answers a request to second. @throws Problem 404 for whoever wasn't asked, 422 `answered` */
export async function second(tx: Tx, actor: Actor, id: number, agreed: boolean, today: string): Promise<void> {
  const motion = await lockMotion(tx, actor, id)
  if (!mayAnywhere(actor, 'motions.second')) throw forbidden('附议提案')
  const { rows } = await sql<{ agreed: boolean | null }>`
    select agreed from motions.seconder where motion_id = ${id} and person_id = ${actor.personId ?? 0}`.execute(tx)
  if (!rows[0]) throw refused('not-asked', '没有人请您附议这份提案。')
  if (rows[0].agreed !== null) throw refused('answered', '您已经答复过了。')
  if (!open(motion)) throw refused('not-now', '提案已经提交，不再需要附议。')
  await sql`update motions.seconder set agreed = ${agreed}, answered_on = ${today}
    where motion_id = ${id} and person_id = ${actor.personId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'motion', objectId: id, kind: `motions.second:${actor.personId}` })
  await writeAct(tx, actor, {
    objectKind: 'motion',
    objectId: id,
    verb: agreed ? '附议' : '不附议',
    from: null,
    to: null,
  })
  await audit(tx, actor, {
    action: 'motions.second',
    objectKind: 'motion',
    objectId: id,
    unitId: motion.unitId,
    summary: `${agreed ? '附议' : '不附议'}“${motion.title}”`,
  })
  await tellMover(tx, actor, motion, `${actor.name}${agreed ? '附议了' : '没有附议'}“${motion.title}”`)
}

/**
 * Hands a draft to the motions group. From here on it counts.
 * @throws Problem 403, 404, 422 `seconders-missing` | `call-closed` | `call-not-open`
 */
export async function submitMotion(tx: Tx, actor: Actor, id: number, today: string): Promise<void> {
  const motion = await ownMotion(tx, actor, id)
  const call = await callOf(tx, motion.unitId, motion.callId)
  const onPaper = motion.receivedOn
  const receivedOn = onPaper ?? today
  if (call && receivedOn > call.closesOn)
    throw refused(
      'call-closed',
      `${call.session}的提案征集已于 ${call.closesOn} 截止。可以把“所属届次”改为“闭会期间”再提交，随时受理。`,
      { callId: `已于 ${call.closesOn} 截止` },
    )
  if (call && receivedOn < call.opensOn)
    throw refused('call-not-open', `${call.session}的提案征集 ${call.opensOn} 开始，请到时再提交。`, {
      callId: `${call.opensOn} 开始`,
    })
  if (motion.kind !== 'opinion') await requireSeconders(tx, motion, practiceOf(call).minSeconders)
  const channel = !call ? 'between' : call.meetsOn && receivedOn >= call.meetsOn ? 'during' : 'before'
  await closeTodo(tx, actor, { objectKind: 'motion', objectId: id })
  await step(tx, byPart(actor, 'motions.submit', motion.unitId), motion, '提交', { today }, { receivedOn, channel })
}

async function requireSeconders(tx: Tx, motion: Motion, least: number): Promise<void> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from motions.seconder where motion_id = ${motion.id} and agreed`.execute(tx)
  if (rows[0]!.n < least)
    throw refused(
      'seconders-missing',
      `附议人不少于 ${least} 名，现在有 ${rows[0]!.n} 名。请先邀请附议人，等他们同意后再提交。`,
      { seconderIds: `还差 ${least - rows[0]!.n} 名` },
    )
}

/** Takes a motion back before the group decided: a draft again, counted nowhere. */
export async function withdrawMotion(tx: Tx, actor: Actor, id: number, today: string): Promise<void> {
  const motion = await ownMotion(tx, actor, id)
  await step(tx, byPart(actor, 'motions.submit', motion.unitId), motion, '撤回', { today }, { receivedOn: null })
}

/** Gives up a draft. */
export async function dropMotion(
  tx: Tx,
  actor: Actor,
  id: number,
  words: string | undefined,
  today: string,
): Promise<void> {
  const motion = await ownMotion(tx, actor, id)
  await closeTodo(tx, actor, { objectKind: 'motion', objectId: id })
  await step(tx, byPart(actor, 'motions.submit', motion.unitId), motion, '终止', { today, words: words || '放弃' })
}
