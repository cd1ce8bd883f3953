import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openUnion, today, year } from './union.ts'

const union = await openUnion()
const visit = (person: Parameters<typeof union.person>[0], happenedOn: string, amount: number) =>
  union.record('care.visit', 'east-1', {
    happenedOn,
    personId: union.person(person),
    fields: { status: '在职', occasion: '住院', relation: '本人', amount },
  })

test('a report is generated, edited, opened down to a record, regenerated, signed, frozen and downloaded', async () => {
  await visit('刘洋', `${year}-01-10`, 50_000)
  await visit('陈静', today, 60_000)
  const chair = await union.as('李强')
  await chair.open('/reports')
  await chair.picture('reports-empty')
  await chair.press('生成报告')
  await chair.press('生成')
  const clause = chair.page.locator('.block', { hasText: '工会看望慰问职工' })
  await clause.waitFor()
  await expect
    .poll(() => clause.innerText(), { timeout: 20_000 })
    .toMatch(/慰问职工2人、2人次，送去慰问金1,?100(\.00)?元/)
  await chair.picture('report')

  // Down: the chip, its rows, a row's record; and back to the report.
  await clause.locator('.chip').first().click()
  const drawer = chair.page.getByRole('dialog')
  await drawer.getByText('陈静').waitFor()
  await expect.poll(() => drawer.getByRole('row').count()).toBe(3)
  await chair.picture('report-figure')
  await drawer.getByRole('row', { name: '陈静' }).getByRole('link').click()
  await chair.page.waitForURL(/\/records\/\d+/)
  await chair.sees('600.00')
  await chair.page.goBack()
  await clause.waitFor()

  // A sentence is edited around its figures, which can't be typed into.
  await clause.hover()
  await clause.getByRole('button', { name: /^修改第/ }).click()
  const editor = chair.page.getByRole('textbox', { name: '修改这一段' })
  expect(await editor.locator('[contenteditable=false]').count()).toBeGreaterThan(1)
  await editor.press('End')
  await chair.page.keyboard.type('每次看望都由分会主席带队。')
  await chair.picture('report-editing')
  await chair.press('保存这一段')
  await chair.sees('已保存为新的一版。')
  await clause.getByText('手写').waitFor()

  // The ledger grows; regenerating keeps the sentence, moves its figures and shows what changed.
  await visit('杨帆', today, 70_000)
  await chair.press('重新生成')
  await chair.sees(/重新生成改动了 \d+ 处/)
  await chair.picture('report-regenerated')
  await clause.getByText('每次看望都由分会主席带队。').waitFor()
  await expect.poll(() => clause.innerText(), { timeout: 20_000 }).toMatch(/3人、3人次.*1,?800(\.00)?元/)

  await chair.press('签发')
  await chair.sees('已签发。')
  await chair.press('定稿')
  await chair.sees('定稿后文字和数字不能再改')
  await chair.page.getByRole('dialog').getByRole('button', { name: '定稿' }).click()
  await chair.sees('已定稿。')
  await expect.poll(() => chair.page.getByRole('button', { name: '重新生成' }).count()).toBe(0)
  // A later record changes nothing in it, and its figures still open.
  await visit('赵磊', today, 90_000)
  await chair.page.reload()
  await clause.waitFor()
  await expect.poll(() => clause.innerText(), { timeout: 20_000 }).toMatch(/3人、3人次/)
  await clause.locator('.chip').first().click()
  await drawer.getByText('杨帆').waitFor()
  expect(await drawer.getByText('赵磊').count()).toBe(0)
  await chair.page.keyboard.press('Escape')
  await chair.picture('report-frozen')

  const file = async (name: string | RegExp) =>
    chair.download(async () => {
      await chair.press('下载')
      await chair.page.getByRole('menuitem', { name }).getByRole('link').click()
    })
  const word = await file(/Word/)
  expect(word.name).toMatch(/\.docx$/)
  expect(readFileSync(word.path).subarray(0, 4)).toEqual(Buffer.from([0x50, 0x4b, 3, 4]))
  const json = JSON.parse(readFileSync((await file(/JSON/)).path, 'utf8')) as {
    figures: { metric: string; value: number; facts: number; sentence?: string }[]
  }
  const people = json.figures.find(
    ({ metric, sentence }) => metric === 'care.visit.people' && sentence?.includes('带队'),
  )
  expect(people).toMatchObject({ value: 3, facts: 3 })
})
