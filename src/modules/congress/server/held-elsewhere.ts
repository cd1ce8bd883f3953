import type { Actor } from '../../../kernel/access/actor.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { hallCode, voteById } from '../../ballots/public.ts'
import type { Duty } from '../words.ts'
import type { Session } from './seen.ts'

/**
 * Elections and appraisals have rooms of their own, with sealed ballots, scrutineers and rater groups. An item of the agenda may
 * lead to one of the same union; the congress holds no second ballot. Those rooms know the congress, so it knows them only by
 * what they offer here.
 */
export type HeldDuty = Extract<Duty, 'elect' | 'appraise'>

export interface HeldStanding {
  path: string
  title: string
  unitId: number
  state: 'preparing' | 'open' | 'done' | 'ended'
  /** Votes whose box is open now: drawn and cast in the booth. */
  votes: number[]
  /** Where else a delegate answers now, and what to do there: slips without an account. */
  door: { address: string; words: string } | null
  /** When it is done: what went out, came back and counted. Nothing before. */
  lines: string[]
}

export interface HoldingRoom {
  duty: HeldDuty
  /** Those of a union that an agenda may lead to, as the actor may see them. */
  ofUnit: (db: Db | Tx, actor: Actor, unitId: number) => Promise<{ path: string; title: string }[]>
  /** How one stands; null when the path isn't this room's. */
  standing: (db: Db | Tx, path: string) => Promise<HeldStanding | null>
  /** What came of it, as far as this actor may know and tell. */
  verdict: (db: Db | Tx, actor: Actor, path: string) => Promise<string[]>
}

const rooms = new Map<HeldDuty, HoldingRoom>()
/** A room offers what it holds. Called once, when the room's routes are loaded. */
export const offerToCongress = (room: HoldingRoom): void => void rooms.set(room.duty, room)

const roomOf = (duty: Duty): HoldingRoom | undefined => rooms.get(duty as HeldDuty)

/** What an officer may choose from for an agenda, by duty. */
export async function choicesFor(
  db: Db,
  actor: Actor,
  unitId: number,
): Promise<Record<HeldDuty, { path: string; title: string }[]>> {
  const [elect, appraise] = await Promise.all(
    (['elect', 'appraise'] as const).map((duty) => roomOf(duty)?.ofUnit(db, actor, unitId) ?? Promise.resolve([])),
  )
  return { elect: elect!, appraise: appraise! }
}

export const standingFor = async (
  db: Db | Tx,
  item: { duty: Duty; heldAt: string | null },
): Promise<HeldStanding | null> => (item.heldAt ? ((await roomOf(item.duty)?.standing(db, item.heldAt)) ?? null) : null)

/** A path an item may lead to: known, of the same union, not given up. @throws Problem 422 `held-unknown` | `held-ended` */
export async function requireHeld(
  tx: Tx,
  actor: Actor,
  session: Session,
  duty: Duty,
  path: string | null | undefined,
): Promise<string | null> {
  if (!path) return null
  const choices = (await roomOf(duty)?.ofUnit(tx, actor, session.unitId)) ?? []
  if (!choices.some((one) => one.path === path))
    throw refused('held-unknown', '没有这次选举（评议），或不是本单位的，请重新选择。', { heldAt: '请重新选择' })
  const standing = await standingFor(tx, { duty, heldAt: path })
  if (standing?.state === 'ended')
    throw refused('held-ended', '这次选举（评议）已经终止或无效，请另选。', { heldAt: '已经终止' })
  return path
}

/**
 * What an item takes over from the room that held it. @throws Problem 409 `held-open` while it isn't done
 */
export async function takenOver(
  tx: Tx,
  actor: Actor,
  item: { duty: Duty; heldAt: string | null; title: string },
): Promise<{ title: string; lines: string[]; verdict: string[] }> {
  const standing = await standingFor(tx, item)
  if (standing?.state !== 'done')
    throw conflict(
      'held-open',
      standing?.state === 'ended'
        ? `“${standing.title}”已经终止或无效，请修改议题，另选一次或在这里用纸质票。`
        : `“${standing?.title ?? item.title}”还没有结果，请先在“${item.duty === 'elect' ? '工会选举' : '民主评议'}”里办完。`,
    )
  return {
    title: standing.title,
    lines: standing.lines,
    verdict: await roomOf(item.duty)!.verdict(tx, actor, item.heldAt!),
  }
}

/** The code of this minute for the hall's screen, while a box of the linked thing is open. */
export async function codeOfHeld(db: Db, standing: HeldStanding | null): Promise<string | null> {
  const [first] = standing?.votes ?? []
  return first === undefined ? null : (await hallCode(db, await voteById(db, first), Date.now())).code
}
