import { afterAll, expect, test } from 'vitest'
import { operator } from '../../../../kernel/access/actor.ts'
import { WorkCalendar } from '../../../../kernel/calendar/working-days.ts'
import { cardOn, EIGHT_FORBIDDEN } from '../../../rules/public.ts'
import { overviewOf } from '../statements/overview.ts'
import { postVoucher, requireBook } from '../../public.ts'
import { cashDays, cashFindings, judgePosted, judgeTakings } from './cash.ts'
import { openDesk, TODAY } from './desk-for-tests.ts'

// The till: 2,000 yuan lie in it from last year.
const desk = await openDesk()
const { ask, db, world, bookId } = desk
afterAll(() => desk.app.close())
const circumstances = { confirmed: new Map<string, string>(), calendar: new WorkCalendar() }

const move = (
  onDate: string,
  debit: string,
  credit: string,
  fen: number,
  kind: 'business' | 'correction' = 'business',
) =>
  db.transaction().execute((tx) =>
    postVoucher(tx, operator(), world.unit('east'), {
      onDate,
      kind,
      summary: '现金',
      attachments: 1,
      entries: [
        { account: debit, debitFen: fen },
        { account: credit, creditFen: fen },
      ],
    }),
  )
/** A request for cash, granted: it waits at the cashier’s. */
async function granted(amountFen: number): Promise<number> {
  const draft = {
    unitId: world.unit('east-1'),
    kind: 'office',
    purpose: '办公用品',
    amountFen,
    payee: '张敏',
    form: 'service',
    method: 'cash',
    confirmed: EIGHT_FORBIDDEN.map((one) => one.id),
  }
  const { id } = (await ask('asker', 'POST', '/api/funds/spending', draft)).body
  await ask('asker', 'POST', `/api/funds/spending/${id}/acts`, { verb: '提交' })
  await ask('accountant', 'POST', `/api/funds/spending/${id}/acts`, { verb: '同意' })
  expect((await ask('chair', 'POST', `/api/funds/spending/${id}/acts`, { verb: '同意' })).status).toBe(200)
  return id
}
const pay = (id: number) => ask('cashier', 'POST', `/api/funds/spending/${id}/payment`, { paidOn: TODAY })
const overview = async () => overviewOf(db, await requireBook(db, world.unit('east')), 2026)

test('cash that came in today isn’t paid out: 坐支 is refused with its card and its arithmetic', async () => {
  // 2,000 in the till, 500 of dues came in today.
  await move(TODAY, '101', '401', 50_000)
  const within = await granted(190_000)
  expect((await pay(within)).status).toBe(201)
  const beyond = await granted(15_000)
  const refusal = await pay(beyond)
  expect(refusal).toMatchObject({ status: 422, body: { code: 'rule-blocks' } })
  expect(refusal.body.detail.verdicts[0]).toMatchObject({ cardId: 'FS-NO-TAKINGS', blocks: true })
  expect(refusal.body.message).toContain('其中 50.00 元动用了当日收入的现金')
  expect(refusal.body.fields.paidOn).toContain('送存银行')
  // Money fetched from the bank pays.
  await move(TODAY, '101', '102', 10_000)
  expect((await pay(beyond)).status).toBe(201)
  expect(await cashDays(db, bookId, TODAY, TODAY)).toEqual([
    {
      on: TODAY,
      openingFen: 200_000,
      drawnFen: 10_000,
      takenFen: 50_000,
      depositedFen: 0,
      paidFen: 205_000,
      countedFen: 0,
    },
  ])
  expect((await cashFindings(db, bookId, '2026-01-01', TODAY, circumstances)).findings).toEqual([])
})

test('a voucher written by hand is judged alike: 坐支 refused unless the bank allows it, a night over the limit remarked', async () => {
  const limit = (given: object, who: 'accountant' | 'cashier' = 'accountant') =>
    ask(who, 'POST', '/api/funds/cash-limits', {
      unitId: world.unit('east'),
      amountFen: 100_000,
      document: '建设银行清河支行核定书',
      validFrom: '2026-04-01',
      ...given,
    })
  expect((await limit({}, 'cashier')).status).toBe(403)
  expect(Object.keys((await limit({ amountFen: -1, document: '' })).body.fields)).toEqual(['amountFen', 'document'])
  expect((await limit({})).status).toBe(201)
  expect(await limit({})).toMatchObject({ status: 422, body: { code: 'cash-limit-later' } })
  // 550 yuan lie in the till; 2,000 come in, of which the bank allows 300 to be paid out.
  await move('2026-04-21', '101', '401', 200_000)
  await expect(move('2026-04-21', '50504', '101', 100_000)).rejects.toMatchObject({
    status: 422,
    code: 'rule-blocks',
    fields: { onDate: '当日收到的现金要送存银行，不能直接支付' },
  })
  expect((await limit({ takingsFen: 30_000, validFrom: '2026-04-02' })).status).toBe(201)
  await expect(move('2026-04-21', '50504', '101', 85_001)).rejects.toMatchObject({ code: 'rule-blocks' })
  await move('2026-04-21', '50504', '101', 85_000)
  // What takes an error back isn't judged: it only undoes what was.
  await move('2026-04-21', '50504', '101', 1_000, 'correction')
  const { cash } = await overview()
  expect(cash.limitFen).toBe(100_000)
  expect(cash.findings.map((one) => [one.on, one.cardId])).toEqual([
    ['2026-04-21', 'FS-NO-TAKINGS'],
    ['2026-04-21', 'FS-TILL-LIMIT'],
  ])
  expect(cash.findings[1]!.steps.join('')).toContain('请当日送存银行')
  await move('2026-04-22', '102', '101', 70_000)
  expect((await overview()).cash.findings.filter((one) => one.on === '2026-04-22')).toEqual([])
})

test('a night over the limit is a remark, and a card that only memory vouches for never blocks', async () => {
  const over = await move('2026-04-23', '101', '102', 300_000)
  const remarks = await db.transaction().execute((tx) => judgePosted(tx, bookId, [over.voucherId]))
  expect(remarks).toEqual([expect.stringContaining('库存现金不超过核定限额')])
  expect(remarks[0]).toContain('请当日送存银行')
  const fromTakings = {
    on: TODAY,
    openingFen: 0,
    drawnFen: 0,
    takenFen: 900,
    depositedFen: 0,
    paidFen: 800,
    countedFen: 0,
  }
  const byText = cardOn('FS-NO-TAKINGS', TODAY)!
  expect(judgeTakings(fromTakings, [], circumstances, byText)).toMatchObject({ holds: false, blocks: true })
  const byMemory = { ...byText, verification: 'memory' as const }
  expect(judgeTakings(fromTakings, [], circumstances, byMemory)).toMatchObject({ holds: false, blocks: false })
  const confirmed = new Map([[byText.id, '银行核定书']])
  expect(judgeTakings(fromTakings, [], { ...circumstances, confirmed }, byMemory)).toMatchObject({ blocks: true })
})
