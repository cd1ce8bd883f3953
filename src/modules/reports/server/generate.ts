import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { figuresOf, type Figure, type Scope } from '../../../kernel/facts/figures.ts'
import { isDelicate, veiled, withheldFigures } from '../../../kernel/facts/small-groups.ts'
import { figureText } from '../../../kernel/facts/text.ts'
import type { Clause, Domain, Genre, Register } from '../../../kernel/register/declaration.ts'
import type { Catalogue } from '../../../kernel/register/registry.ts'
import type { Why } from '../../../kernel/small-groups/withhold.ts'
import type { Profile } from '../../organisation/public.ts'
import { keyOf, textOf, type Block, type Body, type ReportFigure } from '../body.ts'
import { fillClause, listsOf, metricsOf, parseClause, type Slot, type Values } from '../clause.ts'
import { chineseNumber, orderFor, themes, titleOf } from '../genres.ts'
import { appendixBlocks } from './appendix.ts'
import { closingBlocks, openingBlocks } from './frame.ts'
import { dayWords, periodOfClause } from './period.ts'
import { listedValues, listWords, recordsFor, valuesOf, type ToldRecord } from './records.ts'
import { shortcomingBlocks } from './shortcomings.ts'

export interface ReportUnit {
  id: number
  code: string
  name: string
  /** What the union says of itself for the year; null when nobody filled it in. */
  profile: Profile | null
}

export interface Order {
  unit: ReportUnit
  year: number
  genre: Genre
  from: string
  to: string
  watermark?: number
  /** For outside: small groups in delicate matters are held back, k being the smallest that may be told. None: exact. */
  smallest?: number
  /** `YYYY-MM-DD`, stands in the signature block */
  today: string
}

interface Told {
  register: Register
  clause: Clause
  slots: Slot[]
  index: number
}

/** Collects the figures a report shows, each once per metric, period and record. */
export class FigureBook {
  readonly figures: Record<string, ReportFigure> = {}
  readonly #order: Order
  readonly #held: ReadonlyMap<string, Why>
  readonly #closed: (metric: string) => boolean
  constructor(order: Order, held: ReadonlyMap<string, Why> = new Map(), closed = (_metric: string): boolean => false) {
    this.#order = order
    this.#held = held
    this.#closed = closed
  }

  /** @returns the chip's key */
  put(
    figure: Figure,
    from: string,
    to: string,
    section: string,
    told: { bare?: boolean; perRecord?: boolean } = {},
  ): string {
    const bare = told.bare ?? false
    const key = `${keyOf(figure.metric, from, to, told.perRecord ? figure.recordId : undefined)}${bare ? '#' : ''}`
    const why = this.#held.get(figure.metric)
    const exact = { ...figure, ...figureText(figure, { bare }) }
    // How many rows stand behind a figure is a figure of its own, which nobody weighed.
    if (this.#closed(figure.metric)) exact.facts = 0
    this.figures[key] ??= {
      ...(why ? veiled(exact, why, this.#order.smallest!, bare) : exact),
      key,
      unitId: this.#order.unit.id,
      unitCode: this.#order.unit.code,
      periodFrom: from,
      periodTo: to,
      section,
      sentence: '',
    }
    return key
  }
}

/**
 * Writes the year's report from the ledger: sections with at least one told clause, in the order of the unit's kind, the
 * theme with most events longest, shortcomings that the ledger shows, next year's plan from plan records, the appendix
 * of all figures. Reads figures and records; writes nothing.
 */
export async function generateReport(db: Db | Tx, known: Catalogue, order: Order): Promise<Body> {
  const scope: Scope = {
    unitId: order.unit.id,
    from: order.from,
    to: order.to,
    ...(order.watermark && { watermark: order.watermark }),
  }
  const yearly = await figuresOf(db, known, scope)
  const { smallest } = order
  /** For outside, of delicate matters the period's own figures are told and no others: halves and single records add up to them. */
  const closed = (metric: string): boolean => smallest !== undefined && isDelicate(known, metric)
  const held = smallest === undefined ? undefined : withheldFigures(known, yearly, smallest)
  const book = new FigureBook(order, held, closed)
  const told = clausesFor(known, order.genre).filter(
    (one) => !(one.clause.each || listsOf(one.slots).length) || !metricsOf(one.slots).some(closed),
  )
  const byMetric = new Map(yearly.map((figure) => [figure.metric, figure]))
  const activeRegisters = await registersWithRecords(db, scope)

  const plain = told.filter((one) => !one.clause.each && worthTelling(one, byMetric))
  const each = told.filter((one) => one.clause.each && activeRegisters.has(one.register.id))
  const records = await recordsFor(db, known, scope, each)
  const eachFigures = await figuresOf(
    db,
    known,
    { ...scope, recordIds: records.map((record) => record.id) },
    each.flatMap((one) => metricsOf(one.slots)),
  )
  const figureOfRecord = new Map(eachFigures.map((figure) => [`${figure.metric} ${figure.recordId}`, figure]))
  const lists = await listedValues(db, scope, plain)

  const paragraphs = new Map<Domain, { weight: number; block: Block }[]>()
  const tell = (domain: Domain, weight: number, block: Block): void => {
    const list = paragraphs.get(domain) ?? []
    list.push({ weight, block })
    paragraphs.set(domain, list)
  }
  for (const one of plain) {
    const domain = one.clause.section ?? one.register.domain
    const period = periodOfClause(one.slots, byMetric, known, order, activeRegisters.get(one.register.id) ?? false)
    const runs = fillClause(one.slots, {
      figure(metric, bare) {
        const figure = byMetric.get(metric)
        return figure && printable(figure) ? book.put(figure, period.from, period.to, domain, { bare }) : null
      },
      word: (word) => (word === 'period' ? period.words : word === 'unit' ? order.unit.name : null),
      field: () => null,
      list: (name) => lists.get(`${one.register.id} ${name}`) ?? null,
    })
    if (runs)
      tell(domain, one.clause.weight ?? 50, {
        id: `${one.register.id}#${one.index}`,
        kind: 'paragraph',
        runs,
        section: domain,
      })
  }
  for (const one of each) {
    const domain = one.clause.section ?? one.register.domain
    let said = 0
    for (const record of records.filter((candidate) => candidate.told.has(`${one.register.id}#${one.index}`))) {
      if (said >= one.clause.each!.max) break
      const runs = fillClause(one.slots, eachValues(one, record, figureOfRecord, book, order, domain))
      if (!runs) continue
      said += 1
      tell(domain, (one.clause.weight ?? 50) - said / 100, {
        id: `${one.register.id}#${one.index}@${record.id}`,
        kind: 'paragraph',
        runs,
        section: domain,
      })
    }
  }

  const blocks: Block[] = [...openingBlocks(order)]
  blocks.push(...themeBlocks(order, paragraphs))
  const headings = (): number => blocks.filter((block) => block.kind === 'heading' && block.level === 1).length
  if (order.genre !== 'deeds' && order.genre !== 'plan')
    blocks.push(...(await shortcomingBlocks(db, known, scope, yearly, book, headings() + 1, closed)))
  blocks.push(...closingBlocks(order))
  blocks.push(...(await appendixBlocks(db, known, scope, yearly, book, order, closed)))
  const body: Body = {
    title: titleOf(order.genre, order.unit.name, order.year),
    ...(order.genre === 'congress' && { addressee: '各位代表' }),
    blocks,
    figures: book.figures,
    signature: { organ: order.unit.name, date: order.today },
  }
  for (const block of blocks)
    for (const run of block.runs)
      if ('figure' in run && !body.figures[run.figure]!.sentence)
        body.figures[run.figure]!.sentence = textOf(block.runs, body.figures)
  return body
}

const parsed = new Map<string, Slot[]>()
const slotsOf = (text: string): Slot[] => {
  const known = parsed.get(text)
  if (known) return known
  const slots = parseClause(text)
  parsed.set(text, slots)
  return slots
}

function clausesFor(known: Catalogue, genre: Genre): Told[] {
  const women: readonly Domain[] = ['NG', 'SZ', 'JS', 'LD', 'ZZ', 'HZ', 'JH']
  return [...known.registers.values()].flatMap((register) =>
    register.clauses.flatMap((clause, index) => {
      if (clause.genres && !clause.genres.includes(genre)) return []
      if (genre === 'plan' && !clause.genres) return []
      if (genre === 'women' && !women.includes(clause.section ?? register.domain) && !clause.genres) return []
      return [{ register, clause, slots: slotsOf(clause.text), index }]
    }),
  )
}

/** A zero is said only where a watch was kept (metric.zeroIf), a missing figure never. */
const printable = (figure: Figure): boolean => figure.value !== 0 || figure.facts === 0 || figure.kind === 'rate'

const worthTelling = (one: Told, figures: ReadonlyMap<string, Figure>): boolean =>
  !(one.clause.unless && figures.has(one.clause.unless)) &&
  (metricsOf(one.slots).some((metric) => figures.has(metric)) ||
    (metricsOf(one.slots).length === 0 && listsOf(one.slots).length > 0))

/** Registers with records in scope, and whether all of those were made for the Spring Festival. */
async function registersWithRecords(db: Db | Tx, scope: Scope): Promise<Map<string, boolean>> {
  const { rows } = await sql<{ register: string; spring: boolean }>`
    select r.register, bool_and(coalesce(r.fields ->> 'festival', '') = '春节') as spring
    from kernel.closure c
    join kernel.record r on r.unit_id = c.descendant_id and r.happened_on >= c.valid_from and r.happened_on < c.valid_to
    where c.ancestor_id = ${scope.unitId} and r.state = 'recorded'
      and r.happened_on between ${scope.from}::date and ${scope.to}::date
    group by r.register`.execute(db)
  return new Map(rows.map((row) => [row.register, row.spring]))
}

function eachValues(
  one: Told,
  record: ToldRecord,
  figures: ReadonlyMap<string, Figure>,
  book: FigureBook,
  order: Order,
  domain: Domain,
): Values {
  return {
    figure(metric, bare) {
      const figure = figures.get(`${metric} ${record.id}`)
      return figure && printable(figure)
        ? book.put(figure, order.from, order.to, domain, { bare, perRecord: true })
        : null
    },
    word(word) {
      if (word === 'title') return record.title
      if (word === 'unit') return record.unitName
      if (word === 'period') return dayWords(record.happenedOn)
      return record.endedOn && record.endedOn !== record.happenedOn
        ? `${dayWords(record.happenedOn)}至${dayWords(record.endedOn)}`
        : dayWords(record.happenedOn)
    },
    field(name) {
      const value = record.fields[name]
      if (value === undefined || value === null || value === '') return null
      if (typeof value === 'object') return String((value as { name?: unknown }).name ?? '') || null
      return typeof value === 'boolean' ? (value ? '是' : '否') : String(value)
    },
    list: (name) => listWords(valuesOf(record, name)),
  }
}

/** A ledger with more sentences than a report can carry tells the weightiest of each theme; the rest stands in the appendix. */
const READABLE = 160
const TOLD = 14

/** Sections in the order of the unit's kind. Sentences of a theme run on in one paragraph per domain, heaviest first. */
function themeBlocks(order: Order, paragraphs: ReadonlyMap<Domain, { weight: number; block: Block }[]>): Block[] {
  const rank = new Map(orderFor(order.unit.profile?.kind ?? undefined, order.genre).map((domain, at) => [domain, at]))
  const all = [...paragraphs.values()].reduce((sum, list) => sum + list.length, 0)
  const told = all > READABLE ? TOLD : all
  const sections = themes
    .map((theme) => ({ ...theme, domains: theme.domains.filter((domain) => paragraphs.get(domain)?.length) }))
    .filter((theme) => theme.domains.length)
    .sort((a, b) => Math.min(...a.domains.map((d) => rank.get(d)!)) - Math.min(...b.domains.map((d) => rank.get(d)!)))
  return sections.flatMap((theme, at): Block[] => [
    {
      id: `heading-${theme.domains.join('-')}`,
      kind: 'heading',
      level: 1,
      section: theme.domains[0]!,
      runs: [{ text: `${chineseNumber(at + 1)}、${theme.heading}` }],
    },
    ...[...theme.domains]
      .sort((a, b) => rank.get(a)! - rank.get(b)!)
      .flatMap((domain) =>
        paragraphs
          .get(domain)!
          .toSorted((a, b) => b.weight - a.weight)
          .slice(0, told)
          .map((one) => one.block),
      ),
  ])
}
