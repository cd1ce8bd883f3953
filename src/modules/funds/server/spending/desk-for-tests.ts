import { declarePermissions } from '../../../../kernel/access/access.ts'
import { operator, type Actor } from '../../../../kernel/access/actor.ts'
import { declareRecompute } from '../../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../../kernel/http/app.ts'
import { declareRegisters } from '../../../../kernel/register/registry.ts'
import { testDatabase, type TestDatabase } from '../../../../kernel/testing/database.ts'
import { smallWorld, type World } from '../../../../kernel/testing/world.ts'
import module from '../../module.ts'
import { openBook, postVoucher } from '../../public.ts'
import { budgetRecomputes } from '../budget/facts.ts'
import { budgetRoutes } from '../budget/routes.ts'
import { recomputes } from '../journal/facts.ts'
import { spendingRoutes } from './routes.ts'

/** Offices of a company union's funds, one person each, and a chair from next door. */
const OFFICES = {
  asker: { person: '张敏', at: 'east-1', may: ['funds.apply', 'organisation.read'] },
  accountant: { person: '杨帆', at: 'east', may: ['funds.read', 'funds.review', 'funds.prepare', 'funds.close'] },
  deputy: { person: '赵磊', at: 'east', may: ['funds.read', 'funds.sign'] },
  chair: { person: '李强', at: 'east', may: ['funds.read', 'funds.apply', 'funds.sign', 'funds.approve'] },
  cashier: { person: '陈静', at: 'east', may: ['funds.read', 'funds.apply', 'funds.prepare', 'funds.pay'] },
  auditor: { person: '刘洋', at: 'east', may: ['funds.read', 'funds.audit'] },
  stranger: {
    person: '周婷',
    at: 'south',
    may: ['funds.read', 'funds.apply', 'funds.sign', 'funds.approve', 'funds.pay'],
  },
  // Members as such: whoever holds an office too does this in their own name.
  member: { person: '刘洋', at: 'own', may: ['funds.reimburse'] },
  neighbour: { person: '孙丽', at: 'own', may: ['funds.reimburse'] },
} as const
export type Office = keyof typeof OFFICES

export interface Desk extends TestDatabase {
  world: World
  app: App
  bookId: number
  actor(office: Office): Actor
  ask(
    office: Office,
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    payload?: object,
  ): Promise<{ status: number; body: any }>
}

export const TODAY = '2026-04-20'

/** A union with 100,000 yuan in the bank and 2,000 in the till, its officers signed in. */
export async function openDesk(): Promise<Desk> {
  declarePermissions([...module.permissions, { name: 'organisation.read', title: '查看组织' }])
  declareRegisters(module.registers!, module.metrics)
  for (const [measure, recompute] of Object.entries({ ...recomputes, ...budgetRecomputes }))
    declareRecompute(measure, recompute)
  const database = await testDatabase()
  const { db } = database
  const world = await smallWorld(database.ownerPool)
  const actor = (office: Office): Actor => {
    const { person, at, may } = OFFICES[office]
    const grants = may.map((permission) =>
      at === 'own'
        ? { permission, unitId: 0, scope: 'own' as const }
        : { permission, unitId: world.unit(at), scope: 'below' as const },
    )
    return { ...world.as(person, []), grants }
  }
  const book = await db.transaction().execute(async (tx) => {
    const opened = await openBook(tx, operator(), { unitId: world.unit('east'), openedOn: '2025-01-01' })
    for (const [account, fen] of [
      ['102', 10_000_000],
      ['101', 200_000],
    ] as const)
      await postVoucher(tx, operator(), world.unit('east'), {
        onDate: '2025-12-20',
        summary: '收拨缴经费',
        attachments: 1,
        entries: [
          { account, debitFen: fen },
          { account: '402', creditFen: fen },
        ],
      })
    return opened
  })
  const app = await buildApp(
    {
      db,
      today: () => TODAY,
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies.as ? actor(cookies.as as Office) : null),
    [spendingRoutes, budgetRoutes],
  )
  return {
    ...database,
    world,
    app,
    bookId: book.id,
    actor,
    ask: async (office, method, url, payload) => {
      const answer = await app.inject({
        method,
        url,
        headers: { cookie: `as=${office}` },
        ...(payload && { payload }),
      })
      return { status: answer.statusCode, body: answer.body ? answer.json() : null }
    },
  }
}
