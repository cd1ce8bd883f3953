import { concat, fromBigInt, sameBytes, toBigInt, type Bytes } from './bytes.ts'
import type { Primitives } from './primitives.ts'

/**
 * The voter's half of RSABSSA-SHA384-PSS-Randomized (RFC 9474). The registrar signs a number that tells nothing about
 * the message; unblinded it is an ordinary RSASSA-PSS signature. The signer is secret/signer.ts.
 */
export interface TokenKey {
  /** Modulus, big-endian without leading zeros: 256, 384 or 512 bytes. */
  n: Bytes
  /** 65537 */
  e: number
}

export interface Blinding {
  /** 32 bytes in front of the message. */
  prefix: Uint8Array
  /** 48 bytes of the PSS encoding. */
  salt: Uint8Array
  /** 1 < r < n */
  factor: bigint
}

export const prefixLength = 32
export const saltLength = 48

function power(base: bigint, exponent: number, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** @throws RangeError if there is none; for a blinding factor that would mean it divides the key */
function inverse(value: bigint, modulus: bigint): bigint {
  let [one, other] = [modulus, value % modulus]
  let [before, now] = [0n, 1n]
  while (other) {
    const quotient = one / other
    ;[one, other] = [other, one - quotient * other]
    ;[before, now] = [now, before - quotient * now]
  }
  if (one !== 1n) throw new RangeError('no inverse')
  return before < 0n ? before + modulus : before
}

function maskOf(primitives: Primitives, seed: Uint8Array, length: number): Bytes {
  const blocks: Bytes[] = []
  for (let counter = 0; blocks.length * 48 < length; counter++)
    blocks.push(primitives.sha384(concat(seed, fromBigInt(BigInt(counter), 4))))
  return concat(...blocks).slice(0, length)
}

/** EMSA-PSS-ENCODE (RFC 8017 §9.1.1), SHA-384, MGF1-SHA-384, of a key with a whole number of bytes. */
export function pssEncode(primitives: Primitives, message: Uint8Array, salt: Uint8Array, length: number): Bytes {
  const hash = primitives.sha384(concat(new Uint8Array(8), primitives.sha384(message), salt))
  const block = concat(new Uint8Array(length - salt.length - 48 - 2), Uint8Array.of(1), salt)
  const mask = maskOf(primitives, hash, block.length)
  const masked = block.map((byte, at) => byte ^ mask[at]!)
  masked[0]! &= 0x7f
  return concat(masked, hash, Uint8Array.of(0xbc))
}

/** RSASSA-PSS-VERIFY (RFC 8017 §8.1.2) of a whole token, for the browser's recount; the server asks OpenSSL. */
export function pssHolds(primitives: Primitives, key: TokenKey, message: Uint8Array, token: Uint8Array): boolean {
  const n = toBigInt(key.n)
  const signature = toBigInt(token)
  if (token.length !== key.n.length || signature >= n) return false
  const encoded = fromBigInt(power(signature, key.e, n), key.n.length)
  const hash = encoded.subarray(encoded.length - 49, encoded.length - 1)
  const masked = encoded.subarray(0, encoded.length - 49)
  const mask = maskOf(primitives, hash, masked.length)
  const salt = masked.map((byte, at) => byte ^ mask[at]!).subarray(masked.length - 48)
  // Everything else of the encoding follows from message and salt.
  return sameBytes(pssEncode(primitives, message, salt, key.n.length), encoded)
}

/** What the registrar gets to see: indistinguishable from a random number below n. */
export function blind(primitives: Primitives, key: TokenKey, message: Uint8Array, blinding: Blinding): Bytes {
  const n = toBigInt(key.n)
  const encoded = pssEncode(primitives, concat(blinding.prefix, message), blinding.salt, key.n.length)
  return fromBigInt((toBigInt(encoded) * power(blinding.factor, key.e, n)) % n, key.n.length)
}

/** The token: an RSASSA-PSS signature of prefix ‖ message; null if the registrar's answer is wrong. */
export function unblind(
  primitives: Primitives,
  key: TokenKey,
  message: Uint8Array,
  blinding: Blinding,
  blindSignature: Uint8Array,
): Bytes | null {
  const n = toBigInt(key.n)
  const answer = toBigInt(blindSignature)
  if (blindSignature.length !== key.n.length || answer >= n) return null
  const token = (answer * inverse(blinding.factor, n)) % n
  const encoded = pssEncode(primitives, concat(blinding.prefix, message), blinding.salt, key.n.length)
  return power(token, key.e, n) === toBigInt(encoded) ? fromBigInt(token, key.n.length) : null
}
