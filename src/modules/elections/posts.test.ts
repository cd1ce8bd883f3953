import { describe, expect, it } from 'vitest'
import { barredBy, inStrokeOrder, type Post, type Relation } from './posts.ts'
import { judgeExtension } from './server/extension.ts'
import { officesOf, type Elected } from './server/filing.ts'
import { termEnd } from './server/gates.ts'

const named = (...names: string[]) => names.map((name) => ({ name }))

describe('candidates in the order of strokes', () => {
  it('begin with the fewest, whatever their pinyin', () => {
    expect(inStrokeOrder(named('陈静', '丁一', '王芳', '刘洋', '魏然', '卜凡')).map((one) => one.name)).toEqual([
      '丁一',
      '卜凡',
      '王芳',
      '刘洋',
      '陈静',
      '魏然',
    ])
  })
  it('give way to a place set by hand', () => {
    expect(
      inStrokeOrder([
        { name: '丁一', place: 2 },
        { name: '魏然', place: 1 },
      ]).map((one) => one.name),
    ).toEqual(['魏然', '丁一'])
  })
  it('keep their order around one who was placed by hand', () => {
    const rows = [{ name: '陈静' }, { name: '丁一', place: 3 }, { name: '王芳' }, { name: '卜凡' }]
    expect(inStrokeOrder(rows).map((one) => one.name)).toEqual(['卜凡', '王芳', '丁一', '陈静'])
    expect(inStrokeOrder([{ name: '王芳' }, { name: '陈静', place: 9 }]).map((one) => one.name)).toEqual([
      '王芳',
      '陈静',
    ])
  })
})

it.each<[Post, Relation, boolean, string | null]>([
  ['member', 'none', true, null],
  ['member', 'executive', true, 'EL-CAND-BAN'],
  ['member', 'kin', true, 'TU-KIN'],
  ['member', 'kin', false, 'EL-CAND-BAN'],
  ['member', 'in-law', true, null],
  ['member', 'deputy', true, null],
  ['chair', 'deputy', true, 'EL-CAND-BAN-CHAIR'],
  ['chair', 'personnel', true, 'EL-CAND-BAN-CHAIR'],
  ['chair', 'foreign', true, 'EL-CAND-BAN-CHAIR'],
  ['chair', 'deputy', false, null],
  ['vice', 'deputy', true, null],
  ['audit', 'finance', true, 'EL-AUDIT-OVERLAP'],
  ['audit', 'kin', true, null],
  ['member', 'finance', true, null],
])('a candidate for %s who declares “%s” (enterprise %s) is barred by %s', (position, relation, enterprise, card) => {
  expect(barredBy(position, relation, enterprise)).toBe(card)
})

it.each([
  ['2024-02-29', 3, '2027-02-28'],
  ['2024-02-29', 5, '2029-02-28'],
  ['2026-03-20', 5, '2031-03-20'],
  // 1 October is a holiday: the term ends on it all the same, only deadlines to act move.
  ['2021-10-01', 5, '2026-10-01'],
])('a term from %s of %i years ends on %s', (from, years, end) => {
  expect(termEnd(from, years)).toBe(end)
})

it.each([
  ['2026-01-10', '2026-07-10', '2025-12-20', 0, false],
  ['2026-01-10', '2026-07-10', '2026-02-10', 31, false],
  ['2026-01-10', '2026-07-11', '2026-01-10', 0, true],
])(
  'an extension of a term due on %s until %s, allowed on %s, leaves a gap of %i days',
  (wasDueOn, until, approvedOn, gapDays, beyondHalfYear) => {
    expect(judgeExtension({ wasDueOn, until, approvedOn })).toMatchObject({ gapDays, beyondHalfYear })
  },
)

it('gives a person one office per body, the highest', () => {
  const one = (position: Post, personId: number, votes: number): Elected => ({
    raceId: 1,
    post: position,
    personId,
    name: `第${personId}人`,
    votes,
    writtenIn: false,
    direct: false,
    partyPost: null,
  })
  const elected = [one('member', 1, 9), one('member', 2, 8), one('audit', 1, 7), one('chair', 2, 5)]
  expect(officesOf(elected, 'committee').map((office) => [office.personId, office.post])).toEqual([
    [2, '主席'],
    [1, '委员'],
  ])
  expect(officesOf(elected, 'audit')).toHaveLength(1)
  expect(officesOf(elected, 'women')).toEqual([])
})
