import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { OUTCOMES } from '../../ballots/words.ts'
import { itemsOf } from './agenda.ts'
import { codeOfHeld, standingFor } from './held-elsewhere.ts'
import { papersOf } from './papers.ts'
import { ballotCodeOf } from './secret-vote.ts'
import { deedsAt, visibleSession, type Session } from './seen.ts'
import { sessionsOf } from './sessions.ts'
import { attendanceOf } from './sign-in.ts'
import { votesIn } from './held-votes.ts'
import { gateOf } from './voting.ts'

/** What happens now: the hall's screen and the delegates' phones ask for it every few seconds. Small on purpose. */
export async function liveOf(db: Db, actor: Actor, id: number) {
  const session = await visibleSession(db, actor, id)
  const [items, attendance, votes, may, code] = await Promise.all([
    itemsOf(db, id),
    attendanceOf(db, id),
    votesIn(db, id),
    deedsAt(db, actor, session.unitId),
    sql<{ code: string }>`select hall_code as code from congress.session where id = ${id}`.execute(db),
  ])
  const present = attendance.filter((one) => one.present).length
  const current = items.find((item) => item.id === session.currentItemId) ?? null
  const mayRun = (may.run || may.signIn) && session.state === 'open'
  const standing = current && (await standingFor(db, current))
  const vote = current ? votes.findLast((one) => one.itemId === current.id && one.vote.state !== 'void') : undefined
  return {
    id,
    title: session.title,
    unitName: session.unitName,
    place: session.place,
    state: session.state,
    words: session.currentWords,
    current: current && {
      id: current.id,
      position: current.position,
      title: current.title,
      duty: current.duty,
      reporter: current.reporter,
    },
    // What is held in another room: its state and the way there; nothing is counted in here.
    held: standing && {
      title: standing.title,
      state: standing.state,
      byPhone: standing.votes.length > 0,
      door: standing.state === 'open' ? standing.door : null,
      lines: standing.lines,
      code: mayRun ? await codeOfHeld(db, standing) : null,
    },
    next: items.find((item) => item.state === 'waiting' && item.id !== session.currentItemId)?.title ?? null,
    done: items.filter((item) => item.state === 'done').length,
    items: items.length,
    expected: session.expected,
    present,
    leave: attendance.filter((one) => one.leave).length,
    gate: session.expected > 0 ? await gateOf(db, session, current?.duty ?? null, present) : null,
    // Numbers are shown when they are announced, not while tellers count.
    vote: vote
      ? {
          id: vote.vote.id,
          title: vote.vote.title,
          /** The electronic box is open: papers are drawn and cast by phone. */
          byPhone: vote.box === 'open',
          state: vote.vote.state,
          mode: vote.vote.mode,
          expected: vote.vote.expected,
          present: vote.gate.present,
          outcome: vote.result ? OUTCOMES[vote.result.verdict.outcome] : null,
          passed: vote.result ? ['passed', 'elected', 'reported'].includes(vote.result.verdict.outcome) : null,
          items:
            vote.result?.verdict.items.map(({ label, yes, no, abstain, outcome }) => ({
              label,
              yes,
              no,
              abstain,
              outcome,
            })) ?? [],
        }
      : null,
    hallCode: mayRun ? code.rows[0]!.code : null,
    ballotCode: mayRun && vote ? await ballotCodeOf(db, vote.vote, vote.box ?? undefined) : null,
  }
}

/** The delegate's own page: the sessions that are mine, and of one all that is mine in it. */
export async function mineOf(db: Db, actor: Actor): Promise<(Session & { mine: boolean })[]> {
  if (actor.personId === null) return []
  const { rows } = await sql<{ termId: number }>`
    select term_id as "termId" from congress.delegate where person_id = ${actor.personId} and to_on is null
    union select s.term_id from congress.roll_line l join congress.session s on s.id = l.session_id where l.person_id = ${actor.personId}`.execute(
    db,
  )
  const terms = new Set(rows.map((row) => row.termId))
  const sessions = (await sessionsOf(db, actor, {})).filter(
    (session) => terms.has(session.termId) && session.state !== 'cancelled',
  )
  return sessions.map((session) => ({ ...session, mine: true }))
}

export async function mineIn(db: Db, actor: Actor, id: number) {
  const [live, items, papers, attendance] = await Promise.all([
    liveOf(db, actor, id),
    itemsOf(db, id),
    papersOf(db, id),
    attendanceOf(db, id),
  ])
  const session = await visibleSession(db, actor, id)
  const { rows } = await sql<{
    reason: string
  }>`select reason from congress.leave where session_id = ${id} and person_id = ${actor.personId}`.execute(db)
  return {
    session,
    live: { ...live, held: live.held && { ...live.held, code: null }, hallCode: null, ballotCode: null },
    items,
    papers,
    own: attendance.find((one) => one.personId === actor.personId) ?? null,
    leave: rows[0]?.reason ?? null,
  }
}
