import { describe, expect, it } from 'vitest'
import { SCALES } from '../words.ts'
import { appraisalDesk, type Opened } from './desk-for-tests.ts'
import { reportFor } from './reporting.ts'

const { db, world, ask, open, plan } = await appraisalDesk()

const choice = (...titles: string[]) => ({ grades: titles.map((title) => ({ title, points: null })), good: 0 })
const WAYS = choice('个别谈话', '会议推荐', '网上征求意见', '都可以', '说不清')
const YES_NO = {
  grades: [
    { title: '是', points: 100 },
    { title: '否', points: 0 },
  ],
  good: 1,
}
const test = (more: object = {}) => ({
  kind: 'opinion-test',
  title: '拟任副校长民意测试',
  grades: SCALES.consent.grades,
  goodGrades: 2,
  criteria: ['对拟任职务的意见', '有无违纪反映', '了解的方式'],
  scales: [null, YES_NO, WAYS],
  groups: [{ name: '职工', weight: 100, planned: 14 }],
  subjects: [{ name: '李强', post: '副校长' }],
  ...more,
})
const wrong = async (more: object): Promise<string> => {
  const { status, body } = await ask('李强', 'POST', '/api/appraisal/rounds', plan(test(more)))
  expect(status).toBe(422)
  return Object.values(body.fields).join('；')
}
/** What the report's blocks say. */
const reported = async (round: Opened): Promise<string> => {
  expect((await ask('李强', 'GET', `${round.url}/report.docx`)).status).toBe(200)
  return JSON.stringify((await reportFor(db, world.as('李强'), round.id)).body)
}

describe('questions with answers of their own', () => {
  it('are refused where they contradict themselves or the kind of round', async () => {
    expect(await wrong({ scales: [YES_NO] })).toContain('第一题的选项就是总的等次')
    expect(await wrong({ scales: [null, choice('有', '有')] })).toContain('第 2 题：等次（选项）的名称重复')
    expect(await wrong({ scales: [null, { ...WAYS, good: 1 }] })).toContain('没有好评和差评')
    expect(
      await wrong({
        scales: [
          null,
          {
            grades: [
              { title: '是', points: 100 },
              { title: '否', points: null },
            ],
            good: 1,
          },
        ],
      }),
    ).toContain('都不计分')
    expect(await wrong({ scales: [null, { ...YES_NO, good: 2 }] })).toContain('至少留一个等次')
    expect(await wrong({ scales: [null, YES_NO, WAYS, YES_NO] })).toContain('选项比题目多')
    expect(await wrong({ kind: 'opinion', grades: WAYS.grades, goodGrades: 0, scales: [] })).toContain('能计分的等次')
    expect(await wrong({ grades: WAYS.grades, goodGrades: 0, topMost: 1 })).toContain('不能限制最高等次')
  })

  it('show their own answers, take no other, and are counted and reported answer by answer', async () => {
    const round = await open(test())
    const subjectId = round.subjects[0]!.id
    const give = (code: string, marks: (number | null)[]) =>
      ask(null, 'POST', '/api/appraise/return', { code, sheets: [{ subjectId, marks }] })
    const codes = round.codes[0]!
    expect((await ask(null, 'POST', '/api/appraise/look', { code: codes[0]! })).body.choices).toEqual([
      ['同意', '基本同意', '不同意', '不了解'],
      ['是', '否'],
      ['个别谈话', '会议推荐', '网上征求意见', '都可以', '说不清'],
    ])
    // The fourth answer exists for the first question only, the fifth for the last only.
    expect((await give(codes[0]!, [0, 3, 0])).body.code).toBe('sheet-wrong')
    expect((await give(codes[0]!, [4, 0, 0])).body.code).toBe('sheet-wrong')
    for (const code of codes.slice(0, 8)) expect((await give(code, [0, 1, 4])).status).toBe(204)
    for (const code of codes.slice(8, 12)) expect((await give(code, [1, 0, null])).status).toBe(204)
    await ask('李强', 'POST', `${round.url}/close`)
    const { results, round: shown } = (await ask('李强', 'GET', `${round.url}/results`)).body
    expect(shown.scales).toEqual([null, YES_NO, WAYS])
    expect(results.subjects[0]).toMatchObject({
      valid: 12,
      good: { count: 12, of: 12 },
      criteria: [
        { counts: [8, 4, 0, 0], blank: 0 },
        { counts: [4, 8], blank: 0, score: 3333 },
        { counts: [0, 0, 0, 0, 8], blank: 4, score: null },
      ],
    })
    const told = await reported(round)
    expect(told).toContain('三、其他各题')
    expect(told).toContain('了解的方式：')
    expect(told).toContain('[["李强","0","0","0","0","8","4"]]')
    expect(told).not.toContain('得分')
  })

  it('may be choices throughout: nothing is good, nothing has a score', async () => {
    const round = await open(
      test({ title: '班车时间征求意见', criteria: ['班车几点发车'], grades: WAYS.grades, goodGrades: 0, scales: [] }),
    )
    for (const code of round.codes[0]!.slice(0, 10))
      await ask(null, 'POST', '/api/appraise/return', {
        code,
        sheets: [{ subjectId: round.subjects[0]!.id, marks: [2] }],
      })
    await ask('李强', 'POST', `${round.url}/close`)
    expect((await ask('李强', 'GET', `${round.url}/results`)).body.results.subjects[0]).toMatchObject({
      good: null,
      criteria: [{ counts: [0, 0, 10, 0, 0], score: null }],
    })
    const told = await reported(round)
    expect(told).toContain('李强：个别谈话 0 票、会议推荐 0 票、网上征求意见 10 票')
  })

  it('are counted by hand in their own columns, and a column that isn’t there is refused', async () => {
    const { body: made } = await ask(
      '李强',
      'POST',
      '/api/appraisal/rounds',
      plan(test({ groups: [{ name: '职工', weight: 100, planned: 12, channel: 'paper' }] })),
    )
    const url = `/api/appraisal/rounds/${made.id}`
    expect((await ask('李强', 'POST', `${url}/open`)).status).toBe(200)
    const count = (who: '李强' | '王芳', counts: number[][]) =>
      ask(who, 'PUT', `${url}/papers/${made.groups[0].id}`, {
        issued: 12,
        returned: 12,
        subjects: [{ subjectId: made.subjects[0].id, counts }],
      })
    const right = [
      [9, 3, 0, 0],
      [12, 0],
      [2, 2, 2, 2, 4],
    ]
    expect((await count('李强', [right[0]!, [6, 3, 3], right[2]!])).body.message).toContain('“有无违纪反映”的等次多了')
    expect((await count('李强', right)).status).toBe(200)
    const other = await count('王芳', [right[0]!, right[1]!, [2, 2, 2, 3, 3]])
    expect(other.body.papers[0].differences).toEqual(['李强·了解的方式·都可以', '李强·了解的方式·说不清'])
    await count('王芳', right)
    expect((await ask('李强', 'POST', `${url}/close`)).status).toBe(200)
    expect((await ask('李强', 'GET', `${url}/results`)).body.results.subjects[0].criteria).toMatchObject([
      { counts: [9, 3, 0, 0] },
      { counts: [12, 0], score: 10_000 },
      { counts: [2, 2, 2, 2, 4], score: null },
    ])
  })
})
