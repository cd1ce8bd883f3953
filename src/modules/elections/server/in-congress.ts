import { allows } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { boxStatesOf } from '../../ballots/public.ts'
import { offerToCongress, type HeldStanding } from '../../congress/public.ts'
import { postOf, type ElectionState } from '../posts.ts'
import { electionById, electionsAt, racesOf } from './election.ts'
import { electedOf } from './filing.ts'
import { ballotsOf } from './voting.ts'

/** What a congress may see of an election that its agenda leads to. The ballots stay in here. */
const STANDING: Readonly<Record<ElectionState, HeldStanding['state']>> = {
  plan: 'preparing',
  review: 'preparing',
  preparing: 'preparing',
  publicity: 'preparing',
  meeting: 'open',
  announced: 'done',
  reported: 'done',
  approved: 'done',
  refused: 'ended',
  invalid: 'ended',
  cancelled: 'ended',
}

const idOf = (path: string): number => Number(/^elections\/(\d+)$/.exec(path)?.[1] ?? 0)

async function standing(db: Db | Tx, path: string): Promise<HeldStanding | null> {
  const election = await electionById(db, idOf(path))
  if (!election) return null
  const ballots = await ballotsOf(db, election.id)
  const races = await racesOf(db, election.id)
  const state = STANDING[election.state]
  const boxes = await boxStatesOf(
    db,
    ballots.map(({ vote }) => vote.id),
  )
  return {
    path,
    title: election.title,
    unitId: election.unitId,
    state,
    votes: ballots.filter(({ vote }) => boxes.get(vote.id) === 'open').map(({ vote }) => vote.id),
    door: null,
    lines:
      state === 'done'
        ? ballots.flatMap(({ raceId, vote, result }) => {
            const post = races.find((race) => race.id === raceId)?.post
            if (!result || !post) return []
            const { issued, returned, valid } = result.count
            const title = `${postOf(post).title}${vote.round > 1 ? `第${vote.round}次投票` : ''}`
            return [`${title}：发出选票${issued}张，收回${returned}张，有效${valid}张。`]
          })
        : [],
  }
}

/** Who was elected, for whoever may see the election. */
async function verdict(db: Db | Tx, actor: Actor, path: string): Promise<string[]> {
  const election = await electionById(db, idOf(path))
  if (!election || !(await allows(db, actor, 'elections.read', election.unitId))) return []
  const elected = await electedOf(db, election.id)
  return (await racesOf(db, election.id)).flatMap((race) => {
    const names = elected.filter((one) => one.raceId === race.id).map((one) => `${one.name}（${one.votes}票）`)
    return names.length ? [`${postOf(race.post).title}当选${names.length}人：${names.join('、')}。`] : []
  })
}

offerToCongress({
  duty: 'elect',
  ofUnit: async (db, actor, unitId) =>
    (await electionsAt(db, actor, unitId)).map(({ id, title }) => ({ path: `elections/${id}`, title })),
  standing,
  verdict,
})
