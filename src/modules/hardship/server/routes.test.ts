import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { todosOf } from '../../../kernel/lifecycle/todos.ts'
import { catalogue, declareRegisters } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import openness from '../../openness/module.ts'
import module from '../module.ts'
import { withFiles } from './opening.ts'
import { hardshipRoutes } from './routes.ts'

declarePermissions([...module.permissions, ...openness.permissions])
declareRegisters([...(module.registers ?? []), ...(openness.registers ?? [])])
const { db, ownerPool } = await testDatabase()
const dataDir = mkdtempSync(path.join(tmpdir(), 'zhijia-hardship-'))
let today = '2026-06-01'
let world: World
let app: App
/** Only these permissions, where a test asks as somebody with a narrower office. */
let narrowed: string[] | null = null

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => today,
      config: { dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => {
      if (!cookies['as']) return null
      return world.as(decodeURIComponent(cookies['as']) as PersonName, narrowed ?? undefined)
    },
    [hardshipRoutes],
  )
})
afterAll(async () => {
  await app.close()
  rmSync(dataDir, { recursive: true, force: true })
})
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

async function ask(who: PersonName, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/hardship${url}`,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const figure = async (name: string): Promise<number> => {
  const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2027-12-31' }
  return (await figuresOf(db, await catalogue(db), scope, [name]))[0]?.value ?? 0
}
const family = {
  onDay: '2026-06-01',
  ground: '本人大病',
  relatives: [
    { name: '陈宝', relation: '子女' },
    { name: '陈母', relation: '母亲', incomeFen: 50_000 },
  ],
  incomeFen: 6_000_000,
  rigidFen: 3_500_000,
  diagnosis: '慢性肾病',
}
const apply = (who: PersonName, person: PersonName, more: object = {}) =>
  ask(who, 'POST', '/files', { personId: world.person(person), ...family, ...more })
const move = (who: PersonName, id: number, verb: string, words?: string) =>
  ask(who, 'POST', `/files/${id}/moves`, { verb, ...(words && { words }) })

test('without the district’s standard nobody is sorted; it is dated and never rewritten', async () => {
  expect((await apply('张敏', '陈静')).body.code).toBe('no-standard')
  const standard = { unitId: world.unit('county'), lineFen: 80_000, document: '市民政〔2026〕1号', from: '2026-01-01' }
  expect((await ask('张敏', 'POST', '/parameters', standard)).status).toBe(404)
  expect((await ask('王芳', 'POST', '/parameters', standard)).status).toBe(201)
  expect((await ask('王芳', 'POST', '/parameters', standard)).body.code).toBe('parameter-exists')
})

let id: number
test('a member applies alone, sees the own file, and nobody else’s', async () => {
  // 陈静 holds no office.
  expect((await apply('陈静', '刘洋')).body.code).toBe('person-unknown')
  expect((await apply('陈静', '陈静', { relatives: [family.relatives[0], family.relatives[0]] })).body.code).toBe(
    'named-twice',
  )
  const made = await apply('陈静', '陈静')
  expect(made.status).toBe(201)
  id = made.body.id
  expect((await apply('张敏', '陈静')).body.code).toBe('file-open')
  const own = await ask('陈静', 'POST', `/files/${id}/open`)
  expect(own.body).toMatchObject({ own: true, state: 'applied', versions: [{ diagnosis: '慢性肾病', familySize: 3 }] })
  expect((await ask('刘洋', 'POST', `/files/${id}/open`, { reason: '想看一看' })).status).toBe(404)
  expect((await ask('周婷', 'POST', `/files/${id}/open`, { reason: '想看一看' })).status).toBe(404)
  expect((await ask('刘洋', 'GET', '/files')).body.rows).toEqual([])
  expect((await todosOf(db, world.as('张敏'), today)).map((todo) => todo.title)).toEqual([
    '待入户核查：陈静的困难建档申请',
  ])
  // Who records in the registers but may not open a file doesn't learn from a to-do whose family it is.
  const keeper = world.as('张敏')
  const clerk = { ...keeper, grants: keeper.grants.filter((one) => one.permission !== 'hardship.read-confidential') }
  expect(clerk.grants.map((one) => one.permission)).toContain('hardship.write')
  expect(await todosOf(db, clerk, today)).toEqual([])
})

test('opening asks why and is written down for the person to see', async () => {
  expect((await ask('李强', 'POST', `/files/${id}/open`)).body.code).toBe('reason-missing')
  expect((await ask('李强', 'POST', `/files/${id}/open`, { reason: '核对救助名单' })).body.own).toBe(false)
  expect((await ask('陈静', 'GET', `/files/${id}/openings`)).body.openings).toMatchObject([
    { who: '李强', summary: expect.stringContaining('核对救助名单') },
  ])
})

test('no approval without a visit, a kind of hardship and five working days of publicity', async () => {
  expect((await move('张敏', id, '同意')).body).toMatchObject({
    code: 'not-ready',
    message: expect.stringContaining('入户核查'),
  })
  // At home it turned out that the illness cost less: neither kind.
  const found = { ...family, rigidFen: 0, visitors: '张敏、刘洋' }
  expect((await ask('张敏', 'POST', `/files/${id}/checks`, found)).status).toBe(201)
  expect((await move('张敏', id, '同意')).body.message).toContain('符合困难类别')
  expect((await ask('张敏', 'POST', `/files/${id}/checks`, { ...found, rigidFen: 3_200_000 })).status).toBe(201)
  expect((await move('张敏', id, '同意')).body).toEqual({ state: 'checked' })
  expect((await move('张敏', id, '公示')).body).toEqual({ state: 'published' })

  const [item] = (
    await sql<{ body: string; untilOn: string }>`select body, until_on as "untilOn" from openness.item`.execute(db)
  ).rows
  expect(item!.body).toContain('陈*列为深度困难职工')
  expect(item!.body).not.toMatch(/陈静|肾|600/)
  // Monday the 1st: the eighth is the fifth working day after it.
  expect(item!.untilOn).toBe('2026-06-08')
  today = '2026-06-08'
  expect((await move('李强', id, '同意')).body.message).toContain('公示期满')
  today = '2026-06-09'
  expect((await move('张敏', id, '同意', '同意建档')).body.code).toBe('same-hand')
  expect((await move('李强', id, '同意', '同意建档')).body).toEqual({ state: 'on-file' })
  expect(await figure('hardship.file.new')).toBe(1)
  expect(await figure('hardship.file.deep')).toBe(1)
  expect((await todosOf(db, world.as('张敏'), today)).map((todo) => [todo.title, todo.dueOn])).toContainEqual([
    '待年度复核：陈静的困难档案',
    '2027-06-09',
  ])
})

test('a year later the family is looked at again: what changed is side by side, and lifting is called back', async () => {
  today = '2027-06-20'
  expect((await ask('李强', 'GET', `/files?state=overdue`)).body.rows).toMatchObject([
    { personName: '陈静', overdue: true },
  ])
  const better = { ...family, onDay: '2027-06-20', incomeFen: 9_000_000, rigidFen: 0, visitors: '张敏、刘洋' }
  const check = (found: object, who: PersonName = '张敏') => ask(who, 'POST', `/files/${id}/checks`, found)
  const decide = (decision: string, words?: string, who: PersonName = '李强') =>
    ask(who, 'POST', `/files/${id}/reviews`, { decision, ...(words && { words }) })
  expect((await decide('keep')).body.code).toBe('no-finding')
  expect((await check(better)).status).toBe(201)
  expect((await todosOf(db, world.as('李强'), today)).map((todo) => todo.title)).toContain('待审定复核：陈静的困难档案')
  // Whoever looked doesn't decide.
  expect((await decide('lift', '收入稳定', '张敏')).body.code).toBe('same-hand')
  expect((await decide('keep')).body.code).toBe('no-longer-qualifies')
  expect((await decide('lift')).body.code).toBe('words-missing')
  // A newer look closes the older, and is decided on once.
  expect((await check({ ...better, incomeFen: 5_000_000 })).status).toBe(201)
  expect((await decide('keep')).status).toBe(201)
  expect((await decide('keep')).body.code).toBe('no-finding')
  expect(await figure('hardship.file.reviewed')).toBe(1)
  expect(await figure('hardship.file.relative')).toBe(1)
  const { body } = await ask('李强', 'POST', `/files/${id}/open`, { reason: '年度复核' })
  expect(body.versions.map((version: { incomeFen: number }) => version.incomeFen)).toEqual([
    5_000_000, 9_000_000, 6_000_000, 6_000_000, 6_000_000,
  ])
  expect(body.versions.map((version: { closedBy: number | null }) => version.closedBy)).toEqual([null, 5, 4, 3, 2])

  today = '2027-07-01'
  expect((await check({ ...better, onDay: '2027-07-01' })).status).toBe(201)
  expect((await decide('lift', '子女就业，收入稳定')).status).toBe(201)
  expect(await figure('hardship.file.out')).toBe(1)
  expect((await todosOf(db, world.as('张敏'), today)).map((todo) => [todo.title, todo.dueOn])).toContainEqual([
    '待回访：陈静脱困后的情况',
    '2028-01-01',
  ])
  expect((await ask('张敏', 'POST', `/files/${id}/call-back`, { words: '生活稳定' })).status).toBe(200)
  expect((await ask('张敏', 'POST', `/files/${id}/call-back`, { words: '再问' })).body.code).toBe('not-now')
  // Who falls back gets a new file that names the old one.
  const again = await apply('张敏', '陈静', { onDay: '2027-07-01' })
  expect((await ask('陈静', 'POST', `/files/${again.body.id}/open`)).body.previousId).toBe(id)
})

test('nobody decides on the own file', async () => {
  const own = await apply('张敏', '张敏', { onDay: '2027-07-01' })
  const found = { ...family, onDay: '2027-07-01', visitors: '刘洋、陈静' }
  expect((await ask('张敏', 'POST', `/files/${own.body.id}/checks`, found)).body.code).toBe('own-file')
  expect((await move('张敏', own.body.id, '同意')).body.code).toBe('own-file')
  expect((await move('李强', own.body.id, '否决')).body.code).toBe('words-missing')
  expect((await move('李强', own.body.id, '否决', '材料不实')).body).toEqual({ state: 'rejected' })
})

test('the tables let nobody in whom the transaction did not name', async () => {
  const all = () => sql<{ n: number }>`select count(*)::int as n from hardship.file`
  expect((await all().execute(db)).rows[0]!.n).toBe(0)
  expect((await sql<{ n: number }>`select count(*)::int as n from hardship.version`.execute(db)).rows[0]!.n).toBe(0)
  const seenBy = (who: PersonName) => withFiles(db, world.as(who), async (tx) => (await all().execute(tx)).rows[0]!.n)
  expect([await seenBy('李强'), await seenBy('周婷'), await seenBy('陈静')]).toEqual([3, 0, 2])
  const { rows } = await ownerPool.query<{ text: string }>(
    `select string_agg(encode(diagnosis_sealed, 'escape'), '') as text from hardship.version`,
  )
  expect(rows[0]!.text).not.toContain('肾')
})

test('who signs sees what is hung out and on file, without the illness and the names; who keeps files sees all', async () => {
  narrowed = ['hardship.approve', 'hardship.read']
  const seen = (who: PersonName, fileId: number) => ask(who, 'POST', `/files/${fileId}/open`, { reason: '审批建档' })
  const applied = await apply('刘洋', '刘洋', { onDay: '2027-07-01' })
  expect((await seen('李强', applied.body.id)).status).toBe(404)
  expect((await ask('李强', 'GET', '/files')).body.rows.map((row: { state: string }) => row.state)).toEqual(['lifted'])
  const { body } = await seen('李强', id)
  expect(body).toMatchObject({
    abridged: true,
    versions: expect.arrayContaining([expect.objectContaining({ diagnosis: null })]),
  })
  expect(JSON.stringify(body)).not.toMatch(/慢性肾病|陈母/)
  narrowed = null
  expect(JSON.stringify((await seen('李强', id)).body)).toMatch(/慢性肾病/)
})

test('a file follows its person to another union, which looks again; the first sees it no more', async () => {
  const rows = await sql<{ id: number }>`select id from openness.item`.execute(db)
  expect(rows.rows.length).toBeGreaterThan(0)
  today = '2027-08-02'
  const { body } = await apply('张敏', '陈静', { onDay: '2027-08-02' }).then(async (made) =>
    made.status === 201 ? made : { body: { id: (await ask('陈静', 'GET', '/files')).body.rows[0].id } },
  )
  const fileId = body.id as number
  expect((await ask('张敏', 'POST', `/files/${fileId}/transfer`, { words: '调动' })).body.code).toBe('not-now')
  await ask('张敏', 'POST', `/files/${fileId}/checks`, { ...family, onDay: '2027-08-02', visitors: '张敏、刘洋' })
  await move('张敏', fileId, '同意')
  await move('张敏', fileId, '公示')
  today = '2027-08-20'
  expect((await move('李强', fileId, '同意')).body).toEqual({ state: 'on-file' })
  expect((await ask('张敏', 'POST', `/files/${fileId}/transfer`, { words: '调动' })).body.code).toBe('not-moved')
  await ownerPool.query('update members.person set unit_id = $1 where id = $2', [
    world.unit('south-1'),
    world.person('陈静'),
  ])
  expect((await ask('吴刚', 'POST', `/files/${fileId}/transfer`, { words: '调动' })).status).toBe(404)
  expect((await ask('张敏', 'POST', `/files/${fileId}/transfer`, { words: '调往南湖公司' })).body).toMatchObject({
    unitName: '纺纱车间分工会',
  })
  const open = (who: PersonName) => ask(who, 'POST', `/files/${fileId}/open`, { reason: '接收档案' })
  expect((await open('张敏')).status).toBe(404)
  expect((await open('吴刚')).body).toMatchObject({ movedFrom: '铸造车间分工会', state: 'on-file' })
  const waiting = async () => (await todosOf(db, world.as('吴刚'), today)).map((todo) => todo.title)
  expect(await waiting()).toContain('转入的困难档案待入户核查：陈静')
  await ask('吴刚', 'POST', `/files/${fileId}/checks`, { ...family, onDay: '2027-08-20', visitors: '吴刚、孙丽' })
  expect(await waiting()).not.toContain('转入的困难档案待入户核查：陈静')
  expect((await ask('吴刚', 'POST', `/files/${fileId}/reviews`, { decision: 'keep' })).body.code).toBe('same-hand')
  expect((await ask('周婷', 'POST', `/files/${fileId}/reviews`, { decision: 'keep' })).status).toBe(201)
})
