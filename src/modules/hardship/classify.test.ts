import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classify, type Household, type Parameters } from './classify.ts'

const rule: Parameters = {
  lineFen: 80_000,
  deepInclusive: true,
  relativeHundredths: 200,
  lossShare: 8_000,
  ceilingFen: null,
  document: '',
}
const family: Household = { familySize: 3, incomeFen: 0, rigidFen: 0, lossFen: 0, accident: false, exclusions: [] }
// The line is 800 yuan: 28,800 a year for three, twice that is 57,600.
const year = 2_880_000

describe('worked examples', () => {
  test.each([
    ['no income at all', {}, {}, '深度困难'],
    ['exactly on the line', { incomeFen: year }, {}, '深度困难'],
    ['exactly on the line where it must be below', { incomeFen: year }, { deepInclusive: false }, '相对困难'],
    ['a cent above the line', { incomeFen: year + 1 }, {}, '相对困难'],
    ['exactly twice the line', { incomeFen: 2 * year }, {}, '相对困难'],
    ['a cent above twice the line', { incomeFen: 2 * year + 1 }, {}, null],
    ['illness takes what is above the line', { incomeFen: 10_000_000, rigidFen: 7_120_000 }, {}, '深度困难'],
    ['expenses above the income', { incomeFen: 100, rigidFen: 900_000 }, {}, '深度困难'],
    ['one person, the same income', { familySize: 1, incomeFen: 2 * year }, {}, null],
    ['a loss of exactly 80 % is not above it', { incomeFen: 10_000_000, lossFen: 8_000_000, accident: true }, {}, null],
    ['a cent more is', { incomeFen: 10_000_000, lossFen: 8_000_001, accident: true }, {}, '意外致困'],
    ['the same loss without an accident', { incomeFen: 10_000_000, lossFen: 9_000_000 }, {}, null],
    ['half as much again as the line', { incomeFen: year + year / 2 + 1 }, { relativeHundredths: 150 }, null],
    ['the precondition', { incomeFen: 9_000_000 }, { ceilingFen: 3_000_000, relativeHundredths: 1_000 }, null],
    ['a cent below it', { incomeFen: 8_999_999 }, { ceilingFen: 3_000_000, relativeHundredths: 1_000 }, '相对困难'],
    ['two homes', { exclusions: ['有两套以上住房'] }, {}, null],
  ] as const)('%s', (_what, of, by, category) => {
    const found = classify({ ...family, ...of } as Household, { ...rule, ...by })
    expect(found.category).toBe(category)
    // The last step shown is the one that decided.
    expect(found.steps.at(-1)!.holds).toBe(category !== null)
  })
})

test('a family without persons or a negative amount is a mistake of the caller', () => {
  expect(() => classify({ ...family, familySize: 0 }, rule)).toThrow(RangeError)
  expect(() => classify({ ...family, incomeFen: -1 }, rule)).toThrow(RangeError)
})

test('more income never makes a family poorer, more expenses never richer', () => {
  const rank = { 深度困难: 0, 相对困难: 1, 意外致困: 2 } as const
  const of = (income: number, rigid: number): number => {
    const { category } = classify({ ...family, incomeFen: income, rigidFen: rigid }, rule)
    return category === null ? 3 : rank[category]
  }
  const amount = fc.integer({ min: 0, max: 20_000_000 })
  fc.assert(
    fc.property(amount, amount, amount, (income, rigid, more) => {
      expect(of(income + more, rigid)).toBeGreaterThanOrEqual(of(income, rigid))
      expect(of(income, rigid + more)).toBeLessThanOrEqual(of(income, rigid))
    }),
  )
})
