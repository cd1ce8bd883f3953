import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { postFacts, reverseFacts, type FactDraft } from '../../../kernel/facts/post.ts'
import { UNKNOWN_SINCE } from '../types.ts'

interface UnitDates {
  id: number
  type: string
  founded_on: string | null
  dissolved_on: string | null
}

/**
 * A unit's facts follow from its row alone: it stands from its founding (unknown: since before any ledger) until it is
 * dissolved, and it was founded in the period of its founding day if that is known.
 */
export async function postUnitFacts(tx: Tx, actor: Actor, unitIds: readonly number[], reason: string): Promise<void> {
  await reverseFacts(tx, actor, 'unit', unitIds, reason)
  const { rows } = await sql<UnitDates>`
    select id, type, founded_on, dissolved_on from organisation.unit where id = any(${unitIds}::bigint[])`.execute(tx)
  await postFacts(tx, actor, rows.flatMap(unitFacts))
}

function unitFacts(unit: UnitDates): FactDraft[] {
  const base = { unitId: unit.id, refKind: 'unit', refId: unit.id, dims: { type: unit.type } }
  const facts: FactDraft[] = [
    { ...base, measure: 'organisation.units', onDate: unit.founded_on ?? UNKNOWN_SINCE, quantity: 1 },
  ]
  if (unit.founded_on) facts.push({ ...base, measure: 'organisation.founded', onDate: unit.founded_on, quantity: 1 })
  if (unit.dissolved_on) facts.push({ ...base, measure: 'organisation.units', onDate: unit.dissolved_on, quantity: -1 })
  return facts
}

/**
 * A headcount is a level, facts are changes: each count posts its difference to the count before it, so a sum up to a
 * day is the level of that day.
 */
export async function postHeadcountFacts(
  tx: Tx,
  actor: Actor,
  unitIds: readonly number[],
  reason: string,
): Promise<void> {
  const { rows } = await sql<{ id: number; unit_id: number; counted_on: string; kind: string; difference: number }>`
    ${headcountDifferences(sql`h.unit_id = any(${unitIds}::bigint[])`)}`.execute(tx)
  const { rows: known } = await sql<{ id: number }>`
    select distinct ref_id as id from kernel.fact where ref_kind = 'headcount' and unit_id = any(${unitIds}::bigint[])
      and reversal_of is null and reversed_by is null`.execute(tx)
  await reverseFacts(
    tx,
    actor,
    'headcount',
    known.map((row) => row.id),
    reason,
  )
  await postFacts(
    tx,
    actor,
    rows.map((row) => ({
      measure: 'organisation.staff',
      unitId: row.unit_id,
      onDate: row.counted_on,
      quantity: row.difference,
      dims: { kind: row.kind },
      refKind: 'headcount',
      refId: row.id,
    })),
  )
}

/** Per count and kind, the change since the unit's count before it; unchanged kinds give no row. */
const headcountDifferences = (condition: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select id, unit_id, counted_on, kind, difference from (
    select h.id, h.unit_id, h.counted_on, k.kind,
      k.level - lag(k.level, 1, 0) over (partition by h.unit_id, k.kind order by h.counted_on) as difference
    from organisation.headcount h
    cross join lateral (values ('staff', h.staff), ('women', h.women), ('dispatched', h.dispatched),
      ('employers', h.employers)) k (kind, level)
    where k.level is not null and ${condition}
  ) d where difference <> 0`

const recount = (rows: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select unit_id, on_date, quantity, null::bigint as person_id, null::bigint as household_id, dims from (${rows}) own`

/** What each measure's facts must add up to, recomputed from this module's own tables (for `declareRecompute`). */
export const recomputes: Record<string, () => RawBuilder<unknown>> = {
  'organisation.units': () =>
    recount(sql`
    select id as unit_id, coalesce(founded_on, ${UNKNOWN_SINCE}::date) as on_date, 1::bigint as quantity,
      jsonb_build_object('type', type) as dims from organisation.unit
    union all
    select id, dissolved_on, -1, jsonb_build_object('type', type) from organisation.unit where dissolved_on is not null`),
  'organisation.founded': () =>
    recount(sql`
    select id as unit_id, founded_on as on_date, 1::bigint as quantity, jsonb_build_object('type', type) as dims
    from organisation.unit where founded_on is not null`),
  'organisation.staff': () =>
    recount(sql`
    select h.unit_id, h.counted_on as on_date, (k.level - coalesce(before.level, 0))::bigint as quantity,
      jsonb_build_object('kind', k.kind) as dims
    from organisation.headcount h
    cross join lateral (values ('staff', h.staff), ('women', h.women), ('dispatched', h.dispatched),
      ('employers', h.employers)) k (kind, level)
    left join lateral (
      select case k.kind when 'staff' then b.staff when 'women' then b.women when 'dispatched' then b.dispatched
        else b.employers end as level
      from organisation.headcount b
      where b.unit_id = h.unit_id and b.counted_on < h.counted_on and case k.kind when 'staff' then b.staff
        when 'women' then b.women when 'dispatched' then b.dispatched else b.employers end is not null
      order by b.counted_on desc limit 1
    ) before on true
    where k.level is not null and k.level <> coalesce(before.level, 0)`),
}
