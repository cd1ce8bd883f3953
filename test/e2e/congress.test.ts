import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PHONE, settled, widthOf, type Visitor } from './browser.ts'
import { openUnion, today, year, type PersonName } from './union.ts'

const union = await openUnion()
const delegates: PersonName[] = ['李强', '周婷', '刘洋', '陈静', '杨帆', '赵磊']

/** What the office did weeks before: a term, its electoral unit and six delegates. Answers the term's id. */
async function arrange(chair: Visitor): Promise<number> {
  const ask = async <Answer>(method: 'post' | 'put', address: string, data: object): Promise<Answer> => {
    const answer = await chair.page.request[method](address, { data })
    expect(answer.ok(), `${address}: ${await answer.text()}`).toBe(true)
    return (await answer.json()) as Answer
  }
  const term = await ask<{ id: number }>('post', '/api/congress/terms', {
    unitId: union.unit('east'),
    kind: 'staff-congress',
    ordinal: 10,
    startsOn: `${year - 1}-01-10`,
    dueOn: `${year + 2}-01-10`,
    people: 120,
    women: 40,
    seats: 6,
  })
  const { constituencies } = await ask<{ constituencies: { id: number }[] }>(
    'put',
    `/api/congress/terms/${term.id}/constituencies`,
    { constituencies: [{ name: '全公司', people: 120 }] },
  )
  await ask('post', `/api/congress/terms/${term.id}/delegates`, {
    electedOn: `${year - 1}-01-08`,
    delegates: delegates.map((name) => ({
      personId: union.person(name),
      constituencyId: constituencies[0]!.id,
      category: name === '李强' ? 'leader' : 'front-line',
    })),
  })
  return term.id
}

async function addItem(chair: Visitor, title: string, duty: string, category?: string): Promise<void> {
  await chair.press('添加议题')
  await chair.type('议题', title)
  await chair.choose('大会职权', duty, duty)
  if (category) await chair.choose('类别', category, category)
  await chair.press('保存')
  await chair.sees(title)
  await chair.page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** Both enter what was counted, each for himself; then the chair announces. */
async function count(
  chair: Visitor,
  clerk: Visitor,
  session: string,
  title: string,
  yes: number,
  no: number,
): Promise<void> {
  const address = await chair.page.getByRole('link', { name: '录入票数' }).getAttribute('href')
  for (const teller of [clerk, chair]) {
    await teller.open(address!)
    for (const [mark, votes] of [
      ['赞成', yes],
      ['不赞成', no],
      ['弃权', 0],
    ] as const)
      await teller.page.getByLabel(`${title}${mark}`, { exact: true }).fill(String(votes))
    for (const paper of ['发出', '收回', '有效', '无效']) {
      const field = teller.page.getByLabel(new RegExp(`^${paper}`))
      if (await field.count()) await field.first().fill(String(paper === '无效' ? 0 : yes + no))
    }
    await teller.press('录入')
    await teller.sees(teller === clerk ? /等待第二人录入/ : /录入一致/)
  }
  await chair.open(`${session}?tab=votes`)
  await chair.press('宣布结果')
  await chair.page.getByRole('dialog').getByRole('button', { name: '宣布结果' }).click()
  await chair.page.getByRole('dialog').waitFor({ state: 'detached' })
}

test('a session: agenda, sign-in, two votes, minutes; and whoever doesn’t sit in it finds nothing', async () => {
  const chair = await union.as('李强')
  const clerk = await union.as('周婷')
  const termId = await arrange(chair)
  await chair.open(`/congress/terms/${termId}`)
  await chair.sees('代表名额')
  await chair.sees(/100×1＝100/)
  await chair.picture('congress-term')

  // From the plan to the opened hall.
  await chair.open('/congress')
  await chair.press('筹备会议')
  await chair.type('开会日期', today)
  await chair.page.keyboard.press('Enter')
  await chair.type('闭会日期', today)
  await chair.page.keyboard.press('Enter')
  await chair.type('地点', '职工文化中心')
  await chair.type('主持人', '李强')
  await chair.press('开始筹备')
  await chair.sees('十届一次职工代表大会')
  await chair.page.waitForURL(/\/congress\/sessions\/\d+/)
  const session = new URL(chair.page.url()).pathname
  await addItem(chair, '行政工作报告', '听取报告', '行政工作报告')
  await addItem(chair, '考勤管理办法', '审议通过', '规章制度')
  await addItem(chair, '绩效工资办法', '审议通过', '工资与绩效办法')
  await chair.picture('congress-agenda')
  await chair.press('开始签到')
  await chair.press('锁定名单，开始签到')
  await chair.sees('会议中')

  // Three by their staff numbers at the desk: not enough for a vote.
  await clerk.open(`${session}?tab=sign-in`)
  for (const [number, name] of [
    ['E001', '李强'],
    ['E102', '刘洋'],
    ['E103', '陈静'],
  ] as const) {
    await clerk.type('会员号、工号、代表证号或扫会员卡', number)
    await clerk.page.keyboard.press('Enter')
    await clerk.page.getByRole('row', { name }).getByText('在场').waitFor()
  }
  await clerk.sees(/不足三分之二（至少 4 人）/)
  await clerk.picture('congress-sign-in')
  await chair.open(session)
  await chair.page
    .getByRole('row', { name: /考勤管理办法/ })
    .getByRole('button', { name: '付诸表决' })
    .click()
  await chair.press('核对到会人数，开始表决')
  await chair.sees(/到会 3 人，应到 6 人，不足三分之二（至少 4 人），不能表决.*3×3＝9，2×6＝12/)
  await chair.picture('congress-no-quorum')
  await chair.page.getByRole('dialog').getByRole('button', { name: '取消' }).click()

  // A delegate by phone, with the number on the hall's screen.
  const hall = await union.as('李强')
  await hall.open(`${session}/hall`)
  await hall.sees('手机签到码')
  const code = /\d{6}/.exec(await hall.page.locator('footer').innerText())![0]
  const phone = await union.as('周婷', PHONE)
  await phone.open('/congress/mine')
  await phone.press('十届一次职工代表大会')
  await phone.sees('您还没有签到')
  await phone.press('签到')
  await phone.type('会场签到码', code)
  await phone.page.getByRole('dialog').getByRole('button', { name: '签到' }).click()
  await phone.sees(/您已签到/)
  expect(await widthOf(phone.page)).toBeLessThanOrEqual(PHONE.width)

  // First vote by hands, carried by four of six; the second falls short of more than half.
  await chair.page
    .getByRole('row', { name: /考勤管理办法/ })
    .getByRole('button', { name: '付诸表决' })
    .click()
  await chair.press('核对到会人数，开始表决')
  await chair.page.getByRole('dialog').waitFor({ state: 'detached' })
  await hall.sees('正在表决：举手表决，在场 4 人')
  await hall.picture('congress-hall')
  await chair.open(`${session}?tab=votes`)
  await count(chair, clerk, session, '考勤管理办法', 4, 0)
  await chair.sees(/第二十条/)
  await chair.picture('congress-votes')
  await hall.sees(/赞成 4/)
  await chair.open(session)
  await chair.page
    .getByRole('row', { name: /绩效工资办法/ })
    .getByRole('button', { name: '付诸表决' })
    .click()
  await chair.choose('表决方式', '无记名投票', '无记名')
  await chair.press('核对到会人数，开始表决')
  await chair.page.getByRole('dialog').waitFor({ state: 'detached' })
  await chair.open(`${session}?tab=votes`)
  await count(chair, clerk, session, '绩效工资办法', 3, 1)
  await chair.sees('未通过')
  await phone.open('/congress/mine')
  await phone.press('十届一次职工代表大会')
  await phone.sees(/表决结果：未通过/)
  await settled(phone.page)
  await phone.picture('congress-phone')
  expect(await widthOf(phone.page)).toBeLessThanOrEqual(PHONE.width)

  // The resolution, the end, the minutes.
  await chair.open(`${session}?tab=resolutions`)
  await expect.poll(() => chair.page.getByRole('button', { name: /形成决议/ }).count()).toBe(1)
  await chair.press('形成决议：考勤管理办法')
  await chair.type('决议内容', '通过考勤管理办法，由人力资源部组织实施。')
  await chair.press('形成决议')
  await chair.sees('施行中')
  await chair.open(session)
  await chair.page
    .getByRole('row', { name: /行政工作报告/ })
    .getByRole('button', { name: '办结' })
    .click()
  await chair.page.getByRole('dialog').getByRole('button', { name: '办结' }).click()
  await chair.sees('已听取')
  await chair.press('闭会')
  await chair.press('确认闭会')
  await chair.sees('已闭会')
  await chair.open(`${session}?tab=minutes`)
  const minutes = await chair.download(() => chair.press('下载纪要（Word）'))
  expect(minutes.name).toBe('十届一次职工代表大会会议纪要.docx')
  expect(readFileSync(minutes.path).subarray(0, 2).toString()).toBe('PK')
  await chair.open(`/api${session}/minutes`)
  await chair.sees(/主持人（签字）/)
  await chair.picture('congress-minutes')

  // What was held counts: the ledger has it, and leads back.
  await chair.open(`/registers/congress.session?year=${year}`)
  await chair.sees('十届一次职工代表大会')

  // A branch's chair who is no delegate: nothing to see, nothing to open.
  const stranger = await union.as('张敏')
  await stranger.open(session)
  await stranger.sees(/没有找到/)
  await stranger.picture('congress-stranger')
  await stranger.open('/congress/mine')
  await stranger.sees('现在没有您参加的大会')
  for (const address of [`/api${session}`, `/api${session}/live`, `/api${session}/minutes.docx`])
    expect((await stranger.page.request.get(address)).status()).toBe(404)
  expect((await stranger.page.request.post(`/api${session}/open`)).status()).toBe(404)
})
