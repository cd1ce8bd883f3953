import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { ObligationInput } from '../contract.ts'

export interface Obligation {
  id: number
  unitId: number
  unitName: string
  system: string
  occasion: string
  /** working days after the union heard of it */
  days: number
  visitor: string
  document: string | null
  from: string
  to: string | null
}

const columns = sql`o.id, o.unit_id as "unitId", u.name as "unitName", o.system, o.occasion, o.days, o.visitor, o.document,
  o.valid_from as "from", case when o.valid_to < 'infinity' then o.valid_to end as "to"`

/** The checklist a unit works by on a day: its own lines, and those of the units above where it has none of its own. */
export async function obligationsOf(db: Db | Tx, unitId: number, onDay: string): Promise<Obligation[]> {
  const { rows } = await sql<Obligation>`
    select distinct on (o.occasion) ${columns}
    from kernel.closure c join care.obligation o on o.unit_id = c.ancestor_id join kernel.unit_name u on u.id = o.unit_id
    where c.descendant_id = ${unitId} and c.valid_from <= ${onDay}::date and c.valid_to > ${onDay}::date
      and o.valid_from <= ${onDay}::date and o.valid_to > ${onDay}::date
    order by o.occasion, c.depth, o.id desc`.execute(db)
  return rows
}

/** Adds a line to a unit's checklist. @throws Problem 403 | 404, 409 `obligation-exists` */
export async function addObligation(tx: Tx, actor: Actor, draft: ObligationInput): Promise<{ id: number }> {
  await requirePermission(tx, actor, 'care.oblige', draft.unitId, 'care.read')
  const { rows } = await sql<{ id: number }>`
    insert into care.obligation (unit_id, system, occasion, days, visitor, document, valid_from, created_by)
    values (${draft.unitId}, ${draft.system}, ${draft.occasion}, ${draft.days}, ${draft.visitor}, ${draft.document ?? null},
      ${draft.from}::date, ${actor.accountId})
    on conflict (unit_id, occasion) where valid_to = 'infinity' do nothing returning id`.execute(tx)
  if (!rows[0])
    throw conflict(
      'obligation-exists',
      `“${draft.occasion}”已有必访规定。要改动，请先停用旧的再新增，旧的仍管它那段时间的事。`,
    )
  await audit(tx, actor, {
    action: 'care.oblige',
    objectKind: 'care-obligation',
    objectId: rows[0].id,
    unitId: draft.unitId,
    summary: `规定${draft.system}：${draft.occasion}后 ${draft.days} 个工作日内由${draft.visitor}走访`,
  })
  return rows[0]
}

/** Ends a line from a day on; what happened before keeps its deadline. @throws Problem 404, 422 `already-ended` | `end-before-start` */
export async function endObligation(tx: Tx, actor: Actor, obligationId: number, on: string): Promise<void> {
  const { rows } = await sql<Obligation>`
    select ${columns} from care.obligation o join kernel.unit_name u on u.id = o.unit_id where o.id = ${obligationId} for update of o`.execute(
    tx,
  )
  const [line] = rows
  if (!line) throw notFound('必访规定')
  await requirePermission(tx, actor, 'care.oblige', line.unitId, 'care.read')
  if (line.to) throw refused('already-ended', '这条规定已经停用。')
  if (on <= line.from) throw refused('end-before-start', '停用日期必须晚于执行日期。', { on: '须晚于执行日期' })
  await sql`update care.obligation set valid_to = ${on}::date where id = ${obligationId}`.execute(tx)
  await audit(tx, actor, {
    action: 'care.end-obligation',
    objectKind: 'care-obligation',
    objectId: obligationId,
    unitId: line.unitId,
    summary: `自 ${on} 起停用${line.system}“${line.occasion}”`,
  })
}
