import { expect, test } from 'vitest'
import { PHONE, widthOf } from './browser.ts'
import { openUnion, today, year } from './union.ts'

const union = await openUnion()

test('a visit is recorded on a phone: what is missing or wrong is said at the field, then it counts', async () => {
  const officer = await union.as('张敏', PHONE)
  await officer.press('登记簿')
  await officer.sees('走访慰问登记簿')
  await officer.picture('catalogue')
  await officer.open('/registers/care.visit/new')
  await officer.sees(/^新增走访慰问/)
  await officer.press('提交')
  const errorOf = (field: string) => officer.page.locator(`[data-field="field-${field}"] .field-error`)
  await errorOf('person').waitFor()
  expect(await errorOf('occasion').innerText()).toMatch(/请/)
  await officer.picture('form-refused')

  await officer.choose('职工姓名', '刘洋', '刘洋')
  await officer.choose('职工状况', '在职')
  await officer.choose('慰问事由', '住院')
  await officer.choose('当事人与职工关系', '本人')
  await officer.type('慰问金（元）', '五百')
  await officer.press('提交')
  await expect.poll(() => officer.page.locator('.field-error').count()).toBe(1)
  expect(await errorOf('amount').innerText()).toMatch(/数字|金额/)
  // What was typed is still there, and so is the rest.
  await expect.poll(() => officer.page.getByLabel('慰问金（元）').inputValue()).toBe('五百')
  await officer.type('慰问金（元）', '５００')
  await officer.type('慰问品', '鲜花一束')
  await officer.picture('phone-form')
  await officer.press('提交')
  await officer.sees('已登记，数字随之更新。')
  await officer.sees('500.00')
  await officer.picture('record')

  // No page is wider than the phone.
  for (const address of ['/', '/registers/care.visit', '/figures', '/reports', '/members']) {
    await officer.open(address)
    await officer.page.locator('main h1').waitFor()
    await officer.picture(`phone${address.replaceAll('/', '-')}`)
    expect(await widthOf(officer.page), address).toBeLessThanOrEqual(390)
  }
  await officer.open(`/figures?year=${year}`)
  await officer.page.getByRole('button', { name: '慰问金 500.00元，查看依据', exact: true }).waitFor()
})

test('two officers change one record: the second hears of the first, sees the newest version and saves then', async () => {
  const id = await union.record('care.visit', 'east-1', {
    happenedOn: today,
    personId: union.person('陈静'),
    fields: { status: '在职', occasion: '住院', relation: '本人', amount: 50_000 },
  })
  const [one, other] = [await union.as('张敏'), await union.as('周婷')]
  await one.open(`/records/${id}/edit`)
  await other.open(`/records/${id}/edit`)
  await one.type('慰问金（元）', '600')
  await one.press('保存修改')
  await one.sees('600.00')
  await other.type('慰问品', '水果')
  await other.press('保存修改')
  await other.sees('这条记录刚被别人修改过，您的修改还没有保存。')
  await other.picture('stale')
  await expect.poll(() => other.page.getByLabel('慰问品', { exact: true }).inputValue()).toBe('水果')
  await other.press('打开最新的一版')
  await other.page.getByText('您的修改还没有保存').waitFor({ state: 'detached' })
  await other.page.getByLabel('慰问品', { exact: true }).waitFor()
  await expect.poll(() => other.page.getByLabel('慰问金（元）').inputValue()).toBe('600.00')
  await other.type('慰问品', '水果')
  await other.press('保存修改')
  await other.sees('水果')
  await other.sees('600.00')
  await other.page.getByRole('tab', { name: '办理记录' }).click()
  await other.sees('张敏')
  await other.picture('record-log')
})
