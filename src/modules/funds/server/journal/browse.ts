import { sql } from 'kysely'
import { visibleTo } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { VoucherKind, VoucherState } from '../../contract.ts'
import type { Book } from './books.ts'
import type { LedgerPage, LedgerRow, Voucher, VoucherRow } from '../../voucher-contract.ts'

export interface VoucherFilter {
  year?: number | undefined
  month?: number | undefined
  state?: VoucherState | undefined
  kind?: VoucherKind | undefined
  account?: string | undefined
  project?: string | undefined
  q?: string | undefined
  after?: string | undefined
  limit: number
}

/** Books that the actor may see, with what is going on in them. */
export async function booksFor(db: Db | Tx, actor: Actor): Promise<unknown[]> {
  const { rows } = await sql`
    select b.id, b.unit_id as "unitId", u.name as "unitName", u.code as "unitCode", b.opened_on as "openedOn", b.profile,
      b.closing, b.wide_chart as "wideChart", b.last_seq as "lastSeq",
      (select count(*)::int from funds.voucher v where v.book_id = b.id and v.state <> 'posted') as unposted,
      (select max(make_date(p.year, p.month, 1)) from funds.period p where p.book_id = b.id and p.state = 'closed') as "closedUpTo"
    from funds.book b join organisation.unit u on u.id = b.unit_id
    where ${visibleTo(actor, 'funds.read', 'b.unit_id')} order by u.sort_key, u.code limit 500`.execute(db)
  return rows
}

/** Vouchers of a book, newest first, by keyset. */
export async function vouchersOf(db: Db | Tx, book: Book, filter: VoucherFilter): Promise<VoucherRow[]> {
  const [day, id] = keyOf(filter.after, 2)
  const pattern = `%${(filter.q ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`
  const entry = sql`select from funds.entry e join funds.account a on a.id = e.account_id left join funds.project p on p.id = e.project_id
    where e.voucher_id = v.id`
  const { rows } = await sql<VoucherRow>`
    select v.id, v.on_date as "onDate", v.year, v.month, v.no, v.kind, v.state, v.summary, v.total_fen as "totalFen", v.attachments,
      v.source, v.prepared_name as "preparedName", v.reviewed_name as "reviewedName", v.posted_name as "postedName", v.returned,
      v.on_date::text || '_' || v.id as key
    from funds.voucher v
    where v.book_id = ${book.id}
      and ${filter.year ? sql`v.year = ${filter.year}` : sql`true`}
      and ${filter.month ? sql`v.month = ${filter.month}` : sql`true`}
      and ${filter.state ? sql`v.state = ${filter.state}` : sql`true`}
      and ${filter.kind ? sql`v.kind = ${filter.kind}` : sql`true`}
      and ${filter.account ? sql`exists (${entry} and starts_with(a.code, ${filter.account}))` : sql`true`}
      and ${filter.project ? sql`exists (${entry} and p.code = ${filter.project})` : sql`true`}
      and ${
        filter.q
          ? sql`(v.summary like ${pattern} or exists (${entry} and (e.counterparty like ${pattern} or e.summary like ${pattern}))
              or exists (select from funds.invoice i where i.voucher_id = v.id and i.number like ${pattern})
              or ${/^\d{1,9}$/.test(filter.q) ? Number(filter.q) : -1} = v.no)`
          : sql`true`
      }
      and ${day ? sql`(v.on_date, v.id) < (${day}::date, ${id}::bigint)` : sql`true`}
    order by v.on_date desc, v.id desc limit ${filter.limit}`.execute(db)
  return rows
}

/** One voucher with its lines, invoices and the vouchers it belongs to. @throws Problem 404 for a stranger's too */
export async function voucherById(db: Db | Tx, actor: Actor, voucherId: number): Promise<Voucher<Date>> {
  const { rows } = await sql<Voucher<Date>>`
    select v.id, v.book_id as "bookId", b.unit_id as "unitId", u.name as "unitName", v.on_date as "onDate", v.year, v.month, v.no,
      v.kind, v.state, v.summary, v.attachments, v.source, v.total_fen as "totalFen", v.version, v.returned,
      v.reverses_id as "reversesId", v.corrects_id as "correctsId",
      (select r.id from funds.voucher r where r.reverses_id = v.id) as "reversedById",
      v.prepared_by as "preparedBy", v.prepared_name as "preparedName", v.prepared_at as "preparedAt",
      v.reviewed_name as "reviewedName", v.reviewed_at as "reviewedAt", v.approved_name as "approvedName",
      v.approved_at as "approvedAt", v.cashier_name as "cashierName", v.posted_name as "postedName", v.posted_at as "postedAt",
      v.seq, encode(v.hash, 'hex') as hash,
      (select json_agg(json_build_object('line', e.line, 'account', a.code, 'accountName', coalesce(ap.name || '—', '') || a.name,
          'debitFen', e.debit_fen, 'creditFen', e.credit_fen, 'project', p.code, 'projectName', p.name,
          'economicClass', e.economic_class, 'spendingKind', e.spending_kind, 'counterparty', e.counterparty, 'summary', e.summary)
          order by e.line)
        from funds.entry e join funds.account a on a.id = e.account_id left join funds.account ap on ap.id = a.parent_id
          left join funds.project p on p.id = e.project_id where e.voucher_id = v.id) as entries,
      coalesce((select json_agg(json_build_object('number', i.number, 'amountFen', i.amount_fen, 'issuedOn', i.issued_on,
          'seller', i.seller, 'released', i.released) order by i.id)
        from funds.invoice i where i.voucher_id = v.id), '[]') as invoices
    from funds.voucher v join funds.book b on b.id = v.book_id join organisation.unit u on u.id = b.unit_id
    where v.id = ${voucherId} and ${visibleTo(actor, 'funds.read', 'b.unit_id')}`.execute(db)
  if (!rows[0]) throw notFound('凭证')
  return rows[0]
}

/**
 * A page of an account's ledger (明细账, 日记账) with running balances: the account and every detail below it, by day, then
 * in the order the vouchers were drawn up. One index range and the sums by month and day; no page is slower than the first.
 */
export async function ledgerPage(
  db: Db | Tx,
  book: Book,
  code: string,
  page: {
    from?: string | undefined
    to?: string | undefined
    project?: string | undefined
    after?: string | undefined
    limit: number
  },
): Promise<LedgerPage> {
  const { rows: accounts } = await sql<{ id: number }>`
    select id from funds.account where starts_with(code, ${code}) and (book_id is null or book_id = ${book.id})`.execute(
    db,
  )
  if (!accounts.length) throw notFound('科目')
  const ids = accounts.map((account) => account.id)
  const [afterDay, afterVoucher, afterLine] = keyOf(page.after, 3)
  const start = afterDay ?? page.from ?? book.openedOn
  const after = afterDay
    ? sql`(e.on_date, e.voucher_id, e.line) > (${afterDay}::date, ${afterVoucher}::bigint, ${afterLine}::int)`
    : sql`e.on_date >= ${start}::date`
  const { rows: projects } = await sql<{ id: number }>`
    select id from funds.project where book_id = ${book.id} and code = ${page.project ?? ''}`.execute(db)
  if (page.project && !projects[0]) throw notFound('项目')
  const projectId = projects[0]?.id ?? null
  const ofProject = projectId ? sql`e.project_id = ${projectId}` : sql`true`
  const own = sql`e.book_id = ${book.id} and e.account_id = any(${ids}::bigint[]) and v.state = 'posted' and ${ofProject}`
  const earlierThatDay = afterDay
    ? sql`coalesce((select sum(e.debit_fen - e.credit_fen) from funds.entry e join funds.voucher v on v.id = e.voucher_id
        where ${own} and e.on_date = ${afterDay}::date
          and (e.voucher_id, e.line) <= (${afterVoucher}::bigint, ${afterLine}::int)), 0)`
    : sql`0`
  const { rows: opening } = await sql<{ fen: number }>`
    select (coalesce((select sum(s.debit_fen - s.credit_fen) from funds.month_sum s
          where s.book_id = ${book.id} and s.account_id = any(${ids}::bigint[])
            and ${projectId ? sql`s.project_id = ${projectId}` : sql`true`}
            and (s.year, s.month) < (extract(year from ${start}::date), extract(month from ${start}::date))), 0)
      + coalesce((select sum(s.debit_fen - s.credit_fen) from funds.day_sum s
          where s.book_id = ${book.id} and s.account_id = any(${ids}::bigint[])
            and ${projectId ? sql`s.project_id = ${projectId}` : sql`true`}
            and s.on_date >= date_trunc('month', ${start}::date) and s.on_date < ${start}::date), 0)
      + ${earlierThatDay})::bigint as fen`.execute(db)
  const { rows } = await sql<Omit<LedgerRow, 'balanceFen'>>`
    select e.voucher_id as "voucherId", e.line, e.on_date as "onDate", v.month, v.no, v.kind,
      coalesce(nullif(e.summary, ''), v.summary) as summary, a.code as account, e.counterparty, p.code as project,
      e.debit_fen as "debitFen", e.credit_fen as "creditFen", e.on_date::text || '_' || e.voucher_id || '_' || e.line as key
    from unnest(${ids}::bigint[]) as asked (id)
      -- account by account, each in the order of its index: of a long year only the page is read
      cross join lateral (
        select e.* from funds.entry e join funds.voucher v on v.id = e.voucher_id
        where e.book_id = ${book.id} and e.account_id = asked.id and v.state = 'posted' and ${ofProject} and ${after}
          and ${page.to ? sql`e.on_date <= ${page.to}::date` : sql`true`}
        order by e.on_date, e.voucher_id, e.line limit ${page.limit + 1}) e
      join funds.voucher v on v.id = e.voucher_id join funds.account a on a.id = e.account_id
      left join funds.project p on p.id = e.project_id
    order by e.on_date, e.voucher_id, e.line limit ${page.limit + 1}`.execute(db)
  let balance = opening[0]!.fen
  const lines = rows.slice(0, page.limit).map((row): LedgerRow => {
    balance += row.debitFen - row.creditFen
    return { ...row, balanceFen: balance }
  })
  return { openingFen: opening[0]!.fen, rows: lines, next: rows.length > page.limit ? lines.at(-1)!.key : null }
}

/** `2025-03-31_12_1` → its parts. @throws Problem 422 */
function keyOf(key: string | undefined, parts: 2 | 3): [string | null, number, number] {
  if (!key) return [null, 0, 0]
  const match = /^(\d{4}-\d{2}-\d{2})_(\d{1,15})(?:_(\d{1,3}))?$/.exec(key)
  if (!match || (parts === 3 && !match[3])) throw refused('page-key', '翻页位置无效，请从第一页重新查看。')
  return [match[1]!, Number(match[2]), Number(match[3] ?? 0)]
}
