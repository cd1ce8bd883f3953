import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WorkCalendar } from '../calendar/working-days.ts'
import { isExactHalf, needed, reaches, share, shareTitle, stricter } from './arithmetic.ts'
import { cardsOn, citation, rule, type RuleCard } from './card.ts'
import { deadlineOf, evaluate, type RuleInput } from './evaluate.ts'

describe('arithmetic', () => {
  // n, 三分之二以上, 过半数, 半数以上, 三分之一以上
  it.each([
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
  ])('of %d: %d, %d, %d, %d', (n, twoThirds, majority, half, third) => {
    for (const [rule_, least] of [
      [share.twoThirds, twoThirds],
      [share.majority, majority],
      [share.half, half],
      [share.third, third],
    ] as const) {
      expect(needed(n, rule_)).toBe(least)
      expect(reaches(least, n, rule_)).toBe(true)
      expect(reaches(least - 1, n, rule_)).toBe(false)
    }
  })

  it('needs exactly the smallest count that reaches', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 40 }),
        fc.integer({ min: 1, max: 99 }),
        fc.boolean(),
        (total, p, strict) => {
          const fraction = { p, q: 100, strict }
          const least = needed(total, fraction)
          expect(reaches(least, total, fraction)).toBe(true)
          expect(reaches(least - 1, total, fraction)).toBe(false)
        },
      ),
    )
  })

  it('reaches nothing of nobody and takes only counts', () => {
    expect(reaches(0, 0, share.half)).toBe(false)
    expect(() => reaches(1.5, 3, share.half)).toThrow(RangeError)
    expect(() => needed(-1, share.half)).toThrow(RangeError)
  })

  it('knows exact half, the stricter of two, and their names', () => {
    expect(isExactHalf(50, 100)).toBe(true)
    expect(isExactHalf(50, 101)).toBe(false)
    expect(isExactHalf(0, 0)).toBe(false)
    expect(stricter(share.half, share.majority)).toBe(share.majority)
    expect(stricter(share.majority, share.twoThirds)).toBe(share.twoThirds)
    expect(
      [share.twoThirds, share.majority, share.half, share.quarterExceeded, { p: 5, q: 100, strict: false }].map(
        shareTitle,
      ),
    ).toEqual(['三分之二以上', '过半数', '半数以上', '超过四分之一', '5%以上'])
  })
})

const base = {
  title: '到会人数',
  text: '到会人数达到应到会的三分之二，方可选举。',
  source: '某条例',
  number: '某发〔2016〕1号',
  article: '第十七条',
  level: 'national',
  strength: 'block',
  verification: 'quotation',
  from: '2016-10-09',
  subject: '选举',
} as const
const quorum = rule({
  ...base,
  id: 'T-QUORUM',
  test: { kind: 'share', share: share.twoThirds, denominator: '应到会', counted: '到会' },
})
const circumstances = { confirmed: new Map<string, string>(), calendar: new WorkCalendar() }
const ask = (card: RuleCard, input: RuleInput, confirmed = circumstances.confirmed) =>
  evaluate(card, input, { ...circumstances, confirmed })

const vote = (strict: boolean) =>
  rule({
    ...base,
    id: 'T-VOTE',
    test: { kind: 'share', share: strict ? share.majority : share.half, denominator: '全体代表', counted: '赞成' },
  })
const clock = (
  n: number,
  unit: 'day' | 'working-day' | 'month' | 'year',
  direction: 'after' | 'before' = 'after',
  moves?: boolean,
) =>
  rule({
    ...base,
    id: 'T-CLOCK',
    strength: 'deadline',
    test: {
      kind: 'deadline',
      n,
      unit,
      direction,
      start: direction === 'after' ? '收到之日' : '会议日',
      ...(moves !== undefined && { moves }),
    },
  })

describe('a verdict', () => {
  it('shows its arithmetic and its source', () => {
    expect(ask(quorum, { kind: 'share', count: 65, total: 99 })).toEqual({
      cardId: 'T-QUORUM',
      holds: false,
      strength: 'block',
      blocks: true,
      notes: [],
      steps: [
        '1. 应到会99人，三分之二以上至少需要66人。',
        '2. 到会65人：3×65＝195，2×99＝198，195＜198，未达到三分之二以上。',
        '3. 依据：《某条例》（某发〔2016〕1号）第十七条。',
      ],
    })
    expect(ask(quorum, { kind: 'share', count: 66, total: 99 })).toMatchObject({ holds: true, blocks: false })
    expect(ask(quorum, { kind: 'share', count: 0, total: 0 })).toMatchObject({ holds: false })
  })

  it('says so when it is exactly half', () => {
    for (const [strict, holds] of [
      [true, false],
      [false, true],
    ] as const) {
      const verdict = ask(vote(strict), { kind: 'share', count: 50, total: 100 })
      expect(verdict.holds).toBe(holds)
      expect(verdict.notes[0]).toContain('恰为半数')
      expect(ask(vote(strict), { kind: 'share', count: 51, total: 100 }).notes).toEqual([])
    }
  })

  it('never blocks on memory alone, until the document is named', () => {
    const remembered = rule({ ...quorum, id: 'T-MEMORY', verification: 'memory' })
    const fails: RuleInput = { kind: 'share', count: 1, total: 99 }
    const before = ask(remembered, fails)
    expect(before).toMatchObject({ holds: false, strength: 'warn', blocks: false })
    expect(before.notes.join()).toContain('依据待核')
    const after = ask(remembered, fails, new Map([['T-MEMORY', '总工发〔2016〕27号']]))
    expect(after).toMatchObject({ strength: 'block', blocks: true })
    expect(after.notes.join()).toContain('总工发〔2016〕27号')
  })

  it.each([
    [
      { kind: 'trigger', counted: '会员', unit: '人', least: 25, duty: '建立工会委员会' },
      { kind: 'trigger', count: 25, done: false },
      false,
    ],
    [
      { kind: 'trigger', counted: '会员', unit: '人', least: 25, duty: '建立工会委员会' },
      { kind: 'trigger', count: 24, done: false },
      true,
    ],
    [{ kind: 'range', counted: '每月占用', unit: '个工作日', most: 3 }, { kind: 'range', value: 3 }, true],
    [{ kind: 'range', counted: '每月占用', unit: '个工作日', most: 3 }, { kind: 'range', value: 4 }, false],
    [{ kind: 'one-of', counted: '任期', unit: '年', values: [3, 5] }, { kind: 'one-of', value: 4 }, false],
    [
      { kind: 'brackets', size: '会员', counted: '委员', unit: '人', rows: [{ from: 25, to: 200, least: 3, most: 7 }] },
      { kind: 'brackets', size: 200, value: 8 },
      false,
    ],
    [
      { kind: 'brackets', size: '会员', counted: '委员', unit: '人', rows: [{ from: 25, to: 200, least: 3, most: 7 }] },
      { kind: 'brackets', size: 25, value: 3 },
      true,
    ],
    [{ kind: 'check', question: '是否无记名投票？' }, { kind: 'check', holds: false }, false],
  ] as [NonNullable<RuleCard['test']>, RuleInput, boolean][])('of %j asked %j holds: %s', (test, input, holds) => {
    expect(ask(rule({ ...base, id: 'T-ANY', test }), input)).toMatchObject({ holds, blocks: !holds })
  })

  it('is a bug when asked about something else', () => {
    expect(() => ask(quorum, { kind: 'range', value: 1 })).toThrow(/T-QUORUM/)
  })
})

describe('a clock', () => {
  it.each([
    [clock(15, 'day'), '2026-03-01', '2026-03-16'],
    // 27 Sept + 7 = 4 Oct, a holiday until the 7th.
    [clock(7, 'day'), '2026-09-27', '2026-10-08'],
    [clock(60, 'day'), '2026-01-05', '2026-03-06'],
    [clock(5, 'working-day'), '2026-02-11', '2026-02-25'],
    [clock(3, 'month'), '2025-11-30', '2026-02-28'],
    [clock(3, 'year', 'after', false), '2024-02-29', '2027-02-28'],
    [clock(7, 'day', 'before'), '2026-10-10', '2026-10-03'],
    [clock(5, 'working-day', 'before'), '2026-10-12', '2026-09-29'],
  ])('%# from %s ends on %s', (card, start, due) =>
    expect(deadlineOf(card, start, circumstances.calendar).due).toBe(due),
  )

  it('says whether it was kept, runs, or is over, and in which year it guesses', () => {
    const card = clock(15, 'day')
    expect(ask(card, { kind: 'deadline', start: '2026-03-01', today: '2026-03-16' })).toMatchObject({
      holds: null,
      due: '2026-03-16',
    })
    expect(ask(card, { kind: 'deadline', start: '2026-03-01', today: '2026-03-17' })).toMatchObject({
      holds: false,
      blocks: false,
    })
    expect(ask(card, { kind: 'deadline', start: '2026-03-01', doneOn: '2026-03-16', today: '2026-05-01' }).holds).toBe(
      true,
    )
    const late = ask(card, { kind: 'deadline', start: '2026-03-01', doneOn: '2026-03-18', today: '2026-05-01' })
    expect(late.holds).toBe(false)
    expect(late.steps[1]).toBe('2. 2026年3月18日办结，超期2日。')
    expect(ask(card, { kind: 'deadline', start: '2027-03-01', today: '2027-03-02' }).notes.join()).toContain('尚未录入')
  })
})

describe('a card', () => {
  it('is refused when it could never be right', () => {
    expect(() => rule({ ...quorum, to: '2015-01-01' })).toThrow(/ends before/)
    expect(() => rule({ ...quorum, strength: 'deadline' })).toThrow(/clock/)
    expect(() => rule({ ...base, id: 'X' })).toThrow(/without a test/)
    expect(() => rule({ ...quorum, level: 'local' })).toThrow(/region/)
  })
  it('is judged by its own days', () => {
    const old = rule({ ...quorum, from: '1992-01-01', to: '2016-10-08' })
    expect(cardsOn([old, quorum], '2016-10-08')).toEqual([old])
    expect(cardsOn([old, quorum], '2016-10-09')).toEqual([quorum])
    expect(citation(quorum)).toBe('《某条例》（某发〔2016〕1号）第十七条')
  })
})
