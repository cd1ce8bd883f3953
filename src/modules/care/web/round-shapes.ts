import type { ActRow } from '../../../web/shapes.ts'
import { ROLLS } from '../../members/words.ts'
import { ROUND_STATES, SOURCES } from '../words.ts'
import type { REQUEST_WORDS } from '../../funds/words.ts'

export interface RoundRow {
  id: number
  unitId: number
  unitName: string
  kind: 'festival' | 'birthday'
  occasion: string
  title: string
  roll: keyof typeof ROLLS
  gift: string
  valueFen: number
  startOn: string
  untilOn: string
  place: string
  source: keyof typeof SOURCES
  supplier: string | null
  state: keyof typeof ROUND_STATES
  reason: string | null
  overReason: string | null
  people: number
  taken: number
  returned: number | null
  recordId: number | null
}
export interface RoundDetail extends RoundRow {
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
export interface EntryRow {
  no: number
  personName: string
  unitName: string
  party: string
  state: 'waiting' | 'taken'
  how: string | null
  takenOn: string | null
  signedBy: string | null
  givenBy: string | null
}
export const ROUND_TONES = { draft: 'info', open: 'warn', closed: 'good', cancelled: '' } as const
