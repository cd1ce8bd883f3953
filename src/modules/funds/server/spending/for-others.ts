import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { parse } from '../../../../kernel/http/parse.ts'
import { requestInput } from '../../spending-contract.ts'
import type { z } from 'zod'
import { decide } from './decide.ts'
import { drawUp } from './requests.ts'

/**
 * Asks for money for another module's thing, in its transaction: the request is drawn up and submitted, and goes its way
 * through check, signature and payment. The actor needs `funds.apply` at the unit.
 * @param draft.source path of the thing in the app, `care/visits/12`: a retry can't ask twice
 * @param today `YYYY-MM-DD`
 * @returns id of the request; it opens at `/funds/spending/ID`
 * @throws Problem 403 | 404, 409 `source-requested` | `invoice-used`, 422 `book-missing` | `request-incomplete`
 */
export async function requestSpending(
  tx: Tx,
  actor: Actor,
  draft: z.input<typeof requestInput> & { source: string },
  today: string,
): Promise<{ id: number }> {
  const { source, ...rest } = draft
  const made = await drawUp(tx, actor, parse(requestInput, rest), today, source)
  await decide(tx, actor, made.id, { verb: '提交' }, today)
  return made
}
