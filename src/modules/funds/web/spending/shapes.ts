import type { ActRow } from '../../../../web/shapes.ts'
import type { Form, Method, SpendingKindId } from '../../spending-kinds.ts'

export interface RequestRow {
  id: number
  unitId: number
  unitName: string
  kind: SpendingKindId
  kindTitle: string
  purpose: string
  amountFen: number
  payee: string
  requestedOn: string
  createdName: string
  state: string
  stateTitle: string
}

export interface Verdict {
  cardId: string
  title: string
  holds: boolean | null
  strength: 'block' | 'warn' | 'info' | 'deadline'
  blocks: boolean
  steps: string[]
  notes: string[]
}

export interface Invoice {
  number: string
  amountFen: number
  issuedOn: string | null
  seller: string | null
}

export interface RequestDetail extends RequestRow {
  bookUnitName: string
  accountCode: string
  account: string
  project: string | null
  projectCode: string | null
  personId: number | null
  person: string | null
  people: number | null
  participants: number | null
  holiday: string | null
  form: Form
  method: Method
  confirmed: string[]
  minutes: string | null
  minutesOn: string | null
  source: string | null
  version: number
  capitals: string
  invoices: Invoice[]
  payment: {
    paidOn: string
    reference: string | null
    paidName: string
    voucherId: number
    voucherNumber: string
  } | null
  verdicts: Verdict[]
  required: { signer: 'deputy' | 'chair'; collective: boolean; sentence: string }
  room: { budgetId: number | null; lineId: number | null; lineFen: number; leftFen: number } | null
  acts: ActRow[]
  moves: string[]
  editable: boolean
}

export interface Frame {
  unitName: string
  bookUnitId: number
  profile: 'normal' | 'small'
  forbidden: { id: string; title: string; text: string }[]
  holidays: string[]
  projects: { code: string; name: string }[]
  standards: {
    id: number
    kind: SpendingKindId
    amountFen: number
    per: 'person' | 'person-year'
    strength: 'block' | 'warn'
    source: string
    number: string | null
    page: string
    validFrom: string
    validTo: string | null
  }[]
  routes: ApprovalRoute[]
  defaultRoute: Omit<ApprovalRoute, 'id' | 'document'>
}

export interface ApprovalRoute {
  id: number
  kind: SpendingKindId | null
  deputyUpToFen: number
  chairUpToFen: number
  document: string
  validFrom: string
  validTo: string | null
}

export const toneOf = (state: string): 'good' | 'warn' | 'bad' | undefined =>
  state === 'paid'
    ? 'good'
    : state === 'refused' || state === 'cancelled'
      ? 'bad'
      : state === 'draft'
        ? undefined
        : 'warn'
