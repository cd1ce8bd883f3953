import type { Actor } from '../../../kernel/access/actor.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Config } from '../../../kernel/http/services.ts'
import {
  boxStatesOf,
  hallCode,
  openBox,
  publishSecret,
  requireEnough,
  secretTerms,
  type BoxState,
  type Rule,
  type Vote,
} from '../../ballots/public.ts'
import type { Item } from './agenda.ts'

/**
 * An item voted by phone in the hall (the ballots module's profile for meetings): papers are drawn with the code of the
 * hall's screen, or taken on paper at the station. What elects or appraises people is sealed to scrutineers elsewhere, in
 * the room that holds elections and the one that holds appraisals.
 * @throws Problem 422 `sealed-elsewhere` | `roll-too-small-for-secret`
 */
export function secretRule(actor: Actor, item: Pick<Item, 'duty' | 'title'>, present: number, rule: Rule): Rule {
  if (item.duty === 'elect' || item.duty === 'appraise')
    throw refused(
      'sealed-elsewhere',
      `“${item.title}”的电子票须由监票人共同封存、开启：请在“工会选举”“民主评议”里办理，并在议题里选定那次选举（评议），或在这里用纸质票。`,
      { mode: '请选择纸质票' },
    )
  requireEnough(present, '现在到会')
  return { ...rule, secret: secretTerms(actor, { venue: 'hall' }, false) }
}

/** Opens the box of a frozen vote; a vote of another mode has none. */
export async function openHallBox(tx: Tx, actor: Actor, vote: Vote, config: Config | undefined): Promise<void> {
  if (vote.mode !== 'secret') return
  if (!config) throw new Error('a secret vote needs to know where its box stands')
  await openBox(tx, actor, vote.id, config)
}

/** Before the result is announced the ballots are published; that needs the box closed. @throws Problem 409 `still-voting` */
export async function publishFirst(tx: Tx, actor: Actor, vote: Vote, config: Config | undefined): Promise<void> {
  if (vote.mode !== 'secret' || !config) return
  const state = (await boxStatesOf(tx, [vote.id])).get(vote.id)
  if (state === 'open') throw conflict('still-voting', '投票还没有结束。请先“结束投票”，再宣布结果。')
  if (state === 'closed') await publishSecret(tx, actor, vote.id, config)
}

/** What the hall's screen adds while an item is voted by phone: the code of this minute. */
export async function ballotCodeOf(db: Db, vote: Vote, state: BoxState | undefined): Promise<string | null> {
  return state === 'open' ? (await hallCode(db, vote, Date.now())).code : null
}
