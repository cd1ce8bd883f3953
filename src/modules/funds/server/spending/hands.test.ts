import { afterAll, beforeAll, expect, test } from 'vitest'
import { todosOf } from '../../../../kernel/lifecycle/todos.ts'
import { EIGHT_FORBIDDEN } from '../../../rules/public.ts'
import { openDesk, TODAY, type Office } from './desk-for-tests.ts'

// Members who ask for what they paid themselves, and approvals that go through more hands than one.
const desk = await openDesk()
const { ask, db, world } = desk
afterAll(() => desk.app.close())

const ROLES: readonly (readonly [Office, string])[] = [
  ['accountant', 'accountant'],
  ['deputy', 'vice-chair'],
  ['chair', 'chair'],
  ['cashier', 'cashier'],
  ['auditor', 'auditor'],
]
beforeAll(async () => {
  // Offices as the accounts room keeps them: to whom something may be handed is read there.
  for (const [office, role] of ROLES) {
    const { accountId, name } = desk.actor(office)
    await desk.ownerPool.query(
      `insert into accounts.account (id, login, name, person_id, state, created_by) overriding system value values ($1, $2, $3, $1, 'active', 0)`,
      [accountId, `${office}-${accountId}`, name],
    )
    await desk.ownerPool.query(
      `insert into accounts.office (account_id, unit_id, role, title, starts_on, appointed_by) values ($1, $2, $3, $4, '2020-01-01', 0)`,
      [accountId, world.unit('east'), role, role],
    )
  }
})

const reimbursement = (change: object = {}) => ({
  unitId: world.unit('east-1'),
  kind: 'activity',
  purpose: '班组趣味运动会饮用水',
  amountFen: 18_650,
  payee: '刘洋',
  form: 'service',
  method: 'transfer',
  confirmed: EIGHT_FORBIDDEN.map((one) => one.id),
  ...change,
})
const post = (who: Office, change: object = {}) => ask(who, 'POST', '/api/funds/spending', reimbursement(change))
const act = (who: Office, id: number, verb: string, more: object = {}) =>
  ask(who, 'POST', `/api/funds/spending/${id}/acts`, { verb, ...more })
const page = async (who: Office, id: number) => (await ask(who, 'GET', `/api/funds/spending/${id}`)).body
const own = async (who: Office) => (await ask(who, 'GET', '/api/funds/my-spending?year=2026')).body
const checked = async (): Promise<number> => {
  const { id } = (await post('asker', { payee: '张敏' })).body
  await act('asker', id, '提交')
  await act('accountant', id, '同意')
  return id
}
const accountOf = (who: Office): number => desk.actor(who).accountId

test('a member without an office asks for what they paid, and follows it to the money', async () => {
  expect((await own('member')).home).toEqual({ unitId: world.unit('east-1'), unitName: '铸造车间分工会' })
  const frame = await ask('member', 'GET', `/api/funds/spending-frame?unitId=${world.unit('east-1')}`)
  expect(frame).toMatchObject({ status: 200, body: { member: true, projects: [] } })
  const { id } = (await post('member')).body
  expect((await page('member', id)).moves).toEqual(['提交', '终止'])
  expect((await act('member', id, '提交')).body.to).toBe('submitted')
  expect((await page('member', id)).moves).toEqual(['撤回', '催办'])
  expect((await act('accountant', id, '退回', { words: '请补拍小票' })).status).toBe(200)
  expect((await own('member')).rows[0]).toMatchObject({ id, stateTitle: '已退回修改', words: '请补拍小票' })
  expect((await todosOf(db, desk.actor('member'), TODAY)).map((todo) => todo.title)).toEqual([
    expect.stringContaining('待修改支出申请'),
  ])
  const { unitId: _, ...edit } = reimbursement({ amountFen: 18_000 })
  expect((await ask('member', 'PUT', `/api/funds/spending/${id}`, { ...edit, version: 1 })).status).toBe(204)
  await act('member', id, '提交')
  await act('accountant', id, '同意')
  expect((await act('chair', id, '同意')).body.to).toBe('approved')
  expect((await ask('cashier', 'POST', `/api/funds/spending/${id}/payment`, { paidOn: TODAY })).status).toBe(201)
  const seen = await page('member', id)
  expect(seen).toMatchObject({ stateTitle: '已付款', moves: [], room: null, officer: false })
})

test.each<[string, object, number, string]>([
  ['another union', { unitId: 0 }, 422, 'unitId'],
  ['money for somebody else', { payee: '张敏' }, 422, 'payee'],
  ['what officers buy', { kind: 'festival', people: 1, holiday: '春节' }, 422, 'kind'],
  ['tied money', { project: 'P1' }, 422, 'project'],
])('a member can’t ask for %s', async (_what, change, status, field) => {
  const answer = await post('member', change)
  expect(answer.status).toBe(status)
  expect(Object.keys(answer.body.fields)).toContain(field)
})

test('a member asks nowhere else, sees nobody else’s and signs nothing', async () => {
  expect((await post('member', { unitId: world.unit('east-2') })).status).toBe(404)
  expect((await post('member', { unitId: world.unit('east') })).status).toBe(404)
  expect((await post('neighbour', { payee: '孙丽' })).status).toBe(404)
  const { id } = (await post('member')).body
  for (const method of ['GET', 'PUT'] as const)
    expect(
      (await ask('neighbour', method, `/api/funds/spending/${id}`, { ...reimbursement(), version: 1 })).status,
    ).toBe(404)
  const officers = (await post('asker', { payee: '张敏' })).body.id
  expect((await ask('member', 'GET', `/api/funds/spending/${officers}`)).status).toBe(404)
  expect((await own('neighbour')).rows).toEqual([])
  expect((await ask('member', 'GET', `/api/funds/spending?unitId=${world.unit('east')}&year=2026`)).status).toBe(404)
  await act('member', id, '提交')
  expect((await act('member', id, '同意')).status).toBeGreaterThanOrEqual(403)
  expect((await ask('member', 'GET', `/api/funds/spending/${id}/hands?verb=转办`)).status).toBe(403)
  // Who has left asks no more, and may still take back.
  await desk.ownerPool.query(
    "update members.membership set left_on = '2026-04-01', leave_kind = 'leave' where person_id = $1",
    [world.person('刘洋')],
  )
  expect((await post('member')).status).toBe(404)
  expect((await act('member', id, '撤回')).body.to).toBe('draft')
  expect((await act('member', id, '提交')).status).toBe(403)
  await desk.ownerPool.query('update members.membership set left_on = null, leave_kind = null where person_id = $1', [
    world.person('刘洋'),
  ])
})

test('转办: the chair hands an approval over; then only that person decides', async () => {
  const id = await checked()
  const hands = await ask('chair', 'GET', `/api/funds/spending/${id}/hands?verb=转办`)
  expect(hands.body.hands.map((one: { name: string }) => one.name)).toEqual(['赵磊'])
  expect(await act('chair', id, '转办')).toMatchObject({ status: 422, body: { code: 'nobody-named' } })
  for (const wrong of ['cashier', 'auditor', 'accountant', 'chair'] as const)
    expect(await act('chair', id, '转办', { toAccountId: accountOf(wrong) })).toMatchObject({
      status: 422,
      body: { code: 'wrong-hand', fields: { toAccountId: expect.stringContaining('有权') } },
    })
  expect((await act('cashier', id, '转办', { toAccountId: accountOf('deputy') })).status).toBe(403)
  expect((await act('chair', id, '转办', { toAccountId: accountOf('deputy'), words: '请代审' })).status).toBe(200)
  expect((await page('chair', id)).handedTo).toMatchObject({ name: '赵磊' })
  expect((await page('chair', id)).moves).not.toContain('同意')
  expect(await act('chair', id, '同意')).toMatchObject({ status: 422, body: { code: 'not-yours' } })
  // What is above the deputy’s limit stays above it.
  expect(await act('deputy', id, '同意')).toMatchObject({ body: { code: 'above-limit' } })
  expect((await act('deputy', id, '转办', { toAccountId: accountOf('chair') })).status).toBe(200)
  expect((await act('chair', id, '同意')).body.to).toBe('approved')
})

test('加签: one more signs before the approval', async () => {
  const id = await checked()
  const names = (await ask('chair', 'GET', `/api/funds/spending/${id}/hands?verb=加签`)).body.hands.map(
    (one: { name: string }) => one.name,
  )
  expect(names).toContain('赵磊')
  expect(names).not.toContain('刘洋')
  expect(await act('chair', id, '加签', { toAccountId: accountOf('auditor') })).toMatchObject({
    body: { code: 'wrong-hand' },
  })
  expect((await act('chair', id, '加签', { toAccountId: accountOf('deputy') })).status).toBe(200)
  expect(await act('chair', id, '加签', { toAccountId: accountOf('deputy') })).toMatchObject({
    body: { code: 'wrong-hand' },
  })
  expect((await page('chair', id)).cosigners).toMatchObject([{ name: '赵磊' }])
  expect(await act('chair', id, '同意')).toMatchObject({ status: 422, body: { code: 'cosigning' } })
  expect(await act('cashier', id, '会签')).toMatchObject({ status: 422, body: { code: 'not-asked' } })
  expect((await page('deputy', id)).moves).toContain('会签')
  expect((await act('deputy', id, '会签', { words: '同意列支' })).status).toBe(200)
  expect((await act('chair', id, '同意')).body.to).toBe('approved')
})
