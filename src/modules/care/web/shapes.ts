import type { ActRow } from '../../../web/shapes.ts'
import type { REQUEST_WORDS } from '../../funds/words.ts'

export interface EventRow {
  id: number
  unitId: number
  unitName: string
  personName: string
  status: string
  occasion: string
  relation: string
  happenedOn: string
  knownOn: string
  place: string | null
  note: string | null
  system: string | null
  visitor: string | null
  dueOn: string | null
  state: 'open' | 'visited' | 'waived'
  visitedOn: string | null
  reason: string | null
  late: boolean
}
/** The visit's money on its way through the books. */
export interface EventMoney {
  requestId: number
  state: keyof typeof REQUEST_WORDS
  amountFen: number
  paidOn: string | null
  voucherId: number | null
  voucherNumber: string | null
  refundedFen: number
  mayRefund: boolean
}
export interface EventDetail extends EventRow {
  signedBy: string | null
  signedOn: string | null
  mayVisit: boolean
  money: EventMoney | null
  acts: ActRow[]
}

/** What an event stands at, in a word and a colour. */
export const standing = (event: EventRow): { text: string; tone: 'good' | 'warn' | 'bad' | 'info' | '' } => {
  if (event.state === 'waived') return { text: '不再走访', tone: '' }
  if (event.state === 'visited')
    return event.late ? { text: '逾期后已访', tone: 'warn' } : { text: '已走访', tone: 'good' }
  if (event.late) return { text: '已逾期', tone: 'bad' }
  return { text: '待走访', tone: 'info' }
}

/** 本人住院; 父母住院. */
export const whose = (event: { relation: string; occasion: string }): string =>
  event.relation === '本人' ? event.occasion : `${event.relation}${event.occasion}`
