import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { Problem } from '../../../../kernel/contract/problem.ts'
import { plannedOnce, type Tx } from '../../../../kernel/db/database.ts'
import type { Book } from './books.ts'
import type { CheckedDraft, Signature, VoucherDraft } from './draft.ts'

/**
 * Writes a checked draft; with `signed` it is reviewed already, because the record it comes from was.
 * @returns the voucher's id
 * @throws Problem 409 `source-posted` | `invoice-duplicate`
 */
export async function insertDraft(
  tx: Tx,
  actor: Actor,
  book: Book,
  draft: CheckedDraft,
  prepared: Signature = { accountId: actor.accountId, name: actor.name },
  signed?: { reviewed: Signature; approved?: Signature; cashier?: Signature },
): Promise<number> {
  await refuseKnownInvoices(tx, book.id, draft, null)
  const now = sql`now()`
  const { rows } = await sql<{ id: number }>`${plannedOnce}
    with drawn as (
      insert into funds.voucher (book_id, year, month, on_date, kind, summary, attachments, source, total_fen, reverses_id,
        corrects_id, prepared_by, prepared_name, state, reviewed_by, reviewed_name, reviewed_at, approved_by, approved_name,
        approved_at, cashier_by, cashier_name)
      values (${book.id}, extract(year from ${draft.onDate}::date), extract(month from ${draft.onDate}::date), ${draft.onDate},
        ${draft.kind}, ${draft.summary.trim()}, ${draft.attachments ?? 0}, ${draft.source ?? null}, ${draft.totalFen},
        ${draft.reversesId ?? null}, ${draft.correctsId ?? null}, ${prepared.accountId}, ${prepared.name},
        ${signed ? 'reviewed' : 'draft'}, ${signed?.reviewed.accountId ?? null}, ${signed?.reviewed.name ?? null},
        ${signed ? now : null}, ${signed?.approved?.accountId ?? null}, ${signed?.approved?.name ?? null},
        ${signed?.approved ? now : null}, ${signed?.cashier?.accountId ?? null}, ${signed?.cashier?.name ?? null})
      on conflict (book_id, source) where source is not null do nothing returning id, book_id, on_date),
    lined as (${insertEntries(sql`drawn`, draft)})
    select id from drawn`.execute(tx)
  const voucherId = rows[0]?.id
  if (!voucherId) throw new Problem(409, 'source-posted', '这笔业务已经生成过凭证，没有重复记账。')
  await insertInvoices(tx, book.id, voucherId, draft)
  return voucherId
}

/** The lines and invoices of a voucher that has none. */
export async function insertLines(tx: Tx, bookId: number, voucherId: number, draft: CheckedDraft): Promise<void> {
  await insertEntries(
    sql`(select id, book_id, on_date from funds.voucher where id = ${voucherId}) drawn`,
    draft,
  ).execute(tx)
  await insertInvoices(tx, bookId, voucherId, draft)
}

/** @param drawn what a FROM takes under the name «drawn»: the voucher's id, book and day */
function insertEntries(drawn: RawBuilder<unknown>, draft: CheckedDraft): RawBuilder<unknown> {
  const lines = draft.lines.map((line, index) => ({
    line: index + 1,
    account: line.accountId,
    debit: line.debitFen,
    credit: line.creditFen,
    project: line.projectId,
    economic: line.economicClass || null,
    // 基本支出 / 项目支出 on every spending line (工会会计制度 附录1 二).
    spending: line.spendingKind || (line.class === 'expense' ? (line.projectId ? 'project' : 'basic') : null),
    counterparty: line.counterparty?.trim() || null,
    summary: line.summary?.trim() ?? '',
  }))
  return sql`
    insert into funds.entry (voucher_id, book_id, on_date, line, account_id, debit_fen, credit_fen, project_id, economic_class,
      spending_kind, counterparty, summary)
    select drawn.id, drawn.book_id, drawn.on_date, line, account, debit, credit, project, economic, spending, counterparty, summary
    from ${drawn}, json_to_recordset(${JSON.stringify(lines)}::json) as l (line int, account bigint, debit bigint, credit bigint,
      project bigint, economic text, spending text, counterparty text, summary text)`
}

async function insertInvoices(tx: Tx, bookId: number, voucherId: number, draft: CheckedDraft): Promise<void> {
  if (!draft.invoices?.length) return
  await sql`
    insert into funds.invoice (book_id, voucher_id, number, amount_fen, issued_on, seller)
    select ${bookId}, ${voucherId}, trim(number), "amountFen", "issuedOn", seller
    from json_to_recordset(${JSON.stringify(draft.invoices)}::json) as i
      (number text, "amountFen" bigint, "issuedOn" date, seller text)`.execute(tx)
}

/** An invoice is paid once. @throws Problem 409 `invoice-duplicate` naming the voucher that holds it */
export async function refuseKnownInvoices(
  tx: Tx,
  bookId: number,
  draft: VoucherDraft,
  exceptVoucher: number | null,
): Promise<void> {
  const numbers = (draft.invoices ?? []).map((invoice) => invoice.number.trim())
  if (!numbers.length) return
  const { rows } = await sql<{ number: string; month: number; no: number | null; onDate: string }>`
    select i.number, v.month, v.no, v.on_date as "onDate" from funds.invoice i join funds.voucher v on v.id = i.voucher_id
    where i.book_id = ${bookId} and not i.released and i.number = any(${numbers}::text[])
      and v.id is distinct from ${exceptVoucher}::bigint limit 1`.execute(tx)
  const known = rows[0]
  if (!known) return
  const where = known.no
    ? `记-${String(known.month).padStart(2, '0')}-${String(known.no).padStart(3, '0')}`
    : '另一张未记账凭证'
  const index = numbers.indexOf(known.number)
  const sentence = `发票 ${known.number} 已在 ${known.onDate} 的${where}中报销，不能重复报销。`
  throw new Problem(409, 'invoice-duplicate', sentence, { [`invoices.${index}.number`]: sentence })
}
