import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import { KIND_OF_UNION } from '../catalogue.ts'
import { coverage as coverageRegister } from '../registers/systems.ts'
import { KINDS, type Kind } from '../words.ts'
import { below, requireReading } from './items.ts'

/** What a union of this kind calls its disclosure; null when its kind owes none or nobody wrote the kind down. */
export async function kindOfUnit(db: Db | Tx, unitId: number): Promise<Kind | null> {
  const { rows } = await sql<{ kind: string | null }>`
    select p.kind from organisation.unit u
      join organisation.profile_year p on p.unit_id in (u.id, u.layer_id) and p.kind is not null
    where u.id = ${unitId} order by p.unit_id = u.id desc, p.year desc limit 1`.execute(db)
  return KIND_OF_UNION[rows[0]?.kind ?? ''] ?? null
}

export interface CoverageRow {
  unitId: number
  name: string
  kind: Kind
  /** Duties that stand. */
  duties: number
  /** Items published within the last twelve months. */
  published: number
  /** The system exists: there is a catalogue and something was published by it within a year. */
  done: boolean
}

/**
 * The unions at and below a unit that owe a kind of disclosure, each with whether it has it. Owing follows from the kind of
 * the union or from a catalogue it has taken on; having means a catalogue and something published within a year.
 */
export async function coverageOf(
  db: Db | Tx,
  actor: Actor,
  unitId: number,
  today: string,
  kind?: Kind,
): Promise<CoverageRow[]> {
  await requireReading(db, actor, unitId)
  const kinds = Object.entries(KIND_OF_UNION)
  const { rows } = await sql<CoverageRow>`
    with union_kind as (
      select distinct on (p.unit_id) p.unit_id, k.disclosure
      from organisation.profile_year p
        join unnest(${kinds.map(([union]) => union)}::text[], ${kinds.map(([, owed]) => owed)}::text[]) k (union_kind, disclosure)
          on k.union_kind = p.kind
      order by p.unit_id, p.year desc),
    standing as (
      select d.unit_id, d.kind, count(*)::int as duties from openness.duty d
      where d.starts_on <= ${today}::date and coalesce(d.ended_on > ${today}::date, true) group by 1, 2),
    owed as (
      select unit_id, disclosure as kind from union_kind union select unit_id, kind from standing),
    hung as (
      select i.unit_id, i.kind, count(*)::int as published from openness.item i
      where i.published_on > ${today}::date - 366 and i.published_on <= ${today}::date group by 1, 2)
    select u.id as "unitId", u.name, o.kind, coalesce(s.duties, 0) as duties, coalesce(h.published, 0) as published,
      coalesce(s.duties, 0) > 0 and coalesce(h.published, 0) > 0 as done
    from owed o join organisation.unit u on u.id = o.unit_id and u.dissolved_on is null
      left join standing s on s.unit_id = o.unit_id and s.kind = o.kind
      left join hung h on h.unit_id = o.unit_id and h.kind = o.kind
    where u.id in (${below(unitId)}) and ${visibleTo(actor, 'openness.read', 'u.id')}
      ${kind ? sql`and o.kind = ${kind}` : sql``}
    order by o.kind, u.sort_key, u.id`.execute(db)
  return rows
}

/** Files today's state of one kind as the year's check: every union that owes it on a line with yes or no. */
export async function fileCoverage(
  tx: Tx,
  actor: Actor,
  input: { unitId: number; kind: Kind; target?: number | null | undefined },
  today: string,
): Promise<{ recordId: number; due: number; done: number }> {
  await requirePermission(tx, actor, 'openness.write', input.unitId, 'openness.read')
  const rows = await coverageOf(tx, actor, input.unitId, today, input.kind)
  if (!rows.length) throw refused('nobody-due', `本级及下级没有应建立${input.kind}制度的单位，不必核对。`)
  const [recordId] = await keepRecords(tx, actor, coverageRegister, [
    {
      // One check a day and kind: checking again the same day brings it up to date.
      keptBy: `openness/coverage/${input.unitId}-${KINDS.indexOf(input.kind)}-${today}`,
      draft: {
        unitId: input.unitId,
        happenedOn: today,
        fields: { system: input.kind, ...(typeof input.target === 'number' && { target: input.target }) },
        lines: rows.map((row) => ({ fields: { body: row.name, done: row.done } })),
      },
    },
  ])
  await audit(tx, actor, {
    action: 'openness.check-coverage',
    objectKind: 'record',
    objectId: recordId!,
    unitId: input.unitId,
    summary: `核对${input.kind}建制情况：应建 ${rows.length} 家`,
  })
  return { recordId: recordId!, due: rows.length, done: rows.filter((row) => row.done).length }
}
