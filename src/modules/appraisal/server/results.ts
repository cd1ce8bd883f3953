import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { conflict, forbidden } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { added, share, weightedScore } from '../score.ts'
import { scaleAt, scored } from '../words.ts'
import { namesOf, type NamesOfPost } from './names.ts'
import { groupTitle, maySeeResults, roundFor, type Round } from './rounds.ts'

export interface CellResult {
  groups: string[]
  /** Several groups counted together, because one of them was too small. */
  together: boolean
  /** Counted by hand from paper. */
  paper: boolean
  weight: number
  valid: number
  /** By criterion: how often each grade was given, and how often none. */
  criteria: { counts: number[]; blank: number }[]
}
export interface SubjectResult {
  id: number
  name: string
  post: string | null
  returned: number
  valid: number
  /** Fewer valid sheets than may be counted: no figure but these two. */
  suppressed: boolean
  cells: CellResult[]
  /** By criterion, all cells together: counts, and the weighted score in hundredths of a point (none among choices). */
  criteria: { counts: number[]; blank: number; score: number | null }[]
  /** Of the overall grade: the good ones, all given, and their share in hundredths of a percent; none among choices. */
  good: { count: number; of: number; share: number | null } | null
  /** 民主推荐: names on enough forms, with the share of valid forms, and what the others come to. */
  named: {
    names: { name: string; votes: number; share: number | null }[]
    otherPeople: number
    otherVotes: number
  } | null
}
export interface Results {
  issued: number
  returned: number
  /** Hundredths of a percent. */
  returnRate: number | null
  subjects: SubjectResult[]
  remarks: { subjectId: number | null; words: string }[]
  /** True when people wrote and the round is too small to show it. */
  remarksHidden: boolean
}

interface Row {
  subjectId: number
  groupIds: number[]
  weight: number
  valid: number
  paper: boolean
  tallies: { criterion: number; grade: number; sheets: number }[]
}

async function cellsOf(db: Db | Tx, roundId: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.subject_id as "subjectId", to_json(c.group_ids) as "groupIds", c.weight, c.valid, c.paper,
      (select json_agg(json_build_object('criterion', t.criterion, 'grade', t.grade, 'sheets', t.sheets))
        from appraisal.tally t where t.cell_id = c.id) as tallies
    from appraisal.cell c where c.round_id = ${roundId} order by c.subject_id, c.position`.execute(db)
  return rows
}

function criteriaOf(round: Round, row: Row): CellResult['criteria'] {
  const of = (criterion: number, grade: number): number =>
    row.tallies.find((tally) => tally.criterion === criterion && tally.grade === grade)?.sheets ?? 0
  return round.criteria.map((_, criterion) => ({
    counts: scaleAt(round, criterion).grades.map((_grade, grade) => of(criterion, grade)),
    blank: of(criterion, -1),
  }))
}

/** The kinds of raters in a cell; several classes of one kind are one. */
function kindsOf(round: Round, row: Row): Pick<CellResult, 'groups' | 'together' | 'paper'> {
  const within = round.groups.filter((group) => row.groupIds.includes(group.id))
  const names = [...new Set(within.map((group) => (row.paper ? groupTitle(group) : group.name)))]
  return { groups: names, together: names.length > 1, paper: row.paper }
}

const namedFor = (post: Omit<NamesOfPost, 'subjectId'> | undefined, valid: number): SubjectResult['named'] =>
  post
    ? {
        names: post.names.map(({ name, votes }) => ({ name, votes, share: share(votes, valid) })),
        otherPeople: post.otherPeople,
        otherVotes: post.otherVotes,
      }
    : null

/** The results of a closed round, for the house itself: callers decide who may see them. */
export async function countedResults(db: Db | Tx, round: Round): Promise<Results> {
  const [rows, names] = await Promise.all([cellsOf(db, round.id), namesOf(db, round.id)])
  const subjects = round.subjects.map((subject): SubjectResult => {
    const cells = rows
      .filter((row) => row.subjectId === subject.id)
      .map((row) => ({
        ...kindsOf(round, row),
        weight: row.weight,
        valid: row.valid,
        criteria: criteriaOf(round, row),
      }))
    const criteria = round.criteria.map((_, at) => {
      const { grades } = scaleAt(round, at)
      const counts = cells.map((cell) => ({ weight: cell.weight, counts: cell.criteria[at]!.counts }))
      return {
        counts: added(
          counts.map((cell) => cell.counts),
          grades.length,
        ),
        blank: cells.reduce((sum, cell) => sum + cell.criteria[at]!.blank, 0),
        score: scored(grades)
          ? weightedScore(
              counts,
              grades.map((grade) => grade.points!),
            )
          : null,
      }
    })
    const overall = criteria[0]!.counts
    const good = overall.slice(0, round.goodGrades).reduce((sum, count) => sum + count, 0)
    const of = overall.reduce((sum, count) => sum + count, 0)
    const suppressed = cells.length === 0
    return {
      id: subject.id,
      name: subject.name,
      post: subject.post,
      returned: subject.returned ?? 0,
      valid: subject.valid ?? 0,
      suppressed,
      cells,
      criteria: suppressed ? [] : criteria,
      good: suppressed || !round.goodGrades ? null : { count: good, of, share: share(good, of) },
      named: namedFor(names.get(subject.id), subject.valid ?? 0),
    }
  })
  const { rows: remarks } = await sql<{ subjectId: number | null; words: string }>`
    select subject_id as "subjectId", words from appraisal.remark where round_id = ${round.id} order by id`.execute(db)
  const sum = (of: 'issued' | 'returned'): number => round.groups.reduce((total, group) => total + (group[of] ?? 0), 0)
  return {
    issued: sum('issued'),
    returned: sum('returned'),
    returnRate: share(sum('returned'), sum('issued')),
    subjects,
    remarks,
    remarksHidden:
      round.remarks && round.groups.some((group) => group.channel === 'slip') && sum('returned') < round.least,
  }
}

/**
 * The results, for the offices they are meant for and only after the close.
 * @throws Problem 404 to whoever may not see the round, 403 to whoever may see it and not its result, 409 `not-closed`
 */
export async function resultsFor(db: Db | Tx, actor: Actor, id: number): Promise<{ round: Round; results: Results }> {
  const round = await roundFor(db, actor, id)
  if (!(await maySeeResults(db, actor, round))) throw forbidden('查看评议结果')
  if (round.state !== 'closed') throw conflict('not-closed', '评议结束以前，任何人都看不到结果。')
  return { round, results: await countedResults(db, round) }
}

export interface Before {
  year: number
  roundId: number
  returnRate: number | null
  subjects: { name: string; personId: number | null; score: number | null; share: number | null }[]
}

/** The last closed round of the same kind at the same unit, for comparison; null when there was none. */
export async function yearBefore(db: Db | Tx, actor: Actor, round: Round): Promise<Before | null> {
  const { rows } = await sql<{ id: number }>`
    select id from appraisal.round where unit_id = ${round.unitId} and kind = ${round.kind} and state = 'closed'
      and (year, held_on) < (${round.year}, ${round.heldOn}::date) and year < ${round.year}
    order by year desc, held_on desc limit 1`.execute(db)
  if (!rows[0]) return null
  const before = await roundFor(db, actor, rows[0].id)
  if (!(await maySeeResults(db, actor, before))) return null
  const results = await countedResults(db, before)
  return {
    year: before.year,
    roundId: before.id,
    returnRate: results.returnRate,
    subjects: results.subjects.map((subject, at) => ({
      name: subject.name,
      personId: before.subjects[at]!.personId,
      score: subject.criteria[0]?.score ?? null,
      share: subject.good?.share ?? null,
    })),
  }
}
