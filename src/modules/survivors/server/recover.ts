import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import { refund } from '../../funds/public.ts'
import { keepPay } from './filing.ts'
import { ACCOUNT } from './pay.ts'
import { KIND, lockSurvivor } from './survivors.ts'

interface Overpaid {
  id: number
  payId: number
  fen: number
  source: string
  paidYear: number
  payUnitId: number
}

/**
 * Takes back what was paid for months after the end: the union's own money returns by a red voucher, the lists and their figures
 * follow.
 * @throws Problem 403 | 404, 422 `nothing-owed` | `in-future` | `last-year`, 409 as `refund`
 */
export async function recover(
  tx: Tx,
  actor: Actor,
  survivorId: number,
  receivedOn: string,
  today: string,
): Promise<{ amountFen: number; voucherNo: string | null }> {
  const survivor = await lockSurvivor(tx, actor, survivorId, today)
  await requirePermission(tx, actor, 'survivors.write', survivor.unitId, 'survivors.read')
  if (receivedOn > today) throw refused('in-future', '退回日期不能晚于今天。', { receivedOn: '不能晚于今天' })
  const { rows } = await sql<Overpaid>`
    select l.id, l.pay_id as "payId", l.amount_fen as fen, y.source, extract(year from y.paid_on)::int as "paidYear",
      y.unit_id as "payUnitId"
    from survivors.survivor s join survivors.pay_line l on l.survivor_id = s.id join survivors.pay y on y.id = l.pay_id
    where s.id = ${survivorId} and s.state = 'ended' and l.for_month > date_trunc('month', s.ended_on)::date
      and l.recovery_id is null and y.state = 'paid' order by l.id for update of l`.execute(tx)
  if (!rows.length) throw refused('nothing-owed', '没有多发的抚恤金，不用追回。')
  const own = rows.filter((row) => row.source === '工会经费')
  if (own.some((row) => row.paidYear !== Number(receivedOn.slice(0, 4))))
    throw refused('last-year', '其中有上年从工会经费支付的款项，退回要记年初余额调整，请会计制单入账。')
  const amountFen = rows.reduce((sum, row) => sum + row.fen, 0)
  const made = await sql<{ id: number }>`
    insert into survivors.recovery (survivor_id, unit_id, received_on, amount_fen, created_by)
    values (${survivorId}, ${survivor.unitId}, ${receivedOn}::date, ${amountFen}, ${actor.accountId}) returning id`.execute(
    tx,
  )
  const { id } = made.rows[0]!
  const ownFen = own.reduce((sum, row) => sum + row.fen, 0)
  const voucher =
    ownFen > 0
      ? await refund(tx, actor, {
          unitId: own[0]!.payUnitId,
          on: receivedOn,
          amountFen: ownFen,
          expenseAccount: ACCOUNT,
          economicClass: '30305',
          payer: survivor.name,
          summary: `追回多发的遗属抚恤金（编号 ${survivorId}）`,
          source: `survivors/${survivorId}/recoveries/${id}`,
        })
      : null
  await sql`update survivors.recovery set voucher_no = ${voucher?.number ?? null} where id = ${id}`.execute(tx)
  await sql`update survivors.pay_line set recovery_id = ${id} where id = any(${rows.map((row) => row.id)}::bigint[])`.execute(
    tx,
  )
  await closeTodo(tx, actor, { objectKind: KIND, objectId: survivorId, kind: 'survivors.recover' })
  await writeAct(tx, actor, {
    objectKind: KIND,
    objectId: survivorId,
    verb: '追回',
    from: 'ended',
    to: 'ended',
    words: `${formatYuan(amountFen)} 元`,
  })
  await audit(tx, actor, {
    action: 'survivors.recover',
    objectKind: KIND,
    objectId: survivorId,
    unitId: survivor.unitId,
    summary: `追回遗属抚恤金 ${formatYuan(amountFen)} 元（编号 ${survivorId}）`,
  })
  for (const payId of new Set(rows.map((row) => row.payId))) await keepPay(tx, actor, payId)
  return { amountFen, voucherNo: voucher?.number ?? null }
}
