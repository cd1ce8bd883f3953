import { expect, test } from 'vitest'
import { newIssuer, verifyToken } from '../secret/signer.ts'
import { tokenMessage, readLine } from './ballot.ts'
import { pssHolds } from './blind.ts'
import { concat, sameBytes } from './bytes.ts'
import { practice } from './practice.ts'
import { noblePrimitives } from './primitives-noble.ts'
import { nodePrimitives } from './primitives-node.ts'
import { recoveryCode, seedOf } from './recovery.ts'
import { scrutineerScalar } from './scrutineer.ts'

test('the browser’s check of a token agrees with OpenSSL, also on every changed byte', async () => {
  const issuer = await newIssuer(2048)
  const { vote, cast } = practice(nodePrimitives, issuer, {
    word: 'pss',
    voters: 1,
    items: [{ id: '1', title: '甲', symbols: 'aon' }],
  })
  const ballot = readLine(vote, cast(0, { marks: 'a', names: [] }).line)!
  const message = concat(ballot.prefixes[0]!, tokenMessage(vote, ballot.key))
  const token = ballot.tokens[0]!
  expect(pssHolds(noblePrimitives, issuer.key, message, token)).toBe(true)
  expect(verifyToken(issuer.key.n, message, token)).toBe(true)
  for (let at = 0; at < token.length; at += 7) {
    const changed = token.slice()
    changed[at]! ^= 1
    expect(pssHolds(noblePrimitives, issuer.key, message, changed), String(at)).toBe(
      verifyToken(issuer.key.n, message, changed),
    )
    expect(pssHolds(noblePrimitives, issuer.key, message, changed)).toBe(false)
  }
  expect(pssHolds(noblePrimitives, issuer.key, concat(message, new Uint8Array(1)), token)).toBe(false)
  expect(pssHolds(noblePrimitives, issuer.key, message, token.slice(1))).toBe(false)
})

test('one key sheet gives each vote a key of its own, the same from the typed code', () => {
  const seed = new Uint8Array(16).map((_byte, at) => at * 11)
  const [one, other] = [12, 13].map((voteId) => scrutineerScalar(nodePrimitives, seed, voteId))
  expect(sameBytes(one!, other!)).toBe(false)
  expect(sameBytes(scrutineerScalar(noblePrimitives, seedOf(recoveryCode(seed))!, 12), one!)).toBe(true)
})
