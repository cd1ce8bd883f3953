import type { Entrusted } from '../../asset-contract.ts'

export type { Advance, Asset, AssetList, DepreciationLine, Inventory, StockItem } from '../../asset-contract.ts'

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
  entrusted: Entrusted[]
}
