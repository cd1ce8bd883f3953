/** What the server answers about assets, goods and advances. */
export interface Asset {
  id: number
  code: string
  name: string
  kind: string
  quantity: number
  costFen: number
  years: number | null
  acquiredOn: string
  origin: 'bought' | 'given' | 'opening'
  lostFen: number
  place: string
  keeper: string
  note: string
  voucherId: number | null
  state: 'in-use' | 'pending' | 'left'
  leftOn: string | null
  version: number
}
export interface AssetList {
  assets: Asset[]
  cards: { costFen: number; lostFen: number }
  ledger: { costFen: number; lostFen: number }
}
export interface DepreciationLine {
  assetId: number
  code: string
  name: string
  kind: string
  costFen: number
  beforeFen: number
  amountFen: number
}
export interface StockItem {
  id: number
  name: string
  measure: string
  quantity: number
  amountFen: number
  moves: { onDate: string; quantity: number; amountFen: number; purpose: string; voucherId: number }[]
}
export interface Inventory {
  id: number
  onDate: string
  counters: string
  closed: boolean
  lines: {
    assetId: number
    code: string
    name: string
    place: string
    keeper: string
    expected: number
    found: number | null
    remark: string
  }[]
}
export interface Advance {
  id: number
  payee: string
  purpose: string
  amountFen: number
  settledFen: number
  openFen: number
  paidOn: string
  dueOn: string
  voucherId: number
}
export interface PurposeMoney {
  projects: {
    projectId: number
    code: string
    name: string
    fundKind: 'tied' | 'free'
    finishedOn: string | null
    incomeFen: number
    expenseFen: number
    balanceFen: number
  }[]
  entrusted: { counterparty: string; receivedFen: number; paidFen: number; balanceFen: number }[]
}
