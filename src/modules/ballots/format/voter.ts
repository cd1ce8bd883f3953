import { blind, unblind, prefixLength, saltLength, type Blinding } from './blind.ts'
import { ballotId, castMessage, lineOf, messageOf, receiptMessage, tokenMessage, type Choice } from './ballot.ts'
import { fromTextOf, label, toBigInt, toText, type Bytes } from './bytes.ts'
import type { Vote } from './opening.ts'
import type { Primitives } from './primitives.ts'
import { contentKeyOf, scalarOf, seal } from './seal.ts'

/**
 * The voter's side. Everything comes from 16 random bytes, so that a phone that dies between drawing and casting costs
 * nothing to whoever kept the recovery code. (RFC 9474 §7.4 asks for fresh randomness; this is the deviation.)
 */
export interface VoterKeys {
  seed: Uint8Array
  scalar: Bytes
  key: Bytes
  blindings: Blinding[]
}

export function keysOf(primitives: Primitives, vote: Vote, seed: Uint8Array): VoterKeys {
  const derive = (name: string, length: number): Bytes =>
    primitives.hkdf(seed, vote.eid, label(`voter/${name}`), length)
  const scalar = scalarOf(derive('key', 48))
  return {
    seed,
    scalar,
    key: primitives.publicOf(scalar),
    blindings: vote.tokenKeys.map(({ n }, issuer) => ({
      prefix: derive(`prefix/${issuer}`, prefixLength),
      salt: derive(`salt/${issuer}`, saltLength),
      factor: (toBigInt(derive(`factor/${issuer}`, n.length + 16)) % (toBigInt(n) - 2n)) + 2n,
    })),
  }
}

/** What goes to the registrar, signed in as oneself: one number per issuer. */
export const drawRequest = (primitives: Primitives, vote: Vote, keys: VoterKeys): string[] =>
  vote.tokenKeys.map((tokenKey, at) =>
    toText(blind(primitives, tokenKey, tokenMessage(vote, keys.key), keys.blindings[at]!)),
  )

/** The tokens, checked; null if an answer is wrong, and then no paper has been drawn. */
export function drawn(primitives: Primitives, vote: Vote, keys: VoterKeys, answers: readonly string[]): Bytes[] | null {
  const tokens = vote.tokenKeys.map((tokenKey, at) => {
    const answer = fromTextOf(answers[at] ?? '', tokenKey.n.length)
    return answer && unblind(primitives, tokenKey, tokenMessage(vote, keys.key), keys.blindings[at]!, answer)
  })
  return tokens.includes(null) ? null : (tokens as Bytes[])
}

/** What goes into the box, signed in as nobody. The same choice gives the same bytes, however often it is sent. */
export function fill(
  primitives: Primitives,
  vote: Vote,
  keys: VoterKeys,
  tokens: Bytes[],
  choice: Choice,
): { line: string; id: string } {
  const message = messageOf(choice)
  const contentKey = contentKeyOf(primitives, vote, keys.seed, message)
  const sealed = seal(primitives, vote, keys.key, contentKey, message)
  const id = ballotId(primitives, vote, { key: keys.key, ...sealed })
  const signature = primitives.sign(keys.scalar, castMessage(vote, id))
  const prefixes = keys.blindings.map(({ prefix }) => prefix as Bytes)
  return { line: lineOf({ key: keys.key, prefixes, tokens, ...sealed, signature }), id: toText(id) }
}

/** What the voter keeps: with it a ballot that is missing from the board convicts the box. */
export interface Receipt {
  eid: string
  id: string
  receipt: string
}

export function receiptHolds(primitives: Primitives, boxKey: Uint8Array, receipt: Receipt): boolean {
  const [eid, id] = [fromTextOf(receipt.eid, 32), fromTextOf(receipt.id, 32)]
  const signature = fromTextOf(receipt.receipt, 64)
  return !!eid && !!id && !!signature && primitives.verify(boxKey, receiptMessage(eid, id), signature)
}
