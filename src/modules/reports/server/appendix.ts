import type { Db, Tx } from '../../../kernel/db/database.ts'
import { figuresOf, type Figure, type Scope } from '../../../kernel/facts/figures.ts'
import { plainYuan } from '../../../kernel/money/money.ts'
import type { Catalogue } from '../../../kernel/register/registry.ts'
import type { Block, Cell } from '../body.ts'
import { domainTitle, orderFor } from '../genres.ts'
import type { FigureBook, Order } from './generate.ts'

/**
 * The table behind the text: every figure of the period with its definition and the number of rows it was counted from,
 * the first half beside the year. What no sentence told stands here.
 */
export async function appendixBlocks(
  db: Db | Tx,
  known: Catalogue,
  scope: Scope,
  figures: readonly Figure[],
  book: FigureBook,
  order: Order,
  closed: (metric: string) => boolean = () => false,
): Promise<Block[]> {
  if (!figures.length) return []
  const yearly = !scope.to.endsWith('-06-30')
  const half = `${order.year}-06-30`
  const firstHalf = yearly
    ? new Map(
        (
          await figuresOf(
            db,
            known,
            { ...scope, to: half },
            figures.map((figure) => figure.metric).filter((metric) => !closed(metric)),
          )
        ).map((one) => [one.metric, one]),
      )
    : new Map<string, Figure>()
  const rank = new Map(orderFor(undefined, order.genre).map((domain, at) => [domain, at]))
  const chip = (figure: Figure | undefined, to: string): Cell =>
    figure ? [{ figure: book.put(figure, scope.from, to, '附表') }] : [{ text: '' }]
  const rows = figures
    .toSorted((a, b) => rank.get(a.domain)! - rank.get(b.domain)! || a.provider.localeCompare(b.provider))
    .map((figure, at): Cell[] => [
      [{ text: String(at + 1) }],
      [{ text: domainTitle(figure.domain) }],
      [{ text: figure.label }],
      ...(yearly ? [chip(firstHalf.get(figure.metric), half)] : []),
      chip(figure, scope.to),
      // Rows behind a figure, and the two parts of a share, are figures too.
      [{ text: closed(figure.metric) ? (figure.definition ?? '') : definitionOf(known, figure) }],
      [{ text: closed(figure.metric) ? '' : String(figure.facts) }],
    ])
  return [
    {
      id: 'appendix-heading',
      kind: 'heading',
      level: 1,
      section: 'appendix',
      runs: [{ text: '附表：数据来源与口径' }],
    },
    {
      id: 'appendix',
      kind: 'table',
      section: 'appendix',
      runs: [],
      columns: [
        { title: '序号', width: 6, align: 'center' },
        { title: '类别', width: 12 },
        { title: '指标', width: 24 },
        ...(yearly ? [{ title: '上半年', width: 11, align: 'right' as const }] : []),
        { title: yearly ? '全年' : '上半年', width: 11, align: 'right' },
        { title: '口径', width: 26 },
        { title: '依据行数', width: 10, align: 'right' },
      ],
      rows,
    },
  ]
}

/** How a metric counts, in words, when its declaration gives none of its own. */
export function definitionOf(known: Catalogue, figure: Figure): string {
  if (figure.withheld) return figure.definition ?? ''
  if (figure.kind === 'rate' || figure.kind === 'each') {
    const metric = known.metrics.get(figure.metric)!
    const ratio =
      metric.source.kind === 'ratio'
        ? metric.source
        : metric.source.kind === 'register' && 'ratio' in metric.source.aggregate
          ? metric.source.aggregate.ratio
          : null
    const label = (id: string): string => known.metrics.get(id)?.label ?? id
    const above = figure.unit === '元' ? plainYuan(figure.numerator!) : `${figure.numerator}`
    const share = ratio
      ? `${label(ratio.numerator)}${above}÷${label(ratio.denominator)}${figure.denominator}`
      : `${above}÷${figure.denominator}`
    return figure.definition ? `${figure.definition}（${share}）` : share
  }
  if (figure.definition) return figure.definition
  const source = known.registers.get(figure.provider)?.title
  const from = source ? `《${source}》` : ''
  const aggregate = known.metrics.get(figure.metric)?.source
  const shape = aggregate?.kind === 'register' ? aggregate.aggregate : null
  if (shape && 'distinct' in shape)
    return `${from}去重计数，同一${shape.distinct === 'person' ? '人' : shape.distinct === 'household' ? '家庭' : '对象'}只计一次`
  if (shape && 'stated' in shape) return `${from}记录所载`
  if (shape && 'frequency' in shape) return `${from}次数÷期数，期间无中断`
  if (shape && 'monthlyMean' in shape) return `${from}有记录各月的平均`
  if (figure.kind === 'balance') return '期末时点数'
  return figure.unit === '元' ? `${from}金额合计` : `${from}逐条计数`
}
