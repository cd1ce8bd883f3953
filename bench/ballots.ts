// npm run -s bench -- ballots [--scale 0.1]: secret votes at the sizes of the promises, load generator included.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { holdElection } from '../src/demo/secret-election.ts'
import { hashPassword, verifyPassword } from '../src/modules/accounts/server/password.ts'
import { ballotId, castMessage, messageOf, readLine } from '../src/modules/ballots/format/ballot.ts'
import { practice } from '../src/modules/ballots/format/practice.ts'
import { nodePrimitives } from '../src/modules/ballots/format/primitives-node.ts'
import { publish } from '../src/modules/ballots/format/publication.ts'
import { Tally } from '../src/modules/ballots/format/tally.ts'
import { tokensHold } from '../src/modules/ballots/format/verify.ts'
import { recountFolder } from '../src/modules/ballots/secret/recount.ts'
import { newIssuer, verifyToken } from '../src/modules/ballots/secret/signer.ts'
import { loadBetween, loadOf, type Load } from './load.ts'
import { duration, type Result } from './result.ts'

const part = 'Secret ballots'
const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((one, other) => one - other)[Math.ceil(times.length * share) - 1]!

/** @param scale 1: 3,000 voters, 100,000 ballots opened, 10,000 recounted */
export async function measureBallots(scale: number, say: (line: string) => void): Promise<Result[]> {
  const floor = await floorOfOne()
  return [
    ...(await wholeElection(scale, floor, false, say)),
    ...(await wholeElection(scale, floor, true, say)),
    await passwords(),
    tallying(scale),
    ...(await recounting(scale)),
  ]
}

const spent = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/**
 * Milliseconds of processor that one voter costs by arithmetic alone, nothing sent and nothing stored: the phone's share,
 * the registrar's, the box's. Measured beside the election, so that a busy machine slows both.
 */
async function floorOfOne(): Promise<number> {
  const voters = 400
  const issuer = await newIssuer(2048)
  const list = items.slice(0, 15)
  const world = practice(nodePrimitives, issuer, {
    word: '底线',
    voters,
    items: list,
    limit: { symbol: 'a', most: 11 },
  })
  let from = spent()
  for (let voter = 0; voter < voters; voter++) {
    // The first quarter warms up.
    if (voter === voters / 4) from = spent()
    const { line } = world.cast(voter, { marks: 'aon'.repeat(5), names: [] })
    const ballot = readLine(world.vote, line)!
    const id = ballotId(nodePrimitives, world.vote, ballot)
    const genuine =
      tokensHold(verifyToken, world.vote, ballot) &&
      nodePrimitives.verify(ballot.key, castMessage(world.vote, id), ballot.signature)
    if (!genuine) throw new Error('a ballot of the floor is not genuine')
  }
  return (spent() - from) / (voters * 0.75)
}

/** @param cold nobody is signed in; everybody comes with a printed code */
async function wholeElection(
  scale: number,
  floor: number,
  cold: boolean,
  say: (line: string) => void,
): Promise<Result[]> {
  const voters = Math.max(20, Math.round(3000 * scale))
  const out = mkdtempSync(path.join(os.tmpdir(), 'zhijia-bench-vote-'))
  const loads = new Map<string, Load>()
  try {
    const held = await holdElection({ voters, out, codes: cold }, say, async (moment, house) => {
      if (moment !== 'published') loads.set(moment, await loadOf(house))
    })
    const { drawing, casting, closing, publishing, receipts } = held
    const load = loadBetween(loads.get('before-drawing')!, loads.get('before-closing')!)
    const phones = drawing.cpu + casting.cpu
    const each = (milliseconds: number): string => (milliseconds / voters).toFixed(1)
    const total = (load.here + load.registrar + load.box + load.postgres) / voters
    const seconds = drawing.milliseconds + casting.milliseconds
    const p99 = percentile(casting.times, 0.99)
    const aim = cold ? 60 : 30
    const line = (what: string, measured: string, wanted: string, met: boolean): Result => ({
      part,
      what: cold ? `with codes: ${what}` : what,
      measured,
      aim: wanted,
      met,
    })
    const rate = (milliseconds: number): string => `${Math.round((1000 * voters) / milliseconds)}/s`
    const whole = [
      line(
        `${voters} ${cold ? 'voters from cold' : 'signed-in voters'} draw and cast`,
        duration(seconds),
        `≤ ${aim} s`,
        seconds <= aim * 1000 * Math.min(1, scale),
      ),
      {
        ...line(
          'processor time a voter: ' +
            `phone ${each(phones)}, server ${each(load.here - phones)}, PostgreSQL ${each(load.postgres)}, ` +
            `registrar ${each(load.registrar)}, box ${each(load.box)} ms`,
          `${total.toFixed(1)} ms`,
          '≤ 4×',
          total / floor <= 4,
        ),
        floor: `${floor.toFixed(1)} ms`,
        ratio: total / floor,
      },
      line('casting, p99', duration(p99), '≤ 1 s', p99 <= 1000),
      line('ballots lost or doubled', String(voters - receipts.length), '0', receipts.length === voters),
    ]
    if (cold) return whole
    return [
      ...whole,
      line('papers drawn', rate(drawing.milliseconds), 'reported', true),
      line('ballots cast', rate(casting.milliseconds), 'reported', true),
      line(`urn of ${voters} into the database`, duration(closing), 'reported', true),
      line(
        `opening, tally and publication of ${voters}`,
        duration(publishing),
        `≤ ${(voters * 1.2) / 1000} s`,
        publishing <= voters * 1.2,
      ),
    ]
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

/** Signing in with a password is slow on purpose (argon2id); whoever comes with a code doesn't. */
async function passwords(): Promise<Result> {
  const stored = await hashPassword('只用于测量的一句话')
  const tries = 40
  const from = performance.now()
  const answers = await Promise.all(Array.from({ length: tries }, () => verifyPassword(stored, '只用于测量的一句话')))
  const perSecond = (1000 * tries) / (performance.now() - from)
  return {
    part,
    what: 'password sign-ins, apart from all the above',
    measured: `${Math.round(perSecond)}/s`,
    aim: 'reported',
    met: answers.every(Boolean),
  }
}

const items = Array.from({ length: 30 }, (_, at) => ({ id: String(at + 1), title: `候选人${at + 1}`, symbols: 'aon' }))

function tallying(scale: number): Result {
  const ballots = Math.round(100_000 * scale)
  const issuer = {
    key: { n: new Uint8Array(256).fill(255), e: 65_537 },
    privateKey: new Uint8Array(0),
    blindSign: () => null,
  }
  const { vote } = practice(nodePrimitives, issuer, {
    word: '计票',
    voters: 10,
    items,
    limit: { symbol: 'a', most: 21 },
  })
  const messages = Array.from({ length: ballots }, (_, at) =>
    messageOf({ marks: items.map((_item, place) => 'aon'[(at * 7 + place * place) % 3]!).join(''), names: [] }),
  )
  const from = performance.now()
  const tally = new Tally(vote)
  for (const message of messages) tally.add(message)
  const took = performance.now() - from
  return {
    part,
    what: `tally of ${ballots.toLocaleString('en')} opened ballots × 30 candidates`,
    measured: duration(took),
    aim: '≤ 5 s for 100,000',
    met: took <= 5000 * scale,
  }
}

async function recounting(scale: number): Promise<Result[]> {
  const voters = Math.max(20, Math.round(2000 * scale))
  const world = practice(nodePrimitives, await newIssuer(2048), { word: '重计', voters, items })
  const ballots = Array.from({ length: voters }, (_, at) => world.cast(at, { marks: 'aon'.repeat(10), names: [] }).line)
  const { files } = publish(
    nodePrimitives,
    {
      vote: world.vote,
      opening: world.opening,
      roll: world.roll,
      ballots,
      secrets: world.secrets.slice(0, 2),
      stations: [],
    },
    (message) => nodePrimitives.sign(world.boxScalar, message),
  )
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zhijia-bench-recount-'))
  try {
    for (const [name, text] of files) writeFileSync(path.join(folder, name), text)
    const result = (program: string, took: number, accepted: boolean): Result => ({
      part,
      what: `recount of ${voters} by ${program}`,
      measured: `${duration(took)}, ${(took / voters).toFixed(2)} ms a ballot`,
      aim: '≤ 1.8 ms a ballot (180 s for 100,000)',
      met: accepted && took / voters <= 1.8,
    })
    const from = performance.now()
    const { accepted } = recountFolder(folder)
    const typescript = performance.now() - from
    const started = performance.now()
    const python = spawnSync('python3', [path.join(import.meta.dirname, '../verify/verify_ballots.py'), folder])
    return [
      result('the TypeScript verifier', typescript, accepted),
      result('the Python verifier', performance.now() - started, python.status === 0),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
