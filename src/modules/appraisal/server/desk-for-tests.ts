import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, expect } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp } from '../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName } from '../../../kernel/testing/world.ts'
import assessment from '../../assessment/module.ts'
import congress from '../../congress/module.ts'
import { sessionRoutes } from '../../congress/server/session-routes.ts'
import { termRoutes } from '../../congress/server/term-routes.ts'
import openness from '../../openness/module.ts'
import unionBuilding from '../../union-building/module.ts'
import module from '../module.ts'
import { SCALES } from '../words.ts'
import { roundRoutes, slipRoutes, suggestionRoutes } from './routes.ts'

export interface Opened {
  id: number
  url: string
  groups: { id: number }[]
  subjects: { id: number }[]
  codes: string[][]
}

/**
 * The eastern union's appraisal behind its front door, on a day that a test may move. `李强!appraisal.run` is 李强 without
 * that permission. Call it at the top of a test file.
 */
export async function appraisalDesk() {
  declarePermissions([
    ...module.permissions,
    ...openness.permissions,
    ...congress.permissions,
    { name: 'members.read', title: '查看会员' },
  ])
  for (const room of [module, assessment, congress, openness, unionBuilding])
    declareRegisters(room.registers ?? [], room.metrics)
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-appraisal-'))
  const { db, ownerPool } = await testDatabase()
  const clock = { today: '2026-12-10' }
  const world = await smallWorld(ownerPool)
  const app = await buildApp(
    {
      db,
      today: () => clock.today,
      config: { dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => {
      if (!cookies.as) return null
      const [name, without] = decodeURIComponent(cookies.as).split('!') as [PersonName, string?]
      const actor = world.as(name)
      return without ? { ...actor, grants: actor.grants.filter((grant) => grant.permission !== without) } : actor
    },
    [roundRoutes, suggestionRoutes, slipRoutes, termRoutes, sessionRoutes],
  )
  afterAll(async () => {
    await app.close()
    rmSync(dataDir, { recursive: true })
  })
  afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

  async function ask(who: string | null, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
    const answer = await app.inject({
      method,
      url,
      headers: who ? { cookie: `as=${encodeURIComponent(who)}` } : {},
      ...(payload && { payload }),
    })
    const json = answer.headers['content-type']?.toString().includes('json')
    return { status: answer.statusCode, body: json ? answer.json() : null, raw: answer.rawPayload }
  }

  const plan = (more: object = {}) => ({
    unitId: world.unit('east'),
    kind: 'leaders',
    title: '2026年度领导干部民主评议',
    year: 2026,
    heldOn: '2026-12-01',
    closesOn: '2026-12-20',
    grades: SCALES.leaders.grades,
    goodGrades: 2,
    criteria: ['总体评价', '德'],
    groups: [
      { name: '领导班子', weight: 30, planned: 4 },
      { name: '职工代表', weight: 40, planned: 12 },
      { name: '职工', weight: 30, planned: 20 },
    ],
    subjects: [
      { personId: world.person('李强'), name: '李强', post: '主席', report: '一年来……' },
      { personId: world.person('赵磊'), name: '赵磊', post: '副主席', report: null },
    ],
    ...more,
  })

  async function open(more: object = {}): Promise<Opened> {
    const { body: round } = await ask('李强', 'POST', '/api/appraisal/rounds', plan(more))
    const url = `/api/appraisal/rounds/${round.id}`
    expect((await ask('李强', 'POST', `${url}/open`)).status).toBe(200)
    const codes: string[][] = []
    for (const group of round.groups) {
      const { body } = await ask('李强', 'POST', `${url}/slips`, { groupId: group.id })
      codes.push(body.slips.map((slip: { code: string }) => slip.code))
    }
    return { id: round.id, url, groups: round.groups, subjects: round.subjects, codes }
  }
  const give = (round: Opened, code: string, overall: number | null, more: object = {}) =>
    ask(null, 'POST', '/api/appraise/return', {
      code,
      sheets: round.subjects.map(({ id }) => ({ subjectId: id, marks: [overall, overall] })),
      ...more,
    })
  async function giveAll(round: Opened, counts: readonly number[], overall = 0): Promise<void> {
    for (const [group, count] of counts.entries())
      for (const code of round.codes[group]!.slice(0, count))
        expect((await give(round, code, overall)).status).toBe(204)
  }
  return { db, dataDir, clock, world, ask, plan, open, give, giveAll }
}
