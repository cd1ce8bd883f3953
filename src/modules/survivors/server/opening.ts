import { sql, type RawBuilder } from 'kysely'
import { scopeOf } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'

export const CONFIDENTIAL = 'survivors.read-confidential'

/**
 * Says to the database whom this transaction acts for, so that row security lets just those survivors through: the scope that
 * `visibleTo` writes into the query, held a second time by the tables themselves.
 */
export async function openSurvivors(tx: Tx, actor: Actor): Promise<void> {
  const scope = scopeOf(actor, CONFIDENTIAL)
  await sql`select set_config('zhijia.survivors_all', ${scope.everywhere ? 'on' : ''}, true),
    set_config('zhijia.survivors_below', ${`{${scope.below.join(',')}}`}, true),
    set_config('zhijia.survivors_exactly', ${`{${scope.exactly.join(',')}}`}, true)`.execute(tx)
}

/** Work on survivors, in one transaction that the tables know the actor of. */
export const withSurvivors = <Answer>(db: Db, actor: Actor, work: (tx: Tx) => Promise<Answer>): Promise<Answer> =>
  db.transaction().execute(async (tx) => {
    await openSurvivors(tx, actor)
    return work(tx)
  })

/** SQL: the column's unit is this one or lies below it. */
export const below = (unitId: number, column = 's.unit_id'): RawBuilder<boolean> => sql<boolean>`exists (
  select from kernel.closure k where k.ancestor_id = ${unitId} and k.descendant_id = ${sql.raw(column)} and k.valid_to = 'infinity')`
