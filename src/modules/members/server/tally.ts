import { sql } from 'kysely'
import type { Tx } from '../../../kernel/db/database.ts'

/**
 * Keeps members.tally true while people change. Counts are differences, so that two officers writing at once both count:
 * what the people contributed is taken out before the change and put in again after it.
 */
export async function tallying<Result>(
  tx: Tx,
  personIds: readonly number[],
  change: () => Promise<Result>,
): Promise<Result> {
  await add(tx, personIds, -1)
  const result = await change()
  await add(tx, personIds, 1)
  return result
}

/** What one new member adds. */
export interface TallyEntry {
  unitId: number
  woman: boolean
  retained: boolean
  tags: readonly string[]
}

/** For people who were nowhere before: what they add is known without asking the tables again. */
export async function tallyNew(tx: Tx, entries: readonly TallyEntry[]): Promise<void> {
  const sums = new Map<string, number>()
  for (const { unitId, woman, retained, tags } of entries)
    for (const key of [
      'all',
      ...(woman ? ['women'] : []),
      ...(retained ? ['retained'] : []),
      ...tags.map((tag) => `tag:${tag}`),
    ])
      sums.set(`${key}|${unitId}`, (sums.get(`${key}|${unitId}`) ?? 0) + 1)
  const rows = [...sums].map(([place, people]) => {
    const bar = place.lastIndexOf('|')
    return { key: place.slice(0, bar), unitId: Number(place.slice(bar + 1)), people }
  })
  await sql`
    insert into members.tally (unit_id, key, people)
    select unit_id, key, people from unnest(${rows.map((row) => row.unitId)}::bigint[], ${rows.map((row) => row.key)}::text[],
      ${rows.map((row) => row.people)}::int[]) as t (unit_id, key, people)
    order by key, unit_id
    on conflict (key, unit_id) do update set people = tally.people + excluded.people`.execute(tx)
}

/** For people whose rows were written elsewhere (the tests' small world). */
export const tallyExisting = (tx: Tx, personIds: readonly number[]): Promise<void> => add(tx, personIds, 1)

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
