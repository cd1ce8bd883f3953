import { randomInt } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { generateSecret } from 'otplib'
import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { appoint, createAccount, giveTotp, roleOf, type RoleId } from '../modules/accounts/public.ts'
import { ledgerOf } from './ledgers.ts'
import type { Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

export interface DemoAccount {
  role: string
  user: string
  password: string
  unit: string
  /** Base32 secret of the authenticator, for roles that need one. */
  totp?: string
}

/** One per role worth seeing the house as: who, where; no office for the ordinary member. */
const seats: readonly [title: string, user: string, role: RoleId | null, unit: string][] = [
  ['县总工会主席', 'xianzhuxi', 'chair', 'county'],
  ['公司工会主席', 'zhuxi', 'chair', 'demo'],
  ['工会干事（登记员）', 'ganshi', 'clerk', 'demo'],
  ['组织委员', 'zuzhi', 'organisation-officer', 'demo'],
  ['生活保障委员', 'shenghuo', 'welfare-officer', 'demo'],
  ['财务（会计）', 'caiwu', 'accountant', 'demo'],
  ['经费审查委员', 'jingshen', 'auditor', 'demo'],
  ['女职工委员会主任', 'nvgong', 'women-officer', 'demo'],
  ['分会主席', 'fenhui', 'branch-chair', 'D01'],
  ['工会小组长', 'xiaozu', 'group-leader', 'D01-1'],
  ['普通会员', 'huiyuan', null, 'D01-1'],
  ['系统管理员', 'xitong', 'system-admin', 'county'],
  ['安全管理员', 'anquan', 'security-admin', 'county'],
  ['审计管理员', 'shenji', 'audit-admin', 'county'],
  ['出纳', 'chuna', 'cashier', 'demo'],
]

/** The people who have an account: what they decide for others can't be about themselves. */
export const holdersOf = (actorOf: (user: string) => Actor): ReadonlySet<number> =>
  new Set(seats.map(([, user]) => actorOf(user).personId!))

const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789'
/** Without letters that are mistaken for digits; long enough to need no signs. */
const password = (): string =>
  [4, 5, 5].map((length) => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')).join('-')

/** Creates the accounts and appoints their holders; the secrets are made anew in every installation. */
export async function openAccounts(
  tx: Tx,
  actor: Actor,
  dataDir: string,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  year: number,
): Promise<{ accounts: DemoAccount[]; idOf: Map<string, number>; actorOf: (user: string) => Actor }> {
  const accounts: DemoAccount[] = []
  const idOf = new Map<string, number>()
  const actors = new Map<string, Actor>()
  const taken = new Set<number>()
  for (const [title, user, role, code] of seats) {
    const unit = units.get(code)!
    const union = code.startsWith('D') ? 'demo' : code
    const { crowd } = ledgerOf(units, roster, union, year)
    const pool = code.startsWith('D')
      ? roster.people.filter((one) => (one.unit === code || one.branch === code) && !one.retired)
      : [...crowd.of('officers'), ...crowd.of('active')]
    const person = pool.find((one) => !taken.has(one.id) && (role !== 'women-officer' || one.gender === 'f'))!
    taken.add(person.id)
    const account: DemoAccount = { role: title, user, password: password(), unit: code }
    const id = await createAccount(tx, actor, { login: user, personId: person.id, password: account.password })
    if (role) {
      await appoint(tx, actor, { accountId: id, unitId: unit.id, role, startsOn: `${year - 2}-04-18` })
      if (roleOf(role)?.needsSecondFactor) {
        account.totp = generateSecret()
        await giveTotp(tx, dataDir, id, account.totp)
      }
    }
    idOf.set(user, id)
    actors.set(user, {
      accountId: id,
      personId: person.id,
      name: person.name,
      grants: [],
      office: `${unit.name}·${title}`,
      kind: 'person',
    })
    accounts.push(account)
  }
  return { accounts, idOf, actorOf: (user) => actors.get(user)! }
}

export const accountsFile = (dataDir: string): string => path.join(dataDir, 'demo-accounts.json')

/** Readable by the operator alone. */
export async function writeAccounts(dataDir: string, accounts: readonly DemoAccount[]): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  const file = accountsFile(dataDir)
  await writeFile(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
  await chmod(file, 0o600)
}
