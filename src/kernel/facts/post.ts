import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db/database.ts'

export interface FactDraft {
  measure: string
  unitId: number
  /** `YYYY-MM-DD` */
  onDate: string
  /** pieces, persons, or fen */
  quantity: number
  personId?: number | null
  householdId?: number | null
  dims?: Readonly<Record<string, string>>
  refKind: string
  refId: number
  refLine?: number | null
}

/** Posts facts in one statement, in the transaction of the deed that made them. Quantities are integers. */
export async function postFacts(tx: Tx, actor: Actor, facts: readonly FactDraft[]): Promise<void> {
  for (let start = 0; start < facts.length; start += 5000) {
    const part = facts.slice(start, start + 5000)
    await sql`
      insert into kernel.fact (measure, unit_id, on_date, quantity, person_id, household_id, dims, ref_kind, ref_id, ref_line, posted_by)
      select *, ${actor.accountId}::bigint from unnest(
        ${part.map((fact) => fact.measure)}::text[],
        ${part.map((fact) => fact.unitId)}::bigint[],
        ${part.map((fact) => fact.onDate)}::date[],
        ${part.map((fact) => fact.quantity)}::bigint[],
        ${part.map((fact) => fact.personId ?? null)}::bigint[],
        ${part.map((fact) => fact.householdId ?? null)}::bigint[],
        ${part.map((fact) => JSON.stringify(fact.dims ?? {}))}::jsonb[],
        ${part.map((fact) => fact.refKind)}::text[],
        ${part.map((fact) => fact.refId)}::bigint[],
        ${part.map((fact) => fact.refLine ?? null)}::bigint[])`.execute(tx)
  }
}

/**
 * Takes back every live fact of some rows: a reversal for each, and both sides count nowhere from then on.
 * @returns how many facts were reversed
 */
export async function reverseFacts(
  tx: Tx,
  actor: Actor,
  refKind: string,
  refIds: readonly number[],
  reason: string,
): Promise<number> {
  const { rows } = await sql<{ reversed: number }>`
    with taken as (
      select id, measure, unit_id, on_date, quantity, person_id, household_id, dims, ref_kind, ref_id, ref_line
      from kernel.fact
      where ref_kind = ${refKind} and ref_id = any(${refIds}::bigint[]) and reversal_of is null and reversed_by is null
      for update
    ), reversal as (
      insert into kernel.fact (measure, unit_id, on_date, quantity, person_id, household_id, dims, ref_kind, ref_id,
        ref_line, reversal_of, posted_by, reason)
      select measure, unit_id, on_date, -quantity, person_id, household_id, dims, ref_kind, ref_id, ref_line, id,
        ${actor.accountId}::bigint, ${reason}::text
      from taken
      returning id, reversal_of
    ), closed as (
      update kernel.fact f set reversed_by = r.id from reversal r where f.id = r.reversal_of returning f.id
    )
    select count(*)::int as reversed from closed`.execute(tx)
  return rows[0]?.reversed ?? 0
}
