import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { conflict, notFound, Problem, refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import type { VoucherKind, VoucherState } from '../../contract.ts'
import { requireDeed, requireReviewer } from './access.ts'
import { bookById, type Book } from './books.ts'
import { insertDraft, insertLines, refuseKnownInvoices } from './draft-store.ts'
import { checkDraft, type VoucherDraft } from './draft.ts'
import type { Posted } from '../../voucher-contract.ts'
import { asProblem, postReviewed, voucherNumber } from './post.ts'
import { checkReversal, undoReversed } from './reversal.ts'

interface Held {
  id: number
  bookId: number
  state: VoucherState
  kind: VoucherKind
  onDate: string
  month: number
  no: number | null
  summary: string
  source: string | null
  preparedBy: number
  version: number
}

/** The voucher, locked for the rest of the transaction, and its book. @throws Problem 404 */
async function hold(tx: Tx, voucherId: number): Promise<{ voucher: Held; book: Book }> {
  const { rows } = await sql<Held>`
    select id, book_id as "bookId", state, kind, on_date as "onDate", month, no, summary, source,
      prepared_by as "preparedBy", version
    from funds.voucher where id = ${voucherId} for update`.execute(tx)
  if (!rows[0]) throw notFound('凭证')
  return { voucher: rows[0], book: await bookById(tx, rows[0].bookId) }
}

const deed = (tx: Tx, actor: Actor, book: Book, voucherId: number, action: string, summary: string): Promise<void> =>
  audit(tx, actor, {
    action: `funds.${action}`,
    objectKind: 'voucher',
    objectId: voucherId,
    unitId: book.unitId,
    summary,
  })

/** A closed month takes no voucher, not even a draft of one. @throws Problem 409 `period-closed` at the date */
async function refuseClosed(tx: Tx, book: Book, onDate: string): Promise<void> {
  const { rows } = await sql`
    select 1 from funds.period where book_id = ${book.id} and state = 'closed'
      and year = extract(year from ${onDate}::date) and month = extract(month from ${onDate}::date)`.execute(tx)
  if (rows.length) throw asProblem({ code: 'ZJ003', message: 'period-closed' })
}

/** Draws up a voucher. @returns its id */
export async function createDraft(tx: Tx, actor: Actor, book: Book, draft: VoucherDraft): Promise<number> {
  await requireDeed(tx, actor, 'funds.prepare', book.unitId)
  const checked = await checkDraft(tx, book, draft)
  await refuseClosed(tx, book, draft.onDate)
  const voucherId = await insertDraft(tx, actor, book, checked)
  await deed(tx, actor, book, voucherId, 'prepare', `填制凭证：${draft.summary}`)
  return voucherId
}

/**
 * Changes a draft; whoever changes it has prepared it.
 * @param version as it was read; somebody else's change in between is refused
 */
export async function editDraft(
  tx: Tx,
  actor: Actor,
  voucherId: number,
  draft: VoucherDraft,
  version: number,
): Promise<void> {
  const { voucher, book } = await hold(tx, voucherId)
  await requireDeed(tx, actor, 'funds.prepare', book.unitId)
  onlyDraft(voucher)
  if (voucher.version !== version) throw conflict('edited-meanwhile', '凭证已被别人修改，请刷新后再改。')
  const checked = await checkDraft(tx, book, { ...draft, source: voucher.source })
  await refuseClosed(tx, book, draft.onDate)
  await refuseKnownInvoices(tx, book.id, draft, voucherId)
  await sql`delete from funds.entry where voucher_id = ${voucherId}`.execute(tx)
  await sql`delete from funds.invoice where voucher_id = ${voucherId}`.execute(tx)
  await sql`update funds.voucher set on_date = ${checked.onDate}, year = extract(year from ${checked.onDate}::date),
      month = extract(month from ${checked.onDate}::date), kind = ${checked.kind}, summary = ${checked.summary.trim()},
      attachments = ${checked.attachments ?? 0}, total_fen = ${checked.totalFen}, corrects_id = ${checked.correctsId ?? null},
      prepared_by = ${actor.accountId}, prepared_name = ${actor.name}, prepared_at = now(), returned = null,
      version = version + 1 where id = ${voucherId}`.execute(tx)
  await insertLines(tx, book.id, voucherId, checked)
  await deed(tx, actor, book, voucherId, 'edit-draft', `修改未记账凭证：${checked.summary}`)
}

export async function deleteDraft(tx: Tx, actor: Actor, voucherId: number): Promise<void> {
  const { voucher, book } = await hold(tx, voucherId)
  await requireDeed(tx, actor, 'funds.prepare', book.unitId)
  onlyDraft(voucher)
  await sql`delete from funds.voucher where id = ${voucherId}`.execute(tx)
  await deed(tx, actor, book, voucherId, 'delete-draft', `删除未记账凭证：${voucher.summary}`)
}

/** 审核. Another hand than the preparer's, never the cashier's. */
export async function reviewVoucher(tx: Tx, actor: Actor, voucherId: number): Promise<void> {
  const { voucher, book } = await hold(tx, voucherId)
  await requireReviewer(tx, actor, book, voucher.preparedBy)
  if (voucher.state !== 'draft') throw conflict('not-draft', '凭证已经审核或记账。请刷新后再看。')
  await sql`update funds.voucher set state = 'reviewed', reviewed_by = ${actor.accountId}, reviewed_name = ${actor.name},
    reviewed_at = now(), returned = null, version = version + 1 where id = ${voucherId}`.execute(tx)
  await deed(tx, actor, book, voucherId, 'review', `审核凭证：${voucher.summary}`)
}

/** Sends a draft or a reviewed voucher back to its preparer, with words. */
export async function returnVoucher(tx: Tx, actor: Actor, voucherId: number, words: string): Promise<void> {
  const { voucher, book } = await hold(tx, voucherId)
  await requireReviewer(tx, actor, book, voucher.preparedBy)
  if (voucher.state === 'posted') throw asProblem({ code: 'ZJ002', message: 'voucher-posted' })
  await sql`update funds.voucher set state = 'draft', reviewed_by = null, reviewed_name = null, reviewed_at = null,
    returned = ${words}, version = version + 1 where id = ${voucherId}`.execute(tx)
  await deed(tx, actor, book, voucherId, 'return', `退回凭证：${voucher.summary}；${words}`)
}

/** 记账, final. Several vouchers of one book in the order given. @throws Problem 409 period-closed, overdrawn … */
export async function postVouchers(tx: Tx, actor: Actor, voucherIds: readonly number[]): Promise<Posted> {
  const { rows } = await sql<{ bookId: number }>`
    select distinct book_id as "bookId" from funds.voucher where id = any(${voucherIds}::bigint[])`.execute(tx)
  if (!rows[0]) throw notFound('凭证')
  if (rows.length > 1) throw refused('two-books', '一次只能记同一账套的凭证。')
  const book = await bookById(tx, rows[0].bookId)
  await requireDeed(tx, actor, 'funds.post', book.unitId)
  const posted = await postReviewed(tx, actor, book, [...new Set(voucherIds)])
  await undoReversed(tx, actor, [...new Set(voucherIds)])
  return posted
}

/**
 * 红字冲销: a red copy of a posted voucher, «注销某月某日某号凭证» (会计基础工作规范 §51). It waits for review and posting like
 * any other; once it is posted, what the reversed one had paid or taken in stands as before, and its invoices may be
 * booked again (reversal.ts).
 * @returns the new voucher's id
 */
export async function reverseVoucher(tx: Tx, actor: Actor, voucherId: number, onDate: string): Promise<number> {
  const { voucher, book } = await hold(tx, voucherId)
  await requireDeed(tx, actor, 'funds.prepare', book.unitId)
  if (voucher.state !== 'posted') throw refused('not-posted', '凭证还没有记账，直接修改或删除草稿即可。')
  if (voucher.kind === 'red' || voucher.kind === 'close' || voucher.kind === 'year-close')
    throw refused('not-reversible', '红字凭证和结转凭证不能再冲销。请另填一张更正凭证。')
  if (onDate.slice(0, 4) !== voucher.onDate.slice(0, 4))
    throw refused('prior-year', '以前年度的凭证不用红字冲销。请填制更正凭证，记入“年初余额调整”（32101 或 32201）。', {
      onDate: '请在同一年度内冲销，或改用更正凭证。',
    })
  if (onDate < voucher.onDate)
    throw refused('before-original', '冲销日期不能早于原凭证日期。', { onDate: `不能早于 ${voucher.onDate}。` })
  const { rows: known } = await sql<{ n: number }>`
    select count(*)::int as n from funds.voucher where reverses_id = ${voucherId}`.execute(tx)
  if (known[0]!.n) throw conflict('already-reversed', '这张凭证已经冲销过。')
  await checkReversal(tx, voucherId)
  const { rows: entries } = await sql<VoucherDraft['entries'][number]>`
    select a.code as account, -e.debit_fen as "debitFen", -e.credit_fen as "creditFen", p.code as project,
      e.economic_class as "economicClass", e.spending_kind as "spendingKind", e.counterparty, e.summary
    from funds.entry e join funds.account a on a.id = e.account_id left join funds.project p on p.id = e.project_id
    where e.voucher_id = ${voucherId} order by e.line`.execute(tx)
  const draft: VoucherDraft = {
    onDate,
    kind: 'red',
    summary: `注销${dayWords(voucher.onDate)}${voucherNumber(voucher.month, voucher.no!)}号凭证`,
    entries,
    reversesId: voucherId,
  }
  await refuseClosed(tx, book, onDate)
  const redId = await insertDraft(tx, actor, book, await checkDraft(tx, book, draft))
  await deed(tx, actor, book, redId, 'reverse', draft.summary)
  return redId
}

/**
 * 更正: the right voucher after a red one, «订正某月某日某号凭证».
 * @returns the new voucher's id
 */
export async function correctVoucher(tx: Tx, actor: Actor, voucherId: number, draft: VoucherDraft): Promise<number> {
  const { voucher, book } = await hold(tx, voucherId)
  await requireDeed(tx, actor, 'funds.prepare', book.unitId)
  if (voucher.state !== 'posted') throw refused('not-posted', '凭证还没有记账，直接修改草稿即可。')
  const right: VoucherDraft = {
    ...draft,
    kind: 'correction',
    summary:
      `订正${dayWords(voucher.onDate)}${voucherNumber(voucher.month, voucher.no!)}号凭证：${draft.summary}`.slice(
        0,
        200,
      ),
    correctsId: voucherId,
  }
  await refuseClosed(tx, book, draft.onDate)
  const rightId = await insertDraft(tx, actor, book, await checkDraft(tx, book, right))
  await deed(tx, actor, book, rightId, 'correct', right.summary)
  return rightId
}

/** 9月15日 */
const dayWords = (onDate: string): string => `${Number(onDate.slice(5, 7))}月${Number(onDate.slice(8, 10))}日`

function onlyDraft(voucher: Held): void {
  if (voucher.state === 'posted') throw asProblem({ code: 'ZJ002', message: 'voucher-posted' })
  if (voucher.state === 'reviewed') throw new Problem(409, 'already-reviewed', '凭证已经审核。请审核人先退回，再修改。')
}
