import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { boxStatesOf, resultsOf, votesAbout, type BoxState, type Result, type Vote } from '../../ballots/public.ts'
import { DUTIES, type Duty } from '../words.ts'
import type { Item } from './agenda.ts'
import { electedIn, pathOf, type Gate } from './voting.ts'

export interface ItemVote {
  itemId: number
  duty: Duty
  dutyTitle: string
  vote: Vote
  gate: Gate
  result: Result | null
  /** The electronic box, where there is one. */
  box: BoxState | null
}

/** All votes of a session with their gates and verdicts, in the order they were called. */
export async function votesIn(db: Db | Tx, sessionId: number): Promise<ItemVote[]> {
  const { rows } = await sql<{ voteId: number; itemId: number; duty: Duty; gate: Gate }>`
    select v.vote_id as "voteId", v.item_id as "itemId", i.duty, v.gate from congress.item_vote v join congress.item i on i.id = v.item_id
    where i.session_id = ${sessionId} order by v.vote_id`.execute(db)
  const results = await resultsOf(
    db,
    rows.map((row) => row.voteId),
  )
  const boxes = await boxStatesOf(
    db,
    rows.map((row) => row.voteId),
  )
  const votes = (
    await Promise.all(
      [...new Set(rows.map((row) => row.itemId))].map((id) => votesAbout(db, pathOf({ id, sessionId }))),
    )
  ).flat()
  return rows.map((row) => ({
    itemId: row.itemId,
    duty: row.duty,
    dutyTitle: DUTIES[row.duty],
    vote: votes.find((vote) => vote.id === row.voteId)!,
    gate: row.gate,
    result: results.get(row.voteId) ?? null,
    box: boxes.get(row.voteId) ?? null,
  }))
}

/** Names of those elected in an item, over its ballots. */
export function electedNames(item: Item, votes: readonly ItemVote[]): string[] {
  const elected = electedIn(votes.filter((one) => one.itemId === item.id && one.result).map((one) => one.result!))
  const written = votes.flatMap((one) => (one.itemId === item.id ? one.vote.items.filter((line) => !line.listed) : []))
  return [
    ...item.candidates.filter((one) => elected.has(`p${one.personId}`)).map((one) => one.name),
    ...written
      .filter((line) => elected.has(line.key) && !item.candidates.some((one) => `p${one.personId}` === line.key))
      .map((line) => line.label),
  ]
}
