import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import assessment from '../../assessment/module.ts'
import { toText } from '../../ballots/format/bytes.ts'
import { readOpening } from '../../ballots/format/opening.ts'
import { nodePrimitives } from '../../ballots/format/primitives-node.ts'
import { scalarOf } from '../../ballots/format/seal.ts'
import { drawn, drawRequest, fill, keysOf } from '../../ballots/format/voter.ts'
import ballots from '../../ballots/module.ts'
import { stopProcesses } from '../../ballots/secret/processes.ts'
import ballotServing from '../../ballots/serve.ts'
import openness from '../../openness/module.ts'
import unionBuilding from '../../union-building/module.ts'
import module from '../module.ts'
import { SCALES } from '../words.ts'
import { accountRoutes } from './account-routes.ts'
import { roundRoutes, slipRoutes } from './routes.ts'

declarePermissions([
  ...module.permissions,
  ...openness.permissions,
  ...ballots.permissions,
  { name: 'members.read', title: '查看会员' },
])
for (const room of [module, assessment, openness, unionBuilding]) declareRegisters(room.registers ?? [], room.metrics)
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-rate-'))
chmodSync(dataDir, 0o700)
const config = { dataDir, publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null }
const { db, ownerPool } = await testDatabase()
const raters = ['王芳', '李强', '张敏', '刘洋', '陈静', '杨帆', '赵磊', '周婷', '吴刚', '孙丽', '郑浩'] as const
const scrutineers = ['周婷', '吴刚', '王芳'] as const
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    { db, today: () => '2026-12-10', config },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [roundRoutes, slipRoutes, accountRoutes, ...ballotServing.routes!],
  )
})
afterAll(async () => {
  await app.close()
  await stopProcesses(config)
  rmSync(dataDir, { recursive: true, force: true })
})
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

async function ask(who: PersonName | null, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
    ...(who && { headers: { cookie: `as=${encodeURIComponent(who)}` } }),
    ...(payload && { payload }),
  })
  const json = answer.headers['content-type']?.toString().includes('json')
  return { status: answer.statusCode, body: json ? answer.json() : null }
}
const ids = (names: readonly PersonName[]): number[] => names.map((name) => world.person(name))

async function round(more: object = {}) {
  const { body } = await ask('李强', 'POST', '/api/appraisal/rounds', {
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
      { name: '职工代表', weight: 60, planned: 12, channel: 'account' },
      { name: '职工', weight: 40, planned: 12 },
    ],
    subjects: [
      { personId: world.person('李强'), name: '李强', post: '主席', report: null },
      { personId: world.person('赵磊'), name: '赵磊', post: '副主席', report: null },
    ],
    ...more,
  })
  return { url: `/api/appraisal/rounds/${body.id}`, groups: body.groups, subjects: body.subjects }
}

/** Draws all sheets in one request and casts them one by one; null leaves a sheet uncast. */
async function rate(who: PersonName, voteId: number, marks: readonly (string | null)[]) {
  const { body: paper } = await ask(who, 'GET', `/api/votes/${voteId}/paper`)
  const sheets = (paper.papers as { eid: string; opening: string }[]).map(({ eid, opening }) => {
    const vote = readOpening(nodePrimitives, opening)!
    const keys = keysOf(nodePrimitives, vote, nodePrimitives.random(16))
    return { eid, vote, keys, blinded: drawRequest(nodePrimitives, vote, keys)[0]! }
  })
  const { body: drew } = await ask(who, 'POST', `/api/votes/${voteId}/draw`, {
    papers: sheets.map(({ eid, blinded }) => ({ eid, blinded })),
  })
  for (const [at, { eid, vote, keys }] of sheets.entries()) {
    if (marks[at] === null || marks[at] === undefined) continue
    const { answer } = drew.papers.find((one: { eid: string }) => one.eid === eid)
    const tokens = drawn(nodePrimitives, vote, keys, [answer])!
    const { line } = fill(nodePrimitives, vote, keys, tokens, { marks: marks[at], names: [] })
    const response = await fetch(`${paper.boxUrl}/cast`, { method: 'POST', body: JSON.stringify({ eid, line }) })
    expect(response.status).toBe(200)
  }
  return paper
}

test('who rates by account is named with three scrutineers, and small groups go to paper', async () => {
  const { url, groups } = await round()
  const name = (who: PersonName, input: object, group = groups[0].id) =>
    ask(who, 'PUT', `${url}/raters/${group}`, {
      personIds: ids(raters),
      scrutineers: ids(scrutineers),
      venue: 'remote',
      document: '清工发〔2026〕40号',
      ...input,
    })
  expect((await name('孙丽', {})).status).toBe(404)
  expect((await name('李强', { personIds: ids(raters.slice(0, 9)) })).body.code).toBe('roll-too-small-for-secret')
  expect((await name('李强', { scrutineers: ids(['周婷', '吴刚']) })).body.code).toBe('scrutineers-missing')
  expect((await name('李强', { scrutineers: ids(['周婷', '吴刚', '赵磊']) })).body.code).toBe('scrutineer-is-rated')
  expect((await name('李强', { document: null })).body.code).toBe('remote-needs-document')
  expect((await name('李强', {}, groups[1].id)).body.code).toBe('not-by-account')
  // Nobody was named: the round doesn't open.
  expect((await ask('李强', 'POST', `${url}/open`)).body.code).toBe('raters-missing')
  expect(await name('李强', {})).toMatchObject({ status: 200, body: { people: 11 } })
  // The scrutineers have no keys yet.
  expect((await ask('李强', 'POST', `${url}/open`)).body.code).toBe('scrutineers-missing')
  const limited = await round({ topMost: 1 })
  const tried = await ask('李强', 'PUT', `${limited.url}/raters/${limited.groups[0].id}`, {
    personIds: ids(raters),
    scrutineers: ids(scrutineers),
  })
  expect(tried.body.code).toBe('top-most-by-account')
})

test(
  'raters with accounts draw a sheet per person, nothing joins their sheets, and they count beside the slips',
  { timeout: 120_000 },
  async () => {
    // The second question has three answers of its own, the first the four grades of the round.
    const conduct = { grades: ['好', '较好', '一般'].map((title, at) => ({ title, points: 100 - 30 * at })), good: 2 }
    const { url, groups, subjects } = await round({ scales: [null, conduct] })
    await ask('李强', 'PUT', `${url}/raters/${groups[0].id}`, {
      personIds: ids(raters),
      scrutineers: ids(scrutineers),
      venue: 'remote',
      document: '清工发〔2026〕40号',
    })
    const { body: duties } = await ask('周婷', 'GET', '/api/scrutiny')
    const voteId = duties.duties[0].voteId as number
    const secrets = scrutineers.map((name) => [name, scalarOf(nodePrimitives.random(48))] as const)
    for (const [name, secret] of secrets)
      await ask(name, 'PUT', `/api/votes/${voteId}/secret/key`, { publicKey: toText(nodePrimitives.publicOf(secret)) })
    expect((await ask('李强', 'POST', `${url}/open`)).status).toBe(200)

    const paper = await rate('刘洋', voteId, ['aa', 'ab'])
    expect(paper.papers).toHaveLength(2)
    const [first, second] = paper.papers.map((one: { opening: string }) => JSON.parse(one.opening))
    expect(first).toMatchObject({
      title: expect.stringContaining('：李强'),
      items: [
        { title: '总体评价', symbols: 'abcde' },
        { title: '德', symbols: 'abcd' },
      ],
      notes: {
        sheet: '李强',
        grades: [...SCALES.leaders.grades.map((grade) => grade.title), '弃权'],
        scales: [null, ['好', '较好', '一般', '弃权']],
      },
    })
    // A key of its own for every sheet: nothing on two sheets of one person is alike.
    expect(first.tokenKeys[0].n).not.toBe(second.tokenKeys[0].n)
    expect((await ask('何平', 'GET', `/api/votes/${voteId}/paper`)).status).toBe(404)
    for (const name of raters) if (name !== '刘洋' && name !== '陈静') await rate(name, voteId, ['bb', 'cd'])
    // One leaves the overall grade of the first open and doesn't hand the second in.
    await rate('陈静', voteId, ['ea', null])

    const { body: printed } = await ask('李强', 'POST', `${url}/slips`, { groupId: groups[1].id })
    for (const { code } of printed.slips.slice(0, 10))
      expect(
        (
          await ask(null, 'POST', '/api/appraise/return', {
            code,
            sheets: subjects.map(({ id }: { id: number }) => ({ subjectId: id, marks: [0, 1] })),
          })
        ).status,
      ).toBe(204)

    expect((await ask('李强', 'POST', `${url}/close`)).body.code).toBe('secret-not-closed')
    expect((await ask('孙丽', 'POST', `${url}/close-boxes`)).status).toBe(404)
    expect((await ask('李强', 'POST', `${url}/close-boxes`)).status).toBe(204)
    expect((await ask('李强', 'POST', `${url}/close`)).body.code).toBe('scrutineers-missing')
    for (const [name, secret] of secrets.slice(0, 2))
      await ask(name, 'POST', `/api/votes/${voteId}/secret/key`, { secret: toText(secret) })
    expect((await ask('李强', 'POST', `${url}/close`)).status).toBe(200)

    const { rows: cells } = await sql<{ subject: string; group: string; valid: number; best: number; open: number }>`
      select s.name as subject, g.name as group, c.valid,
        (select t.sheets from appraisal.tally t where t.cell_id = c.id and t.criterion = 0 and t.grade = 0) as best,
        (select t.sheets from appraisal.tally t where t.cell_id = c.id and t.criterion = 1 and t.grade = -1) as open
      from appraisal.cell c join appraisal.subject s on s.id = c.subject_id
      join appraisal.rater_group g on g.id = c.group_ids[1] where c.round_id = ${Number(url.split('/').at(-1))}
      order by s.position, c.position`.execute(db)
    expect(cells).toEqual([
      { subject: '李强', group: '职工代表', valid: 10, best: 1, open: 0 },
      { subject: '李强', group: '职工', valid: 10, best: 10, open: 0 },
      { subject: '赵磊', group: '职工代表', valid: 10, best: 1, open: 9 },
      { subject: '赵磊', group: '职工', valid: 10, best: 10, open: 0 },
    ])
    const { body: closed } = await ask('李强', 'GET', url)
    expect(closed.round.groups[0]).toMatchObject({ planned: 11, issued: 11, returned: 11 })
    // No sheet and no key is left, and nothing is published.
    const { rows: left } = await sql<Record<string, number>>`
      select (select count(*)::int from ballots.sealed_ballot) as sheets,
        (select count(*)::int from ballots.scrutineer_key where secret is not null) as secrets,
        (select count(*)::int from ballots.publication) as files`.execute(db)
    expect(left[0]).toEqual({ sheets: 0, secrets: 0, files: 0 })
    expect((await ask('刘洋', 'GET', `/api/votes/${voteId}/publication`)).body.sheets).toEqual([])
  },
)

test('a round that is given up takes its boxes with it', async () => {
  const { url, groups } = await round()
  await ask('李强', 'PUT', `${url}/raters/${groups[0].id}`, {
    personIds: ids(raters),
    scrutineers: ids(scrutineers),
    venue: 'remote',
    document: '清工发〔2026〕40号',
  })
  const { body: duties } = await ask('周婷', 'GET', '/api/scrutiny')
  const voteId = duties.duties[0].voteId as number
  for (const name of scrutineers)
    await ask(name, 'PUT', `/api/votes/${voteId}/secret/key`, {
      publicKey: toText(nodePrimitives.publicOf(scalarOf(nodePrimitives.random(48)))),
    })
  await ask('李强', 'POST', `${url}/open`)
  await rate('刘洋', voteId, ['aa', 'aa'])
  expect((await ask('李强', 'POST', `${url}/abandon`, { reason: '方案有误' })).status).toBe(200)
  const { rows } = await sql<{
    state: string
  }>`select state from ballots.secret_vote where vote_id = ${voteId}`.execute(db)
  expect(rows.map(({ state }) => state)).toEqual(['void', 'void'])
  expect((await sql`select 1 from ballots.sealed_ballot`.execute(db)).rows).toEqual([])
})
