import { sql, type RawBuilder } from 'kysely'
import { allows, mayAnywhere, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Body, Form, Kind, SessionState } from '../words.ts'

/** Who may see a term or a session: officers by their offices, delegates by their seat, once the notice is out. */

export interface Term {
  id: number
  unitId: number
  unitName: string
  body: Body
  kind: Kind
  ordinal: number
  startsOn: string
  dueOn: string
  endedOn: string | null
  people: number
  women: number
  seats: number
  document: string | null
}

export interface Session {
  id: number
  termId: number
  unitId: number
  unitName: string
  body: Body
  kind: Kind
  ordinal: number
  form: Form
  number: number | null
  preparesId: number | null
  title: string
  startsOn: string
  endsOn: string
  place: string | null
  host: string | null
  recorder: string | null
  occasion: string | null
  noticeSentOn: string | null
  state: SessionState
  cancelReason: string | null
  currentItemId: number | null
  currentWords: string | null
  openedAt: string | null
  closedAt: string | null
  version: number
  /** Seats of the term, vacant ones too: 全体代表. */
  seats: number
  expected: number
}

export const termColumns = sql`select t.id, t.unit_id as "unitId", u.name as "unitName", t.body, t.kind, t.ordinal,
  t.starts_on as "startsOn", t.due_on as "dueOn", t.ended_on as "endedOn", t.people, t.women, t.seats, t.document
  from congress.term t join organisation.unit u on u.id = t.unit_id`

export const sessionColumns = sql`select s.id, s.term_id as "termId", s.unit_id as "unitId", u.name as "unitName", t.body, t.kind,
  t.ordinal, s.form, s.number, s.prepares_id as "preparesId", s.title, s.starts_on as "startsOn", s.ends_on as "endsOn", s.place,
  s.host, s.recorder, s.occasion, s.notice_sent_on as "noticeSentOn", s.state, s.cancel_reason as "cancelReason",
  s.current_item_id as "currentItemId", s.current_words as "currentWords", s.opened_at as "openedAt", s.closed_at as "closedAt",
  s.version, t.seats, (select count(*) from congress.roll_line l where l.session_id = s.id)::int as expected
  from congress.session s join congress.term t on t.id = s.term_id join organisation.unit u on u.id = s.unit_id`

/** True in SQL where the actor holds a seat of the term (or was on the session's roll). Term alias `t`, session alias `s`. */
function seated(actor: Actor, session: boolean): RawBuilder<boolean> {
  if (actor.personId === null || !mayAnywhere(actor, 'congress.attend')) return sql<boolean>`false`
  const seat = sql`exists (select from congress.delegate d where d.term_id = t.id and d.person_id = ${actor.personId} and d.to_on is null)`
  if (!session) return sql<boolean>`${seat}`
  return sql<boolean>`((s.form <> 'joint' and s.state <> 'cancelled' and (s.notice_sent_on is not null or s.state <> 'preparing') and ${seat})
    or exists (select from congress.roll_line l where l.session_id = s.id and l.person_id = ${actor.personId}))`
}

export const seesTerm = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(${visibleTo(actor, 'congress.read', 't.unit_id')} or ${seated(actor, false)})`
export const seesSession = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(${visibleTo(actor, 'congress.read', 's.unit_id')} or ${seated(actor, true)})`

/** A term the actor may see. @throws Problem 404 */
export async function visibleTerm(db: Db | Tx, actor: Actor, id: number): Promise<Term> {
  const { rows } = await sql<Term>`${termColumns} where t.id = ${id} and ${seesTerm(actor)}`.execute(db)
  if (!rows[0]) throw notFound('届次')
  return rows[0]
}

/** A session the actor may see. @throws Problem 404 */
export async function visibleSession(db: Db | Tx, actor: Actor, id: number): Promise<Session> {
  const { rows } = await sql<Session>`${sessionColumns} where s.id = ${id} and ${seesSession(actor)}`.execute(db)
  if (!rows[0]) throw notFound('会议')
  return rows[0]
}

/** A session without asking who sees it: for what follows a check. */
export async function sessionById(db: Db | Tx, id: number): Promise<Session> {
  const { rows } = await sql<Session>`${sessionColumns} where s.id = ${id}`.execute(db)
  if (!rows[0]) throw notFound('会议')
  return rows[0]
}

/** The session, held until the transaction ends, for somebody with the permission. @throws Problem 403 | 404 */
export async function heldSession(tx: Tx, actor: Actor, id: number, permission: string): Promise<Session> {
  await sql`select 1 from congress.session where id = ${id} for update`.execute(tx)
  const session = await visibleSession(tx, actor, id)
  await requirePermission(tx, actor, permission, session.unitId)
  return session
}

/** The term, held, for somebody with the permission. @throws Problem 403 | 404 */
export async function heldTerm(tx: Tx, actor: Actor, id: number, permission: string): Promise<Term> {
  await sql`select 1 from congress.term where id = ${id} for update`.execute(tx)
  const term = await visibleTerm(tx, actor, id)
  await requirePermission(tx, actor, permission, term.unitId)
  return term
}

/** What the actor may do at a unit, for buttons; the server asks again at each deed. */
export async function deedsAt(
  db: Db | Tx,
  actor: Actor,
  unitId: number,
): Promise<{ read: boolean; write: boolean; run: boolean; signIn: boolean; export: boolean }> {
  const [read, write, run, signIn, exporting] = await Promise.all(
    ['read', 'write', 'run', 'sign-in', 'export'].map((verb) => allows(db, actor, `congress.${verb}`, unitId)),
  )
  return { read: read!, write: write!, run: run!, signIn: signIn!, export: exporting! }
}
