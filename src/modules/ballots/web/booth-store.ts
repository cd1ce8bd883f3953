import type { Choice } from '../format/ballot.ts'
import { fromText, toText, type Bytes } from '../format/bytes.ts'
import { noblePrimitives } from '../format/primitives-noble.ts'
import type { Receipt } from '../format/voter.ts'

/** What the phone keeps of a vote: the seed from which everything follows, and what came back. It never leaves the phone. */
export interface Kept {
  seed: string
  boxUrl: string
  /** Per sheet: opening, token and, once cast, the receipt. */
  sheets: KeptSheet[]
  reference: string
  title: string
  /** Whose paper it is, for a phone that several people use. */
  name: string
}

export interface KeptSheet {
  eid: string
  opening: string
  token?: string
  receipt?: Receipt
  salt: string
  /** Sent, and no answer came: the same ballot is sent again, whatever became of the first. Gone with the receipt. */
  sent?: Choice
}

const prefix = (voteId: number): string => `zhijia-paper-${voteId}-`

/** Papers of a vote on this phone: usually none or one's own. */
export function keptOn(voteId: number): Kept[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix(voteId)))
      .flatMap((key) => JSON.parse(localStorage.getItem(key) ?? '[]') as Kept)
  } catch {
    return []
  }
}

/** @throws Error where the browser keeps nothing (private mode): then nothing may be drawn either */
export const keep = (voteId: number, kept: Kept): void =>
  localStorage.setItem(prefix(voteId) + kept.reference, JSON.stringify(kept))
export const forget = (voteId: number, kept: Kept): void => localStorage.removeItem(prefix(voteId) + kept.reference)

/** Whether this browser keeps anything: a private window may not, and a paper drawn there would be lost. */
export function canKeep(): boolean {
  try {
    localStorage.setItem('zhijia-paper', '1')
    localStorage.removeItem('zhijia-paper')
    return true
  } catch {
    return false
  }
}

export const newSeed = (): Bytes => noblePrimitives.random(16)
export const seedBytes = (kept: Kept): Bytes => fromText(kept.seed)!
export const seedText = (seed: Uint8Array): string => toText(seed)
