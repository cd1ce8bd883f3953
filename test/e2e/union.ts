import { operator } from '../../src/kernel/access/actor.ts'
import { openKeys } from '../../src/kernel/crypto/keys.ts'
import { catalogue } from '../../src/kernel/register/registry.ts'
import type { RecordDraft } from '../../src/kernel/register/draft.ts'
import { createRecord } from '../../src/kernel/register/store.ts'
import type { TestDatabase } from '../../src/kernel/testing/database.ts'
import '../../src/modules.ts'
import { appoint, createAccount, type RoleId } from '../../src/modules/accounts/public.ts'
import { addMember } from '../../src/modules/members/public.ts'
import { addUnit } from '../../src/modules/organisation/public.ts'
import { DESK, visitor, type Visitor } from './browser.ts'
import { openHouse, type House } from './house.ts'

const password = 'Dongfeng-gonghui-2026'
const self = operator('端到端测试')

/** Today in Shanghai: the server under test has the real clock. */
export const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format()
export const year = Number(today.slice(0, 4))

const units = [
  { code: 'east', name: '东风机械公司工会', type: 'union', parentCode: null },
  { code: 'east-1', name: '铸造车间分工会', type: 'branch', parentCode: 'east' },
  { code: 'east-2', name: '装配车间分工会', type: 'branch', parentCode: 'east' },
] as const
type UnitCode = (typeof units)[number]['code']

const people = [
  { name: '李强', gender: 'm', staffNo: 'E001', unit: 'east-2', office: 'east', role: 'chair' },
  { name: '周婷', gender: 'f', staffNo: 'E002', unit: 'east-2', office: 'east', role: 'clerk' },
  { name: '张敏', gender: 'f', staffNo: 'E101', unit: 'east-1', office: 'east-1', role: 'branch-chair' },
  { name: '刘洋', gender: 'm', staffNo: 'E102', unit: 'east-1', office: null, role: null },
  { name: '陈静', gender: 'f', staffNo: 'E103', unit: 'east-1', office: null, role: null },
  { name: '杨帆', gender: 'm', staffNo: 'E201', unit: 'east-2', office: null, role: null },
  { name: '赵磊', gender: 'm', staffNo: 'E202', unit: 'east-2', office: null, role: null },
] as const
export type PersonName = (typeof people)[number]['name']

export interface Union extends House {
  unit(code: UnitCode): number
  person(name: PersonName): number
  /** A browser in which the person has signed in by name and password. */
  as(name: PersonName, size?: { width: number; height: number }): Promise<Visitor>
  /** Opens an account for somebody and gives the office; the person then signs in with `as`. */
  appoint(name: PersonName, unit: UnitCode, role: RoleId): Promise<void>
  /** Gives a member without an office an account of the same name and password. */
  admit(...names: PersonName[]): Promise<void>
  /** Puts a record into a register, as an import of long ago would have. @returns its id */
  record(register: string, unit: UnitCode, draft: Omit<RecordDraft, 'unitId'>): Promise<number>
}

/** The house with a company union, two branches and seven people; those who hold office have accounts. */
export async function openUnion(): Promise<Union> {
  const unitIds = new Map<string, number>()
  const personIds = new Map<string, number>()
  const house = await openHouse(({ db }, dataDir) => arrange(db, dataDir, unitIds, personIds))
  return {
    ...house,
    unit: (code) => unitIds.get(code)!,
    person: (name) => personIds.get(name)!,
    appoint: (name, unit, role) =>
      house.db.transaction().execute(async (tx) => {
        const accountId = await createAccount(tx, self, { login: name, personId: personIds.get(name)!, password })
        await appoint(tx, self, { accountId, unitId: unitIds.get(unit)!, role, startsOn: `${year - 1}-01-01` })
      }),
    as: (name, size = DESK) => enter(house.url, name, size),
    admit: async (...names) => {
      await house.db.transaction().execute(async (tx) => {
        for (const name of names)
          await createAccount(tx, self, { login: name, personId: personIds.get(name)!, password })
      })
    },
    record: async (register, unit, draft) => {
      const declared = (await catalogue(house.db)).register(register)
      return createRecord(house.db, self, declared, { unitId: unitIds.get(unit)!, ...draft }, 'recorded', 'import')
    },
  }
}

async function arrange(
  db: TestDatabase['db'],
  dataDir: string,
  unitIds: Map<string, number>,
  personIds: Map<string, number>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const unit of units) unitIds.set(unit.code, (await addUnit(tx, self, unit)).id)
    for (const { name, gender, staffNo, unit, office, role } of people) {
      const member = { name, gender, staffNo, unitId: unitIds.get(unit)!, joinedOn: '2020-01-01' }
      const personId = await addMember(tx, self, openKeys(dataDir), member, today)
      personIds.set(name, personId)
      if (!role) continue
      const accountId = await createAccount(tx, self, { login: name, personId, password })
      await appoint(tx, self, {
        accountId,
        unitId: unitIds.get(office)!,
        role: role satisfies RoleId,
        startsOn: `${year - 1}-01-01`,
      })
    }
  })
}

async function enter(url: string, name: PersonName, size: { width: number; height: number }): Promise<Visitor> {
  const person = await visitor(url, size)
  await person.open('/sign-in')
  await person.type('登录名、工号或手机号', name)
  await person.type('密码', password)
  await person.press('登录')
  await person.page.waitForURL((address) => address.pathname !== '/sign-in')
  return person
}
