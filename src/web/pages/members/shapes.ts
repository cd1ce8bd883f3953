import type { Gender, JoinKind, LeaveKind, MembershipState, Status } from '../../../modules/members/words.ts'

export interface MemberRow {
  id: number
  name: string
  gender: Gender | null
  bornOn: string | null
  staffNo: string | null
  unitId: number
  unitName: string
  idLast4: string | null
  phoneLast4: string | null
  employment: string | null
  status: Status
  state: MembershipState
  joinedOn: string | null
  tags: string[]
}
export interface MemberPage {
  members: MemberRow[]
  next: string | null
  total: number
  totalIsAtLeast: boolean
}

export interface PersonDetail {
  id: number
  kind: 'member' | 'contact'
  name: string
  gender: Gender | null
  bornOn: string | null
  staffNo: string | null
  unitId: number
  path: { id: number; name: string }[]
  idLast4: string | null
  phoneLast4: string | null
  bankLast4: string | null
  employment: string | null
  status: Status
  version: number
  memberships: {
    unitName: string
    joinedOn: string | null
    leftOn: string | null
    retainedOn: string | null
    state: MembershipState
    joinKind: JoinKind
    leaveKind: LeaveKind | null
  }[]
  tags: { id: number; tag: string; since: string | null; until: string | null; evidence: string | null }[]
  kin: { name: string; relation: string; personId?: number }[]
}
export interface Statistics {
  onDate: string
  total: number
  women: number
  retained: number
  byUnit: { unitId: number; name: string; people: number; women: number }[]
  byTag: { tag: string; people: number }[]
  byAge: { from: number | null; to: number | null; people: number; women: number }[]
}
