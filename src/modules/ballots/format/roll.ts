import { concat, compareBytes, fromTextOf, label, toText, utf8, type Bytes } from './bytes.ts'
import type { Vote } from './opening.ts'
import type { Primitives } from './primitives.ts'

/** How a voter took the paper; nobody takes two. `none`: not at all. */
export const channels = ['kiosk', 'none', 'online', 'paper'] as const
export type Channel = (typeof channels)[number]

export interface RollLine {
  voter: Bytes
  channel: Channel
}

/** Hides who it is, and shows it to whoever has the salt. `reference` names a voter within the union. */
export const commitment = (primitives: Primitives, nonce: Uint8Array, salt: Uint8Array, reference: string): Bytes =>
  primitives.sha256(concat(label('voter'), nonce, salt, utf8(reference)))

/** Over the commitments in ascending order: whoever may vote is fixed before the first paper is drawn. */
export const rollRoot = (primitives: Primitives, voters: readonly Uint8Array[]): Bytes =>
  primitives.sha256(concat(label('roll'), ...voters))

export const rollText = (lines: readonly RollLine[]): string =>
  lines
    .toSorted((one, other) => compareBytes(one.voter, other.voter))
    .map(({ voter, channel }) => `{"channel":"${channel}","voter":"${toText(voter)}"}\n`)
    .join('')

const lineForm = /^\{"channel":"(kiosk|none|online|paper)","voter":"([\w-]{43})"\}$/

export function readRollLine(line: string): RollLine | null {
  const found = lineForm.exec(line)
  const voter = found && fromTextOf(found[2]!, 32)
  return voter ? { voter, channel: found![1] as Channel } : null
}

/** A file's lines; null unless every line, also the last, is ended. */
export const linesOf = (text: string): string[] | null =>
  text === '' ? [] : text.endsWith('\n') ? text.slice(0, -1).split('\n') : null

export type Papers = Record<Channel, number>
export const noPapers = (): Papers => ({ kiosk: 0, none: 0, online: 0, paper: 0 })

export interface RollReading {
  lines: RollLine[]
  papers: Papers
  reasons: string[]
}

/** Reads the roll against its opening; what is wrong comes as reasons. */
export function readRoll(primitives: Primitives, vote: Vote, text: string): RollReading {
  const reasons: string[] = []
  const lines: RollLine[] = []
  const papers = noPapers()
  const texts = linesOf(text)
  if (!texts) return { lines, papers, reasons: ['roll-end'] }
  for (const [at, each] of texts.entries()) {
    const line = readRollLine(each)
    if (!line) {
      reasons.push(`roll-line:${at + 1}`)
      continue
    }
    if (lines.length && compareBytes(lines.at(-1)!.voter, line.voter) >= 0) reasons.push(`roll-order:${at + 1}`)
    lines.push(line)
    papers[line.channel]++
  }
  if (lines.length !== vote.opening.roll.size) reasons.push('roll-size')
  const root = rollRoot(
    primitives,
    lines.map(({ voter }) => voter),
  )
  if (compareBytes(root, vote.rollRoot)) reasons.push('roll-root')
  return { lines, papers, reasons }
}
