import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { added, share, weightedScore } from './score.ts'
import { partition, type GroupCount } from './suppression.ts'

const group = (groupId: number, weight: number, valid: number): GroupCount => ({ groupId, weight, valid })
const groups = fc
  .array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), valid: fc.nat(40) }), { minLength: 1, maxLength: 8 })
  .map((all) => all.map((one, at) => ({ groupId: at + 1, ...one })))
const least = fc.integer({ min: 5, max: 20 })

describe('what may be published', () => {
  it.each([
    ['large groups stand alone', [group(1, 30, 12), group(2, 70, 50)], [[1], [2]]],
    [
      'one small group takes the smallest other along',
      [group(1, 30, 4), group(2, 40, 12), group(3, 30, 60)],
      [[1, 2], [3]],
    ],
    [
      'two small groups that are enough together stay apart from the rest',
      [group(1, 20, 6), group(2, 20, 7), group(3, 60, 30)],
      [[1, 2], [3]],
    ],
    ['nobody of a group came: its weight goes with the smallest other', [group(1, 50, 0), group(2, 50, 20)], [[1, 2]]],
    ['too few in all', [group(1, 50, 4), group(2, 50, 5)], []],
    ['exactly enough', [group(1, 100, 10)], [[1]]],
  ])('%s', (_what, all, cells) => expect(partition(all, 10).map((cell) => cell.groupIds)).toEqual(cells))

  it('every cell is large enough, every group is in one cell, no weight is lost', () => {
    fc.assert(
      fc.property(groups, least, (all, k) => {
        const cells = partition(all, k)
        const sum = all.reduce((total, one) => total + one.valid, 0)
        expect(cells.length > 0).toBe(sum >= k)
        for (const cell of cells) expect(cell.valid).toBeGreaterThanOrEqual(k)
        if (!cells.length) return
        expect(cells.flatMap((cell) => cell.groupIds).toSorted((a, b) => a - b)).toEqual(all.map((one) => one.groupId))
        expect(cells.reduce((total, cell) => total + cell.valid, 0)).toBe(sum)
        expect(cells.reduce((total, cell) => total + cell.weight, 0)).toBe(
          all.reduce((total, one) => total + one.weight, 0),
        )
      }),
    )
  })

  it('no difference of published sums is smaller than k and larger than nothing', () => {
    fc.assert(
      fc.property(groups, least, fc.nat(255), fc.nat(255), (all, k, one, other) => {
        const cells = partition(all, k)
        const sum = (mask: number): number =>
          cells.reduce((total, cell, at) => total + ((mask >> at) & 1 ? cell.valid : 0), 0)
        // What a reader learns of sums over cell sets is a sum over the cells that differ.
        const learnt = sum(one & ~other)
        expect(learnt === 0 || learnt >= k).toBe(true)
      }),
    )
  })

  it('does not depend on the order of the groups', () => {
    fc.assert(
      fc.property(groups, least, (all, k) => {
        const names = (of: readonly GroupCount[]): string[] =>
          partition(of, k)
            .map((cell) => cell.groupIds.join())
            .toSorted()
        expect(names(all.toReversed())).toEqual(names(all))
      }),
    )
  })
})

describe('scores', () => {
  const points = [100, 80, 60, 0]
  it.each([
    ['one cell', [{ weight: 100, counts: [1, 1, 0, 0] }], 9000],
    [
      'weights',
      [
        { weight: 30, counts: [10, 0, 0, 0] },
        { weight: 70, counts: [0, 10, 0, 0] },
      ],
      8600,
    ],
    [
      'thirds round half up at the end only',
      [
        { weight: 50, counts: [1, 1, 1, 0] },
        { weight: 50, counts: [2, 1, 0, 0] },
      ],
      8667,
    ],
    [
      'a silent cell gives its weight away',
      [
        { weight: 40, counts: [0, 0, 0, 0] },
        { weight: 60, counts: [0, 0, 5, 0] },
      ],
      6000,
    ],
    ['nothing at all', [{ weight: 100, counts: [0, 0, 0, 0] }], null],
  ])('%s', (_what, cells, score) => expect(weightedScore(cells, points)).toBe(score))

  const cells = fc.array(
    fc.record({
      weight: fc.integer({ min: 1, max: 100 }),
      counts: fc.tuple(fc.nat(20_000), fc.nat(20_000), fc.nat(20_000), fc.nat(20_000)),
    }),
    { minLength: 1, maxLength: 8 },
  )
  it('lies between the worst and the best mark given, whatever the weights', () => {
    fc.assert(
      fc.property(cells, (all) => {
        const score = weightedScore(all, points)
        const given = points.filter((_, grade) => all.some((cell) => cell.counts[grade]! > 0))
        if (!given.length) return expect(score).toBeNull()
        expect(score).toBeGreaterThanOrEqual(100 * Math.min(...given))
        expect(score).toBeLessThanOrEqual(100 * Math.max(...given))
      }),
    )
  })
  it('never falls when a mark gets better', () => {
    fc.assert(
      fc.property(cells, fc.nat(7), fc.integer({ min: 1, max: 3 }), (all, at, grade) => {
        const cell = all[at % all.length]!
        if (!cell.counts[grade]) return
        const counts = cell.counts.map((count, index) => count + (index === grade - 1 ? 1 : index === grade ? -1 : 0))
        const better = all.map((one) => (one === cell ? { ...one, counts } : one))
        expect(weightedScore(better, points)!).toBeGreaterThanOrEqual(weightedScore(all, points)!)
      }),
    )
  })
  it('multiplying every weight changes nothing', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 2, max: 9 }), (all, factor) => {
        const heavier = all.map((cell) => ({ ...cell, weight: cell.weight * factor }))
        expect(weightedScore(heavier, points)).toBe(weightedScore(all, points))
      }),
    )
  })
  it('shares are hundredths of a percent, and counts add up', () => {
    expect([share(2, 3), share(1, 3), share(0, 7), share(0, 0)]).toEqual([6667, 3333, 0, null])
    expect(
      added(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        3,
      ),
    ).toEqual([5, 7, 9])
  })
})
