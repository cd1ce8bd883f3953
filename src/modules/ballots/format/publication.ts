import { ballotId, readLine } from './ballot.ts'
import { compareBytes, concat, label, toText, utf8, type Bytes } from './bytes.ts'
import { canonical } from './json.ts'
import type { Vote } from './opening.ts'
import type { Primitives } from './primitives.ts'
import { noPapers, rollText, type RollLine } from './roll.ts'
import { unseal, type TrusteeSecret } from './seal.ts'
import { Tally, type Count, type Station } from './tally.ts'

/** The files of a publication, in the order in which they are checked. */
export const fileNames = [
  'opening.json',
  'roll.jsonl',
  'board.jsonl',
  'trustees.json',
  'paper.json',
  'result.json',
  'head.json',
] as const
export type FileName = (typeof fileNames)[number]

/** Files the head vouches for; the opening is vouched for by its eid. */
export const headed = ['board', 'paper', 'result', 'roll', 'trustees'] as const
export const headedFile: Record<(typeof headed)[number], FileName> = {
  board: 'board.jsonl',
  paper: 'paper.json',
  result: 'result.json',
  roll: 'roll.jsonl',
  trustees: 'trustees.json',
}

export const headMessage = (eid: Uint8Array, unsigned: string): Bytes => concat(label('head'), eid, utf8(unsigned))

/** Lines of the board in the order of their ids. @throws TypeError on a line that isn't one of this vote's */
export function boardText(primitives: Primitives, vote: Vote, lines: Iterable<string>): string {
  const entries = Array.from(lines, (line) => {
    const ballot = readLine(vote, line)
    if (!ballot) throw new TypeError('not a ballot of this vote')
    return { line, id: ballotId(primitives, vote, ballot) }
  })
  return entries
    .toSorted((one, other) => compareBytes(one.id, other.id))
    .map(({ line }) => `${line}\n`)
    .join('')
}

export interface Closed {
  vote: Vote
  /** The opening's own text. */
  opening: string
  roll: readonly RollLine[]
  /** In any order. */
  ballots: readonly string[]
  secrets: readonly TrusteeSecret[]
  stations: readonly Station[]
}

/** What a ballot says, or why it says nothing. */
export type Opened = ReturnType<typeof unseal>

/** Opens lines of the board, in their order; any part of them may be opened elsewhere. @throws TypeError on a line that isn't one of this vote's */
export const openLines = (
  primitives: Primitives,
  vote: Vote,
  lines: readonly string[],
  secrets: readonly TrusteeSecret[],
): Opened[] =>
  lines.map((line) => {
    const ballot = readLine(vote, line)
    if (!ballot) throw new TypeError('not a ballot of this vote')
    return unseal(primitives, vote, ballot, secrets)
  })

export interface Assembled {
  files: Map<FileName, string>
  count: Count
  /** The head without its signature, in its canonical spelling. */
  unsigned: string
}

/**
 * Everything that is published: a function of the *set* of ballots, so no order of casting can be read from it.
 * @param opened what the ballots say, in any order
 */
export function assemble(
  primitives: Primitives,
  closed: Closed,
  opened: readonly Opened[] = openLines(primitives, closed.vote, closed.ballots, closed.secrets),
): Assembled {
  const { vote } = closed
  const eid = toText(vote.eid)
  const board = boardText(primitives, vote, closed.ballots)
  const lines = board === '' ? [] : board.slice(0, -1).split('\n')
  const papers = noPapers()
  for (const { channel } of closed.roll) papers[channel]++
  const tally = new Tally(vote)
  for (const each of opened)
    if (typeof each === 'string') tally.addInvalid(each)
    else tally.add(each.message)
  for (const station of closed.stations) tally.addStation(station)
  const count = tally.count(eid, papers)
  const files = new Map<FileName, string>([
    ['opening.json', closed.opening],
    ['roll.jsonl', rollText(closed.roll)],
    ['board.jsonl', board],
    ['trustees.json', trusteesText(closed.secrets)],
    ['paper.json', canonical({ stations: closed.stations })],
    ['result.json', canonical(count)],
  ])
  const hashes = Object.fromEntries(
    headed.map((name) => [name, toText(primitives.sha256(utf8(files.get(headedFile[name])!)))]),
  )
  return { files, count, unsigned: canonical({ ...hashes, ballots: lines.length, eid }) }
}

/** The head with the box's signature over {@link headMessage}. */
export const headText = (unsigned: string, signature: string): string =>
  canonical({ ...(JSON.parse(unsigned) as object), signature })

/** @param sign by the box key */
export function publish(
  primitives: Primitives,
  closed: Closed,
  sign: (message: Uint8Array) => Uint8Array,
): { files: Map<FileName, string>; count: Count } {
  const { files, count, unsigned } = assemble(primitives, closed)
  const signature = toText(sign(headMessage(closed.vote.eid, unsigned)))
  files.set('head.json', headText(unsigned, signature))
  return { files, count }
}

const trusteesText = (secrets: readonly TrusteeSecret[]): string =>
  canonical({ keys: secrets.map(({ index, secret }) => ({ index, secret: toText(secret) })) })
