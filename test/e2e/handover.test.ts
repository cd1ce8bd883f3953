import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openTodo } from '../../src/kernel/lifecycle/todos.ts'
import { openUnion, today } from './union.ts'

const union = await openUnion()

test('an office changes hands: its open to-dos move, the rights end at once, the sheet is printed', async () => {
  const account = async (name: string): Promise<number> => {
    const { rows } = await sql<{ id: number }>`select id from accounts.account where name = ${name}`.execute(union.db)
    return rows[0]!.id
  }
  const leaver = await union.as('周婷')
  const visit = await union.record('care.visit', 'east', {
    happenedOn: today,
    personId: union.person('刘洋'),
    fields: { status: '在职', occasion: '住院', relation: '本人' },
  })
  const accountId = await account('周婷')
  await union.db.transaction().execute((tx) =>
    openTodo(tx, {
      kind: 'care.return-visit',
      objectKind: 'record',
      objectId: visit,
      unitId: union.unit('east'),
      accountId,
      title: '回访住院职工刘洋',
      link: `/records/${visit}`,
      dueOn: today,
    }),
  )
  await leaver.open('/')
  await leaver.sees('回访住院职工刘洋')
  await leaver.picture('desk')
  await leaver.open('/imports')
  await leaver.sees('导入台账')

  const chair = await union.as('李强')
  await chair.open('/offices')
  await chair.picture('offices')
  await chair.page.getByRole('row', { name: '周婷' }).getByRole('button', { name: '交接' }).click()
  await chair.choose('接任者', '张敏', '张敏')
  await chair.type('交接原因', '工作调动')
  await chair.picture('hand-over')
  const [sheet] = await Promise.all([chair.page.context().waitForEvent('page'), chair.press('交接并打印清单')])
  await sheet.getByText('工会职务交接清单').waitFor()
  const paper = await sheet.locator('body').innerText()
  expect(paper).toContain('回访住院职工刘洋')
  expect(paper).toMatch(/周婷[\s\S]*张敏/)
  if (process.env['SCREENSHOTS']) await sheet.screenshot({ path: `${process.env['SCREENSHOTS']}/handover-sheet.png` })
  await sheet.close()
  await chair.sees('已交接。')

  // The one who left: the very next request finds the rights gone, without signing out first.
  const list = await leaver.page.request.get(`/api/registers/care.visit/records?unitId=${union.unit('east')}`)
  expect(await list.json()).toMatchObject({ total: 0 })
  expect((await leaver.page.request.get(`/api/records/${visit}`)).status()).toBe(404)
  await leaver.open('/')
  await leaver.sees('没有任职')
  expect(await leaver.page.getByText('回访住院职工刘洋').count()).toBe(0)
  await leaver.picture('desk-without-office')

  const successor = await union.as('张敏')
  await successor.open('/')
  await successor.sees('回访住院职工刘洋')
  expect((await successor.page.request.get(`/api/units/${union.unit('east-2')}`)).ok()).toBe(true)
})
