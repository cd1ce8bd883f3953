import { sql } from 'kysely'
import { allows, visibleTo } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { notFound } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { progressOf, type Progress } from '../../../funds/public.ts'
import type { Entry, Round } from '../../rounds-contract.ts'
import { remarksOnRound, type RoundRemark } from './standard.ts'

export type { Round }

const columns = sql`r.id, r.unit_id as "unitId", u.name as "unitName", r.kind, r.occasion, r.title, r.roll, r.gift,
  r.value_fen as "valueFen", r.start_on as "startOn", r.until_on as "untilOn", r.place, r.source, r.supplier,
  r.stock_item_id as "stockItemId", r.per_person as "perPerson", r.issued, r.issued_fen as "issuedFen", r.returned,
  r.request_id as "requestId", r.record_id as "recordId", r.over_reason as "overReason", r.state, r.reason, r.people`

/** A round is seen by the unit that holds it and by those whose people are on its roster. */
const visible = (actor: Actor) => sql<boolean>`(${visibleTo(actor, 'care.read', 'r.unit_id')} or exists (
  select from care.round_entry e where e.round_id = r.id and ${visibleTo(actor, 'care.read', 'e.unit_id')}))`

/** The rounds of a unit, those below it and those above that have its people, the newest first. */
export async function listRounds(db: Db, actor: Actor, unitId: number, year: number): Promise<Round[]> {
  const { rows } = await sql<Round>`
    select ${columns}, (select count(*)::int from care.round_entry e where e.round_id = r.id and e.state = 'taken') as taken
    from care.round r join kernel.unit_name u on u.id = r.unit_id
    where extract(year from r.start_on) = ${year} and ${visible(actor)}
      and exists (select from kernel.closure c where c.valid_to = 'infinity'
        and ((c.ancestor_id = ${unitId} and c.descendant_id = r.unit_id) or (c.ancestor_id = r.unit_id and c.descendant_id = ${unitId})))
    order by r.start_on desc, r.id desc limit 200`.execute(db)
  return rows
}

/** @throws Problem 404 */
export async function roundById(db: Db | Tx, actor: Actor, roundId: number): Promise<Round> {
  const { rows } = await sql<Round>`
    select ${columns}, (select count(*)::int from care.round_entry e where e.round_id = r.id and e.state = 'taken') as taken
    from care.round r join kernel.unit_name u on u.id = r.unit_id where r.id = ${roundId} and ${visible(actor)}`.execute(
    db,
  )
  if (!rows[0]) throw notFound('慰问活动')
  return rows[0]
}

export interface RoundDetail extends Round {
  remarks: RoundRemark[]
  money: Progress | null
  /** The reader may open, close and cancel it. */
  mayRun: boolean
}

export async function roundDetail(db: Db, actor: Actor, roundId: number): Promise<RoundDetail> {
  const round = await roundById(db, actor, roundId)
  return {
    ...round,
    remarks: round.state === 'draft' ? await remarksOnRound(db, round) : [],
    money: round.requestId ? ((await progressOf(db, [round.requestId])).get(round.requestId) ?? null) : null,
    mayRun: await allows(db, actor, 'care.write', round.unitId),
  }
}

/** The roster as the reader may see it, by number; `q` is a number, a name or a staff number. Keyset by number. */
export async function entriesOf(
  db: Db,
  actor: Actor,
  roundId: number,
  filter: { q?: string; state?: string; after?: number },
): Promise<{ rows: Entry[]; next: number | null }> {
  await roundById(db, actor, roundId)
  const size = 50
  const q = filter.q?.trim()
  const match = q
    ? /^\d{1,6}$/.test(q)
      ? sql`and (e.no = ${Number(q)} or p.staff_no = ${q})`
      : sql`and (p.staff_no = ${q} or p.name like ${`%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`} or e.code = upper(${q}))`
    : sql``
  const { rows } = await sql<Entry>`
    select e.no, p.name as "personName", u.name as "unitName", e.party, e.state, e.how, e.taken_on as "takenOn",
      e.signed_by as "signedBy", e.given_by as "givenBy"
    from care.round_entry e join kernel.person_name p on p.id = e.person_id join kernel.unit_name u on u.id = e.unit_id
    where e.round_id = ${roundId} and e.no > ${filter.after ?? 0} and ${visibleTo(actor, 'care.read', 'e.unit_id')}
      ${filter.state ? sql`and e.state = ${filter.state}` : sql``} ${match}
    order by e.no limit ${size + 1}`.execute(db)
  const more = rows.length > size
  if (more) rows.pop()
  return { rows, next: more ? rows.at(-1)!.no : null }
}

export interface OwnRound {
  roundId: number
  title: string
  gift: string
  place: string
  startOn: string
  untilOn: string
  no: number
  /** What the desk scans; null once it is taken. */
  code: string | null
  state: 'waiting' | 'taken'
  takenOn: string | null
  signedBy: string | null
}

/** What waits for the person, and what was received, the newest first. */
export async function ownRounds(db: Db, personId: number): Promise<OwnRound[]> {
  const { rows } = await sql<OwnRound>`
    select r.id as "roundId", r.title, r.gift, r.place, r.start_on as "startOn", r.until_on as "untilOn", e.no,
      case when e.state = 'waiting' then e.code end as code, e.state, e.taken_on as "takenOn", e.signed_by as "signedBy"
    from care.round_entry e join care.round r on r.id = e.round_id
    where e.person_id = ${personId} and (r.state = 'open' or e.state = 'taken') order by r.start_on desc, r.id desc limit 50`.execute(
    db,
  )
  return rows
}
