import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { conflict, notFound, Problem, refused } from '../../../kernel/contract/problem.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { needed, share } from '../../../kernel/rules/arithmetic.ts'
import { confirmedNumbers } from '../../../kernel/rules/confirmations.ts'
import { evaluate } from '../../../kernel/rules/evaluate.ts'
import type { RuleCard } from '../../../kernel/rules/card.ts'
import {
  APPRAISAL_GRADES,
  articleOf,
  closeVote,
  freezeVote,
  openVote,
  resultsOf,
  setTellers,
  voidVote,
  votesAbout,
  type Article,
  type Result,
  type Rule,
  type Vote,
} from '../../ballots/public.ts'
import { cardOn } from '../../rules/public.ts'
import { DUTIES, type Duty } from '../words.ts'
import { openAgreement } from './agreements.ts'
import { finishItem, heldItem, type Item } from './agenda.ts'
import type { Session } from './seen.ts'
import { requireOpen } from './sessions.ts'
import { presentAt } from './sign-in.ts'

/** The gate of presence as it was judged when a vote was called. */
export interface Gate {
  present: number
  expected: number
  needed: number
  holds: boolean
  blocks: boolean
  steps: readonly string[]
  notes: readonly string[]
}

const cardFor = (id: string, session: Session): RuleCard => {
  const card = cardOn(id, session.startsOn)
  if (!card) throw refused('no-rule', `会议日期 ${session.startsOn} 时“${id}”还没有施行，请按当时的规定在台账中登记。`)
  return card
}

/** Which article asks for two thirds: of a staff congress, a union's election, or another vote of the members' congress. */
const quorumCard = (session: Session, duty: Duty | null): RuleCard =>
  cardFor(session.body === 'staff' ? 'SC-QUORUM' : duty === 'elect' ? 'EL-QUORUM' : 'MC-QUORUM', session)

/** Judges the presence at this moment. For a joint meeting of heads two thirds are only said, because no article asks for them. */
export async function gateOf(db: Db | Tx, session: Session, duty: Duty | null, present: number): Promise<Gate> {
  const { expected } = session
  const card = quorumCard(session, duty)
  const [calendar, confirmed] = await Promise.all([loadCalendar(db), confirmedNumbers(db)])
  const verdict = evaluate(card, { kind: 'share', count: present, total: expected }, { calendar, confirmed })
  return {
    present,
    expected,
    needed: expected > 0 ? needed(expected, share.twoThirds) : 0,
    holds: verdict.holds === true,
    ...(session.form === 'joint'
      ? { blocks: false, steps: verdict.steps.slice(0, -1), notes: ['联席会议没有法定到会人数，这里只作提示。'] }
      : { blocks: verdict.blocks, steps: verdict.steps, notes: verdict.notes }),
  }
}

/**
 * By what an item is decided: more than half of those due, who are all delegates but for vacant seats (SC-VOTE, MC-VOTE); a
 * collective contract by the stricter of that and 半数以上 (CC-DRAFT-VOTE). Where vacant seats would turn the verdict, it says so.
 */
export async function ruleOf(
  db: Db | Tx,
  session: Session,
  item: Pick<Item, 'duty' | 'agreement' | 'seats'>,
): Promise<Rule> {
  const confirmed = await confirmedNumbers(db)
  const cite = (id: string): Article => articleOf(cardFor(id, session), confirmed)
  // Heads who meet between sessions are no body of their own: no article asks for a number of them.
  if (session.form === 'joint')
    return { kind: 'motion', base: 'expected', threshold: share.majority, tie: 'open', articles: {} }
  const presence = articleOf(quorumCard(session, item.duty), confirmed)
  if (item.duty === 'appraise')
    return {
      kind: 'appraisal',
      base: 'expected',
      threshold: null,
      presence: share.twoThirds,
      tie: 'open',
      grades: APPRAISAL_GRADES,
      articles: { presence },
    }
  const common = {
    base: 'expected' as const,
    threshold: share.majority,
    presence: share.twoThirds,
    articles: { presence, threshold: cite(session.body === 'staff' ? 'SC-VOTE' : 'MC-VOTE') },
  }
  if (item.duty === 'elect') return { kind: 'election', ...common, seats: item.seats ?? 1, tie: 'revote' }
  return { kind: 'motion', ...common, ...(item.agreement && { also: share.half }), tie: 'open' }
}

const pathOf = (item: Pick<Item, 'id' | 'sessionId'>): string => `congress/sessions/${item.sessionId}/items/${item.id}`

/**
 * Puts an item to the vote: the presence at this moment is judged, roll and rule are frozen.
 * @throws Problem 422 `no-quorum` (with the sum) | `must-be-secret` | `not-voted`, 409 `vote-running` | `item-done`
 */
export async function callVote(
  tx: Tx,
  actor: Actor,
  itemId: number,
  input: { mode: 'hands' | 'paper' | 'named'; tellerIds: readonly number[] },
  today: string,
): Promise<Vote> {
  const { item, session } = await heldItem(tx, actor, itemId, 'congress.run')
  requireOpen(session)
  if (item.state !== 'waiting') throw conflict('item-done', '这项议题已有结果，不能再表决。')
  if (item.duty === 'hear') throw refused('not-voted', '听取报告的议题不表决，听取后直接办结。')
  if (input.mode !== 'paper' && (item.important || item.duty === 'elect' || item.duty === 'appraise'))
    throw refused(
      'must-be-secret',
      `“${item.title}”属重要事项或选举评议，应当无记名投票，不能用举手或记名的方式。依据：《企业民主管理规定》第二十条。`,
      {
        mode: '请选择无记名投票',
      },
    )
  const before = await votesAbout(tx, pathOf(item))
  if (before.some((vote) => vote.state === 'issuing' || vote.state === 'draft'))
    throw conflict('vote-running', '这项议题正在表决，请先宣布结果或作废。')
  const present = await presentAt(tx, session.id)
  const gate = await gateOf(tx, session, item.duty, present.length)
  if (gate.blocks)
    throw new Problem(
      422,
      'no-quorum',
      `现在到会 ${gate.present} 人，应到 ${gate.expected} 人，不足三分之二（至少 ${gate.needed} 人），不能表决。${(gate.steps[1] ?? '').replace(/^2\. /, '')}请等代表到齐，或另定时间。`,
      {},
      gate,
    )
  const left = await unfilled(tx, item, before)
  const rule = await ruleOf(tx, session, { ...item, seats: left.seats })
  const { rows: roll } = await sql<{
    id: number
  }>`select person_id as id from congress.roll_line where session_id = ${session.id}`.execute(tx)
  const vote = await openVote(tx, actor, {
    unitId: session.unitId,
    subject: { kind: 'congress-item', path: pathOf(item) },
    title: before.length ? `${item.title}（第 ${before.length + 1} 次投票）` : item.title,
    kind: rule.kind,
    mode: input.mode,
    rule: input.mode === 'paper' ? rule : { ...rule, papers: false },
    heldOn: today,
    items: left.items,
    roll: roll.map((one) => one.id),
    ...(session.form === 'session' && session.seats > session.expected && { all: session.seats }),
    round: before.length + 1,
    ...(before.length && { revoteOf: before.at(-1)!.id }),
  })
  if (input.tellerIds.length)
    await setTellers(
      tx,
      actor,
      vote.id,
      input.tellerIds.map((personId, index) => ({ personId, duty: index ? '监票人' : '总监票人' })),
    )
  await sql`insert into congress.item_vote (vote_id, item_id, present, expected, gate)
    values (${vote.id}, ${itemId}, ${gate.present}, ${gate.expected}, ${JSON.stringify(gate)}::jsonb)`.execute(tx)
  await sql`update congress.session set current_item_id = ${itemId}, current_words = null where id = ${session.id}`.execute(
    tx,
  )
  return freezeVote(tx, actor, vote.id, present)
}

/** Lines and seats of the next ballot: after a tie only the tied, after a shortfall those not elected yet. */
async function unfilled(
  tx: Tx,
  item: Item,
  before: readonly Vote[],
): Promise<{ seats: number | null; items: { key: string; label: string; personId?: number }[] }> {
  const people = item.candidates.map((one) => ({ key: `p${one.personId}`, label: one.name, personId: one.personId }))
  if (item.duty === 'appraise') return { seats: null, items: people }
  if (item.duty !== 'elect') return { seats: null, items: [{ key: 'motion', label: item.title }] }
  const results = await resultsOf(
    tx,
    before.filter((vote) => vote.state === 'closed').map((vote) => vote.id),
  )
  const last = before.findLast((vote) => results.has(vote.id))
  const elected = electedIn([...results.values()])
  const tied = last ? results.get(last.id)!.verdict.tied : []
  return {
    seats: last && tied.length ? results.get(last.id)!.verdict.tiedSeats : item.seats! - elected.size,
    items: people.filter((one) => (tied.length ? tied.includes(one.key) : !elected.has(one.key))),
  }
}

const electedIn = (results: readonly Result[]): Set<string> =>
  new Set(results.flatMap((result) => result.verdict.elected))

/** The item of a vote, held. */
async function heldVote(tx: Tx, actor: Actor, voteId: number): Promise<{ item: Item; session: Session }> {
  const { rows } = await sql<{
    itemId: number
  }>`select item_id as "itemId" from congress.item_vote where vote_id = ${voteId}`.execute(tx)
  if (!rows[0]) throw notFound('表决')
  return heldItem(tx, actor, rows[0].itemId, 'congress.run')
}

/**
 * Announces the result: the verdict is stored with its steps and the item follows it. A void vote and a tie leave the item
 * open for another one. @throws Problem 409 | 422 of the counting
 */
export async function announce(tx: Tx, actor: Actor, voteId: number, today: string): Promise<Result> {
  const { item, session } = await heldVote(tx, actor, voteId)
  requireOpen(session)
  const result = await closeVote(tx, actor, voteId)
  const { outcome } = result.verdict
  if (outcome === 'void' || outcome === 'tied') return result
  if (item.duty === 'elect') {
    if (outcome === 'elected') await finishItem(tx, item.id, 'elected', today)
  } else if (item.duty === 'pass') {
    await finishItem(tx, item.id, outcome === 'passed' ? 'passed' : 'failed', today)
    if (outcome === 'passed' && item.agreement) await openAgreement(tx, session, item, today)
    if (outcome === 'passed' && item.confirmsId)
      await sql`update congress.resolution set confirmed_on = ${today}::date where item_id = ${item.confirmsId}`.execute(
        tx,
      )
  } else
    await finishItem(tx, item.id, item.duty === 'appraise' ? 'reported' : 'discussed', today, {
      words: item.duty === 'appraise' ? null : `表决${outcome === 'passed' ? '同意' : '不同意'}`,
    })
  return result
}

/** A shortfall is accepted: whoever is elected is elected, the empty seats stay empty. @throws Problem 422 `nobody-elected` */
export async function acceptShortfall(
  tx: Tx,
  actor: Actor,
  itemId: number,
  words: string,
  today: string,
): Promise<void> {
  const { item, session } = await heldItem(tx, actor, itemId, 'congress.run')
  requireOpen(session)
  if (item.duty !== 'elect' || item.state !== 'waiting') throw conflict('item-done', '这项议题不是尚未选足的选举。')
  const votes = await votesAbout(tx, pathOf(item))
  if (votes.some((vote) => vote.state === 'issuing')) throw conflict('vote-running', '正在投票，请先宣布结果或作废。')
  const results = await resultsOf(
    tx,
    votes.map((vote) => vote.id),
  )
  if (electedIn([...results.values()]).size === 0) throw refused('nobody-elected', '还没有人当选，请另行选举。')
  await finishItem(tx, itemId, 'elected', today, { words })
}

export async function callOff(tx: Tx, actor: Actor, voteId: number, reason: string): Promise<void> {
  const { session } = await heldVote(tx, actor, voteId)
  requireOpen(session)
  await voidVote(tx, actor, voteId, reason)
}

export interface ItemVote {
  itemId: number
  duty: Duty
  dutyTitle: string
  vote: Vote
  gate: Gate
  result: Result | null
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
