import { expect, test } from 'vitest'
import { operator } from '../../src/kernel/access/actor.ts'
import { addDays } from '../../src/kernel/calendar/days.ts'
import { openKeys } from '../../src/kernel/crypto/keys.ts'
import { figuresOf } from '../../src/kernel/facts/figures.ts'
import { catalogue } from '../../src/kernel/register/registry.ts'
import { openBook, postVoucher } from '../../src/modules/funds/public.ts'
import { survivorInput } from '../../src/modules/survivors/contract.ts'
import { withSurvivors } from '../../src/modules/survivors/server/opening.ts'
import { addStandard } from '../../src/modules/survivors/server/standards.ts'
import { addSurvivor } from '../../src/modules/survivors/server/survivors.ts'
import { PHONE, widthOf } from './browser.ts'
import { accountsOf } from './funds.ts'
import { openUnion, today, year } from './union.ts'

const union = await openUnion()
const enter = await accountsOf(union, [
  { name: '杨帆', role: 'welfare-officer' },
  { name: '赵磊', role: 'welfare-officer' },
])
const month = today.slice(0, 7)

/** A book with money, a standard, and a widow in town who has been provided for since last year. */
async function arrange(): Promise<void> {
  const unitId = union.unit('east')
  await union.db.transaction().execute(async (tx) => {
    await openBook(tx, operator(), { unitId, openedOn: `${year}-01-01` })
    await postVoucher(tx, operator(), unitId, {
      onDate: `${year}-01-02`,
      summary: '收拨缴经费',
      attachments: 1,
      entries: [
        { account: '102', debitFen: 2_000_000 },
        { account: '402', creditFen: 2_000_000 },
      ],
    })
    const standard = {
      unitId,
      grade: '一档',
      monthlyFen: 86_000,
      validFrom: `${year - 1}-01-01`,
      document: '院发〔2025〕3号',
    }
    await addStandard(tx, operator(), standard)
  })
  const draft = survivorInput.parse({
    unitId,
    name: '钱秀英',
    relation: '配偶',
    ground: '年老无收入',
    bornOn: '1950-10-02',
    place: '市内',
    grade: '一档',
    entitledFrom: `${year - 1}-03-01`,
    paidThrough: addDays(`${month}-01`, -1).slice(0, 7),
    deceased: { name: '钱大力', diedOn: `${year - 1}-02-20` },
  })
  await withSurvivors(union.db, operator(), (tx) => addSurvivor(tx, operator(), openKeys(union.dataDir), draft, today))
}

test('the yearly review of survivors: told, proved, ended; the month’s list paid; and one who may not see it', async () => {
  await arrange()
  const officer = await enter('杨帆')
  await officer.open('/survivors')
  await officer.sees('钱秀英')
  await officer.press('登记遗属')
  await officer.type('亡故职工', '孙大海')
  await officer.type('职工出生日期', '1948-03-05')
  await officer.page.keyboard.press('Enter')
  await officer.type('亡故日期', '1947-05-20')
  await officer.page.keyboard.press('Enter')
  await officer.type('遗属姓名', '孙桂兰')
  await officer.choose('与亡故职工关系', '配偶')
  await officer.choose('供养的理由', '年老无收入')
  await officer.type('遗属出生日期', '1951-04-02')
  await officer.page.keyboard.press('Enter')
  await officer.choose('居住地', '外地')
  await officer.type('通信地址', '河西村 12 号')
  await officer.choose('标准档', '一档')
  await officer.type('供养起始日期', `${month}-01`)
  await officer.page.keyboard.press('Enter')
  const add = officer.page.getByRole('dialog').getByRole('button', { name: /登\s?记/ })
  await add.click()
  await officer.sees('去世日期早于出生日期，请核对')
  await officer.type('亡故日期', `${year - 1}-05-20`)
  await officer.page.keyboard.press('Enter')
  await add.click()
  await officer.sees('已纳入名册。')
  await officer.sees('孙桂兰')
  await officer.picture('survivors')

  await officer.open('/survivors/review')
  await officer.press('开始复核')
  await officer.type('认证截止日期', addDays(today, 40))
  await officer.page.keyboard.press('Enter')
  await officer.page
    .getByRole('dialog')
    .getByRole('button', { name: /开\s?始/ })
    .click()
  await officer.sees('2 人')
  for (const [place, notice] of [
    ['外地', '函告'],
    ['市内', '电话通知'],
  ] as const) {
    await officer.press('登记通知')
    await officer.choose('通知谁', place)
    await officer.choose('通知方式', notice)
    await officer.page
      .getByRole('dialog')
      .getByRole('button', { name: /登\s?记/ })
      .click()
    await officer.page.getByRole('dialog').waitFor({ state: 'detached' })
    await officer.sees(`${notice} ${today}`)
  }
  const answer = async (name: string, fill: () => Promise<void>): Promise<void> => {
    await officer.page
      .getByRole('row', { name: new RegExp(name) })
      .getByRole('button', { name: '登记认证' })
      .click()
    await officer.choose('认证方式', '视频认证')
    await fill()
    await officer.page
      .getByRole('dialog')
      .getByRole('button', { name: /登\s?记/ })
      .click()
    await officer.page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await answer('孙桂兰', async () => {})
  await answer('钱秀英', async () => {
    await officer.choose('复核结果', '退出供养')
    await officer.choose('退出原因', '再婚')
    await officer.type('发生日期', addDays(`${month}-01`, -3))
    await officer.page.keyboard.press('Enter')
  })
  await officer.page.getByRole('row', { name: /钱秀英.*退出供养/ }).waitFor()
  await officer.picture('survivors-review')

  // The month's list: drawn up, approved by another, paid; who left isn't on it.
  // The money is the employer's: it came in, and is paid on.
  await officer.open('/survivors/held')
  await officer.press('登记拨款到账')
  await officer.type('金额（元）', '1000')
  await officer.type('拨款单位', '东风机械公司')
  await officer.type('拨款单或回单编号', '拨款单 7')
  await officer.page
    .getByRole('dialog')
    .getByRole('button', { name: /登\s?记/ })
    .click()
  await officer.sees('已登记，凭证已记账。')
  await officer.sees('拨款单 7')
  await officer.open('/survivors/pay')
  await officer.press('编制发放表')
  await officer.choose('资金来源', '代管经费')
  await officer.page
    .getByRole('dialog')
    .getByRole('button', { name: /编\s?制/ })
    .click()
  await officer.sees('这张表是您编制的，要由另一个人审批。')
  const place = new URL(officer.page.url()).pathname
  const approver = await enter('赵磊', PHONE)
  await approver.open(place)
  await approver.press(/批\s?准/)
  await approver.page
    .getByRole('dialog')
    .getByRole('button', { name: /批\s?准/ })
    .click()
  await approver.sees('已批准。')
  await approver.picture('survivors-pay')
  expect(await widthOf(approver.page)).toBeLessThanOrEqual(390)
  await officer.page.reload()
  await officer.press('登记发放')
  await officer.page
    .getByRole('dialog')
    .getByRole('button', { name: /登\s?记/ })
    .click()
  await officer.sees(/记-\d\d-\d{3}/)
  await officer.picture('survivors-pay')
  await officer.open('/survivors/held')
  await officer.sees('140.00 元')
  await officer.picture('survivors-held')
  const scope = { unitId: union.unit('east'), from: `${year}-01-01`, to: `${year}-12-31` }
  const names = ['hardship.survivor-pay.amount', 'hardship.survivor-review.exits', 'hardship.survivor-review.letters']
  const found = await figuresOf(union.db, await catalogue(union.db), scope, names)
  expect(names.map((name) => found.find((one) => one.metric === name)?.value)).toEqual([86_000, 1, 1])

  // The chair, who holds no office of aid, has no entry, no list and no person.
  const chair = await union.as('李强')
  await chair.open('/')
  await chair.page.getByRole('link', { name: '工作台' }).first().waitFor()
  expect(await chair.page.getByRole('link', { name: '遗属供养' }).count()).toBe(0)
  await chair.page.goto(place)
  await chair.page
    .getByText(/没有找到|不存在|无权/)
    .first()
    .waitFor()
})
