import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import { share } from '../../../kernel/rules/arithmetic.ts'
import type { Config } from '../../../kernel/http/services.ts'
import {
  boxStatesOf,
  closeVote,
  freezeVote,
  openBox,
  openVote,
  requireEnough,
  resultsOf,
  scrutineersNeeded,
  secretTerms,
  voidVote,
  votesAbout,
  type BoxState,
  type Result,
  type Vote,
} from '../../ballots/public.ts'
import { attendanceOf, presentAt, sessionById } from '../../congress/public.ts'
import type { panelBallotInput } from '../contract.ts'
import { UNIT_AWARD } from '../words.ts'
import { fileAwards } from './awards.ts'
import { leading, type Panel } from './panels.ts'
import { entriesOf, type Ranked } from './scores.ts'

export interface PanelBallot {
  award: string
  vote: Vote
  result: Result | null
  /** The electronic box, where there is one. */
  box: BoxState | null
}
const pathOf = (panelId: number): string => `motions/panels/${panelId}`
const keyOf = (entry: Pick<Ranked, 'id'>): string => `e${entry.id}`

/** Ballots on the best motions of a panel, oldest first. */
export async function ballotsOf(db: Db | Tx, panelId: number): Promise<PanelBallot[]> {
  const { rows } = await sql<{ voteId: number; award: string }>`
    select vote_id as "voteId", award from motions.panel_vote where panel_id = ${panelId} order by vote_id`.execute(db)
  const votes = await votesAbout(db, pathOf(panelId))
  const ids = rows.map((row) => row.voteId)
  const [results, boxes] = await Promise.all([resultsOf(db, ids), boxStatesOf(db, ids)])
  return rows.map(({ voteId, award }) => ({
    award,
    vote: votes.find((one) => one.id === voteId)!,
    result: results.get(voteId) ?? null,
    box: boxes.get(voteId) ?? null,
  }))
}

/**
 * Hands out papers on one award to the delegates in the hall: what has none yet stands, after a tie only the tied. Chosen is
 * what more than half of the valid papers name, the most votes first; no article asks for more, and none for a quorum.
 * @throws Problem 409 `ballot-running`, 422 `not-by-ballot` | `session-not-open` | `nobody-present` | `too-few-entries`
 */
export async function callBallot(
  tx: Tx,
  actor: Actor,
  panelId: number,
  asked: z.output<typeof panelBallotInput>,
  today: string,
): Promise<Vote> {
  const panel = await leading(tx, actor, panelId)
  if (panel.method !== 'ballot') throw refused('not-by-ballot', '这次评优由评审小组打分，不用投票。')
  const session = await sessionById(tx, panel.sessionId!)
  if (session.state !== 'open')
    throw refused('session-not-open', `${session.title}没有在开会。请在大会签到开始以后发票，由到会代表评选。`)
  const before = await ballotsOf(tx, panelId)
  if (before.some(({ vote }) => vote.state === 'issuing' || vote.state === 'draft'))
    throw conflict('ballot-running', '还有一次投票没有宣布结果，请先宣布或作废。')
  const last = before.findLast((one) => one.award === asked.award && one.result)
  const tied = last?.result?.verdict.tied ?? []
  const standing = (await entriesOf(tx, actor, panelId)).filter(
    (entry) =>
      !entry.award &&
      (entry.unitId !== null) === (asked.award === UNIT_AWARD) &&
      (!tied.length || tied.includes(keyOf(entry))),
  )
  if (standing.length < asked.seats)
    throw refused('too-few-entries', `参评的只有 ${standing.length} 项，评不出 ${asked.seats} 项。`, {
      seats: `最多 ${standing.length} 项`,
    })
  const [roll, present] = [await attendanceOf(tx, session.id), await presentAt(tx, session.id)]
  if (!present.length) throw refused('nobody-present', '还没有代表在场，不能发票。')
  const secret = asked.mode === 'secret'
  if (secret) {
    requireEnough(present.length, '现在到会')
    if (asked.tellerIds.length <= scrutineersNeeded)
      throw refused('tellers-missing', `电子票箱由监票人的密钥锁住，请至少确定 ${scrutineersNeeded + 1} 名监票人。`, {
        tellerIds: '人数不够',
      })
  }
  const vote = await openVote(tx, actor, {
    unitId: panel.unitId,
    subject: { kind: 'motion-panel', path: pathOf(panelId) },
    title: `${panel.title}·${asked.award}${last ? `（第 ${last.vote.round + 1} 次投票）` : ''}`,
    kind: 'election',
    mode: asked.mode,
    ...(secret && { channels: ['booth', 'main'] }),
    rule: {
      kind: 'election',
      base: 'valid',
      threshold: share.majority,
      seats: asked.seats,
      tie: 'revote',
      articles: {},
      ...(secret && { secret: secretTerms(actor, { venue: 'hall' }, true) }),
    },
    heldOn: today,
    items: standing.map((entry) => ({ key: keyOf(entry), label: entry.title })),
    roll: roll.map((one) => one.personId),
    tellers: asked.tellerIds.map((personId, at) => ({ personId, duty: at ? '监票人' : '总监票人' })),
    round: (last?.vote.round ?? 0) + 1,
    ...(last && { revoteOf: last.vote.id }),
  })
  await sql`insert into motions.panel_vote (vote_id, panel_id, award) values (${vote.id}, ${panelId}, ${asked.award})`.execute(
    tx,
  )
  // A sealed box opens when its scrutineers have made their keys; papers go out at once.
  return secret ? vote : freezeVote(tx, actor, vote.id, present)
}

/** A ballot of the panel, for whoever leads it. @throws Problem 403, 404 */
async function ballotToLead(
  tx: Tx,
  actor: Actor,
  panelId: number,
  voteId: number,
): Promise<{ panel: Panel; ballot: PanelBallot }> {
  const panel = await leading(tx, actor, panelId)
  const ballot = (await ballotsOf(tx, panelId)).find((one) => one.vote.id === voteId)
  if (!ballot) throw notFound('投票')
  return { panel, ballot }
}

/**
 * Opens the box of a ballot by phone: whoever is in the hall now may draw a paper, with the code of the hall's screen.
 * @throws Problem 409 `not-by-phone`, 422 `scrutineers-missing` | `nobody-present` and as `openBox`
 */
export async function openBallot(tx: Tx, actor: Actor, panelId: number, voteId: number, config: Config): Promise<void> {
  const { panel, ballot } = await ballotToLead(tx, actor, panelId, voteId)
  if (ballot.vote.mode !== 'secret' || ballot.vote.state !== 'draft')
    throw conflict('not-by-phone', '这次投票不是等待开箱的电子投票。请刷新页面查看。')
  const present = await presentAt(tx, panel.sessionId!)
  if (!present.length) throw refused('nobody-present', '还没有代表在场，不能发票。')
  requireEnough(present.length, '现在到会')
  await freezeVote(tx, actor, voteId, present)
  await openBox(tx, actor, voteId, config)
}

/** Calls a ballot off before its result is announced. @throws Problem 403, 404, 409 */
export async function callOffBallot(
  tx: Tx,
  actor: Actor,
  panelId: number,
  voteId: number,
  reason: string,
): Promise<void> {
  const { ballot } = await ballotToLead(tx, actor, panelId, voteId)
  if (ballot.result) throw conflict('announced', '结果已经宣布，不能作废。')
  await voidVote(tx, actor, voteId, reason)
}

/** Announces a ballot: what was chosen has its award. @throws Problem 404, 409 | 422 of the counting, 422 `written-in` */
export async function announceBallot(
  tx: Tx,
  actor: Actor,
  panelId: number,
  voteId: number,
  today: string,
): Promise<Result> {
  const { panel, ballot } = await ballotToLead(tx, actor, panelId, voteId)
  const result = await closeVote(tx, actor, voteId)
  const entries = await entriesOf(tx, actor, panelId)
  const chosen = result.verdict.elected.map((key) => entries.find((entry) => keyOf(entry) === key))
  if (chosen.some((entry) => !entry))
    throw refused('written-in', '评优只在参评项目中选，不能另选。请两名监票人把另选的票改记为无效票。')
  await sql`update motions.entry set award = ${ballot.award}, decided_on = ${today}
    where id = any(${chosen.map((entry) => entry!.id)}::bigint[])`.execute(tx)
  await audit(tx, actor, {
    action: 'motions.ballot',
    objectKind: 'motion-panel',
    objectId: panelId,
    unitId: panel.unitId,
    summary: `“${panel.title}”投票评出${ballot.award} ${chosen.length} 项`,
    detail: { voteId },
  })
  return result
}

/** Ends a choice by ballot: the awards are filed where they count. @throws Problem 409 `ballot-running`, 422 `not-by-ballot` | `nothing-chosen` */
export async function finishByBallot(tx: Tx, actor: Actor, panelId: number, today: string): Promise<void> {
  const panel = await leading(tx, actor, panelId)
  if (panel.method !== 'ballot') throw refused('not-by-ballot', '这次评优由评审小组打分，请直接评定。')
  const ballots = await ballotsOf(tx, panelId)
  if (ballots.some(({ vote }) => vote.state === 'issuing' || vote.state === 'draft'))
    throw conflict('ballot-running', '还有一次投票没有宣布结果，请先宣布或作废。')
  const entries = await entriesOf(tx, actor, panelId)
  if (!entries.some((entry) => entry.award)) throw refused('nothing-chosen', '还没有评出任何一项，请先投票。')
  await sql`update motions.panel set closed_on = ${today} where id = ${panelId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'motion-panel', objectId: panelId })
  await fileAwards(tx, actor, panel, entries, today)
}
