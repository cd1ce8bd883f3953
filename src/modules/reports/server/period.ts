import { festivalsOf } from '../../../kernel/calendar/festivals.ts'
import type { Figure } from '../../../kernel/facts/figures.ts'
import type { Catalogue } from '../../../kernel/register/registry.ts'
import { metricsOf, type Slot } from '../clause.ts'

export interface ClausePeriod {
  /** `YYYY-MM-DD`, both inclusive */
  from: string
  to: string
  words: string
}

interface Year {
  year: number
  from: string
  to: string
}

/** Registers of festive care name the occasion in a field of this id; its value for the Spring Festival is 春节. */
const festivalField = 'festival'
const springFestival = '春节'

/**
 * A sentence names its own period: when everything it tells lies within the Spring Festival (and was done for it), one
 * month or the first half, it says so and its figures carry that period; otherwise it is the report's.
 * @param allForSpring every record of the register in the report's period was made for the Spring Festival
 */
export function periodOfClause(
  slots: readonly Slot[],
  figures: ReadonlyMap<string, Figure>,
  known: Catalogue,
  year: Year,
  allForSpring: boolean,
): ClausePeriod {
  const whole = { from: year.from, to: year.to, words: year.to.endsWith('-06-30') ? '上半年' : '全年' }
  const used = metricsOf(slots)
    .flatMap((metric) => figures.get(metric) ?? [])
    .filter((figure) => figure.kind !== 'balance')
  if (!slots.some((slot) => slot.kind === 'word' && slot.word === 'period') || !used.length) return whole
  const days = used.flatMap((figure) => [figure.firstOn, figure.lastOn].filter((day) => day !== null)).toSorted()
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return whole
  const spring = festivalsOf(year.year).find((festival) => festival.id === 'spring')
  if (spring && first >= spring.from && last <= spring.to)
    if (allForSpring || used.every((figure) => isForSpring(known, figure.metric))) {
      const [from, to] = [spring.from < year.from ? year.from : spring.from, spring.to]
      return { from, to, words: `${springFestival}期间` }
    }
  if (first.slice(0, 7) === last.slice(0, 7)) {
    const month = Number(first.slice(5, 7))
    const end = new Date(Date.UTC(year.year, month, 0)).toISOString().slice(0, 10)
    return { from: `${first.slice(0, 7)}-01`, to: end, words: `${month}月份` }
  }
  const half = `${year.year}-06-30`
  if (last <= half && year.to > half) return { from: `${year.year}-01-01`, to: half, words: '上半年' }
  return whole
}

function isForSpring(known: Catalogue, metricId: string): boolean {
  const source = known.metrics.get(metricId)?.source
  const where = source?.kind === 'register' && 'where' in source.aggregate ? source.aggregate.where : undefined
  return where?.[festivalField] === springFestival
}

export const dayWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
