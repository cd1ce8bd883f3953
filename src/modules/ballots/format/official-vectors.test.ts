import { spawnSync } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { issuerOf, verifyToken } from '../secret/signer.ts'
import { blind, pssEncode, pssHolds, unblind } from './blind.ts'
import { concat, fromBigInt, toBigInt, type Bytes } from './bytes.ts'
import { noblePrimitives } from './primitives-noble.ts'
import { nodePrimitives } from './primitives-node.ts'
import { halfOrder } from './primitives.ts'

const root = path.resolve(import.meta.dirname, '../../../..')
const folder = path.join(root, 'test/vectors')
const load = <Vectors>(name: string): Vectors => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Vectors
const hex = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'hex'))
const shown = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const both = [
  ['node', nodePrimitives],
  ['noble', noblePrimitives],
] as const

interface Case {
  tcId: number
  result: 'valid' | 'invalid' | 'acceptable'
}
interface Vectors<One, Group = object> {
  testGroups: (Group & { tests: (Case & One)[] })[]
}
const casesOf = <One, Group>(vectors: Vectors<One, Group>) =>
  vectors.testGroups.flatMap((group) => group.tests.map((one) => ({ group, one })))
/** Ids of the cases that were answered wrongly: a test fails with their list. */
const wrong = <One, Group>(vectors: Vectors<One, Group>, holds: (group: Group, one: Case & One) => boolean): number[] =>
  casesOf(vectors).flatMap(({ group, one }) => (holds(group, one) ? [] : [one.tcId]))

interface BlindVector {
  name: string
  msg: string
  msg_prefix: string
  salt: string
  encoded_msg?: string
  inv: string
  blinded_msg: string
  blind_sig: string
  sig: string
}

describe('RFC 9474 appendix A', () => {
  const { key, vectors } = load<{ key: Record<'p' | 'q' | 'n' | 'e' | 'd', string>; vectors: BlindVector[] }>(
    'rfc9474/appendix-a.json',
  )
  const [p, q, d] = [key.p, key.q, key.d].map((text) => BigInt(`0x${text}`)) as [bigint, bigint, bigint]
  const n = hex(key.n)
  const text = (value: bigint, length = 256): string => Buffer.from(fromBigInt(value, length)).toString('base64url')
  const issuer = issuerOf(
    new Uint8Array(
      createPrivateKey({
        format: 'jwk',
        key: {
          kty: 'RSA',
          e: 'AQAB',
          n: text(toBigInt(n), 512),
          d: text(d, 512),
          p: text(p),
          q: text(q),
          dp: text(d % (p - 1n)),
          dq: text(d % (q - 1n)),
          qi: text(inverse(q, p)),
        },
      }).export({ format: 'der', type: 'pkcs8' }),
    ),
  )

  test.each(vectors.flatMap((one) => both.map(([name, primitives]) => ({ ...one, primitives, by: name }))))(
    '$name, $by',
    ({ primitives, ...one }) => {
      const modulus = toBigInt(n)
      const factor = inverse(BigInt(`0x${one.inv}`), modulus)
      const blinding = { prefix: hex(one.msg_prefix), salt: hex(one.salt), factor }
      const message = hex(one.msg)
      if (one.encoded_msg) expect(shown(pssEncode(primitives, message, blinding.salt, 512))).toBe(one.encoded_msg)
      const blinded = blind(primitives, issuer.key, message, blinding)
      expect(shown(blinded)).toBe(one.blinded_msg)
      const answer = issuer.blindSign(blinded)!
      expect(shown(answer)).toBe(one.blind_sig)
      const token = unblind(primitives, issuer.key, message, blinding, answer)!
      expect(shown(token)).toBe(one.sig)
      expect(verifyToken(n, concat(blinding.prefix, message), token)).toBe(true)
      expect(verifyToken(n, concat(blinding.prefix, message, new Uint8Array(1)), token)).toBe(false)
    },
  )
})

/** Extended Euclid, apart from the one under test. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (b) [a, b, x, y] = [b, a % b, y, x - (a / b) * y]
  return ((x % modulus) + modulus) % modulus
}

describe('Wycheproof', () => {
  test.each(['rsa_pss_2048_sha384_mgf1_48_part.json', 'rsa_pss_misc_sha384_part.json'])('tokens: %s', (name) => {
    type Group = { mgfSha: string; sLen: number; n?: string; publicKey?: { modulus: string } }
    const vectors = load<Vectors<{ msg: string; sig: string }, Group>>(`wycheproof/${name}`)
    expect(
      wrong(vectors, (group, { msg, sig, result }) => {
        const ours = group.mgfSha === 'SHA-384' && group.sLen === 48 && result === 'valid'
        const n = hex((group.n ?? group.publicKey!.modulus).slice(2))
        // OpenSSL on the server; the booth's own arithmetic where a browser recounts.
        const browser = pssHolds(noblePrimitives, { n, e: 65_537 }, hex(msg), hex(sig))
        return verifyToken(n, hex(msg), hex(sig)) === ours && browser === ours
      }),
    ).toEqual([])
  })

  test.each(both)('one-time signatures (%s)', (_name, primitives) => {
    const vectors = load<Vectors<{ msg: string; sig: string }, { key: { uncompressed: string } }>>(
      'wycheproof/ecdsa_secp256r1_sha256_p1363_test.json',
    )
    expect(casesOf(vectors).length).toBe(219)
    expect(
      wrong(vectors, ({ key }, { msg, sig, result }) => {
        const signature = hex(sig)
        // One spelling of a signature: the larger s is refused, though ECDSA allows it.
        const ours = result === 'valid' && toBigInt(signature.subarray(32)) <= halfOrder
        return primitives.verify(hex(key.uncompressed), hex(msg), signature) === ours
      }),
    ).toEqual([])
  })

  test.each(both)('shared secrets (%s)', (_name, primitives) => {
    const vectors = load<Vectors<{ public: string; private: string; shared: string }>>(
      'wycheproof/ecdh_secp256r1_ecpoint_test.json',
    )
    expect(casesOf(vectors).length).toBe(216)
    expect(
      wrong(vectors, (_group, one) => {
        const scalar = fromBigInt(BigInt(`0x${one.private}`), 32)
        const shared = primitives.shared(scalar, hex(one.public))
        // «acceptable» are compressed points, which the format doesn't know.
        return (shared && shown(shared)) === (one.result === 'valid' ? one.shared : null)
      }),
    ).toEqual([])
  })

  test.each(both)('derived keys (%s)', (_name, primitives) => {
    const vectors = load<Vectors<{ ikm: string; salt: string; info: string; size: number; okm: string }>>(
      'wycheproof/hkdf_sha256_test.json',
    )
    expect(casesOf(vectors).length).toBe(105)
    expect(
      wrong(vectors, (_group, one) => {
        const make = (): Bytes => primitives.hkdf(hex(one.ikm), hex(one.salt), hex(one.info), one.size)
        if (one.result === 'valid') return shown(make()) === one.okm
        try {
          return make() && false
        } catch {
          return true
        }
      }),
    ).toEqual([])
  })

  // The only one of aes_gcm_test.json (tcId 92) with a 256-bit key and the nonce of twelve zero bytes we always use.
  test.each(both)('a sealed body (%s)', (_name, primitives) => {
    const key = hex('00112233445566778899aabbccddeeff102132435465768798a9bacbdcedfe0f')
    const [message, sealed] = ['561008fa07a68f5c61285cd013464eaf', `23293e9b07ca7d1b0cae7cc489a973b3${'f'.repeat(32)}`]
    const nothing = new Uint8Array(0)
    expect(shown(primitives.seal(key, hex(message), nothing))).toBe(sealed)
    expect(shown(primitives.open(key, hex(sealed), nothing)!)).toBe(message)
    expect(primitives.open(key, hex(sealed.replace(/f$/, 'e')), nothing)).toBeNull()
  })
})

test('the Python verifier answers every vector rightly too', () => {
  const python = spawnSync('python3', [path.join(root, 'verify/vectors.py')], { encoding: 'utf8' })
  expect(python.stdout).toMatch(/^([^\n]+: [1-9]\d* vectors, 0 wrong\n){6}$/)
  expect(python.status).toBe(0)
})
