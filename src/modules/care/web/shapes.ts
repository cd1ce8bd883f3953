import type { ActRow } from '../../../web/shapes.ts'

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
export interface EventDetail extends EventRow {
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
