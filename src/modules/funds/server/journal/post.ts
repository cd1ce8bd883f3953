import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { insertAudit } from '../../../../kernel/audit/audit.ts'
import { Problem, refused } from '../../../../kernel/contract/problem.ts'
import { plannedOnce, type Tx } from '../../../../kernel/db/database.ts'
import { insertFacts } from '../../../../kernel/facts/post.ts'
import { judgePosted } from '../spending/cash.ts'
import type { Book } from './books.ts'
import { insertDraft } from './draft-store.ts'
import { bookWithAccounts, checkDraft, type CheckedDraft, type Signature, type VoucherDraft } from './draft.ts'
import { voucherFacts } from './facts.ts'
import type { Posted, PostedVoucher } from '../../voucher-contract.ts'

export type { PostedVoucher }

/** Who signed a voucher that comes from another module's approved record. */
export interface Signatures {
  /** the system by default: the voucher is what the approved record leads to */
  prepared?: Signature
  /** the actor by default */
  reviewed?: Signature
  approved?: Signature
  cashier?: Signature
}

export const SYSTEM: Signature = { accountId: 0, name: '系统' }
const handOf = (actor: Actor): Signature => ({ accountId: actor.accountId, name: actor.name })

/** `记-05-002` */
export const voucherNumber = (month: number, no: number): string =>
  `记-${String(month).padStart(2, '0')}-${String(no).padStart(3, '0')}`
/** The same of a row's `month` and `no`. */
export const numberText = sql.raw(
  `'记-' || lpad(month::text, 2, '0') || '-' || lpad(no::text, greatest(3, length(no::text)), '0')`,
)

/**
 * Posts a voucher for another module, in its transaction: everything of the deed or nothing. The caller has settled
 * permission and approval; here stands what the accounting rules demand.
 * @param unitId any unit; its layer's book is used
 * @param draft amounts in fen; give `source` so that a retry can't post twice
 * @throws Problem 422 with fields (unbalanced, account-unknown, project-missing, attachments-missing …)
 *   | 409 source-posted, invoice-duplicate, period-closed, overdrawn | 422 book-missing, same-hand, rule-blocks
 */
export async function postVoucher(
  tx: Tx,
  actor: Actor,
  unitId: number,
  draft: VoucherDraft,
  signatures: Signatures = {},
): Promise<PostedVoucher> {
  const { book, accounts } = await bookWithAccounts(tx, unitId, draft)
  return postChecked(tx, actor, book, await checkDraft(tx, book, draft, accounts), signatures)
}

/** The same for a book that is known. */
export async function postInBook(
  tx: Tx,
  actor: Actor,
  book: Book,
  draft: VoucherDraft,
  signatures: Signatures = {},
): Promise<PostedVoucher> {
  return postChecked(tx, actor, book, await checkDraft(tx, book, draft), signatures)
}

async function postChecked(
  tx: Tx,
  actor: Actor,
  book: Book,
  checked: CheckedDraft,
  signatures: Signatures,
): Promise<PostedVoucher> {
  const prepared = signatures.prepared ?? SYSTEM
  const reviewed = signatures.reviewed ?? handOf(actor)
  if (prepared.accountId === reviewed.accountId && prepared.accountId !== 0)
    throw refused('same-hand', '制单人和审核人不能是同一人。请由另一人审核。')
  const voucherId = await insertDraft(tx, actor, book, checked, prepared, { ...signatures, reviewed })
  const [posted] = await finish(tx, actor, book, [voucherId])
  if (checked.lines.some((line) => line.account.startsWith('101'))) await judgePosted(tx, book.id, [voucherId])
  return posted!
}

/**
 * Posts reviewed vouchers of one book in the order given: the database checks, numbers, chains and sums; the facts for
 * the figures follow in the same transaction.
 * @returns with what the rules of cash remark
 * @throws Problem 409 period-closed, overdrawn, voucher-not-reviewed …
 */
export async function postReviewed(tx: Tx, actor: Actor, book: Book, voucherIds: readonly number[]): Promise<Posted> {
  const posted = await finish(tx, actor, book, voucherIds)
  return { posted, remarks: await judgePosted(tx, book.id, voucherIds) }
}

/** Posting, its facts and its trace: one statement, for the way there and back takes as long as the writing. */
async function finish(tx: Tx, actor: Actor, book: Book, voucherIds: readonly number[]): Promise<PostedVoucher[]> {
  const deed = {
    action: 'funds.post',
    objectKind: 'voucher',
    unitId: book.unitId,
    summary: `记账 ${voucherIds.length} 张凭证`,
    detail: { vouchers: [...voucherIds] },
  }
  const one = {
    objectId: sql`(select id from posted)`,
    summary: sql`(select '记账 ' || ${numberText} || '：' || summary from posted)`,
  }
  try {
    const { rows } = await sql<{ id: number; month: number; no: number }>`${plannedOnce}
    with posted as materialized (
      select posted_id as id, posted_month as month, posted_no as no, posted_summary as summary
      from funds.post(${voucherIds}::bigint[], ${actor.accountId}, ${actor.name})),
    counted as (${insertFacts(actor, voucherFacts(book, sql`posted x`))}),
    told as (${insertAudit(actor, deed, voucherIds.length === 1 ? one : {})})
    select id, month, no from posted`.execute(tx)
    return rows.map((row) => ({ voucherId: row.id, number: voucherNumber(row.month, row.no) }))
  } catch (error) {
    throw asProblem(error)
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  'voucher-posted': '凭证已经记账，不能修改或删除。请用红字冲销。',
  'voucher-not-reviewed': '凭证还没有审核，或已被别人处理。请刷新后再试。',
  'voucher-lines': '一张凭证至少要有一借一贷两行分录。',
  'voucher-unbalanced': '借贷不平衡，没有记账。请核对金额。',
  'account-foreign': '凭证用了别的账套的科目或项目。请重新选择。',
  'period-missing': '凭证日期早于建账日期。请核对凭证日期。',
  'period-closed': '凭证所在月份已经结账，不能再记账。请把日期改到未结账的月份。',
  overdrawn: '现金或银行存款余额不足，没有记账。请核对余额和金额。',
  'vouchers-unposted': '本月还有未记账的凭证，请全部审核记账或删除草稿后再结账。',
  'earlier-open': '前面的月份还没有结账，请按月份顺序结账。',
  'number-gap': '本月凭证号不连续，不能结账。请联系管理员核对账簿。',
  'book-in-use': '账套已有记账凭证，期初余额不能再改。',
  'opening-unbalanced': '期初余额或累计发生额借贷不平衡，没有保存。请核对。',
  'opening-turnover-in-january': '一月建账没有以前月份的累计发生额，请只填年初余额。',
}

/** Where on the voucher the sentence belongs. */
const FIELDS: Readonly<Record<string, string>> = {
  'voucher-lines': 'entries',
  'voucher-unbalanced': 'entries',
  'account-foreign': 'entries',
  'period-missing': 'onDate',
  'period-closed': 'onDate',
  overdrawn: 'entries',
}

/** What the database refused, as a sentence. Anything else is thrown on as it is. */
export function asProblem(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string }
  const sentence = (code === 'ZJ002' || code === 'ZJ003') && message ? SENTENCES[message] : undefined
  if (!sentence) return error
  const field = FIELDS[message!]
  return new Problem(409, message!, sentence, field ? { [field]: sentence } : {})
}
