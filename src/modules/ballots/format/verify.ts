import { ballotId, castMessage, readLine, tokenMessage, type Ballot } from './ballot.ts'
import { compareBytes, concat, fromTextOf, sameBytes, toText, toBigInt, type Bytes } from './bytes.ts'
import { canonical, parseCanonical, type Json } from './json.ts'
import { readOpening, type Vote } from './opening.ts'
import { curveOrder, type Primitives } from './primitives.ts'
import { fileNames, headed, headedFile, headMessage, type FileName } from './publication.ts'
import { commitment, linesOf, noPapers, readRoll, type Papers, type RollReading } from './roll.ts'
import { unseal, type TrusteeSecret } from './seal.ts'
import { readStations, stationAddsUp, Tally, type Count, type Station } from './tally.ts'
import { receiptHolds, type Receipt } from './voter.ts'

/** A token's check needs RSA, which the booth page never verifies this way. */
export type VerifyToken = (n: Uint8Array, message: Uint8Array, token: Uint8Array) => boolean

export interface Question {
  /** The eid on the printed notice; without it only the publication's own is checked. */
  eid?: string
  receipts?: readonly unknown[]
  /** One's own line of the roll. */
  mine?: unknown
}

export interface Report {
  accepted: boolean
  ballots: number
  eid: string
  /** `none`, or how the voter who asked took the paper. */
  mine: string
  papers: Papers
  /** What is wrong, in the order of the checks; empty when accepted. Lines and places count from 1. */
  reasons: string[]
  receipts: number
  result: Count | null
}

/**
 * Checks a publication and counts it again. The Python verifier does the same from format.md and shares no code; the two
 * must print the same report, byte for byte.
 * @param read the bytes of a file, null if it is missing
 */
export function verifyPublication(
  primitives: Primitives,
  verifyToken: VerifyToken,
  read: (name: FileName) => Uint8Array | null,
  decode: (bytes: Uint8Array) => string | null,
  question: Question = {},
): Report {
  const reasons: string[] = []
  const report: Report = {
    accepted: false,
    ballots: 0,
    eid: '',
    mine: '',
    papers: noPapers(),
    reasons,
    receipts: 0,
    result: null,
  }
  const texts = new Map<FileName, string>()
  const raw = new Map<FileName, Uint8Array>()
  for (const name of fileNames) {
    const bytes = read(name)
    const text = bytes && decode(bytes)
    const short = name.split('.')[0]!
    if (!bytes) reasons.push(`missing:${short}`)
    else if (text === null) reasons.push(`encoding:${short}`)
    else {
      texts.set(name, text)
      raw.set(name, bytes)
    }
  }
  if (reasons.length) return report
  const vote = readOpening(primitives, texts.get('opening.json')!)
  if (!vote) {
    reasons.push('opening')
    return report
  }
  report.eid = toText(vote.eid)
  if (question.eid !== undefined && question.eid !== report.eid) reasons.push('eid')
  const roll = readRoll(primitives, vote, texts.get('roll.jsonl')!)
  reasons.push(...roll.reasons)
  report.papers = roll.papers
  const board = readBoard(primitives, verifyToken, vote, texts.get('board.jsonl')!)
  reasons.push(...board.reasons)
  report.ballots = board.ballots.length
  if (board.ballots.length > roll.papers.online + roll.papers.kiosk) reasons.push('more-ballots-than-papers')
  const secrets = readTrustees(primitives, vote, texts.get('trustees.json')!, reasons)
  const stations = readPaper(vote, texts.get('paper.json')!, roll, reasons)
  if (secrets && stations) {
    report.result = recount(primitives, vote, board.ballots, secrets, stations, roll.papers)
    if (texts.get('result.json') !== canonical(report.result)) reasons.push('result-differs')
  }
  checkHead(primitives, vote, texts.get('head.json')!, raw, board.ballots.length, reasons)
  for (const [at, receipt] of (question.receipts ?? []).entries())
    checkReceipt(primitives, vote, receipt, at + 1, board.ids, reasons)
  report.receipts = question.receipts?.length ?? 0
  if (question.mine !== undefined) report.mine = findMine(primitives, vote, question.mine, roll, reasons)
  report.accepted = reasons.length === 0
  return report
}

function readBoard(
  primitives: Primitives,
  verifyToken: VerifyToken,
  vote: Vote,
  text: string,
): { ballots: Ballot[]; ids: Set<string>; reasons: string[] } {
  const reasons: string[] = []
  const ballots: Ballot[] = []
  const ids = new Set<string>()
  const keys = new Set<string>()
  const lines = linesOf(text)
  if (!lines) return { ballots, ids, reasons: ['board-end'] }
  let last: Bytes | null = null
  for (const [at, line] of lines.entries()) {
    const ballot = readLine(vote, line)
    if (!ballot) {
      reasons.push(`board-line:${at + 1}`)
      continue
    }
    const id = ballotId(primitives, vote, ballot)
    const key = toText(ballot.key)
    if (last && compareBytes(last, id) >= 0) reasons.push(`board-order:${at + 1}`)
    if (keys.has(key)) reasons.push(`key-twice:${at + 1}`)
    if (!tokensHold(verifyToken, vote, ballot)) reasons.push(`token:${at + 1}`)
    if (!primitives.verify(ballot.key, castMessage(vote, id), ballot.signature)) reasons.push(`signature:${at + 1}`)
    last = id
    keys.add(key)
    ids.add(toText(id))
    ballots.push(ballot)
  }
  return { ballots, ids, reasons }
}

/** Every issuer signed prefix ‖ message. The box asks the same before it stores anything. */
export const tokensHold = (verifyToken: VerifyToken, vote: Vote, ballot: Ballot): boolean =>
  vote.tokenKeys.every(({ n }, issuer) =>
    verifyToken(n, concat(ballot.prefixes[issuer]!, tokenMessage(vote, ballot.key)), ballot.tokens[issuer]!),
  )

const isRecord = (value: unknown, keys: string): value is Record<string, Json> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).toSorted().join(' ') === keys

function readTrustees(primitives: Primitives, vote: Vote, text: string, reasons: string[]): TrusteeSecret[] | null {
  const value = parseCanonical(text)
  const before = reasons.length
  const secrets: TrusteeSecret[] = []
  const list = isRecord(value, 'keys') && Array.isArray(value['keys']) ? value['keys'] : null
  for (const entry of list ?? []) {
    const index = isRecord(entry, 'index secret') ? entry['index'] : null
    const text32 = isRecord(entry, 'index secret') ? entry['secret'] : null
    const secret = typeof text32 === 'string' ? fromTextOf(text32, 32) : null
    const last = secrets.at(-1)?.index ?? 0
    if (
      !Number.isSafeInteger(index) ||
      !secret ||
      (index as number) <= last ||
      (index as number) > vote.trusteeKeys.length
    ) {
      reasons.push('trustees')
      return null
    }
    secrets.push({ index: index as number, secret })
  }
  if (!list || list.length < vote.opening.trustees.threshold) {
    reasons.push('trustees')
    return null
  }
  for (const { index, secret } of secrets) {
    const scalar = toBigInt(secret)
    const fits =
      scalar > 0n && scalar < curveOrder && sameBytes(primitives.publicOf(secret), vote.trusteeKeys[index - 1]!)
    if (!fits) reasons.push(`trustee-key:${index}`)
  }
  return reasons.length > before ? null : secrets
}

function readPaper(vote: Vote, text: string, roll: RollReading, reasons: string[]): Station[] | null {
  const stations = readStations(vote, parseCanonical(text))
  if (!stations) {
    reasons.push('paper')
    return null
  }
  for (const [at, station] of stations.entries()) if (!stationAddsUp(station)) reasons.push(`paper-station:${at + 1}`)
  const issued = stations.reduce((sum, station) => sum + station.issued, 0)
  if (issued > roll.papers.paper) reasons.push('more-paper-than-marked')
  return stations
}

function recount(
  primitives: Primitives,
  vote: Vote,
  ballots: readonly Ballot[],
  secrets: readonly TrusteeSecret[],
  stations: readonly Station[],
  papers: Papers,
): Count {
  const tally = new Tally(vote)
  for (const ballot of ballots) {
    const opened = unseal(primitives, vote, ballot, secrets)
    if (typeof opened === 'string') tally.addInvalid(opened)
    else tally.add(opened.message)
  }
  for (const station of stations) tally.addStation(station)
  return tally.count(toText(vote.eid), papers)
}

function checkHead(
  primitives: Primitives,
  vote: Vote,
  text: string,
  raw: ReadonlyMap<FileName, Uint8Array>,
  ballots: number,
  reasons: string[],
): void {
  const head = parseCanonical(text)
  const signature =
    isRecord(head, 'ballots board eid paper result roll signature trustees') && typeof head['signature'] === 'string'
      ? fromTextOf(head['signature'], 64)
      : null
  if (!signature) {
    reasons.push('head')
    return
  }
  const { signature: _signature, ...unsigned } = head as Record<string, Json>
  if (unsigned['eid'] !== toText(vote.eid)) reasons.push('head-eid')
  if (unsigned['ballots'] !== ballots) reasons.push('head-ballots')
  for (const name of headed)
    if (unsigned[name] !== toText(primitives.sha256(raw.get(headedFile[name])!))) reasons.push(`head-${name}`)
  if (!primitives.verify(vote.boxKey, headMessage(vote.eid, canonical(unsigned)), signature))
    reasons.push('head-signature')
}

function checkReceipt(
  primitives: Primitives,
  vote: Vote,
  value: unknown,
  place: number,
  ids: ReadonlySet<string>,
  reasons: string[],
): void {
  const isReceipt =
    isRecord(value, 'eid id receipt') &&
    [value['eid'], value['id'], value['receipt']].every((part) => typeof part === 'string')
  if (!isReceipt) {
    reasons.push(`receipt-form:${place}`)
    return
  }
  const receipt = value as unknown as Receipt
  if (receipt.eid !== toText(vote.eid) || !receiptHolds(primitives, vote.boxKey, receipt))
    reasons.push(`receipt-signature:${place}`)
  else if (!ids.has(receipt.id)) reasons.push(`receipt-missing:${place}`)
}

function findMine(primitives: Primitives, vote: Vote, value: unknown, roll: RollReading, reasons: string[]): string {
  const salt =
    isRecord(value, 'reference salt') && typeof value['reference'] === 'string' && typeof value['salt'] === 'string'
      ? fromTextOf(value['salt'], 32)
      : null
  if (!salt) {
    reasons.push('mine-form')
    return ''
  }
  const voter = commitment(primitives, vote.nonce, salt, (value as { reference: string }).reference)
  const line = roll.lines.find((each) => sameBytes(each.voter, voter))
  if (!line) reasons.push('mine-missing')
  return line?.channel ?? ''
}
