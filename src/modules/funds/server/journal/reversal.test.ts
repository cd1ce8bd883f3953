import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { operator } from '../../../../kernel/access/actor.ts'
import { todosOf } from '../../../../kernel/lifecycle/todos.ts'
import { balanceNow, postVoucher } from '../../public.ts'
import { EIGHT_FORBIDDEN } from '../../../rules/public.ts'
import { assetRoutes } from '../assets/asset-routes.ts'
import { bookDesk } from '../book-for-tests.ts'
import { incomeRoutes } from '../income/routes.ts'
import { spendingRoutes } from '../spending/routes.ts'
import { declareReversal } from './reversal.ts'
import { voucherRoutes } from './voucher-routes.ts'

const TODAY = '2026-04-20'
const desk = await bookDesk([voucherRoutes, spendingRoutes, incomeRoutes, assetRoutes], '2026-01-01', TODAY)
const { ask } = desk

beforeAll(() => desk.post('2026-01-04', '102', '405', 10_000_000))

/** Draws the red voucher up and has it reviewed and posted. */
async function reverse(voucherId: number) {
  const red = await ask('会计', 'POST', `/api/funds/vouchers/${voucherId}/reverse`, { onDate: TODAY })
  if (red.status !== 201) return red
  expect((await ask('主管', 'POST', `/api/funds/vouchers/${red.body.id}/review`)).status).toBe(200)
  return ask('会计', 'POST', '/api/funds/vouchers/post', { ids: [red.body.id] })
}
const records = async (register: string) =>
  (
    await sql<{ keptBy: string; state: string }>`select kept_by as "keptBy", state from kernel.record
      where register = ${register} order by id`.execute(desk.db)
  ).rows

test('a payment taken back leaves the request granted and unpaid; it is paid anew with a voucher of its own', async () => {
  const { body: drawn } = await ask('经办', 'POST', '/api/funds/spending', {
    unitId: desk.world.unit('east-1'),
    kind: 'illness',
    purpose: '看望住院会员',
    amountFen: 80_000,
    payee: '张敏',
    people: 1,
    form: 'money',
    method: 'transfer',
    confirmed: EIGHT_FORBIDDEN.map((one) => one.id),
    invoices: [{ number: '24442000001', amountFen: 80_000, seller: '清河水果店' }],
  })
  const at = `/api/funds/spending/${drawn.id}`
  for (const [who, verb] of [
    ['经办', '提交'],
    ['主管', '同意'],
    ['主席', '同意'],
  ] as const)
    expect((await ask(who, 'POST', `${at}/acts`, { verb })).status).toBe(200)
  const pay = () => ask('出纳', 'POST', `${at}/payment`, { paidOn: TODAY })
  const { body: first } = await pay()
  const before = await balanceNow(desk.db, desk.book.id, '102')

  // Drawn up alone it changes nothing: only what is posted counts.
  const red = await ask('会计', 'POST', `/api/funds/vouchers/${first.voucherId}/reverse`, { onDate: TODAY })
  expect((await ask('主席', 'GET', at)).body.state).toBe('paid')
  await ask('主管', 'POST', `/api/funds/vouchers/${red.body.id}/review`)
  expect((await ask('会计', 'POST', '/api/funds/vouchers/post', { ids: [red.body.id] })).status).toBe(200)
  expect((await ask('主席', 'GET', at)).body).toMatchObject({ state: 'approved', payment: null })
  expect(await balanceNow(desk.db, desk.book.id, '102')).toBe(before + 80_000)
  expect((await todosOf(desk.db, desk.actor('出纳'), TODAY)).map((todo) => todo.title)).toEqual([
    '待付款（原付款已冲销）：看望住院会员',
  ])
  const { rows: aside } =
    await sql`select voucher_id, red_voucher_id, reversed_name from funds.reversed_payment`.execute(desk.db)
  expect(aside).toEqual([{ voucher_id: first.voucherId, red_voucher_id: red.body.id, reversed_name: '李强' }])

  const second = await pay()
  expect(second.status).toBe(201)
  expect((await ask('会计', 'GET', `/api/funds/vouchers/${second.body.voucherId}`)).body).toMatchObject({
    source: `funds/spending/${drawn.id}/2`,
    invoices: [{ number: '24442000001', released: false }],
  })
  expect(await records('funds.payment')).toEqual([
    { keptBy: `funds/spending/${drawn.id}`, state: 'void' },
    { keptBy: `funds/spending/${drawn.id}`, state: 'recorded' },
  ])
  // The second payment can be taken back like the first.
  expect((await reverse(second.body.voucherId)).status).toBe(200)
  expect((await pay()).status).toBe(201)
  expect(await todosOf(desk.db, desk.actor('出纳'), TODAY)).toEqual([])
})

test('dues taken in by mistake are owed again, and the receipt is cancelled', async () => {
  const unitId = desk.book.unitId
  const personId = desk.world.person('陈静')
  await desk.ownerPool.query(
    `insert into funds.dues_base (book_id, person_id, base_fen, valid_from, created_by) values ($1, $2, 500000, '2026-01-01', 0)`,
    [desk.book.id, personId],
  )
  const collect = () =>
    ask('出纳', 'POST', '/api/funds/dues/collections', {
      unitId,
      receivedOn: TODAY,
      method: 'cash',
      payer: '装配分会',
      rows: [{ personId, month: '2026-03', amountFen: 2500 }],
    })
  const taken = await collect()
  expect(taken.status).toBe(201)
  expect((await collect()).body.code).toBe('dues-too-much')
  expect((await reverse(taken.body.voucherId)).status).toBe(200)
  expect((await ask('会计', 'GET', `/api/funds/receipts/${taken.body.id}`)).body.reversedById).toEqual(
    expect.any(Number),
  )
  expect(await records('funds.receipt')).toEqual([{ keptBy: `funds/income/${taken.body.id}`, state: 'void' }])
  expect((await collect()).status).toBe(201)
})

test('an allocation can be taken back until its upper part has gone up', async () => {
  const unitId = desk.book.unitId
  await desk.ownerPool.query(
    `insert into funds.upper_share (book_id, name, share, valid_from, document, created_by) values ($1, '县总工会', 4000, '2026-01-01', '县工发〔2026〕1号', 0)`,
    [desk.book.id],
  )
  const take = async (): Promise<number> =>
    (
      await ask('出纳', 'POST', '/api/funds/allocation', {
        unitId,
        receivedOn: TODAY,
        way: 'direct',
        payer: '东风机械公司',
        months: [{ month: '2026-03', totalFen: 100_000 }],
      })
    ).body.voucherId
  expect((await reverse(await take())).status).toBe(200)
  expect(await balanceNow(desk.db, desk.book.id, '211')).toBe(0)
  const again = await take()
  await desk.post(TODAY, '211', '102', 40_000)
  expect((await reverse(again)).body.code).toBe('share-sent-up')
})

test('an advance and its settlement, goods bought and given out, go back one step at a time', async () => {
  const unitId = desk.book.unitId
  const { body: advance } = await ask('会计', 'POST', '/api/funds/advances', {
    unitId,
    onDate: TODAY,
    payee: '杨帆',
    amountFen: 50_000,
    purpose: '秋游',
    dueOn: '2026-05-20',
    payFrom: '102',
    attachments: 1,
  })
  expect(advance.voucherId).toEqual(expect.any(Number))
  await ask('会计', 'POST', `/api/funds/advances/${advance.id}/settlement`, {
    unitId,
    onDate: TODAY,
    spentFen: 50_000,
    returnedFen: 0,
    spendingAccount: '50105',
    account: '102',
    attachments: 1,
  })
  const open = async () => {
    const { rows } = await sql<{ fen: number; voucherId: number }>`select
      (a.amount_fen - coalesce(sum(s.spent_fen + s.returned_fen), 0))::bigint as fen, min(s.voucher_id) as "voucherId"
      from funds.advance a left join funds.advance_settlement s on s.advance_id = a.id group by a.id`.execute(desk.db)
    return rows[0]!
  }
  const { fen, voucherId: settlement } = await open()
  expect(fen).toBe(0)
  expect((await reverse(advance.voucherId)).body.code).toBe('advance-settled')
  expect((await reverse(settlement)).status).toBe(200)
  expect((await open()).fen).toBe(50_000)
  expect((await reverse(advance.voucherId)).status).toBe(200)
  expect((await open()).fen).toBe(0)

  const bought = await ask('会计', 'POST', '/api/funds/stock', {
    unitId,
    onDate: TODAY,
    name: '毛巾',
    measure: '条',
    quantity: 20,
    amountFen: 20_000,
    purpose: '夏送清凉',
    spendingAccount: '50405',
    attachments: 1,
  })
  const { rows } = await sql<{ id: number }>`select id from funds.stock_item`.execute(desk.db)
  const given = await ask('会计', 'POST', `/api/funds/stock/${rows[0]!.id}/issue`, {
    unitId,
    onDate: TODAY,
    quantity: 5,
    purpose: '一车间',
    attachments: 1,
  })
  expect((await reverse(bought.body.voucherId)).body.code).toBe('stock-used')
  expect((await reverse(given.body.voucherId)).status).toBe(200)
  expect((await reverse(bought.body.voucherId)).status).toBe(200)
  expect((await ask('会计', 'GET', `/api/funds/stock?unitId=${unitId}`)).body.items).toMatchObject([
    { quantity: 0, amountFen: 0 },
  ])
})

test('a card whose purchase is taken back leaves; not once it was depreciated', async () => {
  const unitId = desk.book.unitId
  const buy = async (name: string): Promise<number> => {
    const made = await ask('会计', 'POST', '/api/funds/assets', {
      unitId,
      name,
      code: 'GD-009',
      kind: 'office',
      years: 6,
      costFen: 480_000,
      acquiredOn: '2026-02-10',
      origin: 'bought',
      spendingAccount: '50702',
      payFrom: '102',
      attachments: 1,
    })
    expect(made.status).toBe(201)
    return made.body.voucherId
  }
  const kept = await buy('打印机')
  expect((await ask('会计', 'POST', '/api/funds/depreciation', { unitId, month: '2026-03' })).status).toBe(200)
  expect((await reverse(kept)).body.code).toBe('card-used')
  const { rows: depreciation } = await sql<{
    id: number
  }>`select id from funds.voucher where kind = 'depreciation'`.execute(desk.db)
  expect((await reverse(depreciation[0]!.id)).status).toBe(200)
  expect((await reverse(kept)).status).toBe(200)
  expect((await ask('会计', 'GET', `/api/funds/assets?unitId=${unitId}`)).body).toMatchObject({
    assets: [{ state: 'left', lostFen: 0 }],
    cards: { costFen: 0, lostFen: 0 },
    ledger: { costFen: 0, lostFen: 0 },
  })
})

test('a voucher of another room goes back only as that room says', async () => {
  const posted = (source: string) =>
    desk.db.transaction().execute((tx) =>
      postVoucher(tx, operator(), desk.book.unitId, {
        onDate: TODAY,
        summary: '别处办的事',
        attachments: 1,
        source,
        entries: [
          { account: '50105', debitFen: 100 },
          { account: '102', creditFen: 100 },
        ],
      }),
    )
  const { voucherId } = await posted('elsewhere/1')
  expect((await reverse(voucherId)).body.code).toBe('source-elsewhere')
  const undone: string[] = []
  declareReversal('known/', {
    check: async () => {},
    undo: async (_, __, reversed) => void undone.push(reversed.source!),
  })
  expect((await reverse((await posted('known/7')).voucherId)).status).toBe(200)
  expect(undone).toEqual(['known/7'])
})
