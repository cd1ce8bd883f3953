import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

// Edge cases of the rules of democracy, by number; each has at least one test whose title carries `§15.N`, where the rule is
// evaluated. 23 and 24 (mediation, letters) belong to other rooms.
const cases: Readonly<Record<number, string>> = {
  1: 'a member retained between the freezing of the roll and the voting',
  2: 'a seat that ended; more than a quarter vacant',
  3: 'a dispatch worker in two unions',
  4: 'heads of the units of a joint union, and their kin',
  5: 'one seat of a union of fewer than 25',
  6: 'exactly 100, 25, 10, 200',
  7: 'three expected; one expected',
  8: 'people who leave after signing in',
  9: 'papers back against papers out',
  10: 'several bodies on one sheet',
  11: 'written in: barred, listed elsewhere, called alike',
  12: 'committee and audit committee',
  13: 'a tie at the cut, and below half',
  14: 'seats given up after a shortfall',
  15: 'the chair and the seat in the committee',
  16: 'a standing committee of nine',
  17: 'the whole body against those due, with vacancies',
  18: 'exactly half',
  19: 'a term from 29 February; a term that ends on a holiday',
  20: 'an extension after the end',
  21: 'an upper union that says nothing',
  22: 'two notice periods on one day',
  25: 'renewal of a collective contract',
  26: 'groups of fewer than five',
  27: 'a petition for a recall',
  28: 'an account that ends',
  29: 'a warning passed, a block that can’t be',
}

test('each edge case has a test that carries its number', () => {
  const root = path.resolve(import.meta.dirname, '../src')
  const titles = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap(
      (name) => readFileSync(path.join(root, name), 'utf8').match(/\b(?:it|test)(?:\.each\()?.*§15\.\d+.*/g) ?? [],
    )
  const numbers = new Set(
    titles
      .concat(lastLinesOfTables(root))
      .flatMap((title) => [...title.matchAll(/§15\.(\d+)/g)].map((found) => Number(found[1]))),
  )
  expect(Object.keys(cases).filter((number) => !numbers.has(Number(number)))).toEqual([])
  expect([...numbers].filter((number) => !(number in cases))).toEqual([])
})

/** Titles of `it.each([...])('§15.6 …')` stand on the line that ends the table. */
function lastLinesOfTables(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => readFileSync(path.join(root, name), 'utf8').match(/^\s*\](?: as .*)?\)\(['"`]§15\..*/gm) ?? [])
}
