import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, expect } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp } from '../../../kernel/http/app.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName } from '../../../kernel/testing/world.ts'
import organisation from '../../organisation/module.ts'
import members from '../module.ts'
import { recomputes, repostPeople } from './facts.ts'
import { memberPaperRoutes } from './paper-routes.ts'
import { memberRoutes } from './routes.ts'
import { tallyExisting, wrongTallies } from './tally.ts'

export const today = '2026-06-30'

/** The small world behind the members' routes, its people asked for by name. Facts and tallies are checked after each test. */
export async function membersDesk() {
  declarePermissions([...organisation.permissions, ...members.permissions])
  for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
  const { db, ownerPool } = await testDatabase()
  const dataDir = await mkdtemp(path.join(tmpdir(), 'zhijia-members-'))
  const world = await smallWorld(ownerPool)
  // The small world writes rows only; what follows from them is posted here.
  const everybody = (await sql<{ id: number }>`select id from members.person`.execute(db)).rows.map((row) => row.id)
  await db.transaction().execute(async (tx) => {
    await repostPeople(tx, operator(), everybody, '')
    await tallyExisting(tx, everybody)
  })
  const app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [memberRoutes, memberPaperRoutes],
  )
  afterAll(async () => {
    await app.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  afterEach(async () => {
    expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
    expect((await wrongTallies.execute(db)).rows).toEqual([])
  })
  const send = (who: PersonName, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
    app.inject({ method, url, headers: { cookie: `as=${encodeURIComponent(who)}` }, ...(payload && { payload }) })
  const ask = async (who: PersonName, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const answer = await send(who, method, url, payload)
    return { status: answer.statusCode, body: answer.body ? answer.json() : null }
  }
  return { db, world, ask, send }
}
