import { fromText, toText, type Bytes } from '../format/bytes.ts'
import { noblePrimitives } from '../format/primitives-noble.ts'
import type { Receipt } from '../format/voter.ts'

/** What the phone keeps of a vote: the seed from which everything follows, and what came back. It never leaves the phone. */
export interface Kept {
  seed: string
  boxUrl: string
  /** Per sheet: opening, token and, once cast, the receipt. */
  sheets: { eid: string; opening: string; token?: string; receipt?: Receipt; salt: string }[]
  reference: string
  title: string
}

const name = (voteId: number): string => `zhijia-paper-${voteId}`

export function readKept(voteId: number): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(name(voteId)) ?? 'null') as Kept | null
  } catch {
    return null
  }
}

export const keep = (voteId: number, kept: Kept): void => localStorage.setItem(name(voteId), JSON.stringify(kept))
export const newSeed = (): Bytes => noblePrimitives.random(16)
export const seedBytes = (kept: Kept): Bytes => fromText(kept.seed)!
export const seedText = (seed: Uint8Array): string => toText(seed)
