import type { Aggregate, Domain, Field, Genre, Lines } from '../kernel/register/declaration.ts'
import type { Audience } from '../kernel/small-groups/audience.ts'

/** What the server answers, as the app reads it. */

export interface HeldOffice {
  officeId: number
  unitId: number
  unitName: string
  role: string
  title?: string
  roleTitle?: string
}
export interface Me {
  accountId: number
  personId: number | null
  name: string
  login: string
  /** enrol: must set up a second factor before anything else. */
  stage: 'full' | 'enrol' | 'factor'
  shared: boolean
  offices: HeldOffice[]
  currentOffice: HeldOffice | null
  currentUnit: { id: number; name: string } | null
  permissions: string[]
  factors: ('totp' | 'passkey')[]
}

export interface MetricRow {
  id: string
  label: string
  unit: string
  definition?: string
  aggregate?: Aggregate
}

export interface RegisterShape {
  id: string
  title: string
  domain: Domain
  domainTitle: string
  help: string
  mechanisms: string[]
  dateLabel?: string
  endDateLabel?: string
  titleLabel?: string
  fields: Field[]
  lines?: Lines
  metrics: MetricRow[]
  confidential?: boolean
  custom?: boolean
  historyOnly?: boolean
  signatures?: string[]
  may: { read?: boolean; write: boolean; import: boolean; export: boolean; void: boolean }
  countThisYear?: number
}

export interface PersonRef {
  id: number | null
  name: string
}
export interface HouseholdRef {
  id: number
  headName: string
}
export type FieldValues = Record<string, unknown>
export type RecordState = 'draft' | 'recorded' | 'void'

export interface RecordRow {
  id: number
  unitId: number
  unitName: string
  happenedOn: string
  endedOn: string | null
  title: string | null
  state: RecordState
  version: number
  person?: PersonRef | null
  household?: HouseholdRef | null
  fields: FieldValues
  lineCount: number
  updatedAt: string
}
export interface RecordPage {
  rows: RecordRow[]
  next: string | null
  total: number
  totals?: Record<string, number>
}
export interface RecordLine {
  lineNo: number
  person?: PersonRef | null
  household?: HouseholdRef | null
  fields: FieldValues
}
export interface FactRow {
  measure: string
  label: string
  quantity: number
  onDate: string
  reversed: boolean
  unit?: string
}
export interface ActRow {
  verb: string
  words: string | null
  actorName: string
  office: string
  at: string
  fromState?: string | null
  toState?: string | null
}
export interface AuditRow {
  id: number
  at: string
  actorName: string
  office: string
  action: string
  summary: string
  detail?: Record<string, unknown>
}
export interface RecordDetail extends RecordRow {
  register: string
  lines: RecordLine[]
  createdBy: string | number
  createdAt: string
  voidReason?: string | null
  source?: string
  sheet?: string | null
  rowNo?: number | null
  /** Path of the process that keeps the record; null when it is kept by hand. */
  keptBy: string | null
  facts: FactRow[]
  acts: ActRow[]
  audit: AuditRow[]
  warnings: WarningRow[]
}

/** A remark that does not keep a record from counting. */
export interface WarningRow {
  code: 'off-standard'
  sentence: string
  standardRecordId: number
}

export interface FigureShape {
  metric: string
  label: string
  unit: string
  kind: 'count' | 'amount' | 'rate' | 'frequency' | 'stated' | 'mean' | 'balance' | 'each'
  domain: Domain
  definition?: string
  /** Amounts in fen, rates in hundredths of a percent. */
  value: number
  numerator?: number
  denominator?: number
  facts: number
  firstOn: string | null
  lastOn: string | null
  recordId?: number
  text: string
  qualifier: 'exact' | '余'
  printed: number
  domainTitle?: string
  lowerIsBetter?: boolean
  previous?: number | null
  /** Last year's in words, where it was held back. */
  previousText?: string
  /** Held back for the sake of a small group; `text` says so. */
  withheld?: 'small' | 'beside'
  mayOpen?: boolean
}
/** A figure in a report: also whose and when. */
export interface ReportFigure extends FigureShape {
  key: string
  unitId: number
  periodFrom: string
  periodTo: string
  section?: string
  sentence?: string
}
/** What the drawer needs to open a figure's rows. */
export type OpenFigure = FigureShape & {
  unitId: number
  periodFrom: string
  periodTo: string
  watermark?: number | null
}
export interface FigureRow {
  factId: number | null
  part: 'value' | 'numerator' | 'denominator'
  onDate: string
  unitId: number
  unitName: string
  quantity: number
  personId: number | null
  personName: string | null
  refKind: string
  refId: number | null
  register: string | null
  registerTitle: string | null
  title: string | null
  mayOpen: boolean
}

export type Run = { text: string } | { figure: string }
export interface Block {
  id: string
  kind: 'heading' | 'paragraph' | 'table'
  level?: number
  runs: Run[]
  section?: string
  manual?: true
  generated?: Run[]
  columns?: { title: string; width?: number; align?: 'left' | 'right' | 'center' }[]
  rows?: Run[][][]
}
export interface ReportBody {
  title: string
  addressee?: string
  blocks: Block[]
  figures: Record<string, ReportFigure>
  signature: { organ: string; date: string }
}
export interface LintLine {
  level: 'warning' | 'notice'
  code: string
  sentence: string
  blockId?: string
}
export type ReportState = 'draft' | 'signed' | 'frozen'
export interface ReportSummary {
  id: number
  title: string
  genre: Genre
  year: number
  unitId: number
  unitName?: string
  state: ReportState
  audience: Audience
  version: number
  updatedAt?: string
  author?: string
}
export interface ReportChange {
  blockId: string
  kind: 'added' | 'removed' | 'changed' | 'kept'
  before: string
  after: string
}
export interface ReportDetail extends ReportSummary {
  genreTitle: string
  periodFrom: string
  periodTo: string
  watermark: number | null
  body: ReportBody
  versions: { no: number; reason: string; author: string; createdAt: string }[]
  comments: { id: number; blockId: string | null; words: string; author: string; createdAt: string }[]
  acts: ActRow[]
  may: { write: boolean; sign: boolean; export: boolean }
}

export interface UnitRow {
  id: number
  code?: string
  name: string
  shortName?: string | null
  type: string
  typeTitle?: string
  parentId: number | null
  hasChildren?: boolean
  children?: number
  path?: string
}
export interface PersonRow {
  id: number
  name: string
  staffNo: string | null
  unitName: string
  masked?: string
}
export interface TodoRow {
  id: number
  kind: string
  title: string
  link: string
  dueOn: string | null
  createdAt: string
  unitName?: string
}
