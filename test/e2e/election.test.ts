import { expect, test } from 'vitest'
import { PHONE, widthOf, type Visitor } from './browser.ts'
import { openUnion, today, year, type PersonName } from './union.ts'

const union = await openUnion()
const daysAgo = (n: number): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) - n * 86_400_000).toISOString().slice(0, 10)

/** Fills a date field and leaves it, so that the picker takes what was typed. */
async function date(person: Visitor, label: string, day: string): Promise<void> {
  const input = person.page.getByRole('textbox', { name: label }).last()
  await input.fill(day)
  await input.press('Enter')
}
/** Presses a deed of the page and confirms it in the dialog that opens. */
async function deed(person: Visitor, name: string, fill?: () => Promise<void>): Promise<void> {
  await person.press(name)
  const dialog = person.page.getByRole('dialog').filter({ visible: true }).last()
  await dialog.waitFor()
  await fill?.()
  await dialog.getByRole('button', { name, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}
const tab = (person: Visitor, name: string): Promise<void> => person.page.getByRole('tab', { name }).click()

async function list(chair: Visitor, post: string, name: PersonName): Promise<void> {
  await chair.page.getByRole('button', { name: `添加候选人：${post}` }).click()
  const dialog = chair.page.getByRole('dialog').filter({ visible: true }).last()
  await dialog.waitFor()
  await chair.choose('候选人', name, name)
  await dialog.getByRole('button', { name: /添\s?加/ }).click()
  await dialog.waitFor({ state: 'hidden' })
  const race = chair.page
    .locator('section')
    .filter({ has: chair.page.getByRole('button', { name: `添加候选人：${post}` }) })
    .last()
  await race.getByRole('button', { name: `登记${name}的声明` }).click()
  await dialog.waitFor()
  await dialog.getByRole('button', { name: /保\s?存/ }).click()
  await dialog.waitFor({ state: 'hidden' })
  await race.getByText('无须回避的情形').last().waitFor()
}

async function tellers(chair: Visitor, at: number): Promise<void> {
  await chair.page.getByRole('button', { name: '确定监票人、计票人' }).nth(at).click()
  const dialog = chair.page.getByRole('dialog').filter({ visible: true }).last()
  await dialog.waitFor()
  await chair.choose('监票人', '张敏', '张敏')
  await chair.choose('计票人', '周婷', '周婷')
  await dialog.getByRole('button', { name: /确\s?定/ }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** One teller's sheet. */
async function count(teller: Visitor, address: string, ballots: number, yes: Record<string, number>): Promise<void> {
  await teller.open(address)
  for (const label of ['发出选票', '收回选票', '有效票']) await teller.type(label, String(ballots))
  for (const [name, n] of Object.entries(yes)) {
    await teller.type(`${name}赞成`, String(n))
    await teller.type(`${name}不赞成`, String(ballots - n))
  }
  await teller.picture(`count-${ballots}`)
  await teller.page
    .getByRole('button', { name: /录\s?入/ })
    .last()
    .click()
}

test('an election goes from the plan to the upper union’s answer, and offices follow from it', async () => {
  const chair = await union.as('李强')
  await chair.open('/elections/new')
  await chair.picture('election-plan')
  await chair.type('第几届', '7')
  await date(chair, '选举日', today)
  await chair.page.getByLabel('第1项名额').fill('3')
  // The audit committee is elected on another day here.
  await chair.page
    .getByRole('button', { name: /去\s?掉/ })
    .nth(1)
    .click()
  await chair.press('保存方案')
  await chair.sees('东风机械公司工会第7届换届选举')
  const address = new URL(chair.page.url()).pathname
  await deed(chair, '上报方案')
  await deed(chair, '登记上级批复', () => chair.type('批复文号', `清工发〔${year}〕3号`))

  await tab(chair, '候选人')
  for (const name of ['李强', '刘洋', '陈静', '杨帆'] as const) await list(chair, '委员', name)
  await chair.picture('election-candidates')
  await tab(chair, '签到与发票')
  await chair.page.getByRole('button', { name: '确定名册' }).first().click()
  await chair.sees(/应到会 7 人/)
  await tellers(chair, 0)
  await deed(chair, '公示候选人', () => date(chair, '公示起始日', daysAgo(30)))
  await deed(chair, '召开选举大会')
  await chair.press(/全部签到/)
  await chair.sees(/到会 7 人/)
  await chair.press('准备选票')
  await deed(chair, '开始发票')
  await chair.picture('election-sitting')

  await tab(chair, '计票与结果')
  const sheet = chair.page.getByRole('link', { name: '录入计票' })
  const counting = (await sheet.first().getAttribute('href'))!
  const clerk = await union.as('周婷')
  const teller = await union.as('张敏', PHONE)
  await count(clerk, counting, 7, { 李强: 7, 刘洋: 5, 陈静: 5, 杨帆: 2 })
  await clerk.sees('周婷已录入，等待第二人录入。')
  // The second counted otherwise: both see where, and the sheet is mended.
  await count(teller, counting, 7, { 李强: 7, 刘洋: 5, 陈静: 4, 杨帆: 2 })
  await teller.sees('两人录入不一致')
  await teller.picture('count-difference')
  expect(await widthOf(teller.page)).toBeLessThanOrEqual(390)
  await teller.type('陈静赞成', '5')
  await teller.type('陈静不赞成', '2')
  await teller.press('更正我的录入')
  await teller.sees(/的录入一致，可以宣布结果/)

  await chair.open(`${address}?tab=results`)
  await chair.page.getByRole('button', { name: '宣布计票：委员' }).click()
  await chair.page
    .getByRole('dialog')
    .getByRole('button', { name: /宣\s?布/ })
    .click()
  await chair.sees('选举成功')
  await chair.sees(/2×5＝10/)
  await chair.picture('election-result')

  // The new committee elects its chair.
  await tab(chair, '候选人')
  await list(chair, '主席', '李强')
  await tab(chair, '签到与发票')
  await chair.page.getByRole('button', { name: '确定名册' }).last().click()
  await chair.sees(/应到会 3 人/)
  await tellers(chair, 0)
  await chair.press(/全部签到/)
  await chair.sees(/应到会 3 人，到会 3 人/)
  await chair.press('准备选票')
  await deed(chair, '开始发票')
  await tab(chair, '计票与结果')
  const again = (await sheet.first().getAttribute('href'))!
  await count(clerk, again, 3, { 李强: 3 })
  await clerk.sees('周婷已录入，等待第二人录入。')
  await count(teller, again, 3, { 李强: 3 })
  await teller.sees(/的录入一致，可以宣布结果/)
  await chair.open(`${address}?tab=results`)
  await chair.page.getByRole('button', { name: '宣布计票：主席' }).click()
  await chair.page
    .getByRole('dialog')
    .getByRole('button', { name: /宣\s?布/ })
    .click()
  await expect.poll(() => chair.page.getByText('选举成功').count()).toBe(2)

  await tab(chair, '进程与检查')
  await chair.picture('election-course')
  await deed(chair, '宣布结果')
  await deed(chair, '上报结果')
  await deed(chair, '登记上级批复', () => chair.type('批复文号', `清工发〔${year}〕9号`))
  await chair.sees('已批复')
  await tab(chair, '文书')
  const paper = await chair.download(() => chair.press('下载选举结果报告单'))
  expect(paper.name).toContain('选举结果报告单.docx')

  await chair.open(`/units/${union.unit('east')}?tab=terms`)
  await chair.sees('工会委员会 第 7 届')
  await chair.sees('主席 李强')

  // A branch officer sees no election of the union above, whatever the address.
  await teller.open('/elections')
  await teller.sees('还没有选举')
  await teller.open(address)
  await teller.sees('没有找到这一页')
})
