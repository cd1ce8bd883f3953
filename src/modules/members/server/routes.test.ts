import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { checkDigit } from '../id-number.ts'
import { membersDesk } from './desk-for-tests.ts'

const { db, world, ask } = await membersDesk()
const names = (body: { members: { name: string }[] }): string[] => body.members.map((member) => member.name)

test('each office sees its own people, and the total says as many', async () => {
  const county = await ask('王芳', 'GET', '/api/members')
  expect([county.body.total, county.body.members.length]).toEqual([12, 12])
  const branch = await ask('张敏', 'GET', '/api/members')
  expect([names(branch.body), branch.body.total]).toEqual([['张敏', '刘洋', '陈静'], 3])
  const member = await ask('刘洋', 'GET', '/api/members')
  expect(names(member.body)).toEqual(['刘洋'])
  const elsewhere = await ask('张敏', 'GET', `/api/members?unitId=${world.unit('south')}`)
  expect([names(elsewhere.body), elsewhere.body.total]).toEqual([[], 0])
  expect((await ask('张敏', 'GET', `/api/members/${world.person('吴刚')}`)).status).toBe(404)
})

test('pages follow each other without a gap, in the order of units', async () => {
  const seen: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await ask('王芳', 'GET', `/api/members?limit=5${cursor && `&cursor=${cursor}`}`)
    seen.push(...names(body))
    if (!(cursor = body.next)) break
  }
  expect(seen).toEqual(names((await ask('王芳', 'GET', '/api/members')).body))
})

test.each([
  ['q=陈', ['陈静']],
  ['q=E10', ['张敏', '刘洋', '陈静']],
  ['gender=f&ageFrom=40', ['张敏']],
  ['gender=m', ['李强', '刘洋', '杨帆', '赵磊']],
])('the union of 东风 searched by %s', async (query, expected) => {
  const { body } = await ask('李强', 'GET', `/api/members?${query}`)
  expect([names(body).toSorted(), body.total]).toEqual([expected.toSorted(), expected.length])
})

test('a tag is counted from the day it was given to the day it ended', async () => {
  const url = `/api/members/${world.person('杨帆')}/tags`
  expect((await ask('杨帆', 'POST', url, { tag: '劳模', since: '2022-05-01' })).status).toBe(404)
  expect(
    (await ask('李强', 'POST', url, { tag: '劳动模范', since: '2022-05-01', evidence: '市政府〔2022〕8号' })).status,
  ).toBe(200)
  expect(await ask('李强', 'POST', url, { tag: '劳模', since: '2023-05-01' })).toMatchObject({
    status: 409,
    body: { code: 'tag-held' },
  })
  const listed = await ask('王芳', 'GET', '/api/members?tag=劳模')
  expect([names(listed.body), listed.body.total]).toEqual([['杨帆'], 1])
  const tagsOn = async (day: string) =>
    (await ask('王芳', 'GET', `/api/members/statistics?unitId=${world.unit('east')}&onDate=${day}`)).body.byTag
  expect(await tagsOn('2022-04-30')).toEqual([])
  expect(await tagsOn('2022-05-01')).toEqual([{ tag: '劳模', people: 1 }])
  await ask('李强', 'POST', `${url}/劳模/end`, { until: '2026-06-01' })
  expect((await ask('王芳', 'GET', '/api/members?tag=劳模')).body.total).toBe(0)
  expect(await tagsOn('2026-05-31')).toEqual([{ tag: '劳模', people: 1 }])
})

test('someone joins, keeps the membership after retiring, and leaves: each on its day', async () => {
  const idNo = `11010119900307002${checkDigit('11010119900307002')}`
  const draft = { name: '林悦', unitId: world.unit('east-1'), joinedOn: '2026-02-01', idNo, phone: '13900000001' }
  expect((await ask('吴刚', 'POST', '/api/members', draft)).status).toBe(404)
  expect(await ask('张敏', 'POST', '/api/members', { ...draft, idNo: '110101199003070021' })).toMatchObject({
    status: 422,
    body: { fields: { idNo: expect.stringContaining('校验码') } },
  })
  const {
    body: { id },
  } = await ask('张敏', 'POST', '/api/members', draft)
  expect(await ask('张敏', 'POST', '/api/members', draft)).toMatchObject({
    status: 409,
    body: { code: 'already-member' },
  })
  const page = await ask('张敏', 'GET', `/api/members/${id}`)
  expect(page.body).toMatchObject({ gender: 'f', bornOn: '1990-03-07', phoneLast4: '0001' })
  expect(JSON.stringify(page.body)).not.toContain(idNo)
  await ask('张敏', 'POST', `/api/members/${id}/state`, { state: 'retained', onDate: '2026-04-01', words: '退休' })
  const count = async (day: string) => {
    const { total, retained } = (
      await ask('王芳', 'GET', `/api/members/statistics?unitId=${world.unit('east-1')}&onDate=${day}`)
    ).body
    return [total, retained]
  }
  expect([await count('2026-01-31'), await count('2026-02-01'), await count('2026-04-01')]).toEqual([
    [3, 0],
    [4, 0],
    [4, 1],
  ])
  await ask('张敏', 'POST', `/api/members/${id}/leave`, { kind: 'leave', onDate: '2026-05-01', words: '本人申请' })
  expect([await count('2026-04-30'), await count('2026-05-01')]).toEqual([
    [4, 1],
    [3, 0],
  ])
})

test('a corrected gender moves the women’s count, and two officers don’t overwrite each other', async () => {
  const url = `/api/members/${world.person('何平')}`
  const women = async () =>
    (
      await sql<{
        n: number
      }>`select sum(quantity)::int as n from kernel.fact where measure = 'members.roster' and unit_id = ${world.unit('south-2')}
      and dims @> '{"gender": "f"}' and reversal_of is null and reversed_by is null`.execute(db)
    ).rows[0]!.n
  expect(await women()).toBe(1)
  expect((await ask('周婷', 'PUT', url, { version: 1, gender: 'f', name: '何萍' })).status).toBe(200)
  expect(await women()).toBe(2)
  expect(await ask('周婷', 'PUT', url, { version: 1, staffNo: 'S9' })).toMatchObject({
    status: 409,
    body: { code: 'edited-meanwhile' },
  })
})

test('statistics by unit add up to the total', async () => {
  const { body } = await ask('王芳', 'GET', `/api/members/statistics?unitId=${world.unit('county')}`)
  expect(body.byUnit.reduce((sum: number, row: { people: number }) => sum + row.people, 0)).toBe(body.total)
  expect(body.byAge.reduce((sum: number, row: { people: number }) => sum + row.people, 0)).toBe(body.total)
})
