import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMonths } from '../../kernel/calendar/days.ts'
import { CATEGORIES, retirementDay, type Category } from './retirement-age.ts'

/** Rows of the decision's own table: born in, months put off, retires in. */
test.each<[Category, string, number, string]>([
  ['m60', '1964-12-20', 0, '2024-12-20'],
  ['m60', '1965-01-10', 1, '2025-02-10'],
  ['m60', '1965-04-10', 1, '2025-05-10'],
  ['m60', '1965-05-10', 2, '2025-07-10'],
  ['m60', '1976-08-31', 35, '2039-07-31'],
  ['m60', '1976-09-01', 36, '2039-09-01'],
  ['m60', '1990-03-01', 36, '2053-03-01'],
  ['f55', '1970-01-15', 1, '2025-02-15'],
  ['f55', '1981-09-15', 36, '2039-09-15'],
  ['f50', '1975-01-15', 1, '2025-02-15'],
  ['f50', '1975-03-15', 2, '2025-05-15'],
  ['f50', '1984-11-15', 60, '2039-11-15'],
])('%s born %s is put off %i months to %s', (category, bornOn, delayMonths, statutory) => {
  expect(retirementDay(category, bornOn)).toMatchObject({ delayMonths, statutory })
})

test('nobody is put off beyond the end, and nobody younger goes earlier', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(CATEGORIES) as Category[])),
      fc.integer({ min: 0, max: 600 }),
      fc.integer({ min: 0, max: 24 }),
      (category, months, younger) => {
        const born = addMonths('1950-01-15', months)
        const first = retirementDay(category, born)
        const second = retirementDay(category, addMonths(born, younger))
        expect(first.delayMonths).toBeLessThanOrEqual(CATEGORIES[category].most)
        expect(second.statutory >= first.statutory).toBe(true)
      },
    ),
  )
})
