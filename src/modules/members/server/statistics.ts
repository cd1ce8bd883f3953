import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db } from '../../../kernel/db/database.ts'

export interface Statistics {
  onDate: string
  total: number
  women: number
  retained: number
  /** Direct units below, each with all that is below it; the unit itself first. */
  byUnit: { unitId: number; name: string; people: number; women: number }[]
  byTag: { tag: string; people: number }[]
  /** Ten-year bands; from null: birthday unknown. */
  byAge: { from: number | null; to: number | null; people: number; women: number }[]
}

/** Heads at a unit and below on any day, as memberships, tags and tree stood that day. */
export async function statisticsOf(db: Db, actor: Actor, unitId: number, onDate: string): Promise<Statistics> {
  await requirePermission(db, actor, 'members.read', unitId, 'organisation.read')
  const present = sql`
    select m.person_id, m.unit_id, p.gender, p.born_on, coalesce(m.retained_on <= ${onDate}::date, false) as retained
    from kernel.closure c
    join members.membership m on m.unit_id = c.descendant_id
    join members.person p on p.id = m.person_id and p.merged_into is null
    where c.ancestor_id = ${unitId} and c.valid_from <= ${onDate}::date and c.valid_to > ${onDate}::date
      and m.joined_on <= ${onDate}::date and (m.left_on is null or m.left_on > ${onDate}::date)`
  const [totals, byUnit, byTag, byAge] = await Promise.all([
    sql<{ total: number; women: number; retained: number }>`
      select count(*) as total, count(*) filter (where gender = 'f') as women, count(*) filter (where retained) as retained
      from (${present}) m`.execute(db),
    sql<Statistics['byUnit'][number]>`
      select u.id as "unitId", u.name, count(m.person_id) as people, count(*) filter (where m.gender = 'f') as women
      from kernel.closure top
      join organisation.unit u on u.id = top.descendant_id
      left join kernel.closure below on below.ancestor_id = u.id and below.valid_from <= ${onDate}::date and below.valid_to > ${onDate}::date
        and (top.depth = 1 or below.depth = 0)
      left join (${present}) m on m.unit_id = below.descendant_id
      where top.ancestor_id = ${unitId} and top.depth <= 1 and top.valid_from <= ${onDate}::date and top.valid_to > ${onDate}::date
      group by u.id, top.depth having top.depth = 0 or count(m.person_id) > 0 or u.dissolved_on is null
      order by top.depth, u.sort_key, u.code`.execute(db),
    sql<Statistics['byTag'][number]>`
      select t.tag, count(distinct t.person_id) as people
      from kernel.closure c join members.tag t on t.unit_id = c.descendant_id
      join members.person p on p.id = t.person_id and p.merged_into is null
      where c.ancestor_id = ${unitId} and c.valid_from <= ${onDate}::date and c.valid_to > ${onDate}::date
        and t.valid_from <= ${onDate}::date and t.valid_to > ${onDate}::date
      group by t.tag order by 2 desc, 1`.execute(db),
    sql<Statistics['byAge'][number]>`
      select band * 10 as "from", band * 10 + 9 as "to", count(*) as people, count(*) filter (where gender = 'f') as women
      from (select gender, extract(year from age(${onDate}::date, born_on))::int / 10 as band from (${present}) m) banded
      group by band order by band nulls last`.execute(db),
  ])
  return { onDate, ...totals.rows[0]!, byUnit: byUnit.rows, byTag: byTag.rows, byAge: byAge.rows }
}
