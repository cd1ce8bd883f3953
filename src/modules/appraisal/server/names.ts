import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { LEAST_NAMED } from '../words.ts'
import type { PaperCount } from './paper.ts'
import type { Round } from './rounds.ts'

/** 民主推荐: who was named for a post, and what may be told of it. */
export interface Named {
  name: string
  personId: number | null
  votes: number
  /** Stood on the list that the form offered. */
  listed: boolean
}
export interface NamesOfPost {
  subjectId: number
  names: Named[]
  /** Written names on too few forms: how many people, how many votes. */
  otherPeople: number
  otherVotes: number
}

/**
 * Pure: names on the forms added up, most votes first. Who stands on the list is told, like every grade; a name that was written
 * on fewer than {@link LEAST_NAMED} forms is only counted among the others: one could know who wrote it. Nothing is told of a
 * post whose forms are too few.
 * @param told subjects with enough valid forms
 */
export function countNames(
  round: Pick<Round, 'subjects'>,
  urn: readonly (readonly [number, number, string])[],
  papers: readonly PaperCount[],
  told: readonly number[],
): NamesOfPost[] {
  return round.subjects
    .filter((subject) => subject.seats !== null && told.includes(subject.id))
    .map((subject) => {
      const listed = new Map(subject.nominees.map((one) => [one.name, one.personId]))
      const votes = new Map<string, number>(subject.nominees.map((one) => [one.name, 0]))
      const add = (name: string, n: number): void => void votes.set(name, (votes.get(name) ?? 0) + n)
      for (const [, subjectId, name] of urn) if (subjectId === subject.id) add(name, 1)
      for (const paper of papers)
        for (const line of paper.subjects)
          if (line.subjectId === subject.id) for (const one of line.names ?? []) add(one.name, one.votes)
      const all = [...votes].toSorted(([one, n], [other, m]) => m - n || (one < other ? -1 : 1))
      const few = all.filter(([name, n]) => n < LEAST_NAMED && !listed.has(name))
      return {
        subjectId: subject.id,
        names: all
          .filter(([name, n]) => n >= LEAST_NAMED || listed.has(name))
          .map(([name, n]) => ({ name, personId: listed.get(name) ?? null, votes: n, listed: listed.has(name) })),
        otherPeople: few.length,
        otherVotes: few.reduce((sum, [, n]) => sum + n, 0),
      }
    })
}

/** Keeps what may be told; what may not is in no table. */
export async function keepNames(tx: Tx, posts: readonly NamesOfPost[]): Promise<void> {
  await sql`update appraisal.subject s set other_people = p."otherPeople", other_votes = p."otherVotes"
    from jsonb_to_recordset(${JSON.stringify(posts)}::jsonb) as p ("subjectId" bigint, "otherPeople" int, "otherVotes" int)
    where s.id = p."subjectId"`.execute(tx)
  const rows = posts.flatMap(({ subjectId, names }) => names.map((one, at) => ({ subjectId, position: at, ...one })))
  await sql`insert into appraisal.recommended (subject_id, position, name, person_id, votes, listed)
    select r."subjectId", r.position, r.name, r."personId", r.votes, r.listed
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r ("subjectId" bigint, position int, name text, "personId" bigint, votes int, listed boolean)`.execute(tx)
}

/** What was kept of a closed round, by post. */
export async function namesOf(db: Db | Tx, roundId: number): Promise<Map<number, Omit<NamesOfPost, 'subjectId'>>> {
  const { rows } = await sql<NamesOfPost>`
    select s.id as "subjectId", s.other_people as "otherPeople", s.other_votes as "otherVotes",
      coalesce((select jsonb_agg(jsonb_build_object('name', r.name, 'personId', r.person_id, 'votes', r.votes, 'listed', r.listed) order by r.position)
        from appraisal.recommended r where r.subject_id = s.id), '[]') as names
    from appraisal.subject s where s.round_id = ${roundId} and s.other_people is not null`.execute(db)
  return new Map(rows.map(({ subjectId, ...post }) => [subjectId, post]))
}
