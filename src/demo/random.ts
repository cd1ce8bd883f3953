/**
 * Invented data must be the same in every installation, so that a figure on a screenshot is the figure everybody sees:
 * each stream is seeded by a name, and a new register disturbs no other.
 */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** An integer between both bounds, inclusive. */
  between(low: number, high: number): number
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  /** So many different ones, in the order drawn; all of them when there are fewer. */
  sample<T>(from: readonly T[], howMany: number): T[]
}

export function random(name: string): Random {
  let state = 2166136261
  for (const char of name) state = Math.imul(state ^ char.codePointAt(0)!, 16777619) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)]!,
    sample(from, howMany) {
      const rest = [...from]
      const count = Math.min(howMany, rest.length)
      for (let at = 0; at < count; at++) {
        const other = between(at, rest.length - 1)
        ;[rest[at], rest[other]] = [rest[other]!, rest[at]!]
      }
      return rest.slice(0, count)
    },
  }
}
