import { expect, test } from 'vitest'
import { check, type ClaimFacts, type Enrolment, type PlanRules } from './check.ts'

const plan: PlanRules = {
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  waitingDays: 30,
  claimDays: 180,
  causes: ['住院', '意外伤害'],
  hospitals: ['二级', '三级'],
  formula: {
    kind: 'tiers',
    thresholdFen: 100_000,
    inclusive: true,
    tiers: [{ lowFen: 100_000, highFen: null, rate: 5000 }],
  },
  caps: {},
}
const enrolled: Enrolment = { enrolledOn: '2026-01-01', unbroken: false, paidOn: '2026-01-05' }
const claim: ClaimFacts = {
  cause: '住院',
  eventOn: '2026-03-01',
  filedOn: '2026-04-01',
  hospital: '三级',
  excluded: false,
  invoiceUsed: false,
  pictureUsed: false,
  missingPapers: [],
}
const costs = { ownFen: 300_000, totalFen: 900_000, days: 7, category: '', paidFen: 0, paidClaims: 0 }

test('a claim in order passes with its sum', () => {
  const found = check(plan, enrolled, claim, costs)
  expect(found.passes).toBe(true)
  expect(found.payout.fen).toBe(100_000)
})

test.each<[string, number, Enrolment | null, Partial<ClaimFacts>]>([
  ['never joined', 1, null, {}],
  ['joined and not paid', 1, { ...enrolled, paidOn: null }, {}],
  ['the day before the period', 2, { ...enrolled, unbroken: true }, { eventOn: '2025-12-31' }],
  ['the last day of waiting', 3, enrolled, { eventOn: '2026-01-30' }],
  ['a cause the plan leaves out', 4, enrolled, { cause: '门诊' }],
  ['drunk driving', 5, enrolled, { excluded: true }],
  ['a small clinic', 6, enrolled, { hospital: '一级' }],
  ['a day too late', 7, enrolled, { filedOn: '2026-08-29' }],
  ['an invoice used twice', 8, enrolled, { invoiceUsed: true }],
  ['a paper is missing', 9, enrolled, { missingPapers: ['出院小结'] }],
])('%s is reason %i', (_what, no, enrolment, more) => {
  const found = check(plan, enrolment, { ...claim, ...more }, costs)
  expect(found.passes).toBe(false)
  expect(found.findings.find((finding) => finding.no === no)!.holds).toBe(false)
})

test.each<[string, Enrolment, Partial<ClaimFacts>]>([
  ['the first day after waiting', enrolled, { eventOn: '2026-01-31' }],
  ['an accident has no waiting', enrolled, { eventOn: '2026-01-02', cause: '意外伤害' }],
  ['an unbroken renewal has none', { ...enrolled, unbroken: true }, { eventOn: '2026-01-02' }],
  ['the last day to file', enrolled, { filedOn: '2026-08-28' }],
])('%s passes', (_what, enrolment, more) => {
  const found = check(plan, enrolment, { ...claim, ...more }, costs)
  expect(found.findings.filter((finding) => !finding.holds)).toEqual([])
})

test('every reason is said at once, not the first alone', () => {
  const found = check(plan, null, { ...claim, invoiceUsed: true, missingPapers: ['发票'] }, { ...costs, ownFen: 0 })
  expect(found.findings.filter((finding) => !finding.holds).map((finding) => finding.no)).toEqual([1, 3, 8, 9, 10])
})
