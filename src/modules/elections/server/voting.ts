import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { needed, reaches, share } from '../../../kernel/rules/arithmetic.ts'
import { confirmedNumbers } from '../../../kernel/rules/confirmations.ts'
import {
  articleOf,
  closeVote,
  freezeVote,
  openVote,
  resultsOf,
  voteById,
  votesAbout,
  type Result,
  type Rule,
  type Vote,
} from '../../ballots/public.ts'
import { cardOn } from '../../rules/public.ts'
import { postOf, SITTINGS } from '../posts.ts'
import { candidatesOf } from './candidates.ts'
import { raceToWork, racesOf, type Election, type Race, type Sitting } from './election.ts'
import { gatesOf, obstacles } from './gates.ts'
import { openBoxes, requireForSecret, type BoxPlan } from './secret-round.ts'
import { membersOf, sittingToWork, tellersOf } from './sittings.ts'

export interface Ballot {
  raceId: number
  vote: Vote
  result: Result | null
}

/** Every ballot of an election, oldest first, with its verdict once there is one. */
export async function ballotsOf(db: Db | Tx, electionId: number): Promise<Ballot[]> {
  const [votes, links] = await Promise.all([
    votesAbout(db, `elections/${electionId}`),
    sql<{
      raceId: number
      voteId: number
    }>`select v.race_id as "raceId", v.vote_id as "voteId" from elections.race_vote v
      join elections.race r on r.id = v.race_id where r.election_id = ${electionId}`.execute(db),
  ])
  const results = await resultsOf(
    db,
    votes.map((vote) => vote.id),
  )
  return votes.flatMap((vote) => {
    const link = links.rows.find((row) => row.voteId === vote.id)
    return link ? [{ raceId: link.raceId, vote, result: results.get(vote.id) ?? null }] : []
  })
}

/** Whether a contest needs nothing more, and if not, what comes next. */
export function standing(
  race: Race,
  ballots: readonly Ballot[],
): 'unopened' | 'draft' | 'counting' | 'tied' | 'short' | 'void' | 'settled' {
  const last = ballots.filter((ballot) => ballot.raceId === race.id && ballot.vote.state !== 'void').at(-1)
  if (!last) return 'unopened'
  if (last.vote.state === 'draft') return 'draft'
  const outcome = last.result?.verdict.outcome
  if (!outcome) return 'counting'
  if (outcome === 'void') return 'void'
  if (outcome === 'tied') return 'tied'
  return outcome === 'short' && race.reducedTo === null ? 'short' : 'settled'
}

/** The rule of a contest, with its articles as they stand on the day. */
async function ruleOf(tx: Tx, election: Election, race: Race, seats: number): Promise<Rule> {
  const confirmed = await confirmedNumbers(tx)
  const article = (id: string) => {
    const card = cardOn(id, election.heldOn)
    return card ? articleOf(card, confirmed) : undefined
  }
  const unit = postOf(race.post).sitting === 'unit'
  const staff = race.post === 'staff-delegate'
  const recall = race.post === 'recall'
  const articles = {
    presence: article(staff ? 'SC-DEL-ELECT' : unit ? 'MC-ELECT-QUORUM' : 'EL-QUORUM'),
    threshold: article(staff ? 'SC-DEL-ELECT' : unit ? 'MC-ELECT-REP' : recall ? 'EL-RECALL' : 'EL-WIN'),
    tie: article('EL-TIE'),
    returned: article('EL-BALLOT-GLOBAL'),
  }
  const margin = postOf(race.post).margin
  const marginTest = margin ? cardOn(margin, election.heldOn)?.test : undefined
  return {
    kind: recall ? 'motion' : 'election',
    base: unit ? 'unit' : recall ? 'all' : 'expected',
    threshold: share.majority,
    presence: share.twoThirds,
    ...(!recall && { seats }),
    ...(marginTest?.kind === 'share' && { margin: marginTest.share }),
    tie: recall ? 'open' : 'revote',
    articles: Object.fromEntries(Object.entries(articles).filter(([, one]) => one !== undefined)),
  }
}

async function put(
  tx: Tx,
  actor: Actor,
  election: Election,
  sitting: Sitting,
  race: Race,
  ballot: {
    seats: number
    candidates: readonly { personId: number; name: string }[]
    round: number
    revoteOf?: number
  },
): Promise<Vote> {
  const [members, tellers] = await Promise.all([membersOf(tx, sitting.id), tellersOf(tx, election.id)])
  const post = postOf(race.post).title
  const rule = await ruleOf(tx, election, race, ballot.seats)
  const vote = await openVote(tx, actor, {
    unitId: election.unitId,
    subject: { kind: 'elections', path: `elections/${election.id}` },
    title: `${election.title}·${sitting.kind === 'unit' ? `${sitting.unitName}·` : ''}${post}${ballot.round > 1 ? `（第${ballot.round}次投票）` : ''}`,
    kind: race.post === 'recall' ? 'motion' : 'election',
    ...(sitting.secret
      ? {
          mode: 'secret' as const,
          // Whoever votes against a candidate may name another, on the phone as on paper.
          rule: { ...rule, secret: { ...sitting.secret, writeIns: rule.seats ? Math.min(rule.seats, 20) : 0 } },
          channels: ['booth', 'main'],
        }
      : { mode: 'paper' as const, rule }),
    heldOn: election.heldOn,
    items: ballot.candidates.map((one) => ({ key: `p${one.personId}`, label: one.name, personId: one.personId })),
    roll: members.map((member) => member.personId),
    ...(sitting.kind === 'unit' && { unit: members.length }),
    tellers: tellers.filter((teller) => teller.sittingId === sitting.id),
    round: ballot.round,
    ...(ballot.revoteOf !== undefined && { revoteOf: ballot.revoteOf }),
  })
  await sql`insert into elections.race_vote (race_id, vote_id) values (${race.id}, ${vote.id})`.execute(tx)
  return vote
}

/**
 * Prepares the papers of a sitting: one vote a contest, on the frozen roll. Until issuing opens, tellers may correct it.
 * @throws Problem 409 `roll-missing` | `prepared-already`, 422 `no-candidates` | `tellers-missing`
 */
export async function prepare(tx: Tx, actor: Actor, sittingId: number): Promise<void> {
  const { election, sitting } = await sittingToWork(tx, actor, sittingId, ['meeting'])
  if (!sitting.frozen) throw conflict('roll-missing', '请先确定应到会名册。')
  const races = (await racesOf(tx, election.id)).filter((race) => race.sittingId === sittingId)
  const ballots = await ballotsOf(tx, election.id)
  const fresh = races.filter((race) => standing(race, ballots) === 'unopened')
  if (!fresh.length) throw conflict('prepared-already', '这次会议的选票已经准备好。')
  const tellers = (await tellersOf(tx, election.id)).filter((teller) => teller.sittingId === sittingId)
  if (sitting.secret) requireForSecret(sitting.expected, tellers.length)
  if (tellers.length < 2) throw refused('tellers-missing', '请先确定监票人、计票人，至少两人。')
  const candidates = await candidatesOf(tx, election)
  for (const race of fresh) {
    const listed = candidates.filter((one) => one.raceId === race.id)
    if (!listed.length) throw refused('no-candidates', `${postOf(race.post).title}还没有候选人，请先提名。`)
    await put(tx, actor, election, sitting, race, { seats: race.seats, candidates: listed, round: 1 })
  }
}

/**
 * Hands out the papers: gates are judged, roll and rule freeze under one hash.
 * @param despite goes on although a rule that must hold doesn't: recorded as it happened, and never declared valid
 * @throws Problem 409 `not-prepared`, 422 `gates-block` | `warnings-open` | `nobody-present`
 */
export async function issue(
  tx: Tx,
  actor: Actor,
  sittingId: number,
  today: string,
  despite?: string | null,
  box?: BoxPlan,
): Promise<void> {
  const { election, sitting } = await sittingToWork(tx, actor, sittingId, ['meeting'])
  const races = (await racesOf(tx, election.id)).filter((race) => race.sittingId === sittingId)
  const drafts = (await ballotsOf(tx, election.id)).filter(
    (ballot) => ballot.vote.state === 'draft' && races.some((race) => race.id === ballot.raceId),
  )
  if (!drafts.length) throw conflict('not-prepared', '请先准备选票。')
  const members = await membersOf(tx, sittingId)
  const present = members.filter((member) => member.present).map((member) => member.personId)
  const remote = sitting.secret?.venue === 'remote'
  if (!present.length && !remote) throw refused('nobody-present', '还没有人签到，不能发票。')
  const all = await gatesOf(tx, election, today)
  const here = all.filter(
    (gate) => gate.stage !== 'result' && (gate.sittingId === null || gate.sittingId === sittingId),
  )
  // Having no women's committee is put right by founding one; it voids nobody's election.
  const { blocking, unanswered } = obstacles(here.filter((gate) => !gate.id.startsWith('CM-WOMEN')))
  if (blocking.length && !despite)
    throw refused('gates-block', `还不能发票：${blocking.map((gate) => gate.title).join('、')}未达到规定。`, {
      despite: '须先达到规定',
    })
  if (unanswered.length && !despite)
    throw refused('warnings-open', `请先就下列提醒改正或说明理由：${unanswered.map((gate) => gate.title).join('、')}。`)
  if (blocking.length)
    await sql`update elections.election set flaw = coalesce(flaw || '；', '') || ${`${blocking.map((gate) => gate.title).join('、')}未达到规定，仍然发票：${despite}`}
      where id = ${election.id}`.execute(tx)
  // In a remote vote whoever draws a paper takes part, and the verdict judges that number.
  for (const { vote } of drafts) await freezeVote(tx, actor, vote.id, remote ? [] : present)
  await openBoxes(
    tx,
    actor,
    drafts.map(({ vote }) => vote),
    box,
  )
  await audit(tx, actor, {
    action: 'elections.issue',
    objectKind: 'election',
    objectId: election.id,
    unitId: election.unitId,
    summary: `${election.title}${SITTINGS[sitting.kind]}开始发票，${remote ? '场外投票' : `到会 ${present.length} 人`}`,
    ...(blocking.length && { detail: { despite, gates: blocking.map((gate) => gate.id) } }),
  })
}

/**
 * Declares the count of a contest: the verdict is stored, the elected are written down.
 * @throws Problem 409 `not-counting`, 422 `count-missing` | `count-wrong` | `write-in-unknown`
 */
export async function close(
  tx: Tx,
  actor: Actor,
  raceId: number,
  barred: readonly { key: string; reason: string }[],
): Promise<Result> {
  const { election, race } = await raceToWork(tx, actor, raceId, ['meeting'])
  const open = (await ballotsOf(tx, election.id))
    .filter((one) => one.raceId === raceId && one.vote.state === 'issuing')
    .at(-1)
  if (!open) throw conflict('not-counting', '这一项没有正在进行的投票。')
  const result = await closeVote(tx, actor, open.vote.id, new Map(barred.map((one) => [one.key, one.reason])))
  const vote = await voteById(tx, open.vote.id)
  const won = result.verdict.elected.map((key) => ({ key, item: vote.items.find((item) => item.key === key)! }))
  const unknown = won.filter(({ item }) => item.personId === null)
  if (unknown.length)
    throw refused(
      'write-in-unknown',
      `另选的“${unknown.map(({ item }) => item.label).join('、')}”得票过半，请计票人在计票单上从花名册选定本人后再宣布。`,
    )
  await sql`insert into elections.elected (race_id, person_id, vote_id, votes, written_in)
    select ${raceId}, e.* from unnest(${won.map(({ item }) => item.personId)}::bigint[], ${won.map(() => vote.id)}::bigint[],
      ${won.map(({ key }) => result.verdict.items.find((item) => item.key === key)!.yes)}::int[],
      ${won.map(({ item }) => !item.listed)}::boolean[]) e`.execute(tx)
  await audit(tx, actor, {
    action: 'elections.count',
    objectKind: 'election',
    objectId: election.id,
    unitId: election.unitId,
    summary: `宣布${postOf(race.post).title}计票结果：${won.length ? `${won.map(({ item }) => item.label).join('、')}当选` : result.verdict.outcome === 'void' ? '投票无效' : '无人当选'}`,
  })
  return result
}

/**
 * Another ballot of a contest: among the tied only, for seats left empty among those not elected, or anew after a void one.
 * Papers go out at once to those present; electronic ones when the box is opened. @throws Problem 409 `no-ballot-needed`
 */
export async function nextBallot(tx: Tx, actor: Actor, raceId: number): Promise<Vote> {
  const { election, race, sitting } = await raceToWork(tx, actor, raceId, ['meeting'])
  const ballots = (await ballotsOf(tx, election.id)).filter((one) => one.raceId === raceId)
  const last = ballots.at(-1)
  const need = standing(race, ballots)
  if (!last?.result || !['tied', 'short', 'void'].includes(need))
    throw conflict('no-ballot-needed', '这一项现在不需要再次投票。')
  const { verdict } = last.result
  const keys =
    need === 'tied'
      ? verdict.tied
      : need === 'void'
        ? last.vote.items.filter((item) => item.listed).map((item) => item.key)
        : verdict.items.filter((item) => item.outcome === 'not-elected').map((item) => item.key)
  const persons = last.vote.items.filter((item) => keys.includes(item.key) && item.personId !== null)
  if (!persons.length) throw refused('no-candidates', '没有可以再次投票的候选人，请减少名额或重新提名。')
  const vote = await put(tx, actor, election, sitting, race, {
    seats: need === 'tied' ? verdict.tiedSeats : need === 'short' ? verdict.vacant : race.seats,
    // Another ballot lists the unelected in the order of their votes (选举工作条例 第二十六条).
    candidates: keys.flatMap((key) =>
      persons.filter((item) => item.key === key).map((item) => ({ personId: item.personId!, name: item.label })),
    ),
    round: last.vote.round + 1,
    revoteOf: last.vote.id,
  })
  // The scrutineers make new keys first; papers go out with «开始发票».
  if (sitting.secret) return vote
  const present = (await membersOf(tx, sitting.id)).filter((member) => member.present).map((member) => member.personId)
  return freezeVote(tx, actor, vote.id, present)
}

/**
 * Gives up the seats that nobody won, with the consent of more than half of those expected; the committee stays within its
 * bracket. @throws Problem 409 `not-short`, 422 `consent-missing` | `below-bracket`
 */
export async function reduceSeats(tx: Tx, actor: Actor, raceId: number, yes: number, today: string): Promise<void> {
  const { election, race, sitting } = await raceToWork(tx, actor, raceId, ['meeting'])
  if (standing(race, await ballotsOf(tx, election.id)) !== 'short')
    throw conflict('not-short', '当选人没有少于应选名额，不需要减少名额。')
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from elections.elected where race_id = ${raceId}`.execute(tx)
  const filled = rows[0]!.n
  if (!filled) throw refused('below-bracket', '没有人当选，不能以减少名额结束，请另行选举。')
  if (!reaches(yes, sitting.expected, share.majority))
    throw refused(
      'consent-missing',
      `同意减少名额的 ${yes} 人没有超过应到会 ${sitting.expected} 人的半数（至少 ${needed(sitting.expected, share.majority)} 人），请另行选举。`,
      {
        yes: '没有超过半数',
      },
    )
  await sql`update elections.race set reduced_to = ${filled}, consented = ${yes} where id = ${raceId}`.execute(tx)
  const bracket = (await gatesOf(tx, election, today)).find((gate) => gate.id === 'EL-SEATS')
  if (race.post === 'member' && bracket?.holds === false)
    throw refused('below-bracket', `减少后的 ${filled} 名低于规定的委员人数，不能减少，请另行选举。`)
  await audit(tx, actor, {
    action: 'elections.reduce-seats',
    objectKind: 'election',
    objectId: election.id,
    unitId: election.unitId,
    summary: `${postOf(race.post).title}名额由 ${race.seats} 名减为 ${filled} 名，${yes} 人同意`,
  })
}
