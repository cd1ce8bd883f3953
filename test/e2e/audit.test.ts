import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { operator } from '../../src/kernel/access/actor.ts'
import { openBook, postVoucher } from '../../src/modules/funds/public.ts'
import { accountsOf } from './funds.ts'
import { openUnion, year } from './union.ts'

const union = await openUnion()
const enter = await accountsOf(union, [
  { name: '赵磊', role: 'auditor' },
  { name: '刘洋', role: 'accountant' },
])
const last = year - 1

test('an auditor points at a voucher, finds a fault, and accepts what the accountant mended; others only look or see nothing', async () => {
  await union.db.transaction().execute(async (tx) => {
    const self = operator('端到端测试')
    await openBook(tx, self, { unitId: union.unit('east'), openedOn: `${last}-01-01` })
    const post = (on: string, summary: string, debit: string, credit: string, fen: number) =>
      postVoucher(tx, self, union.unit('east'), {
        onDate: on,
        summary,
        attachments: 1,
        entries: [
          { account: debit, debitFen: fen },
          { account: credit, creditFen: fen },
        ],
      })
    await post(`${last}-01-05`, '收行政补助', '102', '405', 5_000_000)
    await post(`${last}-02-06`, '春节会员慰问品', '50105', '102', 360_000)
  })

  const auditor = await enter('赵磊')
  await auditor.open('/funds/audits')
  await auditor.press('列入审查计划')
  await auditor.type('审查名称', `${last} 年度经费审查`)
  const dates = {
    审查期间起: `${last}-01-01`,
    审查期间止: `${last}-12-31`,
    进场日期: `${year}-03-09`,
    结束日期: `${year}-03-13`,
  }
  for (const [label, day] of Object.entries(dates)) {
    const input = auditor.page.getByRole('dialog').getByLabel(label).last()
    await input.fill(day)
    await input.press('Enter')
  }
  await auditor.type('组长', '赵磊')
  await auditor.press('保存计划')
  await auditor.page.waitForURL(/\/funds\/audits\/\d+/)
  const address = new URL(auditor.page.url()).pathname

  await auditor.press('发通知')
  const day = auditor.page.getByRole('dialog').getByLabel('日期').last()
  await day.fill(`${year}-03-02`)
  await day.press('Enter')
  await auditor.press('发出')
  await auditor.sees('进场审查')
  // The chair opens the audited year to the firm's auditor, until a day.
  const chair = await union.as('李强')
  await chair.open('/funds/outsiders')
  await chair.press('开通外部审计')
  await chair.type('姓名', '钱明远')
  await chair.type('机构名称', '清河诚信会计师事务所')
  await chair.type('登录名', 'qianmingyuan')
  await chair.picture('outsider')
  await chair.page.getByRole('dialog').getByRole('button', { name: '开通' }).click()
  await chair.sees('钱明远')
  await chair.sees('开放中')
  await auditor.press('进场审查')
  await auditor.press('进场')
  await auditor.press('编写底稿')
  await auditor.type('审查事项', '节日慰问')
  await auditor.type('审查情况', '春节慰问品没有附签领表。')
  await auditor.type('涉及金额', '3600')
  await auditor.type('有关凭证', '慰问')
  await auditor.page.getByRole('checkbox', { name: /春节会员慰问品/ }).check()
  await auditor.picture('audit-paper')
  await auditor.press('保存底稿')
  await auditor.sees('底稿已保存。')
  await auditor.sees('记-02-001')

  // The audited union doesn't read the papers before the opinion.
  const accountant = await enter('刘洋')
  await accountant.open(address)
  await accountant.sees('审查意见出具后可以查看底稿')

  await auditor.press('记为问题')
  await auditor.type('问题', '慰问品发放没有签领表')
  await auditor.type('整改要求', '补齐实名签领表')
  await auditor.press('记录')
  await auditor.sees('待整改')
  await auditor.press('出具意见')
  await auditor.choose('结论', '需整改')
  await auditor.type('审查意见', '收支真实，个别支出手续不全。')
  await auditor.page.getByRole('dialog').getByRole('button', { name: '出具意见' }).click()
  await auditor.sees('已出具意见')
  // Whoever audits keeps no books: no voucher can be drawn up, no month closed.
  await auditor.open('/funds/vouchers')
  await auditor.sees('记账凭证')
  await expect.poll(() => auditor.page.getByRole('link', { name: '填制凭证' }).count()).toBe(0)

  await accountant.open('/todos')
  await accountant.sees(/整改经审问题 1/)
  await accountant.open(address)
  await accountant.sees('慰问品发放没有签领表')
  await accountant.picture('audit')
  await accountant.press('回复整改情况')
  await accountant.type('整改情况', '已补齐 12 人签领表。')
  await accountant.press('回复')
  await accountant.sees('已回复，待认定')
  // Nobody accepts their own answer.
  await expect.poll(() => accountant.page.getByRole('button', { name: '认定已整改' }).count()).toBe(0)

  await auditor.open(address)
  await auditor.sees('已补齐 12 人签领表。')
  await auditor.press('认定已整改')
  await auditor.press('认定')
  await auditor.sees('已认定。')
  await expect
    .poll(() => auditor.page.getByRole('listitem').filter({ hasText: '已结束' }).first().getAttribute('aria-current'), {
      timeout: 20_000,
    })
    .toBe('step')
  await auditor.press('向大会报告')
  await auditor.type('向哪次大会', '五届三次职工代表大会')
  await auditor.press('保存')
  await auditor.sees('五届三次职工代表大会')
  await auditor.picture('audit-closed')
  const report = await auditor.download(() => auditor.press('审查报告'))
  expect(report.name).toMatch(/^经费审查报告.*\.docx$/)
  expect(readFileSync(report.path).subarray(0, 2).toString()).toBe('PK')

  // A branch officer holds no office in money: the page isn't there.
  const branch = await union.as('张敏')
  await branch.open(address)
  await branch.sees(/没有找到|不能查看/)
})
