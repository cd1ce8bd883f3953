import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recountFolder, reportText } from '../secret/recount.ts'
import { newIssuer } from '../secret/signer.ts'
import { ballotId, castMessage, lineOf, messageOf, readLine } from './ballot.ts'
import { toText } from './bytes.ts'
import { canonical } from './json.ts'
import { practice, type Practice } from './practice.ts'
import { nodePrimitives } from './primitives-node.ts'
import { publish, type FileName } from './publication.ts'
import { seal } from './seal.ts'
import type { Station } from './tally.ts'
import type { Receipt } from './voter.ts'

/**
 * Bad publications, and two that must pass so that nobody later claims more than is true. Both verifiers judge each, and
 * must print the same report to the byte.
 */
const script = path.resolve(import.meta.dirname, '../../../../verify/verify_ballots.py')
const home = mkdtempSync(path.join(os.tmpdir(), 'zhijia-verify-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

type Files = Map<FileName, string | Uint8Array>
let world: Practice
let lines: string[]
let receipts: Receipt[]
let published: Files
const station: Station = {
  name: '一号流动票箱',
  issued: 3,
  returned: 2,
  invalid: 1,
  marks: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  names: [{ name: '王小明', votes: 1 }],
  tellers: ['周婷', '何平'],
}

const closed = (ballots: readonly string[], stations: readonly Station[] = [station], count = 2) =>
  publish(
    nodePrimitives,
    {
      vote: world.vote,
      opening: world.opening,
      roll: world.roll,
      ballots,
      secrets: world.secrets.slice(0, count),
      stations,
    },
    (message) => nodePrimitives.sign(world.boxScalar, message),
  ).files

beforeAll(async () => {
  world = practice(nodePrimitives, await newIssuer(2048), {
    word: '核验',
    voters: 12,
    items: ['1', '2', '3'].map((id) => ({ id, title: `候选人${id}`, symbols: 'aon' })),
    limit: { symbol: 'a', most: 2 },
    writeIn: { on: 'o', most: 1, length: 8 },
  })
  for (const voter of [9, 10, 11]) world.roll[voter]!.channel = 'paper'
  const cast = ['aon', 'aao', 'ono', 'aaa', 'noo'].map((marks, voter) =>
    world.cast(voter, { marks, names: marks === 'noo' ? ['欧阳·春'] : marks === 'ono' ? ['x y'] : [] }),
  )
  lines = cast.map(({ line }) => line)
  receipts = cast.map(({ receipt }) => receipt)
  published = closed(lines)
})

let folders = 0
/** The report of both; they agree or the test fails. */
function judged(files: Files, asked: { eid?: string; receipts?: unknown[]; mine?: unknown } = {}) {
  const folder = path.join(home, String(folders++))
  mkdirSync(folder)
  for (const [name, content] of files) writeFileSync(path.join(folder, name), content)
  const save = (value: unknown, at: number): string => {
    const file = path.join(folder, `asked-${at}.json`)
    writeFileSync(file, `${canonical(value)}\n`)
    return file
  }
  const receiptFiles = (asked.receipts ?? []).map(save)
  const mine = asked.mine === undefined ? undefined : save(asked.mine, 99)
  const report = recountFolder(folder, {
    ...(asked.eid !== undefined && { eid: asked.eid }),
    receipts: receiptFiles,
    ...(mine && { mine }),
  })
  const words = [
    ...(asked.eid === undefined ? [] : ['--eid', asked.eid]),
    ...receiptFiles.flatMap((file) => ['--receipt', file]),
    ...(mine ? ['--mine', mine] : []),
  ]
  const python = spawnSync('python3', [script, folder, ...words], { encoding: 'utf8' })
  expect(python.stderr).toBe('')
  expect(python.stdout).toBe(`${reportText(report)}\n`)
  expect(python.status).toBe(report.accepted ? 0 : 1)
  return report
}

const changed = (name: FileName, change: (text: string) => string | Uint8Array): Files =>
  new Map(published).set(name, change(published.get(name) as string))
const board = (change: (lines: string[]) => string[]): Files =>
  changed('board.jsonl', (text) =>
    change(text.slice(0, -1).split('\n'))
      .map((line) => `${line}\n`)
      .join(''),
  )

test.each(['-', '--', '---'])(
  'a number that begins with %s is a number, and not an option of the program',
  (dashes) => {
    const own = toText(world.vote.eid)
    const eid = dashes + own.slice(dashes.length)
    expect(judged(published, { eid }).reasons).toEqual(eid === own ? [] : ['eid'])
  },
)

test('an honest publication is accepted, with receipts and one’s own line of the roll', () => {
  const report = judged(published, {
    eid: toText(world.vote.eid),
    receipts,
    mine: { reference: 'person/3', salt: toText(world.salts[3]!) },
  })
  expect(report).toMatchObject({
    accepted: true,
    ballots: 5,
    mine: 'online',
    papers: { online: 5, paper: 3, none: 4 },
    result: {
      returned: { box: 5, paper: 2 },
      valid: 4,
      invalid: { limit: 1, names: 1, paper: 1, form: 0, sealed: 0, symbols: 0 },
      items: [{ votes: { a: 3, o: 0, n: 1 } }, { votes: { a: 1, o: 3 } }, { votes: { n: 2, o: 2 } }],
      names: [
        { name: '欧阳·春', votes: 1 },
        { name: '王小明', votes: 1 },
      ],
    },
  })
})

test('any two scrutineers give the same result, and three', () => {
  for (const count of [2, 3]) expect(judged(closed(lines, [station], count)).accepted).toBe(true)
})

const swapped = (list: string[], one: number, other: number): string[] =>
  list.map((line, at) => (at === one ? list[other]! : at === other ? list[one]! : line))

const bad: [string, () => Files, string[]][] = [
  ['a ballot removed', () => board((list) => list.slice(1)), ['result-differs', 'head-ballots', 'head-board']],
  [
    'a ballot copied',
    () => board((list) => [list[0]!, ...list]),
    ['board-order:2', 'key-twice:2', 'more-ballots-than-papers', 'result-differs', 'head-ballots', 'head-board'],
  ],
  ['two ballots exchanged', () => board((list) => swapped(list, 0, 1)), ['board-order:2', 'head-board']],
  [
    'a ballot of somebody’s own key',
    () => board((list) => [...list.slice(0, 4), forged(list[4]!)]),
    ['token:5', 'signature:5', 'head-board'],
  ],
  [
    'a ballot with another content',
    () =>
      board((list) => {
        const ballot = readLine(world.vote, list[2]!)!
        const sealed = seal(
          nodePrimitives,
          world.vote,
          ballot.key,
          new Uint8Array(32),
          messageOf({ marks: 'nnn', names: [] }),
        )
        return swappedIn(list, 2, lineOf({ ...ballot, ...sealed }))
      }),
    ['signature:', 'result-differs', 'head-board'],
  ],
  [
    'an end of line missing',
    () => changed('board.jsonl', (text) => text.slice(0, -1)),
    ['board-end', 'result-differs', 'head-ballots', 'head-board'],
  ],
  [
    'a board with spaces',
    () => board((list) => list.map((line) => line.replace('{', '{ '))),
    ['board-line:1', 'result-differs'],
  ],
  [
    'a voter removed from the roll',
    () => changed('roll.jsonl', (text) => text.split('\n').slice(1).join('\n')),
    ['roll-size', 'roll-root'],
  ],
  [
    'a voter twice on the roll',
    () => changed('roll.jsonl', (text) => text.split('\n')[0]! + '\n' + text),
    ['roll-order:2', 'roll-size', 'roll-root'],
  ],
  [
    'fewer papers issued than ballots',
    () => changed('roll.jsonl', (text) => text.replace('"online"', '"none"')),
    ['more-ballots-than-papers', 'result-differs', 'head-roll'],
  ],
  [
    'another opening',
    () => changed('opening.json', (text) => text.replace('练习', '演习')),
    ['token:1', 'signature:1', 'head-eid', 'head-signature'],
  ],
  ['an opening out of order', () => changed('opening.json', (text) => text.replace('{', '{"z":1,')), ['opening']],
  ['an opening as no UTF-8', () => changed('opening.json', () => Uint8Array.of(0xff)), ['encoding:opening']],
  ['a file missing', () => new Map([...published].filter(([name]) => name !== 'paper.json')), ['missing:paper']],
  [
    'one scrutineer’s key only',
    () => changed('trustees.json', (text) => canonical({ keys: JSON.parse(text).keys.slice(1) })),
    ['trustees'],
  ],
  [
    'a wrong scrutineer’s key',
    () =>
      changed('trustees.json', (text) =>
        canonical({ keys: [JSON.parse(text).keys[0], { index: 2, secret: toText(new Uint8Array(32).fill(1)) }] }),
      ),
    ['trustee-key:2', 'head-trustees'],
  ],
  [
    'a result improved',
    () => changed('result.json', (text) => text.replace('"a":3', '"a":4')),
    ['result-differs', 'head-result'],
  ],
  ['more paper returned than issued', () => closed(lines, [{ ...station, issued: 1 }]) as Files, ['paper-station:1']],
  [
    'a station marking nobody',
    () =>
      closed(lines, [
        {
          ...station,
          marks: [
            [0, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
        },
      ]) as Files,
    ['paper-station:1'],
  ],
  [
    'more paper issued than marked',
    () => closed(lines, [{ ...station, issued: 4 }]) as Files,
    ['more-paper-than-marked'],
  ],
  ['one teller', () => closed(lines, [{ ...station, tellers: ['周婷'] }]) as Files, ['paper']],
  [
    'a head of another key',
    () => changed('head.json', (text) => text.replace(/"signature":"[^"]{10}/, '"signature":"AAAAAAAAAA')),
    ['head-signature'],
  ],
  [
    'a head without its signature',
    () => changed('head.json', (text) => text.replace('"signature"', '"zignature"')),
    ['head'],
  ],
]

function swappedIn(list: string[], at: number, line: string): string[] {
  return list.map((each, place) => (place === at ? line : each))
}
/** The same content under a key whose token nobody signed. */
function forged(line: string): string {
  const ballot = readLine(world.vote, line)!
  return lineOf({
    ...ballot,
    tokens: [ballot.tokens[0]!.map((byte, at) => (at === 9 ? byte ^ 1 : byte))],
    signature: new Uint8Array(64),
  })
}

test.each(bad)('%s is refused by both, for the same reasons', (_what, files, reasons) => {
  const report = judged(files())
  expect(report.accepted).toBe(false)
  for (const reason of reasons) expect(report.reasons.join(' ')).toContain(reason)
})

test('a receipt without a ballot convicts; one of another vote or by another box does not count', () => {
  const dropped = closed(lines.slice(1))
  expect(judged(dropped, { receipts: [receipts[0]] }).reasons).toEqual(['receipt-missing:1'])
  const unsigned = { ...receipts[0]!, receipt: toText(new Uint8Array(64).fill(1)) }
  expect(
    judged(published, { receipts: [unsigned, { id: 'x' }, { ...receipts[1], eid: receipts[1]!.id }] }).reasons,
  ).toEqual(['receipt-signature:1', 'receipt-form:2', 'receipt-signature:3'])
  expect(
    judged(published, { eid: 'x', mine: { reference: 'person/3', salt: toText(world.salts[4]!) } }).reasons,
  ).toEqual(['eid', 'mine-missing'])
})

test('a ballot dropped passes while nobody brings a receipt: said in the limits', () => {
  expect(judged(closed(lines.slice(1))).accepted).toBe(true)
})

test('a paper drawn for somebody who stayed away passes while nobody looks at the roll: said in the limits', () => {
  const stuffed = world.cast(5, { marks: 'aan', names: [] })
  try {
    expect(judged(closed([...lines, stuffed.line])).accepted).toBe(true)
  } finally {
    world.roll[5]!.channel = 'none'
  }
})

test('content that does not open, or says nothing, is an invalid paper and not a bad publication', () => {
  const ballot = readLine(world.vote, lines[0]!)!
  const body = ballot.body.map((byte, at) => (at === 3 ? byte ^ 1 : byte))
  const id = ballotId(nodePrimitives, world.vote, { ...ballot, body })
  // The voter signs it: the practice derives the key from the seed, as a phone would.
  const scalar = world.scalarOf(0)
  const line = lineOf({ ...ballot, body, signature: nodePrimitives.sign(scalar, castMessage(world.vote, id)) })
  const report = judged(closed([line, ...lines.slice(1)]))
  expect(report).toMatchObject({ accepted: true, result: { invalid: { sealed: 1 } } })
})

test('no bit of any file may change', () => {
  for (const [name, content] of published) {
    const bytes = Buffer.from(content as string)
    for (let at = 0; at < bytes.length; at += 61) {
      const flipped = Uint8Array.from(bytes)
      flipped[at]! ^= 1 << (at % 8)
      const folder = path.join(home, 'flip')
      mkdirSync(folder, { recursive: true })
      for (const [each, text] of published) writeFileSync(path.join(folder, each), each === name ? flipped : text)
      expect(recountFolder(folder).accepted, `${name} ${at}`).toBe(false)
    }
  }
})
