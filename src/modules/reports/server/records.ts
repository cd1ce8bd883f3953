import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Scope } from '../../../kernel/facts/figures.ts'
import type { Clause, Register } from '../../../kernel/register/declaration.ts'
import type { Catalogue } from '../../../kernel/register/registry.ts'
import { dimensionOf, measureOf } from '../../../kernel/facts/derive.ts'
import { listsOf, type Slot } from '../clause.ts'

export interface ToldRecord {
  id: number
  register: string
  title: string | null
  unitName: string
  happenedOn: string
  endedOn: string | null
  fields: Record<string, unknown>
  /** of the record's lines; only where a clause lists one of them */
  lines: Record<string, unknown>[]
  /** clauses (`register#index`) this record may be told by */
  told: Set<string>
}

interface EachClause {
  register: Register
  clause: Clause
  slots: Slot[]
  index: number
}

/** The records that `each` clauses tell, oldest first: one query for all registers, cut per register. */
export async function recordsFor(
  db: Db | Tx,
  known: Catalogue,
  scope: Scope,
  clauses: readonly EachClause[],
): Promise<ToldRecord[]> {
  if (!clauses.length) return []
  const listed = clauses.filter((one) => listsOf(one.slots).length).map((one) => one.register.id)
  const { rows } = await sql<Omit<ToldRecord, 'told'>>`
    select id, register, title, "unitName", "happenedOn", "endedOn", fields,
      case when register = any(${listed}::text[]) then coalesce(
        (select jsonb_agg(l.fields order by l.line_no) from kernel.record_line l where l.record_id = ranked.id), '[]')
        else '[]' end as lines
    from (
      select r.id, r.register, r.title, u.name as "unitName", r.happened_on as "happenedOn", r.ended_on as "endedOn", r.fields,
        row_number() over (partition by r.register order by c.depth, r.happened_on, r.id) as place
      from kernel.closure c
      join kernel.record r on r.unit_id = c.descendant_id and r.happened_on >= c.valid_from and r.happened_on < c.valid_to
      join kernel.unit_name u on u.id = r.unit_id
      where c.ancestor_id = ${scope.unitId} and r.state = 'recorded' and r.register = any(${[...new Set(clauses.map((one) => one.register.id))]}::text[])
        and r.happened_on between ${scope.from}::date and ${scope.to}::date) ranked
    where place <= 200 order by "happenedOn", id`.execute(db)
  return rows.map((row) => ({
    ...row,
    told: new Set(
      clauses
        .filter((one) => one.register.id === row.register && matches(one.clause.each?.where ?? {}, row.fields))
        .map((one) => `${one.register.id}#${one.index}`),
    ),
  }))
}

function matches(
  where: NonNullable<NonNullable<Clause['each']>['where']>,
  fields: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(where).every(([name, wanted]) => {
    const value = fields[name]
    const shown = typeof value === 'boolean' ? (value ? '是' : '否') : String(value ?? '')
    return [wanted].flat().includes(shown)
  })
}

/** What a record itself says of a field, its own value first, then its lines' in their order. */
export function valuesOf(record: Pick<ToldRecord, 'title' | 'fields' | 'lines'>, name: string): string[] {
  const own = name === 'title' ? record.title : record.fields[name]
  return [own, ...record.lines.map((line) => line[name])].flatMap((value) => dimensionOf(value) ?? [])
}

const shownAtMost = 8

/**
 * Distinct values in the order given, at most eight and then 等. 无 says nothing; 其他 is never named but makes it 等.
 * @returns null when nothing is left to name
 */
export function listWords(values: readonly string[]): string | null {
  const distinct = [...new Set(values)].filter((value) => value !== '' && value !== '无')
  const shown = distinct.filter((value) => value !== '其他').slice(0, shownAtMost)
  return shown.length ? `${shown.join('、')}${distinct.length > shown.length ? '等' : ''}` : null
}

/**
 * What `{list:field}` prints: the distinct values of a dimension, most frequent first. `{list:title}` lists the records'
 * titles.
 */
export async function listedValues(
  db: Db | Tx,
  scope: Scope,
  clauses: readonly { register: Register; slots: Slot[] }[],
): Promise<Map<string, string>> {
  const wanted = clauses.flatMap((one) =>
    listsOf(one.slots).map((name) => ({
      register: one.register.id,
      field: name,
      measure: measureOf(
        one.register.id,
        one.register.lines?.fields.some((declared) => declared.id === name) ? 'line' : 'record',
      ),
    })),
  )
  if (!wanted.length) return new Map()
  const { rows } = await sql<{ register: string; field: string; values: string[] }>`
    with wanted as materialized (
      select distinct * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (register text, field text, measure text)),
    named as (
      select w.register, w.field, case when w.field = 'title' then r.title else f.dims ->> w.field end as value, count(*) as n, min(f.on_date) as first
      from kernel.closure c
      join kernel.fact f on f.unit_id = c.descendant_id and f.on_date >= c.valid_from and f.on_date < c.valid_to
      join wanted w on w.measure = f.measure
      left join kernel.record r on w.field = 'title' and r.id = f.ref_id and f.ref_kind = 'record'
      where c.ancestor_id = ${scope.unitId} and f.on_date between ${scope.from}::date and ${scope.to}::date
        and f.reversal_of is null and f.reversed_by is null
      group by 1, 2, 3)
    select register, field, (array_agg(value order by n desc, first, value))[1:${sql.lit(shownAtMost + 3)}] as values
    from named where coalesce(value, '') <> '' group by 1, 2`.execute(db)
  return new Map(
    rows.flatMap((row) => {
      const words = listWords(row.values)
      return words === null ? [] : [[`${row.register} ${row.field}`, words] as const]
    }),
  )
}
