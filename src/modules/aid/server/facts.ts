import { sql, type RawBuilder } from 'kysely'

/** Whom a programme looks at, and on which day. */
export interface Question {
  programmeId: number
  unitId: number
  need: string
  pool: 'files' | 'members' | 'applications' | 'persons'
  /** The cycle whose applications are read, and whose own entitlements don't count as received before. */
  cycleId: number | null
  /** The cycle this one makes good for some: an application to it still stands. */
  supplementsId?: number | null
  /** Only these people: a supplement's appellants, a member who asks about oneself. */
  persons: readonly number[] | null
  /** `YYYY-MM-DD` */
  onDay: string
}

/** Columns of `aid.candidate` besides the cycle: what is known of a person on a day, whatever the rule asks. */
export const FACTS = sql.raw(
  `person_id, unit_id, application_id, family_id, standing, here, joined_on, file_id, version_id, category, review_on, found_on, checked,
   family_size, income_fen, rigid_fen, line_fen, tags, papers, asked_fen, student_hash, student_other, last_on, year_fen, other_titles,
   family_titles, on_day`,
)

/**
 * Facts of everybody, or of the page alone: of the people a relation `page` (person_id, unit_id, application_id, family_id) around
 * the query names, whose families are known by then. Both give the same columns.
 */
export type Facts = (page: boolean) => RawBuilder<unknown>

/**
 * What is known of everybody a programme looks at, from today's files, memberships, families and payments. It knows
 * nothing of the rule, so that another rule can be tried on the same rows. Joins that a caller's columns don't need are
 * written so that the planner drops them.
 */
export function factsNow(question: Question, page = false): RawBuilder<unknown> {
  const { programmeId, unitId, need, cycleId, persons, onDay } = question
  const day = sql`${onDay}::date`
  const only = (column: string) => (persons ? sql`and ${sql.ref(column)} = any(${[...persons]}::bigint[])` : sql``)
  const pools: Record<Exclude<Question['pool'], 'files'>, RawBuilder<unknown>> = {
    members: sql`select m.person_id, m.unit_id, null::bigint from members.membership m join scope s on s.unit_id = m.unit_id
      join members.person p on p.id = m.person_id and p.merged_into is null and p.status <> 'deceased'
      where m.left_on is null and m.joined_on <= ${day} ${only('m.person_id')}`,
    applications: sql`select a.person_id, a.unit_id, a.id from aid.application a
      where a.cycle_id = ${cycleId} and a.state = 'submitted' ${only('a.person_id')}`,
    persons: sql`select p.id, p.unit_id, (select max(a.id) from aid.application a where a.cycle_id in (${cycleId}, ${question.supplementsId ?? null})
      and a.person_id = p.id and a.state = 'submitted') from members.person p where true ${only('p.id')}`,
  }
  const chosen = page
    ? sql`select person_id, unit_id, application_id from page`
    : question.pool === 'files'
      ? null
      : pools[question.pool]
  // What hardship lets programmes know (db/migrations/0261, 0271). Where the files themselves are asked about, they are the people,
  // and union and family stand beside the finding: a join with a hundred thousand of either costs as much as all the rest.
  const pool = chosen ? sql`pool (person_id, unit_id, application_id) as materialized (${chosen}),` : sql``
  const people = !chosen
    ? sql`people as not materialized (
      select null::bigint as application_id, f.*, l.line_fen from hardship.standing_file f join line l on l.unit_id = f.unit_id
      where true ${only('f.person_id')})`
    : sql`people as materialized (
      select p.application_id, p.person_id, p.unit_id, f.file_id, f.version_id, f.category, f.review_on, f.found_on, f.checked, f.family_size,
        f.income_fen, f.rigid_fen, f.spouse, m.unit_id as member_unit_id, m.state as member_state, m.joined_on, y.family_id, l.line_fen
      from pool p left join hardship.standing_file f on f.person_id = p.person_id
        left join members.membership m on m.person_id = p.person_id and m.left_on is null
        left join members.family_of y on y.person_id = p.person_id
        left join line l on l.unit_id = p.unit_id)`
  const units = chosen ? sql`select distinct unit_id from pool` : sql`select unit_id from scope`
  // Husband and wife who each keep a file name one another in it: one family, whatever the roster knows.
  const couple = page
    ? sql`couple as (select person_id, family_id as id from page)`
    : sql`named as materialized (select person_id, spouse, family_id from people where spouse is not null),
    couple as materialized (
      select one.person_id, min(least(one.family_id, two.family_id)) as id
      from named one join members.person me on me.id = one.person_id
        join (named two join members.person you on you.id = two.person_id)
          on you.name = one.spouse and two.spouse = me.name and you.id <> me.id
      group by one.person_id)`
  // Of few people what they and theirs received is looked up, not sought among all that anybody did.
  const whose =
    page || persons
      ? sql`and (e.person_id = any(array(select person_id from people))
          or e.household_id = any(array(select family_id from ${page ? sql`page` : sql`people`})))`
      : sql``
  // Who is looked at for a file asked for nothing.
  const applied = !chosen
    ? sql`'{}'::text[] as papers, null::bigint as asked_fen, null::bytea as student_hash, false as student_other`
    : sql`coalesce(a.papers, '{}') as papers, a.asked_fen, a.student_hash,
      a.student_hash is not null and (
        exists (select from aid.application x where x.student_hash = a.student_hash and x.id < a.id and x.person_id <> a.person_id and x.state = 'submitted'
          and extract(year from x.submitted_on) = extract(year from ${day}))
        or exists (select from aid.entitlement x where x.student_hash = a.student_hash and x.year = extract(year from ${day})
          and x.state in ('proposed', 'approved', 'paid') and x.cycle_id is distinct from ${cycleId}::bigint)) as student_other`
  const familyId = page ? sql`k.family_id` : sql`coalesce(k.family_id, p.family_id)`
  return sql`
    with scope as not materialized (
      select descendant_id as unit_id from kernel.closure
      where ancestor_id = ${unitId} and valid_from <= ${day} and valid_to > ${day}),
    ${pool}
    -- The nearest union's standard in force on the day, once for each unit rather than for each family.
    line as materialized (
      select u.unit_id, nearest.line_fen from (${units}) u left join (
        select distinct on (c.descendant_id) c.descendant_id as unit_id, h.line_fen
        from hardship.parameter h join kernel.closure c on c.ancestor_id = h.unit_id
        where c.descendant_id in (${units}) and c.valid_from <= ${day} and c.valid_to > ${day} and h.valid_from <= ${day}
        order by c.descendant_id, c.depth, h.valid_from desc) nearest on nearest.unit_id = u.unit_id),
    ${people},
    ${couple},
    received as materialized (
      select e.person_id, e.household_id, e.programme_id, e.need, e.year, e.amount_fen - e.refunded_fen as amount_fen,
        coalesce(e.paid_on, c.frozen_on) as on_day, g.title
      from aid.entitlement e join aid.cycle c on c.id = e.cycle_id join aid.programme g on g.id = e.programme_id
      where e.state in ('proposed', 'approved', 'paid') and e.cycle_id is distinct from ${cycleId}::bigint
        and (e.programme_id = ${programmeId} or (e.need = ${need} and e.year = extract(year from ${day}))) ${whose}),
    by_person as materialized (
      select person_id, max(on_day) filter (where programme_id = ${programmeId}) as last_on,
        sum(amount_fen) filter (where need = ${need} and year = extract(year from ${day})) as year_fen,
        array_agg(distinct title) filter (where programme_id <> ${programmeId}) as titles
      from received group by person_id),
    -- One join for all that few people have.
    known as materialized (
      select person_id, k.id as family_id, b.last_on, b.year_fen, b.titles from couple k full join by_person b using (person_id)),
    -- What a family has for the need, each programme with the first and the last of those who have it: another than the person.
    by_family as materialized (
      select household_id, array_agg(title order by title) as titles, array_agg(first_id order by title) as first_ids,
        array_agg(last_id order by title) as last_ids
      from (
        select household_id, title, min(person_id) as first_id, max(person_id) as last_id from received
        where need = ${need} and year = extract(year from ${day}) group by household_id, title) t
      group by household_id)
    select p.person_id, p.unit_id, p.application_id, ${familyId} as family_id,
      coalesce(p.member_state = 'normal' and p.joined_on <= ${day}, false) as standing,
      coalesce(p.member_unit_id in (select unit_id from scope), false) as here, p.joined_on,
      p.file_id, p.version_id, p.category, p.review_on, p.found_on, coalesce(p.checked, false) as checked, p.family_size,
      p.income_fen, p.rigid_fen, p.line_fen, coalesce(t.tags, '{}') as tags, ${applied},
      k.last_on, coalesce(k.year_fen, 0)::bigint as year_fen, coalesce(k.titles, '{}') as other_titles,
      -- Nearly always it is one programme: two comparisons, where a list is taken apart for the rest.
      case when r.household_id is null then '{}'
        when cardinality(r.titles) = 1 then case when r.first_ids[1] <> p.person_id or r.last_ids[1] <> p.person_id then r.titles else '{}' end
        else coalesce((select array_agg(t.title order by t.title)
        from unnest(r.titles, r.first_ids, r.last_ids) t (title, first_id, last_id)
        where t.first_id <> p.person_id or t.last_id <> p.person_id), '{}') end as family_titles,
      ${day} as on_day
    from people p
      left join known k on k.person_id = p.person_id
      left join by_family r on r.household_id = ${familyId}
      left join (
        select t.person_id, array_agg(t.tag order by t.tag) as tags from members.tag t
        where t.valid_from <= ${day} and t.valid_to > ${day} and t.person_id in (select person_id from people) group by t.person_id
      ) t on t.person_id = p.person_id
      ${chosen ? sql`left join aid.application a on a.id = p.application_id` : sql``}`
}

/** The same columns as they were frozen when a cycle was decided. */
export const factsOf = (cycleId: number, page = false): RawBuilder<unknown> =>
  sql`select ${FACTS} from aid.candidate where cycle_id = ${cycleId}
      ${page ? sql`and person_id in (select person_id from page)` : sql``}`

/** The frozen columns of a person and whoever of the family was looked at, too: enough to judge the person. */
export const factsOfFamily = (cycleId: number, personId: number): RawBuilder<unknown> =>
  sql`select ${FACTS} from aid.candidate where cycle_id = ${cycleId} and (person_id = ${personId}
    or family_id = (select family_id from aid.candidate where cycle_id = ${cycleId} and person_id = ${personId}))`
