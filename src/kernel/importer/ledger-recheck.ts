import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Register } from '../register/declaration.ts'
import type { CommitContext } from './kind.ts'
import { keptRecords, type PendingRecord, type Verdict } from './ledger-check.ts'
import { personFinder, type Someone } from './people.ts'

/** Everybody a record names, its lines and its further persons included. */
export const everybody = (records: readonly PendingRecord[]): Someone[] =>
  records.flatMap((record) =>
    [record, ...record.lines].flatMap((one) => [
      ...(one.person ? [one.person] : []),
      ...(one.household ? [one.household] : []),
      ...Object.values(one.fields).filter((value): value is Someone => value !== null && typeof value === 'object'),
    ]),
  )

/** Judges records once more at commit: hours may have passed since the check, and another officer sent the same ledger. */
export interface Recheck {
  /** Gives those who were unknown at the check, and are known now, their ids. */
  recognise(records: readonly PendingRecord[]): Promise<void>
  judge(register: Register, record: PendingRecord): Promise<Verdict>
  /** Records that the check found to be there already, unchanged. */
  same: number
}

/** Holds off other ledgers' commits until this transaction ends, and looks at what is kept now. */
export async function recheckLedger({ tx, run, rows }: CommitContext): Promise<Recheck> {
  await sql`select pg_advisory_xact_lock(5170042)`.execute(tx)
  const groups = new Set<number>()
  const taken: number[] = []
  for await (const batch of rows(['same'], 5000))
    for (const row of batch) {
      groups.add(row.groupNo ?? row.id)
      if (row.targetId) taken.push(row.targetId)
    }
  const kept = new Map<string, Awaited<ReturnType<typeof keptRecords>>>()
  return {
    same: groups.size,
    recognise: (records) => recognise(tx, run.unitId, records),
    async judge(register, record) {
      let known = kept.get(register.id)
      if (!known) {
        known = await keptRecords({ tx, rootId: run.unitId, year: run.year! }, register, taken)
        kept.set(register.id, known)
      }
      return known.judge(record)
    },
  }
}

async function recognise(tx: Tx, rootId: number, records: readonly PendingRecord[]): Promise<void> {
  const names = new Set(everybody(records).flatMap((one) => ('id' in one ? [] : [one.name])))
  if (!names.size) return
  const finder = await personFinder(tx, rootId, [...names], [])
  for (const record of records)
    for (const one of everybody([record])) {
      if ('id' in one) continue
      const found = finder.find(one.name, null, record.unitId)
      // Namesakes who have come since leave the name what it was when the officer saw the preview: an outside contact.
      if ('id' in found) Object.assign(one, { id: found.id })
    }
}
