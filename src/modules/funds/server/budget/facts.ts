import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { postFacts, type FactDraft } from '../../../../kernel/facts/post.ts'

/** Measure of the budget: fen per line; an adjustment posts what it adds and takes away, on its first day. */
export const BUDGET = 'funds.budget'

/** What each version in force changed of the one before, one row a line. @param budgetId only this version */
const budgetChanges = (budgetId?: number): RawBuilder<unknown> => sql`
  with version as (
    select b.id, k.unit_id, b.effective_on, (select o.id from funds.budget o where o.book_id = b.book_id and o.year = b.year
      and o.effective_on is not null and o.version < b.version order by o.version desc limit 1) as before_id
    from funds.budget b join funds.book k on k.id = b.book_id
    where b.effective_on is not null ${budgetId ? sql`and b.id = ${budgetId}` : sql``}),
  moved as (
    select v.id, v.unit_id, v.effective_on, l.direction, l.account_code, coalesce(l.project_id, 0) as project, l.amount_fen as fen
    from version v join funds.budget_line l on l.budget_id = v.id
    union all
    select v.id, v.unit_id, v.effective_on, l.direction, l.account_code, coalesce(l.project_id, 0), -l.amount_fen
    from version v join funds.budget_line l on l.budget_id = v.before_id),
  summed as (
    select id, unit_id, effective_on, direction, account_code, project, sum(fen)::bigint as fen
    from moved group by 1, 2, 3, 4, 5, 6 having sum(fen) <> 0)
  select id as budget_id, unit_id, effective_on as on_date, fen as quantity, null::bigint as person_id,
    null::bigint as household_id, jsonb_build_object('direction', direction, 'main', left(account_code, 3)) as dims,
    row_number() over (partition by id order by direction, account_code, project)::int as line
  from summed`

/** Facts of a version that came into force. */
export async function postBudgetFacts(tx: Tx, actor: Actor, budgetId: number): Promise<void> {
  const { rows } = await sql<FactDraft>`
    select ${BUDGET}::text as measure, unit_id as "unitId", on_date as "onDate", quantity, dims,
      'funds-budget' as "refKind", budget_id as "refId", line as "refLine"
    from (${budgetChanges(budgetId)}) c order by line`.execute(tx)
  await postFacts(tx, actor, rows)
}

export const budgetRecomputes: Readonly<Record<string, () => RawBuilder<unknown>>> = {
  [BUDGET]: () => sql`select unit_id, on_date, quantity, person_id, household_id, dims from (${budgetChanges()}) c`,
}
