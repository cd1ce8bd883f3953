import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { visibleTo } from '../../../kernel/access/access.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { dropKept, keepRecords } from '../../../kernel/register/kept.ts'
import { delegateElection } from '../registers/delegates.ts'
import { KINDS, type Category } from '../words.ts'
import { heldTerm, type Term } from './seen.ts'
import { constituenciesOf } from './terms.ts'

export interface Delegate {
  id: number
  personId: number
  name: string
  gender: 'm' | 'f' | null
  staffNo: string | null
  constituencyId: number
  constituency: string
  category: Category
  dispatched: boolean
  elected: boolean
  votes: number | null
  fromOn: string
  toOn: string | null
  endReason: string | null
  replacesName: string | null
}

/** Delegates of a term by electoral unit; those whose seat ended stay to be read. */
export async function delegatesOf(db: Db | Tx, termId: number): Promise<Delegate[]> {
  const { rows } = await sql<Delegate>`
    select d.id, d.person_id as "personId", d.name, p.gender, p.staff_no as "staffNo", d.constituency_id as "constituencyId",
      c.name as constituency, d.category, d.dispatched, d.elected, d.votes, d.from_on as "fromOn", d.to_on as "toOn",
      d.end_reason as "endReason", r.name as "replacesName"
    from congress.delegate d join congress.constituency c on c.id = d.constituency_id
    join members.person p on p.id = d.person_id left join congress.delegate r on r.id = d.replaces_id
    where d.term_id = ${termId} order by c.position, d.to_on is not null, d.id`.execute(db)
  return rows
}

export interface NewDelegate {
  personId: number
  constituencyId: number
  category: Category
  dispatched?: boolean
  elected?: boolean
  votes?: number | null | undefined
  replacesId?: number
}

/**
 * Seats elected delegates. Several at once; the first ones of a term are a term change, later ones an addition (增补).
 * @param electedBy path of the election that was held here, where there was one
 * @throws Problem 404 person | constituency, 409 `seated-already` | `seats-full`, 422 `before-term` | `not-a-member`
 */
export async function seatDelegates(
  tx: Tx,
  actor: Actor,
  termId: number,
  electedOn: string,
  drafts: readonly NewDelegate[],
  electedBy: string | null = null,
): Promise<number[]> {
  const term = await heldTerm(tx, actor, termId, 'congress.write')
  if (term.endedOn) throw conflict('term-ended', `这一届已于 ${term.endedOn} 换届，不能再增补代表。`)
  if (electedOn > term.dueOn)
    throw refused('after-term', `本届 ${term.dueOn} 届满，选举日期不能在其后。`, { electedOn: '在届满之后' })
  const people = await seatable(
    tx,
    actor,
    term,
    drafts.map((draft) => draft.personId),
  )
  await requireRoom(tx, termId, drafts)
  const { rows } = await sql<{ id: number }>`
    insert into congress.delegate (term_id, constituency_id, person_id, name, category, dispatched, elected, votes, from_on, replaces_id, elected_by, created_by)
    select ${termId}, d.constituency, d.person, d.name, d.category, d.dispatched, d.elected, d.votes, ${electedOn}::date, d.replaces, ${electedBy}, ${actor.accountId}
    from unnest(${drafts.map((one) => one.constituencyId)}::bigint[], ${drafts.map((one) => one.personId)}::bigint[],
      ${drafts.map((one) => people.get(one.personId)!)}::text[], ${drafts.map((one) => one.category)}::text[],
      ${drafts.map((one) => one.dispatched ?? false)}::boolean[], ${drafts.map((one) => one.elected ?? true)}::boolean[],
      ${drafts.map((one) => one.votes ?? null)}::int[], ${drafts.map((one) => one.replacesId ?? null)}::bigint[])
      d (constituency, person, name, category, dispatched, elected, votes, replaces) returning id`.execute(tx)
  await fileElection(tx, actor, term, electedOn)
  await audit(tx, actor, {
    action: 'congress.seat',
    objectKind: 'congress-term',
    objectId: termId,
    unitId: term.unitId,
    summary: `登记第 ${term.ordinal} 届${KINDS[term.kind]}代表 ${drafts.length} 人（${electedOn} 选出）`,
  })
  return rows.map((row) => row.id)
}

/** Names of those who may take a seat: people the actor may see, members where the body is the members'. */
async function seatable(tx: Tx, actor: Actor, term: Term, ids: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; name: string; member: boolean; retained: boolean; seated: boolean }>`
    select p.id, p.name, m.id is not null as member, coalesce(m.state = 'retained', false) as retained,
      exists (select from congress.delegate d where d.term_id = ${term.id} and d.person_id = p.id and d.to_on is null) as seated
    from members.person p left join members.membership m on m.person_id = p.id and m.left_on is null
    where p.id = any(${[...ids]}::bigint[]) and p.merged_into is null
      and ${actor.kind === 'person' ? visibleTo(actor, 'members.read', 'p.unit_id') : sql`true`}
      and exists (select from kernel.closure c where c.ancestor_id = ${term.unitId} and c.descendant_id = p.unit_id and c.valid_to > current_date)`.execute(
    tx,
  )
  if (rows.length !== new Set(ids).size) throw notFound('人员（须在本单位的花名册上）')
  if (new Set(ids).size !== ids.length) throw refused('twice', '同一个人填了两次，请删去一行。')
  const seated = rows.find((row) => row.seated)
  if (seated) throw conflict('seated-already', `${seated.name}已经是本届代表。`)
  const barred = term.body === 'members' ? rows.find((row) => !row.member || row.retained) : undefined
  if (barred)
    throw refused(
      'not-a-member',
      `${barred.name}${barred.retained ? '已保留会籍，没有选举权和被选举权' : '不是会员'}，不能当会员代表。`,
    )
  return new Map(rows.map((row) => [row.id, row.name]))
}

async function requireRoom(tx: Tx, termId: number, drafts: readonly NewDelegate[]): Promise<void> {
  const known = await constituenciesOf(tx, termId)
  for (const id of new Set(drafts.map((draft) => draft.constituencyId))) {
    const found = known.find((one) => one.id === id)
    if (!found) throw notFound('选举单位')
    const more = drafts.filter((draft) => draft.constituencyId === id).length
    if (found.seated + more > found.seats)
      throw conflict(
        'seats-full',
        `“${found.name}”名额 ${found.seats} 个，已有代表 ${found.seated} 人，再加 ${more} 人就超出了。请先调整名额。`,
      )
  }
}

/**
 * Files the delegates elected on one day in the register of elections; the path leads back to the term.
 * @param emptied why, where nobody of that day is left
 */
export async function fileElection(
  tx: Tx,
  actor: Actor,
  term: Term,
  electedOn: string,
  emptied = '当选无效',
): Promise<void> {
  const { rows } = await sql<{
    personId: number
    constituency: string
    elected: boolean
    votes: number | null
    first: string
  }>`
    select d.person_id as "personId", c.name as constituency, d.elected, d.votes,
      (select min(from_on) from congress.delegate x where x.term_id = ${term.id} and x.annulled_for is null) as first
    from congress.delegate d join congress.constituency c on c.id = d.constituency_id
    where d.term_id = ${term.id} and d.from_on = ${electedOn}::date and d.annulled_for is null
    order by c.position, d.id`.execute(tx)
  if (term.body !== 'staff') return
  const keptBy = `congress/terms/${term.id}/elections/${electedOn}`
  if (!rows.length) return dropKept(tx, actor, delegateElection, [keptBy], emptied)
  const change = rows[0]!.first === electedOn
  await keepRecords(tx, actor, delegateElection, [
    {
      keptBy,
      draft: {
        unitId: term.unitId,
        happenedOn: electedOn,
        title: `第${term.ordinal}届${KINDS[term.kind]}代表${change ? '选举' : '增补'}`,
        fields: { kind: change ? '换届选举' : '增补', level: '公司（院、校）级' },
        lines: rows.map((row) => ({
          personId: row.personId,
          fields: {
            constituency: row.constituency,
            elected: row.elected,
            ...(row.votes !== null && { votes: row.votes }),
            termEnd: term.dueOn,
          },
        })),
      },
    },
  ])
}

/** Ends a seat on a day: moved away, contract ended, recalled. @throws Problem 404, 409 `seat-ended`, 422 `before-seat` */
export async function endSeat(
  tx: Tx,
  actor: Actor,
  delegateId: number,
  toOn: string,
  reason: string,
): Promise<{ termId: number; constituencyId: number; name: string }> {
  const { rows } = await sql<{
    termId: number
    constituencyId: number
    name: string
    fromOn: string
    toOn: string | null
  }>`
    select term_id as "termId", constituency_id as "constituencyId", name, from_on as "fromOn", to_on as "toOn"
    from congress.delegate where id = ${delegateId}`.execute(tx)
  const seat = rows[0]
  if (!seat) throw notFound('代表')
  const term = await heldTerm(tx, actor, seat.termId, 'congress.write')
  if (seat.toOn) throw conflict('seat-ended', `${seat.name}的代表资格已于 ${seat.toOn} 终止。`)
  if (toOn < seat.fromOn)
    throw refused('before-seat', `终止日期不能早于当选日期 ${seat.fromOn}。`, { toOn: '早于当选日期' })
  await sql`update congress.delegate set to_on = ${toOn}::date, end_reason = ${reason} where id = ${delegateId}`.execute(
    tx,
  )
  await sql`delete from congress.panel_seat where delegate_id = ${delegateId}`.execute(tx)
  await audit(tx, actor, {
    action: 'congress.end-seat',
    objectKind: 'congress-term',
    objectId: seat.termId,
    unitId: term.unitId,
    summary: `${seat.name}的代表资格于 ${toOn} 终止：${reason}`,
  })
  return seat
}

/** One seat ends and the same electoral unit fills it on the same day. */
export async function replaceDelegate(
  tx: Tx,
  actor: Actor,
  delegateId: number,
  change: { toOn: string; reason: string; successor: Omit<NewDelegate, 'constituencyId'> },
): Promise<number> {
  const seat = await endSeat(tx, actor, delegateId, change.toOn, change.reason)
  const [id] = await seatDelegates(tx, actor, seat.termId, change.toOn, [
    { ...change.successor, constituencyId: seat.constituencyId, replacesId: delegateId },
  ])
  return id!
}

/** Everybody with a seat on a day: who may move, second, rate and vote. */
export async function seatedOn(
  db: Db | Tx,
  termId: number,
  on: string,
): Promise<{ id: number; personId: number; name: string }[]> {
  const { rows } = await sql<{ id: number; personId: number; name: string }>`
    select id, person_id as "personId", name from congress.delegate
    where term_id = ${termId} and from_on <= ${on}::date and (to_on is null or to_on > ${on}::date) order by id`.execute(
    db,
  )
  return rows
}
