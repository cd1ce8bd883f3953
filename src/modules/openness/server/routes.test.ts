import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { lifecycleRoutes } from '../../../kernel/lifecycle/routes.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import module from '../module.ts'
import { remind } from './overdue.ts'
import { publicityOf, publish, takeDown } from '../public.ts'
import { boardRoutes, dutyRoutes, itemRoutes } from './routes.ts'

declarePermissions([...module.permissions])
declareRegisters(module.registers ?? [], module.metrics)
const { db, ownerPool } = await testDatabase()
let today = '2026-10-12'
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  await sql`insert into organisation.profile_year (unit_id, year, kind, updated_by)
    values (${world.unit('east')}, 2026, 'factory', 0), (${world.unit('south')}, 2026, 'factory', 0)`.execute(db)
  app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies.as ? world.as(decodeURIComponent(cookies.as) as PersonName) : null),
    [itemRoutes, dutyRoutes, boardRoutes, lifecycleRoutes],
  )
})
afterAll(() => app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

async function ask(who: PersonName, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.body ? answer.json() : null }
}

const draft = (more: object = {}) => ({
  unitId: world.unit('east'),
  kind: '厂务公开',
  category: '职工福利',
  title: '三季度福利费支出情况',
  body: '中秋慰问 12,000 元。',
  channel: '公开栏',
  fromOn: '2026-10-12',
  untilOn: '2026-10-30',
  ...more,
})
const act = (who: PersonName, id: number, verb: string, words?: string) =>
  ask(who, 'POST', `/api/openness/items/${id}/acts`, { verb, ...(words && { words }) })
const counted = async (
  register: string,
): Promise<{ keptBy: string; fields: Record<string, unknown>; lines: number }[]> =>
  (
    await sql<{ keptBy: string; fields: Record<string, unknown>; lines: number }>`
      select kept_by as "keptBy", fields, (select count(*)::int from kernel.record_line l where l.record_id = r.id) as lines
      from kernel.record r where register = ${register} and state = 'recorded' order by id`.execute(db)
  ).rows

async function hang(more: object = {}): Promise<number> {
  const { body } = await ask('李强', 'POST', '/api/openness/items', draft(more))
  await act('李强', body.id, '提交')
  expect((await act('李强', body.id, '同意')).body.state).toBe('published')
  return body.id
}

test('an item is drafted, sent back, mended, approved and counted; foreign officers find nothing', async () => {
  const { body: item } = await ask('李强', 'POST', '/api/openness/items', draft())
  const url = `/api/openness/items/${item.id}`
  expect(item).toMatchObject({ state: 'draft', unitName: '东风机械公司工会' })
  expect((await ask('周婷', 'GET', url)).status).toBe(404)
  expect((await ask('周婷', 'POST', '/api/openness/items', draft())).status).toBe(404)
  expect((await act('周婷', item.id, '提交')).status).toBe(404)
  expect((await act('李强', item.id, '同意')).body.code).toBe('not-now')
  await act('李强', item.id, '提交')
  expect((await act('李强', item.id, '退回')).body.code).toBe('words-missing')
  expect((await act('李强', item.id, '退回', '请写明笔数')).body.state).toBe('returned')
  const edit = { ...draft({ title: '三季度福利费' }), version: 3 }
  expect((await ask('李强', 'PUT', url, { ...edit, version: 1 })).body.code).toBe('edited-meanwhile')
  expect((await ask('李强', 'PUT', url, edit)).body.title).toBe('三季度福利费')
  await act('李强', item.id, '提交')
  await act('李强', item.id, '同意')
  expect((await ask('李强', 'PUT', url, { ...edit, version: 6 })).body.code).toBe('item-out')
  expect((await counted('openness.item')).at(-1)).toMatchObject({
    keptBy: `openness/items/${item.id}`,
    fields: { kind: '厂务公开', category: '职工福利', channel: '公开栏' },
  })
  const { body: detail } = await ask('李强', 'GET', url)
  expect(detail.acts.map((one: { verb: string }) => one.verb)).toEqual(['提交', '退回', '提交', '同意'])
  expect((await act('李强', item.id, '终止', '期满')).body).toMatchObject({ state: 'ended', endedOn: today })
  expect((await ask('李强', 'GET', `${url}/sheet`)).body.address).toBe(`http://test/board/${item.id}`)
})

test('drafting alone publishes nothing: approval is another permission', async () => {
  const clerk = world.as('李强', ['openness.read', 'openness.write'])
  const { body: item } = await ask('李强', 'POST', '/api/openness/items', draft())
  await act('李强', item.id, '提交')
  const { actOnItem } = await import('./items.ts')
  await expect(
    db.transaction().execute((tx) => actOnItem(tx, clerk, item.id, { verb: '同意' }, today)),
  ).rejects.toMatchObject({ status: 403 })
  expect((await ask('李强', 'GET', `/api/openness/items/${item.id}/sheet`)).body.code).toBe('not-published')
})

test('members see what hangs above them, and a union’s own affairs stay with it', async () => {
  const own = await hang({ title: '东风自己的' })
  const far = await hang({ title: '东风和下级的', audience: 'below' })
  const titles = async (who: PersonName): Promise<string[]> =>
    (await ask(who, 'GET', '/api/openness/board')).body.items.map((item: { title: string }) => item.title)
  expect(await titles('刘洋')).toEqual(expect.arrayContaining(['东风自己的', '东风和下级的']))
  expect(await titles('孙丽')).toEqual([])
  expect((await ask('孙丽', 'GET', `/api/openness/board/${far}`)).status).toBe(404)
  expect(
    (await ask('孙丽', 'POST', `/api/openness/board/${own}/questions`, { kind: 'question', words: '？', named: true }))
      .status,
  ).toBe(404)
  const county = await db.transaction().execute((tx) =>
    publish(tx, operator(), {
      unitId: world.unit('county'),
      title: '县总工会本级账目',
      body: '收支平衡。',
      from: today,
      until: '2026-11-30',
      source: 'funds/periods/1',
    }),
  )
  expect(await titles('刘洋')).not.toContain('县总工会本级账目')
  expect((await ask('王芳', 'GET', `/api/openness/board/${county}`)).body.title).toBe('县总工会本级账目')
  today = '2026-10-31'
  expect(await titles('刘洋')).not.toContain('东风自己的')
  today = '2026-10-12'
})

test('a question without a name keeps nobody; its answer stands under the item', async () => {
  const item = await hang({ title: '食堂账目' })
  const url = `/api/openness/board/${item}/questions`
  expect((await ask('刘洋', 'POST', url, { kind: 'question', words: ' ', named: false })).status).toBe(422)
  const asked = await ask('刘洋', 'POST', url, { kind: 'objection', words: '金额对不上', named: false })
  // Five working days after Monday 12 October 2026.
  expect(asked).toMatchObject({ status: 201, body: { dueOn: '2026-10-19' } })
  await ask('陈静', 'POST', url, { kind: 'question', words: '谁供货？', named: true })
  const { rows } = await sql<{ person_id: number | null }>`
    select person_id from openness.question where item_id = ${item} order by id`.execute(db)
  expect(rows).toEqual([{ person_id: null }, { person_id: world.person('陈静') }])
  const { rows: traces } = await sql<{ actor_id: number }>`select actor_id from kernel.audit
    where action = 'openness.ask' and object_id = ${item} order by id`.execute(db)
  expect(traces).toEqual([{ actor_id: 0 }, { actor_id: world.person('陈静') }])

  const seenBy = async (who: PersonName): Promise<string[]> =>
    (await ask(who, 'GET', `/api/openness/board/${item}`)).body.questions.map((one: { words: string }) => one.words)
  expect(await seenBy('刘洋')).toEqual([])
  expect(await seenBy('陈静')).toEqual(['谁供货？'])
  const open = (await ask('李强', 'GET', `/api/openness/items/${item}`)).body.questions
  expect(open.map((one: { asker: string | null }) => one.asker ?? '匿名').toSorted()).toEqual(['匿名', '陈静'])
  const objection = open.find((one: { kind: string }) => one.kind === 'objection')
  const answer = { answer: '已更正。', outcome: 'upheld', shown: true }
  expect((await ask('周婷', 'POST', `/api/openness/questions/${objection.id}/answer`, answer)).status).toBe(404)
  expect((await ask('李强', 'POST', `/api/openness/questions/${objection.id}/answer`, answer)).status).toBe(204)
  expect((await ask('李强', 'POST', `/api/openness/questions/${objection.id}/answer`, answer)).body.code).toBe(
    'answered',
  )
  expect(await seenBy('刘洋')).toEqual(['金额对不上'])
})

test('a publicity period lasts five working days and has passed only without open or right objections', async () => {
  const period = {
    unitId: world.unit('east'),
    title: '困难职工名单公示',
    body: '张某某等 3 人。',
    source: 'aid/cycles/7',
  }
  const put = (until: string) =>
    db
      .transaction()
      .execute((tx) => publish(tx, operator(), { ...period, from: today, until, publicity: { workingDays: 5 } }))
  await expect(put('2026-10-18')).rejects.toMatchObject({
    code: 'publicity-short',
    fields: { untilOn: '最早 2026-10-19' },
  })
  const item = await put('2026-10-19')
  await expect(put('2026-10-20')).rejects.toMatchObject({ code: 'published-already' })
  await ask('刘洋', 'POST', `/api/openness/board/${item}/questions`, {
    kind: 'objection',
    words: '不困难',
    named: false,
  })
  expect(await publicityOf(db, period.source, '2026-10-19')).toMatchObject({ passed: false, unanswered: 1 })
  const [objection] = (await ask('李强', 'GET', `/api/openness/items/${item}`)).body.questions
  await ask('李强', 'POST', `/api/openness/questions/${objection.id}/answer`, {
    answer: '经核实符合条件。',
    outcome: 'rejected',
    shown: true,
  })
  expect(await publicityOf(db, period.source, '2026-10-19')).toMatchObject({ passed: false })
  expect(await publicityOf(db, period.source, '2026-10-20')).toMatchObject({ passed: true, objections: 1, upheld: 0 })
  await db.transaction().execute((tx) => takeDown(tx, operator(), period.source, '名单有误', today))
  expect(await publicityOf(db, period.source, '2026-10-20')).toMatchObject({ passed: false, state: 'ended' })
  await expect(
    db.transaction().execute((tx) => takeDown(tx, operator(), period.source, '再撤', today)),
  ).rejects.toMatchObject({ status: 404 })
})

test('duties fall due by the calendar, wait on the desk, and an item that hangs clears them', async () => {
  const unitId = world.unit('east')
  const adopt = { unitId, entries: ['factory-safety', 'factory-training'], startsOn: '2026-01-01' }
  expect((await ask('周婷', 'POST', '/api/openness/duties/adopt', adopt)).status).toBe(404)
  expect((await ask('李强', 'POST', '/api/openness/duties/adopt', adopt)).body).toEqual({ added: 2 })
  expect((await ask('李强', 'POST', '/api/openness/duties/adopt', adopt)).body).toEqual({ added: 0 })
  const { body: known } = await ask('李强', 'GET', `/api/openness/catalogue?unitId=${unitId}`)
  expect(known.kind).toBe('厂务公开')
  const overdue = async () =>
    (await ask('李强', 'GET', `/api/openness/overdue?unitId=${unitId}`)).body.dues.map(
      (due: { period: string; dueOn: string }) => [due.period, due.dueOn],
    )
  expect(await overdue()).toEqual([
    ['2026-Q1', '2026-04-20'],
    ['2026-Q2', '2026-07-20'],
  ])
  await db.transaction().execute((tx) => remind(tx, operator(), today))
  const waiting = async () =>
    (
      await sql<{
        title: string
      }>`select title from kernel.todo where kind = 'openness.due' and done_at is null`.execute(db)
    ).rows
  expect(await waiting()).toEqual([{ title: '请公开2026年第一季度“劳动安全卫生标准、事故和处理结果”' }])
  const duty = known.duties.find((one: { entry: string }) => one.entry === 'factory-safety')
  for (const period of ['2026-Q1', '2026-Q2', '2026-Q3'])
    await hang({ dutyId: duty.id, period, title: `安全${period}` })
  expect(await overdue()).toEqual([])
  await db.transaction().execute((tx) => remind(tx, operator(), today))
  expect(await waiting()).toEqual([])
  expect((await ask('李强', 'GET', `/api/openness/overdue?unitId=${world.unit('south')}`)).status).toBe(404)
})

test('coverage: who owes the system, who has it, and the check in the register', async () => {
  const { body } = await ask('王芳', 'GET', `/api/openness/coverage?unitId=${world.unit('county')}&kind=厂务公开`)
  expect(body.units.map((row: { name: string; done: boolean }) => [row.name, row.done])).toEqual([
    ['东风机械公司工会', true],
    ['南湖纺织公司工会', false],
  ])
  const check = { unitId: world.unit('county'), kind: '厂务公开', target: 10_000 }
  expect((await ask('王芳', 'POST', '/api/openness/coverage', check)).body).toMatchObject({ due: 2, done: 1 })
  await ask('王芳', 'POST', '/api/openness/coverage', check)
  expect(await counted('openness.coverage')).toMatchObject([{ fields: { system: '厂务公开' }, lines: 2 }])
  expect((await ask('王芳', 'POST', '/api/openness/coverage', { ...check, kind: '校务公开' })).body.code).toBe(
    'nobody-due',
  )
  expect((await ask('李强', 'POST', '/api/openness/coverage', check)).status).toBe(404)
})

test('coverage of congresses: a running term that met within a year; what is wanting is said and stands among the overdue', async () => {
  const [east, south] = [world.unit('east'), world.unit('south')]
  const rows = async () =>
    (await ask('王芳', 'GET', `/api/openness/coverage?unitId=${world.unit('county')}&kind=职代会`)).body.units.map(
      (row: { name: string; done: boolean; wanting: string | null }) => [row.name, row.done, row.wanting],
    )
  expect(await rows()).toEqual([
    ['东风机械公司工会', false, '没有登记职工代表大会的届次'],
    ['南湖纺织公司工会', false, '没有登记职工代表大会的届次'],
  ])
  const term = async (unitId: number, dueOn: string): Promise<number> =>
    (
      await sql<{
        id: number
      }>`insert into congress.term (unit_id, body, kind, ordinal, starts_on, due_on, people, women, seats, created_by)
        values (${unitId}, 'staff', 'staff-congress', 5, '2021-10-01', ${dueOn}::date, 100, 40, 30, 0) returning id`.execute(
        db,
      )
    ).rows[0]!.id
  const met = (termId: number, unitId: number, number: number, on: string) =>
    sql`insert into congress.session (term_id, unit_id, form, number, title, starts_on, ends_on, state, hall_code, closed_at, created_by)
      values (${termId}, ${unitId}, 'session', ${number}, '职代会', ${on}::date, ${on}::date, 'closed', '1', now(), 0)`.execute(
      db,
    )
  const own = await term(east, '2026-10-12')
  await term(south, '2026-10-11')
  expect(await rows()).toEqual([
    ['东风机械公司工会', false, '还没有登记开过的会议'],
    ['南湖纺织公司工会', false, '第5届2026-10-11届满，还没有换届'],
  ])
  await met(own, east, 1, '2025-10-11')
  expect((await rows())[0]).toEqual(['东风机械公司工会', false, '2025-10-11以后一年没有开会'])
  await met(own, east, 2, '2025-10-12')
  expect((await rows())[0]).toEqual(['东风机械公司工会', true, null])
  const late = (await ask('王芳', 'GET', `/api/openness/overdue?unitId=${world.unit('county')}`)).body.missing
  expect(late.map((row: { name: string; kind: string }) => [row.name, row.kind])).toEqual([
    ['南湖纺织公司工会', '职代会'],
    ['南湖纺织公司工会', '厂务公开'],
  ])
  // The figures come from the terms and sessions themselves, nobody types a list.
  const check = { unitId: world.unit('county'), kind: '职代会', target: 9_900 }
  expect((await ask('王芳', 'POST', '/api/openness/coverage', check)).body).toMatchObject({ due: 2, done: 1 })
  const scope = { unitId: world.unit('county'), from: '2026-01-01', to: '2026-12-31' }
  const names = ['due', 'done', 'rate'].map((name) => `openness.coverage.congress-${name}`)
  const figures = await figuresOf(db, await catalogue(db), scope, names)
  expect(figures.map((figure) => figure.value)).toEqual([2, 1, 5000])
  expect((await ask('李强', 'GET', `/api/openness/coverage?unitId=${east}&kind=职代会`)).body.units).toHaveLength(1)
  expect((await ask('李强', 'GET', `/api/openness/coverage?unitId=${south}&kind=职代会`)).status).toBe(404)
})

test('an inspection counts its findings; the unit inspected mends them', async () => {
  const input = {
    unitId: world.unit('county'),
    targetId: world.unit('east'),
    kind: '定期检查',
    title: '三季度检查',
    onDate: '2026-10-01',
    findings: [{ finding: '公开栏两个月未更新', dueOn: '2026-10-10' }],
  }
  expect((await ask('李强', 'POST', '/api/openness/inspections', input)).status).toBe(404)
  expect((await ask('王芳', 'POST', '/api/openness/inspections', input)).status).toBe(201)
  const [made] = (await ask('李强', 'GET', '/api/openness/inspections')).body.inspections
  const fix = { words: '已更新', fixedOn: '2026-10-12' }
  expect((await ask('李强', 'GET', `/api/openness/overdue?unitId=${world.unit('east')}`)).body.findings).toHaveLength(1)
  expect((await ask('周婷', 'POST', `/api/openness/findings/${made.findings[0].id}/fix`, fix)).status).toBe(404)
  expect((await ask('李强', 'POST', `/api/openness/findings/${made.findings[0].id}/fix`, fix)).status).toBe(204)
  const { rows } = await sql<{
    fields: object
  }>`select l.fields from kernel.record_line l join kernel.record r on r.id = l.record_id
    where r.kept_by = ${`openness/inspections/${made.id}`}`.execute(db)
  expect(rows).toEqual([{ fields: { finding: '公开栏两个月未更新', fixed: true } }])
  expect((await ask('孙丽', 'GET', '/api/openness/inspections')).body.inspections).toEqual([])
})
