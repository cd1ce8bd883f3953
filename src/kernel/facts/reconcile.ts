import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { Field, Register } from '../register/declaration.ts'
import type { Catalogue } from '../register/registry.ts'
import { measureOf, summedFields } from './derive.ts'

/** A measure's rows recomputed from its provider's own tables: select unit_id, on_date, quantity, person_id, household_id, dims. */
export type Recompute = RawBuilder<unknown>

const extra = new Map<string, () => Recompute>()

/** Called by modules whose facts don't come from a register. */
export function declareRecompute(measure: string, recompute: () => Recompute): void {
  extra.set(measure, recompute)
}

const dimsSql = (fields: readonly Field[], column: string): RawBuilder<unknown> => {
  const dims = fields.filter((declared) => declared.dim)
  if (!dims.length) return sql`'{}'::jsonb`
  return sql`jsonb_strip_nulls(jsonb_build_object(${sql.join(
    dims.flatMap((declared) => [
      sql`${declared.id}::text`,
      sql`case jsonb_typeof(${sql.ref(column)} -> ${declared.id})
        when 'boolean' then case when (${sql.ref(column)} ->> ${declared.id})::boolean then '是' else '否' end
        when 'object' then nullif(${sql.ref(column)} -> ${declared.id} ->> 'name', '')
        else nullif(${sql.ref(column)} ->> ${declared.id}, '') end`,
    ]),
  )}))`
}

/** SQL for each measure of a register, written from the declaration and independent of `deriveFacts`. */
function recomputesOf(register: Register): Map<string, Recompute> {
  const recomputes = new Map<string, Recompute>()
  const recordDims = dimsSql(register.fields, 'r.fields')
  const records = sql`from kernel.record r where r.register = ${register.id} and r.state = 'recorded'`
  recomputes.set(
    measureOf(register.id, 'record'),
    sql`
    select r.unit_id, r.happened_on as on_date, 1::bigint as quantity, r.person_id, r.household_id, ${recordDims} as dims ${records}`,
  )
  const summed = summedFields(register)
  for (const declared of register.fields)
    if (summed.has(declared.id))
      recomputes.set(
        measureOf(register.id, declared.id),
        sql`
        select r.unit_id, r.happened_on as on_date, (r.fields ->> ${declared.id})::bigint as quantity, r.person_id, r.household_id,
          ${recordDims} as dims ${records} and coalesce((r.fields ->> ${declared.id})::bigint, 0) <> 0`,
      )
  if (register.lines) {
    const lineDims = sql`${recordDims} || ${dimsSql(register.lines.fields, 'l.fields')}`
    const lines = sql`from kernel.record r join kernel.record_line l on l.record_id = r.id
      where r.register = ${register.id} and r.state = 'recorded'`
    const subject = sql`coalesce(l.person_id, r.person_id) as person_id, coalesce(l.household_id, r.household_id) as household_id`
    recomputes.set(
      measureOf(register.id, 'line'),
      sql`
      select r.unit_id, r.happened_on as on_date, 1::bigint as quantity, ${subject}, ${lineDims} as dims ${lines}`,
    )
    for (const declared of register.lines.fields)
      if (summed.has(declared.id))
        recomputes.set(
          measureOf(register.id, declared.id),
          sql`
          select r.unit_id, r.happened_on as on_date, (l.fields ->> ${declared.id})::bigint as quantity, ${subject},
            ${lineDims} as dims ${lines} and coalesce((l.fields ->> ${declared.id})::bigint, 0) <> 0`,
        )
  }
  return recomputes
}

export interface Difference {
  measure: string
  unitId: number
  onDate: string
  posted: number
  recomputed: number
}

/**
 * Compares every measure's live facts with its own recomputation, by unit, day, person, household and dimensions.
 * Measures that have facts but no provider are differences too.
 * @returns the number of measures compared and at most 20 differences per measure
 */
export async function reconcile(
  db: Db | Tx,
  known: Catalogue,
): Promise<{ measures: number; differences: Difference[] }> {
  const { rows: posted } = await sql<{ measure: string; register: string | null }>`
    select measure, null as register from (select distinct measure from kernel.fact) f`.execute(db)
  const { rows: kept } = await sql<{
    register: string
  }>`select distinct register from kernel.record where state = 'recorded'`.execute(db)
  const providers = new Map<string, Recompute>()
  const used = new Set([...posted.map((row) => row.measure.split('/')[0]!), ...kept.map((row) => row.register)])
  for (const register of known.registers.values())
    if (used.has(register.id))
      for (const [measure, recompute] of recomputesOf(register)) providers.set(measure, recompute)
  for (const [measure, recompute] of extra) providers.set(measure, recompute())

  const differences: Difference[] = []
  for (const { measure } of posted)
    if (!providers.has(measure)) differences.push({ measure, unitId: 0, onDate: '', posted: 1, recomputed: 0 })
  for (const [measure, recompute] of providers) {
    const { rows } = await sql<Difference>`
      with posted as (
        select unit_id, on_date, person_id, household_id, dims, sum(quantity) as quantity, count(*) as n from kernel.fact
        where measure = ${measure} and reversal_of is null and reversed_by is null group by 1, 2, 3, 4, 5),
      own as (
        select unit_id, on_date, person_id, household_id, dims, sum(quantity) as quantity, count(*) as n
        from (${recompute}) t group by 1, 2, 3, 4, 5)
      select ${measure} as measure, unit_id as "unitId", on_date as "onDate",
        sum(posted)::bigint as posted, sum(recomputed)::bigint as recomputed
      from (
        select unit_id, on_date, person_id, household_id, dims, quantity as posted, 0 as recomputed, n, 0 as m from posted
        union all
        select unit_id, on_date, person_id, household_id, dims, 0, quantity, 0, n from own) both_sides
      group by unit_id, on_date, person_id, household_id, dims
      having sum(posted) <> sum(recomputed) or sum(n) <> sum(m)
      limit 20`.execute(db)
    differences.push(...rows)
  }
  return { measures: providers.size, differences }
}
