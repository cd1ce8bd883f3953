import { label, utf8, type Bytes } from './bytes.ts'
import type { Primitives } from './primitives.ts'
import { scalarOf } from './seal.ts'

/**
 * A scrutineer's private key for one vote, from the 16 bytes on the key sheet. One sheet serves all ballots of a meeting;
 * each vote has a key of its own, because a key is published when its vote is opened and must open no other.
 */
export const scrutineerScalar = (primitives: Primitives, seed: Uint8Array, voteId: number): Bytes =>
  scalarOf(primitives.hkdf(seed, utf8(String(voteId)), label('scrutineer'), 48))
