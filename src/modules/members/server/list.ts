import { sql, type RawBuilder } from 'kysely'
import { mayAnywhere, scopeOf, visibleBelow, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { UNKNOWN_SINCE } from '../../organisation/public.ts'
import { tagOf, type Gender, type MembershipState, type Status } from '../words.ts'

export interface MemberRow {
  id: number
  name: string
  gender: Gender | null
  bornOn: string | null
  staffNo: string | null
  unitId: number
  unitName: string
  /** Last four of the ID number and of the phone; the page shows them masked. */
  idLast4: string | null
  phoneLast4: string | null
  employment: string | null
  status: Status
  state: MembershipState
  /** null: unknown */
  joinedOn: string | null
  tags: string[]
}

export interface MemberQuery {
  /** A unit with everything below it; all that the actor may see when left out. */
  unitId?: number
  tag?: string
  gender?: Gender
  state?: MembershipState
  /** Years of age today, inclusive. */
  ageFrom?: number
  ageTo?: number
  /** Name (from its beginning), pinyin initials, or staff number. */
  q?: string
  /** `next` of the page before. */
  cursor?: string
  limit?: number
}

export interface MemberPage {
  members: MemberRow[]
  next: string | null
  total: number
  /** Counting stopped here: «more than». */
  totalIsAtLeast: boolean
}

/** Beyond this a filtered list says «more than»: an exact number would cost a walk over everything. */
const COUNT_UP_TO = 2000
/** With fewer members than this in sight, a search walks through them; with more it walks the name's index. */
const SMALL = 20_000

/**
 * Members with an open membership, by unit and then by the order they came in. Reads unit after unit along the index
 * (unit, id) and stops when the page is full, so the first page and one 50,000 rows deep cost the same; the total of a
 * list by unit and tag comes from the tally.
 */
export async function listMembers(db: Db, actor: Actor, query: MemberQuery): Promise<MemberPage> {
  const limit = Math.min(query.limit ?? 50, 200)
  const tag = query.tag ? tagOf(query.tag) : null
  const key = tag ? `tag:${tag}` : 'all'
  if (!hasUnits(actor)) return ownOnly(db, actor)
  const units = tallied(actor, key, query.unitId)
  const filter = filterOf(query)
  const search = query.q?.trim()
  const sought = search ? seeking(search) : null
  const counting = count(db, units)
  if (sought && (await counting) > SMALL) return searchWide(db, { actor, query, tag, sought, filter, limit })
  const where = sought ? sql`${filter ?? sql`true`} and ${sought.matches}` : filter
  const from = readCursor(query.cursor)
  const [{ rows }, total] = await Promise.all([
    sql<{ id: number; unitId: number }>`${walk({ units, tag, where, from, limit: limit + 1 })}`.execute(db),
    where ? countWalk(db, walk({ units, tag, where, from: null, limit: COUNT_UP_TO + 1 })) : counting,
  ])
  const last = rows[limit - 1]
  return {
    members: await rowsOf(
      db,
      rows.slice(0, limit).map((row) => row.id),
    ),
    next: rows.length > limit ? `${last!.unitId}.${last!.id}` : null,
    total: Math.min(total, where ? COUNT_UP_TO : total),
    totalIsAtLeast: where !== null && total > COUNT_UP_TO,
  }
}

const hasUnits = (actor: Actor): boolean => {
  const scope = scopeOf(actor, 'members.read')
  return scope.everywhere || scope.below.length > 0 || scope.exactly.length > 0
}

/** Units in sight that have such people at all, with how many. */
function tallied(actor: Actor, key: string, unitId?: number): RawBuilder<unknown> {
  return sql`
    select t.unit_id, t.people from members.tally t
    where t.key = ${key} and t.people > 0 and ${inSight(actor, 't.unit_id', unitId)}`
}

const inSight = (actor: Actor, unitColumn: string, unitId?: number): RawBuilder<boolean> =>
  unitId ? visibleBelow(actor, 'members.read', unitColumn, unitId) : visibleTo(actor, 'members.read', unitColumn)

async function count(db: Db, units: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select coalesce(sum(people), 0)::bigint as n from (${units}) t`.execute(db)
  return rows[0]!.n
}

async function countWalk(db: Db, ids: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (${ids}) t`.execute(db)
  return rows[0]!.n
}

interface Walk {
  units: RawBuilder<unknown>
  tag: string | null
  where: RawBuilder<unknown> | null
  from: { unitId: number; id: number } | null
  limit: number
}

/** Ids in the order (unit, person). The planner keeps the order of the outer side of a nested loop and stops at the limit. */
function walk({ units, tag, where, from, limit }: Walk): RawBuilder<unknown> {
  const after = from ? sql`and (p.unit_id > ${from.unitId} or p.id > ${from.id})` : sql``
  const people = tag
    ? sql`select t.person_id as id from members.tag t
        join members.person p on p.id = t.person_id and p.merged_into is null
        join members.membership m on m.person_id = p.id and m.left_on is null
        where t.tag = ${tag} and t.unit_id = u.unit_id and t.valid_to = 'infinity'
          ${from ? sql`and (u.unit_id > ${from.unitId} or t.person_id > ${from.id})` : sql``}
          ${where ? sql`and ${where}` : sql``}
        order by t.person_id limit ${limit}`
    : sql`select p.id from members.person p
        join members.membership m on m.person_id = p.id and m.left_on is null
        where p.unit_id = u.unit_id and p.merged_into is null ${after} ${where ? sql`and ${where}` : sql``}
        order by p.id limit ${limit}`
  return sql`
    select u.unit_id as "unitId", p.id
    from (select unit_id from (${units}) seen ${from ? sql`where unit_id >= ${from.unitId}` : sql``} order by unit_id) u
    cross join lateral (${people}) p
    limit ${limit}`
}

/** Conditions beyond unit and tag; null when there are none. */
function filterOf(query: MemberQuery): RawBuilder<unknown> | null {
  const parts: RawBuilder<unknown>[] = []
  if (query.gender) parts.push(sql`p.gender = ${query.gender}`)
  if (query.state) parts.push(sql`m.state = ${query.state}`)
  if (query.ageFrom !== undefined)
    parts.push(sql`p.born_on <= current_date - make_interval(years => ${query.ageFrom}::int)`)
  if (query.ageTo !== undefined)
    parts.push(sql`p.born_on > current_date - make_interval(years => ${query.ageTo + 1}::int)`)
  return parts.length ? sql.join(parts, sql` and `) : null
}

interface Sought {
  matches: RawBuilder<unknown>
  /** Column of the index that serves the search. */
  column: 'name' | 'initials' | 'staff_no'
  prefix: string
}

/** What a search text means: Chinese is a name, letters are initials, anything with a digit is a staff number. */
function seeking(text: string): Sought {
  const column = /\d/.test(text) ? 'staff_no' : /^[a-zA-Z]+$/.test(text) ? 'initials' : 'name'
  const prefix = `${(column === 'initials' ? text.toLowerCase() : text).replace(/[\\%_]/g, '\\$&')}%`
  return { column, prefix, matches: sql`p.${sql.ref(column)} like ${prefix}` }
}

interface WideSearch {
  actor: Actor
  query: MemberQuery
  tag: string | null
  sought: Sought
  filter: RawBuilder<unknown> | null
  limit: number
}

/** A search among very many: along the index of the name, initials or number. */
async function searchWide(db: Db, { actor, query, tag, sought, filter, limit }: WideSearch): Promise<MemberPage> {
  const column = sql.ref(`p.${sought.column}`)
  const [text, id] = query.cursor ? splitCursor(query.cursor) : [null, 0]
  // «is true» keeps the planner from turning the units into a join: it then looks each row up in a hash of them.
  const found = (after: RawBuilder<unknown>, order: RawBuilder<unknown>, most: number): RawBuilder<unknown> => sql`
    select p.id, ${column} as text from members.person p
    where ${sought.matches} and p.merged_into is null and (${inSight(actor, 'p.unit_id', query.unitId)}) is true ${after}
      and exists (select from members.membership m where m.person_id = p.id and m.left_on is null ${filter ? sql`and ${filter}` : sql``})
      ${tag ? sql`and exists (select from members.tag t where t.person_id = p.id and t.tag = ${tag} and t.valid_to = 'infinity')` : sql``}
    ${order} limit ${most}`
  const after = text === null ? sql`` : sql`and (${column} ~>~ ${text} or (${column} = ${text} and p.id > ${id}))`
  const [{ rows }, total] = await Promise.all([
    sql<{ id: number; text: string }>`${found(after, sql`order by ${column} using ~<~, p.id`, limit + 1)}`.execute(db),
    countWalk(db, found(sql``, sql``, COUNT_UP_TO + 1)),
  ])
  const last = rows[limit - 1]
  return {
    members: await rowsOf(
      db,
      rows.slice(0, limit).map((row) => row.id),
    ),
    next: rows.length > limit ? `${last!.id}.${last!.text}` : null,
    total: Math.min(total, COUNT_UP_TO),
    totalIsAtLeast: total > COUNT_UP_TO,
  }
}

const splitCursor = (cursor: string): [string, number] => {
  const dot = cursor.indexOf('.')
  return [cursor.slice(dot + 1), Number(cursor.slice(0, dot)) || 0]
}
const readCursor = (cursor?: string): { unitId: number; id: number } | null => {
  const [unitId, id] = (cursor ?? '').split('.').map(Number)
  return unitId && id ? { unitId, id } : null
}

async function ownOnly(db: Db, actor: Actor): Promise<MemberPage> {
  const members = mayAnywhere(actor, 'members.read') && actor.personId ? await rowsOf(db, [actor.personId]) : []
  return { members, next: null, total: members.length, totalIsAtLeast: false }
}

/** Everybody a list would show, page after page, for an export or a print. */
export async function* eachMember(db: Db, actor: Actor, query: MemberQuery, size = 2000): AsyncGenerator<MemberRow[]> {
  if (!hasUnits(actor)) {
    yield (await ownOnly(db, actor)).members
    return
  }
  const tag = query.tag ? tagOf(query.tag) : null
  const units = tallied(actor, tag ? `tag:${tag}` : 'all', query.unitId)
  const filter = filterOf(query)
  const where = query.q?.trim() ? sql`${filter ?? sql`true`} and ${seeking(query.q.trim()).matches}` : filter
  for (let from: Walk['from'] = null; ;) {
    const { rows } = await sql<{
      id: number
      unitId: number
    }>`${walk({ units, tag, where, from, limit: size })}`.execute(db)
    yield await rowsOf(
      db,
      rows.map((row) => row.id),
    )
    if (rows.length < size) return
    from = rows.at(-1)!
  }
}

/** The rows of a list for some ids, in their order. */
export async function rowsOf(db: Db, ids: readonly number[]): Promise<MemberRow[]> {
  if (!ids.length) return []
  const { rows } = await sql<MemberRow>`
    select p.id, p.name, p.gender, p.born_on as "bornOn", p.staff_no as "staffNo", p.unit_id as "unitId", u.name as "unitName",
      p.id_last4 as "idLast4", p.phone_last4 as "phoneLast4", p.employment, p.status, m.state,
      nullif(m.joined_on, ${UNKNOWN_SINCE}::date) as "joinedOn",
      coalesce((select array_agg(t.tag order by t.id) from members.tag t where t.person_id = p.id and t.valid_to = 'infinity'), '{}') as tags
    from unnest(${ids}::bigint[]) with ordinality as wanted (id, place)
    join members.person p on p.id = wanted.id
    join members.membership m on m.person_id = p.id and m.left_on is null
    join organisation.unit u on u.id = p.unit_id
    order by wanted.place`.execute(db)
  return rows
}
