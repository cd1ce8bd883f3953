import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { plannedOnce, type Tx } from '../db/database.ts'

export interface Deed {
  /** `<module>.<verb>`: register.create, members.import, reports.freeze … */
  action: string
  objectKind: string
  objectId?: number | null
  unitId?: number | null
  /** One Chinese sentence a person can read in the log. No secret, no full ID number. */
  summary: string
  detail?: Record<string, unknown>
  requestId?: string
}

/** Writes who did what into the same transaction as the deed; if the deed fails, so does its trace, and the other way round. */
export async function audit(tx: Tx, actor: Actor, deed: Deed): Promise<void> {
  await sql`${plannedOnce}${insertAudit(actor, deed)}`.execute(tx)
}

/**
 * The insert of `audit`, for a statement that does the deed as well.
 * @param told what only that statement knows, in place of the deed's own
 */
export const insertAudit = (
  actor: Actor,
  deed: Deed,
  told: { objectId?: RawBuilder<unknown>; summary?: RawBuilder<unknown> } = {},
): RawBuilder<unknown> => sql`
  insert into kernel.audit
    (actor_id, actor_name, office, action, object_kind, object_id, unit_id, summary, detail, request_id)
  values (${actor.accountId}, ${actor.name}, ${actor.office}, ${deed.action}, ${deed.objectKind},
    ${told.objectId ?? deed.objectId ?? null}, ${deed.unitId ?? null}, ${told.summary ?? deed.summary},
    ${JSON.stringify(deed.detail ?? {})}::jsonb, ${deed.requestId ?? null})`
