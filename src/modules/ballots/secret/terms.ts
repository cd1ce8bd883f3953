import type { Actor } from '../../../kernel/access/actor.ts'
import { forbidden, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { sql } from 'kysely'
import type { Config } from '../../../kernel/http/services.ts'
import { voteById } from '../server/vote.ts'
import type { SecretTerms } from '../verdict/rule.ts'
import { fewestBallots, openSecret } from './open.ts'

/** What an officer chooses; the rest follows from what is voted. */
export interface TermsChoice {
  venue: 'hall' | 'remote'
  /** Remote: number of the document that allows it (选举办法 passed by the meeting, consent of the upper union). */
  document?: string | null | undefined
  /** Names that may be written in; none when left out. */
  writeIns?: number | undefined
  /** Drawn from the notice on and cast later; by itself a vote in the hall is a meeting's and a remote one takes days. */
  profile?: SecretTerms['profile'] | undefined
}

/** Scrutineers' keys that open a sealed box, of at least one more: whoever loses a key costs nothing. */
export const scrutineersNeeded = 2

/**
 * The terms of a secret vote. In the hall is the default; a remote one is answered for by a named officer with the number
 * of the document that allows it, because no text we could read does (MC-ONLINE).
 * @param sealed elections and appraisals always are; a motion in a meeting needn't be
 * @throws Problem 403 when no person answers for it, 422 `remote-needs-document`
 */
export function secretTerms(actor: Actor, choice: TermsChoice, sealed: boolean): SecretTerms {
  const common = {
    venue: choice.venue,
    profile: choice.profile ?? (choice.venue === 'hall' ? 'meeting' : 'days'),
    threshold: sealed ? scrutineersNeeded : 0,
    writeIns: choice.writeIns ?? 0,
  } as const
  if (choice.venue === 'hall') return common
  const document = choice.document?.trim()
  if (!document)
    throw refused(
      'remote-needs-document',
      '场外无记名投票要有依据：请填写会议通过的选举（表决）办法和上一级工会书面同意的文号，由您具名确认。没有文号的，请用会场投票。',
      { document: '请填写文号' },
    )
  if (actor.kind !== 'person') throw forbidden('确认场外无记名投票（须由具体负责人用本人账号办理）')
  return { ...common, allowed: { document, name: actor.name, office: actor.office } }
}

/** Refuses a body in which a secret online vote would keep no secret. @throws Problem 422 `roll-too-small-for-secret` */
export function requireEnough(voters: number, what = '名册'): void {
  if (voters < fewestBallots)
    throw refused(
      'roll-too-small-for-secret',
      `${what}只有 ${voters} 人，电子投票保不住秘密（至少 ${fewestBallots} 人），请改用纸质票。`,
    )
}

/**
 * Opens the box of a frozen vote by the terms of its rule. A sealed one needs a scrutineer more than must open it. Callers
 * check their permission. @throws Problem as {@link openSecret}, 422 `scrutineers-missing`
 */
export async function openBox(
  tx: Tx,
  actor: Actor,
  voteId: number,
  config: Config,
  hours: { castFrom?: string | undefined; castTo?: string | undefined } = {},
): Promise<{ eids: string[] }> {
  const vote = await voteById(tx, voteId)
  const terms = vote.rule.secret
  if (!terms) throw refused('not-secret', '这次表决不是无记名电子投票。')
  if (terms.threshold > 0) await requireSpareKey(tx, voteId, vote.title, terms.threshold)
  return openSecret(
    tx,
    actor,
    voteId,
    {
      profile: terms.profile,
      threshold: terms.threshold,
      writeIns: terms.writeIns ? { most: terms.writeIns } : null,
      ...(hours.castFrom && { castFrom: hours.castFrom }),
      ...(hours.castTo && { castTo: hours.castTo }),
    },
    config,
  )
}

async function requireSpareKey(tx: Tx, voteId: number, title: string, threshold: number): Promise<void> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ballots.scrutineer_key where vote_id = ${voteId}`.execute(tx)
  const keys = rows[0]!.n
  if (keys <= threshold)
    throw refused(
      'scrutineers-missing',
      `“${title}”的票箱由监票人的密钥锁住，请至少 ${threshold + 1} 名监票人先在“我的监票”里生成密钥（现在 ${keys} 名）。`,
    )
}
