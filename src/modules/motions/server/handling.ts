import { sql } from 'kysely'
import type { z } from 'zod'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import { byPart, type Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { forbidden, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import type { handOnInput, outcomeInput, replyInput } from '../contract.ts'
import { assign, assignmentsOf, type Assignment } from './assignment.ts'
import { theseDepartments, VERDICT_DAYS, workingDaysAfter } from './calls.ts'
import { fileRecords } from './filing.ts'
import { linkOf, lockMotion, step, tellMover, write, type Motion } from './load.ts'
import { accountOf, departmentOf } from './seeing.ts'

/**
 * The assignment the actor works on: of a department the actor answers for, or any for the union's supervisor, who writes
 * down what a department without an account said. Where none is named, those beside come first: the lead waits for them.
 * @throws Problem 403, 404, 422 `not-now`
 */
async function minding(
  tx: Tx,
  actor: Actor,
  id: number,
  assignmentId: number | undefined,
): Promise<{ motion: Motion; mine: Assignment; all: Assignment[]; onBehalf: boolean }> {
  const motion = await lockMotion(tx, actor, id)
  if (motion.state !== 'handling') throw refused('not-now', '这份提案现在不在承办阶段，请刷新页面查看进展。')
  const all = await assignmentsOf(tx, motion)
  const { rows } = await sql<{ id: number }>`
    select d.id from motions.department d where d.id = any(${all.map((one) => one.departmentId)}::bigint[]) and ${departmentOf(actor)}`.execute(
    tx,
  )
  const departments = new Set(rows.map((row) => row.id))
  const supervises = await allows(tx, actor, 'motions.supervise', motion.unitId)
  const open = all.filter((one) => departments.has(one.departmentId) || supervises)
  const mine = assignmentId ? open.find((one) => one.id === assignmentId) : open.findLast((one) => !one.repliedOn)
  if (!mine) throw forbidden('承办提案')
  return { motion, mine, all, onBehalf: !departments.has(mine.departmentId) }
}

const told = (department: string, onBehalf: boolean, words: string): string =>
  `${department}${onBehalf ? '（工会代录）' : ''}：${words}`

async function remark(tx: Tx, actor: Actor, motion: Motion, verb: string, words: string): Promise<void> {
  await writeAct(tx, actor, { objectKind: 'motion', objectId: motion.id, verb, from: null, to: null, words })
  await audit(tx, actor, {
    action: 'motions.handle',
    objectKind: 'motion',
    objectId: motion.id,
    unitId: motion.unitId,
    summary: `${verb}“${motion.title}”`,
  })
}

/** How and by when the department means to deal with it. */
export async function planHandling(
  tx: Tx,
  actor: Actor,
  id: number,
  assignmentId: number | undefined,
  plan: string,
  today: string,
): Promise<void> {
  const { motion, mine, onBehalf } = await minding(tx, actor, id, assignmentId)
  if (mine.repliedOn) throw refused('replied', '您的部门已经答复。')
  await sql`update motions.assignment set plan = ${plan}, planned_on = ${today} where id = ${mine.id}`.execute(tx)
  await remark(tx, actor, motion, '制定计划', told(mine.name, onBehalf, plan))
  await tellMover(tx, actor, motion, `${mine.name}制定了办理计划：“${motion.title}”`)
}

/** A step on the way, for the mover to see. */
export async function tellProgress(
  tx: Tx,
  actor: Actor,
  id: number,
  assignmentId: number | undefined,
  words: string,
): Promise<void> {
  const { motion, mine, onBehalf } = await minding(tx, actor, id, assignmentId)
  await remark(tx, actor, motion, '进展', told(mine.name, onBehalf, words))
  await tellMover(tx, actor, motion, `“${motion.title}”有新进展`)
}

/**
 * A department's reply. Those beside give theirs first (会签); the lead's goes to the mover for a verdict.
 * @throws Problem 403, 404, 422 `replied` | `joint-waiting`
 */
export async function reply(
  tx: Tx,
  actor: Actor,
  id: number,
  assignmentId: number | undefined,
  given: z.output<typeof replyInput>,
  today: string,
): Promise<void> {
  const { motion, mine, all, onBehalf } = await minding(tx, actor, id, assignmentId)
  if (mine.repliedOn) throw refused('replied', `${mine.name}已经答复，不能重复答复。`)
  if (mine.part === 'lead') {
    const waiting = all.filter((one) => one.part === 'joint' && !one.repliedOn && one.dueOn >= today)
    if (waiting.length)
      throw refused(
        'joint-waiting',
        `还在等${waiting.map((one) => one.name).join('、')}会签意见，会签后再由主办部门答复。`,
      )
  }
  await sql`update motions.assignment set reply = ${given.reply}, outcome = ${given.outcome}, replied_on = ${today}
    where id = ${mine.id}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'motion-assignment', objectId: mine.id })
  const words = told(mine.name, onBehalf, `${given.outcome}。${given.reply}`)
  if (mine.part === 'joint') return remark(tx, actor, motion, '会签', words)

  for (const one of all) await closeTodo(tx, actor, { objectKind: 'motion-assignment', objectId: one.id })
  const verdictDueOn = await workingDaysAfter(tx, today, VERDICT_DAYS)
  await step(
    tx,
    byPart(actor, 'motions.handle', motion.unitId),
    motion,
    '提交',
    { today, words },
    {
      repliedOn: today,
      progress: given.outcome,
      verdictDueOn,
    },
  )
  const account = await accountOf(tx, motion.moverId)
  await openTodo(tx, {
    kind: 'motions.verdict',
    objectKind: 'motion',
    objectId: id,
    unitId: motion.unitId,
    accountId: account,
    permission: account === null ? 'motions.supervise' : null,
    title: `${account === null ? '待征求提案人意见' : '请评价答复'}：${motion.title}`,
    link: linkOf(id),
    dueOn: verdictDueOn,
  })
  await tellMover(tx, actor, motion, `“${motion.title}”已答复，请在 ${verdictDueOn} 前评价`)
}

/**
 * 转办: the lead gives it to the department whose business it is, with a reason; the day it is due stays.
 * @throws Problem 403, 404, 422 `same-department`
 */
export async function handOn(
  tx: Tx,
  actor: Actor,
  id: number,
  assignmentId: number | undefined,
  to: z.output<typeof handOnInput>,
  today: string,
): Promise<void> {
  const { motion, mine, all } = await minding(tx, actor, id, assignmentId)
  const target = (await theseDepartments(tx, motion.unitId, [to.toDepartmentId])).get(to.toDepartmentId)!
  if (all.some((one) => one.departmentId === target.id))
    throw refused('same-department', `${target.name}已经在承办这份提案。`, { toDepartmentId: '请选择别的部门' })
  await sql`update motions.assignment set ended_on = ${today} where id = ${mine.id}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'motion-assignment', objectId: mine.id })
  await assign(tx, motion, [{ departmentId: target.id, part: mine.part }], today, mine.dueOn)
  await remark(tx, actor, motion, '转办', `${mine.name}转${target.name}：${to.words}`)
  await fileRecords(tx, actor, [id])
  await tellMover(tx, actor, motion, `“${motion.title}”转由${target.name}办理`)
}

/** 退回: not this department's business; the union finds another. */
export async function sendBack(
  tx: Tx,
  actor: Actor,
  id: number,
  words: string | undefined,
  today: string,
): Promise<void> {
  const { motion, mine, all } = await minding(tx, actor, id, undefined)
  if (mine.part !== 'lead') throw refused('not-lead', '只有主办部门可以退回；协办部门请转办或答复。')
  await step(tx, byPart(actor, 'motions.handle', motion.unitId), motion, '退回', {
    today,
    ...(words && { words: told(mine.name, false, words) }),
  })
  await sql`update motions.assignment set ended_on = ${today}
    where motion_id = ${id} and round = ${motion.round} and ended_on is null and replied_on is null`.execute(tx)
  for (const one of all) await closeTodo(tx, actor, { objectKind: 'motion-assignment', objectId: one.id })
  await fileRecords(tx, actor, [id])
}

/** What became of it after it was closed: 列入计划 → 已落实. Whoever handled it, or the union, may say so. */
export async function reportOutcome(
  tx: Tx,
  actor: Actor,
  id: number,
  given: z.output<typeof outcomeInput>,
): Promise<void> {
  const motion = await lockMotion(tx, actor, id)
  if (motion.state !== 'closed' || !motion.repliedOn) throw refused('not-now', '办结以后才登记后续落实情况。')
  const { rows } = await sql`
    select 1 from motions.assignment a join motions.department d on d.id = a.department_id
    where a.motion_id = ${id} and a.part = 'lead' and a.ended_on is null and ${departmentOf(actor)}`.execute(tx)
  if (!rows.length) await requirePermission(tx, actor, 'motions.supervise', motion.unitId)
  await write(tx, id, { progress: given.outcome })
  await remark(tx, actor, motion, '落实', `${given.outcome}。${given.words}`)
  await fileRecords(tx, actor, [id])
  await tellMover(tx, actor, motion, `“${motion.title}”${given.outcome}`)
}
