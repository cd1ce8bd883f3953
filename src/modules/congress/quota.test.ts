import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compositionChecks, leastDelegates, shareSeats } from './quota.ts'

test.each([
  [200, 30],
  [600, 30],
  [601, 31],
  [1000, 50],
  [2000, 100],
  [5000, 100],
])('a staff of %i has %i delegates at least', (staff, least) => {
  expect(leastDelegates(staff).least).toBe(least)
})

test('seats are shared by people: whole parts, then the largest remainders', () => {
  expect(shareSeats([500, 300, 200], 10).map((quota) => quota.seats)).toEqual([5, 3, 2])
  expect(shareSeats([520, 290, 190], 10).map((quota) => quota.seats)).toEqual([5, 3, 2])
  // A workshop of five people has a seat, which the largest gives up.
  expect(shareSeats([900, 95, 5], 10).map((quota) => quota.seats)).toEqual([8, 1, 1])
  expect(() => shareSeats([10, 10], 1)).toThrow(RangeError)
})

test('every seat is given, nobody goes without, more people never means fewer seats', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 30 }),
      fc.nat(300),
      (people, more) => {
        const seats = people.length + more
        const shared = shareSeats(people, seats).map((quota) => quota.seats)
        expect(shared.reduce((sum, n) => sum + n, 0)).toBe(seats)
        expect(Math.min(...shared)).toBeGreaterThanOrEqual(1)
        for (const [one, here] of people.entries())
          for (const [other, there] of people.entries())
            if (here > there)
              expect(shared[one]! + (shared[other]! === 1 ? 1 : 0)).toBeGreaterThanOrEqual(shared[other]!)
      },
    ),
  )
})

test('the make-up is held against the articles with its sum', () => {
  const people = { people: 1000, women: 400, seats: 50 }
  const of = (managers: number, women: number, frontLine: number) =>
    Object.fromEntries(
      compositionChecks('staff', { delegates: 50, vacated: 0, managers, women, frontLine }, people).map((one) => [
        one.title,
        one.holds,
      ]),
    )
  expect(Object.values(of(10, 20, 26))).toEqual([true, true, true, true])
  expect(Object.values(of(11, 19, 24))).toEqual([true, false, false, false])
  const [, managers] = compositionChecks(
    'staff',
    { delegates: 50, vacated: 0, managers: 11, women: 20, frontLine: 30 },
    people,
  )
  expect(managers!.words).toContain('100×11＝1100，20×50＝1000，1100＞1000')
})

test('§15.2 seats that were left are held against a quarter of all, at the members’ congress', () => {
  const people = { people: 1000, women: 400, seats: 40 }
  const vacancies = (vacated: number, body: 'staff' | 'members' = 'members') =>
    compositionChecks(body, { delegates: 40 - vacated, vacated, managers: 1, women: 20, frontLine: 30 }, people).find(
      (one) => one.id === 'MC-FILL-REP',
    )
  expect(vacancies(0)).toBeUndefined()
  expect(vacancies(10)).toMatchObject({ holds: true, words: expect.stringContaining('4×10＝40，40＝40') })
  expect(vacancies(11)).toMatchObject({ holds: false, words: expect.stringContaining('三个月内补选') })
  expect(vacancies(11, 'staff')).toBeUndefined()
})
