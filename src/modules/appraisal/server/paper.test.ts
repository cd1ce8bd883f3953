import { expect, test } from 'vitest'
import { SCALES } from '../words.ts'
import { appraisalDesk } from './desk-for-tests.ts'

const { ask, give, open, plan } = await appraisalDesk()
const scale = { grades: SCALES.satisfaction.grades, criteria: ['总体评价', '关爱学生'] }
const results = async (url: string) => (await ask('李强', 'GET', `${url}/results`)).body.results

test('a small body votes on paper: two count alike, and only then the round ends', async () => {
  const { body: round } = await ask(
    '李强',
    'POST',
    '/api/appraisal/rounds',
    plan({ groups: [{ name: '职工', weight: 100, planned: 7, channel: 'paper' }] }),
  )
  const url = `/api/appraisal/rounds/${round.id}`
  const [group] = round.groups
  const sheet = (chair: number[], more: object = {}) => ({
    issued: 7,
    returned: 7,
    subjects: [
      { subjectId: round.subjects[0].id, counts: [chair, [6, 0, 0, 0]] },
      {
        subjectId: round.subjects[1].id,
        counts: [
          [2, 3, 1, 0],
          [1, 1, 1, 1],
        ],
      },
    ],
    ...more,
  })
  const enter = (who: string, body: object) => ask(who, 'PUT', `${url}/papers/${group.id}`, body)
  expect((await enter('李强', sheet([6, 0, 0, 0]))).body.code).toBe('round-not-open')
  expect((await ask('李强', 'POST', `${url}/open`)).status).toBe(200)
  expect((await ask('李强', 'POST', `${url}/slips`, { groupId: group.id })).body.code).toBe('paper-group')
  expect((await ask('李强', 'POST', `${url}/close`)).body.code).toBe('paper-open')
  // Not more marks than sheets, not more sheets than went out.
  expect((await enter('李强', sheet([6, 2, 0, 0]))).body.fields).toHaveProperty(`subject.${round.subjects[0].id}`)
  expect((await enter('李强', sheet([6, 0, 0, 0], { returned: 8 }))).body.fields).toHaveProperty('returned')
  expect((await enter('周婷', sheet([6, 0, 0, 0]))).status).toBe(404)
  expect((await enter('李强', sheet([6, 0, 0, 0]))).body.papers[0]).toMatchObject({ agreed: false, differences: [] })
  // The second doesn't see the first's numbers, and a difference is named without saying who is right.
  expect((await ask('王芳', 'GET', `${url}/papers`)).body.papers[0]).toMatchObject({
    mine: null,
    entries: [{ name: '李强', mine: false }],
  })
  expect((await enter('王芳', sheet([5, 1, 0, 0]))).body.papers[0]).toMatchObject({
    agreed: false,
    differences: ['李强·总体评价·优秀', '李强·总体评价·称职'],
  })
  expect((await ask('李强', 'POST', `${url}/close`)).body.code).toBe('paper-open')
  expect((await enter('王芳', sheet([6, 0, 0, 0]))).body.papers[0]).toMatchObject({ agreed: true })
  expect((await ask('李强', 'POST', `${url}/close`)).body.state).toBe('closed')
  expect((await enter('李强', sheet([0, 0, 0, 0]))).body.code).toBe('round-not-open')
  const counted = await results(url)
  expect(counted).toMatchObject({ issued: 7, returned: 7, remarksHidden: false })
  expect(counted.subjects[0]).toMatchObject({
    returned: 7,
    valid: 6,
    suppressed: false,
    cells: [{ groups: ['职工'], paper: true, valid: 6, criteria: [{ counts: [6, 0, 0, 0], blank: 0 }, {}] }],
    good: { count: 6, of: 6 },
  })
  // 2 × 100 + 3 × 80 + 1 × 60 of six: 83.33.
  expect(counted.subjects[1].criteria[0].score).toBe(8333)
})

test('paper stands by itself beside slips: nothing online is told by the difference', async () => {
  const { body: made } = await ask(
    '李强',
    'POST',
    '/api/appraisal/rounds',
    plan({
      groups: [
        { name: '领导班子', weight: 40, planned: 4 },
        { name: '职工', weight: 30, planned: 12 },
        { name: '退休职工', weight: 30, planned: 6, channel: 'paper' },
      ],
    }),
  )
  const url = `/api/appraisal/rounds/${made.id}`
  await ask('李强', 'POST', `${url}/open`)
  const codes: string[] = []
  for (const group of made.groups.slice(0, 2))
    codes.push(
      ...(await ask('李强', 'POST', `${url}/slips`, { groupId: group.id })).body.slips.map(
        (one: { code: string }) => one.code,
      ),
    )
  for (const code of codes.slice(0, 13))
    expect(
      (await give({ id: made.id, url, groups: made.groups, subjects: made.subjects, codes: [] }, code, 0)).status,
    ).toBe(204)
  const sheet = {
    issued: 6,
    returned: 3,
    subjects: made.subjects.map((one: { id: number }) => ({
      subjectId: one.id,
      counts: [
        [0, 3, 0, 0],
        [0, 3, 0, 0],
      ],
    })),
  }
  for (const who of ['李强', '王芳']) await ask(who, 'PUT', `${url}/papers/${made.groups[2].id}`, sheet)
  await ask('李强', 'POST', `${url}/close`)
  const [chair] = (await results(url)).subjects
  // Four leaders join the delegates online; three on paper are published although they are few.
  expect(chair.cells).toMatchObject([
    { groups: ['领导班子', '职工'], together: true, paper: false, weight: 70, valid: 13 },
    { groups: ['退休职工'], together: false, paper: true, weight: 30, valid: 3 },
  ])
  expect(chair.criteria[0].score).toBe(9400)
})

test('parents and pupils rate the teachers of their own class, each kind counted over a teacher’s classes', async () => {
  const groups = ['三1班', '三2班'].flatMap((name) => [
    { name: '家长', weight: 60, planned: 12, class: name },
    { name: '学生', weight: 40, planned: 12, class: name },
  ])
  const subjects = [
    { name: '语文方老师', classes: ['三1班', '三2班'] },
    { name: '数学何老师', classes: ['三1班'] },
  ]
  const kind = { ...scale, kind: 'parents-teachers', groups, title: '家长和学生评议教师' }
  const refused = async (more: object) =>
    (await ask('李强', 'POST', '/api/appraisal/rounds', plan({ ...kind, subjects, ...more }))).body.fields
  expect(await refused({ subjects: [{ name: '语文方老师', classes: ['三9班'] }] })).toMatchObject({
    subjects: expect.stringContaining('三9班'),
  })
  expect(await refused({ subjects: [subjects[1]] })).toMatchObject({ groups: expect.stringContaining('三2班') })
  expect(await refused({ subjects: [...subjects, { name: '体育许老师', classes: [] }] })).toMatchObject({
    subjects: expect.stringContaining('体育许老师'),
  })
  expect(await refused({ groups: groups.map((group, at) => (at ? group : { ...group, weight: 50 })) })).toHaveProperty(
    'groups',
  )
  const round = await open({ ...kind, subjects })
  const look = async (at: number) => (await ask(null, 'POST', '/api/appraise/look', { code: round.codes[at]![0] })).body
  expect(await look(0)).toMatchObject({
    groupName: '三1班家长',
    subjects: [{ name: '语文方老师' }, { name: '数学何老师' }],
  })
  expect((await look(2)).subjects.map((one: { name: string }) => one.name)).toEqual(['语文方老师'])
  const rate = (code: string, of: readonly number[], overall: number) =>
    ask(null, 'POST', '/api/appraise/return', {
      code,
      sheets: of.map((at) => ({ subjectId: round.subjects[at]!.id, marks: [overall, overall] })),
    })
  // A parent of the second class has no say about the other class's teacher.
  expect((await rate(round.codes[2]![0]!, [0, 1], 0)).body.code).toBe('sheet-wrong')
  for (const [group, marks] of [
    [0, 0],
    [1, 1],
    [2, 1],
    [3, 0],
  ] as const)
    for (const code of round.codes[group]!.slice(0, 6))
      expect((await rate(code, group < 2 ? [0, 1] : [0], marks)).status).toBe(204)
  await ask('李强', 'POST', `${round.url}/close`)
  const [chinese, maths] = (await results(round.url)).subjects
  // Twelve parents of two classes are enough together; six of one class and six pupils are counted as one.
  expect(chinese.cells).toMatchObject([
    { groups: ['家长'], together: false, weight: 60, valid: 12, criteria: [{ counts: [6, 6, 0] }, {}] },
    { groups: ['学生'], together: false, weight: 40, valid: 12, criteria: [{ counts: [6, 6, 0] }, {}] },
  ])
  expect(chinese.criteria[0].score).toBe(8000)
  expect(maths).toMatchObject({ returned: 12, valid: 12 })
  expect(maths.cells).toMatchObject([{ groups: ['家长', '学生'], together: true, weight: 100, valid: 12 }])
})

test('lower unions rate the upper one, and staff their union: both are filed as forms', async () => {
  for (const kind of ['upper', 'union'] as const) {
    const round = await open({
      ...scale,
      kind,
      title: kind,
      groups: [{ name: kind === 'upper' ? '下级工会' : '职工', weight: 100, planned: 10 }],
      subjects: [{ name: '东风工会' }],
    })
    for (const code of round.codes[0]!) await give(round, code, 0)
    await ask('李强', 'POST', `${round.url}/close`)
    expect((await results(round.url)).subjects[0].good).toMatchObject({ count: 10, of: 10 })
  }
})
