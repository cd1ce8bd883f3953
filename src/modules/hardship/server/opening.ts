import { sql } from 'kysely'
import { scopeOf } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'

const READING = ['hardship.read-confidential', 'hardship.approve'] as const

/**
 * Whom a family's to-dos are for: who keeps the files. To others that may record in the registers the title would tell
 * whose family it is, and the link lead to nothing.
 */
export const KEEPING = 'hardship.read-confidential'

/**
 * Says to the database whom this transaction acts for, so that row security lets just those files through: the same scope
 * that `visibleTo` writes into the query, held a second time by the table itself. Who signs may be let in too; which files
 * and how much of them is the query's matter. Oneself sees one's own.
 */
export async function openFiles(tx: Tx, actor: Actor): Promise<void> {
  const scopes = READING.map((permission) => scopeOf(actor, permission))
  const units = (which: 'below' | 'exactly'): string =>
    `{${[...new Set(scopes.flatMap((scope) => scope[which]))].join(',')}}`
  await sql`select set_config('zhijia.hardship_all', ${scopes.some((scope) => scope.everywhere) ? 'on' : ''}, true),
    set_config('zhijia.hardship_below', ${units('below')}, true),
    set_config('zhijia.hardship_exactly', ${units('exactly')}, true),
    set_config('zhijia.hardship_person', ${actor.personId === null ? '' : String(actor.personId)}, true)`.execute(tx)
}

/** Work on files, in one transaction that the tables know the actor of. */
export const withFiles = <Answer>(db: Db, actor: Actor, work: (tx: Tx) => Promise<Answer>): Promise<Answer> =>
  db.transaction().execute(async (tx) => {
    await openFiles(tx, actor)
    return work(tx)
  })
