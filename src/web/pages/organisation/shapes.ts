import type { UnionKind, UnitType } from '../../../modules/organisation/types.ts'

export interface UnitDetail {
  id: number
  code: string
  name: string
  shortName: string | null
  type: UnitType
  body: string | null
  parentId: number | null
  layerName: string
  foundedOn: string | null
  dissolvedOn: string | null
  successorName: string | null
  sortKey: number
  version: number
  path: { id: number; name: string }[]
  history: {
    name: string
    type: string
    parentName: string | null
    validFrom: string | null
    validTo: string | null
    reason: string
    document: string | null
  }[]
  profile: Profile | null
  headcount: Headcount | null
  below: Record<string, number>
}
export interface Profile {
  year: number
  kind: UnionKind | null
  upperUnion: string | null
  partyBody: string | null
  administration: string | null
  motto: string | null
  idea: string | null
  guiding: string | null
  version: number
}
export interface Headcount {
  id: number
  countedOn: string
  staff: number
  women: number | null
  dispatched: number | null
  employers: number | null
  source: string | null
}
