import type { AuditKind, AuditState, FindingState } from '../../audit-contract.ts'

/** What the server answers about audits. */
export interface Audit {
  id: number
  unitId: number
  unitName: string
  byUnitId: number
  byUnitName: string
  title: string
  kind: AuditKind
  fromOn: string
  toOn: string
  scope: string
  state: AuditState
  lead: string
  members: string
  noticedOn: string | null
  startsOn: string
  endsOn: string
  conclusion: string | null
  opinion: string | null
  opinedOn: string | null
  reply: string | null
  reportedOn: string | null
  reportedTo: string | null
  closedOn: string | null
}
export interface AuditRow extends Audit {
  findings: number
  openFindings: number
}
export interface Paper {
  id: number
  no: number
  subject: string
  observation: string
  basis: string
  amountFen: number | null
  madeName: string
  madeAt: string
  vouchers: { id: number; month: number; no: number; onDate: string; summary: string; totalFen: number }[]
}
export interface Finding {
  id: number
  paperId: number | null
  no: number
  title: string
  basis: string
  amountFen: number | null
  demand: string
  dueOn: string
  state: FindingState
  answer: string | null
  answeredOn: string | null
  answeredBy: string | null
  returned: string | null
  acceptedOn: string | null
  acceptedBy: string | null
}
export interface AuditDetail {
  audit: Audit
  papers: Paper[]
  findings: Finding[]
  may: { audit: boolean; mend: boolean }
}
