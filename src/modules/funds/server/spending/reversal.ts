import { sql } from 'kysely'
import { conflict } from '../../../../kernel/contract/problem.ts'
import { writeAct } from '../../../../kernel/lifecycle/act.ts'
import { openTodo } from '../../../../kernel/lifecycle/todos.ts'
import { dropKept } from '../../../../kernel/register/kept.ts'
import { payments } from '../../registers/funds.ts'
import type { Reversal } from '../journal/reversal.ts'
import { requestMachine } from './machine.ts'
import { tellUndone } from './settlement.ts'

const idOf = (source: string | null): number => Number(/^funds\/spending\/(\d+)/.exec(source ?? '')?.[1])

/**
 * A payment that is taken back: the request is granted and unpaid again, its row of the ledger void. It can be paid anew,
 * or ended by who signs.
 */
export const paymentReversal: Reversal = {
  async check(tx, { voucherId }) {
    const { rows } = await sql`select 1 from funds.payment where voucher_id = ${voucherId}`.execute(tx)
    if (!rows.length) throw conflict('payment-gone', '这张凭证的付款已经注销过，请刷新后再看。')
  },
  async undo(tx, actor, { voucherId, book, source }, red) {
    const requestId = idOf(source)
    const { rows } = await sql<{ purpose: string }>`
      with gone as (delete from funds.payment where voucher_id = ${voucherId} returning *),
      kept as (insert into funds.reversed_payment (id, request_id, book_id, paid_on, amount_fen, method, reference, voucher_id,
          paid_at, paid_by, paid_name, red_voucher_id, reversed_by, reversed_name)
        select id, request_id, book_id, paid_on, amount_fen, method, reference, voucher_id, paid_at, paid_by, paid_name,
          ${red.voucherId}, ${actor.accountId}, ${actor.name} from gone returning request_id)
      select r.purpose from kept join funds.request r on r.id = kept.request_id`.execute(tx)
    const purpose = rows[0]!.purpose
    await writeAct(tx, actor, {
      objectKind: 'funds-request',
      objectId: requestId,
      verb: '退回',
      from: 'paid',
      to: 'approved',
      words: `付款凭证已于 ${red.onDate} 红字冲销`,
    })
    await openTodo(tx, {
      kind: requestMachine.id,
      objectKind: 'funds-request',
      objectId: requestId,
      unitId: book.unitId,
      permission: 'funds.pay',
      title: `待付款（原付款已冲销）：${purpose}`,
      link: `/funds/spending/${requestId}`,
    })
    await dropKept(tx, actor, payments, [`funds/spending/${requestId}`], '付款凭证红字冲销')
    await tellUndone(tx, actor, requestId)
  },
}
