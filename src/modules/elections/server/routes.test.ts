import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { openOffice } from './desk-for-tests.ts'
import { heldOn, walk } from './walk-for-tests.ts'

const office = await openOffice()
const { ask, does, counted, world, db } = office
const { plan, detail, raceOf, sittingOf, voteOf, tellers, sheet, elected } = walk(office)
afterAll(() => office.app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

describe('a term change', () => {
  it('goes from the plan to offices and figures, and only the upper union approves', async () => {
    const id = await elected()
    let shown = await detail(id)
    expect(shown.elected.map((one: any) => one.name)).toEqual(['李强', '刘洋', '陈静'])
    // The first meeting of the new committee elects the chair.
    const committee = sittingOf(shown, 'committee')
    await does('李强', 'POST', `/api/sittings/${committee.id}/roll`)
    const chair = raceOf(shown, 'chair')
    await does('李强', 'POST', `/api/races/${chair.id}/candidates`, { personId: world.person('李强') })
    await does('李强', 'PUT', `/api/races/${chair.id}/candidates/${world.person('李强')}`, { relation: 'none' })
    await does('李强', 'PUT', `/api/sittings/${committee.id}/tellers`, tellers('刘洋', '陈静'))
    await does('李强', 'POST', `/api/sittings/${committee.id}/present`, {
      personIds: [world.person('李强'), world.person('刘洋'), world.person('陈静')],
      present: true,
    })
    expect((await ask('李强', 'POST', `/api/elections/${id}/announce`)).body.code).toBe('not-finished')
    await does('李强', 'POST', `/api/sittings/${committee.id}/prepare`)
    await does('李强', 'POST', `/api/sittings/${committee.id}/issue`)
    shown = await detail(id)
    await counted(voteOf(shown, 'chair').id, ['刘洋', '陈静'], sheet({ 李强: 2 }, 3))
    await does('李强', 'POST', `/api/races/${chair.id}/close`)
    office.setToday(heldOn)
    await does('李强', 'POST', `/api/elections/${id}/announce`)
    await does('李强', 'POST', `/api/elections/${id}/report`)
    const waiting = async (who: PersonName) =>
      (await ask(who, 'GET', '/api/todos')).body.todos.filter((todo: any) => todo.objectId === id)
    expect(await waiting('王芳')).toMatchObject([
      { title: expect.stringContaining('选举结果待批复'), dueOn: '2026-04-07' },
    ])
    expect(await waiting('李强')).toEqual([])
    const answer = { verb: '同意', document: '清工发〔2026〕9号' }
    expect((await ask('李强', 'POST', `/api/elections/${id}/result-answer`, { verb: '同意' })).body.code).toBe(
      'document-missing',
    )
    expect((await ask('周婷', 'POST', `/api/elections/${id}/result-answer`, answer)).status).toBe(404)
    const done = await does('王芳', 'POST', `/api/elections/${id}/result-answer`, answer)
    expect(done).toMatchObject({ state: 'approved', document: '清工发〔2026〕9号' })
    // The office is written by the election, from the election day.
    const { terms } = (await ask('李强', 'GET', `/api/units/${world.unit('east')}/terms`)).body
    expect(terms[0]).toMatchObject({ ordinal: 7, startsOn: heldOn, dueOn: '2031-03-20', document: '清工发〔2026〕9号' })
    expect(terms[0].officers.map((one: any) => [one.post, one.name])).toEqual([
      ['主席', '李强'],
      ['委员', '刘洋'],
      ['委员', '陈静'],
    ])
    const figures = await figuresOf(
      db,
      await catalogue(db),
      { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' },
      ['union-building.election.terms', 'union-building.election.chairs', 'union-building.election.elected'],
    )
    expect(figures.map((one) => one.value)).toEqual([1, 1, 3])
    const { rows } = await sql<{
      keptBy: string
    }>`select kept_by as "keptBy" from kernel.record where state <> 'void' order by id`.execute(db)
    expect(rows).toEqual([{ keptBy: `elections/${id}#committee` }, { keptBy: `elections/${id}` }])
    for (const paper of ['plan', 'method', 'candidates', 'ballot', 'result', 'report']) {
      const { status, body } = await ask('李强', 'GET', `/api/elections/${id}/papers/${paper}`)
      expect([paper, status, body.subarray(0, 2).toString()]).toEqual([paper, 200, 'PK'])
    }
    expect((await ask('周婷', 'GET', `/api/elections/${id}/papers/result`)).status).toBe(404)
    await sql`delete from organisation.officer`.execute(db)
    await sql`delete from organisation.term`.execute(db)
    office.setToday('2026-03-02')
  })

  it('is planned by its officers, seen by its union, and refused where it can’t be right', async () => {
    expect((await ask('周婷', 'POST', '/api/elections', plan())).status).toBe(404)
    expect((await ask('刘洋', 'POST', '/api/elections', plan())).status).toBe(404)
    expect((await ask('李强', 'POST', '/api/elections', plan({ ordinal: null }))).body.fields).toMatchObject({
      ordinal: '请填写第几届',
    })
    expect(
      (await ask('李强', 'POST', '/api/elections', plan({ races: [{ post: 'delegate', seats: 3 }] }))).body.fields,
    ).toMatchObject({
      'races.0.post': expect.stringContaining('不选会员代表'),
    })
    const { id, version } = await does('李强', 'POST', '/api/elections', plan({ termYears: 4 }))
    expect(await ask('李强', 'POST', `/api/elections/${id}/submit`)).toMatchObject({
      status: 422,
      body: { code: 'gates-block' },
    })
    const { unitId: _unit, kind: _kind, ...rest } = plan()
    expect((await ask('李强', 'PUT', `/api/elections/${id}`, { ...rest, version: version + 1 })).status).toBe(409)
    await does('李强', 'PUT', `/api/elections/${id}`, { ...rest, version })
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    expect((await ask('周婷', 'GET', `/api/elections/${id}`)).status).toBe(404)
    expect((await ask('周婷', 'GET', '/api/elections')).body.elections).toEqual([])
    expect((await ask('李强', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })).body.code).toBe(
      'document-missing',
    )
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '退回', words: '请增加女职工委员会' })
    expect((await detail(id)).election.state).toBe('plan')
    await does('李强', 'POST', `/api/elections/${id}/end`, { words: '改期' })
    expect((await detail(id)).election.state).toBe('cancelled')
  })

  it('keeps who has retained membership off the roll and off the list', async () => {
    await office.ownerPool.query(
      `update members.membership set state = 'retained', retained_on = '2026-02-01' where person_id = $1`,
      [world.person('杨帆')],
    )
    const { id } = await does('李强', 'POST', '/api/elections', plan())
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })
    const shown = await detail(id)
    expect((await does('李强', 'POST', `/api/sittings/${sittingOf(shown, 'assembly').id}/roll`)).expected).toBe(5)
    expect(
      (
        await ask('李强', 'POST', `/api/races/${raceOf(shown, 'member').id}/candidates`, {
          personId: world.person('杨帆'),
        })
      ).body.code,
    ).toBe('not-eligible')
    expect(
      (
        await ask('李强', 'POST', `/api/sittings/${sittingOf(shown, 'assembly').id}/roll`, {
          personIds: [world.person('杨帆'), world.person('李强')],
        })
      ).body.code,
    ).toBe('no-vote')
    await office.ownerPool.query(
      `update members.membership set state = 'normal', retained_on = null where person_id = $1`,
      [world.person('杨帆')],
    )
  })

  it('counts what groups recommend, and takes no candidate as teller', async () => {
    const { id } = await does('李强', 'POST', '/api/elections', plan())
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })
    const shown = await detail(id)
    const race = raceOf(shown, 'member').id
    const group = (code: 'east-1' | 'east-2', names: PersonName[]) =>
      does('李强', 'PUT', `/api/races/${race}/nominations`, {
        unitId: world.unit(code),
        personIds: names.map((name) => world.person(name)),
      })
    await group('east-1', ['刘洋'])
    await group('east-1', ['刘洋', '陈静'])
    await group('east-2', ['刘洋'])
    expect((await detail(id)).nominees.map((one: any) => [one.name, one.units.length])).toEqual([
      ['刘洋', 2],
      ['陈静', 1],
    ])
    expect(
      (await ask('李强', 'PUT', `/api/races/${race}/nominations`, { unitId: world.unit('south-1'), personIds: [] }))
        .status,
    ).toBe(404)
    expect((await ask('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })).body.code).toBe(
      'no-candidates',
    )
    await does('李强', 'POST', `/api/races/${race}/candidates`, { personId: world.person('刘洋') })
    expect((await ask('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })).body.code).toBe(
      'not-declared',
    )
    const assembly = sittingOf(shown, 'assembly').id
    expect((await ask('李强', 'PUT', `/api/sittings/${assembly}/tellers`, tellers('刘洋', '张敏'))).body.code).toBe(
      'teller-is-candidate',
    )
    await does('李强', 'PUT', `/api/sittings/${assembly}/tellers`, tellers('张敏', '赵磊'))
    expect(
      (await ask('李强', 'POST', `/api/races/${race}/candidates`, { personId: world.person('张敏') })).body.code,
    ).toBe('candidate-is-teller')
  })
})
