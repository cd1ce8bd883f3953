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
import { evaluate, type RuleInput } from '../../../kernel/rules/evaluate.ts'
import { cardOn } from '../../rules/public.ts'
import { postOf, SITTINGS } from '../posts.ts'
import { candidatesOf, type Candidate } from './candidates.ts'
import { electionToWork, racesOf, sittingsOf, type Election, type Race, type Sitting } from './election.ts'
import { electorsOf, tellersOf } from './sittings.ts'

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

interface Facts {
  election: Election
  sittings: readonly Sitting[]
  races: readonly Race[]
  candidates: readonly Candidate[]
  tellers: readonly { sittingId: number; personId: number }[]
  members: number
  women: number
  /** Persons of the new committee, and those of the audit committee, by what was counted so far. */
  committee: readonly number[]
  auditors: readonly number[]
  leaders: readonly number[]
  womenTerm: boolean
  today: string
}

interface Question {
  cardId: string
  stage: Gate['stage']
  input: RuleInput
  /** Race or sitting the question is about. */
  about?: { id: string; title: string; sittingId?: number }
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

async function factsOf(db: Db | Tx, election: Election, today: string): Promise<Facts> {
  const electors = await electorsOf(db, election.unitId, election.heldOn)
  const [sittings, races, candidates, tellers, women, elected, womenTerm] = await Promise.all([
    sittingsOf(db, election.id),
    racesOf(db, election.id),
    candidatesOf(db, election),
    tellersOf(db, election.id),
    sql<{
      n: number
    }>`select count(*) as n from members.person where id = any(${electors}::bigint[]) and gender = 'f'`.execute(db),
    sql<{ post: string; personId: number }>`select r.post, d.person_id as "personId" from elections.elected d
      join elections.race r on r.id = d.race_id where r.election_id = ${election.id}`.execute(db),
    sql`select 1 from organisation.term where unit_id = ${election.unitId} and body = 'women' and ended_on is null`.execute(
      db,
    ),
  ])
  const of = (...posts: string[]): number[] =>
    elected.rows.filter((row) => posts.includes(row.post)).map((row) => row.personId)
  return {
    election,
    sittings,
    races,
    candidates,
    tellers,
    members: electors.length,
    women: women.rows[0]!.n,
    committee: of('member'),
    auditors: of('audit'),
    leaders: of('chair', 'vice'),
    womenTerm: womenTerm.rows.length > 0,
    today,
  }
}

function questions(facts: Facts): Question[] {
  return [...ofPlan(facts), ...ofCandidates(facts), ...ofMeetings(facts), ...ofResult(facts)]
}

function ofPlan({ election, races, members, women, womenTerm }: Facts): Question[] {
  const found: Question[] = []
  const whole = election.kind === 'first' || election.kind === 'term'
  found.push({
    cardId: 'EL-PLAN',
    stage: 'plan',
    input: { kind: 'check', holds: election.planDocument !== null || !['plan', 'review'].includes(election.state) },
  })
  if (whole && election.termYears !== null)
    found.push({ cardId: 'TU-TERM', stage: 'plan', input: { kind: 'one-of', value: election.termYears } })
  if (election.form === 'delegates')
    found.push({ cardId: 'EL-FORM-100', stage: 'plan', input: { kind: 'range', value: members } })
  for (const race of races) {
    // Fewer than 25 members may elect one chair or organiser; the brackets say so themselves.
    if (whole && race.post === 'member')
      found.push({
        cardId: 'EL-SEATS',
        stage: 'plan',
        input: { kind: 'brackets', size: members, value: race.reducedTo ?? race.seats },
      })
    if (whole && race.post === 'audit')
      found.push({ cardId: 'EL-AUDIT-SEATS', stage: 'plan', input: { kind: 'range', value: race.seats } })
  }
  if (whole)
    found.push({
      cardId: 'CM-WOMEN-10',
      stage: 'plan',
      input: { kind: 'trigger', count: women, done: womenTerm || races.some((race) => race.post === 'women') },
    })
  if (election.kind === 'recall' && election.petitioners !== null)
    found.push({
      cardId: 'TU-MEETING-EXTRA',
      stage: 'plan',
      input: { kind: 'share', count: election.petitioners, total: members },
    })
  return found
}

function ofCandidates({ election, races, candidates, members, today }: Facts): Question[] {
  const found: Question[] = []
  if (election.kind === 'recall') return found
  for (const race of races) {
    const post = postOf(race.post)
    const listed = candidates.filter((one) => one.raceId === race.id)
    const about = { id: String(race.id), title: post.title, sittingId: race.sittingId }
    // A union of fewer than 25 that elects one chair or organiser may do so with one candidate.
    const single = race.post === 'member' && race.seats === 1 && members < 25
    if (post.margin && !single)
      found.push({
        cardId: post.margin,
        stage: 'candidates',
        about,
        input: { kind: 'share', count: Math.max(0, listed.length - race.seats), total: race.seats },
      })
    if (post.body === null) continue
    const barred = (card: string): boolean => listed.some((one) => one.barredBy === card)
    const declared = listed.length > 0 && listed.every((one) => one.relation !== null)
    if (post.body === 'committee') {
      found.push({
        cardId: 'EL-CAND-BAN',
        stage: 'candidates',
        about,
        input: { kind: 'check', holds: declared && !barred('EL-CAND-BAN') && !barred('TU-KIN') },
      })
      if (race.post === 'chair' && election.enterprise)
        found.push({
          cardId: 'EL-CAND-BAN-CHAIR',
          stage: 'candidates',
          about,
          input: { kind: 'check', holds: !barred('EL-CAND-BAN-CHAIR') },
        })
      if (barred('TU-KIN'))
        found.push({ cardId: 'TU-KIN', stage: 'candidates', about, input: { kind: 'check', holds: false } })
    }
    if (race.post === 'audit')
      found.push({
        cardId: 'EL-AUDIT-OVERLAP',
        stage: 'candidates',
        about,
        input: { kind: 'check', holds: declared && !barred('EL-AUDIT-OVERLAP') },
      })
  }
  if (races.some((race) => postOf(race.post).body !== null))
    found.push(
      publicity('EL-PUBLICITY', election, today),
      ...(chairAtAssembly(election, races) ? [publicity('EL-PUBLICITY-CHAIR', election, today)] : []),
    )
  return found
}

/** A chair elected by the assembly is publicised as one, in an enterprise for seven days. */
const chairAtAssembly = (election: Election, races: readonly Race[]): boolean =>
  election.enterprise &&
  (election.chairBy === 'assembly' || election.kind === 'direct') &&
  races.some((race) => race.post === 'chair')

const publicity = (cardId: string, election: Election, today: string): Question => ({
  cardId,
  stage: 'candidates',
  input: { kind: 'deadline', start: election.heldOn, doneOn: election.publicisedOn, today },
})

function ofMeetings({ election, sittings, races, candidates, tellers, committee, members }: Facts): Question[] {
  const found: Question[] = []
  for (const sitting of sittings) {
    const about = {
      id: `s${sitting.id}`,
      title: sitting.kind === 'unit' ? sitting.unitName : SITTINGS[sitting.kind],
      sittingId: sitting.id,
    }
    const here = races.filter((race) => race.sittingId === sitting.id)
    if (sitting.frozen && sitting.present > 0)
      found.push({
        cardId: sitting.kind === 'unit' ? 'MC-ELECT-QUORUM' : 'EL-QUORUM',
        stage: 'meeting',
        about,
        input: { kind: 'share', count: sitting.present, total: sitting.expected },
      })
    const counting = tellers.filter((teller) => teller.sittingId === sitting.id)
    if (counting.length)
      found.push({
        cardId: 'EL-TELLERS',
        stage: 'meeting',
        about,
        input: {
          kind: 'check',
          holds: !candidates.some(
            (one) =>
              here.some((race) => race.id === one.raceId) &&
              counting.some((teller) => teller.personId === one.personId),
          ),
        },
      })
    const leads = here.filter((race) => ['chair', 'vice', 'standing'].includes(race.post))
    const listed = candidates.filter((one) => leads.some((race) => race.id === one.raceId))
    // At one assembly the committee's result is announced first; before it nobody can be judged.
    if (sitting.kind === 'committee' && leads.length && committee.length && listed.length)
      found.push({
        cardId: 'EL-CHAIR',
        stage: 'meeting',
        about,
        input: { kind: 'check', holds: listed.every((one) => committee.includes(one.personId)) },
      })
  }
  if (election.kind === 'recall' && members === 0) return []
  return found
}

function ofResult({ election, auditors, leaders, committee, today }: Facts): Question[] {
  const found: Question[] = []
  if (auditors.length && leaders.length)
    found.push({
      cardId: 'EL-AUDIT-OVERLAP',
      stage: 'result',
      about: { id: 'result', title: '当选人' },
      input: { kind: 'check', holds: !auditors.some((id) => leaders.includes(id)) },
    })
  if (leaders.length && committee.length)
    found.push({
      cardId: 'EL-CHAIR',
      stage: 'result',
      about: { id: 'result', title: '当选人' },
      input: { kind: 'check', holds: leaders.every((id) => committee.includes(id)) },
    })
  if (election.reportedOn)
    found.push({
      cardId: 'EL-APPROVE-15',
      stage: 'result',
      input: { kind: 'deadline', start: election.reportedOn, doneOn: election.decidedOn, today },
    })
  return found
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
