import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'

/**
 * The closure (kernel.closure) is the one place every scope joins. Only this file writes it. A unit's first place
 * reaches back to the beginning of time, as its parent's did: a ledger entered late is still counted where the unit stood.
 */

/** Puts a new unit below its parent: it inherits the parent's places with their dates. */
export async function openPlaces(tx: Tx, unitId: number, parentId: number | null): Promise<void> {
  await sql`
    insert into kernel.closure (ancestor_id, descendant_id, depth, valid_from, valid_to)
    select ${unitId}::bigint, ${unitId}::bigint, 0, '-infinity'::date, 'infinity'::date
    union all
    select ancestor_id, ${unitId}::bigint, depth + 1, valid_from, valid_to
    from kernel.closure where descendant_id = ${parentId}::bigint`.execute(tx)
}

/**
 * Moves a subtree from one day on: rows to the old ancestors end that day, rows to the new ones begin. What was counted
 * before that day stays where it was. Caller has checked that nothing in either place changes after the day.
 * @param effectiveOn `YYYY-MM-DD`, the first day in the new place
 */
export async function movePlaces(
  tx: Tx,
  unitId: number,
  newParentId: number | null,
  effectiveOn: string,
): Promise<void> {
  const outside = sql`
    descendant_id in (select descendant_id from kernel.closure where ancestor_id = ${unitId} and valid_to = 'infinity')
    and ancestor_id not in (select descendant_id from kernel.closure where ancestor_id = ${unitId} and valid_to = 'infinity')
    and valid_to = 'infinity'`
  await sql`delete from kernel.closure where ${outside} and valid_from = ${effectiveOn}::date`.execute(tx)
  await sql`update kernel.closure set valid_to = ${effectiveOn}::date where ${outside}`.execute(tx)
  await sql`
    insert into kernel.closure (ancestor_id, descendant_id, depth, valid_from)
    select above.ancestor_id, below.descendant_id, above.depth + 1 + below.depth, ${effectiveOn}::date
    from kernel.closure above, kernel.closure below
    where above.descendant_id = ${newParentId} and above.valid_to = 'infinity'
      and below.ancestor_id = ${unitId} and below.valid_to = 'infinity'`.execute(tx)
}

/** The day after which a unit, what is below it and its line of ancestors have stood as they stand; null: always. */
export async function lastMovedOn(db: Db | Tx, unitId: number): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select max(valid_from)::text as day from kernel.closure
    where valid_from > '-infinity' and descendant_id in
      (select descendant_id from kernel.closure where ancestor_id = ${unitId} and valid_to = 'infinity')`.execute(db)
  return rows[0]?.day ?? null
}

/** A unit and everything below it on a day (today by default). */
export async function subtreeIds(db: Db | Tx, unitId: number, onDate?: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select descendant_id as id from kernel.closure where ancestor_id = ${unitId}
      and valid_from <= coalesce(${onDate ?? null}::date, current_date)
      and valid_to > coalesce(${onDate ?? null}::date, current_date)
    order by depth, descendant_id`.execute(db)
  return rows.map((row) => row.id)
}

export interface PathStep {
  id: number
  code: string
  name: string
  type: string
}

/** From the top down to the unit itself, as it stood on a day (today by default). */
export async function pathOf(db: Db | Tx, unitId: number, onDate?: string): Promise<PathStep[]> {
  const { rows } = await sql<PathStep>`
    select u.id, u.code, coalesce(v.name, u.name) as name, u.type
    from kernel.closure c
    join organisation.unit u on u.id = c.ancestor_id
    left join lateral (
      select name from organisation.unit_version v
      where v.unit_id = u.id and v.valid_from <= coalesce(${onDate ?? null}::date, current_date)
        and v.valid_to > coalesce(${onDate ?? null}::date, current_date)
    ) v on true
    where c.descendant_id = ${unitId}
      and c.valid_from <= coalesce(${onDate ?? null}::date, current_date)
      and c.valid_to > coalesce(${onDate ?? null}::date, current_date)
    order by c.depth desc`.execute(db)
  return rows
}
