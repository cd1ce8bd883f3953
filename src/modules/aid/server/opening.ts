import { sql } from 'kysely'
import { scopeOf } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'

/** Whoever has a part in a list of aid: which of its rows and columns one reads is the query's matter. */
const READING = ['aid.read-confidential', 'aid.manage', 'aid.sign', 'aid.approve', 'aid.pay'] as const

/**
 * Says to the database whom this transaction acts for, so that row security lets just those lists through: the scope that
 * `visibleTo` writes into a query, held a second time by the tables (db/migrations/0262). Oneself sees one's own.
 */
export async function openAid(tx: Tx, actor: Actor): Promise<void> {
  const scopes = READING.map((permission) => scopeOf(actor, permission))
  const units = (which: 'below' | 'exactly'): string =>
    `{${[...new Set(scopes.flatMap((scope) => scope[which]))].join(',')}}`
  await sql`select set_config('zhijia.aid_all', ${scopes.some((scope) => scope.everywhere) ? 'on' : ''}, true),
    set_config('zhijia.aid_below', ${units('below')}, true),
    set_config('zhijia.aid_exactly', ${units('exactly')}, true),
    set_config('zhijia.aid_person', ${actor.personId === null ? '' : String(actor.personId)}, true)`.execute(tx)
}

/** Work on lists of aid, in one transaction that the tables know the actor of. */
export const withAid = <Answer>(db: Db, actor: Actor, work: (tx: Tx) => Promise<Answer>): Promise<Answer> =>
  db.transaction().execute(async (tx) => {
    await openAid(tx, actor)
    return work(tx)
  })

/**
 * A question of the house's own, across unions: who qualifies depends on what the family received anywhere. The tables let
 * everything through while it is asked; the caller sees to it that nobody reads more in the answer than one may.
 * @param actor whom the transaction acts for again afterwards; null for a job that acts for nobody
 */
export async function acrossUnions<Answer>(tx: Tx, actor: Actor | null, work: () => Promise<Answer>): Promise<Answer> {
  await sql`select set_config('zhijia.aid_all', 'on', true)`.execute(tx)
  const answer = await work()
  if (actor) await openAid(tx, actor)
  else await sql`select set_config('zhijia.aid_all', '', true)`.execute(tx)
  return answer
}
