import { expect, test } from 'vitest'
import { PHONE, visitor, widthOf } from './browser.ts'
import { openUnion, year } from './union.ts'

const union = await openUnion()

test('parents rate a school with slips and no account; the result is for the office it is meant for', async () => {
  const chair = await union.as('李强')
  await chair.open('/appraisal')
  await chair.sees('还没有评议')
  await chair.press('新的评议')
  await chair.choose('评议种类', '家长委员会评议学校')
  await chair.type('评议对象 1', '城北实验小学')
  await chair.type('第 1 组人数', '9')
  await chair.picture('appraisal-plan')
  await chair.press('保存方案')
  await chair.sees(`${year}年度家长委员会评议学校`)
  await chair.press('开始评议')
  await chair.sees('开始后方案不能再改')
  await chair.page.getByRole('dialog').getByRole('button', { name: '开始评议' }).click()
  // Nine are too few for a secret vote: the plan is mended, not the rule.
  await chair.sees(/少于 10 人，线上评议不能保证不记名/)
  await chair.page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
  await chair.press('修改方案')
  await chair.type('第 1 组人数', '12')
  await chair.press('保存方案')
  await chair.press('开始评议')
  await chair.page.getByRole('dialog').getByRole('button', { name: '开始评议' }).click()
  await chair.sees(/已发出 0 张/)
  const round = new URL(chair.page.url()).pathname
  await chair.press('打印家长委员会评议条')
  await chair.press('生成评议条')
  await chair.sees('关闭以后不能再看到这些评议码')
  const codes = await chair.page.locator('.slip code').allInnerTexts()
  expect(codes).toHaveLength(12)
  await chair.picture('appraisal-slips')
  await chair.press('已打印，关闭')
  await chair.sees(/已发出 12 张/)

  // A parent, on a phone, without an account.
  const parent = await visitor(union.url, PHONE)
  await parent.open('/appraise')
  await parent.type('评议码', 'AAAA-BBBB-CCCC')
  await parent.press('打开评议表')
  await parent.sees(/评议码不对/)
  await parent.type('评议码', codes[0]!.toLowerCase())
  await parent.press('打开评议表')
  await parent.sees('城北实验小学')
  const group = (name: string) => parent.page.getByRole('group', { name })
  await group('总体评价').getByLabel('满意', { exact: true }).check()
  await group('收费公开').getByLabel('不满意', { exact: true }).check()
  await parent.type('意见（可以不写）', '放学时校门口太挤')
  await parent.picture('appraise-sheet')
  expect(await widthOf(parent.page)).toBeLessThanOrEqual(PHONE.width)
  await parent.press('去核对')
  await parent.sees('交了就不能改，也查不回来。')
  await parent.press('交表')
  await parent.sees('已交，谢谢')
  await parent.picture('appraise-done')
  await parent.open(`/appraise#${codes[0]}`)
  await parent.sees(/这张评议条已经交过表/)

  // The keyboard alone does it too, in large letters.
  const second = await visitor(union.url, PHONE)
  await second.open(`/appraise#${codes[1]}`)
  await second.sees('城北实验小学')
  await second.press('大字')
  await second.page.getByRole('group', { name: '总体评价' }).getByLabel('满意', { exact: true }).focus()
  await second.page.keyboard.press('ArrowRight')
  await second.picture('appraise-elder')
  await second.page.getByRole('button', { name: '去核对' }).press('Enter')
  await second.page.getByRole('button', { name: '交表' }).press('Enter')
  await second.sees('已交，谢谢')

  // Who may read the round and not run it: the count only, and no way to the result.
  const clerk = await union.as('周婷')
  await clerk.open(round)
  await clerk.sees(/已收回 2 张/)
  await expect.poll(() => clerk.page.getByRole('button', { name: '结束评议' }).count()).toBe(0)
  const answer = await chair.page.request.get(`/api${round}/results`)
  expect([answer.status(), (await answer.json()).code]).toEqual([409, 'not-closed'])

  const subject = (await (
    await fetch(`${union.url}/api/appraise/look`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: codes[2] }),
    })
  ).json()) as { subjects: { id: number }[] }
  for (const code of codes.slice(2, 11)) {
    const returned = await fetch(`${union.url}/api/appraise/return`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, sheets: [{ subjectId: subject.subjects[0]!.id, marks: [0, 0, 1, 0, 2] }] }),
    })
    expect(returned.status).toBe(204)
  }
  await chair.open(round)
  await chair.sees(/已收回 11 张/)
  await chair.picture('appraisal-open')
  await chair.press('结束评议')
  await chair.press('结束并计票')
  await chair.press('查看结果')
  await chair.sees('放学时校门口太挤')
  await chair.sees(/满意和基本满意 11 票，占 11 票的 100%/)
  await chair.picture('appraisal-results')
  const paper = await chair.download(() => chair.press('导出报告'))
  expect(paper.name).toMatch(/报告\.docx$/)

  await clerk.open(round)
  await clerk.sees('评议已经结束。结果只给本单位有权查看的职务查看。')
  await clerk.open(`${round}/results`)
  await clerk.sees('您的职务不能查看这一页')
  const branch = await union.as('张敏')
  await branch.open(round)
  await branch.sees('没有找到这一页')
})

test('an item goes out, hangs on members’ phones, and a question without a name is answered', async () => {
  const chair = await union.as('李强')
  await chair.open('/openness/new')
  await chair.type('公开内容', '三季度福利费支出情况')
  await chair.type('内容类别', '职工福利')
  await chair.type('正文', '中秋慰问 12,000 元。')
  await chair.press('保存草稿')
  await chair.press('提交审批')
  await chair.page.getByRole('dialog').getByRole('button', { name: '提交审批' }).click()
  await chair.sees('待审批')
  await chair.press('批准公开')
  await chair.page.getByRole('dialog').getByRole('button', { name: '批准公开' }).click()
  await chair.sees('公开中')

  const member = await union.as('张敏', PHONE)
  await member.open('/board')
  await member.press(/三季度福利费支出情况/)
  await member.sees('中秋慰问 12,000 元。')
  await member.press('提出异议')
  await member.type('内容', '金额对不上')
  await member.page.getByLabel('不记名').check()
  await member.press('提交')
  await member.sees('已提交，会按期答复。')
  await member.picture('board-item')
  expect(await widthOf(member.page)).toBeLessThanOrEqual(PHONE.width)

  await chair.open('/openness?tab=questions')
  await chair.sees('不记名')
  await chair.press('答复')
  await chair.type('答复', '已更正为 12,300 元。')
  await chair.page.getByRole('dialog').getByRole('button', { name: '答复' }).click()
  await chair.sees('已答复。')
  await member.page.reload()
  await member.sees('已更正为 12,300 元。')
})
