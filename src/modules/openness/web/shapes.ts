import type { ActRow } from '../../../web/shapes.ts'
import type { Audience, DutyVerification, ItemState, Kind, Outcome, QuestionKind, Rhythm } from '../words.ts'

export interface Item {
  id: number
  unitId: number
  unitName: string
  dutyId: number | null
  period: string | null
  kind: Kind
  category: string
  title: string
  body: string
  channel: string
  audience: Audience
  fromOn: string
  untilOn: string
  publicity: boolean
  state: ItemState
  publishedOn: string | null
  endedOn: string | null
  source: string | null
  version: number
  asked: number
  unanswered: number
}
export interface Question {
  id: number
  itemId: number
  itemTitle: string
  unitName: string
  kind: QuestionKind
  words: string
  asker: string | null
  askedOn: string
  dueOn: string
  answer: string | null
  outcome: Outcome | null
  shown: boolean | null
  answeredOn: string | null
  overdue: boolean
}
export interface ItemDetail {
  item: Item
  acts: ActRow[]
  questions: Question[]
  verbs: { verb: string; permission: string }[]
}
export interface Duty {
  id: number
  entry: string | null
  unitName: string
  kind: Kind
  category: string
  title: string
  rhythm: Rhythm
  withinDays: number
  displayDays: number
  basis: string
  verification: DutyVerification
  startsOn: string
  endedOn: string | null
}
export interface Entry {
  id: string
  kind: Kind
  category: string
  title: string
  rhythm: Rhythm
  withinDays: number
  displayDays: number
  basis: string
  verification: DutyVerification
}
export interface Due {
  dutyId: number
  unitId: number
  unitName: string
  kind: Kind
  category: string
  title: string
  displayDays: number
  period: string
  dueOn: string
  itemId: number | null
  itemState: ItemState | null
  publishedOn: string | null
  overdue: boolean
}
export interface Inspection {
  id: number
  unitName: string
  targetName: string
  kind: string
  title: string
  onDate: string
  leaderName: string | null
  findings: { id: number; finding: string; dueOn: string; fixedOn: string | null; fixedWords: string | null }[]
}
export interface BoardItem {
  id: number
  unitName: string
  kind: Kind
  category: string
  title: string
  publishedOn: string
  untilOn: string
  publicity: boolean
}
export interface BoardDetail extends BoardItem {
  body: string
  open: boolean
  questions: {
    id: number
    kind: QuestionKind
    words: string
    askedOn: string
    dueOn: string
    answer: string | null
    outcome: Outcome | null
    answeredOn: string | null
    own: boolean
  }[]
}
