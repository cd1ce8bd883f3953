import type { Field, Register } from '../register/declaration.ts'
import type { FactDraft } from './post.ts'

/** A record as facts are derived from it: ids resolved, fields checked. */
export interface Countable {
  id: number
  unitId: number
  happenedOn: string
  personId?: number | null
  householdId?: number | null
  fields: Readonly<Record<string, unknown>>
  lines: readonly CountableLine[]
}
export interface CountableLine {
  lineNo: number
  personId?: number | null
  householdId?: number | null
  fields: Readonly<Record<string, unknown>>
}

/** The measures of a register: `<register>/record`, `<register>/line` and one per summed field. */
export const measureOf = (registerId: string, counted: string): string => `${registerId}/${counted}`

/** Fields whose amounts are facts: money and integers that some metric sums. */
export function summedFields(register: Register): Set<string> {
  const names = new Set<string>()
  for (const { aggregate } of register.metrics) {
    const name = 'sum' in aggregate ? aggregate.sum : 'monthlyMean' in aggregate ? aggregate.monthlyMean : 'record'
    if (name !== 'record' && name !== 'line') names.add(name)
  }
  return names
}

/** A dimension's value as text; null when the field is empty. */
export function dimensionOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'object') return String((value as { name?: unknown }).name ?? '') || null
  return String(value)
}

function dimensions(fields: readonly Field[], values: Readonly<Record<string, unknown>>): Record<string, string> {
  const dims: Record<string, string> = {}
  for (const declared of fields) {
    if (!declared.dim) continue
    const value = dimensionOf(values[declared.id])
    if (value !== null) dims[declared.id] = value
  }
  return dims
}

/**
 * The facts a recorded record stands for. Pure: the same record always gives the same facts, and `reconcile` computes
 * the same sums from the tables in SQL, so the two check each other.
 */
export function deriveFacts(register: Register, record: Countable): FactDraft[] {
  const base = { unitId: record.unitId, onDate: record.happenedOn, refKind: 'record', refId: record.id }
  const recordSubject = { personId: record.personId ?? null, householdId: record.householdId ?? null }
  const recordDims = dimensions(register.fields, record.fields)
  const summed = summedFields(register)
  const facts: FactDraft[] = [
    { ...base, ...recordSubject, measure: measureOf(register.id, 'record'), quantity: 1, dims: recordDims },
  ]
  const sums = (
    fields: readonly Field[],
    values: Readonly<Record<string, unknown>>,
    rest: Partial<FactDraft>,
  ): void => {
    for (const declared of fields) {
      const amount = values[declared.id]
      if (!summed.has(declared.id) || typeof amount !== 'number' || amount === 0) continue
      facts.push({ ...base, dims: recordDims, ...rest, measure: measureOf(register.id, declared.id), quantity: amount })
    }
  }
  sums(register.fields, record.fields, recordSubject)
  for (const line of register.lines ? record.lines : []) {
    const subject = {
      personId: line.personId ?? record.personId ?? null,
      householdId: line.householdId ?? record.householdId ?? null,
      dims: { ...recordDims, ...dimensions(register.lines!.fields, line.fields) },
      refLine: line.lineNo,
    }
    facts.push({ ...base, ...subject, measure: measureOf(register.id, 'line'), quantity: 1 })
    sums(register.lines!.fields, line.fields, subject)
  }
  return facts
}
