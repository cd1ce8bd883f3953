/**
 * What a plan pays, in integer fen. Each real plan is one of six formulas with its own numbers; the numbers are data of the
 * plan's version, the formulas are here. Fractions of a fen are dropped once, at the end.
 */

/** A piece of the amount: above `lowFen` up to `highFen`, paid at `rate` hundredths of a percent (4000 is 40 %). */
export interface Tier {
  lowFen: number
  /** null: and beyond */
  highFen: number | null
  rate: number
}

export type Formula =
  /** A: each piece of one's own costs at its own rate; nothing below the threshold, which itself counts when `inclusive`. */
  | { kind: 'tiers'; thresholdFen: number; inclusive: boolean; tiers: readonly Tier[] }
  /** B: the deductible is taken off first, and the pieces are those of the rest. */
  | { kind: 'deductible'; deductibleFen: number; tiers: readonly Tier[] }
  /** C: the whole costs choose one rate, which is paid on one's own part. */
  | { kind: 'band'; thresholdFen: number; bands: readonly Tier[] }
  /** D: a lump by category, less what the plan paid before where it says so. */
  | { kind: 'lump'; amounts: Readonly<Record<string, number>>; lessPaid: boolean }
  /** E: so much a day from a day on, at most so many days. */
  | { kind: 'daily'; fenPerDay: number; fromDay: number; mostDays: number }
  /** F: a share of the sum by the grade of disability. */
  | { kind: 'disability'; sumFen: number; rates: Readonly<Record<string, number>> }

export interface Caps {
  claimFen?: number
  /** Of one member within one period, over all claims. */
  periodFen?: number
  /** Claims of one member within one period. */
  claims?: number
}

export interface Costs {
  /** One's own part after insurance, fen. */
  ownFen: number
  /** The whole eligible costs, fen. */
  totalFen: number
  days: number
  /** Key of a lump or of a disability grade. */
  category: string
  /** What this member was paid in this period before, fen. */
  paidFen: number
  /** How many claims of this member were paid in this period before. */
  paidClaims: number
}

export interface Step {
  text: string
  fen: number
}
export interface Payout {
  fen: number
  steps: Step[]
}

const SHARE = 10_000
const yuan = (fen: number): string => (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })
const percent = (rate: number): string => `${rate / 100}%`

/** Pieces of an amount at their rates: exact in ten-thousandths of a fen. */
function pieces(amountFen: number, tiers: readonly Tier[], steps: Step[]): number {
  let exact = 0
  for (const { lowFen, highFen, rate } of tiers) {
    const piece = Math.max(0, Math.min(amountFen, highFen ?? amountFen) - lowFen)
    if (piece === 0) continue
    exact += piece * rate
    steps.push({
      text: `${yuan(lowFen)} 元以上${highFen === null ? '' : `至 ${yuan(highFen)} 元`}的 ${yuan(piece)} 元 × ${percent(rate)}`,
      fen: Math.floor((piece * rate) / SHARE),
    })
  }
  return exact
}

function exactly(formula: Formula, costs: Costs, steps: Step[]): number {
  switch (formula.kind) {
    case 'tiers': {
      const { thresholdFen, inclusive } = formula
      const reached = inclusive ? costs.ownFen >= thresholdFen : costs.ownFen > thresholdFen
      if (!reached) {
        steps.push({
          text: `自付 ${yuan(costs.ownFen)} 元，未达到起付 ${yuan(thresholdFen)} 元${inclusive ? '（含）' : ''}`,
          fen: 0,
        })
        return 0
      }
      return pieces(costs.ownFen, formula.tiers, steps)
    }
    case 'deductible': {
      const left = Math.max(0, costs.ownFen - formula.deductibleFen)
      steps.push({ text: `自付 ${yuan(costs.ownFen)} 元 − 免赔 ${yuan(formula.deductibleFen)} 元`, fen: left })
      return pieces(left, formula.tiers, steps)
    }
    case 'band': {
      const band =
        costs.totalFen < formula.thresholdFen
          ? undefined
          : formula.bands.find(({ highFen }) => highFen === null || costs.totalFen <= highFen)
      if (!band) {
        steps.push({ text: `总费用 ${yuan(costs.totalFen)} 元，不在补助范围`, fen: 0 })
        return 0
      }
      const exact = costs.ownFen * band.rate
      steps.push({
        text: `总费用 ${yuan(costs.totalFen)} 元适用 ${percent(band.rate)}：自付 ${yuan(costs.ownFen)} 元 × ${percent(band.rate)}`,
        fen: Math.floor(exact / SHARE),
      })
      return exact
    }
    case 'lump': {
      const sum = formula.amounts[costs.category] ?? 0
      steps.push({ text: `${costs.category || '未写明类别'}：定额 ${yuan(sum)} 元`, fen: sum })
      if (!formula.lessPaid) return sum * SHARE
      const left = Math.max(0, sum - costs.paidFen)
      steps.push({ text: `减去本期已付 ${yuan(costs.paidFen)} 元`, fen: left })
      return left * SHARE
    }
    case 'daily': {
      const days = Math.min(formula.mostDays, Math.max(0, costs.days - formula.fromDay + 1))
      const sum = days * formula.fenPerDay
      steps.push({
        text: `住院 ${costs.days} 天，自第 ${formula.fromDay} 天起算 ${days} 天（至多 ${formula.mostDays} 天）× ${yuan(formula.fenPerDay)} 元`,
        fen: sum,
      })
      return sum * SHARE
    }
    case 'disability': {
      const rate = formula.rates[costs.category] ?? 0
      const exact = formula.sumFen * rate
      steps.push({
        text: `${costs.category || '未写明等级'}：保额 ${yuan(formula.sumFen)} 元 × ${percent(rate)}`,
        fen: Math.floor(exact / SHARE),
      })
      return exact
    }
  }
}

/**
 * What a claim comes to: the formula, then the caps of the claim, of the member's period and of the number of claims.
 * @throws RangeError for negative or broken amounts
 */
export function payout(formula: Formula, caps: Caps, costs: Costs): Payout {
  for (const amount of [costs.ownFen, costs.totalFen, costs.days, costs.paidFen, costs.paidClaims])
    if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError('costs')
  const steps: Step[] = []
  let fen = Math.floor(exactly(formula, costs, steps) / SHARE)
  const cap = (least: number, text: string): void => {
    if (fen <= least) return
    fen = least
    steps.push({ text, fen })
  }
  if (caps.claims !== undefined && costs.paidClaims >= caps.claims)
    cap(0, `本期已补助 ${costs.paidClaims} 次，达到 ${caps.claims} 次的上限`)
  if (caps.claimFen !== undefined) cap(caps.claimFen, `每次不超过 ${yuan(caps.claimFen)} 元`)
  if (caps.periodFen !== undefined)
    cap(
      Math.max(0, caps.periodFen - costs.paidFen),
      `每期不超过 ${yuan(caps.periodFen)} 元，本期已付 ${yuan(costs.paidFen)} 元`,
    )
  return { fen, steps }
}
