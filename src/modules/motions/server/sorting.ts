import { sql } from 'kysely'
import type { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import type { fileInput } from '../contract.ts'
import { numberText } from '../words.ts'
import { calledBy, fileRecords } from './filing.ts'
import { lockMotion, step, tellMover, type Motion } from './load.ts'

/** What the motions group decides on the sorting desk: 立案, 不立案, 退回, 转意见, 并案. All need `motions.sort` at the union. */
async function sorted(tx: Tx, actor: Actor, id: number): Promise<Motion> {
  const motion = await lockMotion(tx, actor, id)
  await requirePermission(tx, actor, 'motions.sort', motion.unitId)
  return motion
}

/** Whether somebody other than who submitted must be told: the machine tells the submitter. */
const writtenForAnother = async (tx: Tx, actor: Actor, motion: Motion, words: string): Promise<void> => {
  const { rows } =
    await sql`select 1 from accounts.account where id = ${motion.createdBy} and person_id = ${motion.moverId}`.execute(
      tx,
    )
  if (!rows.length) await tellMover(tx, actor, motion, words)
}

/**
 * Files a motion: gives it a category and a number within the session (the year, between sessions). An opinion becomes
 * a motion by it, if it has a name under it.
 * @throws Problem 403, 404, 422 `not-now` | `mover-missing`
 */
export async function fileMotion(
  tx: Tx,
  actor: Actor,
  id: number,
  filing: z.output<typeof fileInput>,
  today: string,
): Promise<void> {
  const motion = await sorted(tx, actor, id)
  if (motion.moverId === null)
    throw refused('mover-missing', '没有署名的意见不能单独立案。可以并入相近的提案，或由职工代表领衔另提一份再并案。')
  // Motions of one session share a series also when received between sessions: they go before the same congress.
  const series = motion.session ?? `${(motion.receivedOn ?? today).slice(0, 4)}年闭会期间`
  await sql`select pg_advisory_xact_lock(hashtextextended(${`motions.series ${motion.unitId} ${series}`}, 0))`.execute(
    tx,
  )
  const { rows } = await sql<{ number: number }>`
    select coalesce(max(number), 0) + 1 as number from motions.motion where unit_id = ${motion.unitId} and series = ${series}`.execute(
    tx,
  )
  const kind = motion.kind === 'opinion' ? filing.kind : motion.kind
  const number = rows[0]!.number
  await step(
    tx,
    actor,
    motion,
    '同意',
    { today, words: `立案，编号${numberText(series, number)}${filing.words ? `。${filing.words}` : ''}` },
    { kind, category: filing.category, series, number, filedOn: today },
  )
  await writtenForAnother(tx, actor, motion, `“${motion.title}”已立案，编号${numberText(series, number)}`)
}

/** 不立案: refused as a motion, with the reason the mover reads. */
export async function rejectMotion(
  tx: Tx,
  actor: Actor,
  id: number,
  words: string | undefined,
  today: string,
): Promise<void> {
  const motion = await sorted(tx, actor, id)
  await step(tx, actor, motion, '否决', { today, ...(words && { words }) }, { reason: words ?? null, closedOn: today })
  await writtenForAnother(tx, actor, motion, `“${motion.title}”未立案：${words}`)
}

/** 退回: the mover mends it and hands it in again; meanwhile it doesn't count. */
export async function returnMotion(
  tx: Tx,
  actor: Actor,
  id: number,
  words: string | undefined,
  today: string,
): Promise<void> {
  const motion = await sorted(tx, actor, id)
  if (motion.moverId === null) throw refused('mover-missing', '没有署名，无人可退。可以转作意见或并入相近的提案。')
  await step(tx, actor, motion, '退回', { today, ...(words && { words }) })
}

/** 转意见: passed on as an opinion, without a number and a reply of its own. */
export async function toOpinion(
  tx: Tx,
  actor: Actor,
  id: number,
  words: string | undefined,
  today: string,
): Promise<void> {
  const motion = await sorted(tx, actor, id)
  if (motion.state !== 'received') throw refused('not-now', '只有待审查的提案可以转作意见。')
  await step(
    tx,
    actor,
    motion,
    '终止',
    { today, ...(words && { words }) },
    { kind: 'opinion', reason: words ?? null, closedOn: today },
  )
  await writtenForAnother(tx, actor, motion, `“${motion.title}”转作意见处理：${words}`)
}

/**
 * 并案: this motion's matter goes on under another, whose mover and number lead. Both movers follow the one that leads.
 * @throws Problem 403, 404, 422 `merge-self` | `merge-other-union` | `merge-closed`
 */
export async function mergeMotion(
  tx: Tx,
  actor: Actor,
  id: number,
  intoId: number,
  words: string | undefined,
  today: string,
): Promise<void> {
  if (id === intoId)
    throw refused('merge-self', '不能并入自己。请选择另一份相近的提案。', { intoId: '请选择另一份提案' })
  // Always in the same order, so that two merges of the same pair wait for each other instead of blocking.
  const [low, high] = id < intoId ? [id, intoId] : [intoId, id]
  await sql`select 1 from motions.motion where id in (${low}, ${high}) order by id for update`.execute(tx)
  const motion = await sorted(tx, actor, id)
  const into = await sorted(tx, actor, intoId)
  if (into.unitId !== motion.unitId)
    throw refused('merge-other-union', '只能并入本单位的提案。', { intoId: '不是本单位的提案' })
  if (into.mergedInto || !['received', 'filed', 'handling', 'replied'].includes(into.state))
    throw refused('merge-closed', `${calledBy(into)}已办结或已并入别的提案，不能再并入它。`, {
      intoId: '请选择在办的提案',
    })
  await closeTodo(tx, actor, { objectKind: 'motion', objectId: id })
  await step(
    tx,
    actor,
    motion,
    '终止',
    { today, words: `并入${calledBy(into)}${words ? `。${words}` : ''}` },
    { mergedInto: intoId, closedOn: today },
  )
  // What had been merged into this one goes with it.
  const { rows } = await sql<{ id: number }>`
    update motions.motion set merged_into = ${intoId}, version = version + 1 where merged_into = ${id} returning id`.execute(
    tx,
  )
  if (rows.length)
    await fileRecords(
      tx,
      actor,
      rows.map((row) => row.id),
    )
  await writtenForAnother(tx, actor, motion, `“${motion.title}”并入${calledBy(into)}一并办理`)
}
