import { generate } from 'otplib'
import type { Visitor } from './browser.ts'

/** Binds an authenticator on the page that asks for it, as offices of money and aid must. */
export async function bindAuthenticator(person: Visitor): Promise<void> {
  await person.press('绑定动态口令')
  const secret = await person.page.locator('code').innerText()
  await person.type('2. 输入验证器显示的 6 位数字', await generate({ secret }))
  await person.press('完成绑定')
  await person.sees('动态口令已绑定')
}
