import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { Aggregate, Domain, Where } from '../register/declaration.ts'
import type { Catalogue } from '../register/registry.ts'
import { measureOf } from './derive.ts'
import type { MetricDefinition } from './metric.ts'
import { statedFigures, statedMetricOf, type StatedMetric } from './stated.ts'

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

export type FigureKind = 'count' | 'amount' | 'rate' | 'frequency' | 'stated' | 'mean' | 'balance'

/** A number with its way down. Amounts in fen, rates in hundredths of a percent. */
export interface Figure {
  metric: string
  label: string
  unit: string
  kind: FigureKind
  domain: Domain
  provider: string
  definition?: string
  value: number
  numerator?: number
  denominator?: number
  /** Rows behind it: facts, or one per stated record. */
  facts: number
  /** First and last day on which something was counted. */
  firstOn: string | null
  lastOn: string | null
  recordId?: number
}

interface Counted {
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
interface Wanted {
  metric: string
  measure: string
  subject: '' | 'person' | 'household' | string
  /** jsonb patterns, any of which the dimensions must contain */
  patterns: string[]
  balance: boolean
  bucket: '' | 'week' | 'month' | 'quarter' | 'half' | 'year'
}

/** Every combination of the filter's values as a jsonb pattern. */
export function patternsOf(where: Where | undefined): string[] {
  let patterns: Record<string, string>[] = [{}]
  for (const [dimension, value] of Object.entries(where ?? {}))
    patterns = patterns.flatMap((pattern) => [value].flat().map((one) => ({ ...pattern, [dimension]: String(one) })))
  return patterns.map((pattern) => JSON.stringify(pattern))
}

/** How a metric is counted, or null for ratios and stated ones, which are built from something else. */
export function wantedOf(metric: MetricDefinition, hasLines: (register: string) => boolean): Wanted | null {
  const { source } = metric
  if (source.kind === 'ratio') return null
  if (source.kind !== 'register')
    return {
      metric: metric.id,
      measure: source.measure,
      subject: '',
      patterns: patternsOf(source.where),
      balance: source.kind === 'balance',
      bucket: '',
    }
  const { aggregate, register } = source
  const counted = (of: string): string => measureOf(register, of === 'line' && !hasLines(register) ? 'record' : of)
  const base = { metric: metric.id, subject: '', balance: false, bucket: '' } as const
  if ('sum' in aggregate) return { ...base, measure: counted(aggregate.sum), patterns: patternsOf(aggregate.where) }
  if ('distinct' in aggregate)
    return {
      ...base,
      measure: counted(aggregate.of),
      patterns: patternsOf(aggregate.where),
      subject: typeof aggregate.distinct === 'string' ? aggregate.distinct : `dim:${aggregate.distinct.dim}`,
    }
  if ('frequency' in aggregate)
    return { ...base, measure: counted('record'), patterns: patternsOf(aggregate.where), bucket: aggregate.per }
  if ('monthlyMean' in aggregate)
    return { ...base, measure: counted(aggregate.monthlyMean), patterns: patternsOf(aggregate.where), bucket: 'month' }
  return null
}

/** Live facts as of a watermark; without one, as of now (and then the partial indexes serve). */
export const liveFacts = (watermark?: number): RawBuilder<unknown> =>
  watermark === undefined
    ? sql`f.reversal_of is null and f.reversed_by is null`
    : sql`f.reversal_of is null and f.id <= ${watermark} and (f.reversed_by is null or f.reversed_by > ${watermark})`

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

/**
 * The tree by which facts belong to a unit: what happened counts where the unit stood on that day; a stock (members, staff)
 * where it stands at the period's end, so that a branch that moved takes its people along.
 */
export const treeOf = (balance: boolean, to: string): RawBuilder<unknown> =>
  balance
    ? sql`c.valid_from <= ${to}::date and c.valid_to > ${to}::date`
    : sql`f.on_date >= c.valid_from and f.on_date < c.valid_to`

/** What happened and what stands are counted apart, since they belong to units by different days. */
async function count(db: Db | Tx, scope: Scope, wanted: readonly Wanted[]): Promise<Counted[]> {
  const [stocks, flows] = [wanted.filter((one) => one.balance), wanted.filter((one) => !one.balance)]
  return [...(await countKind(db, scope, flows, false)), ...(await countKind(db, scope, stocks, true))]
}

/** Counts wanted metrics in one pass over the scope's facts, and distinct subjects in a second. */
async function countKind(db: Db | Tx, scope: Scope, wanted: readonly Wanted[], balance: boolean): Promise<Counted[]> {
  if (!wanted.length) return []
  const perRecord = scope.recordIds !== undefined
  const facts = sql`
    from kernel.closure c
    join kernel.fact f on f.unit_id = c.descendant_id and ${treeOf(balance, scope.to)}
    join wanted w on w.measure = f.measure and f.dims @> any (w.patterns)
    left join merged m on m.id = f.person_id
    where c.ancestor_id = ${scope.unitId} and f.on_date <= ${scope.to}::date ${balance ? sql`` : sql`and f.on_date >= ${scope.from}::date`}
      and ${liveFacts(scope.watermark)}
      ${perRecord ? sql`and f.ref_kind = 'record' and f.ref_id = any(${scope.recordIds}::bigint[])` : sql``}`
  const list = sql`
    wanted as materialized (select metric, measure, subject, patterns::jsonb[] as patterns, balance, bucket from jsonb_to_recordset(
      ${JSON.stringify(wanted)}::jsonb) as w (metric text, measure text, subject text, patterns text[], balance boolean, bucket text)),
    merged as materialized (select id, merged_into from kernel.person_name where merged_into is not null)`
  const by = perRecord ? sql`f.ref_id` : sql`null::bigint`
  const { rows } = await sql<Counted>`
    with ${list}
    select w.metric, ${by} as "recordId", sum(f.quantity)::bigint as quantity, 0 as subjects, count(*)::int as facts,
      min(f.on_date) as "firstOn", max(f.on_date) as "lastOn",
      count(distinct case when w.bucket <> '' then ${bucketStart(sql`w.bucket`, sql`f.on_date`)} end)::int as periods
    ${facts} group by 1, 2`.execute(db)
  if (wanted.some((one) => one.subject)) {
    const distinct = await sql<{ metric: string; recordId: number | null; subjects: number }>`
      with ${list}, subject as (
        select distinct w.metric, ${by} as record_id,
          case w.subject when 'person' then coalesce(m.merged_into, f.person_id)::text when 'household' then f.household_id::text
            else f.dims ->> substr(w.subject, 5) end as key
        ${facts} and w.subject <> '')
      select metric, record_id as "recordId", count(key)::int as subjects from subject group by 1, 2`.execute(db)
    const subjects = new Map(distinct.rows.map((row) => [`${row.metric} ${row.recordId}`, row.subjects]))
    for (const row of rows) row.subjects = subjects.get(`${row.metric} ${row.recordId}`) ?? 0
  }
  const buckets = new Map(wanted.map((one) => [one.metric, one.bucket]))
  for (const row of rows) row.span = spanOf(buckets.get(row.metric) ?? '', row.firstOn, row.lastOn)
  return rows
}

/** n of m in hundredths of a percent, rounded half up in integers; never 100 % unless equal, never 0 unless zero. */
export function shareOf(numerator: number, denominator: number): number {
  const share = Math.floor((numerator * 20_000 + denominator) / (2 * denominator))
  if (share >= 10_000 && numerator < denominator) return 9_999
  return share === 0 && numerator > 0 ? 1 : share
}

const kindOf = (metric: MetricDefinition, aggregate: Aggregate | null): FigureKind => {
  if (metric.source.kind === 'balance') return 'balance'
  if (metric.source.kind === 'ratio' || (aggregate && 'ratio' in aggregate)) return 'rate'
  if (aggregate && 'frequency' in aggregate) return 'frequency'
  if (aggregate && 'stated' in aggregate) return 'stated'
  if (aggregate && 'monthlyMean' in aggregate) return 'mean'
  return metric.unit === '元' ? 'amount' : 'count'
}

const ratioOf = (metric: MetricDefinition): { numerator: string; denominator: string } | null => {
  if (metric.source.kind === 'ratio') return metric.source
  return metric.source.kind === 'register' && 'ratio' in metric.source.aggregate ? metric.source.aggregate.ratio : null
}

/**
 * Figures of a unit (by the tree of each fact's own day) and a period. Metrics nothing is counted for are left out,
 * unless `zeroes` asks for them. With `recordIds`, one figure per metric and record.
 * @param ids metric ids; all of the catalogue by default
 */
export async function figuresOf(
  db: Db | Tx,
  known: Catalogue,
  scope: Scope,
  ids?: Iterable<string>,
  options: { zeroes?: boolean } = {},
): Promise<Figure[]> {
  const asked = ids ? [...new Set(ids)] : [...known.metrics.keys()]
  const needed = new Map<string, MetricDefinition>()
  const need = (id: string): void => {
    const metric = known.metrics.get(id)
    if (!metric || needed.has(id)) return
    needed.set(id, metric)
    const ratio = ratioOf(metric)
    if (ratio) for (const part of [ratio.numerator, ratio.denominator]) need(part)
    if (metric.zeroIf) need(metric.zeroIf)
  }
  for (const id of asked) need(id)

  const hasLines = (register: string): boolean => Boolean(known.registers.get(register)?.lines)
  const wanted: Wanted[] = []
  const stated: StatedMetric[] = []
  for (const metric of needed.values()) {
    const one = wantedOf(metric, hasLines)
    if (one) wanted.push(one)
    else stated.push(...[statedMetricOf(metric, known)].filter((found) => found !== null))
  }
  const counted = new Map<string, Map<number | null, Counted>>()
  for (const row of await count(db, scope, wanted)) {
    const byRecord = counted.get(row.metric) ?? counted.set(row.metric, new Map()).get(row.metric)!
    byRecord.set(row.recordId, row)
  }
  const statedRows = await statedFigures(db, scope, stated)
  const keys: (number | null)[] = scope.recordIds ? [...scope.recordIds] : [null]

  const figures: Figure[] = []
  for (const id of asked) {
    const metric = known.metrics.get(id)
    if (!metric) continue
    const aggregate = metric.source.kind === 'register' ? metric.source.aggregate : null
    const common = {
      metric: id,
      label: metric.label,
      unit: metric.unit,
      kind: kindOf(metric, aggregate),
      domain: metric.domain,
      provider: metric.provider,
      ...(metric.definition && { definition: metric.definition }),
    }
    for (const key of keys) {
      const at = key === null ? {} : { recordId: key }
      const row = (metricId: string): Counted | undefined => counted.get(metricId)?.get(key)
      const value = (metricId: string): number => {
        const definition = needed.get(metricId)
        const found = row(metricId)
        if (!definition || !found) return 0
        return wantedOf(definition, hasLines)?.subject ? found.subjects : found.quantity
      }
      if (aggregate && 'stated' in aggregate) {
        const found = statedRows.find((one) => one.metric === id && (key === null || one.recordId === key))
        if (found)
          figures.push({
            ...common,
            value: found.value,
            facts: 1,
            firstOn: found.firstOn,
            lastOn: found.lastOn,
            recordId: found.recordId,
          })
        continue
      }
      const ratio = ratioOf(metric)
      if (ratio) {
        const [numerator, denominator] = [value(ratio.numerator), value(ratio.denominator)]
        const base = row(ratio.denominator)
        if (denominator > 0 && numerator >= 0 && numerator <= denominator * 100)
          figures.push({
            ...common,
            ...at,
            value: shareOf(numerator, denominator),
            numerator,
            denominator,
            facts: (row(ratio.numerator)?.facts ?? 0) + (base?.facts ?? 0),
            firstOn: base?.firstOn ?? null,
            lastOn: base?.lastOn ?? null,
          })
        continue
      }
      const found = row(id)
      if (!found || found.facts === 0) {
        const watched = metric.zeroIf ? row(metric.zeroIf) : undefined
        if (options.zeroes || (watched && watched.facts > 0))
          figures.push({
            ...common,
            ...at,
            value: 0,
            facts: 0,
            firstOn: watched?.firstOn ?? null,
            lastOn: watched?.lastOn ?? null,
          })
        continue
      }
      const rest = { facts: found.facts, firstOn: found.firstOn, lastOn: found.lastOn }
      if (aggregate && 'frequency' in aggregate) {
        // «每月 n 次» holds only if no period between the first and the last was skipped.
        if (found.periods === found.span)
          figures.push({
            ...common,
            ...at,
            value: Math.floor(found.quantity / found.span),
            numerator: found.quantity,
            denominator: found.span,
            ...rest,
          })
      } else if (aggregate && 'monthlyMean' in aggregate)
        figures.push({
          ...common,
          ...at,
          value: Math.floor((2 * found.quantity + found.periods) / (2 * found.periods)),
          numerator: found.quantity,
          denominator: found.periods,
          ...rest,
        })
      else figures.push({ ...common, ...at, value: value(id), ...rest })
    }
  }
  return figures
}
