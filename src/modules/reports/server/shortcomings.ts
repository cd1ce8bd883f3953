import type { Db, Tx } from '../../../kernel/db/database.ts'
import { figuresOf, type Figure, type Scope } from '../../../kernel/facts/figures.ts'
import type { Domain } from '../../../kernel/register/declaration.ts'
import type { Catalogue } from '../../../kernel/register/registry.ts'
import type { Block } from '../body.ts'
import type { Run } from '../clause.ts'
import { chineseNumber } from '../genres.ts'
import { yearBefore } from './figure-routes.ts'
import type { FigureBook } from './generate.ts'

interface Lack {
  /** larger is told first */
  gravity: number
  id: string
  runs: Run[]
}

/**
 * What the ledger itself shows as missing: coverage below all, figures that fell to half, themes recorded last year and
 * not this year. Nothing is invented; with no finding there is no section.
 */
export async function shortcomingBlocks(
  db: Db | Tx,
  known: Catalogue,
  scope: Scope,
  all: readonly Figure[],
  book: FigureBook,
  heading: number,
  closed: (metric: string) => boolean = () => false,
): Promise<Block[]> {
  const figures = all.filter((figure) => !closed(figure.metric))
  const lacks: Lack[] = []
  for (const figure of figures) {
    if (figure.kind !== 'rate' || figure.numerator! >= figure.denominator!) continue
    const [reach, follow] = [isReach(figure), isFollowThrough(figure)]
    if (!reach && !follow) continue
    const key = book.put(figure, scope.from, scope.to, '存在的不足')
    const parts = `（${figure.denominator}中的${figure.numerator}）`
    lacks.push({
      gravity: (10_000 - figure.value) / 100,
      id: `lack-coverage-${figure.metric}`,
      runs: [{ text: `${figure.label}为` }, { figure: key }, { text: reach ? `${parts}，还没有做到全覆盖` : parts }],
    })
  }
  const from = yearBefore(scope.from)
  const to = yearBefore(scope.to)
  const previous = (await figuresOf(db, known, { unitId: scope.unitId, from, to })).filter((one) => !closed(one.metric))
  const current = new Map(figures.map((figure) => [figure.metric, figure]))
  const told = new Set<string>()
  for (const before of previous) {
    if (before.kind !== 'count' || told.has(before.provider)) continue
    const now = current.get(before.metric)
    const metric = known.metrics.get(before.metric)!
    if (!fallIsLack(known, before)) continue
    if (before.value < 4 || metric.lowerIsBetter || (now && now.value * 2 > before.value)) continue
    if (now && now.facts === 0) continue
    told.add(before.provider)
    const was = book.put(before, from, to, '存在的不足')
    lacks.push({
      gravity: now ? 20 : 30,
      id: `lack-fall-${before.metric}`,
      runs: now
        ? [
            { text: `${before.label}由上年的` },
            { figure: was },
            { text: '减少到' },
            { figure: book.put(now, scope.from, scope.to, '存在的不足') },
          ]
        : [{ text: `${before.label}上年为` }, { figure: was }, { text: '，本期没有记录' }],
    })
  }
  for (const now of figures) {
    const metric = known.metrics.get(now.metric)!
    const before = previous.find((figure) => figure.metric === now.metric)
    if (!metric.lowerIsBetter || now.kind !== 'count' || !before || now.value <= before.value) continue
    lacks.push({
      gravity: 25,
      id: `lack-rise-${now.metric}`,
      runs: [
        { text: `${now.label}由上年的` },
        { figure: book.put(before, from, to, '存在的不足') },
        { text: '增加到' },
        { figure: book.put(now, scope.from, scope.to, '存在的不足') },
      ],
    })
  }
  if (!lacks.length) return []
  const chosen = lacks.sort((a, b) => b.gravity - a.gravity).slice(0, 5)
  return [
    {
      id: 'heading-shortcomings',
      kind: 'heading',
      level: 1,
      section: 'shortcomings',
      runs: [{ text: `${chineseNumber(heading)}、存在的不足` }],
    },
    ...chosen.map((lack, at): Block => ({
      id: lack.id,
      kind: 'paragraph',
      section: 'shortcomings',
      runs: [
        { text: chosen.length > 1 ? `${chineseNumber(at + 1)}是` : '' },
        ...lack.runs,
        { text: at === chosen.length - 1 ? '。' : '；' },
      ],
    })),
  ]
}

/** A share of everybody who was due, named so by its label, as the registers' authors do. */
const isReach = (figure: Figure): boolean => /覆盖率|参加率|建会率|入会率/.test(figure.label)

/** A share of what was begun and carried through: said plainly, since nobody owes a hundred per cent every day. */
const isFollowThrough = (figure: Figure): boolean => /完成率|答复率|落实率|办结率|整改率|发放率/.test(figure.label)

/** Fewer people in need, ill or at odds is no lack; of confidential matters a rise or fall is nobody's to publish. */
const reliefDomains: readonly Domain[] = ['BF', 'WW', 'XF', 'HZ']
const fallIsLack = (known: Catalogue, figure: Figure): boolean =>
  !reliefDomains.includes(figure.domain) && !known.registers.get(figure.provider)?.confidential
