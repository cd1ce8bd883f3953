import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { addYears } from '../../../kernel/calendar/days.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { TermInput } from '../contract.ts'
import { shareSeats } from '../quota.ts'
import { bodyOf, KINDS } from '../words.ts'
import { heldTerm, seesTerm, termColumns, type Term } from './seen.ts'

export interface Constituency {
  id: number
  name: string
  unitId: number | null
  people: number
  seats: number
  seated: number
}

/** Terms the actor may see, the newest first. */
export async function termsOf(db: Db, actor: Actor, unitId?: number): Promise<(Term & { seated: number })[]> {
  const { rows } = await sql<Term & { seated: number }>`
    select x.*, (select count(*) from congress.delegate d where d.term_id = x.id and d.to_on is null)::int as seated
    from (${termColumns} where ${seesTerm(actor)} and (${unitId ?? null}::bigint is null or t.unit_id = ${unitId ?? null})) x
    order by x."endedOn" is null desc, x."startsOn" desc, x.id desc limit 500`.execute(db)
  return rows
}

/**
 * Opens a term of one body; the term before ends with it. Staff congress and members' congress are two series.
 * @throws Problem 409 `term-known`, 422 `term-length` | `term-order`
 */
export async function openTerm(tx: Tx, actor: Actor, input: TermInput): Promise<number> {
  await requirePermission(tx, actor, 'congress.write', input.unitId, 'congress.read')
  const body = bodyOf(input.kind)
  if (input.women > input.people)
    throw refused('women-above-people', '女职工人数多于总人数，请核对。', { women: '多于总人数' })
  if (input.dueOn < addYears(input.startsOn, 3) || input.dueOn > addYears(input.startsOn, 5))
    throw refused(
      'term-length',
      `每届任期为三年至五年：自 ${input.startsOn} 起，届满日期应在 ${addYears(input.startsOn, 3)} 至 ${addYears(input.startsOn, 5)} 之间。`,
      { dueOn: '任期三年至五年' },
    )
  const { rows: known } = await sql<{ id: number; ordinal: number; startsOn: string; endedOn: string | null }>`
    select id, ordinal, starts_on as "startsOn", ended_on as "endedOn" from congress.term
    where unit_id = ${input.unitId} and body = ${body} order by ordinal desc for update`.execute(tx)
  if (known.some((term) => term.ordinal === input.ordinal))
    throw conflict('term-known', `第 ${input.ordinal} 届已经建立，请直接打开。`)
  const last = known[0]
  if (last && input.ordinal !== last.ordinal + 1)
    throw refused('term-order', `上一届是第 ${last.ordinal} 届，新一届应是第 ${last.ordinal + 1} 届。`, {
      ordinal: `应为 ${last.ordinal + 1}`,
    })
  if (last && !last.endedOn) {
    if (input.startsOn < last.startsOn)
      throw refused('term-order', '新一届的开始日期早于上一届，请核对。', { startsOn: '早于上一届' })
    await sql`update congress.term set ended_on = ${input.startsOn}::date where id = ${last.id}`.execute(tx)
    await sql`update congress.delegate set to_on = greatest(from_on, ${input.startsOn}::date), end_reason = '届满'
      where term_id = ${last.id} and to_on is null`.execute(tx)
  }
  const { rows } = await sql<{ id: number }>`
    insert into congress.term (unit_id, body, kind, ordinal, starts_on, due_on, people, women, seats, document, created_by)
    values (${input.unitId}, ${body}, ${input.kind}, ${input.ordinal}, ${input.startsOn}::date, ${input.dueOn}::date, ${input.people},
      ${input.women}, ${input.seats}, ${input.document ?? null}, ${actor.accountId}) returning id`.execute(tx)
  await audit(tx, actor, {
    action: 'congress.open-term',
    objectKind: 'congress-term',
    objectId: rows[0]!.id,
    unitId: input.unitId,
    summary: `建立第 ${input.ordinal} 届${KINDS[input.kind]}，代表名额 ${input.seats} 人`,
  })
  return rows[0]!.id
}

export async function constituenciesOf(db: Db | Tx, termId: number): Promise<Constituency[]> {
  const { rows } = await sql<Constituency>`
    select c.id, c.name, c.unit_id as "unitId", c.people, c.seats,
      (select count(*) from congress.delegate d where d.constituency_id = c.id and d.to_on is null)::int as seated
    from congress.constituency c where c.term_id = ${termId} order by c.position`.execute(db)
  return rows
}

/**
 * Sets the electoral units and their seats; those without a number are shared by people. Units that elected stay. One that is
 * called as a unit of the tree is that unit, so that an election there finds its seats.
 * @throws Problem 409 `constituency-used`, 422 `seats-off` | `twice`
 */
export async function setConstituencies(
  tx: Tx,
  actor: Actor,
  termId: number,
  drafts: readonly {
    name: string
    unitId?: number | null | undefined
    people: number
    seats?: number | null | undefined
  }[],
): Promise<void> {
  const term = await heldTerm(tx, actor, termId, 'congress.write')
  const names = drafts.map((draft) => draft.name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) throw refused('twice', `选举单位“${twice}”填了两次，请合并。`)
  const given = drafts.every((draft) => draft.seats !== null && draft.seats !== undefined)
  if (!given && term.seats < drafts.length)
    throw refused('seats-off', `名额 ${term.seats} 个，少于选举单位 ${drafts.length} 个，请合并选举单位或增加名额。`)
  const shared = given
    ? null
    : shareSeats(
        drafts.map((draft) => draft.people),
        term.seats,
      )
  const seats = drafts.map((draft, index) => (shared ? shared[index]!.seats : draft.seats!))
  const sum = seats.reduce((total, n) => total + n, 0)
  if (sum !== term.seats)
    throw refused(
      'seats-off',
      `各选举单位名额合计 ${sum} 个，应为 ${term.seats} 个，相差 ${Math.abs(sum - term.seats)} 个。`,
    )
  const before = await constituenciesOf(tx, termId)
  for (const old of before) {
    const next = names.indexOf(old.name)
    if (old.seated > 0 && next < 0) throw conflict('constituency-used', `“${old.name}”已选出代表，不能删去。`)
    if (next >= 0 && seats[next]! < old.seated)
      throw conflict('constituency-used', `“${old.name}”已有代表 ${old.seated} 人，名额不能少于 ${old.seated} 个。`)
  }
  await sql`delete from congress.constituency where term_id = ${termId} and name <> all(${names}::text[])
    and not exists (select from congress.delegate d where d.constituency_id = constituency.id)`.execute(tx)
  await sql`insert into congress.constituency (term_id, name, unit_id, people, seats, position)
    select ${termId}, c.name, coalesce(c.unit_id, (select u.id from organisation.unit u join kernel.closure k on k.descendant_id = u.id
        and k.ancestor_id = ${term.unitId} and k.valid_to > current_date
      where c.name in (u.name, u.short_name) order by u.name = c.name desc, u.id limit 1)), c.people, c.seats, c.position
    from unnest(${names}::text[], ${drafts.map((draft) => draft.unitId ?? null)}::bigint[],
      ${drafts.map((draft) => draft.people)}::int[], ${seats}::int[]) with ordinality c (name, unit_id, people, seats, position)
    on conflict (term_id, name) do update set unit_id = coalesce(excluded.unit_id, constituency.unit_id), people = excluded.people, seats = excluded.seats,
      position = excluded.position`.execute(tx)
  await audit(tx, actor, {
    action: 'congress.constituencies',
    objectKind: 'congress-term',
    objectId: termId,
    unitId: term.unitId,
    summary: `划定选举单位 ${drafts.length} 个，分配代表名额 ${sum} 个`,
  })
}
