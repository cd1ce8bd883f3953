import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { personInitials } from '../../../kernel/pinyin/initials.ts'
import { nextIds } from './enrol.ts'

export interface NewKin {
  name: string
  relation: string
}

export interface Kin extends NewKin {
  personId: number
  /** The relative is a member, too. */
  member: boolean
}

/** A household by its head; makes those that are missing. One per person, whatever family there is. */
export async function householdsOf(
  tx: Tx,
  heads: readonly { personId: number; unitId: number }[],
): Promise<Map<number, number>> {
  const ids = heads.map((head) => head.personId)
  await sql`
    insert into members.household (unit_id, head_id)
    select unit_id, head_id from unnest(${heads.map((head) => head.unitId)}::bigint[], ${ids}::bigint[]) t (unit_id, head_id)
    on conflict (head_id) do nothing`.execute(tx)
  const { rows } = await sql<{ id: number; headId: number }>`
    select id, head_id as "headId" from members.household where head_id = any(${ids}::bigint[])`.execute(tx)
  return new Map(rows.map((row) => [row.headId, row.id]))
}

/** Adds relatives by the batch; a name with the same relation that the household already has is left as it is. */
export async function addKin(
  tx: Tx,
  families: readonly { personId: number; unitId: number; kin: readonly NewKin[] }[],
): Promise<void> {
  const named = families.filter((family) => family.kin.length)
  if (!named.length) return
  const households = await householdsOf(tx, named)
  const known = new Set(
    (
      await sql<{ key: string }>`
        select k.household_id || '|' || k.relation || '|' || p.name as key from members.kin k join members.person p on p.id = k.person_id
        where k.household_id = any(${[...households.values()]}::bigint[])`.execute(tx)
    ).rows.map((row) => row.key),
  )
  const fresh = named.flatMap((family) => {
    const householdId = households.get(family.personId)!
    return family.kin
      .filter((relative) => !known.has(`${householdId}|${relative.relation}|${relative.name}`))
      .map((relative) => ({ ...relative, householdId, unitId: family.unitId }))
  })
  const contacts = await addContacts(tx, fresh)
  await sql`
    insert into members.kin (person_id, household_id, relation)
    select * from unnest(${contacts}::bigint[], ${fresh.map((one) => one.householdId)}::bigint[], ${fresh.map((one) => one.relation)}::text[])`.execute(
    tx,
  )
}

/** People whom a ledger or a family names and who are no members. @returns their ids in the order given */
export async function addContacts(tx: Tx, people: readonly { name: string; unitId: number }[]): Promise<number[]> {
  if (!people.length) return []
  const ids = await nextIds(tx, 'members.person', people.length)
  await sql`
    insert into members.person (id, kind, status, name, initials, unit_id)
    overriding system value
    select id, 'contact', 'contact', name, initials, unit_id
    from unnest(${ids}::bigint[], ${people.map((one) => one.name)}::text[], ${people.map((one) => personInitials(one.name))}::text[],
      ${people.map((one) => one.unitId)}::bigint[]) t (id, name, initials, unit_id)`.execute(tx)
  return ids
}

/** The family in a person's household. */
export async function kinOf(db: Db | Tx, personId: number): Promise<Kin[]> {
  const { rows } = await sql<Kin>`
    select p.id as "personId", p.name, k.relation, p.kind = 'member' as member
    from members.household h join members.kin k on k.household_id = h.id join members.person p on p.id = k.person_id
    where h.head_id = ${personId} order by k.relation, p.id`.execute(db)
  return rows
}
