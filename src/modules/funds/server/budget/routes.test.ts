import * as fc from 'fast-check'
import { afterAll, afterEach, expect, test } from 'vitest'
import { operator } from '../../../../kernel/access/actor.ts'
import { figuresOf } from '../../../../kernel/facts/figures.ts'
import { reconcile } from '../../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../../kernel/register/registry.ts'
import { EIGHT_FORBIDDEN } from '../../../rules/public.ts'
import { balanceNow, declareGranted, postVoucher, roomFor, spend, type Granted } from '../../public.ts'
import { openDesk, TODAY, type Office } from '../spending/desk-for-tests.ts'
import { executionOf, lineFor, type Line } from './execution.ts'

const elsewhere: Granted[] = []
declareGranted(async () => elsewhere)
const desk = await openDesk()
const { ask, db, world, bookId } = desk
afterAll(() => desk.app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))
const at = { unitId: world.unit('east'), year: 2026 }
const act = (who: Office, id: number, verb: string, more: object = {}) =>
  ask(who, 'POST', `/api/funds/budgets/${id}/acts`, { verb, ...more })
const minutes = { minutes: '委员会会议纪要', minutesOn: '2026-01-15' }
const shown = async () => (await ask('accountant', 'GET', `/api/funds/budget?unitId=${at.unitId}&year=2026`)).body
const put = (id: number, lines: object[]) => ask('accountant', 'PUT', `/api/funds/budgets/${id}/lines`, { lines })
const income = { direction: 'income', account: '402', amountFen: 5_000_000 }
const activities = { direction: 'spending', account: '501', amountFen: 300_000 }
const figure = async (metric: string, to = '2026-12-31') =>
  (await figuresOf(db, await catalogue(db), { unitId: at.unitId, from: '2026-01-01', to }, [metric])).find(
    (one) => one.metric === metric,
  )

test('a year is proposed from the last one, and gets in force by committee and auditors', async () => {
  await db.transaction().execute((tx) =>
    postVoucher(tx, operator(), world.unit('east'), {
      onDate: '2025-12-25',
      summary: '元旦活动',
      attachments: 1,
      entries: [
        { account: '50102', debitFen: 123_400 },
        { account: '102', creditFen: 123_400 },
      ],
    }),
  )
  expect((await ask('cashier', 'POST', '/api/funds/budgets', { ...at, unitId: world.unit('south') })).status).toBe(404)
  expect((await ask('deputy', 'POST', '/api/funds/budgets', at)).status).toBe(403)
  const { body } = await ask('accountant', 'POST', '/api/funds/budgets', at)
  expect(await ask('accountant', 'POST', '/api/funds/budgets', at)).toMatchObject({ body: { code: 'budget-open' } })
  expect((await shown()).open).toMatchObject({
    state: 'draft',
    income: [{ accountCode: '402', beforeFen: 10_200_000 }],
    spending: [{ accountCode: '50102', amountFen: 123_400 }],
  })
  for (const [lines, code] of [
    [[{ ...income, account: '50102' }], 'lines-wrong'],
    [[activities, activities], 'lines-wrong'],
    [[{ ...activities, account: '599' }], 'lines-wrong'],
    [[{ ...activities, project: 'nobody' }], 'lines-wrong'],
  ] as const)
    expect((await put(body.id, [...lines])).body.code).toBe(code)
  await put(body.id, [{ ...activities, amountFen: 99_000_000 }])
  expect(await act('accountant', body.id, '提交')).toMatchObject({ body: { code: 'deficit' } })
  await put(body.id, [])
  expect(await act('accountant', body.id, '提交')).toMatchObject({ body: { code: 'budget-empty' } })
  expect((await put(body.id, [income, activities])).status).toBe(204)
  expect((await act('accountant', body.id, '提交')).body.to).toBe('committee')
  expect(await put(body.id, [])).toMatchObject({ body: { code: 'not-editable' } })
  expect((await act('auditor', body.id, '同意')).status).toBe(403)
  expect(await act('chair', body.id, '同意')).toMatchObject({ body: { code: 'not-ready' } })
  await act('chair', body.id, '同意', minutes)
  expect((await act('auditor', body.id, '同意')).body.to).toBe('approved')
  expect(await ask('accountant', 'POST', '/api/funds/budgets', at)).toMatchObject({ body: { code: 'budget-in-force' } })
  expect((await shown()).inForce).toMatchObject({
    version: 1,
    spending: [{ leftFen: 300_000, accountName: '职工活动支出' }],
  })
  expect((await figure('funds.budget-spending'))?.value).toBe(300_000)
})

const request = (amountFen: number) => ({
  unitId: world.unit('east-1'),
  kind: 'activity',
  purpose: '羽毛球比赛',
  amountFen,
  payee: '张敏',
  form: 'service',
  method: 'transfer',
  confirmed: EIGHT_FORBIDDEN.map((one) => one.id),
})
const checked = async (amountFen: number): Promise<number> => {
  const { body } = await ask('asker', 'POST', '/api/funds/spending', request(amountFen))
  await ask('asker', 'POST', `/api/funds/spending/${body.id}/acts`, { verb: '提交' })
  await ask('accountant', 'POST', `/api/funds/spending/${body.id}/acts`, { verb: '同意' })
  return body.id
}
const sign = (id: number) => ask('chair', 'POST', `/api/funds/spending/${id}/acts`, { verb: '同意' })
const pay = (id: number) => ask('cashier', 'POST', `/api/funds/spending/${id}/payment`, { paidOn: TODAY })

test('two approvals at once never grant the same money, whatever the amounts and the order', async () => {
  const granted: number[] = []
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 2, maxLength: 4 }), async (amounts) => {
      const ids = await Promise.all(amounts.map((amount) => checked(amount)))
      const answers = await Promise.all(ids.map((id) => sign(id)))
      for (const [index, answer] of answers.entries()) {
        if (answer.status === 200) granted.push(ids[index]!)
        else expect(answer.body.code).toBe('budget-overspent')
      }
      // Some of what is granted is paid meanwhile: it stays taken.
      if (granted.length % 2 && granted.length) await pay(granted.pop()!)
      const line = (await shown()).inForce.spending[0]
      expect(line.leftFen).toBeGreaterThanOrEqual(0)
      expect(line.executedFen).toBe(await balanceNow(db, bookId, '50102').then((now) => now - 123_400))
    }),
    { numRuns: 8, endOnFailure: true },
  )
  const { leftFen } = (await shown()).inForce.spending[0]
  expect(await sign(await checked(leftFen + 1))).toMatchObject({ status: 409, body: { code: 'budget-overspent' } })
  // Other rooms pay past the requests, and stand before the same budget.
  const other = (amountFen: number, source: string) =>
    db.transaction().execute((tx) =>
      spend(tx, operator(), {
        unitId: at.unitId,
        on: TODAY,
        amountFen,
        expenseAccount: '50101',
        payee: '某培训中心',
        summary: '职工培训',
        source,
      }),
    )
  await expect(other(leftFen + 1, 'training/1')).rejects.toMatchObject({ code: 'budget-overspent' })
  // What another room has granted is taken too, by whomever asks, and not from its own payment.
  elsewhere.push({
    path: 'training/courses/1',
    accountCode: '50101',
    projectId: null,
    fen: leftFen,
    year: 2026,
    method: 'transfer',
  })
  expect((await shown()).inForce.spending[0]).toMatchObject({ leftFen: 0 })
  expect(await sign(await checked(1))).toMatchObject({ status: 409, body: { code: 'budget-overspent' } })
  await expect(other(1, 'training/courses/12')).rejects.toMatchObject({ code: 'budget-overspent' })
  const room = (exceptSource: string) =>
    roomFor(db, bookId, { on: TODAY, accountCode: '50101', projectId: null, exceptSource })
  // Paid anew after a reversal its source has a number behind it.
  for (const source of ['training/courses/1', 'training/courses/1/2'])
    expect(await room(source)).toMatchObject({ leftFen })
  expect(await room('training/courses/12')).toMatchObject({ leftFen: 0 })
  elsewhere.length = 0
  await expect(
    db.transaction().execute((tx) =>
      spend(tx, operator(), {
        unitId: at.unitId,
        on: TODAY,
        amountFen: 1,
        expenseAccount: '50404',
        payee: '某人',
        summary: '困难补助',
        source: 'hardship/1',
      }),
    ),
  ).rejects.toMatchObject({ code: 'budget-line-missing' })
  expect((await shown()).inForce.spending[0].leftFen).toBe(leftFen)
})

test('an adjustment is the only way out: a dated version, not below what is spent', async () => {
  const refused = await checked(200_000)
  expect((await sign(refused)).status).toBe(409)
  expect((await ask('accountant', 'POST', '/api/funds/budgets/adjustments', { ...at, reason: '' })).status).toBe(422)
  const { body } = await ask('accountant', 'POST', '/api/funds/budgets/adjustments', {
    ...at,
    reason: '增加下半年活动',
  })
  await put(body.id, [income, { ...activities, amountFen: 1 }])
  expect(await act('accountant', body.id, '提交')).toMatchObject({ body: { code: 'below-executed' } })
  await put(body.id, [income, { ...activities, amountFen: 900_000 }])
  await act('accountant', body.id, '提交')
  // Until it is approved the old one holds.
  expect((await sign(refused)).status).toBe(409)
  await act('chair', body.id, '退回', { words: '请补充说明' })
  await act('accountant', body.id, '提交')
  expect(await act('chair', body.id, '同意')).toMatchObject({ body: { code: 'not-ready' } })
  await act('chair', body.id, '同意', minutes)
  await act('auditor', body.id, '同意')
  expect((await sign(refused)).status).toBe(200)
  expect((await shown()).inForce.version).toBe(2)
  expect((await figure('funds.budget-spending', '2026-03-31'))?.value).toBe(300_000)
  expect((await figure('funds.budget-spending'))?.value).toBe(900_000)
  const execution = await figure('funds.budget-execution')
  expect(execution?.denominator).toBe(900_000)
})

const line = (id: number, accountCode: string, projectId: number | null, amountFen = 100): Line => ({
  id,
  direction: 'spending',
  accountCode,
  projectId,
  amountFen,
})
test.each([
  ['50102', null, 2],
  ['50105', null, 1],
  ['50102', 9, 3],
  ['50105', 9, 4],
  ['50105', 8, 1],
  ['503', null, null],
])('account %s of project %s is paid by line %s', (account, project, expected) =>
  expect(
    lineFor([line(1, '501', null), line(2, '50102', null), line(3, '50102', 9), line(4, '501', 9)], account, project)
      ?.id ?? null,
  ).toBe(expected),
)

test('every fen moved stands on exactly one line or outside', () => {
  const code = fc.constantFrom('501', '50101', '50102', '503', '50301', '510')
  const project = fc.constantFrom(null, 7, 8)
  const moves = fc.array(fc.record({ accountCode: code, projectId: project, fen: fc.integer({ min: 1, max: 1000 }) }))
  fc.assert(
    fc.property(fc.array(fc.tuple(code, project)), moves, moves, (keys, executed, reserved) => {
      const lines = keys.map(([accountCode, projectId], index) => line(index + 1, accountCode, projectId))
      const standing = executionOf(lines, executed, reserved)
      const all = [...executed, ...reserved].reduce((sum, move) => sum + move.fen, 0)
      const seen = standing.lines.reduce((sum, one) => sum + one.executedFen + one.reservedFen, standing.outsideFen)
      expect(seen).toBe(all)
    }),
  )
})
