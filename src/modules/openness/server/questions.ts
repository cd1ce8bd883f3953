import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { conflict, notFound } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { ANSWER_WORKING_DAYS, QUESTION_KINDS, type Outcome, type QuestionKind } from '../words.ts'
import { boardItem } from './board.ts'
import { below } from './items.ts'

export interface Question {
  id: number
  itemId: number
  itemTitle: string
  unitId: number
  unitName: string
  kind: QuestionKind
  words: string
  /** Null: asked without a name. */
  asker: string | null
  askedOn: string
  dueOn: string
  answer: string | null
  outcome: Outcome | null
  shown: boolean | null
  answeredOn: string | null
  overdue: boolean
}

/** Stands in the audit for whoever asked without a name. */
const nobody: Actor = { accountId: 0, personId: null, name: '不记名职工', grants: [], office: '', kind: 'system' }

/**
 * Asks about what hangs, or objects to it. Without a name neither account nor person is kept anywhere, so the asker finds
 * the answer under the item. The answer is due by the working-day calendar: five days for an objection, fifteen for a
 * question (the house's own limits; provinces that set one say thirty days).
 */
export async function ask(
  tx: Tx,
  actor: Actor,
  itemId: number,
  input: { kind: QuestionKind; words: string; named: boolean },
  today: string,
): Promise<{ dueOn: string }> {
  const item = await boardItem(tx, actor, itemId, today)
  if (!item.open) throw conflict('item-closed', '这一事项已到期撤下，不再收集意见。可以到工会当面反映。')
  const dueOn = (await loadCalendar(tx)).addWorkingDays(today, ANSWER_WORKING_DAYS[input.kind])
  const asker = input.named ? actor : nobody
  const { rows } = await sql<{ id: number }>`
    insert into openness.question (item_id, kind, words, person_id, asked_on, due_on)
    values (${itemId}, ${input.kind}, ${input.words}, ${input.named ? actor.personId : null}, ${today}::date, ${dueOn}::date)
    returning id`.execute(tx)
  await openTodo(tx, {
    kind: 'openness.question',
    objectKind: 'openness-question',
    objectId: rows[0]!.id,
    unitId: item.unitId,
    permission: 'openness.write',
    title: `请答复对“${item.title}”的${QUESTION_KINDS[input.kind]}`,
    link: `/openness/items/${itemId}`,
    dueOn,
  })
  await audit(tx, asker, {
    action: 'openness.ask',
    objectKind: 'openness-item',
    objectId: itemId,
    unitId: item.unitId,
    summary: `对“${item.title}”提出${QUESTION_KINDS[input.kind]}`,
  })
  return { dueOn }
}

const columns = sql`q.id, q.item_id as "itemId", i.title as "itemTitle", i.unit_id as "unitId", u.name as "unitName", q.kind,
  q.words, p.name as asker, q.asked_on as "askedOn", q.due_on as "dueOn", q.answer, q.outcome, q.shown,
  q.answered_on as "answeredOn"`
const tables = sql`openness.question q join openness.item i on i.id = q.item_id join organisation.unit u on u.id = i.unit_id
  left join members.person p on p.id = q.person_id`

/** Questions at the actor's units, those without an answer first; the earliest due comes first. */
export async function questionsFor(
  db: Db,
  actor: Actor,
  filter: { unitId?: number | undefined; itemId?: number | undefined; openOnly?: boolean },
  today: string,
): Promise<Question[]> {
  const { rows } = await sql<Question>`
    select ${columns}, q.answered_on is null and q.due_on < ${today}::date as overdue from ${tables}
    where ${visibleTo(actor, 'openness.read', 'i.unit_id')}
      ${filter.unitId ? sql`and i.unit_id in (${below(filter.unitId)})` : sql``}
      ${filter.itemId ? sql`and q.item_id = ${filter.itemId}` : sql``}
      ${filter.openOnly ? sql`and q.answered_on is null` : sql``}
    order by q.answered_on is not null, q.due_on, md5(q.id::text) limit 300`.execute(db)
  return rows
}

/** Answers once. What was answered is not rewritten: a correction is another publication. */
export async function answerQuestion(
  tx: Tx,
  actor: Actor,
  id: number,
  input: { answer: string; outcome: Outcome; shown: boolean },
  today: string,
): Promise<void> {
  const { rows } = await sql<{
    unitId: number
    title: string
    answered: boolean
    asker: number | null
    itemId: number
  }>`
    select i.unit_id as "unitId", i.title, q.answered_on is not null as answered, i.id as "itemId", q.person_id as asker
    from openness.question q join openness.item i on i.id = q.item_id
    where q.id = ${id} and ${visibleTo(actor, 'openness.read', 'i.unit_id')} for update of q`.execute(tx)
  const question = rows[0]
  if (!question) throw notFound('意见')
  await requirePermission(tx, actor, 'openness.write', question.unitId, 'openness.read')
  if (question.answered) throw conflict('answered', '这条意见已经答复过。')
  await sql`update openness.question set answer = ${input.answer}, outcome = ${input.outcome}, shown = ${input.shown},
      answered_on = ${today}::date, answered_by = ${actor.accountId} where id = ${id}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'openness-question', objectId: id })
  await audit(tx, actor, {
    action: 'openness.answer',
    objectKind: 'openness-item',
    objectId: question.itemId,
    unitId: question.unitId,
    summary: `答复对“${question.title}”的意见`,
  })
}
