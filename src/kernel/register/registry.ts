import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Db, Tx } from '../db/database.ts'
import type { MetricDefinition } from '../facts/metric.ts'
import { notFound } from '../contract/problem.ts'
import type { Field, Register } from './declaration.ts'

/** All registers and metrics of the installation. The modules' are set once at start; a unit's own come from the database. */
const builtIn = new Map<string, Register>()
const otherMetrics = new Map<string, MetricDefinition>()

/** Called by the composition root with every manifest's registers and metrics. */
export function declareRegisters(registers: readonly Register[], metrics: readonly MetricDefinition[] = []): void {
  for (const register of registers) {
    if (builtIn.has(register.id) && builtIn.get(register.id) !== register)
      throw new Error(`register declared twice: ${register.id}`)
    builtIn.set(register.id, register)
  }
  for (const metric of metrics) otherMetrics.set(metric.id, metric)
  common = null
}

export const builtInRegisters = (): Register[] => [...builtIn.values()]

/** The module a register belongs to: the prefix of its permissions. Units' own registers share `registers`. */
export const moduleOf = (registerId: string): string => registerId.slice(0, registerId.indexOf('.'))
export const permissionOf = (registerId: string, verb: 'read' | 'write' | 'void' | 'import' | 'export'): string =>
  `${moduleOf(registerId)}.${verb}`

export interface Catalogue {
  registers: ReadonlyMap<string, Register>
  metrics: ReadonlyMap<string, MetricDefinition>
  /** Unit that owns a custom register; null for built-in ones. */
  ownerOf(registerId: string): number | null
  /** True of a unit's own register that takes no new rows. */
  closed(registerId: string): boolean
  register(id: string): Register
}

const metricsOf = (register: Register): MetricDefinition[] =>
  register.metrics.map((metric) => ({
    ...metric,
    domain: register.domain,
    provider: register.id,
    source: { kind: 'register', register: register.id, aggregate: metric.aggregate },
  }))

/** Metrics of what is built in, made once: every request asks for them. */
let common: ReadonlyMap<string, MetricDefinition> | null = null

function commonMetrics(): ReadonlyMap<string, MetricDefinition> {
  if (common) return common
  const metrics = new Map(otherMetrics)
  for (const register of builtIn.values()) for (const metric of metricsOf(register)) metrics.set(metric.id, metric)
  return (common = metrics)
}

/** A register of a unit's own, or a field that a unit added to one (`unitId` null). */
interface Custom {
  register: string
  unitId: number
  declared: Register
  closed: boolean
}
interface Added {
  register: string
  unitId: null
  declared: Field & { metrics?: Register['metrics'] }
  closed: false
}

/** Units in which the actor holds something; null where the whole installation is open. */
export const unitsOf = (actor: Actor): number[] | null =>
  actor.kind !== 'person' || actor.grants.some((grant) => grant.scope === 'all')
    ? null
    : [...new Set(actor.grants.filter((grant) => grant.scope !== 'own').map((grant) => grant.unitId))]

/**
 * Everything that can be recorded and counted now, units' own registers and fields included.
 * @param near only those of units that are, or once were, above, at or below one of these: what another union made for
 *   itself is not shown, not even by its title. null for all.
 */
export async function catalogue(db: Db | Tx, near: readonly number[] | null = null): Promise<Catalogue> {
  const here = near
    ? sql`unit_id in (select unnest(${near}::bigint[])
        union all select ancestor_id from kernel.closure where descendant_id = any(${near}::bigint[])
        union all select descendant_id from kernel.closure where ancestor_id = any(${near}::bigint[]))`
    : sql`true`
  const { rows } = await sql<Custom | Added>`
    select register, unit_id as "unitId", declared, closed from (
      select 1 as place, id, register, unit_id, declared, closed_at is not null as closed from kernel.custom_register where ${here}
      union all
      select 2, id, register, null, declared, false from kernel.custom_field where ${here}) own
    order by place, id`.execute(db)
  const custom = rows.filter((row) => row.unitId !== null)
  const fields = rows.filter((row) => row.unitId === null)
  const registers = new Map(builtIn)
  const owners = new Map<string, number>()
  const closed = new Set<string>()
  for (const row of custom) {
    registers.set(row.register, row.declared)
    owners.set(row.register, row.unitId)
    if (row.closed) closed.add(row.register)
  }
  for (const row of fields) {
    const register = registers.get(row.register)
    if (!register || register.fields.some((known) => known.id === row.declared.id)) continue
    const { metrics: counted = [], ...declared } = row.declared
    registers.set(row.register, {
      ...register,
      fields: [...register.fields, declared],
      metrics: [...register.metrics, ...counted],
    })
  }
  const metrics = new Map(commonMetrics())
  for (const id of new Set(rows.map((row) => row.register))) {
    const register = registers.get(id)
    if (register) for (const metric of metricsOf(register)) metrics.set(metric.id, metric)
  }
  return {
    registers,
    metrics,
    ownerOf: (id) => owners.get(id) ?? null,
    closed: (id) => closed.has(id),
    register(id) {
      const found = registers.get(id)
      if (!found) throw notFound('登记簿')
      return found
    },
  }
}
