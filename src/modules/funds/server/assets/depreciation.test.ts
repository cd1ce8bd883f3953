import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ASSET_KINDS } from '../../asset-kinds.ts'
import { accumulatedBy, checkAsset, depreciationOf, isFixedAsset, type Depreciable } from './depreciation.ts'

const printer: Depreciable = { kind: 'office', costFen: 216_000, years: 6, acquiredOn: '2025-03-18' }
const month = (n: number): string => `${2025 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`

test.each([
  ['2025-02', 0],
  ['2025-03', 3000],
  ['2031-02', 3000],
  ['2031-03', 0],
])('a printer of 2,160 yuan over six years loses in %s: %i fen', (when, fen) => {
  expect(depreciationOf(printer, when)).toBe(fen)
})

test('the month it leaves counts no more, the month it came counts', () => {
  const gone = { ...printer, leftOn: '2025-06-02' }
  expect(['2025-03', '2025-05', '2025-06'].map((when) => depreciationOf(gone, when))).toEqual([3000, 3000, 0])
  expect(accumulatedBy(gone, '2026-12')).toBe(9000)
})

test('land, books and what stands at one yuan lose nothing', () => {
  expect(depreciationOf({ ...printer, kind: 'land' }, '2025-05')).toBe(0)
  expect(depreciationOf({ ...printer, kind: 'books' }, '2025-05')).toBe(0)
  expect(depreciationOf({ ...printer, costFen: 100 }, '2025-05')).toBe(0)
})

test('the months add up to the cost, none is negative, and the sum so far is what the months say', () => {
  fc.assert(
    fc.property(fc.integer({ min: 101, max: 500_000_000 }), fc.integer({ min: 5, max: 50 }), (costFen, years) => {
      const asset: Depreciable = { kind: 'computer', costFen, years, acquiredOn: '2025-01-31' }
      let sum = 0
      for (let n = 0; n < years * 12 + 2; n++) {
        const amount = depreciationOf(asset, month(n))
        expect(amount).toBeGreaterThanOrEqual(0)
        sum += amount
        expect(accumulatedBy(asset, month(n))).toBe(sum)
      }
      expect(sum).toBe(costFen)
    }),
    { numRuns: 60 },
  )
})

test.each([
  ['general', 99_999, false, false],
  ['general', 100_000, false, true],
  ['special', 149_999, false, false],
  ['special', 150_000, false, true],
  ['general', 20_000, true, true],
] as const)('%s for %i fen a piece, bulk %s: fixed asset %s', (group, fen, bulk, fixed) => {
  expect(isFixedAsset(group, fen, bulk)).toBe(fixed)
})

test('fewer years than the table’s, a price below the line and no kind are refused', () => {
  const good = { kind: 'computer', years: 6, pieceFen: 480_000, bulk: false, given: false }
  expect(checkAsset(good).title).toBe('计算机设备')
  expect(() => checkAsset({ ...good, years: 5 })).toThrow('不能少于 6 年')
  expect(() => checkAsset({ ...good, pieceFen: 99_900 })).toThrow('未达到固定资产标准')
  expect(checkAsset({ ...good, pieceFen: 100, given: true }).id).toBe('computer')
  expect(() => checkAsset({ ...good, kind: 'spaceship' })).toThrow('请选择资产类别')
})

test('the table is that of the appendix', () => {
  const years = Object.fromEntries(ASSET_KINDS.map((kind) => [kind.id, kind.years]))
  expect(years).toMatchObject({
    vehicle: 8,
    furniture: 15,
    machine: 10,
    'house-steel': 50,
    'house-brick': 30,
    land: null,
  })
})
