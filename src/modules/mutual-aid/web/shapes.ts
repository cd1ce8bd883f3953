import type { ActRow } from '../../../web/shapes.ts'
import type { ClaimDetail as Detail, ClaimRow } from '../contract.ts'
import { STATES } from '../words.ts'

export type ClaimDetail = Detail & { acts: ActRow[] }

const tones = {
  filed: 'info',
  examined: 'info',
  approved: 'warn',
  paid: 'good',
  returned: 'warn',
  refused: 'bad',
  appealed: 'warn',
  withdrawn: '',
} as const
export const standing = (claim: ClaimRow) => ({ text: STATES[claim.state], tone: tones[claim.state] })
