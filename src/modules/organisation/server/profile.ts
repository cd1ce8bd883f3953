import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { UnionKind } from '../types.ts'

/** What the report says of the union itself. Dated by year; a year without its own row speaks with the last one before. */
export interface Profile {
  /** The year the row was written for. */
  year: number
  kind: UnionKind | null
  upperUnion: string | null
  partyBody: string | null
  administration: string | null
  motto: string | null
  /** 工作思路 */
  idea: string | null
  /** The guiding sentence of the year (指导思想). */
  guiding: string | null
  extra: Record<string, string>
  version: number
}

export type ProfileEdit = Partial<Omit<Profile, 'year' | 'version'>> & { version?: number }

/** The unit's profile as it holds for a year; null when none was ever written. */
export async function profileOf(db: Db | Tx, unitId: number, year: number): Promise<Profile | null> {
  const { rows } = await sql<Profile>`
    select year, kind, upper_union as "upperUnion", party_body as "partyBody", administration, motto, idea, guiding,
      extra, version
    from organisation.profile_year where unit_id = ${unitId} and year <= ${year} order by year desc limit 1`.execute(db)
  return rows[0] ?? null
}

/**
 * Writes the profile of one year. What the edit leaves out keeps what held before.
 * @param edit `version` of the row as it was read; omit it when the year has no row yet
 */
export async function saveProfile(
  tx: Tx,
  actor: Actor,
  unitId: number,
  year: number,
  edit: ProfileEdit,
): Promise<Profile> {
  await requirePermission(tx, actor, 'organisation.write', unitId, 'organisation.read')
  const before = await profileOf(tx, unitId, year)
  const current = before?.year === year ? before.version : null
  if ((edit.version ?? null) !== current && edit.version !== undefined)
    throw conflict('edited-meanwhile', '这一年的资料刚被别人修改过，请刷新后再改。')
  const { version: _version, ...changes } = edit
  const next = { ...before, ...changes }
  await sql`
    insert into organisation.profile_year
      (unit_id, year, kind, upper_union, party_body, administration, motto, idea, guiding, extra, updated_by)
    values (${unitId}, ${year}, ${next.kind ?? null}, ${next.upperUnion ?? null}, ${next.partyBody ?? null},
      ${next.administration ?? null}, ${next.motto ?? null}, ${next.idea ?? null}, ${next.guiding ?? null},
      ${JSON.stringify(next.extra ?? {})}::jsonb, ${actor.accountId})
    on conflict (unit_id, year) do update set kind = excluded.kind, upper_union = excluded.upper_union,
      party_body = excluded.party_body, administration = excluded.administration, motto = excluded.motto,
      idea = excluded.idea, guiding = excluded.guiding, extra = excluded.extra,
      version = profile_year.version + 1, updated_at = now(), updated_by = excluded.updated_by`.execute(tx)
  await audit(tx, actor, {
    action: 'organisation.save-profile',
    objectKind: 'unit',
    objectId: unitId,
    unitId,
    summary: `填写 ${year} 年工会概况`,
    detail: { year, before, changes },
  })
  return (await profileOf(tx, unitId, year))!
}
