import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

/** What a ledger needs of the modules that own units and people. They are handed in by the composition root. */
export interface PeoplePort {
  /** Finds the unit a cell means, at or below the root; a sentence when there is none or more than one. */
  unitFinder(tx: Tx, rootId: number): Promise<(text: string | null) => number | string>
  /** Makes contacts. @returns ids in the order given */
  addContacts(tx: Tx, people: readonly { name: string; unitId: number }[]): Promise<number[]>
  /** Households by head, made where missing. */
  householdsOf(tx: Tx, heads: readonly { personId: number; unitId: number }[]): Promise<Map<number, number>>
}

/** A person as a cell names one: known, or to be made a contact at commit. */
export type Someone = { id: number; name: string } | { name: string }

interface Candidate {
  id: number
  name: string
  staffNo: string | null
  unitId: number
  kind: 'member' | 'contact'
}

export interface Finder {
  /** @param unitId the row's unit: settles between namesakes */
  find(name: string, number: string | null, unitId: number): Someone | { error: string }
  isMember(id: number): boolean
}

/** Loads everybody the workbook may mean in one query, and answers name by name. */
export async function personFinder(
  tx: Tx,
  rootId: number,
  names: readonly string[],
  numbers: readonly string[],
): Promise<Finder> {
  const { rows } = await sql<Candidate>`
    select distinct p.id, p.name, p.staff_no as "staffNo", p.unit_id as "unitId", p.kind
    from kernel.closure c join kernel.person_name p on p.unit_id = c.descendant_id
    where c.ancestor_id = ${rootId} and p.merged_into is null
      and (p.name = any(${names}::text[]) or p.staff_no = any(${numbers}::text[]))`.execute(tx)
  const byName = Map.groupBy(rows, (row) => row.name)
  const byNumber = Map.groupBy(
    rows.filter((row) => row.staffNo),
    (row) => row.staffNo!,
  )
  const members = new Set(rows.filter((row) => row.kind === 'member').map((row) => row.id))
  const branch = await sql<{ unitId: number; aboveId: number }>`
    select descendant_id as "unitId", ancestor_id as "aboveId" from kernel.closure
    where descendant_id = any(${[...new Set(rows.map((row) => row.unitId))]}::bigint[]) and valid_to = 'infinity'`.execute(
    tx,
  )
  const within = new Set(branch.rows.map((row) => `${row.unitId} ${row.aboveId}`))
  return {
    isMember: (id) => members.has(id),
    find(name, number, unitId) {
      if (number) {
        const found = (byNumber.get(number) ?? []).filter((one) => one.name === name)
        if (found.length === 1) return { id: found[0]!.id, name }
        return {
          error: byNumber.has(number)
            ? `工号 ${number} 不是“${name}”的，请核对。`
            : `名册中没有工号 ${number}，请核对。`,
        }
      }
      const namesakes = (byName.get(name) ?? []).filter((one) => one.kind === 'member')
      if (namesakes.length === 1) return { id: namesakes[0]!.id, name }
      if (namesakes.length > 1) {
        const here = namesakes.filter((one) => within.has(`${one.unitId} ${unitId}`))
        if (here.length === 1) return { id: here[0]!.id, name }
        return { error: `名册中有 ${namesakes.length} 人叫“${name}”，请在工号列填写工号以区分。` }
      }
      const contact = (byName.get(name) ?? []).find((one) => one.kind === 'contact')
      return contact ? { id: contact.id, name } : { name }
    },
  }
}
