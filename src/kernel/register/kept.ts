import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db/database.ts'
import { reverseFacts } from '../facts/post.ts'
import type { Register } from './declaration.ts'
import type { RecordDraft } from './draft.ts'
import { insertRecords, rewriteRecords, type Source } from './store.ts'

/**
 * Records kept by a process. A module with a life of its own (an election, a motion, a claim) files what counts in its
 * register, in the transaction of the deed: metrics, drill-down, reconcile, export, print and the report's clauses are
 * those of the register, and history imported from a ledger counts beside it. The process stays the only writer of what
 * it filed. `keptBy` is the path of the thing in the app without the leading slash: `elections/12`, `motions/7`.
 */
export interface Kept {
  keptBy: string
  draft: RecordDraft
}

/**
 * Files records or brings those already filed up to date, many at once. The caller checks permissions and audits.
 * @returns record ids in the order given
 */
export async function keepRecords(
  tx: Tx,
  actor: Actor,
  register: Register,
  kept: readonly Kept[],
  source: Source = 'desk',
): Promise<number[]> {
  const paths = kept.map((one) => one.keptBy)
  const { rows } = await sql<{ id: number; keptBy: string }>`
    select id, kept_by as "keptBy" from kernel.record
    where register = ${register.id} and kept_by = any(${paths}::text[]) and state <> 'void' for update`.execute(tx)
  const known = new Map(rows.map((row) => [row.keptBy, row.id]))
  await rewriteRecords(
    tx,
    actor,
    register,
    kept.flatMap(({ keptBy, draft }) => (known.has(keptBy) ? [{ id: known.get(keptBy)!, draft }] : [])),
  )
  const fresh = kept.filter(({ keptBy }) => !known.has(keptBy))
  const ids = await insertRecords(
    tx,
    actor,
    register,
    fresh.map(({ keptBy, draft }) => ({ ...draft, keptBy })),
    source,
  )
  for (const [index, { keptBy }] of fresh.entries()) known.set(keptBy, ids[index]!)
  return paths.map((keptBy) => known.get(keptBy)!)
}

/** Takes back what a process filed: the records are void with a reason, their facts reversed. */
export async function dropKept(
  tx: Tx,
  actor: Actor,
  register: Register,
  keptBy: readonly string[],
  reason: string,
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    update kernel.record set state = 'void', void_reason = ${reason}, version = version + 1, updated_at = now(),
      updated_by = ${actor.accountId}
    where register = ${register.id} and kept_by = any(${keptBy}::text[]) and state <> 'void' returning id`.execute(tx)
  await reverseFacts(
    tx,
    actor,
    'record',
    rows.map((row) => row.id),
    `作废：${reason}`,
  )
}
