import { sql } from 'kysely'
import type { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { namedSessions, type NamedSession } from '../../congress/public.ts'
import type { callInput, departmentInput } from '../contract.ts'

/** What holds where no drive says otherwise: two seconders, thirty working days to answer (local custom). */
export const DEFAULTS = { minSeconders: 2, replyDays: 30 } as const
/** Working days a mover has to judge a reply. */
export const VERDICT_DAYS = 10

export interface Call {
  id: number
  unitId: number
  kind: 'motion' | 'suggestion'
  /** The session of the congress it prepares, where it is kept here. */
  sessionId: number | null
  session: string
  opensOn: string
  closesOn: string
  meetsOn: string | null
  minSeconders: number
  replyDays: number
}

// A session that is put off takes the drive's day with it.
const calls = sql`select c.id, c.unit_id as "unitId", c.kind, c.session_id as "sessionId", c.session, c.opens_on as "opensOn",
  c.closes_on as "closesOn", coalesce(s.starts_on, c.meets_on) as "meetsOn", c.min_seconders as "minSeconders", c.reply_days as "replyDays"
  from motions.call c left join congress.session s on s.id = c.session_id`

export async function callsOf(db: Db | Tx, unitId: number, kind: Call['kind'] = 'motion'): Promise<Call[]> {
  const { rows } = await sql<Call>`
    ${calls} where c.unit_id = ${unitId} and c.kind = ${kind} order by c.opens_on desc, c.id desc`.execute(db)
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
    ${calls} where c.id = ${id} and c.unit_id = ${unitId} and c.kind = ${kind}`.execute(db)
  if (!rows[0]) throw refused('no-such-call', '没有这次征集，请重新选择。', { callId: '请重新选择征集届次' })
  return rows[0]
}

/**
 * Opens a drive: 征集提案 for a session of the congress, or an activity for suggestions.
 * @throws Problem 403, 404 session, 422 `call-exists` | `session-over` | `closes-after-session`
 */
export async function openCall(tx: Tx, actor: Actor, draft: z.output<typeof callInput>): Promise<number> {
  await requirePermission(tx, actor, 'motions.supervise', draft.unitId, 'motions.read')
  const meeting = draft.sessionId ? await sessionOf(tx, draft.unitId, draft.sessionId) : null
  if (meeting && draft.closesOn > meeting.startsOn)
    throw refused('closes-after-session', `大会 ${meeting.startsOn} 开幕，会前征集应在那天以前截止。`, {
      closesOn: '晚于大会开幕',
    })
  const session = meeting?.name ?? draft.session
  const { rows } = await sql<{ id: number }>`
    insert into motions.call (unit_id, kind, session_id, session, opens_on, closes_on, meets_on, min_seconders, reply_days, created_by)
    values (${draft.unitId}, ${draft.kind}, ${meeting?.id ?? null}, ${session}, ${draft.opensOn}, ${draft.closesOn},
      ${meeting?.startsOn ?? draft.meetsOn ?? null}, ${draft.minSeconders}, ${draft.replyDays}, ${actor.accountId})
    on conflict do nothing returning id`.execute(tx)
  if (!rows[0])
    throw refused('call-exists', `“${session}”已经发起过征集，请修改届次名称。`, { session: '这个名称已用过' })
  await audit(tx, actor, {
    action: 'motions.call',
    objectKind: 'motion-call',
    objectId: rows[0].id,
    unitId: draft.unitId,
    summary: `发起${session}${draft.kind === 'motion' ? '提案' : '合理化建议'}征集，${draft.closesOn} 截止`,
  })
  return rows[0].id
}

/** The session a drive or a ballot belongs to: of this union, not over. @throws Problem 404, 422 `session-over` */
export async function sessionOf(tx: Tx, unitId: number, id: number): Promise<NamedSession> {
  const [found] = await namedSessions(tx, { unitId, ids: [id] })
  if (!found) throw notFound('会议')
  if (found.state === 'closed')
    throw refused('session-over', `${found.title}已经闭会，请选择筹备中或正在召开的会议。`, { sessionId: '已经闭会' })
  return found
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
