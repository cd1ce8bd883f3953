import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../audit/audit.ts'
import { Problem, refused } from '../contract/problem.ts'
import type { Db } from '../db/database.ts'
import type { Services } from '../http/services.ts'
import type { FileOwner, FoundFile } from './files.ts'

/** Whom a guarded attachment is about, and what it is a paper of, in Chinese without names. */
export interface About {
  personId: number
  unitId: number
  what: string
}

/** How long a written opening lets its own actor fetch the bytes: a viewer asks for them more than once. */
const MINUTES = 15

/** The people other than the actor whom a file is about; none when nothing guards it. */
export async function aboutOthers(
  services: Services,
  ownerOf: (kind: string) => FileOwner,
  actor: Actor,
  links: FoundFile['links'],
): Promise<About[]> {
  const found: About[] = []
  for (const link of links) {
    const about = await ownerOf(link.objectKind).guards?.(services, link.objectId)
    if (about && about.personId !== actor.personId) found.push(about)
  }
  return found
}

/**
 * Writes down that the actor opens a guarded file, and why, before anything of it is sent: once for each person it is about.
 * @throws Problem 422 `reason-missing`
 */
export async function writeOpening(
  db: Db,
  actor: Actor,
  file: { id: number; name: string },
  about: readonly About[],
  reason: string,
): Promise<void> {
  if (reason.trim().length < 4)
    throw refused('reason-missing', '这份材料涉及个人隐私，请写明查看原因（至少 4 个字），系统会记录，本人能看到。', {
      reason: '请写明查看原因（至少 4 个字）',
    })
  await db.transaction().execute(async (tx) => {
    for (const { personId, unitId, what } of about)
      await audit(tx, actor, {
        action: 'files.open',
        objectKind: 'file',
        objectId: file.id,
        unitId,
        summary: `打开${what}的材料，原因：${reason.trim()}`,
        detail: { personId, file: file.name },
      })
  })
}

/** @throws Problem 403 `opening-needed` when this actor hasn't said why within the last minutes */
export async function requireOpening(db: Db, actor: Actor, fileId: number, about: readonly About[]): Promise<void> {
  const { rows } = await sql<{ people: number[] }>`
    select coalesce(array_agg(distinct (detail ->> 'personId')::bigint), '{}') as people from kernel.audit
    where object_kind = 'file' and object_id = ${fileId} and action = 'files.open' and actor_id = ${actor.accountId}
      and at > now() - make_interval(mins => ${MINUTES})`.execute(db)
  const said = new Set(rows[0]!.people.map(Number))
  if (!about.every((one) => said.has(one.personId)))
    throw new Problem(403, 'opening-needed', '这份材料涉及个人隐私，请回到原页面点开它，写明查看原因后再看。')
}
