import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import { warningsOf, type Warning } from '../../../kernel/register/standard.ts'
import type { VisitInput } from '../contract.ts'
import { visits } from '../registers/visits.ts'
import { type CareEvent, openEvent, ownEvent } from './events.ts'
import { fileDue, fileVisit } from './filing.ts'
import { askForMoney, wasTurnedDown } from './money.ts'

/**
 * Records the visit an event waited for: the only thing that clears its to-do.
 * What it cost is asked for in the same transaction (`askForMoney`). A visit whose money was turned down is put right the same way.
 * @returns the record in 走访慰问登记簿 and the request for its money
 * @throws Problem 403 | 404, 422 `settled` | `before-event` | `in-future` | `above-standard` | those of `askForMoney`
 */
export async function recordVisit(
  tx: Tx,
  actor: Actor,
  eventId: number,
  visit: VisitInput,
  today: string,
): Promise<{ recordId: number; event: CareEvent; requestId: number | null }> {
  const seen = await ownEvent(tx, eventId, today)
  const again = await wasTurnedDown(tx, seen)
  if (again) await requirePermission(tx, actor, 'care.write', seen.unitId, 'care.read')
  const event = again ? seen : await openEvent(tx, actor, eventId, today)
  if (visit.visitedOn < event.happenedOn)
    throw refused('before-event', `走访日期不能早于事情发生的 ${event.happenedOn}。`, { visitedOn: '不能早于发生日期' })
  if (visit.visitedOn > today)
    throw refused('in-future', '走访日期不能晚于今天；还没去的，先不登记。', { visitedOn: '不能晚于今天' })
  const over = (await remarksOn(tx, event, visit)).find((remark) => remark.over)
  if (over && !visit.overReason?.trim())
    throw refused('above-standard', `${over.sentence}超过标准的，请写明原因，由审批人一并审查。`, {
      overReason: '请写明超标准的原因',
    })
  const signed = visit.signedBy ?? null
  await sql`update care.event set state = 'visited', visited_on = ${visit.visitedOn}::date, visit = ${JSON.stringify(visit)}::jsonb,
      signed_by = ${signed}, signed_on = ${signed ? visit.visitedOn : null}::date where id = ${eventId}`.execute(tx)
  const visited: CareEvent = { ...event, state: 'visited', visitedOn: visit.visitedOn, visit }
  await closeTodo(tx, actor, { objectKind: 'care-event', objectId: eventId })
  await writeAct(tx, actor, {
    objectKind: 'care-event',
    objectId: eventId,
    verb: again ? '更正走访' : '走访',
    from: event.state,
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
  const recordId = await fileVisit(tx, actor, visited, visit)
  return { recordId, event: visited, requestId: await askForMoney(tx, actor, visited, visit, today) }
}

/** Who received what the visit brought, and when: the paper or the finger's signature hangs as a file beside it. @throws Problem 403 | 404, 422 `not-visited` | `in-future` */
export async function signReceipt(
  tx: Tx,
  actor: Actor,
  eventId: number,
  receipt: { signedBy: string; on: string },
  today: string,
): Promise<void> {
  const event = await ownEvent(tx, eventId, today)
  await requirePermission(tx, actor, 'care.write', event.unitId, 'care.read')
  if (event.state !== 'visited') throw refused('not-visited', '还没有走访，不能签收。')
  if (receipt.on > today) throw refused('in-future', '签收日期不能晚于今天。', { on: '不能晚于今天' })
  if (receipt.on < event.visitedOn!)
    throw refused('before-visit', `签收日期不能早于走访的 ${event.visitedOn}。`, { on: '不能早于走访日期' })
  await sql`update care.event set signed_by = ${receipt.signedBy}, signed_on = ${receipt.on}::date where id = ${eventId}`.execute(
    tx,
  )
  await writeAct(tx, actor, {
    objectKind: 'care-event',
    objectId: eventId,
    verb: '签收',
    from: 'visited',
    to: 'visited',
    words: `${receipt.signedBy}，${receipt.on}`,
  })
  await audit(tx, actor, {
    action: 'care.receipt',
    objectKind: 'care-event',
    objectId: eventId,
    unitId: event.unitId,
    summary: `登记${event.personName}慰问签收：${receipt.signedBy}`,
  })
}

/** What the union's own table of standards says about the amount; a remark that keeps nobody from visiting. */
export async function remarksOn(db: Db | Tx, event: CareEvent, visit: VisitInput): Promise<Warning[]> {
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
