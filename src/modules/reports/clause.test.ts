import { expect, it } from 'vitest'
import { fillClause, listsOf, metricsOf, parseClause, type Values } from './clause.ts'

const values = (figures: Record<string, string>): Values => ({
  figure: (metric) => figures[metric] ?? null,
  word: () => '全年',
  field: () => null,
  list: () => null,
})
const text = (clause: string, figures: Record<string, string>): string | null =>
  fillClause(parseClause(clause), values(figures))
    ?.map((run) => ('text' in run ? run.text : `<${run.figure}>`))
    .join('') ?? null

it('fills figures, drops a bracket whose figure is missing, and drops a clause without its own', () => {
  const clause = '{period}走访{a.n}[，其中住院{a.h}][，发放{a.m}]。'
  expect(text(clause, { 'a.n': '3', 'a.h': '1', 'a.m': '9' })).toBe('全年走访<3>，其中住院<1>，发放<9>。')
  expect(text(clause, { 'a.n': '3', 'a.m': '9' })).toBe('全年走访<3>，发放<9>。')
  expect(text(clause, { 'a.h': '1' })).toBeNull()
})

it('drops nested brackets from the inside out', () => {
  expect(text('{x}[（{y}[，{z}]）]', { x: '1', y: '2' })).toBe('<1>（<2>）')
  expect(text('{x}[（{y}[，{z}]）]', { x: '1', z: '2' })).toBe('<1>')
})

it('knows what a clause mentions and refuses an unbalanced one', () => {
  expect(metricsOf(parseClause('{a}[{b#}]{list:kind}{title}'))).toEqual(['a', 'b'])
  expect(listsOf(parseClause('{a}[{list:kind}]'))).toEqual(['kind'])
  expect(() => parseClause('{a}[')).toThrow(/unbalanced/)
  expect(() => parseClause('a]')).toThrow(/unbalanced/)
})
