import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { conflict, notFound, Problem, refused } from '../../../kernel/contract/problem.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Config } from '../../../kernel/http/services.ts'
import { needed, share } from '../../../kernel/rules/arithmetic.ts'
import { confirmedNumbers } from '../../../kernel/rules/confirmations.ts'
import { evaluate } from '../../../kernel/rules/evaluate.ts'
import type { RuleCard } from '../../../kernel/rules/card.ts'
import {
  APPRAISAL_GRADES,
  articleOf,
  closeSecret,
  closeVote,
  freezeVote,
  openVote,
  resultsOf,
  setTellers,
  voidVote,
  voteById,
  votesAbout,
  type Article,
  type Result,
  type Rule,
  type Vote,
} from '../../ballots/public.ts'
import { cardOn } from '../../rules/public.ts'
import type { Duty } from '../words.ts'
import { openAgreement } from './agreements.ts'
import { finishItem, heldItem, type Item } from './agenda.ts'
import { openHallBox, publishFirst, secretRule } from './secret-vote.ts'
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

export const pathOf = (item: Pick<Item, 'id' | 'sessionId'>): string =>
  `congress/sessions/${item.sessionId}/items/${item.id}`

/**
 * Puts an item to the vote: the presence at this moment is judged, roll and rule are frozen.
 * @throws Problem 422 `no-quorum` (with the sum) | `must-be-secret` | `not-voted`, 409 `vote-running` | `item-done`
 */
export async function callVote(
  tx: Tx,
  actor: Actor,
  itemId: number,
  input: { mode: 'hands' | 'paper' | 'named' | 'secret'; tellerIds: readonly number[] },
  today: string,
  config?: Config,
): Promise<Vote> {
  const { item, session } = await heldItem(tx, actor, itemId, 'congress.run')
  requireOpen(session)
  if (item.state !== 'waiting') throw conflict('item-done', '这项议题已有结果，不能再表决。')
  if (item.duty === 'hear') throw refused('not-voted', '听取报告的议题不表决，听取后直接办结。')
  if (item.heldAt)
    throw conflict(
      'held-elsewhere',
      `“${item.title}”在“${item.duty === 'elect' ? '工会选举' : '民主评议'}”里办理，请到那里发票、计票；办完后在这里办结。`,
    )
  const secret = input.mode === 'secret'
  if (!secret && input.mode !== 'paper' && (item.important || item.duty === 'elect' || item.duty === 'appraise'))
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
  const common = await ruleOf(tx, session, { ...item, seats: left.seats })
  const rule = secret ? secretRule(actor, item, present.length, common) : common
  const { rows: roll } = await sql<{
    id: number
  }>`select person_id as id from congress.roll_line where session_id = ${session.id}`.execute(tx)
  const vote = await openVote(tx, actor, {
    unitId: session.unitId,
    subject: { kind: 'congress-item', path: pathOf(item) },
    title: before.length ? `${item.title}（第 ${before.length + 1} 次投票）` : item.title,
    kind: rule.kind,
    mode: input.mode,
    rule: secret || input.mode === 'paper' ? rule : { ...rule, papers: false },
    ...(secret && { channels: ['booth', 'main'] }),
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
  const frozen = await freezeVote(tx, actor, vote.id, present)
  await openHallBox(tx, actor, frozen, config)
  return frozen
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

/** Keys of everybody elected in any of the ballots. */
export const electedIn = (results: readonly Result[]): Set<string> =>
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
export async function announce(tx: Tx, actor: Actor, voteId: number, today: string, config?: Config): Promise<Result> {
  const { item, session } = await heldVote(tx, actor, voteId)
  requireOpen(session)
  await publishFirst(tx, actor, await voteById(tx, voteId), config)
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

/** Ends the voting by phone; papers of the station are counted then. @throws Problem 409 `secret-not-open` */
export async function endVoting(tx: Tx, actor: Actor, voteId: number, config: Config): Promise<void> {
  const { session } = await heldVote(tx, actor, voteId)
  requireOpen(session)
  await closeSecret(tx, actor, voteId, config)
}
