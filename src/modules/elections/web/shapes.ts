import type { ActRow } from '../../../web/shapes.ts'
import type { VerdictShape } from '../../../web/ui/Verdict.tsx'
import type { SecretTerms } from '../../ballots/contract.ts'
import type { AnnulmentShape } from '../contract.ts'
import type { Body } from '../../organisation/types.ts'
import type { ElectionKind, ElectionState, Post, Relation, SittingKind } from '../posts.ts'

/** What the server says about an election. */
export interface ElectionShape {
  id: number
  unitId: number
  unitName: string
  upperName: string | null
  kind: ElectionKind
  form: 'members' | 'delegates'
  title: string
  ordinal: number | null
  termYears: number | null
  heldOn: string
  dueOn: string | null
  chairBy: 'committee' | 'assembly'
  enterprise: boolean
  reason: string | null
  petitioners: number | null
  publicisedOn: string | null
  flaw: string | null
  announcedOn: string | null
  reportedOn: string | null
  planDocument: string | null
  document: string | null
  decidedOn: string | null
  version: number
  state: ElectionState
}
export interface SittingShape {
  id: number
  kind: SittingKind
  unitId: number
  title: string
  frozen: boolean
  expected: number
  present: number
  secret: SecretTerms | null
}
export interface RaceShape {
  id: number
  sittingId: number
  post: Post
  title: string
  seats: number
  reducedTo: number | null
  consented: number | null
  standing: 'unopened' | 'draft' | 'counting' | 'tied' | 'short' | 'void' | 'settled'
}
export interface CandidateShape {
  raceId: number
  personId: number
  name: string
  gender: 'm' | 'f' | null
  unitName: string
  relation: Relation | null
  relationNote: string | null
  resume: string | null
  partyPost: string | null
  place: number | null
  nominations: number
  barredBy: string | null
}
export interface BallotShape {
  raceId: number
  vote: {
    id: number
    title: string
    mode: string
    state: string
    round: number
    expected: number
    present: number | null
    items: { key: string; label: string; listed: boolean }[]
  }
  result: VerdictShape | null
}
export interface GateShape {
  id: string
  stage: 'plan' | 'candidates' | 'meeting' | 'result'
  sittingId: number | null
  title: string
  holds: boolean | null
  blocks: boolean
  strength: string
  verification: string
  steps: string[]
  notes: string[]
  source: string
  waiver: { reason: string; byName: string; office: string } | null
}
export interface DetailShape {
  election: ElectionShape
  sittings: SittingShape[]
  races: RaceShape[]
  candidates: CandidateShape[]
  nominees: { raceId: number; personId: number; name: string; units: string[] }[]
  tellers: { sittingId: number; personId: number; name: string; duty: string }[]
  ballots: BallotShape[]
  elected: { raceId: number; personId: number; name: string; votes: number; writtenIn: boolean }[]
  gates: GateShape[]
  acts: ActRow[]
  steps: { id: string; title: string; state: 'done' | 'now' | 'later'; missing: string[] }[]
  annulment: AnnulmentShape | null
  may: { write: boolean; approve: boolean; answerAnnulment: boolean }
}
export interface RunningTermShape {
  id: number
  body: Body
  ordinal: number
  startsOn: string
  dueOn: string
  officers: { name: string; post: string }[]
  vacancies: { post: string; name: string; since: string; reason: string | null }[]
  extensions: {
    id: number
    wasDueOn: string
    until: string
    approvedOn: string
    document: string
    reason: string
    gapDays: number
    beyondHalfYear: boolean
  }[]
}
