import type { ActRow } from '../../../web/shapes.ts'
import type { Round } from '../rounds-contract.ts'
import type { REQUEST_WORDS } from '../../funds/words.ts'

export interface RoundDetail extends Round {
  remarks: { title: string; steps: string[]; blocks: boolean }[]
  money: {
    requestId: number
    state: keyof typeof REQUEST_WORDS
    amountFen: number
    voucherId: number | null
    voucherNumber: string | null
  } | null
  mayRun: boolean
  acts: ActRow[]
}
export const ROUND_TONES = { draft: 'info', open: 'warn', closed: 'good', cancelled: '' } as const
