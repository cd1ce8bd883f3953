import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import type { ChangeKind } from '../types.ts'

/** What a change does to people: whole units' (merge) or named persons' (split). */
export interface Plan {
  kind: ChangeKind
  unitId: number
  /** `YYYY-MM-DD`, the first day things are so. */
  effectiveOn: string
  /** People whose unit changes; all of the unit's own when no persons are named. */
  moves: readonly { fromUnitId: number; toUnitId: number; personIds?: readonly number[] }[]
  /** Units that end. Nobody may be left in them. */
  ending: readonly number[]
}

/** A module above this one that keeps rows by unit takes part in a change, in its transaction. */
export interface Follower {
  name: string
  /** What the change would touch: 会员 230 人. */
  preview(tx: Tx, unitId: number): Promise<readonly { label: string; count: number }[]>
  /** @throws Problem when the change can't be, say because people would be left in a dissolved unit */
  apply(tx: Tx, actor: Actor, plan: Plan): Promise<void>
}

const followers = new Map<string, Follower>()

/** Called once at start by whoever keeps rows by unit. */
export function followRestructuring(follower: Follower): void {
  followers.set(follower.name, follower)
}

export const everyFollower = (): Follower[] => [...followers.values()]
