import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator, type Actor } from '../../../kernel/access/actor.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import module from '../module.ts'
import { recomputes } from './facts.ts'
import { pathOf, subtreeIds } from './tree.ts'
import { addUnit, editUnit, unitByCode } from './units.ts'

declarePermissions(module.permissions)
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
const { db } = await testDatabase()
const actor = operator()
const add = (code: string, type: Parameters<typeof addUnit>[2]['type'], parentCode?: string, foundedOn?: string) =>
  db.transaction().execute((tx) => addUnit(tx, actor, { code, name: `${code}工会`, type, parentCode, foundedOn }))

test('a county, a company and its workshop form a tree with layers', async () => {
  const county = await add('county', 'federation')
  const company = await add('company', 'union', 'county', '2019-05-04')
  const shop = await add('shop', 'branch', 'company')
  const group = await add('group', 'group', 'shop')
  expect([county.layerId, company.layerId, shop.layerId, group.layerId]).toEqual([
    county.id,
    company.id,
    company.id,
    company.id,
  ])
  expect(await subtreeIds(db, county.id)).toEqual([county.id, company.id, shop.id, group.id])
  expect((await pathOf(db, group.id)).map((step) => step.code)).toEqual(['county', 'company', 'shop', 'group'])
  // Before its founding the place is there too: an opening ledger of older rows still counts at the county.
  expect(await subtreeIds(db, county.id, '1990-01-01')).toContain(group.id)
})

test.each([
  ['group', 'county', 'parent-type'],
  ['subbranch', 'company', 'parent-type'],
  ['branch', undefined, 'parent-type'],
  ['union', 'nowhere', 'parent-unknown'],
] as const)('a %s under %s is refused: %s', async (type, parent, code) => {
  await expect(add('x', type, parent)).rejects.toMatchObject({ code })
})

test('a code is given once, and must be one', async () => {
  await expect(add('shop', 'branch', 'company')).rejects.toMatchObject({ code: 'unit-code-taken' })
  await expect(add('车间', 'branch', 'company')).rejects.toMatchObject({ code: 'unit-code' })
})

test('founding facts follow the row, and a corrected founding day takes the old ones back', async () => {
  const company = (await unitByCode(db, 'company'))!
  const facts = async () =>
    (
      await sql<{ measure: string; day: string }>`
      select measure, on_date::text as day from kernel.fact where unit_id = ${company.id}
        and reversal_of is null and reversed_by is null order by measure`.execute(db)
    ).rows
  expect(await facts()).toEqual([
    { measure: 'organisation.founded', day: '2019-05-04' },
    { measure: 'organisation.units', day: '2019-05-04' },
  ])
  await db.transaction().execute((tx) => editUnit(tx, actor, company.id, { version: 1, foundedOn: '2018-05-04' }))
  expect((await facts()).map((fact) => fact.day)).toEqual(['2018-05-04', '2018-05-04'])
  await expect(
    db.transaction().execute((tx) => editUnit(tx, actor, company.id, { version: 1, sortKey: 3 })),
  ).rejects.toMatchObject({ code: 'edited-meanwhile' })
  expect((await reconcile(db, await catalogue(db))).differences).toEqual([])
})

test('who may only read a unit adds nothing below it, and a stranger does not learn that it exists', async () => {
  const company = (await unitByCode(db, 'company'))!
  const reader: Actor = {
    ...actor,
    kind: 'person',
    grants: [{ permission: 'organisation.read', unitId: company.id, scope: 'below' }],
  }
  const draft = { code: 'new', name: '新分会', type: 'branch' as const, parentCode: 'company' }
  const attempt = (who: Actor) => db.transaction().execute((tx) => addUnit(tx, who, draft))
  await expect(attempt(reader)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(attempt({ ...reader, grants: [] })).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    attempt({
      ...reader,
      grants: [...reader.grants, { permission: 'organisation.restructure', unitId: company.id, scope: 'unit' }],
    }),
  ).resolves.toMatchObject({ code: 'new' })
})
