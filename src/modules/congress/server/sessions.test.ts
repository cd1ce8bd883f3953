import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { chair, openHall } from './desk-for-tests.ts'

const { hall, db, ownerPool, world, dataDir, ask, termDraft, arrangeTerm, arrangeSession, count, decide, tellers } =
  await openHall()

describe('a session', () => {
  test('numbers follow, days lie in the term, the notice has its clock, and delegates see it once the notice is out', async () => {
    const termId = await arrangeTerm({ ordinal: 10, startsOn: '2024-01-10', dueOn: '2028-01-10' })
    const prepare = (change: object = {}) =>
      ask(chair, 'POST', '/api/congress/sessions', { termId, startsOn: '2026-07-08', endsOn: '2026-07-08', ...change })
    expect(await prepare({ startsOn: '2030-01-01', endsOn: '2030-01-01' })).toMatchObject({
      status: 422,
      body: { code: 'outside-term' },
    })
    expect(
      (await ask('张敏', 'POST', '/api/congress/sessions', { termId, startsOn: '2026-07-08', endsOn: '2026-07-08' }))
        .status,
    ).toBe(403)
    expect(
      (await ask('周婷', 'POST', '/api/congress/sessions', { termId, startsOn: '2026-07-08', endsOn: '2026-07-08' }))
        .status,
    ).toBe(404)
    const { body: third } = await prepare({ number: 3 })
    expect(await prepare({ number: 5 })).toMatchObject({
      status: 422,
      body: { code: 'number-order', fields: { number: '应为 4' } },
    })
    const at = `/api/congress/sessions/${third.id}`
    const seen = await ask(chair, 'GET', at)
    expect(seen.body.session.title).toMatch(/届三次职工代表大会$/)
    expect(seen.body.notice).toMatchObject({ due: '2026-07-01', holds: null })
    const waiting = async () =>
      (
        await sql<{
          due: string
        }>`select due_on as due from kernel.todo where kind = 'congress.notice' and object_id = ${third.id} and done_at is null`.execute(
          db,
        )
      ).rows
    expect(await waiting()).toEqual([{ due: '2026-07-01' }])
    expect(await ask(chair, 'POST', `${at}/notice`, { sentOn: hall.today })).toMatchObject({
      status: 422,
      body: { code: 'agenda-empty' },
    })
    await ask(chair, 'POST', `${at}/items`, { title: '行政工作报告', duty: 'hear', category: '行政工作报告' })
    expect((await ask('刘洋', 'GET', at)).status).toBe(404)
    expect((await ask(chair, 'POST', `${at}/notice`, { sentOn: hall.today })).status).toBe(200)
    expect(await waiting()).toEqual([])
    expect((await ask(chair, 'GET', at)).body.notice).toMatchObject({ holds: true })
    expect((await ask('刘洋', 'GET', at)).status).toBe(200)
    expect((await ask('孙丽', 'GET', at)).status).toBe(404)
    expect((await ask('孙丽', 'GET', '/api/congress/sessions')).body.sessions).toEqual([])
    expect((await ask('刘洋', 'GET', `${at}/attendance`)).status).toBe(403)
    // Before its day nobody signs in.
    expect(await ask(chair, 'POST', `${at}/open`)).toMatchObject({ status: 422, body: { code: 'too-early' } })
  })

  test('§15.22 a members’ congress has five working days, over a weekend', async () => {
    const { body: term } = await ask(
      '周婷',
      'POST',
      '/api/congress/terms',
      termDraft({ unitId: world.unit('south'), kind: 'members-congress', ordinal: 1 }),
    )
    const { body } = await ask('周婷', 'POST', '/api/congress/sessions', {
      termId: term.id,
      startsOn: '2026-07-08',
      endsOn: '2026-07-08',
    })
    expect((await ask('周婷', 'GET', `/api/congress/sessions/${body.id}`)).body.notice).toMatchObject({
      due: '2026-07-01',
    })
    const { body: monday } = await ask('周婷', 'POST', '/api/congress/sessions', {
      termId: term.id,
      startsOn: '2026-07-20',
      endsOn: '2026-07-20',
    })
    expect((await ask('周婷', 'GET', `/api/congress/sessions/${monday.id}`)).body.notice).toMatchObject({
      due: '2026-07-13',
      cardId: 'MC-NOTICE-5WD',
    })
  })

  test('signing in by number, card, desk and phone; coming and going stay', async () => {
    const { id } = await arrangeSession([{ title: '工作报告', duty: 'hear' }], [])
    const at = `/api/congress/sessions/${id}`
    const say = (text: string, direction = 'in') => ask(chair, 'POST', `${at}/passages`, { text, direction })
    expect((await say('E102')).body).toEqual({ names: ['刘洋'] })
    expect(await say('E102')).toMatchObject({ status: 409, body: { code: 'already-in' } })
    expect((await say(String(world.person('陈静')).padStart(8, '0'))).body).toEqual({ names: ['陈静'] })
    expect(await say('S102')).toMatchObject({ status: 422, body: { code: 'not-on-roll' } })
    const check = openKeys(dataDir)
      .keyedHash(String(world.person('杨帆')), 'member-card')
      .toString('base64url')
      .slice(0, 16)
    expect((await say(`http://test/members/card/${world.person('杨帆')}/${check}`)).body).toEqual({ names: ['杨帆'] })
    expect(await say(`http://test/members/card/${world.person('赵磊')}/${check}`)).toMatchObject({
      status: 422,
      body: { code: 'card-forged' },
    })
    expect((await ask('张敏', 'POST', `${at}/passages`, { text: 'E202' })).status).toBe(403)
    // By phone, with what the hall's screen shows; a delegate's own answer never holds it.
    const { hallCode } = (await ask(chair, 'GET', `${at}/live`)).body
    const mine = (await ask('赵磊', 'GET', `/api/congress/mine/${id}`)).body
    expect([mine.live.hallCode, mine.own.present]).toEqual([null, false])
    expect((await ask('赵磊', 'GET', `${at}/live`)).body.hallCode).toBeNull()
    expect(await ask('赵磊', 'POST', `/api/congress/mine/${id}/passages`, { code: '000000' })).toMatchObject({
      status: 422,
      body: { code: 'hall-code-wrong' },
    })
    expect((await ask('赵磊', 'POST', `/api/congress/mine/${id}/passages`, { code: hallCode })).status).toBe(200)
    expect((await ask('孙丽', 'POST', `/api/congress/mine/${id}/passages`, { code: hallCode })).status).toBe(404)
    await ask(chair, 'POST', `${at}/leaves`, { personId: world.person('张敏'), reason: '出差' })
    await say('E102', 'out')
    const { attendance } = (await ask(chair, 'GET', `${at}/attendance`)).body
    const of = (name: string) => attendance.find((one: { name: string }) => one.name === name)
    expect(of('刘洋')).toMatchObject({
      present: false,
      passages: [{ direction: 'in', how: 'number' }, { direction: 'out' }],
    })
    expect(of('杨帆').passages[0].how).toBe('card')
    expect(of('张敏')).toMatchObject({ leave: '出差', firstIn: null })
    expect((await ask(chair, 'GET', `${at}/live`)).body).toMatchObject({ expected: 6, present: 3, leave: 1 })
    await expect(ownerPool.query('update congress.passage set direction = $1', ['in'])).rejects.toMatchObject({
      code: 'ZJ001',
    })
    // Five wrong codes are enough for a while, and the right one doesn't help then.
    for (let tries = 0; tries < 5; tries++)
      await ask('张敏', 'POST', `/api/congress/mine/${id}/passages`, { code: '111111' })
    expect(await ask('张敏', 'POST', `/api/congress/mine/${id}/passages`, { code: hallCode })).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('十分钟') },
    })
  })

  test('a vote without two thirds present is refused with the sum, and judged by those in the hall at that moment', async () => {
    const { id, items } = await arrangeSession(
      [{ title: '考勤管理办法', duty: 'pass', category: '规章制度' }],
      ['李强', '张敏', '刘洋', '陈静'],
    )
    const leave = (name: PersonName, direction: string) =>
      ask(chair, 'POST', `/api/congress/sessions/${id}/passages`, { personIds: [world.person(name)], direction })
    await leave('陈静', 'out')
    const call = () => ask(chair, 'POST', `/api/congress/items/${items[0]}/votes`, { mode: 'hands', ...tellers() })
    expect(await call()).toMatchObject({
      status: 422,
      body: {
        code: 'no-quorum',
        message: expect.stringMatching(/到会 3 人，应到 6 人.*至少 4 人.*3×3＝9，2×6＝12/),
        detail: { present: 3, needed: 4, blocks: true },
      },
    })
    await leave('陈静', 'in')
    expect((await ask('张敏', 'POST', `/api/congress/items/${items[0]}/votes`, { mode: 'hands' })).status).toBe(403)
    const { body: vote, status } = await call()
    expect(status).toBe(201)
    expect(await call()).toMatchObject({ status: 409, body: { code: 'vote-running' } })
    const result = await decide(vote.id, count(vote.id, 4, 0))
    expect(result.body.verdict).toMatchObject({ outcome: 'passed' })
    expect(result.body.words).toContain('《企业民主管理规定》（总工发〔2012〕12号）第二十条')
    // Six of seven seats: more than half of those due is four, of all seats also four.
    expect((await ask('刘洋', 'GET', `/api/congress/sessions/${id}`)).body.items[0]).toMatchObject({
      outcome: 'passed',
    })
  })
})
