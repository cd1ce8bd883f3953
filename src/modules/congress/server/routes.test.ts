import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import '../../../modules.ts'
import ballots from '../../ballots/module.ts'
import ballotsServing from '../../ballots/serve.ts'
import { resolutionsInForce } from '../public.ts'
import { paperRoutes } from './paper-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { termRoutes } from './term-routes.ts'

declarePermissions([...ballots.permissions])
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-congress-'))
const { db, ownerPool } = await testDatabase()
let today = '2026-06-30'
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
    async (cookies) =>
      cookies.as
        ? world.as(decodeURIComponent(cookies.as) as PersonName, allowed.get(decodeURIComponent(cookies.as)))
        : null,
    [termRoutes, sessionRoutes, paperRoutes, ...(ballotsServing.routes ?? [])],
  )
})
afterAll(async () => {
  await app.close()
  rmSync(dataDir, { recursive: true, force: true })
})
// The world's tree and members stand without facts; what this room files must agree.
afterEach(async () =>
  expect(
    (await reconcile(db, await catalogue(db))).differences.filter((one) => one.measure.startsWith('congress.')),
  ).toEqual([]),
)

/** Ordinary members have what every member has and nothing else. */
const own = ['congress.attend', 'members.read']
const allowed = new Map<string, string[]>(['刘洋', '陈静', '杨帆', '赵磊', '孙丽'].map((name) => [name, own]))

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
const chair = '李强'
const six: PersonName[] = ['张敏', '刘洋', '陈静', '李强', '杨帆', '赵磊']

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

let ordinal = 9
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
    startsOn: today,
    endsOn: today,
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

describe('terms and delegates', () => {
  test('seats are shared among electoral units; delegates come from the roster, within the seats, once', async () => {
    const { body: made, status } = await ask(
      chair,
      'POST',
      '/api/congress/terms',
      termDraft({ ordinal: 8, startsOn: '2023-02-01', dueOn: '2027-02-01' }),
    )
    expect(status).toBe(201)
    const at = `/api/congress/terms/${made.id}`
    const { body } = await ask(chair, 'PUT', `${at}/constituencies`, {
      constituencies: [
        { name: '铸造车间', people: 90 },
        { name: '装配车间', people: 30 },
      ],
    })
    expect(body.constituencies.map((one: { seats: number }) => one.seats)).toEqual([5, 2])
    expect(
      await ask(chair, 'PUT', `${at}/constituencies`, {
        constituencies: [
          { name: '铸造车间', people: 90, seats: 5 },
          { name: '装配车间', people: 30, seats: 3 },
        ],
      }),
    ).toMatchObject({ status: 422, body: { code: 'seats-off' } })
    const seat = (name: PersonName, unit: number, category = 'front-line') => ({
      personId: world.person(name),
      constituencyId: body.constituencies[unit].id,
      category,
    })
    const elect = (delegates: object[], electedOn = '2023-01-20') =>
      ask(chair, 'POST', `${at}/delegates`, { electedOn, delegates })
    expect((await elect([seat('刘洋', 0), seat('陈静', 0), seat('李强', 1, 'leader')])).status).toBe(201)
    expect(await elect([seat('刘洋', 0)])).toMatchObject({ status: 409, body: { code: 'seated-already' } })
    expect(await elect([seat('杨帆', 1), seat('赵磊', 1)])).toMatchObject({ status: 409, body: { code: 'seats-full' } })
    expect((await elect([seat('孙丽', 0)])).status).toBe(404)
    const { body: term } = await ask(chair, 'GET', at)
    expect(term.checks.map((check: { id: string; holds: boolean }) => [check.id, check.holds])).toEqual([
      ['SC-NUM', false],
      ['SC-MGR-20', false],
      ['SC-WOMEN', true],
      ['SC-FRONT-50', true],
    ])
    expect(term.checks[1]).toMatchObject({
      words: expect.stringContaining('100×1＝100，20×3＝60，100＞60'),
      article: expect.stringContaining('第九条'),
    })

    // A seat passes on: the day it ends, to somebody of the same electoral unit.
    const gone = term.delegates.find((one: { name: string }) => one.name === '陈静')
    const change = {
      toOn: '2024-05-01',
      reason: '调离',
      successor: { personId: world.person('张敏'), category: 'front-line' },
    }
    expect((await ask('周婷', 'POST', `/api/congress/delegates/${gone.id}/replace`, change)).status).toBe(404)
    expect((await ask(chair, 'POST', `/api/congress/delegates/${gone.id}/replace`, change)).status).toBe(201)
    const { body: after } = await ask(chair, 'GET', at)
    expect(after.delegates.find((one: { name: string }) => one.name === '张敏')).toMatchObject({
      fromOn: '2024-05-01',
      replacesName: '陈静',
      constituency: '铸造车间',
    })
    const { rows } = await sql<{ kind: string; lines: number }>`
      select r.fields ->> 'kind' as kind, (select count(*) from kernel.record_line l where l.record_id = r.id)::int as lines
      from kernel.record r where r.register = 'congress.delegate-election' and r.kept_by like ${`congress/terms/${made.id}/%`} order by r.happened_on`.execute(
      db,
    )
    expect(rows).toEqual([
      { kind: '换届选举', lines: 3 },
      { kind: '增补', lines: 1 },
    ])
    // The next term ends this one; numbers follow.
    expect(await ask(chair, 'POST', '/api/congress/terms', termDraft({ ordinal: 11 }))).toMatchObject({
      status: 422,
      body: { code: 'term-order' },
    })
    expect(
      await ask(chair, 'POST', '/api/congress/terms', termDraft({ ordinal: 9, dueOn: '2026-01-10' })),
    ).toMatchObject({ status: 422, body: { code: 'term-length' } })
    expect(
      (
        await ask(
          chair,
          'POST',
          '/api/congress/terms',
          termDraft({ ordinal: 9, startsOn: '2024-01-01', dueOn: '2027-01-01' }),
        )
      ).status,
    ).toBe(201)
    expect((await ask(chair, 'GET', at)).body.term.endedOn).toBe('2024-01-01')
  })

  test('staff and members’ congress are two series; whoever keeps membership only is no members’ delegate', async () => {
    const { body } = await ask(
      chair,
      'POST',
      '/api/congress/terms',
      termDraft({ kind: 'members-congress', ordinal: 3, seats: 4 }),
    )
    const { body: units } = await ask(chair, 'PUT', `/api/congress/terms/${body.id}/constituencies`, {
      constituencies: [{ name: '全公司', people: 120 }],
    })
    await ownerPool.query(
      `update members.membership set state = 'retained', retained_on = '2026-01-01' where person_id = $1`,
      [world.person('赵磊')],
    )
    const elect = (name: PersonName) =>
      ask(chair, 'POST', `/api/congress/terms/${body.id}/delegates`, {
        electedOn: '2024-01-05',
        delegates: [
          { personId: world.person(name), constituencyId: units.constituencies[0].id, category: 'front-line' },
        ],
      })
    expect(await elect('赵磊')).toMatchObject({ status: 422, body: { code: 'not-a-member' } })
    expect((await elect('杨帆')).status).toBe(201)
    await ownerPool.query(`update members.membership set state = 'normal', retained_on = null where person_id = $1`, [
      world.person('赵磊'),
    ])
  })
})

describe('a session', () => {
  test('numbers follow, days lie in the term, the notice has its clock, and delegates see it once the notice is out', async () => {
    const termId = await arrangeTerm({ ordinal: ++ordinal, startsOn: '2024-01-10', dueOn: '2028-01-10' })
    const prepare = (change: object = {}) =>
      ask(chair, 'POST', '/api/congress/sessions', { termId, startsOn: '2026-07-08', endsOn: '2026-07-08', ...change })
    expect(await prepare({ startsOn: '2030-01-01', endsOn: '2030-01-01' })).toMatchObject({
      status: 422,
      body: { code: 'outside-term' },
    })
    expect(
      (await ask('张敏', 'POST', '/api/congress/sessions', { termId, startsOn: '2026-07-08', endsOn: '2026-07-08' }))
        .status,
    ).toBe(403)
    expect(
      (await ask('周婷', 'POST', '/api/congress/sessions', { termId, startsOn: '2026-07-08', endsOn: '2026-07-08' }))
        .status,
    ).toBe(404)
    const { body: third } = await prepare({ number: 3 })
    expect(await prepare({ number: 5 })).toMatchObject({
      status: 422,
      body: { code: 'number-order', fields: { number: '应为 4' } },
    })
    const at = `/api/congress/sessions/${third.id}`
    const seen = await ask(chair, 'GET', at)
    expect(seen.body.session.title).toMatch(/届三次职工代表大会$/)
    expect(seen.body.notice).toMatchObject({ due: '2026-07-01', holds: null })
    const waiting = async () =>
      (
        await sql<{
          due: string
        }>`select due_on as due from kernel.todo where kind = 'congress.notice' and object_id = ${third.id} and done_at is null`.execute(
          db,
        )
      ).rows
    expect(await waiting()).toEqual([{ due: '2026-07-01' }])
    expect(await ask(chair, 'POST', `${at}/notice`, { sentOn: today })).toMatchObject({
      status: 422,
      body: { code: 'agenda-empty' },
    })
    await ask(chair, 'POST', `${at}/items`, { title: '行政工作报告', duty: 'hear', category: '行政工作报告' })
    expect((await ask('刘洋', 'GET', at)).status).toBe(404)
    expect((await ask(chair, 'POST', `${at}/notice`, { sentOn: today })).status).toBe(200)
    expect(await waiting()).toEqual([])
    expect((await ask(chair, 'GET', at)).body.notice).toMatchObject({ holds: true })
    expect((await ask('刘洋', 'GET', at)).status).toBe(200)
    expect((await ask('孙丽', 'GET', at)).status).toBe(404)
    expect((await ask('孙丽', 'GET', '/api/congress/sessions')).body.sessions).toEqual([])
    expect((await ask('刘洋', 'GET', `${at}/attendance`)).status).toBe(403)
    // Before its day nobody signs in.
    expect(await ask(chair, 'POST', `${at}/open`)).toMatchObject({ status: 422, body: { code: 'too-early' } })
  })

  test('a members’ congress has five working days, over a weekend', async () => {
    const { body: term } = await ask(
      '周婷',
      'POST',
      '/api/congress/terms',
      termDraft({ unitId: world.unit('south'), kind: 'members-congress', ordinal: 1 }),
    )
    const { body } = await ask('周婷', 'POST', '/api/congress/sessions', {
      termId: term.id,
      startsOn: '2026-07-08',
      endsOn: '2026-07-08',
    })
    expect((await ask('周婷', 'GET', `/api/congress/sessions/${body.id}`)).body.notice).toMatchObject({
      due: '2026-07-01',
    })
    const { body: monday } = await ask('周婷', 'POST', '/api/congress/sessions', {
      termId: term.id,
      startsOn: '2026-07-20',
      endsOn: '2026-07-20',
    })
    expect((await ask('周婷', 'GET', `/api/congress/sessions/${monday.id}`)).body.notice).toMatchObject({
      due: '2026-07-13',
      cardId: 'MC-NOTICE-5WD',
    })
  })

  test('signing in by number, card, desk and phone; coming and going stay', async () => {
    const { id } = await arrangeSession([{ title: '工作报告', duty: 'hear' }], [])
    const at = `/api/congress/sessions/${id}`
    const say = (text: string, direction = 'in') => ask(chair, 'POST', `${at}/passages`, { text, direction })
    expect((await say('E102')).body).toEqual({ names: ['刘洋'] })
    expect(await say('E102')).toMatchObject({ status: 409, body: { code: 'already-in' } })
    expect((await say(String(world.person('陈静')).padStart(8, '0'))).body).toEqual({ names: ['陈静'] })
    expect(await say('S102')).toMatchObject({ status: 422, body: { code: 'not-on-roll' } })
    const check = openKeys(dataDir)
      .keyedHash(String(world.person('杨帆')), 'member-card')
      .toString('base64url')
      .slice(0, 16)
    expect((await say(`http://test/members/card/${world.person('杨帆')}/${check}`)).body).toEqual({ names: ['杨帆'] })
    expect(await say(`http://test/members/card/${world.person('赵磊')}/${check}`)).toMatchObject({
      status: 422,
      body: { code: 'card-forged' },
    })
    expect((await ask('张敏', 'POST', `${at}/passages`, { text: 'E202' })).status).toBe(403)
    // By phone, with what the hall's screen shows; a delegate's own answer never holds it.
    const { hallCode } = (await ask(chair, 'GET', `${at}/live`)).body
    const mine = (await ask('赵磊', 'GET', `/api/congress/mine/${id}`)).body
    expect([mine.live.hallCode, mine.own.present]).toEqual([null, false])
    expect((await ask('赵磊', 'GET', `${at}/live`)).body.hallCode).toBeNull()
    expect(await ask('赵磊', 'POST', `/api/congress/mine/${id}/passages`, { code: '000000' })).toMatchObject({
      status: 422,
      body: { code: 'hall-code-wrong' },
    })
    expect((await ask('赵磊', 'POST', `/api/congress/mine/${id}/passages`, { code: hallCode })).status).toBe(200)
    expect((await ask('孙丽', 'POST', `/api/congress/mine/${id}/passages`, { code: hallCode })).status).toBe(404)
    await ask(chair, 'POST', `${at}/leaves`, { personId: world.person('张敏'), reason: '出差' })
    await say('E102', 'out')
    const { attendance } = (await ask(chair, 'GET', `${at}/attendance`)).body
    const of = (name: string) => attendance.find((one: { name: string }) => one.name === name)
    expect(of('刘洋')).toMatchObject({
      present: false,
      passages: [{ direction: 'in', how: 'number' }, { direction: 'out' }],
    })
    expect(of('杨帆').passages[0].how).toBe('card')
    expect(of('张敏')).toMatchObject({ leave: '出差', firstIn: null })
    expect((await ask(chair, 'GET', `${at}/live`)).body).toMatchObject({ expected: 6, present: 3, leave: 1 })
    await expect(ownerPool.query('update congress.passage set direction = $1', ['in'])).rejects.toMatchObject({
      code: 'ZJ001',
    })
    // Five wrong codes are enough for a while, and the right one doesn't help then.
    for (let tries = 0; tries < 5; tries++)
      await ask('张敏', 'POST', `/api/congress/mine/${id}/passages`, { code: '111111' })
    expect(await ask('张敏', 'POST', `/api/congress/mine/${id}/passages`, { code: hallCode })).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('十分钟') },
    })
  })

  test('a vote without two thirds present is refused with the sum, and judged by those in the hall at that moment', async () => {
    const { id, items } = await arrangeSession(
      [{ title: '考勤管理办法', duty: 'pass', category: '规章制度' }],
      ['李强', '张敏', '刘洋', '陈静'],
    )
    const leave = (name: PersonName, direction: string) =>
      ask(chair, 'POST', `/api/congress/sessions/${id}/passages`, { personIds: [world.person(name)], direction })
    await leave('陈静', 'out')
    const call = () => ask(chair, 'POST', `/api/congress/items/${items[0]}/votes`, { mode: 'hands', ...tellers() })
    expect(await call()).toMatchObject({
      status: 422,
      body: {
        code: 'no-quorum',
        message: expect.stringMatching(/到会 3 人，应到 6 人.*至少 4 人.*3×3＝9，2×6＝12/),
        detail: { present: 3, needed: 4, blocks: true },
      },
    })
    await leave('陈静', 'in')
    expect((await ask('张敏', 'POST', `/api/congress/items/${items[0]}/votes`, { mode: 'hands' })).status).toBe(403)
    const { body: vote, status } = await call()
    expect(status).toBe(201)
    expect(await call()).toMatchObject({ status: 409, body: { code: 'vote-running' } })
    const result = await decide(vote.id, count(vote.id, 4, 0))
    expect(result.body.verdict).toMatchObject({ outcome: 'passed' })
    expect(result.body.words).toContain('《企业民主管理规定》（总工发〔2012〕12号）第二十条')
    // Six of seven seats: more than half of those due is four, of all seats also four.
    expect((await ask('刘洋', 'GET', `/api/congress/sessions/${id}`)).body.items[0]).toMatchObject({
      outcome: 'passed',
    })
  })

  test('important matters are voted in secret; what must be passed is never passed by a word; nothing is in force before', async () => {
    const { id, items } = await arrangeSession([
      { title: '集体合同草案', duty: 'pass', category: '集体合同草案', agreement: 'collective' },
      { title: '发展规划', duty: 'advise', category: '发展规划与年度计划' },
      { title: '绩效办法', duty: 'pass', category: '工资与绩效办法' },
    ])
    const [contract, plan, bonus] = items as [number, number, number]
    expect(await ask(chair, 'POST', `/api/congress/items/${contract}/votes`, { mode: 'hands' })).toMatchObject({
      status: 422,
      body: { code: 'must-be-secret' },
    })
    expect(await ask(chair, 'POST', `/api/congress/items/${contract}/conclude`, {})).toMatchObject({
      status: 422,
      body: { code: 'vote-missing' },
    })
    const resolve = (item: number, effectiveOn: string) =>
      ask(chair, 'POST', `/api/congress/items/${item}/resolution`, {
        title: '关于通过集体合同草案的决议',
        words: '同意。',
        effectiveOn,
      })
    expect(await resolve(contract, '2026-07-01')).toMatchObject({ status: 422, body: { code: 'not-passed' } })
    const vote = (item: number) =>
      ask(chair, 'POST', `/api/congress/items/${item}/votes`, { mode: 'paper', ...tellers() })
    // Exactly half: 集体合同规定 would pass it, 企业民主管理规定 doesn't; the stricter decides and the other is named.
    const { body: half } = await vote(contract)
    const failed = await decide(half.id, count(half.id, 3, 3))
    expect(failed.body.verdict.outcome).toBe('failed')
    expect(failed.body.verdict.notes.join()).toContain('恰为')
    expect(await resolve(contract, '2026-07-01')).toMatchObject({ status: 422, body: { code: 'not-passed' } })

    const { body: second } = await vote(bonus)
    await decide(second.id, count(second.id, 5, 1))
    expect(await resolve(bonus, '2026-06-01')).toMatchObject({ status: 422, body: { code: 'effective-before-vote' } })
    expect((await resolve(bonus, '2026-08-01')).status).toBe(201)
    expect(await resolve(bonus, '2026-08-01')).toMatchObject({ status: 409 })
    const titles = async (on: string) => (await resolutionsInForce(db, world.unit('east'), on)).map((one) => one.itemId)
    expect(await titles('2026-07-31')).not.toContain(bonus)
    expect(await titles('2026-08-01')).toContain(bonus)

    expect(await ask(chair, 'POST', `/api/congress/sessions/${id}/close`)).toMatchObject({
      status: 422,
      body: { code: 'items-open' },
    })
    await ask(chair, 'POST', `/api/congress/items/${plan}/conclude`, { words: '建议增加培训投入' })
    expect((await ask(chair, 'POST', `/api/congress/sessions/${id}/close`)).status).toBe(200)
    expect(await ask(chair, 'POST', `/api/congress/sessions/${id}/passages`, { text: 'E102' })).toMatchObject({
      status: 409,
      body: { code: 'session-closed' },
    })

    // What counts is filed: the session with its roll, the documents with their votes.
    const { rows } = await sql<{ register: string; title: string; lines: { fields: Record<string, unknown> }[] }>`
      select r.register, r.title, (select jsonb_agg(jsonb_build_object('fields', l.fields) order by l.line_no) from kernel.record_line l where l.record_id = r.id) as lines
      from kernel.record r where r.kept_by = ${`congress/sessions/${id}`} order by r.register`.execute(db)
    expect(rows.map((row) => [row.register, row.lines.length])).toEqual([
      ['congress.agenda', 3],
      ['congress.session', 6],
    ])
    expect(
      rows[0]!.lines.map(({ fields }) => [fields.act, fields.votesFor ?? null, fields.effectiveOn ?? null]),
    ).toEqual([
      ['审议未通过', 3, null],
      ['审议讨论', null, null],
      ['审议通过', 5, '2026-08-01'],
    ])
    const docx = await ask(chair, 'GET', `/api/congress/sessions/${id}/minutes.docx`)
    expect([docx.status, docx.raw.subarray(0, 2).toString()]).toEqual([200, 'PK'])
    const html = String((await ask('刘洋', 'GET', `/api/congress/sessions/${id}/minutes`)).body).replaceAll(
      /<[^>]+>/g,
      '',
    )
    for (const words of [
      '应到6人，实到6人',
      '主持人（签字）',
      '记录人（签字）',
      '第二十条',
      '自2026年8月1日起施行',
      '发出6张，收回6张',
    ])
      expect(html).toContain(words)
    expect((await ask('孙丽', 'GET', `/api/congress/sessions/${id}/minutes`)).status).toBe(404)
  })

  test('a passed contract is signed, filed within ten days and in force fifteen days after receipt', async () => {
    const { items } = await arrangeSession([
      { title: '工资专项集体合同草案', duty: 'pass', category: '集体合同草案', agreement: 'wage' },
    ])
    const { body: vote } = await ask(chair, 'POST', `/api/congress/items/${items[0]}/votes`, {
      mode: 'paper',
      ...tellers(),
    })
    await decide(vote.id, count(vote.id, 6, 0))
    const due = async () =>
      (
        await sql<{
          kind: string
          due: string | null
        }>`select kind, due_on as due from kernel.todo where object_kind = 'congress-item' and object_id = ${items[0]} and done_at is null`.execute(
          db,
        )
      ).rows
    expect(await due()).toEqual([{ kind: 'congress.sign-agreement', due: null }])
    const follow = (edit: object, who: PersonName = chair) =>
      ask(who, 'PUT', `/api/congress/agreements/${items[0]}`, edit)
    expect((await follow({ signedOn: today }, '周婷')).status).toBe(404)
    expect(await follow({ filedOn: today })).toMatchObject({ status: 422, body: { code: 'agreement-order' } })
    expect(await follow({ signedOn: today, expiresOn: '2030-06-30' })).toMatchObject({
      status: 422,
      body: { code: 'agreement-length' },
    })
    expect((await follow({ signedOn: today, expiresOn: '2027-06-30' })).status).toBe(200)
    expect(await due()).toEqual([{ kind: 'congress.file-agreement', due: '2026-07-07' }])
    today = '2026-07-20'
    const standing = async () =>
      (await ask(chair, 'GET', '/api/congress/agreements')).body.agreements.find(
        (one: { itemId: number }) => one.itemId === items[0],
      )
    expect(await standing()).toMatchObject({ standing: '报送已超期', fileBy: '2026-07-10' })
    await follow({ signedOn: '2026-06-30', expiresOn: '2027-06-30', filedOn: '2026-07-08', receivedOn: '2026-07-08' })
    expect(await due()).toEqual([])
    expect(await standing()).toMatchObject({ standing: '审查期内', inForceOn: '2026-07-23' })
    today = '2026-07-23'
    expect(await standing()).toMatchObject({ standing: '已生效' })
    today = '2026-06-30'
  })

  test('an election is by more than half of those due; a tie is voted again among the tied', async () => {
    const { id, items } = await arrangeSession([
      { title: '选举职工监事', duty: 'elect', seats: 1, candidateIds: [world.person('刘洋'), world.person('陈静')] },
    ])
    const call = () => ask(chair, 'POST', `/api/congress/items/${items[0]}/votes`, { mode: 'paper', ...tellers() })
    const sheet = (liu: number, chen: number) => ({
      issued: 6,
      returned: 6,
      valid: 6,
      invalid: 0,
      items: [
        { key: `p${world.person('刘洋')}`, yes: liu, no: 6 - liu, abstain: 0 },
        { key: `p${world.person('陈静')}`, yes: chen, no: 6 - chen, abstain: 0 },
      ],
    })
    expect(
      await ask(chair, 'POST', `/api/congress/sessions/${id}/items`, {
        title: '选举',
        duty: 'elect',
        seats: 3,
        candidateIds: [world.person('刘洋')],
      }),
    ).toMatchObject({ status: 422, body: { code: 'candidates-few' } })
    const { body: first } = await call()
    // Nobody reaches more than half: the seat stays empty and may be voted again.
    expect((await decide(first.id, sheet(3, 3))).body.verdict).toMatchObject({ outcome: 'short', elected: [] })
    expect(
      await ask(chair, 'POST', `/api/congress/items/${items[0]}/accept-shortfall`, { reason: '另定' }),
    ).toMatchObject({ status: 422, body: { code: 'nobody-elected' } })
    const { body: second } = await call()
    expect((await decide(second.id, sheet(4, 2))).body.verdict).toMatchObject({ outcome: 'elected' })
    const seen = (await ask(chair, 'GET', `/api/congress/sessions/${id}`)).body
    expect(seen.items[0]).toMatchObject({ outcome: 'elected', elected: ['刘洋'] })
    expect(seen.votes.map((one: { vote: { round: number } }) => one.vote.round)).toEqual([1, 2])
  })

  test('heads meet between sessions, pass nothing, and their decision waits for the next session', async () => {
    const { termId, id } = await arrangeSession([{ title: '工作报告', duty: 'hear' }])
    const delegates: { id: number; name: string }[] = (await ask(chair, 'GET', `/api/congress/terms/${termId}`)).body
      .delegates
    const of = (name: string) => delegates.find((one) => one.name === name)!.id
    const panel = (name: string, members: string[], head: string) =>
      ask(chair, 'POST', `/api/congress/terms/${termId}/panels`, {
        kind: 'delegation',
        name,
        delegateIds: members.map(of),
        headId: of(head),
      })
    expect(await panel('铸造代表团', ['张敏', '刘洋'], '李强')).toMatchObject({
      status: 422,
      body: { code: 'head-outside' },
    })
    await panel('铸造代表团', ['张敏', '刘洋', '陈静'], '张敏')
    await panel('装配代表团', ['李强', '杨帆', '赵磊'], '李强')
    const { body: joint } = await ask(chair, 'POST', '/api/congress/sessions', {
      termId,
      form: 'joint',
      startsOn: today,
      endsOn: today,
    })
    const at = `/api/congress/sessions/${joint.id}`
    expect(await ask(chair, 'POST', `${at}/items`, { title: '裁员方案', duty: 'pass' })).toMatchObject({
      status: 422,
      body: { code: 'joint-cannot-pass' },
    })
    const { body: item } = await ask(chair, 'POST', `${at}/items`, { title: '临时调整食堂供餐', duty: 'advise' })
    await ask(chair, 'POST', `${at}/open`)
    expect(
      (await ask(chair, 'GET', `${at}/attendance`)).body.attendance.map((one: { name: string }) => one.name).toSorted(),
    ).toEqual(['张敏', '李强'])
    await ask(chair, 'POST', `${at}/passages`, { personIds: [world.person('张敏'), world.person('李强')] })
    await ask(chair, 'POST', `/api/congress/items/${item.id}/conclude`, { words: '同意' })
    await ask(chair, 'POST', `/api/congress/items/${item.id}/resolution`, {
      title: '食堂供餐',
      words: '自七月起试行。',
      effectiveOn: today,
    })
    await ask(chair, 'POST', `${at}/close`)
    expect((await ask(chair, 'GET', at)).body.resolutions[0]).toMatchObject({ standing: 'pending' })
    expect((await resolutionsInForce(db, world.unit('east'), '2027-01-01')).map((one) => one.itemId)).not.toContain(
      item.id,
    )
    const { body: confirming } = await ask(chair, 'POST', `/api/congress/sessions/${id}/items`, {
      title: '确认联席会议决定',
      duty: 'pass',
      confirmsId: item.id,
    })
    const { body: vote } = await ask(chair, 'POST', `/api/congress/items/${confirming.id}/votes`, {
      mode: 'hands',
      ...tellers(),
    })
    await decide(vote.id, count(vote.id, 6, 0))
    expect((await ask(chair, 'GET', at)).body.resolutions[0]).toMatchObject({
      standing: 'in-force',
      confirmedOn: today,
    })
    const { rows } =
      await sql`select 1 from kernel.record where register = 'congress.meeting' and kept_by = ${`congress/sessions/${joint.id}`}`.execute(
        db,
      )
    expect(rows).toHaveLength(1)
  })
})

test('a remark on a clause leads to its new words', async () => {
  const { id, items } = await arrangeSession([{ title: '绩效办法', duty: 'pass', category: '工资与绩效办法' }])
  const { body: paper } = await ask(chair, 'POST', `/api/congress/sessions/${id}/papers`, {
    title: '绩效工资分配办法',
    itemId: items[0],
    text: '第一条 总则。\n第二条 夜班津贴每班10元。',
  })
  const at = `/api/congress/papers/${paper.id}`
  const { body: remark, status } = await ask('刘洋', 'POST', `${at}/remarks`, {
    versionNo: 1,
    clause: 'c2',
    words: '建议提高到15元',
  })
  expect(status).toBe(201)
  expect((await ask('孙丽', 'POST', `${at}/remarks`, { versionNo: 1, clause: 'c2', words: '…' })).status).toBe(404)
  expect((await ask('孙丽', 'GET', at)).status).toBe(404)
  const answer = (given: object, who: PersonName = chair) =>
    ask(who, 'POST', `/api/congress/remarks/${remark.id}/answer`, { answer: '已改', ...given })
  expect(await answer({ disposition: 'adopted' })).toMatchObject({ status: 422, body: { code: 'became-missing' } })
  const next = (clauses: object[], after = 1) =>
    ask(chair, 'POST', `${at}/versions`, { after, note: '按代表意见修改', clauses })
  expect(
    (
      await next([
        { key: 'c1', text: '第一条 总则。' },
        { key: 'c2', text: '第二条 夜班津贴每班10元。' },
      ])
    ).body,
  ).toEqual({ no: 2 })
  expect(await answer({ disposition: 'adopted', becameNo: 2 })).toMatchObject({
    status: 422,
    body: { code: 'became-same' },
  })
  expect(
    (
      await next([
        { key: 'c1', text: '第一条 总则。' },
        { key: 'c2', text: '第二条 夜班津贴每班15元。' },
      ])
    ).status,
  ).toBe(409)
  await next(
    [{ key: 'c1', text: '第一条 总则。' }, { key: 'c2', text: '第二条 夜班津贴每班15元。' }, { text: '第三条 附则。' }],
    2,
  )
  expect((await answer({ disposition: 'adopted', becameNo: 3 }, '刘洋')).status).toBe(403)
  expect((await answer({ disposition: 'adopted', becameNo: 3 })).status).toBe(200)
  const { body } = await ask('刘洋', 'GET', `${at}/compare?from=1&to=3`)
  expect(body.changes.map((one: { kind: string }) => one.kind)).toEqual(['same', 'changed', 'added'])
  expect(body.changes[1].remarks).toMatchObject([
    {
      words: '建议提高到15元',
      disposition: 'adopted',
      before: '第二条 夜班津贴每班10元。',
      after: '第二条 夜班津贴每班15元。',
    },
  ])
})

test('sheets and lists are for those who may see them', async () => {
  const { id, termId } = await arrangeSession([{ title: '工作报告', duty: 'hear', reporter: '李强' }])
  for (const [url, words] of [
    [`/api/congress/sessions/${id}/sign-in-sheet`, '签到表'],
    [`/api/congress/sessions/${id}/agenda-sheet`, '听取报告'],
    [`/api/congress/terms/${termId}/roster`, '代表名册'],
  ] as const) {
    expect((await ask(chair, 'GET', url)).body).toContain(words)
    expect((await ask('孙丽', 'GET', url)).status).toBe(404)
  }
  for (const url of [`/api/congress/sessions/${id}/attendance.xlsx`, `/api/congress/terms/${termId}/delegates.xlsx`]) {
    expect((await ask(chair, 'GET', url)).raw.subarray(0, 2).toString()).toBe('PK')
    expect((await ask('刘洋', 'GET', url)).status).toBe(403)
  }
})
