import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { payout, type Caps, type Costs, type Formula } from './payout.ts'

const yuan = (amount: number): number => amount * 100
const costs: Costs = { ownFen: 0, totalFen: 0, days: 0, category: '', paidFen: 0, paidClaims: 0 }
const tier = (low: number, high: number | null, rate: number) => ({
  lowFen: yuan(low),
  highFen: high === null ? null : yuan(high),
  rate: rate * 100,
})

/** Numbers of real plans' kinds. */
const A: Formula = {
  kind: 'tiers',
  thresholdFen: yuan(1000),
  inclusive: true,
  tiers: [tier(1000, 5000, 50), tier(5000, 10_000, 60), tier(10_000, null, 70)],
}
const B: Formula = {
  kind: 'deductible',
  deductibleFen: yuan(10_000),
  tiers: [tier(0, 30_000, 80), tier(30_000, null, 90)],
}
const C: Formula = {
  kind: 'band',
  thresholdFen: yuan(6000),
  bands: [tier(0, 40_000, 65), tier(40_000, 240_000, 75), tier(240_000, 500_000, 70)],
}
const D: Formula = { kind: 'lump', amounts: { 重疾: yuan(15_000), 身故: yuan(3000) }, lessPaid: true }
const E: Formula = { kind: 'daily', fenPerDay: yuan(40), fromDay: 4, mostDays: 180 }
const F: Formula = { kind: 'disability', sumFen: yuan(20_000), rates: { 一级: 10_000, 五级: 6000, 十级: 1000 } }

describe('worked examples of each formula, in yuan', () => {
  test.each<[string, Formula, Partial<Costs>, Caps, number]>([
    ['A below the threshold', A, { ownFen: yuan(1000) - 1 }, {}, 0],
    ['A on the threshold: reached, but no piece lies above it', A, { ownFen: yuan(1000) }, {}, 0],
    ['A in the first piece', A, { ownFen: yuan(3000) }, {}, 1000],
    ['A to the first edge', A, { ownFen: yuan(5000) }, {}, 2000],
    ['A over two edges', A, { ownFen: yuan(12_000) }, {}, 2000 + 3000 + 1400],
    ['A capped for the claim', A, { ownFen: yuan(100_000) }, { claimFen: yuan(50_000) }, 50_000],
    ['A capped for the period', A, { ownFen: yuan(12_000), paidFen: yuan(48_000) }, { periodFen: yuan(50_000) }, 2000],
    ['A with nothing left', A, { ownFen: yuan(12_000), paidFen: yuan(60_000) }, { periodFen: yuan(50_000) }, 0],
    ['A the fourth claim of three', A, { ownFen: yuan(12_000), paidClaims: 3 }, { claims: 3 }, 0],
    ['A the third of three', A, { ownFen: yuan(3000), paidClaims: 2 }, { claims: 3 }, 1000],
    ['B up to the deductible', B, { ownFen: yuan(10_000) }, {}, 0],
    ['B above it', B, { ownFen: yuan(30_000) }, {}, 16_000],
    ['B in the second piece', B, { ownFen: yuan(50_000) }, {}, 24_000 + 9000],
    ['C below the threshold', C, { totalFen: yuan(6000) - 1, ownFen: yuan(5000) }, {}, 0],
    ['C the first band', C, { totalFen: yuan(40_000), ownFen: yuan(10_000) }, {}, 6500],
    ['C a cent into the second', C, { totalFen: yuan(40_000) + 1, ownFen: yuan(10_000) }, {}, 7500],
    ['C beyond every band', C, { totalFen: yuan(600_000), ownFen: yuan(100_000) }, {}, 0],
    ['D a lump', D, { category: '重疾' }, {}, 15_000],
    ['D less what was paid', D, { category: '身故', paidFen: yuan(1200) }, {}, 1800],
    ['D never below nothing', D, { category: '身故', paidFen: yuan(5000) }, {}, 0],
    ['D a category the plan does not know', D, { category: '牙痛' }, {}, 0],
    ['E three days are not enough', E, { days: 3 }, {}, 0],
    ['E the fourth day is the first that counts', E, { days: 4 }, {}, 40],
    ['E ten days', E, { days: 10 }, {}, 280],
    ['E at most 180 days', E, { days: 400 }, {}, 7200],
    ['F by grade', F, { category: '五级' }, {}, 12_000],
    ['F a grade without a share', F, { category: '十一级' }, {}, 0],
  ])('%s', (_what, formula, of, caps, expected) => {
    const found = payout(formula, caps, { ...costs, ...of })
    expect(found.fen).toBe(yuan(expected))
    if (found.steps.length) expect(found.steps.every((step) => Number.isSafeInteger(step.fen))).toBe(true)
  })
})

test('fractions of a fen are dropped once, not for each piece', () => {
  const formula: Formula = {
    kind: 'tiers',
    thresholdFen: 0,
    inclusive: true,
    tiers: [
      { lowFen: 0, highFen: 1, rate: 5000 },
      { lowFen: 1, highFen: 2, rate: 5000 },
    ],
  }
  expect(payout(formula, {}, { ...costs, ownFen: 2 }).fen).toBe(1)
})

test('caps hold, and who paid more of the own is never paid less', () => {
  const amount = fc.integer({ min: 0, max: 50_000_000 })
  fc.assert(
    fc.property(fc.constantFrom(A, B), amount, amount, amount, amount, (formula, own, more, paid, cap) => {
      const caps = { claimFen: cap, periodFen: cap }
      const of = (ownFen: number): number => payout(formula, caps, { ...costs, ownFen, paidFen: paid }).fen
      expect(of(own)).toBeLessThanOrEqual(cap)
      expect(of(own) + Math.min(paid, cap)).toBeLessThanOrEqual(cap)
      expect(of(own + more)).toBeGreaterThanOrEqual(of(own))
      expect(of(own)).toBeLessThanOrEqual(own)
    }),
  )
})
