import { expect, test } from 'vitest'
import { operator } from '../../src/kernel/access/actor.ts'
import { figuresOf } from '../../src/kernel/facts/figures.ts'
import { catalogue } from '../../src/kernel/register/registry.ts'
import { openBook } from '../../src/modules/funds/public.ts'
import { planInput } from '../../src/modules/mutual-aid/contract.ts'
import { enrolMembers } from '../../src/modules/mutual-aid/server/enrolment.ts'
import { addPlan } from '../../src/modules/mutual-aid/server/plans.ts'
import { collectPremiums } from '../../src/modules/mutual-aid/server/pool.ts'
import { PHONE, widthOf } from './browser.ts'
import { accountsOf } from './funds.ts'
import { openUnion, today, year } from './union.ts'

const union = await openUnion()
await union.admit('刘洋')
const enter = await accountsOf(union, [
  { name: '杨帆', role: 'welfare-officer' },
  { name: '赵磊', role: 'welfare-officer' },
])

/** An internal fund of the union with everybody's premium in it. */
async function openFund(): Promise<void> {
  const unitId = union.unit('east')
  const began = `${year}-01-02`
  await union.db.transaction().execute(async (tx) => {
    await openBook(tx, operator(), { unitId, openedOn: `${year}-01-01` })
    const draft = planInput.parse({
      unitId,
      scheme: '会员大病互助',
      title: `${year} 年大病互助金`,
      organiser: '东风机械公司工会',
      kind: 'internal',
      startsOn: `${year}-01-01`,
      endsOn: `${year}-12-31`,
      premiumFen: 100_000,
      waitingDays: 0,
      claimDays: 365,
      causes: ['大病', '意外伤害'],
      papers: ['诊断证明', '费用发票或医保结算单'],
      formula: { kind: 'lump', amounts: { 一类大病: 300_000, 二类大病: 100_000 }, lessPaid: false },
      caps: {},
      document: `公司工会〔${year}〕1号`,
    })
    const { id } = await addPlan(tx, operator(), draft)
    await enrolMembers(tx, operator(), id, { unitId, paidOn: null }, began)
    await collectPremiums(tx, operator(), id, { unitId, receivedOn: began }, began)
  })
}

test('a claim from a phone: refused, mended, paid; its voucher and its figure; and one who may not see it', async () => {
  await openFund()
  const member = await union.as('刘洋', PHONE)
  await member.open('/mutual-aid/file')
  await member.sees(/等待期/)
  await member.choose('申请原因', '大病')
  await member.choose('类别', '二类大病')
  await member.type('入院（发生）日期', today)
  await member.page.keyboard.press('Enter')
  await member.choose('医院等级', '三级')
  await member.type('医疗总费用（元）', '86000')
  await member.type('个人自付（元）', '21000.50')
  await member.type('票据号码', '3300 1234')
  await member.type('申请金额（元）', '21000.50')
  await member.page
    .getByLabel('选择照片')
    .setInputFiles({ name: '发票.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') })
  await member.sees('发票.png')
  await member.picture('claim-file')
  expect(await widthOf(member.page)).toBeLessThanOrEqual(390)
  await member.press('提交申请')
  await member.sees('还缺：诊断证明、费用发票或医保结算单')
  await member.sees('发票.png')
  expect(await widthOf(member.page)).toBeLessThanOrEqual(390)
  const first = new URL(member.page.url()).pathname

  const officer = await enter('杨帆')
  await officer.open('/mutual-aid/claims')
  await officer.page.getByRole('link', { name: '刘洋' }).first().click()
  await officer.press('否决')
  await officer.type('理由', '没有诊断证明')
  await officer.page.getByRole('dialog').getByRole('button', { name: '否决' }).click()
  await officer.sees('否决，已办理。')

  // She reads why, and files it again with what was missing; nothing has to be typed twice.
  await member.page.reload()
  await member.sees('没有诊断证明')
  await member.picture('claim-refused')
  await member.press('重新提交')
  await member.page.getByLabel('诊断证明').check()
  await member.page.getByLabel('费用发票或医保结算单').check()
  await member.choose('类别', '一类大病')
  await member.press('提交申请')
  await member.page.waitForURL((address) => /claims\/\d+$/.test(address.pathname) && address.pathname !== first)
  await member.sees('机器核对：全部符合')

  const place = new URL(member.page.url()).pathname
  await officer.open(place)
  await officer.press('初审同意')
  await officer.page.getByRole('dialog').getByRole('button', { name: '初审同意' }).click()
  await officer.sees('初审同意，已办理。')
  const approver = await enter('赵磊')
  await approver.open(place)
  await approver.press('批准')
  await approver.page.getByRole('dialog').getByRole('button', { name: '批准' }).click()
  await approver.sees('批准，已办理。')
  await officer.page.reload()
  await officer.press('登记支付')
  await officer.page
    .getByRole('dialog')
    .getByRole('button', { name: /登\s?记/ })
    .click()
  await officer.sees(/3,000\.00 元，\d{4}-\d\d-\d\d，经工会账户/)
  await officer.picture('claim-paid')

  // The figure and the voucher are the same sum.
  const scope = { unitId: union.unit('east'), from: `${year}-01-01`, to: `${year}-12-31` }
  const [figure] = await figuresOf(union.db, await catalogue(union.db), scope, ['mutual-aid.claim.fund-amount'])
  expect(figure).toMatchObject({ value: 300_000 })
  const chair = await union.as('李强')
  await chair.open('/funds/vouchers')
  await chair.page
    .getByText(/理赔 2 号/)
    .first()
    .click()
  await chair.sees('3,000.00')
  await chair.sees('代管经费')
  // The chair reads the books; what somebody fell ill of is none of the books' business.
  await chair.page.goto(place)
  await chair.page
    .getByText(/没有找到|不存在|无权/)
    .first()
    .waitFor()

  await officer.open('/mutual-aid/plans')
  await officer.page.getByRole('link', { name: `${year} 年大病互助金` }).click()
  await officer.sees('参加名单')
  await officer.picture('plan-desk')
  await officer.page.getByRole('tab', { name: '代管资金' }).click()
  await officer.page.getByText('支付补助', { exact: true }).waitFor()
})

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
