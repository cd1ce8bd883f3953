import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { forgetFiles, sweepGone } from '../../../kernel/files/forget.ts'
import { LocalStore } from '../../../kernel/files/store.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { declareRetentions } from '../../../kernel/module/retention.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import { unpaidApplications } from '../../aid/server/retention.ts'
import { visitPhotos } from '../../care/server/retention.ts'
import { openFindings } from '../../funds/server/audit/holds.ts'
import hardship from '../../hardship/module.ts'
import { endedFiles } from '../../hardship/server/retention.ts'
import { unpaidClaims } from '../../mutual-aid/server/retention.ts'
import module from '../module.ts'
import { remindOfDue } from './due-reminder.ts'
import { privacyRoutes } from './routes.ts'

declarePermissions([...hardship.permissions, ...module.permissions])
let audited: number | null = null
declareRetentions(
  [endedFiles, unpaidApplications, unpaidClaims, visitPhotos],
  [openFindings, { reason: '检查中', units: () => sql`select ${audited}::bigint as unit_id` }],
)
const dataDir = mkdtempSync(path.join(tmpdir(), 'clean-up-'))
const store = new LocalStore(dataDir)
const { db, ownerPool } = await testDatabase()
let world: World
let app: App
const owned = async (text: string, values: unknown[] = []): Promise<number> =>
  (await ownerPool.query<{ id: number }>(text, values)).rows[0]?.id ?? 0

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => '2026-06-26',
      config: { dataDir, publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async ({ as }) => (as ? world.as(decodeURIComponent(as) as PersonName) : null),
    [privacyRoutes],
  )
})
afterAll(async () => {
  await app.close()
  rmSync(dataDir, { recursive: true })
})

async function ask(who: PersonName, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/privacy/${url}`,
    headers: { cookie: `as=${encodeURIComponent(who)}` },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const kind = async (id: string, who: PersonName = '李强') =>
  (await ask(who, 'GET', `due?unitId=${world.unit('east')}`)).body.kinds.find(
    (one: { kind: string }) => one.kind === id,
  )
const propose = (who: PersonName, id: string) => ask(who, 'POST', 'clean-ups', { unitId: world.unit('east'), kind: id })
const decide = (who: PersonName, id: number, confirm = true) =>
  ask(who, 'POST', `clean-ups/${id}/decision`, { confirm })

const visit = (on: string, more = 'null'): Promise<number> =>
  owned(
    `insert into care.event (unit_id, person_id, status, occasion, relation, happened_on, known_on, place, note, state, visited_on, reported_by, request_id)
     values ($1, $2, '在职', '住院', '本人', $3, $3, '县医院 3 床', '手术', 'visited', $3, 1, ${more}) returning id`,
    [world.unit('east-1'), world.person('刘洋'), on],
  )
/** A photo of an object in the store. @returns where it lies */
async function photo(objectKind: string, objectId: number, text: string): Promise<string> {
  const sha = createHash('sha256').update(text).digest('hex')
  const place = path.join(dataDir, 'files', sha.slice(0, 2), sha)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, text)
  await owned(
    `with kept as (insert into kernel.file (sha256, bytes, media_type, name, created_by) values (decode($1, 'hex'), 1, 'image/png', '照片.png', 1) returning id)
     insert into kernel.file_link (file_id, object_kind, object_id, linked_by) select id, $2, $3, 1 from kept returning id`,
    [sha, objectKind, objectId],
  )
  return place
}

test('what is past its term goes when a second person confirms: the photo from the disk, the visit stays as a count', async () => {
  const old = await visit('2022-05-01')
  const paid = await visit('2022-05-02', '7')
  const young = await visit('2024-05-01')
  const [gone, voucher, fresh] = [
    await photo('care-event', old, 'a'),
    await photo('care-event', paid, 'b'),
    await photo('care-event', young, 'c'),
  ]
  const shared = await photo('care-event', old, 'd')
  await photo('motion', 1, 'd')

  expect(await kind('care.visit-photos')).toMatchObject({
    due: 1,
    held: [],
    years: 3,
    beforeOn: '2023-06-26',
    rule: { id: 'PI-KEEP-VISIT', verification: 'memory' },
  })
  const { id } = (await propose('李强', 'care.visit-photos')).body
  expect((await propose('李强', 'care.visit-photos')).body.code).toBe('already-proposed')
  expect((await decide('李强', id)).body.code).toBe('same-person')
  expect(existsSync(gone)).toBe(true)
  // Of another union nobody hears that there is something.
  expect((await decide('周婷', id)).status).toBe(404)
  expect((await decide('刘洋', id)).status).toBe(404)
  expect((await ask('刘洋', 'GET', `due?unitId=${world.unit('east')}`)).status).toBe(404)

  expect((await decide('王芳', id)).body).toEqual({ forgotten: 1, files: 2, kept: 0 })
  expect([gone, voucher, fresh, shared].map((place) => existsSync(place))).toEqual([false, true, true, true])
  const { rows } = await sql`select id, place, note, occasion from care.event order by id`.execute(db)
  expect(rows).toMatchObject([
    { id: old, place: null, note: null, occasion: '住院' },
    { id: paid, note: '手术' },
    { id: young, note: '手术' },
  ])
  expect(await kind('care.visit-photos')).toMatchObject({
    due: 0,
    open: null,
    past: [{ state: 'done', forgotten: 1, files: 2 }],
  })
  expect((await propose('李强', 'care.visit-photos')).body.code).toBe('nothing-due')
  expect((await decide('王芳', id)).body.code).toBe('decided')
  const log = await sql<{
    summary: string
  }>`select summary from kernel.audit where action = 'privacy.clean-up'`.execute(db)
  expect(log.rows).toMatchObject([{ summary: '确认清理到期的“走访照片和情况说明”1 件、附件 2 份' }])
})

test('what was appealed or audited meanwhile stays, also when it was proposed before', async () => {
  const plan = await owned(
    `insert into mutual_aid.plan (unit_id, scheme, title, organiser, starts_on, ends_on, premium_fen, waiting_days, claim_days, causes, hospitals, papers, formula, caps, document, created_by)
     values ($1, 'x', '住院互助', '工会', '2020-01-01', '2020-12-31', 0, 0, 365, '[]', '[]', '[]', '{}', '{}', '号', 1) returning id`,
    [world.unit('east')],
  )
  const claim = (invoice: string): Promise<number> =>
    owned(
      `insert into mutual_aid.claim (plan_id, unit_id, person_id, cause, event_on, filed_on, hospital, days, total_fen, own_fen, excluded, invoice_no, papers, claimed_fen, state, decided_on, created_by)
       values ($1, $2, $3, '住院', '2020-03-01', '2020-04-01', '县医院', 3, 100, 100, false, $4, '["发票"]', 100, 'refused', '2020-05-01', 1) returning id`,
      [plan, world.unit('east-1'), world.person('刘洋'), invoice],
    )
  const [one, two, three] = [await claim('A1'), await claim('A2'), await claim('A3')]
  const appeal = `insert into mutual_aid.appeal (claim_id, grounds, appealed_on, created_by) values ($1, '不服', '2026-06-01', 1) returning claim_id as id`
  await owned(appeal, [one])
  expect(await kind('mutual-aid.unpaid-claims')).toMatchObject({ due: 2, held: [{ reason: '申诉未办结', n: 1 }] })
  const { id } = (await propose('李强', 'mutual-aid.unpaid-claims')).body
  await owned(appeal, [two])
  expect((await decide('王芳', id)).body).toEqual({ forgotten: 1, files: 0, kept: 1 })
  const { rows } = await sql`select id, hospital, cause from mutual_aid.claim order by id`.execute(db)
  expect(rows).toEqual([
    { id: one, hospital: '县医院', cause: '住院' },
    { id: two, hospital: '县医院', cause: '住院' },
    { id: three, hospital: '', cause: '住院' },
  ])
  await ownerPool.query(`update mutual_aid.appeal set outcome = 'dismissed', decided_on = '2026-06-02'`)
  audited = world.unit('east')
  expect(await kind('mutual-aid.unpaid-claims')).toMatchObject({ due: 0, held: [{ reason: '检查中', n: 2 }] })
  audited = null
  expect(await remindOfDue(db, '2026-06-26')).toBe(1)
  const todo = await sql`select title, unit_id as unit from kernel.todo where done_at is null`.execute(db)
  expect(todo.rows).toEqual([{ title: '个人信息到期清理：2 件待办', unit: world.unit('east') }])
})

test('of a hardship file that ended long ago the illness and the names go, its arithmetic stays', async () => {
  const file = await owned(
    `insert into hardship.file (unit_id, person_id, state, lifted_on, lift_reason, created_by) values ($1, $2, 'lifted', '2021-01-01', '收入提高', 1) returning id`,
    [world.unit('east-1'), world.person('刘洋')],
  )
  await owned(
    `insert into hardship.version (file_id, no, reason, on_day, ground, family, income_fen, rigid_fen, loss_fen, accident, exclusions, visitors, diagnosis_sealed, verdict, created_by, created_name)
     values ($1, 1, 'check', '2020-01-01', '家属大病', '[{"name": "刘小", "relation": "子女", "incomeFen": 0, "note": "住院"}]', 100, 0, 0, false, '[]', '张敏', '\\x00', '{}', 1, '张敏') returning id`,
    [file],
  )
  const { id } = (await propose('李强', 'hardship.ended-files')).body
  expect((await decide('王芳', id, false)).body).toEqual({ forgotten: 0, files: 0, kept: 1 })
  const again = (await propose('李强', 'hardship.ended-files')).body
  expect((await decide('王芳', again.id)).body.forgotten).toBe(1)
  const { rows } = await ownerPool.query(
    'select family, income_fen, diagnosis_sealed, visitors, ground from hardship.version',
  )
  expect(rows).toEqual([
    {
      family: [{ name: '', relation: '子女', incomeFen: 0 }],
      income_fen: 100,
      diagnosis_sealed: null,
      visitors: null,
      ground: '',
    },
  ])
  // The door it went through is shut again.
  expect((await sql`select from hardship.file`.execute(db)).rows).toHaveLength(0)
})

test('a server that dies after the rows leaves bytes that the sweep finds, and never bytes somebody put there again', async () => {
  const event = await visit('2022-01-01')
  const place = await photo('care-event', event, 'crash')
  await db.transaction().execute((tx) => forgetFiles(tx, 'care-event', [event]))
  // Here it died: the rows are gone, the bytes not.
  expect(existsSync(place)).toBe(true)
  expect(await sweepGone(db, store)).toBe(1)
  expect(existsSync(place)).toBe(false)
  expect(await sweepGone(db, store)).toBe(0)

  const other = await visit('2022-01-02')
  const kept = await photo('care-event', other, 'twice')
  await db.transaction().execute((tx) => forgetFiles(tx, 'care-event', [other]))
  await photo('care-event', event, 'twice')
  expect(await sweepGone(db, store)).toBe(0)
  expect(existsSync(kept)).toBe(true)
})

test('the smallest group that is told is set at the top of the house, never below three', async () => {
  expect((await ask('李强', 'PUT', 'smallest-group', { smallest: 6 })).status).toBe(403)
  expect((await ask('王芳', 'PUT', 'smallest-group', { smallest: 2 })).body.fields).toHaveProperty('smallest')
  expect((await ask('王芳', 'PUT', 'smallest-group', { smallest: 6 })).body).toEqual({ smallest: 6 })
  expect((await ask('王芳', 'GET', `due?unitId=${world.unit('east')}`)).body).toMatchObject({
    smallest: 6,
    maySet: true,
  })
})
