import { sql } from 'kysely'
import { scopeOf } from './access.ts'
import type { Actor } from './actor.ts'
import type { Db, Tx } from '../db/database.ts'

/** What a room's guarded tables are told: a transaction that says nothing sees none of their rows. */
export interface RowGuard {
  /** Says whom this transaction acts for. */
  open(tx: Tx, actor: Actor): Promise<void>
  /** Work in one transaction of which the tables know the actor. */
  within<Answer>(db: Db, actor: Actor, work: (tx: Tx) => Promise<Answer>): Promise<Answer>
  /**
   * A question of the house's own: everything is let through while it is asked, and what was let through before afterwards. The
   * caller sees to it that nobody reads more in the answer than one may.
   */
  lift<Answer>(tx: Tx, work: () => Promise<Answer>): Promise<Answer>
}

/**
 * The second belt on tables with row security: the scope that `visibleTo` writes into a query, held once more by the tables
 * themselves. Their policies read `zhijia.<room>_all`, `_below`, `_exactly` and `_person` (oneself sees one's own).
 * @param permissions whoever holds one of them has a part in the room's rows; which rows and columns is the query's matter
 */
export function rowGuard(room: string, permissions: readonly string[]): RowGuard {
  const setting = (name: string): string => `zhijia.${room}_${name}`
  const open = async (tx: Tx, actor: Actor): Promise<void> => {
    const scopes = permissions.map((permission) => scopeOf(actor, permission))
    const units = (which: 'below' | 'exactly'): string =>
      `{${[...new Set(scopes.flatMap((scope) => scope[which]))].join(',')}}`
    await sql`select set_config(${setting('all')}, ${scopes.some((scope) => scope.everywhere) ? 'on' : ''}, true),
      set_config(${setting('below')}, ${units('below')}, true), set_config(${setting('exactly')}, ${units('exactly')}, true),
      set_config(${setting('person')}, ${actor.personId === null ? '' : String(actor.personId)}, true)`.execute(tx)
  }
  return {
    open,
    within: (db, actor, work) =>
      db.transaction().execute(async (tx) => {
        await open(tx, actor)
        return work(tx)
      }),
    async lift(tx, work) {
      const { rows } = await sql<{ before: string }>`
        with held as materialized (select coalesce(current_setting(${setting('all')}, true), '') as before)
        select before, set_config(${setting('all')}, 'on', true) from held`.execute(tx)
      const answer = await work()
      await sql`select set_config(${setting('all')}, ${rows[0]!.before}, true)`.execute(tx)
      return answer
    },
  }
}
