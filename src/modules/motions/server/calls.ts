import { sql } from 'kysely'
import type { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { callInput, departmentInput } from '../contract.ts'

/** What holds where no drive says otherwise: two seconders, thirty working days to answer (local custom). */
export const DEFAULTS = { minSeconders: 2, replyDays: 30 } as const
/** Working days a mover has to judge a reply. */
export const VERDICT_DAYS = 10

export interface Call {
  id: number
  unitId: number
  kind: 'motion' | 'suggestion'
  session: string
  opensOn: string
  closesOn: string
  meetsOn: string | null
  minSeconders: number
  replyDays: number
}

const callColumns = sql`id, unit_id as "unitId", kind, session, opens_on as "opensOn", closes_on as "closesOn",
  meets_on as "meetsOn", min_seconders as "minSeconders", reply_days as "replyDays"`

export async function callsOf(db: Db | Tx, unitId: number, kind: Call['kind'] = 'motion'): Promise<Call[]> {
  const { rows } = await sql<Call>`
    select ${callColumns} from motions.call where unit_id = ${unitId} and kind = ${kind} order by opens_on desc, id desc`.execute(
    db,
  )
  return rows
}

/** The drive of a motion. @throws Problem 422 when it is another union's */
export async function callOf(
  db: Db | Tx,
  unitId: number,
  id: number | null,
  kind: Call['kind'] = 'motion',
): Promise<Call | null> {
  if (id === null) return null
  const { rows } = await sql<Call>`
    select ${callColumns} from motions.call where id = ${id} and unit_id = ${unitId} and kind = ${kind}`.execute(db)
  if (!rows[0]) throw refused('no-such-call', '没有这次征集，请重新选择。', { callId: '请重新选择征集届次' })
  return rows[0]
}

/** Opens a drive: 征集提案 for a session, or an activity for suggestions. @throws Problem 403, 422 `call-exists` */
export async function openCall(tx: Tx, actor: Actor, draft: z.output<typeof callInput>): Promise<number> {
  await requirePermission(tx, actor, 'motions.supervise', draft.unitId, 'motions.read')
  const { rows } = await sql<{ id: number }>`
    insert into motions.call (unit_id, kind, session, opens_on, closes_on, meets_on, min_seconders, reply_days, created_by)
    values (${draft.unitId}, ${draft.kind}, ${draft.session}, ${draft.opensOn}, ${draft.closesOn}, ${draft.meetsOn ?? null},
      ${draft.minSeconders}, ${draft.replyDays}, ${actor.accountId})
    on conflict do nothing returning id`.execute(tx)
  if (!rows[0])
    throw refused('call-exists', `“${draft.session}”已经发起过征集，请修改届次名称。`, { session: '这个名称已用过' })
  await audit(tx, actor, {
    action: 'motions.call',
    objectKind: 'motion-call',
    objectId: rows[0].id,
    unitId: draft.unitId,
    summary: `发起${draft.session}${draft.kind === 'motion' ? '提案' : '合理化建议'}征集，${draft.closesOn} 截止`,
  })
  return rows[0].id
}

/** How many seconders and working days hold for a motion. */
export const practiceOf = (call: Call | null): { minSeconders: number; replyDays: number } => call ?? DEFAULTS

/** The n-th working day after a day. @param days working days */
export async function workingDaysAfter(tx: Tx, from: string, days: number): Promise<string> {
  return (await loadCalendar(tx)).addWorkingDays(from, days)
}

export interface Department {
  id: number
  unitId: number
  name: string
  linkedUnitId: number | null
  linkedUnitName: string | null
  headId: number | null
  headName: string | null
}

export async function departmentsOf(db: Db | Tx, unitId: number): Promise<Department[]> {
  const { rows } = await sql<Department>`
    select d.id, d.unit_id as "unitId", d.name, d.linked_unit_id as "linkedUnitId", u.name as "linkedUnitName",
      d.head_id as "headId", p.name as "headName"
    from motions.department d left join organisation.unit u on u.id = d.linked_unit_id left join members.person p on p.id = d.head_id
    where d.unit_id = ${unitId} and d.closed_on is null order by d.name`.execute(db)
  return rows
}

/**
 * Adds a handling department, or gives one a new name, unit or head.
 * @throws Problem 403, 422 `department-exists` | `not-of-this-union`
 */
export async function saveDepartment(
  tx: Tx,
  actor: Actor,
  draft: z.output<typeof departmentInput>,
  id?: number,
): Promise<number> {
  await requirePermission(tx, actor, 'motions.supervise', draft.unitId, 'motions.read')
  const { rows: near } = await sql<{ unit: boolean; head: boolean }>`
    select ${draft.linkedUnitId ?? null}::bigint is null or exists (select from kernel.closure where ancestor_id = ${draft.unitId}
        and descendant_id = ${draft.linkedUnitId ?? null} and valid_to > current_date) as unit,
      ${draft.headId ?? null}::bigint is null or exists (select from members.person p join kernel.closure c on c.descendant_id = p.unit_id
        where p.id = ${draft.headId ?? null} and c.ancestor_id = ${draft.unitId} and c.valid_to > current_date) as head`.execute(
    tx,
  )
  if (!near[0]!.unit)
    throw refused('not-of-this-union', '请选择本级或下级单位。', { linkedUnitId: '不是本级或下级单位' })
  if (!near[0]!.head)
    throw refused('not-of-this-union', '负责人不在本单位花名册里。', { headId: '请从本单位花名册选择' })
  const { rows } = id
    ? await sql<{
        id: number
      }>`update motions.department set name = ${draft.name}, linked_unit_id = ${draft.linkedUnitId ?? null},
        head_id = ${draft.headId ?? null} where id = ${id} and unit_id = ${draft.unitId} and closed_on is null returning id`.execute(
        tx,
      )
    : await sql<{ id: number }>`insert into motions.department (unit_id, name, linked_unit_id, head_id)
        values (${draft.unitId}, ${draft.name}, ${draft.linkedUnitId ?? null}, ${draft.headId ?? null})
        on conflict do nothing returning id`.execute(tx)
  if (!rows[0]) throw refused('department-exists', `已经有承办部门“${draft.name}”。`, { name: '名称重复' })
  await audit(tx, actor, {
    action: 'motions.department',
    objectKind: 'motion-department',
    objectId: rows[0].id,
    unitId: draft.unitId,
    summary: `${id ? '修改' : '新增'}承办部门“${draft.name}”`,
  })
  return rows[0].id
}

/** Departments by id, all of them this union's and open. @throws Problem 422 `no-such-department` */
export async function theseDepartments(
  tx: Tx,
  unitId: number,
  ids: readonly number[],
): Promise<Map<number, Department>> {
  const known = new Map((await departmentsOf(tx, unitId)).map((one) => [one.id, one]))
  if (!ids.every((id) => known.has(id)))
    throw refused('no-such-department', '有承办部门不存在或已停用，请重新选择。', { leadId: '请重新选择' })
  return known
}
