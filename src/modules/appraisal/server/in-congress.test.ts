import { expect, it } from 'vitest'
import { appraisalDesk } from './desk-for-tests.ts'

const { clock, world, ask, open, giveAll } = await appraisalDesk()

async function session(): Promise<number> {
  const { body: term } = await ask('李强', 'POST', '/api/congress/terms', {
    unitId: world.unit('east'),
    kind: 'staff-congress',
    ordinal: 10,
    startsOn: '2024-01-10',
    dueOn: '2028-01-10',
    people: 120,
    women: 40,
    seats: 2,
  })
  const { body: units } = await ask('李强', 'PUT', `/api/congress/terms/${term.id}/constituencies`, {
    constituencies: [{ name: '铸造车间分工会', people: 60 }],
  })
  await ask('李强', 'POST', `/api/congress/terms/${term.id}/delegates`, {
    electedOn: '2024-01-08',
    delegates: (['陈静', '刘洋'] as const).map((name) => ({
      personId: world.person(name),
      constituencyId: units.constituencies[0].id,
      category: 'front-line',
    })),
  })
  const { body } = await ask('李强', 'POST', '/api/congress/sessions', {
    termId: term.id,
    startsOn: clock.today,
    endsOn: clock.today,
  })
  return body.id
}

it('an item of a congress leads to the appraisal, and its minutes take over what may be told', async () => {
  const id = await session()
  const round = await open()
  const items = `/api/congress/sessions/${id}/items`
  const item = (title: string) => ({ title, duty: 'appraise', heldAt: `appraisal/rounds/${round.id}` })
  const { body: first } = await ask('李强', 'POST', items, item('民主评议领导干部'))
  const { body: second } = await ask('李强', 'POST', items, item('通报评议情况'))
  await ask('李强', 'POST', `/api/congress/sessions/${id}/open`)
  await ask('李强', 'POST', `/api/congress/sessions/${id}/now`, { itemId: first.id })
  const seen = async () => (await ask('陈静', 'GET', `/api/congress/mine/${id}`)).body.live.held
  expect(await seen()).toMatchObject({ state: 'open', byPhone: false, door: { address: '/appraise' }, lines: [] })
  expect((await ask('李强', 'POST', `/api/congress/items/${first.id}/conclude`, {})).body.code).toBe('held-open')

  await giveAll(round, [4, 12, 12])
  await ask('李强', 'POST', `${round.url}/close`)
  expect((await seen()).lines).toEqual([
    '领导班子：发出4张，收回4张。',
    '职工代表：发出12张，收回12张。',
    '职工：发出20张，收回12张。',
    '李强：有效28张。',
    '赵磊：有效28张。',
  ])
  // Whoever may not see the result takes over the counts alone.
  const without = await ask('李强!appraisal.read-confidential', 'POST', `/api/congress/items/${second.id}/conclude`, {})
  expect(without.status).toBe(200)
  const results = async () =>
    (await ask('李强', 'GET', `/api/congress/sessions/${id}`)).body.items.map((one: any) => one.heldResult)
  expect((await results())[1]).toMatchObject({ verdict: [] })
  expect((await ask('李强', 'POST', `/api/congress/items/${first.id}/conclude`, {})).status).toBe(200)
  const [taken] = await results()
  expect(taken.lines).toHaveLength(5)
  expect(taken.verdict[0]).toContain('李强：优秀和称职 28 票')
})
