import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { operator } from '../../../../kernel/access/actor.ts'
import { addDuty, duesBetween } from '../../../openness/server/duties.ts'
import { bookDesk } from '../book-for-tests.ts'
import { publicationRoutes } from './routes.ts'

const desk = await bookDesk([publicationRoutes], '2026-01-01', '2026-02-05')
const { ask } = desk
let books: string

beforeAll(async () => {
  books = `/api/funds/books/${desk.book.id}`
  await desk.post('2026-01-05', '102', '402', 500_000)
  await desk.post('2026-01-20', '50105', '102', 80_000, { counterparty: '王静' })
})
const january = { year: 2026, month: 1, yearly: false, fromOn: '2026-02-06', untilOn: '2026-03-06' }
const hanging = async () =>
  (
    await sql<{ state: string; title: string; body: string }>`
      select state, title, body from openness.item where source like 'funds/publications/%' order by id`.execute(
      desk.db,
    )
  ).rows

test('accounts of an open month are not published; nor by whoever may not close or approve', async () => {
  expect((await ask('会计', 'POST', `${books}/publications`, january)).body).toMatchObject({
    code: 'period-open',
    fields: { month: '还没有结账' },
  })
  await desk.closeMonths(2026, 1)
  expect((await ask('出纳', 'POST', `${books}/publications`, january)).status).toBe(403)
  expect((await ask('经审', 'POST', `${books}/publications`, january)).status).toBe(403)
  expect((await ask('外人', 'POST', `${books}/publications`, january)).status).toBe(404)
  expect((await ask('会计', 'POST', `${books}/publications`, { ...january, untilOn: '2026-02-01' })).body.code).toBe(
    'days-wrong',
  )
  expect(await hanging()).toEqual([])
})

test('asked by the accountant, approved by the chair, it hangs with its figures and no name; taken down with a reason', async () => {
  const seen = await ask('会计', 'GET', `${books}/publication?year=2026&month=1`)
  expect(seen.body).toMatchObject({ closed: true, mayAsk: true, publications: [] })
  const { body: asked } = await ask('会计', 'POST', `${books}/publications`, january)
  expect(asked).toMatchObject({ state: 'submitted', askedName: '李强', itemId: null })
  expect((await ask('会计', 'POST', `${books}/publications`, january)).body.code).toBe('published-already')
  const at = `/api/funds/publications/${asked.id}`
  expect((await ask('会计', 'POST', `${at}/acts`, { verb: '同意' })).status).toBe(403)
  expect((await ask('外人', 'POST', `${at}/acts`, { verb: '同意' })).status).toBe(404)
  expect((await ask('外人', 'GET', at)).status).toBe(404)
  expect((await ask('主席', 'POST', `${at}/acts`, { verb: '退回' })).body.code).toBe('words-missing')
  expect((await ask('主席', 'GET', at)).body.may).toMatchObject({ approve: true, takeDown: false })
  expect((await ask('主席', 'POST', `${at}/acts`, { verb: '同意' })).body.to).toBe('published')

  const [item] = await hanging()
  expect(item).toMatchObject({ state: 'published', title: '东风机械公司工会2026 年 1 月工会经费收支公开' })
  expect(item!.body).toContain('本月收入 5,000.00 元，其中拨缴经费收入 5,000.00 元。')
  expect(item!.body).toContain('本月支出 800.00 元，其中会员活动支出 800.00 元。')
  expect(item!.body).toContain('期末货币资金 4,200.00 元')
  expect(item!.body).not.toContain('王静')
  const shown = await ask('会计', 'GET', `${books}/publication?year=2026&month=1`)
  expect(shown.body).toMatchObject({
    mayAsk: false,
    publications: [{ state: 'published', itemId: expect.any(Number) }],
  })

  expect((await ask('会计', 'POST', `${at}/acts`, { verb: '终止', words: '重做' })).status).toBe(403)
  expect((await ask('主席', 'POST', `${at}/acts`, { verb: '终止' })).body.code).toBe('words-missing')
  expect((await ask('主席', 'POST', `${at}/acts`, { verb: '终止', words: '会费数有误' })).body.to).toBe('ended')
  expect(await hanging()).toMatchObject([{ state: 'ended' }])
  expect((await ask('会计', 'GET', at)).body.publication).toMatchObject({ state: 'ended', words: '会费数有误' })
  // What was taken down may be asked for anew.
  expect((await ask('会计', 'POST', `${books}/publications`, january)).status).toBe(201)
})

test('nobody approves what they asked for, and a year waits for December', async () => {
  const { rows } = await sql<{ id: number }>`select max(id) as id from funds.publication`.execute(desk.db)
  const both = desk.actor('会计')
  const chair = { ...both, grants: [...both.grants, { ...both.grants[0]!, permission: 'funds.approve' }] }
  expect((await ask(chair, 'POST', `/api/funds/publications/${rows[0]!.id}/acts`, { verb: '同意' })).body.code).toBe(
    'same-hand',
  )
  expect((await ask('会计', 'POST', `${books}/publications`, { ...january, yearly: true })).body.code).toBe(
    'period-open',
  )
})

test('accounts that hang answer the unit’s duty of that period, and no other', async () => {
  const { db, book } = desk
  const unitId = book.unitId
  const duty = {
    unitId,
    kind: '厂务公开',
    category: '财务收支',
    withinDays: 15,
    displayDays: 15,
    basis: '本单位规定',
    startsOn: '2026-01-01',
  } as const
  await db.transaction().execute(async (tx) => {
    await addDuty(tx, operator(), { ...duty, title: '工会经费收支情况', rhythm: 'month' })
    // The employer's own money, and a period that isn't over, are answered by something else.
    await addDuty(tx, operator(), { ...duty, title: '企业财务收支', rhythm: 'month' })
    await addDuty(tx, operator(), { ...duty, title: '工会经费半年收支', rhythm: 'half' })
  })
  const dues = async () =>
    (await duesBetween(db, operator(), unitId, '2026-01-01', '2026-08-31', '2026-07-31')).map((due) => [
      due.title,
      due.period,
      due.itemState,
      due.overdue,
    ])
  expect(await dues()).toContainEqual(['工会经费收支情况', '2026-01', null, true])
  // January was asked for anew above; it waits for the chair.
  const { rows } = await sql<{ id: number }>`select max(id) as id from funds.publication`.execute(db)
  await ask('主席', 'POST', `/api/funds/publications/${rows[0]!.id}/acts`, { verb: '同意' })
  expect(await dues()).toContainEqual(['工会经费收支情况', '2026-01', 'published', false])
  expect(await dues()).toContainEqual(['企业财务收支', '2026-01', null, true])
  expect(await dues()).toContainEqual(['工会经费收支情况', '2026-02', null, true])
  expect(await dues()).toContainEqual(['工会经费半年收支', '2026-H1', null, true])
  // June's accounts hold the sums of the half year: they answer what is asked for least often.
  await desk.closeMonths(2026, 6)
  desk.today = '2026-07-10'
  const june = { year: 2026, month: 6, yearly: false, fromOn: '2026-07-10', untilOn: '2026-08-10' }
  const { body: asked } = await ask('会计', 'POST', `${books}/publications`, june)
  await ask('主席', 'POST', `/api/funds/publications/${asked.id}/acts`, { verb: '同意' })
  expect(await dues()).toContainEqual(['工会经费半年收支', '2026-H1', 'published', false])
})
