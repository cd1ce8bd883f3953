import { sql } from 'kysely'
import { visibleTo } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Db } from '../../../../kernel/db/database.ts'
import { actsOf } from '../../../../kernel/lifecycle/act.ts'
import { capitalYuan } from '../../../../kernel/money/money.ts'
import type { OwnRequest, RequestDetail, RequestRow } from '../../spending-contract.ts'
import { SPENDING_KINDS } from '../../spending-kinds.ts'
import { bookById } from '../journal/books.ts'
import { voucherNumber } from '../journal/post.ts'
import { examine } from './examine.ts'
import { requestMachine, stateSql } from './machine.ts'
import { offeredTo } from './offered.ts'
import { requestById, requestColumns, type Request } from './requests.ts'

/** Requests of a union's book the actor may see: all for who reads its funds, a branch's for who may ask there, own ones. */
export async function requestsOf(
  db: Db,
  actor: Actor,
  bookUnitId: number,
  query: { year: number; state?: string | undefined; mine: boolean; before?: number | undefined; limit: number },
): Promise<RequestRow[]> {
  const { rows } = await sql<Request>`
    select ${requestColumns} from funds.request r join organisation.unit u on u.id = r.unit_id
      join funds.book b on b.id = r.book_id
    where b.unit_id = ${bookUnitId} and extract(year from r.requested_on) = ${query.year}
      and (${visibleTo(actor, 'funds.read', 'b.unit_id')} or ${visibleTo(actor, 'funds.apply', 'r.unit_id')}
        or r.created_by = ${actor.accountId})
      ${query.mine ? sql`and r.created_by = ${actor.accountId}` : sql``}
      ${query.state ? sql`and ${stateSql('r.id')} = ${query.state}` : sql``}
      ${query.before ? sql`and r.id < ${query.before}` : sql``}
    order by r.id desc limit ${query.limit}`.execute(db)
  return rows.map(titled)
}

/** What the actor asked for themselves, newest first, with the last word said about each. */
export async function ownRequests(
  db: Db,
  actor: Actor,
  query: { year: number; before?: number | undefined; limit: number },
): Promise<OwnRequest[]> {
  const { rows } = await sql<Request & { words: string | null }>`
    select ${requestColumns}, (select x.words from kernel.act x where x.object_kind = 'funds-request' and x.object_id = r.id
      order by x.id desc limit 1) as words
    from funds.request r join organisation.unit u on u.id = r.unit_id
    where r.created_by = ${actor.accountId} and extract(year from r.requested_on) = ${query.year}
      ${query.before ? sql`and r.id < ${query.before}` : sql``}
    order by r.id desc limit ${query.limit}`.execute(db)
  return rows.map(titled)
}

const titled = <Row extends Pick<Request, 'kind' | 'state'>>(row: Row) => ({
  ...row,
  kindTitle: SPENDING_KINDS[row.kind].title,
  stateTitle: requestMachine.states[row.state]!.title,
})

/** One request with everything its page and its printed form show. @throws Problem 404 */
export async function requestDetail(db: Db, actor: Actor, requestId: number): Promise<RequestDetail> {
  const request = await requestById(db, actor, requestId)
  const book = await bookById(db, request.bookId)
  const { rows: invoices } = await sql<{
    number: string
    amountFen: number
    issuedOn: string | null
    seller: string | null
  }>`
    select number, amount_fen as "amountFen", issued_on as "issuedOn", seller from funds.request_invoice
    where request_id = ${requestId} order by id`.execute(db)
  const { rows: paid } = await sql<{
    paidOn: string
    reference: string | null
    paidName: string
    voucherId: number
    month: number
    no: number
  }>`select p.paid_on as "paidOn", p.reference, p.paid_name as "paidName", p.voucher_id as "voucherId", v.month, v.no
    from funds.payment p join funds.voucher v on v.id = p.voucher_id where p.request_id = ${requestId}`.execute(db)
  const { rows: names } = await sql<{
    account: string | null
    project: string | null
    projectCode: string | null
    person: string | null
  }>`
    select (select name from funds.account a where a.code = ${request.accountCode} and (a.book_id is null or a.book_id = ${book.id}) limit 1) as account,
      (select name from funds.project where id = ${request.projectId}) as project,
      (select code from funds.project where id = ${request.projectId}) as "projectCode",
      (select name from members.person where id = ${request.personId}) as person`.execute(db)
  const { moves, officer, handedTo, cosigners } = await offeredTo(db, actor, request, book)
  const { verdicts, required, room } = await examine(db, request)
  return {
    ...titled(request),
    ...names[0]!,
    bookUnitName: book.unitName,
    capitals: capitalYuan(request.amountFen),
    invoices,
    payment: paid[0] ? { ...paid[0], voucherNumber: voucherNumber(paid[0].month, paid[0].no) } : null,
    verdicts,
    required,
    // What is left of the budget is for those who keep it.
    room: officer ? room : null,
    officer,
    handedTo,
    cosigners,
    acts: await actsOf(db, 'funds-request', requestId),
    moves,
    editable: request.createdBy === actor.accountId && (request.state === 'draft' || request.state === 'returned'),
  }
}
