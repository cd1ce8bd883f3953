import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import { refund, refundEarlier, type PostedVoucher } from '../../funds/public.ts'
import { keepPay } from './filing.ts'
import { moveHeld } from './held.ts'
import { ACCOUNT } from './pay.ts'
import { KIND, lockSurvivor } from './survivors.ts'

interface Overpaid {
  id: number
  payId: number
  fen: number
  source: string
  paidYear: number
  paidOn: string
  payUnitId: number
}

/**
 * Takes back what was paid for months after the end: the union's own money returns by a red voucher and the lists' figures
 * follow; what was paid in an earlier year puts the surplus right and that year's figures stay; an employer's is held again.
 * @throws Problem 403 | 404, 422 `nothing-owed` | `in-future` | `before-paid`, 409 as `refund`
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
    select l.id, l.pay_id as "payId", l.amount_fen as fen, y.source, extract(year from y.paid_on)::int as "paidYear", y.paid_on as "paidOn",
      y.unit_id as "payUnitId"
    from survivors.survivor s join survivors.pay_line l on l.survivor_id = s.id join survivors.pay y on y.id = l.pay_id
    where s.id = ${survivorId} and s.state = 'ended' and l.for_month > date_trunc('month', s.ended_on)::date
      and l.recovery_id is null and y.state = 'paid' order by l.id for update of l`.execute(tx)
  if (!rows.length) throw refused('nothing-owed', '没有多发的抚恤金，不用追回。')
  const lastPaid = rows
    .map((row) => row.paidOn)
    .toSorted()
    .at(-1)!
  if (receivedOn < lastPaid)
    throw refused('before-paid', `退回日期不能早于发放的 ${lastPaid}。`, { receivedOn: '早于发放日期' })
  const amountFen = rows.reduce((sum, row) => sum + row.fen, 0)
  const made = await sql<{ id: number }>`
    insert into survivors.recovery (survivor_id, unit_id, received_on, amount_fen, created_by)
    values (${survivorId}, ${survivor.unitId}, ${receivedOn}::date, ${amountFen}, ${actor.accountId}) returning id`.execute(
    tx,
  )
  const { id } = made.rows[0]!
  const year = Number(receivedOn.slice(0, 4))
  const numbers: string[] = []
  // A voucher for each purse it goes back into: this year's spending, the surplus of earlier years, what is held for an employer.
  for (const lines of Map.groupBy(rows, (row) => `${purseOf(row, year)} ${row.payUnitId}`).values()) {
    const purse = purseOf(lines[0]!, year)
    if (purse === 'elsewhere') continue
    const voucher = await takeIn(tx, actor, purse, lines, {
      on: receivedOn,
      payer: survivor.name,
      summary: `追回多发的遗属抚恤金（编号 ${survivorId}）`,
      source: `survivors/${survivorId}/recoveries/${id}${numbers.length ? `/${numbers.length + 1}` : ''}`,
      recoveryId: id,
    })
    numbers.push(voucher.number)
  }
  const voucherNo = numbers.join('、') || null
  await sql`update survivors.recovery set voucher_no = ${voucherNo} where id = ${id}`.execute(tx)
  await sql`update survivors.pay_line l set recovery_id = ${id}, later_year = y.source = '工会经费' and extract(year from y.paid_on) <> ${year}
    from survivors.pay y where y.id = l.pay_id and l.id = any(${rows.map((row) => row.id)}::bigint[])`.execute(tx)
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
  return { amountFen, voucherNo }
}

type Purse = 'spending' | 'earlier' | 'held' | 'elsewhere'
const purseOf = (row: Overpaid, year: number): Purse => {
  if (row.source === '代管经费') return 'held'
  if (row.source !== '工会经费') return 'elsewhere'
  return row.paidYear === year ? 'spending' : 'earlier'
}

function takeIn(
  tx: Tx,
  actor: Actor,
  purse: Purse,
  lines: readonly Overpaid[],
  back: { on: string; payer: string; summary: string; source: string; recoveryId: number },
): Promise<PostedVoucher> {
  const { on, payer, summary, source, recoveryId } = back
  const unitId = lines[0]!.payUnitId
  const amountFen = lines.reduce((sum, row) => sum + row.fen, 0)
  if (purse === 'held')
    return moveHeld(tx, actor, {
      unitId,
      kind: 'recovery',
      amountFen,
      onDay: on,
      party: payer,
      summary,
      source,
      recoveryId,
    })
  const money = { unitId, on, amountFen, payer, summary, source }
  if (purse === 'earlier') return refundEarlier(tx, actor, money)
  return refund(tx, actor, { ...money, expenseAccount: ACCOUNT, economicClass: '30305' })
}
