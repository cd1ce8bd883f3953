import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Actor } from '../../../kernel/access/actor.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App, type Routes } from '../../../kernel/http/app.ts'
import { lifecycleRoutes } from '../../../kernel/lifecycle/routes.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import { suggestionRoutes } from './more-routes.ts'
import { motionRoutes } from './routes.ts'

/**
 * A union's motions desk over HTTP: 李强 leads the union (sorts and supervises), 张敏 its casting branch, 刘洋, 陈静, 杨帆
 * and 赵磊 are members; 周婷 is chair of another union. Everybody has an account of their person's id.
 * @param more other rooms' doors that a story walks through
 */
export async function motionsDesk(more: readonly Routes[] = [], dataDir = '') {
  const { db, ownerPool } = await testDatabase()
  const clock = { today: '2026-03-02' }
  let world: World
  let app: App

  beforeAll(async () => {
    world = await smallWorld(ownerPool)
    await ownerPool.query(`insert into accounts.account (id, login, name, person_id, state, created_by) overriding system value
      select id, name, name, id, 'active', 0 from members.person`)
    app = await buildApp(
      {
        db,
        today: () => clock.today,
        config: {
          dataDir,
          publicUrl: dataDir ? 'http://localhost' : 'http://test',
          host: '',
          port: 0,
          tls: null,
          webDir: null,
        },
      },
      async (cookies) => (cookies.as ? actorOf(decodeURIComponent(cookies.as) as PersonName) : null),
      [motionRoutes, suggestionRoutes, lifecycleRoutes, ...more],
    )
  })
  afterAll(() => app.close())
  // The small world's members were put there without facts; what motions file is ours to answer for.
  afterEach(async () => {
    const { differences } = await reconcile(db, await catalogue(db))
    expect(differences.filter((one) => one.measure.startsWith('congress.'))).toEqual([])
  })

  /** As signed in: what the office gives, and beside it one's own. */
  function actorOf(name: PersonName): Actor {
    const own = ['motions.read', 'motions.submit', 'motions.second', 'motions.handle']
    const office = name === '张敏' ? ['motions.read', 'motions.handle'] : undefined
    const actor = world.as(name, office)
    return {
      ...actor,
      grants: [
        ...actor.grants.filter((grant) => grant.scope !== 'own'),
        ...own.map((permission) => ({ permission, unitId: 0, scope: 'own' as const })),
      ],
    }
  }

  async function ask(who: PersonName | null, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
    const answer = await app.inject({
      method,
      url,
      ...(who && { headers: { cookie: `as=${encodeURIComponent(who)}` } }),
      ...(payload && { payload }),
    })
    return {
      status: answer.statusCode,
      body: /json/.test(String(answer.headers['content-type'])) ? answer.json() : answer.rawPayload,
    }
  }

  /** Does it or fails the test with the refusal's words. */
  async function must(who: PersonName, url: string, payload: object = {}) {
    const answer = await ask(who, 'POST', url, payload)
    expect([answer.status, answer.status < 300 ? '' : answer.body?.message, answer.body?.fields ?? {}]).toEqual([
      answer.status < 300 ? answer.status : 200,
      '',
      {},
    ])
    return answer.body
  }

  /** Figures of the year for the union. */
  async function figures(...ids: string[]): Promise<Record<string, number>> {
    const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
    const found = await figuresOf(db, await catalogue(db), scope, ids)
    return Object.fromEntries(found.map((figure) => [figure.metric, figure.value]))
  }

  const scalar = async <Value>(query: ReturnType<typeof sql<{ value: Value }>>): Promise<Value | undefined> =>
    (await query.execute(db)).rows[0]?.value

  return {
    db,
    ownerPool,
    clock,
    ask,
    must,
    figures,
    scalar,
    unit: (code: Parameters<World['unit']>[0]) => world.unit(code),
    person: (name: PersonName) => world.person(name),
  }
}
