import { expect, test } from 'vitest'
import { operator } from '../../src/kernel/access/actor.ts'
import { openBook, postVoucher } from '../../src/modules/funds/public.ts'
import { PHONE, widthOf } from './browser.ts'
import { accountsOf } from './funds.ts'
import { openUnion, year } from './union.ts'

const union = await openUnion()
const enter = await accountsOf(union, [
  { name: '杨帆', role: 'accountant' },
  { name: '陈静', role: 'cashier' },
])
await union.admit('刘洋')
await union.db.transaction().execute(async (tx) => {
  await openBook(tx, operator(), { unitId: union.unit('east'), openedOn: `${year}-01-01` })
  await postVoucher(tx, operator(), union.unit('east'), {
    onDate: `${year}-01-01`,
    summary: '收拨缴经费',
    attachments: 1,
    entries: [
      { account: '102', debitFen: 1_000_000 },
      { account: '402', creditFen: 1_000_000 },
    ],
  })
})

test('a colleague in hospital: reported on a phone, waits with a last day, is visited, paid through the books, counts', async () => {
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
  await officer.page.getByRole('dialog').getByRole('button', { name: '登记', exact: true }).click()
  // What is missing is said at the field, and nothing typed is lost.
  await officer.sees('请勾选确认')
  await officer.page.getByLabel('对象和用途属实，不属于“八不准”').check()
  await officer.picture('care-visit')
  await officer.page.getByRole('button', { name: '登记', exact: true }).click()
  await officer.sees('走访已登记，待办已消除。')
  await officer.page.getByText('已走访', { exact: true }).first().waitFor()
  await officer.sees('待审核')
  await officer.page.getByRole('button', { name: '签收', exact: true }).click()
  const pad = officer.page.getByRole('img', { name: '签名' })
  const box = (await pad.boundingBox())!
  await officer.page.mouse.move(box.x + 40, box.y + 40)
  await officer.page.mouse.down()
  await officer.page.mouse.move(box.x + 160, box.y + 70, { steps: 5 })
  await officer.page.mouse.up()
  await officer.sees('已签名')
  await officer.picture('care-receipt')
  await officer.press('确定')
  await officer.sees('签收-刘洋.png')
  await officer.picture('care-event')
  const address = new URL(officer.page.url()).pathname
  expect(await widthOf(officer.page)).toBeLessThanOrEqual(390)
  await officer.open('/todos')
  await expect.poll(() => officer.page.getByText('待走访：刘洋住院').count()).toBe(0)

  // Checked, granted and paid by three more people; the voucher stands on the visit's page.
  const accountant = await enter('杨帆')
  await accountant.open('/todos')
  await accountant.page.getByText(/待审核支出申请.*慰问刘洋住院/).click()
  await accountant.press('同意')
  await accountant.press('确认同意')
  await accountant.sees('待审批')
  const request = new URL(accountant.page.url()).pathname
  await chair.open(request)
  await chair.press('同意')
  await chair.press('确认同意')
  await chair.sees('待付款')
  const cashier = await enter('陈静')
  await cashier.open(request)
  await cashier.press('付款')
  await cashier.press('确认付款')
  await cashier.sees('已付款')
  // From the request back to the visit, for who keeps the books; and from the visit to the voucher.
  await cashier.page.getByRole('link', { name: '打开这笔支出的来源' }).click()
  await cashier.page.waitForURL((at) => at.pathname === address)
  await cashier.page.getByRole('link', { name: /记-\d\d-00\d/ }).waitFor()
  await cashier.page.getByRole('button', { name: '登记退回' }).waitFor()
  await cashier.picture('care-event-paid')

  // A colleague who only reported nothing and holds no office hears that there is no such event.
  const stranger = await union.as('刘洋')
  await stranger.open(address)
  await stranger.sees(/没有|找不到/)
  expect(await stranger.page.getByText('市第一医院').count()).toBe(0)

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
