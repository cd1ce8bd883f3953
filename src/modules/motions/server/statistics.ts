import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { figuresOf, type Figure } from '../../../kernel/facts/figures.ts'
import { figureText } from '../../../kernel/facts/text.ts'
import { catalogue } from '../../../kernel/register/registry.ts'
import { belongsTo } from './seeing.ts'

/** n of m, never a share without its base. */
export interface Breakdown {
  name: string
  collected: number
  filed: number
  replied: number
  implemented: number
  judged: number
  satisfied: number
}

export interface Punctuality {
  name: string
  assigned: number
  onTime: number
  late: number
  /** Not answered, and not yet due. */
  pending: number
  overdue: number
}

/** Metrics on top of the page; the same that the report tells. */
const TOLD = [
  'congress.motion.collected',
  'congress.motion.count',
  'congress.motion.filed',
  'congress.motion.replied',
  'congress.motion.reply-rate',
  'congress.motion.implemented',
  'congress.motion.satisfied',
  'congress.motion.satisfaction-rate',
  'congress.motion.urged',
  'congress.suggestion.count',
  'congress.suggestion.adopted',
  'congress.suggestion.implemented',
  'congress.suggestion.benefit',
] as const

export interface Statistics {
  from: string
  to: string
  figures: (Figure & { text: string; unitId: number; periodFrom: string; periodTo: string })[]
  byCategory: Breakdown[]
  byDelegation: Breakdown[]
  byDepartment: Breakdown[]
  punctuality: Punctuality[]
}

/**
 * Open statistics of a union and what lies below it: by category, by unit, by department, on time or late. Broken down
 * from the register's rows, of which the figures on top are made, so the rows add up to the figures; whether a
 * department answered in time is known only of motions handled here.
 * @throws Problem 404 for whoever doesn't belong to the union
 */
export async function statisticsOf(
  db: Db,
  actor: Actor,
  scope: { unitId: number; from: string; to: string },
  today: string,
): Promise<Statistics> {
  if (!(await belongsTo(db, actor, scope.unitId))) throw notFound('单位')
  const below = sql`(select descendant_id from kernel.closure where ancestor_id = ${scope.unitId} and valid_from <= current_date and valid_to > current_date)`
  const by = (name: 'category' | 'delegation' | 'department'): Promise<{ rows: Breakdown[] }> =>
    sql<Breakdown>`
      select coalesce(fields ->> ${name}::text, '未注明') as name, count(*)::int as collected,
        count(*) filter (where (fields -> 'filed')::boolean)::int as filed,
        count(*) filter (where (fields -> 'filed')::boolean and (fields -> 'replied')::boolean)::int as replied,
        count(*) filter (where (fields -> 'filed')::boolean and fields ->> 'progress' = '已落实')::int as implemented,
        count(*) filter (where (fields -> 'filed')::boolean and fields ->> 'verdict' is not null)::int as judged,
        count(*) filter (where (fields -> 'filed')::boolean and fields ->> 'verdict' in ('满意', '基本满意'))::int as satisfied
      from kernel.record
      where register = 'congress.motion' and state = 'recorded' and unit_id in ${below} and happened_on between ${scope.from} and ${scope.to}
        ${name === 'department' ? sql`and (fields -> 'filed')::boolean` : sql``}
      group by 1 order by 2 desc, 1 limit 60`.execute(db)
  const known = await catalogue(db, [scope.unitId])
  const [figures, category, delegation, department, punctuality] = await Promise.all([
    figuresOf(db, known, scope, TOLD),
    by('category'),
    by('delegation'),
    by('department'),
    sql<Punctuality>`
      select d.name, count(*)::int as assigned,
        count(*) filter (where a.replied_on <= a.due_on)::int as "onTime",
        count(*) filter (where a.replied_on > a.due_on)::int as late,
        count(*) filter (where a.replied_on is null and a.due_on >= ${today}::date)::int as pending,
        count(*) filter (where a.replied_on is null and a.due_on < ${today}::date)::int as overdue
      from motions.assignment a join motions.department d on d.id = a.department_id join motions.motion m on m.id = a.motion_id
      where a.ended_on is null and m.unit_id in ${below} and m.received_on between ${scope.from} and ${scope.to}
        and m.merged_into is null
      group by d.name order by 2 desc, 1 limit 60`.execute(db),
  ])
  const told = new Set<string>(TOLD)
  const order = (metric: string): number => (TOLD as readonly string[]).indexOf(metric)
  return {
    from: scope.from,
    to: scope.to,
    figures: figures
      .filter((figure) => told.has(figure.metric))
      .toSorted((one, other) => order(one.metric) - order(other.metric))
      .map((figure) => ({
        ...figure,
        ...figureText(figure),
        unitId: scope.unitId,
        periodFrom: scope.from,
        periodTo: scope.to,
      })),
    byCategory: category.rows,
    byDelegation: delegation.rows,
    byDepartment: department.rows,
    punctuality: punctuality.rows,
  }
}
