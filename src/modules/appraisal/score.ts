/** Arithmetic of results, in integers from the tally to the printed figure. */

/** How often each grade was given for one criterion in one cell, best grade first; blanks are not in it. */
export type Counts = readonly number[]

export interface Weighted {
  /** Percent. */
  weight: number
  counts: Counts
}

const total = (counts: Counts): number => counts.reduce((sum, count) => sum + count, 0)
const halfUp = (numerator: bigint, denominator: bigint): number =>
  Number((2n * numerator + denominator) / (2n * denominator))

/**
 * The weighted mean of points, in hundredths of a point, rounded half up once at the end: Σ weight × mean ÷ Σ weight. A cell in
 * which nobody gave a grade has no mean, and its weight is shared by the rest.
 * @param points of each grade, 0 to 100
 * @returns null when no grade was given at all
 */
export function weightedScore(cells: readonly Weighted[], points: readonly number[]): number | null {
  const graded = cells.filter((cell) => total(cell.counts) > 0)
  if (!graded.length) return null
  // One common denominator: the product of the counts. BigInt, because eight groups of twenty thousand exceed 2^53.
  const product = graded.reduce((all, cell) => all * BigInt(total(cell.counts)), 1n)
  const weights = BigInt(graded.reduce((sum, cell) => sum + cell.weight, 0))
  let sum = 0n
  for (const cell of graded) {
    const reached = cell.counts.reduce((all, count, grade) => all + count * points[grade]!, 0)
    sum += (BigInt(cell.weight) * BigInt(reached) * product) / BigInt(total(cell.counts))
  }
  return halfUp(100n * sum, weights * product)
}

/** n of m in hundredths of a percent, rounded half up; null of nothing. */
export const share = (n: number, m: number): number | null => (m > 0 ? halfUp(10_000n * BigInt(n), BigInt(m)) : null)

/** The counts of several cells added up. */
export const added = (all: readonly Counts[], grades: number): number[] =>
  Array.from({ length: grades }, (_, grade) => all.reduce((sum, counts) => sum + (counts[grade] ?? 0), 0))
