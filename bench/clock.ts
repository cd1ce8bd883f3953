/** Times in milliseconds. */
export interface Times {
  median: number
  p95: number
  runs: number
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!

export function summary(milliseconds: readonly number[]): Times {
  const sorted = milliseconds.toSorted((one, other) => one - other)
  return { median: at(sorted, 0.5), p95: at(sorted, 0.95), runs: sorted.length }
}

export async function timed<Result>(work: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  const from = performance.now()
  const result = await work()
  return { ms: performance.now() - from, result }
}

/**
 * Times several ways of doing the same in turn, so that whatever else the machine does meanwhile slows all of them alike.
 * The first `warm` rounds don't count.
 */
export async function inTurn<Name extends string>(
  ways: Record<Name, (round: number) => Promise<unknown>>,
  rounds: number,
  warm = 3,
): Promise<Record<Name, Times>> {
  const names = Object.keys(ways) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds + warm; round++)
    for (const name of names) {
      const { ms } = await timed(() => ways[name](round))
      if (round >= warm) times[name].push(ms)
    }
  return Object.fromEntries(names.map((name) => [name, summary(times[name])])) as Record<Name, Times>
}

/** Milliseconds for a hundred million additions: how fast the processor goes just now, whatever its label says. */
export function pace(): number {
  const from = performance.now()
  let sum = 0
  for (let n = 0; n < 100_000_000; n++) sum += n
  if (sum < 0) throw new Error('never')
  return performance.now() - from
}
