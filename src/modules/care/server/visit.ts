import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import { warningsOf, type Warning } from '../../../kernel/register/standard.ts'
import type { VisitInput } from '../contract.ts'
import { visits } from '../registers/visits.ts'
import { type CareEvent, openEvent } from './events.ts'
import { fileDue, fileVisit } from './filing.ts'

/**
 * Records the visit an event waited for: the only thing that clears its to-do.
 * @returns the record in 走访慰问登记簿
 * @throws Problem 403 | 404, 422 `settled` | `before-event` | `in-future`
 */
export async function recordVisit(
  tx: Tx,
  actor: Actor,
  eventId: number,
  visit: VisitInput,
  today: string,
): Promise<{ recordId: number; event: CareEvent }> {
  const event = await openEvent(tx, actor, eventId, today)
  if (visit.visitedOn < event.happenedOn)
    throw refused('before-event', `走访日期不能早于事情发生的 ${event.happenedOn}。`, { visitedOn: '不能早于发生日期' })
  if (visit.visitedOn > today)
    throw refused('in-future', '走访日期不能晚于今天；还没去的，先不登记。', { visitedOn: '不能晚于今天' })
  await sql`update care.event set state = 'visited', visited_on = ${visit.visitedOn}::date where id = ${eventId}`.execute(
    tx,
  )
  const visited: CareEvent = { ...event, state: 'visited', visitedOn: visit.visitedOn }
  await closeTodo(tx, actor, { objectKind: 'care-event', objectId: eventId })
  await writeAct(tx, actor, {
    objectKind: 'care-event',
    objectId: eventId,
    verb: '走访',
    from: 'open',
    to: 'visited',
    words: visit.followUp ?? null,
  })
  await audit(tx, actor, {
    action: 'care.visit',
    objectKind: 'care-event',
    objectId: eventId,
    unitId: event.unitId,
    summary: `登记走访${event.personName}（${event.occasion}），${visit.visitedOn}`,
  })
  await fileDue(tx, actor, visited, visit.followUp)
  return { recordId: await fileVisit(tx, actor, visited, visit), event: visited }
}

/** What the union's own table of standards says about the amount; a remark that keeps nobody from visiting. */
export async function remarksOn(db: Db, event: CareEvent, visit: VisitInput): Promise<Warning[]> {
  const held = {
    unitId: event.unitId,
    happenedOn: visit.visitedOn,
    fields: { occasion: event.occasion, status: event.status, relation: event.relation, amount: visit.amountFen },
  }
  return [...(await warningsOf(db, visits, [held])).values()]
}

export interface Coverage {
  due: number
  visited: number
  inTime: number
  late: number
  waived: number
  /** Those whose last day has passed without a visit. */
  missed: { eventId: number; personName: string; unitName: string; occasion: string; dueOn: string }[]
}

/** How far a year's checklist was kept by a unit and those below, with the names of those missed (at most 100). */
export async function coverageOf(db: Db, unitId: number, year: number, today: string): Promise<Coverage> {
  const events = sql`care.event e
    where e.due_on is not null and e.happened_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
      and exists (select from kernel.closure c where c.ancestor_id = ${unitId} and c.descendant_id = e.unit_id
        and c.valid_from <= e.happened_on and c.valid_to > e.happened_on)`
  const [totals, missed] = await Promise.all([
    sql<Omit<Coverage, 'missed'>>`
      select count(*)::int as due, count(*) filter (where state = 'visited')::int as visited,
        count(*) filter (where state = 'visited' and visited_on <= due_on)::int as "inTime",
        count(*) filter (where state = 'open' and due_on < ${today}::date)::int as late,
        count(*) filter (where state = 'waived')::int as waived from ${events}`.execute(db),
    sql<Coverage['missed'][number]>`
      select e.id as "eventId", p.name as "personName", u.name as "unitName", e.occasion, e.due_on as "dueOn"
      from (select * from ${events} and e.state = 'open' and e.due_on < ${today}::date) e
      join kernel.person_name p on p.id = e.person_id join kernel.unit_name u on u.id = e.unit_id
      order by e.due_on limit 100`.execute(db),
  ])
  return { ...totals.rows[0]!, missed: missed.rows }
}
