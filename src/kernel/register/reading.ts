import { sql, type RawBuilder } from 'kysely'
import { allows, declaredPermissions, requirePermission, scopeOf, visibleTo } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import { notFound, refused } from '../contract/problem.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Register } from './declaration.ts'
import { moduleOf, permissionOf, type Catalogue } from './registry.ts'

/** What opens a confidential register beside its module's reading; null where nothing more is asked. */
export function confidentialOf(register: Register): string | null {
  const permission = `${moduleOf(register.id)}.read-confidential`
  return register.confidential && declaredPermissions().has(permission) ? permission : null
}

/**
 * SQL condition on the unit (and person) of a register's rows: those the actor may read. A confidential register takes
 * both permissions at the row's own unit, so that an office in one branch opens nothing in another.
 */
export function readableTo(
  actor: Actor,
  register: Register,
  unitColumn: string,
  personColumn?: string,
): RawBuilder<boolean> {
  const read = visibleTo(actor, permissionOf(register.id, 'read'), unitColumn, personColumn)
  const confidential = confidentialOf(register)
  return confidential ? sql<boolean>`(${read} and ${visibleTo(actor, confidential, unitColumn, personColumn)})` : read
}

/**
 * The same for rows of any register at once, the register's id being in a column. Registers that are open to the actor at
 * the same units share a condition: for a chair that is nearly all.
 */
export function readableRows(
  actor: Actor,
  known: Catalogue,
  registerColumn: string,
  unitColumn: string,
  personColumn: string,
): RawBuilder<boolean> {
  const declared = [...known.registers.values()].filter((register) =>
    declaredPermissions().has(permissionOf(register.id, 'read')),
  )
  const scopes = (register: Register): unknown[] => {
    const confidential = confidentialOf(register)
    return [scopeOf(actor, permissionOf(register.id, 'read')), confidential && scopeOf(actor, confidential)]
  }
  const alike = Map.groupBy(declared, (register) => JSON.stringify(scopes(register)))
  const parts = [...alike.values()].map(
    (registers) =>
      sql`(${sql.ref(registerColumn)} = any(${registers.map((register) => register.id)}::text[])
        and ${readableTo(actor, registers[0]!, unitColumn, personColumn)})`,
  )
  return parts.length ? sql<boolean>`(${sql.join(parts, sql` or `)})` : sql<boolean>`false`
}

/** Refuses unless the actor may do this with the register's rows at the unit. @throws Problem 403 | 404 */
export async function requireAt(
  db: Db | Tx,
  actor: Actor,
  register: Register,
  verb: 'write' | 'void' | 'import' | 'export',
  unitId: number,
): Promise<void> {
  await requirePermission(db, actor, permissionOf(register.id, verb), unitId, permissionOf(register.id, 'read'))
  const confidential = confidentialOf(register)
  if (confidential && !(await allows(db, actor, confidential, unitId))) throw notFound('登记簿')
}

/**
 * A unit's own register takes new rows of that unit and those below it, until it is closed.
 * @throws Problem 422 other-units-register | register-closed
 */
export async function requireUsable(db: Db | Tx, known: Catalogue, register: Register, unitId: number): Promise<void> {
  const owner = known.ownerOf(register.id)
  if (owner === null) return
  if (known.closed(register.id)) throw refused('register-closed', `“${register.title}”已停用，不再登记新的记录。`)
  if (owner === unitId) return
  const { rows } = await sql<{ name: string; below: boolean }>`
    select u.name, exists (select from kernel.closure where ancestor_id = ${owner} and descendant_id = ${unitId}
      and valid_from <= current_date and valid_to > current_date) as below
    from kernel.unit_name u where u.id = ${owner}`.execute(db)
  if (rows[0]?.below) return
  const sentence = `“${register.title}”是“${rows[0]?.name ?? ''}”自建的登记簿，只能登记该单位及其下级的记录。`
  throw refused('other-units-register', sentence, { unitId: '请选择建立这个登记簿的单位或其下级' })
}
