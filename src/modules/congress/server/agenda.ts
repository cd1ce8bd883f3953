import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { byStrokes } from '../../../kernel/pinyin/strokes.ts'
import type { ItemInput } from '../contract.ts'
import { DUTIES, type AgreementKind, type Duty, type ItemOutcome } from '../words.ts'
import { requireHeld, takenOver } from './held-elsewhere.ts'
import { heldSession, type Session } from './seen.ts'

export interface Item {
  id: number
  sessionId: number
  position: number
  title: string
  duty: Duty
  category: string
  important: boolean
  agreement: AgreementKind | null
  reporter: string | null
  seats: number | null
  confirmsId: number | null
  confirmsTitle: string | null
  words: string | null
  changeWords: string | null
  state: 'waiting' | 'done' | 'dropped'
  outcome: ItemOutcome | null
  /** Path of the election or appraisal that decides it, in the room that holds it. */
  heldAt: string | null
  /** What was taken over from there. */
  heldResult: { title: string; lines: string[]; verdict: string[] } | null
  candidates: { personId: number; name: string }[]
}

/** The agenda in its order; what was dropped is left out. */
export async function itemsOf(db: Db | Tx, sessionId: number): Promise<Item[]> {
  const { rows } = await sql<Item>`
    select i.id, i.session_id as "sessionId", i.position, i.title, i.duty, i.category, i.important, i.agreement, i.reporter, i.seats,
      i.confirms_id as "confirmsId", j.title as "confirmsTitle", i.words, i.change_words as "changeWords", i.state, i.outcome,
      i.held_at as "heldAt", i.held_result as "heldResult",
      coalesce((select jsonb_agg(jsonb_build_object('personId', c.person_id, 'name', c.name) order by c.position)
        from congress.candidate c where c.item_id = i.id), '[]') as candidates
    from congress.item i left join congress.item j on j.id = i.confirms_id
    where i.session_id = ${sessionId} and i.state <> 'dropped' order by i.position, i.id`.execute(db)
  return rows
}

/** An item and its session, held. @throws Problem 403 | 404 */
export async function heldItem(
  tx: Tx,
  actor: Actor,
  itemId: number,
  permission: string,
): Promise<{ item: Item; session: Session }> {
  const { rows } = await sql<{
    sessionId: number
  }>`select session_id as "sessionId" from congress.item where id = ${itemId}`.execute(tx)
  if (!rows[0]) throw notFound('议题')
  const session = await heldSession(tx, actor, rows[0].sessionId, permission)
  const item = (await itemsOf(tx, session.id)).find((one) => one.id === itemId)
  if (!item) throw notFound('议题')
  return { item, session }
}

/**
 * Puts an item on the agenda or changes it while it waits. A joint meeting never passes anything (SC-JOINT).
 * @throws Problem 409 `session-closed` | `item-done`, 422 `joint-cannot-pass` | `candidates-few` | `nothing-to-confirm`
 */
export async function saveItem(
  tx: Tx,
  actor: Actor,
  sessionId: number,
  input: ItemInput,
  itemId?: number,
): Promise<number> {
  const session = await heldSession(tx, actor, sessionId, 'congress.write')
  if (session.state === 'closed' || session.state === 'cancelled')
    throw conflict('session-closed', '会议已经结束，不能再改议程。')
  const before = itemId ? (await itemsOf(tx, sessionId)).find((one) => one.id === itemId) : undefined
  if (itemId && !before) throw notFound('议题')
  if (before && before.state !== 'waiting') throw conflict('item-done', '这项议题已有结果，不能再改。')
  if (before) await requireNotVoted(tx, before.id)
  if (session.form === 'joint' && (input.duty === 'pass' || input.duty === 'elect'))
    throw refused('joint-cannot-pass', '须由大会审议通过或选举的事项，联席会议不能办理，请提交下一次大会。', {
      duty: '联席会议不办理',
    })
  if (input.agreement && input.duty !== 'pass')
    throw refused('agreement-passes', '集体合同和工资协议草案须经大会“审议通过”。', { duty: '请选择审议通过' })
  const heldAt = await requireHeld(tx, actor, session, input.duty, input.heldAt)
  if (input.duty === 'elect' && !heldAt && !input.seats)
    throw refused('seats-missing', '请填写应选人数。', { seats: '请填写' })
  const confirms = input.confirmsId ?? null
  if (confirms) await requireConfirmable(tx, session, confirms)
  const position = input.position ?? before?.position ?? (await itemsOf(tx, sessionId)).length + 1
  // What touches the staff's own interests is voted in secret, each by itself (SC-SECRET).
  const important =
    input.important || (input.agreement !== null && input.agreement !== undefined) || input.category === '职工安置方案'
  const values = sql`${input.title}, ${input.duty}, ${input.category}, ${important}, ${input.agreement ?? null}, ${input.reporter ?? null},
    ${input.duty === 'elect' ? (input.seats ?? null) : null}::int, ${confirms}::bigint, ${position}::int, ${heldAt}`
  const { rows } = itemId
    ? await sql<{
        id: number
      }>`update congress.item set (title, duty, category, important, agreement, reporter, seats, confirms_id, position, held_at) = row(${values})
        where id = ${itemId} returning id`.execute(tx)
    : await sql<{
        id: number
      }>`insert into congress.item (session_id, title, duty, category, important, agreement, reporter, seats, confirms_id, position, held_at)
        values (${sessionId}, ${values}) returning id`.execute(tx)
  const id = rows[0]!.id
  await setCandidates(tx, id, session, input)
  await audit(tx, actor, {
    action: itemId ? 'congress.edit-item' : 'congress.add-item',
    objectKind: 'congress-session',
    objectId: sessionId,
    unitId: session.unitId,
    summary: `${session.title}议程：${input.title}（${DUTIES[input.duty]}）`,
  })
  return id
}

async function setCandidates(tx: Tx, itemId: number, session: Session, input: ItemInput): Promise<void> {
  await sql`delete from congress.candidate where item_id = ${itemId}`.execute(tx)
  // Who stands or is rated is then known where it is held.
  if ((input.duty !== 'elect' && input.duty !== 'appraise') || input.heldAt) return
  const ids = [...new Set(input.candidateIds)]
  if (ids.length < (input.duty === 'elect' ? input.seats! : 1))
    throw refused(
      'candidates-few',
      input.duty === 'elect' ? `应选 ${input.seats} 人，候选人只有 ${ids.length} 人。` : '请选择被评议的人。',
      { candidateIds: '人数不够' },
    )
  const { rows } = await sql<{ id: number; name: string }>`
    select p.id, p.name from members.person p where p.id = any(${ids}::bigint[]) and p.merged_into is null
      and exists (select from kernel.closure c where c.ancestor_id = ${session.unitId} and c.descendant_id = p.unit_id and c.valid_to > current_date)`.execute(
    tx,
  )
  if (rows.length !== ids.length) throw notFound('人员')
  // 姓氏笔画为序
  const ordered = rows.toSorted((one, other) => byStrokes(one.name, other.name))
  await sql`insert into congress.candidate (item_id, person_id, name, position)
    select ${itemId}, c.* from unnest(${ordered.map((one) => one.id)}::bigint[], ${ordered.map((one) => one.name)}::text[]) with ordinality c`.execute(
    tx,
  )
}

async function requireConfirmable(tx: Tx, session: Session, itemId: number): Promise<void> {
  const { rows } = await sql`select 1 from congress.resolution r join congress.session s on s.id = r.session_id
    where r.item_id = ${itemId} and s.form = 'joint' and s.term_id = ${session.termId} and r.confirmed_on is null`.execute(
    tx,
  )
  if (!rows.length || session.form !== 'session')
    throw refused('nothing-to-confirm', '只有本届联席会议尚待确认的决定，才能提请大会确认。', {
      confirmsId: '没有待确认的决定',
    })
}

async function requireNotVoted(tx: Tx, itemId: number): Promise<void> {
  const { rows } = await sql`select 1 from congress.item_vote v join ballots.vote b on b.id = v.vote_id
    where v.item_id = ${itemId} and b.state <> 'void'`.execute(tx)
  if (rows.length) throw conflict('item-voted', '这项议题已经付诸表决，不能再改。')
}

/** Takes an item off the agenda. @throws Problem 409 `item-done` | `item-voted` */
export async function dropItem(tx: Tx, actor: Actor, itemId: number): Promise<void> {
  const { item, session } = await heldItem(tx, actor, itemId, 'congress.write')
  if (item.state !== 'waiting') throw conflict('item-done', '这项议题已有结果，不能移出议程。')
  if (session.state === 'closed') throw conflict('session-closed', '会议已经结束，不能再改议程。')
  await requireNotVoted(tx, itemId)
  await sql`update congress.session set current_item_id = null where id = ${session.id} and current_item_id = ${itemId}`.execute(
    tx,
  )
  await sql`update congress.item set state = 'dropped' where id = ${itemId}`.execute(tx)
  await audit(tx, actor, {
    action: 'congress.drop-item',
    objectKind: 'congress-session',
    objectId: session.id,
    unitId: session.unitId,
    summary: `${session.title}移出议题：${item.title}`,
  })
}

/** How an item ends that isn't voted here. */
const OUTCOME_OF: Readonly<Record<Duty, ItemOutcome>> = {
  hear: 'heard',
  advise: 'discussed',
  pass: 'discussed',
  supervise: 'discussed',
  elect: 'elected',
  appraise: 'reported',
}

/**
 * Ends an item that needs no vote: heard, discussed, reviewed. What must be passed or elected is never ended by a word
 * (SC-BINDING). An election or appraisal held in its own room ends the item once it is done there, and its counts come along.
 * @throws Problem 409 `session-not-open` | `held-open`, 422 `vote-missing`
 */
export async function concludeItem(
  tx: Tx,
  actor: Actor,
  itemId: number,
  said: { words?: string | null | undefined; changeWords?: string | null | undefined },
  today: string,
): Promise<void> {
  const { item, session } = await heldItem(tx, actor, itemId, 'congress.run')
  if (session.state !== 'open') throw conflict('session-not-open', '会议没有在进行，不能办结议题。')
  if (item.state !== 'waiting') throw conflict('item-done', '这项议题已有结果。')
  const held = item.heldAt ? await takenOver(tx, actor, item) : null
  if (item.duty === 'pass' || (item.duty === 'elect' && !held))
    throw refused('vote-missing', `“${item.title}”须经${DUTIES[item.duty]}，应当表决。未经表决通过的，不具有约束力。`)
  const outcome: ItemOutcome = OUTCOME_OF[item.duty]
  if (held)
    await sql`update congress.item set held_result = ${JSON.stringify(held)}::jsonb where id = ${itemId}`.execute(tx)
  await finishItem(tx, itemId, outcome, today, said)
  await audit(tx, actor, {
    action: 'congress.conclude',
    objectKind: 'congress-session',
    objectId: session.id,
    unitId: session.unitId,
    summary: `${session.title}办结议题：${item.title}`,
  })
}

/** Stores an item's end. Callers settled what it is. */
export async function finishItem(
  tx: Tx,
  itemId: number,
  outcome: ItemOutcome,
  today: string,
  said: { words?: string | null | undefined; changeWords?: string | null | undefined } = {},
): Promise<void> {
  await sql`update congress.item set state = 'done', outcome = ${outcome}, done_on = ${today}::date, words = coalesce(${said.words || null}, words),
    change_words = coalesce(${said.changeWords || null}, change_words) where id = ${itemId}`.execute(tx)
}
