import { expect, test } from 'vitest'
import { openUnion, year } from './union.ts'

const union = await openUnion()

test('a register of the union’s own is set up on screen, recorded in, and its figures stand in the report', async () => {
  const clerk = await union.as('周婷')
  const { page } = clerk
  await clerk.open('/custom-registers')
  await clerk.press('新设登记簿')
  await clerk.type('名称', '班车司机座谈')
  await clerk.choose('归入报告的哪一部分', '职工之家', '职工之家')
  await clerk.type('什么记一行', '每次座谈记一行')
  await clerk.type('每条的名称叫什么', '主题')
  await clerk.type('量词', '场')
  const names = page.getByLabel('字段名')
  const kinds = page.getByLabel('类型', { exact: true })
  const pick = async (at: number, kind: string): Promise<void> => {
    await kinds.nth(at).click()
    await page.locator('.ant-select-dropdown:visible').getByText(kind, { exact: true }).last().click()
  }
  await names.nth(0).fill('茶歇费用')
  await pick(0, '金额（元）')
  await clerk.press('再加一个字段')
  await names.nth(1).fill('到场司机')
  await pick(1, '整数')
  await clerk.picture('own-register')
  await clerk.press('设立')
  await clerk.sees('登记簿已设立，可以登记和导入了。')

  await clerk.press('班车司机座谈')
  await clerk.sees(`${year} 年还没有登记`)
  await clerk.press('新增')
  await clerk.type('主题', '冬季行车安全')
  await clerk.type('茶歇费用（元）', '86.50')
  await clerk.type('到场司机', '12')
  await clerk.press('提交')
  await clerk.sees('已登记，数字随之更新。')

  await clerk.open(`/figures?year=${year}&q=班车`)
  await page.getByRole('button', { name: /班车司机座谈数 1场/ }).waitFor()
  await clerk.picture('own-figures')
  await clerk.open('/reports')
  await clerk.press('生成报告')
  await clerk.press('生成')
  const sentence = page.locator('.block', { hasText: '班车司机座谈' }).first()
  await sentence.waitFor()
  await expect.poll(() => sentence.innerText()).toMatch(/班车司机座谈1场/)
  await sentence.getByRole('button', { name: '1场' }).click()
  await page.getByRole('dialog').getByRole('link', { name: '冬季行车安全' }).waitFor()
  await clerk.picture('own-report')
})
