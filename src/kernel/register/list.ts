import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { notFound, Problem } from '../contract/problem.ts'
import type { Db } from '../db/database.ts'
import { subjectField } from './draft.ts'
import type { Field, Register } from './declaration.ts'
import { readableTo } from './reading.ts'

export interface ListFilter {
  unitId?: number
  below?: boolean
  from?: string
  to?: string
  state?: 'draft' | 'recorded' | 'void'
  q?: string
  personId?: number
  /** dimension → value */
  dims?: Record<string, string>
}

export interface Row {
  id: number
  unitId: number
  unitName: string
  happenedOn: string
  endedOn: string | null
  title: string | null
  state: string
  version: number
  person: { id: number; name: string } | null
  household: { id: number; headName: string } | null
  fields: Record<string, unknown>
  lineCount: number
  updatedAt: string
}

/** The one condition of a list, its count, its export and its print. */
export function listCondition(actor: Actor, register: Register, filter: ListFilter): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [
    sql`r.register = ${register.id}`,
    readableTo(actor, register, 'r.unit_id', 'r.person_id'),
    filter.state ? sql`r.state = ${filter.state}` : sql`r.state <> 'void'`,
  ]
  if (filter.unitId)
    parts.push(
      filter.below === false
        ? sql`r.unit_id = ${filter.unitId}`
        : sql`exists (select from kernel.closure c where c.ancestor_id = ${filter.unitId} and c.descendant_id = r.unit_id
            and c.valid_from <= r.happened_on and c.valid_to > r.happened_on)`,
    )
  if (filter.from) parts.push(sql`r.happened_on >= ${filter.from}::date`)
  if (filter.to) parts.push(sql`r.happened_on <= ${filter.to}::date`)
  if (filter.personId)
    parts.push(sql`(r.person_id = ${filter.personId} or exists (
      select from kernel.record_line l where l.record_id = r.id and l.person_id = ${filter.personId}))`)
  if (filter.q) {
    const like = `%${filter.q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    parts.push(sql`(r.title like ${like} or r.fields::text like ${like} or exists (
        select from kernel.person_name p where p.id = r.person_id and p.name like ${like}) or exists (
        select from kernel.record_line l join kernel.person_name p on p.id = l.person_id where l.record_id = r.id and p.name like ${like}))`)
  }
  for (const [name, value] of Object.entries(filter.dims ?? {})) {
    const declared = [...register.fields, ...(register.lines?.fields ?? [])].find(
      (field) => field.id === name && field.dim,
    )
    if (!declared) throw new Problem(422, 'unknown-filter', `这个登记簿没有“${name}”这个筛选条件。`)
    const wanted = declared.kind === 'yesno' ? String(value === '是') : value
    parts.push(
      register.fields.includes(declared)
        ? sql`r.fields ->> ${name} = ${wanted}`
        : sql`exists (select from kernel.record_line l where l.record_id = r.id and l.fields ->> ${name} = ${wanted})`,
    )
  }
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

const columns = sql`
  r.id, r.unit_id as "unitId", u.name as "unitName", r.happened_on as "happenedOn", r.ended_on as "endedOn", r.title, r.state,
  r.version, case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name) end as person,
  case when h.id is not null then jsonb_build_object('id', h.id, 'headName', h.head_name) end as household,
  r.fields, (select count(*)::int from kernel.record_line l where l.record_id = r.id) as "lineCount", r.updated_at as "updatedAt"`
const joins = sql`
  join kernel.unit_name u on u.id = r.unit_id
  left join kernel.person_name p on p.id = r.person_id
  left join kernel.household_name h on h.id = r.household_id`

/** How many records a list holds in all. */
export async function countRecords(db: Db, actor: Actor, register: Register, filter: ListFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from kernel.record r where ${listCondition(actor, register, filter)}`.execute(db)
  return rows[0]!.total
}

/** How many there are in all, and the sums of the amounts of those that count, by field: what stands under the list. */
async function summary(
  db: Db,
  register: Register,
  condition: RawBuilder<boolean>,
): Promise<{ total: number; totals: Record<string, number> }> {
  const amounts = register.fields.filter((field) => field.kind === 'money' || field.kind === 'integer')
  const sums = amounts.map(
    (field) =>
      sql`, ${field.id}::text, coalesce(sum((r.fields ->> ${field.id})::bigint) filter (where r.state = 'recorded'), 0)`,
  )
  const { rows } = await sql<{ total: number; totals: Record<string, number> }>`
    select count(*)::int as total, jsonb_build_object('' , 0 ${sql.join(sums, sql``)}) - '' as totals
    from kernel.record r where ${condition}`.execute(db)
  return rows[0]!
}

/**
 * A page of a register, newest first, how many there are in all, and what their amounts add up to.
 * Keyset: the cursor is the last row's date and id.
 */
export async function listRecords(
  db: Db,
  actor: Actor,
  register: Register,
  filter: ListFilter,
  page: { cursor?: string; limit: number },
): Promise<{ rows: Row[]; next: string | null; total: number; totals: Record<string, number> }> {
  const condition = listCondition(actor, register, filter)
  const [onDate, id] = page.cursor?.split('_') ?? []
  const [{ rows }, { total, totals }] = await Promise.all([
    sql<Row>`select ${columns} from kernel.record r ${joins}
      where ${condition} ${onDate && id ? sql`and (r.happened_on, r.id) < (${onDate}::date, ${Number(id)}::bigint)` : sql``}
      order by r.happened_on desc, r.id desc limit ${page.limit + 1}`.execute(db),
    summary(db, register, condition),
  ])
  const more = rows.length > page.limit
  if (more) rows.pop()
  const last = rows.at(-1)
  return { rows, next: more && last ? `${last.happenedOn}_${last.id}` : null, total, totals }
}

export interface Line {
  lineNo: number
  person: { id: number; name: string } | null
  household: { id: number; headName: string } | null
  fields: Record<string, unknown>
}

export interface Detail extends Row {
  register: string
  voidReason: string | null
  source: string
  sheet: string | null
  rowNo: number | null
  /** Path of the process that keeps this record, without the leading slash; null when it is kept by hand. */
  keptBy: string | null
  lines: Line[]
  facts: { measure: string; quantity: number; onDate: string; reversed: boolean }[]
  acts: { verb: string; words: string | null; actorName: string; office: string; at: string }[]
}

/** Which register a record is in, if it exists: the caller checks the permission next. */
export async function registerOfRecord(db: Db, id: number): Promise<{ register: string; unitId: number }> {
  const { rows } = await sql<{ register: string; unitId: number }>`
    select register, unit_id as "unitId" from kernel.record where id = ${id}`.execute(db)
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** A record with its lines, facts and acts. @throws Problem 404 when it isn't there or not visible */
export async function recordDetail(db: Db, actor: Actor, register: Register, id: number): Promise<Detail> {
  const { rows } = await sql<Detail>`
    select ${columns}, r.register, r.void_reason as "voidReason", r.source, r.sheet, r.row_no as "rowNo", r.kept_by as "keptBy"
    from kernel.record r ${joins}
    where r.id = ${id} and ${readableTo(actor, register, 'r.unit_id', 'r.person_id')}`.execute(db)
  const record = rows[0]
  if (!record) throw notFound()
  const [lines, facts, acts] = await Promise.all([
    sql<Line>`select l.line_no as "lineNo", l.fields,
        case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name) end as person,
        case when h.id is not null then jsonb_build_object('id', h.id, 'headName', h.head_name) end as household
      from kernel.record_line l left join kernel.person_name p on p.id = l.person_id
      left join kernel.household_name h on h.id = l.household_id
      where l.record_id = ${id} order by l.line_no`.execute(db),
    sql<Detail['facts'][number]>`
      select measure, sum(quantity)::bigint as quantity, on_date as "onDate", (reversed_by is not null) as reversed
      from kernel.fact where ref_kind = 'record' and ref_id = ${id} and reversal_of is null
      group by measure, on_date, reversed_by is not null order by 4, 1`.execute(db),
    sql<Detail['acts'][number]>`
      select verb, words, actor_name as "actorName", office, at from kernel.act
      where object_kind = 'record' and object_id = ${id} order by id`.execute(db),
  ])
  return { ...record, lines: lines.rows, facts: facts.rows, acts: acts.rows }
}

/** The subject of a row shown under its field's id, so that a form can read back what it wrote. */
export function withSubjects<T extends { person: unknown; household: unknown; fields: Record<string, unknown> }>(
  fields: readonly Field[],
  row: T,
): T {
  const person = subjectField(fields, 'person')
  const household = subjectField(fields, 'household')
  if (person && row.person) row.fields[person.id] = row.person
  if (household && row.household) row.fields[household.id] = row.household
  return row
}
