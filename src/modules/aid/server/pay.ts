import { sql } from 'kysely'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { act } from '../../../kernel/lifecycle/act.ts'
import { notify } from '../../../kernel/notices/notices.ts'
import { spend } from '../../funds/public.ts'
import type { Entitlement } from '../contract.ts'
import { cycleById, lockCycle, type CycleRow } from './cycles.ts'
import { sourceOf, subjectOf } from './decide.ts'
import { filePaid } from './filing.ts'
import { cycleLife } from './machine.ts'
import { openAid } from './opening.ts'

export interface CyclePaid {
  voucherId: number
  voucherNumber: string
  people: number
  amountFen: number
}

/**
 * Pays an approved cycle: one voucher with the list as its original, everybody's entitlement paid, the ledgers filed, in
 * one transaction. A server that dies on the way has paid nobody; asked again it pays once.
 * @param paidOn `YYYY-MM-DD`
 * @throws Problem 403 | 404, 409 `overdrawn` | `project-overspent` | `budget-overspent` | `period-closed`, 422 `not-now` |
 *   `same-hand` | `paid-too-early` | `in-future`
 */
export async function payCycle(
  tx: Tx,
  actor: Actor,
  cycleId: number,
  paidOn: string,
  today: string,
): Promise<CyclePaid> {
  await openAid(tx, actor)
  const seen = await cycleById(tx, actor, cycleId)
  await requirePermission(tx, actor, 'aid.pay', seen.unitId, 'aid.read')
  // The cycle first and then the book's lane (in spend), as in the approval: two deeds wait for each other in one order.
  const cycle = await withSource(tx, await lockCycle(tx, actor, cycleId))
  if (cycle.state !== 'approved') throw refused('not-now', '本批次还没有批准，或已经发放，不能发放。')
  if (cycle.approvedBy === actor.accountId || cycle.decidedBy === actor.accountId)
    throw refused('same-hand', '拟定名单、审批和发放应由不同的人办理，请由另一人发放。')
  if (paidOn < cycle.approvedOn!)
    throw refused('paid-too-early', `发放日期不能早于批准的 ${cycle.approvedOn}。`, { paidOn: '早于批准日期' })
  if (paidOn > today) throw refused('in-future', '发放日期不能晚于今天。', { paidOn: '不能晚于今天' })
  const { people, amountFen } = cycle
  const approver = { accountId: cycle.approvedBy!, name: cycle.approvedName! }
  const posted = await spend(tx, actor, {
    unitId: cycle.unitId,
    on: paidOn,
    amountFen,
    expenseAccount: cycle.purse.accountCode,
    projectId: cycle.purse.projectId,
    payee: people === 1 ? await onlyPayee(tx, cycleId) : `${people} 人（名单附后）`,
    summary: `发放${cycle.programme}（${cycle.title}）${people} 人`,
    source: sourceOf(cycleId),
    // The approved list, and the bank's own list of transfers.
    attachments: 2,
    economicClass: '30305',
    signatures: {
      reviewed: approver,
      approved: approver,
      cashier: { accountId: actor.accountId, name: actor.name },
    },
  })
  const { rows } = await sql<{ id: number }>`
    insert into aid.payment (cycle_id, paid_on, amount_fen, people, voucher_id, voucher_number, paid_by, paid_name)
    values (${cycleId}, ${paidOn}::date, ${amountFen}, ${people}, ${posted.voucherId}, ${posted.number}, ${actor.accountId}, ${actor.name})
    returning id`.execute(tx)
  await sql`update aid.entitlement set state = 'paid', payment_id = ${rows[0]!.id}, paid_on = ${paidOn}::date
    where cycle_id = ${cycleId} and state = 'approved'`.execute(tx)
  await act(tx, actor, cycleLife, subjectOf(cycle), '同意', { today, words: `已发放，${posted.number}` })
  await sql`update aid.cycle set state = 'paid', paid_on = ${paidOn}::date where id = ${cycleId}`.execute(tx)
  await filePaid(tx, actor, cycle)
  const { rows: told } = await sql<{ id: number }>`
    select a.id from aid.entitlement e join accounts.account a on a.person_id = e.person_id
    where e.cycle_id = ${cycleId} and e.state = 'paid'`.execute(tx)
  await notify(tx, {
    accountIds: told.map((account) => account.id),
    title: `${cycle.programme}已发放，请核对到账后签收`,
    link: '/aid/mine',
  })
  return { voucherId: posted.voucherId, voucherNumber: posted.number, people, amountFen }
}

async function onlyPayee(tx: Tx, cycleId: number): Promise<string> {
  const { rows } = await sql<{
    name: string
  }>`select p.name from aid.entitlement e join kernel.person_name p on p.id = e.person_id
    where e.cycle_id = ${cycleId} and e.state = 'approved'`.execute(tx)
  return rows[0]!.name
}

/** The cycle with where its money comes from, as the ledgers say it. */
export const withSource = async (tx: Tx, cycle: CycleRow): Promise<CycleRow & { source: string }> => {
  const { rows } = await sql<{
    source: string
  }>`select source from aid.programme where id = ${cycle.programmeId}`.execute(tx)
  return { ...cycle, source: rows[0]!.source }
}

export interface Held {
  cycleId: number
  personId: number
  personName: string
  unitId: number
  state: string
  amountFen: number
  refundedFen: number
  paidOn: string | null
  receivedOn: string | null
}

/** Locks one person's entitlement and its cycle. @throws Problem 404 */
export async function lockEntitlement(tx: Tx, entitlementId: number): Promise<Held> {
  const { rows } = await sql<Held>`
    select e.cycle_id as "cycleId", e.person_id as "personId", p.name as "personName", e.unit_id as "unitId", e.state,
      e.amount_fen as "amountFen", e.refunded_fen as "refundedFen", e.paid_on as "paidOn", e.received_on as "receivedOn"
    from aid.entitlement e join kernel.person_name p on p.id = e.person_id where e.id = ${entitlementId} for update of e`.execute(
    tx,
  )
  if (!rows[0]) throw notFound('发放名单')
  return rows[0]
}

/**
 * Writes down that somebody has received: by the own hand on a phone, or an officer for a signature on paper.
 * @throws Problem 403 | 404, 422 `not-now` | `signature-missing`
 */
export async function signReceipt(
  tx: Tx,
  actor: Actor,
  entitlementId: number,
  how: 'hand' | 'paper',
  today: string,
): Promise<void> {
  await openAid(tx, actor)
  const held = await lockEntitlement(tx, entitlementId)
  const own = actor.personId === held.personId
  if (!own && !(await allows(tx, actor, 'aid.read-confidential', held.unitId))) throw notFound('发放名单')
  if (how === 'hand' && !own) throw refused('not-yours', '手写签名由领取人本人办理；纸面签收的，请选择“纸面签收”。')
  if (how === 'paper') await requirePermission(tx, actor, 'aid.write', held.unitId, 'aid.read-confidential')
  if (held.state !== 'paid' || held.receivedOn)
    throw refused('not-now', held.receivedOn ? `已于 ${held.receivedOn} 签收。` : '款项还没有发放，不能签收。')
  if (how === 'hand') {
    const { rows } =
      await sql`select from kernel.file_link where object_kind = 'aid-entitlement' and object_id = ${entitlementId}
      and removed_at is null`.execute(tx)
    if (!rows.length) throw refused('signature-missing', '还没有收到您的签名。请在签名框内签名后再提交。')
  }
  await sql`update aid.entitlement set received_on = ${today}::date, received_how = ${how} where id = ${entitlementId}`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'aid.receive',
    objectKind: 'aid-entitlement',
    objectId: entitlementId,
    unitId: held.unitId,
    summary: how === 'hand' ? '本人手写签收帮扶款' : `登记${held.personName}纸面签收帮扶款`,
  })
}

/** Everybody of a cycle's list, by keyset. */
export interface EntitlementPage {
  after: number
  limit: number
}
export async function entitlementsOf(
  tx: Tx,
  actor: Actor,
  cycleId: number,
  page: EntitlementPage,
): Promise<{ rows: Entitlement[]; next: number | null }> {
  const cycle = await cycleById(tx, actor, cycleId)
  // Who pays by name sees the names and amounts, and nothing of the reasons.
  if (!(await allows(tx, actor, 'aid.pay', cycle.unitId)))
    await requirePermission(tx, actor, 'aid.read-confidential', cycle.unitId, 'aid.read')
  const { rows } = await sql<Entitlement>`
    select ${entitlementColumns} from ${entitlementJoins}
    where e.cycle_id = ${cycleId} and e.id > ${page.after} order by e.id limit ${page.limit + 1}`.execute(tx)
  const more = rows.length > page.limit
  if (more) rows.pop()
  return { rows, next: more ? rows.at(-1)!.id : null }
}

export const entitlementColumns = sql`e.id, e.cycle_id as "cycleId", e.person_id as "personId", p.name as "personName", u.name as "unitName",
  e.by_family as "byFamily", e.amount_fen as "amountFen", e.state, e.reason, e.paid_on as "paidOn", y.voucher_number as "voucherNumber",
  e.received_on as "receivedOn", e.received_how as "receivedHow", e.refunded_on as "refundedOn", e.refunded_fen as "refundedFen",
  coalesce((select jsonb_agg(jsonb_build_object('on', b.refunded_on::text, 'amountFen', b.amount_fen, 'reason', b.reason,
    'voucherId', b.voucher_id, 'voucherNumber', b.voucher_number) order by b.id) from aid.refund b where b.entitlement_id = e.id),
    '[]'::jsonb) as refunds`
export const entitlementJoins = sql`aid.entitlement e join kernel.person_name p on p.id = e.person_id
  join kernel.unit_name u on u.id = e.unit_id left join aid.payment y on y.id = e.payment_id`
