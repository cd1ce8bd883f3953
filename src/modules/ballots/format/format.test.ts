import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { issuerOf, newIssuer, verifyToken, type Issuer } from '../secret/signer.ts'
import { judge, messageOf, pad, unpad } from './ballot.ts'
import { blind, pssEncode, unblind } from './blind.ts'
import { concat, fromText, toBigInt, toText, utf8, utf8Text } from './bytes.ts'
import { canonical, parseCanonical } from './json.ts'
import { practice, type Practice, type PracticePlan } from './practice.ts'
import { noblePrimitives } from './primitives-noble.ts'
import { nodePrimitives } from './primitives-node.ts'
import { publish } from './publication.ts'
import { recoveryCode, seedOf } from './recovery.ts'
import { scalarOf, seal, unseal } from './seal.ts'
import { join, split } from './shamir.ts'
import { verifyPublication } from './verify.ts'

const both = [
  ['node', nodePrimitives],
  ['noble', noblePrimitives],
] as const
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const candidates = [1, 2, 3, 4].map((at) => ({ id: String(at), title: `候选人${at}`, symbols: 'aon' }))
const plan: PracticePlan = {
  word: '性质',
  voters: 12,
  items: candidates,
  limit: { symbol: 'a', most: 3 },
  writeIn: { on: 'o', most: 2, length: 11 },
}
let issuer: Issuer
let world: Practice
beforeAll(async () => {
  issuer = await newIssuer(2048)
  world = practice(nodePrimitives, issuer, plan)
})

describe('spelling', () => {
  test('bytes have one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (some) => {
        expect(fromText(toText(some))).toEqual(some)
      }),
    )
    for (const wrong of ['A', 'AB', 'AA=', 'AA\n', 'A A', 'AAAAA', '中文']) expect(fromText(wrong), wrong).toBeNull()
  })

  test('a value has one spelling', () => {
    expect(canonical({ b: [1, 'é\u2028\n"'], a: null })).toBe('{"a":null,"b":[1,"é\u2028\\n\\""]}')
    for (const wrong of ['{"b":1,"a":2}', '{"a": 1}', '1.0', '1.5', '-0', '9007199254740993', '"\\u00e9"', '{"a-b":1}'])
      expect(parseCanonical(wrong), wrong).toBeUndefined()
    expect(parseCanonical('"\\ud800"')).toBeUndefined()
    expect(parseCanonical('['.repeat(10) + ']'.repeat(10))).toBeUndefined()
  })

  test('a recovery code survives being copied by hand', () => {
    fc.assert(
      fc.property(bytes(16), (seed) => {
        const code = recoveryCode(seed)
        expect(code).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{2}$/)
        expect(seedOf(code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual(seed)
      }),
    )
    expect(seedOf('0000-0000-0000-0000-0000-0000-01')).toBeNull()
    expect(seedOf('U'.repeat(26))).toBeNull()
  })
})

test('OpenSSL and noble are the same cryptography', () => {
  fc.assert(
    fc.property(bytes(48), bytes(48), fc.uint8Array({ maxLength: 100 }), (one, other, message) => {
      const [first, second] = [scalarOf(one), scalarOf(other)]
      const [open, noble] = [nodePrimitives, noblePrimitives]
      expect(open.publicOf(first)).toEqual(noble.publicOf(first))
      const point = open.publicOf(second)
      expect(open.shared(first, point)).toEqual(noble.shared(first, point))
      for (const [signing, checking] of [
        [open, noble],
        [noble, open],
      ] as const) {
        const signature = signing.sign(first, message)
        expect(checking.verify(open.publicOf(first), message, signature)).toBe(true)
        expect(checking.verify(open.publicOf(second), message, signature)).toBe(false)
      }
      const key = open.hkdf(first, second, message, 32)
      expect(noble.hkdf(first, second, message, 32)).toEqual(key)
      expect(noble.open(key, open.seal(key, message, one), one)).toEqual(message)
      expect(open.open(key, noble.seal(key, message, one), other)).toBeNull()
    }),
    { numRuns: 25 },
  )
})

describe('tokens', () => {
  const blinding = (seed: Uint8Array) => ({
    prefix: nodePrimitives.hkdf(seed, seed, utf8('p'), 32),
    salt: nodePrimitives.hkdf(seed, seed, utf8('s'), 48),
    factor: toBigInt(nodePrimitives.hkdf(seed, seed, utf8('r'), 255)) + 2n,
  })

  test.each(both)('what is signed blindly is a signature of this message only (%s)', (_name, primitives) => {
    fc.assert(
      fc.property(bytes(16), fc.uint8Array({ maxLength: 80 }), (seed, message) => {
        const hidden = blinding(seed)
        const answer = issuer.blindSign(blind(primitives, issuer.key, message, hidden))!
        const token = unblind(primitives, issuer.key, message, hidden, answer)!
        expect(verifyToken(issuer.key.n, concat(hidden.prefix, message), token)).toBe(true)
        expect(verifyToken(issuer.key.n, concat(hidden.prefix, message, new Uint8Array(1)), token)).toBe(false)
        const wrong = Uint8Array.from(answer, (byte, at) => (at === 200 ? byte ^ 1 : byte))
        expect(unblind(primitives, issuer.key, message, hidden, wrong)).toBeNull()
      }),
      { numRuns: 20 },
    )
  })

  test('what the registrar saw fits every token equally: one factor explains each pair', () => {
    const n = toBigInt(issuer.key.n)
    const seen: { blinded: bigint; answer: Uint8Array }[] = []
    const tokens: bigint[] = []
    for (let voter = 0; voter < 4; voter++) {
      const hidden = blinding(Uint8Array.of(voter, 9))
      const message = utf8(`voter ${voter}`)
      const blinded = blind(nodePrimitives, issuer.key, message, hidden)
      const answer = issuer.blindSign(blinded)!
      seen.push({ blinded: toBigInt(blinded), answer })
      tokens.push(toBigInt(unblind(nodePrimitives, issuer.key, message, hidden, answer)!))
    }
    const inverse = (value: bigint): bigint => {
      let [a, b, x, y] = [n, value, 0n, 1n]
      while (b) [a, b, x, y] = [b, a % b, y, x - (a / b) * y]
      return ((x % n) + n) % n
    }
    const raise = (base: bigint): bigint => {
      let square = base
      for (let at = 0; at < 16; at++) square = (square * square) % n
      return (square * base) % n
    }
    for (const { blinded, answer } of seen)
      for (const token of tokens) {
        const factor = (toBigInt(answer) * inverse(token)) % n
        expect((raise(token) * raise(factor)) % n).toBe(blinded)
      }
  })

  test('the signer refuses what is not a number below n', () => {
    expect(issuer.blindSign(issuer.key.n)).toBeNull()
    expect(issuer.blindSign(new Uint8Array(255))).toBeNull()
    const again = issuerOf(issuer.privateKey)
    const asked = pssEncode(nodePrimitives, utf8('x'), new Uint8Array(48), 256)
    expect(again.blindSign(asked)).toEqual(issuer.blindSign(asked))
  })
})

test('a secret comes back from t shares and not from t − 1', () => {
  fc.assert(
    fc.property(
      bytes(32),
      bytes(32),
      bytes(32),
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 3 }),
      (k, a, b, who) => {
        const shares = split(k, [a, b], 5)
        const chosen = who.map((at) => ({ x: at + 1, share: shares[at]! }))
        expect(join(chosen)).toEqual(k)
        // The same two shares fit any secret: with one more share of any other value they give another one.
        const forged = { x: chosen[2]!.x, share: chosen[2]!.share.map((byte) => byte ^ 1) }
        expect(join([chosen[0]!, chosen[1]!, forged])).not.toEqual(k)
      },
    ),
  )
})

describe('papers', () => {
  test('any two of three scrutineers open it, in OpenSSL as in noble', () => {
    const key = nodePrimitives.publicOf(scalarOf(new Uint8Array(48).fill(7)))
    const message = messageOf({ marks: 'aaon', names: ['欧阳春（一车间）'] })
    const sealed = seal(noblePrimitives, world.vote, key, new Uint8Array(32).fill(3), message)
    for (const pair of [
      [0, 1],
      [0, 2],
      [1, 2],
    ])
      for (const [, primitives] of both) {
        const secrets = pair.map((at) => world.secrets[at!]!)
        expect(unseal(primitives, world.vote, { key, ...sealed }, secrets)).toEqual({ message })
        const other = { key: nodePrimitives.publicOf(scalarOf(new Uint8Array(48))), ...sealed }
        expect(unseal(primitives, world.vote, other, secrets)).toBe('sealed')
      }
  })

  test('a crafted envelope is invalid for every pair, also for those it would open for', () => {
    const key = nodePrimitives.publicOf(scalarOf(new Uint8Array(48).fill(7)))
    const sealed = seal(
      nodePrimitives,
      world.vote,
      key,
      new Uint8Array(32).fill(3),
      messageOf({ marks: 'aaon', names: [] }),
    )
    const shares = sealed.shares.map((share, at) => (at === 2 ? share.map((byte) => byte ^ 1) : share))
    for (const pair of [
      [0, 1],
      [0, 2],
      [1, 2],
    ])
      expect(
        unseal(
          nodePrimitives,
          world.vote,
          { key, ...sealed, shares },
          pair.map((at) => world.secrets[at!]!),
        ),
      ).toBe('sealed')
  })

  test.each([
    ['{"m":"aaon","w":[]}', { marks: 'aaon', names: [] }],
    ['{"m":"aaoo","w":["constructor"]}', { marks: 'aaoo', names: ['constructor'] }],
    ['{"m":"aaaa","w":[]}', 'limit'],
    ['{"m":"aaao","w":["王小明"]}', 'limit'],
    ['{"m":"aan","w":[]}', 'symbols'],
    ['{"m":"aaxn","w":[]}', 'symbols'],
    ['{"m":"aann","w":["王小明"]}', 'names'],
    ['{"m":"oooo","w":["王小明","王小明"]}', 'names'],
    ['{"m":"oooo","w":["王 小明"]}', 'names'],
    ['{"m":"oooo","w":["\ud800"]}', 'names'],
    ['{"m":"oooo","w":["一二三四五六七八九十一二"]}', 'names'],
    ['{"m":"oooo","w":["甲乙","丙丁","戊己"]}', 'names'],
    ['{"m":"aaon","w":[]} ', 'form'],
    ['{"w":[],"m":"aaon"}', 'form'],
    ['', 'form'],
  ])('%j is judged', (message, verdict) => {
    expect(judge(world.vote, message)).toEqual(verdict)
  })

  test('padding hides how much was written, and has one spelling', () => {
    const padded = pad(world.vote, '{"m":"aaon","w":[]}')
    expect(padded.length).toBe(world.vote.opening.pad)
    expect(unpad(padded)).toBe('{"m":"aaon","w":[]}')
    padded[200] = 1
    expect(unpad(padded)).toBeNull()
    expect(() => pad(world.vote, 'x'.repeat(255))).toThrow(RangeError)
  })
})

test(
  'the order of casting changes no published byte; ballots are marks on the roll; votes add up; a recount is the count',
  { timeout: 120_000 },
  () => {
    const marks = fc.array(fc.constantFrom('a', 'o', 'n'), { minLength: 4, maxLength: 4 }).map((list) => list.join(''))
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 6 }),
        fc.array(marks, { minLength: 12, maxLength: 12 }),
        (voters, choices) => {
          const outcome = (order: readonly number[]) => {
            const fresh = practice(noblePrimitives, issuer, plan)
            const ballots = order.map((voter) => fresh.cast(voter, { marks: choices[voter]!, names: [] }).line)
            return publish(
              noblePrimitives,
              {
                vote: fresh.vote,
                opening: fresh.opening,
                roll: fresh.roll,
                ballots,
                secrets: fresh.secrets.slice(0, 2),
                stations: [],
              },
              (message) => noblePrimitives.sign(fresh.boxScalar, message),
            )
          }
          const [one, other] = [outcome(voters), outcome(voters.toReversed())]
          expect([...one.files]).toEqual([...other.files])
          expect(one.count.returned.box).toBe(one.count.papers.online)
          for (const { votes } of one.count.items)
            expect(Object.values(votes).reduce((sum, each) => sum + each, 0)).toBe(one.count.valid)
          expect(one.count.valid + one.count.invalid.limit).toBe(voters.length)
          const report = verifyPublication(
            nodePrimitives,
            verifyToken,
            (name) => utf8(one.files.get(name)!),
            utf8Text,
            {
              receipts: [],
            },
          )
          expect(report).toMatchObject({ accepted: true, result: one.count })
        },
      ),
      { numRuns: 4 },
    )
  },
)
