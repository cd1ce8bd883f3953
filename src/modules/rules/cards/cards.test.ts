import { describe, expect, it } from 'vitest'
import { WorkCalendar } from '../../../kernel/calendar/working-days.ts'
import { deadlineOf, evaluate, type RuleInput } from '../../../kernel/rules/evaluate.ts'
import { kinship } from '../kin.ts'
import { DENOMINATORS } from '../sources.ts'
import { cardOn, cards } from './index.ts'

const calendar = new WorkCalendar()
const ask = (id: string, input: RuleInput, confirmed = new Map<string, string>(), day = '2026-03-05') =>
  evaluate(cardOn(id, day)!, input, { confirmed, calendar })

describe('the cards', () => {
  it('have ids of which only one version stands at a time', () => {
    for (const card of cards) {
      expect(card.id).toMatch(/^[A-Z]{1,2}[A-Z0-9-]+$/)
      const versions = cards.filter((other) => other.id === card.id && other !== card)
      for (const other of versions)
        expect((card.to ?? '9999') < other.from || (other.to ?? '9999') < card.from).toBe(true)
    }
  })

  it('name a source, an article, their words and, for a share, a known denominator', () => {
    const denominators: readonly string[] = Object.values(DENOMINATORS)
    for (const card of cards) {
      expect(card.source && card.article && card.title, card.id).toBeTruthy()
      expect(card.text.length, card.id).toBeGreaterThan(10)
      if (card.test?.kind === 'share') expect(denominators, card.id).toContain(card.test.denominator)
      if (card.test?.kind === 'brackets')
        for (const [index, row] of card.test.rows.entries()) {
          expect(row.least, card.id).toBeLessThanOrEqual(row.most)
          if (index > 0) expect(row.from, card.id).toBe(card.test.rows[index - 1]!.to! + 1)
        }
    }
  })

  it.each([
    ['TU-EST-25', { kind: 'trigger', count: 25, done: false }, false],
    ['TU-EST-25', { kind: 'trigger', count: 24, done: false }, true],
    ['CM-WOMEN-10', { kind: 'trigger', count: 10, done: false }, false],
    ['CM-WOMEN-10', { kind: 'trigger', count: 9, done: false }, true],
    ['TU-FULLTIME-200', { kind: 'trigger', count: 200, done: false }, false],
    ['TU-TERM', { kind: 'one-of', value: 4 }, false],
    ['TU-TERM', { kind: 'one-of', value: 5 }, true],
    ['TU-TERM-UPPER', { kind: 'one-of', value: 3 }, false],
    ['EL-FORM-100', { kind: 'range', value: 99 }, false],
    ['EL-FORM-100', { kind: 'range', value: 100 }, true],
    ['EL-SEATS', { kind: 'brackets', size: 1000, value: 15 }, true],
    ['EL-SEATS', { kind: 'brackets', size: 1001, value: 13 }, false],
    ['MC-NUM', { kind: 'brackets', size: 200, value: 41 }, false],
    ['TU-RECALL-CHAIR', { kind: 'share', count: 91, total: 181 }, true],
    ['TU-RECALL-CHAIR', { kind: 'share', count: 90, total: 181 }, false],
    ['TU-MEETING-EXTRA', { kind: 'share', count: 34, total: 100 }, true],
    ['TU-MEETING-EXTRA', { kind: 'share', count: 33, total: 100 }, false],
    // 60 seats, 15 vacant is a quarter, not more than one.
    ['MC-VACANCY-SHARE', { kind: 'share', count: 15, total: 60 }, false],
    ['MC-VACANCY-SHARE', { kind: 'share', count: 16, total: 60 }, true],
    ['HM-NATIONAL', { kind: 'share', count: 899, total: 1000 }, false],
    ['HM-NATIONAL', { kind: 'share', count: 900, total: 1000 }, true],
    ['PT-REPS-5', { kind: 'range', value: 6 }, false],
    ['PT-EXTEND', { kind: 'range', value: 31 }, false],
  ] as [string, RuleInput, boolean][])('%s asked %j holds: %s', (id, input, holds) =>
    expect(ask(id, input).holds).toBe(holds),
  )

  it.each([
    // 60 days from acceptance on 5 Jan 2026 is 6 March; 15 from receipt on 18 Sept is 3 Oct, a holiday.
    ['PT-60', '2026-01-05', '2026-03-06'],
    ['PT-REG', '2026-09-18', '2026-10-08'],
    ['PT-OBJECT', '2026-09-30', '2026-10-13'],
    ['MC-NOTICE-5WD', '2026-10-12', '2026-09-29'],
    ['EL-TERM-EXT', '2026-08-31', '2027-02-28'],
    ['EL-APPROVE-15', '2026-03-01', '2026-03-16'],
    ['LP-RENEW', '2026-10-01', '2026-10-01'],
    ['LP-CHANGE', '2026-03-31', '2026-04-30'],
    ['EL-VACANCY', '2026-02-28', '2026-05-28'],
  ])('%s from %s is due on %s', (id, start, due) =>
    expect(deadlineOf(cardOn(id, '2026-03-05')!, start, calendar).due).toBe(due),
  )

  it('opens the renewal of a certificate thirty days before it ends', () => {
    expect(deadlineOf(cardOn('LP-RENEW', '2026-03-05')!, '2026-10-01', calendar)).toMatchObject({
      opensOn: '2026-09-01',
      due: '2026-10-01',
    })
  })

  it('judges by the law of the day', () => {
    expect(cardOn('NS-LOG-6M', '2025-12-31')).toMatchObject({ article: '第二十一条第三项' })
    expect(cardOn('NS-LOG-6M', '2026-01-01')).toMatchObject({ article: '第二十三条' })
    expect(cardOn('EL-SEATS', '2015-06-01')).toBeNull()
  })

  it('blocks by memory only after confirmation, by a read text at once', () => {
    const joining: RuleInput = { kind: 'check', holds: false }
    expect(ask('CH-JOIN', joining).blocks).toBe(false)
    expect(ask('CH-JOIN', joining, new Map([['CH-JOIN', '中国工会章程（2023年修正）第二条']])).blocks).toBe(true)
    expect(ask('PT-SECRET', joining).blocks).toBe(true)
  })
})

describe('kin', () => {
  it('are close by blood and marriage bond, not as in-laws', () => {
    expect(['配偶', '外孙女', '哥哥'].map(kinship)).toEqual(['close', 'close', 'close'])
    expect(['女婿', '岳母'].map(kinship)).toEqual(['by-marriage', 'by-marriage'])
    expect(kinship('表弟')).toBe('other')
  })
})
