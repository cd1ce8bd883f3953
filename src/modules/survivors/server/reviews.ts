import { sql, type RawBuilder } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import type { NoticeInput, ReviewRow, Round, RoundInput } from '../contract.ts'
import { keepReviews } from './filing.ts'
import { below, CONFIDENTIAL } from './opening.ts'

const columns = sql`r.id, r.survivor_id as "survivorId", n.name, d.name as "deceasedName", s.relation, s.place, u.name as "unitName",
  r.year, r.due_on as "dueOn", r.notice, r.noticed_on as "noticedOn", r.reminded_on as "remindedOn",
  r.returned_on as "returnedOn", r.proof, r.result, r.words, r.decided_by as "decidedBy"`
const joins = sql`survivors.review r join survivors.survivor s on s.id = r.survivor_id
  join survivors.deceased d on d.id = s.deceased_id join kernel.unit_name u on u.id = r.unit_id
  join kernel.person_name n on n.id = s.person_id`

/** Reviews by a condition on `r`, the newest year first. */
export async function reviewsOf(tx: Tx, where: RawBuilder<unknown>): Promise<ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select ${columns} from ${joins} where ${where} order by r.year desc, r.returned_on is not null, r.id limit 2000`.execute(
    tx,
  )
  return rows
}

/** The office that reviews: it writes, and it may see whom. */
async function requireOffice(tx: Tx, actor: Actor, unitId: number): Promise<void> {
  await requirePermission(tx, actor, 'survivors.write', unitId, 'survivors.read')
  await requirePermission(tx, actor, CONFIDENTIAL, unitId, 'survivors.read')
}

async function roundOf(
  tx: Tx,
  unitId: number,
  year: number,
): Promise<{ id: number; dueOn: string; closedOn: string | null }> {
  const { rows } = await sql<{ id: number; dueOn: string; closedOn: string | null }>`
    select id, due_on as "dueOn", closed_on as "closedOn" from survivors.round where unit_id = ${unitId} and year = ${year} for update`.execute(
    tx,
  )
  if (!rows[0]) throw notFound('年度复核')
  return rows[0]
}

/**
 * Opens the year's review of everybody who is provided for at a unit and below. Its to-do stays until every one of them is settled.
 * @throws Problem 403 | 404, 409 `round-exists`, 422 `nobody` | `due-before-today`
 */
export async function openRound(tx: Tx, actor: Actor, draft: RoundInput, today: string): Promise<{ people: number }> {
  await requireOffice(tx, actor, draft.unitId)
  if (draft.dueOn <= today)
    throw refused('due-before-today', '认证截止日期要晚于今天，留出答复的时间。', { dueOn: '要晚于今天' })
  const made = await sql<{ id: number }>`
    insert into survivors.round (unit_id, year, due_on, created_by)
    values (${draft.unitId}, ${draft.year}, ${draft.dueOn}::date, ${actor.accountId}) on conflict do nothing returning id`.execute(
    tx,
  )
  if (!made.rows[0]) throw conflict('round-exists', `${draft.year} 年的复核已经开始。`)
  const { rows } = await sql`
    insert into survivors.review (survivor_id, unit_id, year, due_on)
    select s.id, s.unit_id, ${draft.year}, ${draft.dueOn}::date from survivors.survivor s
    where s.state <> 'ended' and s.entitled_from <= ${draft.dueOn}::date and ${below(draft.unitId)}
    on conflict (survivor_id, year) do nothing returning id`.execute(tx)
  if (!rows.length) throw refused('nobody', '本单位名册里没有在享的遗属，不用复核。')
  await openTodo(tx, {
    kind: 'survivors.review',
    objectKind: 'survivors-round',
    objectId: made.rows[0].id,
    unitId: draft.unitId,
    permission: CONFIDENTIAL,
    title: `${draft.year} 年遗属供养复核（${rows.length} 人）`,
    link: `/survivors/review?unit=${draft.unitId}&year=${draft.year}`,
    dueOn: draft.dueOn,
  })
  await audit(tx, actor, {
    action: 'survivors.open-round',
    objectKind: 'survivors-round',
    objectId: made.rows[0].id,
    unitId: draft.unitId,
    summary: `开始 ${draft.year} 年遗属复核，${rows.length} 人，${draft.dueOn} 截止`,
  })
  return { people: rows.length }
}

/**
 * Notices, as a batch: a letter to those out of town, a call or a visit in town. Somebody told twice keeps the first day and gets
 * the second as a reminder.
 * @throws Problem 403 | 404, 422 `nobody` | `in-future` | `after-due`
 */
export async function noteNotices(
  tx: Tx,
  actor: Actor,
  draft: NoticeInput,
  today: string,
): Promise<{ people: number }> {
  await requireOffice(tx, actor, draft.unitId)
  const round = await roundOf(tx, draft.unitId, draft.year)
  if (draft.noticedOn > today) throw refused('in-future', '通知日期不能晚于今天。', { noticedOn: '不能晚于今天' })
  if (draft.noticedOn > round.dueOn)
    throw refused('after-due', `通知要早于认证截止日期 ${round.dueOn}。`, { noticedOn: '晚于截止日期' })
  const whom = draft.survivorIds
    ? sql`and r.survivor_id = any(${draft.survivorIds}::bigint[])`
    : sql`and r.noticed_on is null ${draft.place ? sql`and s.place = ${draft.place}` : sql``}`
  const { rows } = await sql<{ id: number }>`
    update survivors.review r set notice = coalesce(r.notice, ${draft.notice}),
      reminded_on = case when r.noticed_on is null then null else greatest(r.noticed_on, ${draft.noticedOn}::date) end,
      noticed_on = coalesce(r.noticed_on, ${draft.noticedOn}::date)
    from survivors.survivor s where s.id = r.survivor_id and r.year = ${draft.year} and r.returned_on is null
      and ${below(draft.unitId, 'r.unit_id')} ${whom} returning r.id`.execute(tx)
  if (!rows.length) throw refused('nobody', '没有要通知的人：都已经通知过，或已经答复。')
  await audit(tx, actor, {
    action: 'survivors.notice',
    objectKind: 'survivors-round',
    objectId: round.id,
    unitId: draft.unitId,
    summary: `遗属复核${draft.notice} ${rows.length} 人，${draft.noticedOn}`,
  })
  await keepReviews(
    tx,
    actor,
    rows.map((row) => row.id),
  )
  return { people: rows.length }
}

/** The year's review of a unit and below; null when none was opened. */
export async function roundFor(tx: Tx, actor: Actor, unitId: number, year: number): Promise<Round | null> {
  await requirePermission(tx, actor, CONFIDENTIAL, unitId, 'survivors.read')
  const { rows } = await sql<{ dueOn: string; closedOn: string | null }>`
    select due_on as "dueOn", closed_on as "closedOn" from survivors.round where unit_id = ${unitId} and year = ${year}`.execute(
    tx,
  )
  if (!rows[0]) return null
  const reviews = await reviewsOf(tx, sql`r.year = ${year} and ${below(unitId, 'r.unit_id')}`)
  const count = (holds: (row: ReviewRow) => boolean): number => reviews.filter(holds).length
  return {
    year,
    ...rows[0],
    people: reviews.length,
    noticed: count((row) => row.noticedOn !== null),
    returned: count((row) => row.returnedOn !== null),
    suspended: count((row) => row.result === '暂停'),
    exits: count((row) => row.result === '退出供养'),
    rows: reviews,
  }
}

/** Clears the round's to-do once nobody of it is open. */
export async function settleRound(tx: Tx, actor: Actor, reviewUnitId: number, year: number): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select o.id from survivors.round o join kernel.closure k on k.ancestor_id = o.unit_id and k.descendant_id = ${reviewUnitId}
      and k.valid_to = 'infinity'
    where o.year = ${year} and not exists (
      select from survivors.review r join kernel.closure b on b.descendant_id = r.unit_id and b.ancestor_id = o.unit_id
        and b.valid_to = 'infinity' where r.year = o.year and r.result = '待复核')`.execute(tx)
  for (const { id } of rows) await closeTodo(tx, actor, { objectKind: 'survivors-round', objectId: id })
}

/**
 * After the last day: whoever hasn't answered is suspended, never ended. A later answer resumes the pay with what was withheld.
 * @throws Problem 403 | 404, 422 `not-due` | `not-noticed`, 409 `round-closed`
 */
export async function closeRound(
  tx: Tx,
  actor: Actor,
  draft: { unitId: number; year: number },
  today: string,
): Promise<{ suspended: number }> {
  await requirePermission(tx, actor, 'survivors.approve', draft.unitId, 'survivors.read')
  await requireOffice(tx, actor, draft.unitId)
  const round = await roundOf(tx, draft.unitId, draft.year)
  if (round.closedOn) throw conflict('round-closed', `${draft.year} 年的复核已经截止。`)
  if (today <= round.dueOn)
    throw refused('not-due', `认证截止日期是 ${round.dueOn}，过了这一天才能截止。可以再提醒没有答复的人。`)
  const open = await sql<{ untold: number }>`
    select count(*) filter (where r.noticed_on is null)::int as untold from survivors.review r
    where r.year = ${draft.year} and r.returned_on is null and ${below(draft.unitId, 'r.unit_id')}`.execute(tx)
  if (open.rows[0]!.untold > 0)
    throw refused('not-noticed', `还有 ${open.rows[0]!.untold} 人没有通知过，不能因为没有答复而暂停。请先通知。`)
  const { rows } = await sql<{ id: number; survivorId: number }>`
    update survivors.review r set result = '暂停', words = '到期没有答复', decided_by = ${actor.name}
    where r.year = ${draft.year} and r.returned_on is null and r.result = '待复核' and ${below(draft.unitId, 'r.unit_id')}
    returning r.id, r.survivor_id as "survivorId"`.execute(tx)
  await sql`update survivors.survivor set state = 'suspended' where state = 'active'
    and id = any(${rows.map((row) => row.survivorId)}::bigint[])`.execute(tx)
  await sql`update survivors.round set closed_on = ${today}::date where id = ${round.id}`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'survivors-round', objectId: round.id })
  await audit(tx, actor, {
    action: 'survivors.close-round',
    objectKind: 'survivors-round',
    objectId: round.id,
    unitId: draft.unitId,
    summary: `${draft.year} 年遗属复核截止，暂停 ${rows.length} 人`,
  })
  await keepReviews(
    tx,
    actor,
    rows.map((row) => row.id),
  )
  return { suspended: rows.length }
}
