import { expect, test } from 'vitest'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { phoneFor, type PaperGiven } from '../../ballots/secret/phone.ts'
import { openHall } from './desk-for-tests.ts'

const { hall, world, ask } = await openHall()
const everybody = [
  '王芳',
  '李强',
  '张敏',
  '刘洋',
  '陈静',
  '杨帆',
  '赵磊',
  '周婷',
  '吴刚',
  '孙丽',
  '郑浩',
  '何平',
] as const
const does = async (who: PersonName, method: 'POST' | 'PUT' | 'GET', url: string, payload?: object) => {
  const answer = await ask(who, method, url, payload)
  if (answer.status >= 300) throw new Error(`${who} ${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** The county's staff congress with twelve delegates, open, those named signed in. */
async function convened(here: readonly PersonName[]): Promise<{ id: number; items: number[] }> {
  const { id: term } = await does('王芳', 'POST', '/api/congress/terms', {
    unitId: world.unit('county'),
    kind: 'staff-congress',
    ordinal: 3,
    startsOn: '2025-01-10',
    dueOn: '2030-01-10',
    people: 240,
    women: 80,
    seats: 12,
  })
  const { constituencies } = await does('王芳', 'PUT', `/api/congress/terms/${term}/constituencies`, {
    constituencies: [{ name: '全体', people: 240, unitId: world.unit('county') }],
  })
  await does('王芳', 'POST', `/api/congress/terms/${term}/delegates`, {
    electedOn: '2025-01-08',
    delegates: everybody.map((name) => ({
      personId: world.person(name),
      constituencyId: constituencies[0].id,
      category: 'front-line',
      votes: 150,
    })),
  })
  const { id } = await does('王芳', 'POST', '/api/congress/sessions', {
    termId: term,
    startsOn: hall.today,
    endsOn: hall.today,
    host: '王芳',
  })
  const items: number[] = []
  for (const item of [
    { title: '绩效办法', duty: 'pass', category: '工资与绩效办法', important: true },
    { title: '发展规划', duty: 'advise', category: '发展规划与年度计划' },
    { title: '评议领导人员', duty: 'appraise', category: '其他', candidateIds: [world.person('李强')] },
  ])
    items.push((await does('王芳', 'POST', `/api/congress/sessions/${id}/items`, item)).id)
  await does('王芳', 'POST', `/api/congress/sessions/${id}/notice`, { sentOn: hall.today })
  await does('王芳', 'POST', `/api/congress/sessions/${id}/open`)
  await does('王芳', 'POST', `/api/congress/sessions/${id}/passages`, {
    personIds: here.map((name) => world.person(name)),
  })
  return { id, items }
}

test('an item is voted by phone in the hall: code on the screen, paper beside it, published and announced in one', async () => {
  const { id, items } = await convened(everybody.slice(0, 9))
  const call = (item: number, who: PersonName = '王芳') =>
    ask(who, 'POST', `/api/congress/items/${item}/votes`, {
      mode: 'secret',
      tellerIds: [world.person('周婷'), world.person('吴刚')],
    })
  // Nine would not be a secret.
  expect((await call(items[0]!)).body).toMatchObject({
    code: 'roll-too-small-for-secret',
    message: expect.stringContaining('请改用纸质票'),
  })
  await does('王芳', 'POST', `/api/congress/sessions/${id}/passages`, {
    personIds: everybody.slice(9).map((name) => world.person(name)),
  })
  expect((await call(items[2]!)).body.code).toBe('sealed-elsewhere')
  expect((await call(items[0]!, '孙丽')).status).toBe(403)
  const { body: vote } = await call(items[0]!)
  const live = await does('王芳', 'GET', `/api/congress/sessions/${id}/live`)
  expect(live).toMatchObject({ ballotCode: expect.stringMatching(/^\d{6}$/), vote: { id: vote.id, byPhone: true } })
  // A delegate's phone leads to the booth and never shows the code.
  const mine = await does('孙丽', 'GET', `/api/congress/mine/${id}`)
  expect(mine.live).toMatchObject({ ballotCode: null, vote: { id: vote.id, byPhone: true, outcome: null } })
  for (const [at, who] of everybody.slice(0, 11).entries()) {
    const phone = phoneFor((await ask(who, 'GET', `/api/votes/${vote.id}/paper`)).body as PaperGiven)
    const asked = { papers: phone.request, code: live.ballotCode }
    const { papers } = await does(who, 'POST', `/api/votes/${vote.id}/draw`, asked)
    expect((await phone.cast(papers[0].answer, { marks: at < 8 ? 'a' : 'o', names: [] })).status).toBe(200)
  }
  await does('周婷', 'POST', `/api/votes/${vote.id}/station/marks`, { personId: world.person('何平'), channel: 'main' })
  expect((await ask('王芳', 'POST', `/api/congress/votes/${vote.id}/announce`)).body.code).toBe('still-voting')
  expect((await ask('孙丽', 'POST', `/api/congress/votes/${vote.id}/end`)).status).toBe(403)
  await does('王芳', 'POST', `/api/congress/votes/${vote.id}/end`)
  expect((await ask('王芳', 'POST', `/api/congress/votes/${vote.id}/announce`)).body.code).toBe('count-missing')
  const sheet = { issued: 1, returned: 1, valid: 1, invalid: 0, items: [{ key: 'motion', yes: 0, no: 0, abstain: 1 }] }
  for (const teller of ['周婷', '吴刚'] as const) await does(teller, 'PUT', `/api/votes/${vote.id}/counts/main`, sheet)
  const { verdict, count } = await does('王芳', 'POST', `/api/congress/votes/${vote.id}/announce`)
  expect(count).toMatchObject({ expected: 12, present: 12, issued: 12, returned: 12, valid: 12 })
  expect(verdict).toMatchObject({ outcome: 'passed', items: [{ yes: 8, no: 3, abstain: 1 }] })
  const shown = await does('王芳', 'GET', `/api/congress/sessions/${id}`)
  expect(shown.votes[0]).toMatchObject({ box: 'published', vote: { mode: 'secret' } })
  expect((await does('孙丽', 'GET', `/api/votes/${vote.id}/publication`)).sheets[0].count.papers).toEqual({
    kiosk: 0,
    none: 0,
    online: 11,
    paper: 1,
  })
})

test('called off, it takes no paper and no ballot any more, and the item is free for another way', async () => {
  const { sessions } = await does('王芳', 'GET', `/api/congress/sessions?unitId=${world.unit('county')}`)
  const shown = await does('王芳', 'GET', `/api/congress/sessions/${sessions[0].id}`)
  const item = shown.items.find((one: { title: string }) => one.title === '发展规划').id
  const { id } = await does('王芳', 'POST', `/api/congress/items/${item}/votes`, { mode: 'secret' })
  const { code } = await does('王芳', 'GET', `/api/votes/${id}/hall`)
  const phone = phoneFor((await ask('刘洋', 'GET', `/api/votes/${id}/paper`)).body as PaperGiven)
  const { papers } = await does('刘洋', 'POST', `/api/votes/${id}/draw`, { papers: phone.request, code })
  await does('王芳', 'POST', `/api/congress/votes/${id}/void`, { reason: '事项有误' })
  expect((await phone.cast(papers[0].answer, { marks: 'a', names: [] })).body['code']).toBe('box-closed')
  const late = phoneFor((await ask('陈静', 'GET', `/api/votes/${id}/paper`)).body as PaperGiven)
  expect((await ask('陈静', 'POST', `/api/votes/${id}/draw`, { papers: late.request, code })).body.code).toBe(
    'issuing-over',
  )
  expect((await ask('王芳', 'POST', `/api/congress/items/${item}/votes`, { mode: 'hands' })).status).toBe(201)
})
