import { sql } from 'kysely'
import { scopeOf } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'

const permission = 'hardship.read-confidential'

/**
 * Says to the database whom this transaction acts for, so that row security lets just those files through: the same scope
 * that `visibleTo` writes into the query, held a second time by the table itself. Oneself sees one's own.
 */
export async function openFiles(tx: Tx, actor: Actor): Promise<void> {
  const scope = scopeOf(actor, permission)
  await sql`select set_config('zhijia.hardship_all', ${scope.everywhere ? 'on' : ''}, true),
    set_config('zhijia.hardship_below', ${`{${scope.below.join(',')}}`}, true),
    set_config('zhijia.hardship_exactly', ${`{${scope.exactly.join(',')}}`}, true),
    set_config('zhijia.hardship_person', ${actor.personId === null ? '' : String(actor.personId)}, true)`.execute(tx)
}

/** Work on files, in one transaction that the tables know the actor of. */
export const withFiles = <Answer>(db: Db, actor: Actor, work: (tx: Tx) => Promise<Answer>): Promise<Answer> =>
  db.transaction().execute(async (tx) => {
    await openFiles(tx, actor)
    return work(tx)
  })
