import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { Catalogue } from './registry.ts'
import type { Register, Standard } from './declaration.ts'
import { empty } from './draft.ts'

/** A remark on a record that does not keep it from being recorded. */
export interface Warning {
  code: 'off-standard'
  /** The arithmetic and its source, in Chinese. */
  sentence: string
  /** More than the standard; false is less. */
  over: boolean
  standardRecordId: number
}

/** What is held against a standard: a draft, a row of a sheet, a record. */
export interface Held {
  unitId: number
  happenedOn: string
  fields: Readonly<Record<string, unknown>>
}

interface Off {
  key: number
  amount: number
  limit: number
  standardRecordId: number
  title: string | null
  wanted: Record<string, unknown>
}

const yuan = (fen: number): string => String(fen / 100)

function warningOf(standard: Standard, { amount, limit, title, wanted, standardRecordId }: Off): Warning {
  const [first, ...others] = Object.values(standard.match).map((name) => String(wanted[name]))
  const apart = amount > limit ? `超出 ${yuan(amount - limit)} 元` : `低于标准 ${yuan(limit - amount)} 元`
  const tier = `${first}${standard.label}${others.length ? `（${others.join('、')}）` : ''}`
  const source = title ? `；依据《${title.replaceAll(/[《》]/g, '')}》` : ''
  const sentence = `${tier}${yuan(limit)} 元，本次 ${yuan(amount)} 元，${apart}${source}。`
  return { code: 'off-standard', sentence, over: amount > limit, standardRecordId }
}

/**
 * The cases (key, unit_id, on_date, amount in fen, wanted as jsonb) whose amount is not their standard's. The standard
 * is the latest one in force on the case's day, the unit's own before that of the nearest unit above by the tree of
 * that day. A case without a standard is none: somebody's first visit of its kind is not wrong.
 */
async function offOf(db: Db | Tx, standard: Standard, cases: RawBuilder<unknown>): Promise<Off[]> {
  const { rows } = await sql<Off>`
    select c.key, c.amount, s.amount as "limit", s.id as "standardRecordId", s.title, c.wanted
    from (${cases}) c
    cross join lateral (
      select r.id, r.title, (r.fields ->> ${standard.limit})::bigint as amount
      from kernel.closure k join kernel.record r on r.unit_id = k.ancestor_id
      where k.descendant_id = c.unit_id and k.valid_from <= c.on_date and k.valid_to > c.on_date
        and r.register = ${standard.register} and r.state = 'recorded' and r.happened_on <= c.on_date
        and (r.ended_on is null or r.ended_on >= c.on_date) and r.fields @> c.wanted and r.fields ? ${standard.limit}
      order by k.depth, r.happened_on desc, r.id desc limit 1) s
    where c.amount <> s.amount order by c.key`.execute(db)
  return rows
}

/** @returns the warning of each that is off its standard, by its place in the list */
export async function warningsOf(
  db: Db | Tx,
  register: Register,
  held: readonly Held[],
): Promise<ReadonlyMap<number, Warning>> {
  const { standard } = register
  if (!standard) return new Map()
  const cases = held.flatMap(({ unitId, happenedOn, fields }, key) => {
    const amount = fields[standard.amount]
    const pairs = Object.entries(standard.match).map(([own, theirs]) => [theirs, fields[own]] as const)
    if (typeof amount !== 'number' || pairs.some(([, value]) => empty(value))) return []
    return [{ key, unit_id: unitId, on_date: happenedOn, amount, wanted: Object.fromEntries(pairs) }]
  })
  if (!cases.length) return new Map()
  const found = await offOf(
    db,
    standard,
    sql`select * from jsonb_to_recordset(${JSON.stringify(cases)}::jsonb)
      as t (key bigint, unit_id bigint, on_date date, amount bigint, wanted jsonb)`,
  )
  return new Map(found.map((off) => [off.key, warningOf(standard, off)]))
}

export interface OffStandard {
  register: Register
  /** Record and its warning, by record id. */
  records: ReadonlyMap<number, Warning>
}

/** Recorded records that are off their standard, register by register; `which` is a condition on `r`. */
async function offRecords(
  db: Db | Tx,
  registers: Iterable<Register>,
  which: RawBuilder<unknown>,
): Promise<OffStandard[]> {
  const all: OffStandard[] = []
  for (const register of registers) {
    const { standard } = register
    if (!standard) continue
    const wanted = Object.entries(standard.match).flatMap(([own, theirs]) => [
      sql`${theirs}::text`,
      sql`r.fields -> ${own}::text`,
    ])
    const found = await offOf(
      db,
      standard,
      sql`select r.id as key, r.unit_id, r.happened_on as on_date, (r.fields ->> ${standard.amount})::bigint as amount,
        jsonb_build_object(${sql.join(wanted)}) as wanted
        from kernel.record r where r.register = ${register.id} and r.state = 'recorded'
          and r.fields ->> ${standard.amount} is not null and ${which}`,
    )
    if (found.length) all.push({ register, records: new Map(found.map((off) => [off.key, warningOf(standard, off)])) })
  }
  return all
}

/** Off-standard records of a unit's scope and period, by the tree of each record's day: for the report's lint. */
export const offStandardIn = (
  db: Db | Tx,
  known: Catalogue,
  scope: { unitId: number; from: string; to: string },
): Promise<OffStandard[]> =>
  offRecords(
    db,
    known.registers.values(),
    sql`r.happened_on between ${scope.from}::date and ${scope.to}::date and r.unit_id in (
      select descendant_id from kernel.closure where ancestor_id = ${scope.unitId}
        and valid_from <= r.happened_on and valid_to > r.happened_on)`,
  )

/** How many records of an import are off their standard, standards of the same workbook included. */
export async function offStandardOfImport(db: Db | Tx, known: Catalogue, importId: number): Promise<number> {
  const found = await offRecords(db, known.registers.values(), sql`r.import_id = ${importId}`)
  return found.reduce((all, { records }) => all + records.size, 0)
}
