import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { ClubInput, ClubRow } from '../contract.ts'
import { requireReading } from './seeing.ts'

/** Groups of a unit and below with their people, and how many retired are in none. */
export async function clubsOf(db: Db, actor: Actor, unitId: number): Promise<{ clubs: ClubRow[]; without: number }> {
  await requireReading(db, actor, unitId)
  const [clubs, without] = await Promise.all([
    sql<ClubRow>`
      select c.id, c.name, l.name as "leaderName", coalesce((
        select json_agg(json_build_object('personId', n.id, 'name', n.name) order by n.name)
        from retirees.club_member b join kernel.person_name n on n.id = b.person_id where b.club_id = c.id), '[]') as people
      from retirees.club c left join kernel.person_name l on l.id = c.leader_id
      join kernel.closure k on k.descendant_id = c.unit_id and k.ancestor_id = ${unitId} and k.valid_to = 'infinity'
      order by c.name`.execute(db),
    sql<{ n: number }>`
      select count(*)::int as n from members.person m
      join kernel.closure k on k.descendant_id = m.unit_id and k.ancestor_id = ${unitId} and k.valid_to = 'infinity'
      where m.kind = 'member' and m.status = 'retired' and m.merged_into is null
        and not exists (select from retirees.club_member b where b.person_id = m.id)`.execute(db),
  ])
  return { clubs: clubs.rows, without: without.rows[0]!.n }
}

/** @throws Problem 403 | 404, 409 `club-exists` */
export async function addClub(tx: Tx, actor: Actor, draft: ClubInput): Promise<{ id: number }> {
  await requirePermission(tx, actor, 'retirees.write', draft.unitId, 'retirees.read')
  const { rows } = await sql<{ id: number }>`
    insert into retirees.club (unit_id, name, leader_id, created_by)
    values (${draft.unitId}, ${draft.name}, ${draft.leaderId}, ${actor.accountId}) on conflict do nothing returning id`.execute(
    tx,
  )
  if (!rows[0]) throw conflict('club-exists', '已有同名的小组，请换一个名称。')
  await audit(tx, actor, {
    action: 'retirees.club',
    objectKind: 'retirees-club',
    objectId: rows[0].id,
    unitId: draft.unitId,
    summary: `建立退休小组“${draft.name}”`,
  })
  return rows[0]
}

/**
 * Puts retired people into a group; somebody in another group moves here. The unit's own people only.
 * @throws Problem 403 | 404, 422 `nobody`
 */
export async function joinClub(
  tx: Tx,
  actor: Actor,
  clubId: number,
  personIds: readonly number[],
): Promise<{ joined: number }> {
  const found = await sql<{ unitId: number; name: string }>`
    select unit_id as "unitId", name from retirees.club where id = ${clubId} for update`.execute(tx)
  const [club] = found.rows
  if (!club) throw notFound('退休小组')
  await requirePermission(tx, actor, 'retirees.write', club.unitId, 'retirees.read')
  const { rows } = await sql`
    insert into retirees.club_member (club_id, person_id)
    select ${clubId}, m.id from members.person m
    join kernel.closure k on k.descendant_id = m.unit_id and k.ancestor_id = ${club.unitId} and k.valid_to = 'infinity'
    where m.id = any(${personIds}::bigint[]) and m.kind = 'member' and m.status = 'retired' and m.merged_into is null
    on conflict (person_id) do update set club_id = excluded.club_id returning person_id`.execute(tx)
  if (!rows.length) throw refused('nobody', '名单里没有本单位的退休会员，请核对。')
  await audit(tx, actor, {
    action: 'retirees.join-club',
    objectKind: 'retirees-club',
    objectId: clubId,
    unitId: club.unitId,
    summary: `${rows.length} 人编入退休小组“${club.name}”`,
  })
  return { joined: rows.length }
}
