import { expect, test } from 'vitest'
import '../../../modules.ts'
import { motionsDesk } from './desk-for-tests.ts'
import { urgeAll } from './urging.ts'
import { walk } from './walk-for-tests.ts'

const desk = await motionsDesk()
const { db, clock, ask, must, figures, unit, person } = desk
const { body, departments, drive, transferred, deed, stateOf, given } = walk(desk)

test('a motion goes from its seconders to «满意», and every step counts', async () => {
  const before = await figures('congress.motion.count', 'congress.motion.filed', 'congress.motion.satisfied')
  const { id } = await must('刘洋', '/api/motions', {
    kind: 'motion',
    title: '关于增设充电车棚的提案',
    body,
    callId: drive.callId,
    seconderIds: [person('陈静')],
  })
  expect(await deed('刘洋', id, 'submit')).toMatchObject({
    status: 422,
    body: { code: 'seconders-missing', message: expect.stringContaining('不少于 2 名，现在有 0 名') },
  })
  // A draft is the mover's, and whoever was asked to second reads it; the union's chair doesn't.
  expect((await ask('李强', 'GET', `/api/motions/${id}`)).status).toBe(404)
  expect((await ask('陈静', 'GET', '/api/todos')).body.todos[0].title).toContain('请附议')
  expect((await deed('杨帆', id, 'second', { agreed: true })).status).toBe(404)
  await must('刘洋', `/api/motions/${id}/seconders`, { personIds: [person('杨帆')] })
  expect((await deed('刘洋', id, 'seconders', { personIds: [person('刘洋')] })).body.code).toBe('seconder-is-mover')
  await must('陈静', `/api/motions/${id}/second`, { agreed: true })
  await must('杨帆', `/api/motions/${id}/second`, { agreed: true })
  expect((await deed('杨帆', id, 'second', { agreed: false })).body.code).toBe('answered')
  expect(await figures('congress.motion.count')).toEqual(
    before['congress.motion.count'] ? { 'congress.motion.count': before['congress.motion.count'] } : {},
  )
  await must('刘洋', `/api/motions/${id}/submit`)
  expect((await figures('congress.motion.before-session'))['congress.motion.before-session']).toBe(1)

  expect((await deed('张敏', id, 'file', { category: '生活后勤' })).status).toBe(404)
  await must('李强', `/api/motions/${id}/file`, { category: '生活后勤' })
  expect((await figures('congress.motion.filed'))['congress.motion.filed']).toBe(1)
  const department = departments.get('行政后勤部')!
  expect((await deed('赵磊', id, 'reply', given)).status).toBe(404)
  expect(
    (await deed('李强', id, 'transfer', { leader: '邵立群', leadId: department, jointIds: [department] })).body.code,
  ).toBe('lead-is-joint')
  await must('李强', `/api/motions/${id}/transfer`, {
    leader: '邵立群',
    leadId: department,
    jointIds: [departments.get('铸造车间')],
  })

  // Twenty working days after 2 March 2026.
  const detail = (await ask('赵磊', 'GET', `/api/motions/${id}`)).body
  expect(detail).toMatchObject({
    state: 'handling',
    series: '六届三次',
    number: 1,
    dueOn: '2026-03-30',
    seconders: [{ agreed: true }, { agreed: true }],
  })
  // The head sees what was given to the department, and nothing else.
  expect((await ask('赵磊', 'GET', '/api/motions')).body).toMatchObject({ total: 1, rows: [{ id }] })
  expect((await ask('赵磊', 'GET', '/api/todos')).body.todos[0]).toMatchObject({
    dueOn: '2026-03-30',
    link: `/motions/${id}`,
  })
  await must('赵磊', `/api/motions/${id}/plan`, { plan: '三月勘察，四月施工。' })
  await must('赵磊', `/api/motions/${id}/progress`, { words: '已完成勘察' })

  expect(await deed('赵磊', id, 'reply', { outcome: '已落实', reply: ' ' })).toMatchObject({
    status: 422,
    body: { code: 'invalid-input', fields: { reply: expect.any(String) } },
  })
  expect((await deed('赵磊', id, 'reply', given)).body.code).toBe('joint-waiting')
  await must('张敏', `/api/motions/${id}/reply`, { outcome: '已落实', reply: '铸造车间配合腾出场地。' })
  expect((await deed('刘洋', id, 'verdict', { verdict: 'satisfied' })).body.code).toBe('not-now')
  await must('赵磊', `/api/motions/${id}/reply`, given)
  expect((await ask('刘洋', 'GET', '/api/todos')).body.todos[0].title).toContain('请评价答复')

  expect((await deed('陈静', id, 'verdict', { verdict: 'satisfied' })).status).toBe(403)
  expect((await deed('周婷', id, 'verdict', { verdict: 'satisfied' })).status).toBe(404)
  expect((await deed('李强', id, 'verdict', { verdict: 'satisfied' })).body.code).toBe('mover-decides')
  await must('刘洋', `/api/motions/${id}/verdict`, { verdict: 'satisfied' })
  expect((await deed('刘洋', id, 'verdict', { verdict: 'satisfied' })).body.code).toBe('verdict-given')
  expect((await ask('刘洋', 'GET', '/api/todos')).body.total).toBe(0)
  expect(
    await figures(
      'congress.motion.reply-rate',
      'congress.motion.satisfaction-rate',
      'congress.motion.implemented',
      'congress.motion.departments',
      'congress.motion.returned',
    ),
  ).toEqual({
    'congress.motion.reply-rate': 10_000,
    'congress.motion.satisfaction-rate': 10_000,
    'congress.motion.implemented': 1,
    'congress.motion.departments': 1,
    'congress.motion.returned': 1,
  })
  const verbs = (await ask('刘洋', 'GET', `/api/motions/${id}`)).body.acts.map((act: { verb: string }) => act.verb)
  expect(verbs).toEqual(['附议', '附议', '提交', '同意', '同意', '制定计划', '进展', '会签', '提交', '同意'])
})

test('not satisfied: handled once more, and then the word stands', async () => {
  const id = await transferred('关于调整班车线路的提案')
  await must('赵磊', `/api/motions/${id}/reply`, { ...given, outcome: '列入计划' })
  expect((await deed('刘洋', id, 'verdict', { verdict: 'dissatisfied' })).body.fields).toHaveProperty('words')
  await must('刘洋', `/api/motions/${id}/verdict`, { verdict: 'dissatisfied', words: '没有说明什么时候办' })
  expect((await ask('刘洋', 'GET', `/api/motions/${id}`)).body).toMatchObject({ state: 'handling', round: 2 })
  expect((await deed('刘洋', id, 'verdict', { verdict: 'satisfied' })).body.code).toBe('not-now')
  await must('赵磊', `/api/motions/${id}/reply`, { ...given, outcome: '暂不具备条件' })
  await must('刘洋', `/api/motions/${id}/verdict`, { verdict: 'dissatisfied', words: '还是不能接受' })
  expect(await stateOf(id)).toBe('closed')
  const { 'congress.motion.judged': judged, 'congress.motion.satisfied': satisfied } = await figures(
    'congress.motion.judged',
    'congress.motion.satisfied',
  )
  expect(judged! - satisfied!).toBe(1)
  // What was planned may come about later.
  expect((await deed('刘洋', id, 'outcome', { outcome: '已落实', words: '线路已开通' })).status).toBe(403)
  await must('赵磊', `/api/motions/${id}/outcome`, { outcome: '已落实', words: '线路已开通' })
  expect((await ask('李强', 'GET', `/api/motions/${id}`)).body.progress).toBe('已落实')
})

test('the ladder: soon due, late, before the leader; each rung once, and urged counts', async () => {
  const id = await transferred('关于修缮浴室的提案')
  const climb = (day: string) => db.transaction().execute((tx) => urgeAll(tx, day))
  expect(await climb('2026-03-10')).toBe(0)
  expect(await climb('2026-03-25')).toBe(1)
  expect(await climb('2026-03-25')).toBe(0)
  const urged = (await figures('congress.motion.urged'))['congress.motion.urged'] ?? 0
  expect(await climb('2026-03-31')).toBe(1)
  expect((await figures('congress.motion.urged'))['congress.motion.urged']).toBe(urged + 1)
  expect(await climb('2026-04-14')).toBe(1)
  expect(await climb('2026-05-20')).toBe(0)
  const { todos } = (await ask('李强', 'GET', '/api/todos')).body
  expect(todos.map((todo: { kind: string }) => todo.kind)).toEqual(
    expect.arrayContaining(['motions.late', 'motions.escalation']),
  )
  expect((await deed('赵磊', id, 'urge')).status).toBe(403)
  await must('李强', `/api/motions/${id}/urge`, { words: '请本周答复' })
  expect((await deed('李强', id, 'urge')).body.code).toBe('urged-today')
  // Answering is what takes them off the desk.
  clock.today = '2026-04-20'
  await must('赵磊', `/api/motions/${id}/reply`, given)
  expect(
    (await ask('李强', 'GET', '/api/todos')).body.todos.filter(
      (todo: { kind: string; link: string }) => todo.link === `/motions/${id}`,
    ),
  ).toEqual([])
  clock.today = '2026-03-02'
})

test('a department gives on what is not its business, or sends it back; then it sees it no more', async () => {
  const id = await transferred('关于提高夜餐标准的提案')
  expect(
    (await deed('赵磊', id, 'hand-on', { toDepartmentId: departments.get('行政后勤部'), words: '不归我们管' })).body
      .code,
  ).toBe('same-department')
  await must('赵磊', `/api/motions/${id}/hand-on`, { toDepartmentId: departments.get('铸造车间'), words: '由车间办理' })
  expect((await ask('赵磊', 'GET', `/api/motions/${id}`)).status).toBe(404)
  expect((await deed('赵磊', id, 'reply', given)).status).toBe(404)
  await must('张敏', `/api/motions/${id}/send-back`, { words: '涉及经费，应由财务部办理' })
  expect(await stateOf(id)).toBe('filed')
  await must('李强', `/api/motions/${id}/transfer`, { leader: '邵立群', leadId: departments.get('财务部') })
  // A department without an account: the union writes down its reply, and says so.
  await must('李强', `/api/motions/${id}/reply`, given)
  const { acts } = (await ask('刘洋', 'GET', `/api/motions/${id}`)).body
  expect(acts.at(-1).words).toContain('工会代录')
  expect((await deed('李强', id, 'close', { words: '提案人已调离' })).body.code).toBe('verdict-open')
  clock.today = '2026-04-20'
  await must('李强', `/api/motions/${id}/close`, { words: '逾期未评价' })
  clock.today = '2026-03-02'
})

test('statistics are open to the union’s people and add up to the figures; the report is theirs who supervise', async () => {
  const query = `unitId=${unit('east')}&from=2026-01-01&to=2026-12-31`
  const { status, body: statistics } = await ask('陈静', 'GET', `/api/motion-statistics?${query}`)
  expect(status).toBe(200)
  expect((await ask('孙丽', 'GET', `/api/motion-statistics?${query}`)).status).toBe(404)
  const told = Object.fromEntries(
    statistics.figures.map((figure: { metric: string; value: number }) => [figure.metric, figure.value]),
  )
  for (const [part, metric] of [
    ['collected', 'collected'],
    ['filed', 'filed'],
    ['replied', 'replied'],
    ['satisfied', 'satisfied'],
  ] as const)
    for (const table of ['byCategory', 'byDelegation'] as const)
      expect(statistics[table].reduce((sum: number, row: Record<string, number>) => sum + row[part]!, 0)).toBe(
        told[`congress.motion.${metric}`],
      )
  const lead = statistics.punctuality.find((row: { name: string }) => row.name === '行政后勤部')
  expect(lead.onTime + lead.late + lead.pending + lead.overdue).toBe(lead.assigned)
  expect(lead.late).toBe(1)

  expect((await ask('陈静', 'GET', `/api/motion-report.docx?${query}`)).status).toBe(404)
  const report = await ask('李强', 'GET', `/api/motion-report.docx?${query}`)
  expect(report.status).toBe(200)
  expect((report.body as Buffer).subarray(0, 2).toString()).toBe('PK')
})

test('a list shows what one may see, counts by tab and finds by words', async () => {
  const all = (await ask('李强', 'GET', '/api/motions?limit=3')).body
  expect(all.rows).toHaveLength(3)
  expect(all.next).not.toBeNull()
  expect(Object.values(all.tabs as Record<string, number>).reduce((sum, n) => sum + n, 0)).toBe(all.total)
  expect((await ask('李强', 'GET', `/api/motions?q=${encodeURIComponent('班车')}`)).body.total).toBe(1)
  expect((await ask('周婷', 'GET', '/api/motions')).body.total).toBe(0)
  const asked = (await ask('陈静', 'GET', '/api/motions?whose=seconding')).body
  expect(asked.rows.every((row: { moverName: string }) => ['刘洋', '杨帆'].includes(row.moverName))).toBe(true)
  expect((await ask('陈静', 'GET', '/api/motions?whose=mine')).body.total).toBe(0)
})
