import { describe, expect, it } from 'vitest'
import { addMonths, addYears } from '../../../kernel/calendar/days.ts'
import { WorkCalendar } from '../../../kernel/calendar/working-days.ts'
import { deadlineOf, evaluate, type RuleInput } from '../../../kernel/rules/evaluate.ts'
import { cardOn } from './index.ts'

/** Edge cases that a card decides; their numbers are those of `test/edge-cases.test.ts`. */
const calendar = new WorkCalendar()
const card = (id: string) => cardOn(id, '2026-03-05')!
const ask = (id: string, input: RuleInput, confirmed = new Map<string, string>()) =>
  evaluate(card(id), input, { confirmed, calendar })
const due = (id: string, start: string) => deadlineOf(card(id), start, calendar).due

describe('electorate and bodies', () => {
  it('§15.2 a quarter of the seats may be vacant, more starts the clock of three months', () => {
    expect(ask('MC-VACANCY-SHARE', { kind: 'share', count: 10, total: 40 }).holds).toBe(false)
    expect(ask('MC-VACANCY-SHARE', { kind: 'share', count: 11, total: 40 }).holds).toBe(true)
    expect(due('MC-FILL-REP', '2026-03-05')).toBe('2026-06-05')
    expect(card('MC-END').text).toContain('调到其他选举单位')
  })

  it('§15.3 a dispatch worker stands on one roll, and the card says which agreement decides', () => {
    expect(ask('MC-DISPATCH', { kind: 'check', holds: false })).toMatchObject({ holds: false })
    expect(card('MC-DISPATCH').text).toContain('按两个单位工会的约定')
  })

  it('§15.4 the heads of every unit and their kin are barred, once an officer confirmed the text', () => {
    expect(ask('EL-CAND-BAN', { kind: 'check', holds: false }).blocks).toBe(false)
    const confirmed = new Map([['EL-CAND-BAN', '总工发〔2016〕27号']])
    expect(ask('EL-CAND-BAN', { kind: 'check', holds: false }, confirmed).blocks).toBe(true)
    expect(card('EL-CAND-BAN').text).toContain('近亲属')
  })

  it.each([
    // Exactly 100 members may hold a congress of representatives, 99 may not; the note names the other reading.
    ['EL-FORM-100', { kind: 'range', value: 100 }, { kind: 'range', value: 99 }],
    // Exactly 25: three to seven seats; 24: one to five.
    ['EL-SEATS', { kind: 'brackets', size: 25, value: 3 }, { kind: 'brackets', size: 25, value: 1 }],
    ['EL-SEATS', { kind: 'brackets', size: 24, value: 1 }, { kind: 'brackets', size: 24, value: 7 }],
    ['EL-SEATS', { kind: 'brackets', size: 200, value: 7 }, { kind: 'brackets', size: 200, value: 9 }],
    ['EL-SEATS', { kind: 'brackets', size: 201, value: 9 }, { kind: 'brackets', size: 201, value: 5 }],
    ['TU-EST-25', { kind: 'trigger', count: 24, done: false }, { kind: 'trigger', count: 25, done: false }],
    ['CM-WOMEN-10', { kind: 'trigger', count: 9, done: false }, { kind: 'trigger', count: 10, done: false }],
    ['TU-FULLTIME-200', { kind: 'trigger', count: 199, done: false }, { kind: 'trigger', count: 200, done: false }],
  ] as [string, RuleInput, RuleInput][])('§15.6 %s exactly at its number: %j holds, %j does not', (id, yes, no) => {
    expect([ask(id, yes).holds, ask(id, no).holds]).toEqual([true, false])
  })
  it('§15.6 says where two texts part at exactly 100 members', () =>
    expect(card('EL-FORM-100').note).toContain('正好100人'))

  it('§15.12 chair, finance vice-chair and finance staff stay out of the audit committee', () => {
    expect(ask('EL-AUDIT-OVERLAP', { kind: 'check', holds: false })).toMatchObject({ blocks: true })
    expect(card('EL-AUDIT-OVERLAP').text).toContain('分管财务和资产的副主席')
  })

  it('§15.14 seats given up stay inside the bracket of the members', () => {
    expect(ask('EL-SEATS', { kind: 'brackets', size: 150, value: 3 }).holds).toBe(true)
    expect(ask('EL-SEATS', { kind: 'brackets', size: 150, value: 2 }).holds).toBe(false)
  })

  it('§15.15 who leads is of the committee, and not before its result', () => {
    expect(ask('EL-CHAIR', { kind: 'check', holds: false })).toMatchObject({ holds: false, strength: 'warn' })
    expect(card('EL-CHAIR').text).toContain('应当是新当选的委员')
  })

  it('§15.16 nine standing seats need ten candidates from the new committee', () => {
    expect(ask('EL-MARGIN-STANDING', { kind: 'share', count: 0, total: 9 }).holds).toBe(false)
    expect(ask('EL-MARGIN-STANDING', { kind: 'share', count: 1, total: 9 }).holds).toBe(true)
    // Ten seats: one more is ten per cent; eleven seats need two more.
    expect(ask('EL-MARGIN-STANDING', { kind: 'share', count: 1, total: 10 }).holds).toBe(true)
    expect(ask('EL-MARGIN-STANDING', { kind: 'share', count: 1, total: 11 }).holds).toBe(false)
  })
})

describe('time', () => {
  it('§15.19 a term of years from 29 February ends on 28 February, and a holiday doesn’t move it', () => {
    expect([addYears('2024-02-29', 3), addYears('2024-02-29', 5)]).toEqual(['2027-02-28', '2029-02-28'])
    // Ends on National Day: the term does; only the days to act in move.
    expect(addYears('2021-10-01', 5)).toBe('2026-10-01')
    expect(due('EL-TERM-EXT', '2026-04-01')).toBe('2026-10-01')
    expect(due('EL-APPROVE-15', '2026-09-16')).toBe('2026-10-08')
  })

  it('§15.20 an extension has half a year, to the day', () => {
    expect(due('EL-TERM-EXT', '2026-08-31')).toBe(addMonths('2026-08-31', 6))
  })

  it('§15.21 a silent upper union is late on day 16; silence approves nothing, but puts a contract in force', () => {
    const at = (today: string) =>
      ask('EL-APPROVE-15', { kind: 'deadline', start: '2026-03-01', doneOn: null, today }).holds
    expect([at('2026-03-16'), at('2026-03-17')]).toEqual([null, false])
    expect(card('EL-APPROVE-15').note).toContain('未批复不等于已批准')
    expect(card('CC-EFFECT-15').text).toContain('未提出异议的，集体合同即行生效')
  })

  it('§15.22 two meetings on one day have two clocks: seven days and five working days', () => {
    // National Day lies between: the five working days reach further back than the week.
    expect([due('SC-NOTICE-7', '2026-10-12'), due('MC-NOTICE-5WD', '2026-10-12')]).toEqual(['2026-10-05', '2026-09-29'])
    expect(card('MC-SEPARATE').text).toContain('不能以一次表决代替两')
  })

  it('§15.25 a contract’s renewal may be asked for from three months before its end; talks don’t prolong it', () => {
    expect(due('CC-RENEW', '2026-12-31')).toBe('2026-09-30')
    expect(due('CC-RENEW', '2026-05-31')).toBe('2026-02-28')
    expect(card('CC-RENEW').note).toContain('仍在协商的，合同照样终止')
    expect(ask('CC-TERM', { kind: 'range', value: 4 }).blocks).toBe(true)
  })
})

describe('privacy and audit', () => {
  it('§15.27 a petition of a third is a number, 33 of 100 is none', () => {
    expect(ask('TU-MEETING-EXTRA', { kind: 'share', count: 33, total: 100 }).holds).toBe(false)
    expect(ask('TU-MEETING-EXTRA', { kind: 'share', count: 34, total: 100 }).holds).toBe(true)
  })

  it('§15.29 what memory vouches for warns and can be passed; what was read blocks and can’t', () => {
    const no: RuleInput = { kind: 'check', holds: false }
    expect(ask('MC-ONLINE', no).blocks).toBe(false)
    expect(ask('EL-AUDIT-OVERLAP', no).blocks).toBe(true)
  })
})
