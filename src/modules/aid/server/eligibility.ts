import { sql, type RawBuilder } from 'kysely'
import type { Terms } from '../contract.ts'
import { needsFile } from './reasons.ts'

/**
 * Judges everybody of a facts relation by a rule. The one definition of who qualifies and for how much: preview, decision,
 * simulation and the member's own page all run it, over today's facts or over frozen ones.
 *
 * Columns besides the facts: `verdict`, `refusals`, `duplicates`, `missing` (codes of `reasons.ts`), `amount_fen`.
 * `offset 0` keeps the planner from writing the lists of codes into every place that reads them.
 * A person who doesn't qualify is refused whatever else is amiss; a duplicate comes before a missing paper.
 */
export function judged(terms: Terms, facts: RawBuilder<unknown>): RawBuilder<unknown> {
  const when = (asked: boolean, condition: RawBuilder<unknown>, code: string) =>
    asked ? [sql`case when ${condition} then ${code}::text end`] : []
  const codes = (list: RawBuilder<unknown>[]) =>
    list.length ? sql`array_remove(array[${sql.join(list)}], null)` : sql`array[]::text[]`
  const filed = needsFile(terms)
  const byCategory = Object.entries(terms.byCategory)
  const standard = sql`${terms.baseFen}::bigint + ${terms.perHeadFen}::bigint * coalesce(f.family_size, 1)
    + ${
      byCategory.length
        ? sql`case f.category ${sql.join(
            byCategory.map(([category, fen]) => sql`when ${category} then ${fen}::bigint`),
            sql` `,
          )} else 0 end`
        : sql`0`
    }`
  // Ceilings that aren't set are no ceilings: least() passes over null.
  const amount = sql`greatest(0, least(${standard}, f.asked_fen, ${terms.perTimeFen}::bigint, ${terms.perYearFen}::bigint - f.year_fen))`

  const refusals = codes([
    ...when(true, sql`not f.standing`, 'not-member'),
    ...when(true, sql`f.standing and not f.here`, 'elsewhere'),
    ...when(
      terms.memberMonths > 0,
      sql`f.standing and f.joined_on > (f.on_day - make_interval(months => ${terms.memberMonths}::int))::date`,
      'too-new',
    ),
    ...when(filed, sql`f.file_id is null`, 'no-file'),
    ...when(terms.categories.length > 0, sql`f.category <> all(${[...terms.categories]}::text[])`, 'category'),
    // Sums, never quotients: what is left of the family's year against the line of all its heads.
    ...when(
      terms.incomeHundredths !== null,
      sql`(f.income_fen - f.rigid_fen) * 100 > f.line_fen * 12 * f.family_size * ${terms.incomeHundredths ?? 0}::bigint`,
      'income',
    ),
    ...when(terms.tags.length > 0, sql`not f.tags && ${[...terms.tags]}::text[]`, 'tag'),
    ...when(
      terms.apartMonths > 0,
      sql`f.last_on > (f.on_day - make_interval(months => ${terms.apartMonths}::int))::date`,
      'recent',
    ),
    ...when(terms.perYearFen !== null, sql`f.year_fen >= ${terms.perYearFen}::bigint`, 'year-ceiling'),
    ...when(true, sql`${standard} <= 0`, 'no-amount'),
  ])
  const missing = codes([
    ...when(filed, sql`f.review_on < f.on_day`, 'review-due'),
    ...when(
      filed && terms.freshMonths > 0,
      sql`f.found_on < (f.on_day - make_interval(months => ${terms.freshMonths}::int))::date`,
      'finding-old',
    ),
    ...when(terms.incomeHundredths !== null, sql`f.file_id is not null and f.line_fen is null`, 'no-line'),
    // A family without any income is possible, and the one thing that is worth a visit first.
    ...when(terms.incomeHundredths !== null, sql`f.income_fen = 0 and not f.checked`, 'zero-income'),
    ...when(terms.pool === 'applications', sql`f.application_id is null`, 'not-applied'),
    ...when(terms.papers.length > 0, sql`not f.papers @> ${[...terms.papers]}::text[]`, 'papers'),
  ])
  const duplicates = codes([
    ...when(terms.oneANeed, sql`cardinality(f.other_titles) > 0`, 'other-programme'),
    ...when(terms.oneANeed, sql`cardinality(f.family_titles) > 0`, 'other-family'),
    ...when(true, sql`f.student_other`, 'student'),
    ...when(terms.byFamily, sql`f.place > 1`, 'same-family'),
  ])
  return sql`
    select j.*, case when cardinality(j.refusals) > 0 then 'refused' when cardinality(j.duplicates) > 0 then 'duplicate'
      when cardinality(j.missing) > 0 then 'missing' else 'eligible' end as verdict
    from (
      select f.*, ${amount} as amount_fen, ${duplicates} as duplicates
      from (
        select f.*, ${
          terms.byFamily
            ? // The first of a family who qualifies with nothing missing is the one who receives.
              sql`row_number() over (partition by coalesce(f.family_id, -f.person_id)
                order by cardinality(f.refusals) > 0, cardinality(f.missing) > 0, f.person_id)`
            : sql`1`
        } as place
        from (select f.*, ${refusals} as refusals, ${missing} as missing from (${facts}) f offset 0) f) f offset 0) j`
}
