import { sql } from 'kysely'
import { visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { addDays } from '../../../kernel/calendar/days.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import type { CoverageRow } from '../contract.ts'
import { coverageOf } from './coverage.ts'
import { duesBetween, lookBack, type DueRow } from './duties.ts'
import { below, itemColumns, itemTables, type Item } from './items.ts'
import { questionsFor, type Question } from './questions.ts'
import { periodText } from '../words.ts'

export interface Overdue {
  /** Should hang and doesn't. */
  dues: DueRow[]
  questions: Question[]
  /** Hangs past its last day: the paper must come down. */
  hanging: Item[]
  findings: { id: number; inspectionTitle: string; targetName: string; finding: string; dueOn: string }[]
  /** Owed and not there: congresses and disclosure systems. */
  missing: CoverageRow[]
}

/** Everything that is late at a unit and below. */
export async function overdueOf(db: Db, actor: Actor, unitId: number, today: string): Promise<Overdue> {
  const yesterday = addDays(today, -1)
  const [dues, questions, hanging, findings, coverage] = await Promise.all([
    duesBetween(db, actor, unitId, lookBack(today), yesterday, today),
    questionsFor(db, actor, { unitId, openOnly: true }, today),
    sql<Item>`select ${itemColumns} from ${itemTables}
      where i.state = 'published' and i.until_on < ${today}::date and i.unit_id in (${below(unitId)})
        and ${visibleTo(actor, 'openness.read', 'i.unit_id')} order by i.until_on limit 200`.execute(db),
    sql<Overdue['findings'][number]>`
      select f.id, n.title as "inspectionTitle", t.name as "targetName", f.finding, f.due_on as "dueOn"
      from openness.finding f join openness.inspection n on n.id = f.inspection_id
        join organisation.unit t on t.id = n.target_id
      where f.fixed_on is null and f.due_on < ${today}::date and n.target_id in (${below(unitId)})
        and ${visibleTo(actor, 'openness.read', 'n.target_id')} order by f.due_on limit 200`.execute(db),
    coverageOf(db, actor, unitId, today),
  ])
  return {
    dues: dues.filter((due) => due.overdue),
    questions: questions.filter((question) => question.overdue),
    hanging: hanging.rows,
    findings: findings.rows,
    missing: coverage.filter((row) => !row.done),
  }
}

const SOON_DAYS = 5

/**
 * Puts what is due within five days or late, and what hangs past its day, on the desks. Run every morning; what was done
 * meanwhile is cleared.
 * @returns how many duties wait
 */
export async function remind(tx: Tx, system: Actor, today: string): Promise<number> {
  const { rows: units } = await sql<{ id: number }>`
    select distinct unit_id as id from openness.duty d join organisation.unit u on u.id = d.unit_id
    where u.dissolved_on is null`.execute(tx)
  const { rows: open } = await sql<{ objectId: number }>`
    select object_id as "objectId" from kernel.todo where kind = 'openness.due' and done_at is null`.execute(tx)
  const waiting = new Set(open.map((todo) => todo.objectId))
  let count = 0
  for (const unit of units) {
    const dues = (await duesBetween(tx, system, unit.id, lookBack(today), addDays(today, SOON_DAYS), today)).filter(
      (due) => due.unitId === unit.id && !due.publishedOn,
    )
    // One to-do for a duty, named after its earliest period: the next one follows when this is done.
    const earliest = new Map<number, DueRow>()
    for (const due of dues) if (!earliest.has(due.dutyId)) earliest.set(due.dutyId, due)
    for (const due of earliest.values()) {
      count++
      waiting.delete(due.dutyId)
      await openTodo(tx, {
        kind: 'openness.due',
        objectKind: 'openness-duty',
        objectId: due.dutyId,
        unitId: due.unitId,
        permission: 'openness.write',
        title: `请公开${periodText(due.period)}“${due.title}”`,
        link: `/openness/new?duty=${due.dutyId}&period=${due.period}`,
        dueOn: due.dueOn,
      })
    }
  }
  await clear(tx, system, [...waiting])
  return count
}

async function clear(tx: Tx, system: Actor, dutyIds: readonly number[]): Promise<void> {
  for (const objectId of dutyIds)
    await closeTodo(tx, system, { objectKind: 'openness-duty', objectId, kind: 'openness.due' })
}
