import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { todosOf } from '../../../kernel/lifecycle/todos.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { balanceNow, bookOf } from '../../funds/public.ts'
import { AFTER, openDesk, TODAY } from './desk-for-tests.ts'

const desk = await openDesk()
const { ask, world, db } = desk
const figure = async (name: string): Promise<number> =>
  (
    await figuresOf(db, await catalogue(db), { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }, [
      name,
    ])
  )[0]?.value ?? 0
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

let programmeId: number
let cycleId: number

test('a programme is set up by who manages aid, and seen by who may', async () => {
  await desk.onFile('刘洋')
  await desk.onFile('陈静', { category: '相对困难' })
  // Too much income for the ceiling, in the other branch.
  await desk.onFile('赵磊', { unit: 'east-2', incomeFen: 9_000_000 })
  const terms = {
    categories: ['深度困难', '相对困难'],
    incomeHundredths: 200,
    byCategory: { 深度困难: 50_000 },
  } as const
  const draft = {
    unitId: world.unit('east'),
    kind: 'living',
    title: '生活救助',
    source: '本级工会经费',
    startsOn: '2026-01-01',
    document: '东工〔2026〕3号',
    terms: { pool: 'files', baseFen: 100_000, ...terms },
  }
  expect((await ask('李强', 'POST', '/aid/programmes', draft)).status).toBe(403)
  expect((await ask('周婷', 'POST', '/aid/programmes', draft)).status).toBe(404)
  expect((await ask('杨帆', 'POST', '/aid/programmes', { ...draft, terms: { pool: 'files' } })).body.fields).toEqual({
    'terms.baseFen': '请填写发放标准',
  })
  const cashForAll = { ...draft, kind: 'spring', terms: { pool: 'members', baseFen: 100 } }
  expect((await ask('杨帆', 'POST', '/aid/programmes', cashForAll)).body.code).toBe('cash-for-all')
  const made = await ask('杨帆', 'POST', '/aid/programmes', draft)
  expect(made.status).toBe(201)
  programmeId = made.body.id
  expect((await ask('周婷', 'GET', `/aid/programmes/${programmeId}`)).status).toBe(404)
  expect((await ask('张敏', 'GET', `/aid/programmes/${programmeId}`)).body).toMatchObject({
    rule: { no: 1, document: '东工〔2026〕3号' },
    left: { bankFen: 10_000_000, leftFen: 10_000_000 },
  })
})

test('before anybody signs: how many qualify, for how much, of what is left, and why not', async () => {
  const opened = await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/cycles`, {
    title: '第一批',
    opensOn: TODAY,
    closesOn: TODAY,
  })
  cycleId = opened.body.id
  expect(
    (
      await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/cycles`, {
        title: '第二批',
        opensOn: TODAY,
        closesOn: TODAY,
      })
    ).body.code,
  ).toBe('cycle-open')
  const preview = await ask('杨帆', 'GET', `/aid/cycles/${cycleId}/preview`)
  expect(preview.body).toMatchObject({ eligible: 2, missing: 0, duplicate: 0, refused: 1, needFen: 250_000 })
  expect(preview.body.rows).toMatchObject([
    { personName: '刘洋', amountFen: 150_000, reasons: [] },
    { personName: '陈静', amountFen: 100_000 },
  ])
  const refused = await ask('杨帆', 'GET', `/aid/cycles/${cycleId}/preview?verdict=refused`)
  expect(refused.body.rows).toMatchObject([
    {
      personName: '赵磊',
      reasons: ['家庭年收入减刚性支出 85,000.00 元，高于低保标准的 2 倍（2 人全年 38,400.00 元）'],
    },
  ])
  // Names and reasons are for who may see them.
  expect((await ask('张敏', 'GET', `/aid/cycles/${cycleId}/preview`)).status).toBe(403)
  expect((await ask('刘洋', 'GET', `/aid/cycles/${cycleId}/preview`)).status).toBe(404)
})

test('a rule may be tried before it is kept, and a cycle keeps the one it began with', async () => {
  const terms = { pool: 'files', baseFen: 100_000, incomeHundredths: 1000 }
  const tried = await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/preview`, { terms })
  expect(tried.body).toMatchObject({ eligible: 3, needFen: 300_000 })
  const changed = { terms, document: '东工〔2026〕9号', reason: '放宽收入线' }
  expect((await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/rules`, changed)).body).toEqual({ no: 2 })
  expect((await ask('杨帆', 'GET', `/aid/cycles/${cycleId}`)).body).toMatchObject({ ruleNo: 1, newestRuleNo: 2 })
  expect((await ask('杨帆', 'GET', `/aid/cycles/${cycleId}/preview`)).body.eligible).toBe(2)
})

test('frozen, hung out masked, signed by another hand, paid by a third', async () => {
  const move = (who: Parameters<typeof ask>[0], verb: string, more = {}) =>
    ask(who, 'POST', `/aid/cycles/${cycleId}/moves`, { verb, ...more })
  expect((await move('李强', '提交')).status).toBe(403)
  expect((await move('杨帆', '提交')).body).toEqual({ state: 'decided' })
  // What happens to the family afterwards changes nothing of what was decided.
  await desk.ownerPool.query(`update hardship.file set category = '意外致困'`)
  expect((await ask('杨帆', 'GET', `/aid/cycles/${cycleId}/preview`)).body).toMatchObject({
    eligible: 2,
    needFen: 250_000,
  })
  await desk.ownerPool.query(`update hardship.file set category = '深度困难'`)
  expect((await move('杨帆', '公示')).body).toEqual({ state: 'published' })
  const { rows } = await sql<{
    body: string
    untilOn: string
  }>`select body, until_on as "untilOn" from openness.item`.execute(db)
  expect(rows[0]!.body).toContain('铸造车间分工会：刘*、陈*')
  expect(rows[0]!.body).not.toMatch(/刘洋|陈静|困难|重病/)
  expect(rows[0]!.untilOn).toBe('2026-03-12')
  expect((await move('李强', '同意')).body.message).toContain('公示期满')
  expect((await todosOf(db, desk.actor('李强'), TODAY)).map((todo) => todo.title)).toEqual([
    '公示后审批：生活救助·第一批',
  ])
  desk.day(AFTER)
  expect((await move('张敏', '同意')).status).toBe(403)
  // The deputy signs nothing by himself in a union without a limit for him.
  expect((await move('赵磊', '同意')).status).toBe(403)
  expect((await move('李强', '同意')).body).toEqual({ state: 'approved' })
  expect((await ask('李强', 'POST', `/aid/cycles/${cycleId}/pay`, { paidOn: AFTER })).status).toBe(403)
  expect((await ask('张敏', 'POST', `/aid/cycles/${cycleId}/pay`, { paidOn: '2026-03-12' })).body.code).toBe(
    'paid-too-early',
  )
  const paid = await ask('张敏', 'POST', `/aid/cycles/${cycleId}/pay`, { paidOn: AFTER })
  expect(paid.body).toMatchObject({ people: 2, amountFen: 250_000, voucherNumber: '记-03-001' })
  expect((await ask('张敏', 'POST', `/aid/cycles/${cycleId}/pay`, { paidOn: AFTER })).body.code).toBe('not-now')
  const book = (await bookOf(db, world.unit('east')))!
  expect(await balanceNow(db, book.id, '102')).toBe(9_750_000)
  expect([
    await figure('aid.grant.people'),
    await figure('aid.grant.households'),
    await figure('aid.grant.times'),
    await figure('aid.grant.amount'),
  ]).toEqual([2, 2, 2, 250_000])
  // The ledger of the first issue counts the same.
  expect([await figure('hardship.relief.daily-people'), await figure('hardship.relief.daily-amount')]).toEqual([
    2, 250_000,
  ])
  expect(await figure('funds.expense')).toBe(250_000)
})

test('who received signs by the own hand; an officer only for paper; what comes back counts nowhere', async () => {
  const mine = await ask('刘洋', 'GET', '/aid/mine')
  const [own] = mine.body.entitlements
  expect(own).toMatchObject({ programme: '生活救助', amountFen: 150_000, state: 'paid', voucherNumber: '记-03-001' })
  expect((await ask('陈静', 'POST', `/aid/entitlements/${own.id}/receipt`, { how: 'hand' })).status).toBe(404)
  expect((await ask('刘洋', 'POST', `/aid/entitlements/${own.id}/receipt`, { how: 'hand' })).body.code).toBe(
    'signature-missing',
  )
  expect((await ask('刘洋', 'POST', `/aid/entitlements/${own.id}/receipt`, { how: 'paper' })).status).toBe(404)
  expect((await ask('杨帆', 'POST', `/aid/entitlements/${own.id}/receipt`, { how: 'paper' })).status).toBe(200)
  expect((await ask('杨帆', 'POST', `/aid/entitlements/${own.id}/receipt`, { how: 'paper' })).body.message).toContain(
    '已于',
  )
  const { rows } = (await ask('张敏', 'GET', `/aid/cycles/${cycleId}/entitlements`)).body
  const other = rows.find((row: { personName: string }) => row.personName === '陈静')
  const back = { reason: '银行卡注销，款项退回', refundedOn: AFTER }
  expect((await ask('杨帆', 'POST', `/aid/entitlements/${other.id}/refund`, back)).status).toBe(403)
  // 31 February is no day.
  expect(
    (await ask('张敏', 'POST', `/aid/entitlements/${other.id}/refund`, { ...back, refundedOn: '2026-02-31' })).body
      .fields.refundedOn,
  ).toContain('2026-03-05')
  expect(
    (await ask('张敏', 'POST', `/aid/entitlements/${other.id}/refund`, { ...back, refundedOn: '2026-03-01' })).body
      .code,
  ).toBe('dates-wrong')
  expect((await ask('张敏', 'POST', `/aid/entitlements/${other.id}/refund`, back)).status).toBe(200)
  expect((await ask('张敏', 'POST', `/aid/entitlements/${other.id}/refund`, back)).body.code).toBe('not-now')
  expect([await figure('aid.grant.people'), await figure('aid.grant.amount'), await figure('funds.expense')]).toEqual([
    1, 150_000, 150_000,
  ])
  expect(await figure('hardship.relief.daily-people')).toBe(1)
})

test('another rule tried on what a past cycle was decided on changes nothing of it', async () => {
  const terms = { pool: 'files', baseFen: 120_000, categories: ['深度困难'], incomeHundredths: 500 }
  const tried = await ask('杨帆', 'POST', `/aid/cycles/${cycleId}/simulate`, { terms })
  expect(tried.body).toMatchObject({
    before: { eligible: 2, needFen: 250_000 },
    after: { eligible: 2, needFen: 240_000 },
    changed: [
      { personName: '刘洋', from: 'eligible', to: 'eligible', fromFen: 150_000, toFen: 120_000 },
      {
        personName: '陈静',
        from: 'eligible',
        to: 'refused',
        toFen: 0,
        reasons: ['困难类别为相对困难，不在本项目范围（深度困难）'],
      },
      { personName: '赵磊', from: 'refused', to: 'eligible', toFen: 120_000 },
    ],
  })
  expect((await ask('张敏', 'POST', `/aid/cycles/${cycleId}/simulate`, { terms })).status).toBe(403)
  expect((await ask('周婷', 'POST', `/aid/cycles/${cycleId}/simulate`, { terms })).status).toBe(404)
})

test('above the chair’s own limit the committee’s minutes are asked for', async () => {
  const large = await desk.programme({ baseFen: 600_000, categories: ['深度困难'] }, { title: '大病', kind: 'medical' })
  const listed = await desk.published(large)
  desk.day('2026-04-01')
  const sign = (more = {}) => ask('李强', 'POST', `/aid/cycles/${listed}/moves`, { verb: '同意', ...more })
  expect((await sign()).body).toMatchObject({ code: 'minutes-missing', message: expect.stringContaining('会议纪要') })
  expect((await sign({ minutes: '2026 年第 3 次全委会纪要' })).body).toEqual({ state: 'approved' })
  expect((await ask('李强', 'GET', `/aid/cycles/${listed}`)).body).toMatchObject({
    approvedName: '李强',
    minutes: '2026 年第 3 次全委会纪要',
  })
})
