import type { Bytes } from './bytes.ts'

/** Shamir's secret sharing, byte by byte over GF(2^8) with x⁸ + x⁴ + x³ + x + 1. Share i is the value at x = i. */
const exponents = new Uint8Array(510)
const logarithms = new Uint8Array(256)
for (let power = 0, value = 1; power < 255; power++) {
  exponents[power] = value
  exponents[power + 255] = value
  logarithms[value] = power
  // times 3, a generator
  value ^= value << 1
  if (value & 256) value ^= 0x11b
}
const times = (a: number, b: number): number => (a && b ? exponents[logarithms[a]! + logarithms[b]!]! : 0)
const over = (a: number, b: number): number => (a ? exponents[logarithms[a]! + 255 - logarithms[b]!]! : 0)

/**
 * @param coefficients threshold − 1 rows as long as the secret: of x, x², …
 * @returns the shares 1 to count
 */
export function split(secret: Uint8Array, coefficients: readonly Uint8Array[], count: number): Bytes[] {
  const rows = [secret, ...coefficients]
  return Array.from({ length: count }, (_, index) =>
    Uint8Array.from(secret, (_byte, at) => rows.reduceRight((sum, row) => times(sum, index + 1) ^ row[at]!, 0)),
  )
}

/** @param shares at least the threshold of them, with their x */
export function join(shares: readonly { x: number; share: Uint8Array }[]): Bytes {
  const weights = shares.map(({ x }) =>
    shares.reduce((product, other) => (other.x === x ? product : times(product, over(other.x, other.x ^ x))), 1),
  )
  return Uint8Array.from(shares[0]!.share, (_byte, at) =>
    shares.reduce((sum, { share }, index) => sum ^ times(share[at]!, weights[index]!), 0),
  )
}
