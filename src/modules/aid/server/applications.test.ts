import { afterEach, expect, test } from 'vitest'
import { figuresOf } from '../../../kernel/facts/figures.ts'
import { reconcile } from '../../../kernel/facts/reconcile.ts'
import { todosOf } from '../../../kernel/lifecycle/todos.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import type { PersonName } from '../../../kernel/testing/world.ts'
import { openDesk } from './desk-for-tests.ts'

const desk = await openDesk()
const { ask, db, world } = desk
afterEach(async () => expect((await reconcile(db, await catalogue(db))).differences).toEqual([]))
const move = (cycleId: number, verb: string, who: PersonName, more = {}) =>
  ask(who, 'POST', `/aid/cycles/${cycleId}/moves`, { verb, ...more })

const programmeId = await desk.programme(
  { pool: 'applications', papers: ['录取通知书', '户口簿'], baseFen: 300_000, memberMonths: 12, incomeHundredths: 200 },
  { kind: 'school', title: '金秋助学' },
)
const opened = await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/cycles`, {
  title: '2026 年',
  opensOn: '2026-07-01',
  closesOn: '2026-08-27',
})
const cycleId: number = opened.body.id
const figures = async (register: string, ...names: string[]): Promise<number[]> => {
  const scope = { unitId: world.unit('east'), from: '2026-01-01', to: '2026-12-31' }
  const ids = names.map((name) => `aid.${register}.${name}`)
  const found = await figuresOf(db, await catalogue(db), scope, ids)
  return ids.map((name) => found.find((figure) => figure.metric === name)?.value ?? 0)
}
const FARED = [
  'people',
  'times',
  'listed-people',
  'missing-people',
  'duplicate-people',
  'refused-people',
  'asked-amount',
]
const student = { student: '刘小雨', stage: '大学', school: '省师范大学', studentNo: '26370212150001' }
let id: number

test('a member sees the conditions first, each yes or no and how to mend it', async () => {
  desk.day('2026-07-10')
  const [mine] = (await ask('刘洋', 'GET', '/aid/mine')).body.cycles
  expect(mine).toMatchObject({ programme: '金秋助学', mayApply: true, verdict: null })
  expect(mine.conditions.map((one: { text: string; met: boolean }) => [one.text, one.met])).toEqual([
    ['是本会会员', true],
    ['入会满 12 个月', true],
    ['有在档的困难档案', false],
    ['人均收入减刚性支出不超过低保标准的 2 倍', true],
    ['本人和家庭今年没有列入同类项目', true],
    ['材料齐全：录取通知书、户口簿', false],
  ])
  expect(mine.conditions[2]).toMatchObject({ mend: expect.stringContaining('可以先申请建档'), link: '/hardship/apply' })
  // Another union's programme isn't open to them.
  expect((await ask('孙丽', 'GET', '/aid/mine')).body.cycles).toEqual([])
  expect((await ask('孙丽', 'POST', '/aid/applications', { cycleId })).status).toBe(404)
})

test('a draft is kept piece by piece, submitted in the window, and nobody else’s', async () => {
  await desk.onFile('刘洋')
  expect(
    (await ask('刘洋', 'POST', '/aid/applications', { cycleId, studentNo: '12' })).body.fields.studentNo,
  ).toContain('6 到 30 位')
  const made = await ask('刘洋', 'POST', '/aid/applications', { cycleId })
  id = made.body.id
  expect((await ask('刘洋', 'POST', '/aid/applications', { cycleId })).body.code).toBe('applied-already')
  expect((await ask('刘洋', 'POST', `/aid/applications/${id}/submit`)).body.code).toBe('words-missing')
  const words = '女儿考上大学，学费有困难'
  expect((await ask('刘洋', 'PUT', `/aid/applications/${id}`, { version: 1, words })).body).toEqual({ version: 2 })
  expect((await ask('刘洋', 'PUT', `/aid/applications/${id}`, { version: 1, words })).body.code).toBe('stale')
  expect((await ask('刘洋', 'POST', `/aid/applications/${id}/submit`)).body.fields).toMatchObject({
    student: '请填写学生姓名',
    studentNo: '请填写学籍号或准考证号',
  })
  await ask('刘洋', 'PUT', `/aid/applications/${id}`, { version: 2, words, ...student, papers: ['录取通知书'] })
  expect((await ask('陈静', 'GET', `/aid/applications/${id}`)).status).toBe(404)
  expect((await ask('刘洋', 'POST', `/aid/applications/${id}/submit`)).status).toBe(200)
  expect((await ask('杨帆', 'GET', `/aid/applications/${id}`)).body).toMatchObject({ state: 'submitted', own: false })
  // The number itself is nowhere: only its keyed hash.
  const { rows } = await desk.ownerPool.query(`select to_jsonb(a)::text as text from aid.application a`)
  expect(rows[0].text).not.toContain(student.studentNo)
})

test('sent back with what lacks, it waits on the person’s desk and is mended', async () => {
  expect((await ask('刘洋', 'POST', `/aid/applications/${id}/return`, { reason: '缺户口簿' })).body.code).toBe(
    'own-application',
  )
  expect((await ask('杨帆', 'POST', `/aid/applications/${id}/return`, { reason: '缺户口簿' })).status).toBe(200)
  const found = (await ask('刘洋', 'GET', `/aid/applications/${id}`)).body
  expect(found).toMatchObject({ state: 'returned', returnedWhy: '缺户口簿' })
  const mended = {
    version: found.version,
    words: found.words,
    student: '刘小雨',
    stage: '大学',
    school: '省师范大学',
    papers: ['录取通知书', '户口簿'],
  }
  expect((await ask('刘洋', 'PUT', `/aid/applications/${id}`, mended)).status).toBe(200)
  expect((await ask('刘洋', 'POST', `/aid/applications/${id}/submit`)).status).toBe(200)
})

test('one student is helped once: the other parent’s application is a duplicate, one without papers is missing them', async () => {
  await desk.onFile('陈静')
  await desk.onFile('赵磊', { unit: 'east-2' })
  for (const [who, more] of [
    ['陈静', { ...student, papers: ['录取通知书', '户口簿'] }],
    ['赵磊', { ...student, student: '赵小天', studentNo: '26370212150002', papers: ['户口簿'] }],
  ] as const) {
    const made = await ask(who, 'POST', '/aid/applications', { cycleId, words: '学费有困难', ...more })
    expect((await ask(who, 'POST', `/aid/applications/${made.body.id}/submit`)).status).toBe(200)
  }
  // Sent back and not seen again: one of those whose papers lack.
  const pupil = { ...student, student: '张小可', studentNo: '26370212150003', askedFen: 250_000 }
  const left = await ask('张敏', 'POST', '/aid/applications', { cycleId, words: '学费有困难', ...pupil })
  await ask('张敏', 'POST', `/aid/applications/${left.body.id}/submit`)
  const sentBack = { reason: '请补交录取通知书' }
  expect((await ask('杨帆', 'POST', `/aid/applications/${left.body.id}/return`, sentBack)).status).toBe(200)
  expect((await move(cycleId, '提交', '杨帆')).body.code).toBe('window-open')
  desk.day('2026-08-28')
  expect((await ask('张敏', 'POST', '/aid/applications', { cycleId })).body.code).toBe('not-open')
  const verdicts = async (verdict: string) =>
    (await ask('杨帆', 'GET', `/aid/cycles/${cycleId}/preview?verdict=${verdict}`)).body.rows.map(
      (row: { personName: string; reasons: string[] }) => [row.personName, ...row.reasons],
    )
  expect(await verdicts('eligible')).toEqual([['刘洋']])
  expect(await verdicts('duplicate')).toEqual([['陈静', '这名学生今年已由别的申请列入助学']])
  expect(await verdicts('missing')).toEqual([['赵磊', '缺材料：录取通知书']])
})

test('while the list hangs who isn’t on it may appeal; it is answered first, and who was right comes into a supplement', async () => {
  await move(cycleId, '提交', '杨帆')
  expect(await figures('application', ...FARED)).toEqual([4, 4, 1, 2, 1, 0, 250_000])
  expect((await ask('赵磊', 'POST', `/aid/cycles/${cycleId}/appeals`, { words: '已交录取通知书' })).body.code).toBe(
    'not-now',
  )
  await move(cycleId, '公示', '杨帆')
  const [mine] = (await ask('赵磊', 'GET', '/aid/mine')).body.cycles
  expect(mine).toMatchObject({ verdict: 'missing', reasons: ['缺材料：录取通知书'], mayAppeal: true })
  expect((await ask('刘洋', 'POST', `/aid/cycles/${cycleId}/appeals`, { words: '再看看' })).body.code).toBe(
    'on-the-list',
  )
  const filed = await ask('赵磊', 'POST', `/aid/cycles/${cycleId}/appeals`, { words: '录取通知书八月二十日已送到分会' })
  expect(filed.body).toMatchObject({ dueOn: '2026-09-11' })
  expect((await ask('赵磊', 'POST', `/aid/cycles/${cycleId}/appeals`, { words: '再说一次' })).body.code).toBe(
    'appealed-already',
  )
  const appealed = () => figures('appeal', 'made', 'people', 'answered', 'upheld', 'upheld-people')
  expect(await appealed()).toEqual([1, 1, 0, 0, 0])
  desk.day('2026-09-05')
  expect((await move(cycleId, '同意', '李强')).body.code).toBe('appeals-open')
  expect((await todosOf(db, desk.actor('李强'), '2026-09-05')).map((todo) => todo.title)).toContain(
    '待答复申诉：金秋助学·2026 年',
  )
  const said = { outcome: 'upheld', answer: '分会漏录，情况属实' }
  expect((await ask('赵磊', 'POST', `/aid/appeals/${filed.body.id}/answer`, said)).body.code).toBe('own-appeal')
  expect((await ask('张敏', 'POST', `/aid/appeals/${filed.body.id}/answer`, said)).status).toBe(404)
  expect((await ask('李强', 'POST', `/aid/appeals/${filed.body.id}/answer`, said)).status).toBe(200)
  expect(await appealed()).toEqual([1, 1, 1, 1, 1])
  expect((await move(cycleId, '同意', '李强')).body).toEqual({ state: 'approved' })
  expect((await ask('张敏', 'POST', `/aid/cycles/${cycleId}/pay`, { paidOn: '2026-09-05' })).status).toBe(200)

  const supplement = await ask('杨帆', 'POST', `/aid/programmes/${programmeId}/cycles`, {
    title: '2026 年补办',
    opensOn: '2026-09-05',
    closesOn: '2026-09-30',
    supplementsId: cycleId,
  })
  const again = await ask('赵磊', 'POST', '/aid/applications', {
    cycleId: supplement.body.id,
    words: '补交录取通知书',
    ...student,
    student: '赵小天',
    studentNo: '26370212150002',
    papers: ['录取通知书', '户口簿'],
  })
  expect(again.status).toBe(201)
  expect((await ask('赵磊', 'POST', `/aid/applications/${again.body.id}/submit`)).status).toBe(200)
  const preview = await ask('杨帆', 'GET', `/aid/cycles/${supplement.body.id}/preview`)
  expect(preview.body.rows.map((row: { personName: string }) => row.personName)).toEqual(['赵磊'])
  // Nobody else can slip in.
  expect(preview.body).toMatchObject({ eligible: 1, missing: 0, duplicate: 0, refused: 0 })
  // Who asked twice is one person; somebody taken off, or a list that was ended, is counted as what became of it.
  const later: number = supplement.body.id
  await move(later, '提交', '杨帆')
  expect(await figures('application', ...FARED)).toEqual([4, 5, 2, 2, 1, 0, 250_000])
  const { rows } = (await ask('杨帆', 'GET', `/aid/cycles/${later}/entitlements`)).body
  expect((await ask('杨帆', 'POST', `/aid/entitlements/${rows[0].id}/withhold`, { reason: '已转学' })).status).toBe(200)
  expect(await figures('application', 'listed-people', 'withheld-people')).toEqual([1, 1])
  expect((await move(later, '终止', '杨帆', { words: '名单上已没有人' })).status).toBe(200)
  expect(await figures('application', ...FARED)).toEqual([4, 4, 1, 2, 1, 0, 250_000])
})
