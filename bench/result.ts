/** One line of docs/benchmarks.md. */
export interface Result {
  /** Heading under which the line stands. */
  part: string
  what: string
  measured: string
  /** The same work by the least code that could do it. */
  floor?: string
  ratio?: number
  aim: string
  met: boolean
}

/** 1234.5 → `1.23 s`, 12.34 → `12.3 ms` */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`
  return `${milliseconds.toFixed(milliseconds < 100 ? 1 : 0)} ms`
}
