import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createPublicKey,
  hash,
  hkdfSync,
  randomBytes,
  createPrivateKey,
  sign,
  verify,
  type ECDH,
  type KeyObject,
} from 'node:crypto'
import { concat, fromBigInt, toBigInt, type Bytes } from './bytes.ts'
import { curveOrder, halfOrder, type Primitives } from './primitives.ts'

const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes)
const nonce = new Uint8Array(12)
const coordinate = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const digest = (name: 'sha256' | 'sha384', data: Uint8Array): Bytes => copy(hash(name, data, 'buffer'))
/** SubjectPublicKeyInfo of a P-256 point, up to the point. */
const publicHeader = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')

function pointKey(point: Uint8Array): KeyObject | null {
  if (point.length !== 65 || point[0] !== 4) return null
  try {
    return createPublicKey({ key: Buffer.concat([publicHeader, point]), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

/**
 * A scalar with its key pair: making one multiplies once more, and a count asks the same scrutineers' keys for every ballot.
 * Kept by the array itself, never longer than it; a scalar's bytes don't change.
 */
const pairs = new WeakMap<Uint8Array, ECDH>()
const signingKeys = new WeakMap<Uint8Array, KeyObject>()

function pairOf(scalar: Uint8Array): ECDH {
  let pair = pairs.get(scalar)
  if (!pair) {
    pair = createECDH('prime256v1')
    pair.setPrivateKey(scalar)
    pairs.set(scalar, pair)
  }
  return pair
}

function signingKeyOf(scalar: Uint8Array): KeyObject {
  let key = signingKeys.get(scalar)
  if (!key) {
    const point = pairOf(scalar).getPublicKey()
    const [x, y] = [coordinate(point.subarray(1, 33)), coordinate(point.subarray(33))]
    key = createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', d: coordinate(scalar), x, y } })
    signingKeys.set(scalar, key)
  }
  return key
}

/** OpenSSL, through node:crypto. */
export const nodePrimitives: Primitives = {
  sha256: (data) => digest('sha256', data),
  sha384: (data) => digest('sha384', data),
  hkdf: (secret, salt, info, length) => new Uint8Array(hkdfSync('sha256', secret, salt, info, length)),
  publicOf: (scalar) => copy(pairOf(scalar).getPublicKey()),
  shared(scalar, point) {
    if (point.length !== 65 || point[0] !== 4) return null
    try {
      return copy(pairOf(scalar).computeSecret(point))
    } catch {
      return null
    }
  },
  sign(scalar, message) {
    const signature = sign('sha256', message, { key: signingKeyOf(scalar), dsaEncoding: 'ieee-p1363' })
    const s = toBigInt(signature.subarray(32))
    return s <= halfOrder ? copy(signature) : concat(signature.subarray(0, 32), fromBigInt(curveOrder - s, 32))
  },
  verify(point, message, signature) {
    if (signature.length !== 64 || toBigInt(signature.subarray(32)) > halfOrder) return false
    const key = pointKey(point)
    return key !== null && verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
  },
  seal(key, plain, bound) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(bound)
    return concat(cipher.update(plain), cipher.final(), cipher.getAuthTag())
  },
  open(key, sealed, bound) {
    if (sealed.length < 16) return null
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
    decipher.setAAD(bound)
    decipher.setAuthTag(sealed.subarray(-16))
    const plain = decipher.update(sealed.subarray(0, -16))
    try {
      decipher.final()
      return copy(plain)
    } catch {
      return null
    }
  },
  random: (length) => copy(randomBytes(length)),
}
