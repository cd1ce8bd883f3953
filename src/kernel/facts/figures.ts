import type { Db, Tx } from '../db/database.ts'
import type { Aggregate, Domain, Where } from '../register/declaration.ts'
import type { Catalogue } from '../register/registry.ts'
import type { Why } from '../small-groups/withhold.ts'
import { count, together, type Counted, type Scope, type Wanted } from './count.ts'
import { measureOf } from './derive.ts'
import type { MetricDefinition } from './metric.ts'
import { statedFigures, statedMetricOf, type StatedMetric } from './stated.ts'

export type { Scope }

export type FigureKind = 'count' | 'amount' | 'rate' | 'frequency' | 'stated' | 'mean' | 'balance' | 'each'

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
  /** Held back, since a small group could be found from it; its numbers are then nought. */
  withheld?: Why
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

/** n of m in hundredths of a percent, rounded half up in integers; never 100 % unless equal, never 0 unless zero. */
export function shareOf(numerator: number, denominator: number): number {
  const share = Math.floor((numerator * 20_000 + denominator) / (2 * denominator))
  if (share >= 10_000 && numerator < denominator) return 9_999
  return share === 0 && numerator > 0 ? 1 : share
}

/** How much falls on one, in the numerator's own unit, rounded half up in integers. */
export const eachOf = (numerator: number, denominator: number): number =>
  Math.floor((2 * numerator + denominator) / (2 * denominator))

const kindOf = (metric: MetricDefinition, aggregate: Aggregate | null): FigureKind => {
  if (metric.source.kind === 'balance') return 'balance'
  if (metric.source.kind === 'ratio' && metric.source.as === 'each') return 'each'
  if (metric.source.kind === 'ratio' || (aggregate && 'ratio' in aggregate)) return 'rate'
  if (aggregate && 'frequency' in aggregate) return 'frequency'
  if (aggregate && 'stated' in aggregate) return 'stated'
  if (aggregate && 'monthlyMean' in aggregate) return 'mean'
  return metric.unit === '元' ? 'amount' : 'count'
}

const ratioOf = (
  metric: MetricDefinition,
): { numerator: string; denominator: string; as?: 'share' | 'each' } | null => {
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
  const [countedRows, statedRows] = await together(db, [
    () => count(db, scope, wanted),
    () => statedFigures(db, scope, stated),
  ])
  const counted = new Map<string, Map<number | null, Counted>>()
  for (const row of countedRows) {
    const byRecord = counted.get(row.metric) ?? counted.set(row.metric, new Map()).get(row.metric)!
    byRecord.set(row.recordId, row)
  }
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
        const each = ratio.as === 'each'
        // A share beyond a hundredfold is an entry gone wrong; an amount on each one may be any.
        if (denominator > 0 && (each ? numerator > 0 : numerator >= 0 && numerator <= denominator * 100))
          figures.push({
            ...common,
            ...at,
            value: each ? eachOf(numerator, denominator) : shareOf(numerator, denominator),
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
