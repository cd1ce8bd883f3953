import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { MemberMonth, UnitMonth } from '../../income-contract.ts'
import type { Book } from '../journal/books.ts'
import { judgeDues } from './dues-rule.ts'

/**
 * What each member of the union owes for each month, one row a member and month. A month is owed where the member stands
 * on its last day; the wage base of its first day counts, its part below ten yuan dropped by integer division (1978, 一).
 */
const owed = (book: Book, from: string, to: string): RawBuilder<unknown> => sql`
  select m.person_id, m.unit_id, first::date as month, base.base_fen, base.fixed_fen,
    case when m.retained_on <= first then 'retained' when free.kind is not null then free.kind
      when p.status = 'retired' then 'retired' end as exemption,
    case when m.retained_on <= first or free.kind is not null or p.status = 'retired' then 0
      else coalesce(base.fixed_fen, base.base_fen / 1000 * 5, 0) end as due_fen,
    coalesce(paid.fen, 0) as paid_fen
  from generate_series(${`${from}-01`}::date, ${`${to}-01`}::date, interval '1 month') first
  join members.membership m on m.joined_on < first + interval '1 month'
    and (m.left_on is null or m.left_on >= first + interval '1 month')
  join organisation.unit u on u.id = m.unit_id and u.layer_id = ${book.unitId}
  join members.person p on p.id = m.person_id and p.merged_into is null
  left join lateral (select base_fen, fixed_fen from funds.dues_base b
    where b.person_id = m.person_id and b.book_id = ${book.id} and b.valid_from <= first
    order by b.valid_from desc limit 1) base on true
  left join lateral (select e.kind from funds.dues_exemption e
    where e.person_id = m.person_id and e.book_id = ${book.id} and e.from_month <= first
      and (e.to_month is null or e.to_month >= first) order by e.id desc limit 1) free on true
  left join lateral (select sum(d.amount_fen)::bigint as fen from funds.dues_payment d
    where d.person_id = m.person_id and d.book_id = ${book.id} and d.month = first::date) paid on true`

interface Query {
  from: string
  to: string
  /** This unit and what lies below it. */
  unitId?: number
  persons?: readonly number[]
  owing?: boolean
  after?: number
  limit?: number
}

/** The rows by person id. @param query.after only persons with a greater id: the next page */
export async function membersDue(db: Db | Tx, book: Book, query: Query): Promise<MemberMonth[]> {
  const { rows } = await sql<MemberMonth>`
    select o.person_id as "personId", p.name, p.staff_no as "staffNo", o.unit_id as "unitId", u.name as "unitName",
      to_char(o.month, 'YYYY-MM') as month, o.base_fen as "baseFen", o.fixed_fen as "fixedFen", o.exemption,
      o.due_fen as "dueFen", o.paid_fen as "paidFen"
    from (${owed(book, query.from, query.to)}) o
      join members.person p on p.id = o.person_id join organisation.unit u on u.id = o.unit_id
    where true ${query.unitId && query.unitId !== book.unitId ? below(query.unitId) : sql``}
      ${query.persons ? sql`and o.person_id = any(${query.persons}::bigint[])` : sql``}
      ${query.owing ? sql`and o.paid_fen < o.due_fen` : sql``}
      ${query.after ? sql`and o.person_id > ${query.after}` : sql``}
    order by o.person_id, o.month ${query.limit ? sql`limit ${query.limit}` : sql``}`.execute(db)
  return rows
}

const below = (unitId: number): RawBuilder<unknown> => sql`and o.unit_id in (select descendant_id from kernel.closure
  where ancestor_id = ${unitId} and valid_from <= current_date and valid_to > current_date)`

/** The sentence beside a member's amount. */
export const reasonOf = (row: MemberMonth): string => judgeDues(row).reason

/** By unit and month of a year: due, paid, how many still owe, how many have no base yet. */
export async function duesByUnit(db: Db | Tx, book: Book, year: number, lastMonth: string): Promise<UnitMonth[]> {
  const to = lastMonth < `${year}-12` ? lastMonth : `${year}-12`
  if (to < `${year}-01`) return []
  const { rows } = await sql<UnitMonth>`
    select o.unit_id as "unitId", u.name as "unitName", to_char(o.month, 'YYYY-MM') as month, count(*) as members,
      sum(o.due_fen)::bigint as "dueFen", sum(o.paid_fen)::bigint as "paidFen",
      count(*) filter (where o.paid_fen < o.due_fen) as owing,
      count(*) filter (where o.exemption is null and o.base_fen is null and o.fixed_fen is null) as "withoutBase"
    from (${owed(book, `${year}-01`, to)}) o join organisation.unit u on u.id = o.unit_id
    group by 1, 2, 3, u.sort_key order by u.sort_key, 1, 3`.execute(db)
  return rows
}
