import { sql, type RawBuilder } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import { spend, type PostedVoucher } from '../../funds/public.ts'
import type { PayDetail, PayInput, PayLine, PayRow } from '../contract.ts'
import { keepPay } from './filing.ts'
import { moveHeld, requireHeld } from './held.ts'
import { below, CONFIDENTIAL } from './opening.ts'
import { standardIn } from './standards.ts'
import { firstOf } from './survivors.ts'

const KIND = 'survivors-pay'
/** 困难职工帮扶支出: what the union itself pays to a dead worker's family. */
export const ACCOUNT = '50404'

const columns = sql`y.id, y.unit_id as "unitId", u.name as "unitName", to_char(y.month, 'YYYY-MM') as month, y.source, y.state,
  y.people, y.total_fen as "totalFen", y.paid_on as "paidOn", y.voucher_id as "voucherId", y.voucher_no as "voucherNo",
  y.prepared_by as "preparedBy", y.prepared_name as "preparedName", y.approved_name as "approvedName"`
const joins = sql`survivors.pay y join kernel.unit_name u on u.id = y.unit_id`
const seen = (actor: Actor): RawBuilder<boolean> => visibleTo(actor, CONFIDENTIAL, 'y.unit_id')

export async function listPay(tx: Tx, actor: Actor, unitId: number): Promise<PayRow[]> {
  const { rows } = await sql<PayRow>`
    select ${columns} from ${joins} where ${seen(actor)} and ${below(unitId, 'y.unit_id')} order by y.month desc, y.id desc limit 120`.execute(
    tx,
  )
  return rows
}

export async function payById(tx: Tx, actor: Actor, payId: number): Promise<PayDetail> {
  const { rows } = await sql<PayRow>`select ${columns} from ${joins} where y.id = ${payId} and ${seen(actor)}`.execute(
    tx,
  )
  if (!rows[0]) throw notFound('发放表')
  const lines = await sql<PayLine>`
    select l.survivor_id as "survivorId", n.name, d.name as "deceasedName", s.relation, max(l.grade) as grade,
      json_agg(to_char(l.for_month, 'YYYY-MM') order by l.for_month) as months, sum(l.amount_fen)::bigint as "amountFen",
      bool_or(l.recovery_id is not null) as recovered
    from survivors.pay_line l join survivors.survivor s on s.id = l.survivor_id join survivors.deceased d on d.id = s.deceased_id
    join kernel.person_name n on n.id = s.person_id where l.pay_id = ${payId}
    group by l.survivor_id, n.name, d.id, s.relation order by d.name, n.name, l.survivor_id`.execute(tx)
  return {
    ...rows[0],
    lines: lines.rows,
    mine: rows[0].preparedBy === actor.accountId,
    remarks: await remarksOn(tx, payId),
  }
}

/** Families that together receive more in a month than the wage was, and pay for somebody past the age limit. */
async function remarksOn(tx: Tx, payId: number): Promise<string[]> {
  const { rows } = await sql<{ name: string; month: string; fen: number; wage: number }>`
    select d.name, to_char(l.for_month, 'YYYY-MM') as month, sum(l.amount_fen)::bigint as fen, d.wage_fen as wage
    from survivors.pay_line l join survivors.survivor s on s.id = l.survivor_id join survivors.deceased d on d.id = s.deceased_id
    where l.pay_id = ${payId} and d.wage_fen is not null group by d.id, l.for_month having sum(l.amount_fen) > d.wage_fen
    order by l.for_month, d.name limit 20`.execute(tx)
  const old = await sql<{ name: string; untilOn: string }>`
    select distinct n.name, s.until_on as "untilOn" from survivors.pay_line l join survivors.survivor s on s.id = l.survivor_id
    join kernel.person_name n on n.id = s.person_id where l.pay_id = ${payId} and s.until_on < l.for_month order by 1 limit 20`.execute(
    tx,
  )
  return [
    ...rows.map(
      (row) =>
        `${row.name}的遗属 ${row.month} 合计 ${formatYuan(row.fen)} 元，超过本人工资 ${formatYuan(row.wage)} 元，请核对。`,
    ),
    ...old.rows.map((row) => `${row.name}的供养已于 ${row.untilOn} 到期，请先复核是否继续。`),
  ]
}

async function lockPay(tx: Tx, actor: Actor, payId: number): Promise<PayRow & { approvedBy: number | null }> {
  const { rows } = await sql<PayRow & { approvedBy: number | null }>`
    select ${columns}, y.approved_by as "approvedBy" from ${joins} where y.id = ${payId} and ${seen(actor)} for update of y`.execute(
    tx,
  )
  if (!rows[0]) throw notFound('发放表')
  return rows[0]
}

/** Every month somebody of a unit is owed up to a month: entitled, not paid by any list, not suspended, not after the end. */
const owed = (unitId: number, upTo: string): RawBuilder<unknown> => sql`
  select s.id as survivor_id, s.unit_id, s.grade, m::date as for_month,
    ${standardIn(sql`s.unit_id`, sql`s.grade`, sql`m::date`)} as amount_fen
  from survivors.survivor s cross join lateral generate_series(
    greatest(date_trunc('month', s.entitled_from), s.paid_through + interval '1 month'),
    least(${upTo}::date, date_trunc('month', s.ended_on)), interval '1 month') m
  where s.state <> 'suspended' and ${below(unitId)} and not exists (
    select from survivors.pay_line l where l.survivor_id = s.id and l.for_month = m::date and l.recovery_id is null)`

/**
 * Draws up a month's list: everybody who is owed, with the months that were left out before.
 * @throws Problem 403 | 404, 409 `pay-exists`, 422 `nobody` | `standard-missing` | `in-future`
 */
export async function preparePay(tx: Tx, actor: Actor, draft: PayInput, today: string): Promise<{ id: number }> {
  await requirePermission(tx, actor, 'survivors.write', draft.unitId, 'survivors.read')
  await requirePermission(tx, actor, CONFIDENTIAL, draft.unitId, 'survivors.read')
  if (draft.month > today.slice(0, 7))
    throw refused('in-future', '还没有到这个月，不能编发放表。', { month: '还没有到' })
  const month = firstOf(draft.month)
  // One at a time, so that two lists don't both take the same months.
  await sql`select pg_advisory_xact_lock(hashtextextended('survivors.pay', 0))`.execute(tx)
  const known = await sql`select from survivors.pay where unit_id = ${draft.unitId} and month = ${month}::date`.execute(
    tx,
  )
  if (known.rows.length) throw conflict('pay-exists', `${draft.month} 的发放表已经编过，请在原表上办理。`)
  const missing = await sql<{ grade: string; month: string }>`
    select grade, to_char(min(for_month), 'YYYY-MM') as month from (${owed(draft.unitId, month)}) o where amount_fen is null
    group by grade order by grade limit 5`.execute(tx)
  if (missing.rows.length)
    throw refused(
      'standard-missing',
      `没有标准：${missing.rows.map((row) => `${row.grade}（${row.month} 起）`).join('、')}。请先录入供养标准。`,
    )
  const totals = await sql<{ people: number; fen: number }>`
    select count(distinct survivor_id)::int as people, coalesce(sum(amount_fen), 0)::bigint as fen
    from (${owed(draft.unitId, month)}) o`.execute(tx)
  const { people, fen } = totals.rows[0]!
  if (!people) throw refused('nobody', '这个月没有要发的人：都已经发过，或者已暂停、退出。')
  const made = await sql<{ id: number }>`
    insert into survivors.pay (unit_id, month, source, people, total_fen, prepared_by, prepared_name)
    values (${draft.unitId}, ${month}::date, ${draft.source}, ${people}, ${fen}, ${actor.accountId}, ${actor.name}) returning id`.execute(
    tx,
  )
  const { id } = made.rows[0]!
  await sql`insert into survivors.pay_line (pay_id, survivor_id, unit_id, for_month, grade, amount_fen)
    select ${id}, survivor_id, unit_id, for_month, grade, amount_fen from (${owed(draft.unitId, month)}) o`.execute(tx)
  await openTodo(tx, {
    kind: 'survivors.approve',
    objectKind: KIND,
    objectId: id,
    unitId: draft.unitId,
    permission: 'survivors.approve',
    title: `待审批：${draft.month} 遗属抚恤金（${people} 人，${formatYuan(fen)} 元）`,
    link: `/survivors/pay/${id}`,
  })
  await audit(tx, actor, {
    action: 'survivors.prepare-pay',
    objectKind: KIND,
    objectId: id,
    unitId: draft.unitId,
    summary: `编制 ${draft.month} 遗属抚恤金发放表，${people} 人，${formatYuan(fen)} 元`,
  })
  return { id }
}

/** Takes a list that hasn't been paid away again. @throws Problem 403 | 404, 422 `paid-already` */
export async function dropPay(tx: Tx, actor: Actor, payId: number): Promise<void> {
  const pay = await lockPay(tx, actor, payId)
  await requirePermission(tx, actor, 'survivors.write', pay.unitId)
  if (pay.state === 'paid') throw refused('paid-already', '已经发放的表不能撤销。多发的请在遗属名下追回。')
  await closeTodo(tx, actor, { objectKind: KIND, objectId: payId })
  await sql`delete from survivors.pay where id = ${payId}`.execute(tx)
  await audit(tx, actor, {
    action: 'survivors.drop-pay',
    objectKind: KIND,
    objectId: payId,
    unitId: pay.unitId,
    summary: `撤销 ${pay.month} 遗属抚恤金发放表`,
  })
}

/** @throws Problem 403 | 404, 409 `held-short`, 422 `not-now` | `same-hand` | `changed-since` */
export async function approvePay(tx: Tx, actor: Actor, payId: number): Promise<void> {
  const pay = await lockPay(tx, actor, payId)
  await requirePermission(tx, actor, 'survivors.approve', pay.unitId)
  if (pay.state !== 'prepared') throw refused('not-now', '这张表已经审批过。')
  if (pay.preparedBy === actor.accountId && actor.kind === 'person')
    throw refused('same-hand', '编表的人不能审批，请由另一个人办理。')
  await requireUnchanged(tx, payId)
  if (pay.source === '代管经费') await requireHeld(tx, pay.unitId, pay.totalFen)
  await sql`update survivors.pay set state = 'approved', approved_by = ${actor.accountId}, approved_name = ${actor.name}
    where id = ${payId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: KIND, objectId: payId })
  await openTodo(tx, {
    kind: 'survivors.pay',
    objectKind: KIND,
    objectId: payId,
    unitId: pay.unitId,
    permission: CONFIDENTIAL,
    title: `待发放：${pay.month} 遗属抚恤金 ${formatYuan(pay.totalFen)} 元`,
    link: `/survivors/pay/${payId}`,
  })
  await audit(tx, actor, {
    action: 'survivors.approve-pay',
    objectKind: KIND,
    objectId: payId,
    unitId: pay.unitId,
    summary: `批准 ${pay.month} 遗属抚恤金 ${formatYuan(pay.totalFen)} 元`,
  })
}

/** Somebody died or was suspended after the list was drawn up: it says who, and is drawn up again. */
async function requireUnchanged(tx: Tx, payId: number): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select distinct n.name from survivors.pay_line l join survivors.survivor s on s.id = l.survivor_id
    join kernel.person_name n on n.id = s.person_id
    where l.pay_id = ${payId} and (s.state = 'suspended' or l.for_month > date_trunc('month', s.ended_on)::date) limit 20`.execute(
    tx,
  )
  if (rows.length)
    throw refused(
      'changed-since',
      `编表以后情况有变：${rows.map((row) => row.name).join('、')}已暂停或退出。请撤销这张表，重新编制。`,
    )
}

/**
 * Pays an approved list, once: what the union pays passes budget and balance in the book's lane and becomes one voucher, and so
 * does what it holds for the employer, never more than that; what employer or insurance pay themselves is noted. In one transaction with 遗属抚恤金发放.
 * @throws Problem 403 | 404, 409 `held-short` | as `spend`, 422 `not-now` | `same-hand` | `in-future` | `changed-since`
 */
export async function payOut(
  tx: Tx,
  actor: Actor,
  payId: number,
  paidOn: string,
  today: string,
): Promise<{ voucherNo: string | null }> {
  const pay = await lockPay(tx, actor, payId)
  await requirePermission(tx, actor, 'survivors.write', pay.unitId)
  if (pay.state !== 'approved') throw refused('not-now', '只有批准后、没有发放的表可以登记发放。')
  if (pay.approvedBy === actor.accountId && actor.kind === 'person')
    throw refused('same-hand', '审批的人不能登记发放，请由另一个人办理。')
  if (paidOn > today) throw refused('in-future', '发放日期不能晚于今天。', { paidOn: '不能晚于今天' })
  if (paidOn < firstOf(pay.month))
    throw refused('before-month', `发放日期早于 ${pay.month}。`, { paidOn: '早于发放月份' })
  await requireUnchanged(tx, payId)
  const voucher = await voucherFor(tx, actor, pay, paidOn)
  await sql`update survivors.pay set state = 'paid', paid_on = ${paidOn}::date, voucher_id = ${voucher?.voucherId ?? null},
    voucher_no = ${voucher?.number ?? null} where id = ${payId}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: KIND, objectId: payId })
  await audit(tx, actor, {
    action: 'survivors.pay',
    objectKind: KIND,
    objectId: payId,
    unitId: pay.unitId,
    summary: `发放 ${pay.month} 遗属抚恤金 ${formatYuan(pay.totalFen)} 元`,
  })
  await keepPay(tx, actor, payId)
  return { voucherNo: voucher?.number ?? null }
}

async function voucherFor(
  tx: Tx,
  actor: Actor,
  pay: PayRow & { approvedBy: number | null },
  paidOn: string,
): Promise<PostedVoucher | null> {
  const approved = { accountId: pay.approvedBy!, name: pay.approvedName! }
  const told = {
    unitId: pay.unitId,
    amountFen: pay.totalFen,
    summary: `支付 ${pay.month} 遗属抚恤金，${pay.people} 人`,
    source: `survivors/pay/${pay.id}`,
    signatures: { reviewed: approved, approved, cashier: { accountId: actor.accountId, name: actor.name } },
  }
  const payee = `${pay.people} 名遗属`
  if (pay.source === '工会经费')
    return spend(tx, actor, { ...told, on: paidOn, expenseAccount: ACCOUNT, economicClass: '30305', payee })
  if (pay.source === '代管经费')
    return moveHeld(tx, actor, { ...told, kind: 'pay', onDay: paidOn, party: payee, payId: pay.id })
  return null
}
