import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import type { InspectionInput } from '../contract.ts'
import { inspection as inspectionRegister } from '../registers/channels.ts'
import { below, requireReading } from './items.ts'

export interface Finding {
  id: number
  itemId: number | null
  finding: string
  dueOn: string
  fixedOn: string | null
  fixedWords: string | null
}
export interface Inspection {
  id: number
  unitId: number
  unitName: string
  targetId: number
  targetName: string
  kind: string
  title: string
  onDate: string
  leaderId: number | null
  leaderName: string | null
  findings: Finding[]
}

const inspections = sql`
  select n.id, n.unit_id as "unitId", u.name as "unitName", n.target_id as "targetId", t.name as "targetName", n.kind, n.title,
    n.on_date as "onDate", n.leader_id as "leaderId", p.name as "leaderName",
    coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'itemId', f.item_id, 'finding', f.finding, 'dueOn', f.due_on,
      'fixedOn', f.fixed_on, 'fixedWords', f.fixed_words) order by f.id)
      from openness.finding f where f.inspection_id = n.id), '[]') as findings
  from openness.inspection n join organisation.unit u on u.id = n.unit_id join organisation.unit t on t.id = n.target_id
    left join members.person p on p.id = n.leader_id`

/** Inspections made by, or of, the actor's units. */
export async function inspectionsFor(db: Db, actor: Actor, unitId?: number): Promise<Inspection[]> {
  const { rows } = await sql<Inspection>`${inspections}
    where (${visibleTo(actor, 'openness.read', 'n.unit_id')} or ${visibleTo(actor, 'openness.read', 'n.target_id')})
      ${unitId ? sql`and (n.unit_id in (${below(unitId)}) or n.target_id in (${below(unitId)}))` : sql``}
    order by n.on_date desc, n.id desc limit 200`.execute(db)
  return rows
}

async function keep(tx: Tx, actor: Actor, id: number): Promise<void> {
  const { rows } = await sql<Inspection>`${inspections} where n.id = ${id}`.execute(tx)
  const made = rows[0]!
  await keepRecords(tx, actor, inspectionRegister, [
    {
      keptBy: `openness/inspections/${id}`,
      draft: {
        unitId: made.unitId,
        happenedOn: made.onDate,
        title: made.title,
        personId: made.leaderId,
        fields: { kind: made.kind, place: made.targetName },
        lines: made.findings.map((found) => ({ fields: { finding: found.finding, fixed: found.fixedOn !== null } })),
      },
    },
  ])
}

/** An inspection with what it found; each finding waits on the desk of the unit inspected until it is mended. */
export async function inspect(tx: Tx, actor: Actor, input: InspectionInput): Promise<number> {
  await requirePermission(tx, actor, 'openness.inspect', input.unitId, 'openness.read')
  await requireReading(tx, actor, input.targetId)
  if (input.findings.some((found) => found.dueOn < input.onDate))
    throw refused('finding-due', '整改期限不能早于检查日期。', { findings: '期限早于检查日期' })
  const { rows } = await sql<{ id: number }>`
    insert into openness.inspection (unit_id, target_id, kind, title, on_date, leader_id, created_by)
    values (${input.unitId}, ${input.targetId}, ${input.kind}, ${input.title}, ${input.onDate}::date,
      ${input.leaderId ?? null}, ${actor.accountId}) returning id`.execute(tx)
  const id = rows[0]!.id
  const { rows: found } = await sql<{ id: number; finding: string; dueOn: string }>`
    insert into openness.finding (inspection_id, item_id, finding, due_on)
    select ${id}, f."itemId", f.finding, f."dueOn"
    from jsonb_to_recordset(${JSON.stringify(input.findings)}::jsonb) as f ("itemId" bigint, finding text, "dueOn" date)
    returning id, finding, due_on as "dueOn"`.execute(tx)
  for (const one of found)
    await openTodo(tx, {
      kind: 'openness.finding',
      objectKind: 'openness-finding',
      objectId: one.id,
      unitId: input.targetId,
      permission: 'openness.write',
      title: `请整改公开检查发现的问题：${one.finding.slice(0, 60)}`,
      link: '/openness?tab=inspections',
      dueOn: one.dueOn,
    })
  await keep(tx, actor, id)
  await audit(tx, actor, {
    action: 'openness.inspect',
    objectKind: 'openness-inspection',
    objectId: id,
    unitId: input.unitId,
    summary: `登记公开工作检查“${input.title}”，发现问题 ${input.findings.length} 个`,
  })
  return id
}

/** A finding is mended: by the unit inspected, with what was done. */
export async function fix(
  tx: Tx,
  actor: Actor,
  findingId: number,
  input: { words: string; fixedOn: string },
): Promise<void> {
  const { rows } = await sql<{ inspectionId: number; targetId: number; onDate: string; fixed: boolean }>`
    select n.id as "inspectionId", n.target_id as "targetId", n.on_date as "onDate", f.fixed_on is not null as fixed
    from openness.finding f join openness.inspection n on n.id = f.inspection_id
    where f.id = ${findingId}
      and (${visibleTo(actor, 'openness.read', 'n.target_id')} or ${visibleTo(actor, 'openness.read', 'n.unit_id')})
    for update of f`.execute(tx)
  const found = rows[0]
  if (!found || found.fixed) throw notFound('待整改问题')
  await requirePermission(tx, actor, 'openness.write', found.targetId, 'openness.read')
  if (input.fixedOn < found.onDate)
    throw refused('fixed-early', '整改日期不能早于检查日期。', { fixedOn: '早于检查日期' })
  await sql`update openness.finding set fixed_on = ${input.fixedOn}::date, fixed_words = ${input.words}
    where id = ${findingId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'openness-finding', objectId: findingId })
  // The record belongs to the inspecting unit, the deed to the inspected one: the house files it.
  await keep(tx, actor, found.inspectionId)
  await audit(tx, actor, {
    action: 'openness.fix',
    objectKind: 'openness-inspection',
    objectId: found.inspectionId,
    unitId: found.targetId,
    summary: '登记公开检查问题的整改',
  })
}
