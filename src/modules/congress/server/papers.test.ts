import { expect, test } from 'vitest'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { chair, openHall } from './desk-for-tests.ts'

const { ask, arrangeSession } = await openHall()

test('a remark on a clause leads to its new words', async () => {
  const { id, items } = await arrangeSession([{ title: '绩效办法', duty: 'pass', category: '工资与绩效办法' }])
  const { body: paper } = await ask(chair, 'POST', `/api/congress/sessions/${id}/papers`, {
    title: '绩效工资分配办法',
    itemId: items[0],
    text: '第一条 总则。\n第二条 夜班津贴每班10元。',
  })
  const at = `/api/congress/papers/${paper.id}`
  const { body: remark, status } = await ask('刘洋', 'POST', `${at}/remarks`, {
    versionNo: 1,
    clause: 'c2',
    words: '建议提高到15元',
  })
  expect(status).toBe(201)
  expect((await ask('孙丽', 'POST', `${at}/remarks`, { versionNo: 1, clause: 'c2', words: '…' })).status).toBe(404)
  expect((await ask('孙丽', 'GET', at)).status).toBe(404)
  const answer = (given: object, who: PersonName = chair) =>
    ask(who, 'POST', `/api/congress/remarks/${remark.id}/answer`, { answer: '已改', ...given })
  expect(await answer({ disposition: 'adopted' })).toMatchObject({ status: 422, body: { code: 'became-missing' } })
  const next = (clauses: object[], after = 1) =>
    ask(chair, 'POST', `${at}/versions`, { after, note: '按代表意见修改', clauses })
  expect(
    (
      await next([
        { key: 'c1', text: '第一条 总则。' },
        { key: 'c2', text: '第二条 夜班津贴每班10元。' },
      ])
    ).body,
  ).toEqual({ no: 2 })
  expect(await answer({ disposition: 'adopted', becameNo: 2 })).toMatchObject({
    status: 422,
    body: { code: 'became-same' },
  })
  expect(
    (
      await next([
        { key: 'c1', text: '第一条 总则。' },
        { key: 'c2', text: '第二条 夜班津贴每班15元。' },
      ])
    ).status,
  ).toBe(409)
  await next(
    [{ key: 'c1', text: '第一条 总则。' }, { key: 'c2', text: '第二条 夜班津贴每班15元。' }, { text: '第三条 附则。' }],
    2,
  )
  expect((await answer({ disposition: 'adopted', becameNo: 3 }, '刘洋')).status).toBe(403)
  expect((await answer({ disposition: 'adopted', becameNo: 3 })).status).toBe(200)
  const { body } = await ask('刘洋', 'GET', `${at}/compare?from=1&to=3`)
  expect(body.changes.map((one: { kind: string }) => one.kind)).toEqual(['same', 'changed', 'added'])
  expect(body.changes[1].remarks).toMatchObject([
    {
      words: '建议提高到15元',
      disposition: 'adopted',
      before: '第二条 夜班津贴每班10元。',
      after: '第二条 夜班津贴每班15元。',
    },
  ])
})

test('sheets and lists are for those who may see them', async () => {
  const { id, termId } = await arrangeSession([{ title: '工作报告', duty: 'hear', reporter: '李强' }])
  for (const [url, words] of [
    [`/api/congress/sessions/${id}/sign-in-sheet`, '签到表'],
    [`/api/congress/sessions/${id}/agenda-sheet`, '听取报告'],
    [`/api/congress/terms/${termId}/roster`, '代表名册'],
  ] as const) {
    expect((await ask(chair, 'GET', url)).body).toContain(words)
    expect((await ask('孙丽', 'GET', url)).status).toBe(404)
  }
  for (const url of [`/api/congress/sessions/${id}/attendance.xlsx`, `/api/congress/terms/${termId}/delegates.xlsx`]) {
    expect((await ask(chair, 'GET', url)).raw.subarray(0, 2).toString()).toBe('PK')
    expect((await ask('刘洋', 'GET', url)).status).toBe(403)
  }
})
