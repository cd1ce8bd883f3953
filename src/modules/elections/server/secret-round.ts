import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import type { Config } from '../../../kernel/http/services.ts'
import { openBox, requireEnough, secretTerms, votesAbout, type SecretTerms, type Vote } from '../../ballots/public.ts'
import { SITTINGS } from '../posts.ts'
import { sittingToWork } from './sittings.ts'

/** How a sitting votes, as an officer chooses it. */
export interface BallotMode {
  mode: 'paper' | 'secret'
  venue?: 'hall' | 'remote' | undefined
  document?: string | null | undefined
}

/** Where the box stands, and its hours (instants) where the opening announces them. */
export interface BoxPlan {
  config: Config
  castFrom?: string | undefined
  castTo?: string | undefined
}

/** Scrutineers of a sealed box: two open it, a third one's key is in reserve. */
const scrutineers = 3

/** @throws Problem 422 `roll-too-small-for-secret` | `tellers-missing` */
export function requireForSecret(expected: number, tellers: number): void {
  requireEnough(expected, '应到会')
  if (tellers < scrutineers)
    throw refused(
      'tellers-missing',
      '无记名电子投票的票箱由监票人、计票人的密钥锁住，两人以上才能打开：请先确定至少三人。',
    )
}

/**
 * Decides whether a sitting votes on paper or in secret online. It may change while no paper is prepared or being counted;
 * from the freezing on it is part of each vote's rule.
 * @throws Problem 409 `issued-already`, 422 `roll-too-small-for-secret` | `remote-needs-document`
 */
export async function setBallotMode(
  tx: Tx,
  actor: Actor,
  sittingId: number,
  choice: BallotMode,
): Promise<SecretTerms | null> {
  const { election, sitting } = await sittingToWork(tx, actor, sittingId)
  const { rows } = await sql<{ voteId: number }>`select v.vote_id as "voteId" from elections.race_vote v
    join elections.race r on r.id = v.race_id where r.sitting_id = ${sittingId}`.execute(tx)
  const here = (await votesAbout(tx, `elections/${election.id}`)).filter((vote) =>
    rows.some(({ voteId }) => voteId === vote.id),
  )
  if (here.some((vote) => vote.state === 'draft' || vote.state === 'issuing'))
    throw conflict('issued-already', '选票已经准备好或正在投票，投票方式不能再改。')
  if (choice.mode === 'secret' && sitting.frozen) requireEnough(sitting.expected, '应到会')
  const terms =
    choice.mode === 'secret'
      ? secretTerms(actor, { venue: choice.venue ?? 'hall', document: choice.document }, true)
      : null
  await sql`update elections.sitting set secret = ${terms && JSON.stringify(terms)}::jsonb where id = ${sittingId}`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'elections.ballot-mode',
    objectKind: 'election',
    objectId: election.id,
    unitId: election.unitId,
    summary: `${election.title}${SITTINGS[sitting.kind]}投票方式：${
      terms === null
        ? '纸质票'
        : terms.venue === 'hall'
          ? '会场内无记名电子投票'
          : `场外无记名电子投票，依据 ${terms.allowed!.document}`
    }`,
  })
  return terms
}

/** Opens the boxes of those votes that are held in secret. @throws Problem 422 `scrutineers-missing` and as `openBox` */
export async function openBoxes(tx: Tx, actor: Actor, votes: readonly Vote[], box: BoxPlan | undefined): Promise<void> {
  for (const vote of votes) {
    if (vote.mode !== 'secret') continue
    if (!box) throw new Error('a secret vote needs to know where its box stands')
    await openBox(tx, actor, vote.id, box.config, { castFrom: box.castFrom, castTo: box.castTo })
  }
}
