import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { addDays, type Day } from '../../../kernel/calendar/days.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { CATALOGUE } from '../catalogue.ts'
import type { DutyInput } from '../contract.ts'
import { duesOf } from '../periods.ts'
import type { DutyVerification, Kind, Rhythm } from '../words.ts'
import { below, requireReading } from './items.ts'

export interface Duty {
  id: number
  unitId: number
  unitName: string
  entry: string | null
  kind: Kind
  category: string
  title: string
  rhythm: Rhythm
  withinDays: number
  displayDays: number
  basis: string
  verification: DutyVerification
  startsOn: string
  endedOn: string | null
}

const columns = sql`d.id, d.unit_id as "unitId", u.name as "unitName", d.entry, d.kind, d.category, d.title, d.rhythm,
  d.within_days as "withinDays", d.display_days as "displayDays", d.basis, d.verification, d.starts_on as "startsOn",
  d.ended_on as "endedOn"`

/** What a unit has taken on, or (`subtree`) it and everything below. */
export async function dutiesOf(db: Db | Tx, actor: Actor, unitId: number, subtree = false): Promise<Duty[]> {
  await requireReading(db, actor, unitId)
  const { rows } = await sql<Duty>`select ${columns} from openness.duty d join organisation.unit u on u.id = d.unit_id
    where ${subtree ? sql`d.unit_id in (${below(unitId)})` : sql`d.unit_id = ${unitId}`}
      and ${visibleTo(actor, 'openness.read', 'd.unit_id')}
    order by d.ended_on is not null, u.sort_key, d.kind, d.id limit 5000`.execute(db)
  return rows
}

/** Takes entries of the shipped catalogue on; those that stand already are left as they are. @returns how many were new */
export async function adoptEntries(
  tx: Tx,
  actor: Actor,
  unitId: number,
  entries: readonly string[],
  startsOn: Day,
): Promise<number> {
  await requirePermission(tx, actor, 'openness.publish', unitId, 'openness.read')
  const chosen = CATALOGUE.filter((entry) => entries.includes(entry.id))
  if (chosen.length !== new Set(entries).size)
    throw refused('entry-unknown', '有的条目不在目录里，请刷新后重新勾选。', { entries: '请重新勾选' })
  const { numAffectedRows } = await sql`
    insert into openness.duty (unit_id, entry, kind, category, title, rhythm, within_days, display_days, basis,
      verification, starts_on, created_by)
    select ${unitId}, e.*, ${startsOn}::date, ${actor.accountId}
    from jsonb_to_recordset(${JSON.stringify(chosen)}::jsonb) as e (id text, kind text, category text, title text,
      rhythm text, "withinDays" int, "displayDays" int, basis text, verification text)
    on conflict do nothing`.execute(tx)
  await audit(tx, actor, {
    action: 'openness.adopt',
    objectKind: 'unit',
    objectId: unitId,
    unitId,
    summary: `采用公开目录 ${chosen.length} 项`,
    detail: { entries, startsOn },
  })
  return Number(numAffectedRows ?? 0)
}

/** A duty of the unit's own, or of a local rule the unit follows. */
export async function addDuty(tx: Tx, actor: Actor, input: DutyInput): Promise<number> {
  await requirePermission(tx, actor, 'openness.publish', input.unitId, 'openness.read')
  const { rows } = await sql<{ id: number }>`
    insert into openness.duty (unit_id, kind, category, title, rhythm, within_days, display_days, basis, verification,
      starts_on, created_by)
    values (${input.unitId}, ${input.kind}, ${input.category}, ${input.title}, ${input.rhythm}, ${input.withinDays},
      ${input.displayDays}, ${input.basis}, 'own', ${input.startsOn}::date, ${actor.accountId}) returning id`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'openness.add-duty',
    objectKind: 'openness-duty',
    objectId: rows[0]!.id,
    unitId: input.unitId,
    summary: `公开目录增加“${input.title}”`,
  })
  return rows[0]!.id
}

export async function endDuty(tx: Tx, actor: Actor, id: number, endedOn: Day): Promise<void> {
  const { rows } = await sql<{ unitId: number; title: string; startsOn: string }>`
    select unit_id as "unitId", title, starts_on as "startsOn" from openness.duty d
    where id = ${id} and ended_on is null and ${visibleTo(actor, 'openness.read', 'd.unit_id')} for update`.execute(tx)
  const duty = rows[0]
  if (!duty) throw notFound('目录条目')
  await requirePermission(tx, actor, 'openness.publish', duty.unitId, 'openness.read')
  if (endedOn < duty.startsOn) throw refused('duty-days', '停用日期不能早于启用日期。', { endedOn: '早于启用日期' })
  await sql`update openness.duty set ended_on = ${endedOn}::date where id = ${id}`.execute(tx)
  await audit(tx, actor, {
    action: 'openness.end-duty',
    objectKind: 'openness-duty',
    objectId: id,
    unitId: duty.unitId,
    summary: `公开目录停用“${duty.title}”`,
  })
}

export interface DueRow {
  dutyId: number
  unitId: number
  unitName: string
  kind: Kind
  category: string
  title: string
  displayDays: number
  period: string
  dueOn: Day
  itemId: number | null
  itemState: string | null
  publishedOn: Day | null
  overdue: boolean
}

/**
 * What the calendar asks of a unit and everything below between two days, with the item that answers it. Overdue is what
 * is past its day and does not hang, or hung late.
 */
export async function duesBetween(
  db: Db | Tx,
  actor: Actor,
  unitId: number,
  since: Day,
  by: Day,
  today: Day,
): Promise<DueRow[]> {
  const duties = await dutiesOf(db, actor, unitId, true)
  const calendar = await loadCalendar(db)
  const { rows: items } = await sql<{ dutyId: number; period: string; id: number; state: string; on: Day | null }>`
    select distinct on (duty_id, period) duty_id as "dutyId", period, id, state, published_on as on
    from openness.item where duty_id = any(${duties.map((duty) => duty.id)}::bigint[]) and period is not null
      and state <> 'dropped'
    order by duty_id, period, published_on nulls last, id desc`.execute(db)
  const answered = new Map(items.map((item) => [`${item.dutyId} ${item.period}`, item]))
  return duties
    .flatMap((duty) =>
      duesOf(duty, since, by, calendar).map(({ period, dueOn }) => {
        const item = answered.get(`${duty.id} ${period}`)
        return {
          dutyId: duty.id,
          unitId: duty.unitId,
          unitName: duty.unitName,
          kind: duty.kind,
          category: duty.category,
          title: duty.title,
          displayDays: duty.displayDays,
          period,
          dueOn,
          itemId: item?.id ?? null,
          itemState: item?.state ?? null,
          publishedOn: item?.on ?? null,
          overdue: !item?.on && dueOn < today,
        }
      }),
    )
    .toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : one.dutyId - other.dutyId))
}

/** A year back: what is older is history, not work. */
export const lookBack = (today: Day): Day => addDays(today, -366)
