import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { RuleInput } from '../../../kernel/rules/evaluate.ts'
import { postOf, SITTINGS } from '../posts.ts'
import { candidatesOf, type Candidate } from './candidates.ts'
import { electorate, racesOf, sittingsOf, type Election, type Race, type Sitting } from './election.ts'
import type { Gate } from './gates.ts'
import { electorsOf, tellersOf } from './sittings.ts'

export interface Facts {
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

export interface Question {
  cardId: string
  stage: Gate['stage']
  input: RuleInput
  /** Race or sitting the question is about. */
  about?: { id: string; title: string; sittingId?: number }
}

/** What the rules are asked about, read once. */
export async function factsOf(db: Db | Tx, election: Election, today: string): Promise<Facts> {
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

/** Which rule is asked what, at the stage the election has reached. */
export function questions(facts: Facts): Question[] {
  if (['plan', 'review'].includes(facts.election.state)) return ofPlan(facts)
  return [...ofPlan(facts), ...ofCandidates(facts), ...ofMeetings(facts), ...ofResult(facts)]
}

function ofPlan({ election, races, members, women, womenTerm }: Facts): Question[] {
  const found: Question[] = []
  const whole = election.kind === 'first' || election.kind === 'term'
  // An election whose plan was returned or never answered doesn't reach a later stage; there the question is settled.
  if (!['plan', 'review'].includes(election.state))
    found.push({ cardId: 'EL-PLAN', stage: 'plan', input: { kind: 'check', holds: true } })
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
    // Those whom a new committee chooses from itself are not known before it stands.
    if (!listed.length && post.sitting !== 'assembly' && post.sitting !== 'unit') continue
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
    // Nobody signs in to a remote vote: its verdict judges how many drew a paper.
    if (sitting.secret?.venue === 'remote')
      found.push({
        cardId: 'MC-ONLINE',
        stage: 'meeting',
        about,
        input: { kind: 'check', holds: sitting.secret.allowed !== undefined },
      })
    // The text on staff delegates says both gates in one sentence; the vote's own rule judges the presence.
    else if (sitting.frozen && sitting.present > 0 && electorate(here) === 'members')
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
