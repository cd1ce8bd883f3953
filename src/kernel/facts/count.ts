import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '../db/database.ts'

/** Where and when figures are asked for. */
export interface Scope {
  unitId: number
  /** `YYYY-MM-DD`, both inclusive */
  from: string
  to: string
  /** Only what was posted up to this fact: a frozen report keeps counting the same rows. */
  watermark?: number
  /** Only these records, each on its own. */
  recordIds?: readonly number[]
}

export interface Counted {
  metric: string
  recordId: number | null
  quantity: number
  subjects: number
  facts: number
  firstOn: string | null
  lastOn: string | null
  /** Distinct calendar periods with at least one event, and how many lie between the first and the last. */
  periods: number
  span: number
}

/** What one metric counts: facts of a measure, filtered by dimensions, by quantity or by distinct subject. */
export interface Wanted {
  metric: string
  measure: string
  subject: '' | 'person' | 'household' | string
  /** jsonb patterns, any of which the dimensions must contain */
  patterns: string[]
  balance: boolean
  bucket: '' | 'week' | 'month' | 'quarter' | 'half' | 'year'
}

/** Live facts as of a watermark; without one, as of now (and then the partial indexes serve). */
export const liveFacts = (watermark?: number): RawBuilder<unknown> =>
  watermark === undefined
    ? sql`f.reversal_of is null and f.reversed_by is null`
    : sql`f.reversal_of is null and f.id <= ${watermark} and (f.reversed_by is null or f.reversed_by > ${watermark})`

/**
 * The tree by which facts belong to a unit: what happened counts where the unit stood on that day; a stock (members, staff)
 * where it stands at the period's end, so that a branch that moved takes its people along.
 */
export const treeOf = (balance: boolean, to: string): RawBuilder<unknown> =>
  balance
    ? sql`c.valid_from <= ${to}::date and c.valid_to > ${to}::date`
    : sql`f.on_date >= c.valid_from and f.on_date < c.valid_to`

const bucketStart = (per: RawBuilder<unknown>, day: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  case ${per} when 'week' then date_trunc('week', ${day}) when 'month' then date_trunc('month', ${day})
    when 'quarter' then date_trunc('quarter', ${day}) when 'year' then date_trunc('year', ${day})
    when 'half' then make_timestamp(extract(year from ${day})::int, case when extract(month from ${day}) < 7 then 1 else 7 end, 1, 0, 0, 0)
  end`

/** How many buckets lie between two days, both inclusive. */
export function spanOf(per: Wanted['bucket'], first: string | null, last: string | null): number {
  if (!first || !last || !per) return 0
  const [a, b] = [new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`)]
  if (per === 'week') {
    const monday = (day: Date): number => Math.floor((day.getTime() / 86_400_000 + 3) / 7)
    return monday(b) - monday(a) + 1
  }
  const months = { month: 1, quarter: 3, half: 6, year: 12 }[per]
  const index = (day: Date): number => Math.floor((day.getUTCFullYear() * 12 + day.getUTCMonth()) / months)
  return index(b) - index(a) + 1
}

/** Above this many units the facts are read as a whole and those of other units left aside, instead of unit by unit. */
const WIDE = 1000

export interface Breadth {
  wide: boolean
  /** Some unit belonged here for a time only. */
  moved: boolean
}

export async function breadthOf(db: Db | Tx, unitId: number, wide = WIDE): Promise<Breadth> {
  const { rows } = await sql<Breadth>`
    select count(*) > ${wide}::int as wide, coalesce(bool_or(valid_from > '-infinity' or valid_to < 'infinity'), false) as moved
    from kernel.closure where ancestor_id = ${unitId}`.execute(db)
  return rows[0]!
}

/** `from … where …` of the scope's facts `f`, before any further condition. */
export function factsOf(scope: Scope, balance: boolean, { wide, moved }: Breadth): RawBuilder<unknown> {
  const byUnit = (more: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    kernel.closure c join kernel.fact f on f.unit_id = c.descendant_id and ${treeOf(balance, scope.to)}
    where c.ancestor_id = ${scope.unitId} ${more}`
  if (!wide || scope.recordIds) return sql`from ${byUnit(sql``)}`
  const inside = (period: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    kernel.fact f where f.unit_id in (select c.descendant_id from kernel.closure c where c.ancestor_id = ${scope.unitId} and ${period})`
  if (balance) return sql`from ${inside(treeOf(true, scope.to))}`
  const always = sql`c.valid_from = '-infinity' and c.valid_to = 'infinity'`
  return moved
    ? sql`from (select f.* from ${inside(always)} union all select f.* from ${byUnit(sql`and not (${always})`)}) f where true`
    : sql`from ${inside(always)}`
}

/** What happened and what stands are counted apart, since they belong to units by different days. */
export async function count(db: Db | Tx, scope: Scope, wanted: readonly Wanted[], wide = WIDE): Promise<Counted[]> {
  if (!wanted.length) return []
  const breadth = await breadthOf(db, scope.unitId, wide)
  const [flows, stocks] = [wanted.filter((one) => !one.balance), wanted.filter((one) => one.balance)]
  const counted = await together(db, [
    () => countKind(db, scope, flows, false, breadth),
    () => countKind(db, scope, stocks, true, breadth),
  ])
  return counted.flat()
}

/** Questions asked at once, each on a connection of its own. A transaction is one connection: there they take turns. */
export async function together<Answers extends readonly unknown[]>(
  db: Db | Tx,
  questions: { readonly [Place in keyof Answers]: () => Promise<Answers[Place]> },
): Promise<Answers> {
  if (!db.isTransaction) return (await Promise.all(questions.map((ask) => ask()))) as unknown as Answers
  const answers: unknown[] = []
  for (const ask of questions) answers.push(await ask())
  return answers as unknown as Answers
}

/**
 * Counts wanted metrics. Facts are summed up by kind (measure and dimensions) first, and then each kind is held against the
 * metrics' patterns: there are far fewer kinds than facts. Distinct people need a pass of their own.
 */
async function countKind(
  db: Db | Tx,
  scope: Scope,
  wanted: readonly Wanted[],
  balance: boolean,
  breadth: Breadth,
): Promise<Counted[]> {
  if (!wanted.length) return []
  const facts = (of: readonly Wanted[]): RawBuilder<unknown> => {
    const measures = [...new Set(of.map((one) => one.measure))]
    return sql`${factsOf(scope, balance, breadth)} and f.on_date <= ${scope.to}::date
      ${balance ? sql`` : sql`and f.on_date >= ${scope.from}::date`} and ${liveFacts(scope.watermark)}
      and f.measure = any(${measures}::text[])
      ${scope.recordIds ? sql`and f.ref_kind = 'record' and f.ref_id = any(${scope.recordIds}::bigint[])` : sql``}`
  }
  const by = scope.recordIds ? sql`f.ref_id` : sql`null::bigint`
  const list = (of: readonly Wanted[]): RawBuilder<unknown> => {
    const rows = of.map(({ patterns, ...one }) => ({
      ...one,
      patterns: patterns.map((pattern): unknown => JSON.parse(pattern)),
    }))
    return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as w (metric text, measure text, subject text, patterns jsonb[], bucket text)`
  }
  const named = wanted.filter((one) => one.subject.startsWith('dim:'))
  const met = wanted.filter((one) => one.subject === 'person' || one.subject === 'household')
  const periodical = wanted.filter((one) => one.bucket)
  const fits = sql`w.measure = f.measure and f.dims @> any (w.patterns)`

  const sums = sql<Omit<Counted, 'periods' | 'span'>>`
    with kind as materialized (
      select f.measure, f.dims_key, ${by} as record_id, sum(f.quantity) as quantity, count(*) as facts,
        min(f.on_date) as first_on, max(f.on_date) as last_on, min(f.id) as sample
      ${facts(wanted)} group by 1, 2, 3),
    described as materialized (select k.*, s.dims from kind k join kernel.fact s on s.id = k.sample),
    summed as (
      select w.metric, f.record_id, sum(f.quantity)::bigint as quantity, sum(f.facts)::int as facts,
        min(f.first_on) as first_on, max(f.last_on) as last_on
      from ${list(wanted)} join described f on ${fits} group by 1, 2),
    named as (
      select w.metric, f.record_id, count(distinct f.dims ->> substr(w.subject, 5))::int as subjects
      from ${list(named)} join described f on ${fits} group by 1, 2)
    select s.metric, s.record_id as "recordId", s.quantity, s.facts, s.first_on as "firstOn", s.last_on as "lastOn",
      coalesce(n.subjects, 0) as subjects
    from summed s left join named n on n.metric = s.metric and n.record_id is not distinct from s.record_id`
  // Whoever occurs often in a kind, and each day of it, is taken once, and each kind is held against the patterns once.
  const apart = (
    of: readonly Wanted[],
    columns: RawBuilder<unknown>,
    asked: RawBuilder<unknown>,
  ): RawBuilder<unknown> => sql`
    with apart as materialized (
      select f.measure, f.dims_key, ${by} as record_id, ${columns}, min(f.id) as sample ${facts(of)}
      group by f.measure, f.dims_key, ${by}, ${columns}),
    kind as (select measure, dims_key, min(sample) as sample from apart group by 1, 2),
    fitting as materialized (
      select w.metric, ${asked}, f.measure, f.dims_key
      from (select k.measure, k.dims_key, s.dims from kind k join kernel.fact s on s.id = k.sample) f join ${list(of)} on ${fits})`
  const subjects = sql<Ranked>`
    ${apart(met, sql`f.person_id, f.household_id`, sql`w.subject`)}
    select metric, record_id as "recordId", count(*)::int as n from (
      select distinct w.metric, f.record_id, case w.subject when 'person' then coalesce(m.merged_into, f.person_id) else f.household_id end as subject
      from apart f join fitting w on w.measure = f.measure and w.dims_key = f.dims_key
        left join (select id, merged_into from kernel.person_name where merged_into is not null) m on m.id = f.person_id) one
    where subject is not null group by 1, 2`
  const periods = sql<Ranked>`
    ${apart(periodical, sql`f.on_date`, sql`w.bucket`)}
    select w.metric, f.record_id as "recordId", count(distinct ${bucketStart(sql`w.bucket`, sql`f.on_date`)})::int as n
    from apart f join fitting w on w.measure = f.measure and w.dims_key = f.dims_key group by 1, 2`

  const [rows, people, occasions] = await together(db, [
    async () => (await sums.execute(db)).rows,
    async () => indexed(met.length ? (await subjects.execute(db)).rows : []),
    async () => indexed(periodical.length ? (await periods.execute(db)).rows : []),
  ])
  const bucketOf = new Map(periodical.map((one) => [one.metric, one.bucket]))
  return rows.map((row) => ({
    ...row,
    subjects: people.get(placeOf(row)) ?? row.subjects,
    periods: occasions.get(placeOf(row)) ?? 0,
    span: spanOf(bucketOf.get(row.metric) ?? '', row.firstOn, row.lastOn),
  }))
}

interface Ranked {
  metric: string
  recordId: number | null
  n: number
}

const placeOf = ({ metric, recordId }: { metric: string; recordId: number | null }): string => `${metric} ${recordId}`
const indexed = (rows: readonly Ranked[]): Map<string, number> => new Map(rows.map((row) => [placeOf(row), row.n]))
