import { sql } from 'kysely'
import type { Db } from '../../../kernel/db/database.ts'
import { readOpening } from '../format/opening.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import type { SecretTerms } from '../verdict/rule.ts'

/** A sheet of a vote, as it was announced. */
export interface KnownSheet {
  eid: string
  sheet: number
  opening: string
  /** Bytes of a blinded number. */
  tokenBytes: number
}

/** What is the same for every voter and never changes once the box has been opened. */
export interface KnownVote {
  title: string
  subjectPath: string
  venue: SecretTerms['venue']
  profile: SecretTerms['profile'] | 'appraisal'
  sheets: readonly KnownSheet[]
}

const votes = new WeakMap<Db, Map<number, KnownVote>>()

/**
 * The public side of a secret vote, from memory: three thousand voters would each read the same opening twice. Whether
 * papers are still drawn isn't here.
 * @returns null before the box has been opened
 */
export async function knownVote(db: Db, voteId: number): Promise<KnownVote | null> {
  let kept = votes.get(db)
  if (!kept) votes.set(db, (kept = new Map()))
  const found = kept.get(voteId)
  if (found) return found
  const { rows } = await sql<{ title: string; subjectPath: string; venue: KnownVote['venue'] } & KnownSheet>`
    select v.title, v.subject_path as "subjectPath", coalesce(v.rule -> 'secret' ->> 'venue', 'remote') as venue,
      s.eid, s.sheet, s.opening from ballots.secret_vote s join ballots.vote v on v.id = s.vote_id
    where s.vote_id = ${voteId} order by s.sheet`.execute(db)
  const first = rows[0]
  if (!first) return null
  const sheets = rows.map(({ eid, sheet, opening }) => {
    const vote = readOpening(nodePrimitives, opening)!
    return { eid, sheet, opening, tokenBytes: vote.tokenKeys[0]!.n.length }
  })
  const { profile } = (JSON.parse(first.opening) as { notes: { profile?: KnownVote['profile'] } }).notes
  const known = {
    title: first.title,
    subjectPath: first.subjectPath,
    venue: first.venue,
    profile: profile ?? 'meeting',
    sheets,
  }
  if (kept.size >= 200) kept.clear()
  kept.set(voteId, known)
  return known
}
