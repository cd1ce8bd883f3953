import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { visibleTo } from '../../../kernel/access/access.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { boxStatesOf } from '../../ballots/public.ts'
import { offerToCongress, type HeldStanding } from '../../congress/public.ts'
import { appoints, type RoundState } from '../words.ts'
import { goodSentence } from './reporting.ts'
import { countedResults } from './results.ts'
import { groupTitle, maySeeResults, rounds, type Round } from './rounds.ts'

/** What a congress may see of an appraisal that its agenda leads to: that it runs, and when it is done how many came back. */
const STANDING: Readonly<Record<RoundState, HeldStanding['state']>> = {
  setup: 'preparing',
  open: 'open',
  closed: 'done',
  abandoned: 'ended',
}

async function roundAt(db: Db | Tx, path: string): Promise<Round | null> {
  const id = Number(/^appraisal\/rounds\/(\d+)$/.exec(path)?.[1] ?? 0)
  return (await sql<Round>`${rounds} where r.id = ${id}`.execute(db)).rows[0] ?? null
}

async function openVotes(db: Db | Tx, roundId: number): Promise<number[]> {
  const { rows } = await sql<{ voteId: number }>`
    select vote_id as "voteId" from appraisal.rater_group where round_id = ${roundId} and vote_id is not null`.execute(
    db,
  )
  const ids = rows.map((row) => row.voteId)
  const boxes = await boxStatesOf(db, ids)
  return ids.filter((id) => boxes.get(id) === 'open')
}

async function standing(db: Db | Tx, path: string): Promise<HeldStanding | null> {
  const round = await roundAt(db, path)
  if (!round) return null
  const state = STANDING[round.state]
  return {
    path,
    title: round.title,
    unitId: round.unitId,
    state,
    votes: await openVotes(db, round.id),
    door: round.groups.some((group) => group.channel === 'slip')
      ? { address: '/appraise', words: '请扫发到手里的评议条，或打开填表页输入评议码；不用登录，不记名。' }
      : null,
    lines:
      state === 'done'
        ? [
            ...round.groups.map(
              (group) => `${groupTitle(group)}：发出${group.issued}张，收回${group.returned ?? 0}张。`,
            ),
            ...round.subjects.map((subject) => `${subject.name}：有效${subject.valid ?? 0}张。`),
          ]
        : [],
  }
}

/** Shares of good grades, for whoever may see the result; what is recommended for a post is told to nobody in a hall. */
async function verdict(db: Db | Tx, actor: Actor, path: string): Promise<string[]> {
  const round = await roundAt(db, path)
  if (!round || round.state !== 'closed' || appoints(round.kind) || !(await maySeeResults(db, actor, round))) return []
  const { subjects } = await countedResults(db, round)
  return subjects.map((subject) => goodSentence(round, subject))
}

offerToCongress({
  duty: 'appraise',
  ofUnit: async (db, actor, unitId) => {
    const { rows } = await sql<{ id: number; title: string }>`
      select r.id, r.title from appraisal.round r where r.unit_id = ${unitId} and r.state <> 'abandoned'
        and ${visibleTo(actor, 'appraisal.read', 'r.unit_id')} order by r.held_on desc, r.id desc limit 40`.execute(db)
    return rows.map(({ id, title }) => ({ path: `appraisal/rounds/${id}`, title }))
  },
  standing,
  verdict,
})
