import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { formatYuan } from '../../../kernel/money/money.ts'
import { lockBook, moveEntrusted, requireBook, type PostedVoucher, type Signatures } from '../../funds/public.ts'
import type { Held, HeldMove, HeldReceiptInput, HeldReturnInput } from '../contract.ts'
import { HELD_KINDS, type HeldKind } from '../words.ts'
import { CONFIDENTIAL } from './opening.ts'

/** What a unit holds for survivors, and what of it approved lists will take, fen. */
async function sumsOf(db: Db | Tx, unitId: number): Promise<{ heldFen: number; reservedFen: number }> {
  const { rows } = await sql<{ heldFen: number; reservedFen: number }>`
    select (select coalesce(sum(amount_fen), 0)::bigint from survivors.held where unit_id = ${unitId}) as "heldFen",
      (select coalesce(sum(total_fen), 0)::bigint from survivors.pay
        where unit_id = ${unitId} and source = '代管经费' and state = 'approved') as "reservedFen"`.execute(db)
  return rows[0]!
}

/** The employer's money a unit holds: what came, what went, what is left. @throws Problem 403 | 404 */
export async function heldFor(tx: Tx, actor: Actor, unitId: number): Promise<Held> {
  await requirePermission(tx, actor, CONFIDENTIAL, unitId, 'survivors.read')
  const { rows } = await sql<HeldMove>`
    select id, kind, amount_fen as "amountFen", on_day as "onDay", party, reference, pay_id as "payId", voucher_id as "voucherId",
      voucher_no as "voucherNo", booked_name as "bookedName"
    from survivors.held where unit_id = ${unitId} order by id desc limit 200`.execute(tx)
  return { ...(await sumsOf(tx, unitId)), rows }
}

/** Refuses what the unit doesn't hold. The caller has the book's lane. @throws Problem 409 `held-short` */
function refuseShort(leftFen: number, amountFen: number, reservedFen: number, field: string): void {
  if (leftFen >= amountFen) return
  throw new Problem(
    409,
    'held-short',
    `代管的抚恤金可用 ${formatYuan(leftFen)} 元${reservedFen ? `（已扣除批准未发的 ${formatYuan(reservedFen)} 元）` : ''}，不够 ${formatYuan(amountFen)} 元。代管经费不能垫支，请等单位拨款到账，或改用其他资金来源。`,
    { [field]: `可用 ${formatYuan(leftFen)} 元` },
  )
}

/** Before a list is signed: the money for it is here, besides what other signed lists take. @throws Problem 409 `held-short` */
export async function requireHeld(tx: Tx, unitId: number, amountFen: number): Promise<void> {
  await lockBook(tx, (await requireBook(tx, unitId)).id)
  const { heldFen, reservedFen } = await sumsOf(tx, unitId)
  refuseShort(heldFen - reservedFen, amountFen, reservedFen, 'source')
}

interface Move {
  unitId: number
  kind: HeldKind
  /** fen, above zero; the kind says whether it comes in or goes out */
  amountFen: number
  onDay: string
  party: string
  summary: string
  /** path of the thing in the app: one voucher each */
  source: string
  reference?: string
  payId?: number
  recoveryId?: number
  signatures?: Signatures
}

/**
 * Moves the employer's money in the book's lane: one voucher between 代管经费 and the bank and the line that remembers it.
 * Out goes only what is held.
 * @throws Problem 409 `held-short` | as `moveEntrusted`, 422 `book-missing`
 */
export async function moveHeld(tx: Tx, actor: Actor, move: Move): Promise<PostedVoucher> {
  const { unitId, kind, amountFen } = move
  const into = kind === 'receipt' || kind === 'recovery'
  const book = await requireBook(tx, unitId)
  await lockBook(tx, book.id)
  if (!into) {
    const { heldFen, reservedFen } = await sumsOf(tx, unitId)
    // A list that is being paid is among the signed ones; what is handed back leaves enough for all of them.
    const kept = kind === 'return' ? reservedFen : 0
    refuseShort(heldFen - kept, amountFen, kept, kind === 'return' ? 'amountFen' : 'paidOn')
  }
  const { rows: units } = await sql<{ name: string }>`select name from kernel.unit_name where id = ${unitId}`.execute(
    tx,
  )
  const posted = await moveEntrusted(tx, actor, book, {
    way: into ? 'in' : 'out',
    whose: `遗属抚恤金（${units[0]!.name}）`,
    party: move.party,
    amountFen,
    on: move.onDay,
    summary: move.summary,
    source: move.source,
    ...(move.signatures && { signatures: move.signatures }),
  })
  await sql`insert into survivors.held (unit_id, kind, amount_fen, on_day, party, reference, pay_id, recovery_id, voucher_id, voucher_no,
      booked_by, booked_name)
    values (${unitId}, ${kind}, ${into ? amountFen : -amountFen}, ${move.onDay}::date, ${move.party}, ${move.reference ?? null},
      ${move.payId ?? null}, ${move.recoveryId ?? null}, ${posted.voucherId}, ${posted.number}, ${actor.accountId}, ${actor.name})`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: `survivors.held-${kind}`,
    objectKind: 'survivors-held',
    objectId: posted.voucherId,
    unitId,
    summary: `${HELD_KINDS[kind]} ${formatYuan(amountFen)} 元（${posted.number}）`,
  })
  return posted
}

/** A place of its own for each deed, known before its voucher is written. */
async function nextSource(tx: Tx, unitId: number): Promise<string> {
  const { rows } = await sql<{ no: number }>`
    select nextval(pg_get_serial_sequence('survivors.held', 'id'))::bigint as no`.execute(tx)
  return `survivors/held/${unitId}/${rows[0]!.no}`
}

/**
 * Takes in what the employer handed over for its survivors: 代管经费, never income.
 * @throws Problem 403 | 404, 409 `receipt-twice`, 422 `in-future` | `book-missing`
 */
export async function receiveHeld(
  tx: Tx,
  actor: Actor,
  draft: HeldReceiptInput,
  today: string,
): Promise<{ voucherNo: string }> {
  await requireHand(tx, actor, 'survivors.write', draft.unitId)
  if (draft.receivedOn > today) throw refused('in-future', '到账日期不能晚于今天。', { receivedOn: '不能晚于今天' })
  // One after another, so that the same paper isn't taken in twice at once.
  await lockBook(tx, (await requireBook(tx, draft.unitId)).id)
  const { rows } = await sql<{ voucherNo: string }>`
    select voucher_no as "voucherNo" from survivors.held
    where unit_id = ${draft.unitId} and kind = 'receipt' and reference = ${draft.reference} and party = ${draft.payer}`.execute(
    tx,
  )
  if (rows[0])
    throw new Problem(409, 'receipt-twice', `这份拨款单已经登记，凭证 ${rows[0].voucherNo}。请核对单据号。`, {
      reference: '已经登记过',
    })
  const posted = await moveHeld(tx, actor, {
    unitId: draft.unitId,
    kind: 'receipt',
    amountFen: draft.amountFen,
    onDay: draft.receivedOn,
    party: draft.payer,
    reference: draft.reference,
    summary: `${HELD_KINDS.receipt}：${draft.payer}（${draft.reference}）`,
    source: await nextSource(tx, draft.unitId),
  })
  return { voucherNo: posted.number }
}

/**
 * Hands what isn't needed back to the employer; what approved lists will take stays.
 * @throws Problem 403 | 404, 409 `held-short`, 422 `in-future` | `book-missing`
 */
export async function returnHeld(
  tx: Tx,
  actor: Actor,
  draft: HeldReturnInput,
  today: string,
): Promise<{ voucherNo: string }> {
  await requireHand(tx, actor, 'survivors.approve', draft.unitId)
  if (draft.returnedOn > today) throw refused('in-future', '退还日期不能晚于今天。', { returnedOn: '不能晚于今天' })
  const posted = await moveHeld(tx, actor, {
    unitId: draft.unitId,
    kind: 'return',
    amountFen: draft.amountFen,
    onDay: draft.returnedOn,
    party: draft.payee,
    reference: draft.reason,
    summary: `${HELD_KINDS.return}：${draft.payee}（${draft.reason}）`,
    source: await nextSource(tx, draft.unitId),
  })
  return { voucherNo: posted.number }
}

async function requireHand(tx: Tx, actor: Actor, permission: string, unitId: number): Promise<void> {
  await requirePermission(tx, actor, permission, unitId, 'survivors.read')
  await requirePermission(tx, actor, CONFIDENTIAL, unitId, 'survivors.read')
}
