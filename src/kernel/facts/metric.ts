import type { Aggregate, Domain } from '../register/declaration.ts'

/** A metric as the figures engine sees it, whichever register or module provides it. */
export interface MetricDefinition {
  id: string
  label: string
  unit: string
  domain: Domain
  /** Register id, or `<module>` for metrics that come from elsewhere. */
  provider: string
  definition?: string
  lowerIsBetter?: boolean
  zeroIf?: string
  /** A small group counted here gives its people away. */
  delicate?: boolean
  source:
    | { kind: 'register'; register: string; aggregate: Aggregate }
    /** Sum of a measure's facts within the period. */
    | { kind: 'flow'; measure: string; where?: Record<string, string | readonly string[]> }
    /** Sum of a measure's facts up to the period's end: a roster, a stock. */
    | { kind: 'balance'; measure: string; where?: Record<string, string | readonly string[]> }
    /** n of m in hundredths of a percent; as `each`, how much of the numerator's unit falls on one of the denominator: 元 a member. */
    | { kind: 'ratio'; numerator: string; denominator: string; as?: 'share' | 'each' }
}
