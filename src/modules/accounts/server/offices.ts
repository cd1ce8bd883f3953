import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { roleOf, type Role } from '../roles.ts'

export interface Appointment {
  accountId: number
  unitId: number
  role: string
  /** First day; `YYYY-MM-DD`. */
  startsOn: string
  /** Last day, where it is known from the beginning: the office ends by itself. Offices of people from outside must have one. */
  endsOn?: string | undefined
  /** As it stands on the paper; the role's title by default. */
  title?: string | undefined
  /** Number of the document, if any. */
  document?: string | undefined
}

interface OfficeRow {
  id: number
  accountId: number
  unitId: number
  unitName: string
  role: string
  title: string
  name: string
  startsOn: string
  endedOn: string | null
}

export async function officeById(db: Db | Tx, officeId: number): Promise<OfficeRow> {
  const { rows } = await sql<OfficeRow>`
    select o.id, o.account_id as "accountId", o.unit_id as "unitId", u.name as "unitName", o.role, o.title, a.name,
      o.starts_on as "startsOn", o.ended_on as "endedOn"
    from accounts.office o join accounts.account a on a.id = o.account_id join organisation.unit u on u.id = o.unit_id
    where o.id = ${officeId}`.execute(db)
  if (!rows[0]) throw notFound('任职')
  return rows[0]
}

/** Locks the account's row: two appointments of one person are decided one after the other. */
async function lockAccount(tx: Tx, accountId: number): Promise<{ name: string; state: string }> {
  const { rows } = await sql<{ name: string; state: string }>`
    select name, state from accounts.account where id = ${accountId} for update`.execute(tx)
  if (!rows[0]) throw notFound('账号')
  if (rows[0].state === 'disabled') throw refused('account-disabled', '该账号已停用，请先恢复账号再任职。')
  return rows[0]
}

/**
 * Who may give this role on this unit. Nobody appoints themselves; an administrator is appointed by the security
 * administrator, the first one of an installation by the system administrator.
 */
async function requireAppointing(tx: Tx, actor: Actor, role: Role, unitId: number, accountId: number): Promise<void> {
  if (actor.kind !== 'person') return
  if (actor.accountId === accountId)
    throw refused('own-appointment', '不能任免自己的职务或给自己授权，请由其他有权限的人办理。')
  if (!role.administration) return requirePermission(tx, actor, 'accounts.appoint', unitId, 'accounts.read')
  const { rows } = await sql<{ exists: boolean }>`
    select exists (select from accounts.office where role = 'security-admin' and ended_on is null) as exists`.execute(
    tx,
  )
  const first = !rows[0]!.exists
  await requirePermission(
    tx,
    actor,
    first ? 'accounts.system' : 'accounts.appoint-administrators',
    unitId,
    'accounts.read',
  )
}

/** System, security and audit are three people: refuses a second administration, own or delegated. */
async function refuseSecondAdministration(tx: Tx, accountId: number, role: Role): Promise<void> {
  if (!role.administration) return
  const { rows } = await sql<{ role: string }>`
    select role from accounts.office where account_id = ${accountId} and (ended_on is null or ended_on > current_date)
    union
    select o.role from accounts.delegation d join accounts.office o on o.id = d.office_id
    where d.account_id = ${accountId} and d.revoked_at is null and d.ends_on >= current_date`.execute(tx)
  const other = rows.map((row) => roleOf(row.role)).find((held) => held?.administration && held.id !== role.id)
  if (other)
    throw conflict(
      'three-administrators',
      `系统、安全、审计管理员须由三人分任，此人已是${other.title}，不能再任${role.title}。`,
    )
}

/**
 * Gives an office from `startsOn` on; rights begin that day.
 * @returns the office's id
 * @throws Problem 409 three-administrators | office-held, 422 own-appointment | unknown-role | end-missing | bad-period
 */
export async function appoint(tx: Tx, actor: Actor, input: Appointment): Promise<number> {
  const role = roleOf(input.role)
  if (!role) throw refused('unknown-role', '没有这个职务，请从列表中选择。', { role: '请从列表中选择' })
  if (role.outside && !input.endsOn)
    throw refused('end-missing', `${role.title}须约定截止日期，请在“经费 → 外部人员”里开通。`, {
      role: '请在“经费 → 外部人员”里开通',
    })
  if (input.endsOn && input.endsOn < input.startsOn)
    throw refused('bad-period', '截止日期早于开始日期。', { endsOn: '不能早于开始日期' })
  await requireAppointing(tx, actor, role, input.unitId, input.accountId)
  const { name } = await lockAccount(tx, input.accountId)
  await refuseSecondAdministration(tx, input.accountId, role)
  const title = input.title?.trim() || role.title
  const { rows } = await sql<{ id: number }>`
    insert into accounts.office (account_id, unit_id, role, title, starts_on, ended_on, leave_reason, document, appointed_by)
    values (${input.accountId}, ${input.unitId}, ${role.id}, ${title}, ${input.startsOn}, ${input.endsOn ?? null}::date + 1,
      ${input.endsOn ? '到期' : null}, ${input.document ?? null}, ${actor.accountId})
    on conflict (account_id, unit_id, role) where ended_on is null do nothing returning id`.execute(tx)
  if (!rows[0]) throw conflict('office-held', `${name}在该单位已任此职，无需重复任命。`)
  await audit(tx, actor, {
    action: 'accounts.appoint',
    objectKind: 'office',
    objectId: rows[0].id,
    unitId: input.unitId,
    summary: `任命${name}为${title}，自 ${input.startsOn} ${input.endsOn ? `至 ${input.endsOn}` : '起'}`,
    detail: { ...input },
  })
  return rows[0].id
}

/**
 * Ends an office: the rights, and those delegated from it, end at the start of `onDay`, so leaving today takes them at
 * the next request. Handing the open to-dos to a successor is `handOver`.
 */
export async function leaveOffice(
  tx: Tx,
  actor: Actor,
  officeId: number,
  onDay: string,
  reason: string,
): Promise<void> {
  const office = await officeById(tx, officeId)
  const own = actor.kind === 'person' && actor.accountId === office.accountId
  // One may always lay an office down; a term that someone else ends needs the right to appoint.
  if (!own) await requireAppointing(tx, actor, roleOf(office.role)!, office.unitId, office.accountId)
  const { numAffectedRows } = await sql`
    update accounts.office set ended_on = greatest(${onDay}::date, starts_on), leave_reason = ${reason}
    where id = ${officeId} and (ended_on is null or ended_on > greatest(${onDay}::date, starts_on))`.execute(tx)
  if (!numAffectedRows) throw conflict('office-ended', '此任职已经结束。')
  await sql`update accounts.delegation set revoked_at = now()
    where office_id = ${officeId} and revoked_at is null and ${onDay}::date <= current_date`.execute(tx)
  await audit(tx, actor, {
    action: 'accounts.leave',
    objectKind: 'office',
    objectId: officeId,
    unitId: office.unitId,
    summary: `${office.name}自 ${onDay} 起不再担任${office.title}：${reason}`,
  })
}

export interface NewDelegation {
  officeId: number
  accountId: number
  startsOn: string
  /** The last day, at most a year on. */
  endsOn: string
  reason: string
}

/** Lets another account act in one's office for some days. Only the holder, or who may appoint to it, delegates. */
export async function delegate(tx: Tx, actor: Actor, input: NewDelegation): Promise<number> {
  const office = await officeById(tx, input.officeId)
  const role = roleOf(office.role)!
  if (office.endedOn !== null) throw conflict('office-ended', '此任职已经结束，不能再授权。')
  if (actor.accountId !== office.accountId) await requireAppointing(tx, actor, role, office.unitId, input.accountId)
  if (input.accountId === office.accountId) throw refused('own-delegation', '不能授权给任职者本人。')
  if (input.endsOn < input.startsOn)
    throw refused('bad-period', '授权的截止日期早于开始日期。', { endsOn: '不能早于开始日期' })
  if (Date.parse(input.endsOn) - Date.parse(input.startsOn) > 366 * 86_400_000)
    throw refused('too-long', '一次授权最长一年，到期可以续授。', { endsOn: '最长一年' })
  const { name } = await lockAccount(tx, input.accountId)
  await refuseSecondAdministration(tx, input.accountId, role)
  const { rows } = await sql<{ id: number }>`
    insert into accounts.delegation (office_id, account_id, starts_on, ends_on, reason, created_by)
    values (${input.officeId}, ${input.accountId}, ${input.startsOn}, ${input.endsOn}, ${input.reason}, ${actor.accountId})
    returning id`.execute(tx)
  await audit(tx, actor, {
    action: 'accounts.delegate',
    objectKind: 'delegation',
    objectId: rows[0]!.id,
    unitId: office.unitId,
    summary: `${office.name}将${office.title}授权${name}代行，${input.startsOn} 至 ${input.endsOn}：${input.reason}`,
  })
  return rows[0]!.id
}

export async function revokeDelegation(tx: Tx, actor: Actor, delegationId: number): Promise<void> {
  const { rows } = await sql<{ office_id: number; account_id: number }>`
    select office_id, account_id from accounts.delegation where id = ${delegationId} and revoked_at is null
    for update`.execute(tx)
  if (!rows[0]) throw notFound('授权')
  const office = await officeById(tx, rows[0].office_id)
  if (actor.accountId !== office.accountId && actor.accountId !== rows[0].account_id)
    await requireAppointing(tx, actor, roleOf(office.role)!, office.unitId, 0)
  await sql`update accounts.delegation set revoked_at = now() where id = ${delegationId}`.execute(tx)
  await audit(tx, actor, {
    action: 'accounts.revoke',
    objectKind: 'delegation',
    objectId: delegationId,
    unitId: office.unitId,
    summary: `收回${office.title}的授权`,
  })
}

export interface OfficeFilter {
  unitId?: number | undefined
  accountId?: number | undefined
  /** Also those that have ended. */
  past?: boolean | undefined
}

/** Offices the actor may see, with the delegations open on them. */
export async function listOffices(db: Db, actor: Actor, filter: OfficeFilter): Promise<unknown[]> {
  const { rows } = await sql`
    select o.id, o.account_id as "accountId", a.name, a.login, a.state, o.unit_id as "unitId", u.name as "unitName", o.role,
      o.title, o.starts_on as "startsOn", o.ended_on as "endedOn", o.document, o.leave_reason as "leaveReason",
      (select coalesce(json_agg(json_build_object('id', d.id, 'accountId', d.account_id, 'name', t.name,
          'startsOn', d.starts_on, 'endsOn', d.ends_on, 'reason', d.reason) order by d.ends_on), '[]')
        from accounts.delegation d join accounts.account t on t.id = d.account_id
        where d.office_id = o.id and d.revoked_at is null and d.ends_on >= current_date) as delegations
    from accounts.office o join accounts.account a on a.id = o.account_id join organisation.unit u on u.id = o.unit_id
    where ${visibleTo(actor, 'accounts.read', 'o.unit_id')}
      and (${filter.unitId ?? null}::bigint is null or o.unit_id = ${filter.unitId ?? null})
      and (${filter.accountId ?? null}::bigint is null or o.account_id = ${filter.accountId ?? null})
      and (${filter.past ?? false} or o.ended_on is null or o.ended_on > current_date)
    order by u.sort_key, u.id, o.starts_on, o.id limit 1000`.execute(db)
  return rows.map((row) => ({ ...(row as { role: string }), roleTitle: roleOf((row as { role: string }).role)?.title }))
}
