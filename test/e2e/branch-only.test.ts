import { expect, test } from 'vitest'
import { cellText } from '../../src/kernel/xlsx/cell.ts'
import { allRows, openWorkbook } from '../../src/kernel/xlsx/read.ts'
import { openUnion, today, year } from './union.ts'

const union = await openUnion()

test('a branch officer sees only the branch: in list, count, picker, search, export and figure', async () => {
  const visit = (unit: 'east-1' | 'east-2', person: Parameters<typeof union.person>[0]) =>
    union.record('care.visit', unit, {
      happenedOn: today,
      personId: union.person(person),
      fields: { status: '在职', occasion: '住院', relation: '本人', amount: 50_000 },
    })
  await visit('east-1', '刘洋')
  await visit('east-1', '陈静')
  const foreign = await visit('east-2', '杨帆')

  const officer = await union.as('张敏')
  const { page } = officer
  const nowhere = async (): Promise<void> => {
    for (const name of ['杨帆', '赵磊', '装配车间分工会'])
      expect(await page.getByText(name).count(), `${name} on ${page.url()}`).toBe(0)
  }
  // List and count.
  await officer.open(`/registers/care.visit?year=${year}`)
  await officer.sees(/共 2 条/)
  await officer.sees('刘洋')
  await nowhere()
  await officer.open(`/members`)
  await officer.sees('陈静')
  await nowhere()
  await officer.open('/units')
  await officer.sees('铸造车间分工会')
  await nowhere()

  // Picker: a name from next door is not there to choose.
  await officer.open('/registers/care.visit/new')
  await page.getByLabel('职工姓名').click()
  await page.keyboard.type('杨帆')
  await page.getByText('登记为非会员：杨帆').waitFor()
  await expect.poll(() => page.locator('.ant-select-item-option').count()).toBe(1)
  await officer.picture('picker-nobody')

  // Search: by name and by initials.
  for (const words of ['杨帆', 'yf', '装配']) {
    await page.getByRole('combobox', { name: '搜索登记簿、会员、单位' }).fill(words)
    await officer.sees(`没有找到“${words}”`)
  }
  await page.getByRole('combobox', { name: '搜索登记簿、会员、单位' }).fill('ly')
  await page.getByRole('option', { name: /刘洋/ }).waitFor()
  await officer.picture('search')

  // Export.
  await officer.open(`/registers/care.visit?year=${year}`)
  const file = await officer.download(async () => {
    await officer.press('导出')
    await page.getByRole('dialog').getByRole('textbox').first().fill('季度核对')
    await officer.picture('export')
    await page.getByRole('dialog').getByText('导出', { exact: true }).click()
  })
  const workbook = await openWorkbook(file.path)
  const text = (await Promise.all(workbook.sheets.map((sheet) => allRows(sheet))))
    .flat()
    .map((row) => row.cells.map((cell) => cellText(cell)).join(' '))
    .join('\n')
  workbook.close()
  expect(text).toContain('刘洋')
  expect(text).not.toContain('杨帆')

  // Figure and its rows.
  await officer.open(`/figures?year=${year}`)
  await page.getByRole('button', { name: '慰问看望人次 2人次，查看依据' }).click()
  await page.getByRole('dialog').getByText('陈静').waitFor()
  await nowhere()

  // What is asked for by its address isn't there either: not even refused, which would tell that it exists.
  await officer.open(`/records/${foreign}`)
  await officer.sees(/没有这个|没有找到|不存在/)
  await officer.picture('foreign-record')
  for (const address of [
    `/api/records/${foreign}`,
    `/api/persons/${union.person('杨帆')}`,
    `/api/units/${union.unit('east-2')}`,
    `/api/figures/rows?metric=care.visit.times&unitId=${union.unit('east-2')}&from=${year}-01-01&to=${year}-12-31`,
    `/api/registers/care.visit/records?unitId=${union.unit('east-2')}&year=${year}`,
  ]) {
    const answer = await page.request.get(address)
    const body = await answer.text()
    expect(answer.status() === 404 || /"total":0/.test(body), `${address}: ${answer.status()} ${body}`).toBe(true)
    expect(body).not.toContain('杨帆')
  }
  // The union above sees all three.
  const clerk = await union.as('周婷')
  await clerk.open(`/registers/care.visit?year=${year}`)
  await clerk.sees(/共 3 条/)
})
