import { sql, type RawBuilder } from 'kysely'
import { visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { latestHeadcount, type Headcount } from './headcount.ts'
import { profileOf, type Profile } from './profile.ts'
import { pathOf, type PathStep } from './tree.ts'
import { unitColumns, type Unit } from './units.ts'

export interface TreeNode extends Unit {
  hasChildren: boolean
}

const standing = sql`(u.dissolved_on is null or u.dissolved_on > current_date)`
const nodes = (actor: Actor, where: RawBuilder<unknown>, limit: number): RawBuilder<TreeNode> => sql<TreeNode>`
  select ${unitColumns}, exists (select from organisation.unit c where c.parent_id = u.id
    and (c.dissolved_on is null or c.dissolved_on > current_date)) as "hasChildren"
  from organisation.unit u
  where ${visibleTo(actor, 'organisation.read', 'u.id')} and ${where}
  order by u.sort_key, u.code limit ${limit}`

/** One level of the tree. Without a parent: the tops of what the actor may see. Dissolved units only when asked for. */
export async function childrenOf(
  db: Db,
  actor: Actor,
  parentId: number | null,
  dissolved = false,
): Promise<TreeNode[]> {
  const alive = dissolved ? sql`true` : standing
  const place = parentId
    ? sql`u.parent_id = ${parentId}`
    : sql`(u.parent_id is null or not exists (
        select from organisation.unit p where p.id = u.parent_id and ${visibleTo(actor, 'organisation.read', 'p.id')}))`
  return (await nodes(actor, sql`${place} and ${alive}`, 5000).execute(db)).rows
}

/** Units by a piece of the name, the beginning of the code, or pinyin initials; the best match first. */
export async function searchUnits(
  db: Db,
  actor: Actor,
  text: string,
  options: { type?: string; limit?: number } = {},
): Promise<(TreeNode & { path: string })[]> {
  const clean = text.trim()
  if (!clean) return []
  const piece = clean.replace(/[\\%_]/g, '\\$&')
  const letters = clean.toLowerCase().replace(/[^a-z0-9]/g, '')
  const { rows } = await sql<TreeNode & { path: string }>`
    select u.*, (
      select string_agg(a.name, ' / ' order by c.depth desc) from kernel.closure c join organisation.unit a on a.id = c.ancestor_id
      where c.descendant_id = u.id and c.valid_to = 'infinity' and c.depth > 0) as path
    from (
      select ${unitColumns}, false as "hasChildren",
        case when u.code = ${clean} or u.name = ${clean} then 0 when u.name like ${`${piece}%`} then 1 else 2 end as rank
      from organisation.unit u
      where ${visibleTo(actor, 'organisation.read', 'u.id')} and ${standing}
        and (u.name like ${`%${piece}%`} or u.short_name like ${`%${piece}%`} or u.code ilike ${`${piece}%`}
          or ${letters.length ? sql`u.initials like ${`%${letters}%`}` : sql`false`})
        and ${options.type ? sql`u.type = ${options.type}` : sql`true`}
      order by rank, length(u.name), u.code limit ${options.limit ?? 30}
    ) u order by u.rank, length(u.name), u.code`.execute(db)
  return rows
}

export interface UnitVersion {
  name: string
  type: string
  parentId: number | null
  parentName: string | null
  validFrom: string | null
  validTo: string | null
  reason: string
  document: string | null
}

export interface UnitDetail extends TreeNode {
  path: PathStep[]
  layerName: string
  successorName: string | null
  history: UnitVersion[]
  profile: Profile | null
  headcount: Headcount | null
  /** Units below, by type, standing today. */
  below: Record<string, number>
}

/** Everything the unit's page shows first. @throws Problem 404 when the actor may not see it */
export async function unitDetail(db: Db, actor: Actor, id: number, year: number): Promise<UnitDetail> {
  const { rows } = await sql<TreeNode & { layerName: string; successorName: string | null }>`
    select ${unitColumns}, exists (select from organisation.unit c where c.parent_id = u.id) as "hasChildren",
      l.name as "layerName", s.name as "successorName"
    from organisation.unit u
    left join organisation.unit l on l.id = u.layer_id
    left join organisation.unit s on s.id = u.successor_id
    where u.id = ${id} and ${visibleTo(actor, 'organisation.read', 'u.id')}`.execute(db)
  const unit = rows[0]
  if (!unit) throw notFound('单位')
  const [path, history, profile, headcount, below] = await Promise.all([
    pathOf(db, id),
    historyOf(db, id),
    profileOf(db, id, year),
    latestHeadcount(db, id),
    countBelow(db, id),
  ])
  return { ...unit, path, history, profile, headcount, below }
}

/** Names and places the unit has had, the newest first. */
export async function historyOf(db: Db, id: number): Promise<UnitVersion[]> {
  const { rows } = await sql<UnitVersion>`
    select v.name, v.type, v.parent_id as "parentId", p.name as "parentName",
      case when v.valid_from > '-infinity' then v.valid_from end as "validFrom",
      case when v.valid_to < 'infinity' then v.valid_to end as "validTo", v.reason, v.document
    from organisation.unit_version v left join organisation.unit p on p.id = v.parent_id
    where v.unit_id = ${id} order by v.valid_from desc`.execute(db)
  return rows
}

async function countBelow(db: Db, id: number): Promise<Record<string, number>> {
  const { rows } = await sql<{ type: string; n: number }>`
    select u.type, count(*)::int as n from kernel.closure c join organisation.unit u on u.id = c.descendant_id
    where c.ancestor_id = ${id} and c.depth > 0 and c.valid_to = 'infinity' and ${standing} group by u.type`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.type, row.n]))
}
