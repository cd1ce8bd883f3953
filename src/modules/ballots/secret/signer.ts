import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  privateDecrypt,
  publicEncrypt,
  verify,
  type KeyObject,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { TokenKey } from '../format/blind.ts'
import { toBigInt, toText, type Bytes } from '../format/bytes.ts'
import type { VerifyToken } from '../format/verify.ts'

/**
 * The registrar's half of RFC 9474. OpenSSL does the arithmetic (CRT, blinded, constant time): a JavaScript library was
 * measured at two signatures a second.
 */
export interface Issuer {
  key: TokenKey
  /** PKCS#8, DER: what the key file holds. */
  privateKey: Bytes
  /** RFC 9474 §4.3. @returns null unless 0 ≤ blinded < n */
  blindSign(blinded: Uint8Array): Bytes | null
}

export async function newIssuer(bits: 2048 | 3072 | 4096 = 3072): Promise<Issuer> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: bits, publicExponent: 65_537 })
  return issuerOf(new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })))
}

export function issuerOf(der: Bytes): Issuer {
  const secret = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
  const open = createPublicKey(secret)
  const n = new Uint8Array(Buffer.from(open.export({ format: 'jwk' }).n!, 'base64url'))
  const modulus = toBigInt(n)
  return {
    key: { n, e: 65_537 },
    privateKey: der,
    blindSign(blinded) {
      if (blinded.length !== n.length || toBigInt(blinded) >= modulus) return null
      const answer = privateDecrypt({ key: secret, padding: constants.RSA_NO_PADDING }, blinded)
      // A fault during CRT would give the key away: s^e must be what was asked for.
      const again = publicEncrypt({ key: open, padding: constants.RSA_NO_PADDING }, answer)
      if (!again.equals(blinded)) throw new Error('the signature is faulty and was not given out')
      return new Uint8Array(answer)
    },
  }
}

const publicKeys = new Map<string, KeyObject>()

function publicKeyOf(n: Uint8Array): KeyObject {
  const text = toText(n)
  let key = publicKeys.get(text)
  if (!key) {
    key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: text, e: 'AQAB' } })
    if (publicKeys.size > 100) publicKeys.clear()
    publicKeys.set(text, key)
  }
  return key
}

/** RSASSA-PSS, SHA-384, salt of 48 bytes, e = 65537. */
export const verifyToken: VerifyToken = (n, message, token) =>
  verify('sha384', message, { key: publicKeyOf(n), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }, token)
