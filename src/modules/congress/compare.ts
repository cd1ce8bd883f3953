/** Two versions of a paper side by side: clauses by their keys, words by their longest common run. Pure. */

export interface Clause {
  key: string
  text: string
}
export type Piece = { kind: 'same' | 'added' | 'removed'; text: string }
export interface ClauseChange {
  key: string
  kind: 'same' | 'changed' | 'added' | 'removed'
  before: string | null
  after: string | null
  pieces: Piece[]
}

/** Paragraphs of a text as clauses with fresh keys. */
export const clausesOf = (text: string): Clause[] =>
  text
    .split(/\n+/)
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one, index) => ({ key: `c${index + 1}`, text: one }))

/** Gives new clauses a key that no version used before; those carried over keep theirs. */
export function keyed(
  drafts: readonly { key?: string | null | undefined; text: string }[],
  used: ReadonlySet<string>,
): Clause[] {
  let last = Math.max(0, ...[...used].map((key) => Number(key.slice(1)) || 0))
  const taken = new Set<string>()
  return drafts.map((draft) => {
    const known = draft.key && used.has(draft.key) && !taken.has(draft.key) ? draft.key : `c${++last}`
    taken.add(known)
    return { key: known, text: draft.text }
  })
}

/** What changed from one version to another, in the order of the later one; what went away stands where it stood. */
export function compareVersions(before: readonly Clause[], after: readonly Clause[]): ClauseChange[] {
  const old = new Map(before.map((clause) => [clause.key, clause.text]))
  const kept = new Set(after.map((clause) => clause.key))
  const changes: ClauseChange[] = []
  let at = 0
  const flush = (until: number): void => {
    for (; at < until; at++) {
      const gone = before[at]!
      if (!kept.has(gone.key))
        changes.push({
          key: gone.key,
          kind: 'removed',
          before: gone.text,
          after: null,
          pieces: [{ kind: 'removed', text: gone.text }],
        })
    }
  }
  for (const clause of after) {
    const place = before.findIndex((one) => one.key === clause.key)
    if (place >= at) flush(place + 1)
    const was = old.get(clause.key)
    changes.push(
      was === undefined
        ? {
            key: clause.key,
            kind: 'added',
            before: null,
            after: clause.text,
            pieces: [{ kind: 'added', text: clause.text }],
          }
        : {
            key: clause.key,
            kind: was === clause.text ? 'same' : 'changed',
            before: was,
            after: clause.text,
            pieces: was === clause.text ? [{ kind: 'same', text: was }] : compareWords(was, clause.text),
          },
    )
  }
  flush(before.length)
  return changes
}

/** Above this product of lengths a clause is shown whole, before and after: nobody reads a mosaic of two thousand letters. */
const LIMIT = 4_000_000

/** Letter by letter, by the longest common subsequence; neighbours of a kind run together. */
export function compareWords(before: string, after: string): Piece[] {
  const [one, other] = [[...before], [...after]]
  if (one.length * other.length > LIMIT)
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]
  const width = other.length + 1
  const table = new Uint16Array((one.length + 1) * width)
  for (let i = one.length - 1; i >= 0; i--)
    for (let j = other.length - 1; j >= 0; j--)
      table[i * width + j] =
        one[i] === other[j]
          ? table[(i + 1) * width + j + 1]! + 1
          : Math.max(table[(i + 1) * width + j]!, table[i * width + j + 1]!)
  const pieces: Piece[] = []
  const add = (kind: Piece['kind'], letter: string): void => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += letter
    else pieces.push({ kind, text: letter })
  }
  let [i, j] = [0, 0]
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      add('same', one[i]!)
      i++
      j++
    } else if (i < one.length && (j === other.length || table[(i + 1) * width + j]! >= table[i * width + j + 1]!))
      add('removed', one[i++]!)
    else add('added', other[j++]!)
  }
  return pieces
}
