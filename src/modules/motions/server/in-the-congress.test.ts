import { expect, test } from 'vitest'
import '../../../modules.ts'
import ballots from '../../ballots/serve.ts'
import congress from '../../congress/serve.ts'
import { motionsDesk } from './desk-for-tests.ts'

const { ask, clock, figures, must, person, unit } = await motionsDesk([...congress.routes!, ...ballots.routes!])
const chair = '李强'
const movers = ['刘洋', '陈静', '杨帆', '赵磊'] as const

/** A staff congress of six delegates with a session in preparation. */
async function prepared(startsOn: string): Promise<number> {
  const term = await must(chair, '/api/congress/terms', {
    unitId: unit('east'),
    kind: 'staff-congress',
    ordinal: 6,
    startsOn: '2026-01-10',
    dueOn: '2029-01-10',
    people: 60,
    women: 20,
    seats: 6,
  })
  const answer = await ask(chair, 'PUT', `/api/congress/terms/${term.id}/constituencies`, {
    constituencies: [{ name: '全厂', people: 60, seats: 6 }],
  })
  await must(chair, `/api/congress/terms/${term.id}/delegates`, {
    electedOn: '2026-01-10',
    delegates: (['李强', '张敏', ...movers] as const).map((name) => ({
      personId: person(name),
      constituencyId: answer.body.constituencies[0].id,
      category: 'front-line',
    })),
  })
  return (await must(chair, '/api/congress/sessions', { termId: term.id, number: 3, startsOn, endsOn: startsOn })).id
}
const callOf = (sessionId: number, more: object = {}) => ({
  unitId: unit('east'),
  kind: 'motion',
  sessionId,
  opensOn: '2026-03-02',
  closesOn: '2026-03-20',
  minSeconders: 0,
  ...more,
})
const options = async () => (await ask(chair, 'GET', '/api/motions/options')).body

test('a drive belongs to a session of the congress: its name and day are the session’s, and follow it', async () => {
  const sessionId = await prepared('2026-03-27')
  expect((await options()).sessions).toMatchObject([{ id: sessionId, name: '六届三次', startsOn: '2026-03-27' }])
  // Whoever opens no drives isn't told of a session whose notice is not out.
  expect((await ask('刘洋', 'GET', '/api/motions/options')).body.sessions).toEqual([])
  expect((await ask(chair, 'POST', '/api/motion-calls', callOf(sessionId, { closesOn: '2026-03-30' }))).body.code).toBe(
    'closes-after-session',
  )
  expect((await ask('周婷', 'POST', '/api/motion-calls', { ...callOf(sessionId), unitId: unit('south') })).status).toBe(
    404,
  )
  await must(chair, '/api/motion-calls', callOf(sessionId))
  expect((await options()).calls).toMatchObject([{ session: '六届三次', sessionId, meetsOn: '2026-03-27' }])
  const { session } = (await ask(chair, 'GET', `/api/congress/sessions/${sessionId}`)).body
  await ask(chair, 'PUT', `/api/congress/sessions/${sessionId}`, {
    version: session.version,
    startsOn: '2026-03-30',
    endsOn: '2026-03-30',
  })
  expect((await options()).calls[0].meetsOn).toBe('2026-03-30')
  expect(
    (await ask(chair, 'POST', '/api/motion-calls', callOf(sessionId, { sessionId: null }))).body.fields,
  ).toMatchObject({ session: expect.stringContaining('请选择会议') })
})

test('the delegates in the hall choose the best motions by ballot, a tie among the tied, and the awards are filed', async () => {
  const { sessions, calls } = await options()
  const sessionId = sessions[0].id
  const motions: number[] = []
  for (const [at, name] of movers.entries()) {
    const { id } = await must(chair, '/api/motions', {
      kind: 'motion',
      title: `关于第${at + 1}件实事的提案`,
      body: '职工多次反映，请予办理。',
      unitId: unit('east'),
      moverId: person(name),
      callId: calls[0].id,
      source: 'paper',
      submit: true,
    })
    await must(chair, `/api/motions/${id}/file`, { category: '生活后勤' })
    motions.push(id)
  }
  const draft = {
    method: 'ballot',
    unitId: unit('east'),
    purpose: 'motion',
    title: '六届三次最佳提案',
    formedOn: '2026-03-30',
  }
  expect((await ask(chair, 'POST', '/api/motion-panels', { ...draft, purpose: 'suggestion', sessionId })).status).toBe(
    422,
  )
  const { id: panel } = await must(chair, '/api/motion-panels', { ...draft, sessionId })
  await must(chair, `/api/motion-panels/${panel}/entries`, { motionIds: motions, unitIds: [unit('east-1')] })
  const ballot = (award: string, seats: number) =>
    ask(chair, 'POST', `/api/motion-panels/${panel}/ballots`, {
      award,
      seats,
      tellerIds: [person('张敏'), person(chair)],
    })
  expect((await ballot('最佳提案', 2)).body.code).toBe('session-not-open')
  await must(chair, `/api/congress/sessions/${sessionId}/items`, { title: '提案情况报告', duty: 'hear' })
  clock.today = '2026-03-30'
  await must(chair, `/api/congress/sessions/${sessionId}/open`)
  await must(chair, `/api/congress/sessions/${sessionId}/passages`, {
    personIds: [chair, '张敏', ...movers].map((name) => person(name as typeof chair)),
  })
  expect((await ballot('最佳提案', 5)).body.code).toBe('too-few-entries')
  expect(
    (
      await ask('刘洋', 'POST', `/api/motion-panels/${panel}/ballots`, {
        award: '最佳提案',
        seats: 1,
        tellerIds: [person('张敏'), person(chair)],
      })
    ).status,
  ).toBe(404)
  const shown = async () => (await ask(chair, 'GET', `/api/motion-panels/${panel}`)).body
  const entryOf = async (motionId: number) =>
    (await shown()).entries.find((one: { motionId: number }) => one.motionId === motionId).id
  const count = async (voteId: number, yes: Record<string, number>) => {
    for (const who of [chair, '张敏'] as const)
      expect(
        (
          await ask(who, 'PUT', `/api/votes/${voteId}/counts/main`, {
            issued: 6,
            returned: 6,
            valid: 6,
            invalid: 0,
            items: Object.entries(yes).map(([key, n]) => ({ key, yes: n, no: 6 - n, abstain: 0 })),
          })
        ).status,
      ).toBe(200)
  }
  const keys = await Promise.all(motions.map(async (id) => `e${await entryOf(id)}`))
  const first = (await ballot('最佳提案', 2)).body.id
  expect((await ballot('最佳提案', 2)).body.code).toBe('ballot-running')
  await count(first, { [keys[0]!]: 4, [keys[1]!]: 4, [keys[2]!]: 4, [keys[3]!]: 0 })
  const announce = (voteId: number) => must(chair, `/api/motion-panels/${panel}/ballots/${voteId}/announce`)
  expect((await announce(first)).verdict).toMatchObject({ outcome: 'tied', tiedSeats: 2 })
  const second = (await ballot('最佳提案', 2)).body.id
  expect((await shown()).ballots[1].vote.items.map((one: { key: string }) => one.key)).toEqual(keys.slice(0, 3))
  await count(second, { [keys[0]!]: 5, [keys[1]!]: 3, [keys[2]!]: 4 })
  await announce(second)
  const third = (await ballot('提案优秀组织单位', 1)).body.id
  const unitKey = (await shown()).ballots[2].vote.items[0].key
  await count(third, { [unitKey]: 5 })
  await announce(third)
  // What a ballot chose is not decided by hand beside it.
  expect(
    (await ask(chair, 'POST', `/api/motion-panels/${panel}/awards`, { awards: [{ entryId: 1, award: null }] })).body
      .code,
  ).toBe('by-ballot')
  await must(chair, `/api/motion-panels/${panel}/finish`)
  expect(
    (await shown()).entries
      .filter((one: { award: string | null }) => one.award)
      .map((one: { award: string }) => one.award)
      .toSorted(),
  ).toEqual(['提案优秀组织单位', '最佳提案', '最佳提案'].toSorted())
  expect(
    await figures('congress.motion-award.best', 'congress.motion-award.organisers', 'congress.motion-award.awards'),
  ).toEqual({
    'congress.motion-award.best': 2,
    'congress.motion-award.organisers': 1,
    'congress.motion-award.awards': 3,
  })
})
