import { sql, type RawBuilder } from 'kysely'
import type { Actor } from './actor.ts'
import { forbidden, notFound } from '../contract/problem.ts'
import type { Db, Tx } from '../db/database.ts'

/**
 * The one definition of who may see what. `scopeOf` reads an actor's grants once; `allows` answers for a row and
 * `visibleTo` writes the same answer as SQL, so a list, a count, a picker, a search and an export agree with the check.
 */
const declared = new Map<string, string>()

/** Called by the composition root with every manifest's permissions; asking about anything else is a bug. */
export function declarePermissions(permissions: readonly { name: string; title: string }[]): void {
  for (const permission of permissions) declared.set(permission.name, permission.title)
}

export const declaredPermissions = (): ReadonlyMap<string, string> => declared

interface Scope {
  everywhere: boolean
  /** units whose whole subtree is open */
  below: number[]
  /** units open by themselves only */
  exactly: number[]
  own: boolean
}

/** What the actor's offices add up to for one permission. @throws Error on a permission nobody declared */
export function scopeOf(actor: Actor, permission: string): Scope {
  if (!declared.has(permission)) throw new Error(`undeclared permission: ${permission}`)
  const scope: Scope = { everywhere: actor.kind !== 'person', below: [], exactly: [], own: false }
  for (const grant of actor.grants) {
    if (grant.permission !== permission) continue
    if (grant.scope === 'all') scope.everywhere = true
    else if (grant.scope === 'below') scope.below.push(grant.unitId)
    else if (grant.scope === 'unit') scope.exactly.push(grant.unitId)
    else scope.own = true
  }
  return scope
}

/** True if some office of the actor gives the permission anywhere: for menus and buttons, never for rows. */
export function mayAnywhere(actor: Actor, permission: string): boolean {
  const scope = scopeOf(actor, permission)
  return scope.everywhere || scope.below.length > 0 || scope.exactly.length > 0 || scope.own
}

/**
 * SQL condition on a unit column: the rows the actor may act on with this permission, by today's tree.
 * `personColumn` opens the actor's own rows where the grant says `own`.
 */
export function visibleTo(
  actor: Actor,
  permission: string,
  unitColumn: string,
  personColumn?: string,
): RawBuilder<boolean> {
  const scope = scopeOf(actor, permission)
  if (scope.everywhere) return sql<boolean>`true`
  const unit = sql.ref(unitColumn)
  const parts: RawBuilder<unknown>[] = []
  // A unit that was dissolved has left the tree, and its own office still sees it. Written so that PostgreSQL may look
  // each row up or hash the units, whichever is less; as a set to join with, it reads everything in sight first.
  if (scope.below.length)
    parts.push(sql`exists (select from kernel.closure seen where seen.ancestor_id = any(${scope.below}::bigint[])
        and seen.descendant_id = ${unit} and seen.valid_from <= current_date and seen.valid_to > current_date)
      or ${unit} = any(${scope.below}::bigint[])`)
  if (scope.exactly.length) parts.push(sql`${unit} = any(${scope.exactly}::bigint[])`)
  if (scope.own && personColumn && actor.personId !== null)
    parts.push(sql`${sql.ref(personColumn)} = ${actor.personId}`)
  return parts.length ? sql<boolean>`(${sql.join(parts, sql` or `)})` : sql<boolean>`false`
}

/**
 * The same condition for the rows of one unit and everything below it. An office at or above that unit opens all of it:
 * then the question is settled once, not row by row.
 */
export function visibleBelow(
  actor: Actor,
  permission: string,
  unitColumn: string,
  unitId: number,
): RawBuilder<boolean> {
  const scope = scopeOf(actor, permission)
  const below = sql<boolean>`${sql.ref(unitColumn)} in (select descendant_id from kernel.closure
    where ancestor_id = ${unitId} and valid_from <= current_date and valid_to > current_date)`
  if (scope.everywhere) return below
  const current = sql`valid_from <= current_date and valid_to > current_date`
  const parts: RawBuilder<unknown>[] = []
  if (scope.below.length)
    parts.push(sql`exists (select from kernel.closure
        where ancestor_id = any(${scope.below}::bigint[]) and descendant_id = ${unitId} and ${current})
      or ${sql.ref(unitColumn)} in (select descendant_id from kernel.closure
        where ancestor_id = any(${scope.below}::bigint[]) and ${current}
        union all select unnest(${scope.below}::bigint[]))`)
  if (scope.exactly.length) parts.push(sql`${sql.ref(unitColumn)} = any(${scope.exactly}::bigint[])`)
  return parts.length ? sql<boolean>`(${below} and (${sql.join(parts, sql` or `)}))` : sql<boolean>`false`
}

/** Yes or no for one unit: the same SQL condition, asked of one row. */
export async function allows(db: Db | Tx, actor: Actor, permission: string, unitId: number): Promise<boolean> {
  const scope = scopeOf(actor, permission)
  if (scope.everywhere) return true
  const { rows } = await sql<{ ok: boolean }>`
    select ${visibleTo(actor, permission, 'u.id')} as ok from (select ${unitId}::bigint as id) u`.execute(db)
  return rows[0]?.ok === true
}

/**
 * Refuses unless the actor may. Someone who may not even see the unit hears «not found», so that asking tells nothing;
 * someone who may see it hears which permission is missing.
 * @throws Problem 403 forbidden | 404 not-found
 */
export async function requirePermission(
  db: Db | Tx,
  actor: Actor,
  permission: string,
  unitId: number,
  seeing?: string,
): Promise<void> {
  if (await allows(db, actor, permission, unitId)) return
  if (seeing && seeing !== permission && !(await allows(db, actor, seeing, unitId))) throw notFound('单位或记录')
  throw forbidden(declared.get(permission) ?? permission)
}
