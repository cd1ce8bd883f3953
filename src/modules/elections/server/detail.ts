import type { Actor } from '../../../kernel/access/actor.ts'
import { allows } from '../../../kernel/access/access.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { actsOf } from '../../../kernel/lifecycle/act.ts'
import { postOf, SITTINGS, type ElectionState } from '../posts.ts'
import { annulmentOf, answersFor } from './annulment.ts'
import { candidatesOf, nomineesOf } from './candidates.ts'
import { electionFor, racesOf, sittingsOf, type Election, type Race, type Sitting } from './election.ts'
import { electedOf } from './filing.ts'
import { gatesOf, obstacles, type Gate } from './gates.ts'
import { tellersOf } from './sittings.ts'
import { ballotsOf, standing, type Ballot } from './voting.ts'

export interface Step {
  id: string
  title: string
  state: 'done' | 'now' | 'later'
  /** What is still missing before the next step. */
  missing: string[]
}

const ORDER: readonly ElectionState[] = [
  'plan',
  'review',
  'preparing',
  'publicity',
  'meeting',
  'announced',
  'reported',
  'approved',
]
const TITLES = [
  '起草选举方案',
  '上一级工会批复方案',
  '推荐候选人',
  '候选人公示',
  '召开会议选举',
  '宣布结果',
  '上一级工会批复结果',
  '任职、归档',
] as const

/** Everything a page of the election shows. @throws Problem 404 */
export async function detailOf(db: Db, actor: Actor, id: number, today: string) {
  const election = await electionFor(db, actor, id)
  const [
    sittings,
    races,
    candidates,
    nominees,
    tellers,
    ballots,
    elected,
    gates,
    acts,
    mayWrite,
    mayApprove,
    annulment,
    answers,
  ] = await Promise.all([
    sittingsOf(db, id),
    racesOf(db, id),
    candidatesOf(db, election),
    nomineesOf(db, id),
    tellersOf(db, id),
    ballotsOf(db, id),
    electedOf(db, id),
    gatesOf(db, election, today),
    actsOf(db, 'election', id),
    allows(db, actor, 'elections.write', election.unitId),
    election.upperId === null ? false : allows(db, actor, 'elections.approve', election.upperId),
    annulmentOf(db, actor, id),
    answersFor(db, actor, election),
  ])
  const withStanding = races.map((race) => ({
    ...race,
    title: titleOf(race, sittings),
    standing: standing(race, ballots),
  }))
  return {
    election,
    sittings: sittings.map((sitting) => ({
      ...sitting,
      title: sitting.kind === 'unit' ? `${sitting.unitName}${SITTINGS.unit}` : SITTINGS[sitting.kind],
    })),
    races: withStanding,
    candidates,
    nominees,
    tellers,
    ballots,
    elected,
    gates,
    acts,
    steps: stepsOf(election, withStanding, candidates.length, ballots, gates),
    annulment,
    may: { write: mayWrite, approve: mayApprove, answerAnnulment: answers !== null },
  }
}
/** Units that choose delegates each have a contest of the same post: the unit tells them apart. */
function titleOf(race: Race, sittings: readonly Sitting[]): string {
  const sitting = sittings.find((one) => one.id === race.sittingId)!
  return sitting.kind === 'unit' ? `${sitting.unitName}${postOf(race.post).title}` : postOf(race.post).title
}
export type ElectionDetail = Awaited<ReturnType<typeof detailOf>>

function stepsOf(
  election: Election,
  races: readonly (Race & { title: string; standing: string })[],
  candidates: number,
  ballots: readonly Ballot[],
  gates: readonly Gate[],
): Step[] {
  const at = ORDER.indexOf(election.state)
  // An election that ended shows how far it had come.
  const reached = (id: string): boolean =>
    id === 'announced'
      ? election.announcedOn !== null
      : id === 'reported'
        ? election.state === 'invalid' && election.decidedOn !== null
        : ORDER.indexOf(id as ElectionState) < 5
  const { blocking, unanswered } = obstacles(gates)
  const wanting = (...stages: Gate['stage'][]): string[] => [
    ...blocking.filter((gate) => stages.includes(gate.stage)).map((gate) => `${gate.title}：未达到规定`),
    ...unanswered.filter((gate) => stages.includes(gate.stage)).map((gate) => `${gate.title}：请改正或说明理由`),
  ]
  const missing: Partial<Record<ElectionState, string[]>> = {
    plan: wanting('plan').filter((text) => !text.startsWith('选举方案先报同意')),
    review: [`等待${election.upperName ?? '上一级工会'}批复`],
    preparing: [
      ...(candidates ? [] : ['还没有候选人']),
      ...wanting('candidates').filter((text) => !text.includes('公示')),
    ],
    publicity: wanting('candidates'),
    meeting: [
      ...(election.flaw ? [`不能宣布有效：${election.flaw}`] : []),
      ...races
        .filter((race) => race.standing !== 'settled')
        .map((race) => `${race.title}：${STANDINGS[race.standing] ?? ''}`),
      ...wanting('meeting', 'result'),
    ],
    announced: ['把结果报上一级工会'],
    reported: [`等待${election.upperName ?? '上一级工会'}批复（15 日内；逾期不答复不等于批准）`],
  }
  return ORDER.map((state, index) => ({
    id: state,
    title: TITLES[index]!,
    state: at < 0 ? 'later' : index < at || election.state === 'approved' ? 'done' : index === at ? 'now' : 'later',
    missing: index === at ? (missing[state] ?? []) : [],
  })).map((step) =>
    at < 0 && ballots.length && reached(step.id) ? { ...step, state: 'done' as const } : step,
  ) as Step[]
}

const STANDINGS: Readonly<Record<string, string>> = {
  unopened: '还没有准备选票',
  draft: '选票已准备，待发票',
  counting: '投票、计票中',
  tied: '得票相等，须再次投票',
  short: '当选人不足，另行选举或减少名额',
  void: '投票无效，须重新投票',
}
