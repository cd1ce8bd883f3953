import { sql } from 'kysely'
import type { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { openTodo } from '../../../kernel/lifecycle/todos.ts'
import { notify } from '../../../kernel/notices/notices.ts'
import type { transferInput } from '../contract.ts'
import { PARTS } from '../words.ts'
import { callOf, practiceOf, theseDepartments, workingDaysAfter } from './calls.ts'
import { fileRecords } from './filing.ts'
import { linkOf, lockMotion, step, tellMover, write, type Motion } from './load.ts'
import { accountOf } from './seeing.ts'

export interface Assignment {
  id: number
  departmentId: number
  part: 'lead' | 'joint'
  round: number
  dueOn: string
  repliedOn: string | null
  name: string
  linkedUnitId: number | null
  headId: number | null
}

/** Whom a motion lies with in this round: the lead first. */
export async function assignmentsOf(tx: Tx, motion: Motion): Promise<Assignment[]> {
  const { rows } = await sql<Assignment>`
    select a.id, a.department_id as "departmentId", a.part, a.round, a.due_on as "dueOn", a.replied_on as "repliedOn",
      d.name, d.linked_unit_id as "linkedUnitId", d.head_id as "headId"
    from motions.assignment a join motions.department d on d.id = a.department_id
    where a.motion_id = ${motion.id} and a.round = ${motion.round} and a.ended_on is null order by a.part desc, a.id`.execute(
    tx,
  )
  return rows
}

/** The department's desk: a to-do for its head, for whoever handles at its unit, or else for the union, which writes down what it hears. */
export async function putOnDesk(tx: Tx, motion: Motion, to: Assignment): Promise<void> {
  const headAccount = await accountOf(tx, to.headId)
  await openTodo(tx, {
    kind: 'motions.assignment',
    objectKind: 'motion-assignment',
    objectId: to.id,
    unitId: headAccount === null ? (to.linkedUnitId ?? motion.unitId) : motion.unitId,
    accountId: headAccount,
    permission: headAccount !== null ? null : to.linkedUnitId ? 'motions.handle' : 'motions.supervise',
    title: `待答复（${to.name}${PARTS[to.part]}）：${motion.title}`,
    link: linkOf(motion.id),
    dueOn: to.dueOn,
  })
  if (headAccount !== null)
    await notify(tx, {
      accountIds: [headAccount],
      title: `请${to.name}${PARTS[to.part]}“${motion.title}”，${to.dueOn} 前答复`,
      link: linkOf(motion.id),
    })
}

/**
 * 交办: the leader's word on who handles it, with whom, until when. The day is counted in working days unless given.
 * @throws Problem 403, 404, 422 `lead-is-joint` | `due-passed` | `no-such-department` | `not-now`
 */
export async function transferMotion(
  tx: Tx,
  actor: Actor,
  id: number,
  draft: z.output<typeof transferInput>,
  today: string,
): Promise<void> {
  const motion = await lockMotion(tx, actor, id)
  await requirePermission(tx, actor, 'motions.supervise', motion.unitId)
  if (draft.jointIds.includes(draft.leadId))
    throw refused('lead-is-joint', '主办部门不能同时是协办部门。', { jointIds: '去掉主办部门' })
  if (draft.dueOn && draft.dueOn <= today)
    throw refused('due-passed', '答复期限要晚于今天。', { dueOn: '请选择今天以后的日期' })
  const known = await theseDepartments(tx, motion.unitId, [draft.leadId, ...draft.jointIds])
  const { replyDays } = practiceOf(await callOf(tx, motion.unitId, motion.callId))
  const dueOn = draft.dueOn ?? (await workingDaysAfter(tx, today, replyDays))
  const joint = draft.jointIds.map((one) => known.get(one)!.name)
  const lead = known.get(draft.leadId)!.name
  const words = `${draft.leader}批示：由${lead}主办${joint.length ? `，${joint.join('、')}协办` : ''}，${dueOn} 前答复${draft.words ? `。${draft.words}` : ''}`
  await step(
    tx,
    actor,
    motion,
    '同意',
    { today, words },
    { leader: draft.leader, transferredOn: motion.transferredOn ?? today, dueOn },
  )
  await assign(
    tx,
    { ...motion, dueOn },
    [
      { departmentId: draft.leadId, part: 'lead' },
      ...draft.jointIds.map((departmentId) => ({ departmentId, part: 'joint' as const })),
    ],
    today,
    dueOn,
  )
  await fileRecords(tx, actor, [id])
  await tellMover(tx, actor, motion, `“${motion.title}”已交${lead}办理，${dueOn} 前答复`)
}

export async function assign(
  tx: Tx,
  motion: Motion,
  to: readonly { departmentId: number; part: 'lead' | 'joint' }[],
  today: string,
  dueOn: string,
): Promise<void> {
  await sql`
    insert into motions.assignment (motion_id, department_id, part, round, assigned_on, due_on)
    select ${motion.id}, department_id, part, ${motion.round}, ${today}, ${dueOn}
    from unnest(${to.map((one) => one.departmentId)}::bigint[], ${to.map((one) => one.part)}::text[]) as t (department_id, part)`.execute(
    tx,
  )
  for (const one of await assignmentsOf(tx, motion)) if (!one.repliedOn) await putOnDesk(tx, motion, one)
}

/** The second handling: the same departments, a new clock. */
export async function assignAgain(tx: Tx, motion: Motion, today: string): Promise<void> {
  const before = await assignmentsOf(tx, motion)
  const { replyDays } = practiceOf(await callOf(tx, motion.unitId, motion.callId))
  const dueOn = await workingDaysAfter(tx, today, replyDays)
  await write(tx, motion.id, { round: 2, dueOn })
  await assign(tx, { ...motion, round: 2 }, before, today, dueOn)
}
