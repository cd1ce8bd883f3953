import { sql } from 'kysely'
import { expect, test } from 'vitest'
import '../../../modules.ts'
import { motionsDesk } from './desk-for-tests.ts'
import { walk } from './walk-for-tests.ts'

const desk = await motionsDesk()
const { clock, ask, must, figures, scalar, unit, person } = desk
const { body, drive, submitted, deed, stateOf } = walk(desk)

test('past the deadline of a session nothing is taken for it, but between sessions', async () => {
  const { id } = await must('刘洋', '/api/motions', {
    kind: 'motion',
    title: '关于更换更衣柜的提案',
    body,
    callId: drive.callId,
    seconderIds: [person('陈静'), person('杨帆')],
  })
  for (const who of ['陈静', '杨帆'] as const) await must(who, `/api/motions/${id}/second`, { agreed: true })
  clock.today = '2026-04-01'
  expect(await deed('刘洋', id, 'submit')).toMatchObject({
    status: 422,
    body: { code: 'call-closed', message: expect.stringContaining('闭会期间') },
  })
  const { version } = (await ask('刘洋', 'GET', `/api/motions/${id}`)).body
  const change = { kind: 'motion', title: '关于更换更衣柜的提案', body, callId: null, version }
  expect((await ask('陈静', 'PUT', `/api/motions/${id}`, change)).status).toBe(403)
  expect((await ask('刘洋', 'PUT', `/api/motions/${id}`, change)).status).toBe(200)
  expect((await ask('刘洋', 'PUT', `/api/motions/${id}`, change)).body.code).toBe('edited-meanwhile')
  await must('刘洋', `/api/motions/${id}/submit`)
  expect((await ask('李强', 'GET', `/api/motions/${id}`)).body).toMatchObject({
    channel: 'between',
    receivedOn: '2026-04-01',
  })
  // Withdrawn, it is a draft again and counts nowhere.
  const { 'congress.motion.between-sessions': count } = await figures('congress.motion.between-sessions')
  expect((await deed('李强', id, 'withdraw')).status).toBe(403)
  await must('刘洋', `/api/motions/${id}/withdraw`)
  expect((await figures('congress.motion.between-sessions'))['congress.motion.between-sessions'] ?? 0).toBe(count! - 1)
  await must('刘洋', `/api/motions/${id}/drop`)
  clock.today = '2026-03-02'
})

test('the sorting desk: alike ones are shown, merged, refused with a reason, passed on as opinions', async () => {
  const leading = await submitted('关于改善车间饮水条件的提案')
  const alike = await submitted('关于改善铸造车间饮水条件的提案')
  const { similar } = (
    await ask('刘洋', 'GET', `/api/motions/similar?title=${encodeURIComponent('建议改善车间饮水条件')}`)
  ).body
  expect(similar.map((one: { id: number }) => one.id)).toEqual([leading, alike])
  expect(
    (
      await ask(
        '周婷',
        'GET',
        `/api/motions/similar?title=${encodeURIComponent('改善车间饮水条件')}&unitId=${unit('east')}`,
      )
    ).body.similar,
  ).toEqual([])

  expect((await deed('李强', alike, 'merge', { intoId: alike })).body.code).toBe('merge-self')
  expect((await deed('刘洋', alike, 'merge', { intoId: leading })).status).toBe(403)
  const collected = (await figures('congress.motion.collected'))['congress.motion.collected']
  await must('李强', `/api/motions/${alike}/merge`, { intoId: leading })
  expect((await ask('刘洋', 'GET', `/api/motions/${alike}`)).body).toMatchObject({
    state: 'settled',
    mergedInto: leading,
  })
  // It was collected all the same, and is filed only once.
  expect((await figures('congress.motion.collected'))['congress.motion.collected']).toBe(collected)
  expect((await deed('李强', leading, 'merge', { intoId: alike })).body.code).toBe('merge-closed')
  expect((await ask('李强', 'GET', `/api/motions/${leading}`)).body.merged).toMatchObject([{ id: alike }])

  const refusal = await submitted('关于发放高温补贴的提案')
  expect((await deed('李强', refusal, 'reject')).body.code).toBe('words-missing')
  await must('李强', `/api/motions/${refusal}/reject`, { words: '已有规定，不属提案范围' })
  expect(await stateOf(refusal)).toBe('rejected')
  const small = await submitted('关于车间门口路灯的提案')
  await must('李强', `/api/motions/${small}/return`, { words: '请写明具体位置' })
  expect((await ask('刘洋', 'GET', `/api/motions/${small}`)).body.may).toMatchObject({ change: true, submit: true })
  await must('刘洋', `/api/motions/${small}/submit`)
  await must('李强', `/api/motions/${small}/opinion`, { words: '已转后勤部门即办' })
  expect((await ask('刘洋', 'GET', `/api/motions/${small}`)).body).toMatchObject({
    state: 'settled',
    kind: 'opinion',
    mergedInto: null,
  })
})

test('the box takes slips without a name; they can be merged and not filed alone', async () => {
  const { code } = await must('李强', '/api/motion-boxes', { unitId: unit('east'), place: '东门' })
  expect((await ask('刘洋', 'POST', '/api/motion-boxes', { unitId: unit('east'), place: '东门' })).status).toBe(404)
  expect((await ask(null, 'GET', `/api/box/${code}`)).body).toEqual({ unitName: '东风机械公司工会', place: '东门' })
  expect((await ask(null, 'POST', '/api/box/nothere', { title: '食堂太咸', body: '菜太咸了，少放盐。' })).status).toBe(
    404,
  )
  expect((await ask(null, 'POST', `/api/box/${code}`, { title: '食堂太咸', body: '菜太咸了，少放盐。' })).status).toBe(
    201,
  )
  const slip = (await ask('李强', 'GET', '/api/motions?kind=opinion&tab=received')).body.rows[0]
  expect(slip).toMatchObject({ title: '食堂太咸', moverName: null, source: 'box' })
  // Nothing in the database tells who it was.
  expect(
    await scalar(sql<{ value: number }>`select created_by as value from motions.motion where id = ${slip.id}`),
  ).toBe(0)
  expect((await deed('李强', slip.id, 'file', { category: '生活后勤' })).body.code).toBe('mover-missing')
  const leading = await submitted('关于改进食堂口味的提案')
  await must('李强', `/api/motions/${slip.id}/merge`, { intoId: leading })
  const record = await scalar(
    sql<{
      value: Record<string, unknown>
    }>`select fields as value from kernel.record where kept_by = ${`motions/${slip.id}`}`,
  )
  expect(record).toMatchObject({ kind: '意见', filed: false })
})

test('paper: the union writes down for a mover without the screen, seconders as signed', async () => {
  const paper = {
    kind: 'motion',
    title: '关于增配劳保鞋的提案',
    body,
    unitId: unit('east'),
    moverId: person('杨帆'),
    source: 'paper',
    receivedOn: '2026-02-20',
    callId: drive.callId,
    seconderIds: [person('陈静'), person('刘洋')],
    submit: true,
  }
  expect((await ask('张敏', 'POST', '/api/motions', paper)).status).toBe(404)
  expect((await ask('李强', 'POST', '/api/motions', { ...paper, moverId: person('孙丽') })).body.code).toBe(
    'no-such-person',
  )
  expect((await ask('李强', 'POST', '/api/motions', { ...paper, moverId: null })).body.code).toBe('mover-missing')
  expect((await ask('李强', 'POST', '/api/motions', { ...paper, seconderIds: [person('陈静')] })).body.code).toBe(
    'seconders-missing',
  )
  const { id } = await must('李强', '/api/motions', paper)
  expect((await ask('杨帆', 'GET', `/api/motions/${id}`)).body).toMatchObject({
    state: 'received',
    receivedOn: '2026-02-20',
    channel: 'before',
    moverName: '杨帆',
  })
})
