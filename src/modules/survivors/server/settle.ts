import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import type { ExitInput, ReturnInput, SurvivorRow } from '../contract.ts'
import { keepReviews } from './filing.ts'
import { CONFIDENTIAL } from './opening.ts'
import { settleRound } from './reviews.ts'
import { KIND, lockSurvivor, overpaidOf } from './survivors.ts'

async function requireReviewer(tx: Tx, actor: Actor, survivor: SurvivorRow): Promise<void> {
  await requirePermission(tx, actor, 'survivors.write', survivor.unitId, 'survivors.read')
  if (survivor.state === 'ended') throw refused('ended', `${survivor.endedOn} 已退出供养，不再复核。`)
}

/**
 * Records the answer to a year's review: proof of life and what follows from it. Resuming after a suspension leaves the months
 * withheld to the next list.
 * @throws Problem 403 | 404, 422 `ended` | `in-future` | `before-notice` | `not-noticed` | as `end`
 */
export async function recordReturn(
  tx: Tx,
  actor: Actor,
  survivorId: number,
  year: number,
  draft: ReturnInput,
  today: string,
): Promise<void> {
  const survivor = await lockSurvivor(tx, actor, survivorId, today)
  await requireReviewer(tx, actor, survivor)
  const { rows } = await sql<{ id: number; noticedOn: string | null }>`
    select id, noticed_on as "noticedOn" from survivors.review where survivor_id = ${survivorId} and year = ${year} for update`.execute(
    tx,
  )
  const [review] = rows
  if (!review) throw notFound('年度复核')
  if (!review.noticedOn) throw refused('not-noticed', '还没有登记通知，请先登记怎样通知的。')
  if (draft.returnedOn > today) throw refused('in-future', '认证日期不能晚于今天。', { returnedOn: '不能晚于今天' })
  if (draft.returnedOn < review.noticedOn)
    throw refused('before-notice', `认证日期早于通知日期 ${review.noticedOn}。`, { returnedOn: '早于通知日期' })
  await sql`update survivors.review set returned_on = ${draft.returnedOn}::date, proof = ${draft.proof}, result = ${draft.result},
      words = ${draft.words ?? null}, decided_by = ${actor.name} where id = ${review.id}`.execute(tx)
  if (draft.untilOn && draft.untilOn <= survivor.bornOn)
    throw refused('until-before-born', '到期日期早于出生日期，请核对。', { untilOn: '早于出生日期' })
  if (draft.result === '退出供养')
    await end(tx, actor, survivor, { exitReason: draft.exitReason!, exitOn: draft.exitOn!, words: draft.words }, today)
  else {
    const state = draft.result === '暂停' ? 'suspended' : 'active'
    await sql`update survivors.survivor set state = ${state}, grade = ${draft.grade ?? survivor.grade},
      until_on = ${draft.untilOn ?? survivor.untilOn}::date where id = ${survivorId}`.execute(tx)
    if (draft.untilOn && draft.untilOn > today)
      await closeTodo(tx, actor, { objectKind: KIND, objectId: survivorId, kind: 'survivors.age' })
    await writeAct(tx, actor, {
      objectKind: KIND,
      objectId: survivorId,
      verb: `复核：${draft.result}`,
      from: survivor.state,
      to: state,
      words: draft.words ?? null,
    })
  }
  await audit(tx, actor, {
    action: 'survivors.review',
    objectKind: KIND,
    objectId: survivorId,
    unitId: survivor.unitId,
    summary: `${year} 年遗属复核（编号 ${survivorId}）：${draft.result}`,
  })
  await settleRound(tx, actor, survivor.unitId, year)
  await keepReviews(tx, actor, [review.id])
}

/**
 * Ends an entitlement outside the yearly review: a death, a marriage, a job. It counts as that year's review.
 * @throws Problem 403 | 404, 422 `ended` | `in-future` | `before-entitled`
 */
export async function endSurvivor(
  tx: Tx,
  actor: Actor,
  survivorId: number,
  draft: ExitInput,
  today: string,
): Promise<{ overpaidFen: number }> {
  const survivor = await lockSurvivor(tx, actor, survivorId, today)
  await requireReviewer(tx, actor, survivor)
  const year = Number(today.slice(0, 4))
  const overpaidFen = await end(tx, actor, survivor, draft, today)
  const { rows } = await sql<{ id: number }>`
    insert into survivors.review as r (survivor_id, unit_id, year, due_on, notice, noticed_on, returned_on, proof, result, words, decided_by)
    values (${survivorId}, ${survivor.unitId}, ${year}, ${today}::date, '电话通知', ${today}::date, ${today}::date,
      '社区（村）证明', '退出供养', ${draft.words ?? null}, ${actor.name})
    on conflict (survivor_id, year) do update set result = '退出供养', words = excluded.words, decided_by = excluded.decided_by,
      notice = coalesce(r.notice, excluded.notice), noticed_on = coalesce(r.noticed_on, excluded.noticed_on),
      returned_on = coalesce(r.returned_on, excluded.returned_on), proof = coalesce(r.proof, excluded.proof)
    returning r.id`.execute(tx)
  await settleRound(tx, actor, survivor.unitId, year)
  await keepReviews(tx, actor, [rows[0]!.id])
  return { overpaidFen }
}

/** Ends it with the month of the event. What was paid for later months waits to be taken back. @returns that sum, fen */
async function end(tx: Tx, actor: Actor, survivor: SurvivorRow, draft: ExitInput, today: string): Promise<number> {
  if (draft.exitOn > today) throw refused('in-future', '发生日期不能晚于今天。', { exitOn: '不能晚于今天' })
  if (draft.exitOn < survivor.entitledFrom)
    throw refused('before-entitled', `发生日期早于供养起始日期 ${survivor.entitledFrom}，请核对。`, {
      exitOn: '早于供养起始日期',
    })
  await sql`update survivors.survivor set state = 'ended', ended_on = ${draft.exitOn}::date, end_reason = ${draft.exitReason}
    where id = ${survivor.id}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: KIND, objectId: survivor.id })
  await writeAct(tx, actor, {
    objectKind: KIND,
    objectId: survivor.id,
    verb: '退出供养',
    from: survivor.state,
    to: 'ended',
    words: `${draft.exitOn} ${draft.exitReason}${draft.words ? `：${draft.words}` : ''}`,
  })
  await audit(tx, actor, {
    action: 'survivors.end',
    objectKind: KIND,
    objectId: survivor.id,
    unitId: survivor.unitId,
    summary: `退出遗属供养（编号 ${survivor.id}），${draft.exitOn}，${draft.exitReason}`,
  })
  const overpaidFen = await overpaidOf(tx, survivor.id)
  if (overpaidFen > 0)
    await openTodo(tx, {
      kind: 'survivors.recover',
      objectKind: KIND,
      objectId: survivor.id,
      unitId: survivor.unitId,
      permission: CONFIDENTIAL,
      title: `待追回多发的抚恤金 ${formatYuan(overpaidFen)} 元：${survivor.name}`,
      link: `/survivors/${survivor.id}`,
    })
  return overpaidFen
}
