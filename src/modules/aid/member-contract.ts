import type { CycleState, Kind, Pool, Verdict } from './words.ts'

/** One condition of a programme as it stands for one person. */
export interface Condition {
  code: string
  text: string
  met: boolean
  /** What can be done where it isn't met. */
  mend: string | null
  link: string | null
}

export interface Application {
  id: number
  cycleId: number
  programme: string
  cycle: string
  kind: Kind
  closesOn: string
  personId: number
  personName: string
  unitId: number
  unitName: string
  state: 'draft' | 'submitted' | 'returned' | 'withdrawn'
  words: string
  askedFen: number | null
  papers: string[]
  /** Papers the rule asks for. */
  needed: string[]
  student: string | null
  stage: string | null
  school: string | null
  hasStudentNo: boolean
  returnedWhy: string | null
  submittedOn: string | null
  version: number
  /** It is the reader's own. */
  own: boolean
  /** While the cycle isn't decided. */
  open: boolean
}

/** One cycle as it stands for the person who asks. */
export interface MyCycle {
  cycleId: number
  programmeId: number
  programme: string
  kind: Kind
  need: string
  cycle: string
  unitId: number
  unitName: string
  document: string
  pool: Pool
  opensOn: string
  closesOn: string
  state: CycleState
  /** Who apply may do so today. */
  mayApply: boolean
  applicationId: number | null
  applicationState: string | null
  conditions: Condition[]
  /** Once decided: how it went, and why. */
  verdict: Verdict | null
  reasons: string[]
  appeal: { id: number; state: string; words: string; answer: string | null; dueOn: string } | null
  mayAppeal: boolean
}

export interface Appeal {
  id: number
  personId: number
  personName: string
  words: string
  filedOn: string
  dueOn: string
  late: boolean
  state: 'open' | 'upheld' | 'dismissed'
  answer: string | null
  answeredOn: string | null
  answeredName: string | null
}
