import { concat, fromBigInt, label, toBigInt, utf8, type Bytes } from './bytes.ts'
import { pad, unpad, type Ballot } from './ballot.ts'
import type { Vote } from './opening.ts'
import { curveOrder, type Primitives } from './primitives.ts'
import { join, split } from './shamir.ts'

/**
 * Sealing to the scrutineers. Everything follows from one 32-byte content key: the ephemeral key, the polynomial, the
 * AES key. Whoever opens a ballot makes it again and compares, so that a crafted one is invalid for every set of
 * scrutineers and not only for some.
 */
export const scalarOf = (bytes48: Uint8Array): Bytes => fromBigInt((toBigInt(bytes48) % (curveOrder - 1n)) + 1n, 32)

const derive = (primitives: Primitives, vote: Vote, secret: Uint8Array, name: string, length: number): Bytes =>
  primitives.hkdf(secret, vote.eid, label(name), length)

interface Envelope {
  ephemeral: Bytes
  shares: Bytes[]
}

/** Ephemeral point and masked shares, as the content key has them. */
function envelope(primitives: Primitives, vote: Vote, contentKey: Uint8Array): Envelope | null {
  const scalar = scalarOf(derive(primitives, vote, contentKey, 'ephemeral', 48))
  const ephemeral = primitives.publicOf(scalar)
  const coefficients = Array.from({ length: vote.opening.trustees.threshold - 1 }, (_, at) =>
    derive(primitives, vote, contentKey, `coefficient/${at + 1}`, 32),
  )
  const shares: Bytes[] = []
  for (const [at, share] of split(contentKey, coefficients, vote.trusteeKeys.length).entries()) {
    const secret = primitives.shared(scalar, vote.trusteeKeys[at]!)
    if (!secret) return null
    shares.push(masked(primitives, vote, share, secret, ephemeral, at + 1))
  }
  return { ephemeral, shares }
}

function masked(
  primitives: Primitives,
  vote: Vote,
  share: Uint8Array,
  secret: Uint8Array,
  ephemeral: Uint8Array,
  index: number,
): Bytes {
  const info = concat(label(`share/${index}`), ephemeral)
  const mask = primitives.hkdf(secret, vote.eid, info, 32)
  return Uint8Array.from(share, (byte, at) => byte ^ mask[at]!)
}

export type Sealed = Pick<Ballot, 'ephemeral' | 'shares' | 'body'>

/**
 * @param contentKey 32 bytes used for this message and no other
 * @param key the voter's one-time key, to which the content is bound
 * @throws TypeError if a scrutineer's key isn't a point of the curve
 */
export function seal(
  primitives: Primitives,
  vote: Vote,
  key: Uint8Array,
  contentKey: Uint8Array,
  message: string,
): Sealed {
  const padded = pad(vote, message)
  if (!vote.trusteeKeys.length) return { ephemeral: new Uint8Array(0), shares: [], body: padded }
  const made = envelope(primitives, vote, contentKey)
  if (!made) throw new TypeError('a key of a scrutineer is not on the curve')
  const aesKey = derive(primitives, vote, contentKey, 'body', 32)
  return { ...made, body: primitives.seal(aesKey, padded, concat(vote.eid, key)) }
}

/** A scrutineer's private key with its place, from 1. */
export interface TrusteeSecret {
  index: number
  secret: Bytes
}

/** @returns the message, or why there is none. */
export function unseal(
  primitives: Primitives,
  vote: Vote,
  ballot: Sealed & Pick<Ballot, 'key'>,
  secrets: readonly TrusteeSecret[],
): { message: string } | 'sealed' | 'form' {
  const padded = vote.trusteeKeys.length ? unlock(primitives, vote, ballot, secrets) : ballot.body
  if (!padded) return 'sealed'
  const message = unpad(padded)
  return message === null ? 'form' : { message }
}

function unlock(
  primitives: Primitives,
  vote: Vote,
  ballot: Sealed & Pick<Ballot, 'key'>,
  secrets: readonly TrusteeSecret[],
): Bytes | null {
  const shares: { x: number; share: Bytes }[] = []
  for (const { index, secret } of secrets.slice(0, vote.opening.trustees.threshold)) {
    const common = primitives.shared(secret, ballot.ephemeral)
    if (!common) return null
    const share = masked(primitives, vote, ballot.shares[index - 1]!, common, ballot.ephemeral, index)
    shares.push({ x: index, share })
  }
  const contentKey = join(shares)
  const again = envelope(primitives, vote, contentKey)
  const same = (one: Uint8Array, other: Uint8Array): boolean => one.every((byte, at) => byte === other[at])
  if (!again || !same(again.ephemeral, ballot.ephemeral)) return null
  if (!again.shares.every((share, at) => same(share, ballot.shares[at]!))) return null
  const aesKey = derive(primitives, vote, contentKey, 'body', 32)
  return primitives.open(aesKey, ballot.body, concat(vote.eid, ballot.key))
}

/** The key a message is sealed with: of the voter's seed and the message, so that no key ever seals two messages. */
export const contentKeyOf = (primitives: Primitives, vote: Vote, seed: Uint8Array, message: string): Bytes =>
  primitives.hkdf(seed, vote.eid, concat(label('voter/content'), primitives.sha256(utf8(message))), 32)
