import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { Catalogue } from '../register/registry.ts'
import { notFound } from '../contract/problem.ts'
import { breadthOf, factsOf, liveFacts, spanOf, type Scope } from './count.ts'
import { eachOf, shareOf, wantedOf } from './figures.ts'
import { statedFigures, statedMetricOf } from './stated.ts'

/** One row behind a figure: a fact, or the record that states it. */
export interface BehindRow {
  factId: number | null
  part: 'value' | 'numerator' | 'denominator'
  onDate: string
  unitId: number
  unitName: string
  quantity: number
  personId: number | null
  personName: string | null
  householdId: number | null
  dims: Record<string, string>
  refKind: string
  refId: number
  refLine: number | null
  register: string | null
  title: string | null
}

/**
 * The rows a figure was counted from, newest first, by pages.
 * @param after fact id of the last row of the previous page
 */
export async function rowsBehind(
  db: Db | Tx,
  known: Catalogue,
  metricId: string,
  scope: Scope,
  page: { after?: number; limit: number; part?: 'numerator' | 'denominator' },
): Promise<{ rows: BehindRow[]; next: number | null }> {
  const metric = known.metrics.get(metricId)
  if (!metric) throw notFound('指标')
  const { source } = metric
  const ratio =
    source.kind === 'ratio'
      ? source
      : source.kind === 'register' && 'ratio' in source.aggregate
        ? source.aggregate.ratio
        : null
  if (ratio)
    return rowsBehind(db, known, ratio[page.part ?? 'numerator'], scope, { ...page, part: undefined } as typeof page)

  const stated = statedMetricOf(metric, known)
  if (stated) {
    const [row] = await statedFigures(db, scope, [stated])
    if (!row) return { rows: [], next: null }
    const { rows } = await sql<BehindRow>`
      select null as "factId", 'value' as part, r.happened_on as "onDate", r.unit_id as "unitId", u.name as "unitName",
        ${row.value}::bigint as quantity, r.person_id as "personId", p.name as "personName", r.household_id as "householdId",
        '{}'::jsonb as dims, 'record' as "refKind", r.id as "refId", null as "refLine", r.register, r.title
      from kernel.record r join kernel.unit_name u on u.id = r.unit_id left join kernel.person_name p on p.id = r.person_id
      where r.id = ${row.recordId}`.execute(db)
    return { rows, next: null }
  }
  const wanted = wantedOf(metric, (register) => Boolean(known.registers.get(register)?.lines))!
  const breadth = await breadthOf(db, scope.unitId)
  const { rows } = await sql<BehindRow>`
    select f.id as "factId", 'value' as part, f.on_date as "onDate", f.unit_id as "unitId", u.name as "unitName", f.quantity,
      coalesce(p.merged_into, f.person_id) as "personId", p.name as "personName", f.household_id as "householdId", f.dims,
      f.ref_kind as "refKind", f.ref_id as "refId", f.ref_line as "refLine", r.register, r.title
    from (
      select f.* ${factsOf(scope, wanted.balance, breadth)} and f.measure = ${wanted.measure} and f.on_date <= ${scope.to}::date
        ${wanted.balance ? sql`` : sql`and f.on_date >= ${scope.from}::date`}
        and f.dims @> any(${wanted.patterns}::jsonb[]) and ${liveFacts(scope.watermark)}
        ${scope.recordIds ? sql`and f.ref_kind = 'record' and f.ref_id = any(${scope.recordIds}::bigint[])` : sql``}
        ${page.after ? sql`and f.id < ${page.after}` : sql``}
      order by f.id desc limit ${page.limit + 1}) f
    join kernel.unit_name u on u.id = f.unit_id
    left join kernel.person_name p on p.id = f.person_id
    left join kernel.record r on f.ref_kind = 'record' and r.id = f.ref_id
    order by f.id desc`.execute(db)
  const more = rows.length > page.limit
  if (more) rows.pop()
  return { rows, next: more ? (rows.at(-1)?.factId ?? null) : null }
}

/**
 * Recounts a figure from the rows its drill-down opens, page by page: what a reader could do with a pencil. Shares and
 * frequencies are worked out again from the rows of their parts. Used by `cases` and tests.
 */
export async function recount(db: Db | Tx, known: Catalogue, metricId: string, scope: Scope): Promise<number> {
  const metric = known.metrics.get(metricId)!
  const aggregate = metric.source.kind === 'register' ? metric.source.aggregate : null
  const ratio =
    metric.source.kind === 'ratio' ? metric.source : aggregate && 'ratio' in aggregate ? aggregate.ratio : null
  if (ratio) {
    const numerator = await recount(db, known, ratio.numerator, scope)
    const denominator = await recount(db, known, ratio.denominator, scope)
    if (!denominator) return 0
    return 'as' in ratio && ratio.as === 'each' ? eachOf(numerator, denominator) : shareOf(numerator, denominator)
  }
  let after: number | undefined
  let quantity = 0
  const subjects = new Set<string | number>()
  const months = new Set<string>()
  let [first, last] = ['9999-12-31', '0001-01-01']
  const subject = aggregate && 'distinct' in aggregate ? aggregate.distinct : null
  for (;;) {
    const { rows, next } = await rowsBehind(db, known, metricId, scope, {
      limit: 1000,
      ...(after !== undefined && { after }),
    })
    for (const row of rows) {
      quantity += row.quantity
      months.add(row.onDate.slice(0, 7))
      if (row.onDate < first) first = row.onDate
      if (row.onDate > last) last = row.onDate
      const key =
        subject === 'person'
          ? row.personId
          : subject === 'household'
            ? row.householdId
            : subject
              ? row.dims[subject.dim]
              : null
      if (key !== null && key !== undefined) subjects.add(key)
    }
    if (next === null) break
    after = next
  }
  if (subject) return subjects.size
  if (aggregate && 'monthlyMean' in aggregate)
    return months.size ? Math.floor((2 * quantity + months.size) / (2 * months.size)) : 0
  if (aggregate && 'frequency' in aggregate)
    return quantity ? Math.floor(quantity / spanOf(aggregate.per, first, last)) : 0
  return quantity
}
