import { sql } from 'kysely'
import type { z } from 'zod'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { dropKept, keepRecords } from '../../../kernel/register/kept.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import type { awardInput, entriesInput, panelInput, scoreInput } from '../contract.ts'
import { GRADES, MOTION_AWARDS, UNIT_AWARD } from '../words.ts'
import { accountOf } from './seeing.ts'
import { grade } from './suggestions.ts'

interface Panel {
  id: number
  unitId: number
  purpose: 'suggestion' | 'motion'
  title: string
  documentNo: string | null
  formedOn: string
  closedOn: string | null
}

const columns = sql`b.id, b.unit_id as "unitId", b.purpose, b.title, b.document_no as "documentNo", b.formed_on as "formedOn", b.closed_on as "closedOn"`
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

async function leading(tx: Tx, actor: Actor, id: number): Promise<Panel> {
  await sql`select 1 from motions.panel where id = ${id} for update`.execute(tx)
  const panel = await panelFor(tx, actor, id)
  await requirePermission(tx, actor, 'motions.supervise', panel.unitId)
  if (panel.closedOn) throw refused('panel-closed', '这个评审小组的评审已经结束。')
  return panel
}

/** Forms a panel. A panel for suggestions is filed in `congress.review-panel`. @throws Problem 403, 422 `no-such-person` | `judge-twice` */
export async function formPanel(tx: Tx, actor: Actor, draft: z.output<typeof panelInput>): Promise<number> {
  await requirePermission(tx, actor, 'motions.supervise', draft.unitId, 'motions.read')
  const people = draft.judges.map((judge) => judge.personId)
  if (new Set(people).size !== people.length)
    throw refused('judge-twice', '评审成员有重复，请核对。', { judges: '有重复的成员' })
  const { rows: known } = await sql<{ n: number }>`
    select count(*)::int as n from members.person p join organisation.unit u on u.id = p.unit_id
    where p.id = any(${people}::bigint[]) and (coalesce(u.layer_id, u.id) = ${draft.unitId} or exists (select from kernel.closure c
      where c.descendant_id = u.id and c.ancestor_id = ${draft.unitId} and c.valid_to > current_date))`.execute(tx)
  if (known[0]!.n !== people.length)
    throw refused('no-such-person', '评审成员里有人不在本单位花名册里。', { judges: '请从本单位花名册选择' })
  const { rows } = await sql<{ id: number }>`
    insert into motions.panel (unit_id, purpose, title, document_no, formed_on, created_by)
    values (${draft.unitId}, ${draft.purpose}, ${draft.title}, ${draft.documentNo || null}, ${draft.formedOn}, ${actor.accountId}) returning id`.execute(
    tx,
  )
  const { id } = rows[0]!
  await sql`insert into motions.judge (panel_id, person_id, department, role)
    select ${id}, person_id, department, role from unnest(${people}::bigint[], ${draft.judges.map((one) => one.department)}::text[],
      ${draft.judges.map((one) => one.role)}::text[]) as t (person_id, department, role)`.execute(tx)
  if (draft.purpose === 'suggestion')
    await keepRecords(tx, actor, (await catalogue(tx)).register('congress.review-panel'), [
      {
        keptBy: `motions/panels/${id}`,
        draft: {
          unitId: draft.unitId,
          happenedOn: draft.formedOn,
          title: draft.title,
          fields: draft.documentNo ? { documentNo: draft.documentNo } : {},
          lines: draft.judges.map((judge) => ({
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
    summary: `成立评审小组“${draft.title}”，成员 ${people.length} 人`,
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

/**
 * The panel's decision: awards (or grades), filed where they count. More than half of those who may judge must have
 * scored whatever gets one.
 * @throws Problem 403, 404, 422 `scores-missing` | `wrong-award` | `panel-closed`
 */
export async function decideAwards(
  tx: Tx,
  actor: Actor,
  id: number,
  decision: z.output<typeof awardInput>,
  today: string,
): Promise<void> {
  const panel = await leading(tx, actor, id)
  const entries = new Map((await entriesOf(tx, actor, id)).map((entry) => [entry.id, entry]))
  const decided = decision.awards.map((one) => {
    const entry = entries.get(one.entryId)
    if (!entry) throw notFound('参评项目')
    const allowed: readonly string[] = entry.unitId ? [UNIT_AWARD] : panel.purpose === 'motion' ? MOTION_AWARDS : GRADES
    if (one.award && !allowed.includes(one.award))
      throw refused('wrong-award', `“${entry.title}”不能评为${one.award}。`)
    if (one.award && one.award !== '未获奖' && 2 * entry.scored <= entry.judges)
      throw refused(
        'scores-missing',
        `“${entry.title}”应由 ${entry.judges} 名评委打分，现有 ${entry.scored} 名，超过半数才能评奖。`,
      )
    return { ...entry, award: one.award, rewardFen: one.rewardFen ?? null }
  })
  await sql`update motions.entry e set award = t.award, decided_on = ${today}
    from unnest(${decided.map((one) => one.id)}::bigint[], ${decided.map((one) => one.award)}::text[]) as t (id, award) where e.id = t.id`.execute(
    tx,
  )
  await sql`update motions.panel set closed_on = ${today} where id = ${id}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'motion-panel', objectId: id })
  if (panel.purpose === 'suggestion')
    await grade(
      tx,
      actor,
      decided.map((one) => ({
        suggestionId: one.suggestionId!,
        grade: one.award ?? '未获奖',
        rewardFen: one.rewardFen,
      })),
    )
  else await fileAwards(tx, actor, panel, decided, today)
  await audit(tx, actor, {
    action: 'motions.award',
    objectKind: 'motion-panel',
    objectId: id,
    unitId: panel.unitId,
    summary: `“${panel.title}”评审结束，评出 ${decided.filter((one) => one.award && one.award !== '未获奖').length} 项`,
  })
}

/** Awards of motions stand in `congress.motion-award`, one record each. */
export async function fileAwards(
  tx: Tx,
  actor: Actor,
  panel: { id: number; unitId: number; title: string },
  decided: readonly { id: number; title: string; ownerId: number | null; award: string | null }[],
  today: string,
): Promise<void> {
  const register = (await catalogue(tx)).register('congress.motion-award')
  const path = (entry: { id: number }): string => `motions/panels/${panel.id}/awards/${entry.id}`
  const given = decided.filter((one) => one.award)
  await keepRecords(
    tx,
    actor,
    register,
    given.map((one) => ({
      keptBy: path(one),
      draft: {
        unitId: panel.unitId,
        happenedOn: today,
        title: panel.title,
        personId: one.ownerId,
        fields: { award: one.award, winner: one.title },
      },
    })),
  )
  await dropKept(tx, actor, register, decided.filter((one) => !one.award).map(path), '未获奖')
}

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
