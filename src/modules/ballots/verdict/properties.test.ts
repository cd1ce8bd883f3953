import fc from 'fast-check'
import { expect, test } from 'vitest'
import { share } from '../../../kernel/rules/arithmetic.ts'
import { evaluate } from './evaluate.ts'
import type { Count, Tally } from './count.ts'
import { readPaper, type Mark, type Paper } from './marks.ts'
import type { Rule } from './rule.ts'

const rule = (seats: number): Rule => ({
  kind: 'election',
  base: 'expected',
  threshold: share.majority,
  presence: share.twoThirds,
  seats,
  tie: 'revote',
  articles: {},
})
const names = ['甲', '乙', '丙', '丁', '戊']
const mark = fc.constantFrom<Mark>('yes', 'no', 'abstain')
const papers = fc.array(
  fc.record({
    marks: fc.record(Object.fromEntries(names.map((name) => [name, mark]))) as fc.Arbitrary<Record<string, Mark>>,
  }),
  { minLength: 2, maxLength: 40 },
)
const circumstances = fc.record({
  seats: fc.integer({ min: 1, max: 5 }),
  absent: fc.integer({ min: 0, max: 20 }),
  papers,
})

/** Counts papers as tellers do. */
function counted(seats: number, absent: number, all: readonly Paper[]): Count {
  const read = all.map((paper) => readPaper(names, seats, paper))
  const valid = read.filter((paper) => paper.valid)
  const marked = (name: string, wanted: Mark): number => valid.filter((paper) => paper.marks[name] === wanted).length
  const items: Tally[] = names.map((name) => ({
    key: name,
    label: name,
    yes: marked(name, 'yes'),
    no: marked(name, 'no'),
    abstain: marked(name, 'abstain'),
  }))
  const returned = all.length
  return {
    expected: returned + absent,
    present: returned,
    issued: returned,
    returned,
    valid: valid.length,
    invalid: returned - valid.length,
    items,
  }
}

test('what tellers count always adds up, fills no more than the seats, and divides everybody', () => {
  fc.assert(
    fc.property(circumstances, ({ seats, absent, papers: all }) => {
      const verdict = evaluate(rule(seats), counted(seats, absent, all))
      expect(verdict.elected.length + verdict.tiedSeats).toBeLessThanOrEqual(seats)
      if (verdict.outcome !== 'void') expect(verdict.elected.length + verdict.tiedSeats + verdict.vacant).toBe(seats)
      for (const key of verdict.elected)
        expect(2 * verdict.items.find((one) => one.key === key)!.yes).toBeGreaterThan(all.length + absent)
    }),
  )
})

test('the order in which papers are read changes nothing', () => {
  fc.assert(
    fc.property(circumstances, fc.integer(), ({ seats, absent, papers: all }, seed) => {
      const turned = [
        ...all.slice(Math.abs(seed) % all.length),
        ...all.slice(0, Math.abs(seed) % all.length),
      ].toReversed()
      expect(evaluate(rule(seats), counted(seats, absent, turned))).toEqual(
        evaluate(rule(seats), counted(seats, absent, all)),
      )
    }),
  )
})

test('a vote more never costs anybody the seat, and a vote less never wins one', () => {
  fc.assert(
    fc.property(circumstances, fc.constantFrom(...names), ({ seats, absent, papers: all }, name) => {
      const before = evaluate(rule(seats), counted(seats, absent, all))
      // One more voter chooses this person: somebody whose paper named nobody.
      const index = all.findIndex((paper) => names.every((one) => paper.marks[one] !== 'yes'))
      if (index < 0) return
      const more = all.with(index, { marks: { ...all[index]!.marks, [name]: 'yes' as Mark } })
      const after = evaluate(rule(seats), counted(seats, absent, more))
      const stands = ['elected', 'tied', 'not-elected']
      const place = (verdict: typeof before): number =>
        stands.indexOf(verdict.items.find((one) => one.key === name)!.outcome)
      expect(place(after)).toBeLessThanOrEqual(place(before))
    }),
  )
})

test('a motion passes from a number of votes on, and more present never turn a passed one down', () => {
  const motion: Rule = {
    kind: 'motion',
    base: 'expected',
    threshold: share.majority,
    presence: share.twoThirds,
    tie: 'open',
    articles: {},
  }
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 400 }),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 400 }),
      (expected, one, other) => {
        const [yes, voters] = [Math.min(one, other, expected), Math.min(Math.max(one, other), expected)]
        const of = (agree: number, here: number): string =>
          evaluate(motion, {
            expected,
            present: here,
            issued: here,
            returned: here,
            valid: here,
            invalid: 0,
            items: [{ key: 'm', label: '草案', yes: agree, no: here - agree, abstain: 0 }],
          }).outcome
        if (of(yes, voters) === 'passed') {
          if (yes < voters) expect(of(yes + 1, voters)).toBe('passed')
          if (voters < expected) expect(of(yes, voters + 1)).toBe('passed')
        }
        expect(of(yes, voters) === 'void').toBe(3 * voters < 2 * expected)
      },
    ),
  )
})
