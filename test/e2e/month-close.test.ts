import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { operator } from '../../src/kernel/access/actor.ts'
import { openBook, postVoucher } from '../../src/modules/funds/public.ts'
import { PHONE, visitor, widthOf, type Visitor } from './browser.ts'
import { accountsOf } from './funds.ts'
import { openUnion, year } from './union.ts'

const union = await openUnion()
const enter = await accountsOf(union, [
  { name: '刘洋', role: 'accountant' },
  { name: '陈静', role: 'cashier' },
])
const last = year - 1
const january = (day: string): string => `${last}-01-${day}`

/** Types a line the way an accountant does: no mouse, Enter from cell to cell. */
async function line(who: Visitor, account: string, found: string, amount: string, credit = false): Promise<void> {
  const { keyboard } = who.page
  await keyboard.type(account)
  await who.page.getByRole('option', { name: found }).first().waitFor()
  await keyboard.press('Enter')
  if (credit) await keyboard.press('Enter')
  await keyboard.type(amount)
  await keyboard.press('Enter')
}

test('a month is kept by keyboard, reviewed, posted, closed, and its statements printed; the cashier closes nothing', async () => {
  await union.db.transaction().execute(async (tx) => {
    await openBook(tx, operator('端到端测试'), { unitId: union.unit('east'), openedOn: january('01') })
    await postVoucher(tx, operator('端到端测试'), union.unit('east'), {
      onDate: january('05'),
      summary: '收行政拨缴工会经费',
      attachments: 1,
      entries: [
        { account: '102', debitFen: 3_624_691 },
        { account: '402', creditFen: 2_174_815 },
        { account: '211', creditFen: 1_449_876 },
      ],
    })
  })

  const cashier = await enter('陈静')
  await cashier.open(`/funds/vouchers/new?year=${last}`)
  await cashier.page.getByLabel('第 1 行摘要').waitFor()
  const date = cashier.page.getByRole('textbox', { name: '日期' })
  await date.fill(january('12'))
  await date.press('Enter')
  await cashier.page.getByLabel('第 1 行摘要').focus()
  await cashier.page.keyboard.type('王静住院慰问')
  await cashier.page.keyboard.press('Enter')
  await line(cashier, 'hyhd', '50105', '800')
  // The second line goes on in its account: the summary was taken over from the first.
  await cashier.page.getByLabel('第 2 行摘要').fill('王静住院慰问')
  await cashier.page.getByLabel('第 2 行摘要').press('Enter')
  await cashier.sees('借贷相差 800.00 元，贷方还少。')
  await line(cashier, '102', '102', '=', true)
  await cashier.sees('借贷平衡。')
  await cashier.sees('捌佰元整')
  await cashier.picture('voucher-entry')
  await cashier.page.getByRole('button', { name: '保存', exact: true }).press('Enter')
  await cashier.page.waitForURL(/\/funds\/vouchers\/\d+/)
  await cashier.sees('待审核')
  const address = new URL(cashier.page.url()).pathname
  // Neither review nor closing is the cashier's.
  expect(await cashier.page.getByRole('button', { name: '审核', exact: true }).count()).toBe(0)
  await cashier.open(`/funds/closing?year=${last}`)
  await cashier.sees(`${last} 年 1 月`)
  await expect.poll(() => cashier.page.getByRole('button', { name: '结账' }).count()).toBe(0)

  const accountant = await enter('刘洋')
  await accountant.open(`/funds/closing?year=${last}`)
  await accountant.sees('还有 1 张凭证没有记账')
  await expect.poll(() => accountant.page.getByRole('button', { name: '结账' }).isDisabled()).toBe(true)
  await accountant.open(address)
  await accountant.press('审核')
  await accountant.sees('已审核。')
  await accountant.press('记账')
  await accountant.sees('记-01-002')
  await accountant.picture('voucher')
  await accountant.open(`/funds/closing?year=${last}`)
  await accountant.sees('借贷平衡，报表勾稽全部相符。')
  await accountant.picture('closing')
  await accountant.press('结账')
  await accountant.page.getByRole('dialog').getByRole('button', { name: '结账' }).click()
  await accountant.sees('已结账。')
  await accountant.sees(`${last} 年 2 月`)

  // A closed month refuses, with the sentence where the work is, and nothing typed is lost.
  await accountant.open(`${address.replace(/\d+$/, 'new')}?copy=${address.split('/').at(-1)}&year=${last}`)
  const again = accountant.page.getByRole('textbox', { name: '日期' })
  await again.fill(january('20'))
  await again.press('Enter')
  await accountant.press('保存')
  await accountant.sees('凭证所在月份已经结账')
  await expect.poll(() => accountant.page.getByLabel('第 1 行摘要').inputValue()).toBe('王静住院慰问')

  await accountant.open(`/funds/statements?year=${last}&month=1`)
  await accountant.sees('资产负债表（工会01表）')
  const income = accountant.page.getByRole('table', { name: '收入支出表' })
  await expect.poll(() => income.innerText(), { timeout: 20_000 }).toMatch(/职工活动支出\s+800\.00\s+800\.00/)
  await accountant.picture('statements')
  const book = await accountant.download(() => accountant.press('导出 Excel'))
  expect(book.name).toMatch(/财务报表\.xlsx$/)
  expect(readFileSync(book.path).subarray(0, 2).toString()).toBe('PK')
  // Closed, the month's accounts go to the board; the chair lets them out.
  await accountant.page.getByRole('button', { name: '公开', exact: true }).click()
  await accountant.sees('本月支出 800.00 元')
  await accountant.picture('publish')
  await accountant.press('提请公开')
  await accountant.page.waitForURL(/\/funds\/publications\/\d+/)
  await accountant.sees('待批准')
  const publication = new URL(accountant.page.url()).pathname
  await expect.poll(() => accountant.page.getByRole('button', { name: '批准公开' }).count()).toBe(0)
  const chair = await union.as('李强')
  await chair.open(publication)
  await chair.press('批准公开')
  await chair.page.getByRole('dialog').getByRole('button', { name: '批准公开' }).click()
  await chair.sees('公开中')
  await chair.picture('published')
  await accountant.open(`/funds/statements?year=${last}&month=1`)
  await accountant.sees('账目公开')
  await accountant.press('打印报表')
  await accountant.page.waitForURL(/\/print\/funds\/statements/)
  await accountant.sees('主管会计工作负责人（签章）：')
  await accountant.sees('36,238.91'.replace('36,238.91', '35,446.91'))
  await accountant.picture('statements-print')
  await accountant.open(`/print${address}`)
  await accountant.sees('人民币捌佰元整')
  await accountant.picture('voucher-print')
})

test('the pages fit a phone, and a branch officer without an office in money finds none of them', async () => {
  const phone = await enter('刘洋', PHONE)
  for (const address of [
    '/funds/overview',
    '/funds/vouchers',
    '/funds/vouchers/new',
    '/funds/ledgers',
    '/funds/bank',
    '/funds/assets',
    '/funds/notes',
    '/funds/opening',
    '/funds/forms',
  ]) {
    await phone.open(`${address}?year=${last}`)
    await phone.page.locator('h1').first().waitFor()
    await expect.poll(() => phone.page.locator('.loading').count(), { timeout: 20_000 }).toBe(0)
    await phone.picture(`phone${address.replaceAll('/', '-')}`)
    expect(await widthOf(phone.page), address).toBeLessThanOrEqual(390)
  }
  const stranger = await visitor(union.url)
  await stranger.open('/funds/vouchers')
  await stranger.sees('登录')
})
