// Many phones in one thread of their own: draw first, cast later, over HTTP like any other. Told what to do by messages.
import { parentPort, workerData } from 'node:worker_threads'
import { Agent, request as ask } from 'node:http'
import type { Bytes } from '../modules/ballots/format/bytes.ts'
import { readOpening, type Vote } from '../modules/ballots/format/opening.ts'
import { nodePrimitives as primitives } from '../modules/ballots/format/primitives-node.ts'
import { drawn, drawRequest, fill, keysOf, type Receipt, type VoterKeys } from '../modules/ballots/format/voter.ts'

export interface VotersGiven {
  base: string
  voteId: number
  /** A session each; or where nobody is signed in, a voter's code each. */
  sessions: string[]
  codes: string[] | null
  concurrency: number
  seats: number
}

export interface VotersTold {
  milliseconds: number
  /** Of this thread's processor time, in milliseconds: what the phones would have borne. */
  cpu: number
  /** Of each request, in milliseconds. */
  times: number[]
  refused: number
  receipts: Receipt[]
  mine: { reference: string; salt: string } | null
}

interface Phone {
  keys: VoterKeys
  tokens: Bytes[]
}

const given = workerData as VotersGiven
const agent = new Agent({ keepAlive: true, maxSockets: given.concurrency })
const phones: Phone[] = []
let vote: Vote | null = null
let boxUrl = ''
let mine: VotersTold['mine'] = null

/** A request on the phones' own connections. @param session none at the box; empty where a code is enough */
function http<Answer>(
  method: string,
  url: string,
  body?: unknown,
  session?: string,
): Promise<{ status: number; body: Answer }> {
  return new Promise((done, failed) => {
    const sent = ask(
      url,
      {
        method,
        agent,
        headers: {
          ...(body !== undefined && { 'content-type': session === undefined ? 'text/plain' : 'application/json' }),
          ...(session && { cookie: `zhijia=${session}` }),
        },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('end', () => done({ status: response.statusCode!, body: JSON.parse(text) as Answer }))
      },
    )
    sent.once('error', failed)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** A line that breaks is tried again: both questions may be asked twice. */
async function patient<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 0; ; attempt++)
    try {
      return await work()
    } catch (error) {
      if (attempt === 30) throw error
      await new Promise((done) => setTimeout(done, 100))
    }
}

type Signed = { status: number; body: { papers: { answer: string }[] } }

interface PaperAnswer {
  reference: string
  boxUrl: string
  papers: { eid: string; opening: string; salt: string }[]
}

/** The two questions of a voter: what the paper is, and to have it signed. */
function asking(
  at: number,
): [() => Promise<{ status: number; body: PaperAnswer }>, (papers: object[]) => Promise<Signed>] {
  const path = `${given.base}/api/votes/${given.voteId}`
  const code = given.codes?.[at]
  const session = given.sessions[at]
  return code
    ? [
        () => http('POST', `${path}/code/paper`, { code }, ''),
        (papers) => http('POST', `${path}/code/draw`, { code, papers }, ''),
      ]
    : [
        () => http('GET', `${path}/paper`, undefined, session),
        (papers) => http('POST', `${path}/draw`, { papers }, session),
      ]
}

async function draw(at: number): Promise<boolean> {
  const [look, sign] = asking(at)
  const paper = await patient(look)
  if (paper.status !== 200) return false
  const { papers } = paper.body
  vote ??= readOpening(primitives, papers[0]!.opening)!
  boxUrl = paper.body.boxUrl
  mine ??= { reference: paper.body.reference, salt: papers[0]!.salt }
  const keys = keysOf(primitives, vote, primitives.random(16))
  const asked = [{ eid: papers[0]!.eid, blinded: drawRequest(primitives, vote, keys)[0]! }]
  const answer = await patient(() => sign(asked))
  const tokens = answer.status === 200 ? drawn(primitives, vote, keys, [answer.body.papers[0]!.answer]) : null
  if (tokens) phones.push({ keys, tokens })
  return tokens !== null
}

/** Some paper within the rules, now and then one that isn't: with more names than seats, or with a name written in. */
function choose(): { marks: string; names: string[] } {
  const { items } = vote!.opening
  const luck = primitives.random(items.length + 2)
  const most = luck.at(-1)! < 5 ? items.length : given.seats
  let approved = 0
  const marks = items.map((_item, at) => {
    if (luck[at]! < 190 && approved < most) {
      approved++
      return 'a'
    }
    return luck[at]! & 1 ? 'o' : 'n'
  })
  const names = luck.at(-2)! < 8 && approved < given.seats && marks.includes('o') ? ['欧阳春'] : []
  return { marks: marks.join(''), names }
}

async function cast(phone: Phone): Promise<Receipt | null> {
  const { line } = fill(primitives, vote!, phone.keys, phone.tokens, choose())
  const body = { eid: eidOf(), line }
  const { status, body: answer } = await patient(() =>
    http<{ id: string; receipt: string }>('POST', `${boxUrl}/cast`, body),
  )
  return status === 200 ? { eid: body.eid, id: answer.id, receipt: answer.receipt } : null
}

const eidOf = (): string => Buffer.from(vote!.eid).toString('base64url')

async function all<Item>(items: readonly Item[], work: (item: Item) => Promise<boolean>): Promise<VotersTold> {
  const times: number[] = []
  let refused = 0
  let next = 0
  const from = performance.now()
  const cpu = process.threadCpuUsage()
  const one = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) {
      const started = performance.now()
      if (!(await work(items[at]!))) refused++
      times.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: given.concurrency }, one))
  const { user, system } = process.threadCpuUsage(cpu)
  const milliseconds = performance.now() - from
  return { milliseconds, cpu: (user + system) / 1000, times, refused, receipts: [], mine }
}

parentPort!.on('message', async (deed: 'draw' | 'cast') => {
  if (deed === 'draw') return parentPort!.postMessage(await all([...given.sessions.keys()], draw))
  const receipts: Receipt[] = []
  // Another order than that of drawing.
  const shuffled = phones.toSorted((one, other) => Buffer.compare(one.keys.seed, other.keys.seed))
  const told = await all(shuffled, async (phone) => {
    const receipt = await cast(phone)
    if (receipt) receipts.push(receipt)
    return receipt !== null
  })
  parentPort!.postMessage({ ...told, receipts })
})
