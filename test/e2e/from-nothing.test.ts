import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeWorkbook } from '../../src/kernel/xlsx/write.ts'
import { PHONE, visitor, type Visitor } from './browser.ts'
import { openHouse } from './house.ts'
import { bindAuthenticator } from './second-factor.ts'

const house = await openHouse()
const password = 'Qinghe-gonghui-2026'

/** Activates an account with a printed code, as its holder would, and is signed in. */
async function activate(code: string, size?: typeof PHONE): Promise<Visitor> {
  const person = await visitor(house.url, size)
  await person.open('/activate')
  await person.type('激活码', code)
  await person.press('下一步')
  await person.sees('请设置登录名和密码')
  await person.type('密码', password)
  await person.type('再输一次密码', password)
  await person.picture('activate')
  await person.press('激活并登录')
  await person.page.waitForURL((url) => url.pathname !== '/activate')
  return person
}

/** The codes on the sheet that the press opens, by name. */
async function slips(person: Visitor, press: () => Promise<void>): Promise<Map<string, string>> {
  const [sheet] = await Promise.all([person.page.context().waitForEvent('page'), press()])
  await sheet.locator('.slip').first().waitFor()
  const codes = new Map<string, string>()
  for (const slip of await sheet.locator('.slip').all())
    codes.set(await slip.locator('b').innerText(), await slip.locator('code').innerText())
  await sheet.close()
  return codes
}

async function openAccount(person: Visitor, name: string, login: string): Promise<string> {
  await person.press('建立账号')
  await person.type('姓名', name)
  await person.type('登录名', login)
  await person.page.getByRole('dialog').getByRole('button', { name: '建立' }).click()
  await person.sees('账号已建立')
  const row = person.page.getByRole('row', { name: login })
  const codes = await slips(person, () => row.getByRole('button', { name: '打印激活条' }).click())
  return codes.get(name)!
}

async function appoint(person: Visitor, name: string, role: string, unit?: string): Promise<void> {
  await person.open('/offices')
  await person.press('任命职务')
  await person.choose('谁', name, name)
  if (unit) await person.choose('在哪个单位', unit, unit)
  await person.choose('权限角色', role, role)
  await person.picture('appoint')
  await person.page.getByRole('dialog').getByRole('button', { name: '任命' }).click()
  await person.sees('已任命')
}

test('a union is set up from nothing: administrators, branches, roster, and an officer of a branch signs in', async () => {
  // The operator opens the link that the first start printed, once.
  const operator = await visitor(house.url)
  await operator.open(house.setupLink!)
  await operator.type('单位名称', '清河机械公司工会')
  await operator.type('单位编号', 'qinghe')
  await operator.type('姓名', '赵系统')
  await operator.type('登录名', 'zhao')
  await operator.type('密码', password)
  await operator.type('再输一次密码', password)
  await operator.picture('set-up')
  await operator.press('完成设置')
  await operator.sees('须先绑定动态口令或通行密钥')
  await operator.picture('second-factor')
  await bindAuthenticator(operator)
  const second = await visitor(house.url)
  await second.open(house.setupLink!)
  await second.sees('设置链接无效、已用过或已过期')

  // Branches; then accounts for the security administrator and the chair, who are not on a roster yet.
  await operator.open('/units')
  for (const [name, code] of [
    ['铸造车间分工会', 'qinghe-1'],
    ['装配车间分工会', 'qinghe-2'],
  ] as const) {
    await operator.press('新建下级单位')
    await operator.type('名称', name)
    await operator.choose('类型', '分工会')
    await operator.type('编号', code)
    await operator.page.getByRole('dialog').getByRole('button', { name: '新建' }).click()
    await operator.sees('已建立')
  }
  await operator.sees('装配车间分工会')
  await operator.picture('units')
  await operator.open('/offices?tab=accounts')
  const forSecurity = await openAccount(operator, '钱安全', 'qian')
  const forChair = await openAccount(operator, '孙主席', 'sun')
  await operator.picture('accounts')
  await appoint(operator, '钱安全', '安全管理员')

  // The system administrator gives no offices: that is the security administrator's work.
  const security = await activate(forSecurity)
  await security.sees('须先绑定动态口令或通行密钥')
  await bindAuthenticator(security)
  await appoint(security, '孙主席', '工会主席')

  // The chair imports the roster.
  const chair = await activate(forChair)
  await chair.open('/imports?kind=members')
  const roster = path.join(mkdtempSync(path.join(os.tmpdir(), 'zhijia-roster-')), '花名册.xlsx')
  await writeWorkbook(roster, [
    {
      name: '会员花名册',
      columns: ['姓名', '性别', '出生日期', '工号', '所在单位'].map((header) => ({ header })),
      rows: [
        ['张敏', '女', '1986-01-20', 'Z101', '铸造车间分工会'],
        ['刘洋', '男', '1990-07-15', 'Z102', '铸造车间分工会'],
        ['杨帆', '男', '1983-05-30', 'Z201', '装配车间分工会'],
      ],
    },
  ])
  await chair.page.locator('input[type=file]').setInputFiles(roster)
  await chair.sees('全部行都通过检查，可以入库。')
  await chair.picture('roster-preview')
  await chair.press('全部入库')
  await chair.sees(/新增 3/)
  await chair.open('/members')
  await chair.sees('张敏')
  await chair.picture('members')

  // Her slip, her office, her first sign-in on a phone.
  await chair.open('/offices?tab=accounts')
  await chair.press('打印激活条')
  const codes = await slips(chair, () => chair.press('生成激活条'))
  expect([...codes.keys()].sort()).toEqual(['刘洋', '张敏', '杨帆'].sort())
  await appoint(chair, '张敏', '分会主席', '铸造车间分工会')
  const officer = await activate(codes.get('张敏')!, PHONE)
  await officer.sees('铸造车间分工会')
  await officer.picture('first-desk')
  await officer.page.context().clearCookies()
  await officer.open('/sign-in')
  await officer.picture('sign-in')
  await officer.type('登录名、工号或手机号', 'Z101')
  await officer.type('密码', 'guessed-wrongly-1')
  await officer.press('登录')
  await officer.sees(/不正确/)
  await officer.type('密码', password)
  await officer.press('登录')
  await officer.sees('铸造车间分工会')
  expect(await officer.page.getByText('装配车间分工会').count()).toBe(0)
})
