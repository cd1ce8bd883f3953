import { sql } from 'kysely'
import { generate, generateSecret } from 'otplib'
import { operator } from '../../src/kernel/access/actor.ts'
import { appoint, createAccount, giveTotp, type RoleId } from '../../src/modules/accounts/public.ts'
import { DESK, visitor, type Visitor } from './browser.ts'
import { year, type PersonName, type Union } from './union.ts'

const password = 'Dongfeng-caiwu-2026'
const self = operator('端到端测试')

/**
 * Gives people of the union an office in money, which asks for a second factor.
 * @returns how one of them enters: name, password and the code of the moment
 */
export async function accountsOf(
  union: Union,
  people: readonly { name: PersonName; role: RoleId }[],
): Promise<(name: PersonName, size?: { width: number; height: number }) => Promise<Visitor>> {
  const secrets = new Map<string, string>()
  await union.db.transaction().execute(async (tx) => {
    for (const { name, role } of people) {
      const accountId = await createAccount(tx, self, { login: name, personId: union.person(name), password })
      await appoint(tx, self, { accountId, unitId: union.unit('east'), role, startsOn: `${year - 1}-01-01` })
      const secret = generateSecret()
      await giveTotp(tx, union.dataDir, accountId, secret)
      secrets.set(name, secret)
    }
  })
  return async (name, size = DESK) => {
    // A code is taken once; somebody who enters twice within its half minute would wait for the next.
    await sql`update accounts.account set totp_used_step = 0 where login = ${name}`.execute(union.db)
    const person = await visitor(union.url, size)
    await person.open('/sign-in')
    await person.type('登录名、工号或手机号', name)
    await person.type('密码', password)
    await person.press('登录')
    await person.sees('二次验证')
    await person.type('动态口令', await generate({ secret: secrets.get(name)! }))
    await person.press('验证并登录')
    await person.page.waitForURL((address) => address.pathname === '/')
    return person
  }
}
