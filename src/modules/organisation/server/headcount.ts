import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { postHeadcountFacts } from './facts.ts'

/** Who works there on a day, beside who is a member. A unit's count stands for that unit alone, not for units below. */
export interface Headcount {
  id: number
  unitId: number
  countedOn: string
  staff: number
  women: number | null
  dispatched: number | null
  /** Enterprises and institutions in the area: only federations and towns count them. */
  employers: number | null
  source: string | null
  version: number
}

export type HeadcountDraft = Omit<Headcount, 'id' | 'version'>

const columns = sql`h.id, h.unit_id as "unitId", h.counted_on as "countedOn", h.staff, h.women, h.dispatched, h.employers,
  h.source, h.version`

export async function headcountsOf(db: Db | Tx, unitId: number): Promise<Headcount[]> {
  return (
    await sql<Headcount>`select ${columns} from organisation.headcount h where unit_id = ${unitId} order by counted_on desc`.execute(
      db,
    )
  ).rows
}

export async function latestHeadcount(db: Db | Tx, unitId: number, onDate?: string): Promise<Headcount | null> {
  const { rows } = await sql<Headcount>`
    select ${columns} from organisation.headcount h
    where unit_id = ${unitId} and counted_on <= coalesce(${onDate ?? null}::date, 'infinity')
    order by counted_on desc limit 1`.execute(db)
  return rows[0] ?? null
}

/**
 * Writes counts, one per unit and day; a count of a day that has one replaces it. Posts the differences as facts.
 * @throws Problem 422 women-above-staff
 */
export async function saveHeadcounts(tx: Tx, actor: Actor, drafts: readonly HeadcountDraft[]): Promise<void> {
  const unitIds = [...new Set(drafts.map((draft) => draft.unitId))]
  for (const unitId of unitIds) await requirePermission(tx, actor, 'organisation.write', unitId, 'organisation.read')
  for (const draft of drafts)
    if ((draft.women ?? 0) > draft.staff)
      throw refused('women-above-staff', '女职工数不能多于职工总数，请核对。', { women: '多于职工总数' })
  await sql`
    insert into organisation.headcount (unit_id, counted_on, staff, women, dispatched, employers, source)
    select * from unnest(${drafts.map((d) => d.unitId)}::bigint[], ${drafts.map((d) => d.countedOn)}::date[],
      ${drafts.map((d) => d.staff)}::int[], ${drafts.map((d) => d.women)}::int[], ${drafts.map((d) => d.dispatched)}::int[],
      ${drafts.map((d) => d.employers)}::int[], ${drafts.map((d) => d.source)}::text[])
    on conflict (unit_id, counted_on) do update set staff = excluded.staff, women = excluded.women,
      dispatched = excluded.dispatched, employers = excluded.employers, source = excluded.source,
      version = headcount.version + 1`.execute(tx)
  await postHeadcountFacts(tx, actor, unitIds, '人数重新登记')
  await audit(tx, actor, {
    action: 'organisation.save-headcount',
    objectKind: 'unit',
    objectId: unitIds.length === 1 ? unitIds[0] : null,
    unitId: unitIds.length === 1 ? unitIds[0] : null,
    summary: `登记职工人数 ${drafts.length} 条`,
    detail: drafts.length <= 20 ? { drafts } : { units: unitIds.length },
  })
}

/** Takes a wrong count back. */
export async function removeHeadcount(tx: Tx, actor: Actor, id: number): Promise<void> {
  const { rows } = await sql<Headcount>`select ${columns} from organisation.headcount h where id = ${id}`.execute(tx)
  const count = rows[0]
  if (!count) throw notFound('人数')
  await requirePermission(tx, actor, 'organisation.write', count.unitId, 'organisation.read')
  await sql`delete from organisation.headcount where id = ${id}`.execute(tx)
  await postHeadcountFacts(tx, actor, [count.unitId], '删除登记错误的人数')
  await audit(tx, actor, {
    action: 'organisation.remove-headcount',
    objectKind: 'unit',
    objectId: count.unitId,
    unitId: count.unitId,
    summary: `删除 ${count.countedOn} 的职工人数`,
    detail: { count },
  })
}
