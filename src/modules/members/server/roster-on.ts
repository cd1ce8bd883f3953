import { sql, type RawBuilder } from 'kysely'
import type { RollId } from '../words.ts'

/**
 * SQL: the members of a unit and below on a day, for rosters that are written in one statement.
 * Columns: id, unit_id, name, sort_key, retired. People who keep their membership without dues (保留会籍) are only taken in
 * when they are named.
 * @param onDay `YYYY-MM-DD`, of which tree, memberships and tags are read
 * @param personIds who exactly, for the roll `listed`
 */
export function rosterOn(
  unitId: number,
  onDay: string,
  roll: RollId,
  personIds: readonly number[] = [],
): RawBuilder<unknown> {
  const retired = sql`exists (select from members.tag t where t.person_id = p.id and t.tag in ('退休', '离休')
    and t.valid_from <= ${onDay}::date and t.valid_to > ${onDay}::date)`
  const chosen: Record<RollId, RawBuilder<unknown>> = {
    all: sql`m.state = 'normal'`,
    women: sql`m.state = 'normal' and p.gender = 'f' and not ${retired}`,
    retired,
    birthday: sql`m.state = 'normal' and extract(month from p.born_on) = extract(month from ${onDay}::date)`,
    listed: sql`p.id = any(${personIds}::bigint[])`,
  }
  return sql`
    select p.id, m.unit_id, p.name, u.sort_key, ${retired} as retired
    from kernel.closure c
    join members.membership m on m.unit_id = c.descendant_id and m.joined_on <= ${onDay}::date
      and (m.left_on is null or m.left_on > ${onDay}::date)
    join members.person p on p.id = m.person_id and p.merged_into is null
    join organisation.unit u on u.id = m.unit_id
    where c.ancestor_id = ${unitId} and c.valid_from <= ${onDay}::date and c.valid_to > ${onDay}::date and ${chosen[roll]}`
}
