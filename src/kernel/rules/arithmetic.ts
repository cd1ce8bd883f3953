/**
 * Comparisons of rule cards in integers. «以上、以内、届满» include the number, «超过、过半数、不满、不足» exclude it
 * (民法典 第1259条). A share is p/q of a named total; nothing is ever divided.
 */

export interface Share {
  p: number
  q: number
  /** true: more than p/q (过半数, 超过); false: p/q or more (以上). */
  strict: boolean
}

export const share = {
  twoThirds: { p: 2, q: 3, strict: false },
  majority: { p: 1, q: 2, strict: true },
  half: { p: 1, q: 2, strict: false },
  third: { p: 1, q: 3, strict: false },
  quarterExceeded: { p: 1, q: 4, strict: true },
} as const satisfies Record<string, Share>

const asCount = (value: number, what: string): bigint => {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${what} must be a count: ${value}`)
  return BigInt(value)
}

/** True when `count` of `total` reaches the share. Of nothing no share is reached. */
export function reaches(count: number, total: number, { p, q, strict }: Share): boolean {
  const left = BigInt(q) * asCount(count, 'count')
  const right = BigInt(p) * asCount(total, 'total')
  return total > 0 && (strict ? left > right : left >= right)
}

/** The smallest count that reaches the share of `total`. */
export function needed(total: number, { p, q, strict }: Share): number {
  const product = BigInt(p) * asCount(total, 'total')
  const divisor = BigInt(q)
  return Number(strict ? product / divisor + 1n : (product + divisor - 1n) / divisor)
}

/** Exactly half: 过半数 fails and 半数以上 passes, so whoever reads the verdict must know. */
export const isExactHalf = (count: number, total: number): boolean =>
  total > 0 && 2n * asCount(count, 'count') === asCount(total, 'total')

/** Of two shares that apply to one vote, the one that asks for more. */
export function stricter(a: Share, b: Share): Share {
  const left = BigInt(a.p) * BigInt(b.q)
  const right = BigInt(b.p) * BigInt(a.q)
  if (left === right) return a.strict ? a : b
  return left > right ? a : b
}

const DIGITS = '零一二三四五六七八九十'

/** 三分之二以上, 过半数, 半数以上, 5%以上, 超过四分之一. */
export function shareTitle({ p, q, strict }: Share): string {
  if (p === 1 && q === 2) return strict ? '过半数' : '半数以上'
  const fraction = q === 100 ? `${p}%` : q <= 10 && p <= 10 ? `${DIGITS[q]}分之${DIGITS[p]}` : `${p}/${q}`
  return strict ? `超过${fraction}` : `${fraction}以上`
}

/** «应到会99人，三分之二以上至少66人» in numbers: 3×66＝198，2×99＝198. */
export function shareSteps(count: number, total: number, rule: Share): { comparison: string; holds: boolean } {
  const holds = reaches(count, total, rule)
  const left = rule.q * count
  const right = rule.p * total
  const sign = left > right ? '＞' : left === right ? '＝' : '＜'
  return { comparison: `${rule.q}×${count}＝${left}，${rule.p}×${total}＝${right}，${left}${sign}${right}`, holds }
}
