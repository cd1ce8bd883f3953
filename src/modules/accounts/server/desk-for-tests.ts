import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { declarePermissions } from '../../../kernel/access/access.ts'
import { operator } from '../../../kernel/access/actor.ts'
import { buildApp, type App } from '../../../kernel/http/app.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { registerPermissions } from '../../../kernel/module/manifest.ts'
import { testDatabase, type TestDatabase } from '../../../kernel/testing/database.ts'
import { sql } from 'kysely'
import { addUnit } from '../../organisation/public.ts'
import organisation from '../../organisation/module.ts'
import module from '../module.ts'
import { appoint, createAccount, giveTotp } from '../public.ts'
import { roleOf, type RoleId } from '../roles.ts'
import { signIn, type Client } from '../testing.ts'
import { routes } from './routes.ts'
import { createAuthenticate } from './sessions.ts'

export const PASSWORD = 'Mingtian-2026-hao'
export const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/** A county federation, a company union below it with two branches, and people who hold office there. */
export interface Desk {
  app: App
  services: Services
  database: TestDatabase
  county: number
  company: number
  east: number
  west: number
  /** Today as the server sees it; a test may move it. */
  today: string
  /** Creates an account (login = name) with PASSWORD, appointed from 2026-01-01. Returns its id. */
  hire(name: string, role: RoleId | null, unitId: number, personId?: number): Promise<number>
  /** Signs in, with the second factor where the role asks for one. */
  signIn(name: string): Promise<Client>
  person(name: string, unitId: number, more?: { staffNo?: string }): Promise<number>
}

export async function openDesk(): Promise<Desk> {
  const database = await testDatabase()
  const dataDir = mkdtempSync(path.join(tmpdir(), 'zhijia-accounts-'))
  const { db } = database
  const desk = { today: '2026-11-21' } as Desk
  const services: Services = {
    db,
    config: { dataDir, publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null, webDir: null },
    today: () => desk.today,
  }
  declarePermissions([
    ...module.permissions,
    ...organisation.permissions,
    ...registerPermissions('care', '慰问'),
    ...registerPermissions('hardship', '困难帮扶'),
    ...registerPermissions('funds', '经费'),
    ...registerPermissions('members', '会员'),
    { name: 'hardship.read-confidential', title: '查看困难档案' },
    { name: 'members.reveal', title: '查看完整证件号码' },
  ])
  const app = await buildApp(services, createAuthenticate(services), routes)
  const me = operator('测试')
  const units = await db.transaction().execute(async (tx) => {
    const county = await addUnit(tx, me, { code: 'xian', name: '青禾县总工会', type: 'federation' })
    const company = await addUnit(tx, me, {
      code: 'gongsi',
      name: '青禾纺织公司工会',
      type: 'union',
      parentId: county.id,
    })
    const east = await addUnit(tx, me, { code: 'dong', name: '东区分会', type: 'branch', parentId: company.id })
    const west = await addUnit(tx, me, { code: 'xi', name: '西区分会', type: 'branch', parentId: company.id })
    return { county: county.id, company: company.id, east: east.id, west: west.id }
  })
  Object.assign(desk, units, {
    app,
    services,
    database,
    hire: (name: string, role: RoleId | null, unitId: number, personId?: number) =>
      db.transaction().execute(async (tx) => {
        const account = {
          login: name,
          name,
          password: PASSWORD,
          ...(personId === undefined ? { unitId } : { personId }),
        }
        const accountId = await createAccount(tx, me, account)
        if (role) await appoint(tx, me, { accountId, unitId, role, startsOn: '2026-01-01' })
        if (role && roleOf(role)?.needsSecondFactor) {
          await giveTotp(tx, dataDir, accountId, SECRET)
        }
        return accountId
      }),
    signIn: async (name: string) => {
      // The same code would be refused twice within its half minute; a test may sign in again.
      await sql`update accounts.account set totp_used_step = 0 where login = ${name}`.execute(db)
      return signIn(app, name, PASSWORD, { secret: SECRET })
    },
    person: async (name: string, unitId: number, more: { staffNo?: string } = {}) => {
      const { rows } = await sql<{ id: number }>`insert into members.person (name, unit_id, staff_no)
        values (${name}, ${unitId}, ${more.staffNo ?? null}) returning id`.execute(db)
      return rows[0]!.id
    },
  } satisfies Partial<Desk>)
  afterAll(async () => {
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return desk
}
