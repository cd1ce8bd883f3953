import { declarePermissions } from '../../../kernel/access/access.ts'
import { buildApp, type App, type Routes } from '../../../kernel/http/app.ts'
import { lifecycleRoutes } from '../../../kernel/lifecycle/routes.ts'
import { declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase, type TestDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import ballots from '../../ballots/module.ts'
import { voteRoutes } from '../../ballots/server/routes.ts'
import congress from '../../congress/module.ts'
import { sessionRoutes } from '../../congress/server/session-routes.ts'
import { termRoutes as congressTermRoutes } from '../../congress/server/term-routes.ts'
import members from '../../members/module.ts'
import organisation from '../../organisation/module.ts'
import { termRoutes } from '../../organisation/server/term-routes.ts'
import unionBuilding from '../../union-building/module.ts'
import module from '../module.ts'
import { electionRoutes } from './routes.ts'
import { seatingRoutes } from './seating-routes.ts'

/** What a question over HTTP answers. */
export interface Answer {
  status: number
  body: any
}

/** The eastern union's election office: the small world behind its front door, on a day that a test may move. */
export interface Office extends TestDatabase {
  app: App
  world: World
  ask(who: PersonName, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object): Promise<Answer>
  /** The same, and it must succeed. */
  does(who: PersonName, method: 'POST' | 'PUT', url: string, payload?: object): Promise<any>
  /** A count entered by two. */
  counted(voteId: number, tellers: readonly [PersonName, PersonName], sheet: object): Promise<Answer>
  setToday(day: string): void
}

/** Call it at the top of a test file. @param box routes and data folder of secret votes, where a test holds one */
export async function openOffice(box?: { routes: readonly Routes[]; dataDir: string }): Promise<Office> {
  declarePermissions([
    ...organisation.permissions,
    ...unionBuilding.permissions,
    ...ballots.permissions,
    ...congress.permissions,
    ...members.permissions,
    ...module.permissions,
  ])
  declareRegisters([...unionBuilding.registers!, ...congress.registers!])
  const database = await testDatabase()
  const world = await smallWorld(database.ownerPool)
  let day = '2026-03-02'
  const app = await buildApp(
    {
      db: database.db,
      today: () => day,
      config: {
        dataDir: box?.dataDir ?? '',
        publicUrl: box ? 'http://localhost' : 'http://test',
        host: '',
        port: 0,
        tls: null,
        webDir: null,
      },
    },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [
      electionRoutes,
      seatingRoutes,
      voteRoutes,
      termRoutes,
      congressTermRoutes,
      sessionRoutes,
      lifecycleRoutes,
      ...(box?.routes ?? []),
    ],
  )
  const ask: Office['ask'] = async (who, method, url, payload) => {
    const answer = await app.inject({
      method,
      url,
      headers: { cookie: `as=${encodeURIComponent(who)}` },
      ...(payload && { payload }),
    })
    const json = String(answer.headers['content-type'] ?? '').includes('json')
    return { status: answer.statusCode, body: json ? answer.json() : answer.rawPayload }
  }
  return {
    ...database,
    app,
    world,
    ask,
    does: async (who, method, url, payload) => {
      const answer = await ask(who, method, url, payload)
      if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body
    },
    counted: async (voteId, tellers, sheet) => {
      let last: Answer = { status: 0, body: null }
      for (const who of tellers) last = await ask(who, 'PUT', `/api/votes/${voteId}/counts/main`, sheet)
      return last
    },
    setToday: (next) => {
      day = next
    },
  }
}
