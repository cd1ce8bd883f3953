// npm run -s bench -- ballots [--scale 0.1]: secret votes at the sizes of the promises, load generator included.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { holdElection } from '../src/demo/secret-election.ts'
import { messageOf } from '../src/modules/ballots/format/ballot.ts'
import { practice } from '../src/modules/ballots/format/practice.ts'
import { nodePrimitives } from '../src/modules/ballots/format/primitives-node.ts'
import { publish } from '../src/modules/ballots/format/publication.ts'
import { Tally } from '../src/modules/ballots/format/tally.ts'
import { recountFolder } from '../src/modules/ballots/secret/recount.ts'
import { newIssuer } from '../src/modules/ballots/secret/signer.ts'
import { duration, type Result } from './result.ts'

const part = 'Secret ballots'
const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((one, other) => one - other)[Math.ceil(times.length * share) - 1]!

/** @param scale 1: 3,000 voters, 100,000 ballots opened, 10,000 recounted */
export async function measureBallots(scale: number, say: (line: string) => void): Promise<Result[]> {
  return [...(await wholeElection(scale, say)), tallying(scale), ...(await recounting(scale))]
}

async function wholeElection(scale: number, say: (line: string) => void): Promise<Result[]> {
  const voters = Math.max(20, Math.round(3000 * scale))
  const out = mkdtempSync(path.join(os.tmpdir(), 'zhijia-bench-vote-'))
  try {
    const { drawing, casting, closing, publishing, receipts } = await holdElection({ voters, out }, say)
    const seconds = drawing.milliseconds + casting.milliseconds
    const p99 = percentile(casting.times, 0.99)
    const line = (what: string, measured: string, aim: string, met: boolean): Result => ({
      part,
      what,
      measured,
      aim,
      met,
    })
    const rate = (milliseconds: number): string => `${Math.round((1000 * voters) / milliseconds)}/s`
    return [
      line(
        `${voters} signed-in voters draw and cast`,
        duration(seconds),
        '≤ 30 s',
        seconds <= 30_000 * Math.min(1, scale),
      ),
      line('papers drawn', rate(drawing.milliseconds), 'reported', true),
      line('ballots cast', rate(casting.milliseconds), 'reported', true),
      line('casting, p99', duration(p99), '≤ 1 s', p99 <= 1000),
      line('ballots lost or doubled', String(voters - receipts.length), '0', receipts.length === voters),
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
