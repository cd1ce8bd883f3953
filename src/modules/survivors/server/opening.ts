import { sql, type RawBuilder } from 'kysely'
import { rowGuard } from '../../../kernel/access/row-guard.ts'

export const CONFIDENTIAL = 'survivors.read-confidential'

/** Survivors are guarded (db/migrations/0206). */
export const {
  open: openSurvivors,
  within: withSurvivors,
  /** A reminder is for whoever may see it, and opens nobody's page. */
  lift: withEverySurvivor,
} = rowGuard('survivors', [CONFIDENTIAL])

/** SQL: the column's unit is this one or lies below it. */
export const below = (unitId: number, column = 's.unit_id'): RawBuilder<boolean> => sql<boolean>`exists (
  select from kernel.closure k where k.ancestor_id = ${unitId} and k.descendant_id = ${sql.raw(column)} and k.valid_to = 'infinity')`
