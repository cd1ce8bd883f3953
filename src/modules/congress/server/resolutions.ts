import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Body } from '../words.ts'
import { heldItem } from './agenda.ts'

export type Standing = 'pending' | 'coming' | 'in-force'
export interface Resolution {
  id: number
  unitId: number
  sessionId: number
  sessionTitle: string
  body: Body
  itemId: number
  number: number
  title: string
  words: string
  passedOn: string
  effectiveOn: string
  confirmedOn: string | null
  /** pending: a joint meeting's decision before the next session confirmed it; coming: before its day. */
  standing: Standing
}

const columns = (
  today: string,
) => sql`select r.id, r.unit_id as "unitId", r.session_id as "sessionId", s.title as "sessionTitle", t.body,
  r.item_id as "itemId", r.number, r.title, r.words, r.passed_on as "passedOn", r.effective_on as "effectiveOn", r.confirmed_on as "confirmedOn",
  case when s.form = 'joint' and r.confirmed_on is null then 'pending' when r.effective_on > ${today}::date then 'coming' else 'in-force' end as standing
  from congress.resolution r join congress.session s on s.id = r.session_id join congress.term t on t.id = s.term_id`

export async function resolutionsOf(
  db: Db | Tx,
  query: { sessionId?: number; unitId?: number; termId?: number },
  today: string,
): Promise<Resolution[]> {
  const { rows } = await sql<Resolution>`${columns(today)}
    where (${query.sessionId ?? null}::bigint is null or r.session_id = ${query.sessionId ?? null})
      and (${query.unitId ?? null}::bigint is null or r.unit_id = ${query.unitId ?? null})
      and (${query.termId ?? null}::bigint is null or s.term_id = ${query.termId ?? null})
    order by r.passed_on, r.number, r.id`.execute(db)
  return rows
}

/** Resolutions of a unit that bind on a day: passed, past their first day, and confirmed where a joint meeting decided. */
export const resolutionsInForce = async (db: Db | Tx, unitId: number, on: string): Promise<Resolution[]> =>
  (await resolutionsOf(db, { unitId }, on)).filter((one) => one.standing === 'in-force' && one.passedOn <= on)

/**
 * Writes down what was resolved. What must be passed has a resolution only when its vote passed it, and binds from its day
 * on, never before. @throws Problem 409 `resolved-already`, 422 `not-passed` | `effective-before-vote`
 */
export async function resolve(
  tx: Tx,
  actor: Actor,
  itemId: number,
  draft: { title: string; words: string; effectiveOn: string },
): Promise<number> {
  const { item, session } = await heldItem(tx, actor, itemId, 'congress.write')
  if (item.state !== 'done') throw refused('not-passed', `“${item.title}”还没有结果，不能形成决议。`)
  if (item.duty === 'pass' && item.outcome !== 'passed')
    throw refused('not-passed', `“${item.title}”表决未通过，不能形成决议；未经通过的，不具有约束力，不得施行。`)
  const { rows: days } = await sql<{ passedOn: string; number: number; known: boolean }>`
    select coalesce((select max(b.held_on) from congress.item_vote v join ballots.vote b on b.id = v.vote_id where v.item_id = i.id and b.state = 'closed'),
        i.done_on) as "passedOn",
      (select count(*) + 1 from congress.resolution r where r.session_id = i.session_id)::int as number,
      exists (select from congress.resolution r where r.item_id = i.id) as known
    from congress.item i where i.id = ${itemId}`.execute(tx)
  const { passedOn, number, known } = days[0]!
  if (known) throw conflict('resolved-already', '这项议题已有决议。')
  if (draft.effectiveOn < passedOn)
    throw refused(
      'effective-before-vote',
      `${passedOn} 才表决通过，不能自 ${draft.effectiveOn} 起施行。请填 ${passedOn} 或以后的日期。`,
      { effectiveOn: '早于通过日期' },
    )
  const { rows } = await sql<{ id: number }>`
    insert into congress.resolution (unit_id, session_id, item_id, number, title, words, passed_on, effective_on)
    values (${session.unitId}, ${session.id}, ${itemId}, ${number}, ${draft.title}, ${draft.words}, ${passedOn}::date, ${draft.effectiveOn}::date) returning id`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'congress.resolve',
    objectKind: 'congress-session',
    objectId: session.id,
    unitId: session.unitId,
    summary: `${session.title}决议：${draft.title}，自 ${draft.effectiveOn} 起施行`,
  })
  return rows[0]!.id
}
