import { sql } from 'kysely'
import type { Tx } from '../../../kernel/db/database.ts'

/**
 * Keeps members.tally true while people change. Counts are differences, so that two officers writing at once both count:
 * what the people contributed is taken out before the change and put in again after it.
 */
export async function tallying<Result>(tx: Tx, personIds: readonly number[], change: () => Promise<Result>): Promise<Result> {
  await add(tx, personIds, -1)
  const result = await change()
  await add(tx, personIds, 1)
  return result
}

/** For people who were nowhere before. */
export const tallyNew = (tx: Tx, personIds: readonly number[]): Promise<void> => add(tx, personIds, 1)

async function add(tx: Tx, personIds: readonly number[], sign: 1 | -1): Promise<void> {
  if (!personIds.length) return
  // In one order, so that two transactions never wait for each other in a circle.
  await sql`
    insert into members.tally (unit_id, key, people)
    select unit_id, key, ${sign}::int * count(*) from (
      select m.unit_id, k.key
      from members.membership m
      join members.person p on p.id = m.person_id and p.merged_into is null
      cross join lateral (values ('all', true), ('women', p.gender = 'f'), ('retained', m.state = 'retained')) k (key, holds)
      where m.person_id = any(${personIds}::bigint[]) and m.left_on is null and k.holds
      union all
      select t.unit_id, 'tag:' || t.tag
      from members.tag t
      join members.person p on p.id = t.person_id and p.merged_into is null
      where t.person_id = any(${personIds}::bigint[]) and t.valid_to = 'infinity'
    ) each_one
    group by key, unit_id order by key, unit_id
    on conflict (key, unit_id) do update set people = tally.people + excluded.people`.execute(tx)
}

/** Rows of the tally that don't say what the tables say: none, unless something wrote past this module. */
export const wrongTallies = sql<{ unit_id: number; key: string; kept: number; counted: number }>`
  select unit_id, key, sum(kept)::int as kept, sum(counted)::int as counted from (
    select unit_id, key, people as kept, 0 as counted from members.tally
    union all
    select m.unit_id, k.key, 0, count(*)
    from members.membership m join members.person p on p.id = m.person_id and p.merged_into is null
    cross join lateral (values ('all', true), ('women', p.gender = 'f'), ('retained', m.state = 'retained')) k (key, holds)
    where m.left_on is null and k.holds group by m.unit_id, k.key
    union all
    select t.unit_id, 'tag:' || t.tag, 0, count(*)
    from members.tag t join members.person p on p.id = t.person_id and p.merged_into is null
    where t.valid_to = 'infinity' group by t.unit_id, t.tag
  ) both_sides group by unit_id, key having sum(kept) <> sum(counted)`
