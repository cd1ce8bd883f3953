import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import { KIND_OF_UNION, OWING_CONGRESS } from '../catalogue.ts'
import { coverage as coverageRegister } from '../registers/systems.ts'
import type { CoverageRow } from '../contract.ts'
import { KINDS, type Kind, type System } from '../words.ts'
import { below, requireReading } from './items.ts'

/** What a union of this kind calls its disclosure; null when its kind owes none or nobody wrote the kind down. */
export async function kindOfUnit(db: Db | Tx, unitId: number): Promise<Kind | null> {
  const { rows } = await sql<{ kind: string | null }>`
    select p.kind from organisation.unit u
      join organisation.profile_year p on p.unit_id in (u.id, u.layer_id) and p.kind is not null
    where u.id = ${unitId} order by p.unit_id = u.id desc, p.year desc limit 1`.execute(db)
  return KIND_OF_UNION[rows[0]?.kind ?? ''] ?? null
}

/**
 * The unions at and below a unit that owe a congress or a kind of disclosure, each with whether it has it. Owing follows from
 * the kind of the union, or from having taken it on. Having a congress means a running term within its days that met within
 * a year (职工代表大会每年至少召开一次); having disclosure means a catalogue and something published within a year.
 */
export async function coverageOf(
  db: Db | Tx,
  actor: Actor,
  unitId: number,
  today: string,
  kind?: System,
): Promise<CoverageRow[]> {
  await requireReading(db, actor, unitId)
  const [congress, disclosure] = await Promise.all([
    !kind || kind === '职代会' ? congressCoverage(db, actor, unitId, today) : [],
    kind === '职代会' ? [] : disclosureCoverage(db, actor, unitId, today, kind),
  ])
  return [...congress, ...disclosure]
}

async function congressCoverage(db: Db | Tx, actor: Actor, unitId: number, today: string): Promise<CoverageRow[]> {
  const { rows } = await sql<CoverageRow>`
    with owed as (
      select unit_id from (select distinct on (unit_id) unit_id, kind from organisation.profile_year
        where kind is not null order by unit_id, year desc) p where p.kind = any(${[...OWING_CONGRESS]}::text[])
      union select unit_id from congress.term where body = 'staff' and ended_on is null),
    running as (
      select t.unit_id, t.ordinal, t.due_on, (select max(s.ends_on) from congress.session s join congress.term o on o.id = s.term_id
        where o.unit_id = t.unit_id and o.body = 'staff' and s.form = 'session' and s.state in ('open', 'closed')
          and s.starts_on <= ${today}::date) as held_on
      from congress.term t where t.body = 'staff' and t.ended_on is null)
    select u.id as "unitId", u.name, '职代会' as kind, 0 as duties, 0 as published, r.ordinal as term, r.due_on as "dueOn",
      r.held_on as "heldOn", coalesce(r.due_on >= ${today}::date and r.held_on > ${today}::date - 366, false) as done,
      case when r.unit_id is null then '没有登记职工代表大会的届次'
        when r.due_on < ${today}::date then '第' || r.ordinal || '届' || to_char(r.due_on, 'YYYY-MM-DD') || '届满，还没有换届'
        when r.held_on is null then '还没有登记开过的会议'
        when r.held_on <= ${today}::date - 366 then to_char(r.held_on, 'YYYY-MM-DD') || '以后一年没有开会' end as wanting
    from owed o join organisation.unit u on u.id = o.unit_id and u.dissolved_on is null left join running r on r.unit_id = u.id
    where u.id in (${below(unitId)}) and ${visibleTo(actor, 'openness.read', 'u.id')} order by u.sort_key, u.id`.execute(
    db,
  )
  return rows
}

async function disclosureCoverage(
  db: Db | Tx,
  actor: Actor,
  unitId: number,
  today: string,
  kind: Kind | undefined,
): Promise<CoverageRow[]> {
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
      null::int as term, null::date as "dueOn", null::date as "heldOn",
      coalesce(s.duties, 0) > 0 and coalesce(h.published, 0) > 0 as done,
      case when coalesce(s.duties, 0) = 0 then '没有公开目录' when coalesce(h.published, 0) = 0 then '一年内没有按目录公开过' end as wanting
    from owed o join organisation.unit u on u.id = o.unit_id and u.dissolved_on is null
      left join standing s on s.unit_id = o.unit_id and s.kind = o.kind
      left join hung h on h.unit_id = o.unit_id and h.kind = o.kind
    where u.id in (${below(unitId)}) and ${visibleTo(actor, 'openness.read', 'u.id')}
      ${kind ? sql`and o.kind = ${kind}` : sql``}
    order by o.kind, u.sort_key, u.id`.execute(db)
  return rows
}

/** Names a check in its path: kinds of disclosure by their place, as before there was another system. */
const placeOf = (kind: System): number | string => (kind === '职代会' ? 'congress' : KINDS.indexOf(kind))

/** Files today's state of one kind as the year's check: every union that owes it on a line with yes or no. */
export async function fileCoverage(
  tx: Tx,
  actor: Actor,
  input: { unitId: number; kind: System; target?: number | null | undefined },
  today: string,
): Promise<{ recordId: number; due: number; done: number }> {
  await requirePermission(tx, actor, 'openness.write', input.unitId, 'openness.read')
  const rows = await coverageOf(tx, actor, input.unitId, today, input.kind)
  if (!rows.length) throw refused('nobody-due', `本级及下级没有应建立${input.kind}制度的单位，不必核对。`)
  const [recordId] = await keepRecords(tx, actor, coverageRegister, [
    {
      // One check a day and kind: checking again the same day brings it up to date.
      keptBy: `openness/coverage/${input.unitId}-${placeOf(input.kind)}-${today}`,
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
