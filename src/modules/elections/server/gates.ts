import { sql } from 'kysely'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { addYears } from '../../../kernel/calendar/days.ts'
import type { WorkCalendar } from '../../../kernel/calendar/working-days.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { citation } from '../../../kernel/rules/card.ts'
import { confirmedNumbers } from '../../../kernel/rules/confirmations.ts'
import { evaluate } from '../../../kernel/rules/evaluate.ts'
import { cardOn } from '../../rules/public.ts'
import { electionToWork, type Election } from './election.ts'
import { factsOf, questions, type Question } from './questions.ts'

/** A rule put to this election: what it found, step by step, and by which document. */
export interface Gate {
  /** Stable within the election: card, and where it applies to one contest or sitting, that. */
  id: string
  stage: 'plan' | 'candidates' | 'meeting' | 'result'
  sittingId: number | null
  title: string
  holds: boolean | null
  blocks: boolean
  strength: string
  verification: string
  steps: readonly string[]
  notes: readonly string[]
  source: string
  due: string | null
  /** Somebody answered for the warning. */
  waiver: { reason: string; byName: string; office: string; at: Date } | null
}

/** Every rule that applies to the election, judged by today's facts. */
export async function gatesOf(db: Db | Tx, election: Election, today: string): Promise<Gate[]> {
  const [facts, confirmed, calendar, waivers] = await Promise.all([
    factsOf(db, election, today),
    confirmedNumbers(db),
    loadCalendar(db),
    sql<{ gate: string; reason: string; byName: string; office: string; at: Date }>`
      select gate, reason, by_name as "byName", office, at from elections.waiver where election_id = ${election.id}`.execute(
      db,
    ),
  ])
  return questions(facts).flatMap((question) => {
    const gate = judge(question, election.heldOn, confirmed, calendar)
    const waiver = waivers.rows.find((row) => row.gate === gate?.id)
    return gate ? [{ ...gate, waiver: waiver ?? null }] : []
  })
}

function judge(
  question: Question,
  day: string,
  confirmed: ReadonlyMap<string, string>,
  calendar: WorkCalendar,
): Omit<Gate, 'waiver'> | null {
  // An election is judged by the rules of its day; before a rule stood it asks nothing.
  const card = cardOn(question.cardId, day)
  if (!card) return null
  const verdict = evaluate(card, question.input, { confirmed, calendar })
  return {
    id: question.about ? `${card.id}:${question.about.id}` : card.id,
    stage: question.stage,
    sittingId: question.about?.sittingId ?? null,
    title: question.about ? `${card.title}（${question.about.title}）` : card.title,
    holds: verdict.holds,
    blocks: verdict.blocks,
    strength: verdict.strength,
    verification: card.verification,
    steps: verdict.steps,
    notes: verdict.notes,
    source: citation(card),
    due: verdict.due ?? null,
  }
}

/** What stops, and what warns without anybody having answered for it. */
export const obstacles = (gates: readonly Gate[]): { blocking: Gate[]; unanswered: Gate[] } => ({
  blocking: gates.filter((gate) => gate.blocks),
  unanswered: gates.filter((gate) => gate.holds === false && !gate.blocks && gate.strength === 'warn' && !gate.waiver),
})

/**
 * Somebody answers for a warning, by name and with the version of the rule. A blocking rule can't be answered for.
 * @throws Problem 404, 422 `no-warning` | `not-waivable`
 */
export async function waive(
  tx: Tx,
  actor: Actor,
  electionId: number,
  gateId: string,
  reason: string,
  today: string,
): Promise<void> {
  const election = await electionToWork(tx, actor, electionId, [
    'plan',
    'preparing',
    'publicity',
    'meeting',
    'announced',
  ])
  const gate = (await gatesOf(tx, election, today)).find((one) => one.id === gateId)
  if (!gate) throw notFound('规则检查')
  if (gate.blocks) throw refused('not-waivable', `“${gate.title}”是必须遵守的规定，不能说明理由后放行，请先改正。`)
  if (gate.holds !== false) throw refused('no-warning', `“${gate.title}”没有不符之处，不需要说明。`)
  const card = cardOn(gateId.split(':')[0]!, election.heldOn)!
  await sql`insert into elections.waiver (election_id, gate, card_id, card_from, reason, by_id, by_name, office)
    values (${electionId}, ${gateId}, ${card.id}, ${card.from}::date, ${reason}, ${actor.accountId}, ${actor.name}, ${actor.office})
    on conflict (election_id, gate) do update set reason = excluded.reason, by_id = excluded.by_id, by_name = excluded.by_name,
      office = excluded.office, at = now()`.execute(tx)
  await audit(tx, actor, {
    action: 'elections.waive',
    objectKind: 'election',
    objectId: electionId,
    unitId: election.unitId,
    summary: `就“${gate.title}”说明理由：${reason}`,
    detail: { cardId: card.id, from: card.from },
  })
}

/** The last day of a term that starts on the election day: three or five years on; 29 February ends on the 28th (民法典 第202条). */
export const termEnd = (heldOn: string, years: number): string => addYears(heldOn, years)
