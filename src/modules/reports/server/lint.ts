import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { figuresOf, type Figure, type Scope } from '../../../kernel/facts/figures.ts'
import type { Catalogue } from '../../../kernel/register/registry.ts'
import { offStandardIn } from '../../../kernel/register/standard.ts'
import type { Body } from '../body.ts'
import { textOf } from '../body.ts'
import { yearBefore } from './figure-routes.ts'

export interface Remark {
  level: 'warning' | 'notice'
  code: 'parts' | 'halved' | 'periods' | 'by-hand' | 'drafts' | 'subset' | 'persons' | 'off-standard'
  sentence: string
  blockId?: string
}

/** What a careful secretary would say before the report goes out. Reads only. */
export async function lintReport(db: Db | Tx, known: Catalogue, scope: Scope, body: Body): Promise<Remark[]> {
  const used = [...new Set(Object.values(body.figures).map((figure) => figure.metric))]
  const figures = await figuresOf(db, known, scope, used)
  return [
    ...partsThatDontAddUp(known, figures),
    ...subsetsLargerThanTheWhole(known, figures),
    ...(await halved(db, known, scope, figures)),
    ...mixedPeriods(body),
    ...numbersByHand(body),
    ...(await draftsLeftOut(db, scope)),
    ...(await offStandard(db, known, scope)),
  ]
}

/** Metrics of one register that split the same count by one choice, against the count itself. */
function partsThatDontAddUp(known: Catalogue, figures: readonly Figure[]): Remark[] {
  const remarks: Remark[] = []
  const value = new Map(figures.map((figure) => [figure.metric, figure]))
  for (const figure of figures) {
    const register = known.registers.get(figure.provider)
    const whole = register?.metrics.find((metric) => metric.id === figure.metric)
    if (!register || !whole || !('sum' in whole.aggregate) || whole.aggregate.where) continue
    const { sum } = whole.aggregate
    for (const declared of [...register.fields, ...(register.lines?.fields ?? [])]) {
      if (declared.kind !== 'choice' || declared.open) continue
      const parts = register.metrics.filter(
        (metric) =>
          'sum' in metric.aggregate &&
          metric.aggregate.sum === sum &&
          Object.keys(metric.aggregate.where ?? {}).join() === declared.id,
      )
      const values = parts.flatMap((metric) =>
        [('sum' in metric.aggregate && metric.aggregate.where?.[declared.id]) || []].flat(),
      )
      // Parts that share a value count some rows twice; together they are no split of the whole.
      const covered = new Set(values)
      if (parts.length < 2 || covered.size !== values.length || covered.size !== declared.choices?.length) continue
      const total = parts.reduce((all, metric) => all + (value.get(metric.id)?.value ?? 0), 0)
      if (total > 0 && total !== figure.value)
        remarks.push({
          level: 'warning',
          code: 'parts',
          sentence: `“${figure.label}”共 ${figure.value}${figure.unit}，按${declared.label}分项相加是 ${total}${figure.unit}，差 ${Math.abs(figure.value - total)}：请检查《${register.title}》中“${declared.label}”是否漏填。`,
        })
    }
  }
  return remarks
}

function subsetsLargerThanTheWhole(known: Catalogue, figures: readonly Figure[]): Remark[] {
  return figures
    .filter((figure) => figure.kind === 'rate' && figure.numerator! > figure.denominator!)
    .map((figure) => ({
      level: 'warning',
      code: 'subset',
      sentence: `“${figure.label}”的分子 ${figure.numerator} 大于分母 ${figure.denominator}，请核对${known.registers.get(figure.provider)?.title ?? '名册'}。`,
    }))
}

async function halved(db: Db | Tx, known: Catalogue, scope: Scope, figures: readonly Figure[]): Promise<Remark[]> {
  const before = await figuresOf(
    db,
    known,
    { unitId: scope.unitId, from: yearBefore(scope.from), to: yearBefore(scope.to) },
    figures.map((figure) => figure.metric),
  )
  const previous = new Map(before.map((figure) => [figure.metric, figure.value]))
  return figures
    .filter((figure) => {
      const was = previous.get(figure.metric)
      return (
        (figure.kind === 'count' || figure.kind === 'amount') &&
        was !== undefined &&
        was >= 4 &&
        (figure.value * 2 <= was || figure.value >= was * 3)
      )
    })
    .slice(0, 12)
    .map((figure) => ({
      level: 'notice',
      code: 'halved',
      sentence: `“${figure.label}”上年同期 ${shownValue(figure, previous.get(figure.metric)!)}，今年 ${shownValue(figure, figure.value)}，变化很大，请核对是否漏登或重登。`,
    }))
}

const shownValue = (figure: Figure, value: number): string =>
  figure.unit === '元' ? `${value / 100} 元` : `${value}${figure.unit}`

function mixedPeriods(body: Body): Remark[] {
  return body.blocks.flatMap((block) => {
    if (block.section === 'shortcomings' || block.kind !== 'paragraph') return []
    const periods = new Set(
      block.runs.flatMap((run) =>
        'figure' in run && body.figures[run.figure]
          ? [`${body.figures[run.figure]!.periodFrom}–${body.figures[run.figure]!.periodTo}`]
          : [],
      ),
    )
    return periods.size > 1
      ? [
          {
            level: 'warning' as const,
            code: 'periods' as const,
            blockId: block.id,
            sentence: `这一句里的数字属于不同期间（${[...periods].join('、')}），不能相加或比较，请分开写明。`,
          },
        ]
      : []
  })
}

function numbersByHand(body: Body): Remark[] {
  return body.blocks.flatMap((block) => {
    if (!block.manual) return []
    const typed = block.runs.some(
      (run) =>
        'text' in run && /[0-9０-９]|[一二三四五六七八九十百千万]+(?:人次|人|次|件|项|元|户|名|个)/.test(run.text),
    )
    return typed
      ? [
          {
            level: 'notice' as const,
            code: 'by-hand' as const,
            blockId: block.id,
            sentence: `手写句“${textOf(block.runs, body.figures).slice(0, 24)}…”里有手工填写的数字，台账不能证明它。`,
          },
        ]
      : []
  })
}

async function draftsLeftOut(db: Db | Tx, scope: Scope): Promise<Remark[]> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from kernel.closure c join kernel.record r on r.unit_id = c.descendant_id
      and r.happened_on >= c.valid_from and r.happened_on < c.valid_to
    where c.ancestor_id = ${scope.unitId} and r.state = 'draft' and r.happened_on between ${scope.from}::date and ${scope.to}::date`.execute(
    db,
  )
  const n = rows[0]?.n ?? 0
  return n ? [{ level: 'notice', code: 'drafts', sentence: `本期还有 ${n} 条草稿没有提交，没有计入报告。` }] : []
}

/** Money given off the unit's own table of standards: no error, but the auditor will ask. */
async function offStandard(db: Db | Tx, known: Catalogue, scope: Scope): Promise<Remark[]> {
  const found = await offStandardIn(db, known, scope)
  return found.map(({ register, records }) => ({
    level: 'notice',
    code: 'off-standard',
    sentence: `《${register.title}》有 ${records.size} 条金额与标准不一致，请核对或写明原因，如：${[...records.values()][0]!.sentence}`,
  }))
}
