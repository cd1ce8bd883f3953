import { sql, type RawBuilder } from 'kysely'
import { mayAnywhere, visibleTo } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { Outsider } from '../../outsider-contract.ts'

/**
 * What an outside auditor may look at, defined once: an access of this very account, of an audit, today within its days,
 * not taken back, behind which the dated office still gives `funds.visit`. `x` is funds.outsider. Lists, the check for one
 * book and the check for one voucher or its files all use it; nothing else in the room knows these people.
 */
const open = (actor: Actor, today: string): RawBuilder<boolean> => sql<boolean>`(
  x.kind = 'audit' and x.account_id = ${actor.accountId} and x.opens_on <= ${today}::date and x.closes_on >= ${today}::date
  and x.ended_on is null and ${visibleTo(actor, 'funds.visit', 'x.unit_id')})`

/** Posted vouchers `v` of the audited days of access `x`. */
const audited = sql<boolean>`(v.book_id = x.book_id and v.state = 'posted' and v.on_date between x.books_from and x.books_to)`

export const outsiderColumns = sql`x.id, x.book_id as "bookId", x.unit_id as "unitId", u.name as "unitName", x.account_id as "accountId",
  x.kind, x.audit_id as "auditId", a.title as "auditTitle", x.person, x.firm, x.document, x.books_from as "booksFrom",
  x.books_to as "booksTo", x.opens_on as "opensOn", x.closes_on as "closesOn", x.ended_on as "endedOn",
  x.ended_words as "endedWords", x.given_name as "givenName"`
export const outsiderTables = sql`funds.outsider x join organisation.unit u on u.id = x.unit_id left join funds.audit a on a.id = x.audit_id`

/** Books open to the actor today. */
export async function visitsOf(db: Db | Tx, actor: Actor, today: string): Promise<Outsider[]> {
  const { rows } = await sql<Outsider>`select ${outsiderColumns} from ${outsiderTables}
    where ${open(actor, today)} order by x.closes_on, x.id`.execute(db)
  return rows
}

/** One of them. @throws Problem 404 for any other, and from the day after its last */
export async function visitOf(db: Db | Tx, actor: Actor, visitId: number, today: string): Promise<Outsider> {
  const { rows } = await sql<Outsider>`select ${outsiderColumns} from ${outsiderTables}
    where x.id = ${visitId} and ${open(actor, today)}`.execute(db)
  if (!rows[0]) throw notFound('账套')
  return rows[0]
}

/** Whether a voucher lies in books that are open to the actor today; the access that opens it. */
export async function visitOfVoucher(
  db: Db | Tx,
  actor: Actor,
  voucherId: number,
  today: string,
  visitId?: number,
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`select x.id from funds.outsider x join funds.voucher v on ${audited}
    where v.id = ${voucherId} and ${open(actor, today)} ${visitId === undefined ? sql`` : sql`and x.id = ${visitId}`}
    order by x.id limit 1`.execute(db)
  return rows[0]?.id ?? null
}

export interface VisitedVoucher {
  id: number
  onDate: string
  month: number
  no: number
  summary: string
  totalFen: number
  key: string
}

/** The audited vouchers by day, a hundred a page. */
export async function visitedVouchers(
  db: Db | Tx,
  actor: Actor,
  visitId: number,
  filter: { q: string; month?: string | undefined; after?: string | undefined },
  today: string,
): Promise<{ vouchers: VisitedVoucher[]; next: string | null }> {
  const [, day, id] = /^(\d{4}-\d{2}-\d{2})_(\d+)$/.exec(filter.after ?? '') ?? []
  const { rows } = await sql<VisitedVoucher>`
    select v.id, v.on_date as "onDate", v.month::int as month, v.no, v.summary, v.total_fen as "totalFen",
      v.on_date::text || '_' || v.id as key
    from funds.outsider x join funds.voucher v on ${audited}
    where x.id = ${visitId} and ${open(actor, today)}
      and ${filter.month ? sql`to_char(v.on_date, 'YYYY-MM') = ${filter.month}` : sql`true`}
      and (${filter.q} = '' or strpos(v.summary, ${filter.q}) > 0)
      and ${day ? sql`(v.on_date, v.id) > (${day}::date, ${Number(id)}::bigint)` : sql`true`}
    order by v.on_date, v.id limit 101`.execute(db)
  return { vouchers: rows.slice(0, 100), next: rows.length > 100 ? rows[99]!.key : null }
}

/** Refuses a month that isn't among the audited days. @returns year and month */
export function auditedMonth(visit: Outsider, wanted: string): { year: number; month: number } {
  if (wanted < visit.booksFrom.slice(0, 7) || wanted > visit.booksTo.slice(0, 7))
    throw refused('not-audited', `只能查看被审期间 ${visit.booksFrom} 至 ${visit.booksTo} 的账。`, {
      month: '不在被审期间内',
    })
  return { year: Number(wanted.slice(0, 4)), month: Number(wanted.slice(5, 7)) }
}

/**
 * Whether an outside auditor may open the originals of a voucher; if so, it is written down.
 * @param voucherId the voucher they belong to
 */
export async function mayVisitVoucher(db: Db, actor: Actor, voucherId: number, today: string): Promise<boolean> {
  if (!mayAnywhere(actor, 'funds.visit') || actor.kind !== 'person') return false
  return db.transaction().execute(async (tx) => {
    const visitId = await visitOfVoucher(tx, actor, voucherId, today)
    if (visitId === null) return false
    const visit = await visitOf(tx, actor, visitId, today)
    await audit(tx, actor, {
      action: 'funds.visit',
      objectKind: 'funds-outsider',
      objectId: visit.id,
      unitId: visit.unitId,
      summary: `${visit.firm}${visit.person}查看${visit.unitName}凭证（编号 ${voucherId}）的原始凭证`,
    })
    return true
  })
}

/** The same for the originals of what a voucher comes from. @param source path of the thing, `funds/spending/12` */
export async function mayVisitSource(db: Db, actor: Actor, source: string, today: string): Promise<boolean> {
  if (!mayAnywhere(actor, 'funds.visit') || actor.kind !== 'person') return false
  const { rows } = await sql<{ id: number }>`select id from funds.voucher
    where source = ${source} or starts_with(source, ${`${source}/`})`.execute(db)
  for (const voucher of rows) if (await mayVisitVoucher(db, actor, voucher.id, today)) return true
  return false
}
