import { EXEMPTIONS, type Exemption } from '../../income-words.ts'

/**
 * A month's dues: five per mille of the wage base, whose part below ten yuan doesn't count. Ten yuan give five fen, so
 * that there is nothing to round.
 * @param baseFen monthly wage without bonuses and allowances, in fen
 * @returns fen
 * @throws RangeError when the base is no amount
 * Source: 工发〔1978〕101号 一.
 */
export function duesOf(baseFen: number): number {
  if (!Number.isSafeInteger(baseFen) || baseFen < 0) throw new RangeError(`not a wage base in fen: ${baseFen}`)
  return ((baseFen - (baseFen % 1000)) / 1000) * 5
}

/** What is known about one member's month. */
export interface DuesCase {
  baseFen: number | null
  /** A fixed amount instead of the arithmetic (apprentices), in fen. */
  fixedFen: number | null
  exemption: Exemption | null
}

export interface DuesVerdict {
  dueFen: number
  /** How the amount came about, one sentence. */
  reason: string
}

/** The month's due amount and the sentence that explains it; a member without a base owes nothing until it is entered. */
export function judgeDues({ baseFen, fixedFen, exemption }: DuesCase): DuesVerdict {
  if (exemption) return { dueFen: 0, reason: `免交：${EXEMPTIONS[exemption]}` }
  if (fixedFen !== null) return { dueFen: fixedFen, reason: '按核定的固定数额交纳' }
  if (baseFen === null) return { dueFen: 0, reason: '还没有登记缴费基数' }
  const whole = Math.trunc(baseFen / 1000)
  return { dueFen: duesOf(baseFen), reason: `基数取整到 ${whole * 10} 元，乘以 0.5%` }
}

/** Months from the first to the last, both included: `2026-01` … `2026-03`. @throws RangeError beyond 60 months */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from; month <= to; month = nextMonth(month)) {
    months.push(month)
    if (months.length > 60) throw new RangeError('more than five years of months')
  }
  return months
}

export function nextMonth(month: string): string {
  const [year, index] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))]
  return index === 12 ? `${year + 1}-01` : `${year}-${String(index + 1).padStart(2, '0')}`
}
