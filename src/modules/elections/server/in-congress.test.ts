import { afterAll, expect, it } from 'vitest'
import { openOffice } from './desk-for-tests.ts'
import { walk } from './walk-for-tests.ts'

const office = await openOffice()
const { ask, does, counted, world } = office
const { assembled, detail, raceOf, sittingOf, voteOf, sheet } = walk(office)
afterAll(() => office.app.close())

/** A members' congress in session with three delegates, all signed in. */
async function session(): Promise<number> {
  const { id: termId } = await does('李强', 'POST', '/api/congress/terms', {
    unitId: world.unit('east'),
    kind: 'members-congress',
    ordinal: 7,
    startsOn: '2024-01-10',
    dueOn: '2028-01-10',
    people: 120,
    women: 40,
    seats: 3,
  })
  const { constituencies } = await does('李强', 'PUT', `/api/congress/terms/${termId}/constituencies`, {
    constituencies: [{ name: '铸造车间分工会', people: 60 }],
  })
  await does('李强', 'POST', `/api/congress/terms/${termId}/delegates`, {
    electedOn: '2024-01-08',
    delegates: (['陈静', '刘洋', '杨帆'] as const).map((name) => ({
      personId: world.person(name),
      constituencyId: constituencies[0].id,
      category: 'front-line',
    })),
  })
  office.setToday('2026-03-20')
  const { id } = await does('李强', 'POST', '/api/congress/sessions', {
    termId,
    startsOn: '2026-03-20',
    endsOn: '2026-03-20',
  })
  return id
}

it('an item leads to the election of the same union, and takes over its counts when it is done', async () => {
  const election = await assembled({ races: [{ post: 'member', seats: 3 }] })
  const id = await session()
  const { body: shown } = await ask('李强', 'GET', `/api/congress/sessions/${id}`)
  expect(shown.heldElsewhere.elect).toEqual([{ path: `elections/${election}`, title: expect.any(String) }])
  const item = { title: '选举第七届委员会', duty: 'elect' }
  for (const heldAt of ['elections/9999', 'appraisal/rounds/1'])
    expect((await ask('李强', 'POST', `/api/congress/sessions/${id}/items`, { ...item, heldAt })).body.code).toBe(
      'held-unknown',
    )
  const { id: itemId } = await does('李强', 'POST', `/api/congress/sessions/${id}/items`, {
    ...item,
    heldAt: `elections/${election}`,
  })
  await does('李强', 'POST', `/api/congress/sessions/${id}/open`)
  await does('李强', 'POST', `/api/congress/sessions/${id}/passages`, {
    personIds: (['陈静', '刘洋', '杨帆'] as const).map((name) => world.person(name)),
  })
  await does('李强', 'POST', `/api/congress/sessions/${id}/now`, { itemId })
  const seen = async () => (await ask('陈静', 'GET', `/api/congress/mine/${id}`)).body.live.held
  expect(await seen()).toMatchObject({ state: 'open', byPhone: false, door: null, lines: [], code: null })

  // No second ballot, and no end before the election has one.
  expect((await ask('李强', 'POST', `/api/congress/items/${itemId}/votes`, { mode: 'paper' })).body.code).toBe(
    'held-elsewhere',
  )
  expect((await ask('李强', 'POST', `/api/congress/items/${itemId}/conclude`, {})).body.code).toBe('held-open')

  const assembly = sittingOf(await detail(election), 'assembly').id
  await does('李强', 'POST', `/api/sittings/${assembly}/prepare`)
  await does('李强', 'POST', `/api/sittings/${assembly}/issue`)
  const now = await detail(election)
  await counted(voteOf(now, 'member').id, ['张敏', '赵磊'], sheet({ 李强: 6, 刘洋: 5, 陈静: 4, 杨帆: 1 }, 6))
  await does('李强', 'POST', `/api/races/${raceOf(now, 'member').id}/close`)
  // Counted and not announced: the hall hears nothing yet.
  expect((await seen()).lines).toEqual([])
  await does('李强', 'POST', `/api/elections/${election}/announce`)
  expect(await seen()).toMatchObject({ state: 'done', lines: ['委员：发出选票6张，收回6张，有效6张。'] })

  expect((await ask('陈静', 'POST', `/api/congress/items/${itemId}/conclude`, {})).status).not.toBe(200)
  await does('李强', 'POST', `/api/congress/items/${itemId}/conclude`, {})
  const minutes = String((await ask('李强', 'GET', `/api/congress/sessions/${id}/minutes`)).body).replaceAll(
    /<[^>]+>/g,
    '',
  )
  expect(minutes).toContain('发出选票6张，收回6张，有效6张')
  expect(minutes).toContain('委员当选3人：李强（6票）、刘洋（5票）、陈静（4票）')
})
