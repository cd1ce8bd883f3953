import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { todosOf } from '../../../kernel/lifecycle/todos.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import module from '../module.ts'
import { mutualAidRoutes } from './routes.ts'

declarePermissions([...module.permissions])
declareRegisters(module.registers ?? [])
const { db, ownerPool } = await testDatabase()
let today = '2026-01-10'
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    } as never,
    async (cookies) => (cookies['as'] ? world.as(decodeURIComponent(cookies['as']) as PersonName) : null),
    [mutualAidRoutes],
  )
})
afterAll(() => app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

async function ask(who: PersonName, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/mutual-aid${url}`,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const figures = async (...names: string[]): Promise<number[]> => {
  const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
  const found = await figuresOf(db, await catalogue(db), scope, names)
  return names.map((name) => found.find((figure) => figure.metric === name)?.value ?? 0)
}
const plan = () => ({
  unitId: world.unit('east'),
  scheme: '职工医疗互助',
  title: '2026 年职工医疗互助',
  organiser: '市职工互助保障中心',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  premiumFen: 8_000,
  waitingDays: 30,
  claimDays: 180,
  causes: ['住院'],
  papers: ['出院小结', '费用发票或医保结算单'],
  formula: {
    kind: 'tiers',
    thresholdFen: 100_000,
    inclusive: true,
    tiers: [
      { lowFen: 100_000, highFen: 500_000, rate: 5_000 },
      { lowFen: 500_000, highFen: null, rate: 6_000 },
    ],
  },
  caps: { periodFen: 400_000 },
  document: '市工发〔2025〕30号',
})
let planId: number

test('a plan is entered once, its pieces meet, and only its officers write it', async () => {
  expect((await ask('周婷', 'POST', '/plans', plan())).status).toBe(404)
  const broken = {
    ...plan().formula,
    tiers: [
      { lowFen: 0, highFen: 10, rate: 1 },
      { lowFen: 20, highFen: null, rate: 1 },
    ],
  }
  expect((await ask('李强', 'POST', '/plans', { ...plan(), formula: broken })).body.fields['formula.tiers']).toBe(
    '各档要首尾相接，不能重叠或空缺',
  )
  const made = await ask('李强', 'POST', '/plans', plan())
  expect(made.status).toBe(201)
  planId = made.body.id
  expect((await ask('李强', 'POST', '/plans', plan())).body.code).toBe('plan-exists')
  // A member of a branch below sees what there is to join; the neighbours don't.
  expect((await ask('刘洋', 'GET', `/plans?unitId=${world.unit('east-1')}`)).body.plans).toMatchObject([{ id: planId }])
  expect((await ask('孙丽', 'GET', `/plans?unitId=${world.unit('east-1')}`)).status).toBe(404)
  expect((await ask('刘洋', 'GET', '/plans')).body.plans).toMatchObject([{ id: planId }])
  expect((await ask('孙丽', 'GET', '/plans')).body.plans).toEqual([])
})

test('a roster is enrolled in one deed, twice changes nothing, and the round counts who is in', async () => {
  const unitId = world.unit('east-1')
  expect((await ask('周婷', 'POST', `/plans/${planId}/enrolments`, { unitId })).status).toBe(404)
  expect((await ask('周婷', 'POST', `/plans/${planId}/enrolments`, { unitId: world.unit('south') })).status).toBe(404)
  const some = [world.person('刘洋'), world.person('陈静')]
  expect(
    (await ask('张敏', 'POST', `/plans/${planId}/enrolments`, { unitId, paidOn: today, personIds: some })).body,
  ).toEqual({
    enrolled: 2,
    paid: 2,
  })
  expect(
    (await ask('张敏', 'POST', `/plans/${planId}/enrolments`, { unitId, paidOn: today, personIds: some })).body,
  ).toEqual({
    enrolled: 0,
    paid: 2,
  })
  expect(
    (await ask('张敏', 'POST', `/plans/${planId}/enrolments`, { unitId, personIds: [world.person('孙丽')] })).body.code,
  ).toBe('nobody')
  expect(
    await figures('mutual-aid.enrolment.people', 'mutual-aid.enrolment.due', 'mutual-aid.enrolment.premium'),
  ).toEqual([2, 3, 16_000])
})

const costs = {
  cause: '住院',
  eventOn: '2026-03-02',
  hospital: '三级',
  days: 9,
  totalFen: 1_500_000,
  ownFen: 600_000,
  invoiceNo: 'A100',
  papers: ['出院小结', '费用发票或医保结算单'],
  claimedFen: 260_000,
}
const file = (who: PersonName, person: PersonName, more: object = {}) =>
  ask(who, 'POST', '/claims', { planId, personId: world.person(person), ...costs, ...more })
const move = (who: PersonName, id: number, verb: string, more: object = {}) =>
  ask(who, 'POST', `/claims/${id}/moves`, { verb, ...more })

test('a claim from a phone is computed, examined, approved by another, paid once and counted', async () => {
  today = '2026-03-20'
  expect((await file('刘洋', '刘洋', { ownFen: 1_600_000 })).body.fields).toEqual({ ownFen: '个人自付不能超过总费用' })
  expect((await file('刘洋', '陈静')).body.code).toBe('person-unknown')
  const filed = await file('刘洋', '刘洋')
  expect(filed.status).toBe(201)
  // (5,000 − 1,000) × 50 % + (6,000 − 5,000) × 60 %
  expect(filed.body.checked).toMatchObject({ passes: true, payout: { fen: 260_000 } })
  const { id } = filed.body
  expect((await ask('陈静', 'GET', `/claims/${id}`)).status).toBe(404)
  expect((await ask('周婷', 'GET', `/claims/${id}`)).status).toBe(404)
  expect((await move('刘洋', id, '同意')).body.code).toBe('own-claim')
  expect((await move('张敏', id, '同意')).body).toEqual({ state: 'examined' })
  expect((await move('张敏', id, '同意')).body.code).toBe('same-person')
  expect((await move('李强', id, '同意', { amountFen: 300_000 })).body.code).toBe('words-missing')
  expect((await move('李强', id, '同意', { amountFen: 700_000, words: '多给' })).body.code).toBe('above-claimed')
  expect((await move('李强', id, '同意', { amountFen: 250_000, words: '发票有一张看不清' })).body).toEqual({
    state: 'approved',
  })
  expect((await todosOf(db, world.as('张敏'), today)).map((todo) => todo.title)).toContain('待支付：刘洋的互助补助')
  expect((await ask('张敏', 'POST', `/claims/${id}/payment`, { paidOn: '2026-03-21' })).body.code).toBe('in-future')
  expect((await ask('张敏', 'POST', `/claims/${id}/payment`, { paidOn: today })).status).toBe(200)
  expect((await ask('张敏', 'POST', `/claims/${id}/payment`, { paidOn: today })).body.code).toBe('not-now')
  expect(await figures('mutual-aid.claim.times', 'mutual-aid.claim.amount')).toEqual([1, 250_000])
  // The organisation's bank is none of the union's: what it paid directly it takes back itself.
  const back = { returnedOn: today, reason: '账号已销户' }
  expect((await ask('张敏', 'POST', `/claims/${id}/payment/return`, back)).body.code).toBe('not-through-account')
  // Claimed, computed, approved and paid are four sums, each kept.
  expect((await ask('刘洋', 'GET', `/claims/${id}`)).body).toMatchObject({
    claimedFen: 260_000,
    computedFen: 260_000,
    approvedFen: 250_000,
    paidFen: 250_000,
    adjustment: '发票有一张看不清',
  })
})

test('the period’s cap knows what was paid before, and the same invoice is found on another claim', async () => {
  const again = await file('刘洋', '刘洋', { ownFen: 1_000_000, totalFen: 2_000_000 })
  const held = again.body.checked.findings.filter((finding: { holds: boolean }) => !finding.holds)
  expect(held.map((finding: { no: number }) => finding.no)).toEqual([8])
  expect(again.body.checked.payout.fen).toBe(150_000)
  expect((await move('张敏', again.body.id, '同意')).body).toMatchObject({ code: 'reasons-open' })
  expect((await move('张敏', again.body.id, '否决')).body.code).toBe('words-missing')
  expect((await move('张敏', again.body.id, '否决', { words: '票据已用过' })).body).toEqual({ state: 'refused' })
  // Mended and filed again, linked to the earlier one, once.
  const mended = { ownFen: 1_000_000, totalFen: 2_000_000, invoiceNo: 'A101', previousId: again.body.id }
  const second = await file('刘洋', '刘洋', mended)
  expect(second.body.checked.passes).toBe(true)
  expect((await file('刘洋', '刘洋', mended)).body.code).toBe('resubmitted')
  expect((await ask('刘洋', 'GET', `/claims/${second.body.id}`)).body.previousId).toBe(again.body.id)
  expect((await move('刘洋', second.body.id, '撤回')).body).toEqual({ state: 'withdrawn' })
})

test('who never joined and who is still waiting hear so by number', async () => {
  const stranger = await file('张敏', '张敏', { invoiceNo: 'B1' })
  const reasons = (body: { checked: { findings: { no: number; holds: boolean }[] } }): number[] =>
    body.checked.findings.filter((finding) => !finding.holds).map((finding) => finding.no)
  expect(reasons(stranger.body)).toEqual([1, 3])
  const early = await file('陈静', '陈静', { invoiceNo: 'B2', eventOn: '2026-01-20' })
  expect(reasons(early.body)).toEqual([3])
})
