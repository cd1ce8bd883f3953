import { afterAll, afterEach, expect, test } from 'vitest'
import { todosOf } from '../../../../kernel/lifecycle/todos.ts'
import { reconcile } from '../../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../../kernel/register/registry.ts'
import { EIGHT_FORBIDDEN } from '../../../rules/public.ts'
import { balanceNow, declareGranted, requestSpending, type Granted } from '../../public.ts'
import { openDesk, TODAY, type Office } from './desk-for-tests.ts'

const elsewhere: Granted[] = []
declareGranted(async () => elsewhere)
const desk = await openDesk()
const { ask, db, world, bookId } = desk
afterAll(() => desk.app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

let invoiceNo = 10_000
const visit = (change: object = {}) => ({
  unitId: world.unit('east-1'),
  kind: 'illness',
  purpose: '看望住院会员',
  amountFen: 80_000,
  payee: '张敏',
  people: 1,
  form: 'money',
  method: 'transfer',
  confirmed: EIGHT_FORBIDDEN.map((one) => one.id),
  invoices: [{ number: `2444200000${invoiceNo++}`, amountFen: 9_000_000, seller: '清河水果店' }],
  ...change,
})
const draw = async (change: object = {}, who: Office = 'asker'): Promise<number> => {
  const answer = await ask(who, 'POST', '/api/funds/spending', visit(change))
  expect(answer).toMatchObject({ status: 201 })
  return answer.body.id
}
const act = (who: Office, id: number, verb: string, more: object = {}) =>
  ask(who, 'POST', `/api/funds/spending/${id}/acts`, { verb, ...more })
const pay = (who: Office, id: number, more: object = {}) =>
  ask(who, 'POST', `/api/funds/spending/${id}/payment`, { paidOn: TODAY, ...more })
/** Drawn up, submitted and checked: it waits for a signature. */
const checked = async (change: object = {}): Promise<number> => {
  const id = await draw(change)
  await act('asker', id, '提交')
  expect(await act('accountant', id, '同意')).toMatchObject({ status: 200, body: { to: 'checked' } })
  return id
}

test('a request goes from hand to hand and ends as a voucher with every signature', async () => {
  const id = await draw()
  expect((await act('asker', id, '提交')).body).toEqual({ from: 'draft', to: 'submitted' })
  expect((await todosOf(db, desk.actor('accountant'), TODAY)).map((todo) => todo.title)).toContain(
    '待审核支出申请：看望住院会员（800.00 元）',
  )
  expect(await act('chair', id, '同意')).toMatchObject({ status: 403 })
  await act('accountant', id, '同意', { words: '票据齐全' })
  expect(await pay('cashier', id)).toMatchObject({ status: 422, body: { code: 'not-now' } })
  expect((await act('chair', id, '同意')).body.to).toBe('approved')
  expect(await act('chair', id, '同意')).toMatchObject({ body: { code: 'pay-instead' } })
  expect((await pay('asker', id)).status).toBe(403)
  const before = await balanceNow(db, bookId, '102')
  const paid = await pay('cashier', id, { reference: '回单 0001' })
  expect(paid).toMatchObject({ status: 201, body: { voucherNumber: '记-04-001' } })
  expect(await balanceNow(db, bookId, '102')).toBe(before - 80_000)
  expect(await balanceNow(db, bookId, '50105')).toBe(80_000)
  expect((await pay('cashier', id)).status).toBe(422)
  const { rows } = await desk.ownerPool.query(
    'select reviewed_name, approved_name, cashier_name, attachments, source from funds.voucher where id = $1',
    [paid.body.voucherId],
  )
  expect(rows[0]).toMatchObject({
    reviewed_name: '杨帆',
    approved_name: '李强',
    cashier_name: '陈静',
    attachments: 2,
    source: `funds/spending/${id}`,
  })
  const detail = (await ask('asker', 'GET', `/api/funds/spending/${id}`)).body
  expect(detail).toMatchObject({
    state: 'paid',
    account: '会员活动支出',
    capitals: '捌佰元整',
    payment: { voucherNumber: '记-04-001' },
    moves: [],
  })
  expect(detail.acts.map((one: { verb: string; words: string | null }) => [one.verb, one.words])).toEqual([
    ['提交', null],
    ['同意', '票据齐全'],
    ['同意', null],
    ['同意', '已付款，记-04-001'],
  ])
  const { rows: kept } = await desk.ownerPool.query(
    "select fields ->> 'kind' as kind, (fields ->> 'amount')::int as amount from kernel.record where register = 'funds.payment' and kept_by = $1",
    [`funds/spending/${id}`],
  )
  expect(kept).toEqual([{ kind: '职工福利', amount: 80_000 }])
})

test('others see nothing of it, and a branch only its own', async () => {
  const id = await draw({ unitId: world.unit('east'), payee: '李强' }, 'chair')
  expect((await ask('stranger', 'GET', `/api/funds/spending/${id}`)).status).toBe(404)
  expect((await act('stranger', id, '同意')).status).toBe(404)
  expect((await ask('asker', 'GET', `/api/funds/spending/${id}`)).status).toBe(404)
  const list = async (who: Office, unit: 'east' | 'east-1' | 'south') =>
    ask(who, 'GET', `/api/funds/spending?unitId=${world.unit(unit)}&year=2026`)
  expect((await list('asker', 'east-1')).body.rows.some((row: { id: number }) => row.id === id)).toBe(false)
  expect((await list('accountant', 'east')).body.rows.some((row: { id: number }) => row.id === id)).toBe(true)
  expect((await list('stranger', 'east')).status).toBe(404)
  expect((await ask('asker', 'POST', '/api/funds/spending', visit({ unitId: world.unit('east') }))).status).toBe(404)
  expect((await ask('stranger', 'POST', '/api/funds/spending', visit())).status).toBe(404)
})

test.each<[string, object, string]>([
  ['no amount', { amountFen: 0 }, 'amountFen'],
  ['too precise', { amountFen: 1.5 }, 'amountFen'],
  ['more than its invoices', { amountFen: 9_000_001 }, 'amountFen'],
  ['nobody visited', { people: null }, 'people'],
  ['prizes without participants', { kind: 'prize', form: 'goods', people: 3 }, 'participants'],
  ['no holiday', { kind: 'festival', form: 'goods', people: 3 }, 'holiday'],
  ['minutes without a day', { minutes: '纪要' }, 'minutes'],
  ['no such kind', { kind: 'gift' }, 'kind'],
])('refuses %s at the field', async (_what, change, field) => {
  const answer = await ask('asker', 'POST', '/api/funds/spending', visit(change))
  expect(answer.status).toBe(422)
  expect(Object.keys(answer.body.fields)).toContain(field)
})

test('an invoice is used once, with where it was; a refused request gives it free', async () => {
  const invoices = [{ number: 'F2026A0001', amountFen: 100_000 }]
  const first = await draw({ invoices })
  const again = await ask(
    'asker',
    'POST',
    '/api/funds/spending',
    visit({ invoices: [{ ...invoices[0], number: 'f2026a0001' }] }),
  )
  expect(again).toMatchObject({ status: 409, body: { code: 'invoice-used' } })
  expect(again.body.fields['invoices.0.number']).toContain(`第 ${first} 号`)
  expect(again.body.message).toContain('看望住院会员')
  // Somebody who may not see that request doesn't hear what it was for.
  const other = await ask('chair', 'POST', '/api/funds/spending', visit({ unitId: world.unit('east'), invoices }))
  expect(other.body.message).toContain(`第 ${first} 号`)
  await act('asker', first, '提交')
  await act('accountant', first, '否决', { words: '发票抬头不符' })
  await draw({ invoices })
})

test('what was sent back is mended by who asked, nobody else, and not behind one’s back', async () => {
  const id = await draw()
  await act('asker', id, '提交')
  const edit = { ...visit({ purpose: '看望住院会员（改）' }), unitId: undefined, version: 1 }
  expect(await ask('asker', 'PUT', `/api/funds/spending/${id}`, edit)).toMatchObject({ body: { code: 'not-editable' } })
  expect(await act('accountant', id, '退回')).toMatchObject({ body: { code: 'words-missing' } })
  await act('accountant', id, '退回', { words: '请补签收单' })
  expect((await act('accountant', id, '提交')).status).toBe(422)
  expect((await ask('asker', 'PUT', `/api/funds/spending/${id}`, edit)).status).toBe(204)
  expect(await ask('asker', 'PUT', `/api/funds/spending/${id}`, edit)).toMatchObject({
    status: 409,
    body: { code: 'edited-meanwhile' },
  })
  expect((await act('asker', id, '提交')).body.to).toBe('submitted')
  expect((await act('asker', id, '撤回')).body.to).toBe('draft')
  expect((await act('asker', id, '终止', { words: '不需要了' })).body.to).toBe('cancelled')
})

test('nobody signs or pays what is their own, and the three hands are three', async () => {
  const own = await draw({ unitId: world.unit('east'), payee: '李强' }, 'chair')
  await act('chair', own, '提交')
  await act('accountant', own, '同意')
  expect(await act('chair', own, '同意')).toMatchObject({ body: { code: 'own-request' } })
  const forChair = await checked({ personId: world.person('李强') })
  expect(await act('chair', forChair, '同意')).toMatchObject({ body: { code: 'own-request' } })
  const cashiers = await draw({ unitId: world.unit('east'), payee: '陈静' }, 'cashier')
  await act('cashier', cashiers, '提交')
  await act('accountant', cashiers, '同意')
  await act('chair', cashiers, '同意')
  expect(await pay('cashier', cashiers)).toMatchObject({ body: { code: 'same-hand' } })
  // A union of twenty has one cashier: there it may.
  await desk.ownerPool.query("update funds.book set profile = 'small' where id = $1", [bookId])
  expect((await pay('cashier', cashiers)).status).toBe(201)
  await desk.ownerPool.query("update funds.book set profile = 'normal' where id = $1", [bookId])
})

test('who signs depends on the amount; above the chair’s limit the minutes must be there', async () => {
  const route = (given: object) =>
    ask('accountant', 'POST', '/api/funds/approval-routes', {
      unitId: world.unit('east'),
      deputyUpToFen: 100_000,
      chairUpToFen: 300_000,
      document: '东风工会经费管理办法第六条',
      validFrom: '2026-01-01',
      ...given,
    })
  expect((await route({ chairUpToFen: 1 })).status).toBe(422)
  expect((await ask('cashier', 'POST', '/api/funds/approval-routes', {})).status).toBe(422)
  expect((await route({})).status).toBe(201)
  expect(await route({})).toMatchObject({ body: { code: 'route-later' } })
  const small = await checked({ amountFen: 100_000 })
  expect((await act('deputy', small, '同意')).body.to).toBe('approved')
  const middle = await checked({ amountFen: 100_001 })
  expect(await act('deputy', middle, '同意')).toMatchObject({ body: { code: 'above-limit' } })
  expect((await act('chair', middle, '同意')).body.to).toBe('approved')
  const large = await checked({ amountFen: 300_001 })
  expect(await act('chair', large, '同意')).toMatchObject({ body: { code: 'not-ready' } })
  const decided = await checked({ amountFen: 300_001, minutes: '四月委员会会议纪要', minutesOn: '2026-04-10' })
  expect((await act('chair', decided, '同意')).body.to).toBe('approved')
})

test('what the rules block isn’t approved, with its arithmetic; without a standard it passes', async () => {
  const limit = await ask('accountant', 'POST', '/api/funds/limits', {
    unitId: world.unit('east'),
    kind: 'illness',
    amountFen: 90_000,
    per: 'person',
    source: '清河县基层工会经费收支管理实施细则',
    page: '12',
    validFrom: '2026-01-01',
  })
  expect(limit.status).toBe(201)
  const tooMuch = await checked({ amountFen: 90_001 })
  const refusal = await act('chair', tooMuch, '同意')
  expect(refusal).toMatchObject({ status: 422, body: { code: 'rule-blocks' } })
  expect(refusal.body.detail.verdicts[0].steps.join('')).toContain('第12页')
  const unconfirmed = await checked({ confirmed: [] })
  expect((await act('chair', unconfirmed, '同意')).body.detail.verdicts).toHaveLength(8)
  const cash = await checked({ kind: 'birthday', form: 'money' })
  expect((await act('chair', cash, '同意')).body.message).toContain('慰问品不以现金')
  const fine = await checked({ amountFen: 90_000 })
  expect((await act('chair', fine, '同意')).body.to).toBe('approved')
})

test('money that isn’t there isn’t granted, and what is granted isn’t there any more', async () => {
  const till = await balanceNow(db, bookId, '101')
  const first = await checked({ kind: 'office', people: null, form: 'service', method: 'cash', amountFen: 100_000 })
  await act('chair', first, '同意')
  const second = await checked({
    kind: 'office',
    people: null,
    form: 'service',
    method: 'cash',
    amountFen: till - 99_999,
  })
  expect(await act('chair', second, '同意')).toMatchObject({ status: 409, body: { code: 'balance-short' } })
  const none = await draw({ unitId: world.unit('east'), kind: 'remittance', people: null, form: 'service' }, 'chair')
  await act('chair', none, '提交')
  await act('accountant', none, '同意')
  expect(await act('deputy', none, '同意')).toMatchObject({ status: 409, body: { code: 'balance-short' } })
  // Another room's grant takes the bank's money as a request's does.
  const bank = await balanceNow(db, bookId, '102')
  const fine = await checked({ kind: 'office', people: null, form: 'service', amountFen: 100 })
  elsewhere.push({
    path: 'aid/cycles/1',
    accountCode: '50404',
    projectId: null,
    fen: bank,
    year: 2026,
    method: 'transfer',
  })
  expect(await act('chair', fine, '同意')).toMatchObject({ status: 409, body: { code: 'balance-short' } })
  elsewhere.length = 0
  expect((await act('chair', fine, '同意')).body.to).toBe('approved')
})

test('another room asks in its own transaction, once', async () => {
  const draft = { ...visit(), source: 'care/visits/12' } as Parameters<typeof requestSpending>[2]
  const made = await db.transaction().execute((tx) => requestSpending(tx, desk.actor('asker'), draft, TODAY))
  expect((await ask('accountant', 'GET', `/api/funds/spending/${made.id}`)).body).toMatchObject({
    state: 'submitted',
    source: 'care/visits/12',
  })
  await expect(
    db.transaction().execute((tx) => requestSpending(tx, desk.actor('asker'), { ...draft, invoices: [] }, TODAY)),
  ).rejects.toMatchObject({ code: 'source-requested' })
})
