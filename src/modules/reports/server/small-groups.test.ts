import { afterAll, beforeAll, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import { declareRegisters } from '../../../kernel/register/registry.ts'
import { insertRecords } from '../../../kernel/register/store.ts'
import { writeSetting } from '../../../kernel/settings/settings.ts'
import { SMALLEST_SETTING } from '../../../kernel/small-groups/threshold.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import { smallWorld, type PersonName, type World } from '../../../kernel/testing/world.ts'
import hardship from '../../hardship/module.ts'
import { files } from '../../hardship/registers/files.ts'
import organisation from '../../organisation/module.ts'
import module from '../module.ts'
import { factRoutes } from './figure-routes.ts'
import { reportRoutes } from './report-routes.ts'

declarePermissions([...hardship.permissions, ...organisation.permissions, ...module.permissions])
declareRegisters([files])
const { db, ownerPool } = await testDatabase()
const ALL: PersonName[] = [
  '李强',
  '张敏',
  '刘洋',
  '陈静',
  '杨帆',
  '赵磊',
  '周婷',
  '吴刚',
  '孙丽',
  '郑浩',
  '何平',
  '王芳',
]
/** May see totals and write reports, not the families' files. */
const chair = [
  'reports.figures',
  'reports.read',
  'reports.write',
  'reports.sign',
  'reports.export',
  'organisation.read',
  'hardship.read',
]
const officer = [...chair, 'hardship.read-confidential']
let world: World
let app: App

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp(
    {
      db,
      today: () => '2026-06-26',
      config: { dataDir: '', publicUrl: 'http://test', host: '', port: 0, tls: null, webDir: null },
    },
    async (cookies) => (cookies['as'] ? world.as('王芳', cookies['as'] === 'officer' ? officer : chair) : null),
    [factRoutes, reportRoutes],
  )
  // Twelve on file: two in the deepest need, ten in relative need of whom one is ill.
  await db.transaction().execute((tx) =>
    insertRecords(
      tx,
      operator(),
      files,
      ALL.map((name, at) => ({
        unitId: world.unit('county'),
        personId: world.person(name),
        happenedOn: at < 6 ? '2025-03-05' : '2025-09-05',
        fields: {
          action: '新建档',
          category: at < 2 ? '深度困难' : '相对困难',
          ground: at === 5 ? '本人大病' : '收入偏低',
          tag: at < 6 ? '劳模' : '无',
          electronic: '是',
        },
      })),
      'import',
    ),
  )
})
afterAll(() => app.close())

async function ask(who: 'chair' | 'officer', method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api/${url}`,
    headers: { cookie: `as=${who}` },
    ...(payload && { payload }),
  })
  return {
    status: answer.statusCode,
    // As a reader sees it: the figure's mark-up is no part of the sentence.
    text: answer.body.replaceAll(/<[^>]+>/g, ''),
    body: answer.headers['content-type']?.includes('json') ? answer.json() : null,
  }
}
const figures = async (who: 'chair' | 'officer', rest = 'year=2025') => {
  const { body } = await ask(who, 'GET', `figures?unitId=${world.unit('county')}&${rest}`)
  return new Map<string, { text: string; value: number; withheld?: string; previousText?: string }>(
    body.figures.map((figure: { metric: string }) => [figure.metric.replace('hardship.file.', ''), figure]),
  )
}

test('who may not read the room sees no small group, nor one as a difference; its officer sees the number', async () => {
  const seen = await figures('chair')
  expect(seen.get('deep')).toMatchObject({ text: '少于5人', value: 0, withheld: 'small' })
  // 12 in all and 10 in relative need would be two in the deepest.
  expect(seen.get('relative')).toMatchObject({ text: '不单列', value: 0, withheld: 'beside' })
  expect(seen.get('ill')).toMatchObject({ text: '少于5人' })
  expect(seen.get('people')).toMatchObject({ text: '12人', value: 12 })
  const exact = await figures('officer')
  expect(exact.get('deep')).toMatchObject({ text: '2人', value: 2 })
  expect(exact.get('relative')).toMatchObject({ text: '10人' })
  // Last year's beside this year's is held back too.
  expect((await figures('chair', 'year=2026')).get('deep')?.text).toBeUndefined()
})

test('two periods that differ by days tell nothing of those days, and rows aren’t listed', async () => {
  expect((await figures('chair', 'from=2025-01-01&to=2025-12-30')).has('people')).toBe(false)
  expect((await figures('officer', 'from=2025-01-01&to=2025-12-30')).get('people')?.value).toBe(12)
  const rows = `figures/rows?metric=hardship.file.deep&unitId=${world.unit('county')}&from=2025-01-01&to=2025-12-31`
  expect((await ask('chair', 'GET', rows)).body).toEqual({ rows: [], next: null, withheld: true })
  expect((await ask('officer', 'GET', rows)).body.rows).toHaveLength(2)
})

test('the threshold is the installation’s, never below three', async () => {
  const set = (value: number) => db.transaction().execute((tx) => writeSetting(tx, SMALLEST_SETTING, value))
  await set(3)
  expect((await figures('chair')).get('deep')?.text).toBe('少于3人')
  await set(1)
  expect((await figures('chair')).get('deep')?.text).toBe('少于5人')
  await set(5)
})

test('a report is exact for inside and holds small groups back for outside, in every format', async () => {
  const order = { unitId: world.unit('county'), year: 2025, genre: 'annual' }
  const inside = (await ask('chair', 'POST', 'reports', order)).body.id
  expect((await ask('chair', 'GET', `reports/${inside}/file.html`)).text).toContain('因病致困1人')
  const refused = await ask('chair', 'POST', 'reports', { ...order, audience: 'everybody' })
  expect(refused.body.fields).toHaveProperty('audience')

  const id = (await ask('chair', 'POST', 'reports', { ...order, audience: 'outside' })).body.id
  const html = (await ask('chair', 'GET', `reports/${id}/file.html`)).text
  expect(html).toContain('因病致困少于5人')
  expect(html).toContain('劳模、党员、归侨等人员6人')
  const { figures: told } = (await ask('chair', 'GET', `reports/${id}/file.json`)).body
  const of = (name: string) => told.filter((one: { metric: string }) => one.metric === `hardship.file.${name}`)
  expect(of('deep')).toMatchObject([{ value: null, withheld: 'small', facts: 0 }])
  expect(of('relative')).toMatchObject([{ value: null, withheld: 'beside' }])
  // The first half beside the year would tell of the second.
  expect(of('people')).toHaveLength(1)
  expect(of('people')).toMatchObject([{ value: 12, facts: 0, periodTo: '2025-12-31' }])
  const page = (await ask('chair', 'GET', `reports/${id}`)).text
  expect(page).not.toMatch(/"value":2,|"numerator":2,/)
  expect((await ask('chair', 'POST', `reports/${id}/freeze`, { version: 1 })).status).toBe(200)
})

test('a report turned for outside keeps what was written by hand, but no number of a small group in it', async () => {
  const order = { unitId: world.unit('county'), year: 2025, genre: 'annual' }
  const { id } = (await ask('chair', 'POST', 'reports', order)).body
  const turned = await ask('chair', 'POST', `reports/${id}/regenerate`, { version: 1, audience: 'outside' })
  expect(turned.body.version).toBe(2)
  const { body } = await ask('chair', 'GET', `reports/${id}`)
  expect(body).toMatchObject({ audience: 'outside', versions: [{ reason: '改为对外版' }, { reason: '生成' }] })
  expect((await ask('chair', 'GET', `reports/${id}/file.html`)).text).not.toContain('因病致困1人')
  const back = await ask('chair', 'POST', `reports/${id}/regenerate`, { version: 2, audience: 'inside' })
  expect(back.body.version).toBe(3)
  expect((await ask('chair', 'GET', `reports/${id}/file.html`)).text).toContain('因病致困1人')
})
