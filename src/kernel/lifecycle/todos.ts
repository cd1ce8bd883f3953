import { sql, type RawBuilder } from 'kysely'
import { declaredPermissions, scopeOf, visibleTo } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import type { Db, Tx } from '../db/database.ts'

export interface TodoDraft {
  /** What waits: `aid.case`; one open to-do per kind and thing. */
  kind: string
  objectKind: string
  objectId: number
  unitId: number
  /** Whoever holds this permission on the unit … */
  permission?: string | null
  /** … or, stronger, this one account. */
  accountId?: number | null
  title: string
  /** Where the thing can be done: a path of the web app. */
  link: string
  dueOn?: string | null
}

export interface Todo {
  id: number
  kind: string
  objectKind: string
  objectId: number
  unitId: number
  title: string
  link: string
  dueOn: string | null
  createdAt: Date
  overdue: boolean
}

/** Opens a to-do, or gives the open one of its kind and thing a new owner, title and day. */
export async function openTodo(tx: Tx, draft: TodoDraft): Promise<void> {
  await sql`
    insert into kernel.todo (kind, object_kind, object_id, unit_id, permission, account_id, title, link, due_on)
    values (${draft.kind}, ${draft.objectKind}, ${draft.objectId}, ${draft.unitId}, ${draft.permission ?? null},
      ${draft.accountId ?? null}, ${draft.title}, ${draft.link}, ${draft.dueOn ?? null}::date)
    on conflict (kind, object_kind, object_id) where done_at is null do update set
      unit_id = excluded.unit_id, permission = excluded.permission, account_id = excluded.account_id,
      title = excluded.title, link = excluded.link, due_on = excluded.due_on`.execute(tx)
}

/**
 * Closes the open to-dos of a thing, because the thing was done: there is no other way to clear one.
 * @param kind only this kind; all of the thing's when left out
 * @returns how many were open
 */
export async function closeTodo(
  tx: Tx,
  actor: Actor,
  thing: { objectKind: string; objectId: number; kind?: string },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update kernel.todo set done_at = now(), done_by = ${actor.accountId}
    where object_kind = ${thing.objectKind} and object_id = ${thing.objectId} and done_at is null
      and (${thing.kind ?? null}::text is null or kind = ${thing.kind ?? null})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** SQL condition on `kernel.todo t`: what waits for this actor. One to-do given to an account is that account's alone. */
function waitingFor(actor: Actor): RawBuilder<boolean> {
  if (actor.kind !== 'person') return sql<boolean>`true`
  // Many permissions share an office and so a scope: one condition for all of them keeps the query short.
  const byScope = new Map<string, string[]>()
  for (const permission of new Set(actor.grants.map((grant) => grant.permission))) {
    if (!declaredPermissions().has(permission)) continue
    const scope = JSON.stringify(scopeOf(actor, permission))
    byScope.set(scope, [...(byScope.get(scope) ?? []), permission])
  }
  const conditions = [...byScope.values()].map(
    (permissions) =>
      sql`(t.permission = any(${permissions}::text[]) and ${visibleTo(actor, permissions[0]!, 't.unit_id')})`,
  )
  return sql<boolean>`(t.account_id = ${actor.accountId}
    ${conditions.length ? sql`or (t.account_id is null and (${sql.join(conditions, sql` or `)}))` : sql``})`
}

const columns = sql`t.id, t.kind, t.object_kind as "objectKind", t.object_id as "objectId", t.unit_id as "unitId", t.title, t.link,
  t.due_on as "dueOn", t.created_at as "createdAt"`

/** What waits for the actor, overdue first, then by day, then undated by age. One query. @param today `YYYY-MM-DD` */
export async function todosOf(
  db: Db | Tx,
  actor: Actor,
  today: string,
  page: { limit?: number; offset?: number } = {},
): Promise<Todo[]> {
  const { rows } = await sql<Todo>`
    select ${columns}, coalesce(t.due_on < ${today}::date, false) as overdue
    from kernel.todo t where t.done_at is null and ${waitingFor(actor)}
    order by t.due_on nulls last, t.id limit ${page.limit ?? 50} offset ${page.offset ?? 0}`.execute(db)
  return rows
}

/** How many wait, and how many of them are late: the number on the bell. */
export async function todoCount(db: Db | Tx, actor: Actor, today: string): Promise<{ total: number; overdue: number }> {
  const { rows } = await sql<{ total: number; overdue: number }>`
    select count(*) as total, count(*) filter (where t.due_on < ${today}::date) as overdue
    from kernel.todo t where t.done_at is null and ${waitingFor(actor)}`.execute(db)
  return rows[0]!
}

/** The open to-do of a kind and thing, with its owner. */
export async function openTodoOf(
  tx: Tx,
  thing: { kind: string; objectKind: string; objectId: number },
): Promise<{ id: number; accountId: number | null } | null> {
  const { rows } = await sql<{ id: number; accountId: number | null }>`
    select id, account_id as "accountId" from kernel.todo
    where kind = ${thing.kind} and object_kind = ${thing.objectKind} and object_id = ${thing.objectId} and done_at is null`.execute(
    tx,
  )
  return rows[0] ?? null
}

/**
 * Gives what waits for one account on a unit and below to another, when an office changes hands.
 * @returns the to-dos that moved, for the list both sign
 */
export async function handOverTodos(
  tx: Tx,
  change: { fromAccountId: number; toAccountId: number; unitId: number },
): Promise<{ id: number; title: string; dueOn: string | null }[]> {
  const { rows } = await sql<{ id: number; title: string; dueOn: string | null }>`
    update kernel.todo set account_id = ${change.toAccountId}
    where account_id = ${change.fromAccountId} and done_at is null and (unit_id = ${change.unitId} or unit_id in (
      select descendant_id from kernel.closure
      where ancestor_id = ${change.unitId} and valid_from <= current_date and valid_to > current_date))
    returning id, title, due_on as "dueOn"`.execute(tx)
  return rows
}
