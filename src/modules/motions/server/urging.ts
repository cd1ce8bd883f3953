import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { requirePermission } from '../../../kernel/access/access.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { act, writeAct } from '../../../kernel/lifecycle/act.ts'
import { openTodo } from '../../../kernel/lifecycle/todos.ts'
import { notify } from '../../../kernel/notices/notices.ts'
import { RUNGS } from '../words.ts'
import { fileRecords } from './filing.ts'
import { linkOf, lockMotion, subjectOf, write } from './load.ts'
import { motionMachine } from './machine.ts'
import { accountOf } from './seeing.ts'

/** Working days: a reminder before the day, and how late is late enough for the leader. */
const SOON = 5
const GRAVE = 10

/** What the house does by itself at night. */
const nightly: Actor = { accountId: 0, personId: null, name: '系统', office: '自动催办', grants: [], kind: 'system' }

interface Waiting {
  assignmentId: number
  motionId: number
  unitId: number
  title: string
  department: string
  headId: number | null
  linkedUnitId: number | null
  dueOn: string
  reached: number
}

/**
 * The ladder of reminders, every night: five working days before the day; the day after it; ten working days late, which
 * goes before the leaders. Each rung once, so running twice changes nothing.
 * @returns how many rungs were climbed
 */
export async function urgeAll(tx: Tx, today: string): Promise<number> {
  const calendar = await loadCalendar(tx)
  const { rows } = await sql<Waiting>`
    select a.id as "assignmentId", m.id as "motionId", m.unit_id as "unitId", m.title, d.name as department, d.head_id as "headId",
      d.linked_unit_id as "linkedUnitId", a.due_on as "dueOn",
      coalesce((select max(level) from motions.urging u where u.assignment_id = a.id), 0) as reached
    from motions.assignment a join motions.motion m on m.id = a.motion_id join motions.department d on d.id = a.department_id
    where m.state = 'handling' and a.round = m.round and a.replied_on is null and a.ended_on is null
      and a.due_on <= ${calendar.addWorkingDays(today, SOON)}::date order by a.id`.execute(tx)
  const climbed = rows.flatMap((row) => {
    const late = calendar.workingDaysBetween(row.dueOn, today)
    const level = row.dueOn >= today ? 1 : late >= GRAVE ? 3 : 2
    return level > row.reached ? [{ ...row, level, late }] : []
  })
  if (!climbed.length) return 0
  await sql`
    insert into motions.urging (motion_id, assignment_id, level, urged_on)
    select motion_id, assignment_id, level, ${today}::date
    from unnest(${climbed.map((one) => one.motionId)}::bigint[], ${climbed.map((one) => one.assignmentId)}::bigint[],
      ${climbed.map((one) => one.level)}::int[]) as t (motion_id, assignment_id, level) on conflict do nothing`.execute(
    tx,
  )
  for (const one of climbed) {
    const words =
      one.level === 1
        ? `${one.department}应在 ${one.dueOn} 前答复`
        : `${one.department}应在 ${one.dueOn} 前答复，已逾期 ${one.late} 个工作日`
    const head = await accountOf(tx, one.headId)
    if (head !== null)
      await notify(tx, {
        accountIds: [head],
        title: `${RUNGS[one.level]!}：“${one.title}”`,
        body: words,
        link: linkOf(one.motionId),
      })
    // A late one comes onto the union's desk too, and stays there until it is answered.
    if (one.level > 1)
      await openTodo(tx, {
        kind: one.level === 3 ? 'motions.escalation' : 'motions.late',
        objectKind: 'motion-assignment',
        objectId: one.assignmentId,
        unitId: one.unitId,
        permission: 'motions.supervise',
        title: `${RUNGS[one.level]!}（${one.department}）：${one.title}`,
        link: linkOf(one.motionId),
        dueOn: one.dueOn,
      })
    await writeAct(tx, nightly, {
      objectKind: 'motion',
      objectId: one.motionId,
      verb: '催办',
      from: null,
      to: null,
      words,
    })
  }
  const late = [...new Set(climbed.filter((one) => one.level > 1).map((one) => one.motionId))]
  await sql`update motions.motion set urged = true where id = any(${late}::bigint[]) and not urged`.execute(tx)
  await fileRecords(tx, nightly, late)
  return climbed.length
}

/**
 * 督办: the union urges by hand, also before the day; the departments that haven't answered are told. A reply that waits
 * for its mover is urged there.
 * @throws Problem 403, 404, 422 `not-now` | `urged-today`
 */
export async function urge(tx: Tx, actor: Actor, id: number, words: string | undefined, today: string): Promise<void> {
  const motion = await lockMotion(tx, actor, id)
  await requirePermission(tx, actor, 'motions.supervise', motion.unitId)
  const { rows: before } = await sql`
    select 1 from motions.urging where motion_id = ${id} and level = 0 and urged_on = ${today}::date`.execute(tx)
  if (before.length) throw refused('urged-today', '今天已经催办过，请明天再催或直接联系承办部门。')
  await act(tx, actor, motionMachine, subjectOf(motion), '催办', { today, ...(words && { words }) })
  await sql`insert into motions.urging (motion_id, level, words, urged_on) values (${id}, 0, ${words || null}, ${today})`.execute(
    tx,
  )
  if (motion.state !== 'handling') return
  const { rows } = await sql<{ headId: number }>`
    select d.head_id as "headId" from motions.assignment a join motions.department d on d.id = a.department_id
    where a.motion_id = ${id} and a.round = ${motion.round} and a.replied_on is null and a.ended_on is null and d.head_id is not null`.execute(
    tx,
  )
  const accounts = await Promise.all(rows.map((row) => accountOf(tx, row.headId)))
  await notify(tx, {
    accountIds: accounts.filter((account) => account !== null),
    title: `${actor.name}催办“${motion.title}”`,
    body: words ?? null,
    link: linkOf(id),
  })
  await write(tx, id, { urged: true })
  await fileRecords(tx, actor, [id])
}
