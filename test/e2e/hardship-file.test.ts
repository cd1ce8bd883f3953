import { expect, test } from 'vitest'
import { PHONE, widthOf } from './browser.ts'
import { bindAuthenticator } from './second-factor.ts'
import { openUnion, year } from './union.ts'

const union = await openUnion()
await union.appoint('杨帆', 'east', 'welfare-officer')

test('a family’s file: applied for on a phone, checked at home, hung out masked; opening asks why', async () => {
  // The office of aid asks for a second factor before it shows anything.
  const officer = await union.as('杨帆')
  await bindAuthenticator(officer)
  await officer.open('/hardship/standards')
  await officer.page.getByRole('button', { name: '新增标准' }).first().click()
  await officer.type('执行日期', `${year}-01-01`)
  await officer.page.keyboard.press('Enter')
  await officer.type('当地低保标准（元/月·人）', '800')
  await officer.type('文件名称和文号', '清河县民政局〔2026〕1号')
  await officer.press('保存')
  await officer.sees('2 倍以内')
  await officer.picture('hardship-standards')

  // 张敏 applies for herself; nobody else of the branch sees it.
  const applicant = await union.as('张敏', PHONE)
  await applicant.open('/hardship/apply')
  await applicant.choose('主要致困原因', '本人大病')
  await applicant.type('疾病名称', '慢性肾病')
  await applicant.press('加一名家属')
  await applicant.page.getByLabel('家属 1 姓名').fill('张小宝')
  await applicant.type('家庭年收入（元）', '四万')
  await applicant.press('提交申请')
  await applicant.page.locator('[data-field="incomeFen"] .field-error').waitFor()
  await applicant.type('家庭年收入（元）', '40000')
  await applicant.type('因困支出（元）', '25000')
  await applicant.picture('hardship-apply')
  expect(await widthOf(applicant.page)).toBeLessThanOrEqual(390)
  await applicant.press('提交申请')
  await applicant.sees('张敏的困难档案')
  await applicant.sees(/深度困难：.*≤ 低保标准 800.00 元 × 12 月 × 2 人/)
  await applicant.picture('hardship-own-file')
  expect(await widthOf(applicant.page)).toBeLessThanOrEqual(390)

  // The officer says why, checks, and hangs it out.
  await officer.open('/todos')
  await officer.page.getByText('待入户核查：张敏的困难建档申请').click()
  await officer.page.getByLabel('查看原因').fill('入户核查')
  await officer.press('打开档案')
  await officer.sees('慢性肾病')
  await officer.page.getByRole('button', { name: '同意', exact: true }).click()
  await officer.page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click()
  await officer.sees(/还不能同意，缺少：入户核查记录/)
  await officer.page.keyboard.press('Escape')
  await officer.page.getByRole('dialog').waitFor({ state: 'detached' })
  await officer.press('登记入户核查')
  await officer.type('入户核查人', '杨帆、周婷')
  await officer.type('因困支出（元）', '22000')
  await officer.page.getByRole('dialog').getByRole('button', { name: '登记', exact: true }).click()
  await officer.sees('核查已登记。')
  await officer.page.locator('mark', { hasText: '22,000.00 元' }).waitFor()
  await officer.picture('hardship-compare')
  for (const verb of ['同意', '公示']) {
    await officer.page.getByRole('button', { name: verb, exact: true }).click()
    await officer.page.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click()
    await officer.sees(`已${verb}。`)
  }
  await officer.sees(/公示到 \d{4}-\d\d-\d\d 为止/)
  await officer.picture('hardship-published')

  // She sees who looked; her chair, who signs, says why and sees neither the illness nor the names.
  await applicant.page.reload()
  await applicant.page.getByRole('tab', { name: '谁看过' }).click()
  await applicant.sees('入户核查')
  const place = new URL(applicant.page.url()).pathname
  const chair = await union.as('李强')
  await chair.page.goto(place)
  await chair.page.getByLabel('查看原因').fill('审批建档')
  await chair.press('打开档案')
  await chair.sees('您负责审批：家属姓名已隐去，病情不显示。')
  expect(await chair.page.getByText(/慢性肾病|张小宝/).count()).toBe(0)
  await chair.picture('hardship-signs')
  // Somebody without an office of aid sees nothing at all.
  const clerk = await union.as('周婷')
  await clerk.page.goto(place)
  await clerk.page
    .getByText(/没有找到|不存在|无权/)
    .first()
    .waitFor()
  await clerk.page.goto('/hardship/files')
  await clerk.page.getByText('没有困难档案').waitFor()
})
