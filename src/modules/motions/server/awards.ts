import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import { dropKept, keepRecords } from '../../../kernel/register/kept.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import type { awardInput } from '../contract.ts'
import { GRADES, MOTION_AWARDS, UNIT_AWARD } from '../words.ts'
import { leading } from './panels.ts'
import { entriesOf } from './scores.ts'
import { grade } from './suggestions.ts'

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
  if (panel.method === 'ballot') throw refused('by-ballot', '这次评优由代表投票产生，请宣布计票结果，不能直接评定。')
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
