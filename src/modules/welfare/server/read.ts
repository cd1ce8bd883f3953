import { sql } from 'kysely'
import { allows, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { CheckUpDetail, CheckUpEntry, CheckUpRow, OwnCheckUp, Slot } from '../contract.ts'

const columns = sql`c.id, c.unit_id as "unitId", u.name as "unitName", c.title, c.scope, c.hospital, c.start_on as "startOn",
  c.until_on as "untilOn", c.cost_fen as "costFen", c.note, c.state, c.reason, c.people,
  (select count(*)::int from welfare.check_up_entry e where e.check_up_id = c.id and e.slot_id is not null) as booked,
  (select count(*)::int from welfare.check_up_entry e where e.check_up_id = c.id and e.attended_on is not null) as attended`

/** Seen by the unit that holds it and by those whose people are due. */
const visible = (actor: Actor) => sql<boolean>`(${visibleTo(actor, 'welfare.read', 'c.unit_id')} or exists (
  select from welfare.check_up_entry e where e.check_up_id = c.id and ${visibleTo(actor, 'welfare.read', 'e.unit_id')}))`

export async function listCheckUps(db: Db, actor: Actor, unitId: number, year: number): Promise<CheckUpRow[]> {
  const { rows } = await sql<CheckUpRow>`
    select ${columns} from welfare.check_up c join kernel.unit_name u on u.id = c.unit_id
    where extract(year from c.start_on) = ${year} and ${visible(actor)} and exists (
      select from kernel.closure k where k.valid_to = 'infinity' and ((k.ancestor_id = ${unitId} and k.descendant_id = c.unit_id)
        or (k.ancestor_id = c.unit_id and k.descendant_id = ${unitId})))
    order by c.start_on desc, c.id desc limit 200`.execute(db)
  return rows
}

/** @throws Problem 404 */
export async function checkUpById(db: Db | Tx, actor: Actor, id: number): Promise<CheckUpRow> {
  const { rows } = await sql<CheckUpRow>`
    select ${columns} from welfare.check_up c join kernel.unit_name u on u.id = c.unit_id
    where c.id = ${id} and ${visible(actor)}`.execute(db)
  if (!rows[0]) throw notFound('体检')
  return rows[0]
}

export async function checkUpDetail(db: Db, actor: Actor, id: number): Promise<CheckUpDetail> {
  const checkUp = await checkUpById(db, actor, id)
  return {
    ...checkUp,
    slots: (await slotsOf(db, [id])).get(id) ?? [],
    mayRun: await allows(db, actor, 'welfare.write', checkUp.unitId),
  }
}

async function slotsOf(db: Db, ids: readonly number[]): Promise<Map<number, Slot[]>> {
  const { rows } = await sql<Slot & { checkUpId: number }>`
    select id, check_up_id as "checkUpId", on_day as "onDay", part, places, taken from welfare.check_up_slot
    where check_up_id = any(${ids}::bigint[]) order by on_day, part`.execute(db)
  const slots = new Map<number, Slot[]>()
  for (const { checkUpId, ...slot } of rows) slots.set(checkUpId, [...(slots.get(checkUpId) ?? []), slot])
  return slots
}

const slotText = sql`case when s.id is not null then s.on_day::text || ' ' || s.part end`

/** Who is due, as far as the reader may see. Whether a second look was advised is told to those who run it, by no other list. */
export async function entriesOf(
  db: Db,
  actor: Actor,
  id: number,
  filter: { q?: string; step?: string; after?: number },
): Promise<{ rows: CheckUpEntry[]; next: number | null }> {
  await checkUpById(db, actor, id)
  const size = 50
  const steps: Record<string, ReturnType<typeof sql>> = {
    due: sql`and e.slot_id is null and e.attended_on is null`,
    booked: sql`and e.slot_id is not null and e.attended_on is null`,
    attended: sql`and e.attended_on is not null`,
    'follow-up': sql`and e.follow_up and ${visibleTo(actor, 'welfare.write', 'e.unit_id')}`,
  }
  const q = filter.q?.trim()
  const { rows } = await sql<CheckUpEntry>`
    select e.no, p.name as "personName", u.name as "unitName", e.status, e.slot_id as "slotId", ${slotText} as slot,
      e.attended_on as "attendedOn", case when ${visibleTo(actor, 'welfare.write', 'e.unit_id')} then e.follow_up end as "followUp",
      case when ${visibleTo(actor, 'welfare.write', 'e.unit_id')} then e.reminded_on end as "remindedOn"
    from welfare.check_up_entry e join kernel.person_name p on p.id = e.person_id join kernel.unit_name u on u.id = e.unit_id
    left join welfare.check_up_slot s on s.id = e.slot_id
    where e.check_up_id = ${id} and e.no > ${filter.after ?? 0} and ${visibleTo(actor, 'welfare.read', 'e.unit_id')}
      ${filter.step ? (steps[filter.step] ?? sql``) : sql``}
      ${q ? sql`and (p.name like ${`%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`} or p.staff_no = ${q})` : sql``}
    order by e.no limit ${size + 1}`.execute(db)
  const more = rows.length > size
  if (more) rows.pop()
  return { rows, next: more ? rows.at(-1)!.no : null }
}

/** The check-ups one is due for, with the slots that still have places. */
export async function ownCheckUps(db: Db, personId: number): Promise<OwnCheckUp[]> {
  const { rows } = await sql<Omit<OwnCheckUp, 'slots'>>`
    select c.id, c.title, c.hospital, c.start_on as "startOn", c.until_on as "untilOn", c.note, c.state, e.slot_id as "slotId",
      ${slotText} as slot, e.attended_on as "attendedOn", e.follow_up as "followUp"
    from welfare.check_up_entry e join welfare.check_up c on c.id = e.check_up_id left join welfare.check_up_slot s on s.id = e.slot_id
    where e.person_id = ${personId} and c.state in ('open', 'closed') order by c.start_on desc, c.id desc limit 20`.execute(
    db,
  )
  const slots = await slotsOf(
    db,
    rows.filter((row) => row.state === 'open' && !row.attendedOn).map((row) => row.id),
  )
  return rows.map((row) => ({ ...row, slots: slots.get(row.id) ?? [] }))
}
