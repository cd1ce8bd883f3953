import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { duesOf, judgeDues, monthsBetween } from './dues-rule.ts'
import { allocationDue, splitAllocation } from './share-rule.ts'

describe('dues of a month', () => {
  it.each([
    [0, 0],
    [999, 0],
    [1000, 5],
    [1999, 5],
    // 4386.50 yuan count as 4380: 21.90 yuan.
    [438_650, 2190],
    [438_999, 2190],
    [439_000, 2195],
    [1_000_000, 5000],
  ])('a base of %d fen owes %d fen', (base, due) => expect(duesOf(base)).toBe(due))

  it('is never more than five per mille and never five fen less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (base) => {
        expect(duesOf(base) * 200).toBeLessThanOrEqual(base)
        expect((duesOf(base) + 5) * 200).toBeGreaterThan(base)
        expect(duesOf(base) % 5).toBe(0)
      }),
    )
  })

  it('refuses what is no amount', () => {
    expect(() => duesOf(-1)).toThrow(RangeError)
    expect(() => duesOf(0.5)).toThrow(RangeError)
  })

  it.each([
    [{ baseFen: 500_000, fixedFen: null, exemption: null }, 2500, '基数取整到 5000 元，乘以 0.5%'],
    [{ baseFen: 500_000, fixedFen: null, exemption: 'retained' as const }, 0, '免交：保留会籍'],
    [{ baseFen: 500_000, fixedFen: 500, exemption: null }, 500, '按核定的固定数额交纳'],
    [{ baseFen: null, fixedFen: null, exemption: null }, 0, '还没有登记缴费基数'],
    [{ baseFen: null, fixedFen: 500, exemption: 'hardship' as const }, 0, '免交：特别困难减免'],
  ])('%j owes %d', (known, dueFen, reason) => expect(judgeDues(known)).toEqual({ dueFen, reason }))

  it('lists months over the turn of the year', () =>
    expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']))
})

describe('the allocated two per cent', () => {
  it.each([
    [1_000_000, 20_000],
    [125, 3],
    [124, 2],
    [0, 0],
  ])('a payroll of %d fen owes %d fen', (payroll, due) => expect(allocationDue(payroll)).toBe(due))

  it.each([
    [10_000, [{ name: '上级工会', share: 4000 }], { ownFen: 6000, upperFen: 4000, parts: [4000] }],
    // 40 % of 1.01 yuan is 40.4 fen.
    [101, [{ name: '上级工会', share: 4000 }], { ownFen: 61, upperFen: 40, parts: [40] }],
    [3, [{ name: '上级工会', share: 5000 }], { ownFen: 1, upperFen: 2, parts: [2] }],
    [
      101,
      [
        { name: '县总工会', share: 2500 },
        { name: '市总工会', share: 1000 },
        { name: '省总工会', share: 500 },
      ],
      { ownFen: 61, upperFen: 40, parts: [25, 10, 5] },
    ],
    [777, [], { ownFen: 777, upperFen: 0, parts: [] }],
  ])('%d fen divided by %j', (total, shares, { ownFen, upperFen, parts }) => {
    const split = splitAllocation(total, shares)
    expect([split.ownFen, split.upperFen, split.parts.map((part) => part.fen)]).toEqual([ownFen, upperFen, parts])
  })

  it('adds up to the receipt whatever the shares, each part within a fen of its exact one', () => {
    const shares = fc.array(fc.integer({ min: 0, max: 2500 }), { maxLength: 4 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), shares, (total, given) => {
        const split = splitAllocation(
          total,
          given.map((share, index) => ({ name: `第${index}级`, share })),
        )
        expect(split.ownFen + split.upperFen).toBe(total)
        expect(split.parts.reduce((all, part) => all + part.fen, 0)).toBe(split.upperFen)
        for (const [index, part] of split.parts.entries()) {
          expect(part.fen).toBeGreaterThanOrEqual(0)
          expect(Math.abs(part.fen * 10_000 - total * given[index]!)).toBeLessThanOrEqual(10_000)
        }
      }),
    )
  })

  it('refuses more than the whole', () =>
    expect(() => splitAllocation(1, [{ name: '甲', share: 10_001 }])).toThrow(RangeError))
})
