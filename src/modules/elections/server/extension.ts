import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { daysBetween } from '../../../kernel/calendar/days.ts'
import { WorkCalendar } from '../../../kernel/calendar/working-days.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { evaluate } from '../../../kernel/rules/evaluate.ts'
import { extendTerm, termsOf } from '../../organisation/public.ts'
import { cardOn } from '../../rules/public.ts'

export interface Extension {
  id: number
  termId: number
  wasDueOn: string
  until: string
  approvedOn: string
  document: string
  reason: string
  /** Days between the end and the leave: what was done in them was done «届满未延期». 0 when asked in time. */
  gapDays: number
  /** Longer than half a year: passes, and is said. */
  steps: readonly string[]
  beyondHalfYear: boolean
}

/** Extensions of a unit's terms, the newest first. */
export async function extensionsOf(db: Db | Tx, unitId: number): Promise<Extension[]> {
  const { rows } = await sql<Omit<Extension, 'gapDays' | 'steps' | 'beyondHalfYear'>>`
    select id, term_id as "termId", was_due_on as "wasDueOn", until_on as until, approved_on as "approvedOn", document, reason
    from elections.extension where unit_id = ${unitId} order by id desc`.execute(db)
  return rows.map((row) => ({ ...row, ...judgeExtension(row) }))
}

/** How an extension stands to the rules: the gap it leaves and the half year it should keep (选举工作条例 第二十九条). */
export function judgeExtension(row: {
  wasDueOn: string
  until: string
  approvedOn: string
}): Pick<Extension, 'gapDays' | 'steps' | 'beyondHalfYear'> {
  const card = cardOn('EL-TERM-EXT', row.wasDueOn)
  const verdict =
    card &&
    evaluate(
      card,
      { kind: 'deadline', start: row.wasDueOn, doneOn: row.until, today: row.until },
      { confirmed: new Map(), calendar: new WorkCalendar() },
    )
  return {
    gapDays: Math.max(0, daysBetween(row.wasDueOn, row.approvedOn)),
    steps: verdict?.steps ?? [],
    beyondHalfYear: verdict?.holds === false,
  }
}

/** Records the upper union's leave to hold over. @throws Problem 403, 404, 422 `term-dates` */
export async function extend(
  tx: Tx,
  actor: Actor,
  unitId: number,
  draft: { termId: number; until: string; approvedOn: string; document: string; reason: string },
): Promise<Extension> {
  await requirePermission(tx, actor, 'elections.write', unitId, 'elections.read')
  const term = (await termsOf(tx, unitId)).find((one) => one.id === draft.termId && !one.endedOn)
  if (!term) throw notFound('届期')
  if (draft.until <= term.dueOn)
    throw refused('term-dates', `延期后的届满日期应晚于原定的 ${term.dueOn}。`, { until: '应晚于原届满日期' })
  await sql`insert into elections.extension (unit_id, term_id, was_due_on, until_on, approved_on, document, reason, created_by)
    values (${unitId}, ${term.id}, ${term.dueOn}::date, ${draft.until}::date, ${draft.approvedOn}::date, ${draft.document}, ${draft.reason}, ${actor.accountId})`.execute(
    tx,
  )
  await extendTerm(tx, actor, term.id, draft.until, draft.document)
  return (await extensionsOf(tx, unitId))[0]!
}
