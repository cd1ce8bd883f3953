import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { openOffice } from './desk-for-tests.ts'
import { walk } from './walk-for-tests.ts'

const office = await openOffice()
const { ask, does, world, db } = office
const { plan, delegatesElected, detail, sittingOf } = walk(office)
afterAll(() => office.app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

/** A running term with one seat for the foundry and one for the assembly shop, kept by its chair. */
async function term(kind: string, ordinal: number, seats = [2, 1]): Promise<{ id: number; units: { id: number }[] }> {
  const { id } = await does('李强', 'POST', '/api/congress/terms', {
    unitId: world.unit('east'),
    kind,
    ordinal,
    startsOn: `2024-01-${String(ordinal).padStart(2, '0')}`,
    dueOn: `2028-01-${String(ordinal).padStart(2, '0')}`,
    people: 120,
    women: 40,
    seats: seats[0]! + seats[1]!,
  })
  const { constituencies } = await does('李强', 'PUT', `/api/congress/terms/${id}/constituencies`, {
    // Called as the branch in the tree is: it is that branch.
    constituencies: [
      { name: '铸造车间分工会', people: 60, seats: seats[0] },
      { name: '装配车间分工会', people: 60, seats: seats[1] },
    ],
  })
  return { id, units: constituencies }
}
const delegatesOf = async (termId: number) =>
  (await ask('李强', 'GET', `/api/congress/terms/${termId}`)).body.delegates as {
    name: string
    toOn: string | null
    endReason: string | null
    votes: number | null
    fromOn: string
    category: string
    replacesName: string | null
  }[]
const seats = (...names: ('刘洋' | '陈静' | '张敏')[]) => ({
  seats: names.map((name) => ({ personId: world.person(name), category: 'front-line' })),
})
/** What the register of delegates counts: 新产生职工代表人数. */
const filed = async (): Promise<number> => {
  const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
  const [figure] = await figuresOf(db, await catalogue(db), scope, ['congress.delegate-election.delegates'])
  return figure?.value ?? 0
}

describe('elected delegates take their seats', () => {
  it('in the running term, with day and votes of the count; not before the result is announced, and only once', async () => {
    const staff = await term('staff-congress', 10)
    const { id: unfinished } = await does('李强', 'POST', '/api/elections', {
      ...plan(),
      kind: 'delegates',
      ordinal: null,
      termYears: null,
      races: [{ post: 'staff-delegate', seats: 1, unitId: world.unit('east-1') }],
    })
    expect((await ask('李强', 'POST', `/api/elections/${unfinished}/seats`, {})).body.code).toBe('wrong-state')
    const id = await delegatesElected('staff-delegate', 2, { 刘洋: 3, 陈静: 2 })
    expect((await ask('周婷', 'GET', `/api/elections/${id}/seats`)).status).toBe(404)
    expect((await ask('张敏', 'POST', `/api/elections/${id}/seats`, seats('刘洋', '陈静'))).status).toBe(404)
    const { body: shown } = await ask('李强', 'GET', `/api/elections/${id}/seats`)
    expect(shown).toMatchObject({ term: { id: staff.id, body: 'staff' }, seats: [], may: true })
    expect(shown.waiting).toMatchObject([
      { name: '刘洋', votes: 3, constituencyId: staff.units[0]!.id, category: null },
      { name: '陈静', votes: 2, constituencyId: staff.units[0]!.id, category: null },
    ])
    // The ballot doesn't know whether somebody works at the front line.
    const without = await ask('李强', 'POST', `/api/elections/${id}/seats`, seats('刘洋'))
    expect([without.status, without.body.code]).toEqual([422, 'seat-missing'])
    expect(await delegatesOf(staff.id)).toEqual([])
    await does('李强', 'POST', `/api/elections/${id}/seats`, seats('刘洋', '陈静'))
    expect(await delegatesOf(staff.id)).toMatchObject([
      { name: '刘洋', votes: 3, fromOn: '2026-03-20', category: 'front-line' },
      { name: '陈静', votes: 2, fromOn: '2026-03-20' },
    ])
    expect((await ask('李强', 'POST', `/api/elections/${id}/seats`, seats('刘洋', '陈静'))).body.code).toBe(
      'seated-all',
    )
    expect(await filed()).toBe(2)

    // Another election for a unit whose seats are taken.
    const more = await delegatesElected('staff-delegate', 1, { 张敏: 3 })
    expect((await ask('李强', 'POST', `/api/elections/${more}/seats`, seats('张敏'))).body.code).toBe('seats-full')

    // One leaves, the other election fills that seat; it turns out invalid, and the seat is vacant again.
    const left = (await ask('李强', 'GET', `/api/congress/terms/${staff.id}`)).body.delegates[0].id
    await does('李强', 'POST', `/api/congress/delegates/${left}/end`, { toOn: '2026-03-20', reason: '调离' })
    const vacated = (await ask('李强', 'GET', `/api/elections/${more}/seats`)).body.vacated
    expect(vacated).toMatchObject([{ id: left, name: '刘洋' }])
    const after = { seats: [{ personId: world.person('张敏'), category: 'manager', replacesId: left }] }
    expect(
      (
        await ask('李强', 'POST', `/api/elections/${more}/seats`, {
          seats: [{ ...after.seats[0], replacesId: left + 1 }],
        })
      ).body.code,
    ).toBe('not-vacant')
    expect((await does('李强', 'POST', `/api/elections/${more}/seats`, after)).seats).toMatchObject([
      { name: '张敏', replacesName: '刘洋', annulledFor: null },
    ])
    expect(await filed()).toBe(3)
    expect((await ask('张敏', 'POST', `/api/elections/${more}/annul`, { words: '计票有误' })).status).toBe(404)
    expect((await ask('李强', 'POST', `/api/elections/${more}/annul`, {})).status).toBe(422)
    await does('李强', 'POST', `/api/elections/${more}/annul`, { words: '到会人数登记有误' })
    expect((await detail(more)).election.state).toBe('invalid')
    expect((await delegatesOf(staff.id)).find((one) => one.name === '张敏')).toMatchObject({
      endReason: '当选无效：到会人数登记有误',
    })
    expect(await filed()).toBe(2)
    expect((await ask('李强', 'GET', `/api/elections/${more}/seats`)).body).toMatchObject({
      vacated: [{ id: left }],
      seats: [{ name: '张敏', annulledFor: '到会人数登记有误' }],
      may: false,
    })
  })

  it("the upper union's refusal takes seats back, and an assembly of delegates is called from the seats", async () => {
    const id = await delegatesElected('delegate', 1, { 刘洋: 3, 陈静: 0 })
    expect((await ask('李强', 'POST', `/api/elections/${id}/seats`, seats('刘洋'))).body.code).toBe('no-term')
    const members = await term('members-congress', 3)
    await does('李强', 'POST', `/api/elections/${id}/seats`, seats('刘洋'))
    await does('李强', 'POST', `/api/congress/terms/${members.id}/delegates`, {
      electedOn: '2026-03-10',
      delegates: [{ personId: world.person('杨帆'), constituencyId: members.units[1]!.id, category: 'front-line' }],
    })
    const { id: assembly } = await does('李强', 'POST', '/api/elections', {
      ...plan({ form: 'delegates' }),
      heldOn: '2026-04-20',
    })
    await does('李强', 'POST', `/api/elections/${assembly}/submit`)
    await does('王芳', 'POST', `/api/elections/${assembly}/plan-answer`, { verb: '同意' })
    const sitting = sittingOf(await detail(assembly), 'assembly').id
    await does('李强', 'POST', `/api/sittings/${sitting}/roll`)
    expect(
      (await ask('李强', 'GET', `/api/sittings/${sitting}/members`)).body.members
        .map((one: any) => one.name)
        .toSorted(),
    ).toEqual(['刘洋', '杨帆'].toSorted())
    await does('李强', 'POST', `/api/elections/${id}/report`)
    await does('王芳', 'POST', `/api/elections/${id}/result-answer`, { verb: '否决', words: '差额不足' })
    expect((await delegatesOf(members.id)).filter((one) => !one.toOn).map((one) => one.name)).toEqual(['杨帆'])
  })

  it('delegates of staff and of members are not elected in one', async () => {
    const both = await ask('李强', 'POST', '/api/elections', {
      ...plan(),
      kind: 'delegates',
      ordinal: null,
      termYears: null,
      races: [
        { post: 'delegate', seats: 1, unitId: world.unit('east-1') },
        { post: 'staff-delegate', seats: 1, unitId: world.unit('east-1') },
      ],
    })
    expect(both.body.fields.races).toContain('分成两次')
  })
})
