import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { readFileSync } from 'node:fs'
import { ballotId, castMessage, readLine, receiptMessage } from '../format/ballot.ts'
import { toText, type Bytes } from '../format/bytes.ts'
import { readOpening, type Vote } from '../format/opening.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { tokensHold } from '../format/verify.ts'
import { verifyToken } from './signer.ts'
import { Urn } from './urn.ts'

/**
 * The ballot box. It answers one question, at its own address, to somebody it doesn't know: no cookie, no name, no log, no
 * clock kept. Everything that could say who or when is thrown away with the connection.
 */
interface Slot {
  vote: Vote
  urn: Urn
  /** One-time key → ballot. The promise ends when it is on disk: a retry waits for the first copy. */
  cast: Map<string, { id: Bytes; stored: Promise<void> }>
  accepting: boolean
  /** Milliseconds; what the opening announced. */
  from: number
  to: number
}

export interface Refusal {
  status: number
  code: string
  message: string
}

const refusal = (status: number, code: string, message: string): Refusal => ({ status, code, message })
const bodyLimit = 64 * 1024

/** An hour of the opening's notes, in milliseconds. */
function hour(vote: Vote, name: string, otherwise: number): number {
  const text = vote.opening.notes[name]
  return typeof text === 'string' ? Date.parse(text) : otherwise
}

export class Box {
  private readonly scalar: Bytes
  private readonly now: () => number
  private readonly slots = new Map<string, Slot>()
  private readonly opening = new Map<string, Promise<void>>()

  /** @param now the server's clock, only to compare with the announced hours */
  constructor(scalar: Bytes, now: () => number = Date.now) {
    this.scalar = scalar
    this.now = now
  }

  /** Takes a vote up, with what its urn holds already. Again is no harm. @throws TypeError on another box's opening */
  async open(opening: string, urnPath: string): Promise<void> {
    const vote = readOpening(nodePrimitives, opening)
    if (!vote) throw new TypeError('not an opening')
    const eid = toText(vote.eid)
    // Two hands on one urn would put two ballots into one slot.
    const under = this.opening.get(eid) ?? this.openOnce(eid, vote, urnPath).finally(() => this.opening.delete(eid))
    this.opening.set(eid, under)
    return under
  }

  private async openOnce(eid: string, vote: Vote, urnPath: string): Promise<void> {
    if (this.slots.has(eid)) return
    const { urn, entries } = await Urn.open(vote, urnPath)
    const stored = Promise.resolve()
    this.slots.set(eid, {
      vote,
      urn,
      cast: new Map(entries.map(({ ballot, id }) => [toText(ballot.key), { id, stored }])),
      accepting: true,
      from: hour(vote, 'castFrom', -Infinity),
      to: hour(vote, 'castTo', Infinity),
    })
  }

  /** No more ballots; resolves when all that have a receipt are in the file. */
  async close(eid: string): Promise<void> {
    const slot = this.slots.get(eid)
    if (!slot) return
    slot.accepting = false
    await Promise.allSettled([...slot.cast.values()].map(({ stored }) => stored))
    await slot.urn.close()
    this.slots.delete(eid)
  }

  sign(message: Uint8Array): string {
    return toText(nodePrimitives.sign(this.scalar, message))
  }

  /** Same ballot, same answer, however often; another ballot of the same paper is refused. */
  async cast(eid: unknown, line: unknown): Promise<{ id: string; receipt: string } | Refusal> {
    const slot = typeof eid === 'string' ? this.slots.get(eid) : undefined
    if (!slot?.accepting) return refusal(409, 'box-closed', '投票已经结束，或票箱没有这次投票。')
    const ballot = typeof line === 'string' ? readLine(slot.vote, line) : null
    if (!ballot) return refusal(422, 'not-a-ballot', '选票格式不正确，请重新打开选票页再试。')
    if (this.now() < slot.from) return refusal(409, 'too-early', '投票还没有开始，选票请先留好。')
    if (this.now() > slot.to) return refusal(409, 'too-late', '已经过了投票截止时间。')
    const id = ballotId(nodePrimitives, slot.vote, ballot)
    const key = toText(ballot.key)
    const genuine =
      tokensHold(verifyToken, slot.vote, ballot) &&
      nodePrimitives.verify(ballot.key, castMessage(slot.vote, id), ballot.signature)
    if (!genuine) return refusal(403, 'not-issued', '这张选票不是本次投票发出的。')
    let known = slot.cast.get(key)
    if (known && toText(known.id) !== toText(id))
      return refusal(409, 'already-cast', '这张选票已经投出，以先投的为准，不能更改。')
    if (!known) {
      known = { id, stored: slot.urn.put(line as string) }
      slot.cast.set(key, known)
      known.stored.catch(() => slot.cast.delete(key))
    }
    try {
      await known.stored
    } catch {
      return refusal(503, 'not-stored', '选票没有存好，请稍后再按一次“投票”，不会重复计票。')
    }
    return { id: toText(id), receipt: this.sign(receiptMessage(slot.vote.eid, id)) }
  }
}

/** @param origin where the booth page comes from; no other page may ask */
export function boxServer(box: Box, origin: string, tls: { cert: string; key: string } | null): Server {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    respond(box, origin, request).then(
      ({ status, body }) => send(response, origin, status, body),
      // Nothing is written anywhere: what went wrong would say who and when.
      () => send(response, origin, 500, refusal(500, 'internal', '票箱出错，选票没有投出，请再试一次。')),
    )
  }
  const server = tls
    ? createSecure({ cert: readFileSync(tls.cert), key: readFileSync(tls.key) }, answer)
    : createPlain(answer)
  server.requestTimeout = 30_000
  return server as Server
}

function send(response: ServerResponse, origin: string, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.sendDate = false
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'access-control-allow-origin': origin,
    'cache-control': 'no-store',
    vary: 'origin',
  })
  response.end(text)
}

async function respond(box: Box, origin: string, request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  const no = (one: Refusal) => ({ status: one.status, body: { code: one.code, message: one.message } })
  if (request.headers.cookie !== undefined || request.headers.authorization !== undefined)
    return no(refusal(400, 'identified', '票箱不接受带身份的请求，请从选票页投票。'))
  if (request.headers.origin !== undefined && request.headers.origin !== origin)
    return no(refusal(403, 'foreign-origin', '请求来自其他网站，已被拒绝。'))
  if (request.method !== 'POST' || request.url !== '/cast') return no(refusal(404, 'not-found', '没有这个地址。'))
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > bodyLimit) return no(refusal(413, 'too-large', '选票格式不正确。'))
    chunks.push(chunk)
  }
  let asked: { eid?: unknown; line?: unknown } | null
  try {
    asked = JSON.parse(Buffer.concat(chunks).toString()) as typeof asked
  } catch {
    asked = null
  }
  const outcome = await box.cast(asked?.eid, asked?.line)
  return 'status' in outcome ? no(outcome) : { status: 200, body: outcome }
}
