import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db } from '../../../kernel/db/database.ts'
import type { Config } from '../../../kernel/http/services.ts'
import type { MyVote } from '../contract.ts'
import { fromText, toText } from '../format/bytes.ts'
import { knownVote, type KnownSheet, type KnownVote } from './known.ts'
import { processesOf } from './processes.ts'
import { reference } from './open.ts'

export interface Paper {
  eid: string
  sheet: number
  opening: string
  state: 'open' | 'closed' | 'published' | 'void'
  /** With it one finds one's own line of the published roll. */
  salt: string
}

export interface MyPaper {
  title: string
  /** Whose paper it is, so that a phone that several people use tells them apart. */
  name: string
  /** null: not yet; else how. */
  drawn: string | null
  reference: string
  boxUrl: string
  /** hall: drawing asks for the code on the hall's screen. */
  venue: 'hall' | 'remote'
  profile: KnownVote['profile']
  papers: Paper[]
}

/** Whose paper is asked for: somebody signed in, or the holder of a voter's code. */
export type Voter = Pick<Actor, 'personId'>

/** What a voter needs before drawing. @throws Problem 404 to whoever isn't on the roll */
export async function myPaper(db: Db, voter: Voter, voteId: number, config: Config): Promise<MyPaper> {
  const known = await knownVote(db, voteId)
  if (!known) throw notFound('选票')
  const { rows } = await sql<{ sheet: number; state: Paper['state']; salt: Buffer } & Pick<MyPaper, 'name' | 'drawn'>>`
    select s.sheet, s.state, r.salt, l.name, l.drawn_by as drawn from ballots.secret_vote s
    join ballots.secret_roll r on r.eid = s.eid and r.person_id = ${voter.personId}
    join ballots.roll_line l on l.vote_id = s.vote_id and l.person_id = r.person_id
    where s.vote_id = ${voteId} order by s.sheet`.execute(db)
  const first = rows[0]
  if (!first) throw notFound('选票')
  const papers = rows.map(({ sheet, state, salt }): Paper => {
    const { eid, opening } = known.sheets.find((one) => one.sheet === sheet)!
    return { eid, sheet, opening, state, salt: toText(new Uint8Array(salt)) }
  })
  const boxUrl = first.state === 'open' ? await holdAll(known.sheets, config) : ''
  const { title, venue, profile } = known
  const { name, drawn } = first
  return { title, name, drawn, venue, profile, reference: reference(voter.personId!), boxUrl, papers }
}

async function holdAll(sheets: readonly KnownSheet[], config: Config): Promise<string> {
  const processes = processesOf(config)
  for (const { eid, opening } of sheets) await processes.hold(eid, opening)
  return processes.url(config)
}

/** Votes whose paper the actor may draw, or has drawn and may cast. */
export async function myVotes(db: Db, actor: Actor): Promise<MyVote[]> {
  const { rows } = await sql<MyVote>`
    select v.id, v.title, u.name as "unitName", v.held_on as "heldOn", l.drawn_by as drawn, s.state,
      coalesce(v.rule -> 'secret' ->> 'venue', 'remote') as venue,
      s.opening::jsonb -> 'notes' ->> 'castFrom' as "castFrom", s.opening::jsonb -> 'notes' ->> 'castTo' as "castTo"
    from ballots.secret_vote s join ballots.vote v on v.id = s.vote_id join organisation.unit u on u.id = v.unit_id
    join ballots.roll_line l on l.vote_id = v.id and l.person_id = ${actor.personId} and not l.struck
    where s.sheet = 1 and s.state <> 'void' order by v.id desc limit 50`.execute(db)
  return rows
}

export interface DrawRequest {
  eid: string
  blinded: string
}

/**
 * Draws the papers of a vote, all sheets at once: recorded and committed first, signed then. The same request gets the same
 * answer, however often; nothing is audited and no hour is kept, because an hour is what links a paper to a ballot.
 * @throws Problem 404, 409 `paper-drawn` | `paper-elsewhere` | `issuing-over`, 422 `wrong-papers`
 */
export async function drawPapers(
  db: Db,
  voter: Voter,
  voteId: number,
  requests: readonly DrawRequest[],
  config: Config,
): Promise<{ eid: string; answer: string }[]> {
  const sheets = (await knownVote(db, voteId))?.sheets
  if (!sheets || voter.personId === null) throw notFound('选票')
  const asked = new Map(requests.map((request) => [request.eid, request.blinded]))
  const fits = ({ eid, tokenBytes }: KnownSheet): boolean => fromText(asked.get(eid) ?? '')?.length === tokenBytes
  if (asked.size !== sheets.length || requests.length !== sheets.length || !sheets.every(fits))
    throw refused('wrong-papers', '领票请求不完整，请重新打开选票页再试。')

  const eids = sheets.map(({ eid }) => eid)
  const blinded = eids.map((eid) => asked.get(eid)!)
  const { rows } = await sql<{ drawn: boolean }>`
    select ballots.draw_papers(${voteId}, ${voter.personId}, ${eids}::text[], ${blinded}::text[]) as drawn`.execute(db)
  if (!rows[0]!.drawn) await refuseUnlessSame(db, voteId, voter.personId, asked)
  // Where the vote was closed meanwhile the paper is drawn and can't be cast: so it goes on the roll.
  await holdAll(sheets, config).catch(() => {})
  const processes = processesOf(config)
  return Promise.all(eids.map(async (eid, at) => ({ eid, answer: await processes.blindSign(eid, blinded[at]!) })))
}

/** @throws Problem 404 to whoever isn't on the roll, 409 unless this very request was answered before */
async function refuseUnlessSame(
  db: Db,
  voteId: number,
  personId: number,
  asked: ReadonlyMap<string, string>,
): Promise<void> {
  const { rows } = await sql<{ eid: string; state: string; blinded: string | null; drawn: string | null }>`
    select s.eid, s.state, r.blinded, l.drawn_by as drawn from ballots.secret_vote s
    join ballots.secret_roll r on r.eid = s.eid and r.person_id = ${personId}
    join ballots.roll_line l on l.vote_id = s.vote_id and l.person_id = ${personId}
    where s.vote_id = ${voteId}`.execute(db)
  if (!rows.length) throw notFound('选票')
  if (rows.some(({ state }) => state !== 'open')) throw conflict('issuing-over', '发票已经结束，不能再领票。')
  const drawn = rows[0]?.drawn
  if (drawn && drawn !== 'booth') throw conflict('paper-elsewhere', '您已经领了纸质票，不能再领电子票。')
  if (rows.some(({ eid, blinded }) => blinded !== asked.get(eid)))
    throw conflict(
      'paper-drawn',
      '您的选票已经在另一台设备上领过。请在那台设备上投票，或输入领票时抄下的恢复码；如不是您本人领的，请马上告诉监票人。',
    )
}
