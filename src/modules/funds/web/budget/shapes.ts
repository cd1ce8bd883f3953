import type { ActRow } from '../../../../web/shapes.ts'

export interface BudgetLine {
  id: number
  accountCode: string
  accountName: string
  projectName: string | null
  projectCode: string | null
  amountFen: number
  beforeFen: number
  executedFen: number
  reservedFen: number
  leftFen: number
  note: string | null
}

interface Standing {
  income: BudgetLine[]
  spending: BudgetLine[]
  incomeOutsideFen: number
  spendingOutsideFen: number
}

interface Version {
  id: number
  version: number
  reason: string | null
  effectiveOn: string | null
  minutes: string | null
  minutesOn: string | null
  state: string
  stateTitle: string
}

export interface BudgetYear {
  unitName: string
  accounts: { code: string; name: string; direction: 'income' | 'spending' }[]
  versions: Version[]
  carriedFen: number
  inForce: (Standing & { id: number; version: number }) | null
  open: (Standing & Version & { acts: ActRow[]; moves: string[] }) | null
  mayPrepare: boolean
}

/** One line as it is typed. */
export interface LineDraft {
  direction: 'income' | 'spending'
  account: string
  project: string | null
  amountFen: unknown
  beforeFen: number
  name: string
}
