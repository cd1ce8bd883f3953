import type {
  AgreementKind,
  Body,
  Category,
  Disposition,
  Duty,
  Form,
  How,
  ItemOutcome,
  Kind,
  PanelKind,
  SessionState,
} from '../words.ts'
import type { BoxState } from '../../ballots/contract.ts'

/** What the server answers, as the pages read it. */
export interface May {
  read: boolean
  write: boolean
  run: boolean
  signIn: boolean
  export: boolean
}
export interface TermRow {
  id: number
  unitId: number
  unitName: string
  body: Body
  kind: Kind
  ordinal: number
  startsOn: string
  dueOn: string
  endedOn: string | null
  people: number
  women: number
  seats: number
  document: string | null
  seated: number
}
export interface SessionRow {
  id: number
  termId: number
  unitName: string
  body: Body
  kind: Kind
  ordinal: number
  form: Form
  number: number | null
  title: string
  startsOn: string
  endsOn: string
  place: string | null
  host: string | null
  recorder: string | null
  occasion: string | null
  noticeSentOn: string | null
  state: SessionState
  cancelReason: string | null
  currentItemId: number | null
  currentWords: string | null
  version: number
  seats: number
  expected: number
}
export interface Delegate {
  id: number
  personId: number
  name: string
  gender: 'm' | 'f' | null
  staffNo: string | null
  constituencyId: number
  constituency: string
  category: Category
  dispatched: boolean
  votes: number | null
  fromOn: string
  toOn: string | null
  endReason: string | null
  replacesName: string | null
}
export interface Constituency {
  id: number
  name: string
  people: number
  seats: number
  seated: number
}
export interface Panel {
  id: number
  kind: PanelKind
  name: string
  members: { delegateId: number; name: string; constituency: string; head: boolean }[]
}
export interface CitedCheck {
  id: string
  title: string
  holds: boolean
  words: string
  article: string
  verification: string
}
export interface Resolution {
  id: number
  sessionId: number
  sessionTitle: string
  number: number
  itemId: number
  title: string
  words: string
  passedOn: string
  effectiveOn: string
  confirmedOn: string | null
  standing: 'pending' | 'coming' | 'in-force'
}
export interface TermDetail {
  term: TermRow
  constituencies: Constituency[]
  delegates: Delegate[]
  panels: Panel[]
  checks: CitedCheck[]
  sessions: SessionRow[]
  resolutions: Resolution[]
  may: May
}
export interface ItemRow {
  id: number
  position: number
  title: string
  duty: Duty
  category: string
  important: boolean
  agreement: AgreementKind | null
  reporter: string | null
  seats: number | null
  confirmsId: number | null
  confirmsTitle: string | null
  words: string | null
  changeWords: string | null
  state: 'waiting' | 'done'
  outcome: ItemOutcome | null
  heldAt: string | null
  heldResult: { title: string; lines: string[]; verdict: string[] } | null
  candidates: { personId: number; name: string }[]
  elected: string[]
}
export interface Gate {
  present: number
  expected: number
  needed: number
  holds: boolean
  blocks: boolean
  steps: string[]
  notes: string[]
}
export interface VoteRow {
  itemId: number
  duty: Duty
  dutyTitle: string
  gate: Gate
  box: BoxState | null
  vote: {
    id: number
    title: string
    mode: 'hands' | 'paper' | 'named' | 'secret'
    state: 'draft' | 'issuing' | 'closed' | 'void'
    round: number
    expected: number
    tellers: { name: string }[]
  }
  result: {
    words: string
    verdict: { outcome: string; items: { key: string; label: string; yes: number; no: number; abstain: number }[] }
  } | null
}
export interface PaperRow {
  id: number
  itemId: number | null
  title: string
  versions: number
  remarks: number
  open: number
}
export interface Agreement {
  itemId: number
  kind: AgreementKind
  title: string
  passedOn: string
  signedOn: string | null
  expiresOn: string | null
  filedOn: string | null
  receivedOn: string | null
  receipt: string | null
  standing: string
  fileBy: string | null
  remindBy: string | null
  inForceOn: string | null
  steps: string[]
}
export interface SessionDetail {
  session: SessionRow
  may: May
  items: ItemRow[]
  votes: VoteRow[]
  papers: PaperRow[]
  resolutions: Resolution[]
  agreements: Agreement[]
  /** Decisions of joint meetings that a session has yet to confirm. */
  confirmable: { itemId: number; title: string }[]
  /** Elections and appraisals of this union that an item may lead to. */
  heldElsewhere: Record<'elect' | 'appraise', { path: string; title: string }[]>
  notice: {
    due: string
    holds: boolean | null
    steps: string[]
    notes: string[]
    title: string
    article: string
  } | null
  gate: Gate | null
}
export interface Attendance {
  personId: number
  number: number
  name: string
  constituency: string
  staffNo: string | null
  leave: string | null
  present: boolean
  firstIn: string | null
  passages: { direction: 'in' | 'out'; how: How; at: string }[]
}
export interface Live {
  id: number
  title: string
  unitName: string
  place: string | null
  state: SessionState
  words: string | null
  current: { id: number; position: number; title: string; duty: Duty; reporter: string | null } | null
  held: {
    title: string
    state: 'preparing' | 'open' | 'done' | 'ended'
    byPhone: boolean
    door: { address: string; words: string } | null
    lines: string[]
    code: string | null
  } | null
  next: string | null
  done: number
  items: number
  expected: number
  present: number
  leave: number
  gate: Gate | null
  vote: {
    id: number
    title: string
    byPhone: boolean
    state: string
    mode: 'hands' | 'paper' | 'named' | 'secret'
    expected: number
    present: number
    outcome: string | null
    passed: boolean | null
    items: { label: string; yes: number; no: number; abstain: number; outcome: string }[]
  } | null
  hallCode: string | null
  ballotCode: string | null
}
export interface MySessionDetail {
  session: SessionRow
  live: Live
  items: ItemRow[]
  papers: PaperRow[]
  own: Attendance | null
  leave: string | null
}
export interface Clause {
  key: string
  text: string
}
export interface Remark {
  id: number
  versionNo: number
  clause: string | null
  words: string
  author: string
  delegation: string | null
  at: string
  disposition: Disposition | null
  answer: string | null
  becameNo: number | null
  answeredBy: string | null
  before: string | null
  after: string | null
}
export interface PaperDetail {
  id: number
  sessionId: number
  sessionTitle: string
  itemId: number | null
  title: string
  versions: { no: number; note: string; author: string; createdAt: string; clauses: Clause[] }[]
  remarks: Remark[]
}
export interface ClauseChange {
  key: string
  kind: 'same' | 'changed' | 'added' | 'removed'
  pieces: { kind: 'same' | 'added' | 'removed'; text: string }[]
  remarks: Remark[]
}
