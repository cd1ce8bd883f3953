import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator, type Actor } from '../../../kernel/access/actor.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App, type Routes } from '../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase, type TestDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import accounts from '../../accounts/module.ts'
import { createAuthenticate } from '../../accounts/public.ts'
import openness from '../../openness/module.ts'
import module from '../module.ts'
import { closeMonth, openBook, postVoucher, type Book } from '../public.ts'
import { budgetRecomputes } from './budget/facts.ts'
import type { EntryDraft } from './journal/draft.ts'
import { recomputes } from './journal/facts.ts'

const see = ['funds.read', 'organisation.read']
/** Who plays which office at 东风机械公司工会; 外人 holds the same at another union. */
const CAST = {
  会计: {
    person: '李强',
    may: [...see, 'funds.prepare', 'funds.review', 'funds.post', 'funds.close', 'funds.export', 'funds.void'],
  },
  经办: { person: '张敏', may: ['funds.apply', 'organisation.read'] },
  主管: { person: '赵磊', may: [...see, 'funds.review'], office: '李强' },
  出纳: { person: '刘洋', may: [...see, 'funds.prepare', 'funds.pay', 'funds.apply'], office: '李强' },
  主席: {
    person: '王芳',
    may: [...see, 'funds.approve', 'funds.sign', 'accounts.read', 'accounts.manage', 'accounts.appoint'],
  },
  经审: { person: '王芳', may: [...see, 'funds.export', 'funds.audit'] },
  外人: {
    person: '周婷',
    may: [...see, 'funds.prepare', 'funds.review', 'funds.post', 'funds.close', 'funds.approve', 'funds.export'],
  },
} as const satisfies Record<string, { person: PersonName; may: readonly string[]; office?: PersonName }>
export type Hand = keyof typeof CAST

export interface Answer {
  status: number
  body: any
  bytes: Buffer
}

/** A book of 东风 with people around it, for tests that walk in through HTTP. */
export interface Desk extends Pick<TestDatabase, 'db' | 'ownerPool' | 'appUrl'> {
  world: World
  app: App
  book: Book
  dataDir: string
  /** What the server believes; a test may move it. */
  today: string
  actor(hand: Hand): Actor
  ask(
    who: Hand | Actor | { token: string },
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
  ): Promise<Answer>
  /** Posts a two-line voucher as the system does. @returns its id */
  post(onDate: string, debit: string, credit: string, fen: number, more?: Partial<EntryDraft>): Promise<number>
  closeMonths(year: number, upToMonth: number): Promise<void>
}

/** Opens the desk before a file's tests, reconciles after each. @param openedOn first day of the book */
export async function bookDesk(routes: readonly Routes[], openedOn: string, today: string): Promise<Desk> {
  declarePermissions([...module.permissions, ...accounts.permissions, ...openness.permissions])
  declareRegisters([...module.registers!, ...openness.registers!], module.metrics)
  for (const [measure, recompute] of Object.entries({ ...recomputes, ...budgetRecomputes }))
    declareRecompute(measure, recompute)
  const { db, ownerPool, appUrl } = await testDatabase()
  const desk = { db, ownerPool, appUrl, today, dataDir: mkdtempSync(path.join(tmpdir(), 'zhijia-funds-')) } as Desk
  const authenticate = createAuthenticate({ db, today: () => desk.today })
  const strangers = new Map<string, Actor>()
  beforeAll(async () => {
    desk.world = await smallWorld(desk.ownerPool)
    desk.actor = (hand) => {
      const { person, may } = CAST[hand]
      const at = 'office' in CAST[hand] ? desk.world.unit('east') : null
      if (at === null) return desk.world.as(person, [...may])
      const grants = may.map((permission) => ({ permission, unitId: at, scope: 'below' as const }))
      return { ...desk.world.as(person, []), grants }
    }
    // Accounts of the small world are its people's ids; those of a test begin above them.
    await ownerPool.query(`select setval(pg_get_serial_sequence('accounts.account', 'id'), 1000)`)
    desk.book = await desk.db
      .transaction()
      .execute((tx) => openBook(tx, operator(), { unitId: desk.world.unit('east'), openedOn }))
    desk.app = await buildApp(
      {
        db: desk.db,
        today: () => desk.today,
        config: { dataDir: desk.dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
      },
      async (cookies, request) => {
        if (cookies['zhijia']) return authenticate(cookies, request)
        const as = decodeURIComponent(cookies['as'] ?? '')
        return strangers.get(as) ?? (as in CAST ? desk.actor(as as Hand) : null)
      },
      routes,
    )
  })
  desk.ask = async (who, method, url, payload) => {
    const as = typeof who === 'string' ? who : 'token' in who ? '' : `actor-${who.accountId}`
    if (typeof who !== 'string' && 'grants' in who) strangers.set(as, who)
    const answer = await desk.app.inject({
      method,
      url,
      headers: {
        cookie: typeof who !== 'string' && 'token' in who ? `zhijia=${who.token}` : `as=${encodeURIComponent(as)}`,
      },
      ...(payload && { payload }),
    })
    const json = answer.headers['content-type']?.toString().includes('json')
    return { status: answer.statusCode, body: json ? answer.json() : answer.body, bytes: answer.rawPayload }
  }
  desk.post = async (onDate, debit, credit, fen, more = {}) =>
    (
      await desk.db.transaction().execute((tx) =>
        postVoucher(tx, operator(), desk.book.unitId, {
          onDate,
          summary: '收支',
          attachments: 1,
          entries: [
            { account: debit, debitFen: fen, ...(debit.startsWith('5') && more) },
            { account: credit, creditFen: fen, ...(!debit.startsWith('5') && more) },
          ],
        }),
      )
    ).voucherId
  desk.closeMonths = async (year, upToMonth) => {
    for (let month = 1; month <= upToMonth; month++)
      await desk.db.transaction().execute((tx) => closeMonth(tx, operator(), desk.book, year, month))
  }
  afterEach(async () => expect((await reconcile(desk.db, await catalogue(desk.db))).differences).toEqual([]))
  afterAll(async () => {
    await desk.app.close()
    rmSync(desk.dataDir, { recursive: true, force: true })
  })
  return desk
}
