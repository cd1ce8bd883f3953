/**
 * The small language of a report's sentences (docs/clauses.md). Parsing is pure; what a slot is worth comes from the
 * caller. A bracketed part is dropped when a figure inside it is missing or zero, a clause when one outside is.
 */
export type Slot =
  | { kind: 'text'; text: string }
  | { kind: 'figure'; metric: string; bare: boolean }
  | { kind: 'word'; word: 'period' | 'date' | 'title' | 'unit' }
  | { kind: 'field'; field: string }
  | { kind: 'list'; field: string }
  | { kind: 'optional'; slots: Slot[] }

const slotPattern = /\{([^{}]+)\}|\[|\]/g

/** @throws Error on unbalanced brackets, naming the clause */
export function parseClause(text: string): Slot[] {
  const stack: Slot[][] = [[]]
  let at = 0
  for (const match of text.matchAll(slotPattern)) {
    if (match.index > at) stack.at(-1)!.push({ kind: 'text', text: text.slice(at, match.index) })
    at = match.index + match[0].length
    if (match[0] === '[') stack.push([])
    else if (match[0] === ']') {
      const slots = stack.pop()!
      if (!stack.length) throw new Error(`unbalanced ] in clause: ${text}`)
      stack.at(-1)!.push({ kind: 'optional', slots })
    } else stack.at(-1)!.push(slotOf(match[1]!))
  }
  if (stack.length !== 1) throw new Error(`unbalanced [ in clause: ${text}`)
  if (at < text.length) stack[0]!.push({ kind: 'text', text: text.slice(at) })
  return stack[0]!
}

function slotOf(name: string): Slot {
  if (name === 'period' || name === 'date' || name === 'title' || name === 'unit') return { kind: 'word', word: name }
  if (name.startsWith('field:')) return { kind: 'field', field: name.slice(6) }
  if (name.startsWith('list:')) return { kind: 'list', field: name.slice(5) }
  return name.endsWith('#')
    ? { kind: 'figure', metric: name.slice(0, -1), bare: true }
    : { kind: 'figure', metric: name, bare: false }
}

/** Metric ids a clause mentions, inside brackets too. */
export function metricsOf(slots: readonly Slot[]): string[] {
  return slots.flatMap((slot) =>
    slot.kind === 'figure' ? [slot.metric] : slot.kind === 'optional' ? metricsOf(slot.slots) : [],
  )
}

export const listsOf = (slots: readonly Slot[]): string[] =>
  slots.flatMap((slot) => (slot.kind === 'list' ? [slot.field] : slot.kind === 'optional' ? listsOf(slot.slots) : []))

export type Run = { text: string } | { figure: string }

export interface Values {
  /** The figure's key, or null when there is none or it is zero without meaning. */
  figure(metric: string, bare: boolean): string | null
  word(word: 'period' | 'date' | 'title' | 'unit'): string | null
  field(field: string): string | null
  list(field: string): string | null
}

/** Fills a clause; null when something it must have is missing. Neighbouring texts are joined. */
export function fillClause(slots: readonly Slot[], values: Values): Run[] | null {
  const runs: Run[] = []
  const put = (text: string): void => {
    const last = runs.at(-1)
    if (last && 'text' in last) last.text += text
    else if (text) runs.push({ text })
  }
  for (const slot of slots) {
    if (slot.kind === 'text') put(slot.text)
    else if (slot.kind === 'optional') {
      const inner = fillClause(slot.slots, values)
      for (const run of inner ?? [])
        if ('text' in run) put(run.text)
        else runs.push(run)
    } else if (slot.kind === 'figure') {
      const key = values.figure(slot.metric, slot.bare)
      if (key === null) return null
      runs.push({ figure: key })
    } else {
      const text =
        slot.kind === 'word'
          ? values.word(slot.word)
          : slot.kind === 'field'
            ? values.field(slot.field)
            : values.list(slot.field)
      if (text === null) return null
      put(text)
    }
  }
  return runs
}
