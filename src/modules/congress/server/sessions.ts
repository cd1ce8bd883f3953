import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { FORMS, KINDS, sessionTitle, type Form } from '../words.ts'
import { seatedOn } from './delegates.ts'
import { fileSession } from './filing.ts'
import { itemsOf } from './agenda.ts'
import { noticeDue } from './notice.ts'
import { jointRoll } from './panels.ts'
import { heldSession, heldTerm, seesSession, sessionById, sessionColumns, type Session, type Term } from './seen.ts'

export interface SessionDraft {
  form: Form
  number?: number | null | undefined
  preparesId?: number | null | undefined
  startsOn: string
  endsOn: string
  place?: string | null | undefined
  host?: string | null | undefined
  recorder?: string | null | undefined
  occasion?: string | null | undefined
}

/** Sessions the actor may see, the newest first. */
export async function sessionsOf(
  db: Db,
  actor: Actor,
  query: { unitId?: number | undefined; year?: number | undefined; termId?: number },
): Promise<Session[]> {
  const { rows } = await sql<Session>`${sessionColumns} where ${seesSession(actor)}
    and (${query.unitId ?? null}::bigint is null or s.unit_id = ${query.unitId ?? null})
    and (${query.termId ?? null}::bigint is null or s.term_id = ${query.termId ?? null})
    and (${query.year ?? null}::int is null or extract(year from s.starts_on) = ${query.year ?? null})
    order by s.starts_on desc, s.id desc limit 300`.execute(db)
  return rows
}

/**
 * Prepares a session. Its number follows the one before within the term; the first one kept here may be any, because
 * earlier ones stand in the ledgers.
 * @throws Problem 422 `number-order` | `outside-term` | `session-order`, 409 `term-ended`
 */
export async function prepareSession(
  tx: Tx,
  actor: Actor,
  termId: number,
  draft: SessionDraft,
  today: string,
): Promise<number> {
  const term = await heldTerm(tx, actor, termId, 'congress.write')
  if (term.endedOn) throw conflict('term-ended', `这一届已于 ${term.endedOn} 换届，请在新一届里筹备会议。`)
  requireDays(term, draft)
  const number = draft.form === 'session' ? await nextNumber(tx, term, draft) : null
  const prepared = draft.form === 'preparatory' ? await preparedBy(tx, term, draft) : null
  const title =
    draft.form === 'session'
      ? sessionTitle(term.kind, term.ordinal, number!)
      : draft.form === 'preparatory'
        ? `${prepared!.title}预备会议`
        : `第${term.ordinal}届${KINDS[term.kind]}团（组）长联席会议`
  const { rows } = await sql<{ id: number }>`
    insert into congress.session (term_id, unit_id, form, number, prepares_id, title, starts_on, ends_on, place, host, recorder, occasion,
      hall_code, created_by)
    values (${termId}, ${term.unitId}, ${draft.form}, ${number}, ${prepared?.id ?? null}, ${title}, ${draft.startsOn}::date, ${draft.endsOn}::date,
      ${draft.place ?? null}, ${draft.host ?? null}, ${draft.recorder ?? null}, ${draft.occasion ?? null},
      ${String(randomInt(100_000, 1_000_000))}, ${actor.accountId}) returning id`.execute(tx)
  const id = rows[0]!.id
  await audit(tx, actor, {
    action: 'congress.prepare',
    objectKind: 'congress-session',
    objectId: id,
    unitId: term.unitId,
    summary: `筹备${title}（${draft.startsOn}）`,
  })
  await remindOfNotice(tx, await sessionById(tx, id), today)
  return id
}

function requireDays(term: Term, draft: SessionDraft): void {
  if (draft.endsOn < draft.startsOn)
    throw refused('session-days', '闭会日期不能早于开会日期。', { endsOn: '早于开会日期' })
  if (draft.startsOn < term.startsOn)
    throw refused('outside-term', `本届自 ${term.startsOn} 开始，会议日期不能更早。`, { startsOn: '早于本届开始' })
  if (draft.startsOn > term.dueOn)
    throw refused('outside-term', `本届已于 ${term.dueOn} 届满，请先换届，或取得批准后延长任期。`, {
      startsOn: '在本届届满之后',
    })
}

async function nextNumber(tx: Tx, term: Term, draft: SessionDraft): Promise<number> {
  const { rows } = await sql<{ number: number; startsOn: string }>`
    select number, starts_on as "startsOn" from congress.session
    where term_id = ${term.id} and form = 'session' and state <> 'cancelled' order by number desc limit 1`.execute(tx)
  const last = rows[0]
  if (!last) return draft.number ?? 1
  if (draft.number && draft.number !== last.number + 1)
    throw refused('number-order', `本届已有第 ${last.number} 次会议，这一次应是第 ${last.number + 1} 次。`, {
      number: `应为 ${last.number + 1}`,
    })
  if (draft.startsOn < last.startsOn)
    throw refused('session-order', `第 ${last.number} 次会议在 ${last.startsOn}，下一次不能更早。`, {
      startsOn: '早于上一次会议',
    })
  return last.number + 1
}

async function preparedBy(tx: Tx, term: Term, draft: SessionDraft): Promise<{ id: number; title: string }> {
  const { rows } = await sql<{ id: number; title: string; startsOn: string }>`
    select id, title, starts_on as "startsOn" from congress.session
    where id = ${draft.preparesId ?? null} and term_id = ${term.id} and form = 'session' and state = 'preparing'`.execute(
    tx,
  )
  if (!rows[0])
    throw refused('prepares-nothing', '请选择预备会议是为哪一次正式会议召开的（须在筹备中）。', {
      preparesId: '请选择',
    })
  if (draft.startsOn > rows[0].startsOn)
    throw refused('session-days', '预备会议应在正式会议之前或当天召开。', { startsOn: '晚于正式会议' })
  return rows[0]
}

/** Changes days, place and people of a session that hasn't opened. @throws Problem 409 `edited-meanwhile` | `session-opened` */
export async function editSession(
  tx: Tx,
  actor: Actor,
  id: number,
  edit: Omit<SessionDraft, 'form' | 'number' | 'preparesId'> & { version: number },
  today: string,
): Promise<void> {
  const session = await heldSession(tx, actor, id, 'congress.write')
  if (session.version !== edit.version) throw conflict('edited-meanwhile', '别人刚刚改过这次会议，请刷新后再改。')
  if (session.state !== 'preparing') throw conflict('session-opened', '会议已经开始或结束，不能再改时间地点。')
  requireDays(await heldTerm(tx, actor, session.termId, 'congress.write'), { ...edit, form: session.form })
  await sql`update congress.session set starts_on = ${edit.startsOn}::date, ends_on = ${edit.endsOn}::date, place = ${edit.place ?? null},
    host = ${edit.host ?? null}, recorder = ${edit.recorder ?? null}, occasion = ${edit.occasion ?? null}, version = version + 1
    where id = ${id}`.execute(tx)
  await audit(tx, actor, {
    action: 'congress.edit',
    objectKind: 'congress-session',
    objectId: id,
    unitId: session.unitId,
    summary: `修改${session.title}的安排`,
  })
  await remindOfNotice(tx, await sessionById(tx, id), today)
}

/** The clock of the notice stands on the desk until it was sent. */
async function remindOfNotice(tx: Tx, session: Session, today: string): Promise<void> {
  const due = await noticeDue(tx, session, today)
  if (!due || session.noticeSentOn) return
  await openTodo(tx, {
    kind: 'congress.notice',
    objectKind: 'congress-session',
    objectId: session.id,
    unitId: session.unitId,
    permission: 'congress.write',
    title: `${session.title}：向代表书面通知日期、议程和议题`,
    link: `/congress/sessions/${session.id}`,
    dueOn: due.due,
  })
}

/** The notice with the agenda went out: delegates see the session from now on. @throws Problem 422 `agenda-empty` | `notice-late` */
export async function sendNotice(tx: Tx, actor: Actor, id: number, sentOn: string, today: string): Promise<void> {
  const session = await heldSession(tx, actor, id, 'congress.write')
  if (session.state !== 'preparing') throw conflict('session-opened', '会议已经开始或结束。')
  if (sentOn > today) throw refused('notice-future', '送达日期在今天之后，请在送达当天登记。', { sentOn: '在今天之后' })
  if ((await itemsOf(tx, id)).length === 0) throw refused('agenda-empty', '议程还是空的。请先列出议题，再通知代表。')
  await sql`update congress.session set notice_sent_on = ${sentOn}::date, version = version + 1 where id = ${id}`.execute(
    tx,
  )
  await closeTodo(tx, actor, { objectKind: 'congress-session', objectId: id, kind: 'congress.notice' })
  await audit(tx, actor, {
    action: 'congress.notify',
    objectKind: 'congress-session',
    objectId: id,
    unitId: session.unitId,
    summary: `${session.title}：${sentOn} 已书面通知代表`,
  })
}

/**
 * Opens the session: who is due is frozen and signing in begins.
 * @throws Problem 409 `session-opened`, 422 `agenda-empty` | `nobody-due` | `too-early`
 */
export async function openSession(tx: Tx, actor: Actor, id: number, today: string): Promise<void> {
  const session = await heldSession(tx, actor, id, 'congress.run')
  if (session.state !== 'preparing') throw conflict('session-opened', '会议已经开始或结束。')
  if (session.startsOn > today) throw refused('too-early', `会议定在 ${session.startsOn}，到那天才能开始签到。`)
  if ((await itemsOf(tx, id)).length === 0) throw refused('agenda-empty', '议程还是空的，请先列出议题。')
  const due = session.form === 'joint' ? await jointRoll(tx, session.termId) : await dueDelegates(tx, session)
  if (due.length < 2)
    throw refused(
      'nobody-due',
      session.form === 'joint'
        ? `联席会议应到 ${due.length} 人，不能召开。请先确定代表团（组）长、专门小组负责人或主席团。`
        : `应到代表 ${due.length} 人，不能召开。请先登记代表。`,
    )
  await sql`insert into congress.roll_line (session_id, person_id, delegate_id, name, constituency, number)
    select ${id}, d.* from unnest(${due.map((one) => one.personId)}::bigint[], ${due.map((one) => one.delegateId)}::bigint[],
      ${due.map((one) => one.name)}::text[], ${due.map((one) => one.constituency)}::text[]) with ordinality d`.execute(
    tx,
  )
  await sql`update congress.session set state = 'open', opened_at = now(), version = version + 1 where id = ${id}`.execute(
    tx,
  )
  await closeTodo(tx, actor, { objectKind: 'congress-session', objectId: id, kind: 'congress.notice' })
  await audit(tx, actor, {
    action: 'congress.open',
    objectKind: 'congress-session',
    objectId: id,
    unitId: session.unitId,
    summary: `${session.title}开始签到，应到 ${due.length} 人`,
  })
}

async function dueDelegates(
  tx: Tx,
  session: Session,
): Promise<{ personId: number; delegateId: number; name: string; constituency: string }[]> {
  const seated = new Set((await seatedOn(tx, session.termId, session.startsOn)).map((one) => one.id))
  const { rows } = await sql<{ personId: number; delegateId: number; name: string; constituency: string }>`
    select d.person_id as "personId", d.id as "delegateId", d.name, c.name as constituency
    from congress.delegate d join congress.constituency c on c.id = d.constituency_id
    where d.id = any(${[...seated]}::bigint[]) order by c.position, d.id`.execute(tx)
  return rows
}

/** What happens now, for the hall and the phones. @throws Problem 404 item, 409 `session-not-open` */
export async function setNow(
  tx: Tx,
  actor: Actor,
  id: number,
  now: { itemId?: number | null | undefined; words?: string | null | undefined },
): Promise<void> {
  const session = await heldSession(tx, actor, id, 'congress.run')
  requireOpen(session)
  if (now.itemId && !(await itemsOf(tx, id)).some((item) => item.id === now.itemId)) throw notFound('议题')
  await sql`update congress.session set current_item_id = ${now.itemId ?? null}, current_words = ${now.words ?? null} where id = ${id}`.execute(
    tx,
  )
}

export function requireOpen(session: Session): void {
  if (session.state === 'preparing')
    throw conflict('session-not-open', '会议还没有开始签到。请先在会议页点“开始签到”。')
  if (session.state !== 'open') throw conflict('session-closed', '会议已经结束，不能再办理。')
}

/** Closes the session and files what counts. @throws Problem 409, 422 `items-open` */
export async function closeSession(tx: Tx, actor: Actor, id: number): Promise<void> {
  const session = await heldSession(tx, actor, id, 'congress.run')
  requireOpen(session)
  const open = (await itemsOf(tx, id)).filter((item) => item.state === 'waiting')
  if (open.length)
    throw refused(
      'items-open',
      `还有 ${open.length} 项议题没有结果：${open.map((item) => item.title).join('、')}。请逐项办结，不审议的移出议程。`,
    )
  await sql`update congress.session set state = 'closed', closed_at = now(), current_item_id = null, current_words = null, version = version + 1
    where id = ${id}`.execute(tx)
  await fileSession(tx, actor, await sessionById(tx, id))
  await audit(tx, actor, {
    action: 'congress.close',
    objectKind: 'congress-session',
    objectId: id,
    unitId: session.unitId,
    summary: `${session.title}闭会`,
  })
}

/** Calls a session off before it opens; its number is free again. */
export async function cancelSession(tx: Tx, actor: Actor, id: number, reason: string): Promise<void> {
  const session = await heldSession(tx, actor, id, 'congress.write')
  if (session.state !== 'preparing') throw conflict('session-opened', `${FORMS[session.form]}已经开始，不能取消。`)
  await sql`update congress.session set state = 'cancelled', cancel_reason = ${reason}, version = version + 1 where id = ${id}`.execute(
    tx,
  )
  await closeTodo(tx, actor, { objectKind: 'congress-session', objectId: id })
  await audit(tx, actor, {
    action: 'congress.cancel',
    objectKind: 'congress-session',
    objectId: id,
    unitId: session.unitId,
    summary: `取消${session.title}：${reason}`,
  })
}
