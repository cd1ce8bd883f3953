import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { operator } from '../../src/kernel/access/actor.ts'
import { appoint } from '../../src/modules/accounts/public.ts'
import { openBook, postVoucher } from '../../src/modules/funds/public.ts'
import { PHONE, widthOf } from './browser.ts'
import { bindAuthenticator } from './second-factor.ts'
import { openUnion, today, year } from './union.ts'

const union = await openUnion()
await union.appoint('杨帆', 'east', 'accountant')
await union.appoint('赵磊', 'east', 'accountant')
await union.admit('刘洋')
await union.appoint('陈静', 'east', 'cashier')
await union.db.transaction().execute(async (tx) => {
  await openBook(tx, operator(), { unitId: union.unit('east'), openedOn: `${year}-01-01` })
  await postVoucher(tx, operator(), union.unit('east'), {
    onDate: `${year}-01-01`,
    summary: '收拨缴经费',
    attachments: 1,
    entries: [
      { account: '102', debitFen: 10_000_000 },
      { account: '402', creditFen: 10_000_000 },
    ],
  })
})

/** A receipt as a phone photographs it: a small picture is a picture. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

test('a visit’s receipt goes from a phone to the voucher and the figure, through four hands', async () => {
  const asker = await union.as('张敏', PHONE)
  await asker.open('/funds/spending')
  await asker.sees('没有支出申请')
  await asker.press('提出申请')
  await asker.sees('“八不准”确认')
  expect(await widthOf(asker.page)).toBeLessThanOrEqual(390)
  await asker.choose('支出种类', '生病住院慰问', '住院')
  await asker.type('用途', '看望住院会员刘洋')
  await asker.type('收款人（单位）', '张敏')
  await asker.type('人数', '1')
  await asker.press('添加发票')
  await asker.type('发票号码', '24442000000012345678')
  await asker.type('发票金额（元）', '820')
  // What is missing is said at the field, and nothing typed is lost.
  await asker.press('保存，下一步上传票据')
  await asker.page.locator('[data-field="r-amountFen"] .field-error').waitFor()
  await asker.type('金额（元）', '800')
  await asker.press('以上八项都不是')
  await asker.picture('spending-form')
  await asker.press('保存，下一步上传票据')
  await asker.sees('还没有提交。上传票据照片后点“提交”。')
  await asker.page
    .locator('input[type=file]')
    .setInputFiles({ name: '水果店收据.png', mimeType: 'image/png', buffer: photo })
  await asker.sees('水果店收据.png')
  await asker.press('提交')
  await asker.press('确认提交')
  await asker.sees('待审核')
  expect(await widthOf(asker.page)).toBeLessThanOrEqual(390)
  await asker.picture('spending-submitted')
  const address = new URL(asker.page.url()).pathname

  // The same invoice again is refused, with where it was used.
  await asker.open('/funds/spending/new')
  await asker.choose('支出种类', '办公和代理记账', '办公')
  await asker.type('用途', '办公用品')
  await asker.type('金额（元）', '10')
  await asker.type('收款人（单位）', '张敏')
  await asker.press('添加发票')
  await asker.type('发票号码', '24442000000012345678')
  await asker.type('发票金额（元）', '820')
  await asker.press('保存，下一步上传票据')
  await asker.page.locator('[data-field="i-number-0"] .field-error', { hasText: '看望住院会员刘洋' }).waitFor()
  await asker.picture('spending-invoice-used')

  const accountant = await union.as('杨帆')
  await bindAuthenticator(accountant)
  await accountant.open('/todos')
  await accountant.page.getByText('待审核支出申请：看望住院会员刘洋（800.00 元）').click()
  await accountant.sees('水果店收据.png')
  await accountant.press('同意')
  await accountant.type('意见', '票据齐全')
  await accountant.press('确认同意')
  await accountant.sees('待审批')
  await accountant.picture('spending-checked')

  const chair = await union.as('李强')
  await chair.open(address)
  await chair.sees('5,000.00 元以内由主席审批。')
  await chair.press('同意')
  await chair.press('确认同意')
  await chair.sees('待付款')

  const cashier = await union.as('陈静')
  await bindAuthenticator(cashier)
  await cashier.open(address)
  await cashier.press('付款')
  await cashier.type('银行回单号', 'HD-0001')
  await cashier.press('确认付款')
  await cashier.sees('已付款')
  const month = today.slice(5, 7)
  await cashier.sees(`记-${month}-001`)
  await cashier.picture('spending-paid')
  await cashier.open(`/print${address}`)
  await cashier.sees('人民币捌佰元整')
  await cashier.picture('spending-sheet')

  // The figure, and the way back from it to the request.
  await chair.open(`/figures?year=${year}`)
  await chair.page.getByRole('button', { name: '经费支出 800.00元，查看依据', exact: true }).waitFor()
  await asker.open(address)
  await asker.sees('由陈静付款')
  await asker.picture('spending-done')
})

test('a member without an office is paid back what they paid, from the phone', async () => {
  const member = await union.as('刘洋', PHONE)
  await member.open('/funds/mine')
  await member.sees('您是铸造车间分工会的会员')
  await member.picture('mine-empty')
  await member.press('我要报销')
  await member.sees('报销款付给您本人（刘洋）')
  await member.choose('支出种类', '文体活动', '文体')
  await member.type('用途', '班组趣味运动会饮用水')
  await member.type('金额（元）', '186.50')
  await member.press('以上八项都不是')
  expect(await widthOf(member.page)).toBeLessThanOrEqual(390)
  await member.picture('mine-form')
  await member.press('保存，下一步上传票据')
  await member.sees('还没有提交。上传票据照片后点“提交”。')
  await member.page
    .locator('input[type=file]')
    .setInputFiles({ name: '超市小票.png', mimeType: 'image/png', buffer: photo })
  await member.sees('超市小票.png')
  await member.press('提交')
  await member.press('确认提交')
  await member.sees('待审核')
  const address = new URL(member.page.url()).pathname

  const chair = await union.as('李强')
  await chair.open(address)
  await chair.sees('待审核')
  await member.open('/funds/mine')
  await member.sees('班组趣味运动会饮用水')
  await member.picture('mine-submitted')
  // A branch’s chair sees what its members ask for; another branch’s page has nothing of it.
  const asker = await union.as('张敏', PHONE)
  await asker.open('/funds/mine')
  await asker.sees('看望住院会员刘洋')
  await asker.picture('mine-officer')
})

test('dues, the two per cent and the budget on screen', async () => {
  const accountant = await union.as('赵磊')
  await bindAuthenticator(accountant)
  await accountant.open(`/funds/rules?unit=${union.unit('east')}`)
  await accountant.sees('没有登记时：全部由主席审批')
  await accountant.press('登记比例')
  await accountant.type('上级工会', '清河县总工会')
  await accountant.type('占拨缴经费的比例（%）', '40')
  await accountant.type('文件和文号', '清工发〔2025〕8号')
  await accountant.press('登记')
  await accountant.sees('清工发〔2025〕8号')
  await accountant.picture('funds-rules')

  await accountant.open(`/funds/income?unit=${union.unit('east')}`)
  await accountant.press('登记缴费基数')
  await accountant.type('名单', 'E102\t刘洋\t4386.50\n陈静\t5000\n无名氏\t1')
  await accountant.press('核对名单')
  await accountant.sees(/认出 2 人/)
  await accountant.press('登记 2 人')
  await accountant.sees('基数取整到 4380 元，乘以 0.5%')
  await accountant.picture('income-dues')

  await accountant.open(`/funds/budget?unit=${union.unit('east')}&year=${year}`)
  await accountant.press('按上年数编制预算')
  await accountant.press('添加支出科目')
  await accountant.choose('支出科目', '501 职工活动支出', '501')
  await accountant.page.getByLabel('501预算').fill('50000')
  await accountant.sees(/工会预算不列赤字/)
  await accountant.press('添加收入科目')
  await accountant.choose('收入科目', '402 拨缴经费收入', '402')
  await accountant.page.getByLabel('402预算').fill('60000')
  await accountant.page.getByText(/工会预算不列赤字/).waitFor({ state: 'detached' })
  await accountant.picture('budget-draft')
  await accountant.press('提交')
  await accountant.press('确认提交')
  await accountant.sees('待工会委员会审议')

  const chair = await union.as('李强')
  await chair.open(`/funds/budget?unit=${union.unit('east')}&year=${year}`)
  await chair.press('同意')
  await chair.type('工会委员会会议纪要', '第三次委员会会议纪要')
  await chair.press('确认同意')
  await chair.sees('待经审会审查')
  await union.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number }>`select id from accounts.account where login = '刘洋'`.execute(tx)
    await appoint(tx, operator(), {
      accountId: rows[0]!.id,
      unitId: union.unit('east'),
      role: 'auditor',
      startsOn: `${year}-01-01`,
    })
  })
  const auditor = await union.as('刘洋')
  await bindAuthenticator(auditor)
  await auditor.open(`/funds/budget?unit=${union.unit('east')}&year=${year}`)
  await auditor.press('同意')
  await auditor.press('确认同意')
  await auditor.sees('支出预算执行')
  await auditor.picture('budget-execution')
  // None of these pages is wider than a phone.
  await auditor.page.setViewportSize(PHONE)
  for (const page of ['budget', 'income', 'rules']) {
    await auditor.open(`/funds/${page}?unit=${union.unit('east')}&year=${year}`)
    await auditor.page.locator('main h1').waitFor()
    await auditor.picture(`phone-funds-${page}`)
    expect(await widthOf(auditor.page), page).toBeLessThanOrEqual(390)
  }
})
