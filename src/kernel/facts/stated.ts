import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { Register, Where } from '../register/declaration.ts'
import type { Catalogue } from '../register/registry.ts'
import type { Scope } from './figures.ts'
import type { MetricDefinition } from './metric.ts'

export interface StatedMetric {
  metric: string
  register: Register
  /** an integer, money or percent field of the record or of its lines */
  field: string
  where: Where | undefined
  /** Counts the record in force at the period's end, however old. */
  standing: boolean
}

/** How a stated metric is read, or null for every other kind. */
export function statedMetricOf(metric: MetricDefinition, known: Catalogue): StatedMetric | null {
  const { id, source } = metric
  if (source.kind !== 'register' || !('stated' in source.aggregate)) return null
  const { stated, where, standing = false } = source.aggregate
  return { metric: id, register: known.register(source.register), field: stated, where, standing }
}

export interface StatedRow {
  metric: string
  recordId: number
  value: number
  onDate: string
  /** From when to when within the period it holds: its day, or for standing ones from its day to the period's end. */
  firstOn: string
  lastOn: string
}

/**
 * Attributes of dated records: the latest record in scope that states the field (each record, with `recordIds`).
 * The unit's own record goes before those of units below. Standing ones are those in force at the period's end by the
 * tree of that day, though recorded years ago.
 */
export async function statedFigures(db: Db | Tx, scope: Scope, metrics: readonly StatedMetric[]): Promise<StatedRow[]> {
  if (!metrics.length) return []
  const wanted = metrics.map((one) => ({
    metric: one.metric,
    register: one.register.id,
    field: one.field,
    standing: one.standing && !scope.recordIds,
    online: Boolean(one.register.lines?.fields.some((declared) => declared.id === one.field)),
    filter: Object.fromEntries(Object.entries(one.where ?? {}).map(([name, value]) => [name, [value].flat()])),
  }))
  // Records and lines are asked for apart: a metric of the record must not walk through everybody's lines.
  const stating = (online: boolean): RawBuilder<unknown> => {
    const registers = wanted.filter((one) => one.online === online).map((one) => one.register)
    const fields = online ? sql`(l.fields || r.fields)` : sql`r.fields`
    return sql`
      select w.metric, w.standing, r.id, r.happened_on, c.depth, ${online ? sql`l.line_no` : sql`0`} as line_no,
        ${online ? sql`l.fields` : sql`r.fields`} ->> w.field as value
      from below c
      join kernel.record r on r.unit_id = c.descendant_id
      join wanted w on w.register = r.register and w.online = ${online} and case when w.standing
        then c.valid_from <= ${scope.to}::date and c.valid_to > ${scope.to}::date
          and (r.ended_on is null or r.ended_on >= ${scope.to}::date)
        else r.happened_on >= c.valid_from and r.happened_on < c.valid_to and r.happened_on >= ${scope.from}::date end
      ${online ? sql`join kernel.record_line l on l.record_id = r.id` : sql``}
      where r.state = 'recorded' and r.happened_on <= ${scope.to}::date
        and r.register = any(${registers}::text[])
        ${scope.recordIds ? sql`and r.id = any(${scope.recordIds}::bigint[])` : sql``}
        and (w.filter = '{}' or not exists (
          select from jsonb_each(w.filter) as wish (name, choices)
          where not (wish.choices ? coalesce(
            case ${fields} ->> wish.name when 'true' then '是' when 'false' then '否' else ${fields} ->> wish.name end, ''))))`
  }
  const { rows } = await sql<StatedRow>`
    with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
        as w (metric text, register text, field text, standing boolean, online boolean, filter jsonb)),
    below as materialized (
      select descendant_id, depth, valid_from, valid_to from kernel.closure where ancestor_id = ${scope.unitId}),
    stating as (${stating(false)} union all ${stating(true)})
    select distinct on (metric ${scope.recordIds ? sql`, id` : sql``}) metric, id as "recordId", value::bigint as value,
      happened_on as "onDate", case when standing then greatest(happened_on, ${scope.from}::date) else happened_on end as "firstOn",
      case when standing then ${scope.to}::date else happened_on end as "lastOn"
    from stating where value ~ '^-?[0-9]+$'
    order by metric ${scope.recordIds ? sql`, id` : sql``}, depth, happened_on desc, id desc, line_no`.execute(db)
  return rows
}
