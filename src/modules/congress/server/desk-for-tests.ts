import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, expect } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp } from '../../../kernel/http/app.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName } from '../../../kernel/testing/world.ts'
import '../../../modules.ts'
import ballots from '../../ballots/module.ts'
import { stopProcesses } from '../../ballots/secret/processes.ts'
import ballotsServing from '../../ballots/serve.ts'
import { paperRoutes } from './paper-routes.ts'
import { projectRoutes } from './project-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { termRoutes } from './term-routes.ts'

export const chair = '李强'
export const six: PersonName[] = ['张敏', '刘洋', '陈静', '李强', '杨帆', '赵磊']

/** Ordinary members have what every member has and nothing else. */
const own = ['congress.attend', 'members.read']
const allowed = new Map<string, string[]>(['刘洋', '陈静', '杨帆', '赵磊', '孙丽'].map((name) => [name, own]))

/** The eastern union's congress behind its front door, on a day that a test may move. Call it at the top of a test file. */
export async function openHall() {
  declarePermissions([...ballots.permissions])
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-congress-'))
  const { db, ownerPool } = await testDatabase()
  const world = await smallWorld(ownerPool)
  const config = { dataDir, publicUrl: 'http://localhost', host: '', port: 0, tls: null, webDir: null }
  const hall = { today: '2026-06-30' }
  const app = await buildApp(
    {
      db,
      today: () => hall.today,
      config,
    },
    async (cookies) =>
      cookies.as
        ? world.as(decodeURIComponent(cookies.as) as PersonName, allowed.get(decodeURIComponent(cookies.as)))
        : null,
    [termRoutes, sessionRoutes, paperRoutes, projectRoutes, ...(ballotsServing.routes ?? [])],
  )
  afterAll(async () => {
    await app.close()
    await stopProcesses(config)
    rmSync(dataDir, { recursive: true, force: true })
  })
  // The world's tree and members stand without facts; what this room files must agree.
  afterEach(async () =>
    expect(
      (await reconcile(db, await catalogue(db))).differences.filter((one) => one.measure.startsWith('congress.')),
    ).toEqual([]),
  )

  async function ask(who: PersonName, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
    const answer = await app.inject({
      method,
      url,
      headers: { cookie: `as=${encodeURIComponent(who)}` },
      ...(payload && { payload }),
    })
    const json = String(answer.headers['content-type'] ?? '').includes('json')
    return { status: answer.statusCode, body: json ? answer.json() : answer.body, raw: answer.rawPayload }
  }

  const termDraft = (change: object = {}) => ({
    unitId: world.unit('east'),
    kind: 'staff-congress',
    ordinal: 10,
    startsOn: '2024-01-10',
    dueOn: '2029-01-10',
    people: 120,
    women: 40,
    seats: 7,
    ...change,
  })

  /** A term with two electoral units and six of its seven seats filled. */
  async function arrangeTerm(change: object = {}): Promise<number> {
    const { body } = await ask(chair, 'POST', '/api/congress/terms', termDraft(change))
    const { body: units } = await ask(chair, 'PUT', `/api/congress/terms/${body.id}/constituencies`, {
      constituencies: [
        { name: '铸造车间', people: 60, unitId: world.unit('east-1') },
        { name: '装配车间', people: 60, unitId: world.unit('east-2') },
      ],
    })
    await ask(chair, 'POST', `/api/congress/terms/${body.id}/delegates`, {
      electedOn: '2024-01-08',
      delegates: six.map((name, index) => ({
        personId: world.person(name),
        constituencyId: units.constituencies[index < 3 ? 0 : 1].id,
        category: name === '李强' ? 'leader' : 'front-line',
        votes: 40,
      })),
    })
    return body.id
  }

  // A test may hold the tenth term itself.
  let ordinal = 10
  /** A session with its items, open, everybody signed in who is named. */
  async function arrangeSession(
    items: readonly object[],
    here: readonly PersonName[] = six,
  ): Promise<{ id: number; items: number[]; termId: number }> {
    // Each story has its own union's term; the term before ends with it.
    const start = `2024-01-${String(++ordinal).padStart(2, '0')}`
    const termId = await arrangeTerm({ ordinal, startsOn: start, dueOn: `2028-01-${String(ordinal).padStart(2, '0')}` })
    const { body } = await ask(chair, 'POST', '/api/congress/sessions', {
      termId,
      startsOn: hall.today,
      endsOn: hall.today,
      host: '李强',
    })
    const ids: number[] = []
    for (const item of items)
      ids.push((await ask(chair, 'POST', `/api/congress/sessions/${body.id}/items`, item)).body.id)
    expect((await ask(chair, 'POST', `/api/congress/sessions/${body.id}/open`)).status).toBe(200)
    if (here.length)
      await ask(chair, 'POST', `/api/congress/sessions/${body.id}/passages`, {
        personIds: here.map((name) => world.person(name)),
      })
    return { id: body.id, items: ids, termId }
  }
  const count = (voteId: number, yes: number, no: number, abstain = 0, papers = yes + no + abstain) => ({
    issued: papers,
    returned: papers,
    valid: papers,
    invalid: 0,
    items: [{ key: 'motion', yes, no, abstain }],
  })
  /** Two tellers enter the same; the chair announces. */
  async function decide(voteId: number, sheet: object) {
    for (const who of ['李强', '张敏'] as const) {
      // The branch chair counts as a teller named for this vote.
      const answer = await ask(who, 'PUT', `/api/votes/${voteId}/counts/main`, sheet)
      expect([who, answer.status, answer.body]).toEqual([who, 200, expect.anything()])
    }
    return ask(chair, 'POST', `/api/congress/votes/${voteId}/announce`)
  }
  const tellers = () => ({ tellerIds: [world.person('张敏')] })
  return {
    hall,
    db,
    ownerPool,
    world,
    app,
    dataDir,
    ask,
    termDraft,
    arrangeTerm,
    arrangeSession,
    count,
    decide,
    tellers,
  }
}
