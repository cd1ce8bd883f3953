import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator, type Actor } from '../../../kernel/access/actor.ts'
import { declareRecompute, reconcile } from '../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import organisation from '../../organisation/module.ts'
import {
  addUnit,
  applyChange,
  drawUpChange,
  followRestructuring,
  pathOf,
  unitByCode,
  type UnitType,
} from '../../organisation/public.ts'
import members from '../module.ts'
import { enrol, type Newcomer } from './enrol.ts'
import { recomputes } from './facts.ts'
import { memberFollower } from './follow-restructuring.ts'
import { wrongTallies } from './tally.ts'

/** Changes of the tree with people in it: who counts where, before the day and after. */
declarePermissions([...organisation.permissions, ...members.permissions])
for (const [measure, recompute] of Object.entries(recomputes)) declareRecompute(measure, recompute)
followRestructuring(memberFollower)
const { db } = await testDatabase()
const actor = operator()
const today = '2026-06-30'
const day = '2026-05-01'
let round = 0
/** Codes are the round's own, so that each test has a fresh pair of companies in one county. */
const code = (name: string): string => `${name}${round}`

const nobody = {
  idNoSealed: null,
  idNoHash: null,
  idLast4: null,
  phoneSealed: null,
  phoneHash: null,
  phoneLast4: null,
  bankSealed: null,
  bankLast4: null,
}
const person = (name: string, unitId: number, tags: string[] = []): Newcomer => ({
  ...nobody,
  name,
  unitId,
  gender: 'f',
  bornOn: null,
  staffNo: null,
  joinedOn: '2020-01-01',
  joinKind: 'join',
  retainedOn: null,
  status: 'active',
  employment: null,
  tags: tags.map((tag) => ({ tag, since: null })),
  kin: [],
})
const change = (
  input: Omit<Parameters<typeof drawUpChange>[2], 'effectiveOn' | 'reason'> & { effectiveOn?: string },
  who: Actor = actor,
) =>
  db.transaction().execute(async (tx) => {
    const drawn = await drawUpChange(tx, who, {
      effectiveOn: day,
      reason: '区划调整',
      document: '清工发〔2026〕5号',
      ...input,
    })
    return { drawn, applied: await applyChange(tx, who, drawn.id, today) }
  })
const unit = async (name: string) => (await unitByCode(db, code(name)))!

/** Members of a unit and below on a day, from facts and the tree as they stood that day. */
async function counted(name: string, onDate: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(f.quantity), 0)::int as n from kernel.closure c join kernel.fact f on f.unit_id = c.descendant_id
    where c.ancestor_id = ${(await unit(name)).id} and c.valid_from <= ${onDate}::date and c.valid_to > ${onDate}::date
      and f.measure = 'members.roster' and f.on_date <= ${onDate}::date and f.reversal_of is null and f.reversed_by is null`.execute(
    db,
  )
  return rows[0]!.n
}
const before = '2026-04-30'

beforeEach(async () => {
  round++
  await db.transaction().execute(async (tx) => {
    const add = (name: string, type: UnitType, parent?: string) =>
      addUnit(tx, actor, {
        code: code(name),
        name: `${name}${round}工会`,
        type,
        parentCode: parent && code(parent),
        foundedOn: '2010-01-01',
      })
    await add('county', 'federation')
    for (const name of ['east', 'south']) await add(name, 'union', 'county')
    for (const name of ['shop', 'office']) await add(name, 'branch', 'east')
    await add('group', 'group', 'shop')
    const shop = await unitByCode(tx, code('shop'))
    const group = await unitByCode(tx, code('group'))
    await enrol(tx, actor, [person('王芳', shop!.id, ['劳模']), person('李强', group!.id), person('张敏', group!.id)])
  })
  return async () => {
    expect(
      (await reconcile(db, await catalogue(db))).differences.filter((row) => row.measure.startsWith('members.')),
    ).toEqual([])
    expect((await wrongTallies.execute(db)).rows).toEqual([])
  }
})

test('a moved branch counts at the new union from the day on, and at the old one before', async () => {
  const { drawn } = await change({ kind: 'move', unitId: (await unit('shop')).id, toCode: code('south') })
  expect(drawn.preview).toContainEqual({ label: '会员（含下级）', count: 3 })
  expect([await counted('east', before), await counted('east', day)]).toEqual([3, 0])
  expect([await counted('south', before), await counted('south', day)]).toEqual([0, 3])
  expect([await counted('county', before), await counted('county', day)]).toEqual([3, 3])
  // The branch and what is below it now belong to the other layer.
  expect((await unit('group')).layerId).toBe((await unit('south')).id)
  expect((await pathOf(db, (await unit('group')).id, before)).map((step) => step.code)).toEqual(
    ['county', 'east', 'shop', 'group'].map(code),
  )
  expect((await pathOf(db, (await unit('group')).id)).map((step) => step.code)).toEqual(
    ['county', 'south', 'shop', 'group'].map(code),
  )
})

test('a branch moved there and back leaves three periods behind', async () => {
  const { id } = await unit('shop')
  await change({ kind: 'move', unitId: id, toCode: code('south') })
  await change({ kind: 'move', unitId: id, toCode: code('east'), effectiveOn: '2026-06-01' })
  expect([await counted('east', before), await counted('east', day), await counted('east', today)]).toEqual([3, 0, 3])
  await expect(
    change({ kind: 'move', unitId: id, toCode: code('south'), effectiveOn: '2026-05-15' }),
  ).rejects.toMatchObject({ code: 'too-early' })
})

test('a merged branch gives its members, children and tags to the other; its past stays its own', async () => {
  const shop = await unit('shop')
  await change({ kind: 'merge', unitId: shop.id, toCode: code('office') })
  expect(await unit('shop')).toMatchObject({ dissolvedOn: day, successorId: (await unit('office')).id })
  expect(await unit('group')).toMatchObject({ parentId: (await unit('office')).id })
  expect([await counted('office', before), await counted('office', day)]).toEqual([0, 3])
  expect([await counted('east', before), await counted('east', day)]).toEqual([3, 3])
  const tags = await sql<{ unitId: number; since: string; to: string }>`
    select unit_id as "unitId", since, valid_to::text as to from members.tag t
    where person_id in (select id from members.person where unit_id = ${(await unit('office')).id}) order by id`.execute(
    db,
  )
  expect(tags.rows).toEqual([
    { unitId: shop.id, since: '2020-01-01', to: day },
    { unitId: (await unit('office')).id, since: '2020-01-01', to: 'infinity' },
  ])
})

test('a split makes a new unit that takes a group and named people along', async () => {
  const shop = await unit('shop')
  const { rows } = await sql<{ id: number }>`select id from members.person where unit_id = ${shop.id}`.execute(db)
  await change({
    kind: 'split',
    unitId: shop.id,
    dissolve: true,
    units: [{ code: code('new'), name: '精铸分工会', childCodes: [code('group')], personIds: [rows[0]!.id] }],
  })
  expect([await counted('new', before), await counted('new', day)]).toEqual([0, 3])
  expect(await unit('shop')).toMatchObject({ dissolvedOn: day })
})

test('a unit with members or children left does not end, and nothing is half done', async () => {
  await expect(change({ kind: 'dissolve', unitId: (await unit('shop')).id })).rejects.toMatchObject({
    code: 'has-children',
  })
  await expect(change({ kind: 'dissolve', unitId: (await unit('group')).id })).rejects.toMatchObject({
    code: 'members-left',
  })
  expect(await unit('group')).toMatchObject({ dissolvedOn: null })
  await change({ kind: 'dissolve', unitId: (await unit('office')).id })
  expect(await unit('office')).toMatchObject({ dissolvedOn: day })
})

test('a new name holds from its day; what lies ahead or above one’s office waits', async () => {
  const shop = await unit('shop')
  await change({ kind: 'rename', unitId: shop.id, name: '铸锻分工会' })
  expect((await pathOf(db, shop.id)).at(-1)!.name).toBe('铸锻分工会')
  expect((await pathOf(db, shop.id, before)).at(-1)!.name).toBe(shop.name)
  await expect(
    change({ kind: 'rename', unitId: shop.id, name: '又一个', effectiveOn: '2026-07-01' }),
  ).rejects.toMatchObject({ code: 'not-yet' })
  const officer: Actor = {
    ...actor,
    kind: 'person',
    grants: ['organisation.read', 'organisation.restructure'].map((permission) => ({
      permission,
      unitId: shop.id,
      scope: 'below' as const,
    })),
  }
  await expect(change({ kind: 'move', unitId: shop.id, toCode: code('south') }, officer)).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('a company can’t go under its own workshop or a wrong kind of unit', async () => {
  const east = await unit('east')
  await expect(change({ kind: 'move', unitId: east.id, toCode: code('shop') })).rejects.toMatchObject({
    code: 'parent-type',
  })
  await expect(change({ kind: 'merge', unitId: east.id, toCode: code('county') })).rejects.toMatchObject({
    code: 'other-type',
  })
})
