import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db/database.ts'
import { deriveFacts } from '../facts/derive.ts'
import { postFacts } from '../facts/post.ts'
import type { Register } from './declaration.ts'
import type { LineDraft } from './draft.ts'

/** A line by the number its process gives it: the place on a roster, the place in a round. */
export interface KeptLine extends LineDraft {
  lineNo: number
}

/**
 * Adds lines to a record that a process keeps, and their facts, without touching the others: a roster of a hundred
 * thousand grows by the one who came. The caller checks permissions and audits.
 */
export async function addLines(
  tx: Tx,
  actor: Actor,
  register: Register,
  recordId: number,
  lines: readonly KeptLine[],
): Promise<void> {
  if (!lines.length) return
  const { rows } = await sql<{
    unitId: number
    happenedOn: string
    personId: number | null
    householdId: number | null
    fields: Record<string, unknown>
  }>`
    with record as (
      select unit_id, happened_on, person_id, household_id, fields from kernel.record
      where id = ${recordId} and register = ${register.id} and state = 'recorded' and kept_by is not null for share
    ), added as (
      insert into kernel.record_line (record_id, line_no, person_id, household_id, fields)
      select ${recordId}::bigint, t.line_no, t.person_id, t.household_id, t.fields
      from record cross join unnest(${lines.map((line) => line.lineNo)}::int[], ${lines.map((line) => line.personId ?? null)}::bigint[],
        ${lines.map((line) => line.householdId ?? null)}::bigint[], ${lines.map((line) => JSON.stringify(line.fields))}::jsonb[])
        as t (line_no, person_id, household_id, fields)
    )
    select unit_id as "unitId", happened_on as "happenedOn", person_id as "personId", household_id as "householdId", fields
    from record`.execute(tx)
  if (!rows[0]) throw new Error(`no kept record ${recordId} of ${register.id}`)
  const facts = deriveFacts(register, { ...rows[0], id: recordId, lines })
  // The record's own facts stand since it was filed.
  await postFacts(
    tx,
    actor,
    facts.filter((fact) => fact.refLine !== undefined && fact.refLine !== null),
  )
}

/** Takes lines out of a record that a process keeps; their facts are reversed with a reason. */
export async function dropLines(
  tx: Tx,
  actor: Actor,
  recordId: number,
  lineNos: readonly number[],
  reason: string,
): Promise<void> {
  if (!lineNos.length) return
  await sql`delete from kernel.record_line where record_id = ${recordId} and line_no = any(${lineNos}::int[])`.execute(
    tx,
  )
  await sql`
    with taken as (
      select id, measure, unit_id, on_date, quantity, person_id, household_id, dims, ref_kind, ref_id, ref_line
      from kernel.fact where ref_kind = 'record' and ref_id = ${recordId} and ref_line = any(${lineNos}::bigint[])
        and reversal_of is null and reversed_by is null
      for update
    ), reversal as (
      insert into kernel.fact (measure, unit_id, on_date, quantity, person_id, household_id, dims, ref_kind, ref_id,
        ref_line, reversal_of, posted_by, reason)
      select measure, unit_id, on_date, -quantity, person_id, household_id, dims, ref_kind, ref_id, ref_line, id,
        ${actor.accountId}::bigint, ${reason}::text
      from taken returning id, reversal_of
    )
    update kernel.fact f set reversed_by = r.id from reversal r where f.id = r.reversal_of`.execute(tx)
}

/** Brings lines up to date: what was due becomes what was done. */
export async function changeLines(
  tx: Tx,
  actor: Actor,
  register: Register,
  recordId: number,
  lines: readonly KeptLine[],
  reason: string,
): Promise<void> {
  const numbers = lines.map((line) => line.lineNo)
  await dropLines(tx, actor, recordId, numbers, reason)
  await addLines(tx, actor, register, recordId, lines)
}
