import { sql } from 'kysely'
import { visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { requireOnAccount, unitsOf } from './accounts.ts'
import { clearFactors } from './second-factor.ts'
import { endSessions } from './sessions.ts'
import { slipFor, type Slip } from './slips.ts'

/**
 * Resetting takes two officers: one asks, another agrees, and neither is the account's holder. One alone could
 * otherwise become anybody.
 */
export async function requestReset(tx: Tx, actor: Actor, accountId: number, reason: string): Promise<number> {
  await requireOnAccount(tx, actor, 'accounts.reset', accountId)
  if (actor.kind !== 'person')
    throw refused('officers-only', '重置密码须由两名有权限的干部在网页上办理，命令行不能代办。')
  if (actor.accountId === accountId) throw refused('own-account', '不能为自己申请重置；已登录时请直接修改密码。')
  const { rows } = await sql<{ id: number; name: string }>`
    with made as (
      insert into accounts.reset_request (account_id, reason, requested_by) values (${accountId}, ${reason}, ${actor.accountId})
      on conflict (account_id) where approved_at is null and refused_at is null do nothing returning id, account_id)
    select made.id, a.name from made join accounts.account a on a.id = made.account_id`.execute(tx)
  const made = rows[0]
  if (!made) throw conflict('reset-open', '这个账号已有一份重置申请在等待第二人同意。')
  const unitId = (await unitsOf(tx, accountId))[0]!
  await openTodo(tx, {
    ...todoOf(made.id),
    unitId,
    permission: 'accounts.reset',
    title: `${made.name}申请重置密码，等待第二人同意`,
    link: '/accounts/resets',
  })
  await audit(tx, actor, {
    action: 'accounts.request-reset',
    objectKind: 'account',
    objectId: accountId,
    unitId,
    summary: `为${made.name}申请重置密码：${reason}`,
  })
  return made.id
}

interface OpenRequest {
  account_id: number
  requested_by: number
  name: string
}

async function openRequest(tx: Tx, actor: Actor, requestId: number): Promise<OpenRequest> {
  const { rows } = await sql<OpenRequest>`
    select r.account_id, r.requested_by, a.name from accounts.reset_request r join accounts.account a on a.id = r.account_id
    where r.id = ${requestId} and r.approved_at is null and r.refused_at is null for update of r`.execute(tx)
  if (!rows[0]) throw notFound('重置申请')
  await requireOnAccount(tx, actor, 'accounts.reset', rows[0].account_id)
  return rows[0]
}

const todoOf = (requestId: number) => ({ kind: 'accounts.reset', objectKind: 'reset', objectId: requestId })

/**
 * The second officer agrees: password and second factors are gone, all sessions end, and a slip for three days is
 * handed to the holder in person.
 */
export async function approveReset(services: Services, tx: Tx, actor: Actor, requestId: number): Promise<Slip> {
  const request = await openRequest(tx, actor, requestId)
  if (actor.accountId === request.requested_by)
    throw refused('second-officer', '申请人不能自己同意，须由另一名有“重置密码”权限的干部办理。')
  if (actor.accountId === request.account_id) throw refused('own-account', '不能同意自己账号的重置。')
  await sql`update accounts.reset_request set approved_by = ${actor.accountId}, approved_at = now()
    where id = ${requestId}`.execute(tx)
  await sql`update accounts.account set password_hash = null, state = 'invited', failed_count = 0, failed_since = null,
    locked_until = null where id = ${request.account_id}`.execute(tx)
  await clearFactors(tx, request.account_id)
  await endSessions(tx, request.account_id)
  await closeTodo(tx, actor, todoOf(requestId))
  await audit(tx, actor, {
    action: 'accounts.approve-reset',
    objectKind: 'account',
    objectId: request.account_id,
    unitId: (await unitsOf(tx, request.account_id))[0] ?? null,
    summary: `同意重置${request.name}的密码，打印激活条`,
  })
  return slipFor(services, tx, actor, request.account_id, 3)
}

export async function refuseReset(tx: Tx, actor: Actor, requestId: number, reason: string): Promise<void> {
  const request = await openRequest(tx, actor, requestId)
  await sql`update accounts.reset_request set refused_at = now() where id = ${requestId}`.execute(tx)
  await closeTodo(tx, actor, todoOf(requestId))
  await audit(tx, actor, {
    action: 'accounts.refuse-reset',
    objectKind: 'account',
    objectId: request.account_id,
    unitId: (await unitsOf(tx, request.account_id))[0] ?? null,
    summary: `不同意重置${request.name}的密码：${reason}`,
  })
}

/** Requests that wait, on the units the actor may reset in. */
export async function openResets(db: Db, actor: Actor): Promise<unknown[]> {
  const { rows } = await sql`
    select r.id, r.account_id as "accountId", a.name, a.login, r.reason, r.requested_at as "requestedAt",
      q.name as "requestedBy", r.requested_by = ${actor.accountId} as "ownRequest"
    from accounts.reset_request r join accounts.account a on a.id = r.account_id
    join accounts.account q on q.id = r.requested_by left join members.person p on p.id = a.person_id
    where r.approved_at is null and r.refused_at is null and (
      ${visibleTo(actor, 'accounts.reset', 'p.unit_id')} or ${visibleTo(actor, 'accounts.reset', 'a.unit_id')})
    order by r.requested_at limit 200`.execute(db)
  return rows
}
