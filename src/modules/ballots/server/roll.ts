import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, forbidden, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { frozenHash, isTeller, lockVote, voteById, type Vote } from './vote.ts'

export interface RollLine {
  personId: number
  name: string
  unitId: number
  unitName: string
  struck: boolean
  present: boolean
  /** Channel that handed the paper; null while none. */
  drawnBy: string | null
}

export interface Correction {
  id: number
  personId: number
  name: string
  verb: 'add' | 'strike'
  reason: string
  proposedName: string
  confirmedName: string | null
}

/** The roll, unit by unit. Callers check who may see the vote. */
export async function rollOf(db: Db | Tx, voteId: number): Promise<{ lines: RollLine[]; corrections: Correction[] }> {
  const [lines, corrections] = await Promise.all([
    sql<RollLine>`select l.person_id as "personId", l.name, l.unit_id as "unitId", u.name as "unitName", l.struck, l.present,
      l.drawn_by as "drawnBy" from ballots.roll_line l join organisation.unit u on u.id = l.unit_id
      where l.vote_id = ${voteId} order by u.sort_key, u.id, l.person_id`.execute(db),
    sql<Correction>`select c.id, c.person_id as "personId", p.name, c.verb, c.reason, c.proposed_name as "proposedName",
      c.confirmed_name as "confirmedName" from ballots.roll_correction c join members.person p on p.id = c.person_id
      where c.vote_id = ${voteId} order by c.id`.execute(db),
  ])
  return { lines: lines.rows, corrections: corrections.rows }
}

const requireTeller = (vote: Vote, actor: Actor): void => {
  if (!isTeller(vote, actor)) throw forbidden('更正选举人名册（限本次会议的监票人、计票人）')
}
const requireDraft = (vote: Vote): void => {
  if (vote.state !== 'draft')
    throw conflict('roll-frozen', '已经开始发票，名册和规则不能再改。确有差错的，请记入会议记录。')
}

/**
 * One teller says that somebody lost or gained the vote between the roll's making and the day. It counts when a second teller
 * confirmed it. @throws Problem 403, 409 `roll-frozen` | `already-so`
 */
export async function proposeCorrection(
  tx: Tx,
  actor: Actor,
  voteId: number,
  change: { personId: number; verb: 'add' | 'strike'; reason: string },
): Promise<number> {
  const vote = await lockVote(tx, voteId)
  requireTeller(vote, actor)
  requireDraft(vote)
  const { rows: lines } = await sql<{ struck: boolean }>`
    select struck from ballots.roll_line where vote_id = ${voteId} and person_id = ${change.personId}`.execute(tx)
  const onRoll = lines[0] !== undefined && !lines[0].struck
  if (onRoll === (change.verb === 'add'))
    throw conflict('already-so', onRoll ? '这个人已经在名册上。' : '这个人不在名册上，不用划出。')
  const { rows } = await sql<{ id: number }>`
    insert into ballots.roll_correction (vote_id, person_id, verb, reason, proposed_by, proposed_name)
    values (${voteId}, ${change.personId}, ${change.verb}, ${change.reason}, ${actor.accountId}, ${actor.name}) returning id`.execute(
    tx,
  )
  return rows[0]!.id
}

/**
 * The second teller's word: the roll changes and 应到会 with it.
 * @throws Problem 403, 404, 409 `roll-frozen` | `same-teller` | `confirmed-already`
 */
export async function confirmCorrection(tx: Tx, actor: Actor, voteId: number, correctionId: number): Promise<Vote> {
  const vote = await lockVote(tx, voteId)
  requireTeller(vote, actor)
  requireDraft(vote)
  const { rows } = await sql<{
    personId: number
    verb: 'add' | 'strike'
    reason: string
    proposedBy: number
    confirmedBy: number | null
    name: string
  }>`
    select c.person_id as "personId", c.verb, c.reason, c.proposed_by as "proposedBy", c.confirmed_by as "confirmedBy", p.name
    from ballots.roll_correction c join members.person p on p.id = c.person_id
    where c.id = ${correctionId} and c.vote_id = ${voteId}`.execute(tx)
  const change = rows[0]
  if (!change) throw notFound('名册更正')
  if (change.confirmedBy !== null) throw conflict('confirmed-already', '这条更正已经确认过。')
  if (change.proposedBy === actor.accountId) throw conflict('same-teller', '更正须由另一位监票人或计票人确认。')
  await sql`update ballots.roll_correction set confirmed_by = ${actor.accountId}, confirmed_name = ${actor.name}, confirmed_at = now()
    where id = ${correctionId}`.execute(tx)
  if (change.verb === 'add')
    await sql`insert into ballots.roll_line (vote_id, person_id, unit_id, name)
      select ${voteId}, p.id, p.unit_id, p.name from members.person p where p.id = ${change.personId}
      on conflict (vote_id, person_id) do update set struck = false`.execute(tx)
  else
    await sql`update ballots.roll_line set struck = true where vote_id = ${voteId} and person_id = ${change.personId}`.execute(
      tx,
    )
  await audit(tx, actor, {
    action: 'ballots.correct-roll',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `“${vote.title}”名册${change.verb === 'add' ? '补入' : '划出'}${change.name}：${change.reason}`,
    detail: { proposedBy: change.proposedBy },
  })
  return voteById(tx, voteId)
}

/**
 * Opens the issuing of papers: roll and rule stand under one hash from here on. Callers check their permission and their
 * gates; the verdict judges the presence again by the papers handed out.
 * @param present persons of the roll who signed in, or their number where signing in isn't kept by name
 * @throws Problem 409 `roll-frozen`, 422 `correction-open` | `roll-too-small` | `not-on-roll`
 */
export async function freezeVote(
  tx: Tx,
  actor: Actor,
  voteId: number,
  present: readonly number[] | number,
): Promise<Vote> {
  const vote = await lockVote(tx, voteId)
  requireDraft(vote)
  const { lines, corrections } = await rollOf(tx, voteId)
  if (corrections.some((one) => !one.confirmedName))
    throw refused('correction-open', '还有名册更正没有经第二位监票人确认，请先确认。')
  const roll = lines.filter((line) => !line.struck).map((line) => line.personId)
  if (roll.length < 2) throw refused('roll-too-small', `应到会只有 ${roll.length} 人，不能表决。请核对名册。`)
  const here = typeof present === 'number' ? present : new Set(present.filter((id) => roll.includes(id))).size
  if (here > roll.length) throw refused('not-on-roll', `到会 ${here} 人，多于应到会的 ${roll.length} 人，请核对签到。`)
  const hash = frozenHash(vote, roll)
  if (typeof present !== 'number')
    await sql`update ballots.roll_line set present = true where vote_id = ${voteId} and not struck
      and person_id = any(${[...present]}::bigint[])`.execute(tx)
  await sql`update ballots.vote set state = 'issuing', present = ${here}, hash = ${hash}, frozen_at = now() where id = ${voteId}`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'ballots.freeze',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `“${vote.title}”开始发票：应到会 ${roll.length} 人，到会 ${here} 人，名册与规则已锁定`,
    detail: { hash },
  })
  return voteById(tx, voteId)
}
