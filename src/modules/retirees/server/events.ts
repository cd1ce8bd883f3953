import { sql } from 'kysely'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import {
  EVENT_KINDS,
  type Attendance,
  type EventDetail,
  type EventInput,
  type EventRow,
  type MarksInput,
} from '../contract.ts'
import { activities } from '../registers/gatherings.ts'
import { gifts, visits } from '../registers/support.ts'
import { moneyOf, refuseTyped } from './money.ts'
import { requireReading } from './seeing.ts'

const counts = sql`(select count(*)::int from retirees.attendance a where a.event_id = e.id) as due,
  (select count(*) filter (where a.invited)::int from retirees.attendance a where a.event_id = e.id) as invited,
  (select count(*) filter (where a.done)::int from retirees.attendance a where a.event_id = e.id) as done`

/** What the journal paid; where the union keeps no book, what was typed. */
const cost = sql`(case when e.request_id is null then coalesce((e.details ->> 'costFen')::bigint, 0) else e.paid_fen end)::bigint
  as "costFen"`

/** What was held for the retired of a unit and below, the newest first. */
export async function eventsOf(db: Db, actor: Actor, unitId: number): Promise<EventRow[]> {
  await requireReading(db, actor, unitId)
  const { rows } = await sql<EventRow>`
    select e.id, e.kind, e.title, e.on_day as "onDay", u.name as "unitName", ${counts}
    from retirees.event e join kernel.unit_name u on u.id = e.unit_id
    join kernel.closure k on k.descendant_id = e.unit_id and k.ancestor_id = ${unitId} and k.valid_to = 'infinity'
    order by e.on_day desc, e.id desc limit 200`.execute(db)
  return rows
}

/** One event with everybody on its list. @throws Problem 404 */
export async function eventById(db: Db | Tx, actor: Actor, eventId: number): Promise<EventDetail> {
  const { rows } = await sql<Omit<EventDetail, 'rows' | 'money'> & { requestId: number | null }>`
    select e.id, e.unit_id as "unitId", e.kind, e.title, e.on_day as "onDay", u.name as "unitName", e.details, ${cost},
      e.request_id as "requestId", ${counts}
    from retirees.event e join kernel.unit_name u on u.id = e.unit_id where e.id = ${eventId}`.execute(db)
  const [event] = rows
  if (!event || !(await allows(db, actor, 'retirees.read', event.unitId))) throw notFound('活动')
  const { requestId, ...shown } = event
  return { ...shown, money: await moneyOf(db, requestId), rows: await listOf(db, eventId) }
}

async function listOf(db: Db | Tx, eventId: number): Promise<Attendance[]> {
  const { rows } = await sql<Attendance>`
    select a.person_id as "personId", n.name, u.name as "unitName", a.status, a.invited, a.done, a.form,
      a.amount_fen as "amountFen", a.note
    from retirees.attendance a join kernel.person_name n on n.id = a.person_id join kernel.unit_name u on u.id = n.unit_id
    where a.event_id = ${eventId} order by u.name, n.name, a.person_id`.execute(db)
  return rows
}

/**
 * Opens an event with its list: all retired of the unit and below, or of one group, as the roster is today. Who ought to have
 * been there stays countable, also when nobody came.
 * @throws Problem 403 | 404, 422 `nobody` | `through-book`
 */
export async function addEvent(tx: Tx, actor: Actor, draft: EventInput): Promise<{ id: number; people: number }> {
  await requirePermission(tx, actor, 'retirees.write', draft.unitId, 'retirees.read')
  const { unitId, kind, title, onDay, clubId, ...details } = draft
  if (kind === 'activity') await refuseTyped(tx, unitId, onDay, Number(details['costFen' as keyof typeof details] ?? 0))
  const made = await sql<{ id: number }>`
    insert into retirees.event (unit_id, kind, title, on_day, details, created_by)
    values (${unitId}, ${kind}, ${title}, ${onDay}::date, ${JSON.stringify(details)}::jsonb, ${actor.accountId}) returning id`.execute(
    tx,
  )
  const { id } = made.rows[0]!
  const { rows } = await sql`
    insert into retirees.attendance (event_id, person_id, status)
    select ${id}, m.id, case when exists (
        select from members.tag t where t.person_id = m.id and t.tag = '离休' and t.valid_to = 'infinity') then '离休' else '退休' end
    from members.person m join kernel.closure k on k.descendant_id = m.unit_id and k.ancestor_id = ${unitId} and k.valid_to = 'infinity'
    where m.kind = 'member' and m.status = 'retired' and m.merged_into is null
      ${clubId ? sql`and exists (select from retirees.club_member b where b.person_id = m.id and b.club_id = ${clubId})` : sql``}
    returning person_id`.execute(tx)
  if (!rows.length) throw refused('nobody', '花名册上没有退休会员，请先在会员里登记退休。')
  await audit(tx, actor, {
    action: 'retirees.event',
    objectKind: 'retirees-event',
    objectId: id,
    unitId,
    summary: `登记离退休${EVENT_KINDS[kind]}“${title}”，名单 ${rows.length} 人`,
  })
  await keepEvent(tx, actor, id)
  return { id, people: rows.length }
}

/** Who was asked, who came, what was brought, many at once. @throws Problem 403 | 404, 422 `not-listed` */
export async function markEvent(
  tx: Tx,
  actor: Actor,
  eventId: number,
  { marks }: MarksInput,
): Promise<{ marked: number }> {
  await sql`select from retirees.event where id = ${eventId} for update`.execute(tx)
  const event = await eventById(tx, actor, eventId)
  await requirePermission(tx, actor, 'retirees.write', event.unitId, 'retirees.read')
  const { rows } = await sql`
    update retirees.attendance a set invited = coalesce(g.invited, a.invited) or coalesce(g.done, a.done),
      done = coalesce(g.done, a.done), form = coalesce(g.form, a.form), amount_fen = coalesce(g."amountFen", a.amount_fen),
      note = coalesce(g.note, a.note)
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb)
      as g ("personId" bigint, invited boolean, done boolean, form text, "amountFen" bigint, note text)
    where a.event_id = ${eventId} and a.person_id = g."personId" returning a.person_id`.execute(tx)
  if (rows.length !== new Set(marks.map((mark) => mark.personId)).size)
    throw refused('not-listed', '有人不在名单里，请刷新后再登记。')
  await audit(tx, actor, {
    action: 'retirees.mark',
    objectKind: 'retirees-event',
    objectId: eventId,
    unitId: event.unitId,
    summary: `登记“${event.title}”的参加情况 ${rows.length} 人`,
  })
  await keepEvent(tx, actor, eventId)
  return { marked: rows.length }
}

/** The event as it counts in its register, with everybody on the list, also those who weren't there. */
export async function keepEvent(tx: Tx, actor: Actor, eventId: number): Promise<void> {
  const { rows } = await sql<Pick<EventDetail, 'unitId' | 'kind' | 'title' | 'onDay' | 'details' | 'costFen'>>`
    select e.unit_id as "unitId", e.kind, e.title, e.on_day as "onDay", e.details, ${cost} from retirees.event e
    where e.id = ${eventId}`.execute(tx)
  const { unitId, kind, title, onDay, details, costFen } = rows[0]!
  const people = await listOf(tx, eventId)
  const about = (fields: Record<string, unknown>) => ({ unitId, happenedOn: onDay, title, fields })
  const keptBy = `retirees/events/${eventId}`
  if (kind === 'activity')
    await keepRecords(tx, actor, activities, [
      {
        keptBy,
        draft: {
          ...about({
            kind: details['occasion'],
            ...(details['form'] !== undefined && { form: details['form'] }),
            ...(details['place'] !== undefined && { place: details['place'] }),
            ...(costFen > 0 && { cost: costFen }),
          }),
          lines: people.map((one) => ({
            personId: one.personId,
            fields: { status: one.status, invited: one.invited, done: one.done },
          })),
        },
      },
    ])
  if (kind === 'gift')
    await keepRecords(tx, actor, gifts, [
      {
        keptBy,
        draft: {
          ...about({ kind: details['giftKind'] }),
          lines: people.map((one) => ({
            personId: one.personId,
            fields: { done: one.done, ...(one.done && { value: Number(details['valueFen']) }) },
          })),
        },
      },
    ])
  // A round of visits holds those who were visited: there is no «ought to» in its ledger.
  const visited = people.filter((one) => one.done)
  if (kind === 'visit' && visited.length)
    await keepRecords(tx, actor, visits, [
      {
        keptBy,
        draft: {
          ...about({ festival: details['festival'], ledBy: details['ledBy'] }),
          lines: visited.map((one) => ({
            personId: one.personId,
            fields: {
              status: one.status,
              form: one.form ?? '上门走访',
              ...(one.amountFen > 0 && { amount: one.amountFen }),
              ...(one.note && { opinion: one.note }),
            },
          })),
        },
      },
    ])
}
