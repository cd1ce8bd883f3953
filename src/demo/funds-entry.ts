import { sql } from 'kysely'
import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Book } from '../modules/funds/public.ts'
import { postReviewed } from '../modules/funds/server/journal/post.ts'

export interface DemoLine {
  account: string
  debitFen?: number
  creditFen?: number
  project?: string
  party?: string
}
export interface DemoVoucher {
  on: string
  summary: string
  attachments: number
  lines: readonly DemoLine[]
}

/** Who keeps the invented books; the cashier draws vouchers up, the accountant reviews and posts. */
export interface Hands {
  accountant: { accountId: number; name: string }
  cashier: { accountId: number; name: string }
}

/** Writes reviewed vouchers many at once and, unless they shall wait, posts them in the order of their days. */
export async function enter(
  tx: Tx,
  actor: Actor,
  book: Book,
  hands: Hands,
  vouchers: readonly DemoVoucher[],
  state: 'draft' | 'reviewed' | 'posted' = 'posted',
): Promise<number[]> {
  const ordered = vouchers.toSorted((one, other) => one.on.localeCompare(other.on))
  const { accountant, cashier } = hands
  const reviewed = state !== 'draft'
  const { rows } = await sql<{ id: number }>`
    insert into funds.voucher (book_id, year, month, on_date, summary, attachments, total_fen, state, prepared_by, prepared_name,
      prepared_at, reviewed_by, reviewed_name, reviewed_at, cashier_by, cashier_name)
    select ${book.id}, extract(year from t.on), extract(month from t.on), t.on, t.summary, t.attachments, t.total,
      ${reviewed ? 'reviewed' : 'draft'}, ${cashier.accountId}, ${cashier.name}, t.on + time '15:10',
      case when ${reviewed} then ${accountant.accountId}::bigint end, case when ${reviewed} then ${accountant.name} end,
      case when ${reviewed} then t.on + time '16:40' end, ${cashier.accountId}, ${cashier.name}
    from json_to_recordset(${JSON.stringify(
      ordered.map((voucher, at) => ({
        at,
        on: voucher.on,
        summary: voucher.summary,
        attachments: voucher.attachments,
        total: voucher.lines.reduce((sum, line) => sum + (line.debitFen ?? 0), 0),
      })),
    )}::json) as t (at int, "on" date, summary text, attachments int, total bigint) order by t.at returning id`.execute(
    tx,
  )
  const ids = rows.map((row) => row.id).toSorted((one, other) => one - other)
  const lines = ordered.flatMap((voucher, at) =>
    voucher.lines.map((line, index) => ({
      voucher: ids[at],
      line: index + 1,
      on: voucher.on,
      account: line.account,
      debit: line.debitFen ?? 0,
      credit: line.creditFen ?? 0,
      project: line.project ?? null,
      party: line.party ?? null,
      spending: line.account.startsWith('5') ? (line.project ? 'project' : 'basic') : null,
    })),
  )
  await sql`
    insert into funds.entry (voucher_id, line, book_id, on_date, account_id, debit_fen, credit_fen, project_id, spending_kind, counterparty)
    select t.voucher, t.line, ${book.id}, t.on, a.id, t.debit, t.credit, p.id, t.spending, t.party
    from json_to_recordset(${JSON.stringify(lines)}::json) as t (voucher bigint, line int, "on" date, account text, debit bigint,
      credit bigint, project text, party text, spending text)
    join funds.account a on a.code = t.account and (a.book_id is null or a.book_id = ${book.id})
    left join funds.project p on p.book_id = ${book.id} and p.code = t.project`.execute(tx)
  if (state === 'posted') await postReviewed(tx, actor, book, ids)
  return ids
}
