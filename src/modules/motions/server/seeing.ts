import { sql, type RawBuilder } from 'kysely'
import { allows, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'

/**
 * Who sees what of motions, as SQL on `motions.motion m`:
 * the mover, whoever wrote the draft down and whoever was asked to second; officers who read motions of the union, once it was submitted; a department
 * only what was given to it; a judge what is before the panel. Anybody else hears that it isn't there.
 */
export function motionsSeenBy(actor: Actor): RawBuilder<boolean> {
  if (actor.kind !== 'person') return sql<boolean>`true`
  const personId = actor.personId ?? 0
  return sql<boolean>`(m.mover_id = ${personId}
    or (m.state in ('draft', 'returned') and m.created_by = ${actor.accountId})
    or (m.state not in ('draft', 'dropped') and ${visibleTo(actor, 'motions.read', 'm.unit_id')})
    or exists (select from motions.seconder s where s.motion_id = m.id and s.person_id = ${personId})
    or ${handledBy(actor)}
    or exists (select from motions.entry e join motions.judge j on j.panel_id = e.panel_id
      where e.motion_id = m.id and j.person_id = ${personId}))`
}

/** Motions that a department of the actor's was given and didn't give away. */
export const handledBy = (actor: Actor): RawBuilder<boolean> => sql<boolean>`exists (
  select from motions.assignment a join motions.department d on d.id = a.department_id
  where a.motion_id = m.id and a.ended_on is null and ${departmentOf(actor)})`

/** On `motions.department d`: one the actor answers for, by an office at its unit or as its named head. */
export const departmentOf = (actor: Actor): RawBuilder<boolean> =>
  visibleTo(actor, 'motions.handle', 'd.linked_unit_id', 'd.head_id')

export function suggestionsSeenBy(actor: Actor): RawBuilder<boolean> {
  if (actor.kind !== 'person') return sql<boolean>`true`
  const personId = actor.personId ?? 0
  return sql<boolean>`(s.proposer_id = ${personId} or ${visibleTo(actor, 'motions.read', 's.unit_id')}
    or exists (select from motions.entry e join motions.judge j on j.panel_id = e.panel_id
      where e.suggestion_id = s.id and j.person_id = ${personId}))`
}

export async function seesMotion(db: Db | Tx, actor: Actor, motionId: number): Promise<boolean> {
  const { rows } =
    await sql`select 1 from motions.motion m where m.id = ${motionId} and ${motionsSeenBy(actor)}`.execute(db)
  return rows.length > 0
}

export async function seesSuggestion(db: Db | Tx, actor: Actor, suggestionId: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from motions.suggestion s where s.id = ${suggestionId} and ${suggestionsSeenBy(actor)}`.execute(db)
  return rows.length > 0
}

/** The union (layer) a person belongs to: where motions are handed in. null for somebody outside the roster. */
export async function homeOf(
  db: Db | Tx,
  personId: number,
): Promise<{ unitId: number; personUnitId: number; name: string } | null> {
  const { rows } = await sql<{ unitId: number; personUnitId: number; name: string }>`
    select coalesce(u.layer_id, u.id) as "unitId", u.id as "personUnitId", u.name
    from members.person p join organisation.unit u on u.id = p.unit_id where p.id = ${personId}`.execute(db)
  return rows[0] ?? null
}

/** Whether what a union shows to all its people (statistics, drives) is open to the actor. */
export async function belongsTo(db: Db | Tx, actor: Actor, unitId: number): Promise<boolean> {
  if (await allows(db, actor, 'motions.read', unitId)) return true
  return actor.personId !== null && (await homeOf(db, actor.personId))?.unitId === unitId
}

/** Account of a person, to notify; null when there is none that could sign in. */
export async function accountOf(db: Db | Tx, personId: number | null): Promise<number | null> {
  if (personId === null) return null
  const { rows } = await sql<{ id: number }>`
    select id from accounts.account where person_id = ${personId} and state <> 'disabled'`.execute(db)
  return rows[0]?.id ?? null
}
