import { sql } from 'kysely'
import type { z } from 'zod'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { openTodo } from '../../../kernel/lifecycle/todos.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import type { entriesInput, panelInput } from '../contract.ts'
import { sessionOf } from './calls.ts'
import { accountOf } from './seeing.ts'

export interface Panel {
  id: number
  unitId: number
  purpose: 'suggestion' | 'motion'
  title: string
  documentNo: string | null
  formedOn: string
  closedOn: string | null
  /** points: judges score; ballot: the delegates of a session vote. */
  method: 'points' | 'ballot'
  sessionId: number | null
}

const columns = sql`b.id, b.unit_id as "unitId", b.purpose, b.title, b.document_no as "documentNo", b.formed_on as "formedOn", b.closed_on as "closedOn",
  b.method, b.session_id as "sessionId"`
const linkOf = (id: number): string => `/motions/panels/${id}`

/** A panel that the actor leads or sits in. @throws Problem 404 */
export async function panelFor(
  db: Db | Tx,
  actor: Actor,
  id: number,
): Promise<Panel & { leads: boolean; sits: boolean }> {
  const { rows } = await sql<Panel & { sits: boolean }>`
    select ${columns}, exists (select from motions.judge j where j.panel_id = b.id and j.person_id = ${actor.personId ?? 0}) as sits
    from motions.panel b where b.id = ${id}`.execute(db)
  const panel = rows[0]
  const leads = !!panel && (await allows(db, actor, 'motions.supervise', panel.unitId))
  if (!panel || (!leads && !panel.sits && !(await allows(db, actor, 'motions.sort', panel.unitId))))
    throw notFound('评审小组')
  return { ...panel, leads }
}

/** The panel, held, for whoever leads it while it is open. @throws Problem 403, 404, 422 `panel-closed` */
export async function leading(tx: Tx, actor: Actor, id: number): Promise<Panel> {
  await sql`select 1 from motions.panel where id = ${id} for update`.execute(tx)
  const panel = await panelFor(tx, actor, id)
  await requirePermission(tx, actor, 'motions.supervise', panel.unitId)
  if (panel.closedOn) throw refused('panel-closed', '这个评审小组的评审已经结束。')
  return panel
}

/**
 * Forms a panel, or opens the choice of the best motions by the delegates of a session. A panel for suggestions is filed in
 * `congress.review-panel`. @throws Problem 403, 404 session, 422 `no-such-person` | `judge-twice` | `session-over`
 */
export async function formPanel(tx: Tx, actor: Actor, draft: z.output<typeof panelInput>): Promise<number> {
  await requirePermission(tx, actor, 'motions.supervise', draft.unitId, 'motions.read')
  const judges = draft.method === 'points' ? draft.judges : []
  const session = draft.method === 'ballot' ? await sessionOf(tx, draft.unitId, draft.sessionId) : null
  const people = judges.map((judge) => judge.personId)
  if (new Set(people).size !== people.length)
    throw refused('judge-twice', '评审成员有重复，请核对。', { judges: '有重复的成员' })
  const { rows: known } = await sql<{ n: number }>`
    select count(*)::int as n from members.person p join organisation.unit u on u.id = p.unit_id
    where p.id = any(${people}::bigint[]) and (coalesce(u.layer_id, u.id) = ${draft.unitId} or exists (select from kernel.closure c
      where c.descendant_id = u.id and c.ancestor_id = ${draft.unitId} and c.valid_to > current_date))`.execute(tx)
  if (known[0]!.n !== people.length)
    throw refused('no-such-person', '评审成员里有人不在本单位花名册里。', { judges: '请从本单位花名册选择' })
  const { rows } = await sql<{ id: number }>`
    insert into motions.panel (unit_id, purpose, title, document_no, formed_on, method, session_id, created_by)
    values (${draft.unitId}, ${draft.purpose}, ${draft.title}, ${draft.documentNo || null}, ${draft.formedOn}, ${draft.method},
      ${session?.id ?? null}, ${actor.accountId}) returning id`.execute(tx)
  const { id } = rows[0]!
  await sql`insert into motions.judge (panel_id, person_id, department, role)
    select ${id}, person_id, department, role from unnest(${people}::bigint[], ${judges.map((one) => one.department)}::text[],
      ${judges.map((one) => one.role)}::text[]) as t (person_id, department, role)`.execute(tx)
  if (draft.purpose === 'suggestion')
    await keepRecords(tx, actor, (await catalogue(tx)).register('congress.review-panel'), [
      {
        keptBy: `motions/panels/${id}`,
        draft: {
          unitId: draft.unitId,
          happenedOn: draft.formedOn,
          title: draft.title,
          fields: draft.documentNo ? { documentNo: draft.documentNo } : {},
          lines: judges.map((judge) => ({
            personId: judge.personId,
            fields: { department: judge.department, role: judge.role },
          })),
        },
      },
    ])
  await audit(tx, actor, {
    action: 'motions.panel',
    objectKind: 'motion-panel',
    objectId: id,
    unitId: draft.unitId,
    summary: session
      ? `由${session.title}代表投票评优：${draft.title}`
      : `成立评审小组“${draft.title}”，成员 ${people.length} 人`,
  })
  return id
}

/** Puts things before the panel; each judge gets a to-do. @throws Problem 403, 404, 422 `wrong-entry` */
export async function putBefore(tx: Tx, actor: Actor, id: number, asked: z.output<typeof entriesInput>): Promise<void> {
  const panel = await leading(tx, actor, id)
  const ids = panel.purpose === 'suggestion' ? asked.suggestionIds : asked.motionIds
  const { rows: fit } = await sql<{ n: number }>`
    select (${
      panel.purpose === 'suggestion'
        ? sql`select count(*)::int from motions.suggestion where id = any(${ids}::bigint[]) and unit_id = ${panel.unitId} and state <> 'withdrawn'`
        : sql`select count(*)::int from motions.motion where id = any(${ids}::bigint[]) and unit_id = ${panel.unitId} and filed_on is not null and merged_into is null`
    }) + (select count(*)::int from kernel.closure where ancestor_id = ${panel.unitId} and descendant_id = any(${asked.unitIds}::bigint[]) and valid_to > current_date) as n`.execute(
    tx,
  )
  if (
    fit[0]!.n !== new Set(ids).size + new Set(asked.unitIds).size ||
    (panel.purpose === 'suggestion' && asked.motionIds.length + asked.unitIds.length)
  )
    throw refused('wrong-entry', '参评的要是本单位的建议，或已立案的提案、下级单位。请重新选择。')
  const column = sql.ref(panel.purpose === 'suggestion' ? 'suggestion_id' : 'motion_id')
  await sql`insert into motions.entry (panel_id, ${column})
    select ${id}, one from unnest(${ids}::bigint[]) as one on conflict do nothing`.execute(tx)
  await sql`insert into motions.entry (panel_id, candidate_id)
    select ${id}, one from unnest(${asked.unitIds}::bigint[]) as one on conflict do nothing`.execute(tx)
  const { rows: judges } = await sql<{
    personId: number
  }>`select person_id as "personId" from motions.judge where panel_id = ${id}`.execute(tx)
  for (const { personId } of judges) {
    const account = await accountOf(tx, personId)
    if (account !== null)
      await openTodo(tx, {
        kind: `motions.score:${personId}`,
        objectKind: 'motion-panel',
        objectId: id,
        unitId: panel.unitId,
        accountId: account,
        title: `请评分：${panel.title}`,
        link: linkOf(id),
      })
  }
}

/** Panels the actor leads or sits in, the newest first. */
export async function panelsOf(
  db: Db,
  actor: Actor,
  unitId: number,
): Promise<(Panel & { judges: number; entries: number })[]> {
  const all = await allows(db, actor, 'motions.supervise', unitId)
  const { rows } = await sql<Panel & { judges: number; entries: number }>`
    select ${columns}, (select count(*)::int from motions.judge j where j.panel_id = b.id) as judges,
      (select count(*)::int from motions.entry e where e.panel_id = b.id) as entries
    from motions.panel b where b.unit_id = ${unitId} and (${all} or exists (select from motions.judge j where j.panel_id = b.id and j.person_id = ${actor.personId ?? 0}))
    order by b.id desc`.execute(db)
  return rows
}
