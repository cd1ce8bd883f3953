import { sql } from 'kysely'
import type { Tx } from '../../../kernel/db/database.ts'
import type { JudgedRow, Simulation, Tally, Terms } from '../contract.ts'
import type { Verdict } from '../words.ts'
import { judged } from './eligibility.ts'
import type { Facts } from './facts.ts'
import { reasonsOf, type JudgedFacts } from './reasons.ts'

export interface Asked {
  /** Which rows to open. */
  verdict: Verdict
  after: number
  limit: number
}

/** A judged relation's columns as `JudgedFacts` names them; dates as text, for they travel in JSON. */
export const JUDGED = sql.raw(`j.person_id as "personId", j.unit_id as "unitId", j.application_id as "applicationId",
  j.joined_on::text as "joinedOn", j.category, j.review_on::text as "reviewOn", j.found_on::text as "foundOn", j.family_size as "familySize",
  j.income_fen as "incomeFen", j.rigid_fen as "rigidFen", j.line_fen as "lineFen", j.papers, j.last_on::text as "lastOn",
  j.year_fen as "yearFen", j.other_titles as "otherTitles", j.family_titles as "familyTitles", j.verdict, j.amount_fen as "amountFen",
  j.refusals, j.duplicates, j.missing`)

/**
 * Who qualifies by a rule, how many and for how much, with a page of the rows of one verdict: one statement. Everybody is
 * judged once, by verdict and amount alone; the reasons are written out for the page's people only.
 */
export async function weigh(
  tx: Tx,
  terms: Terms,
  facts: Facts,
  asked: Asked,
): Promise<Tally & { rows: JudgedRow[]; next: number | null }> {
  // Where a family receives once, whoever is eligible is a family.
  const families = terms.byFamily
    ? sql`count(*) filter (where verdict = 'eligible')::int`
    : sql`count(distinct coalesce(family_id, -person_id)) filter (where verdict = 'eligible')::int`
  const place = sql`(select place from page where page.person_id = f.person_id)`
  const { rows } = await sql<Tally & { page: (JudgedFacts & { personName: string; unitName: string })[] | null }>`
    with j as materialized (
      select person_id, unit_id, application_id, family_id, place, verdict, amount_fen from (${judged(terms, facts(false))}) j),
    page as materialized (
      select * from j where verdict = ${asked.verdict} and person_id > ${asked.after} order by person_id limit ${asked.limit + 1})
    select t.*, (select jsonb_agg(to_jsonb(shown) order by shown."personId") from (
      select ${JUDGED}, p.name as "personName", u.name as "unitName"
      from (${judged(terms, facts(true), place)}) j
        join kernel.person_name p on p.id = j.person_id join kernel.unit_name u on u.id = j.unit_id) shown) as page
    from (
      select count(*) filter (where verdict = 'eligible')::int as eligible, count(*) filter (where verdict = 'missing')::int as missing,
        count(*) filter (where verdict = 'duplicate')::int as duplicate, count(*) filter (where verdict = 'refused')::int as refused,
        ${families} as families,
        coalesce(sum(amount_fen) filter (where verdict = 'eligible'), 0)::bigint as "needFen"
      from j) t`.execute(tx)
  const { page, ...tally } = rows[0]!
  const some = page ?? []
  const more = some.length > asked.limit
  if (more) some.pop()
  return { ...tally, rows: some.map((row) => shownRow(row, terms)), next: more ? some.at(-1)!.personId : null }
}

const shownRow = (row: JudgedFacts & { personName: string; unitName: string }, terms: Terms): JudgedRow => ({
  personId: row.personId,
  personName: row.personName,
  unitName: row.unitName,
  category: row.category,
  familySize: row.familySize,
  verdict: row.verdict,
  amountFen: row.verdict === 'eligible' ? row.amountFen : 0,
  reasons: reasonsOf(row, terms),
})

/** Tries another rule on the facts a past cycle was decided on. Nothing is written. */
export async function simulate(tx: Tx, now: Terms, then: Terms, facts: Facts): Promise<Simulation> {
  const first: Asked = { verdict: 'eligible', after: 0, limit: 1 }
  const { rows: _one, next: _more, ...before } = await weigh(tx, now, facts, first)
  const { rows: _two, next: _rest, ...after } = await weigh(tx, then, facts, first)
  const { rows } = await sql<JudgedFacts & { personName: string; unitName: string; from: Verdict; fromFen: number }>`
    with old as materialized (${judged(now, facts(false))}), j as materialized (${judged(then, facts(false))})
    select ${JUDGED}, p.name as "personName", u.name as "unitName", old.verdict as "from",
      case when old.verdict = 'eligible' then old.amount_fen else 0 end as "fromFen"
    from j join old on old.person_id = j.person_id join kernel.person_name p on p.id = j.person_id join kernel.unit_name u on u.id = j.unit_id
    where old.verdict <> j.verdict or (j.verdict = 'eligible' and old.amount_fen <> j.amount_fen)
    order by j.person_id limit 100`.execute(tx)
  return {
    before,
    after,
    changed: rows.map((row) => ({
      personName: row.personName,
      unitName: row.unitName,
      from: row.from,
      to: row.verdict,
      fromFen: row.fromFen,
      toFen: row.verdict === 'eligible' ? row.amountFen : 0,
      reasons: reasonsOf(row, then),
    })),
  }
}
