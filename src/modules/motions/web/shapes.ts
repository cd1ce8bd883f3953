import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { get } from '../../../web/api.ts'
import { useMe, useScope } from '../../../web/session.ts'
import type { ActRow } from '../../../web/shapes.ts'
import type { BoxState } from '../../ballots/contract.ts'
import type { VerdictShape } from '../../../web/ui/Verdict.tsx'
import type { Channel, Kind, MotionState, Source, SuggestionKind, SuggestionState, Verdict } from '../words.ts'

/** What the server answers about motions, as the screens read it. */
export interface MotionRow {
  id: number
  unitId: number
  unitName: string
  kind: Kind
  title: string
  category: string | null
  state: MotionState
  series: string | null
  number: number | null
  session: string | null
  channel: Channel
  source: Source
  receivedOn: string | null
  moverName: string | null
  delegation: string | null
  department: string | null
  dueOn: string | null
  repliedOn: string | null
  late: boolean
  verdict: Verdict | null
  mergedInto: number | null
}
export interface AssignmentShape {
  id: number
  departmentId: number
  department: string
  part: 'lead' | 'joint'
  round: number
  assignedOn: string
  dueOn: string
  plan: string | null
  plannedOn: string | null
  reply: string | null
  outcome: string | null
  repliedOn: string | null
  open: boolean
  late: boolean
}
export interface MotionShape extends Omit<MotionRow, 'late' | 'verdict' | 'department'> {
  callId: number | null
  body: string
  remedy: string | null
  moverId: number | null
  reason: string | null
  leader: string | null
  round: number
  progress: string | null
  verdictDueOn: string | null
  urged: boolean
  closedOn: string | null
  filedOn: string | null
  version: number
  intoTitle: string | null
  intoSeries: string | null
  intoNumber: number | null
  minSeconders: number
  closesOn: string | null
  seconders: { personId: number; name: string; unitName: string; agreed: boolean | null; answeredOn: string | null }[]
  assignments: AssignmentShape[]
  verdicts: { round: number; verdict: Verdict; words: string | null; givenOn: string; onBehalf: boolean }[]
  merged: { id: number; title: string; moverName: string | null }[]
  urgings: { level: number; urgedOn: string }[]
  acts: ActRow[]
  may: {
    change: boolean
    submit: boolean
    withdraw: boolean
    second: boolean
    sort: boolean
    merge: boolean
    transfer: boolean
    handle: number[]
    verdict: boolean
    close: boolean
    urge: boolean
    outcome: boolean
    attach: boolean
  }
}
export interface Similar {
  id: number
  title: string
  series: string | null
  number: number | null
  state: MotionState
  receivedOn: string | null
  likeness: number
  mayOpen: boolean
}
export interface CallShape {
  id: number
  session: string
  sessionId: number | null
  opensOn: string
  closesOn: string
  meetsOn: string | null
  minSeconders: number
  replyDays: number
  open: boolean
}
export interface DepartmentShape {
  id: number
  name: string
  linkedUnitId: number | null
  linkedUnitName: string | null
  headId: number | null
  headName: string | null
}
export interface Options {
  unitId: number
  homeId: number | null
  calls: CallShape[]
  drives: CallShape[]
  categories: string[]
  suggestionCategories: string[]
  minSeconders: number
  /** Sessions of the congress that a drive may prepare. */
  sessions: { id: number; name: string; title: string; startsOn: string; state: string }[]
  departments: DepartmentShape[]
  may: { sort: boolean; supervise: boolean }
}
export interface SuggestionShape {
  id: number
  unitId: number
  unitName: string
  kind: SuggestionKind
  category: string | null
  title: string
  body: string
  remedy: string | null
  proposerName: string
  branch: string | null
  state: SuggestionState
  receivedOn: string
  grade: string | null
  rewardFen: number | null
  adopted: boolean | null
  decidedOn: string | null
  reason: string | null
  changed: string | null
  changedOn: string | null
  benefitFen: number | null
  callName: string | null
}
export interface PanelRow {
  id: number
  purpose: 'suggestion' | 'motion'
  title: string
  documentNo: string | null
  formedOn: string
  closedOn: string | null
  method: 'points' | 'ballot'
  judges: number
  entries: number
}
export interface Entry {
  id: number
  motionId: number | null
  suggestionId: number | null
  unitId: number | null
  title: string
  owner: string | null
  judges: number
  scored: number
  points: number | null
  meanHundredths: number | null
  myPoints: number | null
  award: string | null
}

/** A panel at work, with what is before it and how it was voted on. */
export interface PanelShape extends Omit<PanelRow, 'judges' | 'entries'> {
  unitId: number
  sessionTitle: string | null
  leads: boolean
  sits: boolean
  judges: { personId: number; name: string; department: string; role: string; scored: number }[]
  entries: Entry[]
  ballots: {
    award: string
    vote: { id: number; title: string; state: string; mode: string; round: number }
    result: VerdictShape | null
    box: BoxState | null
  }[]
}

/** Calls, categories and departments of the union one works for (or belongs to). */
export function useOptions(): UseQueryResult<Options> {
  const { unitId } = useScope()
  const officer = useOfficer()
  return useQuery({
    queryKey: ['motion-options', officer ? unitId : 0],
    // Somebody whose unit is a branch has no motions group there: then the home union's answer serves.
    queryFn: () =>
      get<Options>('/api/motions/options', officer ? { unitId } : {}).catch((error: unknown) =>
        officer ? get<Options>('/api/motions/options').catch(() => Promise.reject(error)) : Promise.reject(error),
      ),
    retry: false,
  })
}

/** Holds any office: then lists are those of the unit on top of the page, else one's own. */
export function useOfficer(): boolean {
  return (useMe().data?.offices.length ?? 0) > 0
}
