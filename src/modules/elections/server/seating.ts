import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import {
  annulSeats,
  constituenciesOf,
  knownCategories,
  runningTerm,
  seatElected,
  seatsBy,
  vacatedSeats,
} from '../../congress/public.ts'
import type { SeatingShape, SeatsInput } from '../contract.ts'
import { electionFor, electionToWork, electorate, racesOf, type Election } from './election.ts'

/** Elected delegates take their seats in the running term of the congress: the election is what the congress knows of them. */
const pathOf = (election: Pick<Election, 'id'>): string => `elections/${election.id}`
/** An announced result stands until the upper union refuses it or it is found invalid. */
const STANDS: readonly Election['state'][] = ['announced', 'reported', 'approved']

const ENDED: readonly Election['state'][] = ['refused', 'invalid', 'cancelled']

interface ElectedDelegate {
  personId: number
  name: string
  votes: number
  unitId: number
  unitName: string
}
async function electedDelegates(db: Db | Tx, electionId: number): Promise<ElectedDelegate[]> {
  const { rows } = await sql<ElectedDelegate>`
    select d.person_id as "personId", p.name, d.votes, s.unit_id as "unitId", u.name as "unitName"
    from elections.elected d join elections.race r on r.id = d.race_id join elections.sitting s on s.id = r.sitting_id
    join organisation.unit u on u.id = s.unit_id join members.person p on p.id = d.person_id
    where r.election_id = ${electionId} order by r.position, d.votes desc, d.person_id`.execute(db)
  return rows
}

/** Who was elected and which seat waits for them. @throws Problem 404, 409 `no-delegates` */
export async function seatingOf(db: Db | Tx, actor: Actor, id: number): Promise<SeatingShape> {
  const election = await electionFor(db, actor, id)
  if (election.kind !== 'delegates') throw conflict('no-delegates', '这次选举不选代表，没有席位可入。')
  const body = electorate(await racesOf(db, id))
  const term = await runningTerm(db, election.unitId, body)
  const elected = await electedDelegates(db, id)
  const [constituencies, vacated, categories, seats, may] = await Promise.all([
    term ? constituenciesOf(db, term.id) : [],
    term ? vacatedSeats(db, term.id) : [],
    knownCategories(
      db,
      elected.map((one) => one.personId),
    ),
    seatsBy(db, pathOf(election)),
    allows(db, actor, 'congress.write', election.unitId),
  ])
  const standing = new Set(seats.filter((seat) => !seat.annulledFor).map((seat) => seat.personId))
  return {
    term: term && { id: term.id, body, kind: term.kind, ordinal: term.ordinal },
    body,
    constituencies: constituencies.map(({ id: own, name, seats: places, seated }) => ({
      id: own,
      name,
      seats: places,
      seated,
    })),
    vacated,
    seats,
    // Nobody waits for a seat of an election that came to nothing.
    waiting: elected
      .filter((one) => !ENDED.includes(election.state) && !standing.has(one.personId))
      .map((one) => {
        const own = constituencies.find((place) => place.unitId === one.unitId || place.name === one.unitName)
        return { ...one, constituencyId: own?.id ?? null, category: categories.get(one.personId) ?? null }
      }),
    may: may && STANDS.includes(election.state),
  }
}

/**
 * Seats everybody whom the election elected and who has no seat by it yet, at once: name, votes and day come from the count.
 * The officer only says what the ballot can't know: the category, and whose vacant place it is.
 * @throws Problem 403, 404, 409 `wrong-state` | `no-term` | `seated-all` | `seats-full`, 422 `seat-missing` | `not-vacant`
 */
export async function takeSeats(tx: Tx, actor: Actor, id: number, input: SeatsInput): Promise<SeatingShape> {
  const election = await electionToWork(tx, actor, id, STANDS)
  const { term, waiting, body } = await seatingOf(tx, actor, id)
  if (!term)
    throw conflict(
      'no-term',
      `本单位还没有${body === 'staff' ? '职工代表大会' : '会员代表大会'}的届次，请先在“大会”里建立届次、划定选举单位。`,
    )
  if (!waiting.length) throw conflict('seated-all', '当选的代表都已入席。')
  const fields: Record<string, string> = {}
  const drafts = waiting.map((one) => {
    const said = input.seats.find((seat) => seat.personId === one.personId)
    const constituencyId = said?.constituencyId ?? one.constituencyId
    const category = said?.category ?? one.category
    if (!category) fields[`category.${one.personId}`] = `请选择${one.name}的人员类别`
    if (!constituencyId)
      fields[`constituency.${one.personId}`] = `“${one.unitName}”不是这一届的选举单位，请选择席位属于哪个选举单位`
    return {
      personId: one.personId,
      constituencyId: constituencyId ?? 0,
      category: category ?? ('front-line' as const),
      dispatched: said?.dispatched ?? false,
      votes: one.votes,
      ...(said?.replacesId ? { replacesId: said.replacesId } : {}),
    }
  })
  if (Object.keys(fields).length) throw refused('seat-missing', `还不能入席：${Object.values(fields)[0]}。`, fields)
  await seatElected(tx, actor, term.id, { path: pathOf(election), heldOn: election.heldOn }, drafts)
  await audit(tx, actor, {
    action: 'elections.take-seats',
    objectKind: 'election',
    objectId: id,
    unitId: election.unitId,
    summary: `${election.title}当选代表 ${drafts.length} 人入席第 ${term.ordinal} 届`,
  })
  return seatingOf(tx, actor, id)
}

/** An election that didn't stand gives no seats: those already taken end. */
export const withdrawSeats = (
  tx: Tx,
  actor: Actor,
  election: Pick<Election, 'id' | 'kind'>,
  reason: string,
  today: string,
): Promise<number> =>
  election.kind === 'delegates' ? annulSeats(tx, actor, pathOf(election), reason, today) : Promise.resolve(0)
