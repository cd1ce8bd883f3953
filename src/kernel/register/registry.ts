import { sql } from 'kysely'
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
  register(id: string): Register
}

const metricsOf = (register: Register): MetricDefinition[] =>
  register.metrics.map((metric) => ({
    ...metric,
    domain: register.domain,
    provider: register.id,
    source: { kind: 'register', register: register.id, aggregate: metric.aggregate },
  }))

/** Everything that can be recorded and counted now, units' own registers and fields included. */
export async function catalogue(db: Db | Tx): Promise<Catalogue> {
  const custom = (
    await sql<{ register: string; unitId: number; declared: Register }>`
      select register, unit_id as "unitId", declared from kernel.custom_register order by id`.execute(db)
  ).rows
  const fields = (
    await sql<{ register: string; declared: Field & { metrics?: Register['metrics'] } }>`
      select register, declared from kernel.custom_field order by id`.execute(db)
  ).rows
  const registers = new Map(builtIn)
  const owners = new Map<string, number>()
  for (const row of custom) {
    registers.set(row.register, row.declared)
    owners.set(row.register, row.unitId)
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
  const metrics = new Map(otherMetrics)
  for (const register of registers.values()) for (const metric of metricsOf(register)) metrics.set(metric.id, metric)
  return {
    registers,
    metrics,
    ownerOf: (id) => owners.get(id) ?? null,
    register(id) {
      const found = registers.get(id)
      if (!found) throw notFound('登记簿')
      return found
    },
  }
}
