import { receiptMessage, type Choice } from './ballot.ts'
import { announce, type Opening, type Vote } from './opening.ts'
import type { Primitives } from './primitives.ts'
import { commitment, rollRoot, type RollLine } from './roll.ts'
import { compareBytes, fromTextOf, label, toText, utf8, type Bytes } from './bytes.ts'
import { scalarOf, type TrusteeSecret } from './seal.ts'
import { drawn, drawRequest, fill, keysOf, type Receipt } from './voter.ts'
import type { Issuer } from '../secret/signer.ts'

/**
 * A whole vote in memory, made from a word: for tests, vectors and the benchmark, which need elections without a server.
 * Same word, same bytes.
 */
export interface Practice {
  vote: Vote
  opening: string
  boxScalar: Bytes
  secrets: TrusteeSecret[]
  salts: Bytes[]
  roll: RollLine[]
  /** The one-time private key of a voter. */
  scalarOf(voter: number): Bytes
  /** Draws and fills the paper of one voter and marks the roll. */
  cast(voter: number, choice: Choice): { line: string; id: string; receipt: Receipt }
}

export interface PracticePlan {
  word: string
  voters: number
  items: Opening['items']
  limit?: Opening['limit']
  writeIn?: Opening['writeIn']
  trustees?: { count: number; threshold: number }
  pad?: number
}

export function practice(primitives: Primitives, issuer: Issuer, plan: PracticePlan): Practice {
  const make = (name: string, length: number): Bytes =>
    primitives.hkdf(utf8(plan.word), new Uint8Array(0), label(`practice/${name}`), length)
  const nonce = make('nonce', 32)
  const boxScalar = scalarOf(make('box', 48))
  const trustees = plan.trustees ?? { count: 3, threshold: 2 }
  const secrets = Array.from({ length: trustees.count }, (_, at) => ({
    index: at + 1,
    secret: scalarOf(make(`trustee/${at + 1}`, 48)),
  }))
  const salts = Array.from({ length: plan.voters }, (_, at) => make(`salt/${at}`, 32))
  const voters = salts.map((salt, at) => commitment(primitives, nonce, salt, `person/${at}`))
  const { text, vote } = announce(primitives, {
    format: 'zhijia-ballots-1',
    title: `练习：${plan.word}`,
    nonce: toText(nonce),
    items: plan.items,
    limit: plan.limit ?? null,
    writeIn: plan.writeIn ?? null,
    roll: { size: plan.voters, root: toText(rollRoot(primitives, voters.toSorted(compareBytes))) },
    tokenKeys: [{ n: toText(issuer.key.n), e: issuer.key.e }],
    trustees: { threshold: trustees.threshold, keys: secrets.map(({ secret }) => toText(primitives.publicOf(secret))) },
    boxKey: toText(primitives.publicOf(boxScalar)),
    pad: plan.pad ?? 256,
    notes: {},
  })
  const roll: RollLine[] = voters.map((voter) => ({ voter, channel: 'none' }))
  return {
    vote,
    opening: text,
    boxScalar,
    secrets,
    salts,
    roll,
    scalarOf: (voter) => keysOf(primitives, vote, make(`seed/${voter}`, 16)).scalar,
    cast(voter, choice) {
      const keys = keysOf(primitives, vote, make(`seed/${voter}`, 16))
      const answers = drawRequest(primitives, vote, keys).map((asked) =>
        toText(issuer.blindSign(fromTextOf(asked, issuer.key.n.length)!)!),
      )
      const tokens = drawn(primitives, vote, keys, answers)!
      roll[voter]!.channel = 'online'
      const { line, id } = fill(primitives, vote, keys, tokens, choice)
      const signed = primitives.sign(boxScalar, receiptMessage(vote.eid, fromTextOf(id, 32)!))
      return { line, id, receipt: { eid: toText(vote.eid), id, receipt: toText(signed) } }
    },
  }
}
