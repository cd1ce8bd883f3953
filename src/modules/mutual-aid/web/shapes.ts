import type { ActRow } from '../../../web/shapes.ts'
import { STATES, type ClaimState } from '../words.ts'

export interface PlanShape {
  id: number
  unitName: string
  scheme: string
  title: string
  organiser: string
  startsOn: string
  endsOn: string
  premiumFen: number
  waitingDays: number
  claimDays: number
  causes: string[]
  hospitals: string[]
  papers: string[]
  formula: { kind: string; amounts?: Record<string, number>; rates?: Record<string, number> }
  document: string
  members: number
  paid: number
  paidFen: number
  paidClaims: number
}

export interface ClaimShape {
  id: number
  planId: number
  planTitle: string
  unitName: string
  personId: number
  personName: string
  cause: string
  category: string | null
  eventOn: string
  filedOn: string
  hospital: string
  days: number
  totalFen: number
  ownFen: number
  excluded: boolean
  invoiceNo: string
  papers: string[]
  claimedFen: number
  computedFen: number | null
  approvedFen: number | null
  paidFen: number | null
  paidOn: string | null
  adjustment: string | null
  sampled: boolean
  state: ClaimState
  previousId: number | null
}

export interface ClaimDetail extends ClaimShape {
  checked: {
    passes: boolean
    findings: { no: number; title: string; holds: boolean; text: string }[]
    payout: { fen: number; steps: { text: string; fen: number }[] }
  }
  acts: ActRow[]
  own: boolean
}

const tones = {
  filed: 'info',
  examined: 'info',
  approved: 'warn',
  paid: 'good',
  returned: 'warn',
  refused: 'bad',
  withdrawn: '',
} as const
export const standing = (claim: ClaimShape) => ({ text: STATES[claim.state], tone: tones[claim.state] })
