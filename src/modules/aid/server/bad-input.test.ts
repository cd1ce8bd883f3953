import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { grantedIn } from '../../funds/public.ts'
import { AFTER, openDesk, TODAY } from './desk-for-tests.ts'

/** What comes in wrong, twice, too late or at the same moment: each with the sentence somebody hears. */
const desk = await openDesk(500_000)
const { ask, world, db, ownerPool } = desk
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))
beforeEach(async () => {
  desk.day(TODAY)
  await ownerPool.query(`delete from hardship.version; delete from hardship.file; update aid.cycle set state = 'ended' where state <> 'paid';
    update aid.entitlement set state = 'ended' where state in ('proposed', 'approved')`)
})

const move = (cycleId: number, verb: string, who: PersonName, more = {}) =>
  ask(who, 'POST', `/aid/cycles/${cycleId}/moves`, { verb, ...more })
const rows = async (cycleId: number, verdict: string) =>
  (await ask('杨帆', 'GET', `/aid/cycles/${cycleId}/preview?verdict=${verdict}`)).body.rows as {
    personName: string
    reasons: string[]
  }[]
const draft = async (programmeId: number): Promise<number> =>
  (
    await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/cycles`, {
      title: '试',
      opensOn: TODAY,
      closesOn: TODAY,
    })
  ).body.id

test('a family is counted once: relatives who are members, and two files that name each other', async () => {
  // 陈静 stands as a relative in 刘洋's household; 赵磊 and 杨帆 name one another as spouse.
  await desk.onFile('刘洋')
  await desk.onFile('陈静')
  await ownerPool.query(
    `insert into members.kin (person_id, household_id, relation) select $1, id, '配偶' from members.household where head_id = $2`,
    [world.person('陈静'), world.person('刘洋')],
  )
  await desk.onFile('赵磊', { unit: 'east-2', spouse: '杨帆' })
  await desk.onFile('杨帆', { unit: 'east-2', spouse: '赵磊' })
  const byFamily = await desk.programme({ byFamily: true }, { title: '按户救助' })
  const cycleId = await draft(byFamily)
  expect((await ask('李强', 'GET', `/aid/cycles/${cycleId}/preview`)).body).toMatchObject({
    eligible: 2,
    duplicate: 2,
    families: 2,
  })
  for (const { reasons } of await rows(cycleId, 'duplicate'))
    expect(reasons).toEqual(['同一家庭已有一人列入本批次，每户一份'])
  await move(cycleId, '提交', '杨帆')
  const { rows: held } = await desk.behind(sql<{ households: number; people: number }>`
    select count(distinct household_id)::int as households, count(*)::int as people from aid.entitlement where cycle_id = ${cycleId}`)
  expect(held[0]).toEqual({ households: 2, people: 2 })

  // The next programme for the same need knows it of both: of who received as the own, of the other as the family's.
  const next = await draft(await desk.programme({}, { title: '再次救助' }))
  const reasonsOf = Object.fromEntries(
    (await rows(next, 'duplicate')).map(({ personName, reasons }) => [personName, reasons]),
  )
  const own = ['今年已列入同类项目：按户救助']
  const familys = ['同一家庭今年已列入同类项目：按户救助']
  expect(reasonsOf).toEqual({ 刘洋: own, 陈静: familys, 杨帆: own, 赵磊: familys })
  // Of two programmes each is told of whoever else of the family has it.
  await move(await draft(await desk.programme({ oneANeed: false }, { title: '另一项目' })), '提交', '杨帆')
  const told = (await rows(next, 'duplicate')).map(({ personName, reasons }) => [
    personName,
    reasons.map((reason) => reason.split('：')[1]!.split('、').toSorted()),
  ])
  const both = ['另一项目', '按户救助']
  expect(Object.fromEntries(told)).toEqual({
    刘洋: [both, ['另一项目']],
    陈静: [['另一项目'], both],
    杨帆: [both, ['另一项目']],
    赵磊: [['另一项目'], both],
  })
})

test('an income of nothing is possible once somebody has been there; a rule of no amount and a finding too old say so', async () => {
  await desk.onFile('刘洋', { incomeFen: 0, rigidFen: 0, checked: false })
  await desk.onFile('陈静', { incomeFen: 0, rigidFen: 0 })
  await desk.onFile('赵磊', { unit: 'east-2', foundOn: '2024-12-01' })
  const cycleId = await draft(await desk.programme({ incomeHundredths: 100, freshMonths: 12 }, { title: '收入' }))
  expect((await rows(cycleId, 'eligible')).map((row) => row.personName)).toEqual(['陈静'])
  expect((await rows(cycleId, 'missing')).map((row) => row.reasons[0])).toEqual([
    '家庭年收入填为 0，还没有入户核实',
    '家庭情况是 2024-12-01 了解的，超过 12 个月，需要重新核查',
  ])
})

test('two programmes for one need: the second list says so, and the approval looks again', async () => {
  await desk.onFile('刘洋')
  const first = await desk.programme({}, { title: '生活救助甲' })
  const second = await desk.programme({}, { title: '爱心捐助乙', kind: 'charity', source: '社会捐助' })
  // Both lists hang at the same time: neither was there when the other was drawn up.
  const firstCycle = await draft(first)
  const secondCycle = await draft(second)
  await move(firstCycle, '提交', '杨帆')
  expect((await rows(secondCycle, 'duplicate'))[0]?.reasons).toEqual(['今年已列入同类项目：生活救助甲'])
  // The other list was drawn up in the same moment, as two servers would.
  await ownerPool.query(`update aid.entitlement set state = 'ended' where cycle_id = $1`, [firstCycle])
  await move(secondCycle, '提交', '杨帆')
  await ownerPool.query(`update aid.entitlement set state = 'proposed' where cycle_id = $1`, [firstCycle])
  for (const cycleId of [firstCycle, secondCycle]) await move(cycleId, '公示', '杨帆')
  desk.day(AFTER)
  expect((await move(firstCycle, '同意', '李强')).body).toEqual({ state: 'approved' })
  const again = await move(secondCycle, '同意', '李强')
  expect(again.body).toMatchObject({ code: 'listed-elsewhere', message: expect.stringContaining('刘洋（生活救助甲）') })
  // Taken off the list with a reason, nobody is left, and the list may be ended.
  const list = await ask('李强', 'GET', `/aid/cycles/${secondCycle}/entitlements`)
  const off = await ask('杨帆', 'POST', `/aid/entitlements/${list.body.rows[0].id}/withhold`, {
    reason: '已列入生活救助',
  })
  expect(off.status).toBe(200)
  expect((await move(secondCycle, '终止', '李强')).body.code).toBe('words-missing')
  expect((await move(secondCycle, '终止', '李强', { words: '无人' })).body).toEqual({ state: 'ended' })
})

test('somebody whose membership went to another union is helped there', async () => {
  await desk.onFile('刘洋')
  await desk.onFile('陈静')
  await ownerPool.query(`update members.membership set unit_id = $1 where person_id = $2`, [
    world.unit('south-1'),
    world.person('刘洋'),
  ])
  const programmeId = await desk.programme({}, { title: '两会' })
  expect(await rows(await draft(programmeId), 'refused')).toMatchObject([
    { personName: '刘洋', reasons: ['会籍已转到别的工会，由会籍所在工会办理'] },
  ])
  await ownerPool.query(`update members.membership set unit_id = $1 where person_id = $2`, [
    world.unit('east-1'),
    world.person('刘洋'),
  ])
})

test('the ceiling of a year cuts the last payment and then closes; the next month is too soon', async () => {
  await desk.onFile('刘洋')
  const terms = { baseFen: 80_000, perTimeFen: 80_000, perYearFen: 100_000 }
  const programmeId = await desk.programme(terms, { title: '封顶' })
  await ownerPool.query(`update aid.entitlement set year = 2020 where person_id = $1`, [world.person('刘洋')])
  const paidOnce = await desk.published(programmeId)
  desk.day(AFTER)
  expect((await move(paidOnce, '同意', '李强')).body).toEqual({ state: 'approved' })
  expect((await ask('张敏', 'POST', `/aid/cycles/${paidOnce}/pay`, { paidOn: AFTER })).status).toBe(200)
  const next = await draft(programmeId)
  expect((await ask('杨帆', 'GET', `/aid/cycles/${next}/preview`)).body).toMatchObject({ eligible: 1, needFen: 20_000 })
  await move(next, '终止', '杨帆', { words: '改规则' })
  const rule = { terms: { pool: 'files', ...terms, apartMonths: 3 }, document: '东工〔2026〕9号', reason: '间隔三个月' }
  await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/rules`, rule)
  expect((await rows(await draft(programmeId), 'refused'))[0]?.reasons).toEqual([
    `${AFTER} 刚享受过本项目，间隔未满 3 个月`,
  ])
})

test('two approvers and one remaining 4,200 yuan: one is granted, the other hears what is left', async () => {
  await desk.onFile('刘洋')
  await desk.onFile('陈静')
  const cycles = []
  for (const [title, kind] of [
    ['甲', 'warmth'],
    ['乙', 'medical'],
  ] as const)
    cycles.push(await desk.published(await desk.programme({ baseFen: 200_000 }, { title, kind })))
  desk.day(AFTER)
  const answers = await Promise.all(cycles.map((cycleId) => move(cycleId, '同意', '李强')))
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409])
  expect(answers.find((answer) => answer.status === 409)!.body).toMatchObject({
    code: 'not-enough',
    message: expect.stringMatching(
      /需 4,000\.00 元，可用只有 [0-9.,]+ 元（受银行存款余额所限，已扣除批准未付的 4,000\.00 元）/,
    ),
  })
  const { rows: left } = await desk.behind(sql<{ granted: number }>`
    select coalesce(sum(amount_fen), 0)::bigint as granted from aid.entitlement where state = 'approved'`)
  expect(left[0]!.granted).toBe(400_000)
  // The books know it, so that no request is granted the same money.
  const { rows: book } = await ownerPool.query(`select id from funds.book where unit_id = $1`, [world.unit('east')])
  const granted = cycles[answers.findIndex((answer) => answer.status === 200)]
  expect(await grantedIn(db, book[0].id)).toMatchObject([
    { path: `aid/cycles/${granted}`, fen: 400_000, projectId: null, year: 2026, method: 'transfer' },
  ])
})

test('nobody signs a list one stands on', async () => {
  await ownerPool.query(
    `insert into hardship.file (unit_id, person_id, state, category, filed_on, review_on, created_by)
    values ($1, $2, 'on-file', '深度困难', '2026-01-15', '2027-01-15', 0)`,
    [world.unit('east-2'), world.person('李强')],
  )
  await ownerPool.query(`insert into hardship.version (file_id, no, reason, on_day, ground, family, income_fen, rigid_fen, loss_fen, accident,
      exclusions, verdict, created_by, created_name)
    select id, 1, 'check', '2026-01-10', '其他', '[]', 1, 0, 0, false, '[]', '{}', 0, '试' from hardship.file`)
  const cycleId = await desk.published(await desk.programme({ baseFen: 10_000 }, { title: '本人', kind: 'school' }))
  desk.day(AFTER)
  expect((await move(cycleId, '同意', '李强')).body.code).toBe('own-entitlement')
})

test('a cycle that was decided can’t be changed, whoever asks the database', async () => {
  await desk.onFile('刘洋')
  // Looked at and refused.
  await desk.onFile('陈静', { category: '相对困难' })
  const cycleId = await desk.published(
    await desk.programme({ baseFen: 10_000, categories: ['深度困难'] }, { title: '冻结', kind: 'heat' }),
  )
  for (const statement of [
    sql`update aid.candidate set income_fen = 1 where cycle_id = ${cycleId}`,
    sql`delete from aid.candidate where cycle_id = ${cycleId}`,
    sql`update aid.entitlement set amount_fen = amount_fen + 1 where cycle_id = ${cycleId}`,
    sql`delete from aid.entitlement where cycle_id = ${cycleId}`,
    sql`update aid.rule set terms = '{}'`,
    sql`insert into aid.candidate select (jsonb_populate_record(c, jsonb_build_object('person_id', c.person_id + 1000000))).*
      from aid.candidate c where c.cycle_id = ${cycleId}`,
    // Somebody who was looked at and isn't on the list.
    sql`insert into aid.entitlement (cycle_id, programme_id, unit_id, need, year, person_id, household_id, by_family, amount_fen)
      select c.cycle_id, e.programme_id, c.unit_id, e.need, e.year, c.person_id, (select max(id) + 1 from members.household), e.by_family, e.amount_fen
      from aid.candidate c cross join (select * from aid.entitlement where cycle_id = ${cycleId} limit 1) e
      where c.cycle_id = ${cycleId} and not exists (select from aid.entitlement x where x.cycle_id = c.cycle_id and x.person_id = c.person_id)
      limit 1`,
  ])
    await expect(desk.behind(statement)).rejects.toThrow('aid-frozen')
  expect((await move(cycleId, '提交', '杨帆')).body.code).toBe('not-now')
})
