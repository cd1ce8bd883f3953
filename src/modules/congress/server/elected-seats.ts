import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Body, Category } from '../words.ts'
import { fileElection, seatDelegates, type NewDelegate } from './delegates.ts'
import { termColumns, type Term } from './seen.ts'

/** Seats as the fruit of an election held in this house (会员代表、职工代表由选举单位选举产生): who, in which seat, after whom. */

/** A seat that somebody left and nobody took since. */
export interface VacatedSeat {
  id: number
  constituencyId: number
  name: string
  toOn: string
  reason: string
}

/** The running term of a union's body; null where the congress isn't kept here. The caller checks who asks. */
export async function runningTerm(db: Db | Tx, unitId: number, body: Body): Promise<Term | null> {
  const { rows } =
    await sql<Term>`${termColumns} where t.unit_id = ${unitId} and t.body = ${body} and t.ended_on is null`.execute(db)
  return rows[0] ?? null
}

export async function vacatedSeats(db: Db | Tx, termId: number): Promise<VacatedSeat[]> {
  const { rows } = await sql<VacatedSeat>`
    select d.id, d.constituency_id as "constituencyId", d.name, d.to_on as "toOn", d.end_reason as reason from congress.delegate d
    where d.term_id = ${termId} and d.to_on is not null and d.annulled_for is null
      and not exists (select from congress.delegate n where n.replaces_id = d.id and n.annulled_for is null)
    order by d.to_on, d.id`.execute(db)
  return rows
}

/** What people were seated as last, at whatever congress: a suggestion for the officer who seats them. */
export async function knownCategories(db: Db | Tx, personIds: readonly number[]): Promise<Map<number, Category>> {
  const { rows } = await sql<{ personId: number; category: Category }>`
    select distinct on (person_id) person_id as "personId", category from congress.delegate
    where person_id = any(${[...personIds]}::bigint[]) order by person_id, from_on desc, id desc`.execute(db)
  return new Map(rows.map((row) => [row.personId, row.category]))
}

/** Seats that an election gave, those it lost again too. @param electedBy path of the election: `elections/12` */
export async function seatsBy(
  db: Db | Tx,
  electedBy: string,
): Promise<
  { personId: number; name: string; constituency: string; replacesName: string | null; annulledFor: string | null }[]
> {
  const { rows } = await sql<{
    personId: number
    name: string
    constituency: string
    replacesName: string | null
    annulledFor: string | null
  }>`select d.person_id as "personId", d.name, c.name as constituency, r.name as "replacesName", d.annulled_for as "annulledFor"
    from congress.delegate d join congress.constituency c on c.id = d.constituency_id left join congress.delegate r on r.id = d.replaces_id
    where d.elected_by = ${electedBy} order by c.position, d.id`.execute(db)
  return rows
}

/**
 * Seats those whom an election of this house elected. A seat somebody left may be named as the one that is filled.
 * @param electedBy path of the election: `elections/12`
 * @throws Problem as `seatDelegates` (409 `seats-full` where the electoral unit's seats are taken), 422 `not-vacant`
 */
export async function seatElected(
  tx: Tx,
  actor: Actor,
  termId: number,
  election: { path: string; heldOn: string },
  drafts: readonly NewDelegate[],
): Promise<number[]> {
  const vacated = await vacatedSeats(tx, termId)
  const named = drafts.flatMap((draft) => (draft.replacesId === undefined ? [] : [draft]))
  if (new Set(named.map((draft) => draft.replacesId)).size !== named.length)
    throw refused('not-vacant', '同一个空缺的席位只能由一人接替，请核对“接替”。')
  for (const draft of named)
    if (!vacated.some((seat) => seat.id === draft.replacesId && seat.constituencyId === draft.constituencyId))
      throw refused('not-vacant', '要接替的席位不在这个选举单位，或已有人接替。请刷新后重选。')
  return seatDelegates(tx, actor, termId, election.heldOn, drafts, election.path)
}

/**
 * Takes back the seats of an election found invalid: they end, are marked as never validly won, and what was filed of them is
 * brought up to date. What such a delegate did until then stays in the record. The caller answers for who may: this follows
 * from the election's end, also where the upper union ended it.
 * @returns how many seats ended
 */
export async function annulSeats(
  tx: Tx,
  actor: Actor,
  electedBy: string,
  reason: string,
  today: string,
): Promise<number> {
  const { rows: terms } = await sql<{ termId: number; fromOn: string }>`
    select distinct term_id as "termId", from_on as "fromOn" from congress.delegate
    where elected_by = ${electedBy} and annulled_for is null`.execute(tx)
  let ended = 0
  for (const { termId, fromOn } of terms) {
    await sql`select 1 from congress.term where id = ${termId} for update`.execute(tx)
    const term = (await sql<Term>`${termColumns} where t.id = ${termId}`.execute(tx)).rows[0]!
    const { rows } = await sql<{ id: number }>`
      update congress.delegate set annulled_for = ${reason}, to_on = coalesce(to_on, greatest(from_on, ${today}::date)),
        end_reason = coalesce(end_reason || '；', '') || ${`当选无效：${reason}`}
      where elected_by = ${electedBy} and term_id = ${termId} and annulled_for is null returning id`.execute(tx)
    const ids = rows.map((row) => row.id)
    await sql`delete from congress.panel_seat where delegate_id = any(${ids}::bigint[])`.execute(tx)
    await fileElection(tx, actor, term, fromOn, reason)
    await audit(tx, actor, {
      action: 'congress.annul-seats',
      objectKind: 'congress-term',
      objectId: termId,
      unitId: term.unitId,
      summary: `撤回代表席位 ${ids.length} 个，当选无效：${reason}`,
    })
    ended += ids.length
  }
  return ended
}
