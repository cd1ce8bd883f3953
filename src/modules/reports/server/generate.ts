import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { figuresOf, type Figure, type Scope } from '../../../kernel/facts/figures.ts'
import { figureText } from '../../../kernel/facts/text.ts'
import type { Clause, Domain, Genre, Register } from '../../../kernel/register/declaration.ts'
import type { Catalogue } from '../../../kernel/register/registry.ts'
import type { Profile } from '../../organisation/public.ts'
import { keyOf, textOf, type Block, type Body, type ReportFigure } from '../body.ts'
import { fillClause, listsOf, metricsOf, parseClause, type Run, type Slot, type Values } from '../clause.ts'
import { chineseNumber, orderFor, themes, titleOf } from '../genres.ts'
import { appendixBlocks } from './appendix.ts'
import { listedValues, recordsFor, type ToldRecord } from './records.ts'
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
  constructor(order: Order) {
    this.#order = order
  }

  /** @returns the chip's key */
  put(figure: Figure, from: string, to: string, section: string, told: { bare?: boolean; perRecord?: boolean } = {}): string {
    const bare = told.bare ?? false
    const key = `${keyOf(figure.metric, from, to, told.perRecord ? figure.recordId : undefined)}${bare ? '#' : ''}`
    this.figures[key] ??= {
      ...figure, ...figureText(figure, { bare }), key, unitId: this.#order.unit.id, unitCode: this.#order.unit.code,
      periodFrom: from, periodTo: to, section, sentence: '',
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
  const scope: Scope = { unitId: order.unit.id, from: order.from, to: order.to, ...(order.watermark && { watermark: order.watermark }) }
  const book = new FigureBook(order)
  const told = clausesFor(known, order.genre)
  const yearly = await figuresOf(db, known, scope)
  const byMetric = new Map(yearly.map((figure) => [figure.metric, figure]))
  const activeRegisters = await registersWithRecords(db, scope)

  const plain = told.filter((one) => !one.clause.each && worthTelling(one, byMetric))
  const each = told.filter((one) => one.clause.each && activeRegisters.has(one.register.id))
  const records = await recordsFor(db, known, scope, each)
  const eachFigures = await figuresOf(
    db, known, { ...scope, recordIds: records.map((record) => record.id) },
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
    const period = periodOfClause(one, byMetric, order)
    const runs = fillClause(one.slots, {
      figure(metric, bare) {
        const figure = byMetric.get(metric)
        return figure && printable(figure) ? book.put(figure, period.from, period.to, domain, { bare }) : null
      },
      word: (word) => (word === 'period' ? period.words : word === 'unit' ? order.unit.name : null),
      field: () => null,
      list: (name) => lists.get(`${one.register.id} ${name}`) ?? null,
    })
    if (runs) tell(domain, one.clause.weight ?? 50, { id: `${one.register.id}#${one.index}`, kind: 'paragraph', runs, section: domain })
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
        id: `${one.register.id}#${one.index}@${record.id}`, kind: 'paragraph', runs, section: domain,
      })
    }
  }

  const blocks: Block[] = [...openingBlocks(order)]
  blocks.push(...themeBlocks(order, paragraphs))
  const headings = (): number => blocks.filter((block) => block.kind === 'heading' && block.level === 1).length
  if (order.genre !== 'deeds' && order.genre !== 'plan')
    blocks.push(...(await shortcomingBlocks(db, known, scope, yearly, book, headings() + 1)))
  blocks.push(...closingBlocks(order))
  blocks.push(...(await appendixBlocks(db, known, scope, yearly, book, order)))
  const body: Body = {
    title: titleOf(order.genre, order.unit.name, order.year),
    ...(order.genre === 'congress' && { addressee: '各位代表' }),
    blocks,
    figures: book.figures,
    signature: { organ: order.unit.name, date: order.today },
  }
  for (const block of blocks)
    for (const run of block.runs)
      if ('figure' in run && !body.figures[run.figure]!.sentence) body.figures[run.figure]!.sentence = textOf(block.runs, body.figures)
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
  metricsOf(one.slots).some((metric) => figures.has(metric)) || (metricsOf(one.slots).length === 0 && listsOf(one.slots).length > 0)

async function registersWithRecords(db: Db | Tx, scope: Scope): Promise<Set<string>> {
  const { rows } = await sql<{ register: string }>`
    select distinct r.register from kernel.closure c
    join kernel.record r on r.unit_id = c.descendant_id and r.happened_on >= c.valid_from and r.happened_on < c.valid_to
    where c.ancestor_id = ${scope.unitId} and r.state = 'recorded'
      and r.happened_on between ${scope.from}::date and ${scope.to}::date`.execute(db)
  return new Set(rows.map((row) => row.register))
}

/**
 * A sentence names its own period: when everything it tells lies within one month or the first half, it says so and its
 * figures carry that period; otherwise it is the report's.
 */
function periodOfClause(one: Told, figures: ReadonlyMap<string, Figure>, order: Order): { from: string; to: string; words: string } {
  const used = metricsOf(one.slots).flatMap((metric) => figures.get(metric) ?? []).filter((figure) => figure.kind !== 'balance')
  const whole = { from: order.from, to: order.to, words: order.to.endsWith('-06-30') ? '上半年' : '全年' }
  if (!one.slots.some((slot) => slot.kind === 'word' && slot.word === 'period') || !used.length) return whole
  const first = used.map((figure) => figure.firstOn).filter((day) => day !== null).sort()[0]
  const last = used.map((figure) => figure.lastOn).filter((day) => day !== null).sort().at(-1)
  if (!first || !last) return whole
  if (first.slice(0, 7) === last.slice(0, 7)) {
    const month = Number(first.slice(5, 7))
    const end = new Date(Date.UTC(order.year, month, 0)).toISOString().slice(0, 10)
    return { from: `${first.slice(0, 7)}-01`, to: end, words: `${month}月份` }
  }
  if (last <= `${order.year}-06-30` && order.to > `${order.year}-06-30`)
    return { from: `${order.year}-01-01`, to: `${order.year}-06-30`, words: '上半年' }
  return whole
}

export const dayWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`

function eachValues(
  one: Told, record: ToldRecord, figures: ReadonlyMap<string, Figure>, book: FigureBook, order: Order, domain: Domain,
): Values {
  return {
    figure(metric, bare) {
      const figure = figures.get(`${metric} ${record.id}`)
      return figure && printable(figure) ? book.put(figure, order.from, order.to, domain, { bare, perRecord: true }) : null
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
    list: () => null,
  }
}

const text = (words: string): Run[] => [{ text: words }]
type Wording = 'upperUnion' | 'partyBody' | 'administration' | 'motto' | 'idea' | 'guiding'
const profileText = (order: Order, key: Wording): string | null => order.unit.profile?.[key]?.trim().replace(/[。，]$/, '') || null

/** Time, leadership, centre, line: all from the unit's profile; a missing part is left out, never filled with a formula. */
function openingBlocks(order: Order): Block[] {
  const leaders = [profileText(order, 'upperUnion'), profileText(order, 'partyBody')].filter((name) => name !== null)
  const when = order.genre === 'half-year' ? `${order.year}年上半年` : order.genre === 'plan' ? `${order.year + 1}年` : `${order.year}年`
  const support = profileText(order, 'administration')
  const guiding = profileText(order, 'guiding')
  const idea = profileText(order, 'idea')
  const parts = [
    `${when}，${order.genre === 'congress' ? '本届工会委员会' : order.unit.name}`,
    leaders.length ? `在${leaders.join('和')}的领导下` : '', support ? `在${support}的支持下` : '',
    guiding ?? '', idea ? `按照“${idea}”的工作思路` : '',
    order.genre === 'plan' ? '安排了以下工作' : '开展了各项工作',
  ]
  const bridge: Record<Genre, string> = {
    annual: '现将一年来的主要工作总结如下：', congress: '现将一年来的工作向大会报告，请予审议。',
    'half-year': '现将上半年工作总结如下：', women: '现将一年来的女职工工作总结如下：',
    briefing: '现将有关情况汇报如下：', deeds: '主要事迹如下：', plan: '具体计划如下：',
  }
  return [{
    id: 'opening', kind: 'paragraph', section: 'opening',
    runs: text(`${parts.filter(Boolean).join('，')}。${bridge[order.genre]}`),
  }]
}

/** Sections in the order of the unit's kind. Sentences of a theme run on in one paragraph per domain, heaviest first. */
function themeBlocks(order: Order, paragraphs: ReadonlyMap<Domain, { weight: number; block: Block }[]>): Block[] {
  const rank = new Map(orderFor(order.unit.profile?.kind ?? undefined, order.genre).map((domain, at) => [domain, at]))
  const sections = themes
    .map((theme) => ({ ...theme, domains: theme.domains.filter((domain) => paragraphs.get(domain)?.length) }))
    .filter((theme) => theme.domains.length)
    .sort((a, b) => Math.min(...a.domains.map((d) => rank.get(d)!)) - Math.min(...b.domains.map((d) => rank.get(d)!)))
  return sections.flatMap((theme, at): Block[] => [
    {
      id: `heading-${theme.domains.join('-')}`, kind: 'heading', level: 1, section: theme.domains[0]!,
      runs: text(`${chineseNumber(at + 1)}、${theme.heading}`),
    },
    ...[...theme.domains].sort((a, b) => rank.get(a)! - rank.get(b)!).flatMap((domain) =>
      paragraphs.get(domain)!.toSorted((a, b) => b.weight - a.weight).map((one) => one.block)),
  ])
}

function closingBlocks(order: Order): Block[] {
  const motto = profileText(order, 'motto')
  const blocks: Block[] = []
  if (motto && order.genre !== 'plan')
    blocks.push({ id: 'closing', kind: 'paragraph', section: 'closing', runs: text(`今后，我们将以“${motto}”为目标，继续做好工会各项工作。`) })
  if (order.genre === 'congress') blocks.push({ id: 'thanks', kind: 'paragraph', section: 'closing', runs: text('以上报告，请各位代表审议。谢谢大家！') })
  return blocks
}
