import { mkdtempSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor, Grant } from '../src/kernel/access/actor.ts'
import { buildApp, type App } from '../src/kernel/http/app.ts'
import { testDatabase } from '../src/kernel/testing/database.ts'
import { smallWorld, type PersonName, type UnitCode, type World } from '../src/kernel/testing/world.ts'
import { cellText } from '../src/kernel/xlsx/cell.ts'
import { openWorkbook } from '../src/kernel/xlsx/read.ts'
import { writeWorkbook } from '../src/kernel/xlsx/write.ts'
import '../src/modules.ts'
import { routes } from '../src/routes.ts'

/** What somebody tries who knows the addresses and holds an office of their own. */
const { db, ownerPool } = await testDatabase()
const folder = mkdtempSync(path.join(os.tmpdir(), 'zhijia-security-'))
const config = { dataDir: folder, publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null }
let app: App
let world: World
let actor: Actor
const register = 'hardship.file'

beforeAll(async () => {
  world = await smallWorld(ownerPool)
  app = await buildApp({ db, config, today: () => '2026-12-31' }, async () => actor, routes)
})
afterAll(() => app.close())

/** Somebody with offices: permission → units. */
const officer = (name: PersonName, held: Record<string, UnitCode[]>): Actor => ({
  ...world.as(name, []),
  grants: Object.entries(held).flatMap(([permission, units]) =>
    units.map((code): Grant => ({ permission, unitId: world.unit(code), scope: 'below' })),
  ),
})
const ask = async (
  who: Actor,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: object | Buffer,
  type?: string,
) => {
  actor = who
  const headers = type ? { 'content-type': type } : {}
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }) })
  const json = answer.headers['content-type']?.toString().includes('json')
  return { status: answer.statusCode, body: json ? answer.json() : null, text: answer.body }
}
const aidFile = (unit: UnitCode, person: PersonName, more: object = {}) => ({
  unitId: world.unit(unit),
  happenedOn: '2026-03-05',
  state: 'draft',
  personId: world.person(person),
  ...more,
})
/** An officer for aid in one company who keeps the open ledgers of another. */
const twoOffices = (): Actor =>
  officer('周婷', {
    'organisation.read': ['east', 'south'],
    'members.read': ['east', 'south'],
    'hardship.read': ['east', 'south'],
    'hardship.write': ['east', 'south'],
    'hardship.export': ['east', 'south'],
    'hardship.void': ['east', 'south'],
    'hardship.read-confidential': ['south'],
  })

it('the office that opens aid files in one company opens none in another', async () => {
  const kept = await ask(world.as('李强'), 'POST', `/api/registers/${register}/records`, aidFile('east-1', '刘洋'))
  expect(kept.status).toBe(201)
  const own = await ask(twoOffices(), 'POST', `/api/registers/${register}/records`, aidFile('south-1', '孙丽'))
  expect(own.status).toBe(201)
  const list = await ask(twoOffices(), 'GET', `/api/registers/${register}/records`)
  expect([list.body.total, list.body.rows.map((row: { id: number }) => row.id)]).toEqual([1, [own.body.id]])
  const about = await ask(twoOffices(), 'GET', `/api/persons/${world.person('刘洋')}/records`)
  expect(about.body.rows).toEqual([])
  for (const [method, url, payload] of [
    ['GET', `/api/records/${kept.body.id}`, undefined],
    ['PUT', `/api/records/${kept.body.id}`, aidFile('east-1', '刘洋', { version: 1 })],
    ['POST', `/api/records/${kept.body.id}/void`, { version: 1, reason: '试试看' }],
    ['POST', `/api/registers/${register}/records`, aidFile('east-1', '刘洋')],
    ['GET', `/api/files?objectKind=record&objectId=${kept.body.id}`, undefined],
    ['GET', `/api/registers/${register}/export.xlsx?unitId=${world.unit('east')}`, undefined],
  ] as const)
    expect([method, url, (await ask(twoOffices(), method, url, payload)).status]).toEqual([method, url, 404])
})

it('a total of somebody’s need opens onto nothing for whoever may not read it one by one', async () => {
  const visit = { unitId: world.unit('east-1'), happenedOn: '2026-04-01', personId: world.person('刘洋') }
  const fields = { status: '在职', occasion: '住院', relation: '本人', place: '市医院', amount: 80_000 }
  const kept = await ask(world.as('李强'), 'POST', '/api/registers/care.visit/records', { ...visit, fields })
  expect([kept.status, kept.body.fields]).toEqual([201, undefined])
  const rowsFor = async (who: Actor, metric: string) =>
    (
      await ask(
        who,
        'GET',
        `/api/figures/rows?metric=${metric}&unitId=${world.unit('east')}&from=2026-01-01&to=2026-12-31`,
      )
    ).body.rows as { personName: string | null; householdId: number | null; refId: number | null; mayOpen: boolean }[]
  // The accountant sees figures of the union, and of care only what is their own.
  const accountant = officer('李强', { 'organisation.read': ['east'], 'reports.figures': ['east'] })
  accountant.grants = [...accountant.grants, { permission: 'care.read', unitId: 0, scope: 'own' }]
  expect(await rowsFor(accountant, 'care.visit.times')).toEqual([])
  // The same for somebody who reads another branch's.
  const elsewhere = officer('李强', {
    'organisation.read': ['east'],
    'reports.figures': ['east'],
    'care.read': ['east-2'],
    'care.read-confidential': ['east-2'],
  })
  expect(await rowsFor(elsewhere, 'care.visit.times')).toEqual([])
  expect((await rowsFor(world.as('李强'), 'care.visit.times')).map((row) => row.personName)).toEqual(['刘洋'])
})

it('an id typed at random does not answer with the name of a stranger', async () => {
  const payload = {
    unitId: world.unit('south-1'),
    happenedOn: '2026-04-01',
    state: 'draft',
    personId: world.person('陈静'),
  }
  const tried = await ask(world.as('周婷'), 'POST', '/api/registers/care.visit/records', payload)
  expect([tried.status, tried.body.code]).toEqual([422, 'unknown-person'])
  expect(tried.text).not.toContain('陈静')
  // Somebody who moved away after the record was made may stay in it.
  const kept = await ask(world.as('周婷'), 'POST', '/api/registers/care.visit/records', {
    ...payload,
    personId: world.person('郑浩'),
  })
  await ownerPool.query('update members.person set unit_id = $1 where id = $2', [
    world.unit('east-1'),
    world.person('郑浩'),
  ])
  const changed = await ask(world.as('周婷'), 'PUT', `/api/records/${kept.body.id}`, {
    ...payload,
    personId: world.person('郑浩'),
    version: 1,
  })
  expect(changed.status).toBe(200)
})

it("a union's own register is known and used there and below, not by its neighbour", async () => {
  const own = {
    unitId: world.unit('east'),
    title: '东风工会谈心谈话',
    domain: 'WW',
    fields: [{ label: '地点', kind: 'text' }],
  }
  const made = await ask(world.as('李强'), 'POST', '/api/custom/registers', own)
  expect(made.status).toBe(201)
  const record = (unit: UnitCode) => ({ unitId: world.unit(unit), happenedOn: '2026-05-01', fields: {} })
  const titles = async (who: Actor): Promise<string[]> =>
    (await ask(who, 'GET', '/api/registers')).body.map((one: { title: string }) => one.title)
  expect(await titles(world.as('张敏'))).toContain(own.title)
  expect(await titles(world.as('王芳'))).toContain(own.title)
  expect(await titles(world.as('周婷'))).not.toContain(own.title)
  const records = `/api/registers/${made.body.register}/records`
  expect((await ask(world.as('张敏'), 'POST', records, record('east-1'))).status).toBe(201)
  expect((await ask(world.as('周婷'), 'POST', records, record('south-1'))).status).toBe(404)
  expect((await ask(world.as('周婷'), 'GET', records)).status).toBe(404)
  // The year by subject counts what its reader may read, and nothing else.
  const recordsOf = async (who: Actor, wanted: number): Promise<number> =>
    (await ask(who, 'GET', `/api/registers/by-domain?year=${wanted}`)).body
      .filter((one: { domain: string }) => one.domain === own.domain)
      .reduce((sum: number, one: { now: number }) => sum + one.now, 0)
  const counted = await recordsOf(world.as('王芳'), 2026)
  expect(counted).toBeGreaterThan(0)
  expect(await recordsOf(world.as('周婷'), 2026)).toBeLessThan(counted)
  // Not even from above into a unit that doesn't have it.
  const above = await ask(world.as('王芳'), 'POST', records, record('south-1'))
  expect([above.status, above.body.code]).toEqual([422, 'other-units-register'])
  const year = 'from=2026-01-01&to=2026-12-31'
  for (const [unit, shown] of [
    ['south', false],
    ['east', true],
  ] as const) {
    const figures = await ask(world.as('王芳'), 'GET', `/api/figures?unitId=${world.unit(unit)}&${year}`)
    expect(figures.text.includes(own.title)).toBe(shown)
    const alone = await ask(world.as('王芳'), 'GET', `/api/figures?unitId=${world.unit(unit)}&${year}&compare=no`)
    expect(alone.body.figures).toEqual(figures.body.figures.map((figure: object) => ({ ...figure, previous: null })))
  }
  const field = { register: made.body.register, unitId: world.unit('south'), field: { label: '夹带', kind: 'text' } }
  expect((await ask(world.as('周婷'), 'POST', '/api/custom/fields', field)).status).toBe(404)
  const closing = (await ask(world.as('李强'), 'GET', '/api/custom')).body.registers[0].id as number
  expect((await ask(world.as('李强'), 'POST', `/api/custom/registers/${closing}/close`, {})).status).toBe(200)
  const late = await ask(world.as('张敏'), 'POST', records, record('east-1'))
  expect([late.status, late.body.code]).toEqual([422, 'register-closed'])
})

it("a report is made for one's own units only", async () => {
  for (const [method, url, payload] of [
    ['POST', '/api/reports', { unitId: world.unit('south'), year: 2026, genre: 'annual' }],
    ['GET', `/api/figures?unitId=${world.unit('south')}`, undefined],
    ['GET', `/api/members/statistics?unitId=${world.unit('south')}`, undefined],
  ] as const)
    expect([url, (await ask(world.as('李强'), method, url, payload)).status]).toEqual([url, 404])
})

it('a staged workbook of aid files is not shown to a colleague without them', async () => {
  const file = path.join(folder, 'aid.xlsx')
  const known = await ask(world.as('李强'), 'GET', '/api/registers')
  const title = known.body.find((one: { id: string }) => one.id === register).title as string
  actor = world.as('李强')
  const blank = await app.inject({ method: 'GET', url: `/api/templates/ledger.xlsx?registers=${register}` })
  expect(blank.statusCode).toBe(200)
  await writeFile(file, blank.rawPayload)
  const workbook = await openWorkbook(file)
  const sheet = workbook.sheets.find((one) => one.name === title)!
  const [head] = await Array.fromAsync(sheet.rows())
  workbook.close()
  const headers = head!.cells.map((cell) => cellText(cell))
  await writeWorkbook(file, [
    {
      name: title,
      columns: headers.map((header) => ({ header })),
      rows: [headers.map((header) => (/姓名/.test(header) ? '刘洋' : '认不出'))],
    },
  ])
  const form = new FormData()
  form.append('kind', 'ledger')
  form.append('unitId', String(world.unit('east')))
  form.append('year', '2026')
  form.append('file', new Blob([await readFile(file)]), '困难职工.xlsx')
  const encoded = new Response(form)
  const uploaded = await ask(
    world.as('李强'),
    'POST',
    '/api/imports',
    Buffer.from(await encoded.arrayBuffer()),
    encoded.headers.get('content-type')!,
  )
  expect(uploaded.status).toBe(201)
  const colleague = officer('张敏', {
    'organisation.read': ['east'],
    'activities.import': ['east'],
    'hardship.import': ['east'],
    'hardship.read': ['east'],
  })
  for (const url of ['', '/rows', '/errors.xlsx'])
    expect((await ask(colleague, 'GET', `/api/imports/${uploaded.body.id}${url}`)).status).toBe(404)
  expect((await ask(colleague, 'POST', `/api/imports/${uploaded.body.id}/commit`, { mode: 'good' })).status).toBe(404)
  expect((await ask(colleague, 'GET', '/api/imports')).body.rows).toEqual([])
  expect((await ask(world.as('李强'), 'GET', '/api/imports')).body.rows).toHaveLength(1)
  expect((await ask(world.as('李强'), 'GET', `/api/imports/${uploaded.body.id}/rows`)).body.rows).toHaveLength(1)
})
