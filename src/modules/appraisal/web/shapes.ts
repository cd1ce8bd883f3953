import { scaleAt, type Channel, type Grade, type RoundKind, type RoundState, type Scale } from '../words.ts'

/** What the server answers; the types of the server's own files never come into the web app. */
export interface Group {
  id: number
  name: string
  weight: number
  planned: number
  issued: number
  returned: number | null
  class: string | null
  channel: Channel
}
export interface Subject {
  id: number
  personId: number | null
  name: string
  post: string | null
  report: string | null
  classes: string[]
  returned: number | null
  valid: number | null
  /** 民主推荐 */
  seats: number | null
  nominees: { name: string; post: string | null; personId: number | null }[]
}
export interface Round {
  id: number
  unitId: number
  unitName: string
  resultsUnitId: number
  kind: RoundKind
  title: string
  year: number
  heldOn: string
  closesOn: string
  grades: Grade[]
  goodGrades: number
  criteria: string[]
  scales: (Scale | null)[]
  least: number
  remarks: boolean
  whole: 'overall' | 'complete'
  topMost: number | null
  formYears: number | null
  writeIns: boolean
  state: RoundState
  closedOn: string | null
  abandonedFor: string | null
  reportedTo: string | null
  reportedOn: string | null
  version: number
  subjects: Subject[]
  groups: Group[]
}
export interface RoundDetail {
  round: Round
  returned: number | null
  maySeeResults: boolean
}
export interface Counted {
  counts: number[]
  blank: number
}
export interface SubjectResult {
  id: number
  name: string
  post: string | null
  returned: number
  valid: number
  suppressed: boolean
  cells: { groups: string[]; together: boolean; paper: boolean; weight: number; valid: number; criteria: Counted[] }[]
  criteria: (Counted & { score: number | null })[]
  good: { count: number; of: number; share: number | null } | null
  named: {
    names: { name: string; votes: number; share: number | null }[]
    otherPeople: number
    otherVotes: number
  } | null
}
export interface ResultsAnswer {
  round: Round
  results: {
    issued: number
    returned: number
    returnRate: number | null
    subjects: SubjectResult[]
    remarks: { subjectId: number | null; words: string }[]
    remarksHidden: boolean
  }
  before: {
    year: number
    roundId: number
    returnRate: number | null
    subjects: { name: string; personId: number | null; score: number | null; share: number | null }[]
  } | null
}
export interface Slips {
  round: { id: number; title: string; unitName: string; closesOn: string }
  groupName: string
  class: string | null
  slips: { code: string; qr: string }[]
  address: string
}
/** A group that votes on paper: who has counted, whether both agree. */
export interface PaperState {
  groupId: number
  title: string
  planned: number
  subjects: { id: number; name: string; post: string | null; seats: number | null }[]
  entries: { slot: number; name: string; mine: boolean }[]
  agreed: boolean
  differences: string[]
  mine: {
    issued: number
    returned: number
    subjects: { subjectId: number; counts: number[][]; names?: { name: string; votes: number }[] }[]
  } | null
}
/** Hundredths of a point, as printed. */
export const scoreText = (score: number | null): string => (score === null ? '—' : (score / 100).toFixed(2))

/** Questions that follow each other and are answered alike stand in one table. */
export function tablesOf(round: Round): { scale: Scale; criteria: number[] }[] {
  const tables: { scale: Scale; criteria: number[] }[] = []
  for (const at of round.criteria.keys()) {
    const scale = scaleAt(round, at)
    const last = tables.at(-1)
    if (last && answersOf(last.scale) === answersOf(scale)) last.criteria.push(at)
    else tables.push({ scale, criteria: [at] })
  }
  return tables
}
const answersOf = (scale: Scale): string => scale.grades.map((grade) => `${grade.title} ${grade.points}`).join('\n')
