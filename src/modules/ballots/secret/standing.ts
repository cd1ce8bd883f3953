import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { BoxState, Duty, Standing } from '../contract.ts'
import { isTeller, type Vote } from '../server/vote.ts'
import { fewestBallots } from './open.ts'
import { stationsOf } from './stations.ts'
import { unnamedWriteIns } from './write-ins.ts'

/** How far a secret vote is, for its officers and tellers. */
export async function standingOf(db: Db | Tx, actor: Actor, vote: Vote): Promise<Standing> {
  const [sheets, keys, drawn, run, count] = await Promise.all([
    sql<{ eid: string; state: BoxState; opening: string }>`
      select eid, state, opening from ballots.secret_vote where vote_id = ${vote.id} order by sheet`.execute(db),
    sql<{ personId: number; opened: boolean }>`
      select person_id as "personId", secret is not null as opened from ballots.scrutineer_key where vote_id = ${vote.id}`.execute(
      db,
    ),
    sql<{ channel: string | null; papers: number }>`
      select drawn_by as channel, count(*) as papers from ballots.roll_line where vote_id = ${vote.id} and not struck
      group by drawn_by order by drawn_by`.execute(db),
    allows(db, actor, 'ballots.write', vote.unitId),
    allows(db, actor, 'ballots.count', vote.unitId),
  ])
  const notes = sheets.rows[0] && (JSON.parse(sheets.rows[0].opening) as { notes: Record<string, string> }).notes
  return {
    state: vote.state === 'void' ? 'void' : (sheets.rows[0]?.state ?? 'waiting'),
    terms: vote.rule.secret ?? null,
    eids: sheets.rows.map(({ eid }) => eid),
    castFrom: notes?.['castFrom'] ?? null,
    castTo: notes?.['castTo'] ?? null,
    keys: vote.tellers.map(({ personId, name }) => {
      const key = keys.rows.find((row) => row.personId === personId)
      return { personId, name, made: key !== undefined, opened: key?.opened ?? false }
    }),
    drawn: drawn.rows.flatMap(({ channel, papers }) => (channel === null ? [] : [{ channel, papers }])),
    notDrawn: drawn.rows.find(({ channel }) => channel === null)?.papers ?? 0,
    stations: stationsOf(vote),
    fewest: fewestBallots,
    writeIns: await unnamedWriteIns(db, vote.id),
    may: { run, station: count || isTeller(vote, actor) },
  }
}

/** Where the boxes of votes are; a vote without one is missing. */
export async function boxStatesOf(db: Db | Tx, voteIds: readonly number[]): Promise<Map<number, BoxState>> {
  const { rows } = await sql<{ voteId: number; state: BoxState }>`
    select vote_id as "voteId", state from ballots.secret_vote where sheet = 1 and vote_id = any(${[...voteIds]}::bigint[])`.execute(
    db,
  )
  return new Map(rows.map(({ voteId, state }) => [voteId, state]))
}

/** Sealed votes of which the actor is a scrutineer, the newest first: what the key ceremony needs. */
export async function dutiesOf(db: Db, actor: Actor): Promise<Duty[]> {
  if (actor.personId === null) return []
  const { rows } = await sql<Duty>`
    select v.id as "voteId", v.title, v.subject_path as "subjectPath", v.held_on as "heldOn",
      case when v.state = 'void' then 'void' else coalesce(s.state, 'waiting') end as state,
      coalesce((v.rule -> 'secret' ->> 'threshold')::int, 0) as threshold, k.person_id is not null as made,
      k.secret is not null as opened,
      (select count(*) from ballots.scrutineer_key o where o.vote_id = v.id) as keys,
      (select count(*) from ballots.scrutineer_key o where o.vote_id = v.id and o.secret is not null) as "openedBy"
    from ballots.teller t join ballots.vote v on v.id = t.vote_id and v.mode = 'secret'
    left join ballots.secret_vote s on s.vote_id = v.id and s.sheet = 1
    left join ballots.scrutineer_key k on k.vote_id = v.id and k.person_id = t.person_id
    where t.person_id = ${actor.personId} and coalesce((v.rule -> 'secret' ->> 'threshold')::int, 2) > 0
    order by v.id desc limit 30`.execute(db)
  return rows
}
