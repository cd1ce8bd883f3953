import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound, Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import { lockBook, postVoucher, requireBook, spend } from '../../funds/public.ts'
import { driveById, told } from './drives.ts'

/** 代管经费: money of others that the union holds for a purpose and never owns. */
const HELD = '221'
/** 部门预算支出经济分类: 生活补助. */
const ECONOMIC_CLASS = '30305'

/**
 * The cashier takes what was collected since the last time into the books, as money held for the purpose.
 * @throws Problem 403 | 404, 422 `nothing` | `in-future` | `book-missing`
 */
export async function deposit(
  tx: Tx,
  actor: Actor,
  id: number,
  input: { on: string; payInto: string },
  today: string,
): Promise<{ voucherId: number; amountFen: number }> {
  const drive = await driveById(tx, actor, id, true)
  const book = await requireBook(tx, drive.unitId)
  await requirePermission(tx, actor, 'funds.pay', book.unitId)
  if (input.on > today) throw refused('in-future', '入账日期不能晚于今天。', { on: '不能晚于今天' })
  const amountFen = drive.givenFen - drive.depositedFen
  if (amountFen <= 0) throw refused('nothing', '没有待入账的捐款。')
  const { voucherId } = await postVoucher(
    tx,
    actor,
    drive.unitId,
    {
      onDate: input.on,
      summary: `收“${drive.title}”捐款`,
      attachments: 1,
      source: `charity/drives/${id}?in-${drive.depositedFen}`,
      entries: [
        { account: input.payInto, debitFen: amountFen },
        { account: HELD, creditFen: amountFen, counterparty: drive.title },
      ],
    },
    { cashier: { accountId: actor.accountId, name: actor.name } },
  )
  await sql`update charity.drive set deposited_fen = deposited_fen + ${amountFen} where id = ${id}`.execute(tx)
  await told(tx, actor, drive, 'charity.deposit', `“${drive.title}”捐款 ${formatYuan(amountFen)} 元入账`)
  return { voucherId, amountFen }
}

const thingOf = (useId: number) => ({ objectKind: 'charity-drive-use', objectId: useId })

/** Asks for a use of the money, which is what the drive was for. @throws Problem 403 | 404, 409 `bound-overspent` */
export async function askUse(
  tx: Tx,
  actor: Actor,
  id: number,
  use: { what: string; payee: string; amountFen: number },
): Promise<{ useId: number }> {
  const drive = await driveById(tx, actor, id, true)
  await requirePermission(tx, actor, 'charity.write', drive.unitId)
  const book = await requireBook(tx, drive.unitId)
  await refuseOverspent(tx, id, drive.depositedFen, use.amountFen)
  const { rows } = await sql<{ id: number }>`
    insert into charity.drive_use (drive_id, what, payee, amount_fen, asked_by, asked_name)
    values (${id}, ${use.what}, ${use.payee}, ${use.amountFen}, ${actor.accountId}, ${actor.name}) returning id`.execute(
    tx,
  )
  const useId = rows[0]!.id
  await openTodo(tx, {
    kind: 'charity.use',
    ...thingOf(useId),
    unitId: book.unitId,
    permission: 'funds.sign',
    title: `待批准捐款使用：${drive.title}，${use.what} ${formatYuan(use.amountFen)} 元`,
    link: `/charity/drives/${id}`,
  })
  await told(
    tx,
    actor,
    drive,
    'charity.ask-use',
    `申请使用“${drive.title}”捐款 ${formatYuan(use.amountFen)} 元：${use.what}`,
  )
  return { useId }
}

/** What was asked and not refused, together with this, may not exceed what is held. */
async function refuseOverspent(tx: Tx, id: number, depositedFen: number, amountFen: number): Promise<void> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(amount_fen), 0)::bigint as fen from charity.drive_use where drive_id = ${id} and state <> 'refused'`.execute(
    tx,
  )
  const left = depositedFen - rows[0]!.fen
  if (amountFen > left)
    throw new Problem(
      409,
      'bound-overspent',
      `这次募捐已入账的款项还可使用 ${formatYuan(left)} 元，专款专用，不能超支。`,
      {
        amountFen: `还可使用 ${formatYuan(left)} 元`,
      },
    )
}

interface Use {
  id: number
  driveId: number
  what: string
  payee: string
  amountFen: number
  state: string
  askedBy: number
  decidedBy: number | null
  decidedName: string | null
}
async function useById(tx: Tx, useId: number): Promise<Use> {
  const { rows } = await sql<Use>`
    select id, drive_id as "driveId", what, payee, amount_fen as "amountFen", state, asked_by as "askedBy", decided_by as "decidedBy",
      decided_name as "decidedName" from charity.drive_use where id = ${useId} for update`.execute(tx)
  if (!rows[0]) throw notFound('捐款使用申请')
  return rows[0]
}

/** @throws Problem 403 | 404, 422 `not-now` | `same-hand` */
export async function decideUse(
  tx: Tx,
  actor: Actor,
  useId: number,
  decision: { granted: boolean; words?: string | undefined },
): Promise<void> {
  const use = await useById(tx, useId)
  const drive = await driveById(tx, actor, use.driveId, true)
  const book = await requireBook(tx, drive.unitId)
  await requirePermission(tx, actor, 'funds.sign', book.unitId)
  if (use.state !== 'asked') throw refused('not-now', '这份申请已经办过。')
  if (use.askedBy === actor.accountId) throw refused('same-hand', '申请人和批准人不能是同一人，请由另一人批准。')
  const state = decision.granted ? 'granted' : 'refused'
  await sql`update charity.drive_use set state = ${state}, decided_by = ${actor.accountId}, decided_name = ${actor.name},
    words = ${decision.words ?? null} where id = ${useId}`.execute(tx)
  await closeTodo(tx, actor, thingOf(useId))
  if (decision.granted)
    await openTodo(tx, {
      kind: 'charity.pay',
      ...thingOf(useId),
      unitId: book.unitId,
      permission: 'funds.pay',
      title: `待付款：${drive.title}，${use.what} ${formatYuan(use.amountFen)} 元`,
      link: `/charity/drives/${drive.id}`,
    })
  await told(
    tx,
    actor,
    drive,
    'charity.decide-use',
    `${decision.granted ? '批准' : '不批准'}使用“${drive.title}”捐款：${use.what}`,
  )
}

/** Pays a granted use out of the money held; voucher, use and drive in one transaction. @throws Problem 403 | 404, 409 `overdrawn`, 422 `not-now` | `same-hand` */
export async function payUse(
  tx: Tx,
  actor: Actor,
  useId: number,
  input: { on: string; payFrom: string },
  today: string,
): Promise<{ voucherId: number; number: string }> {
  const use = await useById(tx, useId)
  const drive = await driveById(tx, actor, use.driveId, true)
  const book = await requireBook(tx, drive.unitId)
  await requirePermission(tx, actor, 'funds.pay', book.unitId)
  await lockBook(tx, book.id)
  if (use.state !== 'granted') throw refused('not-now', '申请还没有批准，或已经付款。')
  if (use.decidedBy === actor.accountId || use.askedBy === actor.accountId)
    throw refused('same-hand', '申请、批准和付款要由不同的人办理。')
  if (input.on > today) throw refused('in-future', '付款日期不能晚于今天。', { on: '不能晚于今天' })
  const posted = await spend(tx, actor, {
    unitId: drive.unitId,
    on: input.on,
    amountFen: use.amountFen,
    expenseAccount: HELD,
    payFrom: input.payFrom,
    payee: use.payee,
    heldFor: drive.title,
    summary: `付“${drive.title}”捐款：${use.what}`,
    source: `charity/drives/${drive.id}?use-${useId}`,
    economicClass: ECONOMIC_CLASS,
    signatures: {
      approved: { accountId: use.decidedBy!, name: use.decidedName! },
      reviewed: { accountId: use.decidedBy!, name: use.decidedName! },
      cashier: { accountId: actor.accountId, name: actor.name },
    },
  })
  await sql`update charity.drive_use set state = 'paid', paid_on = ${input.on}::date, voucher_id = ${posted.voucherId} where id = ${useId}`.execute(
    tx,
  )
  await closeTodo(tx, actor, thingOf(useId))
  await told(
    tx,
    actor,
    drive,
    'charity.pay-use',
    `支付“${drive.title}”捐款 ${formatYuan(use.amountFen)} 元：${use.what}（${posted.number}）`,
  )
  return posted
}
