import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { keepRecords, type Kept } from '../../../kernel/register/kept.ts'
import { appointOfficer, dismissOfficer, openTerm, termsOf, type Body } from '../../organisation/public.ts'
import { committeeRegister, electionRegister } from '../../union-building/public.ts'
import { ELECTION_KINDS, postOf, type Post } from '../posts.ts'
import type { Election } from './election.ts'
import { termEnd } from './gates.ts'
import { ballotsOf } from './voting.ts'

export interface Elected {
  raceId: number
  post: Post
  personId: number
  name: string
  votes: number
  writtenIn: boolean
  /** Elected by the assembly although the post is a committee's to give. */
  direct: boolean
  /** 党组织职务 of the candidate. */
  partyPost: string | null
}

/** Who was elected, in the order of the plan and of the votes. */
export async function electedOf(db: Db | Tx, electionId: number): Promise<Elected[]> {
  const { rows } = await sql<Elected>`
    select r.id as "raceId", r.post, d.person_id as "personId", p.name, d.votes, d.written_in as "writtenIn", s.kind = 'assembly' as direct,
      c.party_post as "partyPost"
    from elections.elected d join elections.race r on r.id = d.race_id join elections.sitting s on s.id = r.sitting_id
    join members.person p on p.id = d.person_id left join elections.candidate c on c.race_id = d.race_id and c.person_id = d.person_id
    where r.election_id = ${electionId} order by r.position, d.votes desc, d.person_id`.execute(db)
  return rows
}

const BODIES_OF: readonly Body[] = ['committee', 'audit', 'women']
/** Highest first: a chair is written once, as chair. */
const RANK: readonly Post[] = ['chair', 'vice', 'standing', 'audit-chair', 'women-chair', 'member', 'audit', 'women']

/** The offices an election gives: a person once per body, with the highest post. */
export function officesOf(elected: readonly Elected[], body: Body): { personId: number; name: string; post: string }[] {
  const here = elected
    .filter((one) => postOf(one.post).body === body)
    .toSorted((one, other) => RANK.indexOf(one.post) - RANK.indexOf(other.post) || other.votes - one.votes)
  return here
    .filter((one, at) => here.findIndex((other) => other.personId === one.personId) === at)
    .map((one) => ({ personId: one.personId, name: one.name, post: postOf(one.post).officer }))
}

/**
 * Writes what the election decided into the organisation: a new term with its officers from the election day, additions to
 * the running term, or the end of an office. Never typed by hand. @throws Problem 422 `no-term`
 */
export async function writeOffices(tx: Tx, actor: Actor, election: Election): Promise<void> {
  if (election.kind === 'delegates') return
  const elected = await electedOf(tx, election.id)
  if (election.kind === 'first' || election.kind === 'term') {
    for (const body of BODIES_OF) {
      const officers = officesOf(elected, body)
      if (!officers.length) continue
      await openTerm(tx, actor, {
        unitId: election.unitId,
        body,
        ordinal: election.ordinal!,
        startsOn: election.heldOn,
        dueOn: termEnd(election.heldOn, election.termYears!),
        document: election.document,
        officers,
      })
    }
    return
  }
  const terms = (await termsOf(tx, election.unitId)).filter((term) => !term.endedOn)
  if (election.kind === 'recall') return endOffices(tx, actor, election, terms)
  for (const body of BODIES_OF)
    for (const officer of officesOf(elected, body)) {
      const term = terms.find((one) => one.body === body)
      if (!term) throw refused('no-term', '本单位还没有登记现任委员会的届期，请先在“届期与任职”登记，再办理批复。')
      await appointOfficer(tx, actor, term.id, { ...officer, fromOn: election.heldOn })
    }
}

async function endOffices(
  tx: Tx,
  actor: Actor,
  election: Election,
  terms: Awaited<ReturnType<typeof termsOf>>,
): Promise<void> {
  const ballots = await ballotsOf(tx, election.id)
  const recalled = ballots.flatMap(({ vote, result }) =>
    (result?.verdict.items ?? [])
      .filter((item) => item.outcome === 'passed')
      .map((item) => vote.items.find((one) => one.key === item.key)!.personId),
  )
  for (const term of terms)
    for (const officer of term.officers)
      if (!officer.toOn && recalled.includes(officer.personId))
        await dismissOfficer(
          tx,
          actor,
          term.id,
          officer.id,
          election.heldOn,
          `罢免（${election.document ?? '已批准'}）`,
        )
}

const COMMITTEES: Readonly<Partial<Record<Body, string>>> = {
  committee: '工会委员会',
  audit: '经费审查委员会',
  women: '女职工委员会',
}

/** The committees a new term brings, each with its members, in the register of committees (三委). */
async function fileCommittees(tx: Tx, actor: Actor, election: Election, elected: readonly Elected[]): Promise<void> {
  await keepRecords(
    tx,
    actor,
    committeeRegister,
    BODIES_OF.flatMap((body): Kept[] => {
      const officers = officesOf(elected, body)
      if (!officers.length) return []
      return [
        {
          keptBy: `elections/${election.id}#${body}`,
          draft: {
            unitId: election.unitId,
            happenedOn: election.heldOn,
            endedOn: termEnd(election.heldOn, election.termYears!),
            fields: { kind: COMMITTEES[body] },
            lines: officers.map((one) => ({
              personId: one.personId,
              fields: {
                member: { id: one.personId, name: one.name },
                // The register knows no standing members beside the others.
                post: one.post === '常务委员' ? '委员' : one.post,
              },
            })),
          },
        },
      ]
    }),
  )
}

/** How somebody came to lead; that a chair was elected directly is told by its own record besides. */
const routeOf = (one: Elected): string =>
  one.post === 'chair' && one.partyPost ? '党组织副职经选举兼任' : one.direct ? '大会直接选举' : '委员会选举'

/** Files the election in the register the report counts from; the direct election of a chair is a record of its own. */
export async function fileResult(tx: Tx, actor: Actor, election: Election): Promise<void> {
  if (election.kind === 'recall' || election.kind === 'delegates') return
  const elected = await electedOf(tx, election.id)
  if (election.kind === 'first' || election.kind === 'term') await fileCommittees(tx, actor, election, elected)
  const filed = elected.filter((one) => postOf(one.post).filed)
  const direct = filed.filter((one) => one.post === 'chair' && one.direct)
  const rest = filed.filter((one) => !direct.includes(one))
  const record = (keptBy: string, kind: string, lines: readonly Elected[]): Kept => ({
    keptBy,
    draft: {
      unitId: election.unitId,
      happenedOn: election.heldOn,
      fields: {
        body: election.unitName,
        kind,
        ...(election.ordinal !== null && { term: election.ordinal }),
        ...(election.dueOn && kind === ELECTION_KINDS.term && { onTime: election.heldOn <= election.dueOn }),
        ...(election.reason && { reason: election.reason }),
        ...(election.document && { approvalNo: election.document }),
      },
      lines: lines.map((one) => ({
        personId: one.personId,
        fields: {
          elected: { id: one.personId, name: one.name },
          post: postOf(one.post).filed,
          ...(['chair', 'vice'].includes(one.post) && { route: routeOf(one) }),
          votes: one.votes,
        },
      })),
    },
  })
  await keepRecords(tx, actor, electionRegister, [
    ...(rest.length ? [record(`elections/${election.id}`, ELECTION_KINDS[election.kind], rest)] : []),
    ...(direct.length ? [record(`elections/${election.id}#chair`, ELECTION_KINDS.direct, direct)] : []),
  ])
}
