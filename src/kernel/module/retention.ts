import type { RawBuilder } from 'kysely'
import type { Tx } from '../db/database.ts'

/** Something closed so long ago that it is to be forgotten, or why it may not be yet. */
export interface Expired {
  id: number
  unitId: number
  /** 申诉未结, 待遇未付清: in Chinese; null when nothing keeps it. */
  held: string | null
}

/** One kind of personal data with a term. A module declares them in `serve.ts`; the room of privacy asks and decides. */
export interface Retention {
  /** `<module>.<kebab-name>`, stays for ever */
  id: string
  title: string
  /** What becomes of it: which parts go, which stay as a count. */
  becomes: string
  /** Rule card whose clock it runs by. */
  cardId: string
  /** Object kind whose attachments go with it. */
  files?: string
  /**
   * What was closed on or before a day and isn't forgotten yet, of a unit and below. With `only`, just these, locked until the
   * transaction ends, so that nothing is appealed meanwhile.
   */
  expired(tx: Tx, unitId: number, before: string, only?: readonly number[]): Promise<Expired[]>
  /** Takes out of these rows what tells of the person. Facts and ledgers' counts stay. */
  forget(tx: Tx, ids: readonly number[], today: string): Promise<void>
}

/** Units (by a query with a column `unit_id`) of which nothing may be forgotten now, and why. */
export interface LegalHold {
  reason: string
  units: () => RawBuilder<unknown>
}

const retentions: Retention[] = []
const holds: LegalHold[] = []

/** Called by the composition root (tests do it themselves). */
export function declareRetentions(added: readonly Retention[], held: readonly LegalHold[] = []): void {
  retentions.push(...added)
  holds.push(...held)
}
export const declaredRetentions = (): readonly Retention[] => retentions
export const legalHolds = (): readonly LegalHold[] => holds
