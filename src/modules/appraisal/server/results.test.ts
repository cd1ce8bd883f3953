import { sql } from 'kysely'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { SCALES } from '../words.ts'
import { appraisalDesk } from './desk-for-tests.ts'

const { db, dataDir, clock, ask, open, give, giveAll } = await appraisalDesk()

test('the close counts issued, returned and valid, merges small groups and leaves no sheet', async () => {
  const round = await open()
  await giveAll(round, [3, 11, 0])
  for (const code of round.codes[2]!.slice(0, 12))
    await give(round, code, 1, { remarks: [{ subjectId: null, words: `建议${code.slice(0, 2)}` }] })
  // Not graded overall: returned, and not valid.
  await give(round, round.codes[2]![12]!, null)
  expect((await ask('周婷', 'POST', `${round.url}/close`)).status).toBe(404)
  expect((await ask('李强', 'POST', `${round.url}/close`)).body).toMatchObject({
    state: 'closed',
    closedOn: clock.today,
  })
  expect((await ask('李强', 'POST', `${round.url}/close`)).body.code).toBe('round-not-open')
  expect(existsSync(path.join(dataDir, 'urns', `appraisal-${round.id}.sealed`))).toBe(false)
  expect((await give(round, round.codes[2]![13]!, 0)).body.code).toBe('wrong-code')

  const { body } = await ask('李强', 'GET', `${round.url}/results`)
  expect(body.results).toMatchObject({ issued: 36, returned: 27, returnRate: 7500 })
  expect(body.results.remarks).toHaveLength(12)
  const [chair] = body.results.subjects
  expect(chair).toMatchObject({ returned: 27, valid: 26, suppressed: false })
  // Three leaders are too few: they are counted with the delegates, the smallest other group, weights added.
  expect(chair.cells).toMatchObject([
    {
      groups: ['领导班子', '职工代表'],
      together: true,
      weight: 70,
      valid: 14,
      criteria: [{ counts: [14, 0, 0, 0] }, {}],
    },
    { groups: ['职工'], together: false, weight: 30, valid: 12, criteria: [{ counts: [0, 12, 0, 0], blank: 0 }, {}] },
  ])
  expect(chair.criteria[0]).toEqual({ counts: [14, 12, 0, 0], blank: 0, score: 9400 })
  expect(chair.good).toEqual({ count: 26, of: 26, share: 10_000 })
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns where table_schema = 'appraisal'
      and (column_name like '%_at' or data_type like 'timestamp%')`.execute(db)
  expect(rows).toEqual([])
  const left = await sql`select count(*)::int as codes from appraisal.code where round_id = ${round.id}`.execute(db)
  expect(left.rows).toEqual([{ codes: 0 }])
})

test('the register counts the round; a result is for its offices only, and is reported upward', async () => {
  const round = await open({ resultsAt: 'upper', title: '副职评议' })
  await giveAll(round, [4, 12, 20])
  await ask('李强', 'POST', `${round.url}/close`)
  // Meant for the union above: the unit runs the round and does not see its result.
  expect((await ask('李强', 'GET', `${round.url}/results`)).status).toBe(403)
  expect((await ask('王芳!appraisal.read-confidential', 'GET', `${round.url}/results`)).status).toBe(403)
  expect((await ask('周婷', 'GET', `${round.url}/results`)).status).toBe(404)
  expect((await ask('王芳', 'GET', `${round.url}/results`)).body.results.returned).toBe(36)
  const record = async () =>
    (
      await sql<{ fields: object; lines: object[] }>`select r.fields, (select json_agg(l.fields order by l.line_no)
        from kernel.record_line l where l.record_id = r.id) as lines from kernel.record r
        where r.kept_by = ${`appraisal/rounds/${round.id}`} and state = 'recorded'`.execute(db)
    ).rows
  expect(await record()).toMatchObject([
    {
      fields: { kind: '民主评议领导干部', reportedUp: false },
      lines: [
        { reported: true, ballots: 36, excellent: 36, competent: 0 },
        { reported: false, ballots: 36 },
      ],
    },
  ])
  const report = { reportedTo: '县总工会', reportedOn: '2026-12-10' }
  expect((await ask('周婷', 'POST', `${round.url}/report`, report)).status).toBe(404)
  expect((await ask('李强', 'POST', `${round.url}/report`, { ...report, reportedOn: '2026-12-09' })).status).toBe(422)
  expect((await ask('李强', 'POST', `${round.url}/report`, report)).status).toBe(204)
  expect(await record()).toMatchObject([{ fields: { reportedUp: true, reportedTo: '县总工会' } }])
  const paper = await ask('王芳', 'GET', `${round.url}/report.docx`)
  expect([paper.status, paper.raw.subarray(0, 2).toString()]).toEqual([200, 'PK'])
  expect((await ask('李强', 'GET', `${round.url}/report.docx`)).status).toBe(403)
})

test('below k nothing but counts is told, also not in the register; remarks go too', async () => {
  const groups = [{ name: '家长', weight: 100, planned: 12 }]
  const round = await open({
    kind: 'parents-school',
    title: '家长评议学校',
    groups,
    grades: SCALES.satisfaction.grades,
    subjects: [{ name: '城北小学' }],
  })
  for (const code of round.codes[0]!.slice(0, 9)) await give(round, code, 0, { remarks: [{ words: '食堂太挤' }] })
  await ask('李强', 'POST', `${round.url}/close`)
  const { body } = await ask('李强', 'GET', `${round.url}/results`)
  expect(body.results).toMatchObject({ issued: 12, returned: 9, remarks: [], remarksHidden: true })
  expect(body.results.subjects).toEqual([
    expect.objectContaining({ returned: 9, valid: 9, suppressed: true, cells: [], criteria: [], good: null }),
  ])
  const { rows } = await sql<{ fields: object }>`select fields from kernel.record
    where kept_by = ${`appraisal/rounds/${round.id}`}`.execute(db)
  expect(rows).toEqual([{ fields: { kind: '家长委员会评议学校表', object: '城北小学', issued: 12, returned: 9 } }])
  expect((await ask('李强', 'GET', `${round.url}/report.docx`)).status).toBe(200)
})

test('a survey, members rating their home, a limit of best grades, and last year beside this one', async () => {
  const one = {
    groups: [{ name: '会员', weight: 100, planned: 12 }],
    grades: SCALES.satisfaction.grades,
  }
  const before = await open({ ...one, kind: 'home', year: 2025, subjects: [{ name: '东风工会' }] })
  await giveAll(before, [12], 1)
  await ask('李强', 'POST', `${before.url}/close`)
  const now = await open({ ...one, kind: 'home', subjects: [{ name: '东风工会' }] })
  await giveAll(now, [12], 0)
  await ask('李强', 'POST', `${now.url}/close`)
  const { body } = await ask('李强', 'GET', `${now.url}/results`)
  expect(body.results.subjects[0].criteria[0].score).toBe(10_000)
  expect(body.before).toMatchObject({ year: 2025, subjects: [{ name: '东风工会', score: 6000, share: 10_000 }] })

  const survey = await open({ ...one, kind: 'satisfaction', subjects: [{ name: '工会服务' }] })
  await giveAll(survey, [11], 2)
  await ask('李强', 'POST', `${survey.url}/close`)
  const { rows } = await sql<{ register: string; n: number }>`select register, count(*)::int as n from kernel.record
    where kept_by like ${`appraisal/rounds/${survey.id}%`} group by 1 order by 1`.execute(db)
  expect(rows).toEqual([
    { register: 'appraisal.form', n: 1 },
    { register: 'assessment.commentator-opinion', n: 11 },
  ])

  const strict = await open({ topMost: 1 })
  expect((await give(strict, strict.codes[1]![0]!, 0)).body.code).toBe('top-most')
  expect((await give(strict, strict.codes[1]![0]!, 1)).status).toBe(204)
})

test('a round opened by mistake, or whose urn is lost, is given up with a reason', async () => {
  const round = await open()
  await giveAll(round, [2, 2, 2])
  const urn = path.join(dataDir, 'urns', `appraisal-${round.id}.sealed`)
  rmSync(urn)
  // A lost urn is never counted as an empty one.
  expect((await ask('李强', 'POST', `${round.url}/close`)).body.code).toBe('urn-missing')
  expect((await give(round, round.codes[2]![5]!, 0)).body.code).toBe('urn-missing')
  expect((await ask('李强', 'GET', round.url)).body.returned).toBeNull()
  const reason = { reason: '服务器磁盘损坏，重新评议' }
  expect((await ask('周婷', 'POST', `${round.url}/abandon`, reason)).status).toBe(404)
  expect((await ask('李强!appraisal.run', 'POST', `${round.url}/abandon`, reason)).status).toBe(403)
  expect((await ask('李强', 'POST', `${round.url}/abandon`, { reason: ' ' })).status).toBe(422)
  expect((await ask('李强', 'POST', `${round.url}/abandon`, reason)).body.state).toBe('abandoned')
  expect((await ask('李强', 'POST', `${round.url}/abandon`, reason)).body.code).toBe('round-over')
  expect((await ask('李强', 'GET', `${round.url}/results`)).body.code).toBe('not-closed')
  expect((await give(round, round.codes[2]![5]!, 0)).body.code).toBe('wrong-code')
  const { rows } = await sql`select from kernel.record where kept_by = ${`appraisal/rounds/${round.id}`}`.execute(db)
  expect(rows).toEqual([])
})

test('the result is put on the board in sums only', async () => {
  const round = await open()
  await giveAll(round, [4, 12, 20])
  expect((await ask('李强', 'POST', `${round.url}/publish`, { untilOn: '2027-01-10' })).body.code).toBe('not-closed')
  await ask('李强', 'POST', `${round.url}/close`)
  const { body } = await ask('李强', 'POST', `${round.url}/publish`, { untilOn: '2027-01-10' })
  const { rows } = await sql<{ body: string; source: string }>`
    select body, source from openness.item where id = ${body.itemId}`.execute(db)
  expect(rows[0]!.body).toContain('李强：优秀和称职 36 票，占有评价的 36 票的 100.00%。')
  expect(rows[0]!.source).toBe(`appraisal/rounds/${round.id}`)
})
