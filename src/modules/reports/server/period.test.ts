import { describe, expect, it } from 'vitest'
import type { Figure } from '../../../kernel/facts/figures.ts'
import type { MetricDefinition } from '../../../kernel/facts/metric.ts'
import type { Catalogue } from '../../../kernel/register/registry.ts'
import { parseClause } from '../clause.ts'
import { periodOfClause } from './period.ts'
import { listWords } from './records.ts'

const slots = parseClause('{period}走访{care.calls}[，金额{care.money}]。')
const year = { year: 2025, from: '2025-01-01', to: '2025-12-31' }

function periodOf(days: Record<string, [string, string]>, options: { spring?: boolean; where?: string } = {}) {
  const figures = Object.entries(days).map(
    ([metric, [firstOn, lastOn]]) => [metric, { metric, kind: 'count', firstOn, lastOn } as Figure] as const,
  )
  const metric = {
    source: {
      kind: 'register',
      register: 'care',
      aggregate: { sum: 'record', ...(options.where && { where: { festival: options.where } }) },
    },
  } as unknown as MetricDefinition
  const known = { metrics: new Map(figures.map(([id]) => [id, metric])) } as unknown as Catalogue
  return periodOfClause(slots, new Map(figures), known, year, options.spring ?? false)
}

describe('the period a sentence names', () => {
  it.each([
    ['one month', [['2025-01-10', '2025-01-24']], {}, '1月份', '2025-01-01', '2025-01-31'],
    ['the first half', [['2025-01-10', '2025-05-24']], {}, '上半年', '2025-01-01', '2025-06-30'],
    ['the year, by one late row', [['2025-01-10', '2025-07-01']], {}, '全年', '2025-01-01', '2025-12-31'],
    // 2025's Spring Festival is 29 January; visits for it run from a month before until the Lantern Festival.
    [
      'for the Spring Festival',
      [['2025-01-10', '2025-02-12']],
      { spring: true },
      '春节期间',
      '2025-01-01',
      '2025-02-13',
    ],
    ['counted for it alone', [['2025-01-10', '2025-01-24']], { where: '春节' }, '春节期间', '2025-01-01', '2025-02-13'],
    ['for it, but long after', [['2025-01-10', '2025-02-20']], { spring: true }, '上半年', '2025-01-01', '2025-06-30'],
    ['for another festival', [['2025-01-01', '2025-01-03']], { where: '元旦' }, '1月份', '2025-01-01', '2025-01-31'],
  ] as const)('%s', (_, [days], options, words, from, to) => {
    expect(periodOf({ 'care.calls': [...days] }, options)).toEqual({ words, from, to })
  })

  it('is wide enough for every figure of the sentence', () => {
    const days = { 'care.calls': ['2025-01-10', '2025-01-11'], 'care.money': ['2025-01-10', '2025-03-01'] } as const
    expect(periodOf({ 'care.calls': [...days['care.calls']], 'care.money': [...days['care.money']] }).words).toBe(
      '上半年',
    )
  })
})

describe('a list in a sentence', () => {
  it.each([
    [['铸造', '装配', '铸造'], '铸造、装配'],
    [['铸造', '其他'], '铸造等'],
    [['铸造', '无', ''], '铸造'],
    [[...'一二三四五六七八九'], '一、二、三、四、五、六、七、八等'],
    [['其他', '无'], null],
  ])('%j', (values, words) => {
    expect(listWords(values)).toBe(words)
  })
})
