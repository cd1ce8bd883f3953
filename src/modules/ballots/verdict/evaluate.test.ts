import { describe, expect, it } from 'vitest'
import { needed, reaches, share } from '../../../kernel/rules/arithmetic.ts'
import { cardOn } from '../../rules/public.ts'
import { evaluate, type BallotVerdict } from './evaluate.ts'
import { addChannels, type Count, type Tally } from './count.ts'
import { readPaper } from './marks.ts'
import { articleOf, candidatesNeeded, SATISFACTION_GRADES, type Rule } from './rule.ts'

const article = (id: string) => articleOf(cardOn(id, '2026-03-05')!)
const committee = (seats: number): Rule => ({
  kind: 'election',
  base: 'expected',
  threshold: share.majority,
  presence: share.twoThirds,
  seats,
  margin: { p: 5, q: 100, strict: false },
  tie: 'revote',
  articles: {
    presence: article('EL-QUORUM'),
    threshold: article('EL-WIN'),
    tie: article('EL-TIE'),
    returned: article('EL-BALLOT-GLOBAL'),
  },
})
const motion = (base: Rule['base'], more: Partial<Rule> = {}): Rule => ({
  kind: 'motion',
  base,
  threshold: share.majority,
  presence: share.twoThirds,
  tie: 'open',
  articles: {},
  ...more,
})
/** Candidate lines: the rest of the valid ballots are against. */
const lines = (yes: Record<string, number>, valid: number): Tally[] =>
  Object.entries(yes).map(([key, n]) => ({ key, label: key, yes: n, no: valid - n, abstain: 0 }))
const count = (expected: number, valid: number, items: Tally[], more: Partial<Count> = {}): Count => ({
  expected,
  present: more.issued ?? valid,
  issued: valid,
  returned: valid,
  valid,
  invalid: 0,
  items,
  ...more,
})
const asked = (yes: number, no: number): Tally[] => [{ key: 'm', label: '草案', yes, no, abstain: 0 }]
const text = (verdict: BallotVerdict): string =>
  [...verdict.steps.map((step) => step.text), ...verdict.notes].join('\n')

// n, 三分之二以上, 过半数, 半数以上, 三分之一以上
const VECTORS = [
  [3, 2, 2, 2, 1],
  [5, 4, 3, 3, 2],
  [9, 6, 5, 5, 3],
  [25, 17, 13, 13, 9],
  [30, 20, 16, 15, 10],
  [40, 27, 21, 20, 14],
  [60, 40, 31, 30, 20],
  [99, 66, 50, 50, 33],
  [100, 67, 51, 50, 34],
  [101, 68, 51, 51, 34],
  [181, 121, 91, 91, 61],
] as const

describe('the shares', () => {
  it.each(VECTORS)('of %i: presence %i, majority %i, half %i, third %i', (n, twoThirds, majority, half, third) => {
    expect([share.twoThirds, share.majority, share.half, share.third].map((one) => needed(n, one))).toEqual([
      twoThirds,
      majority,
      half,
      third,
    ])
    for (const [one, least] of [
      [share.twoThirds, twoThirds],
      [share.majority, majority],
      [share.half, half],
      [share.third, third],
    ] as const)
      expect([reaches(least - 1, n, one), reaches(least, n, one)]).toEqual([false, true])
    // The same numbers decide a vote: one yes less fails, one present less voids.
    const of = (yes: number, present: number) =>
      evaluate(motion('expected'), count(n, present, asked(yes, present - yes))).outcome
    expect(of(majority, Math.max(twoThirds, majority))).toBe('passed')
    expect(of(majority - 1, Math.max(twoThirds, majority))).toBe('failed')
    expect(of(Math.min(majority, twoThirds - 1), twoThirds - 1)).toBe('void')
  })
})

describe('candidates beyond the seats', () => {
  it.each([
    [5, 1, 2],
    [5, 7, 8],
    [5, 20, 21],
    [5, 21, 23],
    [5, 40, 42],
    [5, 45, 48],
    [10, 9, 10],
    [10, 11, 13],
    [15, 1, 2],
    [15, 7, 9],
    [15, 20, 23],
    [15, 31, 36],
    [15, 40, 46],
  ])('%i per cent: %i seats, %i candidates', (p, seats, candidates) => {
    const margin = { p, q: 100, strict: false }
    expect(candidatesNeeded(seats, margin)).toBe(candidates)
    // The card's share of the differences says the same.
    expect(reaches(candidates - seats, seats, margin)).toBe(true)
    expect(reaches(candidates - seats - 1, seats, margin)).toBe(false)
  })
  it('§15.5 are not asked for where one seat of a small union is filled (fewer than 25 members)', () => {
    expect(candidatesNeeded(1, undefined)).toBe(1)
    const { margin: _margin, ...equal } = committee(1)
    expect(evaluate(equal, count(20, 16, lines({ 甲: 11 }, 16))).elected).toEqual(['甲'])
    expect(evaluate(equal, count(20, 16, lines({ 甲: 10 }, 16))).outcome).toBe('short')
    expect(evaluate(equal, count(20, 13, lines({ 甲: 13 }, 13))).outcome).toBe('void')
  })
})

describe('an election', () => {
  it('is won by more than half of those expected, never of the ballots', () => {
    const verdict = evaluate(committee(2), count(100, 70, lines({ 甲: 60, 乙: 50, 丙: 20 }, 70)))
    expect(verdict).toMatchObject({ outcome: 'short', elected: ['甲'], vacant: 1 })
    expect(verdict.steps.find((step) => step.text.includes('乙'))).toMatchObject({
      holds: false,
      numbers: { count: 50, total: 100, needed: 51 },
      article: expect.stringContaining('第二十六条'),
    })
    expect(text(verdict)).toContain('恰为100的半数')
    expect(text(verdict)).toContain('另行选举')
  })

  it('§15.13 gives the seats to the most votes, and never ranks by fewer against', () => {
    const verdict = evaluate(committee(3), count(30, 30, lines({ 甲: 29, 乙: 20, 丙: 25, 丁: 16 }, 30)))
    expect(verdict).toMatchObject({ outcome: 'elected', elected: ['甲', '丙', '乙'], vacant: 0 })
    expect(verdict.items.map((item) => [item.label, item.outcome, item.rank])).toEqual([
      ['甲', 'elected', 1],
      ['丙', 'elected', 2],
      ['乙', 'elected', 3],
      ['丁', 'not-elected', 4],
    ])
  })

  it.each([
    ['a tie at the cut goes to another ballot', { 甲: 24, 乙: 18, 丙: 18 }, 2, ['甲'], ['乙', '丙'], 1],
    ['a tie of all', { 甲: 20, 乙: 20, 丙: 20 }, 2, [], ['甲', '乙', '丙'], 2],
    ['a tie above the cut needs none', { 甲: 22, 乙: 22, 丙: 16 }, 2, ['甲', '乙'], [], 0],
    ['a tie that fits the seats needs none', { 甲: 28, 乙: 16, 丙: 16 }, 3, ['甲', '乙', '丙'], [], 0],
    ['a tie below half is no tie: they are not elected', { 甲: 28, 乙: 15, 丙: 15 }, 2, ['甲'], [], 0],
  ])('%s', (_name, yes, seats, elected, tied, tiedSeats) => {
    // Ballots that chose more than the seats are invalid, so a ballot carries at most so many votes.
    const verdict = evaluate(committee(seats), count(30, 30, lines(yes as Record<string, number>, 30)))
    expect(verdict).toMatchObject({ elected, tied, tiedSeats })
  })

  it('§15.7 of three expected needs two present and two votes; of one it is refused', () => {
    expect(evaluate(committee(1), count(3, 2, lines({ 甲: 2, 乙: 0 }, 2))).elected).toEqual(['甲'])
    expect(evaluate(committee(1), count(3, 2, lines({ 甲: 1, 乙: 1 }, 2))).elected).toEqual([])
    expect(evaluate(committee(1), count(3, 1, lines({ 甲: 1 }, 1))).outcome).toBe('void')
    expect(() => evaluate(committee(1), count(1, 1, lines({ 甲: 1 }, 1)))).toThrow(/不能表决/)
  })

  it('§15.8 is void when papers handed out fall below the gate although enough signed in', () => {
    const verdict = evaluate(committee(1), count(100, 66, lines({ 甲: 60, 乙: 6 }, 66), { present: 80, issued: 66 }))
    expect(verdict.outcome).toBe('void')
    expect(verdict.steps.map((step) => step.holds)).toEqual([true, false, true])
  })

  it('§15.9 stands with fewer papers back than out, and is void with more', () => {
    const items = lines({ 甲: 60, 乙: 6 }, 66)
    const fewer = evaluate(committee(1), count(100, 66, items, { present: 70, issued: 70 }))
    expect(fewer.outcome).toBe('elected')
    expect(text(fewer)).toContain('未收回4张')
    const more = evaluate(committee(1), count(98, 66, items, { present: 66, issued: 66, returned: 67, invalid: 1 }))
    expect(more).toMatchObject({ outcome: 'void', elected: [] })
    expect(more.items.map((item) => item.yes)).toEqual([60, 6])
  })

  it('§15.11 counts whom voters wrote in, and declares a barred one not elected with the reason', () => {
    const items: Tally[] = [
      { key: '甲', label: '甲', yes: 25, no: 5, abstain: 0 },
      { key: '乙', label: '乙', yes: 4, no: 26, abstain: 0 },
      { key: 'w', label: '丁', yes: 20, no: 0, abstain: 0, writtenIn: true, barred: '法定代表人的配偶' },
    ]
    const verdict = evaluate(committee(2), count(30, 30, items))
    expect(verdict).toMatchObject({ elected: ['甲'], vacant: 1 })
    expect(verdict.items.find((item) => item.label === '丁')).toMatchObject({ outcome: 'barred', yes: 20 })
    expect(text(verdict)).toContain('丁不得当选：法定代表人的配偶')
  })

  it('§15.17 shows both readings where vacant places change the outcome (60 seats, 4 vacant)', () => {
    const verdict = evaluate(committee(1), count(56, 50, lines({ 甲: 30, 乙: 20 }, 50), { all: 60 }))
    expect(verdict.elected).toEqual(['甲'])
    expect(text(verdict)).toContain('按应到会56人需29票，按含缺额的全体60人需31票')
    const strict = evaluate({ ...committee(1), base: 'all' }, count(56, 50, lines({ 甲: 30, 乙: 20 }, 50), { all: 60 }))
    expect(strict.elected).toEqual([])
  })

  it('of delegates counts the whole unit', () => {
    const rule: Rule = { ...committee(1), base: 'unit' }
    expect(evaluate(rule, count(40, 30, lines({ 甲: 21, 乙: 9 }, 30), { unit: 42 })).elected).toEqual([])
    expect(evaluate(rule, count(40, 30, lines({ 甲: 22, 乙: 8 }, 30), { unit: 42 })).elected).toEqual(['甲'])
  })
})

describe('a gate known by memory only', () => {
  const remembered = { ...article('EL-BALLOT-GLOBAL') }
  it('warns until a named officer confirmed the card', () => {
    const rule = motion('expected', { articles: { presence: remembered } })
    const warned = evaluate(rule, count(100, 60, asked(55, 5)))
    expect(warned.outcome).toBe('passed')
    expect(text(warned)).toContain('依据待核')
    expect(warned.steps[0]!.unverified).toBe(true)
    const confirmed = articleOf(
      cardOn('EL-BALLOT-GLOBAL', '2026-03-05')!,
      new Map([['EL-BALLOT-GLOBAL', '总工发〔2016〕27号']]),
    )
    expect(evaluate({ ...rule, articles: { presence: confirmed } }, count(100, 60, asked(55, 5))).outcome).toBe('void')
  })
})

describe('a motion', () => {
  it('§15.18 with exactly half passes by 半数以上 and fails by 过半数, and says so', () => {
    const half = count(100, 100, asked(50, 50))
    expect(evaluate(motion('all', { threshold: share.half }), half).outcome).toBe('passed')
    const majority = evaluate(motion('all'), half)
    expect(majority.outcome).toBe('failed')
    expect(text(majority)).toContain('恰为100的半数')
  })
  it('under two texts obeys the stricter', () => {
    const both = motion('all', { threshold: share.half, also: share.majority })
    expect(evaluate(both, count(100, 100, asked(50, 50))).outcome).toBe('failed')
    expect(evaluate(both, count(100, 100, asked(51, 49))).outcome).toBe('passed')
  })
  it('of several clauses passes clause by clause', () => {
    const items = [...asked(80, 10), { key: 'n', label: '第二条', yes: 40, no: 50, abstain: 0 }]
    const verdict = evaluate(motion('expected'), count(100, 90, items))
    expect(verdict.outcome).toBe('failed')
    expect(verdict.items.map((item) => item.outcome)).toEqual(['passed', 'failed'])
  })
  it('by show of hands hands out no paper', () => {
    const verdict = evaluate(
      motion('expected', { papers: false }),
      count(100, 70, asked(60, 10), { present: 80, issued: 0, returned: 70 }),
    )
    expect(verdict.outcome).toBe('passed')
    expect(text(verdict)).not.toContain('收回')
  })
  it('to recall counts all members, whoever came', () => {
    const recall = motion('all', { articles: { threshold: article('TU-RECALL-CHAIR') } })
    expect(evaluate(recall, count(181, 130, asked(90, 40))).outcome).toBe('failed')
    expect(evaluate(recall, count(181, 130, asked(91, 39))).outcome).toBe('passed')
  })
})

describe('grades', () => {
  const rule: Rule = {
    kind: 'satisfaction',
    base: 'valid',
    threshold: share.majority,
    tie: 'open',
    grades: SATISFACTION_GRADES,
    favourable: 2,
    smallest: 5,
    articles: {},
  }
  const sheet = (grades: number[]): Tally[] => [{ key: 'a', label: '工会工作', yes: 0, no: 0, abstain: 0, grades }]
  it('are counted n of m over the valid sheets', () => {
    const verdict = evaluate(rule, count(60, 50, sheet([30, 10, 10])))
    expect(verdict.outcome).toBe('passed')
    expect(text(verdict)).toContain('满意30、基本满意10、不满意10')
    expect(evaluate(rule, count(60, 50, sheet([20, 5, 25]))).outcome).toBe('failed')
  })
  it('§15.26 of fewer than five are not shown', () => {
    const verdict = evaluate(rule, count(4, 4, sheet([4, 0, 0])))
    expect(verdict).toMatchObject({ outcome: 'hidden', items: [{ outcome: 'hidden', grades: [] }] })
    expect(text(verdict)).not.toContain('满意4')
  })
})

describe('a sheet that does not add up', () => {
  it.each([
    ['valid and invalid', { valid: 60, invalid: 5, returned: 66, issued: 70, present: 70 }, 'valid'],
    ['more present than expected', { present: 101, issued: 60 }, 'present'],
    ['more issued than expected', { issued: 101, present: 90 }, 'issued'],
    ['negative', { invalid: -1 }, 'invalid'],
  ])('is refused: %s', (_name, change, field) => {
    expect(() => evaluate(motion('expected'), count(100, 60, asked(50, 10), change))).toThrow(
      expect.objectContaining({
        code: 'count-wrong',
        fields: expect.objectContaining({ [field]: expect.any(String) }),
      }),
    )
  })
  it('is refused: marks, write-ins without objections, more choices than seats', () => {
    const wrong = (rule: Rule, items: Tally[]) => {
      try {
        evaluate(rule, count(30, 20, items))
        return []
      } catch (error) {
        return Object.keys((error as { fields: object }).fields)
      }
    }
    expect(wrong(committee(2), [{ key: '甲', label: '甲', yes: 10, no: 9, abstain: 0 }])).toEqual(['items.0'])
    expect(
      wrong(committee(2), [
        { key: '甲', label: '甲', yes: 18, no: 1, abstain: 1 },
        { key: 'w', label: '丁', yes: 2, no: 0, abstain: 0, writtenIn: true },
      ]),
    ).toEqual(['writeIns'])
    expect(wrong(committee(1), lines({ 甲: 15, 乙: 15 }, 20))).toEqual(['items'])
    expect(wrong(committee(2), lines({ 甲: 15, 乙: 15 }, 20))).toEqual([])
  })
})

describe('one paper', () => {
  const listed = ['甲', '乙', '丙']
  const read = (
    marks: Record<string, 'yes' | 'no'>,
    writeIns: { instead: string; key: string; label: string }[] = [],
  ) => readPaper(listed, 2, { marks, writeIns })
  it('with more choices than seats is invalid, with fewer valid, unmarked lines abstain', () => {
    expect(read({ 甲: 'yes', 乙: 'yes', 丙: 'yes' })).toMatchObject({
      valid: false,
      reason: expect.stringContaining('3'),
    })
    expect(read({ 甲: 'yes' })).toMatchObject({ valid: true, marks: { 甲: 'yes', 乙: 'abstain', 丙: 'abstain' } })
    expect(read({ 甲: 'yes', 乙: 'yes', 丙: 'no' }, [{ instead: '丙', key: 'w', label: '丁' }]).valid).toBe(false)
  })
  it('§15.11 names another only where it objects, and a listed or repeated person once', () => {
    const beside = read({ 甲: 'yes' }, [{ instead: '甲', key: 'w', label: '丁' }])
    expect(beside).toMatchObject({ valid: true, named: [] })
    expect(beside.ignored).toHaveLength(1)
    expect(read({ 甲: 'yes', 乙: 'no' }, [{ instead: '乙', key: '甲', label: '甲' }]).named).toEqual([])
    expect(
      read({ 甲: 'no', 乙: 'no' }, [
        { instead: '甲', key: 'w', label: '丁' },
        { instead: '乙', key: 'w', label: '丁' },
      ]).named,
    ).toHaveLength(1)
  })
  it('§15.10 of several bodies is read body by body', () => {
    const marks = { 甲: 'yes', 乙: 'yes', 丙: 'yes', 审一: 'yes' } as const
    expect(readPaper(listed, 2, { marks }).valid).toBe(false)
    expect(readPaper(['审一', '审二'], 1, { marks }).valid).toBe(true)
  })
})

it('channels add up into one count, a name written in twice into one line', () => {
  const hall = count(
    100,
    60,
    [...lines({ 甲: 40 }, 60), { key: 'w', label: '丁', yes: 3, no: 0, abstain: 0, writtenIn: true }],
    { present: 80, issued: 61 },
  )
  const box = count(
    100,
    18,
    [...lines({ 甲: 12 }, 18), { key: 'w', label: '丁', yes: 2, no: 0, abstain: 0, writtenIn: true }],
    { present: 80, issued: 19 },
  )
  expect(addChannels([hall, box])).toMatchObject({
    expected: 100,
    present: 80,
    issued: 80,
    returned: 78,
    valid: 78,
    items: [
      { key: '甲', yes: 52, no: 26 },
      { key: 'w', yes: 5 },
    ],
  })
})
