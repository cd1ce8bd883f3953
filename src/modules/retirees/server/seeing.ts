import { allows } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Db } from '../../../kernel/db/database.ts'

/** Whoever may not read the retired of a unit hears that there is no such unit. @throws Problem 404 */
export async function requireReading(db: Db, actor: Actor, unitId: number): Promise<void> {
  if (!(await allows(db, actor, 'retirees.read', unitId))) throw notFound('单位')
}
