import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { addChannels, type Count } from '../verdict/count.ts'
import { evaluate, type BallotVerdict } from '../verdict/evaluate.ts'
import { channelTitle, OUTCOMES } from '../words.ts'
import { countNames } from './counting.ts'
import { lockVote, type Vote } from './vote.ts'

export interface Result {
  voteId: number
  count: Count
  verdict: BallotVerdict
  /** The derivation as it stands in the record: numbered sentences with article. */
  words: string
}

/** The stored verdict; null while the vote is open. */
export async function resultOf(db: Db | Tx, voteId: number): Promise<Result | null> {
  const { rows } = await sql<Result>`
    select vote_id as "voteId", count, verdict, words from ballots.verdict where vote_id = ${voteId}`.execute(db)
  return rows[0] ?? null
}

/** Stored verdicts of many votes, by vote. */
export async function resultsOf(db: Db | Tx, voteIds: readonly number[]): Promise<Map<number, Result>> {
  const { rows } = await sql<Result>`
    select vote_id as "voteId", count, verdict, words from ballots.verdict where vote_id = any(${[...voteIds]}::bigint[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.voteId, row]))
}

/** The same text on the screen, in the minutes and in the result's document. */
export const wordsOf = (title: string, verdict: BallotVerdict): string =>
  [
    `${title}：${OUTCOMES[verdict.outcome]}。`,
    ...verdict.steps.map((step) => `${step.no}. ${step.text}${step.article ? `（${step.article}）` : ''}`),
    ...verdict.notes.map((note) => `注：${note}`),
  ].join('\n')

/**
 * Names whom voters wrote in on the agreed sheets, so that a barred one can be declared so before the close.
 * @returns key and name of each, with the votes
 */
export async function writtenIn(db: Db | Tx, voteId: number): Promise<{ key: string; label: string; yes: number }[]> {
  const { rows } = await sql<{ sheet: Count }>`select sheet from ballots.count_sheet where vote_id = ${voteId}`.execute(
    db,
  )
  if (!rows.length) return []
  return addChannels(rows.map((row) => row.sheet))
    .items.filter((item) => item.writtenIn)
    .map(({ key, label, yes }) => ({ key, label, yes }))
}

/**
 * Closes a vote: adds the channels up, evaluates and stores verdict, steps and text. Callers check their permission.
 * @param barred why a listed or written-in person can't be elected, by key
 * @throws Problem 409 `not-counting`, 422 `count-missing` | `count-wrong`
 */
export async function closeVote(
  tx: Tx,
  actor: Actor,
  voteId: number,
  barred: ReadonlyMap<string, string> = new Map(),
): Promise<Result> {
  const vote = await lockVote(tx, voteId)
  if (vote.state !== 'issuing')
    throw conflict('not-counting', vote.state === 'draft' ? '还没有开始发票。' : '这次表决已经结束。')
  const added = await countedBy(tx, vote)
  const count: Count = {
    ...added,
    items: added.items.map((item) => (barred.has(item.key) ? { ...item, barred: barred.get(item.key)! } : item)),
  }
  const verdict = evaluate(vote.rule, count)
  const words = wordsOf(vote.title, verdict)
  const named = count.items.filter((item) => item.writtenIn)
  await sql`insert into ballots.vote_item (vote_id, key, label, person_id, position, listed, barred)
    select ${voteId}, w.key, w.label, substring(w.key from '^p([0-9]+)$')::bigint, 1000 + w.n, false, w.barred
    from unnest(${named.map((item) => item.key)}::text[], ${named.map((item) => item.label)}::text[],
      ${named.map((item) => item.barred ?? null)}::text[]) with ordinality w (key, label, barred, n)`.execute(tx)
  await sql`insert into ballots.verdict (vote_id, outcome, count, verdict, words, decided_by)
    values (${voteId}, ${verdict.outcome}, ${JSON.stringify(count)}::jsonb, ${JSON.stringify(verdict)}::jsonb, ${words}, ${actor.accountId})`.execute(
    tx,
  )
  await sql`update ballots.vote set state = 'closed' where id = ${voteId}`.execute(tx)
  await audit(tx, actor, {
    action: 'ballots.close',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `“${vote.title}”计票结束：${OUTCOMES[verdict.outcome]}`,
    detail: { outcome: verdict.outcome, hash: vote.hash },
  })
  return { voteId, count, verdict, words }
}

async function countedBy(tx: Tx, vote: Vote): Promise<Count> {
  if (vote.mode === 'named') return countNames(tx, vote)
  const { rows } = await sql<{ channel: string; sheet: Count }>`
    select channel, sheet from ballots.count_sheet where vote_id = ${vote.id} order by array_position(${vote.channels}::text[], channel)`.execute(
    tx,
  )
  const used = vote.mode === 'secret' ? await channelsUsed(tx, vote) : vote.channels
  const missing = used.filter((channel) => !rows.some((row) => row.channel === channel))
  if (missing.includes('booth')) throw refused('count-missing', '还不能宣布结果：电子票箱还没有开箱公布。')
  if (missing.length)
    throw refused(
      'count-missing',
      `还不能宣布结果：${missing.map(channelTitle).join('、')}的计票还没有两人一致的录入。`,
    )
  return addChannels(rows.map((row) => row.sheet))
}

/** Beside the electronic box only those stations count that handed out a paper. */
async function channelsUsed(tx: Tx, vote: Vote): Promise<string[]> {
  const { rows } = await sql<{ channel: string }>`
    select distinct drawn_by as channel from ballots.roll_line where vote_id = ${vote.id} and drawn_by is not null`.execute(
    tx,
  )
  return vote.channels.filter((channel) => channel === 'booth' || rows.some((row) => row.channel === channel))
}

/** Calls a vote off before its close (a wrong list, a broken box). What was entered stays readable. @throws Problem 409 */
export async function voidVote(tx: Tx, actor: Actor, voteId: number, reason: string): Promise<void> {
  const vote = await lockVote(tx, voteId)
  if (vote.state === 'closed' || vote.state === 'void') throw conflict('vote-closed', '这次表决已经结束，不能作废。')
  await sql`update ballots.vote set state = 'void', void_reason = ${reason} where id = ${voteId}`.execute(tx)
  // No paper is drawn any more; `discardVoided` empties the box once this is committed.
  await sql`update ballots.secret_vote set state = 'void' where vote_id = ${voteId} and state <> 'published'`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'ballots.void',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `“${vote.title}”作废：${reason}`,
  })
}
