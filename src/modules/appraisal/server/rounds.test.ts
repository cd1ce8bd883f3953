import { sql } from 'kysely'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { appraisalDesk, type Opened } from './desk-for-tests.ts'

const { db, dataDir, clock, ask, plan, open, give, giveAll } = await appraisalDesk()

test('a plan adds up to 100 %, is the unit’s own business, and freezes when it opens', async () => {
  const groups = [{ name: '职工', weight: 90, planned: 20 }]
  expect((await ask('李强', 'POST', '/api/appraisal/rounds', plan({ groups }))).body.fields.groups).toContain('90%')
  expect((await ask('周婷', 'POST', '/api/appraisal/rounds', plan())).status).toBe(404)
  expect((await ask(null, 'GET', '/api/appraisal/rounds')).status).toBe(401)
  const { body: round } = await ask('李强', 'POST', '/api/appraisal/rounds', plan())
  const url = `/api/appraisal/rounds/${round.id}`
  expect((await ask('周婷', 'GET', url)).status).toBe(404)
  expect((await ask('李强!appraisal.run', 'POST', `${url}/open`)).status).toBe(403)
  expect((await ask('李强', 'POST', `${url}/slips`, { groupId: round.groups[0].id })).body.code).toBe('round-not-open')
  const renamed = await ask('李强', 'PUT', url, { ...plan({ title: '改名' }), version: round.version })
  expect(renamed.body.title).toBe('改名')
  await ask('李强', 'POST', `${url}/open`)
  expect((await ask('李强', 'PUT', url, { ...plan(), version: 3 })).body.code).toBe('round-frozen')
})

test('a body too small for a secret vote is sent to paper', async () => {
  const groups = [{ name: '职工', weight: 100, planned: 9 }]
  const { body: round } = await ask('李强', 'POST', '/api/appraisal/rounds', plan({ groups }))
  expect((await ask('李强', 'POST', `/api/appraisal/rounds/${round.id}/open`)).body.code).toBe('too-few-raters')
  expect((await ask('李强', 'POST', '/api/appraisal/rounds', plan({ least: 4 }))).status).toBe(422)
})

test('a code works once, without an account, and not with a session', async () => {
  const round = await open()
  const [code] = round.codes[2]!
  const { body: sheets } = await ask(null, 'POST', '/api/appraise/look', { code: code!.toLowerCase() })
  expect(sheets).toMatchObject({
    groupName: '职工',
    criteria: ['总体评价', '德'],
    subjects: [{ name: '李强' }, { name: '赵磊' }],
  })
  expect((await ask('刘洋', 'POST', '/api/appraise/look', { code })).body.code).toBe('cookies-sent')
  expect((await ask(null, 'POST', '/api/appraise/look', { code: 'AAAA-BBBB-CCCC' })).body.code).toBe('wrong-code')
  expect((await give(round, 'AAAA-BBBB-CCCC', 0)).body.code).toBe('wrong-code')
  const tooFew = { sheets: [{ subjectId: round.subjects[0]!.id, marks: [0] }] }
  expect((await give(round, code!, 0, tooFew)).body.code).toBe('sheet-wrong')
  // Twelve at once: one sheet, eleven refusals.
  const answers = await Promise.all(Array.from({ length: 12 }, () => give(round, code!, 0)))
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([204, ...Array<number>(11).fill(409)])
  expect((await ask(null, 'POST', '/api/appraise/look', { code })).body.code).toBe('code-used')
  expect((await ask('李强', 'GET', round.url)).body.returned).toBe(1)
  clock.today = '2026-12-21'
  expect((await give(round, round.codes[2]![1]!, 0)).body.code).toBe('round-closed')
  clock.today = '2026-11-30'
  expect((await give(round, round.codes[2]![1]!, 0)).body.code).toBe('round-early')
  clock.today = '2026-12-10'
})

test('slips are added within bounds, and every print is a deed', async () => {
  const round = await open()
  const groupId = round.groups[0]!.id
  expect((await ask('李强', 'POST', `${round.url}/slips`, { groupId })).body.code).toBe('slips-printed')
  expect((await ask('李强', 'POST', `${round.url}/slips`, { groupId, count: 5 })).body.code).toBe('too-many-slips')
  expect((await ask('李强', 'POST', `${round.url}/slips`, { groupId, count: 2 })).body.slips).toHaveLength(2)
  const { rows } = await sql<{ summary: string }>`select summary from kernel.audit
    where action = 'appraisal.issue' and object_id = ${round.id} order by id desc limit 1`.execute(db)
  expect(rows[0]!.summary).toContain('2 张')
  const { body } = await ask('李强', 'GET', round.url)
  expect(body.round.groups[0].issued).toBe(6)
})

test('while it is open nobody sees a result and PostgreSQL holds no trace of a return', async () => {
  const round = await open()
  const written = async (): Promise<unknown[]> =>
    (
      await sql`select (select count(*) from appraisal.code where round_id = ${round.id})::int as codes,
        (select count(*) from appraisal.cell)::int as cells, (select count(*) from appraisal.remark)::int as remarks,
        (select max(xmin::text::bigint) from appraisal.code where round_id = ${round.id}) as codes_at,
        (select xmin::text from appraisal.round where id = ${round.id}) as round_at,
        (select max(id) from kernel.audit) as audit`.execute(db)
    ).rows
  const was = await written()
  await giveAll(round, [2, 3, 5])
  expect(await written()).toEqual(was)
  expect((await ask('李强', 'GET', `${round.url}/results`)).body.code).toBe('not-closed')
  expect((await ask('李强', 'GET', `${round.url}/report.docx`)).status).toBe(409)
  // The file says nothing without the key, and with it no order and no pairing.
  const sealed = readFileSync(path.join(dataDir, 'urns', `appraisal-${round.id}.sealed`))
  expect(sealed.toString('latin1')).not.toContain('sheets')
  const { readUrn } = await import('./urn.ts')
  const urn = readUrn(dataDir, round.id)
  expect(urn.used).toEqual(urn.used.toSorted())
  expect(Object.keys(urn)).toEqual(['used', 'sheets', 'names', 'remarks'])
  expect(urn.sheets.map((sheet) => sheet.slice(0, 2))).toEqual(
    urn.sheets.map((sheet) => sheet.slice(0, 2)).toSorted((one, other) => one[0]! - other[0]! || one[1]! - other[1]!),
  )
})

test('the order of returning changes nothing that is left behind', async () => {
  const { countUrn } = await import('./closing.ts')
  const { readUrn } = await import('./urn.ts')
  const round = await open()
  const codes = round.codes[2]!.slice(0, 12)
  for (const [at, code] of codes.entries()) await give(round, code, at % 3)
  const first = readUrn(dataDir, round.id)
  const other = await open()
  for (const [at, code] of other.codes[2]!.slice(0, 12).toReversed().entries()) await give(other, code, at % 3)
  const second = readUrn(dataDir, other.id)
  const plain = (of: Opened, urn: { sheets: number[][] }): number[][] =>
    urn.sheets.map(([group, subject, ...marks]) => [
      of.groups.findIndex(({ id }) => id === group),
      of.subjects.findIndex(({ id }) => id === subject),
      ...marks,
    ])
  expect(plain(other, second)).toEqual(plain(round, first))
  const { body } = await ask('李强', 'GET', round.url)
  expect(countUrn(body.round, first).cells).toHaveLength(2)
})
