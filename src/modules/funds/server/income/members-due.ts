import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { MemberMonth, UnitMonth } from '../../income-contract.ts'
import type { Book } from '../journal/books.ts'
import { judgeDues } from './dues-rule.ts'

/**
 * What each member of the union owes for each month, one row a member and month. A month is owed where the member stands
 * on its last day; the wage base of its first day counts, its part below ten yuan dropped by integer division (1978, 一).
 * Three lookups by index a member, whatever the number of months, and each list of months is then made from what was
 * found: a lookup a month takes five times as long, and joined as wholes the tables are walked row by row for as long as
 * nobody has counted them.
 */
const owed = (book: Book, from: string, to: string): RawBuilder<unknown> => sql`
  select m.person_id, m.unit_id, one.month, one.base_fen, one.fixed_fen,
    case when m.retained_on <= one.month then 'retained' when one.free is not null then one.free
      when p.status = 'retired' then 'retired' end as exemption,
    case when m.retained_on <= one.month or one.free is not null or p.status = 'retired' then 0
      else coalesce(one.fixed_fen, one.base_fen / 1000 * 5, 0) end as due_fen,
    coalesce((paid.by_month ->> one.month::text)::bigint, 0) as paid_fen
  from members.membership m
  join organisation.unit u on u.id = m.unit_id and u.layer_id = ${book.unitId}
  join members.person p on p.id = m.person_id and p.merged_into is null
  cross join lateral (
    select jsonb_object_agg(d.month, d.fen) as by_month from (
      select d.month, sum(d.amount_fen) as fen from funds.dues_payment d
      where d.person_id = m.person_id and d.book_id = ${book.id} and d.month between ${`${from}-01`}::date and ${`${to}-01`}::date
      group by d.month) d) paid
  cross join lateral (
    select array_agg(e order by e.id desc) as rows from funds.dues_exemption e
    where e.person_id = m.person_id and e.book_id = ${book.id}) free
  -- A stretch of months for each base, and one before the first.
  cross join lateral (
    select b.valid_from, lead(b.valid_from, 1, 'infinity') over (order by b.valid_from) as valid_to, b.base_fen, b.fixed_fen
    from (select valid_from, base_fen, fixed_fen from funds.dues_base
        where person_id = m.person_id and book_id = ${book.id}
      union all select '-infinity'::date, null, null) b) base
  cross join lateral (
    select first::date as month, base.base_fen, base.fixed_fen,
      case when free.rows is not null then (select e.kind from unnest(free.rows) e
        where e.from_month <= first and (e.to_month is null or e.to_month >= first) limit 1) end as free
    from generate_series(greatest(${`${from}-01`}::date, base.valid_from),
      least(${`${to}-01`}::date, base.valid_to - 1), interval '1 month') first
    where m.joined_on < first + interval '1 month' and (m.left_on is null or m.left_on >= first + interval '1 month')
    offset 0) one`

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
