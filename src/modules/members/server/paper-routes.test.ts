import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { cellText } from '../../../kernel/xlsx/cell.ts'
import { openWorkbook } from '../../../kernel/xlsx/read.ts'
import { checkDigit } from '../id-number.ts'
import { membersDesk, today } from './desk-for-tests.ts'

const { db, world, ask, send } = await membersDesk()
const numbered = (first17: string): string => first17 + checkDigit(first17)
const idNo = numbered('11010119950808002')

test('an application goes from the phone to the branch and the committee, and only then is there a member', async () => {
  const url = '/api/members/applications'
  const draft = { unitId: world.unit('east-1'), name: '苏晴', idNo, phone: '13900000009', source: 'phone' }
  const { body: application } = await ask('刘洋', 'POST', url, draft)
  expect(application).toMatchObject({ state: 'submitted', bornOn: '1995-08-08', idLast4: idNo.slice(-4) })
  expect(await ask('刘洋', 'POST', url, draft)).toMatchObject({ status: 409, body: { code: 'application-open' } })
  const acts = `${url}/${application.id}/acts`
  expect((await ask('吴刚', 'POST', acts, { verb: '同意' })).status).toBe(404)
  expect((await ask('张敏', 'POST', acts, { verb: '同意', words: '符合条件' })).body.state).toBe('seconded')
  // The branch has spoken; the word is now the committee's.
  expect((await ask('张敏', 'POST', acts, { verb: '同意' })).status).toBe(403)
  expect((await ask('李强', 'GET', '/api/members?q=苏')).body.total).toBe(0)
  const todo = await sql<{ unit: number; title: string }>`
    select unit_id as unit, title from kernel.todo where object_kind = 'application' and done_at is null`.execute(db)
  expect(todo.rows).toEqual([{ unit: world.unit('east'), title: '待批准入会：苏晴加入铸造车间分工会' }])
  expect((await ask('李强', 'POST', acts, { verb: '同意' })).body).toMatchObject({
    state: 'admitted',
    decidedOn: today,
  })
  expect((await ask('张敏', 'GET', '/api/members?q=sq')).body.members).toMatchObject([
    { name: '苏晴', joinedOn: today },
  ])
  expect(await ask('刘洋', 'POST', url, draft)).toMatchObject({ status: 409, body: { code: 'already-member' } })
})

test('an application sent back is mended and handed in again; the applicant may withdraw it', async () => {
  const draft = { unitId: world.unit('east-1'), name: '苏晨', idNo: numbered('11010119960808001') }
  const { body: application } = await ask('刘洋', 'POST', '/api/members/applications', draft)
  const acts = `/api/members/applications/${application.id}/acts`
  expect(await ask('张敏', 'POST', acts, { verb: '退回' })).toMatchObject({
    status: 422,
    body: { code: 'words-missing' },
  })
  expect((await ask('张敏', 'POST', acts, { verb: '退回', words: '请补充工号' })).body.state).toBe('returned')
  expect((await ask('刘洋', 'POST', acts, { verb: '提交' })).body.state).toBe('submitted')
  expect(await ask('张敏', 'POST', acts, { verb: '撤回' })).toMatchObject({ status: 422, body: { code: 'not-yours' } })
  expect((await ask('刘洋', 'POST', acts, { verb: '撤回' })).body.state).toBe('withdrawn')
})

test('a transfer needs both sides, in order, and moves the member on its day', async () => {
  const draft = {
    personId: world.person('陈静'),
    toUnitId: world.unit('south-1'),
    effectiveOn: '2026-06-01',
    reason: '调入纺纱车间',
  }
  expect((await ask('孙丽', 'POST', '/api/members/transfers', draft)).status).toBe(404)
  const { body: transfer } = await ask('张敏', 'POST', '/api/members/transfers', draft)
  expect(await ask('张敏', 'POST', '/api/members/transfers', draft)).toMatchObject({
    status: 409,
    body: { code: 'transfer-open' },
  })
  const acts = `/api/members/transfers/${transfer.id}/acts`
  expect((await ask('吴刚', 'POST', acts, { verb: '同意' })).status).toBe(403)
  expect((await ask('张敏', 'POST', acts, { verb: '同意' })).body.state).toBe('released')
  expect((await ask('张敏', 'POST', acts, { verb: '同意' })).status).toBe(403)
  expect((await ask('吴刚', 'POST', acts, { verb: '同意' })).body.state).toBe('done')
  const onRoster = async (unit: 'east-1' | 'south-1', day: string) =>
    (await ask('王芳', 'GET', `/api/members/statistics?unitId=${world.unit(unit)}&onDate=${day}`)).body.total
  expect([await onRoster('east-1', '2026-05-31'), await onRoster('east-1', '2026-06-01')]).toEqual([3, 2])
  expect([await onRoster('south-1', '2026-05-31'), await onRoster('south-1', '2026-06-01')]).toEqual([3, 4])
  // A transfer is no joining: the federation won nobody and lost nobody.
  const won = await sql<{ n: number }>`select count(*)::int as n from kernel.fact where person_id = ${draft.personId}
    and on_date = '2026-06-01' and measure in ('members.joined', 'members.left')`.execute(db)
  expect(won.rows[0]!.n).toBe(0)
})

test('a refused transfer leaves the member where she was', async () => {
  const { body: transfer } = await ask('周婷', 'POST', '/api/members/transfers', {
    personId: world.person('孙丽'),
    toUnitId: world.unit('south-2'),
    effectiveOn: '2026-06-01',
    reason: '借调',
  })
  const acts = `/api/members/transfers/${transfer.id}/acts`
  expect((await ask('吴刚', 'POST', acts, { verb: '否决', words: '借调不转会籍' })).body.state).toBe('rejected')
  expect((await ask('吴刚', 'POST', acts, { verb: '同意' })).status).toBe(422)
  expect((await ask('王芳', 'GET', `/api/members/${world.person('孙丽')}`)).body.unitId).toBe(world.unit('south-1'))
})

test('two rows of one person are found and become one, without losing what was recorded', async () => {
  const add = (name: string, more: object) =>
    ask('李强', 'POST', '/api/members', {
      name,
      unitId: world.unit('east-2'),
      joinedOn: '2024-01-01',
      bornOn: '1988-08-08',
      ...more,
    })
  const { body: kept } = await add('钱程', { staffNo: 'E301', tags: ['党员'] })
  const { body: twin } = await add('钱程', { idNo: numbered('11010119880808001'), tags: ['劳模', '党员'] })
  await sql`insert into kernel.record (register, unit_id, happened_on, person_id, created_by, updated_by)
    values ('care.visit', ${world.unit('east-2')}, '2026-01-05', ${twin.id}, 1, 1)`.execute(db)
  await sql`update kernel.record set state = 'void', void_reason = '试验' where person_id = ${twin.id}`.execute(db)
  const { body } = await ask('李强', 'GET', '/api/members/duplicates')
  expect(
    body.groups.map((group: { why: string; people: { id: number }[] }) => [
      group.why,
      group.people.map((one) => one.id),
    ]),
  ).toEqual([['姓名和出生日期相同', [kept.id, twin.id]]])
  expect((await ask('张敏', 'GET', '/api/members/duplicates')).body.groups).toEqual([])
  const merge = { keptId: kept.id, mergedId: twin.id, reason: '同一人重复登记' }
  expect((await ask('张敏', 'POST', '/api/members/duplicates/merge', merge)).status).toBe(404)
  expect((await ask('李强', 'POST', '/api/members/duplicates/merge', merge)).status).toBe(204)
  // Whoever opens the merged row arrives at the kept one; the record still names the row it was written for.
  const { body: opened } = await ask('李强', 'GET', `/api/members/${twin.id}`)
  expect(opened).toMatchObject({ id: kept.id, staffNo: 'E301', idLast4: numbered('11010119880808001').slice(-4) })
  expect(opened.tags.map((tag: { tag: string }) => tag.tag).toSorted()).toEqual(['党员', '劳模'].toSorted())
  expect((await sql`select 1 from kernel.record where person_id = ${twin.id}`.execute(db)).rows).toHaveLength(1)
  expect((await ask('李强', 'GET', '/api/members?q=钱程')).body.total).toBe(1)
  const { body: other } = await add('钱程', { idNo: numbered('11010119880808003') })
  expect(await ask('李强', 'POST', '/api/members/duplicates/merge', { ...merge, mergedId: other.id })).toMatchObject({
    body: { code: 'two-numbers' },
  })
})

test('the roster comes out as a workbook with masked numbers, and says who took it and why', async () => {
  const answer = await send('张敏', 'GET', '/api/members/roster.xlsx?reason=年度核对')
  const workbook = await openWorkbook(answer.rawPayload)
  const rows = (await Array.fromAsync(workbook.sheets[0]!.rows())).map((row) => row.cells.map((cell) => cellText(cell)))
  expect(rows[0]!.slice(0, 3)).toEqual(['姓名', '性别', '证件号码后四位'])
  expect(rows.slice(1, -1).map((row) => row[0])).toEqual(['张敏', '刘洋', '苏晴'])
  expect(rows.at(-1)![0]).toContain('张敏于 2026-06-30 导出，事由：年度核对')
  expect(JSON.stringify(rows)).not.toContain(idNo)
  const open = await openWorkbook(
    (await send('张敏', 'GET', '/api/members/roster.xlsx?reason=换届造册&unmasked=true')).rawPayload,
  )
  const full = (await Array.fromAsync(open.sheets[0]!.rows())).map((row) => row.cells.map((cell) => cellText(cell)))
  expect(full.find((row) => row[0] === '苏晴')![2]).toBe(idNo)
  const noted = await sql<{
    summary: string
  }>`select summary from kernel.audit where action = 'members.export' order by id`.execute(db)
  expect(noted.rows.map((row) => row.summary)).toEqual([
    '导出花名册：年度核对',
    '导出花名册（含证件、电话、银行卡原文）：换届造册',
  ])
  expect((await ask('张敏', 'GET', '/api/members/roster.xlsx')).body).toMatchObject({
    fields: { reason: '请写明理由' },
  })
})

test('the printed roster and the card: the code opens only with its own check', async () => {
  const print = await send('张敏', 'GET', `/api/members/roster.html?reason=张贴&unitId=${world.unit('east-1')}`)
  expect(print.body).toContain('工会会员花名册')
  expect(print.body).toContain('刘洋')
  const card = await send('刘洋', 'GET', `/api/members/${world.person('刘洋')}/card.html`)
  expect(card.body).toContain('东风机械公司工会')
  expect(card.body).toContain('<svg')
  expect((await send('刘洋', 'GET', `/api/members/${world.person('张敏')}/card.html`)).statusCode).toBe(404)
  expect((await send('张敏', 'GET', `/api/members/card/${world.person('刘洋')}/forged`)).statusCode).toBe(404)
})
