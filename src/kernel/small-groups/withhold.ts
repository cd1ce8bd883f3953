/** small: fewer than k. beside: large enough itself, but a small one could be found from it. */
export type Why = 'small' | 'beside'

/** A whole and parts of it that share nobody. Together they need not make the whole. */
export interface Whole {
  whole: string
  parts: readonly string[]
}

/**
 * Which figures of a table to hold back, so that no group of fewer than k can be read or worked out: not as the whole less
 * the parts that are shown, not as the difference of two shown figures. The next smallest part is held back beside a small
 * one, and where no part is left, the whole. Enough is held back for every number from 1 to k-1 to stay possible, also for a
 * reader who knows this rule. Nought is told: it is nobody's.
 * @param sizes how many each figure counts
 * @param already figures held back for reasons of their own
 */
export function withhold(
  sizes: ReadonlyMap<string, number>,
  wholes: readonly Whole[],
  k: number,
  already: ReadonlyMap<string, Why> = new Map(),
): Map<string, Why> {
  const held = new Map(already)
  for (const [id, size] of sizes) if (size > 0 && size < k) held.set(id, 'small')
  // Each round holds back at least one more, so this ends.
  for (let again = true; again;) {
    again = false
    for (const one of wholes) {
      const next = nextToHold(one, sizes, held, k)
      if (next === null) continue
      held.set(next, 'beside')
      again = true
    }
  }
  return held
}

/** The figure that must go as well before this whole tells nothing, or null. */
function nextToHold(
  { whole, parts }: Whole,
  sizes: ReadonlyMap<string, number>,
  held: ReadonlyMap<string, Why>,
  k: number,
): string | null {
  const total = sizes.get(whole)
  if (total === undefined || total === 0) return null
  const size = (id: string): number => sizes.get(id) ?? 0
  const shown = parts.filter((id) => size(id) > 0 && !held.has(id)).toSorted((a, b) => size(a) - size(b))
  const hidden = parts.filter((id) => held.has(id))
  const sum = (ids: readonly string[]): number => ids.reduce((all, id) => all + size(id), 0)
  /** Those of the whole who are in no part. */
  const others = total - sum(parts)
  if (held.has(whole)) return others <= 0 && hidden.length === 0 ? (shown[0] ?? null) : null
  const beside = hidden.filter((id) => held.get(id) === 'beside').length
  const small = hidden.length - beside + (others > 0 && others < k ? 1 : 0)
  const safe =
    small === 0
      ? hidden.length === 0 || hidden.length + (others > 0 ? 1 : 0) > 1
      : (beside > 0 || others >= k) && total - sum(shown) >= small - 1 + beside * k + (k - 1)
  return safe ? null : (shown[0] ?? whole)
}
