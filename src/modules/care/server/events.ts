import { sql } from 'kysely'
import { allows, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { conflict, forbidden, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import type { EventInput, VisitInput } from '../contract.ts'
import { fileDue } from './filing.ts'
import { obligationsOf } from './obligations.ts'

export interface CareEvent {
  id: number
  unitId: number
  unitName: string
  personId: number
  personName: string
  status: string
  occasion: string
  relation: string
  happenedOn: string
  knownOn: string
  place: string | null
  note: string | null
  system: string | null
  visitor: string | null
  dueOn: string | null
  state: 'open' | 'visited' | 'waived'
  visitedOn: string | null
  reason: string | null
  late: boolean
  /** What was written down at the visit; null for visits older than the journal's door. */
  visit: VisitInput | null
  requestId: number | null
  refundedFen: number
  /** Of it, what came back in a later year than it was paid in. */
  refundedLaterFen: number
  signedBy: string | null
  signedOn: string | null
}

const columns = (today: string) => sql`
  e.id, e.unit_id as "unitId", u.name as "unitName", e.person_id as "personId", p.name as "personName", e.status, e.occasion,
  e.relation, e.happened_on as "happenedOn", e.known_on as "knownOn", e.place, e.note, o.system, o.visitor,
  e.due_on as "dueOn", e.state, e.visited_on as "visitedOn", e.reason, e.visit,
  e.request_id as "requestId", e.refunded_fen as "refundedFen", e.refunded_later_fen as "refundedLaterFen", e.signed_by as "signedBy", e.signed_on as "signedOn",
  (e.due_on is not null and e.state <> 'waived' and coalesce(e.visited_on, ${today}::date) > e.due_on) as late`
const joins = sql`care.event e join kernel.unit_name u on u.id = e.unit_id join kernel.person_name p on p.id = e.person_id
  left join care.obligation o on o.id = e.obligation_id`

/**
 * Whether the actor may read an event: by office, because they reported it, or because it is the original behind a
 * payment whose books they may read.
 */
const visible = (actor: Actor) =>
  sql<boolean>`(${visibleTo(actor, 'care.read', 'e.unit_id')} or e.reported_by = ${actor.accountId}
    or (e.request_id is not null and ${visibleTo(actor, 'funds.read', 'e.unit_id')}))`

export async function eventById(db: Db | Tx, actor: Actor, eventId: number, today: string): Promise<CareEvent> {
  const { rows } = await sql<CareEvent>`
    select ${columns(today)} from ${joins} where e.id = ${eventId} and ${visible(actor)}`.execute(db)
  if (!rows[0]) throw notFound('事项')
  return rows[0]
}

/** Events of a unit and below, the one heard of last first. Keyset: the last row's day and id. */
export async function listEvents(
  db: Db,
  actor: Actor,
  filter: { unitId: number; state?: 'open' | 'late' | 'visited' | 'waived'; cursor?: string },
  today: string,
): Promise<{ rows: CareEvent[]; next: string | null }> {
  const [onDay, id] = filter.cursor?.split('_') ?? []
  const wanted = {
    open: sql`e.state = 'open'`,
    late: sql`e.state = 'open' and e.due_on < ${today}::date`,
    visited: sql`e.state = 'visited'`,
    waived: sql`e.state = 'waived'`,
  }
  const size = 30
  const { rows } = await sql<CareEvent>`
    select ${columns(today)} from ${joins}
    where exists (select from kernel.closure c where c.ancestor_id = ${filter.unitId} and c.descendant_id = e.unit_id
        and c.valid_from <= ${today}::date and c.valid_to > ${today}::date)
      and ${visible(actor)} ${filter.state ? sql`and ${wanted[filter.state]}` : sql``}
      ${onDay && id ? sql`and (e.known_on, e.id) < (${onDay}::date, ${Number(id)}::bigint)` : sql``}
    order by e.known_on desc, e.id desc limit ${size + 1}`.execute(db)
  const more = rows.length > size
  if (more) rows.pop()
  const last = rows.at(-1)
  return { rows, next: more && last ? `${last.knownOn}_${last.id}` : null }
}

/**
 * Reports an event. Officers report at their units; anybody reports a colleague of the own unit, and oneself. Where the
 * unit's checklist names the occasion, a to-do with a last day opens, and only the visit clears it.
 * @throws Problem 403 | 404 for a stranger's unit, 409 `event-known`, 422 `in-future` | `before-birth`
 */
export async function reportEvent(tx: Tx, actor: Actor, draft: EventInput, today: string): Promise<CareEvent> {
  const knownOn = draft.knownOn ?? today
  if (draft.happenedOn > today) throw refused('in-future', '发生日期不能晚于今天。', { happenedOn: '不能晚于今天' })
  if (knownOn > today) throw refused('in-future', '得知日期不能晚于今天。', { knownOn: '不能晚于今天' })
  const { unitId, bornOn } = await reportable(tx, actor, draft.personId)
  if (draft.relation === '本人' && bornOn && draft.happenedOn < bornOn)
    throw refused('before-birth', '发生日期早于本人的出生日期，请核对。', { happenedOn: '早于出生日期' })
  const line = (await obligationsOf(tx, unitId, draft.happenedOn)).find((one) => one.occasion === draft.occasion)
  const dueOn = line ? (await loadCalendar(tx)).addWorkingDays(knownOn, line.days) : null
  const { rows } = await sql<{ id: number }>`
    insert into care.event (unit_id, person_id, status, occasion, relation, happened_on, known_on, place, note, obligation_id,
      due_on, reported_by)
    values (${unitId}, ${draft.personId}, ${draft.status}, ${draft.occasion}, ${draft.relation}, ${draft.happenedOn}::date,
      ${knownOn}::date, ${draft.place ?? null}, ${draft.note ?? null}, ${line?.id ?? null}, ${dueOn}::date, ${actor.accountId})
    on conflict (person_id, occasion, relation, happened_on) where state <> 'waived' do nothing returning id`.execute(
    tx,
  )
  if (!rows[0]) throw conflict('event-known', '这件事已经有人报过，不必再报。您可以在“走访事项”里查看办理情况。')
  const event = await ownEvent(tx, rows[0].id, today)
  const title = `${event.personName}${event.relation === '本人' ? '' : `（${event.relation}）`}${event.occasion}`
  await openTodo(tx, {
    kind: 'care.visit',
    objectKind: 'care-event',
    objectId: event.id,
    unitId,
    permission: 'care.write',
    title: `待走访：${title}`,
    link: `/care/events/${event.id}`,
    dueOn,
  })
  await writeAct(tx, actor, {
    objectKind: 'care-event',
    objectId: event.id,
    verb: '提交',
    from: null,
    to: 'open',
    words: draft.note ?? null,
  })
  await audit(tx, actor, {
    action: 'care.report',
    objectKind: 'care-event',
    objectId: event.id,
    unitId,
    summary: `报告走访事项：${title}${dueOn ? `，应在 ${dueOn} 前走访` : ''}`,
  })
  await fileDue(tx, actor, event)
  return event
}

/** The person's unit and birthday, if the actor may report there. */
async function reportable(tx: Tx, actor: Actor, personId: number): Promise<{ unitId: number; bornOn: string | null }> {
  const { rows } = await sql<{ unitId: number; bornOn: string | null; ownUnit: boolean }>`
    select p.unit_id as "unitId", m.born_on as "bornOn", exists (
      select from kernel.person_name me where me.id = ${actor.personId} and me.unit_id = p.unit_id) as "ownUnit"
    from kernel.person_name p join members.person m on m.id = p.id
    where p.id = ${personId} and p.merged_into is null and p.kind = 'member'`.execute(tx)
  const [person] = rows
  if (!person) throw refused('person-unknown', '会员名册里没有这个人，请从名册中选择。', { personId: '请从名册中选择' })
  if (person.ownUnit || (await allows(tx, actor, 'care.write', person.unitId))) return person
  if (await allows(tx, actor, 'care.read', person.unitId)) throw forbidden('登记走访慰问')
  throw refused('person-unknown', '会员名册里没有这个人，请从名册中选择。', { personId: '请从名册中选择' })
}

/** The event for the transaction that acts on it, locked. */
export async function ownEvent(tx: Tx, eventId: number, today: string): Promise<CareEvent> {
  const { rows } = await sql<CareEvent>`
    select ${columns(today)} from ${joins} where e.id = ${eventId} for update of e`.execute(tx)
  if (!rows[0]) throw notFound('事项')
  return rows[0]
}

/** An open event the actor may settle, locked. @throws Problem 403 | 404, 422 `settled` */
export async function openEvent(tx: Tx, actor: Actor, eventId: number, today: string): Promise<CareEvent> {
  const event = await ownEvent(tx, eventId, today)
  await requirePermission(tx, actor, 'care.write', event.unitId, 'care.read')
  if (event.state === 'visited') throw refused('settled', `这件事已在 ${event.visitedOn} 走访，不用再登记。`)
  if (event.state === 'waived') throw refused('settled', '这件事已注明不再走访。')
  return event
}

/** Says why there will be no visit. It stays among those that should have been made. @throws as `openEvent` */
export async function waiveEvent(tx: Tx, actor: Actor, eventId: number, reason: string, today: string): Promise<void> {
  const event = await openEvent(tx, actor, eventId, today)
  await sql`update care.event set state = 'waived', reason = ${reason} where id = ${eventId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'care-event', objectId: eventId })
  await writeAct(tx, actor, {
    objectKind: 'care-event',
    objectId: eventId,
    verb: '终止',
    from: 'open',
    to: 'waived',
    words: reason,
  })
  await audit(tx, actor, {
    action: 'care.waive',
    objectKind: 'care-event',
    objectId: eventId,
    unitId: event.unitId,
    summary: `注明不再走访${event.personName}（${event.occasion}）：${reason}`,
  })
  await fileDue(tx, actor, { ...event, state: 'waived', reason })
}
