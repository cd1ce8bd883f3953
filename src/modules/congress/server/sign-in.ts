import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import type { Keys } from '../../../kernel/crypto/keys.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { cardHolder } from '../../members/public.ts'
import type { How } from '../words.ts'
import { heldSession, visibleSession, type Session } from './seen.ts'
import { requireOpen } from './sessions.ts'

/** Signing in and out. Every coming and going is a row; who is present at a moment is the last row of each before it. */

export interface Attendance {
  personId: number
  number: number
  name: string
  constituency: string
  gender: 'm' | 'f' | null
  staffNo: string | null
  leave: string | null
  present: boolean
  firstIn: string | null
  passages: { direction: 'in' | 'out'; how: How; at: string }[]
}

/** The roll with everybody's coming and going. Before the session opens it is empty. */
export async function attendanceOf(db: Db | Tx, sessionId: number): Promise<Attendance[]> {
  const { rows } = await sql<Attendance>`
    select l.person_id as "personId", l.number, l.name, l.constituency, p.gender, p.staff_no as "staffNo", v.reason as leave,
      coalesce((x.passages -> -1 ->> 'direction') = 'in', false) as present,
      (select min(at) from congress.passage a where a.session_id = l.session_id and a.person_id = l.person_id and a.direction = 'in') as "firstIn",
      coalesce(x.passages, '[]') as passages
    from congress.roll_line l join members.person p on p.id = l.person_id
    left join congress.leave v on v.session_id = l.session_id and v.person_id = l.person_id
    left join lateral (select jsonb_agg(jsonb_build_object('direction', a.direction, 'how', a.how, 'at', a.at) order by a.id) as passages
      from congress.passage a where a.session_id = l.session_id and a.person_id = l.person_id) x on true
    where l.session_id = ${sessionId} order by l.number`.execute(db)
  return rows
}

/** Ids of those present now, or at an instant. */
export async function presentAt(db: Db | Tx, sessionId: number, at?: string): Promise<number[]> {
  const { rows } = await sql<{ personId: number }>`
    select last.person_id as "personId" from (select distinct on (a.person_id) a.person_id, a.direction from congress.passage a
      where a.session_id = ${sessionId} and (${at ?? null}::timestamptz is null or a.at <= ${at ?? null}::timestamptz)
      order by a.person_id, a.id desc) last where last.direction = 'in'`.execute(db)
  return rows.map((row) => row.personId)
}

/** One or several people come in or leave. @throws Problem 409 `already-in` | `not-in` | `session-not-open`, 422 `not-on-roll` */
async function pass(
  tx: Tx,
  actor: Actor,
  session: Session,
  personIds: readonly number[],
  direction: 'in' | 'out',
  how: How,
): Promise<string[]> {
  requireOpen(session)
  const ids = [...new Set(personIds)]
  const { rows } = await sql<{ id: number; name: string; inside: boolean }>`
    select l.person_id as id, l.name, coalesce((select a.direction = 'in' from congress.passage a
      where a.session_id = l.session_id and a.person_id = l.person_id order by a.id desc limit 1), false) as inside
    from congress.roll_line l where l.session_id = ${session.id} and l.person_id = any(${ids}::bigint[])`.execute(tx)
  if (rows.length !== ids.length)
    throw refused('not-on-roll', '不在本次会议的应到名单上，不能签到。列席人员不占应到人数，不用签到。')
  const idle = rows.find((row) => row.inside === (direction === 'in'))
  if (idle && rows.length === 1)
    throw direction === 'in'
      ? conflict('already-in', `${idle.name}已经签到，不用重复。`)
      : conflict('not-in', `${idle.name}现在不在会场。`)
  const moving = rows.filter((row) => row.inside !== (direction === 'in'))
  await sql`insert into congress.passage (session_id, person_id, direction, how, account_id)
    select ${session.id}, p, ${direction}, ${how}, ${actor.accountId} from unnest(${moving.map((row) => row.id)}::bigint[]) p`.execute(
    tx,
  )
  return moving.map((row) => row.name)
}

/** At the desk: chosen from the roll. @returns names of those who moved */
export async function passAtDesk(
  tx: Tx,
  actor: Actor,
  sessionId: number,
  personIds: readonly number[],
  direction: 'in' | 'out',
): Promise<string[]> {
  return pass(tx, actor, await heldSession(tx, actor, sessionId, 'congress.sign-in'), personIds, direction, 'desk')
}

/**
 * By what was said or scanned: the member's card, the member number (8 digits), the staff number, or the number on the
 * delegate's badge. @throws Problem 422 `not-on-roll` | `two-fit` | `card-forged`
 */
export async function passByText(
  tx: Tx,
  actor: Actor,
  keys: Keys,
  sessionId: number,
  text: string,
  direction: 'in' | 'out',
): Promise<string[]> {
  const session = await heldSession(tx, actor, sessionId, 'congress.sign-in')
  requireOpen(session)
  if (text.includes('/members/card/')) {
    const holder = cardHolder(keys, text)
    if (holder === null)
      throw refused('card-forged', '这张会员卡的二维码不是本系统签发的，请核对本人身份后在签到台签到。')
    return pass(tx, actor, session, [holder], direction, 'card')
  }
  const number = /^[0-9]{1,9}$/.test(text) ? Number(text) : null
  const { rows } = await sql<{ id: number; name: string }>`
    select l.person_id as id, l.name from congress.roll_line l join members.person p on p.id = l.person_id
    where l.session_id = ${sessionId} and (p.staff_no = ${text} or (${text.length === 8} and l.person_id = ${number})
      or (${text.length < 8} and l.number = ${number}))`.execute(tx)
  if (rows.length > 1)
    throw refused(
      'two-fit',
      `“${text}”对应 ${rows.map((row) => row.name).join('、')}，请报 8 位会员号，或在名单里点选。`,
    )
  if (!rows[0]) throw refused('not-on-roll', `应到名单上没有“${text}”。请报会员号、工号或代表证号，或在名单里点选。`)
  return pass(tx, actor, session, [rows[0].id], direction, 'number')
}

/** A delegate by phone, with the number the hall's screen shows. @throws Problem 422 `hall-code-wrong` */
export async function passByPhone(
  tx: Tx,
  actor: Actor,
  sessionId: number,
  code: string,
  direction: 'in' | 'out',
): Promise<void> {
  const session = await visibleSession(tx, actor, sessionId)
  requireOpen(session)
  const { rows } = await sql<{ right: boolean; wrong: number }>`
    select s.hall_code = ${code} as right, (select count(*) from kernel.audit a where a.action = 'congress.wrong-code' and a.object_id = s.id
      and a.actor_id = ${actor.accountId} and a.at > now() - interval '10 minutes')::int as wrong
    from congress.session s where s.id = ${sessionId} for update`.execute(tx)
  if (actor.personId === null) throw notFound('会议')
  if (rows[0]!.wrong >= 5) throw refused('hall-code-wrong', '签到码连续填错，请十分钟后再试，或到签到台签到。')
  if (direction === 'in' && !rows[0]!.right)
    throw refused('hall-code-wrong', '签到码不对。请看会场大屏幕上的六位数字。', { code: '与大屏幕不符' })
  await pass(tx, actor, session, [actor.personId], direction, 'phone')
}

/** Kept outside the refused transaction, so that guessing runs out. */
export async function rememberWrongCode(db: Db, actor: Actor, sessionId: number): Promise<void> {
  await db.transaction().execute((tx) =>
    audit(tx, actor, {
      action: 'congress.wrong-code',
      objectKind: 'congress-session',
      objectId: sessionId,
      summary: '会场签到码填错',
    }),
  )
}

/** Leave of absence, asked for by the delegate or entered at the desk. Whoever is on leave still counts among those due. */
export async function askLeave(
  tx: Tx,
  actor: Actor,
  sessionId: number,
  personId: number,
  reason: string,
): Promise<void> {
  const session = await visibleSession(tx, actor, sessionId)
  if (personId !== actor.personId)
    await requirePermission(tx, actor, 'congress.sign-in', session.unitId, 'congress.read')
  if (session.state === 'closed' || session.state === 'cancelled')
    throw conflict('session-closed', '会议已经结束，不用再请假。')
  const { rows } = await sql<{ name: string }>`
    select name from congress.delegate where term_id = ${session.termId} and person_id = ${personId} and to_on is null
    union select name from congress.roll_line where session_id = ${sessionId} and person_id = ${personId} limit 1`.execute(
    tx,
  )
  if (!rows[0]) throw refused('not-on-roll', '不是本次会议的应到人员，不用请假。')
  await sql`insert into congress.leave (session_id, person_id, reason, asked_by) values (${sessionId}, ${personId}, ${reason}, ${actor.accountId})
    on conflict (session_id, person_id) do update set reason = excluded.reason, asked_by = excluded.asked_by, asked_at = now()`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'congress.leave',
    objectKind: 'congress-session',
    objectId: sessionId,
    unitId: session.unitId,
    summary: `${rows[0].name}请假：${reason}`,
  })
}
