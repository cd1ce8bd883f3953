import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { openOffice } from './desk-for-tests.ts'
import { heldOn, walk } from './walk-for-tests.ts'

const office = await openOffice()
const { ask, does, counted, world, db } = office
const { plan, detail, raceOf, sittingOf, voteOf, tellers, sheet } = walk(office)
afterAll(() => office.app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

/** Puts names on the list of a contest, each with a declaration. */
async function stand(id: number, post: string, names: readonly PersonName[], more: object = {}): Promise<void> {
  const race = raceOf(await detail(id), post).id
  for (const name of names) {
    await does('李强', 'POST', `/api/races/${race}/candidates`, { personId: world.person(name) })
    await does('李强', 'PUT', `/api/races/${race}/candidates/${world.person(name)}`, { relation: 'none', ...more })
  }
}
/** A meeting where everybody comes and each contest is counted as told. */
async function vote(
  id: number,
  kind: string,
  counting: readonly [PersonName, PersonName],
  counts: Readonly<Record<string, Partial<Record<PersonName, number>>>>,
): Promise<void> {
  const sitting = sittingOf(await detail(id), kind)
  const { members } = (await ask('李强', 'GET', `/api/sittings/${sitting.id}/members`)).body
  await does('李强', 'PUT', `/api/sittings/${sitting.id}/tellers`, tellers(...counting))
  await does('李强', 'POST', `/api/sittings/${sitting.id}/present`, {
    personIds: members.map((one: any) => one.personId),
    present: true,
  })
  await does('李强', 'POST', `/api/sittings/${sitting.id}/prepare`)
  await does('李强', 'POST', `/api/sittings/${sitting.id}/issue`)
  const shown = await detail(id)
  for (const [post, yes] of Object.entries(counts)) {
    expect((await counted(voteOf(shown, post).id, counting, sheet(yes, members.length))).body).toMatchObject({
      agreed: true,
    })
    await does('李强', 'POST', `/api/races/${raceOf(shown, post).id}/close`)
  }
}

describe('several bodies on one day', () => {
  it('are elected by one assembly, each from its own list, with the chair elected directly and its heads by first meetings', async () => {
    const { id } = await does(
      '李强',
      'POST',
      '/api/elections',
      plan({
        chairBy: 'assembly',
        races: [
          { post: 'member', seats: 3 },
          { post: 'audit', seats: 3 },
          { post: 'women', seats: 2 },
          { post: 'chair', seats: 1 },
          { post: 'audit-chair', seats: 1 },
          { post: 'women-chair', seats: 1 },
        ],
      }),
    )
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意', document: '清工发〔2026〕3号' })
    expect((await detail(id)).sittings.map((one: any) => one.kind)).toEqual(['assembly', 'audit', 'women'])
    await stand(id, 'member', ['李强', '刘洋', '陈静', '张敏'])
    await stand(id, 'audit', ['刘洋', '陈静', '张敏'])
    await stand(id, 'women', ['陈静', '张敏'])
    await stand(id, 'chair', ['李强'], { partyPost: '党支部副书记' })
    const assembly = sittingOf(await detail(id), 'assembly').id
    await does('李强', 'POST', `/api/sittings/${assembly}/roll`)
    // The chair is publicised at a day on which the direct election's longer publicity is kept as well.
    await does('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })
    await does('李强', 'POST', `/api/elections/${id}/convene`)
    await vote(id, 'assembly', ['杨帆', '赵磊'], {
      member: { 李强: 6, 刘洋: 5, 陈静: 4, 张敏: 1 },
      audit: { 刘洋: 6, 陈静: 5, 张敏: 4 },
      women: { 陈静: 6, 张敏: 5 },
      chair: { 李强: 6 },
    })
    // Nobody leads a committee before it stands; then it elects from itself.
    await does('李强', 'POST', `/api/sittings/${sittingOf(await detail(id), 'audit').id}/roll`)
    await stand(id, 'audit-chair', ['刘洋'])
    await vote(id, 'audit', ['陈静', '张敏'], { 'audit-chair': { 刘洋: 2 } })
    expect((await ask('李强', 'POST', `/api/elections/${id}/announce`)).body.message).toContain('女职工委员会主任')
    await does('李强', 'POST', `/api/sittings/${sittingOf(await detail(id), 'women').id}/roll`)
    await stand(id, 'women-chair', ['陈静'])
    await vote(id, 'women', ['杨帆', '赵磊'], { 'women-chair': { 陈静: 2 } })

    office.setToday(heldOn)
    await does('李强', 'POST', `/api/elections/${id}/announce`)
    await does('李强', 'POST', `/api/elections/${id}/report`)
    await does('王芳', 'POST', `/api/elections/${id}/result-answer`, { verb: '同意', document: '清工发〔2026〕9号' })
    const { terms } = (await ask('李强', 'GET', `/api/elections/terms?unitId=${world.unit('east')}`)).body
    const posts = Object.fromEntries(
      terms.map((term: any) => [term.body, term.officers.map((one: any) => `${one.post}${one.name}`)]),
    )
    expect(posts).toEqual({
      committee: ['主席李强', '委员刘洋', '委员陈静'],
      audit: ['主任刘洋', '委员陈静', '委员张敏'],
      women: ['主任陈静', '委员张敏'],
    })
    expect(terms.every((term: any) => term.dueOn === '2031-03-20' && term.vacancies.length === 0)).toBe(true)
    expect((await ask('周婷', 'GET', `/api/elections/terms?unitId=${world.unit('east')}`)).status).toBe(404)
    // A directly elected chair who is a deputy of the party organisation counts both ways (ZZ-09, ZZ-10).
    const figures = await figuresOf(
      db,
      await catalogue(db),
      { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' },
      [
        ...['direct', 'chairs', 'party-chairs', 'elected'].map((name) => `union-building.election.${name}`),
        // 三委 as they were elected, each person once (ZZ-11).
        ...['three', 'members'].map((name) => `union-building.committee.${name}`),
      ],
    )
    expect(figures.map((one) => one.value)).toEqual([1, 1, 1, 4, 3, 4])
    // Sixty requests: slow only where the machine is shared.
  }, 120_000)

  it('fall vacant one by one, and the vacancy says who left until somebody is elected to it', async () => {
    const { terms } = (await ask('李强', 'GET', `/api/units/${world.unit('east')}/terms`)).body
    const committee = terms.find((term: any) => term.body === 'committee')
    const member = committee.officers.find((one: any) => one.name === '刘洋')
    await does('李强', 'POST', `/api/terms/${committee.id}/officers/${member.id}/end`, {
      toOn: '2026-04-20',
      reason: '调离',
    })
    const vacancies = async () =>
      (await ask('李强', 'GET', `/api/elections/terms?unitId=${world.unit('east')}`)).body.terms.find(
        (term: any) => term.body === 'committee',
      ).vacancies
    expect(await vacancies()).toEqual([{ post: '委员', name: '刘洋', since: '2026-04-20', reason: '调离' }])
    const { id } = await does(
      '李强',
      'POST',
      '/api/elections',
      plan({
        kind: 'fill',
        ordinal: null,
        termYears: null,
        reason: '委员刘洋调离',
        heldOn: '2026-05-20',
        races: [{ post: 'member', seats: 1 }],
      }),
    )
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })
    await stand(id, 'member', ['张敏', '杨帆'])
    await does('李强', 'POST', `/api/sittings/${sittingOf(await detail(id), 'assembly').id}/roll`)
    office.setToday('2026-05-06')
    await does('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-05-06' })
    office.setToday('2026-05-20')
    await does('李强', 'POST', `/api/elections/${id}/convene`)
    await vote(id, 'assembly', ['陈静', '赵磊'], { member: { 张敏: 5, 杨帆: 1 } })
    await does('李强', 'POST', `/api/elections/${id}/announce`)
    await does('李强', 'POST', `/api/elections/${id}/report`)
    await does('王芳', 'POST', `/api/elections/${id}/result-answer`, { verb: '同意', document: '清工发〔2026〕12号' })
    expect(await vacancies()).toEqual([])
    const [added] = await figuresOf(
      db,
      await catalogue(db),
      { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' },
      ['union-building.election.added'],
    )
    expect(added!.value).toBe(1)
  })
})
