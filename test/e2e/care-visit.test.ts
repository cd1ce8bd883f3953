import { expect, test } from 'vitest'
import { PHONE, widthOf } from './browser.ts'
import { openUnion, year } from './union.ts'

const union = await openUnion()

test('a colleague in hospital: reported on a phone, waits with a last day, is visited, counts', async () => {
  // The union promises a visit.
  const chair = await union.as('李强')
  await chair.open('/care/obligations')
  await chair.sees('还没有必访规定')
  await chair.page.getByRole('button', { name: '新增规定' }).first().click()
  await chair.choose('事由', '住院')
  await chair.type('由谁去', '分会主席')
  await chair.press('保存')
  await chair.sees('3 个工作日内')
  await chair.picture('care-obligations')

  // The branch hears of it.
  const officer = await union.as('张敏', PHONE)
  await officer.open('/care/events')
  await officer.sees('没有走访事项')
  await officer.page.getByRole('button', { name: '报告事项' }).first().click()
  await officer.choose('职工', '刘洋', '刘洋')
  await officer.choose('事由', '住院')
  await officer.type('到哪里看望', '市第一医院')
  await officer.picture('care-report')
  await officer.page.getByRole('button', { name: '报告', exact: true }).click()
  await officer.sees('已报告，工会会按期走访。')
  await officer.page.getByRole('link', { name: '刘洋' }).first().waitFor()
  await officer.picture('care-events')
  expect(await widthOf(officer.page)).toBeLessThanOrEqual(390)

  // It waits on the workbench, and nothing but the visit clears it.
  await officer.open('/todos')
  await officer.page.getByText('待走访：刘洋住院').click()
  await officer.page.getByRole('button', { name: '登记走访' }).click()
  await officer.choose('带队人', '分会主席')
  await officer.type('走访人', '张敏')
  await officer.type('慰问金（元）', '500')
  await officer.picture('care-visit')
  await officer.page.getByRole('button', { name: '登记', exact: true }).click()
  await officer.sees('走访已登记，待办已消除。')
  await officer.page.getByText('已走访', { exact: true }).first().waitFor()
  await officer.picture('care-event')
  expect(await widthOf(officer.page)).toBeLessThanOrEqual(390)
  await officer.open('/todos')
  await expect.poll(() => officer.page.getByText('待走访：刘洋住院').count()).toBe(0)

  // The figure opens onto the record, the record onto the event.
  await chair.open(`/figures?year=${year}`)
  await chair.page.getByRole('button', { name: '慰问金 500.00元，查看依据', exact: true }).click()
  await chair.page.getByRole('dialog').getByRole('row', { name: '刘洋' }).getByRole('link').click()
  await chair.page.waitForURL(/\/records\/\d+/)
  await chair.page.getByRole('link', { name: '打开它的来源' }).click()
  await chair.page.waitForURL(/\/care\/events\/\d+/)
  await chair.sees('刘洋：住院')
  await chair.open('/care/events')
  await chair.sees(/应访 1 人次，已访 1 人次，其中按期 1 人次/)
  await chair.picture('care-coverage')
})
