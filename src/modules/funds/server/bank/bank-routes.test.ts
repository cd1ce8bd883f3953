import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator } from '../../../../kernel/access/actor.ts'
import { buildApp, type App } from '../../../../kernel/http/app.ts'
import { declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../../kernel/testing/world.ts'
import module from '../../module.ts'
import { openBook, postVoucher } from '../../public.ts'
import { bankRoutes } from './bank-routes.ts'

declarePermissions([...module.permissions])
declareRegisters(module.registers!, module.metrics)
const { db, ownerPool } = await testDatabase()
let world: World
let app: App
const east = (): number => world.unit('east')

const spent = (onDate: string, fen: number, summary: string) =>
  db.transaction().execute((tx) =>
    postVoucher(tx, operator(), east(), {
      onDate,
      summary,
      attachments: 1,
      entries: [
        { account: fen > 0 ? '102' : '50105', debitFen: Math.abs(fen) },
        { account: fen > 0 ? '405' : '102', creditFen: Math.abs(fen) },
      ],
    }),
  )

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  await db.transaction().execute((tx) => openBook(tx, operator(), { unitId: east(), openedOn: '2026-01-01' }))
  await spent('2026-02-27', 100_000, '二月行政补助')
  await spent('2026-03-02', 500_000, '三月行政补助')
  await spent('2026-03-05', -80_000, '王静住院慰问')
  await spent('2026-03-30', -30_000, '支票 XJ0091 场地费')
  app = await buildApp(
    {
      db,
      today: () => '2026-04-30',
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [bankRoutes],
  )
})
afterAll(() => app.close())

async function ask(who: PersonName, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.body ? answer.json() : null }
}
/** A statement as a form of a browser would send it. */
async function send(who: PersonName, path: string, csv: string) {
  const form = new FormData()
  form.set('unitId', String(east()))
  form.set('account', '102')
  form.set('file', new File([csv], '三月.csv'))
  const body = new Response(form)
  const answer = await app.inject({
    method: 'POST',
    url: `/api/funds/bank/${path}`,
    headers: { cookie: `as=${encodeURIComponent(who)}`, 'content-type': body.headers.get('content-type')! },
    payload: Buffer.from(await body.arrayBuffer()),
  })
  return { status: answer.statusCode, body: answer.json() }
}

const march = `交易日期,支出金额,收入金额,余额,对方户名,摘要,流水号
2026-03-02,,5000.00,6000.00,东风机械公司,补助,A1001
2026-03-06,800.00,,5200.00,王静,慰问金,A1002
2026-03-21,,3.50,5203.50,,结息,A1003
`
const account = () => `unitId=${east()}&account=102`

test('a shifted statement leaves nothing behind; a good one is previewed, brought in once and refused twice', async () => {
  const shifted = march.replace('2026-03-06,800.00,', '2026-03-06,,800.00')
  expect((await send('李强', 'statements', shifted)).body).toMatchObject({ code: 'statement-shifted' })
  expect((await sql`select 1 from funds.bank_line`.execute(db)).rows).toEqual([])
  expect((await send('张敏', 'preview', march)).status).toBe(404)
  expect((await send('李强', 'preview', march)).body).toMatchObject({
    openingFen: 100_000,
    closingFen: 520_350,
    known: 0,
  })
  expect(await send('李强', 'statements', march)).toMatchObject({ status: 201, body: { added: 3, known: 0 } })
  expect((await send('李强', 'statements', march)).body.code).toBe('statement-known')
  expect((await send('李强', 'statements', `${march}2026-03-31,20.00,,5183.50,,手续费,A1004\n`)).body).toMatchObject({
    added: 1,
    known: 3,
  })
})

test('suggestions are confirmed, sums that differ are refused, and the two sides agree after what is open', async () => {
  const { body } = await ask('李强', 'GET', `/api/funds/bank/matching?${account()}`)
  expect(body.lines).toHaveLength(4)
  // February lies before the first statement: its opening balance holds it.
  expect(body.entries.map((entry: { summary: string }) => entry.summary)).toEqual([
    '三月行政补助',
    '王静住院慰问',
    '支票 XJ0091 场地费',
  ])
  expect(body.suggestions.map((one: { confidence: string }) => one.confidence)).toEqual(['sure', 'likely'])
  const entryOf = (key: string) => ({ voucherId: Number(key.split('.')[0]), line: Number(key.split('.')[1]) })
  const confirm = (matches: object[]) =>
    ask('李强', 'POST', '/api/funds/bank/matches', { unitId: east(), account: '102', matches })
  expect((await confirm([{ lines: [body.lines[2].id], entries: [entryOf(body.entries[2].key)] }])).body.code).toBe(
    'sums-differ',
  )
  const suggested = body.suggestions.map((one: { statement: number[]; entries: string[]; reason: string }) => ({
    lines: one.statement,
    entries: one.entries.map(entryOf),
    reason: one.reason,
  }))
  expect((await confirm(suggested)).body).toEqual({ matched: 2 })
  expect((await confirm(suggested)).body.code).toBe('matched-meanwhile')
  expect(
    (await ask('张敏', 'POST', '/api/funds/bank/matches', { unitId: east(), account: '102', matches: suggested }))
      .status,
  ).toBe(404)

  const table = (await ask('李强', 'GET', `/api/funds/bank/reconciliation?${account()}&on=2026-03-31`)).body
  expect(table).toMatchObject({
    bookFen: 490_000,
    bankFen: 518_350,
    bankReceived: [{ text: '结息', amountFen: 350 }],
    bankPaid: [{ text: '手续费', amountFen: -2000 }],
    bookReceived: [],
    bookPaid: [{ text: '记-03-003 支票 XJ0091 场地费', amountFen: -30_000 }],
    adjustedBookFen: 488_350,
    adjustedBankFen: 488_350,
    differenceFen: 0,
  })
  // The condolence was booked on the 5th and paid by the bank on the 6th: open on the day in between.
  expect((await ask('李强', 'GET', `/api/funds/bank/reconciliation?${account()}&on=2026-03-05`)).body).toMatchObject({
    bookFen: 520_000,
    bankFen: 600_000,
    bookPaid: [{ amountFen: -80_000 }],
    differenceFen: 0,
  })
  const { matches } = (await ask('李强', 'GET', `/api/funds/bank/matches?${account()}`)).body
  expect((await ask('李强', 'DELETE', `/api/funds/bank/matches/${matches[0].id}?unitId=${east()}`)).status).toBe(204)
  expect((await ask('李强', 'GET', `/api/funds/bank/matching?${account()}`)).body.suggestions).toHaveLength(1)
})
