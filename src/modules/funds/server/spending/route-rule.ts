import { formatYuan } from '../../../../kernel/money/money.ts'
import type { SpendingKindId } from '../../spending-kinds.ts'

/** Who signs up to what amount: dated data of a union, by kind or for all kinds. Amounts in fen, the limit included. */
export interface ApprovalRoute {
  /** null: all kinds without a row of their own. */
  kind: SpendingKindId | null
  /** A deputy signs up to this amount; above, the chair. */
  deputyUpToFen: number
  /** The chair signs alone up to this amount; above, the committee has decided and its minutes are attached. */
  chairUpToFen: number
  validFrom: string
  validTo: string | null
}

export interface Required {
  signer: 'deputy' | 'chair'
  collective: boolean
  /** The reason in a sentence. */
  sentence: string
}

/** What a union without rows of its own goes by: the chair signs everything, the committee decides above 5,000 yuan. */
export const DEFAULT_ROUTE: ApprovalRoute = {
  kind: null,
  deputyUpToFen: 0,
  chairUpToFen: 500_000,
  validFrom: '1949-10-01',
  validTo: null,
}

/** The row in force for a kind on a day: its own before the general one, the newest of several. */
export function routeOn(routes: readonly ApprovalRoute[], kind: SpendingKindId, on: string): ApprovalRoute {
  const inForce = routes
    .filter((route) => route.validFrom <= on && (!route.validTo || on <= route.validTo))
    .toSorted((one, other) => other.validFrom.localeCompare(one.validFrom))
  return inForce.find((route) => route.kind === kind) ?? inForce.find((route) => route.kind === null) ?? DEFAULT_ROUTE
}

/** Who has to sign an amount. Every route is monotone: more money never needs less. */
export function requiredFor(route: ApprovalRoute, amountFen: number): Required {
  if (amountFen <= Math.min(route.deputyUpToFen, route.chairUpToFen))
    return {
      signer: 'deputy',
      collective: false,
      sentence: `${formatYuan(route.deputyUpToFen)} 元以内由分管副主席审批。`,
    }
  if (amountFen <= route.chairUpToFen)
    return { signer: 'chair', collective: false, sentence: `${formatYuan(route.chairUpToFen)} 元以内由主席审批。` }
  return {
    signer: 'chair',
    collective: true,
    sentence: `超过 ${formatYuan(route.chairUpToFen)} 元由工会委员会集体研究，主席凭会议纪要签批。`,
  }
}
