import { describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { SCALES } from '../words.ts'
import { appraisalDesk } from './desk-for-tests.ts'
import { readUrn } from './urn.ts'

const { db, dataDir, world, ask, open, plan } = await appraisalDesk()

const posts = (more: object = {}) => ({
  kind: 'recommendation',
  title: '副校长民主推荐',
  grades: SCALES.naming.grades,
  goodGrades: 1,
  criteria: ['推荐'],
  groups: [
    { name: '领导班子', weight: 40, planned: 8 },
    { name: '职工代表', weight: 60, planned: 12 },
  ],
  subjects: [
    {
      name: '副校长',
      seats: 2,
      nominees: [
        { name: '李强', post: '教务处', personId: world.person('李强') },
        { name: '赵磊', post: '总务处' },
        { name: '何平' },
      ],
    },
  ],
  ...more,
})
const wrong = async (more: object): Promise<string> => {
  const { status, body } = await ask('李强', 'POST', '/api/appraisal/rounds', plan(posts(more)))
  expect(status).toBe(422)
  return Object.values(body.fields).join('；')
}
const figure = async (metric: string): Promise<number> => {
  const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
  const [found] = await figuresOf(db, await catalogue(db), scope, [metric])
  return found?.value ?? 0
}

describe('民主推荐', () => {
  it('plans say how many may be named, from whom, and how; accounts are not for it', async () => {
    expect(await wrong({ subjects: [{ name: '副校长' }] })).toContain('最多推荐几人')
    expect(await wrong({ writeIns: false, subjects: [{ name: '副校长', seats: 1 }] })).toContain('没有名单可选')
    expect(await wrong({ groups: [{ name: '职工', weight: 100, planned: 20, channel: 'account' }] })).toContain(
      '不用本人账号',
    )
    expect(await wrong({ criteria: ['推荐', '德'] })).toContain('不设等次')
    expect(
      await wrong({ subjects: [{ name: '副校长', seats: 1, nominees: [{ name: '李强' }, { name: '李 强' }] }] }),
    ).toContain('同名')
    expect(await wrong({ kind: 'opinion' })).toContain('只有民主推荐')
  })

  it('a form names as many as it may; the urn keeps names apart and the tables nothing until the close', async () => {
    const round = await open(posts())
    const subjectId = round.subjects[0]!.id
    const form = (code: string, names: string[], mark: number | null = names.length ? 0 : 1) =>
      ask(null, 'POST', '/api/appraise/return', { code, sheets: [{ subjectId, marks: [mark], names }] })
    const { body: shown } = await ask(null, 'POST', '/api/appraise/look', { code: round.codes[0]![0]! })
    expect(shown).toMatchObject({
      writeIns: true,
      subjects: [
        {
          name: '副校长',
          seats: 2,
          nominees: [{ name: '李强', post: '教务处' }, { name: '赵磊' }, { name: '何平', post: null }],
        },
      ],
    })
    // Who may choose whom is told, not who of them is in the house's roster.
    expect(JSON.stringify(shown)).not.toContain('personId')
    const code = round.codes[0]![0]!
    expect((await form(code, ['李强', '赵磊', '杨帆'])).body.code).toBe('names-many')
    expect((await form(code, ['李强', '李　强'])).body.code).toBe('names-twice')
    expect((await form(code, [], 0)).body.code).toBe('names-missing')
    expect((await form(code, ['李强'], 1)).body.code).toBe('names-wrong')

    const [leaders, delegates] = [round.codes[0]!, round.codes[1]!]
    for (const one of leaders.slice(0, 6)) expect((await form(one, ['李强', '杨 帆'])).status).toBe(204)
    for (const one of delegates.slice(0, 5)) expect((await form(one, ['赵磊'])).status).toBe(204)
    for (const one of delegates.slice(5, 8)) expect((await form(one, ['陈静'])).status).toBe(204)
    for (const one of delegates.slice(8, 10)) expect((await form(one, [])).status).toBe(204)
    expect((await form(leaders[0]!, ['李强'])).body.code).toBe('code-used')
    const urn = readUrn(dataDir, round.id)
    expect(urn.names).toHaveLength(20)
    // By post, group and name: neither the order of time nor which two names were on one form.
    expect(urn.names!.map(([, , name]) => name)).toEqual([
      ...Array.from({ length: 6 }, () => '李强'),
      ...Array.from({ length: 6 }, () => '杨帆'),
      ...Array.from({ length: 5 }, () => '赵磊'),
      ...Array.from({ length: 3 }, () => '陈静'),
    ])
    const { rows } = await sql`select 1 from appraisal.recommended`.execute(db)
    expect(rows).toEqual([])

    expect((await ask('李强', 'GET', `${round.url}/results`)).body.code).toBe('not-closed')
    expect((await ask('李强', 'POST', `${round.url}/close`)).status).toBe(200)
    expect((await ask('周婷', 'GET', `${round.url}/results`)).status).toBe(404)
    expect((await ask('李强!appraisal.read-confidential', 'GET', `${round.url}/results`)).status).toBe(403)
    const { results } = (await ask('李强', 'GET', `${round.url}/results`)).body
    expect(results).toMatchObject({ issued: 20, returned: 16 })
    expect(results.subjects[0]).toMatchObject({
      returned: 16,
      valid: 16,
      criteria: [{ counts: [14, 2], blank: 0 }],
      named: {
        names: [
          { name: '李强', votes: 6, share: 3750 },
          { name: '杨帆', votes: 6 },
          { name: '赵磊', votes: 5 },
          { name: '何平', votes: 0, share: 0 },
        ],
        otherPeople: 1,
        otherVotes: 3,
      },
    })
    // Who stands on the list is told; three who wrote one name would be known by it: it is in no table and in no document.
    const { rows: told } = await sql<{
      name: string
    }>`select name from appraisal.recommended order by position`.execute(db)
    expect(told.map((row) => row.name)).toEqual(['李强', '杨帆', '赵磊', '何平'])
    expect(JSON.stringify(results)).not.toContain('陈静')
    expect((await ask('李强', 'POST', `${round.url}/publish`, { untilOn: '2026-12-31' })).body.code).toBe(
      'not-for-the-board',
    )
    expect((await ask('李强', 'GET', `${round.url}/report.docx`)).status).toBe(200)
    expect(await figure('appraisal.form.recommendations')).toBe(16)
    expect(await figure('appraisal.form.cadre-issued')).toBe(20)
  })

  it('on paper two count the same names, and the sums must be possible', async () => {
    const { body: made } = await ask(
      '李强',
      'POST',
      '/api/appraisal/rounds',
      plan(
        posts({
          title: '科长民主推荐',
          groups: [{ name: '职工代表', weight: 100, planned: 12, channel: 'paper' }],
          subjects: [{ name: '科长', seats: 1 }],
        }),
      ),
    )
    const url = `/api/appraisal/rounds/${made.id}`
    expect((await ask('李强', 'POST', `${url}/open`)).status).toBe(200)
    const paper = `${url}/papers/${made.groups[0].id}`
    const sheet = (names: { name: string; votes: number }[], forms = 10) => ({
      issued: 12,
      returned: 12,
      subjects: [{ subjectId: made.subjects[0].id, counts: [[forms, 2]], names }],
    })
    for (const names of [
      [{ name: '李强', votes: 11 }],
      [{ name: '李强', votes: 9 }],
      [
        { name: '李强', votes: 6 },
        { name: '赵磊', votes: 5 },
      ],
    ])
      expect((await ask('李强', 'PUT', paper, sheet(names))).body.code).toBe('count-wrong')
    const right = [
      { name: '李强', votes: 7 },
      { name: '赵磊', votes: 3 },
    ]
    expect((await ask('李强', 'PUT', paper, sheet(right))).status).toBe(200)
    const other = await ask(
      '王芳',
      'PUT',
      paper,
      sheet([
        { name: '李强', votes: 8 },
        { name: '赵磊', votes: 2 },
      ]),
    )
    expect(other.body.papers[0].differences).toEqual(['科长·李强', '科长·赵磊'])
    expect((await ask('李强', 'POST', `${url}/close`)).body.code).toBe('paper-open')
    expect((await ask('王芳', 'PUT', paper, sheet(right))).body.papers[0].agreed).toBe(true)
    expect((await ask('李强', 'POST', `${url}/close`)).status).toBe(200)
    expect((await ask('李强', 'GET', `${url}/results`)).body.results.subjects[0].named).toEqual({
      names: [{ name: '李强', votes: 7, share: 5833 }],
      otherPeople: 1,
      otherVotes: 3,
    })
  })

  it('too few forms tell nothing of a post', async () => {
    const round = await open(posts({ title: '校长民主推荐' }))
    const subjectId = round.subjects[0]!.id
    for (const code of round.codes[1]!.slice(0, 9))
      await ask(null, 'POST', '/api/appraise/return', { code, sheets: [{ subjectId, marks: [0], names: ['李强'] }] })
    await ask('李强', 'POST', `${round.url}/close`)
    expect((await ask('李强', 'GET', `${round.url}/results`)).body.results.subjects[0]).toMatchObject({
      suppressed: true,
      valid: 9,
      named: null,
    })
  })
})

describe('民意测试', () => {
  it('asks for agreement to an appointment and is filed as such', async () => {
    const before = await figure('appraisal.form.opinion-tests')
    const round = await open({
      kind: 'opinion-test',
      title: '拟任副校长民意测试',
      grades: SCALES.consent.grades,
      criteria: ['对拟任职务的意见', '廉洁情况'],
      subjects: [{ personId: world.person('李强'), name: '李强', post: '副校长' }],
    })
    for (const code of round.codes[2]!.slice(0, 12))
      expect(
        (
          await ask(null, 'POST', '/api/appraise/return', {
            code,
            sheets: [{ subjectId: round.subjects[0]!.id, marks: [0, 3], names: ['李强'] }],
          })
        ).body.code,
      ).toBe('names-wrong')
    for (const code of round.codes[2]!.slice(0, 12))
      await ask(null, 'POST', '/api/appraise/return', {
        code,
        sheets: [{ subjectId: round.subjects[0]!.id, marks: [0, 3] }],
      })
    await ask('李强', 'POST', `${round.url}/close`)
    expect((await ask('李强', 'GET', `${round.url}/results`)).body.results.subjects[0]).toMatchObject({
      criteria: [{ counts: [12, 0, 0, 0] }, { counts: [0, 0, 0, 12] }],
      named: null,
    })
    expect(await figure('appraisal.form.opinion-tests')).toBe(before + 12)
    expect((await ask('李强', 'POST', `${round.url}/publish`, { untilOn: '2026-12-31' })).status).toBe(409)
  })
})
