import { sql } from 'kysely'
import type { Tx } from '../../../kernel/db/database.ts'

/**
 * Work over all files of a union at once, for a programme that asks who qualifies: row security lets the whole table
 * through while it runs and is shut again before anything else is asked. The caller limits the units and has checked
 * that the actor may see the answer.
 */
export async function withEveryFile<Answer>(tx: Tx, work: () => Promise<Answer>): Promise<Answer> {
  await sql`select set_config('zhijia.hardship_all', 'on', true)`.execute(tx)
  const answer = await work()
  await sql`select set_config('zhijia.hardship_all', '', true)`.execute(tx)
  return answer
}
