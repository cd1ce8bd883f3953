import { expect, test } from 'vitest'
import { operator } from '../../src/kernel/access/actor.ts'
import { addParameters } from '../../src/modules/hardship/server/parameters.ts'
import { openBook, postVoucher } from '../../src/modules/funds/public.ts'
import { PHONE, widthOf } from './browser.ts'
import { bindAuthenticator } from './second-factor.ts'
import { openUnion, today, year } from './union.ts'

const union = await openUnion()
await union.appoint('杨帆', 'east', 'welfare-officer')
await union.appoint('赵磊', 'east', 'cashier')
await union.admit('刘洋', '陈静')
const self = operator('端到端测试')

/** The list has hung long enough: the server has the real clock, so the days are put back in the database. */
const weeksLater = () =>
  union.ownerPool.query(
    `update openness.item set from_on = from_on - 30, until_on = until_on - 30, published_on = published_on - 30`,
  )

test('aid from a phone to the voucher: conditions, application, list, signature, money, receipt; and who may not', async () => {
  await union.db.transaction().execute(async (tx) => {
    await openBook(tx, self, { unitId: union.unit('east'), openedOn: `${year}-01-01` })
    await postVoucher(tx, self, union.unit('east'), {
      onDate: `${year}-01-05`,
      summary: '收拨缴经费',
      attachments: 1,
      entries: [
        { account: '102', debitFen: 2_000_000 },
        { account: '402', creditFen: 2_000_000 },
      ],
    })
    await addParameters(tx, self, {
      unitId: union.unit('east'),
      lineFen: 80_000,
      deepInclusive: true,
      relativeHundredths: 200,
      lossShare: 8_000,
      ceilingFen: null,
      document: '市民政〔2026〕1号',
      from: `${year}-01-01`,
    })
  })

  // The officer of aid sets up a programme by application and opens a cycle.
  const officer = await union.as('杨帆')
  await bindAuthenticator(officer)
  await officer.open('/aid/new')
  await officer.choose('项目种类', '医疗救助')
  await officer.choose('对象范围', '提出申请的人')
  await officer.type('申请材料', '出院小结')
  await officer.page.keyboard.press('Enter')
  await officer.type('依据文件的名称和文号', '东工〔2026〕3号')
  await officer.press('设立项目')
  await officer.page.locator('[data-field="baseFen"] .field-error').waitFor()
  await officer.type('发放标准（元）', '3000')
  await officer.press('设立项目')
  await officer.sees('还没有批次')
  await officer.picture('aid-programme')
  await officer.press('开新批次')
  await officer.type('批次名称', '第一批')
  await officer.page.getByRole('dialog').getByRole('button', { name: '开批次', exact: true }).click()
  await officer.page.waitForURL(/\/aid\/cycles\/\d+/)
  const cycle = new URL(officer.page.url()).pathname

  // 刘洋 looks at the conditions on a phone, leaves a paper out, and mends it.
  const member = await union.as('刘洋', PHONE)
  await member.open('/aid/mine')
  await member.sees('入会满 12 个月')
  await member.picture('aid-mine')
  expect(await widthOf(member.page)).toBeLessThanOrEqual(390)
  await member.press('申请')
  await member.page.getByRole('dialog').getByRole('button', { name: '开始填写' }).click()
  await member.press('提交申请')
  await member.page.locator('[data-field="words"] .field-error').waitFor()
  await member.type('申请理由', '母亲住院，自付费用较多')
  await member.page.getByLabel('出院小结').check()
  await member.page.locator('input[type=file]').setInputFiles({
    name: '出院小结.png',
    mimeType: 'image/png',
    buffer: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  })
  await member.sees('出院小结.png')
  await member.picture('aid-application')
  expect(await widthOf(member.page)).toBeLessThanOrEqual(390)
  await member.press('提交申请')
  await member.sees(/我的申请（已提交）/)

  // The window closes; the officer sees how many and for how much before anything is decided.
  await union.ownerPool.query(`update aid.cycle set opens_on = opens_on - 9, closes_on = closes_on - 9`)
  await officer.open(cycle)
  await officer.sees(/符合 1 人（1 户），缺资料 0，重复 0，不符合 0；需 3,000\.00 元，余额 20,000\.00 元/)
  await officer.picture('aid-preview')
  for (const [button, done] of [
    ['拟定名单', '已拟定。'],
    ['公示名单', '已公示。'],
  ] as const) {
    await officer.press(button)
    await officer.page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click()
    await officer.sees(done)
  }

  // The chair signs after the days of publicity; a branch's chair sees neither names nor the button.
  await weeksLater()
  const branch = await union.as('张敏')
  await branch.page.goto(cycle)
  await branch.page
    .getByText(/没有找到|不存在|无权/)
    .first()
    .waitFor()
  const chair = await union.as('李强')
  await chair.open(cycle)
  await chair.press('审批同意')
  await chair.page.getByRole('dialog').getByRole('button', { name: '审批同意', exact: true }).click()
  await chair.sees('已同意。')
  await chair.page.getByRole('tab', { name: '发放名单' }).click()
  await chair.sees('待发放')
  await chair.picture('aid-shares')

  const cashier = await union.as('赵磊')
  await bindAuthenticator(cashier)
  await cashier.open(cycle)
  await cashier.press('发放')
  await cashier.page.getByRole('dialog').getByRole('button', { name: '发放', exact: true }).click()
  // The dialog's own sentence ends in these words, too: only the toast says that the server has done it.
  await cashier.page.getByText('已发放。', { exact: true }).waitFor()

  // The money in the hand: signed on the phone; somebody else sees nothing of it.
  await member.open('/aid/mine')
  await member.press('签收')
  const pad = member.page.getByLabel('签名框')
  const box = (await pad.boundingBox())!
  await member.page.mouse.move(box.x + 30, box.y + 40)
  await member.page.mouse.down()
  await member.page.mouse.move(box.x + 160, box.y + 70, { steps: 5 })
  await member.page.mouse.up()
  await member.sees('已签名')
  await member.press('确认签收')
  await member.sees(`${today} 已签收`)
  await member.picture('aid-received')
  const other = await union.as('陈静', PHONE)
  await other.open('/aid/mine')
  await other.sees('我的帮扶')
  expect(await other.page.getByText('3,000.00 元').count()).toBe(0)

  // A part comes back: more than was paid is refused at its field; the rest stays paid.
  await cashier.open(`${cycle}?tab=shares`)
  await cashier.press('登记退回')
  const refund = cashier.page.getByRole('dialog').getByRole('button', { name: '登记退回', exact: true })
  await cashier.type('原因', '医保补报销，退回一部分')
  await cashier.type('退回金额（元）', '3000.01')
  await refund.click()
  await cashier.page.locator('[data-field="amountFen"] .field-error').waitFor()
  await cashier.picture('aid-refund')
  await cashier.type('退回金额（元）', '500')
  await refund.click()
  await cashier.sees('已登记退回，凭证已记账。')
  await cashier.sees(`${today} 退回 500.00 元`)
  await cashier.picture('aid-refunded')
  await member.page.reload()
  await member.sees('退回 500.00 元：医保补报销，退回一部分')

  // One figure, one voucher, one person.
  const { rows } = await union.ownerPool.query(
    `select (select count(*)::int from funds.voucher where source like 'aid/cycles/%') as vouchers,
       (select count(*)::int from kernel.record where register = 'aid.grant' and state = 'recorded') as records,
       (select sum(quantity)::int from kernel.fact where measure = 'hardship.relief/amount' and reversed_by is null and reversal_of is null) as fen`,
  )
  expect(rows).toEqual([{ vouchers: 1, records: 1, fen: 250_000 }])
})
