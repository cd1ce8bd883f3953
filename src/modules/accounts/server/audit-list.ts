import { sql } from 'kysely'
import { mayAnywhere, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { forbidden } from '../../../kernel/contract/problem.ts'
import type { Db } from '../../../kernel/db/database.ts'

export interface AuditFilter {
  from?: string | undefined
  to?: string | undefined
  /** `accounts.appoint`, or `accounts.` for a whole module */
  action?: string | undefined
  actorId?: number | undefined
  objectKind?: string | undefined
  objectId?: number | undefined
  unitId?: number | undefined
  text?: string | undefined
  /** Keyset: ids below this one. */
  before?: number | undefined
  limit: number
}

const likely = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** The audit, newest first. Deeds without a unit (sign-in of the operator, keys) are seen at the top of the tree only. */
export async function auditList(
  db: Db,
  actor: Actor,
  filter: AuditFilter,
): Promise<{ entries: unknown[]; next: number | null }> {
  if (!mayAnywhere(actor, 'accounts.read-audit')) throw forbidden('查看审计日志')
  const units = actor.grants.filter((grant) => grant.permission === 'accounts.read-audit').map((grant) => grant.unitId)
  const conditions = [
    sql`(${visibleTo(actor, 'accounts.read-audit', 'l.unit_id')} or (l.unit_id is null and exists (
      select from organisation.unit u where u.id = any(${units}::bigint[]) and u.parent_id is null)))`,
  ]
  if (filter.from) conditions.push(sql`l.at >= ${filter.from}::date`)
  if (filter.to) conditions.push(sql`l.at < ${filter.to}::date + 1`)
  if (filter.action)
    conditions.push(
      filter.action.endsWith('.')
        ? sql`l.action like ${likely(filter.action)} || '%'`
        : sql`l.action = ${filter.action}`,
    )
  if (filter.actorId !== undefined) conditions.push(sql`l.actor_id = ${filter.actorId}`)
  if (filter.objectKind) conditions.push(sql`l.object_kind = ${filter.objectKind}`)
  if (filter.objectId) conditions.push(sql`l.object_id = ${filter.objectId}`)
  if (filter.unitId) conditions.push(sql`l.unit_id = ${filter.unitId}`)
  if (filter.text) conditions.push(sql`(l.summary like ${`%${likely(filter.text)}%`} or l.actor_name = ${filter.text})`)
  if (filter.before) conditions.push(sql`l.id < ${filter.before}`)
  const { rows } = await sql<{ id: number }>`
    select l.id, l.at, l.actor_id as "actorId", l.actor_name as "actorName", l.office, l.action, l.object_kind as "objectKind",
      l.object_id as "objectId", l.unit_id as "unitId", u.name as "unitName", l.summary, l.detail, l.request_id as "requestId"
    from kernel.audit l left join organisation.unit u on u.id = l.unit_id
    where ${sql.join(conditions, sql` and `)} order by l.id desc limit ${filter.limit + 1}`.execute(db)
  const entries = rows.slice(0, filter.limit)
  return { entries, next: rows.length > filter.limit ? entries.at(-1)!.id : null }
}
