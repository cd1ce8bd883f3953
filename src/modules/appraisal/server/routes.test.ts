import { sql } from 'kysely'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import assessment from '../../assessment/module.ts'
import openness from '../../openness/module.ts'
import unionBuilding from '../../union-building/module.ts'
import module from '../module.ts'
import { SCALES } from '../words.ts'
import { roundRoutes, slipRoutes, suggestionRoutes } from './routes.ts'

declarePermissions([...module.permissions, ...openness.permissions, { name: 'members.read', title: '查看会员' }])
for (const room of [module, assessment, openness, unionBuilding]) declareRegisters(room.registers ?? [], room.metrics)
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-appraisal-'))
const { db, ownerPool } = await testDatabase()
let today = '2026-12-10'
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => {
      if (!cookies.as) return null
      const [name, without] = decodeURIComponent(cookies.as).split('!') as [PersonName, string?]
      const actor = world.as(name)
      return without ? { ...actor, grants: actor.grants.filter((grant) => grant.permission !== without) } : actor
    },
    [roundRoutes, suggestionRoutes, slipRoutes],
  )
})
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

interface Opened {
  id: number
  url: string
  groups: { id: number }[]
  subjects: { id: number }[]
  codes: string[][]
}
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
    for (const code of round.codes[group]!.slice(0, count)) expect((await give(round, code, overall)).status).toBe(204)
}

test('a plan adds up to 100 %, is the unit’s own business, and freezes when it opens', async () => {
  const groups = [{ name: '职工', weight: 90, planned: 20 }]
  expect((await ask('李强', 'POST', '/api/appraisal/rounds', plan({ groups }))).body.fields.groups).toContain('90%')
  expect((await ask('周婷', 'POST', '/api/appraisal/rounds', plan())).status).toBe(404)
  expect((await ask(null, 'GET', '/api/appraisal/rounds')).status).toBe(401)
  const { body: round } = await ask('李强', 'POST', '/api/appraisal/rounds', plan())
  const url = `/api/appraisal/rounds/${round.id}`
  expect((await ask('周婷', 'GET', url)).status).toBe(404)
  expect((await ask('李强!appraisal.run', 'POST', `${url}/open`)).status).toBe(403)
  expect((await ask('李强', 'POST', `${url}/slips`, { groupId: round.groups[0].id })).body.code).toBe('round-not-open')
  const renamed = await ask('李强', 'PUT', url, { ...plan({ title: '改名' }), version: round.version })
  expect(renamed.body.title).toBe('改名')
  await ask('李强', 'POST', `${url}/open`)
  expect((await ask('李强', 'PUT', url, { ...plan(), version: 3 })).body.code).toBe('round-frozen')
})

test('a body too small for a secret vote is sent to paper', async () => {
  const groups = [{ name: '职工', weight: 100, planned: 9 }]
  const { body: round } = await ask('李强', 'POST', '/api/appraisal/rounds', plan({ groups }))
  expect((await ask('李强', 'POST', `/api/appraisal/rounds/${round.id}/open`)).body.code).toBe('too-few-raters')
  expect((await ask('李强', 'POST', '/api/appraisal/rounds', plan({ least: 4 }))).status).toBe(422)
})

test('a code works once, without an account, and not with a session', async () => {
  const round = await open()
  const [code] = round.codes[2]!
  const { body: sheets } = await ask(null, 'POST', '/api/appraise/look', { code: code!.toLowerCase() })
  expect(sheets).toMatchObject({
    groupName: '职工',
    criteria: ['总体评价', '德'],
    subjects: [{ name: '李强' }, { name: '赵磊' }],
  })
  expect((await ask('刘洋', 'POST', '/api/appraise/look', { code })).body.code).toBe('cookies-sent')
  expect((await ask(null, 'POST', '/api/appraise/look', { code: 'AAAA-BBBB-CCCC' })).body.code).toBe('wrong-code')
  expect((await give(round, 'AAAA-BBBB-CCCC', 0)).body.code).toBe('wrong-code')
  const tooFew = { sheets: [{ subjectId: round.subjects[0]!.id, marks: [0] }] }
  expect((await give(round, code!, 0, tooFew)).body.code).toBe('sheet-wrong')
  // Twelve at once: one sheet, eleven refusals.
  const answers = await Promise.all(Array.from({ length: 12 }, () => give(round, code!, 0)))
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([204, ...Array<number>(11).fill(409)])
  expect((await ask(null, 'POST', '/api/appraise/look', { code })).body.code).toBe('code-used')
  expect((await ask('李强', 'GET', round.url)).body.returned).toBe(1)
  today = '2026-12-21'
  expect((await give(round, round.codes[2]![1]!, 0)).body.code).toBe('round-closed')
  today = '2026-11-30'
  expect((await give(round, round.codes[2]![1]!, 0)).body.code).toBe('round-early')
  today = '2026-12-10'
})

test('slips are added within bounds, and every print is a deed', async () => {
  const round = await open()
  const groupId = round.groups[0]!.id
  expect((await ask('李强', 'POST', `${round.url}/slips`, { groupId })).body.code).toBe('slips-printed')
  expect((await ask('李强', 'POST', `${round.url}/slips`, { groupId, count: 5 })).body.code).toBe('too-many-slips')
  expect((await ask('李强', 'POST', `${round.url}/slips`, { groupId, count: 2 })).body.slips).toHaveLength(2)
  const { rows } = await sql<{ summary: string }>`select summary from kernel.audit
    where action = 'appraisal.issue' and object_id = ${round.id} order by id desc limit 1`.execute(db)
  expect(rows[0]!.summary).toContain('2 张')
  const { body } = await ask('李强', 'GET', round.url)
  expect(body.round.groups[0].issued).toBe(6)
})

test('while it is open nobody sees a result and PostgreSQL holds no trace of a return', async () => {
  const round = await open()
  const written = async (): Promise<unknown[]> =>
    (
      await sql`select (select count(*) from appraisal.code where round_id = ${round.id})::int as codes,
        (select count(*) from appraisal.cell)::int as cells, (select count(*) from appraisal.remark)::int as remarks,
        (select max(xmin::text::bigint) from appraisal.code where round_id = ${round.id}) as codes_at,
        (select xmin::text from appraisal.round where id = ${round.id}) as round_at,
        (select max(id) from kernel.audit) as audit`.execute(db)
    ).rows
  const was = await written()
  await giveAll(round, [2, 3, 5])
  expect(await written()).toEqual(was)
  expect((await ask('李强', 'GET', `${round.url}/results`)).body.code).toBe('not-closed')
  expect((await ask('李强', 'GET', `${round.url}/report.docx`)).status).toBe(409)
  // The file says nothing without the key, and with it no order and no pairing.
  const sealed = readFileSync(path.join(dataDir, 'urns', `appraisal-${round.id}.sealed`))
  expect(sealed.toString('latin1')).not.toContain('sheets')
  const { readUrn } = await import('./urn.ts')
  const urn = readUrn(dataDir, round.id)
  expect(urn.used).toEqual(urn.used.toSorted())
  expect(Object.keys(urn)).toEqual(['used', 'sheets', 'remarks'])
  expect(urn.sheets.map((sheet) => sheet.slice(0, 2))).toEqual(
    urn.sheets.map((sheet) => sheet.slice(0, 2)).toSorted((one, other) => one[0]! - other[0]! || one[1]! - other[1]!),
  )
})

test('the order of returning changes nothing that is left behind', async () => {
  const { countUrn } = await import('./closing.ts')
  const { readUrn } = await import('./urn.ts')
  const round = await open()
  const codes = round.codes[2]!.slice(0, 12)
  for (const [at, code] of codes.entries()) await give(round, code, at % 3)
  const first = readUrn(dataDir, round.id)
  const other = await open()
  for (const [at, code] of other.codes[2]!.slice(0, 12).toReversed().entries()) await give(other, code, at % 3)
  const second = readUrn(dataDir, other.id)
  const plain = (of: Opened, urn: { sheets: number[][] }): number[][] =>
    urn.sheets.map(([group, subject, ...marks]) => [
      of.groups.findIndex(({ id }) => id === group),
      of.subjects.findIndex(({ id }) => id === subject),
      ...marks,
    ])
  expect(plain(other, second)).toEqual(plain(round, first))
  const { body } = await ask('李强', 'GET', round.url)
  expect(countUrn(body.round, first).cells).toHaveLength(2)
})

test('the close counts issued, returned and valid, merges small groups and leaves no sheet', async () => {
  const round = await open()
  await giveAll(round, [3, 11, 0])
  for (const code of round.codes[2]!.slice(0, 12))
    await give(round, code, 1, { remarks: [{ subjectId: null, words: `建议${code.slice(0, 2)}` }] })
  // Not graded overall: returned, and not valid.
  await give(round, round.codes[2]![12]!, null)
  expect((await ask('周婷', 'POST', `${round.url}/close`)).status).toBe(404)
  expect((await ask('李强', 'POST', `${round.url}/close`)).body).toMatchObject({ state: 'closed', closedOn: today })
  expect((await ask('李强', 'POST', `${round.url}/close`)).body.code).toBe('round-not-open')
  expect(existsSync(path.join(dataDir, 'urns', `appraisal-${round.id}.sealed`))).toBe(false)
  expect((await give(round, round.codes[2]![13]!, 0)).body.code).toBe('wrong-code')

  const { body } = await ask('李强', 'GET', `${round.url}/results`)
  expect(body.results).toMatchObject({ issued: 36, returned: 27, returnRate: 7500 })
  expect(body.results.remarks).toHaveLength(12)
  const [chair] = body.results.subjects
  expect(chair).toMatchObject({ returned: 27, valid: 26, suppressed: false })
  // Three leaders are too few: they are counted with the delegates, the smallest other group, weights added.
  expect(chair.cells).toMatchObject([
    {
      groups: ['领导班子', '职工代表'],
      together: true,
      weight: 70,
      valid: 14,
      criteria: [{ counts: [14, 0, 0, 0] }, {}],
    },
    { groups: ['职工'], together: false, weight: 30, valid: 12, criteria: [{ counts: [0, 12, 0, 0], blank: 0 }, {}] },
  ])
  expect(chair.criteria[0]).toEqual({ counts: [14, 12, 0, 0], blank: 0, score: 9400 })
  expect(chair.good).toEqual({ count: 26, of: 26, share: 10_000 })
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns where table_schema = 'appraisal'
      and (column_name like '%_at' or data_type like 'timestamp%')`.execute(db)
  expect(rows).toEqual([])
  const left = await sql`select count(*)::int as codes from appraisal.code where round_id = ${round.id}`.execute(db)
  expect(left.rows).toEqual([{ codes: 0 }])
})

test('the register counts the round; a result is for its offices only, and is reported upward', async () => {
  const round = await open({ resultsAt: 'upper', title: '副职评议' })
  await giveAll(round, [4, 12, 20])
  await ask('李强', 'POST', `${round.url}/close`)
  // Meant for the union above: the unit runs the round and does not see its result.
  expect((await ask('李强', 'GET', `${round.url}/results`)).status).toBe(403)
  expect((await ask('王芳!appraisal.read-confidential', 'GET', `${round.url}/results`)).status).toBe(403)
  expect((await ask('周婷', 'GET', `${round.url}/results`)).status).toBe(404)
  expect((await ask('王芳', 'GET', `${round.url}/results`)).body.results.returned).toBe(36)
  const record = async () =>
    (
      await sql<{ fields: object; lines: object[] }>`select r.fields, (select json_agg(l.fields order by l.line_no)
        from kernel.record_line l where l.record_id = r.id) as lines from kernel.record r
        where r.kept_by = ${`appraisal/rounds/${round.id}`} and state = 'recorded'`.execute(db)
    ).rows
  expect(await record()).toMatchObject([
    {
      fields: { kind: '民主评议领导干部', reportedUp: false },
      lines: [
        { reported: true, ballots: 36, excellent: 36, competent: 0 },
        { reported: false, ballots: 36 },
      ],
    },
  ])
  const report = { reportedTo: '县总工会', reportedOn: '2026-12-10' }
  expect((await ask('周婷', 'POST', `${round.url}/report`, report)).status).toBe(404)
  expect((await ask('李强', 'POST', `${round.url}/report`, { ...report, reportedOn: '2026-12-09' })).status).toBe(422)
  expect((await ask('李强', 'POST', `${round.url}/report`, report)).status).toBe(204)
  expect(await record()).toMatchObject([{ fields: { reportedUp: true, reportedTo: '县总工会' } }])
  const paper = await ask('王芳', 'GET', `${round.url}/report.docx`)
  expect([paper.status, paper.raw.subarray(0, 2).toString()]).toEqual([200, 'PK'])
  expect((await ask('李强', 'GET', `${round.url}/report.docx`)).status).toBe(403)
})

test('below k nothing but counts is told, also not in the register; remarks go too', async () => {
  const groups = [{ name: '家长', weight: 100, planned: 12 }]
  const round = await open({
    kind: 'parents-school',
    title: '家长评议学校',
    groups,
    grades: SCALES.satisfaction.grades,
    subjects: [{ name: '城北小学' }],
  })
  for (const code of round.codes[0]!.slice(0, 9)) await give(round, code, 0, { remarks: [{ words: '食堂太挤' }] })
  await ask('李强', 'POST', `${round.url}/close`)
  const { body } = await ask('李强', 'GET', `${round.url}/results`)
  expect(body.results).toMatchObject({ issued: 12, returned: 9, remarks: [], remarksHidden: true })
  expect(body.results.subjects).toEqual([
    expect.objectContaining({ returned: 9, valid: 9, suppressed: true, cells: [], criteria: [], good: null }),
  ])
  const { rows } = await sql<{ fields: object }>`select fields from kernel.record
    where kept_by = ${`appraisal/rounds/${round.id}`}`.execute(db)
  expect(rows).toEqual([{ fields: { kind: '家长委员会评议学校表', object: '城北小学', issued: 12, returned: 9 } }])
  expect((await ask('李强', 'GET', `${round.url}/report.docx`)).status).toBe(200)
})

test('a survey, members rating their home, a limit of best grades, and last year beside this one', async () => {
  const one = {
    groups: [{ name: '会员', weight: 100, planned: 12 }],
    grades: SCALES.satisfaction.grades,
  }
  const before = await open({ ...one, kind: 'home', year: 2025, subjects: [{ name: '东风工会' }] })
  await giveAll(before, [12], 1)
  await ask('李强', 'POST', `${before.url}/close`)
  const now = await open({ ...one, kind: 'home', subjects: [{ name: '东风工会' }] })
  await giveAll(now, [12], 0)
  await ask('李强', 'POST', `${now.url}/close`)
  const { body } = await ask('李强', 'GET', `${now.url}/results`)
  expect(body.results.subjects[0].criteria[0].score).toBe(10_000)
  expect(body.before).toMatchObject({ year: 2025, subjects: [{ name: '东风工会', score: 6000, share: 10_000 }] })

  const survey = await open({ ...one, kind: 'satisfaction', subjects: [{ name: '工会服务' }] })
  await giveAll(survey, [11], 2)
  await ask('李强', 'POST', `${survey.url}/close`)
  const { rows } = await sql<{ register: string; n: number }>`select register, count(*)::int as n from kernel.record
    where kept_by like ${`appraisal/rounds/${survey.id}%`} group by 1 order by 1`.execute(db)
  expect(rows).toEqual([
    { register: 'appraisal.form', n: 1 },
    { register: 'assessment.commentator-opinion', n: 11 },
  ])

  const strict = await open({ topMost: 1 })
  expect((await give(strict, strict.codes[1]![0]!, 0)).body.code).toBe('top-most')
  expect((await give(strict, strict.codes[1]![0]!, 1)).status).toBe(204)
})

test('a round opened by mistake, or whose urn is lost, is given up with a reason', async () => {
  const round = await open()
  await giveAll(round, [2, 2, 2])
  const urn = path.join(dataDir, 'urns', `appraisal-${round.id}.sealed`)
  rmSync(urn)
  // A lost urn is never counted as an empty one.
  expect((await ask('李强', 'POST', `${round.url}/close`)).body.code).toBe('urn-missing')
  expect((await give(round, round.codes[2]![5]!, 0)).body.code).toBe('urn-missing')
  expect((await ask('李强', 'GET', round.url)).body.returned).toBeNull()
  const reason = { reason: '服务器磁盘损坏，重新评议' }
  expect((await ask('周婷', 'POST', `${round.url}/abandon`, reason)).status).toBe(404)
  expect((await ask('李强!appraisal.run', 'POST', `${round.url}/abandon`, reason)).status).toBe(403)
  expect((await ask('李强', 'POST', `${round.url}/abandon`, { reason: ' ' })).status).toBe(422)
  expect((await ask('李强', 'POST', `${round.url}/abandon`, reason)).body.state).toBe('abandoned')
  expect((await ask('李强', 'POST', `${round.url}/abandon`, reason)).body.code).toBe('round-over')
  expect((await ask('李强', 'GET', `${round.url}/results`)).body.code).toBe('not-closed')
  expect((await give(round, round.codes[2]![5]!, 0)).body.code).toBe('wrong-code')
  const { rows } = await sql`select from kernel.record where kept_by = ${`appraisal/rounds/${round.id}`}`.execute(db)
  expect(rows).toEqual([])
})

test('the result is put on the board in sums only', async () => {
  const round = await open()
  await giveAll(round, [4, 12, 20])
  expect((await ask('李强', 'POST', `${round.url}/publish`, { untilOn: '2027-01-10' })).body.code).toBe('not-closed')
  await ask('李强', 'POST', `${round.url}/close`)
  const { body } = await ask('李强', 'POST', `${round.url}/publish`, { untilOn: '2027-01-10' })
  const { rows } = await sql<{ body: string; source: string }>`
    select body, source from openness.item where id = ${body.itemId}`.execute(db)
  expect(rows[0]!.body).toContain('李强：优秀和称职 36 票，占有评价的 36 票的 100.00%。')
  expect(rows[0]!.source).toBe(`appraisal/rounds/${round.id}`)
})

test('commentators are appointed by batch; an adopted suggestion names what it changed', async () => {
  const people = [world.person('刘洋'), world.person('陈静')]
  const panel = {
    unitId: world.unit('east'),
    batch: 3,
    appointedOn: '2026-03-01',
    endsOn: '2028-03-01',
    title: '第三批评论员聘任',
    personIds: people,
  }
  expect((await ask('周婷', 'POST', '/api/appraisal/panels', panel)).status).toBe(404)
  const strangers = { ...panel, personIds: [world.person('孙丽')] }
  expect((await ask('李强', 'POST', '/api/appraisal/panels', strangers)).body.code).toBe('person-unknown')
  const { body: made } = await ask('李强', 'POST', '/api/appraisal/panels', panel)
  expect((await ask('李强', 'POST', '/api/appraisal/panels', panel)).body.code).toBe('batch-known')
  const meeting = { kind: '会议', title: '一季度评论会', onDate: '2026-04-02', personIds: people }
  expect((await ask('周婷', 'POST', `/api/appraisal/panels/${made.id}/events`, meeting)).status).toBe(404)
  expect((await ask('李强', 'POST', `/api/appraisal/panels/${made.id}/events`, meeting)).status).toBe(201)
  const words = {
    unitId: world.unit('east'),
    source: '评论员',
    panelId: made.id,
    words: '延长活动中心开放时间',
    madeOn: '2026-04-02',
  }
  expect((await ask('李强', 'POST', '/api/appraisal/suggestions', words)).body.code).toBe('suggestion-person')
  const { body: said } = await ask('李强', 'POST', '/api/appraisal/suggestions', { ...words, personId: people[0] })
  const decide = (who: string, more: object = {}) =>
    ask(who, 'POST', `/api/appraisal/suggestions/${said.id}/decide`, { adopted: true, outcome: '采纳', ...more })
  expect((await decide('李强')).body.code).toBe('changed-missing')
  expect((await decide('周婷', { changed: '开放安排' })).status).toBe(404)
  expect((await decide('李强', { changed: '活动中心开放安排', link: 'http://x' })).status).toBe(422)
  expect((await decide('李强', { changed: '活动中心开放安排', link: '/registers/venues.place' })).status).toBe(204)
  const { rows } = await sql<{ fields: object; person: number }>`select fields, person_id as person from kernel.record
    where kept_by = ${`appraisal/commentators/suggestion-${said.id}`}`.execute(db)
  expect(rows).toEqual([{ fields: { source: '评论员', adopted: true, usedIn: '活动中心开放安排' }, person: people[0] }])
  const { body } = await ask('李强', 'GET', '/api/appraisal/commentators')
  expect(body.panels[0]).toMatchObject({ batch: 3, events: [{ kind: '聘任' }, { kind: '会议' }] })
  expect((await ask('周婷', 'GET', '/api/appraisal/commentators')).body).toEqual({ panels: [], suggestions: [] })
})
