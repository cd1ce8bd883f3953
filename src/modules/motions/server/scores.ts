import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import type { scoreInput } from '../contract.ts'
import { panelFor } from './panels.ts'

/**
 * One judge's points. May be changed until the panel closes; nobody judges what is one's own (回避).
 * @throws Problem 403 `not-a-judge`, 404, 422 `own-entry` | `panel-closed`
 */
export async function givePoints(
  tx: Tx,
  actor: Actor,
  id: number,
  entryId: number,
  given: z.output<typeof scoreInput>,
  today: string,
): Promise<void> {
  const panel = await panelFor(tx, actor, id)
  if (!panel.sits) throw new Problem(403, 'not-a-judge', '只有评审小组成员可以打分。')
  if (panel.closedOn) throw refused('panel-closed', '评审已经结束，不能再打分。')
  const { rows } = await sql<{ ownerId: number | null }>`
    select coalesce(m.mover_id, s.proposer_id) as "ownerId" from motions.entry e left join motions.motion m on m.id = e.motion_id
      left join motions.suggestion s on s.id = e.suggestion_id where e.id = ${entryId} and e.panel_id = ${id}`.execute(
    tx,
  )
  if (!rows[0]) throw notFound('参评项目')
  if (rows[0].ownerId === actor.personId) throw refused('own-entry', '这是您本人提出的，应当回避，不能打分。')
  await sql`insert into motions.score (entry_id, person_id, points, words, given_on)
    values (${entryId}, ${actor.personId}, ${given.points}, ${given.words || null}, ${today})
    on conflict (entry_id, person_id) do update set points = excluded.points, words = excluded.words, given_on = excluded.given_on`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'motions.score',
    objectKind: 'motion-panel',
    objectId: id,
    unitId: panel.unitId,
    summary: `在“${panel.title}”评分`,
    detail: { entryId, points: given.points },
  })
  const { rows: left } = await sql`
    select 1 from motions.entry e left join motions.motion m on m.id = e.motion_id left join motions.suggestion s on s.id = e.suggestion_id
    where e.panel_id = ${id} and coalesce(m.mover_id, s.proposer_id, 0) <> ${actor.personId}
      and not exists (select from motions.score c where c.entry_id = e.id and c.person_id = ${actor.personId}) limit 1`.execute(
    tx,
  )
  if (!left.length)
    await closeTodo(tx, actor, { objectKind: 'motion-panel', objectId: id, kind: `motions.score:${actor.personId}` })
}

export interface Ranked {
  id: number
  motionId: number | null
  suggestionId: number | null
  unitId: number | null
  title: string
  ownerId: number | null
  owner: string | null
  /** Judges who may score it, how many did, and the sum of their points. */
  judges: number
  scored: number
  points: number
  /** Mean in hundredths of a point, rounded half up; null before anybody scored. */
  meanHundredths: number | null
  myPoints: number | null
  award: string | null
}

/** What is before the panel, best mean first: sums are compared crosswise, so no rounding decides a place. */
export async function entriesOf(db: Db | Tx, actor: Actor, id: number): Promise<Ranked[]> {
  const { rows } = await sql<Omit<Ranked, 'meanHundredths'>>`
    select e.id, e.motion_id as "motionId", e.suggestion_id as "suggestionId", e.candidate_id as "unitId", e.award,
      coalesce(m.title, s.title, u.name) as title, coalesce(m.mover_id, s.proposer_id) as "ownerId", p.name as owner,
      (select count(*)::int from motions.judge j where j.panel_id = e.panel_id and j.person_id <> coalesce(m.mover_id, s.proposer_id, 0)) as judges,
      (select count(*)::int from motions.score c where c.entry_id = e.id) as scored,
      (select coalesce(sum(points), 0)::int from motions.score c where c.entry_id = e.id) as points,
      (select points from motions.score c where c.entry_id = e.id and c.person_id = ${actor.personId ?? 0}) as "myPoints"
    from motions.entry e left join motions.motion m on m.id = e.motion_id left join motions.suggestion s on s.id = e.suggestion_id
      left join organisation.unit u on u.id = e.candidate_id left join members.person p on p.id = coalesce(m.mover_id, s.proposer_id)
    where e.panel_id = ${id} order by e.id`.execute(db)
  return rows
    .map((row) => ({
      ...row,
      meanHundredths: row.scored ? Math.floor((200 * row.points + row.scored) / (2 * row.scored)) : null,
    }))
    .toSorted(
      (one, other) =>
        other.points * Math.max(1, one.scored) - one.points * Math.max(1, other.scored) || one.id - other.id,
    )
}

/** Judges of a panel, the head first. */
export async function judgesOf(
  db: Db,
  id: number,
): Promise<{ personId: number; name: string; department: string; role: string; scored: number }[]> {
  const { rows } = await sql<{ personId: number; name: string; department: string; role: string; scored: number }>`
    select j.person_id as "personId", p.name, j.department, j.role,
      (select count(*)::int from motions.score c join motions.entry e on e.id = c.entry_id where e.panel_id = j.panel_id and c.person_id = j.person_id) as scored
    from motions.judge j join members.person p on p.id = j.person_id where j.panel_id = ${id}
    order by array_position(array['组长', '副组长', '成员'], j.role), p.id`.execute(db)
  return rows
}
