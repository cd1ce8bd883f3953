import type { Bytes } from './bytes.ts'

/**
 * The cryptography the formats stand on. Two implementations: OpenSSL on the server and in the verifier, noble in a
 * browser. Points are 65 bytes (uncompressed), signatures r ‖ s in 64 bytes with the smaller s, scalars 32 bytes.
 */
export interface Primitives {
  sha256(data: Uint8Array): Bytes
  sha384(data: Uint8Array): Bytes
  /** HKDF-SHA-256 (RFC 5869). */
  hkdf(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Bytes
  /** The public point of a P-256 scalar. */
  publicOf(scalar: Uint8Array): Bytes
  /** The x coordinate of scalar × point; null if the point isn't on the curve. */
  shared(scalar: Uint8Array, point: Uint8Array): Bytes | null
  /** ECDSA P-256 with SHA-256. */
  sign(scalar: Uint8Array, message: Uint8Array): Bytes
  /** False also for the larger s, a point off the curve, wrong lengths. */
  verify(point: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** AES-256-GCM with a nonce of twelve zero bytes (every key is used once); the tag is appended. */
  seal(key: Uint8Array, plain: Uint8Array, bound: Uint8Array): Bytes
  open(key: Uint8Array, sealed: Uint8Array, bound: Uint8Array): Bytes | null
  random(length: number): Bytes
}

export const curveOrder = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
export const halfOrder = curveOrder >> 1n
