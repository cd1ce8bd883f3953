import type { Db, Tx } from '../db/database.ts'
import { readSetting } from '../settings/settings.ts'

/** Persons or families that a figure told to others must at least be of, unless the installation says otherwise. */
export const USUAL_SMALLEST = 5
/** No installation may go below: of two persons each knows the other. */
export const LEAST_SMALLEST = 3
export const MOST_SMALLEST = 50

export const SMALLEST_SETTING = 'privacy.smallest-group'

/** The installation's smallest group that may be told (rule card PI-SMALL-GROUP), within its bounds whatever was written. */
export async function smallestGroup(db: Db | Tx): Promise<number> {
  const said = await readSetting<number>(db, SMALLEST_SETTING)
  return Number.isSafeInteger(said) && said! >= LEAST_SMALLEST && said! <= MOST_SMALLEST ? said! : USUAL_SMALLEST
}
