import { expect, test } from 'vitest'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { openHall } from './desk-for-tests.ts'

const { db, world, ask } = await openHall()
const chair = '李强'
const figures = async (...names: string[]): Promise<number[]> => {
  const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
  const ids = names.map((name) => `congress.participation.${name}`)
  return (await figuresOf(db, await catalogue(db), scope, ids, { zeroes: true })).map((one) => one.value ?? 0)
}

test('a project is followed from who was sent to what became of each word', async () => {
  const draft = {
    unitId: world.unit('east'),
    kind: '采购与招标监督',
    title: '食堂食材供应商招标',
    right: '监督权',
    stage: '过程监督',
    startedOn: '2026-05-06',
    representativeId: world.person('李强'),
    personIds: [world.person('刘洋')],
  }
  expect((await ask('周婷', 'POST', '/api/congress/projects', draft)).status).toBe(404)
  expect(
    (await ask(chair, 'POST', '/api/congress/projects', { ...draft, personIds: [world.person('孙丽')] })).status,
  ).toBe(404)
  const { body } = await ask(chair, 'POST', '/api/congress/projects', draft)
  const url = `/api/congress/projects/${body.id}`
  expect(await figures('count', 'tenders', 'opinions')).toEqual([1, 1, 0])

  // Who was sent sees it and speaks for himself; who wasn't hears that it isn't there.
  expect((await ask('陈静', 'GET', url)).status).toBe(404)
  const opinion = { personId: world.person('刘洋'), words: '建议把配送时限写进合同', saidOn: '2026-05-08' }
  expect((await ask('刘洋', 'POST', `${url}/opinions`, { ...opinion, personId: world.person('李强') })).status).toBe(
    403,
  )
  expect((await ask('刘洋', 'POST', `${url}/opinions`, opinion)).status).toBe(201)
  expect((await ask(chair, 'POST', `${url}/opinions`, { ...opinion, personId: world.person('陈静') })).body.code).toBe(
    'not-on-panel',
  )
  expect((await ask(chair, 'POST', `${url}/opinions`, { ...opinion, saidOn: '2026-05-05' })).body.code).toBe(
    'before-start',
  )
  await ask(chair, 'POST', `${url}/opinions`, { ...opinion, personId: world.person('李强'), words: '评标应有职工代表' })
  expect(await figures('opinions', 'adopted')).toEqual([2, 0])

  const [first, second] = (await ask('刘洋', 'GET', url)).body.opinions
  const end = { closedOn: '2026-05-20', written: true, conclusion: '按意见修改后定标' }
  expect((await ask(chair, 'POST', `${url}/close`, end)).body.code).toBe('opinions-open')
  const decided = { outcome: '采纳', answer: '合同第七条写明配送时限', decidedOn: '2026-05-12' }
  expect((await ask('刘洋', 'POST', `/api/congress/opinions/${first.id}/decide`, decided)).status).toBe(403)
  expect(
    (await ask(chair, 'POST', `/api/congress/opinions/${first.id}/decide`, { ...decided, decidedOn: '2026-05-07' }))
      .body.code,
  ).toBe('before-said')
  expect((await ask(chair, 'POST', `/api/congress/opinions/${first.id}/decide`, decided)).status).toBe(200)
  expect((await ask(chair, 'POST', `/api/congress/opinions/${first.id}/decide`, decided)).body.code).toBe(
    'decided-already',
  )
  await ask(chair, 'POST', `/api/congress/opinions/${second.id}/decide`, {
    ...decided,
    outcome: '未采纳',
    answer: '评委须有资格',
  })
  expect((await ask('刘洋', 'POST', `${url}/close`, end)).status).toBe(403)
  expect((await ask(chair, 'POST', `${url}/close`, end)).status).toBe(200)
  expect((await ask(chair, 'POST', `${url}/opinions`, opinion)).body.code).toBe('project-closed')
  expect(await figures('opinions', 'adopted', 'written-reports', 'rights')).toEqual([2, 1, 1, 1])
  expect((await ask('刘洋', 'GET', '/api/congress/projects')).body.projects).toHaveLength(1)
  expect((await ask('陈静', 'GET', '/api/congress/projects')).body.projects).toEqual([])
})
