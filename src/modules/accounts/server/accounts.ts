import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { checkPassword, hashPassword } from './password.ts'
import { endSessions } from './sessions.ts'

/** Audits something an account did to itself outside of an ordinary request: signing in, being locked, activating. */
export async function recordFor(
  tx: Tx,
  accountId: number,
  action: string,
  summary: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const { rows } = await sql<{ name: string; personId: number | null; unitId: number | null }>`
    select a.name, a.person_id as "personId", coalesce(p.unit_id, a.unit_id) as "unitId"
    from accounts.account a left join members.person p on p.id = a.person_id where a.id = ${accountId}`.execute(tx)
  const actor: Actor = {
    accountId,
    personId: rows[0]!.personId,
    name: rows[0]!.name,
    grants: [],
    office: '本人',
    kind: 'person',
  }
  await audit(tx, actor, {
    action,
    objectKind: 'account',
    objectId: accountId,
    unitId: rows[0]!.unitId,
    summary,
    detail,
  })
}

export interface NewAccount {
  login: string
  /** The person's name; taken from the roster when `personId` is given and this is absent. */
  name?: string
  personId?: number
  /** Where the account belongs when no person stands behind it; otherwise the person's unit. */
  unitId?: number
  /** Without one the account waits for its activation slip. */
  password?: string
}

/** The unit that decides who may manage an account: its person's, else those it holds office in. */
export async function unitsOf(db: Db | Tx, accountId: number): Promise<number[]> {
  const { rows } = await sql<{ unit_id: number }>`
    select coalesce(p.unit_id, a.unit_id) as unit_id
    from accounts.account a left join members.person p on p.id = a.person_id
    where a.id = ${accountId} and coalesce(p.unit_id, a.unit_id) is not null
    union
    select unit_id from accounts.office where account_id = ${accountId} and ended_on is null`.execute(db)
  return rows.map((row) => row.unit_id)
}

/** Requires the permission on every unit the account touches: a branch can't reset the county's chair. */
export async function requireOnAccount(
  tx: Db | Tx,
  actor: Actor,
  permission: string,
  accountId: number,
): Promise<void> {
  const units = await unitsOf(tx, accountId)
  if (!units.length && actor.kind === 'person') throw notFound('账号')
  for (const unitId of units) await requirePermission(tx, actor, permission, unitId, 'accounts.read')
}

/**
 * Creates an account and returns its id.
 * @throws Problem 409 login-taken | person-has-account, 422 weak-password
 */
export async function createAccount(tx: Tx, actor: Actor, input: NewAccount): Promise<number> {
  const person = input.personId === undefined ? null : await personOf(tx, input.personId)
  const unitId = person?.unitId ?? input.unitId ?? null
  if (actor.kind === 'person') {
    if (unitId === null) throw refused('unit-missing', '请选择账号所属单位。', { unitId: '请选择' })
    await requirePermission(tx, actor, 'accounts.manage', unitId)
  }
  const name = input.name ?? person?.name
  if (!name) throw refused('name-missing', '请填写姓名。', { name: '请填写姓名' })
  const login = input.login.trim()
  await refuseTaken(tx, login, input.personId)
  if (input.password) checkPassword(input.password, [login, name, person?.staffNo ?? null])
  const passwordHash = input.password ? await hashPassword(input.password) : null
  const { rows } = await sql<{ id: number }>`
    insert into accounts.account (login, name, person_id, unit_id, password_hash, password_set_at, state, created_by)
    values (${login}, ${name}, ${input.personId ?? null}, ${person ? null : unitId}, ${passwordHash}, ${passwordHash ? sql`now()` : null},
      ${passwordHash ? 'active' : 'invited'}, ${actor.accountId})
    returning id`.execute(tx)
  const id = rows[0]!.id
  await audit(tx, actor, {
    action: 'accounts.create',
    objectKind: 'account',
    objectId: id,
    unitId,
    summary: `为${name}建立账号“${login}”`,
  })
  return id
}

async function refuseTaken(tx: Tx, login: string, personId: number | undefined): Promise<void> {
  if (login.length < 2 || login.length > 40)
    throw refused('bad-login', '登录名应为 2 至 40 个字。', { login: '2 至 40 个字' })
  const { rows } = await sql<{ by_login: boolean }>`
    select lower(login) = lower(${login}) as by_login from accounts.account
    where lower(login) = lower(${login}) or person_id = ${personId ?? null}`.execute(tx)
  if (rows.some((row) => row.by_login)) throw conflict('login-taken', `登录名“${login}”已被使用，请换一个。`)
  if (rows.length) throw conflict('person-has-account', '此人已有账号，无需再建。')
}

async function personOf(tx: Tx, personId: number): Promise<{ name: string; unitId: number; staffNo: string | null }> {
  const { rows } = await sql<{ name: string; unitId: number; staffNo: string | null }>`
    select name, unit_id as "unitId", staff_no as "staffNo" from members.person
    where id = ${personId} and merged_into is null`.execute(tx)
  if (!rows[0]) throw notFound('人员')
  return rows[0]
}

/** Disables an account: no sign-in, its sessions end now. Offices stay as history until they are left. */
export async function disableAccount(tx: Tx, actor: Actor, accountId: number, reason: string): Promise<void> {
  await requireOnAccount(tx, actor, 'accounts.manage', accountId)
  if (actor.accountId === accountId) throw refused('own-account', '不能停用自己的账号。')
  await sql`update accounts.account set state = 'disabled' where id = ${accountId}`.execute(tx)
  await endSessions(tx, accountId)
  await audit(tx, actor, {
    action: 'accounts.disable',
    objectKind: 'account',
    objectId: accountId,
    unitId: (await unitsOf(tx, accountId))[0] ?? null,
    summary: `停用账号：${reason}`,
  })
}

/** Lets a disabled account sign in again, with the password it had. */
export async function enableAccount(tx: Tx, actor: Actor, accountId: number, reason: string): Promise<void> {
  await requireOnAccount(tx, actor, 'accounts.manage', accountId)
  const { numAffectedRows } = await sql`
    update accounts.account set state = case when password_hash is null then 'invited' else 'active' end
    where id = ${accountId} and state = 'disabled'`.execute(tx)
  if (!numAffectedRows) throw conflict('not-disabled', '该账号没有停用，无需恢复。')
  await audit(tx, actor, {
    action: 'accounts.enable',
    objectKind: 'account',
    objectId: accountId,
    unitId: (await unitsOf(tx, accountId))[0] ?? null,
    summary: `恢复账号：${reason}`,
  })
}

/** Sets a password the holder chose; other sessions of the account end. */
export async function setPassword(tx: Tx, accountId: number, password: string, keepSession?: number): Promise<void> {
  const { rows } = await sql<{ login: string; name: string; staff_no: string | null }>`
    select a.login, a.name, p.staff_no from accounts.account a left join members.person p on p.id = a.person_id
    where a.id = ${accountId}`.execute(tx)
  checkPassword(password, [rows[0]!.login, rows[0]!.name, rows[0]!.staff_no])
  await sql`update accounts.account set password_hash = ${await hashPassword(password)}, password_set_at = now(),
    state = 'active', failed_count = 0, failed_since = null, locked_until = null where id = ${accountId}`.execute(tx)
  await endSessions(tx, accountId, keepSession === undefined ? {} : { keep: keepSession })
}
