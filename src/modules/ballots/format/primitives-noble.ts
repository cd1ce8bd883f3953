import { gcm } from '@noble/ciphers/aes.js'
import { p256 } from '@noble/curves/nist.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256, sha384 } from '@noble/hashes/sha2.js'
import type { Bytes } from './bytes.ts'
import type { Primitives } from './primitives.ts'

const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes)
const nonce = new Uint8Array(12)

/** For a browser: audited JavaScript, no WebCrypto, because keys are derived from the voter's seed and checked in step. */
export const noblePrimitives: Primitives = {
  sha256: (data) => copy(sha256(data)),
  sha384: (data) => copy(sha384(data)),
  hkdf: (secret, salt, info, length) => copy(hkdf(sha256, secret, salt, info, length)),
  publicOf: (scalar) => copy(p256.getPublicKey(scalar, false)),
  shared(scalar, point) {
    if (point.length !== 65 || point[0] !== 4) return null
    try {
      return copy(p256.getSharedSecret(scalar, point, false).slice(1, 33))
    } catch {
      return null
    }
  },
  sign: (scalar, message) => copy(p256.sign(message, scalar, { prehash: true, lowS: true, format: 'compact' })),
  verify(point, message, signature) {
    if (signature.length !== 64 || point.length !== 65 || point[0] !== 4) return false
    try {
      return p256.verify(signature, message, point, { prehash: true, lowS: true, format: 'compact' })
    } catch {
      return false
    }
  },
  seal: (key, plain, bound) => copy(gcm(key, nonce, bound).encrypt(plain)),
  open(key, sealed, bound) {
    try {
      return copy(gcm(key, nonce, bound).decrypt(sealed))
    } catch {
      return null
    }
  },
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
}
