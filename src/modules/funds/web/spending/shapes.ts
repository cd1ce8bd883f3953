import type { RequestDetail as Detail, RouteRow, SpendingFrame, SpendingVerdict } from '../../spending-contract.ts'

export type { RequestRow } from '../../spending-contract.ts'
export type RequestDetail = Detail<string>
export type Verdict = SpendingVerdict
export type Frame = SpendingFrame
export type ApprovalRoute = RouteRow

export const toneOf = (state: string): 'good' | 'warn' | 'bad' | undefined =>
  state === 'paid'
    ? 'good'
    : state === 'refused' || state === 'cancelled'
      ? 'bad'
      : state === 'draft'
        ? undefined
        : 'warn'
