import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { addDays } from '../../../kernel/calendar/days.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import funds from '../../funds/module.ts'
import { balanceNow, openBook, postVoucher, verifyBook } from '../../funds/public.ts'
import fundsServe from '../../funds/serve.ts'
import module from '../module.ts'
import { mutualAidRoutes } from './routes.ts'

declarePermissions([...module.permissions, ...funds.permissions])
declareRegisters(module.registers ?? [])
declareRegisters(funds.registers!, funds.metrics)
for (const [measure, recompute] of Object.entries(fundsServe.recomputes ?? {})) declareRecompute(measure, recompute)
export const { db, ownerPool } = await testDatabase()
export let world: World
/** The desk's calendar. */
export let today = '2026-01-10'
export const onDay = (day: string): void => void (today = day)
export let app: App
let bookId: number

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  await db.transaction().execute(async (tx) => {
    bookId = (await openBook(tx, operator(), { unitId: world.unit('east'), openedOn: '2026-01-01' })).id
    await postVoucher(tx, operator(), world.unit('east'), {
      onDate: '2026-01-02',
      summary: '收拨缴经费',
      attachments: 1,
      entries: [
        { account: '102', debitFen: 1_000_000 },
        { account: '402', creditFen: 1_000_000 },
      ],
    })
  })
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
// After every deed: facts equal the rows, the money held is 代管经费 in the journal, claims paid are the register's sum.
afterEach(async () => {
  expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
  expect((await verifyBook(db, bookId)).faults).toEqual([])
  const { rows } = await sql<{ held: number; claims: number }>`
    select coalesce(sum(amount_fen), 0)::bigint as held,
      coalesce(-sum(amount_fen) filter (where kind in ('claim', 'returned')), 0)::bigint as claims from mutual_aid.movement`.execute(
    db,
  )
  expect(await held221()).toBe(rows[0]!.held)
  const direct = await sql<{ fen: number }>`
    select coalesce(sum(paid_fen), 0)::bigint as fen from mutual_aid.claim where paid_through = 'direct'`.execute(db)
  expect((await figures('mutual-aid.claim.amount'))[0]).toBe(rows[0]!.claims + direct.rows[0]!.fen)
})

/** What stands in 代管经费, in fen. */
export const held221 = async (): Promise<number> => 0 - (await balanceNow(db, bookId, '221'))
export async function ask(who: PersonName, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/mutual-aid${url}`,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
export const figures = async (...names: string[]): Promise<number[]> => {
  const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
  const found = await figuresOf(db, await catalogue(db), scope, names)
  return names.map((name) => found.find((figure) => figure.metric === name)?.value ?? 0)
}
/** An internal fund's plan as a form sends it. */
export const plan = (more: object = {}) => ({
  unitId: world.unit('east'),
  scheme: '会员大病互助',
  title: '2026 年大病互助金',
  organiser: '东风机械公司工会',
  kind: 'internal',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  premiumFen: 10_000,
  waitingDays: 30,
  claimDays: 300,
  causes: ['大病'],
  papers: [],
  formula: { kind: 'lump', amounts: { 一类: 30_000, 二类: 10_000 }, lessPaid: false },
  caps: {},
  document: '公司工会〔2025〕18号',
  ...more,
})
/** A claim of one's own, a lump of the first category. */
export const file = (who: PersonName, planId: number, more: object = {}) =>
  ask(who, 'POST', '/claims', {
    planId,
    personId: world.person(who),
    cause: '大病',
    category: '一类',
    eventOn: addDays(today, -5),
    hospital: '三级',
    totalFen: 900_000,
    ownFen: 400_000,
    invoiceNo: `F${Math.random()}`,
    claimedFen: 30_000,
    ...more,
  })
export const move = (who: PersonName, id: number, verb: string, more: object = {}) =>
  ask(who, 'POST', `/claims/${id}/moves`, { verb, ...more })
export const pay = (who: PersonName, id: number, more: object = {}) =>
  ask(who, 'POST', `/claims/${id}/payment`, { paidOn: today, ...more })
/** Whether the second look falls on a claim. */
export const sampled = async (id: number, yes: boolean): Promise<void> =>
  void (await sql`update mutual_aid.claim set sampled = ${yes} where id = ${id}`.execute(db))

/** An internal fund that everybody of the company union has paid into, 60,000 fen of six people. @returns its plan */
export async function filledFund(): Promise<number> {
  const unitId = world.unit('east')
  const fund = (await ask('李强', 'POST', '/plans', plan())).body.id
  await ask('李强', 'POST', `/plans/${fund}/enrolments`, { unitId })
  await ask('李强', 'POST', `/plans/${fund}/collections`, { unitId, receivedOn: today })
  return fund
}
