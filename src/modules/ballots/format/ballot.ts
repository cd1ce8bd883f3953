import { concat, fromTextOf, label, toText, utf8, utf8Text, type Bytes } from './bytes.ts'
import type { Vote } from './opening.ts'
import type { Primitives } from './primitives.ts'

/** What a voter chose: one symbol per item, and the names written in. */
export interface Choice {
  marks: string
  names: readonly string[]
}

/** Why a paper that was handed in doesn't count (废票). It stays on the board and in the figures. */
export type Fault = 'sealed' | 'form' | 'symbols' | 'limit' | 'names'

/**
 * A closed list, because what one program calls a letter another doesn't: Latin letters, digits, the middle dot, full-width
 * brackets, Han (with extensions A to H).
 */
const nameForm = /^[A-Za-z0-9·（）\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{20000}-\u{323af}]+$/u
const messageForm = /^\{"m":"([a-z]{1,500})","w":\[((?:"[^"\\]*"(?:,"[^"\\]*")*)?)\]\}$/

/** `{"m":"aon","w":["王小明"]}` */
export const messageOf = ({ marks, names }: Choice): string =>
  `{"m":"${marks}","w":[${names.map((name) => `"${name}"`).join(',')}]}`

export const nameIsWritable = (name: string, length: number): boolean =>
  nameForm.test(name) && [...name].length <= length

const count = (marks: string, symbol: string): number => marks.split(symbol).length - 1

/** The choice a message says, or why the paper is invalid. */
export function judge(vote: Vote, message: string): Choice | Fault {
  const found = messageForm.exec(message)
  if (!found) return 'form'
  const [marks, list] = [found[1]!, found[2]!]
  const names = list ? list.slice(1, -1).split('","') : []
  const { items, limit, writeIn } = vote.opening
  if (marks.length !== items.length) return 'symbols'
  for (let at = 0; at < marks.length; at++) if (!items[at]!.symbols.includes(marks[at]!)) return 'symbols'
  if (limit && count(marks, limit.symbol) + names.length > limit.most) return 'limit'
  if (!names.length) return { marks, names }
  if (!writeIn || names.length > writeIn.most || names.length > count(marks, writeIn.on)) return 'names'
  if (new Set(names).size !== names.length || !names.every((name) => nameIsWritable(name, writeIn.length)))
    return 'names'
  return { marks, names }
}

/** The message behind its length in two bytes, filled with zeros. @throws RangeError if it is too long */
export function pad(vote: Vote, message: string): Bytes {
  const bytes = utf8(message)
  const padded = new Uint8Array(vote.opening.pad)
  if (bytes.length + 2 > padded.length) throw new RangeError('message too long')
  padded[0] = bytes.length >> 8
  padded[1] = bytes.length & 255
  padded.set(bytes, 2)
  return padded
}

/** @returns null unless the length fits, the rest is zeros and the text is UTF-8 */
export function unpad(padded: Uint8Array): string | null {
  const length = (padded[0]! << 8) | padded[1]!
  if (length + 2 > padded.length) return null
  for (let at = length + 2; at < padded.length; at++) if (padded[at]) return null
  return utf8Text(padded.subarray(2, length + 2))
}

/** What is cast: a line of the board. */
export interface Ballot {
  /** The voter's one-time key. */
  key: Bytes
  /** Per issuer: the 32 bytes before the token's message, and the token. */
  prefixes: Bytes[]
  tokens: Bytes[]
  /** Ephemeral point; empty when the vote isn't sealed. */
  ephemeral: Bytes
  shares: Bytes[]
  body: Bytes
  signature: Bytes
}

/** What a token signs. */
export const tokenMessage = (vote: Vote, key: Uint8Array): Bytes => concat(label('token'), vote.eid, key)
/** What the one-time key signs. */
export const castMessage = (vote: Vote, id: Uint8Array): Bytes => concat(label('cast'), vote.eid, id)
/** What the box signs when the ballot is on disk. */
export const receiptMessage = (eid: Uint8Array, id: Uint8Array): Bytes => concat(label('receipt'), eid, id)

/** A ballot's name: of its key and its sealed content, not of its signature. */
export function ballotId(
  primitives: Primitives,
  vote: Vote,
  ballot: Pick<Ballot, 'key' | 'ephemeral' | 'shares' | 'body'>,
): Bytes {
  const content = primitives.sha256(concat(label('content'), ballot.ephemeral, ...ballot.shares, ballot.body))
  return primitives.sha256(concat(label('ballot'), vote.eid, ballot.key, content))
}

const list = (parts: readonly Uint8Array[]): string => `[${parts.map((part) => `"${toText(part)}"`).join(',')}]`

/** The one spelling of a ballot, without the end of line. */
export const lineOf = (ballot: Ballot): string =>
  `{"body":"${toText(ballot.body)}","ephemeral":"${toText(ballot.ephemeral)}","key":"${toText(ballot.key)}",` +
  `"prefixes":${list(ballot.prefixes)},"shares":${list(ballot.shares)},` +
  `"signature":"${toText(ballot.signature)}","tokens":${list(ballot.tokens)}}`

const lineForm =
  /^\{"body":"([\w-]*)","ephemeral":"([\w-]*)","key":"([\w-]*)","prefixes":\[([\w",-]*)\],"shares":\[([\w",-]*)\],"signature":"([\w-]*)","tokens":\[([\w",-]*)\]\}$/

function readList(text: string, lengths: readonly number[]): Bytes[] | null {
  const parts = text === '' ? [] : text.split(',')
  if (parts.length !== lengths.length) return null
  const read = parts.map((part, at) =>
    part.length > 1 && part.startsWith('"') && part.endsWith('"') ? fromTextOf(part.slice(1, -1), lengths[at]!) : null,
  )
  return read.includes(null) ? null : (read as Bytes[])
}

/** @returns null unless the line is the one spelling of a ballot with the lengths this vote asks for */
export function readLine(vote: Vote, line: string): Ballot | null {
  const found = lineForm.exec(line)
  if (!found) return null
  const trustees = vote.trusteeKeys.length
  const body = fromTextOf(found[1]!, vote.opening.pad + (trustees ? 16 : 0))
  const ephemeral = fromTextOf(found[2]!, trustees ? 65 : 0)
  const key = fromTextOf(found[3]!, 65)
  const prefixes = readList(
    found[4]!,
    vote.tokenKeys.map(() => 32),
  )
  const shares = readList(
    found[5]!,
    vote.trusteeKeys.map(() => 32),
  )
  const signature = fromTextOf(found[6]!, 64)
  const tokens = readList(
    found[7]!,
    vote.tokenKeys.map((token) => token.n.length),
  )
  if (!body || !ephemeral || !key || !prefixes || !shares || !signature || !tokens) return null
  return { key, prefixes, tokens, ephemeral, shares, body, signature }
}
