import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { openOffice } from './desk-for-tests.ts'
import { walk } from './walk-for-tests.ts'

const office = await openOffice()
const { ask, does, counted, world, db } = office
const { plan, delegatesElected, detail, issued, raceOf, voteOf, sheet } = walk(office)
afterAll(() => office.app.close())
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))

const invalid = { words: '经查选票发出数与名册不符', document: '清工发〔2026〕30号', on: '2026-04-01' }
const delegatesCounted = async (): Promise<number> => {
  const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
  const [figure] = await figuresOf(db, await catalogue(db), scope, ['congress.delegate-election.delegates'])
  return figure?.value ?? 0
}
async function approve(id: number): Promise<void> {
  await does('李强', 'POST', `/api/elections/${id}/report`)
  await does('王芳', 'POST', `/api/elections/${id}/result-answer`, { verb: '同意', document: '清工发〔2026〕12号' })
}

describe('an approved election found invalid', () => {
  it('ends with the seats it gave when a second person confirms it, and not before', async () => {
    const term = await does('李强', 'POST', '/api/congress/terms', {
      unitId: world.unit('east'),
      kind: 'staff-congress',
      ordinal: 10,
      startsOn: '2024-01-10',
      dueOn: '2028-01-10',
      people: 120,
      women: 40,
      seats: 2,
    })
    await does('李强', 'PUT', `/api/congress/terms/${term.id}/constituencies`, {
      constituencies: [{ name: '铸造车间分工会', people: 60, seats: 2 }],
    })
    const seats = async () =>
      (await ask('李强', 'GET', `/api/congress/terms/${term.id}`)).body.delegates.map((one: any) => [
        one.name,
        one.toOn,
      ])
    const id = await delegatesElected('staff-delegate', 2, { 刘洋: 3, 陈静: 2 })
    const url = `/api/elections/${id}/annulment`
    await does('李强', 'POST', `/api/elections/${id}/seats`, {
      seats: (['刘洋', '陈静'] as const).map((name) => ({ personId: world.person(name), category: 'front-line' })),
    })
    // Before the approval one person withdraws an announcement; the way of two is for what was approved.
    office.setToday('2026-04-02')
    expect((await ask('李强', 'POST', url, invalid)).body.code).toBe('wrong-state')
    await approve(id)
    expect((await ask('李强', 'POST', `/api/elections/${id}/annul`, { words: '有误' })).body.code).toBe('wrong-state')

    expect((await ask('周婷', 'POST', url, invalid)).status).toBe(404)
    expect((await ask('张敏', 'POST', url, invalid)).status).toBe(404)
    for (const lacking of [{ words: '' }, { document: ' ' }, { on: undefined }])
      expect((await ask('李强', 'POST', url, { ...invalid, ...lacking })).status).toBe(422)
    for (const on of ['2026-04-03', '2026-03-19'])
      expect((await ask('李强', 'POST', url, { ...invalid, on })).body.code).toBe('annulment-dates')
    expect((await ask('王芳', 'POST', `${url}/answer`, { confirm: true })).body.code).toBe('no-annulment')
    expect(await does('李强', 'POST', url, invalid)).toMatchObject({ state: 'proposed', mine: true })
    expect((await ask('王芳', 'POST', url, invalid)).body.code).toBe('annulment-open')
    expect((await ask('李强', 'POST', `${url}/answer`, { confirm: true })).body.code).toBe('same-person')
    expect((await ask('周婷', 'POST', `${url}/answer`, { confirm: true })).status).toBe(404)
    expect((await ask('王芳', 'POST', `${url}/answer`, { confirm: false })).body.code).toBe('words-missing')
    const waiting = (await ask('王芳', 'GET', '/api/todos')).body.todos as { title: string }[]
    expect(waiting.map((todo) => todo.title)).toContainEqual(expect.stringContaining('确认当选无效'))

    // Not confirmed, everything stands; proposed again, the second person agrees.
    await does('王芳', 'POST', `${url}/answer`, { confirm: false, words: '文件未盖章' })
    expect((await detail(id)).election.state).toBe('approved')
    expect(await seats()).toEqual([
      ['刘洋', null],
      ['陈静', null],
    ])
    expect(await delegatesCounted()).toBe(2)
    await does('李强', 'POST', url, invalid)
    expect(await does('王芳', 'POST', `${url}/answer`, { confirm: true })).toMatchObject({ state: 'confirmed' })
    const shown = await detail(id)
    expect(shown.election.state).toBe('invalid')
    expect(shown.annulment).toMatchObject({ document: invalid.document, answeredName: '王芳' })
    expect(await seats()).toEqual([
      ['刘洋', '2026-04-01'],
      ['陈静', '2026-04-01'],
    ])
    const seating = (await ask('李强', 'GET', `/api/elections/${id}/seats`)).body
    expect(seating.seats[0].annulledFor).toContain('30号')
    expect([seating.waiting, seating.may]).toEqual([[], false])
    expect(shown.steps.map((step: any) => step.state)).toEqual([...Array.from({ length: 7 }, () => 'done'), 'later'])
    expect(await delegatesCounted()).toBe(0)
    const left = (await ask('王芳', 'GET', '/api/todos')).body.todos as { title: string }[]
    expect(left.filter((todo) => todo.title.includes('确认当选无效'))).toEqual([])
    expect((await ask('王芳', 'POST', `${url}/answer`, { confirm: true })).body.code).toBe('no-annulment')
  })

  it('may be proposed from above, taken back, and confirmed by the union itself', async () => {
    office.setToday('2026-04-02')
    const delegates = await delegatesElected('delegate', 1, { 刘洋: 3, 陈静: 0 })
    await approve(delegates)
    const url = `/api/elections/${delegates}/annulment`
    await does('王芳', 'POST', url, invalid)
    expect((await ask('王芳', 'POST', `${url}/answer`, { confirm: true })).body.code).toBe('same-person')
    await does('王芳', 'POST', `${url}/answer`, { confirm: false, words: '写错了选举' })
    // While it stands, an assembly of delegates is called from it (no members' congress is kept here), and afterwards not.
    const { id: assembly } = await does('李强', 'POST', '/api/elections', {
      ...plan({ form: 'delegates', ordinal: 8 }),
      heldOn: '2026-05-20',
    })
    await does('李强', 'POST', `/api/elections/${assembly}/submit`)
    await does('王芳', 'POST', `/api/elections/${assembly}/plan-answer`, { verb: '同意' })
    const sitting = (await detail(assembly)).sittings.find((one: any) => one.kind === 'assembly').id
    const called = () => ask('李强', 'POST', `/api/sittings/${sitting}/roll`)
    // One delegate is no assembly: the count is in the sentence.
    expect((await called()).body.message).toContain('有选举权的只有 1 人')
    await does('王芳', 'POST', url, invalid)
    await does('李强', 'POST', `${url}/answer`, { confirm: true })
    expect((await detail(delegates)).election.state).toBe('invalid')
    expect((await called()).body.message).toContain('有选举权的只有 0 人')
  })

  it('keeps the terms and offices of a committee: that way is refused', async () => {
    const id = await issued({ races: [{ post: 'member', seats: 3 }] })
    const shown = await detail(id)
    await counted(voteOf(shown, 'member').id, ['张敏', '赵磊'], sheet({ 李强: 6, 刘洋: 5, 陈静: 4, 杨帆: 1 }, 6))
    await does('李强', 'POST', `/api/races/${raceOf(shown, 'member').id}/close`)
    await does('李强', 'POST', `/api/elections/${id}/announce`)
    await approve(id)
    expect((await ask('李强', 'POST', `/api/elections/${id}/annulment`, invalid)).body.code).toBe('not-delegates')
    expect((await ask('李强', 'GET', `/api/units/${world.unit('east')}/terms`)).body.terms[0].officers).toHaveLength(3)
  })
})
