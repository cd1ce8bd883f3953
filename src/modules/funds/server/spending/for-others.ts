import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { parse } from '../../../../kernel/http/parse.ts'
import { requestInput } from '../../spending-contract.ts'
import type { z } from 'zod'
import { voucherNumber } from '../journal/post.ts'
import { decide } from './decide.ts'
import { stateSql, type RequestState } from './machine.ts'
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

/** How far the money that another room asked for has come. Amounts are fen. */
export interface Progress {
  requestId: number
  state: RequestState
  amountFen: number
  /** `YYYY-MM-DD`; null until it is paid */
  paidOn: string | null
  voucherId: number | null
  /** `记-05-002` */
  voucherNumber: string | null
}

/** Where requests stand, by their id. The caller has decided who may see the thing they pay for. */
export async function progressOf(db: Db | Tx, requestIds: readonly number[]): Promise<Map<number, Progress>> {
  const { rows } = await sql<Omit<Progress, 'voucherNumber'> & { month: number | null; no: number | null }>`
    select r.id as "requestId", ${stateSql('r.id')} as state, r.amount_fen as "amountFen", p.paid_on as "paidOn",
      p.voucher_id as "voucherId", v.month, v.no
    from funds.request r left join funds.payment p on p.request_id = r.id left join funds.voucher v on v.id = p.voucher_id
    where r.id = any(${requestIds}::bigint[])`.execute(db)
  return new Map(
    rows.map(({ month, no, ...row }) => [
      row.requestId,
      { ...row, voucherNumber: month !== null && no !== null ? voucherNumber(month, no) : null },
    ]),
  )
}
