import type { Aggregate, Where } from '../register/declaration.ts'
import type { Catalogue } from '../register/registry.ts'
import { withhold, type Whole, type Why } from '../small-groups/withhold.ts'
import type { Figure } from './figures.ts'
import type { MetricDefinition } from './metric.ts'
import { figureText, type FigureText } from './text.ts'

/** What counts persons, families or their matters; meetings and places give nobody away. */
const UNITS: ReadonlySet<string> = new Set('人 人次 户 户次 对 名 件 件次 起 份 元 % 元/人 元/人次 元/户'.split(' '))

/** Whether figures of the metric are about matters in which a small group gives its people away: declared, by metric or register. */
export function isDelicate(known: Catalogue, metricId: string): boolean {
  const metric = known.metrics.get(metricId)
  if (!metric || !UNITS.has(metric.unit)) return false
  const register = known.registers.get(metric.provider)
  return metric.delicate ?? register?.delicate ?? register?.confidential ?? false
}

/**
 * Which of the delicate figures of one unit and period to hold back, so that no group of fewer than k can be read or worked
 * out from them: counts by their number, amounts and means by the rows behind them, shares by both their parts.
 */
export function withheldFigures(known: Catalogue, figures: readonly Figure[], k: number): Map<string, Why> {
  const delicate = figures.filter((figure) => isDelicate(known, figure.metric))
  const families = delicate.flatMap((figure) => {
    const member = memberOf(known.metrics.get(figure.metric)!)
    return member ? [{ figure, ...member }] : []
  })
  const isCount = ({ figure }: { figure: Figure }): boolean => figure.kind === 'count' || figure.kind === 'balance'
  const counts = families.filter((member) => isCount(member) && member.figure.unit !== '元')
  const held = withhold(
    sizesOf(counts, (figure) => Math.abs(figure.value)),
    wholesOf(counts),
    k,
  )

  const amounts = families.filter((member) => !counts.includes(member))
  /** What the people of a held count received tells of them as much. */
  const same = new Map<string, Why>(
    amounts
      .filter((amount) => counts.some((count) => held.has(count.figure.metric) && alike(count, amount)))
      .map((amount) => [amount.figure.metric, 'beside']),
  )
  for (const [id, why] of withhold(
    sizesOf(amounts, (figure) => figure.facts),
    wholesOf(amounts),
    k,
    same,
  ))
    held.set(id, why)

  for (const figure of delicate) {
    if (figure.numerator === undefined || figure.denominator === undefined) continue
    const { source } = known.metrics.get(figure.metric)!
    const ratio =
      source.kind === 'ratio'
        ? source
        : source.kind === 'register' && 'ratio' in source.aggregate
          ? source.aggregate.ratio
          : null
    const few = (count: number): boolean => count > 0 && count < k
    if (
      few(figure.denominator) ||
      (ratio && (held.has(ratio.numerator) || held.has(ratio.denominator))) ||
      (figure.kind === 'rate' && (few(figure.numerator) || few(figure.denominator - figure.numerator)))
    )
      held.set(figure.metric, 'beside')
  }
  // What is none of these (a number that a record states) goes by its own size.
  for (const figure of delicate)
    if (figure.kind === 'stated' && figure.unit !== '元' && figure.value > 0 && figure.value < k)
      held.set(figure.metric, 'small')
  return held
}

/** A figure held back: nothing of it is left to read, in whatever format. */
export function veiled<Shown extends Figure & FigureText>(figure: Shown, why: Why, k: number, bare = false): Shown {
  const { numerator: _n, denominator: _d, ...rest } = figure
  const count = why === 'small' && (figure.kind === 'count' || figure.kind === 'balance') && figure.unit !== '元'
  return {
    ...rest,
    value: 0,
    facts: 0,
    firstOn: null,
    lastOn: null,
    withheld: why,
    text: count ? `少于${k}${bare ? '' : figure.unit}` : '不单列',
    qualifier: 'exact',
    printed: 0,
  } as unknown as Shown
}

/** The figures as somebody may read them who isn't to learn of small groups. */
export const withText = (figure: Figure, held: ReadonlyMap<string, Why>, k: number): Figure & FigureText => {
  const why = held.get(figure.metric)
  const shown = { ...figure, ...figureText(figure) }
  return why ? veiled(shown, why, k) : shown
}

interface Member {
  figure: Figure
  /** Figures of one family count the same thing, each under its own conditions. */
  family: string
  provider: string
  where: Where
}

function memberOf(metric: MetricDefinition): Omit<Member, 'figure'> | null {
  const { source, provider } = metric
  if (source.kind === 'ratio') return null
  if (source.kind !== 'register')
    return { family: `${source.kind} ${source.measure}`, provider, where: source.where ?? {} }
  const what = counted(source.aggregate)
  if (what === null) return null
  return {
    family: `${source.register} ${what}`,
    provider,
    where: ('where' in source.aggregate && source.aggregate.where) || {},
  }
}

function counted(aggregate: Aggregate): string | null {
  if ('sum' in aggregate) return `sum ${aggregate.sum}`
  if ('distinct' in aggregate) return `distinct ${JSON.stringify(aggregate.distinct)} ${aggregate.of}`
  if ('monthlyMean' in aggregate) return `mean ${aggregate.monthlyMean}`
  return 'frequency' in aggregate ? `frequency ${aggregate.per}` : null
}

const sizesOf = (members: readonly Member[], size: (figure: Figure) => number): Map<string, number> =>
  new Map(members.map(({ figure }) => [figure.metric, size(figure)]))

const values = (where: Where, dimension: string): string[] | null =>
  dimension in where ? [where[dimension]!].flat().toSorted() : null

const alike = (one: Member, other: Member): boolean =>
  one.provider === other.provider && within(one.where, other.where) && within(other.where, one.where)

/** Everything that meets the one condition meets the other. */
function within(part: Where, whole: Where): boolean {
  return Object.keys(whole).every((dimension) => {
    const own = values(part, dimension)
    const wide = values(whole, dimension)!
    return own !== null && own.every((value) => wide.includes(value))
  })
}

/** Each figure with every other that is a part of it, and with the parts into which one dimension divides it. */
function wholesOf(members: readonly Member[]): Whole[] {
  const wholes: Whole[] = []
  for (const family of Map.groupBy(members, (member) => member.family).values())
    for (const whole of family) {
      const parts = family.filter((part) => within(part.where, whole.where) && !within(whole.where, part.where))
      for (const part of parts) wholes.push({ whole: whole.figure.metric, parts: [part.figure.metric] })
      for (const dimension of new Set(parts.flatMap((part) => Object.keys(part.where)))) {
        const apart = disjoint(parts, whole, dimension)
        if (apart.length > 1)
          wholes.push({ whole: whole.figure.metric, parts: apart.map((part) => part.figure.metric) })
      }
    }
  return wholes
}

/** Parts that differ from the whole in this dimension alone and share none of its values, the narrowest first. */
function disjoint(parts: readonly Member[], whole: Member, dimension: string): Member[] {
  const taken = new Set<string>()
  return parts
    .filter((part) => within({ ...whole.where, ...pick(part.where, dimension) }, part.where) && dimension in part.where)
    .toSorted((a, b) => values(a.where, dimension)!.length - values(b.where, dimension)!.length)
    .filter((part) => {
      const own = values(part.where, dimension)!
      if (own.some((value) => taken.has(value))) return false
      for (const value of own) taken.add(value)
      return true
    })
}

const pick = (where: Where, dimension: string): Where => ({ [dimension]: where[dimension] ?? [] })
