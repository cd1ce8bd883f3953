import { sql, type RawBuilder } from 'kysely'
import { scopeOf, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Audience, Kind, Outcome, QuestionKind } from '../words.ts'

export interface BoardItem {
  id: number
  unitName: string
  kind: Kind
  category: string
  title: string
  publishedOn: string
  untilOn: string
  publicity: boolean
  audience: Audience
}

export interface BoardDetail extends BoardItem {
  unitId: number
  body: string
  /** It hangs today: questions may be asked. */
  open: boolean
  questions: BoardQuestion[]
}

/** Another's question stands here only with its answer and without its asker. */
export interface BoardQuestion {
  id: number
  kind: QuestionKind
  words: string
  askedOn: string
  dueOn: string
  answer: string | null
  outcome: Outcome | null
  answeredOn: string | null
  own: boolean
}

/**
 * What hangs for this reader: items of the unions above the reader's own unit, those meant for the union itself only when
 * the reader belongs to it. Officers see the boards of their units besides.
 */
function hangsFor(actor: Actor): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [visibleTo(actor, 'openness.read', 'i.unit_id')]
  if (scopeOf(actor, 'openness.board').own && actor.personId !== null)
    parts.push(sql`exists (
      select from members.person p join organisation.unit mine on mine.id = p.unit_id
        join kernel.closure c on c.descendant_id = p.unit_id and c.ancestor_id = i.unit_id
          and c.valid_from <= current_date and c.valid_to > current_date
      where p.id = ${actor.personId} and p.merged_into is null
        and (i.audience = 'below' or coalesce(mine.layer_id, mine.id) = coalesce(u.layer_id, u.id)))`)
  return sql<boolean>`(${sql.join(parts, sql` or `)})`
}

const columns = sql`i.id, u.name as "unitName", i.kind, i.category, i.title, i.published_on as "publishedOn",
  i.until_on as "untilOn", i.publicity, i.audience`
const tables = sql`openness.item i join organisation.unit u on u.id = i.unit_id`
const hanging = (today: string): RawBuilder<boolean> =>
  sql<boolean>`i.state = 'published' and i.published_on <= ${today}::date and i.until_on >= ${today}::date`

/** What hangs today, the newest first; publicity periods, which end, before the rest. */
export async function boardFor(
  db: Db,
  actor: Actor,
  today: string,
  filter: { category?: string | undefined; q?: string | undefined } = {},
): Promise<BoardItem[]> {
  const text = filter.q?.replaceAll(/[\\%_]/g, '\\$&')
  const { rows } = await sql<BoardItem>`select ${columns} from ${tables}
    where ${hanging(today)} and ${hangsFor(actor)}
      ${filter.category ? sql`and i.category = ${filter.category}` : sql``}
      ${text ? sql`and i.title ilike ${`%${text}%`}` : sql``}
    order by i.publicity desc, i.published_on desc, i.id desc limit 200`.execute(db)
  return rows
}

/** One item as it hangs, with the questions that may be read. @throws Problem 404 */
export async function boardItem(db: Db | Tx, actor: Actor, id: number, today: string): Promise<BoardDetail> {
  const { rows } = await sql<Omit<BoardDetail, 'questions'>>`
    select ${columns}, i.unit_id as "unitId", i.body, ${hanging(today)} as open
    from ${tables} where i.id = ${id} and i.state in ('published', 'ended')
      and i.published_on <= ${today}::date and ${hangsFor(actor)}`.execute(db)
  if (!rows[0]) throw notFound('公开事项')
  const { rows: questions } = await sql<BoardQuestion>`
    select id, kind, words, asked_on as "askedOn", due_on as "dueOn", answer, outcome, answered_on as "answeredOn",
      coalesce(person_id = ${actor.personId}::bigint, false) as own
    from openness.question where item_id = ${id}
      and ((answered_on is not null and shown) or person_id = ${actor.personId}::bigint) order by asked_on, md5(id::text)`.execute(
    db,
  )
  return { ...rows[0], questions }
}
