import { sql, type RawBuilder } from 'kysely'
import type { Terms } from '../contract.ts'
import { needsFile } from './reasons.ts'

type Found = [asked: boolean, condition: RawBuilder<unknown>, code: string]

/** True where any of the conditions is: one that compares with something unknown isn't. */
const any = (found: readonly Found[]): RawBuilder<unknown> => {
  const asked = found.filter(([wanted]) => wanted).map(([, condition]) => sql`(${condition})`)
  return asked.length ? sql`(${sql.join(asked, sql` or `)}) is true` : sql`false`
}

const codes = (found: readonly Found[]): RawBuilder<unknown> => {
  const asked = found.filter(([wanted]) => wanted)
  return asked.length
    ? sql`array_remove(array[${sql.join(asked.map(([, condition, code]) => sql`case when ${condition} then ${code}::text end`))}], null)`
    : sql`array[]::text[]`
}

/**
 * Judges everybody of a facts relation by a rule. The one definition of who qualifies and for how much: preview, decision,
 * simulation and the member's own page all run it, over today's facts or over frozen ones.
 *
 * Columns besides the facts: `verdict`, `refusals`, `duplicates`, `missing` (codes of `reasons.ts`), `amount_fen`, `place` in the
 * family. Verdicts need no lists of codes, so that who only counts doesn't build them; `offset 0` keeps the planner from
 * writing a condition into every place that reads it.
 * A person who doesn't qualify is refused whatever else is amiss; a duplicate comes before a missing paper.
 * @param place of everybody in the family, where it was found among more people than these facts name
 */
export function judged(
  terms: Terms,
  facts: RawBuilder<unknown>,
  place: RawBuilder<unknown> | null = null,
): RawBuilder<unknown> {
  const filed = needsFile(terms)
  const byCategory = Object.entries(terms.byCategory)
  // What a rule doesn't pay isn't written, so that a standard alike for all is reckoned once and not for everybody.
  const standard = sql.join(
    [
      sql`${terms.baseFen}::bigint`,
      ...(terms.perHeadFen ? [sql`${terms.perHeadFen}::bigint * coalesce(f.family_size, 1)`] : []),
      ...(byCategory.length
        ? [
            sql`case f.category ${sql.join(
              byCategory.map(([category, fen]) => sql`when ${category} then ${fen}::bigint`),
              sql` `,
            )} else 0 end`,
          ]
        : []),
    ],
    sql` + `,
  )
  // Ceilings that aren't set are no ceilings: least() passes over null.
  const amount = sql`greatest(0, least(${standard}, f.asked_fen, ${terms.perTimeFen}::bigint, ${terms.perYearFen}::bigint - f.year_fen))`

  const refusals: Found[] = [
    [true, sql`not f.standing`, 'not-member'],
    [true, sql`f.standing and not f.here`, 'elsewhere'],
    [
      terms.memberMonths > 0,
      sql`f.standing and f.joined_on > (f.on_day - make_interval(months => ${terms.memberMonths}::int))::date`,
      'too-new',
    ],
    [filed, sql`f.file_id is null`, 'no-file'],
    [terms.categories.length > 0, sql`f.category <> all(${[...terms.categories]}::text[])`, 'category'],
    // Sums, never quotients: what is left of the family's year against the line of all its heads.
    [
      terms.incomeHundredths !== null,
      sql`(f.income_fen - f.rigid_fen) * 100 > f.line_fen * 12 * f.family_size * ${terms.incomeHundredths ?? 0}::bigint`,
      'income',
    ],
    [terms.tags.length > 0, sql`not f.tags && ${[...terms.tags]}::text[]`, 'tag'],
    [
      terms.apartMonths > 0,
      sql`f.last_on > (f.on_day - make_interval(months => ${terms.apartMonths}::int))::date`,
      'recent',
    ],
    [terms.perYearFen !== null, sql`f.year_fen >= ${terms.perYearFen}::bigint`, 'year-ceiling'],
    [true, sql`(${standard}) <= 0`, 'no-amount'],
  ]
  const missing: Found[] = [
    [filed, sql`f.review_on < f.on_day`, 'review-due'],
    [
      filed && terms.freshMonths > 0,
      sql`f.found_on < (f.on_day - make_interval(months => ${terms.freshMonths}::int))::date`,
      'finding-old',
    ],
    [terms.incomeHundredths !== null, sql`f.file_id is not null and f.line_fen is null`, 'no-line'],
    // A family without any income is possible, and the one thing that is worth a visit first.
    [terms.incomeHundredths !== null, sql`f.income_fen = 0 and not f.checked`, 'zero-income'],
    [terms.pool === 'applications', sql`f.application_id is null`, 'not-applied'],
    [terms.papers.length > 0, sql`not f.papers @> ${[...terms.papers]}::text[]`, 'papers'],
  ]
  const duplicates: Found[] = [
    [terms.oneANeed, sql`cardinality(f.other_titles) > 0`, 'other-programme'],
    [terms.oneANeed, sql`cardinality(f.family_titles) > 0`, 'other-family'],
    [true, sql`f.student_other`, 'student'],
  ]
  const sameFamily: Found = [terms.byFamily, sql`f.place > 1`, 'same-family']
  // The first of a family who qualifies with nothing missing is the one who receives; who is refused stands alone. One number
  // says both that something is missing and who it is: a hundred thousand are sorted by two numbers, not three values.
  const counted = sql`row_number() over (partition by case when refused or family_id is null then -person_id else family_id end
    order by case when lacking then person_id + (1::bigint << 62) else person_id end)`
  return sql`
    select f.*, ${codes(refusals)} as refusals, ${codes([...duplicates, sameFamily])} as duplicates, ${codes(missing)} as missing,
      case when refused then 'refused' when twice or ${any([sameFamily])} then 'duplicate' when lacking then 'missing' else 'eligible' end as verdict
    from (
      select f.*, ${place ?? (terms.byFamily ? counted : sql`1`)} as place
      from (
        select f.*, ${any(refusals)} as refused, ${any(missing)} as lacking, ${any(duplicates)} as twice, ${amount} as amount_fen
        from (${facts}) f offset 0) f
      offset 0) f`
}
