import type { ActRow } from '../../../web/shapes.ts'
import { STATES, type FileState } from '../words.ts'

export interface FileRow {
  id: number
  unitId: number
  unitName: string
  personId: number
  personName: string
  state: FileState
  category: string | null
  filedOn: string | null
  reviewOn: string | null
  overdue: boolean
}

export interface Version {
  no: number
  reason: 'application' | 'check' | 'review'
  onDay: string
  ground: string
  relatives: { name: string; relation: string; incomeFen: number; note?: string }[]
  familySize: number
  incomeFen: number
  rigidFen: number
  lossFen: number
  accident: boolean
  exclusions: string[]
  visitors: string | null
  diagnosis: string | null
  verdict: { category: string | null; perCapitaFen: number; steps: { text: string; holds: boolean }[] }
  document: string | null
  by: string
  closedBy: number | null
}

export interface FileShape extends FileRow {
  liftedOn: string | null
  liftReason: string | null
  previousId: number | null
  versions: Version[]
  publicity: { itemId: number; untilOn: string; objections: number; unanswered: number; passed: boolean } | null
  acts: ActRow[]
  own: boolean
  abridged: boolean
  undecided: number | null
  movedFrom: string | null
}

export const reasons = { application: '申请', check: '入户核查', review: '年度复核' } as const

export const standing = (file: FileRow): { text: string; tone: 'good' | 'warn' | 'bad' | 'info' | '' } => {
  if (file.overdue) return { text: '复核逾期', tone: 'bad' }
  if (file.state === 'on-file') return { text: STATES['on-file'], tone: 'good' }
  if (file.state === 'lifted' || file.state === 'withdrawn') return { text: STATES[file.state], tone: '' }
  if (file.state === 'rejected') return { text: STATES.rejected, tone: 'bad' }
  return { text: STATES[file.state], tone: 'info' }
}
