import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { openOffice } from './desk-for-tests.ts'
import { walk } from './walk-for-tests.ts'

const office = await openOffice()
const { ask, does, counted, world, db } = office
const { plan, detail, raceOf, sittingOf, voteOf, tellers, sheet, assembled } = walk(office)
afterAll(() => office.app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

describe('beside term changes', () => {
  it('delegates are elected by their own units, each by its whole membership', async () => {
    const { id } = await does('李强', 'POST', '/api/elections', {
      ...plan(),
      kind: 'delegates',
      ordinal: null,
      termYears: null,
      races: [{ post: 'delegate', seats: 1, unitId: world.unit('east-1') }],
    })
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })
    let shown = await detail(id)
    const sitting = sittingOf(shown, 'unit')
    const race = raceOf(shown, 'delegate').id
    for (const name of ['刘洋', '陈静'] as const) {
      await does('李强', 'POST', `/api/races/${race}/candidates`, { personId: world.person(name) })
      await does('李强', 'PUT', `/api/races/${race}/candidates/${world.person(name)}`, { relation: 'none' })
    }
    expect((await does('李强', 'POST', `/api/sittings/${sitting.id}/roll`)).expected).toBe(3)
    await does('李强', 'PUT', `/api/sittings/${sitting.id}/tellers`, tellers('张敏', '赵磊'))
    await does('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })
    await does('李强', 'POST', `/api/elections/${id}/convene`)
    await does('李强', 'POST', `/api/sittings/${sitting.id}/present`, {
      personIds: [world.person('张敏'), world.person('刘洋')],
      present: true,
    })
    await does('李强', 'POST', `/api/sittings/${sitting.id}/prepare`)
    await does('李强', 'POST', `/api/sittings/${sitting.id}/issue`)
    shown = await detail(id)
    const vote = voteOf(shown, 'delegate')
    expect(vote).toMatchObject({ unit: 3, rule: { base: 'unit', margin: { p: 15, q: 100 } } })
    await counted(vote.id, ['张敏', '赵磊'], sheet({ 刘洋: 2, 陈静: 0 }, 2))
    expect((await does('李强', 'POST', `/api/races/${race}/close`)).verdict).toMatchObject({ outcome: 'elected' })
  })

  it('a running term is filled up, and an office ends by recall of more than half of all', async () => {
    const officers = [{ personId: world.person('李强'), name: '李强', post: '主席' }]
    await does('李强', 'POST', `/api/units/${world.unit('east')}/terms`, {
      body: 'committee',
      ordinal: 6,
      startsOn: '2023-03-01',
      dueOn: '2028-03-01',
      officers,
    })
    const fill = await assembled(
      { kind: 'fill', ordinal: null, termYears: null, reason: '委员调离', races: [{ post: 'member', seats: 1 }] },
      ['刘洋', '陈静'],
    )
    const finish = async (id: number, post: string, yes: Partial<Record<PersonName, number>>) => {
      const assembly = sittingOf(await detail(id), 'assembly').id
      await does('李强', 'POST', `/api/sittings/${assembly}/prepare`)
      await does('李强', 'POST', `/api/sittings/${assembly}/issue`)
      const shown = await detail(id)
      expect((await counted(voteOf(shown, post).id, ['张敏', '赵磊'], sheet(yes, 6))).body).toMatchObject({
        agreed: true,
      })
      await does('李强', 'POST', `/api/races/${raceOf(shown, post).id}/close`)
      await does('李强', 'POST', `/api/elections/${id}/announce`)
      await does('李强', 'POST', `/api/elections/${id}/report`)
      await does('王芳', 'POST', `/api/elections/${id}/result-answer`, { verb: '同意', document: '清工发〔2026〕12号' })
    }
    await finish(fill, 'member', { 刘洋: 5, 陈静: 1 })
    const now = async () =>
      (await ask('李强', 'GET', `/api/units/${world.unit('east')}/terms`)).body.terms[0].officers
        .filter((one: any) => !one.toOn)
        .map((one: any) => one.name)
    expect((await now()).toSorted()).toEqual(['刘洋', '李强'].toSorted())

    const { id } = await does('李强', 'POST', '/api/elections', {
      ...plan(),
      kind: 'recall',
      ordinal: null,
      termYears: null,
      reason: '连续两年不满意',
      petitioners: 3,
      races: [{ post: 'recall', seats: 1 }],
    })
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })
    const shown = await detail(id)
    await does('李强', 'POST', `/api/races/${raceOf(shown, 'recall').id}/candidates`, {
      personId: world.person('刘洋'),
    })
    const assembly = sittingOf(shown, 'assembly').id
    await does('李强', 'POST', `/api/sittings/${assembly}/roll`)
    await does('李强', 'PUT', `/api/sittings/${assembly}/tellers`, tellers('张敏', '赵磊'))
    await does('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })
    await does('李强', 'POST', `/api/elections/${id}/convene`)
    const { members } = (await ask('李强', 'GET', `/api/sittings/${assembly}/members`)).body
    await does('李强', 'POST', `/api/sittings/${assembly}/present`, {
      personIds: members.map((one: any) => one.personId),
      present: true,
    })
    await finish(id, 'recall', { 刘洋: 4 })
    expect(await now()).toEqual(['李强'])
  })

  it('§15.20 a term is extended by leave, and a gap before the leave is said', async () => {
    const url = `/api/units/${world.unit('south')}`
    const term = await does('周婷', 'POST', `${url}/terms`, {
      body: 'committee',
      ordinal: 3,
      startsOn: '2021-01-10',
      dueOn: '2026-01-10',
    })
    const draft = {
      termId: term.id,
      until: '2026-07-10',
      approvedOn: '2026-02-10',
      document: '清工发〔2026〕2号',
      reason: '企业改制',
    }
    expect((await ask('李强', 'POST', `${url}/extensions`, draft)).status).toBe(404)
    expect((await ask('周婷', 'POST', `${url}/extensions`, { ...draft, until: '2026-01-01' })).body.code).toBe(
      'term-dates',
    )
    expect(await does('周婷', 'POST', `${url}/extensions`, draft)).toMatchObject({
      gapDays: 31,
      beyondHalfYear: false,
      until: '2026-07-10',
    })
    expect((await does('周婷', 'POST', `${url}/extensions`, { ...draft, until: '2027-02-10' })).beyondHalfYear).toBe(
      true,
    )
    expect((await ask('周婷', 'GET', `${url}/terms`)).body.terms[0].dueOn).toBe('2027-02-10')
    expect((await ask('李强', 'GET', `${url}/extensions`)).status).toBe(404)
  })
})
